"""The pages that are cited as evidence: what each column shows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from forecastlog.column import Table, count, named, shows, text
from forecastlog.ledger import tables as keys
from forecastlog.model.ledger import Ledger
from forecastlog.sources import Use, described, host_of, kind_of, page_at, pages
from forecastlog.standing.due import deciding, entries_in_force
from forecastlog.vocabulary.articles import SourceKind


class Cited(NamedTuple):
    """A page with every entry that cites it."""

    page: str
    uses: tuple[Use, ...]
    kind: SourceKind | None
    day: date

    @property
    def url(self) -> str:
        """The address as it was written first."""
        return self.uses[0].entry.url or ""

    def says(self, key: str) -> object:
        """What its entries say of it: the first one that says anything."""
        return described(self.uses, key)

    @property
    def outcomes(self) -> int:
        """How many records have an entry in force that cites it, and has put nothing better in its place."""
        return len({use.record.id for use in self.uses if not use.entry.superseded and self._in_force(use)})

    def _in_force(self, use: Use) -> bool:
        resolutions = use.record.resolutions
        return resolutions[int(use.path[1])] in entries_in_force(deciding(use.record), self.day)


def source_id(url: str) -> str:
    """The public id of the page at an address: twelve hexadecimal digits that follow from the page alone."""
    return hashlib.sha256(page_at(url).encode()).hexdigest()[:12]


def _sources(ledger: Ledger, day: date) -> Iterator[Cited]:
    hosts = dict(ledger.settings.sources)
    for page, used in pages(ledger).items():
        kinds = (kind_of(use.entry, hosts) for use in used)
        yield Cited(page, tuple(used), next(filter(None, kinds), None), day)


SOURCES = Table(
    name="sources",
    meaning="The pages that are cited as evidence, each once, with what rests on it.",
    items=_sources,
    label="title",
    columns=named(
        keys.EVIDENCE,
        ("searched", "on", "shows", "quote", "superseded"),
        id=text("a digest of the page's address", lambda page: source_id(page.url)),
        title=shows(value=lambda page: page.says("title") or page.url),
        url=shows(value=lambda page: page.url),
        host=text("the host, a leading www. left out", lambda page: host_of(page.url), facet=True),
        publisher=shows(value=lambda page: page.says("publisher"), facet=True),
        kind=text(
            "the kind of source, as an entry or the desk's list of hosts says",
            lambda page: page.kind,
            facet=True,
            key="kind",
        ),
        agency=shows(value=lambda page: page.says("agency"), facet=True),
        published=shows(value=lambda page: page.says("published")),
        archive=shows(value=lambda page: page.says("archive")),
        archived_on=shows("archived.on", lambda page: getattr(page.says("archived"), "on", None)),
        entries=count("how many entries cite it", lambda page: len(page.uses)),
        outcomes=count(
            "of how many predictions and conditions the outcome rests on it on the day of the build, alone or with others",
            lambda page: page.outcomes,
        ),
    ),
)
