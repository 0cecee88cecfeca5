"""The ledger against its git history: what was altered or removed after it was first committed.

Every commit is compared with its parents, record by record, so that a record that moved to another file is
not missed and one that two branches added is not doubled. What was gone for a while, as when a broken file is
committed, counts by what it says when it is back. What stands in the working tree and is not committed yet is
compared as a last step.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from forecastlog.errors import Refused
from forecastlog.history.appended import Journals
from forecastlog.history.changes import changes, taken_over
from forecastlog.history.dates import entered
from forecastlog.history.facts import ENTRY
from forecastlog.history.finding import UNCOMMITTED, Finding, NoScore, Score
from forecastlog.history.git import Commit, Git
from forecastlog.history.reading import Reader
from forecastlog.history.step import Now, Scorer, Step, known_of, voices
from forecastlog.history.versions import Built, Key, Snapshot
from forecastlog.ledger import Loaded
from forecastlog.ledger.index import Index
from forecastlog.model.records import Prediction
from forecastlog.phrasing import counted


def unscored(*_: object) -> Score:
    """Stands in where nobody knows the scores."""
    return NoScore()


def audit(
    loaded: Loaded,
    *,
    today: date,
    since: str | None = None,
    score: Scorer = unscored,
    fresh: bool = False,
) -> list[Finding]:
    """Everything that git tells of the ledger's records, in the order of the commits.

    ``since`` leaves out what the commits up to that revision brought; ``score`` is asked for what a
    prediction comes to before and after a change. ``fresh`` reads every version again, whatever the index of
    files has kept. Raises Refused where there is no whole history to audit, or no such revision.
    """
    git = Git(loaded.root)
    try:
        return list(_findings(git, Now(loaded, today, score), since, None if fresh else loaded.index))
    finally:
        git.close()


def made_from(loaded: Loaded) -> tuple[str | None, bool]:
    """The commit on which the ledger stands, and whether its folder holds what is not committed.

    None without git.
    """
    try:
        git = Git(loaded.root)
        return git.head, git.changed()
    except Refused:
        return None, False


def builds_on(loaded: Loaded, commit: str) -> None:
    """Raise Refused unless today's history builds on a commit that somebody saw.

    Then it was not rewritten since.
    """
    git = Git(loaded.root)
    try:
        if not re.fullmatch(r"[0-9a-f]{7,64}", commit, re.ASCII) or not git.contains(commit):
            raise Refused(
                f"today's history does not build on {commit}. "
                "If that was ever published, the history was rewritten since, "
                "and nothing proves what it said; whoever kept a copy from then can compare."
            )
    finally:
        git.close()


def _findings(git: Git, now: Now, since: str | None, index: Index | None) -> Iterator[Finding]:
    reader, seen, journals = Reader(git, index), _Seen(since is None), Journals(git)
    last = now.today
    for commit in git.commits(since):
        parents = [reader.snapshot(parent) for parent in commit.parents]
        fork = git.fork(commit.parents)
        base = reader.snapshot(fork) if fork else Snapshot()
        step = Step(commit, parents or [Snapshot()], reader.snapshot(commit.sha, parents), now, base)
        yield from _backwards(step)
        yield from _compare(step, seen)
        yield from journals.findings(commit)
        last = max(last, commit.on)
    yield from _unreadable(git, now, last)
    head = reader.snapshot(git.head)
    working = Commit(sha=UNCOMMITTED, on=last, written=last, by=UNCOMMITTED)
    step = Step(working, [head], reader.working_tree(now.loaded.root, head), now)
    yield from _compare(step, seen)
    yield from journals.left(working, now.loaded.root)
    yield from _left(step)
    reader.keep()


def _unreadable(git: Git, now: Now, on: date) -> Iterator[Finding]:
    """Committed files with an error today.

    What cannot be read is left out of every figure, as if it were deleted.
    """
    committed = git.files(git.head)
    for problem in now.loaded.problems:
        path = Path(problem.span.path).absolute() if problem.span else None
        if problem.severity != "error" or path is None or not path.is_relative_to(now.loaded.root.absolute()):
            continue
        name = path.relative_to(now.loaded.root.absolute()).as_posix()
        if name in committed:
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


_LISTED = ("forecaster", "event")
"""Kinds of which a new entry may be listed on any day: it dates nothing."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """The records met so far, and those that were gone at a commit, with what they said before."""

    from_the_start: bool = True
    known: set[Key] = field(default_factory=set)
    gone: dict[Key, Built] = field(default_factory=dict)


def _backwards(step: Step) -> Iterator[Finding]:
    """A commit that is dated before what it builds on."""
    commit = step.commit
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


def _compare(step: Step, seen: _Seen) -> Iterator[Finding]:
    """What a commit did to what its parents said."""
    for key in step.there:
        version = step.after.records[key]
        if key[0] == "draft" or step.untouched(key, version):
            continue
        new = version.built(step.after.names)
        old = step.parents_of(key)
        if not any(old):
            yield from _appeared(step, key, new, seen)
        elif any(parent and parent.facts != new.facts for parent in old):
            yield from changes(step, key, old, step.base.built(key), new)
    seen.known.update(step.there if seen.from_the_start and seen.known else step.after.records)
    aliased = set(step.aliases.values())
    for key in step.before_it:
        if key not in step.after.records and key not in aliased:
            yield from _vanished(step, key, seen)


def _appeared(step: Step, key: Key, new: Built, seen: _Seen) -> Iterator[Finding]:
    if key in seen.gone:
        yield from changes(step, key, [seen.gone.pop(key)], None, new)
    elif key[0] == "settings":
        yield from changes(step, key, [Built({}, None)], None, new)
    elif key not in seen.known and key[0] not in _LISTED:
        yield from entered(step, key, new)


def _left(step: Step) -> Iterator[Finding]:
    """The drafts that are there today and were committed.

    Whoever keeps one until its end could keep it for ever.
    """
    for key in step.after.records:
        if key[0] == "draft" and any(step.parents_of(key)):
            past = "past its deadline and " if step.decided(key)[0] else ""
            yield step.finding(key, "draft", "harmless", why=f"{past}not published")


def _discarded(step: Step, key: Key) -> Iterator[Finding]:
    """A draft that is gone, unless it became a record or another draft."""
    there = step.after.records
    became = any(
        kind in ("prediction", "draft") and key[1] in (name, *there[kind, name].was) for kind, name in there
    )
    if not became:
        yield step.finding(key, "draft", "harmless", why="deleted, never published")


def _vanished(step: Step, key: Key, seen: _Seen) -> Iterator[Finding]:
    if key[0] == "draft":
        yield from _discarded(step, key)
        return
    old = step.parents_of(key)
    if taken_over(None, [built and built.facts for built in old], _facts(step.base.built(key))):
        return
    seen.gone[key] = built = next(filter(None, old))
    if key[0] == "settings":
        yield from changes(step, key, [built], None, Built({}, None))
    elif key[0] == "event" and (not built.facts or _called_otherwise(step, built)):
        return
    elif key[0] != "forecaster" or key[1] in set(voices(step.after)):  # whose records move is told with them
        snapshot = next(one for one in step.before if one.built(key) is built)
        text = (
            built.facts.get("claim")
            or built.facts.get("text")
            or built.facts.get("title")
            or built.facts.get("name")
            or _of_event(built)
        )
        yield step.finding(
            key, "vanished", "altered", was=text, scores=(step.score(snapshot, built), NoScore())
        )


def _called_otherwise(step: Step, event: Built) -> bool:
    """Whether an event's words stand under a name that is new; the records tell of the name themselves."""
    return any(
        kind == "event" and not any((kind, name) in one.records for one in step.before)
        for kind, name in step.after.records
        if (built := step.after.built((kind, name))) and built.facts == event.facts
    )


def _of_event(built: Built) -> str:
    return built.facts.get("ended") or built.facts.get("question") or ENTRY


def _facts(built: Built | None) -> object:
    return built.facts if built else None


def sentence(record: Prediction, findings: Iterable[Finding], loaded: Loaded, today: date) -> str:
    """The audit line of one record: when it was logged, whether its outcome was known, what changed since."""
    own: Sequence[Finding] = [
        finding for finding in findings if (finding.of, finding.record) == ("prediction", record.id)
    ]
    logged = next((finding for finding in own if finding.kind == "logged"), None)
    if logged is None:
        return "not found in the history"
    known = known_of(record, loaded.ledger, today)
    when = (
        "before the outcome was known"
        if known is None or logged.on < known
        else "after the outcome was known"
    )
    uncommitted = logged.commit == UNCOMMITTED
    told = f"{'not committed yet' if uncommitted else f'committed on {logged.on.isoformat()}'}, {when}"
    altered = [finding for finding in own if finding.change]
    if not altered:
        return f"{told}; unchanged since"
    explained = sum(not finding.breach for finding in altered)
    return f"{told}; altered since: {counted(len(altered), 'value')}, {explained} with a correction"
