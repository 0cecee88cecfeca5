"""Names of forecasters -> their ids."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Sequence

from forecastlog.model import Forecaster


def slug(text: str) -> str:
    """A text as an id: lower-case ASCII letters, digits and hyphens, at most 80 characters.

    A text without any such letter gets a short digest, so that two of them stay two.

    >>> slug("Andrew C. Kuchins")
    'andrew-c-kuchins'
    >>> slug("Łódź Gazeta")
    'lodz-gazeta'
    """
    from unicodedata import normalize

    plain = normalize("NFKD", text.replace("ł", "l").replace("Ł", "L").replace("ß", "ss"))
    letters = plain.encode("ascii", "ignore").decode("ascii").lower().replace("'", "")
    found = re.sub(r"[^a-z0-9]+", "-", letters)[:80].strip("-")
    return found or f"n-{zlib.crc32(text.encode('utf-8', 'replace')):08x}"


class Names:
    """Finds forecasters by id, name or another spelling; ``known`` has all of these, for hints."""

    def __init__(self, forecasters: Iterable[Forecaster] = ()) -> None:
        self._ids: dict[str, str] = {}
        self.known: list[str] = []
        self._joint: dict[frozenset[str], str] = {}
        listed = tuple(forecasters)
        for forecaster in listed:
            self._ids.setdefault(forecaster.id, forecaster.id)
        for forecaster in listed:
            self.known += (forecaster.id, forecaster.name, *forecaster.also)
            for name in (forecaster.name, *forecaster.also):
                self._ids.setdefault(_folded(name), forecaster.id)
            if forecaster.kind == "joint":
                self._joint.setdefault(frozenset(forecaster.members), forecaster.id)

    def find(self, name: str) -> str | None:
        """The id of the listed forecaster with this id, name or spelling, or None."""
        return self._ids.get(name) or self._ids.get(_folded(name))

    def resolve(self, name: str) -> str:
        """The id of the listed forecaster, or the name as an id."""
        return self.find(name) or slug(name)

    def joint(self, authors: Sequence[str]) -> str:
        """The one forecaster that several authors, given by their ids, are together."""
        return self._joint.get(frozenset(authors)) or "-and-".join(authors)[:80].rstrip("-")


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
