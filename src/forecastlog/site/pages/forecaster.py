"""A forecaster: what they said, what came of it, and how little that may say about them."""

from __future__ import annotations

from typing import Any

from forecastlog.site import wording
from forecastlog.site.pages.caution import Totals
from forecastlog.site.pages.compare import alongside
from forecastlog.site.pages.drawn import words_of
from forecastlog.site.pages.lists import BROWSED, OWN, forecasts, items, speakers
from forecastlog.site.pages.method import relogged
from forecastlog.site.store import Row, Store
from forecastlog.vocabulary.thresholds import ENOUGH_EVENTS, RANK_ARTICLES, RANK_EVENTS

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
        "join forecasters on forecasters.id = forecaster_id where forecaster_names.name = :key and "
        "relation = 'member'",
        key=key,
    )
    totals = store.totals("forecaster", key)
    beside = forecasts(
        store,
        f"where forecaster_id = :key and speaker_id is not :key and {OWN} and {BROWSED} "
        "order by forecasts.made desc, forecasts.rowid desc limit :most",
        key=key,
        most=MOST,
    )
    return {
        "build": store.build(),
        "who": who,
        "also": [row["name"] for row in names if row["relation"] == "also"],
        "members": _members(store, [row["name"] for row in names if row["relation"] == "member"]),
        "joint": [group | {"items": _said(store, group["id"])} for group in joint],
        "totals": totals,
        "relogged": relogged(store, key),
        "sentence": _opening(store, who, totals, joint, len(beside)),
        "words": [
            part
            for part in words_of(store, "forecaster", key, totals)
            if totals.get("word_events", {}).get(part["timing"], 0) >= ENOUGH_EVENTS
        ],
        "topics": _topics(store, key),
        "scores": scores(store, "forecaster", key),
        "items": _said(store, key),
        "of_others": _said(store, key, own=False),
        "beside": beside,
        "alongside": alongside(store, key),
        "most": MOST,
    }


def _opening(store: Store, who: Row, totals: Totals, joint: list[Row], beside: int) -> str:
    """The sentences about somebody.

    Of what they said, alone, with others and ``beside`` others, and of what they decided.
    """
    of_others = store.count(
        f"predictions where speaker_id = :key and own_words = 0 and {BROWSED}", key=who["id"]
    )
    told = [sentence(group["name"], store.totals("forecaster", group["id"])) for group in joint]
    if told:
        told[0] = f"Together with others: {told[0]}"
    work = _work(store, who)
    if totals.get("count", {}).get("predictions") or not (told or work or beside):
        told.insert(0, sentence(who["name"], totals, of_others))
    if beside:
        told.append(
            f"{wording.opening(wording.number(beside))} in their own words on what the record "
            "has from others."
        )
    return " ".join([*told, *work])


def _work(store: Store, who: Row) -> list[str]:
    """What somebody did for the log: outcomes recorded, and figures that are their judgement."""
    decided = store.all(
        'select count(*) as n, sum(blind = 1) as blind from resolutions where "by" = :key', key=who["id"]
    )[0]
    judged = store.all(
        "select (select count(*) from forecasts where judged_by = :key) + (select count(*) "
        "from forecasts where forecaster_id = :key and judged_by is null and basis = 'judged' and words "
        "is null) as n",
        key=who["id"],
    )[0]["n"]
    found = []
    if decided["n"]:
        blind = f"{decided['blind']:,}" if decided["blind"] else "none"
        found.append(
            f"{who['name']}: {wording.count(decided['n'], 'entry', 'entries')} on outcomes, "
            f"{blind} of them made without seeing who had said it and how sure."
        )
    if judged:
        found.append(
            f"{wording.opening(wording.count(judged, 'figure'))} in the log are their judgement of a text."
        )
    return found


def sentence(name: str, totals: Totals, of_others: int = 0) -> str:
    """What is logged, scored and logged in advance of somebody, and whether it allows a conclusion.

    ``of_others`` is how many of the predictions are in the words of others.
    """
    count = totals.get("count", {})
    n, scored = count.get("predictions", 0), count.get("scored", 0)
    if not n:
        return f"{name}: nothing logged."
    if of_others >= n:
        return f"{name}: {n:,} logged in the words of others, which count for nobody."
    events, early = count.get("scored_events", 0), count.get("scored_in_advance", 0)
    on = f"scored on {wording.count(events, 'event')}" if scored else "scored"
    return (
        f"{name}: {n:,} logged from {wording.count(count.get('articles', 0), 'article')}"
        f"{f', {of_others:,} of them in the words of others' if of_others else ''}; {scored:,} {on}, "
        f"{early or 'none'} of them logged in "
        f"advance{': no conclusion about skill' if _too_few(count) else ''}."
    )


def _too_few(count: dict[str, int]) -> bool:
    few_events = count.get("scored_events", 0) < RANK_EVENTS or count.get("articles", 0) < RANK_ARTICLES
    return few_events or count.get("scored_in_advance", 0) < RANK_EVENTS


def scores(store: Store, by: str, group: str) -> list[Row]:
    """The scoreboard's rows of one group."""
    rows = store.all(
        (
            'select * from scoreboard where "by" = :by and claims = \'all\' and "group" = :key order by '
            "timing, n desc"
        ),
        by=by,
        key=group,
    )
    return [row | {"left_out": wording.left_out(row)} for row in rows]


def _said(store: Store, key: str, *, own: bool = True) -> list[Row]:
    """What they said in their own words, or what others have them say."""
    return items(
        store,
        (
            f"where speaker_id = :key and own_words = :own and {BROWSED} order by made desc, "
            "predictions.id limit :most"
        ),
        key=key,
        own=int(own),
        most=MOST,
    )


def _topics(store: Store, key: str) -> list[Row]:
    """What somebody spoke about most in their own words, alone or with others."""
    return store.all(
        "select tag as id, filters.name, count(*) as n from predictions cross join prediction_tags "
        "on prediction_id = predictions.id cross join filters on filters.id = tag and filters.by = 'topic' "
        f"where speaker_id in ({speakers('key')}) and own_words = 1 and {BROWSED} "
        "group by tag order by count(*) desc, tag limit 12",
        key=key,
    )


def _members(store: Store, ids: list[str]) -> list[Row]:
    found = (store.one("select id, name from forecasters where id = :key", key=key) for key in ids)
    return [row for row in found if row]
