"""One file's text, and the places in it.

Places are kept as offsets and turned into a line and a column only for what is shown: nearly every value
of a ledger is fine, so most of that work would be for nothing.
"""

from __future__ import annotations

import os
import re
import stat
from bisect import bisect_right
from pathlib import Path

from forecastlog.problems import Problem, Severity, Span

LARGEST = 10_000_000
"""Bytes of the largest file that is read: a thousand times a long article's record."""

_LINE_END = re.compile(r"\r\n|\r|\n")


class Source:
    """A text with the name to show for it; computes spans on demand."""

    __slots__ = ("_line", "_starts", "name", "path", "text")

    def __init__(self, text: str, path: Path, name: str | None = None) -> None:
        self.text = text.removeprefix("\ufeff")
        self.path = path
        self.name = shown(path) if name is None else name
        self._starts: list[int] | None = None
        self._line = (0, "")

    def span(self, start: int, end: int | None = None) -> Span:
        """The place of ``text[start:end]``, cut at the end of its first line."""
        if self._starts is None:
            self._starts = [0, *(match.end() for match in _LINE_END.finditer(self.text))]
        start = min(start, len(self.text))
        line = bisect_right(self._starts, start)
        first = self._starts[line - 1]
        last = self._starts[line] if line < len(self._starts) else len(self.text)
        if self._line[0] != line:  # many faults of one line share its text
            self._line = line, self.text[first:last].rstrip("\r\n")
        excerpt = self._line[1]
        length = min(start if end is None else end, first + len(excerpt)) - start
        return Span(self.name, line, start - first + 1, max(1, length), excerpt)

    def problem(self, code: str, place: tuple[int, int], message: str, hint: str = "") -> Problem:
        """An error at ``text[place[0]:place[1]]``."""
        return self.problem_of("error", code, place, message, hint)

    def problem_of(
        self, severity: Severity, code: str, place: tuple[int, int], message: str, hint: str = ""
    ) -> Problem:
        """A problem of any severity at ``text[place[0]:place[1]]``."""
        return Problem(code, severity, self.span(*place), message, hint)


def shown(path: Path) -> str:
    """How a path is written in messages: relative to the current folder where it lies below it."""
    try:
        return path.relative_to(Path.cwd()).as_posix() if path.is_absolute() else path.as_posix()
    except (ValueError, OSError):
        return path.as_posix()


def open_source(path: Path) -> Source | Problem:
    """The text of a file, or the one problem that keeps it from being read."""
    name = shown(path)

    def unreadable(code: str, message: str, hint: str) -> Problem:
        return Problem(code, "error", Span(name, 1, 1), message, hint)

    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            return unreadable("P003", "this is a folder", "A file is wanted here: rename the folder.")
        if not stat.S_ISREG(status.st_mode):
            return unreadable("P003", "this is no ordinary file", "Only ordinary files are read.")
        if status.st_size > LARGEST:
            return _too_large(status.st_size, path)
        data = path.read_bytes()
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        return unreadable("P003", "the file cannot be read", f"The system says: {reason}.")
    return decode(data, path)


def decode(data: bytes, path: Path) -> Source | Problem:
    """The text of these bytes, or why they are no file of ours: too many, or not UTF-8 from some place on."""
    if len(data) > LARGEST:
        return _too_large(len(data), path)
    try:
        return Source(data.decode("utf-8"), path)
    except UnicodeDecodeError as error:
        before = Source(data[: error.start].decode("utf-8"), path)
        return before.problem(
            "P002",
            (len(before.text), len(before.text)),
            f"the file is not UTF-8: byte 0x{data[error.start]:02x}",
            "Save the file as UTF-8.",
        )


def _too_large(size: int, path: Path) -> Problem:
    return Problem(
        "P003",
        "error",
        Span(shown(path), 1, 1),
        f"the file is too large: {size / 1e6:.0f} MB",
        f"At most {LARGEST / 1e6:.0f} MB are read: an article has a file of its own, "
        "and what machines wrote belongs in imports/.",
    )
