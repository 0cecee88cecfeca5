"""The front page.

The main claims and what came of them, one event, every prediction, people, what comes next.
"""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from forecastlog.site.claims_chart import Place, spread_chart
from forecastlog.site.pages.caution import Totals, caution
from forecastlog.site.pages.choice import Choice
from forecastlog.site.pages.drawn import words_of
from forecastlog.site.pages.lists import BROWSED, coming, due_now, items, latest_resolutions
from forecastlog.site.pages.subject import questions
from forecastlog.site.store import Row, Store
from forecastlog.vocabulary.pages import CAME

MAIN = 4
NAMES = 12
EVENTS = 3
"""Of so many events with the most predictions the one is shown about which the most was said of one
question."""
MOST_OF_EVENT = 60


def read(store: Store) -> dict[str, Any]:
    """Everything that the front page shows."""
    totals = store.totals()
    main = _main(store)
    return {
        "build": store.build(),
        "totals": totals,
        "caution": caution(store, totals),
        "main": main,
        "event": _event(store),
        "spread": _spread(store, totals),
        "n": totals.get("count", {}).get("predictions", 0),
        "states": store.all(
            "select id, name, n from filters where by = 'status' and n > 0 order by n desc, id"
        ),
        "main_marked": store.one("select 1 as marked from predictions where main = 1 limit 1"),
        "people": _names(store, "person"),
        "outlets": _names(store, "outlet"),
        "topics": _names(store, "topic"),
        "words": words_of(store, "all", "all", totals),
        "resolved": latest_resolutions(store, 4),
        "due": due_now(store, 3),
        "coming": coming(store, 3),
        "ranked": store.all(
            "select scoreboard.*, forecasters.name from scoreboard join forecasters on "
            'forecasters.id = "group" '
            "where \"by\" = 'forecaster' and claims = 'all' and timing = 'in advance' and block = 'headline' "
            "and rank is not null order by rank, n desc limit 5"
        ),
    }


def _main(store: Store) -> list[Row]:
    """Decided main claims in the speakers' own words.

    The latest known first, one an event as far as there are.
    """
    rows = items(
        store,
        (
            f"where main = 1 and known is not null and {BROWSED} order by known desc, "
            "predictions.rowid desc limit 60"
        ),
    )
    decided = [row for row in rows if row["outcome"] in ("yes", "no") and row["own_words"]]
    first: dict[str, Row] = {}
    for row in decided:
        first.setdefault(row["event"] or row["id"], row)
    said = [row for row in first.values() if row["went"] in ("the way it leaned", "the other way")]
    rest = [row for row in decided if row not in said]
    return [*said, *rest][:MAIN]


def _event(store: Store) -> Row | None:
    """The event with the most said on one question, and that question; None where nothing was said twice."""
    best: Row | None = None
    for event in store.all(
        "select id, name, n from filters where by = 'event' order by n desc, id limit :most", most=EVENTS
    ):
        choice = Choice(filters={"event": event["id"]})
        rows = items(store, f"where {choice.where} limit :most", **choice.given, most=MOST_OF_EVENT)
        for question in questions(store, rows)["shared"]:
            if best is None or len(question["rows"]) > len(best["rows"]):
                best = event | question
    return best


def _spread(store: Store, totals: Totals) -> Markup | None:
    rows = store.all("select probability, mark, came, n from sounded order by id")
    if not rows:
        return None
    told = {row["came"] for row in rows}
    chart = spread_chart(
        [Place(**row) for row in rows],
        [came for came in CAME if came in told],
        in_advance=totals.get("timing", {}).get("in advance", 0),
        events=totals.get("count", {}).get("events", 0),
    )
    return Markup(chart)  # noqa: S704  # charts escape their texts


def _names(store: Store, by: str) -> list[Row]:
    return store.all(
        "select id, name, n from filters where by = :by and n > 0 order by n desc, name limit :most",
        by=by,
        most=NAMES,
    )
