"""The feeds: what is due as iCalendar, Atom and JSON, and the newest resolutions as Atom."""

from __future__ import annotations

from datetime import date
from typing import Any

from forecastlog.feeds import Entry, atom, calendar
from forecastlog.site import wording
from forecastlog.site.links import Links, absolute
from forecastlog.site.pages.due import conditions
from forecastlog.site.pages.lists import coming, due_now, latest_resolutions
from forecastlog.site.pages.view import caching, visible_database
from forecastlog.site.store import Row, Store, ask
from forecastlog.voice import closed

MOST = 1000
NEWEST = 50


async def due_calendar(datasette: Any, request: Any) -> Any:
    """Everything due or to come, as whole-day events on the day from which somebody should look."""
    as_of, entries, _ = await _due(datasette, request, ahead=True)
    text = calendar(entries, name="Predictions falling due", written=as_of)
    return _response(datasette, text, "text/calendar; charset=utf-8")


async def due_atom(datasette: Any, request: Any) -> Any:
    """What is due now."""
    as_of, entries, url = await _due(datasette, request, ahead=False)
    text = atom(reversed(entries), id="due", title="Predictions that are due", url=url, written=as_of)
    return _response(datasette, text, "application/atom+xml; charset=utf-8")


async def due_json(datasette: Any, request: Any) -> Any:
    """What is due now, as rows with the columns of ``forecastlog due``."""
    from datasette import Response

    database = await visible_database(datasette, request)
    rows = await ask(
        database,
        lambda store: store.all(
            "select kind, id, claim, told, speaker_id as speaker, due_on, days_overdue, event from due "
            "order by kind = 'condition' desc, days_overdue desc, id limit :most",
            most=MOST,
        ),
    )
    return Response.json(rows, headers=caching(datasette))


async def resolutions_atom(datasette: Any, request: Any) -> Any:
    """The newest resolutions, each with its verdict in words."""
    database = await visible_database(datasette, request)
    links = Links(datasette.urls, database.name)
    build, rows = await ask(database, lambda store: (store.build(), latest_resolutions(store, NEWEST)))
    entries = [
        Entry(
            id=f"{row['id']}/resolution",
            day=wording.last_day(row["known"]) or date.fromisoformat(build["as_of"]),
            title=f"{row['byline']}. {row['ended']}",
            text=_about(row),
            url=_address(datasette, request, links.prediction(row["id"])),
        )
        for row in rows
    ]
    url = _address(datasette, request, links.page("resolutions.atom"))
    text = atom(
        entries,
        id="resolutions",
        title="What came of it",
        url=url,
        written=date.fromisoformat(build["as_of"]),
    )
    return _response(datasette, text, "application/atom+xml; charset=utf-8")


async def _due(datasette: Any, request: Any, *, ahead: bool) -> tuple[date, list[Entry], str]:
    database = await visible_database(datasette, request)
    links = Links(datasette.urls, database.name)
    as_of, found = await ask(database, lambda store: _rows(store, ahead=ahead))

    def entry(row: Row) -> Entry:
        address = links.condition(row["id"]) if row["kind"] == "condition" else links.prediction(row["id"])
        return Entry(
            id=row["id"],
            day=wording.last_day(row["day"]) or as_of,
            title=row["claim"] if row["kind"] == "condition" else f"Did this happen? {row['claim']}",
            text=row["told"],
            url=_address(datasette, request, address) if not ahead else absolute(datasette, request, address),
        )

    return as_of, list(map(entry, found)), _address(datasette, request, links.page("due.atom"))


def _rows(store: Store, *, ahead: bool) -> tuple[date, list[Row]]:
    """Rows of kind, id, claim, day and told, by day."""
    as_of = store.build()["as_of"]
    found = [
        row | {"kind": "condition", "day": row["due_on"], "told": "Did this condition come true?"}
        for row in conditions(store, MOST)
    ]
    for kind in ("due", "maybe_due"):
        found += [_told(row, row["since"]) for row in due_now(store, MOST, kind)]
    found += [_told(row, as_of) for row in due_now(store, MOST, "review")]
    if ahead:
        found += [_told(row, row["due_on"]) for row in coming(store, MOST)]
    return date.fromisoformat(as_of), sorted(found, key=lambda row: (row["day"], row["id"]))


def _told(row: Row, day: str) -> Row:
    told = _about(row)
    if row["withdrawn"]:
        told = f"{told} {wording.opening(wording.taken_back(row))}."
    return row | {"kind": "prediction", "day": day, "told": told}


def _about(row: Row) -> str:
    """Who said what and when, and our question."""
    said = wording.day(row["said"] or row["made"])
    return f"{closed(row['told'])} Said on {said}. Our question, in our wording: {closed(row['claim'])}"


def _address(datasette: Any, request: Any, path: str) -> str:
    """The public address, or within a folder that may stand anywhere the path."""
    return absolute(datasette, request, path) or path


def _response(datasette: Any, text: str, kind: str) -> Any:
    from datasette import Response

    return Response(text, headers=caching(datasette), content_type=kind)
