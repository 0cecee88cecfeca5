"""The index of files gives what reading gives, whatever becomes of it, and is never trusted over the text."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from forecastlog.checks import check
from forecastlog.kinds import KINDS
from forecastlog.ledger import Loaded, load
from forecastlog.ledger.index import READING, Row, digest_of, files_of, index_path
from forecastlog.ledger.indexed import open_indexed
from forecastlog.ledger.packed import apart, cells_of, pack_article, pack_record, unpack_record
from forecastlog.ledger.unread import IndexedLedger
from forecastlog.model.ledger import records_of
from forecastlog.model.records import Article, Prediction
from tests.ledger.test_loader import record

OWN = Path(__file__).parents[2] / "predictions"
FULL = Path(__file__).with_name("full.yaml")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An article of this project's, one with every key, names that nobody lists, and an index of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "predictions"
    folder.mkdir()
    smallest = min(OWN.glob("2*.yaml"), key=lambda path: path.stat().st_size)
    for path in (
        smallest,
        FULL,
        *(OWN / name for name in ("people.yaml", "events.yaml", "forecastlog.toml")),
    ):
        shutil.copy(path, folder)
    text = record("by-two").replace("[ann]", "[Ann Exe, Bob Why]").replace("T,", "T, publisher: The Paper,")
    (folder / "two.yaml").write_text(text)
    return folder


def same(root: Path) -> Loaded:
    """The ledger through the index, once it is seen to be what is read."""
    found, read = open_indexed(root), load(root)
    assert found.ledger == read.ledger
    assert dict(found.ledger.unlisted) == dict(read.ledger.unlisted)
    assert found.problems == read.problems
    assert (found.ledger.counts, found.ledger.speakers) == (read.ledger.counts, read.ledger.speakers)
    assert found.articles_files == read.articles_files
    assert list(found.ledger.ids) == list(read.ledger.ids)
    for name in read.ledger.ids:
        assert found.ledger.get(name) == read.ledger.get(name)
        assert found.span(name, "claim") == read.span(name, "claim")
    assert [one.id for one in found.ledger.predictions] == [one.id for one in read.ledger.predictions]
    assert list(found.ledger.conditions) == list(read.ledger.conditions)
    for day in (None, date(2025, 4, 1)):
        assert check(found, today=day) == check(read, today=day)
    return found


def rows(root: Path) -> list[bytes]:
    with sqlite3.connect(index_path(root)) as connection:
        return [path for (path,) in connection.execute("select path from files")]


def test_a_second_reading_is_from_the_index(root: Path) -> None:
    same(root)
    assert set(rows(root)) == {os.fsencode(path.name) for path in load(root).articles_files.values()}
    found = same(root)
    assert isinstance(found.ledger, IndexedLedger)


def test_places_that_were_let_go_are_found_again_and_records_stay(root: Path) -> None:
    for _ in ("as read", "from the index"):
        found = open_indexed(root)
        assert isinstance(found.ledger, IndexedLedger)
        held, spans = found.ledger.articles, {name: found.span(name, "claim") for name in found.ledger.ids}
        found.let_go()
        assert {name: found.span(name, "claim") for name in found.ledger.ids} == spans
        found.let_go()
        (root / "two.yaml").write_text((root / "two.yaml").read_text().replace("by-two", "by-three"))
        assert found.ledger.articles == held
        assert found.span("by-two", "claim") is None
        (root / "two.yaml").write_text((root / "two.yaml").read_text().replace("by-three", "by-two"))


def test_records_come_back_as_they_are() -> None:
    for article in load(OWN).ledger.articles:
        packed = pack_article(article)
        assert packed is not None
        for data, one in zip(packed[1:], records_of(article), strict=True):
            back = unpack_record(type(one), data)
            assert back == one
            assert pack_record(back) == data


@pytest.mark.parametrize("kind", KINDS)
def test_what_forecasts_of_every_kind_say_comes_back(kind: str) -> None:
    said = [
        one
        for path in (FULL, *OWN.glob("*.yaml"))
        for article in _articles(path)
        for one in article.predictions
        if one.kind == kind
    ]
    assert said
    for one in said:
        back = unpack_record(Prediction, pack_record(one))
        assert back == one
        # Numbers are equal whatever their precision.
        assert apart((back.terms, *(each.says for each in back.forecasts))) == apart(
            (one.terms, *(each.says for each in one.forecasts))
        )


def _articles(path: Path) -> tuple[Article, ...]:
    from forecastlog.ledger.names import Names
    from forecastlog.ledger.people import read_article
    from forecastlog.ledger.source import Source

    article = read_article(Source(path.read_text(), path), Names()).article
    return (article,) if article else ()


EDITS: dict[str, Callable[[Path], object]] = {
    "a record": lambda root: (root / "two.yaml").write_text(record("by-two").replace("It rains", "It snows")),
    "a fault": lambda root: (root / "two.yaml").write_text(record("by-two").replace("claim:", "clam:")),
    "no YAML": lambda root: (root / "two.yaml").write_text("article: {id: [}"),
    "a new file": lambda root: (root / "new.yaml").write_text(record("new")),
    "an id twice": lambda root: (root / "again.yaml").write_text(record("by-two")),
    "a file gone": lambda root: (root / "full.yaml").unlink(),
    "a file moved": lambda root: (root / "two.yaml").rename(root / "three.yaml"),
    "two files changed about": lambda root: _swap(root / "two.yaml", root / "full.yaml"),
    "people": lambda root: (root / "people.yaml").write_text(
        (root / "people.yaml").read_text() + "  - {id: exe, name: Ann Exe}\n"
    ),
    "no people": lambda root: (root / "people.yaml").unlink(),
    "broken people": lambda root: (root / "people.yaml").write_text("forecasters: {"),
    "the zone": lambda root: (root / "forecastlog.toml").write_text(
        'format = 1\ntimezone = "Pacific/Auckland"\n'
    ),
    "events": lambda root: (root / "events.yaml").write_text("events: [{id: rain, question: Does it rain?}]"),
    "touched": lambda root: os.utime(root / "two.yaml", (1, 1)),
    "machines": lambda root: _import(root, '{"type": "prediction", "id": "by-two-p"}'),
}


def _swap(one: Path, other: Path) -> None:
    between = one.with_suffix(".tmp")
    one.rename(between)
    other.rename(one)
    between.rename(other)


def _import(root: Path, line: str) -> None:
    (root / "imports").mkdir()
    (root / "imports" / "some.jsonl").write_text(f"{line}\n")


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_an_edit_is_seen(root: Path, edit: Callable[[Path], object]) -> None:
    same(root)
    edit(root)
    same(root)
    same(root)


def test_a_second_write_within_a_tick_of_the_clock_is_seen(root: Path) -> None:
    path = root / "two.yaml"
    for word in ("rain", "snow", "hail", "rain", "snow", "hail"):
        path.write_text(record("by-two").replace("rain", word))
        status = path.stat()
        found = open_indexed(root).ledger.get("by-two-p")
        assert isinstance(found, Prediction)
        assert found.claim == f"It {word}s."
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def test_a_row_stands_only_well_after_its_file_was_written() -> None:
    stamp = (10_000_000_000, 10_000_000_000, 1, 1)
    early, late = (Row(stamp, seen * 1_000_000_000, b"", b"", [], []) for seen in (11, 13))
    assert not early.stands(stamp)
    assert late.stands(stamp)
    assert not late.stands((10_000_000_000, 10_000_000_001, 1, 1))
    assert not late.stands(None)


def _overwrite(sql: str, *values: object) -> Callable[[Path, Path], object]:
    def change(path: Path, _: Path) -> None:
        with sqlite3.connect(path) as connection:
            connection.execute(sql, values)

    return change


def _view(path: Path, _: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute(
            "create view files as with recursive n(i) as (select 1 union all select i from n) "
            "select i as path, i as row from n"
        )
        connection.execute("create table about (ledger, version)")


def _folder(path: Path, _: Path) -> None:
    path.unlink()
    path.mkdir()


def _pipe(path: Path, _: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _of_another(path: Path, root: Path) -> None:
    other = root.parent / "other" / "predictions"
    shutil.copytree(root, other)
    (other / "two.yaml").write_text(record("by-two").replace("It rains", "It snows"))
    open_indexed(other)
    shutil.copy(index_path(other), path)


HARM: dict[str, Callable[[Path, Path], object]] = {
    "empty": lambda path, _: path.write_bytes(b""),
    "no database": lambda path, _: path.write_bytes(b"what is this?" * 1000),
    "half": lambda path, _: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "overwritten in the middle": lambda path, _: path.write_bytes(
        path.read_bytes()[:20_000] + b"\0" * 40_000 + path.read_bytes()[60_000:]
    ),
    "gone": lambda path, _: path.unlink(),
    "a folder": _folder,
    "a pipe": _pipe,
    "a view without end": _view,
    "of another ledger": _of_another,
    "another version": _overwrite("update about set version = '0.0.0'"),
    "another table": _overwrite("create table more (id)"),
    "rows gone": _overwrite("delete from files"),
    "parts gone": _overwrite("delete from parts"),
    "parts of others": _overwrite("update parts set data = (select max(data) from parts)"),
    "rows of others": _overwrite("update files set row = (select max(row) from files)"),
    "parts of no bytes": _overwrite("update parts set data = ?", 1),
    "torn parts": _overwrite("update parts set data = substr(data, 1, length(data) - 20)"),
}


@pytest.mark.parametrize("harm", HARM.values(), ids=HARM)
def test_a_harmed_index_changes_nothing_and_is_made_again(
    root: Path, harm: Callable[[Path, Path], object]
) -> None:
    same(root)
    harm(index_path(root), root)
    same(root)
    same(root)
    if index_path(root).is_file():
        assert len(rows(root)) == len(load(root).articles_files)


def test_without_a_place_for_the_index_the_files_are_read(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root.parent / "file").write_text("")
    for place in (root.parent / "file", Path("/proc/none")):
        monkeypatch.setenv("XDG_CACHE_HOME", str(place))
        same(root)


def test_an_index_that_another_process_writes_to_is_done_without(root: Path) -> None:
    same(root)
    with sqlite3.connect(index_path(root), isolation_level=None) as other:
        other.execute("begin exclusive")
        same(root)
        (root / "two.yaml").write_text(record("by-two").replace("It rains", "It snows"))
        same(root)
    same(root)


def test_processes_at_once_say_the_same(root: Path) -> None:
    code = "import sys; from pathlib import Path; from forecastlog.ledger.indexed import open_indexed; "
    code += "print([one.id for one in open_indexed(Path(sys.argv[1])).ledger.predictions])"
    started = [
        subprocess.Popen([sys.executable, "-c", code, str(root)], stdout=subprocess.PIPE) for _ in range(4)
    ]
    said = {process.communicate()[0] for process in started}
    assert said == {f"{[one.id for one in load(root).ledger.predictions]}\n".encode()}
    same(root)


def test_what_is_kept_of_a_record_is_what_listings_show(root: Path) -> None:
    from forecastlog.cli.list import WRITTEN
    from forecastlog.cli.rows import LIST, PredictionRow

    ledger = load(root).ledger
    predictions = list(ledger.predictions)
    cells = cells_of(predictions)
    day = max(one.made.day for one in predictions)
    assert len(WRITTEN) > 30
    for name, path in WRITTEN.items():
        assert name in LIST.others
        if path in cells:
            assert cells[path] == [PredictionRow(one, ledger, day)[name] for one in predictions]


def test_files_are_found_by_the_digest_of_their_bytes() -> None:
    assert digest_of(b"") != digest_of(b"\n")
    assert len(digest_of(b"")) == 16


def test_whoever_records_is_looked_up_in_the_list_of_today(root: Path) -> None:
    """The note asks for an entry in people.yaml.

    With the entry it is gone, though the record did not change.
    """
    path = root / "two.yaml"
    path.write_text(path.read_text().replace("    claim:", "    logged_by: Zed Quux\n    claim:", 1))

    def unlisted() -> list[str]:
        return [one.message for one in check(same(root)) if one.code == "P318" and "Zed" in one.message]

    assert len(unlisted()) == len(unlisted()) == 1
    people = root / "people.yaml"
    people.write_text(f"{people.read_text()}  - {{id: zed, name: Zed Quux, kind: person}}\n")
    assert unlisted() == []


def test_an_index_is_of_one_program() -> None:
    """Every module that reads or judges makes the index anew when it changes, and no compiled file does."""
    code = (
        "import sys, forecastlog.checks, forecastlog.history.reading, forecastlog.ledger.indexed\n"
        "print(*(one.__file__ for name, one in sys.modules.items() if name.split('.')[0] == "
        "'forecastlog'), sep='\\n')"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    files = set(files_of(*READING))
    assert set(map(Path, loaded.split())) <= files
    assert ".pyc" not in {path.suffix for path in files}
    assert "events.csv" in {path.name for path in files_of("deadlines")}
