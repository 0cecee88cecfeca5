"""Who said a forecast of the ledger in which words, with the names to show; and how it went."""

from __future__ import annotations

from forecastlog.columns.fate import Fate, Outlet, outlet_of
from forecastlog.columns.reckoned import reckoned
from forecastlog.kinds import BINARY, Said, chance
from forecastlog.model.forecasts import Forecast
from forecastlog.model.records import Article, Prediction
from forecastlog.standing.due import in_time
from forecastlog.vocabulary.forecasts import Leaning, Went
from forecastlog.voice import Voice, called
from forecastlog.went import ended, leaning, went


class ForecastOn:
    """A forecast, or a prediction that has none, beside what became of the prediction (``fate``)."""

    def __init__(self, record: Forecast | None, fate: Fate, key: str = "") -> None:
        self.record, self.fate, self.id = record, fate, key
        self.prediction, self.ledger = fate.record, fate.ledger

    @reckoned
    def article(self) -> Article | None:
        """The article that it stands in: its own, else the prediction's."""
        own = self.record.article if self.record else None
        return self.ledger.heading(own) if own else self.fate.article

    @property
    def outlet(self) -> Outlet:
        """Through whom the words come."""
        own = self.record.article if self.record else None
        return outlet_of(self.article, self.ledger) if own else self.fate.outlet

    @reckoned
    def voice(self) -> Voice:
        """Who says it in which words."""
        forecast, prediction = self.record, self.prediction
        said, outlet = forecast or prediction, self.outlet
        teller = self.ledger.listed(said.via) if said.via else outlet.authors
        return Voice(
            speaker=self.ledger.forecaster(forecast.by if forecast else prediction.speaker).name,
            attribution=said.attribution,
            teller=teller or outlet.publisher,
            stance=said.stance,
            negated=said.negated,
            direct=forecast is not None and forecast.negated and _denies(forecast),
            conditional=prediction.given is not None,
            text=said.text,
            publisher=outlet.publisher,
            origin=outlet.origin,
            quote=self._quote,
            words=forecast.words if forecast else None,
            basis=forecast.basis if forecast else None,
            probability=chance(forecast).probability,
            expected=self._expected,
            reader=self.ledger.forecaster(forecast.judged_by).name
            if forecast and forecast.judged_by
            else None,
        )

    @property
    def _expected(self) -> str | None:
        """What it says, where it is of a number, a day or one of several."""
        kind, says = self.fate.kind, self.record.says if self.record else None
        return kind.expected(self.prediction, says) if says and kind is not BINARY else None

    @property
    def _quote(self) -> str | None:
        """Its own phrase.

        The prediction's only where it is said there, by the same speaker in the same voice.
        """
        forecast, prediction = self.record, self.prediction
        if forecast is None or forecast.quote:
            return (forecast or prediction).quote
        elsewhere = forecast.url or forecast.article not in (None, prediction.article)
        return None if elsewhere or _way(forecast) != _way(prediction) else prediction.quote

    @reckoned
    def leaning(self) -> Leaning:
        """To which side of 50 % the whole of its band lies."""
        said = chance(self.record)
        return leaning(self.record.basis if self.record else None, said.probability, said.low, said.high)

    @property
    def went(self) -> Went:
        """How it went, once the scores would let it enter."""
        fate = self.fate
        timely = self.record is None or in_time(self.record, fate.stands, fate.latest)
        outcome = fate.outcome if timely else None
        if outcome is not None and self.fate.kind is not BINARY:
            return "by how far"
        return went(self.leaning, outcome)

    @property
    def came(self) -> str:
        """What came of the prediction, in a reader's words."""
        return self.fate.came

    @property
    def ended(self) -> str:
        """How it went, in its words."""
        outcome = self.fate.stands.outcome
        if self.prediction.withdrawn and not outcome:
            return ended(called(self.voice), "Taken back")
        far = self._how_far(outcome) if self.fate.status == "resolved" else None
        return ended(called(self.voice), f"{self.came}: {far}" if far else self.came)

    def _how_far(self, outcome: str | None) -> str | None:
        """How far off it was, where its kind tells that."""
        if self.record is None or self.record.says is None or not outcome:
            return None
        said = Said(self.prediction, self.record.says, outcome, self.record.made.day)
        return self.fate.kind.went(said)


def _way(said: Forecast | Prediction) -> tuple[object, ...]:
    """Who says it, and how."""
    speaker = said.by if isinstance(said, Forecast) else said.speaker
    return speaker, said.attribution, said.via, said.stance, said.negated, said.text


def _denies(forecast: Forecast) -> bool:
    """Whether the words alone mean what is stored, so that they deny the claim without a "not"."""
    from forecastlog.likelihood import parse_likelihood, scale_names

    figure = chance(forecast).probability
    if not forecast.words or figure is None or forecast.scale not in scale_names():
        return False
    read = parse_likelihood(forecast.words, forecast.scale)
    return read is not None and read.probability is not None and abs(read.probability - figure) < 1e-9
