"""Columns of any frame that narwhals reads: as arrays from an eager frame, as sums from a lazy one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from forecastlog.scoring.cells import Counted, Rows, Sums, count, digits_of
from forecastlog.scoring.groups import group_codes, used
from forecastlog.scoring.inputs import Integers, codes_of, merge_missing, needed, numbers
from forecastlog.scoring.lazy import Keep, Names, count_lazily

if TYPE_CHECKING:
    import narwhals as nw


class Labelled(NamedTuple):
    """What was counted, and the label of each group number."""

    counted: Counted
    groups: list[tuple[Any, ...]]
    digits: int  # to which p are told apart
    sums: Sums | None = None  # where p is binned
    bins: int | None = None


def read(frame: Any, names: Names, keep: Keep | None = None) -> Labelled:
    """Count the frame's pairs by group and p.

    `keep` tells a lazy frame's engine to hold on to a small frame.
    """
    import narwhals as nw

    needed(frame=frame, p=names.p, y=names.y)
    wrapped = nw.from_native(frame)
    schema = wrapped.collect_schema()
    _check_columns(schema.names(), names, lazy=isinstance(wrapped, nw.LazyFrame))
    digits = digits_of(schema[names.p])
    if isinstance(wrapped, nw.LazyFrame):
        _check_types(schema, names)
        counted, groups, sums, bins = count_lazily(wrapped, names, keep or (lambda small: small))
        return Labelled(counted, groups, digits, sums, bins)
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


def _check_types(schema: "nw.Schema", names: Names) -> None:
    """Engines make numbers of texts without a word, and of some of them only where they can."""
    for name in filter(None, (names.p, names.y, names.weight)):
        kind = str(schema[name])
        if not (
            schema[name].is_numeric() or schema[name].is_boolean() or kind == "Unknown"
        ):  # so nulls alone
            kind = "text" if kind == "String" else kind
            raise TypeError(f'{name} holds {kind}, not numbers (0.7, not "70%")')


def _from_columns(frame: "nw.DataFrame[Any]", names: Names) -> tuple[Counted, list[tuple[Any, ...]]]:
    p, y = (_array(frame, name) for name in (names.p, names.y))
    weight = _array(frame, names.weight) if names.weight else None
    group, groups = group_codes([labels_of(frame.get_column(name)) for name in names.by], p.size)
    return count(Rows(p, y, weight, group if names.by else None, len(groups))), groups


def _array(frame: "nw.DataFrame[Any]", name: str) -> Any:
    return numbers(frame.get_column(name).to_numpy(), name)


def labels_of(column: "nw.Series[Any]") -> tuple[Integers, list[Any]]:
    """A number per row and the labels.

    By the frame's own engine, which is several times faster than Python's dict.
    """
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
    return merge_missing(*used(codes, labels))
