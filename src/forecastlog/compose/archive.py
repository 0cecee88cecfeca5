"""Copies of cited pages: what has none, and the entries that say where one is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from forecastlog.archive import NotFetched, Store, Visitor, Wayback, text_of
from forecastlog.compose.plan import Plan, file_of, planned
from forecastlog.ledger import Loaded
from forecastlog.ledger.edit import Edit, Put
from forecastlog.model.ledger import records_of
from forecastlog.model.outcomes import Archived, Evidence
from forecastlog.model.records import Article
from forecastlog.sources import page_at, uses

Copied = Article | Evidence


@dataclass(frozen=True, slots=True)
class Place:
    """An article or an entry of evidence that names a page.

    Its record, the keys that lead to it, and itself.
    """

    record: str
    path: tuple[str | int, ...]
    item: Copied
    home: Path


@dataclass(frozen=True, slots=True)
class Cited:
    """A page with every place that names it."""

    page: str
    places: tuple[Place, ...]

    @property
    def url(self) -> str:
        """The address as it was written first."""
        return self.places[0].item.url or ""

    @property
    def archived(self) -> Archived | None:
        """The stored copy that one of the places tells of."""
        return next((place.item.archived for place in self.places if place.item.archived), None)

    @property
    def archive(self) -> str | None:
        """The address of a copy that one of the places tells of."""
        return next((place.item.archive for place in self.places if place.item.archive), None)

    @property
    def day(self) -> date | None:
        """The day on which the page was published, as far as anybody says."""
        return next((place.item.published.day for place in self.places if place.item.published), None)


def cited(loaded: Loaded, only: Collection[str] = ()) -> list[Cited]:
    """The pages that the records of these ids name, or all records'.

    An article stands for what was read in it.
    """
    found: dict[str, list[Place]] = {}
    for place in _places(loaded):
        if not only or place.record in only:
            found.setdefault(page_at(place.item.url or ""), []).append(place)
    return [Cited(page, tuple(places)) for page, places in found.items()]


def _places(loaded: Loaded) -> Iterator[Place]:
    for article in loaded.ledger.articles:
        if article.url:
            yield Place(article.id, (), article, file_of(loaded, article))
    for use in uses(records_of(loaded.ledger)):
        if use.record.article in loaded.articles_files:
            yield Place(use.record.id, use.path, use.entry, file_of(loaded, use.record))


@dataclass(slots=True)
class Archiving:
    """Copies that are made and found, one page after the other, and what the records then say of them.

    ``tell`` hears each sentence as soon as there is something to say: a ledger's pages take minutes.
    """

    visitor: Visitor
    today: date
    tell: Callable[[str], None]
    store: Store | None = None
    wayback: Wayback | None = None
    failed: list[NotFetched] = field(default_factory=list)
    edits: dict[Path, tuple[Edit, ...]] = field(default_factory=dict)
    ids: list[str] = field(default_factory=list)

    def run(self, loaded: Loaded, pages: Sequence[Cited]) -> Plan:
        """Store and look up what is missing; the plan that fills ``archived`` and ``archive``.

        A page that cannot be had is told and left; raises what ``Store.keep`` and ``planned`` do.
        """
        if self.store:
            self.store.check_place()
        for page in pages:
            for step in (self._store, self._look_up):
                try:
                    step(loaded, page)
                except NotFetched as error:
                    self.failed.append(error)
                    self.tell(str(error))
        return planned(loaded, self.today, edits=self.edits, ids=self.ids)

    def _store(self, loaded: Loaded, page: Cited) -> None:
        if not self.store:
            return
        copy = page.archived
        if copy is None:
            answer = self.visitor.get(page.url)
            copy = Archived(sha256=self.store.keep(answer, text_of(answer)), on=self.today)
            self.tell(f"{page.url}: stored as {copy.sha256[:12]}")
        self._put(loaded, page, "archived", {"sha256": copy.sha256, "on": copy.on})

    def _look_up(self, loaded: Loaded, page: Cited) -> None:
        if not self.wayback:
            return
        snapshot = page.archive
        if snapshot is None:
            snapshot = self.wayback.snapshot(self.visitor, page.url, page.day)
            self.tell(f"{page.url}: {snapshot}")
        self._put(loaded, page, "archive", snapshot)

    def _put(self, loaded: Loaded, page: Cited, key: str, value: object) -> None:
        """The key in every place that names the page and lacks it; a bare address becomes an entry."""
        for place in page.places:
            if getattr(place.item, key) is not None:
                continue
            edits = list(self.edits.get(place.home, ()))
            entry = Put(place.record, place.path, {"url": place.item.url})
            if not loaded.is_entry(place.record, *place.path) and entry not in edits:
                edits.append(entry)
            self.edits[place.home] = (*edits, Put(place.record, (*place.path, key), value))
            self.ids.append(place.record)
