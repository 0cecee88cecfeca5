"""A Tally: what a set of forecasts scores, from one pass over them, adding up across parts."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from forecastlog.scoring import cells as counting
from forecastlog.scoring.calibration import (
    Bins,
    Calibration,
    Closed,
    calibration_error,
    calibration_of,
    ratio,
)
from forecastlog.scoring.cells import MOST_CELLS, Cells, Counted, Rows, Sums
from forecastlog.scoring.frames import Labelled, read
from forecastlog.scoring.groups import group_codes, sort_key
from forecastlog.scoring.inputs import Floats, Values, codes_of, numbers, same_rows
from forecastlog.scoring.isotonic import Corp
from forecastlog.scoring.lazy import Keep, Names
from forecastlog.scoring.murphy import MurphyParts, murphy_of, uncertainty_of


class Tally:
    """Weight and outcomes for each group and each distinct probability, and every score of them.

    `a + b` is the Tally of both parts together. For unweighted 0/1 outcomes (and wherever weights times
    outcomes are short binary fractions) it equals the Tally of the whole to the last bit; otherwise up to the
    rounding of sums, about 1e-16 of them, which `==` allows for.

    A statistic is a float; with `by` it is an array in the order of `groups`. Where nothing is left to
    average it is NaN. Probabilities equal to 12 significant digits (6 where p is held in 32 bits) are one
    value: 0.3 and 1 - 0.7 tie; Brier, log and spherical are those of the figures as given. Beyond 2 million
    distinct (group, p) the probabilities are binned into `binned` bins of equal width (None: not binned):
    Brier, log and spherical stay exact, the rest sees each p at the middle of its bin.

    Attributes:
        by: Names of the grouping columns.
        groups: A tuple of labels for each group, sorted; `[()]` without `by`.
        dropped: How many pairs were left out for a missing p or y; with `by` an array.
        infinite: How many pairs (of positive weight) score infinity by the log score; with `by` an array.
        binned: None, or the number of bins of p.

    >>> tally = Tally.of_arrays(p=[0.9, 0.9, 0.2, 0.2], y=[1, 1, 0, 1])
    >>> round(tally.brier(), 4), round(tally.log(), 4), tally.auc()
    (0.175, 0.5108, 0.8333333333333334)
    """

    def __init__(
        self,
        by: tuple[str, ...],
        groups: list[tuple[Any, ...]],
        counted: Counted,
        sums: Sums | None = None,
        *,
        binned: int | None = None,
    ) -> None:
        """Hold what `Tally.of` or `Tally.of_arrays` counted; start from those.

        `sums` are those of p before it was moved (joined, rounded, binned); None where it never was.
        """
        self.by, self.groups = by, groups
        self._cells, self._dropped, self._infinite = counted
        self._sums = sums
        self._binned = binned
        if not binned and self._cells.p.size > MOST_CELLS:
            self._binned = bins = counting.bins_for(len(groups))
            self._move(lambda cells: counting.binned(cells, bins))
        elif not binned:
            self._move(counting.joined)

    def _move(self, moved: Callable[[Cells], Cells]) -> None:
        """Put other p in the place of these; the sums are kept as they were."""
        cells = moved(self._cells)
        if cells is not self._cells and self._sums is None:
            self._sums = counting.sums(self._cells, len(self.groups))
        self._cells = cells

    @classmethod
    def of(
        cls,
        frame: Any,
        *,
        by: str | Sequence[str] = (),
        p: str = "probability",
        y: str = "outcome",
        weight: str | None = None,
        keep: Keep | None = None,
    ) -> Self:
        """Tally of a frame of pandas, polars, pyarrow, DuckDB or another engine that narwhals reads.

        A lazy frame is summed by its own engine; only the sums are collected.

        Args:
            frame: A frame, a row a forecast.
            by: Column or columns to group by; a missing label makes a group with None.
            p: Column of probabilities in [0, 1].
            y: Column of outcomes: 1, 0, booleans, or shares between; pairs with a missing p or y are dropped.
            weight: Column of weights, finite and at least 0; a pair of weight 0 counts in n and adds nothing.
            keep: From a small lazy frame (distinct labels, distinct p) to one that its engine need not make
            anew,
                such as a table; with DuckDB, whose tables know the range of what they hold, four times as
                fast.

        Raises:
            ValueError: A column is not there, or holds values out of range; in a lazy frame, names that
            differ
                only by case.
            TypeError: Text or dates instead of numbers, or a frame that narwhals cannot read.

        >>> import pandas as pd
        >>> frame = pd.DataFrame({"who": ["b", "a", "a"], "probability": [0.5, 0.8, 0.6],
        ...     "outcome": [1, 1, 0]})
        >>> tally = Tally.of(frame, by="who")
        >>> tally.groups, tally.brier()
        ([('a',), ('b',)], array([0.2 , 0.25]))
        """
        names = Names((by,) if isinstance(by, str) else tuple(by), p, y, weight)
        return cls._labelled(names.by, read(frame, names, keep))

    @classmethod
    def of_arrays(
        cls, *, p: Values, y: Values, weight: Values | None = None, group: Iterable[Hashable] | None = None
    ) -> Self:
        """Tally of arrays, lists or Series, matched by position.

        Args:
            p: Probabilities in [0, 1]; NaN or None where missing.
            y: Outcomes, one each: 1, 0, True, False, or a share between; NaN or None where missing.
            weight: Weights, one each, finite and at least 0.
            group: Labels, one each; `groups` then holds them as 1-tuples.

        Raises:
            ValueError: Values out of range (the message names the row), other lengths, differing indexes.
            TypeError: Text or dates instead of numbers.

        >>> Tally.of_arrays(p=[0.8, 0.6, 0.5], y=[1, 0, 1], group=["a", "a", "b"]).brier()
        array([0.2 , 0.25])
        """
        given = {"p": p, "y": y} | ({} if weight is None else {"weight": weight})
        same_rows(**given, **({} if group is None else {"group": group}))
        columns = {name: np.atleast_1d(numbers(values, name)).ravel() for name, values in given.items()}
        sizes = {name: column.size for name, column in columns.items()}
        coded = [] if group is None else [codes_of(group)]
        if group is not None:
            sizes["group"] = coded[0][0].size
        if len(set(sizes.values())) > 1:
            raise ValueError(
                "one row each is needed, but " + ", ".join(f"{k} has {n}" for k, n in sizes.items())
            )
        codes, groups = group_codes(coded, sizes["p"])
        rows = Rows(columns["p"], columns["y"], columns.get("weight"), codes if coded else None, len(groups))
        digits = counting.digits_of(getattr(p, "dtype", None))
        return cls._labelled(("group",) if coded else (), Labelled(counting.count(rows), groups, digits))

    @classmethod
    def _labelled(cls, by: tuple[str, ...], labelled: Labelled) -> Self:
        counted, groups, digits, exact, bins = labelled
        if exact is not None:
            return cls(by, groups, counted, exact, binned=bins)
        if digits == counting.DIGITS:
            return cls(by, groups, counted)
        cells = counted.cells._replace(p=counting.rounded(counted.cells.p, digits))
        sums = counting.sums(counted.cells, len(groups))
        return cls(by, groups, counted._replace(cells=counting.pool(cells)), sums)

    @property
    def cells(self) -> Cells:
        """The statistic itself: parallel arrays of group number, p, n, weight and weighted sums, sorted."""
        return self._cells

    @property
    def dropped(self) -> Any:
        """How many pairs were left out for a missing p or y."""
        return self._shaped(self._dropped)

    @property
    def infinite(self) -> Any:
        """How many pairs of positive weight score infinity by the log score."""
        return self._shaped(self._infinite)

    @property
    def moved(self) -> bool:
        """Whether some p were put in the place of others: joined, rounded or binned."""
        return self._sums is not None

    @property
    def binned(self) -> int | None:
        """None, or into how many bins p was put for want of room."""
        return self._binned

    def __add__(self, other: object) -> "Tally":
        if not isinstance(other, Tally):
            return NotImplemented
        if self.by != other.by:
            raise ValueError(f"Tallies by {self.by} and by {other.by} do not add up")
        groups = sorted({*self.groups, *other.groups}, key=sort_key)
        one, two = self._spread(groups), other._spread(groups)
        sums = None
        if one._sums is not None or two._sums is not None:
            sums = Sums(*(mine + theirs for mine, theirs in zip(one.sums, two.sums, strict=True)))
        binned = None
        if one._binned or two._binned:
            binned = min(filter(None, (one._binned, two._binned, counting.bins_for(len(groups)))))
            one._cells, two._cells = (counting.binned(cells, binned) for cells in (one._cells, two._cells))
        cells = counting.concatenate([one._cells, two._cells])
        counted = Counted(cells, one._dropped + two._dropped, one._infinite + two._infinite)
        return Tally(self.by, groups, counted, sums, binned=binned)

    def __radd__(self, other: object) -> "Tally":
        return self if other == 0 else NotImplemented  # sum() starts from 0

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Tally):
            return NotImplemented
        same = (self.by, self.groups, self.binned) == (other.by, other.groups, other.binned)
        counts = [(self._dropped, other._dropped), (self._infinite, other._infinite)]
        return (
            same
            and all(
                np.array_equal(mine, theirs)
                for mine, theirs in [*counts, *zip(self._cells[:3], other._cells[:3], strict=True)]
            )
            and all(
                np.allclose(mine, theirs, rtol=1e-12, atol=0)
                for mine, theirs in zip(self._cells[3:], other._cells[3:], strict=True)
            )
        )

    __hash__ = None  # type: ignore[assignment]  # equality allows for rounding, which no hash can

    def __repr__(self) -> str:
        binned = f", p in {self.binned:,} bins" if self.binned else ""
        by = f" by {', '.join(self.by)}: {len(self.groups):,} groups," if self.by else ""
        return (
            f"<Tally{by} n={int(self._cells.n.sum()):,}, {self._cells.p.size:,} distinct p, "
            f"dropped={int(self._dropped.sum()):,}{binned}>"
        )

    def only(self, place: int) -> "Tally":
        """The group at this place of `groups`, as a Tally of its own.

        >>> Tally.of_arrays(p=[0.8, 0.6, 0.5], y=[1, 0, 1], group=["a", "a", "b"]).only(1).brier()
        0.25
        """
        cells = counting.between(self._cells, *np.searchsorted(self._cells.group, [place, place + 1]))
        cells = cells._replace(group=np.zeros(cells.p.size, np.int64))
        counted = Counted(cells, self._dropped[[place]], self._infinite[[place]])
        sums = Sums(*(total[[place]] for total in self._sums)) if self._sums is not None else None
        return Tally((), [()], counted, sums, binned=self._binned)

    def _spread(self, groups: list[tuple[Any, ...]]) -> "Tally":
        """The same over more groups."""
        place = {group: i for i, group in enumerate(groups)}
        where = np.array([place[group] for group in self.groups], np.int64)

        def spread(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
            result = np.zeros(len(groups), values.dtype)
            result[where] = values
            return result

        sums = None if self._sums is None else Sums(*map(spread, self._sums))
        cells = self._cells._replace(group=where[self._cells.group])
        counted = Counted(cells, spread(self._dropped), spread(self._infinite))
        return Tally(self.by, groups, counted, sums, binned=self._binned)

    @property
    def sums(self) -> Sums:
        """Weighted sums of the three scores over each group, exact even where p is binned."""
        return self._sums if self._sums is not None else counting.sums(self._cells, len(self.groups))

    def _per_group(self, values: npt.NDArray[Any]) -> Floats:
        return counting.per_group(values, self._cells, len(self.groups))

    def _mean(self, total: Floats) -> Floats:
        return ratio(total, self._per_group(self._cells.weight))

    def _shaped(self, values: npt.NDArray[Any]) -> Any:
        """An array with `by`, a number without."""
        return values if self.by else values[0].item()

    def n(self) -> Any:
        """Number of pairs with both p and y, those of weight 0 included."""
        return self._shaped(np.rint(self._per_group(self._cells.n)).astype(np.int64))

    def base_rate(self) -> Any:
        """Weighted mean of the outcomes."""
        return self._shaped(self._rate())

    def _rate(self) -> Floats:
        return self._mean(self._per_group(self._cells.yes))

    def brier(self) -> Any:
        """Weighted mean of (p - y)^2, 0 to 1, lower is better."""
        return self._shaped(np.maximum(self._mean(self.sums.brier), 0))

    def log(self) -> Any:
        """Weighted mean of -ln of the probability given to what happened, in nats.

        `infinite` counts the infinities.
        """
        return self._shaped(self._mean(self.sums.log))

    def spherical(self) -> Any:
        """Weighted mean of the spherical score, 0 to 1, higher is better."""
        return self._shaped(self._mean(self.sums.spherical))

    def skill(self, reference: "Tally | float | None" = None) -> Any:
        """1 - Brier score / Brier score of the reference: 1 is perfect, 0 is no better, below 0 is worse.

        Args:
            reference: None for the base rate of these outcomes; a probability given to everything; or another
                forecaster's Tally over the same groups (or without groups).

        Against a base rate of 0 or 1, which is never wrong, it is -inf, or NaN where the score is perfect
        too.
        """
        theirs = self._reference(reference, uncertainty_of(self._cells, len(self.groups)), "brier")
        return self._shaped(1 - ratio(np.atleast_1d(self.brier()), theirs))

    def log_skill(self, reference: "Tally | float | None" = None) -> Any:
        """1 - log score / log score of the reference; `reference` as for `skill`."""
        rate = self._rate()
        with np.errstate(divide="ignore", invalid="ignore"):
            surprise = -(
                np.where(rate > 0, rate * np.log(rate), 0)
                + np.where(rate < 1, (1 - rate) * np.log1p(-rate), 0)
            )
        theirs = self._reference(reference, np.where(np.isnan(rate), np.nan, surprise), "log")
        return self._shaped(1 - ratio(np.atleast_1d(self.log()), theirs))

    def _reference(self, reference: "Tally | float | None", of_base_rate: Floats, score: str) -> Floats:
        """What the reference scores on each group."""
        if reference is None:
            return of_base_rate
        if isinstance(reference, Tally):
            if reference.by and reference.groups != self.groups:
                raise ValueError("the reference has other groups: compare Tallies of the same groups")
            return np.atleast_1d(getattr(reference, score)())
        if not 0 <= reference <= 1:
            raise ValueError(f"reference is {reference}: a probability between 0 and 1, a Tally, or None")
        constant = self._cells._replace(p=np.full(self._cells.p.size, float(reference)))
        return self._mean(getattr(counting.sums(constant, len(self.groups)), score))

    def auc(self) -> Any:
        """Chance that a "yes" was given more than a "no", ties counting half.

        NaN where one of them is missing.

        A share y between counts as event with weight y and as non-event with weight 1 - y.
        """
        cells = self._cells
        no = cells.weight - cells.yes
        first = np.searchsorted(cells.group, np.arange(len(self.groups)))
        before = np.concatenate(([0.0], np.cumsum(no)))
        below = before[:-1] - before[first][cells.group]
        wins = self._per_group(cells.yes * (below + no / 2))
        return self._shaped(ratio(wins, self._per_group(cells.yes) * self._per_group(no)))

    def ece(self, bins: Bins = 10, *, closed: Closed = "right") -> Any:
        """Expected calibration error: the weighted mean over the bins of |mean p - share that happened|."""
        return self._shaped(calibration_error(self._cells, len(self.groups), bins, closed))

    def murphy(
        self, bins: Bins | None = None, corrected: bool = False, *, closed: Closed = "right"
    ) -> MurphyParts:
        """The Brier score taken apart.

        Reliability - resolution + uncertainty + within_variance - within_covariance.

        By distinct p the two within-bin parts are 0. `convention` says how p was grouped.

        Args:
            bins: None for the distinct p, a number of equal bins, or edges.
            corrected: Correct the bias of small bins (Ferro and Fricker); bins of one pair are left out of
            the
                correction, and `left_out` counts them. Reliability and resolution may fall below 0. Weighted
                bins count as (sum w)^2 / sum w^2 pairs.
            closed: The edge that belongs to a bin, "right" or "left".

        Source: Murphy (1973), doi:10.1175/1520-0450(1973)012<0595:ANVPOT>2.0.CO;2; Stephenson, Coelho and
        Jolliffe (2008), doi:10.1175/2007WAF2006116.1; Ferro and Fricker (2012), doi:10.1002/qj.1924.

        >>> parts = Tally.of_arrays(p=[0.8, 0.8, 0.3, 0.3], y=[1, 1, 0, 1]).murphy()
        >>> [round(part, 4) for part in parts]
        [0.04, 0.0625, 0.1875, 0.0, 0.0]
        """
        parts = murphy_of(self._cells, len(self.groups), bins, closed, corrected)
        shaped = MurphyParts(*map(self._shaped, parts))
        shaped.convention, shaped.left_out = parts.convention, self._shaped(parts.left_out)
        if self.binned:
            shaped.convention += f", p in {self.binned:,} bins before"
        return shaped

    def calibration(self, bins: Bins = 10, *, closed: Closed = "right") -> Calibration:
        """What was forecast and what happened in each bin, empty bins included.

        Rows of low, high, n, mean_p, share, share_low, share_high, the last two a 95 % Wilson interval (of
        (sum w)^2 / sum w^2 pairs where weighted); with `by` an array of groups x bins. A row's values are
        read as row.share or row["share"]; `print` shows the table and which edge belongs to a bin.

        >>> table = Tally.of_arrays(p=[0.8, 0.8, 0.3, 0.3], y=[1, 1, 0, 1]).calibration(2)
        >>> [(row.low.item(), row.high.item(), row.n.item(), row.share.item()) for row in table]
        [(0.0, 0.5, 2, 0.5), (0.5, 1.0, 2, 1.0)]
        """
        table = calibration_of(self._cells, len(self.groups), bins, closed)
        if self.binned:
            table.convention += f", p in {self.binned:,} bins before"
        return table if self.by else table[0]

    def corp(self) -> Corp:
        """Calibration without bins: miscalibration - discrimination + uncertainty is the Brier score.

        Source: Dimitriadis, Gneiting and Jordan (2021), doi:10.1073/pnas.2016191118.

        >>> corp = Tally.of_arrays(p=[0.2, 0.2, 0.7, 0.7], y=[0, 1, 1, 1]).corp()
        >>> corp.fitted
        array([0.5, 1. ])
        >>> round(corp.miscalibration, 4), round(corp.discrimination, 4), round(corp.uncertainty, 4)
        (0.09, 0.0625, 0.1875)
        """
        return Corp(self._cells, len(self.groups), grouped=bool(self.by))
