"""A forecaster: what they said, what came of it, and how little that may say about them."""

from __future__ import annotations

from typing import Any

from forecastlog.site import wording
from forecastlog.site.pages.compare import alongside
from forecastlog.site.pages.drawn import calibration_of, words_of
from forecastlog.site.pages.lists import BROWSED, OWN, forecasts, items
from forecastlog.site.pages.method import relogged
from forecastlog.site.store import Row, Store
from forecastlog.vocabulary import RANK_ARTICLES, RANK_EVENTS

MOST = 100


def read(store: Store, key: str) -> dict[str, Any] | None:
    """Everything that a forecaster's page shows; None for an unknown one."""
    who = store.one("select * from forecasters where id = :key", key=key)
    if who is None:
        return None
    if who["kind"] == "outlet":
        return {"moved": f"/outlets/{key}"}
    names = store.all("select name, relation from forecaster_names where forecaster_id = :key", key=key)
    joint = store.all(
        "select forecasters.id, forecasters.name from forecaster_names "
        "join forecasters on forecasters.id = forecaster_id where forecaster_names.name = :key and relation = 'member'",
        key=key,
    )
    totals = store.totals("forecaster", key)
    return {
        "build": store.build(),
        "who": who,
        "also": [row["name"] for row in names if row["relation"] == "also"],
        "members": _members(store, [row["name"] for row in names if row["relation"] == "member"]),
        "joint": [group | {"items": _said(store, group["id"])} for group in joint],
        "totals": totals,
        "relogged": relogged(store, key),
        "sentence": _opening(who["name"], totals, joint, store),
        "words": words_of(store, "forecaster", key, totals),
        "blocks": calibration_of(store, "forecaster", key),
        "scores": scores(store, "forecaster", key),
        "items": _said(store, key),
        "of_others": _said(store, key, own=False),
        "beside": forecasts(
            store,
            f"where forecaster_id = :key and speaker_id is not :key and {OWN} and {BROWSED} "
            "order by forecasts.made desc, forecasts.rowid desc limit :most",
            key=key,
            most=MOST,
        ),
        "alongside": alongside(store, key),
        "most": MOST,
    }


def _opening(name: str, totals: dict[str, dict[str, int]], joint: list[Row], store: Store) -> str:
    """The sentence about somebody; whoever only wrote together with others is told of by that."""
    if totals.get("count", {}).get("predictions") or not joint:
        return sentence(name, totals)
    told = (sentence(group["name"], store.totals("forecaster", group["id"])) for group in joint)
    return f"{name} wrote together with others. {' '.join(told)}"


def sentence(name: str, totals: dict[str, dict[str, int]]) -> str:
    """What is logged, scored and logged in advance of somebody, and whether it allows a conclusion."""
    count = totals.get("count", {})
    n, scored = count.get("predictions", 0), count.get("scored", 0)
    if not n:
        return f"{name}: nothing logged."
    events, early = count.get("scored_events", 0), count.get("scored_in_advance", 0)
    on = f"scored on {wording.count(events, 'event')}" if scored else "scored"
    return (
        f"{name}: {n:,} logged from {wording.count(count.get('articles', 0), 'article')}, {scored:,} {on}, "
        f"{early or 'none'} of them logged in advance{': no conclusion about skill' if _too_few(count) else ''}."
    )


def _too_few(count: dict[str, int]) -> bool:
    few_events = count.get("scored_events", 0) < RANK_EVENTS or count.get("articles", 0) < RANK_ARTICLES
    return few_events or count.get("scored_in_advance", 0) < RANK_EVENTS


def scores(store: Store, by: str, group: str) -> list[Row]:
    """The scoreboard's rows of one group."""
    rows = store.all(
        'select * from scoreboard where "by" = :by and claims = \'all\' and "group" = :key order by timing, n desc',
        by=by,
        key=group,
    )
    return [row | {"left_out": wording.left_out(row)} for row in rows]


def _said(store: Store, key: str, *, own: bool = True) -> list[Row]:
    """What they said in their own words, or what others have them say."""
    return items(
        store,
        f"where speaker_id = :key and own_words = :own and {BROWSED} order by made desc, predictions.id limit :most",
        key=key,
        own=int(own),
        most=MOST,
    )


def _members(store: Store, ids: list[str]) -> list[Row]:
    found = (store.one("select id, name from forecasters where id = :key", key=key) for key in ids)
    return [row for row in found if row]
