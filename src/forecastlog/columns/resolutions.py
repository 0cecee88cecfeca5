"""Conditions, resolutions and their evidence: what each column shows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from forecastlog.column import Table, count, flag, named, shows, text
from forecastlog.columns import ids
from forecastlog.columns.fate import what_came
from forecastlog.columns.reckoned import reckoned
from forecastlog.columns.sources import source_id
from forecastlog.columnwise import Of
from forecastlog.kinds import OUTCOMES_BY_KIND
from forecastlog.ledger import tables as keys
from forecastlog.model.ledger import Ledger
from forecastlog.model.outcomes import Evidence, Resolution
from forecastlog.model.records import Condition, Prediction
from forecastlog.sources import distinct
from forecastlog.standing.due import (
    Standing,
    condition_status,
    deciding,
    due_from,
    entries_in_force,
    standing,
)
from forecastlog.vocabulary.outcomes import CONDITION_OUTCOMES
from forecastlog.vocabulary.word import alternatives


class ConditionOn:
    """A condition as it stands at the end of a day."""

    def __init__(self, record: Condition, day: date) -> None:
        self.record, self.day = record, day

    @reckoned
    def stands(self) -> Standing:
        """What is recorded about its fate."""
        return standing(self.record.resolutions, self.day)


class EntryOn(NamedTuple):
    """A resolution of a prediction or a condition (``of``), its public id, and whether it stands."""

    id: str
    record: Resolution
    of: Condition | Prediction
    stands: bool


class EvidenceOf(NamedTuple):
    """What an entry rests on: its public id, the entry's, and the place in the entry's list."""

    id: str
    record: Evidence
    of: str
    position: int


def _conditions(ledger: Ledger, day: date) -> Iterator[ConditionOn]:
    return (ConditionOn(condition, day) for condition in ledger.conditions)


def _resolved(ledger: Ledger) -> Iterator[tuple[Condition | Prediction, dict[str, Resolution]]]:
    """Each record with its entries by their ids."""
    for records in (ledger.conditions, ledger.predictions):
        for record in records:
            if record.resolutions:
                yield record, ids.with_ids(record.id, record.resolutions, ids.RESOLUTION)


def _entries(ledger: Ledger, day: date) -> Iterator[EntryOn]:
    for record, entries in _resolved(ledger):
        stand = entries_in_force(deciding(record), day)
        for key, entry in entries.items():
            yield EntryOn(key, entry, record, entry in stand)


def _evidence(ledger: Ledger, _: date) -> Iterator[EvidenceOf]:
    for _record, entries in _resolved(ledger):
        for of, entry in entries.items():
            listed = ids.with_ids(of, entry.evidence, ids.EVIDENCE)
            for position, (key, evidence) in enumerate(listed.items(), 1):
                yield EvidenceOf(key, evidence, of, position)


_DECIDED, _COPY = attrgetter("stands.entry"), attrgetter("record.archived")

CONDITIONS = Table(
    name="conditions",
    meaning="What has to come true before a conditional prediction counts.",
    items=_conditions,
    label="text",
    indexes=(("status", "due_on"),),
    columns=named(
        keys.CONDITION,
        id=shows(),
        article_id=text("the article that states it", attrgetter("record.article"), ref="articles"),
        text=shows(),
        by=shows(),
        settles_on=shows(),
        event=shows(),
        status=text(
            "open, due, resolved or contested, on the day of the build",
            lambda on: condition_status(on.record, on.day),
            facet=True,
        ),
        outcome=shows("resolutions.outcome", attrgetter("stands.outcome"), facet=True),
        happened=shows("resolutions.happened", Of(_DECIDED, attrgetter("happened"))),
        known=shows("resolutions.known", Of(_DECIDED, attrgetter("known"))),
        due_on=text(
            "the first day on which somebody should look", lambda on: due_from(on.record, on.record.by)
        ),
    ),
)
RESOLUTIONS = Table(
    name="resolutions",
    meaning="What happened, when it happened, when it was known, who recorded it.",
    items=_entries,
    label="outcome",
    indexes=(("known",), ("by", "blind")),
    columns=named(
        keys.RESOLUTION,
        id=text("the record's id and a digest of the entry", attrgetter("id")),
        prediction_id=text(
            "the prediction that it resolves",
            lambda entry: entry.of.id if isinstance(entry.of, Prediction) else None,
            ref="predictions",
        ),
        condition_id=text(
            "the condition that it resolves",
            lambda entry: entry.of.id if isinstance(entry.of, Condition) else None,
            ref="conditions",
        ),
        outcome=text(
            f"{OUTCOMES_BY_KIND}; of a condition {alternatives(CONDITION_OUTCOMES)}",
            attrgetter("record.outcome"),
            key="outcome",
            facet=True,
        ),
        reason=shows(facet=True),
        came=text(
            "what it says came of a prediction, as a sentence for readers",
            lambda entry: (
                what_came(entry.of, "resolved", entry.record.outcome, entry.record.reason)
                if isinstance(entry.of, Prediction)
                else None
            ),
        ),
        vintage=shows(),
        happened=shows(),
        known=shows(),
        recorded=shows(),
        by=shows(facet=True),
        blind=shows(),
        settles=shows(),
        stands=flag(
            "stands on the day of the build: the last entry of its author, or the settling one",
            attrgetter("stands"),
        ),
        sources=count(
            "how many sources it rests on; a page counts once, and so do all reprints of one agency's text",
            lambda entry: len(distinct(entry.record.evidence)),
        ),
        note=shows(),
    ),
)
EVIDENCE = Table(
    name="evidence",
    meaning="What a resolution rests on: a source, or a search that found nothing.",
    items=_evidence,
    label="url",
    columns=named(
        keys.EVIDENCE,
        id=text("the resolution's id and a digest of the entry", attrgetter("id")),
        resolution_id=text("the resolution", attrgetter("of"), ref="resolutions"),
        position=count("the place in the resolution's list, from 1", attrgetter("position")),
        source_id=text(
            "the page that it cites",
            lambda piece: piece.record.url and source_id(piece.record.url),
            ref="sources",
        ),
        url=shows(),
        title=shows(),
        publisher=shows(),
        agency=shows(),
        kind=shows(facet=True),
        published=shows(),
        archive=shows(),
        archived_sha256=shows("archived.sha256", Of(_COPY, attrgetter("sha256"))),
        archived_on=shows("archived.on", Of(_COPY, attrgetter("on"))),
        quote=shows(),
        shows=shows(),
        searched=shows(),
        searched_on=shows("on"),
    ),
)
