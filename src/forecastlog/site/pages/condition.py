"""A condition: what has to come true first, whether it did, and what depends on it."""

from __future__ import annotations

from typing import Any

from forecastlog.site.pages.lists import items
from forecastlog.site.pages.prediction import entries_of
from forecastlog.site.store import Store


def read(store: Store, key: str) -> dict[str, Any] | None:
    """Everything that a condition's page shows; None for an unknown one."""
    condition = store.one(
        "select conditions.*, articles.title as article_title from conditions "
        "left join articles on articles.id = article_id where conditions.id = :key",
        key=key,
    )
    if condition is None:
        return None
    return {
        "build": store.build(),
        "condition": condition,
        "entries": entries_of(store, "condition_id", key),
        "items": items(store, "where condition_id = :key order by predictions.rowid limit 200", key=key),
    }
