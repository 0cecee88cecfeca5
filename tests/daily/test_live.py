"""``build`` under ``serve --live`` with readers at work.

No error, and no answer that is half old and half new.
"""

from __future__ import annotations

import json
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from forecastlog.database import build
from forecastlog.database.renewing import copy
from forecastlog.errors import BadLedger, DatabaseBusy
from forecastlog.ledger import load
from tests.cli.conftest import ARTICLE, PEOPLE
from tests.serving import served

TODAY = date(2025, 6, 1)
MANY, FEW = 40, 3


@dataclass
class Site:
    """A server on a file, and the two states between which its builds alternate."""

    address: str
    path: Path
    states: dict[str, Path]
    digests: dict[str, int] = field(default_factory=dict)

    def build(self, size: int, *, in_place: bool) -> None:
        report = build(load(self.states[str(size)]), self.path, today=TODAY, in_place=in_place)
        self.digests[report.digest] = size


def ledger(root: Path, size: int) -> Path:
    """A ledger with the first prediction of the small one ``size`` times over, three articles at most."""
    root.mkdir()
    (root / "forecastlog.toml").write_text("format = 1\n")
    (root / "people.yaml").write_text(PEOPLE)
    head, rest = ARTICLE.split("predictions:", 1)
    block = rest[rest.index("  - id: aid-package-2025") : rest.index("  - id: aid-ends")]
    copies = "".join(block.replace("aid-package-2025", f"aid-{number:03}") for number in range(size))
    (root / "talks.yaml").write_text(f"{head}predictions:\n{copies}", encoding="utf-8")
    return root


@contextmanager
def serving(path: Path, *args: str, stop: int = signal.SIGTERM) -> Iterator[str]:
    """The address of a live server, without the slash at its end."""
    with served("--live", "--db", str(path), *args, stop=stop) as (address, _):
        yield address.rstrip("/")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    states = {str(size): ledger(tmp_path / str(size), size) for size in (MANY, FEW)}
    path = tmp_path / "forecastlog.db"
    made = Site("", path, states)
    made.build(MANY, in_place=False)
    with serving(path) as made.address:
        yield made


def get(url: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(url, timeout=30) as response:  # noqa: S310 - our own server
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def count_and_rows(text: str) -> set[int]:
    """Two queries of one answer: how many rows there are, and the rows."""
    answer = json.loads(text)
    return {answer["filtered_table_rows_count"], len(answer["rows"])}


def counted_and_facets(text: str) -> set[int]:
    """Three queries: rows counted, the rows, and a facet's count."""
    answer = json.loads(text)
    facet = answer["facet_results"]["article_id"]["results"]
    return {answer["filtered_table_rows_count"], *(group["count"] for group in facet)}


def stated(text: str) -> set[int]:
    return {json.loads(text)["rows"][0]["predictions"]}


def headed(text: str) -> set[int]:
    """The number that a table's page names, and the rows on it."""
    rows = len(set(re.findall(r'"/forecastlog/predictions/(aid-\d+)"', text)))
    return {int(re.findall(r"([\d,]+) rows?\b", text)[0].replace(",", "")), rows}


PAGES: dict[str, Callable[[str], set[int]]] = {
    "/forecastlog/predictions.json?_size=1000": count_and_rows,
    "/forecastlog/predictions.json?_facet=article_id&_size=1000": counted_and_facets,
    "/forecastlog/forecasts.json?_size=1000&forecaster_id=ada-smith": count_and_rows,
    "/forecastlog/build.json?_shape=objects": stated,
    "/forecastlog/predictions?_size=1000": headed,
    "/": lambda _: set(),
    "/forecastlog/predictions/aid-000": lambda _: set(),
}
"""What is asked, and the counts that the answer gives: all of them are of one state."""


def hammer(site: Site, builds: Callable[[], None], readers: int) -> Counter[str]:
    """Read every page over and over while ``builds`` runs.

    The faults found, and how many answers of a size.
    """
    seen: Counter[str] = Counter()
    over = threading.Event()

    def read(offset: int) -> None:
        turn = offset
        while not over.is_set():
            page = list(PAGES)[turn % len(PAGES)]
            turn += 1
            try:
                status, text = get(site.address + page)
                sizes = PAGES[page](text) if status == 200 else set()
            except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
                seen[f"{page}: {error!r}"] += 1
                continue
            if status != 200:
                seen[f"{page}: {status}: {text[:200]}"] += 1
            elif len(sizes) > 1 or not sizes <= {MANY, FEW}:
                seen[f"{page}: {sizes}"] += 1
            else:
                seen[f"read {sizes or ''}"] += 1

    threads = [threading.Thread(target=read, args=(number,)) for number in range(readers)]
    for thread in threads:
        thread.start()
    try:
        builds()
    finally:
        over.set()
        for thread in threads:
            thread.join()
    return seen


def alternate(site: Site, times: int, pause: float, *, swapped: bool = False) -> Callable[[], None]:
    def builds() -> None:
        for number in range(times):
            site.build((FEW, MANY)[number % 2], in_place=not (swapped and number % 3 == 2))
            time.sleep(pause)

    return builds


def settle(site: Site, size: int) -> None:
    """Wait until the server shows the state of that size."""
    end = time.monotonic() + 20
    while stated(get(f"{site.address}/forecastlog/build.json?_shape=objects")[1]) != {size}:
        assert time.monotonic() < end, "the server does not show the new contents"
        time.sleep(0.05)


def check(seen: Counter[str]) -> None:
    faults = {what: count for what, count in seen.items() if not what.startswith("read ")}
    assert not faults, f"{sum(faults.values())} of {sum(seen.values())}: {faults}"
    assert {f"read {{{MANY}}}", f"read {{{FEW}}}"} <= set(seen), seen


def test_readers_see_the_old_or_the_new(site: Site) -> None:
    check(hammer(site, alternate(site, 4, 0.8), readers=4))


@pytest.mark.slow
def test_readers_see_the_old_or_the_new_for_long(site: Site) -> None:
    check(hammer(site, alternate(site, 60, 0.5, swapped=True), readers=8))


def test_counts_and_contents_are_new_after_a_build(site: Site) -> None:
    """Datasette keeps table counts and schemas; they are of the file that is served."""
    for size, in_place in ((FEW, True), (MANY, False), (FEW, True)):
        site.build(size, in_place=in_place)
        settle(site, size)
        digest = json.loads(get(f"{site.address}/forecastlog/build.json?_shape=objects")[1])["rows"][0][
            "digest"
        ]
        assert site.digests[digest] == size
        tables = json.loads(get(f"{site.address}/forecastlog.json")[1])["tables"]
        assert next(table["count"] for table in tables if table["name"] == "predictions") == size


def test_a_broken_or_missing_file_takes_nothing_down(tmp_path: Path) -> None:
    root = ledger(tmp_path / "few", FEW)
    path = tmp_path / "forecastlog.db"
    build(load(root), path, today=TODAY)
    with served("--live", "--db", str(path)) as (address, process):
        assert process.stderr is not None
        path.write_bytes(b"no database at all " * 1000)
        said = process.stderr.readline()
        assert said.startswith(f"{path} changed and cannot be read: file is not a database. Still serving")
        path.unlink()
        assert "unable to open database file" in process.stderr.readline()
        assert count_and_rows(get(f"{address}forecastlog/predictions.json")[1]) == {FEW}
        build(load(ledger(tmp_path / "many", 5)), path, today=TODAY)
        site = Site(address.rstrip("/"), path, {})
        settle(site, 5)


def test_renewing_leaves_nothing_behind(site: Site, tmp_path: Path) -> None:
    """Copies are removed and closed as they are replaced."""
    (server,) = _children_serving(site.path)
    for number in range(6):
        size = (FEW, MANY)[number % 2]
        site.build(size, in_place=True)
        settle(site, size)
        for page in PAGES:
            assert get(site.address + page)[0] == 200
    held = [str(link.readlink()) for link in Path(f"/proc/{server}/fd").iterdir() if link.exists()]
    copies = {name for name in held if "/forecastlog-" in name and name.endswith(".db")}
    assert len(copies) <= 1
    assert not [name for name in held if "(deleted)" in name and ".db" in name]


def test_in_place_keeps_the_file_and_gives_the_same_rows(tmp_path: Path) -> None:
    path, other = tmp_path / "a.db", tmp_path / "b.db"
    few, many = load(ledger(tmp_path / "few", FEW)), load(ledger(tmp_path / "many", MANY))
    build(many, path, today=TODAY, in_place=True)
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as reader:
        assert reader.execute("select count(*) from predictions").fetchone() == (MANY,)
        inode = path.stat().st_ino
        build(few, path, today=TODAY, in_place=True)
        assert reader.execute("select count(*) from predictions").fetchone() == (FEW,)
    assert path.stat().st_ino == inode
    build(few, other, today=TODAY)
    assert _dump(path) == _dump(other)
    assert sorted(found.name for found in tmp_path.glob("*.db*")) == ["a.db", "b.db"]


def test_a_ledger_with_errors_changes_nothing_in_place(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    root = ledger(tmp_path / "few", FEW)
    build(load(root), path, today=TODAY)
    before = path.read_bytes()
    (root / "talks.yaml").write_text("article: {")
    with pytest.raises(BadLedger):
        build(load(root), path, today=TODAY, in_place=True)
    assert path.read_bytes() == before


def test_what_forecastlog_did_not_build_is_never_taken(tmp_path: Path) -> None:
    """An empty file, somebody else's database, one of another format, one with other tables.

    Each is told once.
    """
    path = tmp_path / "forecastlog.db"
    many = load(ledger(tmp_path / "many", 5))
    build(many, path, today=TODAY)

    def altered(*statements: str) -> bytes:
        other = tmp_path / "other.db"
        other.unlink(missing_ok=True)
        build(many, other, today=TODAY)
        with closing(sqlite3.connect(other)) as connection:
            for statement in statements:
                connection.execute(statement)
            connection.commit()
        return other.read_bytes()

    def foreign() -> bytes:
        with closing(sqlite3.connect(tmp_path / "foreign.db")) as connection:
            connection.execute("create table predictions (id)")
            connection.commit()
        return (tmp_path / "foreign.db").read_bytes()

    bad = [
        (b"", "forecastlog did not build it"),
        (altered("update build set format = 99"), "it has the format 99, which this version of forecastlog"),
        (foreign(), "forecastlog did not build it"),
        (altered("delete from build"), "forecastlog did not finish building it"),
        (
            altered("alter table predictions drop column settled_by"),
            "built it with another table 'predictions'",
        ),
    ]
    with served("--live", "--db", str(path), lines=1) as (address, process):  # that the file was away
        assert process.stderr is not None
        for content, reason in bad:
            new = tmp_path / "new.db"
            new.write_bytes(content)
            new.replace(path)
            said = process.stderr.readline()
            assert said.startswith(f"{path} changed and cannot be read: ")
            assert reason in said
            assert "Still serving what it held before." in said
            assert count_and_rows(get(f"{address}forecastlog/predictions.json")[1]) == {5}
        path.unlink()
        build(load(ledger(tmp_path / "few", FEW)), path, today=TODAY)
        settle(Site(address.rstrip("/"), path, {}), FEW)


def test_a_reader_that_never_ends_is_a_conflict(tmp_path: Path) -> None:
    old, new = tmp_path / "a.db", tmp_path / "b.db"
    root = load(ledger(tmp_path / "few", FEW))
    build(root, old, today=TODAY)
    build(root, new, today=date(2025, 6, 2))
    with closing(sqlite3.connect(old, isolation_level=None)) as reader:
        reader.execute("begin")
        before = reader.execute("select digest from build").fetchone()
        with pytest.raises(DatabaseBusy, match="has been read without a gap for 0 s"):
            copy(new, old, wait=0.2)
        assert reader.execute("select digest from build").fetchone() == before


@pytest.mark.parametrize("in_place", [True, False])
def test_a_build_after_one_that_was_killed_half_way(tmp_path: Path, in_place: bool) -> None:
    """The journal that a killed copy leaves is used up, and never applied to another file."""
    path = tmp_path / "a.db"
    build(load(ledger(tmp_path / "many", MANY)), path, today=TODAY)
    code = (
        "import os, sqlite3, sys\n"
        "c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute('pragma cache_size = 1')\n"
        "c.execute('begin'); c.execute('delete from predictions')\n"
        "c.execute('update forecasts set note = hex(randomblob(2000))')\n"
        "os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=False, stderr=subprocess.DEVNULL)
    assert path.with_name("a.db-journal").stat().st_size > 0
    few = load(ledger(tmp_path / "few", FEW))
    build(few, path, today=TODAY, in_place=in_place)
    assert not path.with_name("a.db-journal").exists()
    build(few, tmp_path / "b.db", today=TODAY)
    assert _dump(path) == _dump(tmp_path / "b.db")


def _dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
        return list(connection.iterdump())


def _children_serving(path: Path) -> list[str]:
    found = []
    for process in Path("/proc").iterdir():
        if process.name.isdecimal():
            try:
                words = (process / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if b"serve" in words and str(path).encode() in words:
                found.append(process.name)
    return found
