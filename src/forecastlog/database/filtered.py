"""By what readers can narrow the predictions: every value with its name and how many predictions it has."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from forecastlog.column import Row
from forecastlog.ledger.names import slug
from forecastlog.model.ledger import Ledger
from forecastlog.phrasing import opening
from forecastlog.vocabulary.forecasts import WENT
from forecastlog.vocabulary.pages import FILTERS
from forecastlog.vocabulary.scores import TIMINGS
from forecastlog.vocabulary.statuses import STATUSES
from forecastlog.went import sentences

WORDS = {"went": WENT, "status": STATUSES, "logged": TIMINGS}
"""Filters whose values are words of the vocabulary."""
APART = "logged wrongly"
"""The place of those that were logged wrongly or twice: no other filter counts them."""
TOLD = ("topic", "year", "logged")
"""Filters of whose values it may be told how they went: no such count stands beside a name, nor where it
was asked for."""
SLUGS = ("topic", "event")
"""Filters whose values are words that nobody has given a name for readers."""


def filter_rows(ledger: Ledger, tables: Mapping[str, list[Row]]) -> Iterator[Row]:
    """The values of each filter, those of most predictions first; ``tables`` are the records' rows."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    kept: dict[tuple[str, str], list[Row]] = defaultdict(list)
    latest: dict[tuple[str, str], str] = {}
    for by, value, row, counts in _values(tables):
        found[by][value] += counts
        latest[by, value] = max(latest.get((by, value), ""), str(row["made"]))
        if by in TOLD and counts:
            kept[by, value].append(row)
    spelled = _spelled(tables["predictions"], [value for by in SLUGS for value in found[by]])
    outlets = _outlet_ids(ledger, found["outlet"])
    for by in FILTERS:
        for value, n in sorted(found[by].items(), key=lambda pair: (-pair[1], pair[0])):
            yield {
                "by": by,
                "id": outlets[value] if by == "outlet" else value,
                "name": _name(ledger, by, value, spelled),
                "n": n,
                "latest": latest[by, value],
                "went": sentences(kept[by, value]) if by in TOLD else None,
            }


def _values(tables: Mapping[str, list[Row]]) -> Iterator[tuple[str, str, Row, int]]:
    """Filter, value and row of every prediction under each of its values, and 1 where it counts there."""
    tags: dict[Any, list[str]] = defaultdict(list)
    for row in tables["prediction_tags"]:
        tags[row["prediction_id"]].append(str(row["tag"]))
    groups: dict[Any, list[str]] = defaultdict(list)
    for row in tables["forecaster_names"]:
        if row["relation"] == "member":
            groups[row["forecaster_id"]].append(str(row["name"]))
    for row in tables["predictions"]:
        counts = int(not row["logged_wrongly"])
        if not counts:
            yield "status", APART, row, 1
        speaker, own = row["speaker_id"], row["own_words"]
        values: dict[str, list[Any]] = {
            "topic": tags[row["id"]],
            "person": [speaker, *groups[speaker]] if own else [],
            "outlet": [row["publisher"]],
            "went": [row["went"]] if own else [],
            "status": [row["status"]],
            "year": [row["made_year"]],
            "logged": [row["timing"]],
            "event": [row["event"]],
        }
        for by, each in values.items():
            yield from ((by, str(value), row, counts) for value in each if value is not None)


def _name(ledger: Ledger, by: str, value: str, spelled: Mapping[str, str]) -> str:
    """A value as readers know it."""
    if by == "person":
        return ledger.forecaster(value).name
    if value == APART:
        return "Logged wrongly or twice"
    if by in WORDS:
        return opening(WORDS[by][value].title)
    return plain_name(value, spelled) if by in SLUGS else value


def plain_name(value: str, spelled: Mapping[str, str]) -> str:
    """A name for people from a word that nobody has given one; ``spelled`` is how texts write its parts.

    >>> plain_name("us-aid", {"us": "US"})
    'US aid'
    """
    return opening(" ".join(spelled.get(part, part) for part in value.split("-")))


def _spelled(predictions: Iterable[Row], values: Iterable[str]) -> dict[str, str]:
    """How the claims most often write each part of the values, such as "US" and "Ukraine"."""
    parts = {part for value in values for part in value.split("-")}
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for row in predictions:
        for word in re.findall(r"\w+", str(row["claim"]))[1:]:  # the first word has a capital of the sentence
            if word.casefold() in parts:
                found[word.casefold()][word] += 1
    return {part: min(written, key=lambda word: (-written[word], word)) for part, written in found.items()}


def _outlet_ids(ledger: Ledger, publishers: Mapping[str, int]) -> dict[str, str]:
    """The id of each publisher: that of the forecaster of its name, else one made from the name."""
    listed = {one.name: one.id for one in ledger.forecasters if one.kind == "outlet"}
    taken = {one.id for one in ledger.forecasters}
    ids: dict[str, str] = {}
    for name in sorted(publishers):
        first = free = listed.get(name) or slug(name)
        number = 1
        while free in ids.values() or (name not in listed and free in taken):
            number += 1
            free = f"{first}-{number}"
        ids[name] = free
    return ids
