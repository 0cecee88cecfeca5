"""What is due: conditions first, then predictions, the most overdue first; and what comes next."""

from __future__ import annotations

from typing import Any

from forecastlog.site.pages.lists import coming, due_now
from forecastlog.site.pages.view import Arguments
from forecastlog.site.store import Row, Store

MOST = 200


def read(store: Store, _arguments: Arguments) -> dict[str, Any]:
    """Everything that the due page shows."""
    return {
        "build": store.build(),
        "totals": store.totals(),
        "conditions": conditions(store, MOST),
        "due": due_now(store, MOST),
        "maybe": due_now(store, MOST, "maybe_due"),
        "review": due_now(store, MOST, "review"),
        "coming": coming(store, 25),
        "most": MOST,
    }


def conditions(store: Store, limit: int) -> list[Row]:
    """Conditions whose day has passed and whose fate nobody has recorded."""
    return store.all(
        "select due.id, claim, due.due_on, article_id from due join conditions on conditions.id = due.id "
        "where kind = 'condition' order by days_overdue desc, due.id limit :limit",
        limit=limit,
    )
