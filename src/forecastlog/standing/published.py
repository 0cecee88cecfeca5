"""What readers may see of a ledger: neither drafts nor what is withheld until a later day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from forecastlog.model.ledger import Ledger, Sheet
from forecastlog.model.records import Article, Condition, Prediction


class Hidden(NamedTuple):
    """The ids of what is hidden on a day."""

    predictions: frozenset[str] = frozenset()
    conditions: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()

    def holds(self, record: Article | Condition | Prediction) -> bool:
        """Whether a record is among it."""
        return record.id in self.predictions or record.id in self.conditions or record.id in self.articles

    def without(self, article: Article) -> Article:
        """An article without the records that are hidden."""
        predictions = tuple(one for one in article.predictions if one.id not in self.predictions)
        conditions = tuple(one for one in article.conditions if one.id not in self.conditions)
        if (len(predictions), len(conditions)) == (len(article.predictions), len(article.conditions)):
            return article
        return replace(article, predictions=predictions, conditions=conditions)


def hidden(ledger: Ledger, day: date) -> Hidden:
    """What is hidden on ``day``: predictions, and with them what stands for them alone.

    A condition on which only hidden predictions depend is hidden with them, and so is an article that holds
    nothing else, unless a forecast stands in it.
    """
    found = {one.id: one for one in ledger.hiding if is_hidden(one, day)}
    waiting = {one.given for one in found.values() if one.given}
    depending = ledger.matching({"given": waiting.__contains__}) if waiting else iter(())
    conditions = waiting - {one.given for one in depending if one.id not in found}
    of_records = Hidden(frozenset(found), frozenset(conditions))
    touched = {one.article for one in found.values()}
    touched |= {one.article for name in conditions if (one := ledger.condition(name))}
    empty = set()
    for name in touched:
        article = ledger.article(name)
        shown = of_records.without(article) if article else None
        if shown and not shown.predictions and not shown.conditions:
            empty.add(shown.id)
    return of_records._replace(articles=frozenset(empty - _cited(ledger, empty, of_records)))


def _cited(ledger: Ledger, articles: set[str], hiding: Hidden) -> set[str]:
    """Those of the articles in which a forecast of a prediction stands that readers see."""
    if not articles:
        return set()
    return {
        forecast.article
        for one in ledger.matching({"forecasts.article": lambda named: not articles.isdisjoint(named)})
        if one.id not in hiding.predictions
        for forecast in one.forecasts
        if forecast.article in articles
    }


class PublishedLedger(Ledger):
    """A ledger without what is hidden, each record read when somebody asks for it."""

    __slots__ = ("_hidden", "_hidden_in", "_whole")

    _whole: Ledger
    _hidden: Hidden
    _hidden_in: Mapping[str, list[str]]
    """The conditions that are hidden, by their article."""

    def __init__(self, whole: Ledger, hiding: Hidden) -> None:
        hidden_in: dict[str, list[str]] = {}
        for name in sorted(hiding.conditions):
            if condition := whole.condition(name):
                hidden_in.setdefault(condition.article, []).append(name)
        values = {
            "_whole": whole,
            "_hidden": hiding,
            "_hidden_in": hidden_in,
            "settings": whole.settings,
            "forecasters": whole.forecasters,
            "events": whole.events,
            "unlisted": whole.unlisted,
            "_by_id": {},
            "_people": {one.id: one for one in reversed(whole.forecasters)},
        }
        for name, value in values.items():
            object.__setattr__(self, name, value)

    @property
    def articles(self) -> tuple[Article, ...]:
        """Those that are shown, with what is shown of them."""
        return tuple(map(self._hidden.without, self._shown(self._whole.articles)))

    @property
    def sheets(self) -> Iterator[Sheet]:
        """Of the articles that are shown.

        What they hold differs with the conditions that are hidden, and with the day.
        """
        for sheet in self._whole.sheets:
            if sheet.id not in self._hidden.articles:
                less = " ".join(self._hidden_in.get(sheet.id, ())).encode()
                yield sheet._replace(
                    holds=sheet.holds and sheet.holds + less, read=partial(self._read, sheet)
                )

    def _read(self, sheet: Sheet) -> Article:
        return self._hidden.without(sheet.read())

    @property
    def headings(self) -> Iterator[Article]:
        """Those that are shown."""
        return self._shown(self._whole.headings)

    @property
    def predictions(self) -> Iterator[Prediction]:
        """Those that are shown."""
        return self._shown(self._whole.predictions)

    @property
    def conditions(self) -> Iterator[Condition]:
        """Those that are shown."""
        return self._shown(self._whole.conditions)

    def undecided(self, day: date, horizon: date | None = None) -> Iterator[Condition | Prediction]:
        """Those that are shown."""
        return self._shown(self._whole.undecided(day, horizon))

    def matching(self, tests: Mapping[str, Callable[[Any], bool]]) -> Iterator[Prediction]:
        """Those that are shown."""
        return self._shown(self._whole.matching(tests))

    @property
    def hiding(self) -> Iterator[Prediction]:
        """Those that are shown, and hidden on other days."""
        return self._shown(self._whole.hiding)

    def heading(self, record_id: str | None) -> Article | None:
        """The article, if it is shown."""
        return None if record_id in self._hidden.articles else self._whole.heading(record_id)

    @property
    def ids(self) -> Iterator[str]:
        """The ids of what is shown."""
        return (name for name in self._whole.ids if not any(name in ids for ids in self._hidden))

    def get(self, record_id: str) -> Article | Condition | Prediction | None:
        """The record, if it is shown."""
        found = self._whole.get(record_id)
        if found is None or self._hidden.holds(found):
            return None
        return self._hidden.without(found) if isinstance(found, Article) else found

    def article(self, record_id: str | None) -> Article | None:
        """The article, if it is shown."""
        record = self.get(record_id) if record_id else None
        return record if isinstance(record, Article) else None

    def condition(self, record_id: str | None) -> Condition | None:
        """The condition, if it is shown."""
        return None if record_id in self._hidden.conditions else self._whole.condition(record_id)

    def holds(self, record_id: str) -> bytes:
        """What its file does, of what is shown."""
        return b"" if any(record_id in ids for ids in self._hidden) else self._whole.holds(record_id)

    @property
    def imported_ids(self) -> list[str]:
        """Of those that are shown."""
        return [name for name in self._whole.imported_ids if name not in self._hidden.predictions]

    @property
    def imported(self) -> tuple[Prediction, ...]:
        """Those that are shown."""
        return tuple(self._shown(self._whole.imported))

    def with_articles(self, articles: tuple[Article, ...]) -> Ledger:
        """As of any ledger."""
        return self._whole.with_articles(articles)

    def _shown(self, records: Iterable[Any]) -> Iterator[Any]:
        return (record for record in records if not self._hidden.holds(record))

    def __eq__(self, other: object) -> bool:
        return self.with_articles(self.articles) == other

    __hash__ = None  # type: ignore[assignment]  # as of any ledger: it holds dictionaries


def published(ledger: Ledger, day: date) -> Ledger:
    """The ledger without what is hidden on ``day``."""
    found = hidden(ledger, day)
    return PublishedLedger(ledger, found) if found.predictions else ledger


def without_drafts(ledger: Ledger) -> Ledger:
    """The ledger as its desk goes through it: what is withheld has its day, and drafts have none."""
    return published(ledger, date.max)


def is_hidden(prediction: Prediction, day: date) -> bool:
    """Whether it is a draft, or withheld until a day after ``day``."""
    return prediction.draft or is_withheld(prediction, day)


def is_withheld(prediction: Prediction, day: date) -> bool:
    """Whether it is logged, and published on a later day than ``day``."""
    until = prediction.withheld_until
    return not prediction.draft and until is not None and day < until


def withheld(predictions: Iterable[Prediction], day: date) -> list[Prediction]:
    """Those that are logged and have their day of publication to come, the next one first."""
    found = [one for one in predictions if is_withheld(one, day)]
    return sorted(found, key=lambda one: one.withheld_until or day)
