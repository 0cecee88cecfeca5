"""Where a file that is made from the ledger may stand, and how it takes its name.

A name typed by mistake must cost nobody a file. So what is made stands where nothing is, or in the place of
one of its own kind, never inside the ledger, and is a plain file always. It is written beside its place under
the name ``.NAME.PID.new``; what a killed command leaves of these is removed by the next one.
"""

from __future__ import annotations

import os
import re
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from forecastlog.errors import Refused, WriteFailed

IsOurs = Callable[[Path], bool]
"""Whether a plain file is one of the kind that is to be written."""

SIDE_FILES = ("-journal", "-wal", "-shm")
"""What SQLite puts beside a database while it works; the names of these begin with the database's."""
OLD = 24 * 60 * 60.0
"""Seconds after which no command can be writing any more, though a process of its number is alive."""


def check_place(path: Path, root: Path, *, is_ours: IsOurs, kind: str) -> None:
    """Raise Refused unless ``path`` is free for a ``kind``.

    Or holds one, as ``is_ours`` tells it, outside the ledger ``root``.

    Raises WriteFailed where the system does not let us look. Links are not followed: what they lead to has a
    name of its own.
    """
    check_outside(path, root)
    check_free(path, is_ours=is_ours, kind=kind)


def check_outside(path: Path, root: Path) -> None:
    """Raise Refused where ``path`` lies inside the ledger ``root``."""
    if Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root)):
        raise Refused(
            f"{path} lies inside the ledger {root}, which holds records alone. Name a file outside it."
        )


def check_free(path: Path, *, is_ours: IsOurs, kind: str) -> None:
    """The same for what is made without a ledger."""
    try:
        mode = os.lstat(path).st_mode
    except FileNotFoundError:
        return
    except OSError as error:
        raise WriteFailed(f"cannot write {path}: {error.strerror}.") from None
    if stat.S_ISLNK(mode):
        raise Refused(f"{path} is a link to {path.readlink()}. Name the file itself.")
    if not stat.S_ISREG(mode):
        raise Refused(f"{path} is no plain file. Name one, or a place where nothing is.")
    if not is_ours(path):
        raise Refused(f"{path} is no {kind}, and it is kept. Name another file, or move this one away.")


@contextmanager
def taking_name(path: Path) -> Iterator[Path]:
    """A temporary file's name beside ``path``; whatever is left of it afterwards is removed.

    Its folder is made, and what killed commands left there is swept.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    _sweep(path)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        yield temporary
    finally:
        for end in ("", *SIDE_FILES):
            with suppress(OSError):
                temporary.with_name(temporary.name + end).unlink(missing_ok=True)


@contextmanager
def written_whole(path: Path, raised: tuple[type[Exception], ...] = (OSError,)) -> Iterator[Path]:
    """A temporary file's name.

    What was written there takes the place of what stood at ``path`` in one step, or nothing does.

    What is ``raised`` while it is written becomes WriteFailed.
    """
    try:
        with taking_name(path) as temporary:
            yield temporary
            flush(temporary)
            temporary.replace(path)
    except raised as error:
        reason = getattr(error, "strerror", None) or error
        raise WriteFailed(f"cannot write {path}: {reason}. What stood there is untouched.") from error


def check_new(path: Path, *, replace: bool) -> None:
    """Raise Refused where something stands, unless it is to be replaced."""
    if not replace and (path.exists() or path.is_symlink()):
        raise Refused(f"{path} is there already. Name another file, or say --replace.")


def write_text(path: Path, text: str) -> None:
    """Put a whole text in the place of what stood at ``path``, in one step; raises WriteFailed."""
    with written_whole(path) as temporary:
        temporary.write_text(text, encoding="utf-8")


def flush(path: Path) -> None:
    """Bring a file's contents to the disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _sweep(path: Path) -> None:
    ends = "|".join(map(re.escape, SIDE_FILES))
    pattern = re.compile(rf"\.{re.escape(path.name)}\.(\d{{1,10}})\.new({ends})?")
    with suppress(OSError):
        for found in path.parent.iterdir():
            match = pattern.fullmatch(found.name)
            if match and _is_left(found, int(match[1])):
                with suppress(OSError):
                    found.unlink()


def _is_left(path: Path, process: int) -> bool:
    """Whether the command that wrote the file is over."""
    found = os.lstat(path)
    if not stat.S_ISREG(found.st_mode):
        return False
    if time.time() - found.st_mtime > OLD:
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False  # somebody else's process
    return process == os.getpid()
