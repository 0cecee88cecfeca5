"""Two people side by side, on what both spoke about; and who spoke about what others did.

What two people wrote together is no comparison, so it is left out, and so is whatever is in the words of
others. Nothing is scored here: of few questions no score says who is better.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from forecastlog.site.pages.lists import BROWSED, OWN, forecasts, speakers
from forecastlog.site.pages.subject import chart_of, claim_of, question_of
from forecastlog.site.pages.view import Arguments
from forecastlog.site.store import Row, Store

MOST = 400
"""Forecasts of a person that are looked through, the newest first."""
PEOPLE = 12
"""Of so many people the list of pairs is made: those of whom the most is logged."""
EVENTS, LOOKED_AT = 40, 400
"""Events of a person, the newest first, about which it is asked who else spoke, and predictions looked at
for that."""
SUBJECTS, LINES = 12, 4
"""So many questions, and events, are shown, and of each so many lines a side."""


def read(store: Store, key: str) -> dict[str, Any] | None:
    """What two people, ``ONE/OTHER``, said of the same events and questions; None where one is unknown."""
    one, _, other = key.partition("/")
    both = [store.one("select * from forecasters where id = :key", key=each) for each in (one, other)]
    if not all(both) or one == other:
        return None
    said = [_said(store, each) for each in (one, other)]
    together = {row["forecaster_id"] for row in said[0]} & {row["forecaster_id"] for row in said[1]}
    left, right = ([row for row in rows if row["forecaster_id"] not in together] for rows in said)
    return {
        "build": store.build(),
        "both": both,
        "together": bool(together),
        **_side_by_side(store, left, right),
    }


def _said(store: Store, key: str) -> list[Row]:
    """What somebody said in their own words, alone or with others: of each prediction the last."""
    newest: dict[tuple[str, str], Row] = {}
    for who in (row["id"] for row in store.all(speakers("key"), key=key)):
        rows = forecasts(
            store,
            f"where forecaster_id = :who and {OWN} and {BROWSED} order by forecasts.made desc, "
            "forecasts.rowid desc limit :most",
            who=who,
            most=MOST,
        )
        for row in rows:
            newest.setdefault((row["forecaster_id"], row["id"]), row)
    return list(newest.values())


def _side_by_side(store: Store, left: list[Row], right: list[Row]) -> dict[str, Any]:
    """The ``questions`` that both answered, and the events on which both spoke of other questions."""
    questions = _matched(left, right, question_of)
    answered = {id(row) for pair in questions for rows in pair for row in rows}
    others, rest = (
        [row for row in rows if id(row) not in answered and row["event"]] for rows in (left, right)
    )
    events = _matched(others, rest, lambda row: str(row["event"]))
    return {
        "questions": [
            {
                "claim": claim_of([*mine, *theirs]),
                "rows": (mine[:LINES], theirs[:LINES]),
                "chart": chart_of([*mine[:LINES], *theirs[:LINES]], f"question-{number}"),
            }
            for number, (mine, theirs) in enumerate(questions[:SUBJECTS], 1)
        ],
        "events": [
            {**_event(store, mine[0]["event"]), "rows": (mine[:LINES], theirs[:LINES])}
            for mine, theirs in events[:SUBJECTS]
        ],
        "more": max(len(questions) - SUBJECTS, 0) + max(len(events) - SUBJECTS, 0),
    }


def _matched(left: list[Row], right: list[Row], key: Any) -> list[tuple[list[Row], list[Row]]]:
    """The rows of both with the same key, in the order of the left."""
    mine, theirs = (_grouped(rows, key) for rows in (left, right))
    return [(rows, theirs[name]) for name, rows in mine.items() if name in theirs]


def _grouped(rows: list[Row], key: Any) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found


def _event(store: Store, key: str) -> Row:
    named = store.filtered("event", key) or {"id": key, "name": key}
    return {"question": None, "ended": None, **store.event(key), **named}


def alongside(store: Store, key: str) -> list[Row]:
    """Who else spoke about somebody's events, with on how many (``shared``), the most first."""
    said = _said(store, key)
    events = list(dict.fromkeys(row["event"] for row in said if row["event"]))[:EVENTS]
    if not events:
        return []
    members = store.all(
        "select name as id from forecaster_names where forecaster_id = :key and relation = 'member'", key=key
    )
    own = [key, *(row["forecaster_id"] for row in said), *(row["id"] for row in members)]
    named = {f"event_{number}": event for number, event in enumerate(events)}
    apart = {f"own_{number}": each for number, each in enumerate(dict.fromkeys(own))}
    return store.all(
        "select forecaster_id as id, name, count(distinct event) as shared "
        f"from (select id, event from predictions where event in ({', '.join(f':{name}' for name in named)}) "
        f"and {BROWSED} limit {LOOKED_AT}) as asked join forecasts on prediction_id = asked.id join "
        f"forecasters on forecasters.id = forecaster_id where {OWN} and forecaster_id not in "
        f"({', '.join(f':{name}' for name in apart)}) group by forecaster_id order by shared desc, "
        "name limit :most",
        most=PEOPLE,
        **named,
        **apart,
    )


def pairs(store: Store, _arguments: Arguments) -> dict[str, Any]:
    """Who can be put side by side.

    Each of the people of whom the most is logged with others, and the events shared.
    """
    people = store.all(
        "select forecasters.id, forecasters.name from filters join forecasters on forecasters.id "
        "= filters.id where by = 'person' and exists (select 1 from forecasts where forecaster_id = "
        "forecasters.id) order by n desc, filters.name limit :most",
        most=PEOPLE,
    )
    found: dict[frozenset[str], Row] = {}
    for person in people:
        for other in alongside(store, person["id"]):
            pair = {"one": person, "other": other, "shared": other["shared"]}
            found.setdefault(frozenset((person["id"], other["id"])), pair)
    ordered = sorted(found.values(), key=lambda pair: -pair["shared"])
    return {"build": store.build(), "pairs": ordered, "most": PEOPLE}
