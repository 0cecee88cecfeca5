"""The few questions that the audit puts to git, and what it refuses to believe.

An object is taken only if its contents have the digest that names it: a blob that is gone, or that stands
under another's name, ends the audit instead of passing for an empty file.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from forecastlog.errors import Refused

PLAIN = (
    "log.showSignature=false",
    "log.follow=false",
    "core.useReplaceRefs=false",
    "core.commitGraph=false",
    "protocol.allow=never",
)
"""What a person's settings may not change: the shape of the log, the history itself, and that nothing is
fetched."""
ELSEWHERE = (
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
    "GIT_COMMON_DIR",
    "GIT_NAMESPACE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_SHALLOW_FILE",
    "GIT_REPLACE_REF_BASE",
)
"""Set where a hook runs, and true of another folder than the ledger's."""
OURS = {"LC_ALL": "C", "GIT_GRAFT_FILE": os.devnull, "GIT_OPTIONAL_LOCKS": "0"}
"""Messages in one language; no grafts, which would shorten the history."""
CLOCKS_DIFFER = timedelta(days=1)
"""How far two honest clocks may be apart. A commit's day is in UTC, a record's in its author's time zone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """A commit that touches the ledger.

    The day it was committed and the day it was first written, both in UTC.

    A rebase and a cherry-pick renew the first and keep the second. ``before`` is the day of an ancestor that
    is dated more than a day later than the commit itself; None where time goes forward.
    """

    sha: str
    parents: tuple[str, ...] = ()
    on: date
    by: str
    written: date
    before: date | None = None


class Git:
    """The few questions that are put to git, about the ledger's folder only."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        self._trees: dict[str, dict[str, str]] = {}
        self._objects: subprocess.Popen[bytes] | None = None
        self._top = Path(self._first("rev-parse", "--show-toplevel"))
        self.head = self._first("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
        if self._ask("rev-parse", "--is-shallow-repository").strip() == "true":
            raise Refused(
                "this clone lacks the older part of its history. Run 'git fetch --unshallow' first."
            )
        self._digest = hashlib.sha1 if len(self.head) == 40 else hashlib.sha256
        inside = self._root.relative_to(self._top.resolve()).as_posix()
        self._folder = () if inside == "." else tuple(inside.split("/"))

    @property
    def place(self) -> str:
        """The ledger's folder within the repository."""
        return "/".join(self._folder)

    def whole(self) -> None:
        """Raise Refused unless git has every object of the ledger's history; no file is read for that."""
        done = self._run(
            "rev-list", "--objects", "--quiet", "--full-history", "HEAD", "--", f":(top,literal){self.place}"
        )
        if done.returncode:
            told = done.stderr.decode("utf-8", "replace")
            named = re.search(r"\b[0-9a-f]{40}(?:[0-9a-f]{24})?\b", told)
            raise Refused(_incomplete(named[0]) if named else _complaint(told))

    def commits(self, since: str | None) -> Iterator[Commit]:
        """The commits that touch the ledger, parents first; parents are those of the simplified history."""
        revision = f"{self.resolve(since)}..HEAD" if since else "HEAD"
        backwards = self._backwards()
        log = self._ask(
            "log",
            "--reverse",
            "--topo-order",
            "--encoding=UTF-8",
            "--format=%H%x00%P%x00%cI%x00%aI%x00%an",
            "--full-history",
            "--simplify-merges",
            "--end-of-options",
            revision,
            "--",
            f":(top,literal){self.place}",
        )
        for line in filter(None, log.split("\n")):  # names may hold what splitlines takes for an end
            sha, parents, committed, written, author = line.split("\0")
            yield Commit(
                sha=sha,
                parents=tuple(parents.split()),
                on=_day(committed),
                by=author,
                written=_day(written),
                before=backwards.get(sha),
            )

    def _backwards(self) -> dict[str, date]:
        """The commits dated more than a day before one of their ancestors, with the latest of these days.

        All ancestors count: a step of a day at a time would lead back as far as one likes.
        """
        latest: dict[str, int] = {}
        found: dict[str, date] = {}
        for line in self._ask("log", "--reverse", "--topo-order", "--format=%H %ct %P", "HEAD").splitlines():
            sha, seconds, *parents = line.split()
            before = max((latest[parent] for parent in parents), default=0)
            if before - int(seconds) > CLOCKS_DIFFER.total_seconds():
                found[sha] = datetime.fromtimestamp(before, UTC).date()
            latest[sha] = max(before, int(seconds))
        return found

    def fork(self, parents: Sequence[str]) -> str | None:
        """The commit from which the parents of a merge come; None for anything else."""
        if len(parents) < 2:
            return None
        try:
            return self._ask("merge-base", "--octopus", *parents).split()[0]
        except (Refused, IndexError):
            return None  # histories that have nothing in common

    def resolve(self, revision: str) -> str:
        """The digest of the commit that a revision names; raises Refused."""
        try:
            return self._ask(
                "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
            ).strip()
        except Refused as error:
            raise Refused(f"git knows no revision '{revision}'. 'git log --oneline' lists them.") from error

    def contains(self, commit: str) -> bool:
        """Whether a commit is today's or one that today's builds on."""
        return self._run("merge-base", "--is-ancestor", "--end-of-options", commit, self.head).returncode == 0

    def changed(self) -> bool:
        """Whether the ledger's folder holds what is not committed."""
        told = self._ask("status", "--porcelain", "--untracked-files=all", "--", ".")
        return any(not line.endswith(".lock") for line in told.splitlines())

    def files(self, revision: str) -> dict[str, str]:
        """The ledger's files at a revision: the blobs by their paths within it."""
        tree = self._object(revision).split(b"\n", 1)[0].removeprefix(b"tree ").decode()
        for name in self._folder:
            found = dict(self._entries(tree)).get(f"{name}/")
            if found is None:
                return {}
            tree = found
        return self._tree(tree)

    def text(self, blob: str) -> str:
        """A blob's text; what is no UTF-8 in it is replaced."""
        return self._object(blob).decode("utf-8", "replace")

    def blob(self, content: bytes) -> str:
        """The digest under which git keeps this content."""
        return self._digest(b"blob %d\0" % len(content) + content).hexdigest()

    def close(self) -> None:
        """End the process that objects are asked of."""
        if self._objects:
            self._objects.communicate()

    def _tree(self, digest: str) -> dict[str, str]:
        """The blobs below a tree by their paths; a folder that did not change is read once."""
        if digest not in self._trees:
            found: dict[str, str] = {}
            for path, part in self._entries(digest):
                if path.endswith("/"):
                    found |= {path + inner: blob for inner, blob in self._tree(part).items()}
                else:
                    found[path] = part
            self._trees[digest] = found
        return self._trees[digest]

    def _entries(self, tree: str) -> Iterator[tuple[str, str]]:
        """The files and folders of a tree with their digests; the names of folders end in a slash."""
        content, place = self._object(tree), 0
        while place < len(content):
            end = content.index(0, place)
            mode, _, part = content[place:end].partition(b" ")
            place = end + 1 + len(tree) // 2
            name = part.decode("utf-8", "surrogateescape")
            if mode == b"40000":
                yield f"{name}/", content[end + 1 : place].hex()
            elif mode.startswith(b"100"):  # neither links nor submodules
                yield name, content[end + 1 : place].hex()

    def _object(self, digest: str) -> bytes:
        """The contents of an object; one process of git answers for all.

        Raises Refused for one that is not there.
        """
        if self._objects is None:
            self._objects = subprocess.Popen(  # noqa: S603  # the arguments are ours
                [*self._command(), "cat-file", "--batch"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment(),
            )
        asked, told = self._objects.stdin, self._objects.stdout
        if asked is None or told is None:  # never, with pipes
            raise Refused(_incomplete(digest))
        try:
            asked.write(f"{digest}\n".encode())
            asked.flush()
            _, kind, size = told.readline().split()
            content = told.read(int(size) + 1)[:-1]
        except (ValueError, OSError):  # 'missing', or git gave up at an object that it cannot read
            raise Refused(_incomplete(digest)) from None
        if self._digest(b"%s %d\0" % (kind, len(content)) + content).hexdigest() != digest:
            raise Refused(_incomplete(digest))
        return content

    def _command(self) -> list[str]:
        settings = (word for setting in PLAIN for word in ("-c", setting))
        return ["git", "-C", str(self._root), *settings]

    def _first(self, *arguments: str) -> str:
        """The answer to a question that every ledger under git can answer."""
        done = self._run(*arguments)
        if done.returncode:
            complaint = _complaint(done.stderr.decode("utf-8", "replace"))
            if "dubious ownership" in complaint:
                complaint = f"git calls this repository unsafe. {complaint}"
            elif (
                "not a git repository" in complaint or complaint == _SILENT or "single revision" in complaint
            ):
                complaint = "this ledger has no git history to audit. Run 'git init' and commit it first."
            raise Refused(complaint)
        return done.stdout.decode("utf-8", "surrogateescape").strip()

    def _ask(self, *arguments: str) -> str:
        done = self._run(*arguments)
        if done.returncode:
            raise Refused(_complaint(done.stderr.decode("utf-8", "replace")))
        return done.stdout.decode("utf-8", "replace")

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        try:
            return subprocess.run(  # noqa: S603  # arguments are ours, revisions stand behind --end-of-options
                [*self._command(), *arguments], capture_output=True, check=False, env=environment()
            )
        except FileNotFoundError as error:
            raise Refused("git is not installed, and the audit needs it.") from error


_SILENT = "git says: it failed."


def _complaint(told: str) -> str:
    """Git's own sentence, and what it says to do about it."""
    lines = [line.strip() for line in told.splitlines() if line.strip()]
    fatal = next((place for place, line in enumerate(lines) if line.startswith("fatal:")), -1)
    words = " ".join(lines[fatal:]).removeprefix("fatal: ")
    return f"git says: {words.rstrip('.')}." if words else _SILENT


def _incomplete(digest: str) -> str:
    return (
        f"the history is not whole: the object {digest[:12]} is missing, or is not what its name says. "
        "Nothing can be said of what it held; 'git fsck' lists what else is gone."
    )


def _day(moment: str) -> date:
    return datetime.fromisoformat(moment).astimezone(UTC).date()


def environment() -> dict[str, str]:
    """The surroundings without those of a hook, and with what is ours."""
    return {name: value for name, value in os.environ.items() if name not in ELSEWHERE} | OURS
