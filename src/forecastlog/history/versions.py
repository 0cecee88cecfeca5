"""What the ledger's records said at a commit, under the names of that day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from forecastlog.history.facts import Facts, facts
from forecastlog.keys import Table
from forecastlog.ledger.names import Names
from forecastlog.ledger.reader import Values
from forecastlog.ledger.records import article_of, event_of, forecaster_of
from forecastlog.ledger.tables import (
    ARTICLE,
    CONDITION,
    DEADLINE,
    EVENT,
    FORECASTER,
    PREDICTION,
)
from forecastlog.model.ledger import Ledger
from forecastlog.model.records import Article, Condition, Event, Forecaster, Prediction

if TYPE_CHECKING:
    from forecastlog.history.reading import KeptFile

Kind = Literal["prediction", "draft", "condition", "article", "forecaster", "event", "settings"]
Key = tuple[Kind, str]
Record = Prediction | Condition | Article | Forecaster | Event | None

TABLES: Mapping[Kind, Table] = {
    "prediction": PREDICTION,
    "draft": PREDICTION,
    "condition": CONDITION,
    "article": ARTICLE,
    "forecaster": FORECASTER,
    "event": EVENT,
}


class Built(NamedTuple):
    """A record as it was read with the names of a day: its facts, the record itself, and its article."""

    facts: Facts
    record: Record
    article: Article | None = None


@dataclass(slots=True, eq=False)
class Version:
    """A record of one text, as written; what its names mean depends on people.yaml, so that is asked for.

    ``digest`` is of all that its facts follow from but names; None where that has none.
    """

    kind: Kind
    id: str
    _said: Callable[[], Values]
    _article: Callable[[], Values] = dict
    digest: bytes | None = None
    renamed: bool = False
    _values: Values | None = None
    _built: tuple[Names, Built] | None = None

    @property
    def values(self) -> Values:
        """What it says, by key."""
        if self._values is None:
            self._values = self._said()
        return self._values

    @property
    def around(self) -> Values:
        """What its article says of itself."""
        return self._article()

    def same(self, other: Version | None) -> bool:
        """Whether another one is known to say the same."""
        return other is self or (
            other is not None and self.digest is not None and other.digest == self.digest
        )

    @property
    def key(self) -> Key:
        """The kind of record and its id."""
        return self.kind, self.id

    @property
    def was(self) -> tuple[str, ...]:
        """The ids that it had before."""
        return tuple(self.values.get("was", ()))

    @property
    def mentions(self) -> Iterator[str | tuple[str, ...]]:
        """The names in it as they are written, authors of one text together."""
        if self.kind != "prediction":
            return
        yield (
            self.values.get("speaker")
            or tuple(self.around.get("authors", ()))
            or self.around.get("publisher", "")
        )
        yield from (entry["by"] for entry in self.values.get("forecasts", ()) if "by" in entry)

    def built(self, names: Names) -> Built:
        """The record under these names."""
        if self._built is None or self._built[0] is not names:
            self._built = names, _build(self, names)
        return self._built[1]


@dataclass(frozen=True, eq=False)
class Snapshot:
    """The records at a commit, by kind and id, and the names of that day."""

    records: Mapping[Key, Version] = field(default_factory=dict)
    names: Names = field(default_factory=Names)
    files: Mapping[str, KeptFile] | None = None
    """What each file says, where no record stands in two of them and none was broken."""

    @cached_property
    def renamed(self) -> tuple[Version, ...]:
        """The records that had another id once."""
        files = self.files
        if files is None:
            return tuple(version for version in self.records.values() if version.renamed)
        return tuple(version for file in files.values() for version in file.renamed)

    def of_article(self, name: str) -> Iterable[Version]:
        """The records in the file of an article; where that is not known, of all files."""
        if self.files is None:
            return self.records.values()
        homes = (file.versions for file in self.files.values() if file.versions)
        return next((versions for versions in homes if versions[0].key == ("article", name)), ())

    def apart_from(self, others: Sequence[Snapshot]) -> Iterable[Key]:
        """The records in files that are not as all others have them; all, where that is not known."""
        files = self.files
        if files is None or any(one.files is None or one.names is not self.names for one in others):
            return self.records
        there = [one.files or {} for one in others]
        return (
            version.key
            for path, file in files.items()
            if any(one.get(path) is not file for one in there)
            for version in file.versions
        )

    def built(self, key: Key) -> Built | None:
        """The record of this kind and id as it was read, or None."""
        version = self.records.get(key)
        return version.built(self.names) if version else None

    def context(self, built: Built) -> Ledger:
        """A small ledger with this record and all that its standing depends on."""
        return small_ledger(built, lambda kind, name: self.built((kind, name)))


def small_ledger(built: Built, find: Callable[[Kind, str], Built | None]) -> Ledger:
    """A ledger of one record with what its standing depends on: its condition, and what it says again."""
    record, article = built.record, built.article
    if not isinstance(record, Prediction) or article is None:
        return Ledger(articles=(article,) if article else ())
    given = find("condition", record.given) if record.given else None
    others = [given.article] if given and given.article else []
    seen, first = {record.id}, record.restates
    while first and first not in seen:
        seen.add(first)
        earlier = find("prediction", first)
        if earlier is None or not isinstance(earlier.record, Prediction) or earlier.article is None:
            break
        others.append(earlier.article)
        first = earlier.record.restates
    return Ledger(articles=(article, *others))


_LISTED: Mapping[Kind, Callable[[Values], Forecaster | Event]] = {
    "forecaster": forecaster_of,
    "event": event_of,
}


def _build(version: Version, names: Names) -> Built:
    if version.kind == "settings":
        return Built(dict(_flat(version.values)), None)
    if listed := _LISTED.get(version.kind):
        return Built(facts(TABLES[version.kind], version.values), listed(version.values))
    if version.kind == "article":
        article = article_of({"article": version.values}, names)
        return Built(facts(ARTICLE, version.values), article, article)
    section = "conditions" if version.kind == "condition" else "predictions"
    article = article_of({"article": version.around, section: (version.values,)}, names)
    if article is None:  # never: a version without an article's id is not made
        return Built({}, None)
    if version.kind == "condition":
        said = facts(CONDITION, version.values) | {"article": article.id}
        return Built(said, article.conditions[0], article)
    prediction = article.predictions[0]
    return Built(
        facts(PREDICTION, _in_full(version.values, prediction)) | {"article": article.id}, prediction, article
    )


def _in_full(values: Values, record: Prediction) -> Values:
    """What a prediction says, with what follows from its article and from the names of the day.

    A forecast by the speaker, made with the prediction, names neither: a changed speaker is one alteration.
    """
    window = record.deadline
    filled = {key.name: getattr(window, key.name, None) for key in DEADLINE.keys}  # a table's keys
    deadline = {**filled, **values.get("deadline", {})}
    if window.earliest == record.made.day:
        deadline.pop("earliest", None)
    entries = []
    for entry, forecast in zip(values.get("forecasts", ()), record.forecasts, strict=True):
        own = {"by": forecast.by if forecast.by != record.speaker else None}
        day = {"made": forecast.made if forecast.made != record.made else None}
        entries.append({**entry, **own, **day, "basis": forecast.basis})
    return {
        **values,
        "speaker": record.speaker,
        "made": record.made,
        "text": record.text,
        "deadline": deadline,
        "forecasts": tuple(entries),
    }


def _flat(values: Mapping[str, object], path: str = "") -> Iterator[tuple[str, str]]:
    """The settings as facts; lists of entries, such as corrections, are numbered."""
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{path}{key}.")
        elif isinstance(value, list):
            for number, item in enumerate(value, 1):
                if isinstance(item, Mapping):
                    yield from _flat(item, f"{path}{key}[{number}].")
                else:
                    yield f"{path}{key}[{item}]", str(item)
        else:
            yield f"{path}{key}", str(value)
