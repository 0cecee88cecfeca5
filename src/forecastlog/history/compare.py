"""One record of a commit, by what was met before it: new, other, gone or back again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

from forecastlog.history.changes import changes, taken_over
from forecastlog.history.dates import entered
from forecastlog.history.facts import ENTRY
from forecastlog.history.finding import UNCOMMITTED, Finding, NoScore
from forecastlog.history.git import Commit
from forecastlog.history.kept import Met
from forecastlog.history.step import Step, voices
from forecastlog.history.versions import Built, Key
from forecastlog.ledger import Loaded

_LISTED = ("forecaster", "event")
"""Kinds of which a new entry may be listed on any day: it dates nothing."""


_SAID = ("claim", "text", "title", "name", "ended", "question")
"""The keys that say for a record that is gone what it was, the first that it had."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The records met so far, and those that are gone since, with what they said last."""

    from_the_start: bool = True
    known: set[Key] = field(default_factory=set)
    gone: dict[Key, Callable[[], Built]] = field(default_factory=dict)

    def meet(self, step: Step, keys: list[Key], lines: Iterable[Finding]) -> Met:
        """What a commit does to them; ``keys`` are the records that it touched and those that it lost."""
        there = step.there if self.from_the_start and self.known else step.after.records
        return Met(
            came=[key for key in there if key not in self.known],
            gone=[key for key in keys if gone(step, key)],
            back=[key for key in keys if key in self.gone and not any(step.parents_of(key))],
            number=len(keys),
            lines=list(lines),
        )

    def take(self, met: Met, step: Callable[[], Step]) -> None:
        """Go on by one commit; what a record said last is looked up where somebody asks."""
        self.known.update(met.came)
        for key in met.back:
            self.gone.pop(key, None)
        for key in met.gone:
            self.gone[key] = partial(_last_said, step, key)


def _last_said(step: Callable[[], Step], key: Key) -> Built:
    return next(filter(None, step().parents_of(key)))


def changed(step: Step) -> list[Key]:
    """The records that a commit touched, then those that are gone with it."""
    return [*step.touched, *step.lost]


def of_record(step: Step, key: Key, seen: Seen) -> Iterator[Finding]:
    """What a commit did to a record."""
    version = step.after.records.get(key)
    if version is None:
        yield from _vanished(step, key)
        return
    new, old = version.built(step.after.names), step.parents_of(key)
    if any(old):
        if any(parent and parent.facts != new.facts for parent in old):
            yield from changes(step, key, old, step.base.built(key), new)
    elif key in seen.gone:
        yield from changes(step, key, [seen.gone[key]()], None, new)
    elif key[0] == "settings":
        yield from changes(step, key, [Built({}, None)], None, new)
    elif key not in seen.known and key[0] not in _LISTED:
        yield from entered(step, key, new)


def gone(step: Step, key: Key) -> bool:
    """Whether a record is no longer there, and no branch that was merged had taken it away."""
    if key[0] == "draft" or key in step.after.records:
        return False
    said = [built and built.facts for built in step.parents_of(key)]
    return not taken_over(None, said, _facts(step.base.built(key)))


def _vanished(step: Step, key: Key) -> Iterator[Finding]:
    if key[0] == "draft":
        yield from _discarded(step, key)
        return
    if not gone(step, key):
        return
    built = next(filter(None, step.parents_of(key)))
    if key[0] == "settings":
        yield from changes(step, key, [built], None, Built({}, None))
    elif key[0] == "event" and (not built.facts or _called_otherwise(step, built)):
        return
    elif key[0] != "forecaster" or key[1] in set(voices(step.after)):  # whose records move is told with them
        snapshot = next(one for one in step.before if one.built(key) is built)
        text = next((said for key in _SAID if (said := built.facts.get(key))), ENTRY)
        yield step.finding(
            key, "vanished", "altered", was=text, scores=(step.score(snapshot, built), NoScore())
        )


def _discarded(step: Step, key: Key) -> Iterator[Finding]:
    """A draft that is gone, unless it became a record or another draft."""
    there = step.after.records
    became = any(
        kind in ("prediction", "draft") and key[1] in (name, *there[kind, name].was) for kind, name in there
    )
    if not became:
        yield step.finding(key, "draft", "harmless", why="deleted, never published")


def _called_otherwise(step: Step, event: Built) -> bool:
    """Whether an event's words stand under a name that is new; the records tell of the name themselves."""
    return any(
        kind == "event" and not any((kind, name) in one.records for one in step.before)
        for kind, name in step.after.records
        if (built := step.after.built((kind, name))) and built.facts == event.facts
    )


def _facts(built: Built | None) -> object:
    return built.facts if built else None


def drafts(step: Step) -> list[Key]:
    """The drafts that are there today and were committed."""
    return [key for key in step.after.records if key[0] == "draft" and any(step.parents_of(key))]


def left(step: Step, key: Key) -> Iterator[Finding]:
    """A draft that is still there: whoever keeps one until its end could keep it for ever."""
    past = "past its deadline and " if step.decided(key)[0] else ""
    yield step.finding(key, "draft", "harmless", why=f"{past}not published")


def backwards(commit: Commit) -> Iterator[Finding]:
    """A commit that is dated before what it builds on."""
    if commit.before:
        yield Finding(
            record="",
            of="commit",
            kind="misdated",
            level="misdated",
            on=commit.on,
            by=commit.by,
            commit=commit.sha[:12],
            field="the commit's own day",
            was=commit.on.isoformat(),
            now=commit.before.isoformat(),
            why="it is dated before a commit that it builds on",
        )


def unreadable(loaded: Loaded, committed: Callable[[], Mapping[str, str]], on: date) -> Iterator[Finding]:
    """Committed files with an error today.

    What cannot be read is left out of every figure, as if it were deleted.
    """
    for problem in loaded.problems:
        path = Path(problem.span.path).absolute() if problem.span else None
        if problem.severity != "error" or path is None or not path.is_relative_to(loaded.root.absolute()):
            continue
        name = path.relative_to(loaded.root.absolute()).as_posix()
        if name in committed():
            yield Finding(
                record="",
                of="file",
                kind="unreadable",
                level="altered",
                on=on,
                by=UNCOMMITTED,
                commit=UNCOMMITTED,
                field=f"{name}:{problem.span.line}" if problem.span else name,
                now=problem.message,
                why="what cannot be read is left out of every figure",
            )
