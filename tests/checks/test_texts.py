"""Quotes stand in the texts, whatever dashes and quotation marks are set with."""

import hashlib
from pathlib import Path

import pytest

from forecastlog.checks import check_articles
from forecastlog.checks.texts import fold
from forecastlog.problems import Problem
from tests.checks.conftest import CLEAN, ledger

TEXT = "It\u2019s said: \u201cit\u00a0will\n  rain\u201d \u2013 per\u00adhaps for\u2026 days\u2014or weeks."


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    for name in ("predictions", "texts"):
        (tmp_path / name).mkdir()
    return tmp_path / "predictions", tmp_path / "texts"


def compare(folders: tuple[Path, Path], text: str, record: str, name: str = "a.txt") -> list[Problem]:
    root, texts = folders
    (texts / name).write_text(text)
    return check_articles(ledger(root, record), texts)


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("it will rain", True),
        ("It's said: 'it will rain'", True),
        ('rain" - perhaps for... days-or weeks', True),
        ("it  will   rain", True),
        ("it would rain", False),
        ("It will rain", False),
        ("weeks. It", False),
    ],
)
def test_quotes(folders: tuple[Path, Path], quote: str, found: bool) -> None:
    record = CLEAN.replace("quote: it will rain", "quote: >-\n      " + quote)
    assert [problem.code for problem in compare(folders, TEXT, record)] == ([] if found else ["P401"])


def test_every_quote_of_a_record_is_compared(folders: tuple[Path, Path]) -> None:
    record = (
        CLEAN.replace("scale: fl-1,", "quote: not there, scale: fl-1,") + "    also: [for days, or weeks]\n"
    )
    excerpts = [problem.span.excerpt for problem in compare(folders, TEXT, record) if problem.span]
    assert ["not there" in excerpts[0], "for days" in excerpts[1], len(excerpts)] == [True, True, 2]


def test_the_nearest_passage_is_shown(folders: tuple[Path, Path]) -> None:
    record = CLEAN.replace("quote: it will rain", "quote: it will rain on")
    (problem,) = compare(folders, TEXT, record)
    assert problem.hint == 'The text has "it will rain\' -".'


def test_a_text_is_found_by_its_digest_whatever_its_name(folders: tuple[Path, Path]) -> None:
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    record = CLEAN.replace("title: T", f"title: T, sha256: {digest}")
    assert compare(folders, TEXT, record, "download (1).txt") == []
    record = CLEAN.replace("title: T", f"title: T, versions: [{{sha256: {digest}, seen: 2025-04-01}}]")
    assert compare(folders, TEXT, record, "download (1).txt") == []


def test_another_text_under_the_name_is_an_error(folders: tuple[Path, Path]) -> None:
    record = CLEAN.replace("title: T", "title: T, sha256: " + "0" * 64)
    problems = compare(folders, TEXT, record)
    assert [(problem.code, problem.severity) for problem in problems] == [("P402", "error")]


def test_an_article_without_a_text_is_a_note(folders: tuple[Path, Path]) -> None:
    problems = compare(folders, TEXT, CLEAN, "other.txt")
    assert [(problem.code, problem.severity) for problem in problems] == [("P403", "note")]


def test_a_quote_from_another_article_is_looked_for_there(folders: tuple[Path, Path]) -> None:
    root, texts = folders
    (root / "b.yaml").write_text("article: {id: b, title: B, published: 2025-04-01, authors: [ann]}\n")
    (texts / "b.txt").write_text("It may snow.")
    record = CLEAN.replace("scale: fl-1,", "quote: may snow, article: b, scale: fl-1,")
    assert compare(folders, TEXT, record) == []
    record = CLEAN.replace("scale: fl-1,", 'quote: may hail, url: "https://x.example", scale: fl-1,')
    assert compare(folders, TEXT, record) == []


def test_a_text_that_is_not_utf8_is_told(folders: tuple[Path, Path]) -> None:
    (folders[1] / "old.txt").write_bytes(b"\xff")
    assert [problem.code for problem in compare(folders, TEXT, CLEAN)] == ["P002"]


def test_folding_takes_out_what_cannot_be_seen() -> None:
    assert fold("\ufeffa\u200bb\u00ad c\u2009d") == "ab c d"
