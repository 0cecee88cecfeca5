"""What the ledger's records said at a commit, under the names of that day."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

from forecastlog.history.facts import Facts, facts
from forecastlog.history.git import Git
from forecastlog.keys import Table
from forecastlog.ledger.imports import IMPORTS
from forecastlog.ledger.loader import EVENTS_FILE, PEOPLE_FILE, SETTINGS_FILE
from forecastlog.ledger.names import Names
from forecastlog.ledger.people import article_of, event_of, forecaster_of, read_values
from forecastlog.ledger.reader import Values
from forecastlog.ledger.source import Source
from forecastlog.ledger.tables import (
    ARTICLE,
    CONDITION,
    DEADLINE,
    EVENT,
    EVENTS,
    FILE,
    FORECASTER,
    PEOPLE,
    PREDICTION,
)
from forecastlog.model import Article, Condition, Event, Forecaster, Ledger, Prediction
from forecastlog.problems import Problem

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
_SECTIONS: Mapping[str, Kind] = {"conditions": "condition", "predictions": "prediction"}


class Built(NamedTuple):
    """A record as it was read with the names of a day: its facts, the record itself, and its article."""

    facts: Facts
    record: Record
    article: Article | None = None


@dataclass(slots=True, eq=False)
class Version:
    """A record of one text, as written; what its names mean depends on people.yaml, so that is asked for."""

    kind: Kind
    id: str
    values: Values
    around: Values = field(default_factory=dict)
    _built: tuple[Names, Built] | None = None

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


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The records at a commit, by kind and id, and the names of that day."""

    records: Mapping[Key, Version] = field(default_factory=dict)
    names: Names = field(default_factory=Names)

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


class _File(NamedTuple):
    """What one text says, as written, and whether it could be read without a fault."""

    versions: tuple[Version, ...] = ()
    sound: bool = True


class Reader:
    """Snapshots of the ledger at commits; a text is parsed once however often it stands.

    The records of a file that cannot be read are taken to say what they said before, so that breaking a file and
    mending it with other values alters these values. ``_files`` is by blob, names as written: a run could hand it
    to the next.
    """

    def __init__(self, git: Git) -> None:
        self._git = git
        self._files: dict[tuple[_Parser, str], _File] = {}
        self._names: dict[str, Names] = {"": Names()}
        self._completed: dict[str, Snapshot] = {}
        self._read = lru_cache(maxsize=64)(self._at)

    def snapshot(self, revision: str, parents: Sequence[Snapshot] = ()) -> Snapshot:
        """The records at a revision; ``parents`` tell what those in a broken file said before."""
        if revision in self._completed:
            return self._completed[revision]
        found, doubtful = self._read(revision)
        if doubtful is None:
            return found
        self._completed[revision] = _complete(found, doubtful, parents)
        return self._completed[revision]

    def working_tree(self, root: Path, head: Snapshot) -> Snapshot:
        """The records as they stand in the folder now, committed or not."""
        texts: dict[str, str] = {}
        blobs: dict[str, str] = {}
        for path in (*root.rglob("*.yaml"), root / SETTINGS_FILE):
            name = path.relative_to(root).as_posix()
            if _parser(name) and path.is_file():
                content = path.read_bytes()
                blobs[name] = self._git.blob(content)
                texts[blobs[name]] = content.decode("utf-8", "replace")
        found, doubtful = self._snapshot(blobs, texts.__getitem__)
        return found if doubtful is None else _complete(found, doubtful, [head])

    def _at(self, revision: str) -> tuple[Snapshot, Mapping[Key, Version] | None]:
        return self._snapshot(self._git.files(revision), self._git.text)

    def _snapshot(
        self, blobs: Mapping[str, str], text: Callable[[str], str]
    ) -> tuple[Snapshot, Mapping[Key, Version] | None]:
        found: dict[Key, Version] = {}
        doubtful: dict[Key, Version] = {}
        sound = True
        for path, blob in sorted(blobs.items()):
            parse = _parser(path)
            if parse is None:
                continue
            if (parse, blob) not in self._files:
                self._files[parse, blob] = parse(text(blob))
            file = self._files[parse, blob]
            sound = sound and file.sound
            for version in file.versions:
                (found if file.sound else doubtful).setdefault(version.key, version)
        names = self._names_of(blobs.get(PEOPLE_FILE, ""))
        return Snapshot(found, names), None if sound else doubtful

    def _names_of(self, blob: str) -> Names:
        if blob not in self._names:
            listed = self._files[_people, blob].versions
            self._names[blob] = Names(forecaster_of(version.values) for version in listed)
        return self._names[blob]


_Parser = Callable[[str], _File]


def _parser(path: str) -> _Parser | None:
    if path == PEOPLE_FILE:
        return _people
    if path == EVENTS_FILE:
        return _events
    if path == SETTINGS_FILE:
        return _settings
    return _article if _is_article(path) else None


def _is_article(path: str) -> bool:
    """Whether a path within the ledger is that of an article."""
    return (
        path.endswith(".yaml")
        and path not in (PEOPLE_FILE, EVENTS_FILE)
        and not path.startswith(f"{IMPORTS}/")
        and not any(part.startswith(".") for part in path.split("/"))
    )


def _article(text: str) -> _File:
    values, sound = _values(text, FILE)
    around = values.get("article", {})
    if "id" not in around:
        return _File(sound=sound)
    versions = [Version("article", around["id"], around)]
    for section, kind in _SECTIONS.items():
        versions += [
            Version("draft" if entry.get("draft") else kind, entry["id"], entry, around)
            for entry in values.get(section, ())
            if "id" in entry
        ]
    return _File(tuple(versions), sound)


def _people(text: str) -> _File:
    return _listed(text, PEOPLE, "forecasters", "forecaster")


def _events(text: str) -> _File:
    return _listed(text, EVENTS, "events", "event")


def _listed(text: str, table: Table, section: str, kind: Kind) -> _File:
    """The entries of a file that is one list."""
    values, sound = _values(text, table)
    entries = [entry for entry in values.get(section, ()) if "id" in entry]
    return _File(tuple(Version(kind, entry["id"], entry) for entry in entries), sound)


def _values(text: str, table: Table) -> tuple[Values, bool]:
    problems: list[Problem] = []
    values, _ = read_values(Source(text, Path("history.yaml"), "history.yaml"), table, problems)
    return values, all(problem.severity != "error" for problem in problems)


def _settings(text: str) -> _File:
    try:
        values = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return _File(sound=False)
    return _File((Version("settings", SETTINGS_FILE, values),))


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


def _complete(found: Snapshot, doubtful: Mapping[Key, Version], parents: Iterable[Snapshot]) -> Snapshot:
    """What could be read, else what stood before, else what a broken file seems to say."""
    complete = dict(doubtful)
    names = found.names
    for parent in reversed(list(parents)):
        complete |= parent.records
    if not any(kind == "forecaster" for kind, _ in found.records):
        names = next((parent.names for parent in parents), names)
    complete |= found.records
    return Snapshot(complete, names)
