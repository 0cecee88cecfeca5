"""What an importer finds in a file: questions with their forecasts and outcomes, and what it passes over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from forecastlog.phrasing import counted


class BadFile(Exception):
    """A file that is not what it is said to be; the sentence says where and what to do."""


class Question(NamedTuple):
    """A question.

    Its id on the platform (``key``), and the keys of a prediction's line that are known of it.
    """

    key: str
    keys: Mapping[str, Any]


class Guess(NamedTuple):
    """A forecast of a question, with the keys of a forecast's line."""

    question: str
    keys: Mapping[str, Any]


class Outcome(NamedTuple):
    """What became of a question, with the keys of a resolution's line."""

    question: str
    keys: Mapping[str, Any]


Item = Question | Guess | Outcome


@dataclass(slots=True)
class Report:
    """What was read and what was passed over, by reason, with the rows."""

    rows: int = 0
    new: dict[str, int] = field(default_factory=lambda: {"prediction": 0, "forecast": 0, "resolution": 0})
    there: int = 0
    counted: dict[str, tuple[int, list[int]]] = field(default_factory=dict)
    """How often something was the case, and the first rows of it."""
    notes: list[str] = field(default_factory=list)

    def skip(self, why: str, row: int | None = None) -> None:
        """Count something that is passed over; of the rows the first are kept."""
        self._count(f"Skipped{{}}: {why}.", row)

    def doubt(self, why: str, row: int | None = None) -> None:
        """Count something that is taken, and may be meant otherwise."""
        self._count(f"Taken all the same{{}}: {why}.", row)

    def _count(self, sentence: str, row: int | None) -> None:
        times, rows = self.counted.get(sentence, (0, []))
        if row is not None and len(rows) < _SHOWN:
            rows.append(row)
        self.counted[sentence] = times + 1, rows

    def note(self, sentence: str) -> None:
        """Say something once."""
        if sentence not in self.notes:
            self.notes.append(sentence)

    def sentences(self, unit: str = "row") -> Iterator[str]:
        """The report as it is printed."""
        yield from self.notes
        new = ", ".join(counted(number, name) for name, number in self.new.items())
        yield f"{counted(self.rows, unit)} read: {new} new; {counted(self.there, 'line')} there already."
        for sentence, (number, rows) in sorted(self.counted.items(), key=lambda item: -item[1][0]):
            where = ""
            if rows:
                more = f" and {number - len(rows):,} more" if number > len(rows) else ""
                where = f" (row{'s' * (number > 1)} {', '.join(f'{row:,}' for row in rows)}{more})"
            yield sentence.replace("{}", f" {number:,}{where}", 1)


_SHOWN = 8
"""The rows that are named for a reason."""
