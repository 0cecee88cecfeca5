"""The tables that gather what stands in those of the records: people, events, pages that are cited."""

from __future__ import annotations

from collections.abc import Iterable

from forecastlog.column import Row, Values
from forecastlog.columns.articles import FORECASTERS, ForecasterIn
from forecastlog.columns.events import EVENTS, EventIn
from forecastlog.columns.sources import SOURCES, cited
from forecastlog.database.parts import Before
from forecastlog.model.ledger import Ledger
from forecastlog.model.records import Event


def forecaster_rows(before: Before, ledger: Ledger) -> list[Values]:
    """Everybody listed, and then everybody named in a record without being listed."""
    said = dict(before.values("select speaker_id, count(*) from predictions group by speaker_id"))
    named = before.values(
        "select forecaster_id from article_authors union select speaker_id from predictions "
        "union select forecaster_id from forecasts order by 1"
    )
    ids = dict.fromkeys((*(one.id for one in ledger.forecasters), *(name for (name,) in named)))
    return FORECASTERS.made(ForecasterIn(ledger.forecaster(one), said.get(one, 0)) for one in ids)


def event_rows(before: Before, ledger: Ledger) -> list[Values]:
    """Every event that a record names or events.yaml tells of, in the order of their names."""
    turning = dict(
        before.values("select event, count(*) from predictions where event is not null group by event")
    )
    of_conditions = (
        name for (name,) in before.values("select event from conditions where event is not null")
    )
    told = {event.id: event for event in ledger.events}
    names = sorted({*turning, *told, *of_conditions})
    return EVENTS.made(EventIn(told.get(one, Event(id=one)), turning.get(one, 0)) for one in names)


def source_rows(before: Before, ledger: Ledger) -> list[Values]:
    """Every page that is cited as evidence: by the conditions, then by the predictions, in their order."""
    return SOURCES.made(cited(_evidence(before), dict(ledger.settings.sources)))


def _evidence(before: Before) -> Iterable[Row]:
    entries = {
        entry: (condition, prediction, stands)
        for entry, condition, prediction, stands in before.values(
            "select id, condition_id, prediction_id, stands from resolutions"
        )
    }
    rows = before.in_order("evidence", where="url is not null")
    for row in rows:
        condition, prediction, row["stands"] = entries[row["resolution_id"]]
        row["of"], row["apart"] = condition or prediction, int(condition is None)
    return sorted(rows, key=lambda row: bool(row["apart"]))
