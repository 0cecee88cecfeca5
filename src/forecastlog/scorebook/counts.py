"""How many forecasts are scored, and how many are left out for which reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from forecastlog.scorebook.counting import Pair
from forecastlog.scorebook.frames import Integers, Scorebook
from forecastlog.scorebook.grouping import ALL, name_of, named_by
from forecastlog.scorebook.tables import BLOCK, TIMING, Tables
from forecastlog.scoring.inputs import codes_of
from forecastlog.scoring.sorting import distinct
from forecastlog.vocabulary.scores import DRAWN_BY, LEFT_OUT

SCORED = "scored"

Group = tuple[str, str]
Fact = tuple[str, str]


def by_first_reason(pairs: Iterable[Pair]) -> Counter[str]:
    """Forecasts by the reason for which they are left out; those that are not count as ``scored``.

    What one forecaster gave to one prediction, in one block and timing, counts once, whatever the number of
    its revisions, and for the first reason that holds: a bare "may" whose outcome nobody has recorded is
    ``possible``, not ``open``.
    """
    return Counter(pair.reason or SCORED for pair in pairs)


def pair_totals(book: Scorebook) -> Iterator[tuple[Group, Fact, int]]:
    """By group and fact how many pairs there are, by reason, and how many things that are counted once.

    An analyst's own figures are pairs too, and nothing else is counted of them.
    """
    reason, timing, event = (book.pairs[name] for name in ("reason", "timing", "event"))
    own = book.pairs["block"] != BLOCK["judged"]
    scored = own & (reason < 0)
    ahead = scored & (timing == TIMING["in advance"])
    once: dict[Fact, tuple[Any, Any]] = {
        ("count", "scored"): (scored, book.pairs["prediction"]),
        ("count", "scored_events"): (scored, event),
        ("count", "scored_in_advance"): (ahead, book.pairs["prediction"]),
        **{
            ("word_events", name): (own & book.pairs["tells_of_words"] & (timing == number), event)
            for name, number in TIMING.items()
        },
    }
    for by in DRAWN_BY:
        pairs, names = named_by(book, by)
        width = len(book.words) + 1
        for number, left, n in _counted(names, reason[pairs] + 1, len(_REASONS)):
            yield (by, name_of(book.words, by, number)), ("forecasts", _REASONS[left]), n
        for fact, (chosen, things) in once.items():
            there = chosen[pairs]
            for number, n in _different(names[there], things[pairs][there], width):
                yield (by, name_of(book.words, by, number)), fact, n


def spoken_totals(
    tables: Tables, columns: Mapping[str, Sequence[str]], logged_wrongly: Sequence[bool]
) -> Iterator[tuple[Group, Fact, int]]:
    """By group and fact how many predictions there are, by each value of ``columns``, articles and events.

    ``columns`` have a value for each of the tables' ``spoken``; those that were logged wrongly count as
    that alone.
    """
    wrong = np.array(logged_wrongly, np.bool_)
    coded = {column: codes_of(values) for column, values in columns.items()}
    width = len(tables.words) + 1
    for by in DRAWN_BY:
        numbers = tables.spoken[by] if by != ALL else np.zeros(len(tables.spoken), np.int64)
        for fact, chosen in (("logged_wrongly", wrong), ("predictions", ~wrong)):
            for number, n in _counted(numbers[chosen & (numbers >= 0)]):
                yield (by, name_of(tables.words, by, number)), ("count", fact), n
        rows = np.flatnonzero(~wrong & (numbers >= 0))
        names = numbers[rows].astype(np.int64)
        for column, (codes, values) in coded.items():
            for number, value, n in _counted(names, codes[rows], len(values)):
                yield (by, name_of(tables.words, by, number)), (column, values[value]), n
        for fact, things in (("articles", "source"), ("events", "event")):
            for number, n in _different(names, tables.spoken[things][rows], width):
                yield (by, name_of(tables.words, by, number)), ("count", fact), n


_REASONS = (SCORED, *LEFT_OUT)


def _counted(numbers: Integers, second: Integers | None = None, width: int = 1) -> Iterator[tuple[int, ...]]:
    """Each number, beside each ``second`` one below ``width``, with how often they are there."""
    found, n = np.unique(numbers if second is None else numbers * width + second, return_counts=True)
    parts = (found,) if second is None else np.divmod(found, width)
    return zip(*(part.tolist() for part in parts), n.tolist(), strict=True)


def _different(names: Integers, things: Integers, width: int) -> Iterator[tuple[int, ...]]:
    """Each name with how many different things it has."""
    return _counted(distinct(names * width + things) // width)
