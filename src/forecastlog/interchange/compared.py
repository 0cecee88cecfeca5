"""A platform's own scores in its file, beside those that its forecasts give here."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

SHOWN = 5


def day_number(text: str) -> float:
    """A moment, or the beginning of a day, as a number of days on one clock.

    >>> day_number("2025-01-02T12:00:00Z") - day_number("2025-01-01")
    1.5
    """
    time = datetime.fromisoformat(text)
    return (time if time.tzinfo else time.replace(tzinfo=UTC)).timestamp() / 86400


@dataclass(slots=True)
class Compared:
    """How many scores were compared, and those that differ by more than ``within``."""

    what: str
    within: float
    n: int = 0
    others: list[str] = field(default_factory=list)

    def add(self, question: str, theirs: float, ours: float) -> None:
        """One score of the file and ours."""
        self.n += 1
        if math.isnan(ours) or abs(theirs - ours) > self.within:
            self.others.append(f"{question}: {theirs:g} there, {ours:.4f} here")

    def sentences(self) -> Iterator[str]:
        """What came out."""
        if self.n:
            equal = self.n - len(self.others)
            yield (
                f"{self.what}: {equal:,} of {self.n:,} scores in the file come out here, "
                f"within {self.within:g}."
            )
            yield from (f"  {other}" for other in self.others[:SHOWN])
            if len(self.others) > SHOWN:
                yield f"  and {len(self.others) - SHOWN:,} more."
