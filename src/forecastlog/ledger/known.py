"""Where the line of each id stands in the machines' files, packed: a new line's id may be among them."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple
from zlib import crc32

from forecastlog.ledger.gathered import Gathered
from forecastlog.ledger.packed import pack, unpack

IDS = "ids"


class _Part(NamedTuple):
    """The codes of ids, the places of their files among all, and where their lines begin there.

    Each an array.
    """

    codes: bytes
    shards: bytes
    starts: bytes


class Known:
    """The ids of lines, as parts that were packed; raises Torn."""

    def __init__(self, parts: Sequence[bytes]) -> None:
        self._parts = [unpack(_Part, part) for part in parts]

    def find(self, ids: Collection[str]) -> Iterator[tuple[int, int]]:
        """The file and the beginning of each line that may have one of these ids.

        Codes of several can be one.
        """
        codes = {crc32(each.encode()) for each in ids}
        for packed, shards, starts in self._parts:
            known = array("I", packed)
            if not codes.isdisjoint(known):
                files, firsts = array("I", shards), array("Q", starts)
                yield from ((files[at], firsts[at]) for at, code in enumerate(known) if code in codes)


def known_of(gathered: Gathered) -> bytes:
    """The lines that were gathered, packed."""
    lines, numbers = gathered.lines, gathered.known.values()
    codes = array("I", (crc32(each.encode()) for each in gathered.known))
    files = array("I", map(lines.shard.__getitem__, numbers))
    starts = array("Q", map(lines.start.__getitem__, numbers))
    return pack((codes.tobytes(), files.tobytes(), starts.tobytes()))


def joined(parts: Sequence[bytes]) -> bytes:
    """Several parts as one."""
    return pack(tuple(map(b"".join, zip(*(unpack(_Part, part) for part in parts), strict=True))))
