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


class _Kept(NamedTuple):
    """The same without what parts left for later families, and the digests of that by family and part."""

    bare: Remembered
    beside: dict[str, dict[str, bytes]]


def recall(index: Index | None, path: Path, program: bytes) -> Remembered | None:
    """What is remembered of a file that the same program built and nobody is at work on."""
    if index is None or any(path.with_name(path.name + end).exists() for end in SIDE_FILES):
        return None
    try:
        bare, beside = unpack(_Kept, index.part(_key(path), NAME))
        if bare.program != program:
            return None
        for family, digests in beside.items():
            for name, digest in digests.items():
                data = index.part(digest, _beside(path))
                bare.made[family][name] = bare.made[family][name]._replace(beside=data)
    except Torn:
        return None
    return bare


def remember(index: Index | None, path: Path, built: Remembered, before: Remembered | None) -> None:
    """Have it remembered for the next build; where there is no index, nothing is.

    What parts left for later families is most of it, and written where it is not what it was ``before``.
    """
    if index is None:
        return
    made: Keeping = {}
    beside: dict[str, dict[str, bytes]] = {}
    data: dict[tuple[bytes, int], bytes] = {}
    for family, parts in built.made.items():
        made[family] = {name: kept._replace(beside=b"") for name, kept in parts.items()}
        beside[family] = {name: digest_of(kept.beside) for name, kept in parts.items() if kept.beside}
        old = before.made.get(family, {}) if before else {}
        new = (kept.beside for name, kept in parts.items() if kept != old.get(name))
        data |= {(digest_of(each), 0): each for each in new if each}
    index.renew(_beside(path), data, {digest for digests in beside.values() for digest in digests.values()})
    index.add({_key(path): pack(_Kept(built._replace(made=made), beside))}, NAME)


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


def _beside(path: Path) -> str:
    return f"{NAME} {_key(path).hex()}"
