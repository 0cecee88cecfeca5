"""A file's bytes, unpacked where it is compressed, within bounds that no bomb breaks."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from forecastlog.interchange.found import BadFile

LONGEST_LINE = 5_000_000
"""Characters of the longest line or cell: more is no table."""
LARGEST_UNPACKED = 4_000_000_000
"""Bytes to which a compressed file may grow."""
LARGEST_WHOLE = 150_000_000
"""Bytes of what has to be read whole: a JSON document, a text in UTF-16."""
LARGEST_ZIP = 500_000_000
"""Bytes of all members of a zip together: a spreadsheet, a platform's download."""
MOST_GROWTH = 400
"""How many times its size what is read of a compressed file may become, beyond 50 MB."""


class Unpacked:
    """A file's bytes, unpacked where it is compressed, that refuses to grow beyond all bounds."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._packed = path.open("rb")
        self._file: Any = gzip.GzipFile(fileobj=self._packed) if _is_gzip(path) else self._packed
        self._count = 0

    def read(self, size: int) -> bytes:
        """The next bytes; raises BadFile for a bomb and for what is cut off."""
        try:
            part: bytes = self._file.read(size)
        except (EOFError, zlib.error, gzip.BadGzipFile):
            raise BadFile(
                f"{self._path} is damaged: its compressed data ends too early or is broken."
            ) from None
        self._count += len(part)
        bomb = self._count > 50_000_000 and self._count > MOST_GROWTH * self._packed.tell()
        if bomb or self._count > LARGEST_UNPACKED:
            raise BadFile(
                f"{self._path} unpacks to more than {self._count / 1e6:,.0f} MB, which is not read."
            )
        return part

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        self._packed.close()

    def lines(self, end: bytes = b"\n") -> Iterator[bytes]:
        """Its lines with their ends; raises BadFile for one that is too long."""
        rest, number = b"", 1
        try:
            while part := self.read(1 << 16):
                *whole, rest = (rest + part).split(end)
                for line in whole:
                    yield line + end
                number += len(whole)
                if len(rest) > LONGEST_LINE:
                    raise BadFile(
                        f"{self._path}, line {number:,}: the line is longer than {LONGEST_LINE / 1e6:.0f} MB."
                    )
            if rest:
                yield rest
        finally:
            self.close()


def _is_gzip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) == b"\x1f\x8b"


def read_whole(path: Path) -> bytes:
    """All of a file that cannot be read in parts; raises BadFile where it is too large."""
    file, parts, size = Unpacked(path), [], path.stat().st_size
    try:
        while size <= LARGEST_WHOLE and (part := file.read(1 << 20)):
            parts.append(part)
            size = max(size, sum(map(len, parts)))
        if size > LARGEST_WHOLE:
            raise BadFile(
                f"{path} is larger than {LARGEST_WHOLE / 1e6:.0f} MB. Save it as CSV, JSON Lines or Parquet."
            )
    finally:
        file.close()
    return b"".join(parts)


def check_zip(path: Path) -> zipfile.ZipFile:
    """A zip whose members are of a size that can be read.

    Raises BadFile for a bomb and for what is cut off.
    """
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError):
        raise BadFile(f"{path} is no zip file, or is cut off. Download it again.") from None
    total = sum(member.file_size for member in archive.infolist())
    if total > LARGEST_ZIP or (total > 50_000_000 and total > MOST_GROWTH * path.stat().st_size):
        raise BadFile(f"{path} unpacks to {total / 1e6:,.0f} MB, which is not read.")
    return archive
