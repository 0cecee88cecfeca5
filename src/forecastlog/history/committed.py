"""Whether a record is in git yet: what is not may be changed freely, for nobody else has seen it."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

from forecastlog.errors import CannotEdit
from forecastlog.ledger.edit import data_of
from forecastlog.ledger.loader import EVENTS_FILE, PEOPLE_FILE
from forecastlog.values import YES

SECTIONS = ("conditions", "predictions", "forecasters")


def is_committed(root: Path, path: Path, ids: Sequence[str]) -> bool:
    """Whether the last commit has a record, or person, not as a draft; True where no git can say so.

    ``ids`` are its id and those that it had before. It is looked for in its file, and where that has it not,
    in all.
    """
    text = committed_text(root, path)
    try:
        data = data_of(text) if text else {}
    except CannotEdit:
        return True
    records = [data.get("article"), *(one for name in SECTIONS for one in data.get(name) or ())]
    found = [one for one in records if isinstance(one, dict) and one.get("id") in ids]
    if found:
        return any(one.get("draft") not in YES for one in found)
    return not in_repository(root) or _stands_elsewhere(root, ids)


def _stands_elsewhere(root: Path, ids: Sequence[str]) -> bool:
    """Whether any file of the last commit has a record with one of these ids."""
    named = "|".join(map(re.escape, ids))
    pattern = rf"\bid: *['\"]?({named})['\"]?( *[,}}#]|[[:space:]]*$)"
    return bool(
        _git(root, "grep", "-lE", pattern, "HEAD", "--", ".", f":!./{PEOPLE_FILE}", f":!./{EVENTS_FILE}")
    )


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
            capture_output=True,
            check=False,
            env=environment(),
        )
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None
