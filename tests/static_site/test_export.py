"""The site as files: nothing dead, nothing else than the server says, and nobody's file lost."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from forecastlog.database import metadata
from forecastlog.errors import Refused
from forecastlog.static_site.folder import LIST
from forecastlog.static_site.search import packed
from tests.site.conftest import ESSAY, database

from .conftest import PUBLIC, export
from .walk import Page, dead

ATOM = "{http://www.w3.org/2005/Atom}"


def served(path: Path, address: str) -> str:
    """What the server answers, told the same public address."""
    import asyncio

    from datasette.app import Datasette

    about = {**metadata(), "plugins": {"forecastlog": {"url": PUBLIC}}}
    settings = {"suggest_facets": False, "default_allow_sql": False}
    site = Datasette([], immutables=[str(path)], metadata=about, settings=settings)
    try:
        return str(asyncio.run(site.client.get(address)).text)
    finally:
        site.executor.shutdown()
        for held in site.databases.values():
            held.close()


def state(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file with its bytes and the time of its writing."""
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_no_link_is_dead_and_no_page_holds_a_script_but_the_search(folder: Path) -> None:
    assert dead(folder) == []
    with_scripts = [path for path in folder.rglob("*.html") if Page(path.read_text(encoding="utf-8")).scripts]
    assert with_scripts == [folder / "search" / "index.html"]


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/", "index.html"),
        ("/predictions", "predictions/index.html"),
        ("/predictions?topic=aid", "predictions/topic=aid/index.html"),
        ("/people/ann", "people/ann/index.html"),
        ("/events/aid", "events/aid/index.html"),
        ("/data", "data/index.html"),
        ("/-/scoreboard", "-/scoreboard/index.html"),
        ("/-/method", "-/method/index.html"),
        ("/forecastlog/predictions/aid", "forecastlog/predictions/aid/index.html"),
        ("/forecastlog/conditions/deal", "forecastlog/conditions/deal/index.html"),
        ("/forecastlog/articles", "forecastlog/articles/index.html"),
    ],
)
def test_a_page_says_what_the_server_says(built: Path, folder: Path, address: str, file: str) -> None:
    there, here = Page(served(built, address)), Page((folder / file).read_text(encoding="utf-8"))
    assert here.text == there.text
    assert here.ids == there.ids


def test_frames_travel_and_old_addresses_lead_on(tmp_path: Path) -> None:
    text = ESSAY.replace("  - id: aid\n", "  - id: aid\n    was: [help]\n", 1)
    site = export(database(tmp_path, articles={"essay": text}), tmp_path / "site")
    assert dead(site) == []
    for old in ("forecastlog/predictions/help", "-/embed/predictions/help"):
        assert 'content="0; url=../aid/index.html"' in (site / old / "index.html").read_text(encoding="utf-8")
    told = json.loads((site / "-" / "oembed" / "predictions" / "aid.json").read_text(encoding="utf-8"))
    assert f'src="{PUBLIC}-/embed/predictions/aid"' in told["html"]
    page = (site / "forecastlog" / "predictions" / "aid" / "index.html").read_text(encoding="utf-8")
    assert f'<link rel="canonical" href="{PUBLIC}forecastlog/predictions/aid/">' in page
    assert f'type="application/json+oembed" href="{PUBLIC}-/oembed/predictions/aid.json"' in page


def test_filters_are_pages_and_combinations_are_text(folder: Path) -> None:
    assert (folder / "predictions" / "topic=war" / "index.html").is_file()
    narrowed = (folder / "predictions" / "topic=war" / "index.html").read_text(encoding="utf-8")
    assert "<a>Ann Other</a>" in narrowed
    assert not list((folder / "predictions").glob("*,person=*"))


def test_data_and_feeds_lie_beside_the_pages(folder: Path) -> None:
    record = json.loads((folder / "forecastlog" / "predictions" / "aid.json").read_text(encoding="utf-8"))
    assert record["rows"][0][0] == "aid"
    rows = json.loads((folder / "forecastlog" / "predictions.json").read_text(encoding="utf-8"))
    assert sorted(row["id"] for row in rows["rows"]) == ["aid", "peace", "rain", "rally", "talks"]
    with closing(sqlite3.connect(folder / "forecastlog.db")) as connection:
        assert connection.execute("select count(*) from predictions").fetchone() == (5,)
    feed = ET.parse(folder / "-" / "due.atom").getroot()
    links = [link.get("href") for link in feed.iterfind(f"{ATOM}entry/{ATOM}link")]
    assert links[0] == f"{PUBLIC}forecastlog/conditions/vote/"


def test_maps_and_feeds_name_the_files(folder: Path) -> None:
    assert f"Sitemap: {PUBLIC}sitemap.xml" in (folder / "robots.txt").read_text(encoding="utf-8")
    places = [place.text or "" for place in ET.parse(folder / "sitemap-1.xml").getroot().iter() if place.text]
    named = [place for place in places if place.startswith(PUBLIC)]
    assert f"{PUBLIC}forecastlog/predictions/aid/" in named
    for place in named:
        assert (folder / place.removeprefix(PUBLIC) / "index.html").is_file(), place
    assert (folder / "people" / "ann.atom").is_file()
    assert (folder / "favicon.ico").is_file()


def test_nothing_names_another_place(built: Path, folder: Path, tmp_path: Path) -> None:
    somewhere = export(built, tmp_path / "site", public="")
    for path in [*folder.rglob("*"), *somewhere.rglob("*")]:
        if path.is_file() and path.suffix in (".html", ".json", ".atom", ".ics"):
            assert b"localhost" not in path.read_bytes(), path
    assert dead(somewhere) == []
    feed = ET.parse(somewhere / "-" / "due.atom").getroot()
    links = [link.get("href") for link in feed.iterfind(f"{ATOM}entry/{ATOM}link")]
    assert links[0] == "../forecastlog/conditions/vote/index.html"


def test_the_same_ledger_gives_the_same_bytes_and_only_changes_are_written(
    built: Path, tmp_path: Path
) -> None:
    folder = export(built, tmp_path / "site")
    (folder / "CNAME").write_text("log.example", encoding="utf-8")
    (folder / "people" / "ann" / "index.html").write_text("spoiled", encoding="utf-8")
    before = state(folder)
    changed = tmp_path / "changed.db"
    shutil.copyfile(built, changed)
    with closing(sqlite3.connect(changed)) as connection:
        connection.execute("update conditions set text = 'Another text.' where id = 'vote'")
        connection.execute("delete from filters where by = 'event' and id = 'rain'")
        connection.execute("update predictions set event = null where event = 'rain'")
        connection.commit()
    export(built, folder)
    mended = state(folder)
    assert [name for name in mended if mended[name] != before[name]] == ["people/ann/index.html"]
    export(changed, folder)
    after = state(folder)
    assert "events/rain/index.html" not in after
    assert not (folder / "events" / "rain").exists()
    assert after["CNAME"] == before["CNAME"]
    assert after["forecastlog/conditions/vote/index.html"] != mended["forecastlog/conditions/vote/index.html"]
    untouched = [name for name in after if after[name] == mended[name]]
    assert len(untouched) > len(after) / 2
    fresh = state(export(changed, tmp_path / "fresh"))
    assert {name: body for name, (body, _) in fresh.items()} == {
        name: body for name, (body, _) in after.items() if name != "CNAME"
    }


def test_other_peoples_files_are_refused_and_kept(built: Path, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "thesis.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "link").symlink_to(theirs)
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    for name, words in (("theirs", "holds thesis.txt"), ("link", "is a link"), ("file", "is no folder")):
        with pytest.raises(Refused, match=words):
            export(built, tmp_path / name)
    assert [path.name for path in theirs.iterdir()] == ["thesis.txt"]


def test_a_link_or_a_file_in_the_way_is_refused_before_anything_is_written(
    built: Path, folder: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    site = tmp_path / "site"
    shutil.copytree(folder, site)
    shutil.rmtree(site / "people")
    (site / "people").symlink_to(outside)
    with pytest.raises(Refused, match="people is no folder"):
        export(built, site)
    assert not list(outside.iterdir())
    (site / "people").unlink()
    listed = json.loads((site / LIST).read_text(encoding="utf-8"))
    listed["files"] = [name for name in listed["files"] if name != "index.html"] + ["../outside/x", "/etc/x"]
    (site / LIST).write_text(json.dumps(listed), encoding="utf-8")
    with pytest.raises(Refused, match=r"index\.html is not of this site"):
        export(built, site)


def test_an_export_that_was_killed_is_taken_up_again(built: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    command = f"""
import os
from pathlib import Path
from forecastlog.database import metadata
from forecastlog.static_site import export_site, folder
put, count = folder.Folder.put, iter(range(20))
def dies(self, name, body):
    if next(count, None) is None:
        os._exit(9)
    return put(self, name, body)
folder.Folder.put = dies
export_site(Path({str(built)!r}), Path({str(site)!r}), metadata(), public={PUBLIC!r})
"""
    import subprocess
    import sys

    died = subprocess.run([sys.executable, "-c", command], check=False, capture_output=True)
    assert died.returncode == 9, died.stderr
    export(built, site)
    fresh = state(export(built, tmp_path / "fresh"))
    assert {name: body for name, (body, _) in state(site).items()} == {
        name: body for name, (body, _) in fresh.items()
    }


def test_hostile_names_stay_inside_and_apart(built: Path, tmp_path: Path) -> None:
    names = [
        "../../up",
        "..",
        "a/b",
        "con",
        "War",
        "war",
        "x" * 400,
        "é\U0001f600" * 60,
        "%2e%2e",
        '"><script>',
        ".",
    ]
    spoiled = tmp_path / "spoiled.db"
    shutil.copyfile(built, spoiled)
    with closing(sqlite3.connect(spoiled)) as connection:
        for name in names:
            connection.execute("insert or replace into prediction_tags values ('aid', ?)", (name,))
            connection.execute(
                "insert or replace into filters (by, id, name, n) values ('topic', ?, ?, 1)", (name, name)
            )
        connection.commit()
    site = export(spoiled, tmp_path / "in" / "site")
    assert dead(site) == []
    assert {path.name for path in tmp_path.iterdir()} == {"spoiled.db", "in"}
    topics = sorted((site / "topics").iterdir())
    assert len({path.name.casefold() for path in topics}) == len(topics)
    assert sum(path.is_dir() for path in topics) == len({*names, "aid", "war"})
    assert max(len(os.fsencode(part)) for path in site.rglob("*") for part in path.parts) <= 255


@contextmanager
def plain_server(folder: Path) -> Iterator[str]:
    """A server of files that knows nothing of ours."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_addresses_of_the_served_site_answer_below_a_path(folder: Path) -> None:
    with plain_server(folder.parent) as base:
        for address in ("", "predictions", "people/ann", "forecastlog/predictions/aid", "-/due.ics"):
            with urllib.request.urlopen(f"{base}{folder.name}/{address}", timeout=10) as answer:  # noqa: S310  # our own server
                assert answer.status == 200
                assert answer.read()


def test_the_index_stays_within_its_room(folder: Path) -> None:
    assert (folder / "search" / "index.js").stat().st_size <= 2000
    letters = "abcdefghijklmnopqrstuvwxyz"
    rows = [
        (
            f"id-{n}",
            f"Speaker {n % 50}",
            " ".join(f"{letters[n * k % 26]}{letters[n * k * 7 % 25]}{n * k % 977}" for k in range(1, 30)),
            "Whether it happens by the end of a year is asked here.",
        )
        for n in range(1000)
    ]
    assert len(packed(rows)) <= 100_000


def test_a_list_that_somebody_changed_names_nothing_outside(tmp_path: Path) -> None:
    from forecastlog.static_site.folder import LIST, Folder

    names = ["../x", "/x", "a\0b", "\ud800", "", 7, "a/index.html"]
    (tmp_path / LIST).write_text(json.dumps({"files": names}))
    assert Folder(tmp_path, None).stale([]) == 1
