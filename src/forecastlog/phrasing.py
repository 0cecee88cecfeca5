"""How messages and pages say an amount, a share and a day; everybody may read it."""

from __future__ import annotations

from functools import partial

from forecastlog.english import MONTHS

SPACE = "\u00a0"
"""What does not break a line. Its name would be looked up in a table that no listing needs."""


def counted(n: int, thing: str) -> str:
    """How many of a thing there are.

    >>> counted(1, "forecast"), counted(1200, "forecast")
    ('1 forecast', '1,200 forecasts')
    """
    return f"{n:,} {thing}{'s' * (n != 1)}"


def percent(share: float | None, *, digits: int | None = None, space: str = SPACE) -> str:
    r"""A share as a percent: at most so many digits, or whole where that tells it apart from 0 and 100.

    >>> percent(0.05), percent(0.005), percent(0.12345, digits=3, space=" "), percent(None)
    ('5\xa0%', '0.5\xa0%', '12.3 %', '')
    """
    if share is None:
        return ""
    value = 100 * share
    whole = digits is None and (1 <= value <= 99 or value in (0, 100))
    shown = f"{value:.0f}" if whole else f"{value:.{digits or 2}g}"
    return f"{shown}{space}%"


exact_percent = partial(percent, digits=6, space="")
"""The same with all of its digits, as people type it: 12.5%."""


def width_of(text: str) -> int:
    """The columns that a line takes on a terminal: two for wide characters, none for combining ones.

    >>> width_of("基辅"), width_of("e\u0301")
    (4, 1)
    """
    if text.isascii():
        return len(text)
    from unicodedata import (
        category,
        combining,
        east_asian_width,
    )  # a table of its own, which few messages need

    def columns(character: str) -> int:
        if combining(character) or category(character) in ("Mn", "Me", "Cf"):
            return 0
        return 2 if east_asian_width(character) in "WF" else 1

    return sum(map(columns, text))


def opening(text: str) -> str:
    """The same words at the head of a sentence.

    >>> opening("gave it 70 %")
    'Gave it 70 %'
    """
    return text[:1].upper() + text[1:]


def day(text: str | None) -> str:
    """An ISO date as people write it, as precise as it is.

    >>> day("2025-03-19"), day("2025-03"), day("2025"), day("2025-03-19T12:30:00Z")
    ('19 March 2025', 'March 2025', '2025', '19 March 2025, 12:30 UTC')
    """
    if not text:
        return ""
    text, _, time = text.replace(" ", "T").partition("T")
    parts = text.split("-")
    if len(parts) == 1 or not all(part.isdigit() for part in parts) or not 1 <= int(parts[1]) <= 12:
        return text
    named = " ".join([*(str(int(part)) for part in parts[2:3]), MONTHS[int(parts[1]) - 1], parts[0]])
    return f"{named}, {time[:5]} UTC" if time.endswith(("Z", "+00:00")) else named
