"""What is new, as Atom.

Of everything what came of it, and of a person, an outlet, a topic or an event all that changed.

A prediction has one entry, which is renewed when something came of it, when it was corrected and when
somebody replied.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

from forecastlog.feeds import Entry, atom
from forecastlog.site import wording
from forecastlog.site.pages.choice import Choice
from forecastlog.site.pages.feeds import ATOM, FARTHEST, about, address, response, turning
from forecastlog.site.pages.lists import COLUMNS, JOIN, latest_resolutions
from forecastlog.site.pages.view import arguments_of, asked, found, links_of, number_of
from forecastlog.site.store import Row, Store
from forecastlog.voice import closed

SIZE = 50
_CHANGED = """max(
  coalesce(predictions.logged, ''), coalesce(predictions.known, ''),
  coalesce((select max(recorded) from resolutions where prediction_id = predictions.id), ''),
  coalesce((select max("on") from corrections where prediction_id = predictions.id), ''),
  coalesce((select max(json_extract(reply.value, '$.on')) from json_each(predictions.replies) as reply
            where reply.type = 'object'), ''))"""
"""The day on which something was last done with a prediction."""


async def resolutions_atom(datasette: Any, request: Any) -> Any:
    """The newest resolutions, each with its verdict in words."""
    links = await links_of(datasette, request)
    as_of, rows = await asked(
        datasette, request, lambda store: (_as_of(store), latest_resolutions(store, SIZE))
    )
    entries = [
        Entry(
            id=f"{row['id']}/resolution",
            day=wording.last_day(row["known"]) or as_of,
            title=f"{row['byline']}. {row['ended']}",
            text=about(row),
            url=address(datasette, request, links.prediction(row["id"])),
        )
        for row in rows
    ]
    url = address(datasette, request, links.page("resolutions.atom"))
    text = atom(entries, id="resolutions", title="What came of it", url=url, written=as_of)
    return response(datasette, text, ATOM)


def news(by: str) -> Callable[[Any, Any], Awaitable[Any]]:
    """The view of the feed of one person, outlet, topic or event; NotFound for an unknown one."""

    async def view(datasette: Any, request: Any) -> Any:
        number = number_of(arguments_of(request), FARTHEST)
        key, told = await found(datasette, request, lambda store, key: _of(store, by, key, number))
        links = await links_of(datasette, request)
        as_of, name, rows = told
        entries = [
            Entry(
                id=row["id"],
                day=wording.last_day(row["changed"]) or as_of,
                title=f"{row['byline']}. {row['ended']}" if row["outcome"] else row["told"],
                text=_told(row),
                url=address(datasette, request, links.prediction(row["id"])),
            )
            for row in rows[:SIZE]
        ]
        url, turns = turning(datasette, request, more=len(rows) > SIZE)
        text = atom(entries, id=f"{by}/{key}", title=name, url=url, written=as_of, turns=turns)
        return response(datasette, text, ATOM)

    return view


def _of(store: Store, by: str, key: str, number: int) -> tuple[date, str, list[Row]] | None:
    named = store.filtered(by, key)
    if named is None and by in ("person", "outlet"):
        named = store.one("select name from forecasters where id = :key", key=key)
    if named is None:
        return None
    choice = Choice(filters={by: key})
    rows = store.all(
        f"select {COLUMNS}, predictions.replies, {_CHANGED} as changed from {choice.source} {JOIN} "
        f"where {choice.where} order by changed desc, predictions.id limit :most offset :skipped",
        most=SIZE + 1,
        skipped=SIZE * (number - 1),
        **choice.given,
    )
    for row in rows[:SIZE]:
        row["corrections"] = store.all(
            'select "on", field, was, why from corrections where prediction_id = :key order by "on"',
            key=row["id"],
        )
    return _as_of(store), named["name"], rows


def _told(row: Row) -> str:
    """All of it in sentences, what was corrected and who replied too."""
    parts = [about(row), *([] if row["outcome"] is None else [closed(row["ended"])])]
    parts += [
        f"Corrected on {wording.day(each['on'])}: {each['field']} was “{each['was']}” ({each['why']})."
        for each in row["corrections"]
    ]
    parts += [
        f"Reply by {reply.get('by')}, {wording.day(reply.get('on'))}: {reply.get('url')}"
        for reply in wording.listed(row["replies"])
        if isinstance(reply, dict)
    ]
    return " ".join(parts)


def _as_of(store: Store) -> date:
    return date.fromisoformat(store.build()["as_of"])
