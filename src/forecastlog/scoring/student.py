"""Student's t distribution, as far as intervals and p-values need it."""

import math

TINY = 1e-300


def _fraction(a: float, b: float, x: float) -> float:
    """Continued fraction of the incomplete beta function.

    Evaluated forward (Lentz 1976, doi:10.1364/AO.15.000668).
    """
    c, d = 1.0, 1 / (1 - (a + b) * x / (a + 1) or TINY)
    total = d
    for m in range(1, 1000):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / (1 + term * d or TINY)
            c = 1 + term / c or TINY
            total *= c * d
        if abs(c * d - 1) < 1e-16:
            break
    return total


def _incomplete_beta(a: float, b: float, x: float) -> float:
    """Regularised incomplete beta function I_x(a, b)."""
    if x <= 0 or x >= 1:
        return float(x > 0)
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    )
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(a, b, x) / a
    return 1 - front * _fraction(b, a, 1 - x) / b


def two_sided(t: float, freedom: int) -> float:
    """Probability of a value at least as far from 0 as t."""
    if math.isinf(t):
        return 0.0
    if t * t < freedom:  # the complement keeps its digits here
        return 1 - _incomplete_beta(0.5, freedom / 2, t * t / (freedom + t * t))
    return _incomplete_beta(freedom / 2, 0.5, freedom / (freedom + t * t))


def quantile(tail: float, freedom: int) -> float:
    """The positive value that a share `tail` of the distribution lies beyond, on either side together."""
    low, high = 0.0, 1.0
    while two_sided(high, freedom) > tail:
        high *= 2
    while True:
        middle = (low + high) / 2
        if middle in (low, high):
            return middle
        low, high = (middle, high) if two_sided(middle, freedom) > tail else (low, middle)
