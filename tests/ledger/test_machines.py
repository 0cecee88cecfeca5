"""What machines wrote is the same from the index, from the files, and from files that grew since."""

from __future__ import annotations

import os
import random
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forecastlog.checks import check
from forecastlog.ledger import growing, load
from forecastlog.ledger.folded import Entries, Fold
from forecastlog.ledger.index import index_path
from forecastlog.ledger.indexed import open_indexed
from forecastlog.model.records import Prediction
from tests.ledger.test_imports import NOON, guess, line, question
from tests.ledger.test_index import HARM, same
from tests.ledger.test_loader import record


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person's article beside two files of a machine's, the lines of one prediction in both."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "predictions"
    (folder / "imports" / "x").mkdir(parents=True)
    (folder / "two.yaml").write_text(record("by-two"))
    (folder / "people.yaml").write_text("forecasters:\n  - {id: ada, name: Ada Exe, kind: person}\n")
    append(folder, "01", question(), guess("a"), question("x-2", tags=["t"]), guess("b", "x-2", by="Ben Why"))
    append(folder, "02", guess("c", by="Ada Exe", made="2026-02-01"), outcome("r", "x-2"))
    return folder


def append(root: Path, name: str, *lines: bytes) -> None:
    with (root / "imports" / "x" / f"{name}.jsonl").open("ab") as file:
        file.write(b"".join(one + b"\n" for one in lines))


def outcome(name: str, of: str, said: str = "yes", **more: object) -> bytes:
    own = {"outcome": said, "known": "2026-07-01", "recorded": "2026-07-02", "by": "x"}
    return line(type="resolution", id=name, prediction=of, **{**own, **more})


def correction(name: str, corrects: str, **said: object) -> bytes:
    own = {"recorded": NOON, "by": "eve", "set": said, "reason": "typo"}
    return line(type="correction", id=name, corrects=corrects, **own)


def first(root: Path) -> Path:
    return root / "imports" / "x" / "01.jsonl"


def rewrite(root: Path, was: bytes, now: bytes) -> None:
    first(root).write_bytes(first(root).read_bytes().replace(was, now))


CHANGES: dict[str, Callable[[Path], object]] = {
    "a forecast of what was there": lambda root: append(root, "01", guess("d", by="Cy")),
    "an outcome in a new file": lambda root: append(root, "03", outcome("s", "x-1", "no")),
    "a file before the others": lambda root: append(root, "00", guess("d", recorded="2026-01-01")),
    "a prediction with its lines": lambda root: append(
        root, "02", guess("d", "x-0"), question("x-0"), question("x-3"), outcome("s", "x-3")
    ),
    "a correction of what was there": lambda root: append(
        root, "02", correction("k", "c", probability=0.2), correction("m", "x-2", claim="It snows.")
    ),
    "a correction of what came with it": lambda root: append(
        root, "02", guess("d", "x-2"), correction("k", "d", probability="30%")
    ),
    "who speaks is corrected": lambda root: append(root, "02", correction("k", "x-2", speaker="ben why")),
    "a forecaster spelled otherwise": lambda root: append(root, "02", guess("d", "x-1", by="ben WHY")),
    "an unknown key": lambda root: append(root, "01", guess("d", hue="red")),
    "a key of another kind": lambda root: append(root, "01", guess("d", value=3, probability=None)),
    "a fault": lambda root: append(root, "01", guess("d", probability=70)),
    "no JSON": lambda root: append(root, "01", b"what is this?"),
    "of nothing": lambda root: append(root, "01", guess("d", "x-9")),
    "a correction of nothing": lambda root: append(root, "01", correction("k", "nothing", claim="x")),
    "a correction that cannot be": lambda root: append(root, "01", correction("k", "a", probability=7)),
    "an outcome by the same": lambda root: append(root, "01", outcome("s", "x-2", "reopened")),
    "a line again": lambda root: append(root, "02", guess("a")),
    "other content": lambda root: append(root, "02", guess("a", probability=0.1)),
    "the id of a person's": lambda root: append(root, "02", question("by-two-p"), guess("d", "by-two-p")),
    "an empty line": lambda root: append(root, "01", b""),
    "a torn line": lambda root: first(root).write_bytes(first(root).read_bytes() + guess("d")[:30]),
    "a line without its end": lambda root: first(root).write_bytes(first(root).read_bytes() + guess("d")),
    "a line that is too long": lambda root: append(root, "01", b" " * 1_000_000, guess("d")),
    "one changed": lambda root: rewrite(root, b"It rains", b"It snows"),
    "one gone": lambda root: first(root).write_bytes(b"\n".join(first(root).read_bytes().split(b"\n")[1:])),
    "half of it gone": lambda root: os.truncate(first(root), first(root).stat().st_size // 2),
    "the file gone": lambda root: first(root).unlink(),
    "the file elsewhere": lambda root: first(root).rename(first(root).with_name("05.jsonl")),
    "a pipe": lambda root: os.mkfifo(first(root).with_name("05.jsonl")),
    "touched": lambda root: os.utime(first(root), (1, 1)),
    "people": lambda root: (root / "people.yaml").write_text("forecasters: [{id: ben, name: Ben Why}]\n"),
    "the zone": lambda root: (root / "forecastlog.toml").write_text('timezone = "Pacific/Auckland"\n'),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_is_seen(root: Path, change: Callable[[Path], object]) -> None:
    same(root)
    change(root)
    same(root)
    append(root, "07", question("x-7"), guess("e", "x-7"), guess("f", "x-2", by="Zed"))
    same(root)


def test_lines_that_were_there_are_not_read_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All files are read again nowhere: neither for what is unchanged nor for what is sound and new."""
    same(root)
    monkeypatch.setattr(growing.Ground, "_anew", None)
    for number in range(growing.MOST_PARTS + 3):
        append(root, "01", guess(f"d{number}", by=f"Name {number}"), question(f"x-1{number:02}"))
        append(root, f"03-{number % 7}", outcome(f"s{number}", "x-1", by=f"d{number}"))
        open_indexed(root)
    monkeypatch.undo()
    found = same(root)
    assert len(found.ledger.imported) == growing.MOST_PARTS + 5


@pytest.mark.parametrize("harm", HARM.values(), ids=HARM)
def test_a_harmed_index_changes_nothing(root: Path, harm: Callable[[Path, Path], object]) -> None:
    same(root)
    harm(index_path(root), root)
    same(root)
    append(root, "01", guess("d"))
    same(root)


def test_what_is_torn_while_a_command_runs_is_read_from_the_files(root: Path) -> None:
    same(root)
    found, read = open_indexed(root), load(root)
    HARM["parts gone"](index_path(root), root)
    assert [one.id for one in found.ledger.matching({"claim": lambda _: True})] == ["by-two-p", "x-1", "x-2"]
    assert found.ledger.get("x-1") == read.ledger.get("x-1")
    assert found.span("x-2") == read.span("x-2")


def test_a_file_that_is_replaced_while_a_command_runs_is_read_as_it_is(root: Path) -> None:
    same(root)
    found = open_indexed(root)
    other = first(root).with_suffix(".new")
    other.write_bytes(b"\n" + first(root).read_bytes())
    other.rename(first(root))
    assert found.ledger.get("x-2") == load(root).ledger.get("x-2")


def test_some_are_left_unread(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Heads tell which are due and cells which match, so that no line of the others is looked at."""
    same(root)
    found, read = open_indexed(root), []
    monkeypatch.setattr(
        "forecastlog.ledger.machines.Machines.record",
        lambda _, bundle, place: read.append(bundle.heads[place].id),
    )
    list(found.ledger.undecided(date(2026, 8, 1), date(2026, 8, 1)))
    assert read == ["x-1"]
    read.clear()
    list(found.ledger.matching({"speaker": "nobody".__eq__}))
    assert read == []


def test_any_lines_at_all_in_any_order_of_writing(root: Path) -> None:
    """Appended in steps, opened after each or not, they make the ledger that they make at once."""
    chance = random.Random(2026)  # noqa: S311  # no secret
    for _ in range(6):
        for _ in range(chance.randrange(1, 4)):
            append(root, chance.choice(("01", "04", "06")), *some_lines(chance))
        same(root)


def some_lines(chance: random.Random) -> Iterator[bytes]:
    for _ in range(chance.randrange(1, 9)):
        of, name = f"x-{chance.randrange(1, 8)}", f"n{chance.randrange(10**6)}"
        made = f"2026-0{chance.randrange(1, 10)}-01"
        yield chance.choice(
            (
                guess(
                    name,
                    of,
                    by=chance.choice(("Ann", "ann", "Bo C")),
                    made=made,
                    recorded=f"{made}T00:00:00Z",
                ),
                outcome(name, of, chance.choice(("yes", "no", "reopened")), by=name),
                question(f"x-{chance.randrange(8, 10**6)}"),
                correction(name, of, claim=name),
            )
        )


DAYS = st.sampled_from(
    [
        *("2026-05-01", "2026-05-02", "2026-05", "2026", " 2026-05-03", "2026-05-01T23:30:00Z"),
        *("2026-05-01T23:59:59+02:00", "2026-05-02T00:10:00+05:00", "2026-05-02 01:00:00Z", ""),
    ]
)
TELLING = st.dictionaries(
    st.sampled_from(["low", "until", "note", "article", "logged_elsewhere", "probability"]),
    st.sampled_from([0.9, "2026-04-01", "of-two", None]),
    max_size=1,
)
GUESSES = st.builds(
    lambda n, of, made, recorded, more: guess(f"n{n}", f"x-{of}", made=made, recorded=recorded, **more),
    st.integers(0, 99),
    st.integers(1, 3),
    DAYS,
    DAYS,
    st.just({}) | TELLING,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(GUESSES, max_size=12), st.sampled_from(["", "Pacific/Auckland", "America/Bogota"]))
def test_rules_find_the_same_where_they_do_not_read_clear_forecasts(
    tmp_path: Path, lines: list[bytes], zone: str
) -> None:
    root = Path(tempfile.mkdtemp(dir=tmp_path)) / "predictions"
    (root / "imports" / "x").mkdir(parents=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(root.parent / "cache"))
        (root / "forecastlog.toml").write_text(f'timezone = "{zone}"\n' if zone else "")
        half = len(lines) // 2
        append(root, "01", question("x-1"), question("x-2", kind="numeric", unit="seats"), *lines[:half])
        for more in ((), lines[half:], [question("x-3"), outcome("r", "x-1")]):
            append(root, "02", *more)
            found, read = open_indexed(root), load(root)
            for day in (None, date(2026, 4, 30), date(2026, 5, 1), date(2026, 7, 1)):
                assert check(found, today=day) == check(read, today=day)


def folded(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Which records are read from now on, and how many forecasts of each."""
    fold, read = Fold.record, []

    def counted(self: Fold, entries: Entries) -> Prediction:
        read.append((entries.own.id, len(entries.forecasts)))
        return fold(self, entries)

    monkeypatch.setattr(Fold, "record", counted)
    return read


def test_a_listing_reads_the_forecasts_that_somebody_looks_at(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    append(root, "01", question("x-5"), *(guess(f"d{n}", "x-5", made=f"2026-11-1{n}") for n in range(3)))
    whole = same(root).ledger.get("x-5")
    found, read = open_indexed(root), folded(monkeypatch)
    assert isinstance(whole, Prediction)
    (listed,) = found.ledger.matching({"id": "x-5".__eq__})
    assert listed.claim == whole.claim
    assert read == [("x-5", 0)]
    assert (len(listed.forecasts), listed.forecasts[-1]) == (3, whole.forecasts[-1])
    assert listed.forecasts.index(whole.forecasts[1]) == 1
    assert (listed, hash(listed), repr(listed)) == (whole, hash(whole), repr(whole))
    assert read == [("x-5", 0), ("x-5", 3)]


def test_what_is_known_of_clear_forecasts_is_not_read_again(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A check of what is sound reads no forecast, and the next one no line at all."""
    append(root, "01", question("x-5"), guess("d", "x-5", made="2026-11-20", note="n"), outcome("s", "x-5"))
    read, found = folded(monkeypatch), open_indexed(root)
    read.clear()
    problems = check(found, today=date(2026, 12, 1))
    assert read == [("x-1", 2), ("x-2", 1), ("x-5", 0)]  # two do not say when they were made
    read.clear()
    assert check(open_indexed(root), today=date(2026, 12, 1)) == problems
    assert read == []


def test_what_a_prediction_holds_differs_where_it_does(root: Path) -> None:
    """New lines of others change nothing of it; its own do, and so does anything written otherwise."""
    ledger = same(root).ledger
    before = {name: ledger.holds(name) for name in ("x-1", "x-2")}
    assert all(before.values())
    append(root, "01", guess("d", "x-2"), question("x-3"))
    ledger = same(root).ledger
    assert ledger.holds("x-1") == before["x-1"]
    assert ledger.holds("x-2") != before["x-2"]
    now = ledger.holds("x-1")
    rewrite(root, b"It rains", b"It snows")
    assert same(root).ledger.holds("x-1") != now


def test_what_rules_say_of_a_line_goes_with_what_it_says(root: Path) -> None:
    """A line that is changed for one as long stands where it stood."""
    append(
        root,
        "01",
        question("x-5", given="by-one-c"),
        guess("d", "x-5", made="2026-03-02", until="2026-03-01"),
    )

    def told() -> list[str]:
        problems = check(open_indexed(root), today=date(2026, 12, 1))
        assert problems == check(load(root), today=date(2026, 12, 1))
        return [problem.message for problem in problems if problem.code in ("P203", "P210")]

    before = told()
    assert [message for message in before if "'until' is 2026-03-01" in message]
    rewrite(root, b"2026-03-01", b"2026-03-03")
    rewrite(root, b"by-one-c", b"by-two-c")
    assert len(told()) < len(before)
