"""What people publish of their own list, beside what comes out of it.

As "of 80 % predictions, 8 right and 2 wrong".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from forecastlog.phrasing import exact_percent

_PERCENT = r"(\d{1,3}(?:\.\d+)?)\s*(?:%|per\s?cent\b)"
_RIGHT = r"(?:right|correct(?:ly)?|true|hits?|successful)"
_WRONG = r"(?:wrong|incorrect(?:ly)?|false|miss(?:es)?|failed)"
_BOTH = re.compile(
    rf"{_PERCENT}\D{{0,60}}?(\d+)\s+(?:was |were )?{_RIGHT}\D{{1,20}}?(\d+)\s+(?:was |were )?{_WRONG}",
    re.IGNORECASE,
)
_PART = re.compile(
    rf"^\W*(?:of|at|for|in)?\s*(?:my|the|all)?\s*{_PERCENT}\D{{0,40}}?(\d+)\s*(?:/|of|out of)\s*(\d+)\b",
    re.IGNORECASE,
)
SHOWN = 25
"""Figures that are counted by name; a list with more of them has no round ones."""


class Published(NamedTuple):
    """How many of those at a figure were right, as their author counts."""

    probability: float
    right: int
    n: int


def published_count(text: str) -> Published | None:
    """What a line says of the author's own record; None for any other line.

    >>> published_count("Of 80% predictions, I got 8 right and 2 wrong, for a score of 80%")
    Published(probability=0.8, right=8, n=10)
    >>> published_count("90%: 9 of 10 right").n
    10
    """
    if found := _BOTH.search(text):
        right, wrong = int(found[2]), int(found[3])
        return Published(float(found[1]) / 100, right, right + wrong)
    if (found := _PART.search(text)) and int(found[2]) <= int(found[3]) and len(text) < 100:
        return Published(float(found[1]) / 100, int(found[2]), int(found[3]))
    return None


@dataclass(slots=True)
class Counts:
    """Of each figure, how many were decided and how many of them happened."""

    published: list[Published] = field(default_factory=list)
    own: dict[float, list[int]] = field(default_factory=dict)

    def add(self, probability: float, outcome: str) -> None:
        """One line of the list and what became of it; only yes and no are counted."""
        if outcome in ("yes", "no"):
            self.own.setdefault(probability, []).append(int(outcome == "yes"))

    def sentences(self) -> Iterator[str]:
        """The counts, and whether what was published comes out of the list."""
        if self.own and len(self.own) <= SHOWN:
            told = (f"{exact_percent(p)} {sum(came)} of {len(came)}" for p, came in sorted(self.own.items()))
            yield f"Happened: {', '.join(told)}."
        if self.published:
            yield min(self._compared(folded=False), self._compared(folded=True))[1]

    def _compared(self, *, folded: bool) -> tuple[int, str]:
        """How many published counts do not come out, and the sentence on them.

        ``folded``: what was given less than a half counts as its contrary at the rest.
        """
        own: dict[float, list[int]] = {}
        for p, came in self.own.items():
            turned = folded and p < 0.5
            values = [1 - one for one in came] if turned else came
            own.setdefault(round(1 - p if turned else p, 9), []).extend(values)
        others = []
        for p, right, n in self.published:
            came = own.get(round(p, 9), [])
            if (sum(came), len(came)) != (right, n):
                others.append(f"{exact_percent(p)} {right} of {n} there, {sum(came)} of {len(came)} here")
        equal = len(self.published) - len(others)
        how = ", where what was given less than 50% counts as its contrary" if folded else ""
        sentence = f"Published counts: {equal} of {len(self.published)} come out here{how}."
        return len(others), " ".join([sentence, *(f"{other}." for other in others)])
