"""The feeds of what is due: as iCalendar, Atom and JSON, a page at a time, what is nearest to today first."""

from __future__ import annotations

from datetime import date
from typing import Any

from forecastlog.feeds import Entry, atom, calendar
from forecastlog.kinds import BINARY
from forecastlog.site import wording
from forecastlog.site.links import absolute
from forecastlog.site.pages.lists import items
from forecastlog.site.pages.view import arguments_of, asked, caching, links_of, number_of
from forecastlog.site.store import Row, Store
from forecastlog.voice import closed

SIZE = 100
"""Entries of a page of a feed: some 60 kB."""
FARTHEST = 1000
ATOM = "application/atom+xml; charset=utf-8"
_DUE = "select kind, id, due_on as day from due order by due_on desc, id limit :most"
_COMING = (
    "select 'coming' as kind, id, due_on as day from predictions where status = 'open' and "
    "due_on is not null order by due_on, id limit :most"
)


async def due_calendar(datasette: Any, request: Any) -> Any:
    """What is due or to come, as whole-day events on the day from which somebody should look."""
    as_of, entries, _ = await _due(datasette, request, ahead=True)
    text = calendar(sorted(entries, key=_when), name="Predictions falling due", written=as_of)
    return response(datasette, text, "text/calendar; charset=utf-8")


async def due_atom(datasette: Any, request: Any) -> Any:
    """What is due now, the newest first."""
    as_of, entries, more = await _due(datasette, request, ahead=False)
    url, turns = turning(datasette, request, more=more)
    text = atom(entries, id="due", title="Predictions that are due", url=url, written=as_of, turns=turns)
    return response(datasette, text, ATOM)


async def due_json(datasette: Any, request: Any) -> Any:
    """What is due now, as rows with the columns of ``forecastlog due``; at most 1,000 a page."""
    from datasette import Response

    number = number_of(arguments_of(request), FARTHEST)
    rows = await asked(
        datasette,
        request,
        lambda store: store.all(
            "select kind, id, claim, told, speaker_id as speaker, due_on, days_overdue, event from due "
            "order by kind = 'condition' desc, days_overdue desc, id limit :most offset :skipped",
            most=10 * SIZE,
            skipped=10 * SIZE * (number - 1),
        ),
    )
    return Response.json(rows, headers=caching(datasette))


async def _due(datasette: Any, request: Any, *, ahead: bool) -> tuple[date, list[Entry], bool]:
    """The day, the entries of the page that is asked for, and whether there are more."""
    links = await links_of(datasette, request)
    number = number_of(arguments_of(request), FARTHEST)
    as_of, found, more = await asked(datasette, request, lambda store: _rows(store, number, ahead=ahead))

    def entry(row: Row) -> Entry:
        condition = row["kind"] == "condition"
        place = links.condition(row["id"]) if condition else links.prediction(row["id"])
        public = absolute(datasette, request, place)
        return Entry(
            id=row["id"],
            day=wording.last_day(row["day"]) or as_of,
            title=row["claim"] if condition else f"{_ask(row)} {row['claim']}",
            text="Did this condition come true?" if condition else _told(row),
            url=public if ahead else public or place,
        )

    return as_of, list(map(entry, found)), more


def _rows(store: Store, number: int, *, ahead: bool) -> tuple[date, list[Row], bool]:
    """A page of rows with kind and day, and whether there are more.

    What is due, and ``ahead`` what comes, by nearness.
    """
    as_of = date.fromisoformat(store.build()["as_of"])
    most = number * SIZE + 1
    found = store.all(_DUE, most=most)
    if ahead:
        found += store.all(_COMING, most=most)
        found.sort(key=lambda row: (abs(((wording.last_day(row["day"]) or as_of) - as_of).days), row["id"]))
    shown = found[SIZE * (number - 1) : SIZE * number]
    return as_of, [row | _record(store, row) for row in shown], len(found) > SIZE * number


def _record(store: Store, row: Row) -> Row:
    if row["kind"] == "condition":
        return {
            "claim": (store.one("select text from conditions where id = :key", key=row["id"]) or {})["text"]
        }
    return items(store, "where predictions.id = :key", key=row["id"])[0]


def _ask(row: Row) -> str:
    """What is asked of a prediction: a number or a day is none that happens or does not."""
    return "Did this happen?" if row["kind"] == BINARY.name else "What came of this?"


def _when(entry: Entry) -> tuple[date, str]:
    return entry.day, entry.id


def _told(row: Row) -> str:
    taken_back = f" {wording.opening(wording.taken_back(row))}." if row["withdrawn"] else ""
    return about(row) + taken_back


def about(row: Row) -> str:
    """Who said what and when, and our question."""
    said = wording.day(row["said"] or row["made"])
    return f"{closed(row['told'])} Said on {said}. Our question, in our wording: {closed(row['claim'])}"


def turning(datasette: Any, request: Any, *, more: bool) -> tuple[str, dict[str, str]]:
    """The address of the page of a feed, and those of the pages beside it (RFC 5005)."""
    number = number_of(arguments_of(request), FARTHEST)
    path = datasette.urls.path(request.path)

    def page(n: int) -> str:
        return address(datasette, request, path if n == 1 else f"{path}?page={n}")

    turns = {"previous": number - 1} if number > 1 else {}
    turns |= {"next": number + 1} if more else {}
    return page(number), {name: page(n) for name, n in turns.items()}


def address(datasette: Any, request: Any, path: str) -> str:
    """The public address, or within a folder that may stand anywhere the path."""
    return absolute(datasette, request, path) or path


def response(datasette: Any, text: str, kind: str) -> Any:
    """A text of some kind, which caches keep as long as a page."""
    from datasette import Response

    return Response(text, headers=caching(datasette), content_type=kind)
