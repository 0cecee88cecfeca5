"""The mean of a row score in one pass that allocates nothing beside the inputs."""

import math
from collections.abc import Callable
from typing import Any, Literal, NamedTuple, Self, TypeAlias

import numpy as np
import numpy.typing as npt

from forecastlog.scoring.binary import brier, clipped, log_score, spherical
from forecastlog.scoring.blocks import Work, blocks_of, dot, only_0_and_1, over_blocks, plain, within_0_1
from forecastlog.scoring.classes import (
    brier_multi,
    log_multi,
    ordered_brier,
    ranked_probability,
    spherical_multi,
)
from forecastlog.scoring.inputs import (
    Floats,
    Values,
    check_probabilities,
    check_weights,
    is_masked,
    needed,
    numbers,
    same_rows,
)

CONVENTIONS: dict[Callable[..., Floats], str] = {
    brier: "one-sided Brier, (p - y)^2, 0 to 1, lower is better",
    log_score: "logarithmic, -ln of the probability given to what happened, nats, lower is better",
    spherical: "spherical, 0 to 1, higher is better",
    brier_multi: "Brier summed over the outcomes, 0 to 2, lower is better",
    log_multi: "logarithmic, -ln of the probability given to what happened, nats, lower is better",
    spherical_multi: "spherical, 0 to 1, higher is better",
    ranked_probability: "ranked probability, summed over the cuts, 0 to K - 1, lower is better",
    ordered_brier: "two-sided Brier averaged over the cuts, 0 to 2, lower is better",
}
BINARY = (brier, log_score, spherical)
PIECE = 2**15  # rows; the careful way needs some ten arrays of this size
SMALLEST = 1e-300  # a product under this may have underflowed, or holds a 0
TINY_MEAN = 1e-3  # a mean log score under this is taken with log1p

Column: TypeAlias = npt.NDArray[Any]
Kernel: TypeAlias = Callable[
    [Floats, Floats, Floats], float
]  # of a block of p and y, and room as long as they


class Mean(float):
    """A mean that says how many rows it rests on (`n`), how many it left out, and what it measures.

    `dropped` counts the pairs with a missing value, `infinite` the rows (of positive weight) that score
    infinity, and `convention` names the score, its range and any clipping.
    """

    n: int
    dropped: int
    infinite: int
    convention: str

    def __new__(cls, value: float, *, n: int, dropped: int, infinite: int, convention: str) -> Self:
        """Make the number, then note what it rests on."""
        mean = super().__new__(cls, value)
        mean.n, mean.dropped, mean.infinite, mean.convention = n, dropped, infinite, convention
        return mean

    def __getnewargs_ex__(self) -> tuple[tuple[float], dict[str, int | str]]:
        return (float(self),), dict(vars(self))

    def __repr__(self) -> str:
        return (
            f"Mean({float(self)!r}, n={self.n}, dropped={self.dropped}, infinite={self.infinite}, "
            f"convention={self.convention!r})"
        )

    __str__ = float.__repr__


class _Part(NamedTuple):
    """What one block adds to a mean."""

    total: float
    weight: float
    n: int
    infinite: int


def mean_score(
    rule: Callable[..., Floats],
    *,
    p: Values,
    y: Values,
    weight: Values | None = None,
    clip: float | None = None,
    missing: Literal["drop", "raise"] = "drop",
) -> Mean:
    """Mean of a row score, in blocks on every core.

    Args:
        rule: brier, log_score, spherical, or a rule over several outcomes (brier_multi, log_multi,
            spherical_multi, ranked_probability, ordered_brier); any function of p= and y= that gives a score
            a row.
        p: Probabilities, as the rule takes them.
        y: Outcomes, as the rule takes them.
        weight: A weight a row, finite and at least 0; a row of weight 0 counts in n and adds nothing.
        clip: Keep p this far from 0 and 1; binary rules only, and named in the result.
        missing: "drop" leaves out pairs with a missing p or y and counts them; "raise" refuses them.

    Returns:
        A float with `n`, `dropped`, `infinite` and `convention`; NaN where no weight is left.

    Raises:
        ValueError: What the rule refuses; weights out of range; missing values where `missing="raise"`.
        TypeError: Text or dates instead of numbers.

    >>> mean_score(brier, p=[0.5, 0.0, None], y=[1, 0, 1])
    Mean(0.125, n=2, dropped=1, infinite=0, convention='one-sided Brier, (p - y)^2, 0 to 1, lower is better')
    >>> round(mean_score(brier, p=[0.8, 0.3], y=[1, 0], weight=[3, 1]), 4)
    0.0525
    """
    _check_options(rule, clip, missing)
    p, y, weights = _arrays(p, y, weight)
    parts = _parts(rule, p, y, weights, clip)
    dropped = len(y) - (n := sum(part.n for part in parts))
    if missing == "raise" and dropped:
        raise ValueError(
            f'{dropped} of {len(y)} pairs have a missing p or y, and missing="raise" refuses them'
        )
    total, heft = math.fsum(part.total for part in parts), math.fsum(part.weight for part in parts)
    convention = CONVENTIONS.get(rule, getattr(rule, "__name__", repr(rule)))
    return Mean(
        total / heft if heft else math.nan,
        n=n,
        dropped=dropped,
        infinite=sum(part.infinite for part in parts),
        convention=convention if clip is None else f"{convention}, p clipped to [{clip}, {1 - clip}]",
    )


def _check_options(rule: Callable[..., Floats], clip: float | None, missing: str) -> None:
    needed(rule=rule)
    if missing not in ("drop", "raise"):
        raise ValueError(f'missing is {missing!r}: it is "drop" or "raise"')
    if clip is not None and rule not in BINARY:
        raise ValueError(
            "clip is for brier, log_score and spherical: clipped rows of several outcomes miss a sum of 1"
        )
    clipped(np.zeros(0), clip)


def _arrays(p: Values, y: Values, weight: Values | None) -> tuple[Column, Column, Floats | None]:
    """p, y and weight as arrays of equally many rows."""
    given = {"p": p, "y": y} | ({} if weight is None else {"weight": weight})
    same_rows(**given)
    columns = {name: _column(values, name) for name, values in given.items()}
    if len({len(column) for column in columns.values()}) > 1:
        raise ValueError(
            "one row each is needed, but " + ", ".join(f"{k} has {len(v)}" for k, v in columns.items())
        )
    if weight is None:
        return columns["p"], columns["y"], None
    weights = columns["weight"].astype(np.float64, copy=False)
    check_weights(weights)
    return columns["p"], columns["y"], weights


def _column(values: Values, name: str) -> Column:
    """An array of at least one dimension.

    Whatever is numbers keeps its type, to be converted a block at a time.
    """
    if not is_masked(values):
        array = np.asarray(values)
        if array.dtype.kind in "fbiu":
            return np.atleast_1d(array)
    return np.atleast_1d(numbers(values, name))


def _parts(
    rule: Callable[..., Floats], p: Column, y: Column, weight: Floats | None, clip: float | None
) -> list[_Part]:
    """What the blocks add up to: in the quick way where a block is complete and in range, else with care."""
    kernels = QUICK.get(rule, ()) if weight is None and clip is None and p.ndim == y.ndim == 1 else ()
    blocks = blocks_of(len(y))
    totals = _quick_totals(kernels, p, y, blocks) if kernels else [math.nan] * len(blocks)
    sizes = [rows.stop - rows.start for rows in blocks]
    quick = [_Part(total, n, n, 0) for total, n in zip(totals, sizes, strict=True) if not math.isnan(total)]
    left = [rows for total, rows in zip(totals, blocks, strict=True) if math.isnan(total)]

    def careful(rows: slice, _: list[Floats]) -> list[_Part]:
        return _careful(rule, p[rows], y[rows], None if weight is None else weight[rows], clip)

    try:
        return quick + [part for [parts] in over_blocks(left, careful) for part in parts]
    except ValueError:
        rule(p=p, y=y)  # says the same, with the row's number in the whole
        raise


def _quick_totals(kernels: tuple[Kernel, ...], p: Column, y: Column, blocks: list[slice]) -> list[float]:
    """Sum of the scores of each block, converted to float64 where it must be; NaN where it needs care."""
    if plain(p) and plain(y):

        def work_of(kernel: Kernel) -> Work[float]:
            return lambda rows, scratch: kernel(p[rows], y[rows], *scratch)

        each = over_blocks(blocks, *map(work_of, kernels), buffers=1)
        return [math.fsum(block) for block in each]

    def convert(rows: slice, scratch: list[Floats]) -> float:
        np.copyto(scratch[0], p[rows])
        np.copyto(scratch[1], y[rows])
        return math.fsum(kernel(*scratch) for kernel in kernels)

    return [total for [total] in over_blocks(blocks, convert, buffers=3)]


def _in_range(p: Floats, y: Floats, _: Floats) -> float:
    """0, or NaN where something is missing or out of range."""
    return 0.0 if within_0_1(p) and within_0_1(y) else math.nan


def _squares(p: Floats, y: Floats, scratch: Floats) -> float:
    """Sum of the Brier scores of a block that may hold anything.

    Whether it is in range is found beside this.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        np.subtract(p, y, out=scratch)
        return dot(scratch, scratch)


def _surprises(p: Floats, y: Floats, scratch: Floats) -> float:
    """Sum of the log scores of a block, as logarithms of products of eight; NaN where that would be inexact.

    (1 - y) - p is, but for its sign, the probability given to what happened. Rounding 1 - p costs up to 1e-16
    a row, which shows only in a mean that is itself tiny; products of eight underflow only where one is near
    0.
    """
    np.subtract(1.0, y, out=scratch)
    if not only_0_and_1(y):
        return math.nan
    np.subtract(scratch, p, out=scratch)
    if not within_0_1(p):
        return math.nan
    eighth = scratch.size // 8
    product, rest = scratch[: 8 * eighth], scratch[8 * eighth :]
    for _ in range(3):
        half = product.size // 2
        product = np.multiply(product[:half], product[half:], out=product[:half])
    total = _log_sum(product) + _log_sum(rest)
    return -total if total <= -TINY_MEAN * scratch.size else math.nan


def _log_sum(products: Floats) -> float:
    """Sum of ln |product|, in the memory of the products; NaN where one may have underflowed."""
    if products.size == 0:  # as the rest is for most blocks
        return 0.0
    np.abs(products, out=products)
    if np.minimum.reduce(products) < SMALLEST:
        return math.nan
    return float(np.add.reduce(np.log(products, out=products)))


# What a rule's kernels give for a block adds up to the sum of its scores.
QUICK: dict[Callable[..., Floats], tuple[Kernel, ...]] = {
    brier: (_squares, _in_range),
    log_score: (_surprises,),
}


def _careful(
    rule: Callable[..., Floats], p: Column, y: Column, weight: Floats | None, clip: float | None
) -> list[_Part]:
    """Score a block in small pieces, through the rule's own checks."""
    parts = []
    for start in range(0, len(y), PIECE):
        rows = slice(start, start + PIECE)
        options = {} if clip is None else {"p": clipped(_probabilities(p[rows]), clip)}
        scores = rule(**({"p": p[rows], "y": y[rows]} | options))
        present = ~np.isnan(scores)
        heft = present if weight is None else weight[rows] * present
        counts = present & (heft > 0)
        total = np.multiply(scores, heft, out=np.zeros(len(scores)), where=counts).sum()
        parts.append(
            _Part(float(total), float(heft.sum()), int(present.sum()), int(np.isinf(scores[counts]).sum()))
        )
    return parts


def _probabilities(p: Column) -> Floats:
    """The block checked, since clipping would hide what is out of range."""
    checked = numbers(p, "p")
    check_probabilities(checked)
    return checked
