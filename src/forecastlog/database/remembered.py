"""What the index of files remembers of a database that was built: its digest, and which parts it holds.

A build that finds its target as it was left makes again only the parts that changed. The database itself says
nothing of this, so that it is the same file however it was made; and nothing is believed that has another
digest.
"""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, NamedTuple

from forecastlog.database.parts import Keeping
from forecastlog.ledger.index import Index, digest_of
from forecastlog.ledger.packed import Torn, pack, unpack
from forecastlog.placing import SIDE_FILES

NAME = "built"
CHUNK = 1 << 20
_COUNTERS = ((24, 28), (40, 44), (92, 96))
"""Where the header of a SQLite file counts its changes, which copying it in place adds to."""


class Remembered(NamedTuple):
    """The program that built a file, the digest of the file, and its parts."""

    program: bytes
    file: bytes
    made: Keeping


def recall(index: Index | None, path: Path, program: bytes) -> Remembered | None:
    """What is remembered of a file that the same program built and nobody is at work on."""
    if index is None or any(path.with_name(path.name + end).exists() for end in SIDE_FILES):
        return None
    try:
        found = unpack(Remembered, index.part(_key(path), NAME))
    except Torn:
        return None
    return found if found.program == program else None


def remember(index: Index | None, path: Path, built: Remembered) -> None:
    """Have it remembered for the next build; where there is no index, nothing is."""
    if index:
        index.add({_key(path): pack(built)}, NAME)


def copied(path: Path, to: Path) -> bytes:
    """Copy a database; the digest of what was copied, but for its counters. Raises OSError."""
    with path.open("rb") as source, to.open("wb") as target:
        return _through(source, target)


def digest_of_database(path: Path) -> bytes:
    """The digest of a database, but for its counters. Raises OSError."""
    with path.open("rb") as source:
        return _through(source, None)


def _through(source: BinaryIO, target: BinaryIO | None) -> bytes:
    digest, first = sha256(), True
    while chunk := source.read(CHUNK):
        if target:
            target.write(chunk)
        digest.update(_without_counters(chunk) if first else chunk)
        first = False
    return digest.digest()


def _without_counters(page: bytes) -> bytes:
    bare = bytearray(page)
    for start, end in _COUNTERS:
        bare[start:end] = bytes(len(bare[start:end]))
    return bytes(bare)


def _key(path: Path) -> bytes:
    return digest_of(b"built " + os.fsencode(os.path.realpath(path)))
