"""From what callers pass (lists, arrays, Series) to checked float64 arrays, missing values as NaN.

Rows are matched by position. Two Series of pandas whose indexes differ are refused, never joined.
"""

import sys
from collections import defaultdict
from collections.abc import Hashable, Iterable
from typing import Any, TypeAlias, TypeGuard

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
Integers: TypeAlias = npt.NDArray[np.int64]
Flags: TypeAlias = npt.NDArray[np.bool_]
Values: TypeAlias = Any  # a number, a list, an array, a Series: whatever `numbers` can read


def needed(**arguments: object) -> None:
    """Raise TypeError for an argument that is None as a whole (a None within a list is a missing value)."""
    for name, value in arguments.items():
        if value is None:
            raise TypeError(f"{name} is needed, but is None")


def is_masked(values: object) -> "TypeGuard[np.ma.MaskedArray[Any, Any]]":
    """Whether it is a masked array: where nobody has loaded numpy.ma, which takes its time, it is none."""
    masked = sys.modules.get("numpy.ma")
    return masked is not None and isinstance(values, masked.MaskedArray)


def numbers(values: Values, name: str) -> Floats:
    """`values` as float64; an element None, null, NA or masked becomes NaN.

    Text and dates raise TypeError.
    """
    needed(**{name: values})
    if is_masked(values):
        return np.where(np.ma.getmaskarray(values), np.nan, numbers(values.data, name))
    try:
        array = np.asarray(values)
    except ValueError:  # numpy's sentence on lists of other lengths names no argument
        raise ValueError(f"{name} has rows of different lengths") from None
    if array.dtype.kind in "fbiu":
        return array.astype(np.float64, copy=False)
    if array.dtype.kind != "O":
        kind = "text" if array.dtype.kind in "US" else str(array.dtype)
        raise TypeError(f'{name} holds {kind}, not numbers (0.7, not "70%")')
    return np.array([_number(value, name) for value in array.ravel()], np.float64).reshape(array.shape)


def _number(value: object, name: str) -> float:
    if value is None or type(value).__name__ in {"NAType", "NaTType"}:
        return np.nan
    if isinstance(value, str | bytes | complex) or not hasattr(value, "__float__"):
        raise TypeError(f"{name} holds {value!r}, which is not a number")
    return float(value)


def same_rows(**arguments: Values) -> None:
    """Refuse None, and Series of pandas whose indexes differ.

    Matching by position would pair the wrong rows.
    """
    needed(**arguments)
    indexes = [(name, value.index) for name, value in arguments.items() if hasattr(value, "iloc")]
    for name, index in indexes[1:]:
        first, other = indexes[0]
        if not index.equals(other):
            raise ValueError(
                f"{first} and {name} have different indexes: "
                "align them first, or pass .to_numpy() to match by position"
            )


def together(**arguments: Values) -> list[Floats]:
    """The arguments as arrays of one shape; a single number goes with every row."""
    same_rows(**arguments)
    arrays = {name: numbers(value, name) for name, value in arguments.items()}
    shapes = {name: array.shape for name, array in arrays.items() if array.ndim}
    if len(set(shapes.values())) > 1:
        sizes = ", ".join(f"{name} has shape {shape}" for name, shape in shapes.items())
        raise ValueError(f"one row each is needed, but {sizes}")
    shape = next(iter(shapes.values()), ())
    return [np.broadcast_to(array, shape) for array in arrays.values()]


def refuse(bad: Flags, values: Floats, what: str) -> None:
    """Raise ValueError for the first row where `bad`; `what` says what is wrong with its value."""
    if bad.any():
        place = np.unravel_index(int(np.argmax(bad)), bad.shape)
        raise ValueError(f"{_row(place)}{values[place]:.12g} {what}")


def _row(place: tuple[np.intp, ...]) -> str:
    return f"row {', '.join(str(i) for i in place)}: " if place else ""


def check_probabilities(p: Floats, name: str = "p") -> None:
    """Raise ValueError unless every p lies in [0, 1] or is NaN."""
    bad = (p < 0) | (p > 1)
    percent = bad & (p >= 2) & (p <= 100)
    refuse(percent, p, f"is more than certain for {name}. A percentage? Divide by 100")
    refuse(bad, p, f"is no probability: {name} lies between 0 and 1")


def check_outcomes(y: Floats) -> None:
    """Raise ValueError unless every y lies in [0, 1] or is NaN."""
    refuse((y < 0) | (y > 1), y, "is no outcome: y is 1, 0, a share between them, or missing")


def check_weights(weight: Floats) -> None:
    """Raise ValueError unless every weight is finite and at least 0."""
    refuse(~(np.isfinite(weight) & (weight >= 0)), weight, "is no weight: weights are finite and at least 0")


def check_finite(values: Floats, name: str) -> None:
    """Raise ValueError for infinities (NaN is a missing value and passes)."""
    refuse(np.isinf(values), values, f"is no value for {name}: it must be finite")


def probabilities_and_outcomes(p: Values, y: Values) -> tuple[Floats, Floats]:
    """Both as checked arrays of one shape."""
    p, y = together(p=p, y=y)
    check_probabilities(p)
    check_outcomes(y)
    return p, y


def codes_of(values: Iterable[Hashable]) -> tuple[Integers, list[Any]]:
    """Number the labels 0, 1, ...

    In order of appearance -> (a number per row, the labels); missing is None. Raises TypeError for one text,
    which is no list of them, and for labels that are lists themselves.
    """
    if isinstance(values, str | bytes):
        raise TypeError(f"{values!r} is one name: a list with one for each row is needed")
    if isinstance(values, np.ndarray) and values.dtype.kind in "iu":
        distinct, first, place = np.unique(values, return_index=True, return_inverse=True)
        rank = np.empty(first.size, np.int64)
        rank[np.argsort(first)] = np.arange(first.size)
        return rank[place], distinct[np.argsort(first)].tolist()
    numbered: defaultdict[Hashable, int] = defaultdict()
    numbered.default_factory = numbered.__len__
    rows = values.tolist() if isinstance(values, np.ndarray) else list(values)
    try:
        codes = np.fromiter(map(numbered.__getitem__, rows), np.int64, len(rows))
    except TypeError:
        raise TypeError("one of the names is a list or the like: one name for each row is needed") from None
    return merge_missing(codes, list(numbered))


def merge_missing(codes: Integers, labels: list[Any]) -> tuple[Integers, list[Any]]:
    """Give every missing label (None, NaN, NA) one number and the name None."""
    missing = [i for i, label in enumerate(labels) if is_missing(label)]
    if not missing:
        return codes, labels
    kept = [i for i in range(len(labels)) if i not in set(missing)]
    renumbered = np.full(len(labels), len(kept), np.int64)
    renumbered[kept] = np.arange(len(kept))
    return renumbered[codes], [*(labels[i] for i in kept), None]


def is_missing(label: object) -> bool:
    """Whether a label stands for "no value"."""
    return (
        label is None
        or type(label).__name__ in {"NAType", "NaTType"}
        or (isinstance(label, float | np.floating) and bool(np.isnan(label)))
    )
