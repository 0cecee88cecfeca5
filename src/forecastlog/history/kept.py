"""Findings, kept in the index of files from one audit to the next by all that they follow from.

What a commit did follows from the history up to it, of which a digest is the key, and from what was asked of
today's ledger on the way. The second is noted with every piece of findings, and a piece is taken only while
today's ledger says the same.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from forecastlog.history.finding import Finding
from forecastlog.history.today import Asked, Now
from forecastlog.history.versions import Key
from forecastlog.ledger.index import Index, digest_of
from forecastlog.ledger.packed import Torn, pack, unpack

NAME = "history audit"
"""Under which the index keeps them."""


class Met(NamedTuple):
    """What a commit did to the records that were met before it.

    ``came`` are the records that were never met, ``gone`` those that are no longer there, ``back`` those that
    are again, ``number`` is how many it touched or lost. ``lines`` are the findings on what machines wrote,
    which rest on nothing of today.
    """

    came: list[Key]
    gone: list[Key]
    back: list[Key]
    number: int
    lines: list[Finding]


class _Piece(NamedTuple):
    of: list[str]
    first: date
    on: date | None
    state: bytes
    findings: list[Finding]


class Kept:
    """What the index keeps of audits; without an index, nothing."""

    def __init__(self, index: Index | None, now: Now) -> None:
        self._index, self._now = index, now
        self._new: dict[tuple[bytes, int], bytes] = {}
        self._used: set[bytes] = set()

    def met(self, key: bytes) -> Met | None:
        """What was kept of a commit."""
        self._used.add(key)
        try:
            return unpack(Met, self._index.part(key, NAME)) if self._index else None
        except Torn:
            return None

    def keep(self, key: bytes, met: Met) -> None:
        """Have it kept."""
        self._put(key, 0, met)

    def piece(self, key: bytes, first: int) -> list[Finding] | None:
        """The findings of the piece that starts with that record, while today's ledger says what it said."""
        if self._index is None:
            return None
        try:
            piece = unpack(_Piece, self._index.part(key, NAME, first + 1))
        except Torn:
            return None
        now = self._now
        fits = (
            now.today >= piece.first and piece.on in (None, now.today) and now.state(piece.of) == piece.state
        )
        return piece.findings if fits else None

    def keep_piece(self, key: bytes, first: int, asked: Asked, findings: list[Finding]) -> None:
        """Have the findings of a piece kept, unless nobody could tell later whether they still hold."""
        of = sorted(asked.of)
        if self._index and (state := self._now.state(of)):
            self._put(key, first + 1, _Piece(of, asked.first, asked.on, state, findings))

    def _put(self, key: bytes, place: int, what: Met | _Piece) -> None:
        try:
            self._new[key, place] = pack(what)
        except (TypeError, ValueError, OverflowError):
            return

    def done(self) -> None:
        """Write what is new, and throw away what belongs to another history."""
        if self._index and self._new:
            self._index.renew(NAME, self._new, self._used)
            self._new.clear()


def next_key(key: bytes, *what: object) -> bytes:
    """The digest of all that had the digest ``key``, and of this."""
    return digest_of(key + pack(what))
