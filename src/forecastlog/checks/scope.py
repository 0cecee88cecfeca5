"""What a rule looks at, and how it reports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from forecastlog.kinds import KINDS
from forecastlog.ledger import Loaded
from forecastlog.ledger.records import NOT_YET
from forecastlog.model.forecasts import Forecast
from forecastlog.model.ledger import Ledger
from forecastlog.model.outcomes import Resolution
from forecastlog.model.records import Condition, Prediction
from forecastlog.problems import Problem, Severity

Place = tuple[str | int, ...]
"""A record's id and the keys and positions that lead to a value in it."""


@dataclass(frozen=True, slots=True)
class Scope:
    """A loaded ledger, and the day on which it is checked where that is known.

    What machines wrote has rules of its own (``rules.OF_IMPORTED``): a platform's records have no evidence,
    criteria or authors of ours.
    """

    loaded: Loaded
    today: date | None = None

    @property
    def ledger(self) -> Ledger:
        """The records."""
        return self.loaded.ledger

    def fault(
        self, code: str, place: Place, message: str, hint: str = "", *, severity: Severity = "error"
    ) -> Problem:
        """A problem at a value, or at the nearest thing around it that is written."""
        span = self.loaded.span(str(place[0]), *place[1:])
        return Problem(code, severity, span, message, hint)

    def wrote(self, *place: str | int) -> bool:
        """Whether anything stands there, readable or not."""
        return self.loaded.said(str(place[0]), *place[1:]) is not None

    def readable(self, *place: str | int) -> bool:
        """Whether an entry with keys stands there; if not, that is an error of its own."""
        return self.loaded.is_entry(str(place[0]), *place[1:])

    def predictions(self) -> Iterator[Prediction]:
        """The predictions that people wrote and that can be checked."""
        for article in self.ledger.articles:
            yield from filter(self.covers, article.predictions)

    @staticmethod
    def covers(prediction: Prediction) -> bool:
        """Whether the rules are for it.

        Those of kinds to come have their one fault already, and drafts come later.
        """
        return prediction.kind in KINDS and not prediction.draft


def forecasts_of(prediction: Prediction) -> Iterator[tuple[Place, Forecast]]:
    """Every forecast of a prediction, with its place."""
    for index, forecast in enumerate(prediction.forecasts):
        yield (prediction.id, "forecasts", index), forecast


def entries_of(record: Condition | Prediction) -> Iterator[tuple[Place, Resolution]]:
    """Every whole resolution of a condition or prediction, with its place."""
    for index, entry in enumerate(record.resolutions):
        if entry.recorded is not NOT_YET:
            yield (record.id, "resolutions", index), entry
