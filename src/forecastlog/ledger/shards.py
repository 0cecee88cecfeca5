"""One of the machines' files.

Its lines some thousand at a time, and any of its bytes again by their place.
"""

from __future__ import annotations

import os
import stat
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from forecastlog.ledger.source import shown

LONGEST = 1_000_000
"""Bytes of the longest line that is read: a thousand times a usual one."""
CHUNK = 1 << 20
"""Bytes that are read at once."""


class Run(NamedTuple):
    """Lines that follow each other, without their ends: where the first begins, and its number in the file.

    ``torn`` tells that the last one has no end, and ``cut`` that more of it than ``LONGEST`` bytes is not
    here.
    """

    start: int
    row: int
    lines: list[bytes]
    torn: bool = False
    cut: bool = False


class NoFile(Exception):
    """A path that is no ordinary file."""


def torn(name: str) -> Exception:
    """That a file is not what it was, as ``packed.Torn``."""
    from forecastlog.ledger.packed import Torn  # which nobody needs where no machine wrote

    return Torn(f"{name} has changed")


class Shard:
    """A file of lines.

    ``size`` and ``rows`` are the bytes and lines that were read of it, and ``digest`` is of these.

    What is appended to it meanwhile changes nothing.
    """

    def __init__(self, path: Path, text: bytes | None = None) -> None:
        """``text`` is read in the place of what the file holds."""
        from hashlib import blake2b

        self.path, self.name = path, shown(path)
        self.size = self.rows = 0
        self.inode: int | None = None
        self._text, self._descriptor = text, -1
        self._hash = blake2b(digest_size=16)

    @property
    def opened(self) -> bool:
        """Whether it was read at all."""
        return self._text is not None or self._descriptor >= 0

    @property
    def digest(self) -> bytes:
        """Of the bytes that were read, as ``index.digest_of`` makes it."""
        return self._hash.digest()

    def text(self, start: int, length: int) -> bytes:
        """Some of its bytes; raises Torn where they are not there any more."""
        try:
            found = self._read(start, length)
        except (OSError, NoFile):
            found = b""
        if len(found) < length:
            raise torn(self.name)
        return found

    def line(self, start: int) -> bytes:
        """The line that begins there, without its end; raises Torn."""
        try:
            found = self._read(start, 4096)
            if b"\n" not in found:
                found = self._read(start, LONGEST)
        except (OSError, NoFile):
            raise torn(self.name) from None
        return found.partition(b"\n")[0]

    def resumes(self, size: int, digest: bytes, rows: int) -> bool:
        """Whether it begins with whole lines of that digest, which are then read.

        Raises OSError and NoFile.
        """
        last = b""
        while self.size < size and (last := self._read(self.size, min(CHUNK, size - self.size))):
            self._take(last)
        self.rows = rows
        return self.size == size and self.digest == digest and (not size or last.endswith(b"\n"))

    def runs(self) -> Iterator[Run]:
        """Its lines from where it was read to; raises OSError and NoFile."""
        start, row, rest, skipping = self.size, self.rows + 1, b"", False
        while chunk := self._read(self.size, CHUNK):
            self._take(chunk)
            rest += chunk
            if skipping:
                _, end, rest = rest.partition(b"\n")
                start, skipping = self.size - len(rest), not end
            whole, end, rest = rest.rpartition(b"\n")
            if end:
                lines = whole.split(b"\n")
                yield Run(start, row, lines)
                start, row = self.size - len(rest), row + len(lines)
            if len(rest) > LONGEST:
                yield Run(start, row, [rest[:LONGEST]], cut=True)
                rest, skipping, row = b"", True, row + 1
        if rest:
            yield Run(start, row, [rest], torn=True)
            row += 1
        self.rows = row - 1

    def _take(self, chunk: bytes) -> None:
        self._hash.update(chunk)
        self.size += len(chunk)

    def _read(self, start: int, length: int) -> bytes:
        if self._text is not None:
            return self._text[start : start + length]
        if self._descriptor < 0:
            self._open()
        return os.pread(self._descriptor, length, start)

    def _open(self) -> None:
        found = os.open(self.path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        status = os.fstat(found)
        if not stat.S_ISREG(status.st_mode) or self.inode not in (None, status.st_ino):
            os.close(found)
            raise NoFile
        self._descriptor, self.inode = found, status.st_ino
        weakref.finalize(self, os.close, found)
