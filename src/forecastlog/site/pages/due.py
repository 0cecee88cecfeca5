"""What is due: conditions first, then predictions, the most overdue first; and what comes next."""

from __future__ import annotations

from typing import Any

from forecastlog.site.pages.lists import coming, due_now, items
from forecastlog.site.pages.view import Arguments
from forecastlog.site.store import Row, Store

MOST = 200


def read(store: Store, _arguments: Arguments) -> dict[str, Any]:
    """Everything that the due page shows."""
    build, totals = store.build(), store.totals()
    return {
        "build": build,
        "totals": totals,
        "conditions": conditions(store, MOST),
        "due": due_now(store, MOST),
        "maybe": items(store, "where predictions.status = 'maybe_due' order by strict, predictions.id limit :most",
                       most=MOST),
        "review": review(store, build["as_of"], MOST),
        "coming": coming(store, 25),
        "most": MOST,
    }  # fmt: skip


def conditions(store: Store, limit: int) -> list[Row]:
    """Conditions whose day has passed and whose fate nobody has recorded."""
    return store.all(
        "select id, text as claim, due_on, article_id from conditions where status = 'due' "
        "order by due_on, id limit :limit",
        limit=limit,
    )


def review(store: Store, as_of: str, limit: int) -> list[Row]:
    """Open-ended predictions whose day of review has come."""
    return items(
        store,
        "where predictions.status = 'open' and due_on is null and review <= :as_of order by review limit :limit",
        as_of=as_of,
        limit=limit,
    )
