"""The marks that the charts are drawn with.

Each gives its piece of SVG, texts escaped and numbers rounded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from xml.sax.saxutils import escape

from forecastlog.english import MONTHS
from forecastlog.phrasing import percent as percent_of

WIDTH = 440
"""The charts' width in their own units."""
OPENING = '<svg xmlns="http://www.w3.org/2000/svg" class="chart"'


def picture(name: str, height: float, title: str, told: str, body: Iterable[str]) -> str:
    """The whole chart, ``height`` tall, with the title and description that stand for it."""
    return (
        f'{OPENING} viewBox="0 0 {WIDTH} {rounded(height)}" '
        f'width="{WIDTH}" height="{rounded(height)}" role="img" aria-labelledby="{name}-title {name}-desc">'
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(told)}</desc>'
        f"{''.join(body)}</svg>"
    )


def heading(title: str) -> Iterator[str]:
    """The title at the top."""
    yield text(0, 15, title, "title")


def text(x: float, y: float, words: str, style: str, anchor: str = "start") -> str:
    """A text at a place; ``anchor`` is SVG's own word."""
    where = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text class="{style}" x="{rounded(x)}" y="{rounded(y)}"{where}>{escape(words)}</text>'


def stroke(style: str, x1: float, y1: float, x2: float, y2: float) -> str:
    """A straight line."""
    return (
        f'<line class="{style}" x1="{rounded(x1)}" y1="{rounded(y1)}" x2="{rounded(x2)}" y2="{rounded(y2)}"/>'
    )


def rect(style: str, x: float, y: float, width: float, height: float) -> str:
    """A rectangle by its upper left corner."""
    size = f'width="{rounded(width)}" height="{rounded(height)}"'
    return f'<rect class="{style}" x="{rounded(x)}" y="{rounded(y)}" {size}/>'


def dot(x: float, y: float) -> str:
    """A filled circle."""
    return f'<circle class="dot" cx="{rounded(x)}" cy="{rounded(y)}" r="4.5"/>'


def tick(x: float, y: float, half: float) -> str:
    """A short upright line, ``half`` above and below."""
    return stroke("tick", x, y - half, x, y + half)


def diamond(x: float, y: float) -> str:
    """What happened."""
    return f'<path class="happened" d="M{rounded(x)} {rounded(y - 7)}l7 7l-7 7l-7 -7z"/>'


def triangle(x: float, y: float) -> str:
    """What became known."""
    return f'<path class="known" d="M{rounded(x)} {rounded(y - 6)}l7 12h-14z"/>'


def square(x: float, y: float) -> str:
    """What was logged."""
    return rect("logged", x - 5, y - 5, 10, 10)


percent = partial(percent_of, digits=3, space=" ")
"""A share as the axes have it."""


def day(of: date) -> str:
    """A day as short as it is still clear."""
    return f"{of.day} {MONTHS[of.month - 1][:3]} {of.year}"


def shortened(text: str, most: int) -> str:
    """A text of at most so many characters."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def rounded(value: float) -> str:
    """A number with at most one decimal: the same text on every machine."""
    return f"{value:.1f}".removesuffix(".0")
