"""A lazy frame, counted by its own engine: only sums are collected, however many the rows.

Distinct labels and distinct p are numbered first, and outcomes are summed by pairs of numbers: engines look
texts and fractions up faster than they group by them. Where distinct p are too many to number, sums are by
label and p; where those are too many to keep, by label and bin of p, beside the sums of the scores, which
stay exact.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np

from forecastlog.scoring.cells import MOST_CELLS, Cells, Counted, Sums, bins_for, pool, sum_by
from forecastlog.scoring.groups import group_codes
from forecastlog.scoring.inputs import (
    Floats,
    Integers,
    check_outcomes,
    check_probabilities,
    check_weights,
    merge_missing,
    numbers,
)

if TYPE_CHECKING:
    import narwhals as nw

Keep: TypeAlias = Callable[[Any], Any]
"""Puts a small lazy frame where its engine finds it again without making it anew."""

OWN = "_forecastlog_"  # starts the name of every column made here, so that none of the frame's is hidden
P, Y, WEIGHT, PLACE, N = (OWN + name for name in ("p", "y", "weight", "place", "n"))
MOST_PLACES = 2**17  # distinct p that are numbered
WEIGHTED = ("weight", "squares", "yes", "yes_squares", "endless")
SCORES = ("brier", "log", "spherical")


class Names(NamedTuple):
    """Which columns hold what."""

    by: tuple[str, ...]
    p: str
    y: str
    weight: str | None


class Summed(NamedTuple):
    """What was counted, and the label of each group number.

    Where p is binned, the sums of the scores and how many bins.
    """

    counted: Counted
    groups: list[tuple[Any, ...]]
    sums: Sums | None = None
    bins: int | None = None


class _Coded(NamedTuple):
    """The frame under names of ours.

    For each label column its labels with their numbers, and in their order.
    """

    rows: "nw.LazyFrame[Any]"
    numbered: "list[nw.LazyFrame[Any]]"
    labels: list[list[Any]]
    plain: bool  # without weights, and every outcome is 0 or 1

    @property
    def codes(self) -> list[str]:
        return [_code(place) for place in range(len(self.labels))]

    def of(self, rows: "nw.LazyFrame[Any]") -> "nw.LazyFrame[Any]":
        """The rows with the number of each label; a missing one finds none."""
        for place, small in enumerate(self.numbered):
            rows = rows.join(small, on=_by(place), how="left")
        return rows

    def groups_of(self, found: "nw.DataFrame[Any]") -> tuple[Integers, list[tuple[Any, ...]]]:
        """The group number of each row of what the engine found, and the groups."""
        columns = []
        for name, known in zip(self.codes, self.labels, strict=True):
            code = _numbers(found, name)
            whole = np.where(np.isnan(code), len(known), code).astype(np.int64)
            columns.append(merge_missing(whole, [*known, None]))
        return group_codes(columns, len(found))


def count_lazily(frame: "nw.LazyFrame[Any]", names: Names, keep: Keep) -> Summed:
    """Count the frame's pairs by group and p; raises ValueError for what is out of range."""
    plain = _is_plain(frame, names)
    rows = _own_columns(frame, names)
    if not plain:
        rows = _present(rows, weighted=names.weight is not None)
    numbered = [keep(_numbered(rows, _by(place), _code(place))) for place in range(len(names.by))]
    labels = [
        small.sort(_code(place)).collect().get_column(_by(place)).to_list()
        for place, small in enumerate(numbered)
    ]
    coded = _Coded(rows, numbered, labels, plain)
    return _by_place(coded, keep) or _by_p(coded) or _by_bin(coded)


def _by(place: int) -> str:
    return f"{OWN}by{place}"


def _code(place: int) -> str:
    return f"{OWN}code{place}"


def _own_columns(frame: "nw.LazyFrame[Any]", names: Names) -> "nw.LazyFrame[Any]":
    import narwhals as nw

    figures = {P: names.p, Y: names.y} | ({WEIGHT: names.weight} if names.weight else {})
    rows = frame.select(
        *(nw.col(name).alias(_by(place)) for place, name in enumerate(names.by)),
        *(nw.col(name).cast(nw.Float64()).alias(own) for own, name in figures.items()),
    )
    return rows if names.weight else rows.with_columns(nw.lit(1.0).alias(WEIGHT))


def _is_plain(frame: "nw.LazyFrame[Any]", names: Names) -> bool:
    """Whether there are no weights and every outcome is 0 or 1."""
    import narwhals as nw

    if names.weight:
        return False
    y = nw.col(names.y)
    ends = frame.select(
        nw.len().alias(N), y.count().alias(Y), y.min().alias(OWN + "min"), y.max().alias(OWN + "max")
    ).collect()  # of the bare column, which files of Parquet answer from their headers
    if ends.item(0, N) != ends.item(0, Y):
        return False
    if not frame.collect_schema()[names.y].is_float():
        return not ends.item(0, N) or 0 <= ends.item(0, OWN + "min") <= ends.item(0, OWN + "max") <= 1
    neither = frame.filter(~((y == 0) | (y == 1))).head(1)
    return not len(neither.select(y.alias(Y)).collect())


def _present(rows: "nw.LazyFrame[Any]", *, weighted: bool) -> "nw.LazyFrame[Any]":
    """The rows with p and y null where either is missing; raises ValueError for what is out of range."""
    import narwhals as nw

    p, y, w = nw.col(P), nw.col(Y), nw.col(WEIGHT)
    present = ~(p.is_null() | y.is_null() | p.is_nan() | y.is_nan())
    rows = rows.with_columns(nw.when(present).then(p).alias(P), nw.when(present).then(y).alias(Y))
    checked = rows.with_columns(nw.when(w.is_null()).then(nw.lit(-1.0)).otherwise(w).alias(WEIGHT))
    checks: dict[str, Callable[[Floats], None]] = {P: check_probabilities, Y: check_outcomes}
    if weighted:
        checks[WEIGHT] = check_weights
    ends = checked.select(
        *(nw.col(name).min().alias(f"{name}_min") for name in checks),
        *(nw.col(name).max().alias(f"{name}_max") for name in checks),
    ).collect()
    for name, check in checks.items():
        for end in ("min", "max"):
            found = ends.item(0, f"{name}_{end}")
            if found is not None:
                check(np.asarray(found, np.float64))
    return rows


def _numbered(rows: "nw.LazyFrame[Any]", column: str, number: str) -> "nw.LazyFrame[Any]":
    """The distinct values of a column, with a number each from 0 in their order."""
    return _distinct(rows, [column]).with_row_index(number, order_by=column)


def _distinct(rows: "nw.LazyFrame[Any]", columns: list[str]) -> "nw.LazyFrame[Any]":
    import narwhals as nw

    return rows.group_by(*columns).agg(nw.len().alias(N)).select(*columns)


def _more_than(most: int, rows: "nw.LazyFrame[Any]", columns: list[str]) -> bool:
    """Whether the first rows alone, twice as many, have more distinct values."""
    import narwhals as nw

    found = _distinct(rows.head(2 * most), columns).select(nw.len().alias(N)).collect()
    return int(found.item(0, N)) > most


def _numbers(found: "nw.DataFrame[Any]", name: str) -> Floats:
    return numbers(found.get_column(name).to_numpy(), name)


def _by_place(coded: _Coded, keep: Keep) -> Summed | None:
    """Sums by label and numbered p; None where there are too many."""
    if _more_than(MOST_PLACES, coded.rows, [P]):
        return None
    numbered = keep(_numbered(coded.rows, P, PLACE))
    known = _numbers(numbered.sort(PLACE).head(MOST_PLACES + 1).collect(), P)
    if known.size > MOST_PLACES:
        return None
    _check_ends(known)
    rows = coded.of(coded.rows).join(numbered, on=P, how="left")
    found = _sums(coded, rows, PLACE).head(MOST_CELLS + 1).collect()
    if len(found) > MOST_CELLS:
        return None
    place = _numbers(found, PLACE)  # a null has found none
    return _summed(
        coded, found, np.append(known, np.nan)[np.where(np.isnan(place), -1, place).astype(np.int64)]
    )


def _check_ends(p: Floats) -> None:
    """Refuse what is no probability without naming its row, which is not one of the frame."""
    for end in (np.fmin, np.fmax):
        check_probabilities(np.asarray(end.reduce(p, initial=0.0)))


def _by_p(coded: _Coded) -> Summed | None:
    """Sums by label and p; None where there are too many."""
    if _more_than(MOST_CELLS, coded.of(coded.rows), [*coded.codes, P]):
        return None
    found = _sums(coded, coded.of(coded.rows), P).head(MOST_CELLS + 1).collect()
    if len(found) > MOST_CELLS:
        return None
    p = _numbers(found, P)
    _check_ends(p)
    return _summed(coded, found, p)


def _by_bin(coded: _Coded) -> Summed:
    """Sums by label and bin of p, as ``cells.binned`` has them, and those of the scores."""
    import narwhals as nw

    p, y, w = nw.col(P), nw.col(Y), nw.col(WEIGHT)
    bins = bins_for(_groups(coded))
    whole = (p * bins).floor()
    place = nw.when(whole / bins < p).then(whole + 1.0).otherwise(whole)
    some, rest = (nw.when(share > 0).then(share).otherwise(nw.lit(1.0)).log() for share in (p, 1 - p))
    rows = coded.of(coded.rows).with_columns(
        nw.when(place < 1).then(nw.lit(1.0)).otherwise(place).alias(PLACE),
        (w * (p - y) * (p - y)).alias(OWN + "brier"),
        (-w * (y * some + (1 - y) * rest)).alias(OWN + "log"),
        (w * (y * p + (1 - y) * (1 - p)) / (p * p + (1 - p) * (1 - p)).sqrt()).alias(OWN + "spherical"),
    )
    coded = coded._replace(plain=False)
    found = _sums(coded, rows, PLACE, SCORES).collect()
    counted, named, *_ = _summed(coded, found, (_numbers(found, PLACE) - 0.5) / bins)
    group, _ = coded.groups_of(found)
    brier, log, spherical = (
        sum_by(group, np.nan_to_num(_numbers(found, OWN + name)), len(named)) for name in SCORES
    )
    return Summed(counted, named, Sums(brier, np.where(counted.infinite > 0, np.inf, log), spherical), bins)


def _groups(coded: _Coded) -> int:
    import narwhals as nw

    if not coded.labels:
        return 1
    found = _distinct(coded.of(coded.rows), coded.codes).select(nw.len().alias(N)).collect()
    return int(found.item(0, N))


def _sums(
    coded: _Coded, rows: "nw.LazyFrame[Any]", key: str, scores: Sequence[str] = ()
) -> "nw.LazyFrame[Any]":
    """How many rows there are by label and key, and their sums of weights, outcomes and scores."""
    import narwhals as nw

    p, y, w = nw.col(P), nw.col(Y), nw.col(WEIGHT)
    grouped = [*coded.codes, key]
    if coded.plain:
        return rows.group_by(*grouped).agg(nw.len().alias(N), y.sum().alias(OWN + "yes"))
    endless = (w > 0) & (((p == 0) & (y > 0)) | ((p == 1) & (y < 1)))
    figures = {
        "squares": w * w,
        "yes": w * y,
        "yes_squares": w * y * y,
        "endless": nw.when(endless).then(nw.lit(1.0)).otherwise(nw.lit(0.0)),
    }
    rows = rows.with_columns(**{OWN + name: figure for name, figure in figures.items()})
    return rows.group_by(*grouped).agg(
        nw.len().alias(N), *(nw.col(OWN + name).sum() for name in (*WEIGHTED, *scores))
    )


def _summed(coded: _Coded, found: "nw.DataFrame[Any]", p: Floats) -> Summed:
    """The cells of sums by label and p; NaN as p holds the pairs that are dropped."""
    group, groups = coded.groups_of(found)
    n = _numbers(found, N)
    if coded.plain:
        weight = squares = n
        yes = yes_squares = _numbers(found, OWN + "yes")
        endless = np.where(p == 0, yes, 0) + np.where(p == 1, n - yes, 0)
    else:
        weight, squares, yes, yes_squares, endless = (_numbers(found, OWN + name) for name in WEIGHTED)
    missing = np.isnan(p)
    dropped = np.bincount(group[missing], n[missing], len(groups)).astype(np.int64)
    infinite = np.bincount(group, np.where(missing, 0, endless), len(groups)).astype(np.int64)
    cells = Cells(group, p + 0.0, n.astype(np.int64), weight, squares, yes, yes_squares)
    kept: list[Any] = [column[~missing] for column in cells] if missing.any() else list(cells)
    return Summed(Counted(pool(Cells(*kept)), dropped, infinite), groups)
