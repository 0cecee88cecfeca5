"""What machines wrote, against the history: a line is appended on the day that it says, and never changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import msgspec

from forecastlog.history.dates import dated
from forecastlog.history.finding import Finding
from forecastlog.history.git import Commit, Git
from forecastlog.ledger.imports import IMPORTS, SUFFIX
from forecastlog.model.moments import When
from forecastlog.vocabulary.audit import FindingKind, FindingLevel


class _Elsewhere(msgspec.Struct):
    by: str = ""


class _Read(msgspec.Struct):
    """What of a line is looked at."""

    id: str
    type: str = ""
    recorded: str = ""
    prediction: str = ""
    corrects: str = ""
    logged_elsewhere: _Elsewhere | None = None


class Line(NamedTuple):
    """A line at a commit.

    The record that it is of, its type, the day on which it was recorded, its whole content.
    """

    of: str
    type: str
    recorded: str
    digest: int
    witness: str
    blob: str


Lines = Mapping[str, Line]


class Journals:
    """The machines' lines at commits; a file that did not change is read once."""

    def __init__(self, git: Git) -> None:
        self._git = git
        self._read: dict[str, dict[str, Line]] = {}
        self._uncommitted: dict[str, Path] = {}
        self._decoder = msgspec.json.Decoder(_Read)

    def findings(self, commit: Commit) -> Iterator[Finding]:
        """What a commit did to the lines of its parents."""
        yield from self._compare(
            commit, [self._blobs(parent) for parent in commit.parents], self._blobs(commit.sha)
        )

    def left(self, commit: Commit, files: Mapping[str, Path]) -> Iterator[Finding]:
        """The same of the working tree against the last commit; its files by their digests."""
        committed = self._blobs(self._git.head)
        self._uncommitted = {blob: path for blob, path in files.items() if blob not in committed}
        for blob, path in self._uncommitted.items():
            self._read[blob] = self._lines(blob, path.read_bytes())
        yield from self._compare(commit, [committed], frozenset(files))

    def _blobs(self, revision: str) -> frozenset[str]:
        files = self._git.files(revision).items()
        return frozenset(
            blob for path, blob in files if path.startswith(f"{IMPORTS}/") and path.endswith(SUFFIX)
        )

    def _at(self, blobs: frozenset[str]) -> dict[str, Line]:
        """The lines of these files; of those with one id the first, since ``check`` tells of the others."""
        found: dict[str, Line] = {}
        for blob in sorted(blobs):
            if blob not in self._read:
                self._read[blob] = self._lines(blob, self._git.text(blob).encode())
            for name, line in self._read[blob].items():
                found.setdefault(name, line)
        return found

    def _lines(self, blob: str, content: bytes) -> dict[str, Line]:
        found: dict[str, Line] = {}
        for raw in content.splitlines():
            try:
                read = self._decoder.decode(raw)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
                continue
            witness = read.logged_elsewhere.by if read.logged_elsewhere else ""
            of = read.prediction or (read.id if read.type == "prediction" else read.corrects)
            found.setdefault(
                read.id, Line(of, read.type, read.recorded[:10], hash(raw.strip()), witness, blob)
            )
        return found

    def _compare(
        self, commit: Commit, parents: Sequence[frozenset[str]], blobs: frozenset[str]
    ) -> Iterator[Finding]:
        if any(blobs == parent for parent in parents) or not (blobs or any(parents)):
            return
        before = [self._at(parent) for parent in parents]
        after = self._at(blobs)
        new = [line for name, line in after.items() if not any(name in one for one in before)]
        yield from _entered(commit, new)
        for name in dict.fromkeys(name for one in before for name in one):
            old = next(one[name] for one in before if name in one)
            now = after.get(name)
            if now is None:
                yield self._altered(commit, name, old, None)
            elif all(name not in one or one[name].digest != now.digest for one in before):
                yield self._altered(commit, name, old, now)

    def _altered(self, commit: Commit, name: str, old: Line, now: Line | None) -> Finding:
        return _finding(
            commit,
            old,
            "altered" if now else "vanished",
            "altered",
            field=f"line {name}",
            was=self._text(old.blob, name),
            now=self._text(now.blob, name) if now else "",
            why="a line is never changed: a correction has a line of its own",
        )

    def _text(self, blob: str, name: str) -> str:
        """A line as it stands in a file."""
        path = self._uncommitted.get(blob)
        text = path.read_bytes().decode("utf-8", "replace") if path else self._git.text(blob)
        marked = msgspec.json.encode(name).decode()
        return next((line for line in text.splitlines() if marked in line), "")


def _entered(commit: Commit, new: Sequence[Line]) -> Iterator[Finding]:
    """What is new: its predictions, by whose word they are old, and lines whose day is not the commit's."""
    for line in new:
        if line.type == "prediction":
            why = (
                f"in advance by the word of {line.witness}, which nothing here proves" if line.witness else ""
            )
            yield _finding(commit, line, "logged", "harmless", why=why)
    days = Counter((line.of, line.recorded) for line in new)
    first = {(line.of, line.recorded): line for line in reversed(new)}
    for key, count in days.items():
        if dated(commit, _day(key[1])) == "otherwise":
            yield _finding(
                commit,
                first[key],
                "misdated",
                "misdated",
                field="recorded",
                was=key[1],
                now=commit.on.isoformat(),
                why=f"{count:,} line{'s' * (count > 1)} of it",
            )


def _day(text: str) -> date:
    try:
        return When.parse(text).day
    except ValueError:
        return date.min


def _finding(commit: Commit, line: Line, kind: FindingKind, level: FindingLevel, **more: str) -> Finding:
    return Finding(
        record=line.of,
        of="prediction",
        kind=kind,
        level=level,
        on=commit.on,
        by=commit.by,
        commit=commit.sha[:12],
        **more,  # type: ignore[arg-type]  # texts of the finding
    )
