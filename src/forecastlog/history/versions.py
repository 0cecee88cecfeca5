"""What the ledger's records said in public at a commit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from forecastlog.history.git import Git
from forecastlog.ledger.names import Names
from forecastlog.ledger.people import read_article
from forecastlog.ledger.source import Source
from forecastlog.model import Condition, Forecast, Prediction, Resolution, When, Window

Record = Condition | Prediction
Facts = Mapping[str, str]
"""What a record says in public: the path of a value, such as ``deadline.latest``, and its text."""

PUBLISHED = (
    "claim", "made", "speaker", "attribution", "negated", "given", "criteria", "settled_by", "quote", "text", "by",
    "logged", "review", "restates", "status_quo",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Version:
    """A record at a commit: what it says in public, and the record itself."""

    facts: Facts
    record: Record


Snapshot = Mapping[str, Version]
"""The records at a commit, by id."""


class _File(NamedTuple):
    """The records of one text, and whether it could be read without a fault."""

    versions: tuple[Version, ...]
    sound: bool


class Reader:
    """Snapshots of the ledger's records at commits; a file's text is parsed once however often it stands.

    The records of a file that cannot be read are taken to say what they said before, so that breaking a file and
    mending it with other values alters these values.
    """

    def __init__(self, git: Git, names: Names) -> None:
        self._git = git
        self._names = names
        self._parsed: dict[str, _File] = {}
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

    def working_tree(self, head: Snapshot) -> Snapshot:
        """The records as they stand in the folder now, committed or not."""
        texts = (path.read_bytes().decode("utf-8", "replace") for path in self._git.working_files())
        found, doubtful = _by_id(map(self._parse, texts))
        return found if doubtful is None else _complete(found, doubtful, [head])

    def _at(self, revision: str) -> tuple[Snapshot, Snapshot | None]:
        blobs = list(self._git.files(revision))
        for blob in blobs:
            if blob not in self._parsed:
                self._parsed[blob] = self._parse(self._git.text(blob))
        return _by_id(self._parsed[blob] for blob in blobs)

    def _parse(self, text: str) -> _File:
        read = read_article(Source(text, Path("history.yaml"), "history.yaml"), self._names)
        article = read.article
        records: tuple[Record, ...] = (*article.conditions, *article.predictions) if article else ()
        sound = all(problem.severity != "error" for problem in read.problems)
        return _File(tuple(Version(facts_of(record), record) for record in records), sound)


def _by_id(files: Iterable[_File]) -> tuple[Snapshot, Snapshot | None]:
    """The records of sound files, and those of broken ones; None where no file is broken."""
    found: dict[str, Version] = {}
    doubtful: dict[str, Version] = {}
    sound = True
    for file in files:
        sound = sound and file.sound
        for version in file.versions:
            (found if file.sound else doubtful).setdefault(version.record.id, version)
    return found, None if sound else doubtful


def _complete(found: Snapshot, doubtful: Snapshot, parents: Sequence[Snapshot]) -> Snapshot:
    """What could be read, else what stood before, else what a broken file seems to say."""
    complete: dict[str, Version] = {}
    for snapshot in (doubtful, *reversed(parents), found):
        complete |= snapshot
    return complete


def as_named_now(old: Version, new: Version) -> Facts:
    """What a version says, its forecasts under the names that they have in a newer one.

    A changed speaker or day is an alteration of its own; the forecasts that take them from it are the same.
    """
    before, after = old.record, new.record
    if not isinstance(before, Prediction) or not isinstance(after, Prediction):
        return old.facts
    if (before.speaker, before.made) == (after.speaker, after.made):
        return old.facts
    names = {}
    for forecast in before.forecasts:
        by = (forecast.by, after.speaker if forecast.by == before.speaker else forecast.by)
        made = (forecast.made, after.made if forecast.made == before.made else forecast.made)
        candidates = [forecast_path(name, day) for name in by for day in made]
        taken = (path for path in candidates if any(known.startswith(path) for known in new.facts))
        names[candidates[0]] = next(taken, candidates[0])
    return {_renamed(path, names): text for path, text in old.facts.items()}


def _renamed(path: str, names: Mapping[str, str]) -> str:
    """The path of a forecast's value with the forecast's new name."""
    head = path[: path.rfind("]") + 1]
    return names.get(head, head) + path[len(head) :]


def facts_of(record: Record) -> dict[str, str]:
    """What a record says in public, by path; entries of lists by what they are, not by their place."""
    facts = {
        name: _said(value)
        for name in PUBLISHED
        if (value := getattr(record, name, None)) not in (None, "", False)
    }
    if isinstance(record, Prediction):
        facts |= _window_facts(record.deadline)
        for forecast in record.forecasts:
            facts |= _entry_facts(forecast_path(forecast.by, forecast.made), forecast, facts)
    else:
        facts["claim"] = record.text
    for entry in record.resolutions:
        facts |= _entry_facts(f"resolutions[{entry.by} {entry.recorded}]", entry, facts)
    return facts


def forecast_path(by: str, made: When) -> str:
    """The name of a forecast among a record's facts."""
    return f"forecasts[{by} {made}]"


def _window_facts(window: Window) -> dict[str, str]:
    names = ("words", "earliest", "strict", "latest", "within")
    return {f"deadline.{name}": str(value) for name in names if (value := getattr(window, name)) is not None}


def _entry_facts(path: str, entry: Forecast | Resolution, taken: Mapping[str, str]) -> dict[str, str]:
    """The values of an entry; a second one of the same person and day is told apart by a number."""
    number, free = 1, path
    while any(known.startswith(f"{free}.") for known in taken):
        number += 1
        free = f"{path}#{number}"
    kept = (
        "words", "probability", "low", "high", "basis", "until", "logged", "outcome", "reason", "happened", "known",
        "settles",
    )  # fmt: skip
    present = {field.name for field in fields(entry)}
    return {
        f"{free}.{name}": _said(value)
        for name in kept
        if name in present and (value := getattr(entry, name)) is not None and value is not False
    }


def _said(value: object) -> str:
    if value is True:
        return "yes"
    return f"{value:g}" if isinstance(value, float) else str(value)
