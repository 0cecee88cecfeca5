"""What machines wrote as JSON Lines is what people would have written as YAML."""

from __future__ import annotations

import json
import random
import tempfile
import tracemalloc
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecastlog.checks import check
from forecastlog.ledger import bulk, gathered, load
from forecastlog.ledger.imports import Imported, read_imports
from forecastlog.ledger.lines import lines_of
from forecastlog.ledger.names import Names
from forecastlog.ledger.people import read_article
from forecastlog.ledger.source import Source
from forecastlog.model.forecasts import Forecast
from forecastlog.model.moments import When
from forecastlog.model.records import Prediction
from tests.records import day, forecast, prediction, resolution

ROOT = Path(__file__).parents[2]
FULL = Path(__file__).with_name("full.yaml").read_text()
NOON = "2026-11-20T12:00:00Z"


def written(records: Iterable[Prediction]) -> list[bytes]:
    return [msgspec.json.encode(line) for record in records for line in lines_of(record, NOON)]


def read(lines: Iterable[bytes], folder: Path, name: str = "2026-11.jsonl") -> Imported:
    path = folder / name
    path.write_bytes(b"".join(line + b"\n" for line in lines))
    return read_imports([path], Names())


def line(**values: object) -> bytes:
    return json.dumps(values).encode()


def question(name: str = "x-1", **more: object) -> bytes:
    own = {"source": "x.example", "speaker": "ada", "made": "2026-01-05", "claim": "It rains."}
    return line(type="prediction", id=name, recorded=NOON, **own, latest="2026-06-30", **more)


def guess(name: str = "x-1.f", of: str = "x-1", **more: object) -> bytes:
    return line(
        **{"type": "forecast", "id": name, "prediction": of, "recorded": NOON, "probability": 0.7, **more}
    )


def alone(record: Prediction) -> Prediction:
    """The record as a machine could have it: in no article."""
    own = tuple(replace(one, logged=one.logged or day("2026-11-20")) for one in record.forecasts)
    logged = record.logged or When.parse(NOON)
    return replace(record, article=None, source=record.source or "a list", logged=logged, forecasts=own)


def test_every_key_says_the_same_in_both(tmp_path: Path) -> None:
    article = read_article(Source(FULL, Path("full.yaml")), Names()).article
    assert article
    records = [alone(record) for record in article.predictions]
    found = read(written(records), tmp_path)
    assert not found.problems
    assert sorted(found.predictions, key=str) == sorted(records, key=str)


def test_the_ledger_of_this_repository_says_the_same_in_both(tmp_path: Path) -> None:
    records = [
        alone(record) for record in load(ROOT / "predictions").ledger.predictions if not record.withheld
    ]
    found = read(written(records), tmp_path)
    assert not found.problems
    assert {one.id: one for one in found.predictions} == {one.id: one for one in records}


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp")), min_size=1)
DAYS = st.dates(day("1990-01-01"), day("2100-01-01")).map(str)
FORECASTS = st.builds(
    lambda p, made, note, by: forecast(p, made, by, note=note, logged=day("2026-11-20"), prediction="claim"),
    st.floats(0, 1),
    DAYS,
    st.none() | TEXT,
    st.sampled_from(["ann", "bob"]),
)


@given(
    st.lists(FORECASTS, max_size=5),
    TEXT,
    st.lists(TEXT, max_size=3),
    st.sampled_from(["yes", "no", "0.25"]),
    st.randoms(),
)
def test_any_record_says_the_same_in_whatever_order_its_lines_stand(
    forecasts: list[Forecast], claim: str, tags: list[str], outcome: str, order: random.Random
) -> None:
    record = replace(
        prediction(*forecasts, speaker="ann"),
        claim=claim,
        tags=tuple(tags),
        article=None,
        source="a list",
        logged=When.parse(NOON),
        resolutions=(resolution(outcome),),
    )
    lines = written([record])
    order.shuffle(lines)
    with tempfile.TemporaryDirectory() as folder:
        found = read([*lines, lines[0]], Path(folder))
    assert not found.problems
    assert found.predictions == (record,)


def test_files_may_be_split_and_merged_by_lines(tmp_path: Path) -> None:
    lines = [question(), guess("a"), guess("b", by="ben"), question("x-2"), guess("c", "x-2")]
    whole = read(lines, tmp_path).predictions
    parts = [tmp_path / "part-1.jsonl", tmp_path / "part-2.jsonl"]
    parts[0].write_bytes(b"\n".join([lines[4], lines[1], lines[1]]) + b"\n")
    parts[1].write_bytes(b"\n".join([lines[1], lines[3], lines[2], lines[0]]))
    found = read_imports(parts, Names())
    assert found.predictions == whole
    assert not found.problems


def test_what_happened_is_ordered_by_moment_and_id(tmp_path: Path) -> None:
    late, early = "2026-11-20T12:00:00Z", "2026-11-20T12:30:00+02:00"
    lines = [
        question(),
        guess("b", recorded=late),
        guess("a", recorded=late, by="ben"),
        guess("z", recorded=early, by="cy"),
    ]
    found = read(lines, tmp_path)
    assert [one.by for one in found.predictions[0].forecasts] == ["cy", "ben", "ada"]


def test_a_correction_changes_a_line_and_is_told(tmp_path: Path) -> None:
    told = line(
        type="correction",
        id="c",
        corrects="f",
        recorded=NOON,
        by="eve",
        set={"probability": 0.4, "note": "slip"},
        reason="typo",
    )
    (record,) = read([told, guess("f"), question()], tmp_path).predictions
    assert [one.says.identity for one in record.forecasts if one.says] == [(("probability", 0.4),)]
    assert [(one.field, one.was, one.why) for one in record.corrections] == [
        ("forecasts.probability", "0.7", "typo"),
        ("forecasts.note", "", "typo"),
    ]


KINDS = """
article: {id: outlook, title: Outlook, authors: [ann], published: 2025-03-01}
predictions:
  - id: seats
    kind: numeric
    claim: The Greens win seats.
    unit: seats
    range: {low: 0, high: 735}
    criteria: The official count.
    logged: 2025-03-01
    deadline: {earliest: 2025-03-01, strict: 2025-12-01, latest: 2025-12-01, basis: stated}
    forecasts:
      - {logged: 2025-03-01, value: 285, interval: {low: 243, high: 331, level: 90%}}
      - {logged: 2025-03-01, made: 2025-04-01, quantiles: {5%: 200, 50%: 280.5, 95%: 330}}
  - id: winner
    kind: choice
    claim: One party wins.
    options: [Reds, Blues, {name: Greens, added: 2025-03-02}]
    ordered: yes
    criteria: The official count.
    logged: 2025-03-01
    deadline: {earliest: 2025-03-01, strict: 2025-12-01, latest: 2025-12-01, basis: stated}
    forecasts:
      - {logged: 2025-03-01, probabilities: {Reds: 45%, Blues: 0.55}}
  - id: begins
    kind: date
    claim: The talks begin.
    criteria: The first meeting.
    logged: 2025-03-01
    deadline: {earliest: 2025-03-01, strict: 2025-12-01, latest: 2025-12-01, basis: stated}
    forecasts:
      - {logged: 2025-03-01, quantiles: {10%: 2025-05-01, 50%: 2025-06-01}, never: 20%}
"""


def test_every_kind_says_the_same_in_both(tmp_path: Path) -> None:
    file = read_article(Source(KINDS, Path("kinds.yaml")), Names())
    assert file.article
    assert not file.problems
    records = {record.id: alone(record) for record in file.article.predictions}
    found = read(written(records.values()), tmp_path)
    assert not found.problems
    assert {one.id: one for one in found.predictions} == records
    assert all(one.definite for record in found.predictions for one in record.forecasts)


def test_a_key_of_another_kind_is_told(tmp_path: Path) -> None:
    found = read(
        [question(kind="numeric", unit="seats"), guess(), guess("b", value=3, probability=None)], tmp_path
    )
    assert messages(found) == ["'probability' belongs to another kind of prediction"]


def messages(found: Imported) -> list[str]:
    return [problem.message for problem in found.problems]


def test_a_torn_last_line_hides_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(question() + b"\n" + guess()[:40])
    found = read_imports([path], Names())
    assert messages(found) == ["the last line is torn: it was not written to its end"]
    assert [one.id for one in found.predictions] == ["x-1"]


def test_lines_that_contradict_each_other_are_told_with_their_place(tmp_path: Path) -> None:
    found = read([question(), guess(), guess(probability=0.8), guess("y", of="x-9")], tmp_path)
    assert messages(found) == ["the id 'x-1.f' has other content elsewhere", "no line has a prediction 'x-9'"]
    assert [problem.span.line for problem in found.problems if problem.span] == [3, 4]
    assert "2026-11.jsonl:2 has it" in found.problems[0].hint


def test_values_have_the_faults_that_they_have_in_yaml(tmp_path: Path) -> None:
    found = read(
        [
            question(latest2="x"),
            guess(probability=70),
            guess("b", probability="much"),
            guess("c", made="2026-02-30"),
            guess("d", note=["a"]),
            line(type="forecast", id="e", recorded=NOON),
            line(type="guess"),
            b"[1]",
            b"\x00\xff",
            b'{"type": "forecast", "probability": NaN}',
            b"[" * 5000,
        ],
        tmp_path,
    )
    assert [(one.code, one.span.line) for one in found.problems if one.span] == [
        ("P010", 1),
        ("P104", 2),
        ("P103", 3),
        ("P102", 4),
        ("P012", 5),
        ("P100", 6),
        ("P106", 7),
        ("P106", 8),
        ("P018", 9),
        ("P018", 10),
        ("P018", 11),
    ]


def test_a_line_without_an_end_takes_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        file.write(b'{"a": "')
        file.truncate(300_000_000)
        file.seek(0, 2)
        file.write(b"\n" + question() + b"\n")
    tracemalloc.start()
    found = read_imports([path], Names())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20_000_000
    assert messages(found) == ["the line is too long"]
    assert len(found.predictions) == 1


def test_the_rules_look_at_what_machines_wrote(tmp_path: Path) -> None:
    folder = tmp_path / "predictions" / "imports" / "x"
    folder.mkdir(parents=True)
    there = {"on": "2026-12-01", "by": "X", "url": "https://x.example"}
    lines = [
        question("x-3", earliest="2026-07-30", logged_elsewhere=there, given="nothing"),
        guess(of="x-3", low=0.9),
    ]
    read(lines, folder)
    problems = check(load(tmp_path / "predictions"), today=day("2026-11-29"))
    assert [(one.code, one.span.line) for one in problems if one.span] == [
        ("P110", 1),
        ("P202", 1),
        ("P203", 1),
        ("P210", 1),
    ]


def test_a_correction_that_cannot_be_read_leaves_its_line(tmp_path: Path) -> None:
    """Each way with the code that tells it; the record is as it was, and no correction is told of it."""
    (whole,) = read([question(), guess("f")], tmp_path).predictions
    wrong: tuple[tuple[str, object, str], ...] = (
        ("x-1", "probability", "P012"),
        ("x-1", ["claim"], "P012"),
        ("x-1", {"made": "some day"}, "P102"),
        ("x-1", {"claim": None}, "P100"),
        ("x-1", {"speaker": ""}, "P100"),
        ("x-1", {"tags": {"a": 1}}, "P012"),
        ("x-1", {"corrections": []}, "P010"),
        ("f", {"probability": 7}, "P104"),
        ("f", {"prediction": "x-2"}, "P010"),
    )
    for of, said, code in wrong:
        told = line(type="correction", id="c", corrects=of, recorded=NOON, by="eve", set=said, reason="typo")
        found = read([question(), guess("f"), told], tmp_path)
        assert [problem.code for problem in found.problems] == [code], said
        assert found.predictions == (whole,)


ODD = st.sampled_from(
    [
        *(None, "", 0, 1, True, 0.5, -0.0, 1e-7, -1, 1.5, 2**70, [], {}, ["a"], {"a": 1}),
        *("70%", " x ", "x\ny", "x\u0001", "yes", "1e5", "\u00e9", "numeric", "author"),
        *("Cy  D", "cy d", "x-1"),
        *("2026", "2026-02", "2026-02-30", "2026-11-20", "2026-11-20T12:00Z", "2026-11-20T12:00:00"),
        *("2026-11-20T12:00:00+02:00", "0001-01-01T00:00:00+05:00", "9999-12-31T23:59:59-05:00"),
        *("https://x.example/a b", "https://x.example/a", "http://", "ftp://x.example"),
    ]
)
KEYS = st.sampled_from(
    [
        *("id", "recorded", "prediction", "probability", "by", "made", "url", "note", "low", "value"),
        *("quantiles", "judged_by", "logged", "logged_elsewhere", "until", "stance", "at", "hue", "type"),
    ]
)
ODD_LINES = st.builds(
    lambda values, n, keep: guess(f"n{n}", f"x-{n % 3}", **values)[: None if keep else n],
    st.dictionaries(KEYS, ODD, max_size=3),
    st.integers(0, 40),
    st.integers(0, 9).map(bool),
)


@given(st.lists(ODD_LINES | st.sampled_from([b"", b" \t\r", b"[1]", guess(), guess() + b" \r"]), max_size=30))
def test_the_quick_ways_say_what_the_slow_one_says(lines: list[bytes]) -> None:
    """Lines looked at together, or read in one step where they are usual, are as each is read by itself."""
    many = [question("x-0"), question(kind="numeric", unit="seats"), *lines, question("x-2")]
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        quick = read(many, Path(folder))
        patch.setattr(gathered, "usual", lambda *_: None)
        patch.setattr(bulk.Sieve, "sift", lambda _, texts: (bulk.NONE, list(range(len(texts)))))
        slow = read(many, Path(folder))
    assert quick.problems == slow.problems
    assert quick.predictions == slow.predictions
    assert str(quick.predictions) == str(slow.predictions)
