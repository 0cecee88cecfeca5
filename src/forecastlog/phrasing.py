"""How messages say an amount. This module imports nothing of ours, so that everybody may read it."""

from __future__ import annotations


def counted(n: int, thing: str) -> str:
    """How many of a thing there are.

    >>> counted(1, "forecast"), counted(1200, "forecast")
    ('1 forecast', '1,200 forecasts')
    """
    return f"{n:,} {thing}{'s' * (n != 1)}"
