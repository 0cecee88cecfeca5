"""The pages that are cited as evidence: what each column shows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from forecastlog.column import Row, Stored, Table, count, named, shows, text
from forecastlog.ledger import tables as keys
from forecastlog.model.outcomes import Evidence
from forecastlog.sources import host_of, kind_of, page_at
from forecastlog.vocabulary.articles import SourceKind


class Cited(NamedTuple):
    """A page with every entry that cites it.

    Rows of evidence, each with the record ``of`` and whether it ``stands``.
    """

    uses: Sequence[Row]
    kind: SourceKind | None

    @property
    def id(self) -> Stored:
        """Its public id."""
        return self.uses[0]["source_id"]

    @property
    def url(self) -> str:
        """The address as it was written first."""
        return str(self.uses[0]["url"])

    def says(self, column: str) -> Stored:
        """What its entries say of it: the first one that says anything."""
        return next((use[column] for use in self.uses if use[column] is not None), None)

    @property
    def outcomes(self) -> int:
        """How many records have an entry in force that cites it, and has put nothing better in its place."""
        return len({use["of"] for use in self.uses if use["stands"] and not use["superseded"]})


def source_id(url: str) -> str:
    """The public id of the page at an address: twelve hexadecimal digits that follow from the page alone."""
    return hashlib.sha256(page_at(url).encode()).hexdigest()[:12]


def cited(evidence: Iterable[Row], hosts: Mapping[str, SourceKind]) -> Iterator[Cited]:
    """Every page that rows of evidence cite, in the order in which they first do."""
    found: dict[Stored, list[Row]] = {}
    for row in evidence:
        found.setdefault(row["source_id"], []).append(row)
    for uses in found.values():
        kinds = (row["kind"] or kind_of(Evidence(url=str(row["url"])), hosts) for row in uses)
        # Kinds were read as such.
        yield Cited(uses, next(filter(None, kinds), None))  # type: ignore[arg-type]


SOURCES = Table(
    name="sources",
    meaning="The pages that are cited as evidence, each once, with what rests on it.",
    label="title",
    columns=named(
        keys.EVIDENCE,
        ("searched", "on", "shows", "quote", "superseded"),
        id=text("a digest of the page's address", attrgetter("id")),
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
        archived_on=shows("archived.on", lambda page: page.says("archived_on")),
        entries=count("how many entries cite it", lambda page: len(page.uses)),
        outcomes=count(
            (
                "of how many predictions and conditions the outcome rests on it on the day of the build, "
                "alone or with others"
            ),
            lambda page: page.outcomes,
        ),
    ),
)
