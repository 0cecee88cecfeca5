"""Listings: every form, at every width."""

from __future__ import annotations

import csv
import io
import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecastlog.cli.output import Cell, Columns, Output, Row, dumps, table
from forecastlog.cli.text import clean, wrap
from forecastlog.phrasing import width_of

from .conftest import Run

COLUMNS = Columns(known=("id", "note", "n"), shown={"id": 0, "note": 0, "n": 90})


def printed(capsys: pytest.CaptureFixture[str], output: Output, *rows: Row) -> str:
    output.print(rows, COLUMNS)
    return capsys.readouterr().out


def test_a_table_wraps_to_the_width() -> None:
    rows: list[Row] = [{"id": "a-1", "note": "one two three four five six seven"}, {"id": "b", "note": None}]
    assert table(rows, ("id", "note"), 20).splitlines() == [
        "id   note",
        "---  ---------------",
        "a-1  one two three",
        "     four five six",
        "     seven",
        "",
        "b",
    ]


def test_a_narrow_terminal_gets_lines() -> None:
    assert table([{"id": "a-1", "note": "one two three four five"}], ("id", "note"), 14).splitlines() == [
        "id: a-1",
        "note: one two",
        "three four",
        "five",
    ]


def test_wide_characters_keep_columns_straight() -> None:
    lines = table([{"id": "基辅", "n": 1}, {"id": "abcd", "n": 10}], ("id", "n"), 80).splitlines()
    assert [width_of(line) for line in lines[2:]] == [8, 8]


def test_a_wider_terminal_shows_more(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    row: Row = {"id": "a", "note": "x", "n": 1}
    monkeypatch.setenv("COLUMNS", "80")
    assert printed(capsys, Output(), row).splitlines()[0] == "id  note"
    monkeypatch.setenv("COLUMNS", "100000")
    assert printed(capsys, Output(), row).splitlines()[0] == "id  note  n"


@given(
    st.lists(
        st.dictionaries(st.sampled_from(["id", "note", "n"]), st.text() | st.none() | st.floats()), max_size=4
    ),
    st.integers(10, 200),
)
def test_no_line_is_wider_than_the_terminal(rows: list[dict[str, str | float | None]], width: int) -> None:
    for line in table(rows, ("id", "note", "n"), width).splitlines():
        assert width_of(line) <= width


@given(st.text(), st.integers(2, 40))
def test_wrapping_loses_nothing(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width_of(line) <= width for line in lines)


@given(st.text())
def test_cleaned_text_commands_no_terminal(text: str) -> None:
    assert not any(
        (ord(c) < 32 and c != "\n") or 0x7F <= ord(c) < 0xA0 or 0x202A <= ord(c) <= 0x202E
        for c in clean(text)
    )


def test_numbers_that_are_none_are_null(capsys: pytest.CaptureFixture[str]) -> None:
    rows: list[Row] = [{"id": "a", "note": None, "n": math.inf}, {"id": "b", "note": "x", "n": math.nan}]
    assert json.loads(printed(capsys, Output("json"), *rows)) == [
        {"id": "a", "note": None, "n": None},
        {"id": "b", "note": "x", "n": None},
    ]
    assert printed(capsys, Output("csv"), *rows) == "id,note,n\na,,\nb,x,\n"


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+49 30", "'+49 30"),
        ("-x", "'-x"),
        ("@sum", "'@sum"),
        ("\tx", "'\tx"),
        (("=a", "b"), "'=a, b"),
        (-0.5, "-0.5"),
        ("-0.5", "-0.5"),
        ("+1e3", "+1e3"),
        ("plain", "plain"),
    ],
)
def test_no_cell_is_a_formula(capsys: pytest.CaptureFixture[str], value: Cell, cell: str) -> None:
    for form, dialect in (("csv", "excel"), ("tsv", "excel-tab")):
        text = printed(capsys, Output(form, columns=("note",)), {"note": value})
        assert list(csv.reader(io.StringIO(text), dialect))[1] == [cell]


def test_json_holds_no_escape_sequence() -> None:
    text = "\x1b[31m\x9b\u202e基"
    assert json.loads(dumps(text)) == text
    assert dumps(text) == '"\\u001b[31m\\u009b\\u202e基"'


def test_lines_of_json_and_chosen_columns(capsys: pytest.CaptureFixture[str]) -> None:
    rows: list[Row] = [{"id": "a", "note": "x", "n": 1}, {"id": "b", "note": "y", "n": 2}]
    assert (
        printed(capsys, Output("nl", columns=("n", "id")), *rows)
        == '{"n": 1, "id": "a"}\n{"n": 2, "id": "b"}\n'
    )


def test_nothing_is_still_a_document(capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, Output("json")) == "[]\n"
    assert printed(capsys, Output("csv")) == "id,note,n\n"
    assert printed(capsys, Output("nl")) == ""
    assert printed(capsys, Output()) == ""


def test_named_styles(run: Run) -> None:
    assert run("list", "--fmt", "github", "-c", "id", "--status", "open").stdout.splitlines() == [
        "| id               |",
        "|------------------|",
        "| aid-package-2025 |",
        "| truce-holds      |",
    ]


def test_an_id_stands_whole_on_a_line_whatever_its_length() -> None:
    rows = [
        {"id": "x" * 78, "claim": "It rains in the valley.", "latest": "2026-01-01"},
        {"id": "short", "claim": "No."},
    ]
    lines = table(rows, ("id", "claim", "status", "latest"), 80).splitlines()
    assert "x" * 78 in lines
    assert all(len(line) <= 80 for line in lines)
    assert any(line.split()[:2] == ["short", "No."] for line in lines)
