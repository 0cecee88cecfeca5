"""The ledger against its git history: what was altered or removed after it was first committed.

Every commit is compared with its parents, record by record, so that a record that moved to another file is
not missed and one that two branches added is not doubled. A merge altered what it has from neither side: a
value that it takes from one of them counts there, where it was changed. What stands in the working tree and is not committed yet is compared as a last step.
"""

from __future__ import annotations

import subprocess
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from forecastlog.due import latest_day, prediction_standing, standing
from forecastlog.errors import Refused
from forecastlog.ledger import Loaded
from forecastlog.ledger.names import Names
from forecastlog.ledger.people import read_article
from forecastlog.ledger.source import Source
from forecastlog.model import Condition, Forecast, Prediction, Resolution, When, Window

Kind = Literal["logged", "altered", "vanished", "misdated", "late-criteria"]
Record = Condition | Prediction
Facts = Mapping[str, str]
"""What a record says in public: the path of a value, such as ``deadline.latest``, and its text."""

UNCOMMITTED = "not committed"
PUBLISHED = (
    "claim", "made", "speaker", "attribution", "negated", "given", "criteria", "settled_by", "quote", "text", "by",
    "logged", "review", "restates", "status_quo",
)  # fmt: skip
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
class _Commit:
    sha: str
    parents: tuple[str, ...]
    on: date
    by: str


@dataclass(frozen=True, slots=True)
class _Version:
    """A record at a commit: what it says in public, and the record itself."""

    facts: Facts
    record: Record


_Snapshot = Mapping[str, _Version]


@dataclass(frozen=True, slots=True)
class _Now:
    """What the ledger says on the day of the audit, by which the past is judged."""

    loaded: Loaded
    today: date

    def known(self, record_id: str) -> date | None:
        """The day on which the outcome was known."""
        current = self.loaded.ledger.get(record_id)
        if isinstance(current, Prediction):
            entry = prediction_standing(current, self.loaded.ledger, self.today).entry
        elif isinstance(current, Condition):
            entry = standing(current.resolutions, self.today).entry
        else:
            return None
        return entry.known.day if entry else None

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
    git = _Git(loaded.root)
    reader = _Reader(git, loaded.names)
    findings: list[Finding] = []
    known: set[str] = set()
    now = _Now(loaded, today)
    for commit in git.commits(since):
        parents = [reader.snapshot(parent) for parent in commit.parents]
        fork = git.fork(commit.parents)
        base = reader.snapshot(fork) if fork else {}
        findings += _compare(parents, reader.snapshot(commit.sha), commit, known, now, base=base)
    working = _Commit(UNCOMMITTED, (), today, UNCOMMITTED)
    findings += _compare([reader.snapshot("HEAD")], reader.working_tree(), working, known, now)
    return findings


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


def _compare(
    before: Sequence[_Snapshot],
    after: _Snapshot,
    commit: _Commit,
    known: set[str],
    now: _Now,
    *,
    base: _Snapshot = MappingProxyType({}),
) -> Iterator[Finding]:
    """What a commit did to what its parents said; ``base`` is where the parents of a merge come from."""
    for record_id, version in after.items():
        old = [snapshot.get(record_id) for snapshot in before]
        if not any(old):
            if record_id not in known:
                known.add(record_id)
                yield from _entered(version, commit, now)
        elif any(parent and parent.facts != version.facts for parent in old):
            yield from _alterations(old, version, base.get(record_id), commit, now)
    for record_id in dict.fromkeys(name for snapshot in before for name in snapshot if name not in after):
        old = [snapshot.get(record_id) for snapshot in before]
        if not _taken_over(None, old, base.get(record_id)):
            yield from _vanished(next(filter(None, old)), commit, now)


def _taken_over(result: object, parents: Sequence[object], base: object) -> bool:
    """Whether a merge has its ``result`` from a parent that had changed it since ``base``."""
    return len(parents) > 1 and any(parent == result and parent != base for parent in parents)


def _entered(version: _Version, commit: _Commit, now: _Now) -> Iterator[Finding]:
    record = version.record
    yield _finding(record, "logged", commit, now)
    if not isinstance(record, Prediction):
        return
    logged = record.logged.day if record.logged else None
    if logged and commit.sha != UNCOMMITTED and abs(commit.on - logged) > _CLOCKS_DIFFER:
        yield _finding(
            record, "misdated", commit, now,
            field="logged", was=logged.isoformat(), became=commit.on.isoformat(),
        )  # fmt: skip
    known = now.known(record.id)
    if known and commit.on >= known:
        yield _finding(record, "late-criteria", commit, now, field="criteria")


def _alterations(
    parents: Sequence[_Version | None],
    new: _Version,
    base: _Version | None,
    commit: _Commit,
    now: _Now,
) -> Iterator[Finding]:
    """What is no longer as a parent had it; a value that was merely added is no alteration."""
    facts = [_as_named_now(parent, new) for parent in parents if parent]
    first = _as_named_now(base, new) if base else {}
    for path in dict.fromkeys(path for parent in facts for path in parent):
        text, old = new.facts.get(path), [parent.get(path) for parent in facts]
        if _taken_over(text, old, first.get(path)):
            continue
        for was in dict.fromkeys(value for value in old if value not in (None, text)):
            yield _finding(
                new.record, "altered" if text is not None else "vanished", commit, now,
                field=path, was=was or "", became=text or "",
            )  # fmt: skip


def _as_named_now(old: _Version, new: _Version) -> Facts:
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
        candidates = [_forecast_path(name, day) for name in by for day in made]
        taken = (path for path in candidates if any(known.startswith(path) for known in new.facts))
        names[candidates[0]] = next(taken, candidates[0])
    return {_renamed(path, names): text for path, text in old.facts.items()}


def _renamed(path: str, names: Mapping[str, str]) -> str:
    """The path of a forecast's value with the forecast's new name."""
    head = path[: path.rfind("]") + 1]
    return names.get(head, head) + path[len(head) :]


def _vanished(version: _Version, commit: _Commit, now: _Now) -> Iterator[Finding]:
    yield _finding(version.record, "vanished", commit, now, field="", was=version.facts.get("claim", ""))


def _finding(
    record: Record,
    kind: Kind,
    commit: _Commit,
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


def _facts(record: Record) -> dict[str, str]:
    """What a record says in public, by path; entries of lists by what they are, not by their place."""
    facts = {
        name: "yes" if value is True else str(value)
        for name in PUBLISHED
        if (value := getattr(record, name, None)) not in (None, "", False)
    }
    if isinstance(record, Prediction):
        facts |= _window_facts(record.deadline)
        for forecast in record.forecasts:
            facts |= _entry_facts(_forecast_path(forecast.by, forecast.made), forecast, facts)
    else:
        facts["claim"] = record.text
    for entry in record.resolutions:
        facts |= _entry_facts(f"resolutions[{entry.by} {entry.recorded}]", entry, facts)
    return facts


def _forecast_path(by: str, made: When) -> str:
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


class _Reader:
    """Snapshots of the ledger's records at commits; a file's text is parsed once however often it stands."""

    def __init__(self, git: _Git, names: Names) -> None:
        self._git = git
        self._names = names
        self._parsed: dict[str, tuple[_Version, ...]] = {}
        self.snapshot = lru_cache(maxsize=64)(self._snapshot)

    def _snapshot(self, revision: str) -> _Snapshot:
        found: dict[str, _Version] = {}
        for blob in self._git.files(revision):
            if blob not in self._parsed:
                self._parsed[blob] = tuple(self._read(self._git.text(blob)))
            for version in self._parsed[blob]:
                found.setdefault(version.record.id, version)
        return found

    def working_tree(self) -> _Snapshot:
        found: dict[str, _Version] = {}
        for path in self._git.working_files():
            for version in self._read(path.read_bytes().decode("utf-8", "replace")):
                found.setdefault(version.record.id, version)
        return found

    def _read(self, text: str) -> Iterator[_Version]:
        article = read_article(Source(text, Path("history.yaml"), "history.yaml"), self._names).article
        if article:
            records: tuple[Record, ...] = (*article.conditions, *article.predictions)
            for record in records:
                yield _Version(_facts(record), record)


class _Git:
    """The few questions that are put to git, about the ledger's folder only."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        try:
            self._top = Path(self._ask("rev-parse", "--show-toplevel").strip())
            self._ask("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
        except Refused as error:
            raise Refused(
                f"{root} has no git history to audit. Run 'git init' and commit the ledger first."
            ) from error
        self._folder = self._root.relative_to(self._top.resolve()).as_posix()

    def commits(self, since: str | None) -> Iterator[_Commit]:
        """The commits that touch the ledger, parents first; parents are those of the simplified history."""
        revision = "HEAD"
        if since:
            self._check(since)
            revision = f"{since}..HEAD"
        log = self._ask(
            "log", "--reverse", "--topo-order", "--format=%H%x00%P%x00%cI%x00%an", "--full-history", "--simplify-merges",
            "--end-of-options", revision, "--", f":(top){self._folder}",
        )  # fmt: skip
        for line in log.splitlines():
            sha, parents, when, author = line.split("\0")
            day = datetime.fromisoformat(when).astimezone(UTC).date()
            yield _Commit(sha, tuple(parents.split()), day, author)

    def fork(self, parents: Sequence[str]) -> str | None:
        """The commit from which the parents of a merge come; None for anything else."""
        if len(parents) < 2:
            return None
        try:
            return self._ask("merge-base", "--octopus", *parents).split()[0]
        except (Refused, IndexError):
            return None  # histories that have nothing in common

    def files(self, revision: str) -> Iterator[str]:
        """The blobs of the ledger's articles at a revision, in the order of their paths."""
        listing = self._ask("ls-tree", "-r", "-z", "--full-tree", revision, "--", self._folder)
        for entry in listing.split("\0"):
            facts, _, path = entry.partition("\t")
            if self._is_article(path) and facts.split()[1] == "blob":
                yield facts.split()[2]

    def text(self, blob: str) -> str:
        return self._ask("cat-file", "blob", blob)

    def working_files(self) -> Iterator[Path]:
        for path in sorted(self._root.rglob("*.yaml")):
            if path.is_file() and self._is_article(
                f"{self._folder}/{path.relative_to(self._root).as_posix()}"
            ):
                yield path

    def _is_article(self, path: str) -> bool:
        inside = path.removeprefix(f"{self._folder}/") if self._folder != "." else path
        return (
            path.endswith(".yaml") and inside != "people.yaml" and not inside.startswith("imports/")
            and not any(part.startswith(".") for part in inside.split("/"))
        )  # fmt: skip

    def _check(self, revision: str) -> None:
        try:
            self._ask("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        except Refused as error:
            raise Refused(f"git knows no revision '{revision}'. 'git log --oneline' lists them.") from error

    def _ask(self, *arguments: str) -> str:
        try:
            done = subprocess.run(  # noqa: S603  # arguments are ours, revisions stand behind --end-of-options
                ["git", "-C", str(self._root), *arguments],  # noqa: S607  # git is where the user's PATH has it
                capture_output=True,
                check=False,
            )
        except FileNotFoundError as error:
            raise Refused("git is not installed, and the audit needs it.") from error
        if done.returncode:
            message = done.stderr.decode("utf-8", "replace").strip().splitlines()
            raise Refused(f"git says: {message[-1] if message else 'it failed'}.")
        return done.stdout.decode("utf-8", "replace")


def by_record(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """The findings of each record, in their order."""
    grouped: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        grouped[finding.record].append(finding)
    return grouped
