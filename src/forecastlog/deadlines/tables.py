"""The package's data files, and phrases ordered for reading."""

import csv
from importlib.resources import files
from typing import TypeVar

T = TypeVar("T")
PhraseTable = dict[str, list[tuple[tuple[str, ...], T]]]
"""First word -> (all words, value), the longest first, so that "christmas eve" is not read as Christmas."""


def read_rows(name: str) -> list[dict[str, str]]:
    """The rows of a data file by column."""
    text = files("forecastlog.deadlines").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def by_first_word(rows: dict[str, T]) -> PhraseTable[T]:
    """Phrases as a table for `Cursor.phrase`."""
    table: PhraseTable[T] = {}
    for phrase, value in rows.items():
        parts = tuple(phrase.split())
        table.setdefault(parts[0], []).append((parts, value))
    for options in table.values():
        options.sort(key=lambda option: -len(option[0]))
    return table
