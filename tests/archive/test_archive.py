"""The commands: what is stored, what the record then says, what is found changed.

And that nothing goes out unasked.
"""

from __future__ import annotations

import hashlib
import json
import socket
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from warcio.archiveiterator import ArchiveIterator

from forecastlog.archive import Store, Visitor, Wayback
from forecastlog.checks import check, check_articles
from forecastlog.checks.pages import check_links
from forecastlog.cli.main import main
from forecastlog.compose.archive import Archiving, cited
from forecastlog.history.facts import unaudited
from forecastlog.ledger import load
from forecastlog.ledger.tables import PREDICTION
from forecastlog.model.records import Prediction
from tests.archive.conftest import Answer, Ledger, Site

TODAY = date(2026, 11, 28)
RAIN = "<title>The gauge</title><p>It rained in the valley for two days.<p>The gauge showed two millimetres."


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments], catch_exceptions=False)


def evidence(root: Path) -> list[dict[str, object]]:
    record = load(root).ledger.get("rain")
    assert isinstance(record, Prediction)
    return [
        {"url": item.url, "archive": item.archive, "archived": item.archived}
        for item in record.resolutions[0].evidence
    ]


def codes(problems: object) -> list[str]:
    return [problem.code for problem in problems]  # type: ignore[attr-defined]


def test_a_stored_page_proves_a_quote(site: Site, ledger: Ledger, tmp_path: Path) -> None:
    url = site.page("/rain", RAIN)
    root = ledger(
        f'          - "{url}"\n          - {{url: "{url}?utm_source=x", quote: rained in the valley}}'
    )
    saved = run("archive", "--save", "--allow-private", "--today", str(TODAY))
    assert saved.exit_code == 0, saved.output
    assert site.asked == ["/rain"]
    first, second = (item["archived"] for item in evidence(root))
    assert first == second
    (stored,) = (tmp_path / "copies").rglob("*.txt")
    assert hashlib.sha256(stored.read_bytes()).hexdigest() == stored.stem == getattr(first, "sha256", "")
    assert getattr(first, "on", None) == TODAY
    with stored.with_name(f"{stored.stem}.warc.gz").open("rb") as file:
        record = next(iter(ArchiveIterator(file)))
        assert record.rec_headers["WARC-Target-URI"] == url
        assert record.content_stream().read() == RAIN.encode()
    texts = tmp_path / "texts"
    texts.mkdir()
    proved = run("check", "--articles", str(texts))
    assert "P401" not in proved.output
    said = (root / "weather.yaml").read_text(encoding="utf-8")
    (root / "weather.yaml").write_text(
        said.replace("rained in the valley", "rained on the hill"), encoding="utf-8"
    )
    disproved = run("check", "--articles", str(texts))
    assert disproved.exit_code == 1
    assert "P401" in disproved.output
    assert run("archive", "--save", "--allow-private").exit_code == 0
    assert site.asked == ["/rain"]  # there is a copy


def test_a_link_that_dies_and_a_page_that_changes(site: Site, ledger: Ledger) -> None:
    rain, snow = site.page("/rain", RAIN), site.page("/snow", "<p>It snowed on the hill.")
    ledger(f'          - {{url: "{rain}", quote: It rained in the valley}}\n          - "{snow}"')
    run("archive", "--save", "--allow-private")
    fine = run("check", "--links", "--allow-private")
    assert fine.exit_code == 0
    assert "P41" not in fine.output
    site.page("/rain", RAIN.replace("rained", "snowed"))
    del site.pages["/snow"]
    changed = run("check", "--links", "--allow-private")
    assert changed.exit_code == 0  # notes
    assert {code for code in ("P410", "P411", "P412", "P413") if code in changed.output} == {
        "P410",
        "P412",
        "P413",
    }


def test_small_changes_of_a_page_are_not_told(
    site: Site, ledger: Ledger, visitor: Visitor, tmp_path: Path
) -> None:
    body = "".join(f"<p>Sentence number {number} of the page." for number in range(30))
    url = site.page("/long", body + "<p>Read next: snow")
    root = ledger(f'          - "{url}"')
    run("archive", "--save", "--allow-private")
    site.page("/long", body + "<p>Read next: hail")
    assert list(check_links(load(root), visitor, Store(tmp_path / "copies"))) == []


def test_a_copy_that_was_tampered_with_proves_nothing(site: Site, ledger: Ledger, tmp_path: Path) -> None:
    url = site.page("/rain", RAIN)
    root = ledger(f'          - {{url: "{url}", quote: It hailed in the valley}}')
    run("archive", "--save", "--allow-private")
    (stored,) = (tmp_path / "copies").rglob("*.txt")
    stored.write_text(stored.read_text(encoding="utf-8").replace("rained", "hailed"), encoding="utf-8")
    assert "P403" in codes(check_articles(load(root), tmp_path, Store(tmp_path / "copies")))


def test_a_page_that_fails_keeps_no_other_from_being_stored(site: Site, ledger: Ledger) -> None:
    url = site.page("/rain", RAIN)
    root = ledger(f'          - "{site.url}/gone"\n          - "{url}"')
    saved = run("archive", "--save", "--allow-private")
    assert saved.exit_code == 1
    assert "404" in saved.output
    assert [bool(item["archived"]) for item in evidence(root)] == [False, True]
    assert run("check").exit_code == 0


def test_private_pages_are_asked_for_only_when_that_is_allowed(site: Site, ledger: Ledger) -> None:
    ledger(f'          - "{site.page("/rain", RAIN)}"')
    assert "private address" in run("archive", "--save").output
    assert "P411" in run("check", "--links").output
    assert site.asked == []


def test_articles_have_copies_too(site: Site, ledger: Ledger, tmp_path: Path, visitor: Visitor) -> None:
    root = ledger('          - "https://news.example/a"')
    path = root / "weather.yaml"
    said = path.read_text(encoding="utf-8")
    url = site.page("/article", "<p>It will rain, we think.")
    said = said.replace("  published:", f'  url: "{url}"\n  published:')
    path.write_text(said.replace("    claim:", "    quote: It will rain\n    claim:"), encoding="utf-8")
    run("archive", "weather", "--save", "--allow-private")
    loaded = load(root)
    assert loaded.ledger.articles[0].archived
    assert codes(check_articles(loaded, tmp_path / "desk", Store(tmp_path / "copies"))) == []
    path.write_text(
        path.read_text(encoding="utf-8").replace("quote: It will", "quote: It can"), encoding="utf-8"
    )
    assert codes(check_articles(load(root), tmp_path / "copies-of-none", Store(tmp_path / "copies"))) == [
        "P401"
    ]


def test_the_listing_names_what_has_no_copy(ledger: Ledger) -> None:
    ledger(
        '          - "https://news.example/a"\n          - {url: "https://www.news.example/a/", title: A}\n'
        '          - {url: "https://news.example/b", archive: "https://archive.example/b"}'
    )
    (row,) = json.loads(run("archive", "--json").stdout)
    assert row == {"url": "https://news.example/a", "uses": 2, "first": "rain", "published": None}
    assert "1 of 2 pages without a copy." in run("archive").output


@pytest.mark.parametrize("snapshot", [True, False])
def test_the_internet_archive_gives_a_snapshot_or_makes_one(
    snapshot: bool, site: Site, ledger: Ledger, visitor: Visitor
) -> None:
    """Its answers as https://archive.org/help/wayback_api.php shows them, from a server of our own."""
    url = "https://news.example/a?b=c"
    address = f"{site.url}/web/20250602000000/{url}"
    closest = {"closest": {"available": True, "url": address, "timestamp": "20250602000000", "status": "200"}}
    site.page("/available", json.dumps({"url": url, "archived_snapshots": closest if snapshot else {}}))
    site.pages["/save/https://news.example/a"] = Answer(status=302, headers={"Location": address})
    site.page("/web/20250602000000/https://news.example/a", "<p>A copy")
    root = ledger(f'          - "{url}"')
    loaded = load(root)
    archiving = Archiving(visitor, TODAY, print, wayback=Wayback(f"{site.url}/available", site.url))
    archiving.run(loaded, cited(loaded)).carry_out()
    assert [item["archive"] for item in evidence(root)] == [address]
    assert archiving.failed == []


@pytest.mark.parametrize(
    "answer",
    [
        "[]",
        "{",
        '{"archived_snapshots": {"closest": {"available": true, "url": "https://elsewhere.example/"}}}',
    ],
)
def test_another_answer_of_the_archive_writes_nothing(
    answer: str, site: Site, ledger: Ledger, visitor: Visitor
) -> None:
    site.page("/available", answer)
    root = ledger('          - "https://news.example/a"')
    archiving = Archiving(visitor, TODAY, print, wayback=Wayback(f"{site.url}/available", site.url))
    assert archiving.run(load(root), cited(load(root))).empty
    assert len(archiving.failed) == 1


@pytest.mark.parametrize("folder", ["predictions/copies", "copies"])
def test_copies_are_kept_out_of_the_ledger_and_of_git(folder: str, site: Site, ledger: Ledger) -> None:
    import subprocess

    root = ledger(f'          - "{site.page("/rain", RAIN)}"')
    (root / "forecastlog.toml").write_text(f'format = 1\narchive = "{folder}"\n')
    subprocess.run(["git", "init", "-q"], cwd=root.parent, check=True)
    told = run("archive", "--save", "--allow-private")
    assert told.exit_code == 1
    assert "archive" in told.output
    assert not (root.parent / folder).exists()
    assert site.asked == []


def test_a_copy_is_no_alteration() -> None:
    for key in ("archive", "archived", "archived.sha256", "archived.on"):
        assert unaudited(PREDICTION, f"resolutions.evidence.{key}")


def test_nothing_goes_out_unasked(ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command that a desk runs daily, where a connection or a look-up of a name would be a failure."""
    archived = "{sha256: " + "0" * 64 + ", on: 2025-06-02}"
    root = ledger(
        f'          - {{url: "https://news.example/a", archived: {archived}, quote: It rained}}\n'
        '          - "https://news.example/b"'
    )

    def forbidden(*_: object, **__: object) -> None:
        raise AssertionError("something went out")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, forbidden, raising=False)
    monkeypatch.setattr(socket, "getaddrinfo", forbidden)
    for command in (
        ["check"],
        ["check", "--articles", str(tmp_path)],
        ["check", "--reread"],
        ["archive"],
        ["archive", "--save", "--wayback", "--dry-run"],
        ["build", "--db", str(tmp_path / "f.db")],
        ["list"],
        ["due"],
        ["show", "rain"],
        ["score"],
        ["fill"],
        [
            "resolve",
            "rain",
            "yes",
            "--known",
            "2025-06-01",
            "--evidence",
            "https://news.example/c",
            "--by",
            "Kim",
        ],
    ):
        assert run(*command, "--ledger", str(root)).exit_code in (0, 1), command
    assert [one for one in check(load(root)) if one.severity == "error"] == []
