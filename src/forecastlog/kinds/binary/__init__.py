"""Binary predictions: a claim turns out true or false, and a forecast is its probability."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING

from forecastlog.column import Column, figure, flag, score, share
from forecastlog.keys import Key
from forecastlog.kinds.kind import Kind, Misfit, Row, Said, unread
from forecastlog.model.forecasts import Forecast, Says
from forecastlog.model.records import Prediction
from forecastlog.phrasing import exact_percent, percent
from forecastlog.values import PROBABILITY, Reader, Unreadable, choice, offer
from forecastlog.vocabulary.deadlines import HOLDS, STATUS_QUO
from forecastlog.vocabulary.outcomes import OUTCOMES
from forecastlog.vocabulary.thresholds import NOTHING_CHANGES
from forecastlog.vocabulary.word import alternatives

if TYPE_CHECKING:
    from forecastlog.kinds.kind import Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance(Says):
    """A probability and the band in which it lies; a bare "may" has only the band."""

    probability: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def definite(self) -> bool:
        """Whether there is a probability."""
        return self.probability is not None

    @property
    def identity(self) -> tuple[tuple[str, object], ...]:
        """The probability: a better reading of the band changes no address."""
        return (("probability", self.probability),)


def chance(forecast: Forecast | None) -> Chance:
    """What a forecast of a binary prediction says; of any other, and of none, nothing."""
    return forecast.says if forecast and isinstance(forecast.says, Chance) else Chance()


def _share(outcome: str) -> float | None:
    """The share that an outcome is; None for words."""
    return float(outcome) if re.fullmatch(r"0(\.\d+)?|1(\.0+)?", outcome, re.ASCII) else None


def _outcome(text: str) -> str:
    if text in OUTCOMES or _share(text) is not None:
        return text
    raise Unreadable(
        "P107", "unknown outcome '{text}'", offer(text, tuple(OUTCOMES))[:-1] + ", or a share such as 0.5."
    )


class Binary(Kind):
    """True or false, or a share of it."""

    name = "binary"
    meaning = "it turns out true or false"
    outcomes = f"{alternatives(OUTCOMES)}; or a share from 0 to 1"
    unchanged = alternatives(STATUS_QUO)
    how = "How likely, in the text's words; 'will' where it says it flatly"
    says = Chance
    forecast_keys = (
        Key("probability", PROBABILITY, "how likely it is said, or its words are read, to be"),
        Key("low", PROBABILITY, "the least that the words can mean"),
        Key("high", PROBABILITY, "the most that the words can mean"),
    )
    columns = (
        Column(name="probability", key="probability", value=attrgetter("probability"), listed=11, width=120),
        Column(name="low", key="low", value=attrgetter("low"), listed=12),
        Column(name="high", key="high", value=attrgetter("high"), listed=13),
    )
    score_columns = (
        share("the mean probability over the time it stood", name="probability"),
        figure("what happened: 1 yes, 0 no, or a share between", name="outcome"),
        score("(probability - outcome) squared: lower is better, from 0 to 1", name="brier"),
        score("the Brier score by the most fortunate figure within the band, from 0 to 1", name="best"),
        score("the Brier score by the least fortunate figure within the band, from 0 to 1", name="worst"),
        score(
            "minus the natural log of the probability given to what happened; empty where infinite",
            name="log",
        ),
        flag("what happened had been given no chance at all", name="log_infinite"),
        score(
            f"the Brier score of saying that nothing changes, at {NOTHING_CHANGES:.0%}, from 0 to 1",
            name="reference_brier",
        ),
    )
    figures = ("probability", "low", "high")
    by_figures = True
    headline = "brier"
    outcome = Reader(
        _outcome, {"anyOf": [{"enum": list(OUTCOMES)}, {"type": "number", "minimum": 0, "maximum": 1}]}
    )

    status_quo = choice(STATUS_QUO)

    @property
    def ways(self) -> tuple[str, ...]:
        """None: whose figure it is has to be told, or read from words."""
        return ()

    def basis(self, entry: Row) -> str:
        """A number, unless there are words, which were read."""
        return "worded" if "words" in entry else "stated"

    def lapses(self, prediction: Prediction) -> str:
        """No, or yes to what must hold throughout."""
        return HOLDS[prediction.deadline.holds].lapses

    def happens(self, prediction: Prediction) -> str:
        """Yes, or no to what must hold throughout."""
        return HOLDS[prediction.deadline.holds].happens

    def read(self, entry: Row) -> Chance | None:
        """The probability and its band."""
        probability, low, high = entry.get("probability"), entry.get("low"), entry.get("high")
        if probability is None and low is None and high is None:
            return None
        return Chance(probability=probability, low=low, high=high)

    def misfits(self, prediction: Prediction) -> Iterator[Misfit]:
        """Figures out of order."""
        for index, forecast in enumerate(prediction.forecasts):
            said = chance(forecast)
            if said.low is None and said.high is None:
                continue
            figures = [("low", said.low), ("probability", said.probability), ("high", said.high)]
            known = [(key, figure) for key, figure in figures if figure is not None]
            for (before, less), (after, more) in pairwise(known):
                if less > more:
                    message = f"'{after}' is {more:g}, below '{before}', {less:g}"
                    hint = "The order is low, probability, high."
                    yield Misfit("P110", ("forecasts", index, after), message, hint)
        yield from unread(self.outcome, prediction)

    def decided(self, prediction: Prediction, outcome: str | None) -> float | None:  # noqa: ARG002  # other kinds need it
        """1 for yes, 0 for no, else the share; None for an outcome that is neither."""
        if outcome in ("yes", "no"):
            return 1.0 if outcome == "yes" else 0.0
        return _share(outcome or "")

    def row(self, says: Says) -> tuple[float, ...]:
        """The probability and the ends of its band; both are the probability where there is no band."""
        assert isinstance(says, Chance)  # noqa: S101  # counting hands only forecasts of this kind
        assert says.probability is not None  # noqa: S101  # and only definite ones
        p = says.probability
        return p, p if says.low is None else says.low, p if says.high is None else says.high

    def scores(self, said: Sequence[Said]) -> Mapping[str, Floats]:
        """Brier and log score, and the Brier scores at the best and the worst place within the band."""
        import numpy as np

        rows = np.array([self.row(one.says) for one in said], dtype=float).reshape(-1, len(self.figures))
        outcome = np.array([self.decided(one.prediction, one.outcome) for one in said], dtype=float)
        return self.scores_of(rows, outcome)

    def scores_of(self, figures: Floats, outcome: Floats) -> Mapping[str, Floats]:
        """The same of the figures that ``row`` gives, and of what came as ``decided`` tells it."""
        from forecastlog.scoring import brier, brier_bounds, log_score

        p, low, high = figures.T
        best, worst = brier_bounds(low=low, high=high, y=outcome)
        return {
            "probability": p,
            "brier": brier(p=p, y=outcome),
            "best": best,
            "worst": worst,
            "log": log_score(p=p, y=outcome),
        }

    def headline_of(self, figures: Floats, outcome: Floats) -> Floats:
        """The Brier score alone."""
        from forecastlog.scoring import brier

        return brier(p=figures[:, 0], y=outcome)

    def stays(self, prediction: Prediction) -> bool:
        """Whether no change would bring a yes or a no."""
        return STATUS_QUO[prediction.status_quo or "unclear"].happens is not None

    def reference(self, prediction: Prediction, sure: float, says: Says | None = None) -> Chance:  # noqa: ARG002
        """The probability of what there will be if nothing changes."""
        return _if_nothing_changes(prediction.status_quo or "unclear", sure)

    def published(self, scored: Mapping[str, Floats]) -> dict[str, Sequence[float | None]]:
        """The scores, an infinite log score as a flag."""
        infinite = scored["log"] == float("inf")
        return super().published(scored) | {"log_infinite": infinite.astype(int).tolist()}

    def band(self, row: Row) -> str:
        """The ends of the band in percent."""
        low, high = row["low"], row["high"]
        return "" if low is None or high is None else f"{exact_percent(low)} to {exact_percent(high)}"

    def expected(self, prediction: Prediction, says: Says) -> str:  # noqa: ARG002
        """The probability that was given."""
        assert isinstance(says, Chance)  # noqa: S101  # as in row
        return f"gave it {percent(says.probability)}" if says.definite else "gave no figure"

    def typed(self, text: str, prediction: Prediction) -> Mapping[str, object]:  # noqa: ARG002
        """A probability as a figure; words are read on a scale, which the desk chooses."""
        return {"probability": PROBABILITY.read(text)}


@cache
def _if_nothing_changes(status_quo: str, sure: float) -> Chance:
    return Chance(probability=STATUS_QUO[status_quo].gives(sure))


BINARY = KIND = Binary()
