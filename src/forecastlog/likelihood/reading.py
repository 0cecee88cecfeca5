"""What a reading of some words can be: a likelihood, or a part that was not understood."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Likelihood:
    """How likely some words say an event is, on one scale.

    ``probability``, ``low`` and ``high`` lie between 0 and 1. ``basis`` is ``stated`` (a figure),
    ``worded`` (a phrase of the scale), ``asserted`` (a bare will or will not) or ``possible`` (a bare may,
    might, could), and only a ``possible`` has no probability. ``anchor`` names the entry of the scale that
    gave the figures; ``rule`` says how ("phrase", "very", "not", "percent", ...; joined by "+"). ``note`` is
    what has to be known beside the figure: that a bookmaker's margin is in it.
    A scale that gives a figure without a band has low = probability = high.
    """

    probability: float | None
    low: float
    high: float
    basis: str
    anchor: str
    scale: str
    rule: str
    words: str
    note: str = ""

    def __post_init__(self) -> None:
        inner = self.low if self.probability is None else self.probability
        if not 0 <= self.low <= inner <= self.high <= 1:
            raise ValueError(f"not in order between 0 and 1: {self.low}, {self.probability}, {self.high}")


@dataclass(frozen=True, slots=True)
class Unread:
    """The part of a phrase that was not understood, as it was typed, and why.

    >>> print(Unread("remains to be seen", "there is no likelihood in it"))
    "remains to be seen": there is no likelihood in it
    """

    part: str
    reason: str

    def __str__(self) -> str:
        return f'"{self.part}": {self.reason}'


@dataclass(frozen=True, slots=True)
class Span:
    """A likelihood at text[start:end], and its reading; an Unread looks like a likelihood and is none.

    ``negated`` tells whether the words hold a denial ("not likely", "will not").
    """

    start: int
    end: int
    words: str
    reading: Likelihood | Unread
    negated: bool

    @property
    def read(self) -> bool:
        """Whether the words were understood."""
        return isinstance(self.reading, Likelihood)
