"""The pairs of one kind with their scores, and the stretches behind them.

What every table of scores is made from.

Means over pairs are plain means, because a pair weighs 1 whatever the number of its forecasts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from forecastlog.kinds import BINARY, Kind
from forecastlog.model.ledger import Ledger
from forecastlog.scorebook.counting import Pair
from forecastlog.scorebook.tables import (
    KIND,
    NONE,
    OVERLAPPING,
    PREDICTION,
    REFERENCES,
    USE,
    WORDS,
    Tables,
    joined,
    tables_of,
)
from forecastlog.scoring.sorting import distinct
from forecastlog.vocabulary.articles import EVENTS_BY
from forecastlog.vocabulary.scores import BLOCKS, LEFT_OUT, TIMINGS

if TYPE_CHECKING:
    import pandas as pd

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
Columns = Mapping[str, NDArray[Any]]
"""Arrays of one length by their names."""


@dataclass(frozen=True, slots=True)
class Scorebook:
    """The pairs of a ledger on a day that are of one kind: scores of different kinds have no common mean.

    ``pairs`` has a row a pair: prediction, forecaster, publisher, article, year (its groups, see
    ``groups_of``), event (see ``event_of``), lot (its article; of an import, its source and the day its
    outcome was known), result (what came), as numbers of ``words``, below 0 for none; block, timing, reason
    (below 0 where it is scored), events_by, as numbers of the vocabulary's words (see ``tables``); main,
    outcome, the time-weighted means of the kind's scores (of binary ones probability, brier, best, worst,
    log; NaN where it has none), banded (of binary ones, see ``_banded``), has_status_quo, what the
    ``REFERENCES`` scored (of binary ones ``reference_brier``), relative and peer (see ``company``), same_day,
    known, latest (ordinals), late, blind, double; mark (see ``MARK``). Words are sorted, so that they compare
    as their numbers do. ``groups`` has pair and group of each tag and topic.

    ``stretches`` has a row a stretch of a scored pair: pair (the row number in ``pairs``, increasing),
    forecast (its place in the record), the kind's figures (of binary ones probability, low, high), outcome,
    weight (they sum to 1 a pair), in_words, words (its figure as text where there are none), start, days.
    ``uses`` has a row a phrase of a pair (see ``phrases``): pair, words, scale, outcome, probability, low,
    high.
    """

    pairs: Columns
    groups: Mapping[str, Columns]
    stretches: Columns
    uses: Columns
    words: tuple[str, ...]
    rule: str

    def __len__(self) -> int:
        return len(self.pairs["reason"])

    @property
    def scored(self) -> Integers:
        """The rows of the pairs that are not left out."""
        return np.flatnonzero(self.pairs["reason"] < 0)

    @property
    def main(self) -> Integers:
        """The rows of the pairs of main claims."""
        return np.flatnonzero(self.pairs["main"])

    def stretches_of(self, pairs: Integers) -> tuple[Integers, Integers]:
        """The rows of the stretches of some pairs, in order, and the place of each one's pair among them."""
        return rows_of(self.stretches["pair"], pairs)

    def frames(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """``pairs`` and ``stretches`` as frames of pandas.

        Tag and topic are tuples, words and days are as such.
        """
        import pandas as pd

        pairs: dict[str, Any] = {name: column for name, column in self.pairs.items() if name != "mark"}
        texts = np.array([*self.words, None], object)
        for name in (*_TEXTS, "forecaster", "publisher"):
            pairs[name] = texts[pairs[name]]
        for name, listed in _LISTED.items():
            pairs[name] = np.array([*listed, None], object)[pairs[name]]
        for name in ("known", "latest"):
            days = [date.fromordinal(day) if day else None for day in pairs[name].tolist()]
            pairs[name] = np.array(days, object)
        for name, column in self.groups.items():
            found: list[tuple[str, ...]] = [()] * len(self)
            for pair, group in zip(column["pair"].tolist(), column["group"].tolist(), strict=True):
                found[pair] += (self.words[group],)
            pairs[name] = pd.Series(found, dtype=object)
        stretches = {**self.stretches, "words": texts[self.stretches["words"]]}
        return pd.DataFrame(pairs), pd.DataFrame(stretches)


def rows_of(column: Integers, numbers: Integers) -> tuple[Integers, Integers]:
    """The rows in which an increasing column has each of some numbers.

    With the place of that row's number among them.

    >>> [found.tolist() for found in rows_of(np.array([1, 1, 4]), np.array([4, 2, 1]))]
    [[2, 0, 1], [0, 2, 2]]
    """
    every = np.bincount(column, minlength=int(numbers.max(initial=-1)) + 1)
    starts, sizes = (np.cumsum(every) - every)[numbers], every[numbers]
    return np.repeat(starts, sizes) + runs(sizes), np.repeat(np.arange(numbers.size), sizes)


def runs(sizes: Integers) -> Integers:
    """0, 1, 2, ... up to each size, one after another.

    >>> runs(np.array([2, 0, 3])).tolist()
    [0, 1, 0, 1, 2]
    """
    return np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)


def scorebook(pairs: Iterable[Pair], ledger: Ledger, *, rule: str, kind: Kind = BINARY) -> Scorebook:
    """The pairs that are of a kind, in the order of ``pairs``."""
    return book_of(joined([tables_of(pairs, ledger)]), rule=rule, kind=kind)


_TEXTS = WORDS[PREDICTION]
_LISTED = {"block": BLOCKS, "timing": TIMINGS, "reason": LEFT_OUT, "events_by": EVENTS_BY}
_OF_PREDICTIONS = tuple(name for name in PREDICTION.names or () if name not in ("kind", "references"))


def book_of(tables: Tables, *, rule: str, kind: Kind | None = BINARY) -> Scorebook:
    """The pairs of a kind in tables whose words are sorted (see ``joined``).

    None for those of all, without scores. Columns are arrays of their own, so that the tables can be let go.
    """
    kinds = tables.predictions["kind"][tables.pairs["of"]]
    chosen = np.flatnonzero(kinds == KIND[kind.name]) if kind else np.arange(kinds.size)
    of = tables.pairs["of"][chosen]
    pairs = {name: tables.predictions[name][of] for name in _OF_PREDICTIONS}
    pairs |= {name: tables.pairs[name][chosen] for name in tables.pairs.dtype.names or () if name != "of"}
    places = np.full(len(tables.pairs), NONE, np.int64)
    places[chosen] = np.arange(chosen.size)
    pair = places[tables.stretches["pair"]]
    held = np.flatnonzero(pair >= 0)
    names = ("forecast", "weight", "in_words", "words", "start", "days")
    stretches = {name: tables.stretches[name][held] for name in names} | {"pair": pair[held]}
    if kind:
        figures = tables.stretches["figures"]
        stretches |= {name: figures[held, at] for at, name in enumerate(kind.figures)}
    stretches["outcome"] = pairs["outcome"][stretches["pair"]]
    if kind and kind.by_figures:
        pairs |= _scored(kind, pairs, stretches, tables.predictions["references"][of])
        pairs["banded"] = _banded(stretches, chosen.size)
    elif kind:
        pairs |= _kept(kind, tables, places)
    pair = places[tables.uses["pair"]]
    held = np.flatnonzero(pair >= 0)
    uses = {name: tables.uses[name][held] for name in USE.names or ()} | {"pair": pair[held]}
    return Scorebook(pairs, _groups(tables, of), stretches, uses, tables.words, rule)


def _scored(kind: Kind, pairs: Columns, stretches: Columns, references: Floats) -> dict[str, Floats]:
    """The time-weighted mean of every score; NaN where a pair is left out."""
    scored = pairs["reason"] < 0
    pair, weight = stretches["pair"], stretches["weight"]
    figures = np.stack([stretches[name] for name in kind.figures], axis=1)
    found = {}
    for name, values in kind.scores_of(figures, stretches["outcome"]).items():
        found[name] = np.where(scored, np.bincount(pair, values * weight, scored.size), np.nan)
    for at, name in enumerate(REFERENCES):
        column = found[f"{name}_{kind.headline}"] = np.full(scored.size, np.nan)
        given = np.repeat(references[scored, at, None], len(kind.figures), axis=1)
        column[scored] = kind.headline_of(given, pairs["outcome"][scored])
    return found


def _banded(stretches: Columns, pairs: int) -> NDArray[np.bool_]:
    """Which pairs hold a phrase that means more than one figure, wherever it is said."""
    words = stretches["words"]
    low, high = np.full((2, int(words.max(initial=-1)) + 1), np.nan)
    np.fmin.at(low, words, stretches["low"])
    np.fmax.at(high, words, stretches["high"])
    return np.bincount(stretches["pair"], (low < high)[words], pairs) > 0


def _kept(kind: Kind, tables: Tables, places: Integers) -> dict[str, Floats]:
    """The scores that were reckoned beside the records.

    ``places`` are the rows of the kind's pairs, below 0 others'.
    """
    names = [*kind.scores([]), *(f"{name}_{kind.headline}" for name in REFERENCES)]
    found = {name: np.full(np.count_nonzero(places >= 0), np.nan) for name in names}
    kept = tables.scores[places[tables.scores["pair"]] >= 0]
    for number in distinct(kept["name"]).tolist():
        own = kept[kept["name"] == number]
        found[tables.words[number]][places[own["pair"]]] = own["value"]
    return found


def _groups(tables: Tables, predictions: Integers) -> dict[str, Columns]:
    """Pair and group of every tag and topic; ``predictions`` are the rows of the pairs' predictions."""
    found: dict[str, Columns] = {}
    for number, by in enumerate(OVERLAPPING):
        members = tables.members[tables.members["by"] == number]
        rows, pair = rows_of(members["of"], predictions)
        found[by] = {"pair": pair, "group": members["group"][rows]}
    return found
