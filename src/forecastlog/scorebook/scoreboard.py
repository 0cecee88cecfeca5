"""Rows of scores by group: what was scored, how well, how sure that is, and what was left out.

What was logged at different times (the vocabulary's timings) never shares a row, nor do the kinds of forecast
(its blocks).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from forecastlog.scorebook.calibration import none_if_nan
from forecastlog.scorebook.comparisons import adjusted
from forecastlog.scorebook.frames import Floats, Integers, Scorebook
from forecastlog.scorebook.grouping import ALL, Groups, Key, grouped
from forecastlog.scorebook.ranks import placed, ranked
from forecastlog.scorebook.score_row import ScoreRow
from forecastlog.scorebook.tables import EVENTS, REASON
from forecastlog.scoring.calibration import ratio
from forecastlog.scoring.cells import sum_by
from forecastlog.scoring.intervals import Blocks, Draws, intervals
from forecastlog.scoring.sorting import numbered, sorted_places
from forecastlog.vocabulary.scores import BLOCKS, GROUPINGS, LEFT_OUT, TIMINGS
from forecastlog.vocabulary.thresholds import ENOUGH_EVENTS

SKILLS = {
    "skill": "reference_brier",
    "skill_80": "reference_80_brier",
    "skill_97": "reference_97_brier",
    "skill_half": "half",
    "skill_base": "others",
}
"""Each skill with the column of what it is over."""


def score_rows(book: Scorebook, *, by: str = ALL) -> list[ScoreRow]:
    """The scoreboard grouped ``by`` one of the vocabulary's groupings.

    Rows are sorted by timing, block, and number of pairs; raises ValueError for another grouping.
    """
    board = GroupFigures.of(book, by)
    ends, drawn = [NO_INTERVAL] * len(board.keys), Draws()
    for code, _ in board.drawn:
        ends[code] = board.interval(code, drawn)
    rows = board.rows(ends)
    rows.sort(key=lambda row: (*order_of(row.timing, row.block), -row.n, row.group))
    return rows


def order_of(timing: str, block: str) -> tuple[int, int]:
    """The place of a timing and a block in every table: as the vocabulary lists them."""
    return list(TIMINGS).index(timing), list(BLOCKS).index(block)


class Interval(NamedTuple):
    """Both ends; NaN where there is none."""

    low: float
    high: float


NO_INTERVAL = Interval(np.nan, np.nan)


class GroupFigures(NamedTuple):
    """The figures of all groups of a scoreboard, and the blocks of which intervals are drawn.

    ``digests`` are of all that is told of each group's pairs, ``excluded`` has a row a group and a column a
    reason, ``columns`` the fields of ScoreRow that follow from the group's scored pairs.
    """

    rule: str
    by: str
    keys: list[Key]
    digests: list[bytes]
    excluded: NDArray[np.int64]
    columns: dict[str, NDArray[Any]]
    by_event: Blocks
    by_lot: Blocks

    @classmethod
    def of(cls, book: Scorebook, by: str, pairs: Integers | None = None) -> GroupFigures:
        """The board of a book, or of some of its pairs (rows, increasing)."""
        groups = grouped(book, by, pairs=pairs)
        reasons = book.pairs["reason"][groups.pairs]
        left = reasons >= 0
        places = groups.codes[left] * len(LEFT_OUT) + reasons[left]
        excluded = np.bincount(places, minlength=len(groups.keys) * len(LEFT_OUT))
        scored = groups.only(~left)
        by_event = _blocks(book, scored, "event")
        columns = {"events": by_event.sizes, **_means(book, scored)}
        if not GROUPINGS[by].overlaps:  # tags overlap, and most hold outcomes of one kind
            columns |= _skills(book, scored, columns)
        if by == "forecaster":
            columns |= {name: scored.means(book.pairs[name][scored.pairs]) for name in ("relative", "peer")}
            columns["adjusted"] = adjusted(book, scored)
        columns["consistent_best"], columns["consistent_worst"] = _consistent(book, scored)
        able = columns["events"] >= ENOUGH_EVENTS
        blocks = by_event.among(able), _by_lot(book, scored, able)
        excluded = excluded.reshape(len(groups.keys), len(LEFT_OUT))
        return cls(book.rule, by, groups.keys, groups.digests(book), excluded, columns, *blocks)

    @property
    def drawn(self) -> list[tuple[int, int]]:
        """The places of the groups that have an interval, each with how many events it is on."""
        return [(code, n) for code, n in enumerate(self.by_event.sizes.tolist()) if n]

    def interval(self, code: int, drawn: Draws) -> Interval:
        """The interval of the group at this place: by event, or by article where that one is the wider."""
        (event, lot) = (
            Interval(*(float(end[0]) for end in intervals(blocks.only(code), drawn)))
            for blocks in (self.by_event, self.by_lot)
        )
        return lot if lot.high - lot.low > event.high - event.low else event

    def rows(self, ends: Sequence[Interval]) -> list[ScoreRow]:
        """A row a group in their order, placed and ranked; ``ends`` has each one's interval."""
        columns = self.columns | {
            "brier_low": np.array([one.low for one in ends], float),
            "brier_high": np.array([one.high for one in ends], float),
        }
        names = list(columns)
        values = zip(*(_told(column) for column in columns.values()), strict=True)
        rows = [
            ScoreRow(
                by=self.by,
                group=group,
                timing=timing,
                block=block,
                rule=self.rule,
                contested=counts[_CONTESTED],
                excluded={_REASONS[place]: counts[place] for place in _BY_NAME if counts[place]},
                **dict(zip(names, row, strict=True)),
            )
            for (group, timing, block), counts, row in zip(
                self.keys, self.excluded.tolist(), values, strict=True
            )
        ]
        return ranked(placed(rows))


_REASONS = tuple(LEFT_OUT)
_CONTESTED = REASON["contested"]
_BY_NAME = sorted(range(len(_REASONS)), key=_REASONS.__getitem__)


def _told(column: NDArray[Any]) -> list[Any]:
    """The values of a column, None for what does not exist."""
    values: list[Any] = column.tolist()
    return [none_if_nan(value) for value in values] if column.dtype.kind == "f" else values


def _means(book: Scorebook, scored: Groups) -> dict[str, NDArray[Any]]:
    """The fields of ScoreRow that are counts and plain means of scored pairs."""
    names = (*_MEANS, "log", "article", "same_day", "late")
    own = {name: book.pairs[name][scored.pairs] for name in names}
    endless = scored.sizes(np.isinf(own["log"]))
    return {
        "n": scored.sizes(),
        "articles": scored.distinct(own["article"]),
        **{field: scored.means(own[name].astype(float)) for name, field in _MEANS.items()},
        "log": np.where(endless > 0, np.nan, scored.means(own["log"])),
        "log_infinite": endless,
        "same_day": scored.sizes(own["same_day"]),
        "late": scored.sums(own["late"]).astype(np.int64),
    }


_MEANS = {
    **{name: name for name in ("brier", "best", "worst")},
    "outcome": "base_rate",
    "blind": "blind_share",
    "double": "double_share",
}
"""Columns of pairs whose means are fields of ScoreRow."""


def _skills(book: Scorebook, scored: Groups, columns: dict[str, NDArray[Any]]) -> dict[str, Floats]:
    """How much better than each reference a group did; NaN on few events, and without such a reference."""
    outcome = book.pairs["outcome"][scored.pairs]
    references = {
        "half": (outcome - 0.5) ** 2,
        "others": _leave_one_out(scored, outcome, book.pairs["prediction"][scored.pairs]),
    }
    enough = columns["events"] >= ENOUGH_EVENTS
    told = scored.sizes(book.pairs["has_status_quo"][scored.pairs]) > 0
    found = {}
    for name, reference in SKILLS.items():
        own = references[reference] if reference in references else book.pairs[reference][scored.pairs]
        theirs = scored.means(own)
        able = (enough & told if reference.startswith("reference") else enough) & (theirs > 0)
        found[name] = np.full(theirs.size, np.nan)
        found[name][able] = 1 - columns["brier"][able] / theirs[able]
    return found


def _leave_one_out(scored: Groups, outcome: Floats, prediction: Integers) -> Floats:
    """The Brier score of giving each pair the base rate of its group's other predictions; NaN without any."""
    width = int(prediction.max(initial=0)) + 1
    _, own = numbered(scored.codes * width + prediction)
    beside = np.bincount(own)[own] if own.size else own
    others = scored.sizes()[scored.codes] - beside
    total = (
        scored.sums(outcome)[scored.codes] - outcome * beside
    )  # forecasts of one prediction share its outcome
    rate = np.divide(total, others, out=np.full(total.size, np.nan), where=others > 0)
    return np.asarray((rate - outcome) ** 2)


def _consistent(book: Scorebook, scored: Groups) -> tuple[Floats, Floats]:
    """Best and worst mean Brier where every phrase means one figure within its band for the whole group."""
    banded = book.pairs["banded"][scored.pairs]
    settled = scored.only(~banded)
    plain = settled.sums(book.pairs["brier"][settled.pairs])
    best, worst = (plain + moved for moved in _moved(book, scored.only(banded)))
    n = scored.sizes().astype(float)
    return ratio(best.clip(min=0), n), ratio(worst, n)


def _moved(book: Scorebook, banded: Groups) -> tuple[Floats, Floats]:
    """The sums of these pairs' Brier scores by the best and the worst figure of each phrase in each group.

    For a phrase the sum over its stretches is a parabola in the figure: smallest at their mean outcome,
    clipped to the band, and largest at the end of the band farther from it.
    """
    rows, place = book.stretches_of(banded.pairs)
    if not rows.size:
        return banded.sums(np.zeros(0)), banded.sums(np.zeros(0))
    own = {name: book.stretches[name][rows] for name in ("words", "weight", "outcome", "low", "high")}
    width = int(own["words"].max()) + 1
    phrase = banded.codes[place] * width + own["words"]
    order = sorted_places(phrase)
    phrase = phrase[order]
    starts = np.flatnonzero(np.diff(phrase, prepend=-1))
    w, y, low, high = (own[name][order] for name in ("weight", "outcome", "low", "high"))
    weight, yes, squares = (np.add.reduceat(values, starts) for values in (w, w * y, w * y * y))
    lowest, above = np.minimum.reduceat(low, starts), np.maximum.reduceat(low, starts)
    below, highest = np.minimum.reduceat(high, starts), np.maximum.reduceat(high, starts)
    shared = above <= below  # else bands of two scales: the widest reading
    ends = np.where(shared, above, lowest), np.where(shared, below, highest)
    middle = np.clip(yes / weight, *ends)
    sums = [weight * at**2 - 2 * yes * at + squares for at in (*ends, middle)]
    group = phrase[starts] // width
    best, worst = (sum_by(group, take.reduce(sums), len(banded.keys)) for take in (np.minimum, np.maximum))
    return best, worst


def _blocks(book: Scorebook, scored: Groups, by: str) -> Blocks:
    """The Brier scores of the pairs of each group by event, or by lot."""
    own = {name: book.pairs[name][scored.pairs] for name in (by, "brier")}
    return Blocks.of(scored.codes, own[by], own["brier"], len(scored.keys))


def _by_lot(book: Scorebook, scored: Groups, able: NDArray[np.bool_]) -> Blocks:
    """By article, for those of the groups that may have such an interval.

    Fifty states in one night are not fifty events: where predictions are events of their own, the interval by
    resampling articles stands if it is the wider one and there are enough of them.
    """
    alone = scored.sizes(book.pairs["events_by"][scored.pairs] == EVENTS["prediction"]) > 0
    blocks = _blocks(book, scored.only((able & alone)[scored.codes]), "lot")
    return blocks.among(blocks.sizes >= ENOUGH_EVENTS)
