"""How a table is described: its columns with their types and meanings, its key, and how Datasette shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from forecastlog.vocabulary import Word

Type = Literal["TEXT", "INTEGER", "REAL"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``ref`` names the table whose ``id`` it holds; an index is made for every such key."""

    name: str
    meaning: str
    type: Type = "TEXT"
    ref: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table: its key, its columns in order, and how Datasette shows it."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: str | tuple[str, ...] = "id"
    label: str | None = None
    indexes: tuple[tuple[str, ...], ...] = ()
    search: tuple[str, ...] = ()
    facets: tuple[str, ...] = field(default=())
    sort: str | None = None
    sort_desc: str | None = None
    hidden: bool = False


def flag(name: str, meaning: str) -> Column:
    """A column of 1 and 0."""
    return Column(name, f"{meaning} (1 yes, 0 no)", "INTEGER")


def share(name: str, meaning: str) -> Column:
    """A column of shares, probabilities and Brier scores."""
    return Column(name, f"{meaning}, from 0 to 1", "REAL")


def listing(words: Mapping[str, Word]) -> str:
    """The meaning of a column that holds one of these words: each with its own."""
    return "; ".join(f"{word.name}: {word.meaning}" for word in words.values())
