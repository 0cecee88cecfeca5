"""Nothing that stands in a file makes the reader raise."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecastlog.ledger.composing import fast_parser, python_parser
from forecastlog.ledger.names import Names
from forecastlog.ledger.people import read_article, read_forecasters
from forecastlog.ledger.settings import read_settings
from forecastlog.ledger.source import Source, decode
from forecastlog.problems import Problem

FULL = Path(__file__).with_name("full.yaml").read_text()
LINES = FULL.splitlines(keepends=True)
# The characters with which YAML means something, so that they come often.
PIECES = st.sampled_from(
    [
        "{",
        "}",
        "[",
        "]",
        ": ",
        "- ",
        ",",
        "'",
        '"',
        "|",
        ">",
        "#",
        "&a",
        "*a",
        "!t",
        "%",
        "@",
        "?",
        "\t",
        "\n",
        "\r\n",
        "---\n",
        "...",
        "\0",
        "\u2028",
        "\x85",
        "\ufeff",
        "\U0001f600",
        "<<",
        "~",
        "null",
        "\\",
        "  ",
    ]
)
TEXTS = st.one_of(st.text(), st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=40).map("".join))
SLOW = settings(max_examples=20_000)


def survives(text: str) -> None:
    source = decode(text.encode("utf-8", "surrogatepass"), Path("a.yaml"))
    if isinstance(source, Problem):
        assert str(source)
        return
    for parser in (fast_parser, python_parser):
        file = read_article(source, Names(), parser=parser)
        assert file.article is not None or file.problems
        for problem in file.problems:
            assert str(problem)
            assert problem.span
            assert problem.span.column <= len(problem.span.excerpt) + 1
    read_forecasters(source)
    read_settings(source)


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """The full file with lines taken out, doubled, cut, or with pieces put in."""
    lines = list(LINES)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        column = draw(st.integers(0, len(lines[at])))
        match draw(st.integers(0, 4)):
            case 0:
                lines[at] = ""
            case 1:
                lines[at] = lines[at][:column]
            case 2:
                lines[at] = lines[at][:column] + draw(PIECES) + lines[at][column:]
            case 3:
                lines.insert(at, lines[draw(st.integers(0, len(lines) - 1))])
            case _:
                lines[at] = lines[at][: lines[at].find(":") + 1] + draw(TEXTS) + "\n"
    return "".join(lines)


@given(TEXTS)
def test_any_text(text: str) -> None:
    survives(text)


@given(damaged())
@settings(max_examples=60)
def test_a_damaged_file(text: str) -> None:
    survives(text)


@given(st.binary())
def test_any_bytes(data: bytes) -> None:
    source = decode(data, Path("a.yaml"))
    if isinstance(source, Source):
        survives(source.text)


@pytest.mark.slow
@given(TEXTS)
@SLOW
def test_any_text_for_long(text: str) -> None:
    survives(text)


@pytest.mark.slow
@given(damaged())
@settings(max_examples=5_000)
def test_a_damaged_file_for_long(text: str) -> None:
    survives(text)
