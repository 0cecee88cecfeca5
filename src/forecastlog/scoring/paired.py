"""Two forecasters on the same rows: is the difference of their scores more than chance?"""

import math
from collections.abc import Iterator
from typing import Literal, NamedTuple

import numpy as np

from forecastlog.scoring.inputs import Floats, Values, check_finite, together
from forecastlog.scoring.student import quantile, two_sided

CHUNK = 2**22  # numbers held at a time while signs are drawn


class Difference(NamedTuple):
    """Mean difference with its 95 % interval, the test statistic and the two-sided p-value."""

    difference: float
    low: float
    high: float
    statistic: float
    p_value: float


class PairedDifference(Difference):
    """The same, with the pairs used, the pairs dropped, and whether every permutation was counted."""

    pairs: int
    dropped: int
    exact: bool


def paired_difference(
    a: Values,
    b: Values,
    *,
    method: Literal["permutation", "t"] = "permutation",
    n: int = 10_000,
    seed: int = 0,
) -> PairedDifference:
    """Mean of a - b over pairs of scores, with a 95 % interval and a two-sided test of "no difference".

    "permutation" swaps the two scores of a pair at random; the statistic is the mean difference, and the
    interval holds every shift that the same test would not reject (Hartigan 1969,
    doi:10.1080/01621459.1969.10501057). All 2^pairs swaps are counted where they are at most `n`, else `n`
    are drawn and the p-value is (1 + as extreme) / (1 + n). With fewer than 6 pairs no test can reject at 5
    %, and the interval is infinite. "t" is Student's paired test; its interval is the usual one.

    Args:
        a: Scores of the first forecaster, a row each.
        b: Scores of the second on the same rows; a pair with a missing score is dropped.
        method: "permutation" or "t".
        n: Number of permutations.
        seed: Seed of the permutations.

    Returns:
        difference, low, high, statistic, p_value, with `pairs`, `dropped` and `exact` as attributes; NaN
        where there are no pairs (with "t", fewer than 2, or no difference anywhere).

    Raises:
        ValueError: Infinite scores, lengths or indexes that differ, an unknown method, n under 1.
        TypeError: Text or dates instead of numbers.

    >>> result = paired_difference([0.30, 0.20, 0.25, 0.40, 0.10, 0.35], [0.20, 0.15, 0.10, 0.15, 0.05, 0.05])
    >>> round(result.difference, 4), result.p_value, result.exact
    (0.15, 0.03125, True)
    """
    if method not in ("permutation", "t"):
        raise ValueError(f'method is {method!r}: it is "permutation" or "t"')
    if n < 1:
        raise ValueError(f"n is {n}: at least 1 permutation is needed")
    every = _differences(a, b)
    differences = every[~np.isnan(every)]
    exact = method == "permutation" and differences.size <= math.log2(n)
    if not differences.size:
        result = PairedDifference(*[math.nan] * 5)
    elif method == "t":
        result = _student(differences)
    else:
        result = _permutation(differences, n, seed, exact=exact)
    result.pairs, result.dropped, result.exact = differences.size, every.size - differences.size, exact
    return result


def _differences(a: Values, b: Values) -> Floats:
    """Of each pair, the first score less the second; NaN where one of them is missing."""
    first, second = together(a=a, b=b)
    check_finite(first, "a")
    check_finite(second, "b")
    return np.ravel(first - second)


def _student(differences: Floats) -> PairedDifference:
    size, mean = differences.size, float(differences.mean())
    if size < 2:
        return PairedDifference(mean, *[math.nan] * 4)
    error = float(differences.std(ddof=1)) / math.sqrt(size)
    if error == 0:
        statistic = math.copysign(math.inf, mean) if mean else math.nan
        return PairedDifference(mean, mean, mean, statistic, 0.0 if mean else math.nan)
    reach = quantile(0.05, size - 1) * error
    statistic = mean / error
    return PairedDifference(mean, mean - reach, mean + reach, statistic, two_sided(statistic, size - 1))


def _permutation(differences: Floats, n: int, seed: int, *, exact: bool) -> PairedDifference:
    """Swapping a set of pairs turns the sum S into S - 2 (sum of the set).

    Both test and interval rest on these sums.

    A shift d is rejected on one side where few sets have a mean below d, so the interval's ends are ordered
    means.
    """
    mean, total = float(differences.mean()), float(differences.sum())
    draws = 2**differences.size if exact else n
    sums, sizes = (
        np.concatenate(part) for part in zip(*_sets(differences, draws, seed, exact=exact), strict=True)
    )
    slack = 1e-12 * float(np.abs(differences).sum())
    extreme = int(np.count_nonzero(np.abs(total - 2 * sums) >= abs(total) - slack))
    p_value = extreme / draws if exact else (1 + extreme) / (1 + draws)
    filled = sizes > 0
    means = np.sort(sums[filled] / sizes[filled])
    outside = math.floor(0.05 / 2 * (means.size + 1) + 1e-9)  # ordered means beyond each end
    low, high = (means[outside - 1], means[-outside]) if outside else (-math.inf, math.inf)
    return PairedDifference(mean, float(low), float(high), mean, p_value)


def _sets(differences: Floats, draws: int, seed: int, *, exact: bool) -> Iterator[tuple[Floats, Floats]]:
    """Sums and sizes of sets of pairs, all of them or drawn at random, in pieces."""
    random = np.random.default_rng(seed)
    size = differences.size
    bits = np.arange(size)
    piece = max(CHUNK // size, 1)
    for start in range(0, draws, piece):
        stop = min(start + piece, draws)
        if exact:
            members = ((np.arange(start, stop)[:, None] >> bits) & 1).astype(np.float64)
        else:
            packed = np.frombuffer(random.bytes((stop - start) * -(-size // 8)), np.uint8)
            members = np.unpackbits(packed.reshape(stop - start, -1), axis=1, count=size).astype(np.float64)
        yield members @ differences, members.sum(axis=1)
