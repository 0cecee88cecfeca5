"""The walk through the history: commit after commit, and at last what is not committed.

A step is made only where something is not kept from an earlier audit, or does not hold any more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple
from functools import cache, lru_cache, partial

from forecastlog.history.appended import Journals
from forecastlog.history.compare import Seen, backwards, changed, drafts, left, of_record, unreadable
from forecastlog.history.finding import UNCOMMITTED, Finding
from forecastlog.history.git import Commit, Git
from forecastlog.history.kept import Kept, next_key
from forecastlog.history.reading import Reader, is_read
from forecastlog.history.step import Step
from forecastlog.history.today import Now
from forecastlog.history.versions import Key, Snapshot
from forecastlog.history.working import WorkingFiles
from forecastlog.ledger.index import Index

TOGETHER = 32
"""How many records are one piece of findings, kept and made anew together."""


def findings(git: Git, now: Now, since: str | None, index: Index | None) -> Iterator[Finding]:
    """Everything that git tells of the ledger's records, in the order of the commits."""
    git.whole()
    walk = _Walk(git, now, since, index)
    yield from walk.committed()
    yield from unreadable(now.loaded, partial(git.files, git.head), walk.last)
    yield from walk.uncommitted()
    walk.done()


class _Walk:
    """Where the walk is: the records met so far, and the digest of the history up to here."""

    def __init__(self, git: Git, now: Now, since: str | None, index: Index | None) -> None:
        self._git, self._now, self._index = git, now, index
        self._commits = list(git.commits(since))
        parents = {commit.sha: commit.parents for commit in self._commits}
        if self._commits:  # the last commit may have left the ledger alone, and then says what this one says
            parents.setdefault(git.head, (self._commits[-1].sha,))
        self._reader, self._journals, self._seen = (
            Reader(git, index, parents),
            Journals(git),
            Seen(since is None),
        )
        self._kept = Kept(index if since is None else None, now)
        self._key = next_key(now.judged_by, git.place)
        self._step = lru_cache(maxsize=2)(self._step_of)
        self.last = max([now.today, *(commit.on for commit in self._commits)])

    def committed(self) -> Iterator[Finding]:
        """What each commit did."""
        for commit in self._commits:
            self._key = next_key(self._key, astuple(commit))
            yield from backwards(commit)
            lines = partial(self._journals.findings, commit)
            yield from self._of(partial(self._step, commit), changed, self._of_record, lines)

    def uncommitted(self) -> Iterator[Finding]:
        """What the folder has otherwise than the last commit, and the drafts that both have."""
        commit = Commit(sha=UNCOMMITTED, on=self.last, written=self.last, by=UNCOMMITTED)
        files = WorkingFiles(self._now.loaded.root, self._git, self._index)
        committed = {path: blob for path, blob in self._git.files(self._git.head).items() if is_read(path)}
        others = sorted(path for path, _ in files.blobs.items() ^ committed.items())
        self._key = next_key(self._key, [(path, files.blobs.get(path)) for path in others])

        @cache
        def step() -> Step:
            head = self._reader.snapshot(self._git.head)
            after = self._reader.working_tree(files, head) if others else head
            return Step(commit, [head], after, self._now)

        yield from self._of(step, changed, self._of_record, of_today=True)
        yield from self._journals.left(commit, files.lines)
        self._key = next_key(self._key, "drafts")
        yield from self._of(step, drafts, left, of_today=True)

    def done(self) -> None:
        """Keep what was read and found for the next audit."""
        self._reader.keep()
        self._kept.done()

    def _of(
        self,
        step: Callable[[], Step],
        keys_of: Callable[[Step], list[Key]],
        findings_of: Callable[[Step, Key], Iterator[Finding]],
        lines: Callable[[], Iterable[Finding]] = tuple,
        *,
        of_today: bool = False,
    ) -> Iterator[Finding]:
        """The findings on the records of a step, as they were kept where these still hold."""
        met, keys = self._kept.met(self._key), None
        if met is None:
            keys = keys_of(step())
            met = self._seen.meet(step(), keys, lines())
            self._kept.keep(self._key, met)
        for first in range(0, met.number, TOGETHER):
            found = self._kept.piece(self._key, first)
            if found is None:
                keys = keys or keys_of(step())
                with self._now.noting() as asked:
                    if of_today:
                        self._now.asked.on = self._now.today
                    found = [
                        each for key in keys[first : first + TOGETHER] for each in findings_of(step(), key)
                    ]
                self._kept.keep_piece(self._key, first, asked, found)
            yield from found
        yield from met.lines
        self._seen.take(met, step)

    def _of_record(self, step: Step, key: Key) -> Iterator[Finding]:
        return of_record(step, key, self._seen)

    def _step_of(self, commit: Commit) -> Step:
        parents = [self._reader.snapshot(parent) for parent in commit.parents]
        fork = self._git.fork(commit.parents)
        base = self._reader.snapshot(fork) if fork else Snapshot()
        return Step(commit, parents or [Snapshot()], self._reader.snapshot(commit.sha), self._now, base)
