"""What became of a prediction by the end of a day, reckoned once for all that is shown of it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from forecastlog.columns.reckoned import reckoned
from forecastlog.kinds import Kind, kind_of
from forecastlog.model.forecasts import Forecast
from forecastlog.model.ledger import Ledger
from forecastlog.model.records import Article, Prediction
from forecastlog.standing.due import Standing, latest_day, outcome_value, prediction_standing, said, status
from forecastlog.vocabulary.statuses import Status
from forecastlog.went import came


class Outlet(NamedTuple):
    """Through whom the words of an article come: its authors, who published it, and whom it rewrites."""

    authors: str | None = None
    publisher: str | None = None
    origin: str | None = None


class Fate:
    """A prediction at the end of a day; each fact is reckoned when somebody first asks for it."""

    def __init__(self, record: Prediction, ledger: Ledger, day: date) -> None:
        self.record, self.ledger, self.day = record, ledger, day

    @reckoned
    def article(self) -> Article | None:
        """The article it stands in."""
        return self.ledger.heading(self.record.article)

    @reckoned
    def outlet(self) -> Outlet:
        """Through whom it comes."""
        return outlet_of(self.article, self.ledger)

    @reckoned
    def kind(self) -> Kind:
        """Its kind."""
        return kind_of(self.record)

    @reckoned
    def forecast(self) -> Forecast | None:
        """What the speaker last said."""
        return said(self.record, self.ledger, self.day)

    @reckoned
    def stands(self) -> Standing:
        """What is recorded about the outcome."""
        return prediction_standing(self.record, self.ledger, self.day)

    @reckoned
    def latest(self) -> date | None:
        """The last day that counts by the generous reading."""
        return latest_day(self.record, self.ledger, self.day)

    @reckoned
    def status(self) -> Status:
        """Its status."""
        return status(self.record, self.ledger, self.day)

    @reckoned
    def outcome(self) -> float | None:
        """The outcome as a number, once the latest day has passed and the resolvers agree."""
        over = self.latest is not None and self.day > self.latest and not self.stands.contested
        return outcome_value(self.record, self.stands) if over else None

    @reckoned
    def came(self) -> str:
        """What came of it, in a reader's words."""
        return what_came(self.record, self.status, self.stands.outcome, self.stands.reason)


def outlet_of(article: Article | None, ledger: Ledger) -> Outlet:
    """Through whom an article's words come; nobody's where there is none."""
    if article is None:
        return Outlet()
    authors = " and ".join([ledger.forecaster(author).name for author in article.authors])
    return Outlet(authors or None, article.publisher, article.origin_publisher)


def what_came(prediction: Prediction, status: str, outcome: str | None, reason: str | None) -> str:
    """What came of a prediction, in a reader's words: those of its kind, where it has some."""
    own = kind_of(prediction).came(prediction, outcome) if outcome and status == "resolved" else None
    return own or came(status, outcome, reason)
