"""What a rule looks at, and how it reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from forecastlog.ledger import Loaded
from forecastlog.ledger.people import NOT_YET
from forecastlog.model import Condition, Forecast, Ledger, Prediction, Resolution
from forecastlog.problems import Problem, Severity

Place = tuple[str | int, ...]
"""A record's id and the keys and positions that lead to a value in it."""


@dataclass(frozen=True, slots=True)
class Scope:
    """A loaded ledger, and the day on which it is checked where that is known.

    What machines wrote is not checked here: a platform's records have no evidence, criteria or authors of
    ours, and what must hold for them is checked where they are read.
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
        return self.loaded.written(str(place[0]), *place[1:]) is not None

    def readable(self, *place: str | int) -> bool:
        """Whether an entry with keys stands there; if not, that is an error of its own."""
        return self.loaded.is_entry(str(place[0]), *place[1:])

    def predictions(self) -> Iterator[Prediction]:
        """The predictions that people wrote; those of kinds to come have their one fault already."""
        for article in self.ledger.articles:
            yield from (prediction for prediction in article.predictions if prediction.kind == "binary")

    def records(self) -> Iterator[Condition | Prediction]:
        """Every condition, then every prediction that can be checked."""
        yield from self.ledger.conditions
        yield from self.predictions()

    def forecasts(self) -> Iterator[tuple[Place, Prediction, Forecast]]:
        """Every forecast with its place and its prediction."""
        for prediction in self.predictions():
            for index, forecast in enumerate(prediction.forecasts):
                yield (prediction.id, "forecasts", index), prediction, forecast

    def resolutions(self) -> Iterator[tuple[Place, Condition | Prediction, Resolution]]:
        """Every whole resolution of a condition or prediction, with its place."""
        for record in self.records():
            for index, entry in enumerate(record.resolutions):
                if entry.recorded is not NOT_YET:
                    yield (record.id, "resolutions", index), record, entry


Rule = Callable[[Scope], Iterator[Problem]]
