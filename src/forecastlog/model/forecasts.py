"""What a forecaster said of a prediction on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date

from forecastlog.model.moments import When
from forecastlog.vocabulary.articles import TextKind
from forecastlog.vocabulary.forecasts import ForecastBasis
from forecastlog.vocabulary.people import Attribution, Stance


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """That something stood in another log on a day, by whose word, and where a third party can see it."""

    on: When
    by: str
    url: str
    archive: str | None = None


@dataclass(frozen=True, slots=True)
class Says:
    """What a forecast says, in the way of its kind of prediction (see ``kinds``)."""

    @property
    def definite(self) -> bool:
        """Whether it says enough to be scored."""
        return True

    @property
    def identity(self) -> tuple[tuple[str, object], ...]:
        """The names and values that tell it from another one, as public ids need them."""
        return tuple((each.name, getattr(self, each.name)) for each in fields(self))

    @property
    def entry(self) -> Mapping[str, object]:
        """What it says as the keys of a record hold it; what it does not say is None."""
        return {each.name: getattr(self, each.name) for each in fields(self)}


@dataclass(frozen=True, slots=True)
class Terms:
    """What a prediction asks for, in the way of its kind: options, a unit (see ``kinds``)."""

    @property
    def entry(self) -> Mapping[str, object]:
        """The terms as the keys of a record hold them; what is not told is None."""
        return {each.name: getattr(self, each.name) for each in fields(self)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What a forecaster said of a prediction on a day; words are kept beside what they were read as.

    Whose words they are (``attribution``, ``via``, ``stance``, ``text``), and whether they deny the claim,
    may differ from entry to entry: a promise and its denial are two forecasts of one question. An entry of
    the prediction's own speaker that does not say is as the prediction is, one of anybody else's is in their
    own words.
    """

    prediction: str
    made: When
    by: str
    until: When | None = None
    logged: date | None = None
    logged_elsewhere: Elsewhere | None = None
    article: str | None = None
    url: str | None = None
    quote: str | None = None
    at: str | None = None
    attribution: Attribution = "author"
    via: str | None = None
    stance: Stance | None = None
    negated: bool = False
    text: TextKind = "original"
    words: str | None = None
    says: Says | None = None
    scale: str | None = None
    basis: ForecastBasis = "stated"
    judged_by: str | None = None
    outcome_known: bool | None = None
    note: str | None = None

    @property
    def definite(self) -> bool:
        """Whether it says enough to be scored."""
        return self.says is not None and self.says.definite
