"""By what readers can narrow the predictions: every value with its name and how many predictions it has."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from forecastlog.column import Row
from forecastlog.ledger.names import slug
from forecastlog.model.ledger import Ledger
from forecastlog.phrasing import opening
from forecastlog.vocabulary.forecasts import WENT
from forecastlog.vocabulary.pages import FILTERS
from forecastlog.vocabulary.scores import TIMINGS
from forecastlog.vocabulary.statuses import STATUSES
from forecastlog.went import Way, sentences, way_of

WORDS = {"went": WENT, "status": STATUSES, "logged": TIMINGS}
"""Filters whose values are words of the vocabulary."""
APART = "logged wrongly"
"""The place of those that were logged wrongly or twice: no other filter counts them."""
TOLD = ("topic", "year", "logged")
"""Filters of whose values it may be told how they went: no such count stands beside a name, nor where it
was asked for."""
SLUGS = ("topic", "event")
"""Filters whose values are words that nobody has given a name for readers."""


class _One(NamedTuple):
    """What a filter tells of a prediction."""

    made: str
    counts: bool
    way: Way | None


def filter_rows(
    ledger: Ledger, predictions: Sequence[Row], tags: Iterable[tuple[str, str]], names: Iterable[Row]
) -> Iterator[Row]:
    """The values of each filter, those of most predictions first.

    ``predictions`` are the records' rows, ``tags`` the prediction and the tag of each tag, ``names`` those of
    the forecasters.
    """
    found = _gathered(predictions, tags, names)
    counted = {
        by: {
            value: len(ones) if value == APART else sum(one.counts for one in ones)
            for value, ones in found[by].items()
        }
        for by in FILTERS
    }
    spelled = _spelled(predictions, [value for by in SLUGS for value in found[by]])
    outlets = _outlet_ids(ledger, found["outlet"])
    for by in FILTERS:
        for value, n in sorted(counted[by].items(), key=lambda pair: (-pair[1], pair[0])):
            ones = found[by][value]
            yield {
                "by": by,
                "id": outlets[value] if by == "outlet" else value,
                "name": _name(ledger, by, value, spelled),
                "n": n,
                "latest": max(one.made for one in ones),
                "went": sentences(one.way for one in ones if one.counts) if by in TOLD else None,
            }


def _gathered(
    rows: Sequence[Row], tags: Iterable[tuple[str, str]], names: Iterable[Row]
) -> dict[str, dict[str, list[_One]]]:
    """The predictions under each value of each filter; those that do not count too."""
    by_id = {row["id"]: _One(str(row["made"]), not row["logged_wrongly"], way_of(row)) for row in rows}
    pairs = list(zip(rows, by_id.values(), strict=True))
    own = [(row, one) for row, one in pairs if row["own_words"]]
    found: dict[str, dict[str, list[_One]]] = {by: defaultdict(list) for by in FILTERS}
    for by, column, among in (
        ("person", "speaker_id", own),
        ("outlet", "publisher", pairs),
        ("went", "went", own),
        ("status", "status", pairs),
        ("year", "made_year", pairs),
        ("logged", "timing", pairs),
        ("event", "event", pairs),
    ):
        values = found[by]
        for row, one in among:
            if row[column] is not None:
                values[str(row[column])].append(one)
    for prediction, tag in tags:
        found["topic"][tag].append(by_id[prediction])
    of_people = {name: list(said) for name, said in found["person"].items()}
    for name in names:
        if name["relation"] == "member" and (said := of_people.get(str(name["forecaster_id"]))):
            found["person"][str(name["name"])] += said
    if apart := [one for _, one in pairs if not one.counts]:
        found["status"][APART] = apart
    return found


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


def _outlet_ids(ledger: Ledger, publishers: Iterable[str]) -> dict[str, str]:
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
