"""The few questions that the audit puts to git."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from forecastlog.errors import Refused


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
        try:
            self._top = Path(self._ask("rev-parse", "--show-toplevel").strip())
            self._ask("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
        except Refused as error:
            raise Refused(
                f"{root} has no git history to audit. Run 'git init' and commit the ledger first."
            ) from error
        self._folder = self._root.relative_to(self._top.resolve()).as_posix()

    def commits(self, since: str | None) -> Iterator[Commit]:
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
        listing = self._ask("ls-tree", "-r", "-z", "--full-tree", revision, "--", self._folder)
        for entry in listing.split("\0"):
            facts, _, path = entry.partition("\t")
            if self._is_article(path) and facts.split()[1] == "blob":
                yield facts.split()[2]

    def text(self, blob: str) -> str:
        """A blob's text."""
        return self._ask("cat-file", "blob", blob)

    def working_files(self) -> Iterator[Path]:
        """The articles' files as they lie in the folder now."""
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
