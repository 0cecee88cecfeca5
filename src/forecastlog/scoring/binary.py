"""Scores of a probability for "yes", a row at a time."""

from typing import NamedTuple

import numpy as np

from forecastlog.scoring.inputs import Floats, Values, check_outcomes, check_probabilities, refuse, together
from forecastlog.scoring.inputs import probabilities_and_outcomes as checked


def brier_rows(p: Floats, y: Floats) -> Floats:
    """(p - y)^2, unchecked."""
    return np.square(p - y)


def log_rows(p: Floats, y: Floats) -> Floats:
    """-(y ln p + (1 - y) ln(1 - p)), unchecked, where 0 ln 0 is 0."""
    yes, no = np.zeros(np.shape(p)), np.zeros(np.shape(p))
    with np.errstate(divide="ignore"):
        np.log(p, out=yes, where=~(y == 0))
        np.log1p(-p, out=no, where=~(y == 1))
    return 0.0 - (y * yes + (1 - y) * no)  # 0.0 - x, since -x would give -0.0


def spherical_rows(p: Floats, y: Floats) -> Floats:
    """(y p + (1 - y)(1 - p)) / sqrt(p^2 + (1 - p)^2), unchecked."""
    return (y * p + (1 - y) * (1 - p)) / np.sqrt(p * p + (1 - p) * (1 - p))


def brier(*, p: Values, y: Values) -> Floats:
    """One-sided Brier score of each row, (p - y)^2: 0 is best, 1 is worst.

    Other conventions are in use: summed over yes and no it is twice this (0 to 2); some report 1 minus a
    mean.

    Args:
        p: Probabilities of "yes" in [0, 1], any shape; NaN or None where missing.
        y: Outcomes, the same shape: 1, 0, True, False, or a share between; NaN or None where missing.

    Returns:
        The scores as an array of that shape, NaN where p or y is missing.

    Raises:
        ValueError: p or y outside [0, 1] (the message names the row), or shapes that differ.
        TypeError: Text or dates instead of numbers.

    Source: Brier (1950), doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2.

    >>> brier(p=[0.8, 0.8, None], y=[1, 0, 1]).round(2)
    array([0.04, 0.64,  nan])
    """
    return brier_rows(*checked(p, y))[()]


def log_score(*, p: Values, y: Values, clip: float | None = None) -> Floats:
    """Logarithmic score of each row, -(y ln p + (1 - y) ln(1 - p)) in nats: 0 is best, infinity is worst.

    It is not clipped: a probability of 0 for what happened scores infinity. `clip=0.01` moves p into
    [0.01, 0.99] first.

    Args:
        p: Probabilities of "yes" in [0, 1], any shape; NaN or None where missing.
        y: Outcomes, the same shape, in [0, 1]; NaN or None where missing.
        clip: None, or how far p is kept from 0 and 1 (between 0 and 0.5).

    Returns:
        The scores as an array of that shape, NaN where p or y is missing.

    Raises:
        ValueError: p, y or clip out of range, or shapes that differ.
        TypeError: Text or dates instead of numbers.

    Source: Good (1952), doi:10.1111/j.2517-6161.1952.tb00104.x.

    >>> log_score(p=[0.5, 0.0, 1.0], y=[1, 1, 1]).round(4)
    array([0.6931,    inf, 0.    ])
    >>> log_score(p=[0.0], y=[1], clip=0.01).round(4)
    array([4.6052])
    """
    p, y = checked(p, y)
    return log_rows(clipped(p, clip), y)[()]


def clipped(p: Floats, clip: float | None) -> Floats:
    """Move p into [clip, 1 - clip], on both sides; None leaves it alone."""
    if clip is None:
        return p
    if not 0 <= clip < 0.5:
        raise ValueError(f"clip is {clip}: it is how far p is kept from 0 and 1, so from 0 to below 0.5")
    return np.clip(p, clip, 1 - clip)


def spherical(*, p: Values, y: Values) -> Floats:
    """Spherical score of each row, (y p + (1 - y)(1 - p)) / sqrt(p^2 + (1 - p)^2): 1 is best, 0 is worst.

    Args:
        p: Probabilities of "yes" in [0, 1], any shape; NaN or None where missing.
        y: Outcomes, the same shape, in [0, 1]; NaN or None where missing.

    Returns:
        The scores as an array of that shape, NaN where p or y is missing.

    Raises:
        ValueError: p or y outside [0, 1], or shapes that differ.
        TypeError: Text or dates instead of numbers.

    Source: Gneiting and Raftery (2007), doi:10.1198/016214506000001437, section 3.

    >>> spherical(p=[0.8, 0.5, 1.0], y=[1, 0, 0]).round(4)
    array([0.9701, 0.7071, 0.    ])
    """
    return spherical_rows(*checked(p, y))[()]


class Bounds(NamedTuple):
    """The lowest (best) and highest (worst) Brier score that a range of probabilities allows."""

    best: Floats
    worst: Floats


def brier_bounds(*, low: Values, high: Values, y: Values) -> Bounds:
    """Best and worst (p - y)^2 over every p in [low, high], a row at a time.

    Args:
        low: Lower ends in [0, 1], any shape; NaN or None where missing.
        high: Upper ends, the same shape, at least `low`.
        y: Outcomes, the same shape, in [0, 1].

    Returns:
        (best, worst), each an array of that shape, NaN where an argument is missing.

    Raises:
        ValueError: Values outside [0, 1], low above high, or shapes that differ.
        TypeError: Text or dates instead of numbers.

    >>> bounds = brier_bounds(low=[0.05], high=[0.20], y=[0])
    >>> bounds.best.round(4), bounds.worst.round(4)
    (array([0.0025]), array([0.04]))
    """
    lower, upper, happened = together(low=low, high=high, y=y)
    check_probabilities(lower, "low")
    check_probabilities(upper, "high")
    check_outcomes(happened)
    refuse(lower > upper, lower, "as low lies above high")
    nearest = np.clip(happened, lower, upper)
    worst = np.maximum(brier_rows(lower, happened), brier_rows(upper, happened))
    return Bounds(brier_rows(nearest, happened)[()], worst[()])
