"""What the ledger's records said in public at a commit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path

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


class Reader:
    """Snapshots of the ledger's records at commits; a file's text is parsed once however often it stands."""

    def __init__(self, git: Git, names: Names) -> None:
        self._git = git
        self._names = names
        self._parsed: dict[str, tuple[Version, ...]] = {}
        self.snapshot = lru_cache(maxsize=64)(self._snapshot)

    def _snapshot(self, revision: str) -> Snapshot:
        found: dict[str, Version] = {}
        for blob in self._git.files(revision):
            if blob not in self._parsed:
                self._parsed[blob] = tuple(self._read(self._git.text(blob)))
            for version in self._parsed[blob]:
                found.setdefault(version.record.id, version)
        return found

    def working_tree(self) -> Snapshot:
        """The records as they stand in the folder now, committed or not."""
        found: dict[str, Version] = {}
        for path in self._git.working_files():
            for version in self._read(path.read_bytes().decode("utf-8", "replace")):
                found.setdefault(version.record.id, version)
        return found

    def _read(self, text: str) -> Iterator[Version]:
        article = read_article(Source(text, Path("history.yaml"), "history.yaml"), self._names).article
        if article:
            records: tuple[Record, ...] = (*article.conditions, *article.predictions)
            for record in records:
                yield Version(facts_of(record), record)


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
        name: "yes" if value is True else str(value)
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
    kept = ("words", "probability", "low", "high", "outcome", "reason", "happened", "known")
    present = {field.name for field in fields(entry)}
    return {
        f"{free}.{name}": f"{value:g}" if isinstance(value, float) else str(value)
        for name in kept
        if name in present and (value := getattr(entry, name)) is not None
    }
