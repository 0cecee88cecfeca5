"""Whether a record is in git yet: what is not may be changed freely, for nobody else has seen it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from forecastlog.errors import CannotEdit
from forecastlog.ledger.edit import data_of

SECTIONS = ("conditions", "predictions", "forecasters")


def is_committed(root: Path, path: Path, record_id: str) -> bool:
    """Whether the last commit has this record, or person, in this file, not as a draft; True where no git can say so."""
    text = committed_text(root, path)
    if text is None:
        return not in_repository(root)
    try:
        data = data_of(text)
    except CannotEdit:
        return True
    records = [data.get("article"), *(one for name in SECTIONS for one in data.get(name) or ())]
    found = [one for one in records if isinstance(one, dict) and one.get("id") == record_id]
    return any(one.get("draft") not in ("yes", "true") for one in found)


def committed_text(root: Path, path: Path) -> str | None:
    """The file as the last commit has it; None where it has none, or there is no commit or no git."""
    done = _git(root, "show", f"HEAD:./{path.resolve().relative_to(root.resolve()).as_posix()}")
    return None if done is None else done.decode("utf-8", "replace")


def private_folder(root: Path) -> Path | None:
    """The folder in which git keeps its own files for this clone, never committed; None where no git is."""
    done = _git(root, "rev-parse", "--absolute-git-dir")
    return None if done is None else Path(os.fsdecode(done.removesuffix(b"\n")))


def in_repository(root: Path) -> bool:
    """Whether the folder lies in a clone of a git repository."""
    return private_folder(root) is not None


def _git(root: Path, *arguments: str) -> bytes | None:
    from forecastlog.history.git import environment

    try:
        done = subprocess.run(  # noqa: S603  # the arguments are ours
            ["git", "-C", str(root), *arguments],  # noqa: S607 - git is wherever the person's PATH has it
            capture_output=True, check=False, env=environment(),
        )  # fmt: skip
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None
