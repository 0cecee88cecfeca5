"""Text on a terminal: how wide it is, how it wraps, and what of it must not reach the screen."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator

import click

from forecastlog.phrasing import width_of

HOSTILE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Controls, the marks that turn text around, and halves of characters: they could rewrite the screen."""

NARROWEST = 10
"""Narrower terminals get lines of so many columns all the same."""


def clean(text: str) -> str:
    r"""Record text with everything that a terminal would obey spelled out instead; line ends stay.

    >>> clean("red: \x1b[31m")
    'red: \\x1b[31m'
    """
    return HOSTILE.sub(lambda match: ascii(match[0])[1:-1], text.replace("\r\n", "\n").replace("\t", " "))


def flat(text: str) -> str:
    """The same on one line."""
    return " ".join(clean(text).split())


def pad(text: str, width: int, *, right: bool = False) -> str:
    """``text`` filled with spaces to ``width`` columns, to the right of them where ``right``."""
    space = " " * (width - width_of(text))
    return space + text if right else text + space


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most ``width`` columns; what is longer than a line breaks after a hyphen or where it must.

    >>> wrap("slowly, us-aid-package-2025", 10)
    ['slowly,', 'us-aid-', 'package-', '2025']
    """
    words = text.split()
    if width_of(line := " ".join(words)) <= width:
        return [line]
    lines = [""]
    for word in words:
        gap = 1 if lines[-1] else 0
        if width_of(lines[-1]) + gap + width_of(word) <= width:
            lines[-1] += " " * gap + word
            continue
        *whole, rest = _pieces(word, width)
        lines[-1:] = [*([lines[-1]] if lines[-1] else []), *whole, rest]
    return lines


def terminal_width() -> int:
    """The columns to write in: the terminal's (or COLUMNS), and 80 where there is none."""
    asked = os.environ.get("COLUMNS", "")
    if asked.isdecimal() and int(asked):
        return max(NARROWEST, int(asked))
    try:
        return max(NARROWEST, os.get_terminal_size(sys.__stdout__.fileno()).columns)  # type: ignore[union-attr]
    except (AttributeError, ValueError, OSError):  # no standard output, a closed one, or no terminal
        return 80


def in_colour() -> bool:
    """Whether standard output is a terminal whose owner has not asked for plain text."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return not plain and is_terminal()


def is_terminal() -> bool:
    """Whether a person reads standard output."""
    return bool(sys.stdout and sys.stdout.isatty())


def bold(text: str) -> str:
    """Bold where colour is wanted."""
    return click.style(text, bold=True) if in_colour() else text


def _pieces(word: str, width: int) -> Iterator[str]:
    """Parts of a long word that fit.

    Each line is broken after its last hyphen or slash, where there is one.
    """
    while width_of(word) > width:
        size = _fitting(word, width)
        at = max(word.rfind("-", 0, size), word.rfind("/", 0, size)) + 1 or size
        yield word[:at]
        word = word[at:]
    yield word


def _fitting(word: str, width: int) -> int:
    """How many characters fit; at least one, or a wide character in a single column would never end."""
    used = 0
    for index, character in enumerate(word):
        used += width_of(character)
        if used > width:
            return max(1, index)
    return len(word)
