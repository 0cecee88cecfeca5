"""One article's file, as it was read.

Or as the index keeps it, and read again only for the places of its values.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from forecastlog.ledger.index import Index, Row, Stamp, digest_of
from forecastlog.ledger.packed import Head, Torn, cells_of, heads_of, pack, unpack, unpack_record
from forecastlog.ledger.people import ArticleFile, Tree
from forecastlog.ledger.source import Source, open_source
from forecastlog.model.ledger import records_of
from forecastlog.model.records import Article, Condition, Prediction
from forecastlog.problems import Problem

Member = Condition | Prediction
Asked = list[str | list[str]]
_CLASSES: dict[str, type[Member]] = {"condition": Condition, "prediction": Prediction}
CELLS, RECORDS = "cells", "records"
Value = TypeVar("Value")


def holding(digest: bytes, called: bytes) -> bytes:
    """What tells of a file that it holds the same: the digest of its text, and whom the names in it mean."""
    return digest_of(digest + called)


class Unit(ABC):
    """A file with its heads.

    ``member(place)`` is the record of the head at that place, after the article's at 0.
    """

    path: Path
    stamp: Stamp | None
    heads: list[Head]
    asked: Asked
    digest: bytes
    holds: bytes
    """Differs wherever what the file says or whom its names mean does; empty where that is not known."""
    told: dict[str, Any]

    @property
    @abstractmethod
    def file(self) -> ArticleFile | Problem:
        """The file as it is read."""

    @property
    @abstractmethod
    def bare(self) -> Article:
        """The article; perhaps without its records."""

    @property
    @abstractmethod
    def article(self) -> Article:
        """The article with its records."""

    @abstractmethod
    def member(self, place: int) -> Member:
        """One record."""

    @abstractmethod
    def cells(self, path: str) -> list[Any] | None:
        """A value of each of its predictions as listings show it; None where it is no single one."""

    @abstractmethod
    def let_go(self) -> None:
        """Forget what can be had again: where its values stand, and the records that the index keeps."""

    def said(
        self, name: str, of: type[Value], make: Callable[[Article], Value], new: dict[bytes, bytes]
    ) -> Value:
        """What ``make`` says of the article; where nobody kept it, it joins ``new`` by the file's digest."""
        if name not in self.told:
            self.told[name] = self._said(name, of, make, new)
        found: Value = self.told[name]
        return found

    def _said(
        self, name: str, of: type[Value], make: Callable[[Article], Value], new: dict[bytes, bytes]
    ) -> Value:
        del name, of
        made = make(self.article)
        if self.digest:
            new[self.digest] = pack(made)
        return made


@dataclass(slots=True, eq=False)
class ReadUnit(Unit):
    """A file that was read."""

    path: Path
    stamp: Stamp | None
    read: ArticleFile | Problem | None
    """None where nothing of it is held, since the index keeps it."""
    asked: Asked
    heads: list[Head]
    digest: bytes = b""
    holds: bytes = b""
    told: dict[str, Any] = field(default_factory=dict)
    kept: Callable[[], KeptUnit | None] = lambda: None
    """The same as the index keeps it, once that is written."""
    _members: list[Member] | None = None
    _gone: KeptUnit | None = None

    @classmethod
    def of(cls, path: Path, stamp: Stamp | None, read: ArticleFile | Problem, asked: Asked) -> ReadUnit:
        """The unit of what was read of a file."""
        article = None if isinstance(read, Problem) else read.article
        return cls(path, stamp, read, asked, heads_of(article) if article else [])

    @property
    def file(self) -> ArticleFile | Problem:
        """As it was read; read once more where the index keeps it and its places were let go."""
        found = self._gone.file if self._gone else self.read
        assert found is not None  # noqa: S101  # it was read, and is held until the index keeps it
        return found

    @property
    def problems(self) -> Sequence[Problem]:
        """What is wrong with the file; nothing with one that the index keeps."""
        return [self.read] if isinstance(self.read, Problem) else self.read.problems if self.read else ()

    def let_go(self) -> None:
        """Hold what the index does not keep: its records, or nothing at all."""
        self._gone = self._gone or self.kept()
        if self._gone:
            self._gone.let_go()
            self._members = self.read = None
        elif isinstance(self.read, ArticleFile):
            self.read.let_go()

    @property
    def bare(self) -> Article:
        """With its records, where it was read whole."""
        return self._gone.bare if self._gone else self.article

    @property
    def article(self) -> Article:
        """With its records."""
        if self._gone:
            return self._gone.article
        article = self.read.article if isinstance(self.read, ArticleFile) else None
        assert article is not None  # noqa: S101  # a unit without one has no heads, and nobody asks for it
        return article

    def member(self, place: int) -> Member:
        """As the file has it."""
        if self._gone:
            return self._gone.member(place)
        if self._members is None:
            self._members = list(records_of(self.article))
        return self._members[place - 1]

    def cells(self, path: str) -> list[Any] | None:
        """From the records."""
        return self._gone.cells(path) if self._gone else cells_of(self.article.predictions).get(path)


class KeptUnit(Unit):
    """A file that the index keeps; where its bytes are torn, the file is read."""

    def __init__(
        self, path: Path, row: Row, index: Index, read: Callable[[Path], ArticleFile | Problem]
    ) -> None:
        self.path, self.stamp, self.heads, self.asked = path, row.stamp, row.heads, row.asked
        self.digest, self.told, self._index, self._read = row.digest, {}, index, read
        self.holds = holding(row.digest, row.called)
        self._members: dict[int, Member] = {}

    @cached_property
    def file(self) -> ArticleFile | Problem:
        """Opened now, and once, for where its values stand; its records are those of the index."""
        source = open_source(self.path)
        if isinstance(source, Source) and digest_of(source.text.encode()) == self.digest:
            return ArticleFile(source, None, (), Tree(source), tuple(head.id for head in self.heads))
        return self._read(self.path)

    def let_go(self) -> None:
        """Until somebody asks again."""
        for name in ("file", "bare", "article"):
            self.__dict__.pop(name, None)
        self._members.clear()

    @cached_property
    def bare(self) -> Article:
        """From the index."""
        try:
            return unpack_record(Article, self._index.part(self.digest, RECORDS))
        except Torn:
            return self._whole

    @cached_property
    def article(self) -> Article:
        """From the index, all its records at once."""
        places = range(1, len(self.heads))
        if len(self._members) < len(places):
            self._fetch()
        found = [self._members[place] for place in places]
        return replace(
            self.bare,
            conditions=tuple(one for one in found if isinstance(one, Condition)),
            predictions=tuple(one for one in found if isinstance(one, Prediction)),
        )

    def member(self, place: int) -> Member:
        """From the index, and once."""
        if place not in self._members:
            try:
                data = self._index.part(self.digest, RECORDS, place)
                self._members[place] = unpack_record(_CLASSES[self.heads[place].kind], data)
            except Torn:
                self._members[place] = self._anew[place - 1]
        return self._members[place]

    def _fetch(self) -> None:
        try:
            data = self._index.parts(self.digest, RECORDS, len(self.heads))
            for place in range(1, len(data)):
                if place not in self._members:
                    kind = _CLASSES[self.heads[place].kind]
                    self._members[place] = unpack_record(kind, data[place])
        except Torn:
            for place, record in enumerate(self._anew, 1):
                self._members.setdefault(place, record)

    def cells(self, path: str) -> list[Any] | None:
        """From the index."""
        try:
            found = unpack(dict[str, msgspec.Raw], self._index.part(self.digest, CELLS))
            return unpack(list[Any], bytes(found[path])) if path in found else None
        except Torn:
            return cells_of(self._whole.predictions).get(path)

    def _said(
        self, name: str, of: type[Value], make: Callable[[Article], Value], new: dict[bytes, bytes]
    ) -> Value:
        try:
            return unpack(of, self._index.part(self.digest, name))
        except Torn:
            return super()._said(name, of, make, new)

    @property
    def _whole(self) -> Article:
        """The article as its file has it."""
        self._index.discard()
        file = self._read(self.path)
        if isinstance(file, Problem) or file.article is None:
            raise Torn(f"{self.path} has changed")
        return file.article

    @cached_property
    def _anew(self) -> Sequence[Member]:
        found = list(records_of(self._whole))
        if len(found) != len(self.heads) - 1:
            raise Torn(f"{self.path} has changed")
        return found
