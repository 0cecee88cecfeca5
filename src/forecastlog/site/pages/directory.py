"""The lists of people, outlets, articles, topics, events, conditions and sources.

What each is called, and how much hangs on it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from forecastlog.site.pages.lists import BROWSED, OF_ARTICLE
from forecastlog.site.pages.view import Arguments, number_of
from forecastlog.site.store import Row, Store

SIZE = 100
FARTHEST = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list: its ``title``, a sentence about it, and the SQL of its rows.

    They have ``id``, ``name`` and what an aside tells.

    ``name`` is the column that a part of a name is looked for in, ``by`` the filter whose values the rows
    are.
    """

    title: str
    lede: str
    rows: str
    name: str
    order: str
    by: str = ""


def _of_filter(by: str, title: str, lede: str) -> Listing:
    return Listing(
        title=title,
        lede=lede,
        rows="select filters.id, filters.name, n, latest, forecasters.kind from filters left "
        "join forecasters on forecasters.id = filters.id and by in ('person', 'outlet') "
        "where by = :by and n > 0",
        by=by,
        name="filters.name",
        order="n desc, filters.name",
    )


LISTINGS: Mapping[str, Listing] = {
    "people": _of_filter(
        "person", "People", "Whose predictions are logged in their own words, alone or together with others."
    ),
    "outlets": _of_filter(
        "outlet", "Outlets", "Where the predictions were published, in the words in which they were said."
    ),
    "articles": Listing(
        title="Articles",
        lede="The texts that were read, the newest first, each with how many predictions were found in it.",
        rows="select id, coalesce(title, id) as name, published, publisher, url, "
        f"{OF_ARTICLE} from articles where 1",
        name="coalesce(title, id)",
        order="published desc, id",
    ),
    "topics": _of_filter("topic", "Topics", "What the predictions are about."),
    "events": _of_filter(
        "event", "Events", "What the predictions turn on: those of one event come out together."
    ),
    "conditions": Listing(
        title="Conditions",
        lede="What some predictions wait for: they speak only of the case that it comes true.",
        rows='select id, text as name, "by", status, outcome, null as reason, known, (select count(*) '
        "from predictions "
        "where condition_id = conditions.id and logged_wrongly = 0) as n from conditions where 1",
        name="text",
        order='coalesce(known, "by", due_on) desc, id',
    ),
    "sources": Listing(
        title="Sources",
        lede="The pages on which outcomes rest, those of the most outcomes first.",
        rows="select id, title as name, outcomes, host, publisher, kind, published, "
        "archive from sources where 1",
        name="title",
        order="outcomes desc, id",
    ),
}


def directory(name: str) -> Callable[[Store, Arguments], dict[str, Any]]:
    """What the list ``name`` shows; ``q`` narrows it to names that hold it."""
    listing = LISTINGS[name]

    def read(store: Store, arguments: Arguments) -> dict[str, Any]:
        q = " ".join(arguments.get("q", "").split())[:200]
        page = number_of(arguments, FARTHEST)
        held = f"and instr(lower({listing.name}), lower(:q)) " if q else ""
        rows = store.all(
            f"{listing.rows} {held}order by {listing.order} limit :most offset :skipped",
            most=SIZE + 1,
            skipped=SIZE * (page - 1),
            by=listing.by,
            q=q,
        )
        return {
            "build": store.build(),
            "listing": listing,
            "listings": LISTINGS,
            "name": name,
            "q": q,
            "rows": rows[:SIZE],
            "page": page,
            "more": len(rows) > SIZE,
            "size": SIZE,
            "others": _without(store) if name == "people" else [],
        }

    return read


def _without(store: Store) -> list[Row]:
    """Those of whom the log has no words of their own: only what others say that they said or think."""
    return store.all(
        "select forecasters.id, name, count(*) as n from predictions "
        f"join forecasters on forecasters.id = speaker_id where {BROWSED} and speaker_id not in (select id "
        f"from filters where by = 'person' and n > 0) group by forecasters.id order by n desc, name limit 200"
    )
