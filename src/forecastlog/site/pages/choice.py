"""What a reader chose to see: words to look for, filters and an order, as the address tells them.

The filters are those of the vocabulary. How many predictions each value has is stored for all of them and
counted anew for a choice, as long as that finds no more than ``MOST_COUNTED``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from forecastlog.database.filtered import APART
from forecastlog.site.pages.lists import BROWSED, speakers
from forecastlog.site.store import Row, Store
from forecastlog.vocabulary.forecasts import WENT
from forecastlog.vocabulary.pages import FILTERS

MOST_COUNTED = 5000
MOST_RANKED = 2000
"""Up to so many hits are put in the order of relevance; of more the newest come first."""
MOST_WORDS = 12
SHOWN = 12
"""Values offered of each filter."""
INDEXED = 2
"""So many filters at once make a page that search engines may keep."""

WHERE: Mapping[str, str] = {
    "topic": "predictions.id in (select prediction_id from prediction_tags where tag = :topic)",
    "person": f"predictions.own_words = 1 and predictions.speaker_id in ({speakers('person')})",
    "outlet": "predictions.publisher = (select name from filters where by = 'outlet' and id = :outlet)",
    "went": "predictions.went = :went and predictions.own_words = 1",
    "status": f"(predictions.status = :status or :status = '{APART}' and predictions.logged_wrongly = 1)",
    "year": "predictions.made_year = cast(:year as integer)",
    "logged": "predictions.timing = :logged",
    "event": "predictions.event = :event",
}
"""What each filter asks of a prediction."""
_COUNTED = {
    "topic": "select tag as id from matched join prediction_tags on prediction_id = matched.id",
    "person": "select speaker_id as id from matched where own_words = 1 union all select "
    "forecaster_names.name from matched join forecaster_names on forecaster_id = speaker_id and relation = "
    "'member' where own_words = 1",
    "outlet": (
        "select filters.id as id from matched join filters on by = 'outlet' and filters.name = publisher"
    ),
    "went": "select went as id from matched where own_words = 1",
    "status": "select status as id from matched",
    "year": "select made_year as id from matched",
    "logged": "select timing as id from matched",
}
_NEEDED = "predictions.id, speaker_id, own_words, predictions.publisher, went, status, made_year, timing"
OFFERED = tuple(name for name in FILTERS if name != "event")
"""Filters at the side of the list; an event has a page of its own, from which one comes here."""

SORTS = {
    "said": ("newest first", "predictions.made desc, predictions.main desc, predictions.rowid desc"),
    "due": ("next deadline first", "predictions.latest is null, predictions.latest, predictions.rowid"),
    "decided": (
        "latest outcome first",
        "predictions.known desc, predictions.rowid desc",
    ),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """The words and the filters of an address; ``given`` holds what SQL asks for, by name."""

    q: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)
    sort: str = ""

    @property
    def given(self) -> dict[str, str]:
        """The values of the SQL."""
        return {**self.filters, **({"q": phrase(self.q)} if self.searches else {})}

    @property
    def searches(self) -> bool:
        """Whether there is a word to look for."""
        return bool(phrase(self.q))

    @property
    def source(self) -> str:
        """Where the predictions are looked for."""
        if not self.searches:
            return "predictions"
        return "predictions_fts join predictions on predictions.rowid = predictions_fts.rowid"

    @property
    def where(self) -> str:
        """What is asked of them."""
        parts = [WHERE[name] for name in self.filters]
        if self.filters.get("status") != APART:
            parts.append(BROWSED)
        if self.searches:
            parts.append("predictions_fts match :q")
        return " and ".join(parts) or "1"

    @property
    def query(self) -> dict[str, str]:
        """The address's own query, without the page."""
        return {"q": self.q, **self.filters, "sort": self.sort}

    def without(self, name: str) -> dict[str, str]:
        """The query with one filter less."""
        return {key: value for key, value in self.query.items() if key != name}

    @property
    def indexed(self) -> bool:
        """Whether a search engine may keep the page."""
        return not self.q and not self.sort and len(self.filters) <= INDEXED


def chosen(arguments: Mapping[str, str]) -> Choice:
    """The choice that a query string makes; what is none of ours is left out."""
    sort = arguments.get("sort", "")
    return Choice(
        q=" ".join(arguments.get("q", "").split())[:200],
        filters={name: value for name in FILTERS if (value := arguments.get(name, ""))},
        sort=sort if sort in SORTS else "",
    )


def phrase(text: str) -> str:
    """A reader's words as SQLite's full-text search takes them: all of them, the last one perhaps unfinished.

    >>> phrase('Lough "aid'), phrase("NOT *"), phrase("  ")
    ('"Lough" "aid"*', '"NOT"*', '')
    """
    found = re.findall(r"\w+", text)[:MOST_WORDS]
    return " ".join(f'"{word}"' for word in found) + ("*" if found else "")


def found(store: Store, choice: Choice) -> int:
    """How many predictions there are, counted up to one more than ``MOST_COUNTED``."""
    if not choice.filters and not choice.searches:
        return int(store.totals().get("count", {}).get("predictions", 0))
    if len(choice.filters) == 1 and not choice.searches:
        ((by, key),) = choice.filters.items()
        row = store.filtered(by, key)
        return int(row["n"]) if row else 0
    matched = f"select 1 from {choice.source} where {choice.where} limit {MOST_COUNTED + 1}"
    return store.count(f"({matched})", **choice.given)


def offered(store: Store, choice: Choice, n: int) -> list[Row]:
    """Each filter with its values in their fixed order, each with how many predictions it would leave.

    Above ``MOST_COUNTED`` a value's number is that of all predictions, and the filter says so (``whole``).
    """
    narrowed = bool(choice.filters or choice.searches) and n <= MOST_COUNTED
    counts = _counts(store, choice) if narrowed else None
    groups = []
    for name in OFFERED:
        values = _values(store, name, choice, counts)
        if values:
            groups.append(
                {
                    "name": name,
                    "title": FILTERS[name].title,
                    "values": values[:SHOWN],
                    "more": len(values) > SHOWN,
                    "chosen": choice.filters.get(name),
                    "whole": counts is None,
                }
            )
    return groups


def _values(
    store: Store, name: str, choice: Choice, counts: Mapping[tuple[str, str], int] | None
) -> list[Row]:
    order = "id desc" if name == "year" else "n desc, name"
    rows = store.all(f"select id, name, n from filters where by = :by order by {order} limit 400", by=name)
    if name == "went":  # that none went the other way is an answer too
        stored = {row["id"]: row for row in rows}
        rows = [
            stored.get(word.name, {"id": word.name, "name": word.title.capitalize(), "n": 0})
            for word in WENT.values()
        ]
    if counts is not None:
        rows = [row | {"n": counts.get((name, str(row["id"])), 0)} for row in rows]
    kept = [row for row in rows if row["n"] or name == "went" or row["id"] == choice.filters.get(name)]
    if chosen_one := choice.filters.get(name):
        kept = [row for row in kept if row["id"] == chosen_one]
    return kept


def _counts(store: Store, choice: Choice) -> dict[tuple[str, str], int]:
    matched = f"select {_NEEDED} from {choice.source} where {choice.where} limit {MOST_COUNTED}"
    each = " union all ".join(f"select '{name}' as filter, id from ({_COUNTED[name]})" for name in OFFERED)
    rows = store.all(
        f"with matched as materialized ({matched}) select filter, id, count(*) as n from ({each}) "
        "where id is not null group by 1, 2",
        **choice.given,
    )
    return {(row["filter"], str(row["id"])): row["n"] for row in rows}


def told(store: Store, choice: Choice) -> list[dict[str, Any]]:
    """The filters that are chosen, each with its name."""
    return [
        {
            "filter": name,
            "title": FILTERS[name].title,
            "name": (store.filtered(name, value) or {"name": value})["name"],
            "id": value,
        }
        for name, value in choice.filters.items()
    ]
