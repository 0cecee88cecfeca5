"""Evidence that takes what an earlier use says of its page; an entry that grows longer than a line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from forecastlog.checks import check
from forecastlog.compose import Outcome, fill, resolve
from forecastlog.ledger import load
from forecastlog.ledger.edit import Put, apply

TODAY = date(2026, 11, 23)
LONG = (
    "told at such a length that no line of a screen could hold it together with the day, "
    "the name and the rest"
)
LINK = "https://news.example/1"


def test_a_page_cited_before_brings_its_title_publisher_and_day(root: Path) -> None:
    path = root / "art.yaml"
    said = {"title": LONG, "publisher": "The News", "published": date(2025, 6, 2)}
    entry = {"url": LINK, "kind": "newspaper", "shows": "ours", **said}
    first = {"outcome": "yes", "known": date(2025, 6, 2), "recorded": TODAY, "by": "bob", "evidence": [entry]}
    path.write_text(
        apply(path.read_text(encoding="utf-8"), [Put("truce-signed", ("resolutions",), [first])]),
        encoding="utf-8",
    )
    answer = Outcome(
        outcome="met",
        by="bob",
        known="2025-06-03",
        evidence=[f"{LINK}/?utm_source=x", "https://other.example"],
    )
    resolve(load(root), ["talks-held"], answer, today=TODAY).carry_out()
    condition = load(root).ledger.condition("talks-held")
    assert condition is not None
    again, other = condition.resolutions[0].evidence
    assert (again.title, again.publisher, str(again.published)) == (LONG, "The News", "2025-06-02")
    assert (again.shows, again.kind, other.title) == (None, None, None)


def test_fill_completes_a_source_from_an_earlier_use(root: Path) -> None:
    path = root / "art.yaml"
    told = {"url": LINK, "title": "It rained", "publisher": "The News", "published": date(2025, 6, 2)}
    entries = {
        "truce-signed": [told],
        "troops-sent": [
            {"url": f"{LINK}#top", "title": "Another title"},
            {"searched": "everywhere", "on": TODAY},
        ],
    }
    text = path.read_text(encoding="utf-8")
    for record, evidence in entries.items():
        entry = {
            "outcome": "yes",
            "known": date(2025, 6, 2),
            "recorded": TODAY,
            "by": "bob",
            "evidence": evidence,
        }
        text = apply(text, [Put(record, ("resolutions",), [entry])])
    path.write_text(text, encoding="utf-8")
    fill(load(root), today=TODAY).carry_out()
    prediction = next(one for one in load(root).ledger.predictions if one.id == "troops-sent")
    source, search = prediction.resolutions[0].evidence
    assert (source.title, source.publisher, str(source.published)) == (
        "Another title",
        "The News",
        "2025-06-02",
    )
    assert (search.title, search.publisher) == (None, None)
    assert "P310" in [one.code for one in check(load(root), today=TODAY)]


def test_an_entry_that_grows_too_long_is_taken_apart_and_an_old_one_stays() -> None:
    short = '- {outcome: "no", evidence: ["https://x.example/1"]}'
    old = f'- {{outcome: "no", by: "eve", note: "{LONG}"}}'
    text = f"predictions:\n  - id: a\n    resolutions:\n      {short}\n      {old}\n"
    new = apply(
        text,
        [Put("a", ("resolutions", 0, "note"), LONG), Put("a", ("resolutions", 1, "known"), date(2025, 6, 2))],
    )
    assert new == (
        "predictions:\n  - id: a\n    resolutions:\n"
        f'      - outcome: "no"\n        evidence: ["https://x.example/1"]\n        note: "{LONG}"\n'
        f'      - {{outcome: "no", known: 2025-06-02, by: "eve", note: "{LONG}"}}\n'
    )
