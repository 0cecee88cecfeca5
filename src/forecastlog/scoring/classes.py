"""Scores of probabilities for several outcomes, a row at a time."""

from typing import Literal

import numpy as np

from forecastlog.scoring.inputs import (
    Flags,
    Floats,
    Integers,
    Values,
    check_probabilities,
    numbers,
    refuse,
    same_rows,
)

TOLERANCE = 1e-6  # how far a row of p may miss a sum of 1


def _checked(p: Values, y: Values) -> tuple[Floats, Integers, Flags]:
    """P as rows x K, y as an index into the row (0 where missing), and which rows are missing."""
    same_rows(p=p, y=y)
    rows, index = numbers(p, "p"), numbers(y, "y")
    if rows.ndim == 0 or rows.shape[:-1] != index.shape:
        raise ValueError(
            f"p needs a row of K probabilities for each y, but has shape {rows.shape} and y {index.shape}"
        )
    check_probabilities(rows)
    classes = rows.shape[-1]
    if classes < 2:
        raise ValueError(f"p has {classes} outcomes a row: a forecast over outcomes needs at least 2")
    wrong = ~(np.isnan(index) | ((index >= 0) & (index < classes) & (index == np.floor(index))))
    refuse(wrong, index, f"is no outcome: y is the index of what happened, from 0 to {classes - 1}")
    total = rows.sum(axis=-1)
    refuse(np.abs(total - 1) > TOLERANCE, total, "is the sum of p: the probabilities of a row sum to 1")
    missing = np.isnan(total) | np.isnan(index)
    return rows, np.where(missing, 0, index).astype(np.int64), missing


def _happened(p: Floats, y: Integers) -> Floats:
    """The probability given to what happened."""
    return np.take_along_axis(p, y[..., None], axis=-1)[..., 0]


def _with_gaps(scores: Floats, missing: Flags) -> Floats:
    return np.where(missing, np.nan, scores)[()]


def brier_multi(*, p: Values, y: Values, scale: Literal["full", "half"] = "full") -> Floats:
    """Brier score over K outcomes, the sum of (p_k - o_k)^2: 0 is best, 2 is worst (with scale="half", 1).

    Args:
        p: Probabilities, rows x K (or one row), each row summing to 1 within 1e-6; NaN where missing.
        y: Index of what happened, 0 to K - 1, a row each; NaN or None where missing.
        scale: "full" sums over the outcomes, 0 to 2, as Brier did; "half" halves it, which for two outcomes
            is the one-sided Brier score.

    Returns:
        A score a row, NaN where p or y is missing.

    Raises:
        ValueError: p outside [0, 1] or not summing to 1, y no index, or shapes that do not fit.
        TypeError: Text or dates instead of numbers.

    Source: Brier (1950), doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2.

    >>> brier_multi(p=[[0.2, 0.5, 0.3]], y=[1]).round(4)
    array([0.38])
    """
    if scale not in ("full", "half"):
        raise ValueError(f'scale is {scale!r}: it is "full" (0 to 2) or "half" (0 to 1)')
    rows, index, missing = _checked(p, y)
    others = np.square(rows)
    np.put_along_axis(others, index[..., None], 0.0, axis=-1)
    scores = np.square(1 - _happened(rows, index)) + others.sum(axis=-1)
    return _with_gaps(scores if scale == "full" else scores / 2, missing)


def log_multi(*, p: Values, y: Values) -> Floats:
    """Logarithmic score over K outcomes, -ln p_y in nats: 0 is best, infinity is worst; not clipped.

    Args:
        p: Probabilities, rows x K (or one row), each row summing to 1 within 1e-6; NaN where missing.
        y: Index of what happened, 0 to K - 1, a row each; NaN or None where missing.

    Returns:
        A score a row, NaN where p or y is missing.

    Raises:
        ValueError: p outside [0, 1] or not summing to 1, y no index, or shapes that do not fit.
        TypeError: Text or dates instead of numbers.

    Source: Good (1952), doi:10.1111/j.2517-6161.1952.tb00104.x.

    >>> log_multi(p=[[0.2, 0.5, 0.3], [1, 0, 0]], y=[1, 2]).round(4)
    array([0.6931,    inf])
    """
    rows, index, missing = _checked(p, y)
    with np.errstate(divide="ignore"):
        return _with_gaps(0.0 - np.log(_happened(rows, index)), missing)


def spherical_multi(*, p: Values, y: Values) -> Floats:
    """Spherical score over K outcomes, p_y / sqrt(sum of p_k^2): 1 is best, 0 is worst.

    Args:
        p: Probabilities, rows x K (or one row), each row summing to 1 within 1e-6; NaN where missing.
        y: Index of what happened, 0 to K - 1, a row each; NaN or None where missing.

    Returns:
        A score a row, NaN where p or y is missing.

    Raises:
        ValueError: p outside [0, 1] or not summing to 1, y no index, or shapes that do not fit.
        TypeError: Text or dates instead of numbers.

    Source: Gneiting and Raftery (2007), doi:10.1198/016214506000001437, section 3.

    >>> spherical_multi(p=[[0.2, 0.5, 0.3]], y=[1]).round(4)
    array([0.8111])
    """
    rows, index, missing = _checked(p, y)
    return _with_gaps(_happened(rows, index) / np.sqrt(np.square(rows).sum(axis=-1)), missing)


def ranked_probability(*, p: Values, y: Values, normalize: bool = False) -> Floats:
    """Ranked probability score, the sum over the K - 1 cuts of (P_k - O_k)^2: 0 is best, K - 1 is worst.

    The outcomes are ordered, so that a near miss costs less than a far one. P_k and O_k are the forecast's
    and the outcome's share at or below cut k.

    Args:
        p: Probabilities, rows x K (or one row) in the order of the outcomes; NaN where missing.
        y: Index of what happened, 0 to K - 1, a row each; NaN or None where missing.
        normalize: Divide by K - 1, so that 1 is worst.

    Returns:
        A score a row, NaN where p or y is missing.

    Raises:
        ValueError: p outside [0, 1] or not summing to 1, y no index, or shapes that do not fit.
        TypeError: Text or dates instead of numbers.

    Source: Epstein (1969), doi:10.1175/1520-0450(1969)008<0985:ASSFPF>2.0.CO;2.

    >>> ranked_probability(p=[[0.25, 0.25, 0.30, 0.20]], y=[1]).round(4)
    array([0.3525])
    """
    rows, index, missing = _checked(p, y)
    classes = rows.shape[-1]
    below = np.cumsum(rows, axis=-1)[..., :-1]
    happened = np.arange(classes - 1) >= index[..., None]
    scores = np.square(below - happened).sum(axis=-1)
    return _with_gaps(scores / (classes - 1) if normalize else scores, missing)


def ordered_brier(*, p: Values, y: Values) -> Floats:
    """Mean over the K - 1 cuts of the two-sided Brier score on (below, above): 0 is best, 2 is worst.

    The scoring of ordered questions on forecasting platforms: 2 / (K - 1) times the ranked probability score.

    Args:
        p: Probabilities, rows x K (or one row) in the order of the outcomes; NaN where missing.
        y: Index of what happened, 0 to K - 1, a row each; NaN or None where missing.

    Returns:
        A score a row, NaN where p or y is missing.

    Raises:
        ValueError: p outside [0, 1] or not summing to 1, y no index, or shapes that do not fit.
        TypeError: Text or dates instead of numbers.

    Source: Jose, Nau and Winkler (2009), doi:10.1287/mnsc.1080.0955, on scores that are sensitive to
    distance.

    >>> ordered_brier(p=[[0.25, 0.25, 0.30, 0.20]] * 2, y=[1, 0]).round(4)
    array([0.235 , 0.5683])
    """
    return 2 * ranked_probability(p=p, y=y, normalize=True)
