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
from tests.ledger.damage import TEXTS, damaged

FULL = Path(__file__).with_name("full.yaml").read_text()

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


@given(damaged(st.just(FULL)))
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
@given(damaged(st.just(FULL)))
@settings(max_examples=5_000)
def test_a_damaged_file_for_long(text: str) -> None:
    survives(text)
