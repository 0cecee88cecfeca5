"""``[periods]`` of ``forecastlog.toml``: a desk's own seasons, meetings, terms and sessions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from forecastlog.ledger.source import Source
from forecastlog.problems import Problem

Spans = tuple[tuple[date, date], ...]
"""The first and last day of every time that a period came or will come, in their order."""

EXAMPLE = 'season = ["2024-08-16/2025-05-25", "2025-08-15/2026-05-24"]'
LONGEST_NAME = 60
MOST_SPANS = 1000


def read_periods(source: Source, written: object) -> tuple[tuple[tuple[str, Spans], ...], list[Problem]]:
    """Every period that can be read, and the faults of the others."""
    if not isinstance(written, dict):
        fault = _fault(
            source, "periods", "P106", "periods is a table", f"Write [periods], then lines such as {EXAMPLE}"
        )
        return (), [fault]
    periods: list[tuple[str, Spans]] = []
    problems: list[Problem] = []
    for name, value in written.items():
        spans = _spans(value)
        faults = list(_faults(source, name, value, spans))
        problems += faults
        if not faults:
            periods.append((name, tuple(sorted(spans))))
    return tuple(periods), problems


def _spans(value: object) -> list[tuple[date, date]]:
    """What can be read of one day, a first and last day, or a list of them."""
    entries = value if isinstance(value, list) else [value]
    return [span for span in map(_span, entries) if span is not None]


def _span(entry: object) -> tuple[date, date] | None:
    if isinstance(entry, date):
        return date(entry.year, entry.month, entry.day), date(entry.year, entry.month, entry.day)
    first, _, last = entry.partition("/") if isinstance(entry, str) else ("", "", "")
    try:
        return date.fromisoformat(first.strip()), date.fromisoformat((last or first).strip())
    except ValueError:
        return None


def _faults(source: Source, name: str, value: object, spans: list[tuple[date, date]]) -> Iterator[Problem]:
    if len(name) > LONGEST_NAME or not re.search("[A-Za-z]", name):
        hint = f'Name it as the articles do, in at most {LONGEST_NAME} characters: season, "Fed meeting".'
        yield _fault(source, name, "P106", f"'{name[:LONGEST_NAME]}' is no name of a period", hint)
    count = len(value) if isinstance(value, list) else 1
    if not count or count > MOST_SPANS or count != len(spans):
        hint = f"Write the first and last day of each time, such as {EXAMPLE}"
        yield _fault(source, name, "P102", f"the period '{name}' is no list of first and last days", hint)
        return
    for first, last in spans:
        if last < first:
            yield _fault(
                source,
                name,
                "P102",
                f"the period '{name}' ends on {last}, before it begins, {first}",
                "Write the earlier day first.",
            )
    ordered = sorted(spans)
    for (_, last), (first, _) in pairwise(ordered):
        if first <= last:
            yield _fault(
                source,
                name,
                "P106",
                f"the period '{name}' has two times that overlap on {first}",
                "Let each begin after the one before it has ended.",
            )


def _fault(source: Source, name: str, code: str, message: str, hint: str) -> Problem:
    table = max(source.text.find("[periods]"), 0)
    at = source.text.find(name, table if name != "periods" else 0)
    place = (at, at + len(name)) if at >= 0 else (table, table + len("[periods]"))
    return source.problem(code, place, message, hint)
