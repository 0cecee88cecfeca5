"""All records of a ledger, with the look-ups that everybody needs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any, NamedTuple, TypeVar

from forecastlog.model.records import Article, Condition, Event, Forecaster, Prediction
from forecastlog.model.settings import Settings

Found = TypeVar("Found")


def name_of_id(forecaster_id: str) -> str:
    """A name for people from an id that nobody has given a name.

    >>> name_of_id("ada-smith")
    'Ada Smith'
    """
    return forecaster_id.replace("-", " ").title()


class Sheet(NamedTuple):
    """One article of a ledger, read when somebody asks and let go when they are done with it.

    ``holds`` differs wherever what its file says or whom its names mean does; it is empty where nobody knows.
    """

    id: str
    holds: bytes
    read: Callable[[], Article]
    let_go: Callable[[], None] = lambda: None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """All records, with the look-ups that everybody needs.

    Ids are unique over articles, conditions and predictions; the reader reports doubles and keeps the first.
    """

    articles: tuple[Article, ...] = ()
    forecasters: tuple[Forecaster, ...] = ()
    unlisted: Mapping[str, Forecaster] = field(default_factory=dict, compare=False)
    imported: tuple[Prediction, ...] = ()
    events: tuple[Event, ...] = ()
    settings: Settings = field(default_factory=Settings)
    _by_id: dict[str, Article | Condition | Prediction] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _people: dict[str, Forecaster] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index every record by its id; a frozen value may fill its own dictionaries once."""
        for article in self.articles:
            records: tuple[Article | Condition | Prediction, ...]
            records = (article, *article.conditions, *article.predictions)
            for record in records:
                self._by_id.setdefault(record.id, record)
        for prediction in self.imported:
            self._by_id.setdefault(prediction.id, prediction)
        for forecaster in self.forecasters:
            self._people.setdefault(forecaster.id, forecaster)

    @property
    def predictions(self) -> Iterator[Prediction]:
        """Every prediction, article by article, then the imported ones."""
        for article in self.articles:
            yield from article.predictions
        yield from self.imported

    @property
    def conditions(self) -> Iterator[Condition]:
        """Every condition, article by article."""
        for article in self.articles:
            yield from article.conditions

    def undecided(self, day: date, horizon: date | None = None) -> Iterator[Condition | Prediction]:
        """Conditions, then predictions.

        All without an outcome on ``day``, due by ``horizon``, and perhaps others.

        A ledger that has facts of its records at hand leaves most of the others out; so it does in
        ``matching`` and ``hiding``.
        """
        del day, horizon
        yield from self.conditions
        yield from self.predictions

    def matching(self, tests: Mapping[str, Callable[[Any], bool]]) -> Iterator[Prediction]:
        """All predictions whose values, by their path in the record, pass the tests, and perhaps others."""
        del tests
        return self.predictions

    @property
    def counts(self) -> Mapping[str, int]:
        """How many articles, conditions and predictions there are, by these words for one."""
        records = {"article": self.headings, "condition": self.conditions, "prediction": self.predictions}
        return {kind: sum(1 for _ in found) for kind, found in records.items()}

    @property
    def speakers(self) -> list[str]:
        """Whoever speaks in a prediction, each once."""
        return list(dict.fromkeys(prediction.speaker for prediction in self.predictions))

    @property
    def hiding(self) -> Iterator[Prediction]:
        """All predictions that readers may not see on every day, and perhaps others."""
        return self.predictions

    @property
    def sheets(self) -> Iterator[Sheet]:
        """Every article by itself."""
        return (Sheet(one.id, b"", partial(_itself, one)) for one in self.articles)

    @property
    def headings(self) -> Iterator[Article]:
        """Every article, perhaps without its records."""
        return iter(self.articles)

    def heading(self, record_id: str | None) -> Article | None:
        """The article with this id, perhaps without its records, for who asks only for its own values."""
        return self.article(record_id)

    def holds(self, record_id: str) -> bytes:  # noqa: ARG002  # a ledger of files knows
        """What differs wherever the record with this id does, as a sheet has it; empty where nobody knows."""
        return b""

    @property
    def imported_ids(self) -> list[str]:
        """The id of each prediction that a machine wrote, in their order."""
        return [one.id for one in self.imported]

    def once(self, what: Hashable, make: Callable[[], Found]) -> Found:  # noqa: ARG002
        """What ``make`` gives; a ledger of few records that is soon let go remembers ``what`` it was."""
        return make()

    def without(self, ids: Collection[str]) -> Ledger:
        """The same without the articles with these ids."""
        return self.with_articles(tuple(one for one in self.articles if one.id not in ids))

    def with_articles(self, articles: tuple[Article, ...]) -> Ledger:
        """The same with other articles."""
        return replace(self, articles=articles)

    @property
    def ids(self) -> Iterator[str]:
        """The ids of articles, conditions and predictions."""
        return iter(self._by_id)

    def get(self, record_id: str) -> Article | Condition | Prediction | None:
        """The record with exactly this id."""
        return self._by_id.get(record_id)

    def article(self, record_id: str | None) -> Article | None:
        """The article with this id, or None."""
        record = self.get(record_id) if record_id else None
        return record if isinstance(record, Article) else None

    def condition(self, record_id: str | None) -> Condition | None:
        """The condition with this id, or None."""
        record = self.get(record_id) if record_id else None
        return record if isinstance(record, Condition) else None

    def forecaster(self, forecaster_id: str) -> Forecaster:
        """The listed forecaster, or one by the name that records call them, where the ledger lists none."""
        known = self._people.get(forecaster_id) or self.unlisted.get(forecaster_id)
        return known or Forecaster(id=forecaster_id, name=name_of_id(forecaster_id))

    def listed(self, name: str) -> str:
        """The name of the forecaster who is listed under this id; any other text as it is."""
        known = self._people.get(name)
        return known.name if known else name


def _itself(article: Article) -> Article:
    return article


def records_of(holder: Ledger | Article) -> Iterator[Condition | Prediction]:
    """Everything in a ledger or an article that has an outcome: the conditions, then the predictions."""
    yield from holder.conditions
    yield from holder.predictions
