"""Names of forecasters -> their ids."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Sequence
from functools import lru_cache

from forecastlog.model.ledger import name_of_id
from forecastlog.model.records import Article, Forecaster

LONGEST = 80
"""The most characters of an id."""


@lru_cache(maxsize=4096)
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
    found = re.sub(r"[^a-z0-9]+", "-", letters)[:LONGEST].strip("-")
    return found or f"n-{zlib.crc32(text.encode('utf-8', 'replace')):08x}"


class Names:
    """Finds forecasters by id, name or another spelling; ``known`` has all of these, for hints.

    ``unlisted`` gathers those whom no list has, by id, under the name by which they were first called;
    ``called`` has the calls since somebody emptied it, each once with its answer: a name, or the ids of
    joint authors.
    """

    def __init__(self, forecasters: Iterable[Forecaster] = ()) -> None:
        self._ids: dict[str, str] = {}
        self.known: list[str] = []
        self.unlisted: dict[str, Forecaster] = {}
        self.called: dict[str | tuple[str, ...], str] = {}
        self._named: dict[str, str] = {}
        self._joint: dict[frozenset[str], str] = {}
        listed = tuple(forecasters)
        for forecaster in listed:
            self._ids.setdefault(forecaster.id, forecaster.id)
            self._named.setdefault(forecaster.id, forecaster.name)
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
        if name not in self.called:
            self.called[name] = self._resolved(name)
        return self.called[name]

    def _resolved(self, name: str) -> str:
        found = self.find(name)
        if found:
            return found
        made = slug(name)
        if made != name:
            self.unlisted.setdefault(made, Forecaster(id=made, name=" ".join(name.split())))
        return made

    def joint(self, authors: Sequence[str]) -> str:
        """The one forecaster that several authors, given by their ids, are together."""
        key = tuple(authors)
        if key not in self.called:
            self.called[key] = self._together(key)
        return self.called[key]

    def _together(self, authors: tuple[str, ...]) -> str:
        listed = self._joint.get(frozenset(authors))
        if listed:
            return listed
        made = "-and-".join(authors)
        if len(made) > LONGEST:  # cut, two groups of people could become one
            made = f"{made[: LONGEST - 9].rstrip('-')}-{zlib.crc32(made.encode()):08x}"
        *most, last = (self._name(author) for author in authors)
        name = f"{', '.join(most)} and {last}"
        self.unlisted.setdefault(made, Forecaster(id=made, name=name, kind="joint", members=tuple(authors)))
        return made

    def again(self, called: Iterable[str | Sequence[str]]) -> list[str]:
        """The answers to calls that somebody made before."""
        return [self.resolve(one) if isinstance(one, str) else self.joint(one) for one in called]

    def lists(self, call: str | Sequence[str]) -> bool:
        """Whether it is answered from the list."""
        return (self.find(call) is not None) if isinstance(call, str) else frozenset(call) in self._joint

    def _name(self, forecaster_id: str) -> str:
        unlisted = self.unlisted.get(forecaster_id)
        return self._named.get(forecaster_id) or (unlisted.name if unlisted else name_of_id(forecaster_id))

    def voice(self, article: Article) -> str:
        """Who speaks in an article where no speaker is named.

        The author, the joint authors, or the outlet.
        """
        if len(article.authors) == 1:
            return article.authors[0]
        if article.authors:
            return self.joint(article.authors)
        return self.resolve(article.publisher or "unsigned")


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
