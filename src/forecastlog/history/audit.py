"""The ledger against its git history: what was altered or removed after it was first committed.

Every commit is compared with its parents, record by record, so that a record that moved to another file is
not missed and one that two branches added is not doubled. A merge altered what it has from neither side: a
value that it takes from one of them counts there, where it was changed. What was gone for a while, as when a
broken file is committed, counts by what it says when it is back. What stands in the working tree and is not
committed yet is compared as a last step.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType
from typing import Literal

from forecastlog.due import known_day, latest_day, prediction_standing, standing
from forecastlog.history.git import Commit, Git
from forecastlog.history.versions import Reader, Record, Snapshot, Version, as_named_now, forecast_path
from forecastlog.ledger import Loaded
from forecastlog.model import Condition, Prediction

Kind = Literal["logged", "altered", "vanished", "misdated", "late-criteria"]

UNCOMMITTED = "not committed"
_CLOCKS_DIFFER = timedelta(days=1)
"""A commit's day is in UTC, a record's in its author's time zone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that the history tells of a record.

    ``logged`` is the harmless one: when it first appeared. ``altered`` and ``vanished`` are breaches unless a
    correction tells of them (``covered``); ``misdated`` is a ``logged`` day that is not the commit's;
    ``late-criteria`` were first written when the outcome was known already.
    """

    record: str
    kind: Kind
    on: date
    by: str
    commit: str
    field: str = ""
    was: str = ""
    now: str = ""
    after_deadline: bool = False
    after_outcome: bool = False
    covered: bool = False

    @property
    def breach(self) -> bool:
        """Whether something published was changed and no correction says so."""
        return self.kind in ("altered", "vanished") and not self.covered


@dataclass(frozen=True, slots=True)
class _Now:
    """What the ledger says on the day of the audit, by which the past is judged."""

    loaded: Loaded
    today: date

    def known(self, record_id: str) -> date | None:
        """The day on which the outcome was known."""
        current = self.loaded.ledger.get(record_id)
        if isinstance(current, Prediction):
            ledger = self.loaded.ledger
            stands = prediction_standing(current, ledger, self.today)
            return known_day(stands, latest_day(current, ledger, self.today), current.deadline.holds)
        if isinstance(current, Condition):
            return known_day(standing(current.resolutions, self.today), None)
        return None

    def deadline(self, record: Record) -> date | None:
        """The last day that counted, by the record as it was."""
        if isinstance(record, Prediction):
            return latest_day(record, self.loaded.ledger, self.today)
        return record.by

    def covers(self, record_id: str, field: str, was: str) -> bool:
        """Whether a correction of the record names the field and what it said."""
        current = self.loaded.ledger.get(record_id)
        if not isinstance(current, Prediction):
            return False
        names = {field, field.partition(".")[0], field.rpartition(".")[2]}
        return any(
            correction.field in names and _folded(correction.was) == _folded(was)
            for correction in current.corrections
        )


def audit(loaded: Loaded, *, today: date, since: str | None = None) -> list[Finding]:
    """Everything that git tells of the ledger's records, in the order of the commits.

    ``since`` leaves out what the commits up to that revision brought. Raises Refused where the ledger is not
    in a git repository, or the revision is unknown.
    """
    git = Git(loaded.root)
    try:
        return list(_findings(git, Reader(git, loaded.names), _Now(loaded, today), since))
    finally:
        git.close()


def _findings(git: Git, reader: Reader, now: _Now, since: str | None) -> Iterator[Finding]:
    seen = _Seen()
    for commit in git.commits(since):
        parents = [reader.snapshot(parent) for parent in commit.parents]
        fork = git.fork(commit.parents)
        base = reader.snapshot(fork) if fork else {}
        yield from _compare(parents, reader.snapshot(commit.sha, parents), commit, seen, now, base=base)
    head = reader.snapshot(git.head)
    working = Commit(UNCOMMITTED, (), now.today, UNCOMMITTED)
    yield from _compare([head], reader.working_tree(head), working, seen, now)


def sentence(record: Record, findings: Iterable[Finding], loaded: Loaded, today: date) -> str:
    """The audit line of one record: when it was logged, whether its outcome was known, what changed since."""
    own = [finding for finding in findings if finding.record == record.id]
    logged = next((finding for finding in own if finding.kind == "logged"), None)
    if logged is None:
        return "not found in the history"
    known = _Now(loaded, today).known(record.id)
    when = (
        "before the outcome was known"
        if known is None or logged.on < known
        else "after the outcome was known"
    )
    told = f"{'not committed yet' if logged.commit == UNCOMMITTED else f'committed on {logged.on.isoformat()}'}, {when}"
    changes = [finding for finding in own if finding.kind in ("altered", "vanished")]
    if not changes:
        return f"{told}; unchanged since"
    covered = sum(finding.covered for finding in changes)
    return (
        f"{told}; altered since: {len(changes)} value{'s' * (len(changes) != 1)}, {covered} with a correction"
    )


@dataclass(frozen=True, slots=True)
class _Seen:
    """The records met so far, and those that were gone at a commit, with what they said before."""

    known: set[str] = field(default_factory=set)
    gone: dict[str, Version] = field(default_factory=dict)


def _compare(
    before: Sequence[Snapshot],
    after: Snapshot,
    commit: Commit,
    seen: _Seen,
    now: _Now,
    *,
    base: Snapshot = MappingProxyType({}),
) -> Iterator[Finding]:
    """What a commit did to what its parents said; ``base`` is where the parents of a merge come from."""
    for record_id, version in after.items():
        if len(before) == 1 and before[0].get(record_id) is version:
            continue  # nearly all records at nearly every commit
        old = [snapshot.get(record_id) for snapshot in before]
        if not any(old):
            if record_id not in seen.known:
                yield from _entered(version, commit, now)
            elif record_id in seen.gone:
                yield from _alterations([seen.gone.pop(record_id)], version, None, commit, now)
        elif any(parent and parent is not version and parent.facts != version.facts for parent in old):
            yield from _alterations(old, version, base.get(record_id), commit, now)
            present = [parent for parent in old if parent]
            yield from _late_criteria(version, present, commit, now)
            yield from _new_forecasts(version, present, commit, now)
    seen.known.update(after)
    for record_id in dict.fromkeys(name for snapshot in before for name in snapshot if name not in after):
        old = [snapshot.get(record_id) for snapshot in before]
        if not _taken_over(None, old, base.get(record_id)):
            version = next(filter(None, old))
            seen.gone[record_id] = version
            yield _vanished(version, commit, now)


def _taken_over(result: object, parents: Sequence[object], base: object) -> bool:
    """Whether a merge has its ``result`` from a parent that had changed it since ``base``."""
    return len(parents) > 1 and any(parent == result and parent != base for parent in parents)


def _entered(version: Version, commit: Commit, now: _Now) -> Iterator[Finding]:
    record = version.record
    yield _finding(record, "logged", commit, now)
    yield from _late_criteria(version, [], commit, now)
    if isinstance(record, Prediction) and record.logged:
        yield from _misdated(record, "logged", record.logged.day, commit, now)
    yield from _new_forecasts(version, [], commit, now)


def _late_criteria(version: Version, old: Sequence[Version], commit: Commit, now: _Now) -> Iterator[Finding]:
    """Criteria that no parent had, when the outcome was known."""
    known = now.known(version.record.id)
    new = "criteria" in version.facts and not any("criteria" in parent.facts for parent in old)
    if new and known and commit.on >= known:
        yield _finding(version.record, "late-criteria", commit, now, field="criteria")


def _new_forecasts(version: Version, old: Sequence[Version], commit: Commit, now: _Now) -> Iterator[Finding]:
    """Forecasts that no parent had, where they are said to have been logged on another day.

    One that says nothing is counted as logged with its prediction: true of what came with it, not of what came
    later.
    """
    record = version.record
    if not isinstance(record, Prediction):
        return
    before = [path for parent in old for path in as_named_now(parent, version)]
    for forecast in record.forecasts:
        path = forecast_path(forecast.by, forecast.made)
        with_prediction = record.logged.day if record.logged and old else None
        logged = forecast.logged or with_prediction
        if logged and not any(known.startswith(path) for known in before):
            yield from _misdated(record, f"{path}.logged", logged, commit, now)


def _misdated(record: Record, field: str, logged: date, commit: Commit, now: _Now) -> Iterator[Finding]:
    if commit.sha != UNCOMMITTED and abs(commit.on - logged) > _CLOCKS_DIFFER:
        yield _finding(
            record, "misdated", commit, now, field=field, was=logged.isoformat(), became=commit.on.isoformat()
        )


def _alterations(
    parents: Sequence[Version | None],
    new: Version,
    base: Version | None,
    commit: Commit,
    now: _Now,
) -> Iterator[Finding]:
    """What is no longer as a parent had it; a value that was merely added is no alteration."""
    facts = [as_named_now(parent, new) for parent in parents if parent]
    first = as_named_now(base, new) if base else {}
    for path in dict.fromkeys(path for parent in facts for path in parent):
        text, old = new.facts.get(path), [parent.get(path) for parent in facts]
        if _taken_over(text, old, first.get(path)):
            continue
        for was in dict.fromkeys(value for value in old if value not in (None, text)):
            yield _finding(
                new.record, "altered" if text is not None else "vanished", commit, now,
                field=path, was=was or "", became=text or "",
            )  # fmt: skip


def _vanished(version: Version, commit: Commit, now: _Now) -> Finding:
    return _finding(version.record, "vanished", commit, now, was=version.facts.get("claim", ""))


def _finding(
    record: Record,
    kind: Kind,
    commit: Commit,
    now: _Now,
    *,
    field: str = "",
    was: str = "",
    became: str = "",
) -> Finding:
    latest, known = now.deadline(record), now.known(record.id)
    return Finding(
        record=record.id,
        kind=kind,
        on=commit.on,
        by=commit.by,
        commit=commit.sha[:12] if commit.sha != UNCOMMITTED else UNCOMMITTED,
        field=field,
        was=was,
        now=became,
        after_deadline=latest is not None and commit.on > latest,
        after_outcome=known is not None and commit.on >= known,
        covered=kind in ("altered", "vanished") and now.covers(record.id, field, was),
    )


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
