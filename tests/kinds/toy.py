# ruff: noqa: ARG002  # a toy has no use for most of what it is told
"""A kind that nobody needs, to show what one is: how many there are, guessed, scored by the squared error."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from forecastlog.column import count, figure
from forecastlog.keys import Key
from forecastlog.kinds.kind import Kind, Measure, Misfit, Row, Said, kept, outcome_reader
from forecastlog.model.forecasts import Says
from forecastlog.model.records import Prediction
from forecastlog.values import Reader, Unreadable


def _whole(text: str) -> int:
    if not text.isdecimal():
        raise Unreadable("P103", "{key} is no whole number: '{text}'", "Write 3.")
    return int(text)


WHOLE = Reader(_whole, {"type": "integer"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess(Says):
    """How many."""

    guess: int


class Toy(Kind):
    """How many there are."""

    name = "toy"
    meaning = "there are so many"
    outcomes = "a whole number"
    unchanged = "the last count"
    how = "How many"
    says = Guess
    forecast_keys = (Key("guess", WHOLE, "how many are guessed"),)
    columns = (count("how many are guessed", lambda says: says.guess, name="guess", listed=20, width=0),)
    score_columns = (figure("the squared error of the guess", name="squared"),)
    figures = ("guess",)
    headline = "squared"
    outcome = outcome_reader(WHOLE.read, WHOLE.schema, outcomes)
    status_quo = kept(WHOLE)

    def read(self, entry: Row) -> Guess | None:
        return Guess(guess=entry["guess"]) if "guess" in entry else None

    def misfits(self, prediction: Prediction) -> Iterator[Misfit]:
        for index, forecast in enumerate(prediction.forecasts):
            if isinstance(forecast.says, Guess) and forecast.says.guess > 9:
                yield Misfit("P110", ("forecasts", index, "guess"), "more than there can be", "At most 9.")

    def decided(self, prediction: Prediction, outcome: str | None) -> float | None:
        return float(outcome) if outcome and outcome.isdecimal() else None

    def stays(self, prediction: Prediction) -> bool:
        return prediction.status_quo is not None

    def row(self, says: Says) -> tuple[float, ...]:
        assert isinstance(says, Guess)
        return (float(says.guess),)

    def scores(self, said: Sequence[Said]) -> Mapping[str, Any]:
        import numpy as np

        return {
            "squared": np.array(
                [(self.row(one.says)[0] - float(one.outcome)) ** 2 for one in said], dtype=float
            )
        }

    def reference(self, prediction: Prediction, sure: float, says: Says | None = None) -> Guess | None:
        return Guess(guess=int(prediction.status_quo)) if prediction.status_quo else None

    def measures(self, scored: Sequence[Row], said: Sequence[Said]) -> Iterator[Measure]:
        yield Measure("mean squared error", len(scored), sum(row["squared"] for row in scored) / len(scored))

    def expected(self, prediction: Prediction, says: Says) -> str:
        return f"guessed {self.row(says)[0]:.0f}"

    def came(self, prediction: Prediction, outcome: str) -> str | None:
        return f"There were {outcome}"

    def typed(self, text: str, prediction: Prediction) -> Mapping[str, object]:
        return {"guess": WHOLE.read(text)}


KIND = Toy()
