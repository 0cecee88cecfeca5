"""Bins of p: their edges, and what happened in each."""

from collections.abc import Sequence
from typing import Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from forecastlog.scoring.cells import Cells, rounded, sum_by
from forecastlog.scoring.inputs import Floats, numbers

Closed: TypeAlias = Literal["right", "left"]
Bins: TypeAlias = int | Sequence[float] | npt.NDArray[Any]
Z95 = 1.959963984540054  # the 97.5 % point of the normal distribution

COLUMNS = [
    ("low", "f8"),
    ("high", "f8"),
    ("n", "i8"),
    ("mean_p", "f8"),
    ("share", "f8"),
    ("share_low", "f8"),
    ("share_high", "f8"),
]


class Calibration(np.recarray[Any, Any]):
    """Rows of low, high, n, mean_p, share, share_low, share_high; a row of such rows for each group.

    A row's values are read as `row.share` or `row["share"]`, a column as `table.share`. `convention` says
    which edge belongs to a bin.
    """

    convention: str = ""

    def __array_finalize__(self, source: Any) -> None:
        super().__array_finalize__(source)
        self.convention = getattr(source, "convention", "")

    def __str__(self) -> str:
        head = " ".join(f"{name:>10}" for name, _ in COLUMNS)
        rows = [" ".join(f"{value:>10.4g}" for value in row.tolist()) for row in np.ravel(self)]
        return "\n".join([head, *rows, self.convention])


def edges_of(bins: Bins) -> Floats:
    """Edges of a number of equal bins, k / bins exactly as a decimal literal reads.

    Or the edges given, checked.
    """
    if isinstance(bins, int | np.integer):
        if bins < 1:
            raise ValueError(f"bins is {bins}: at least 1 is needed")
        return np.asarray(np.arange(bins + 1) / bins)
    edges = numbers(bins, "bins")
    if edges.ndim != 1 or edges.size < 2 or not (np.diff(edges) > 0).all() or edges[0] > 0 or edges[-1] < 1:
        raise ValueError("bins as edges must increase, from 0 (or below) to 1 (or above)")
    return edges


def place_in(edges: Floats, p: Floats, closed: Closed) -> npt.NDArray[np.intp]:
    """The bin of each p.

    Right-closed with the lowest edge in the first, or left-closed with the highest in the last.

    Edges and p are compared as rounded: 1 - 0.7 lies on the edge 0.3, as 0.3 does.
    """
    if closed not in ("right", "left"):
        raise ValueError(f'closed is {closed!r}: it is "right" or "left"')
    edges, p = rounded(edges), rounded(p)
    if closed == "right":
        return np.maximum(np.searchsorted(edges, p, side="left") - 1, 0)
    return np.minimum(np.searchsorted(edges, p, side="right") - 1, edges.size - 2)


def describe(edges: Floats, closed: Closed) -> str:
    """How p was put into bins, in words."""
    shape = "(low, high], 0 in the first" if closed == "right" else "[low, high), 1 in the last"
    return f"{edges.size - 1} bins {shape}"


def into_bins(cells: Cells, bins: Bins, closed: Closed) -> tuple[Cells, npt.NDArray[np.intp], Floats]:
    """One cell a (group, bin), p its weighted mean.

    Beside it which of them each cell went to, and the edges.
    """
    edges = edges_of(bins)
    width = edges.size - 1
    index, inverse = np.unique(cells.group * width + place_in(edges, cells.p, closed), return_inverse=True)

    def total(values: npt.NDArray[Any]) -> Floats:
        return sum_by(inverse, values, index.size)

    weight = total(cells.weight)
    n = np.rint(total(cells.n)).astype(np.int64)
    p = ratio(total(cells.weight * cells.p), weight)
    rest = total(cells.squares), total(cells.yes), total(cells.yes_squares)
    return Cells(index, p, n, weight, *rest), inverse, edges


def ratio(top: Floats, bottom: Floats) -> Floats:
    """Top / bottom, NaN for 0/0, without a warning."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.divide(top, bottom))


def wilson(share: Floats, n: Floats) -> tuple[Floats, Floats]:
    """95 % interval of a share of n trials; NaN where it is (Wilson 1927, doi:10.2307/2276774)."""
    centre = (n * share + Z95**2 / 2) / (n + Z95**2)
    half = Z95 * np.sqrt(n * np.clip(share * (1 - share), 0, None) + Z95**2 / 4) / (n + Z95**2)
    low = np.where(share <= 0, 0.0, np.clip(centre - half, 0, 1))
    high = np.where(share >= 1, 1.0, np.clip(centre + half, 0, 1))
    nothing = np.isnan(share)
    return np.where(nothing, np.nan, low), np.where(nothing, np.nan, high)


def middle(drawn: npt.NDArray[Any]) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """The ends of the middle 95 % along the last axis, without an average of values that may be infinite."""
    n = drawn.shape[-1]
    ordered = np.sort(drawn, axis=-1)  # of some thousand numbers, in less time than numpy's quantiles
    return ordered[..., -(-n // 40) - 1], ordered[..., -(-39 * n // 40) - 1]


def calibration_of(cells: Cells, groups: int, bins: Bins, closed: Closed) -> Calibration:
    """What was forecast and what happened in each bin, groups x bins; an empty bin has n = 0 and NaN."""
    filled, _, edges = into_bins(cells, bins, closed)
    width = edges.size - 1
    rows = np.zeros(groups * width, COLUMNS)
    rows["low"], rows["high"] = np.tile(edges[:-1], groups), np.tile(edges[1:], groups)
    for name in ("mean_p", "share", "share_low", "share_high"):
        rows[name] = np.nan
    share = ratio(filled.yes, filled.weight)
    low, high = wilson(share, effective(filled))
    columns = {"n": filled.n, "mean_p": filled.p, "share": share, "share_low": low, "share_high": high}
    for name, values in columns.items():
        rows[name][filled.group] = values
    result = rows.reshape(groups, width).view(Calibration)
    result.convention = describe(edges, closed)
    return result


def effective(cells: Cells) -> Floats:
    """How many equally weighted pairs a cell is worth: (sum w)^2 / sum w^2."""
    return ratio(np.square(cells.weight), cells.squares)


def calibration_error(cells: Cells, groups: int, bins: Bins, closed: Closed) -> Floats:
    """Weighted mean over the bins of |mean p - share|."""
    filled, _, edges = into_bins(cells, bins, closed)
    gap = np.abs(np.nan_to_num(filled.p) * filled.weight - filled.yes)
    group = filled.group // (edges.size - 1)
    return ratio(sum_by(group, gap, groups), sum_by(group, filled.weight, groups))
