"""The few questions that the audit puts to git."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from forecastlog.errors import Refused

PLAIN = ("log.showSignature=false", "log.follow=false", "core.useReplaceRefs=false")
"""What a person's settings may not change: the shape of the log, and the history itself."""
ELSEWHERE = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_NAMESPACE")
"""Set where a hook runs, and true of another folder than the ledger's."""


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit that touches the ledger; its day is in UTC."""

    sha: str
    parents: tuple[str, ...]
    on: date
    by: str


class Git:
    """The few questions that are put to git, about the ledger's folder only."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        self._trees: dict[str, dict[str, str]] = {}
        self._objects: subprocess.Popen[bytes] | None = None
        try:
            self._top = Path(self._ask("rev-parse", "--show-toplevel").strip())
            self._ask("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
        except Refused as error:
            if "not a git repository" not in str(error) and str(error) != _SILENT:
                raise
            raise Refused(
                "this ledger has no git history to audit. Run 'git init' and commit it first."
            ) from error
        if self._ask("rev-parse", "--is-shallow-repository").strip() == "true":
            raise Refused(
                "this clone lacks the older part of its history. Run 'git fetch --unshallow' first."
            )
        self.head = self._ask("rev-parse", "HEAD").strip()
        self._digest_bytes = len(self.head) // 2
        inside = self._root.relative_to(self._top.resolve()).as_posix()
        self._folder = "" if inside == "." else inside

    def commits(self, since: str | None) -> Iterator[Commit]:
        """The commits that touch the ledger, parents first; parents are those of the simplified history."""
        revision = "HEAD"
        if since:
            self._check(since)
            revision = f"{since}..HEAD"
        log = self._ask(
            "log", "--reverse", "--topo-order", "--encoding=UTF-8", "--format=%H%x00%P%x00%cI%x00%an", "--full-history",
            "--simplify-merges", "--end-of-options", revision, "--", f":(top,literal){self._folder}",
        )  # fmt: skip
        for line in filter(None, log.split("\n")):  # names may hold what splitlines takes for an end
            sha, parents, when, author = line.split("\0")
            day = datetime.fromisoformat(when).astimezone(UTC).date()
            yield Commit(sha, tuple(parents.split()), day, author)

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
        for path, blob in self._tree(f"{revision}:{self._folder}").items():
            if _is_article(path):
                yield blob

    def text(self, blob: str) -> str:
        """A blob's text; what is no UTF-8 in it is replaced."""
        return self._object(blob).decode("utf-8", "replace")

    def close(self) -> None:
        """End the process that objects are read from."""
        if self._objects:
            self._objects.communicate()

    def _tree(self, name: str) -> dict[str, str]:
        """The blobs below a tree by their paths; a folder that did not change is read once."""
        content, place = self._object(name), 0
        found: dict[str, str] = {}
        while place < len(content):
            end = content.index(0, place)
            mode, _, part = content[place:end].partition(b" ")
            place = end + 1 + self._digest_bytes
            digest, path = content[end + 1 : place].hex(), part.decode("utf-8", "surrogateescape")
            if mode == b"40000":
                if digest not in self._trees:
                    self._trees[digest] = self._tree(digest)
                found |= {f"{path}/{inner}": blob for inner, blob in self._trees[digest].items()}
            elif mode.startswith(b"100"):  # neither links nor submodules
                found[path] = digest
        return found

    def _object(self, name: str) -> bytes:
        """The contents of an object, empty where there is none; one process of git answers for all."""
        if self._objects is None:
            self._objects = subprocess.Popen(  # noqa: S603  # the arguments are ours
                [*self._command(), "cat-file", "--batch"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment(),
            )  # fmt: skip
        asked, told = self._objects.stdin, self._objects.stdout
        if asked is None or told is None:  # never, with pipes
            return b""
        asked.write(f"{name}\n".encode("utf-8", "surrogateescape"))
        asked.flush()
        header = told.readline().split()
        if len(header) < 3 or header[-1] == b"missing":
            return b""
        return told.read(int(header[-1]) + 1)[:-1]

    def working_files(self) -> Iterator[Path]:
        """The articles' files as they lie in the folder now."""
        for path in sorted(self._root.rglob("*.yaml")):
            if path.is_file() and _is_article(path.relative_to(self._root).as_posix()):
                yield path

    def _check(self, revision: str) -> None:
        try:
            self._ask("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        except Refused as error:
            raise Refused(f"git knows no revision '{revision}'. 'git log --oneline' lists them.") from error

    def _command(self) -> list[str]:
        settings = (word for setting in PLAIN for word in ("-c", setting))
        return ["git", "-C", str(self._root), *settings]

    def _ask(self, *arguments: str) -> str:
        try:
            done = subprocess.run(  # noqa: S603  # arguments are ours, revisions stand behind --end-of-options
                [*self._command(), *arguments], capture_output=True, check=False, env=_environment()
            )
        except FileNotFoundError as error:
            raise Refused("git is not installed, and the audit needs it.") from error
        if done.returncode:
            raise Refused(_complaint(done.stderr.decode("utf-8", "replace")))
        return done.stdout.decode("utf-8", "replace")


_SILENT = "git says: it failed."


def _complaint(told: str) -> str:
    """Git's own sentence, and what it says to do about it."""
    lines = [line.strip() for line in told.splitlines() if line.strip()]
    fatal = next((place for place, line in enumerate(lines) if line.startswith("fatal:")), -1)
    words = " ".join(lines[fatal:]).removeprefix("fatal: ")
    return f"git says: {words.rstrip('.')}." if words else _SILENT


def _is_article(path: str) -> bool:
    """Whether a path within the ledger is that of an article."""
    return (
        path.endswith(".yaml") and path != "people.yaml" and not path.startswith("imports/")
        and not any(part.startswith(".") for part in path.split("/"))
    )  # fmt: skip


def _environment() -> dict[str, str]:
    """The surroundings without those of a hook, and with messages in one language everywhere."""
    return {name: value for name, value in os.environ.items() if name not in ELSEWHERE} | {"LC_ALL": "C"}
