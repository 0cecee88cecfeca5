"""Appending lines to a machine's file.

A batch is on the disk before the next is begun, and whole or not there.

An import that is killed leaves at most one torn line at the end. The next one cuts it off, and writes no line
twice.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path
from typing import Any

from forecastlog.errors import Refused, WriteFailed
from forecastlog.ledger import files
from forecastlog.ledger.imports import IMPORTS, SUFFIX, import_paths
from forecastlog.ledger.shards import LONGEST

BATCH = 2_000
"""Lines that are flushed together."""


class Journal:
    """The file of one source and month, while the ledger's lock is held; made by ``journal``."""

    def __init__(self, path: Path, known: set[str]) -> None:
        self.path = path
        self.written = 0
        self.cut = False
        """Whether a torn line was cut off."""
        self._known = known
        self._waiting: list[bytes] = []
        self._file: FileIO | None = None

    def add(self, line: dict[str, Any]) -> bool:
        """Write a line, unless one with its ``identity`` is there already; raises WriteFailed."""
        import msgspec

        name = identity(line["id"])
        if name in self._known:
            return False
        self._known.add(name)
        self._waiting.append(msgspec.json.encode(line) + b"\n")
        if len(self._waiting) >= BATCH:
            self.flush()
        return True

    def flush(self) -> None:
        """Bring what waits to the disk; raises WriteFailed with the last whole batch as the file's end."""
        if not self._waiting:
            return
        try:
            if self._file is None:
                self._file = self._opened()
            start = self._file.tell()
            try:
                view = memoryview(b"".join(self._waiting))
                while view:  # a system that is short of room may take a part
                    view = view[self._file.write(view) :]
                os.fsync(self._file.fileno())
            except OSError:
                os.ftruncate(self._file.fileno(), start)
                raise
        except OSError as error:
            reason = (os.strerror(error.errno) if error.errno else str(error)).lower()
            done = (
                f"{self.written:,} lines were written before that and stay"
                if self.written
                else "Nothing was written"
            )
            raise WriteFailed(
                f"{self.path} could not be written: {reason}. {done}; run the import again."
            ) from None
        self.written += len(self._waiting)
        self._waiting.clear()

    def _opened(self) -> FileIO:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        file = open(self.path, "a+b", buffering=0)  # noqa: SIM115, PTH123 - the journal closes it
        end = file.seek(0, os.SEEK_END)
        whole = _end_of_last_line(file, end)
        if whole < end:
            self.cut = True
            os.ftruncate(file.fileno(), whole)
        file.seek(0, os.SEEK_END)
        return file

    def close(self) -> None:
        """Close the file."""
        if self._file:
            self._file.close()


def _end_of_last_line(file: FileIO, end: int) -> int:
    """Where the last line ends that has an end; a line without one is whole if it is JSON."""
    import msgspec

    start = max(end - LONGEST, 0)
    file.seek(start)
    tail: bytes = file.read(end - start)
    if not tail or tail.endswith(b"\n"):
        return end
    last = tail.rfind(b"\n") + 1
    try:
        msgspec.json.decode(tail[last:])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return start + last
    os.write(file.fileno(), b"\n")
    return end + 1


@contextmanager
def journal(root: Path, source: str, month: str) -> Iterator[Journal]:
    """Append to ``imports/<source>/<month>.jsonl`` under the ledger's lock.

    Raises as ``files.editing``, and WriteFailed.
    """
    path = root / IMPORTS / source / f"{month}{SUFFIX}"
    with files.editing(root):
        real = path.parent.resolve()
        if not real.is_relative_to(root.resolve()) or path.is_symlink():
            raise Refused(f"{path} leads out of the ledger. Nothing was written.")
        opened = Journal(path, known_lines(root))
        try:
            yield opened
            opened.flush()
        finally:
            opened.close()


def identity(name: str) -> str:
    """What an id says besides the place in its list, which differs where a later file has rows in between.

    >>> identity("x-1.000002.5f1d9c"), identity("x-1")
    ('x-1.5f1d9c', 'x-1')
    """
    first, *rest = name.split(".")
    return f"{first}.{rest[-1]}" if rest else first


def known_lines(root: Path) -> set[str]:
    """The identities of all lines of a ledger's machine records."""
    return {identity(name) for name in _ids(import_paths(root))}


def written_predictions(root: Path) -> dict[str, bytes]:
    """The predictions of a ledger's machine records by their ids, each as the line that has it."""
    import msgspec

    class Line(msgspec.Struct):
        type: str
        id: str

    decoder, found = msgspec.json.Decoder(Line), {}
    for text in _lines(import_paths(root)):
        try:
            line = decoder.decode(text)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            continue
        if line.type == "prediction":
            found[line.id] = text
    return found


def _lines(paths: Iterable[Path]) -> Iterator[bytes]:
    for path in filter(Path.is_file, paths):  # opening a pipe would wait for ever
        with path.open("rb") as file:
            while line := file.readline(LONGEST + 1):
                yield line


def _ids(paths: Iterable[Path]) -> Iterator[str]:
    """The ids of all lines that can be read."""
    import msgspec

    class Line(msgspec.Struct):
        id: str

    decoder = msgspec.json.Decoder(Line)
    for line in _lines(paths):
        try:
            yield decoder.decode(line).id
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            continue  # ``check`` tells what is wrong with it
