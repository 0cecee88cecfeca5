"""Columns of any frame that narwhals reads: as arrays from an eager frame, as sums from a lazy one."""

from collections.abc import Hashable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from forecastlog.scoring.cells import Cells, Counted, Rows, count, digits_of, pool
from forecastlog.scoring.inputs import (
    Integers,
    check_outcomes,
    check_probabilities,
    check_weights,
    codes_of,
    merge_missing,
    needed,
    numbers,
)

if TYPE_CHECKING:
    import narwhals as nw

OWN = "_forecastlog_"  # starts the name of every column made here, so that none of the frame's is hidden


class Names(NamedTuple):
    """Which columns hold what."""

    by: tuple[str, ...]
    p: str
    y: str
    weight: str | None


class Labelled(NamedTuple):
    """What was counted, and the label of each group number."""

    counted: Counted
    groups: list[tuple[Any, ...]]
    digits: int  # to which p are told apart


def read(frame: Any, names: Names) -> Labelled:
    """Count the frame's pairs by group and p."""
    import narwhals as nw

    needed(frame=frame, p=names.p, y=names.y)
    wrapped = nw.from_native(frame)
    schema = wrapped.collect_schema()
    _check_columns(schema.names(), names, lazy=isinstance(wrapped, nw.LazyFrame))
    digits = digits_of(schema[names.p])
    if isinstance(wrapped, nw.LazyFrame):
        return Labelled(*_from_sums(_sums(wrapped, names), names), digits)
    return Labelled(*_from_columns(wrapped, names), digits)


def _check_columns(columns: Sequence[str], names: Names, *, lazy: bool) -> None:
    wanted = [*names.by, names.p, names.y, *([names.weight] if names.weight else [])]
    for name in wanted:
        if name not in columns:
            raise ValueError(f"the frame has no column {name!r}; it has {', '.join(map(repr, columns))}")
    # engines of SQL take "P" and "p" for the same column, and would read one for the other without a word
    folded = [column.casefold() for column in columns]
    doubled = [column for column in columns if folded.count(column.casefold()) > 1]
    if lazy and doubled:
        raise ValueError(f"columns differ only by case: {', '.join(map(repr, doubled))}; rename them")


def _from_columns(frame: "nw.DataFrame[Any]", names: Names) -> tuple[Counted, list[tuple[Any, ...]]]:
    p, y = (_array(frame, name) for name in (names.p, names.y))
    weight = _array(frame, names.weight) if names.weight else None
    group, groups = group_codes([labels_of(frame.get_column(name)) for name in names.by], p.size)
    return count(Rows(p, y, weight, group if names.by else None, len(groups))), groups


def _array(frame: "nw.DataFrame[Any]", name: str) -> Any:
    return numbers(frame.get_column(name).to_numpy(), name)


def labels_of(column: "nw.Series[Any]") -> tuple[Integers, list[Any]]:
    """A number per row and the labels; by the frame's own engine, which is several times faster than Python's dict."""
    native = column.to_native()
    if column.implementation.is_pandas():
        codes, labels = native.factorize(use_na_sentinel=False)
        return merge_missing(codes.astype(np.int64), labels.tolist())
    try:
        arrow = column.to_arrow()
    except ImportError:
        return codes_of(column.to_list())
    encoded = (arrow.combine_chunks() if hasattr(arrow, "combine_chunks") else arrow).dictionary_encode()
    labels = [*encoded.dictionary.to_pylist(), None]
    codes = encoded.indices.fill_null(len(labels) - 1).to_numpy(zero_copy_only=False).astype(np.int64)
    return merge_missing(*_used(codes, labels))


def _used(codes: Integers, labels: list[Any]) -> tuple[Integers, list[Any]]:
    """Leave out labels that no row has."""
    present = np.flatnonzero(np.bincount(codes, minlength=len(labels)))
    renumbered = np.zeros(len(labels), np.int64)
    renumbered[present] = np.arange(present.size)
    return (codes if present.size == len(labels) else renumbered[codes]), [labels[i] for i in present]


def group_codes(
    columns: list[tuple[Integers, list[Any]]], rows: int
) -> tuple[Integers, list[tuple[Any, ...]]]:
    """Several label columns as one, its groups in sorted order."""
    codes: Integers = np.zeros(rows, np.int64)
    groups: list[tuple[Any, ...]] = [()]
    if columns and not rows:
        return codes, []
    for column, labels in columns:
        pairs = codes * len(labels) + column
        if len(groups) * len(labels) <= 4 * rows + 1000:
            codes, kept = _used(pairs, list(range(len(groups) * len(labels))))
        else:
            distinct, codes = np.unique(pairs, return_inverse=True)
            kept = distinct.tolist()
        groups = [(*groups[pair // len(labels)], labels[pair % len(labels)]) for pair in kept]
    order = sorted(range(len(groups)), key=lambda place: sort_key(groups[place]))
    if order == list(range(len(groups))):
        return codes, groups
    rank = np.empty(len(groups), np.int64)
    rank[order] = np.arange(len(groups))
    return rank[codes], [groups[place] for place in order]


def sort_key(group: tuple[Hashable, ...]) -> tuple[Any, ...]:
    """Orders groups whatever their types: numbers among numbers, text among text, missing last."""
    return tuple(_label_key(label) for label in group)


def _label_key(label: Any) -> tuple[int, str, Any]:
    if label is None:
        return (2, "", 0)
    if isinstance(label, bool | int | float | np.number):
        return (0, "", label)
    ordered = isinstance(label, str | date)
    return (1, type(label).__name__, label if ordered else repr(label))


def _sums(frame: "nw.LazyFrame[Any]", names: Names) -> dict[str, Any]:
    """One pass of the frame's engine: sums by group and p; pairs with something missing under a p of null."""
    import narwhals as nw

    def as_float(name: str) -> Any:
        return nw.col(name).cast(nw.Float64())

    by = [nw.col(name).alias(f"{OWN}by{i}") for i, name in enumerate(names.by)]
    weight = as_float(names.weight) if names.weight else nw.lit(1.0)
    frame = frame.select(
        *by, as_float(names.p).alias(f"{OWN}p"), as_float(names.y).alias(f"{OWN}y"), weight.alias(f"{OWN}w")
    )
    p, y, w = (nw.col(OWN + name) for name in "pyw")
    present = ~(p.is_null() | y.is_null() | p.is_nan() | y.is_nan())
    frame = frame.with_columns(
        nw.when(present).then(p).alias(f"{OWN}p"),
        nw.when(present).then(y).alias(f"{OWN}y"),
        nw.when(~w.is_null()).then(w).otherwise(nw.lit(-1.0)).alias(f"{OWN}w"),
    )
    frame = frame.with_columns(
        (w * w).alias(f"{OWN}ww"),
        (w * y).alias(f"{OWN}wy"),
        (w * y * y).alias(f"{OWN}wyy"),
        nw.when((w > 0) & (y > 0)).then(nw.lit(1.0)).otherwise(nw.lit(0.0)).alias(f"{OWN}yes"),
        nw.when((w > 0) & (y < 1)).then(nw.lit(1.0)).otherwise(nw.lit(0.0)).alias(f"{OWN}no"),
    )
    keys = [*(f"{OWN}by{i}" for i in range(len(names.by))), f"{OWN}p"]
    summed = frame.group_by(keys).agg(
        nw.len().alias(f"{OWN}n"),
        *(
            nw.col(OWN + name).sum().alias(f"{OWN}sum_{name}")
            for name in ("w", "ww", "wy", "wyy", "yes", "no")
        ),
        *(nw.col(OWN + name).min().alias(f"{OWN}min_{name}") for name in "yw"),
        *(nw.col(OWN + name).max().alias(f"{OWN}max_{name}") for name in "yw"),
    )
    collected = summed.collect()
    columns = {name.removeprefix(OWN): collected.get_column(name) for name in collected.columns}
    return {
        name: column.to_list() if name.startswith("by") else column.to_numpy()
        for name, column in columns.items()
    }


def _from_sums(summed: dict[str, Any], names: Names) -> tuple[Counted, list[tuple[Any, ...]]]:
    column = {name: numbers(values, name) for name, values in summed.items() if not name.startswith("by")}
    p = column["p"]
    check_probabilities(p)
    for end in ("min", "max"):
        check_outcomes(column[f"{end}_y"])
        check_weights(column[f"{end}_w"])
    coded = [codes_of(summed[f"by{i}"]) for i in range(len(names.by))]
    group, groups = group_codes(coded, p.size)
    missing = np.isnan(p)
    n = column["n"].astype(np.int64)
    dropped = np.bincount(group[missing], n[missing], len(groups)).astype(np.int64)
    endless = np.where(p == 0, column["sum_yes"], 0) + np.where(p == 1, column["sum_no"], 0)
    infinite = np.bincount(group, endless, len(groups)).astype(np.int64)
    sums = (column[f"sum_{name}"][~missing] for name in ("w", "ww", "wy", "wyy"))
    cells = pool(Cells(group[~missing], p[~missing] + 0.0, n[~missing], *sums))
    return Counted(cells, dropped, infinite), groups
