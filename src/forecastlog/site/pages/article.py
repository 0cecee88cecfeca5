"""An article: what it predicts, by whom, and what came of it."""

from __future__ import annotations

from typing import Any

from forecastlog.site.pages.forecaster import scores, sentence
from forecastlog.site.pages.lists import BROWSED, items
from forecastlog.site.store import Store

MOST = 200


def read(store: Store, key: str) -> dict[str, Any] | None:
    """Everything that an article's page shows; None for an unknown one."""
    article = store.one("select * from articles where id = :key", key=key)
    if article is None:
        return None
    totals = store.totals("article", key)
    return {
        "build": store.build(),
        "article": article,
        "authors": store.all(
            "select forecasters.id, forecasters.name from article_authors "
            "join forecasters on forecasters.id = forecaster_id where article_id = :key order by position",
            key=key,
        ),
        "conditions": store.all("select * from conditions where article_id = :key order by id", key=key),
        "totals": totals,
        "sentence": sentence("This article", totals).replace(" logged from one article", " logged"),
        "scores": scores(store, "article", key),
        "items": items(
            store,
            f"where article_id = :key and {BROWSED} order by main desc, predictions.rowid limit :most",
            key=key,
            most=MOST,
        ),
        "wrong": items(
            store,
            "where article_id = :key and logged_wrongly = 1 order by predictions.rowid limit :most",
            key=key,
            most=MOST,
        ),
        "most": MOST,
    }
