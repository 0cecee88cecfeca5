"""How many forecasts are scored, and how many are left out for which reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from forecastlog.scorebook.counting import Pair
from forecastlog.scorebook.frames import Integers, Scorebook
from forecastlog.scorebook.grouping import name_of, named_by
from forecastlog.scorebook.tables import BLOCK, TIMING
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
        for place, n in _counted(names * len(_REASONS) + reason[pairs] + 1):
            number, left = divmod(place, len(_REASONS))
            yield (by, name_of(book, by, number)), ("forecasts", _REASONS[left]), n
        for fact, (chosen, things) in once.items():
            there = chosen[pairs]
            different = np.unique(names[there] * (len(book.words) + 1) + things[pairs][there])
            for number, n in _counted(different // (len(book.words) + 1)):
                yield (by, name_of(book, by, number)), fact, n


_REASONS = (SCORED, *LEFT_OUT)


def _counted(numbers: Integers) -> Iterator[tuple[int, int]]:
    """Each number with how often it is there."""
    found, n = np.unique(numbers, return_counts=True)
    return zip(found.tolist(), n.tolist(), strict=True)
