"""An outlet: what was said in what it published, and what came of it."""

from __future__ import annotations

from typing import Any

from forecastlog.site.pages.forecaster import scores
from forecastlog.site.pages.lists import BROWSED, OF_ARTICLE, items
from forecastlog.site.store import Store

MOST = 100


def read(store: Store, key: str) -> dict[str, Any] | None:
    """Everything that an outlet's page shows.

    None for an unknown one, ``moved`` where its name was asked for.
    """
    outlet = store.filtered("outlet", key)
    if outlet is None:
        named = store.one("select id from filters where by = 'outlet' and name = :key", key=key)
        if named:
            return {"moved": f"/outlets/{named['id']}"}
        return _rewritten_only(store, key)
    name = outlet["name"]
    return {
        "build": store.build(),
        "outlet": outlet,
        "articles": store.all(
            f"select id, title, published, {OF_ARTICLE} from articles where publisher = :name "
            "order by published desc, id limit :most",
            name=name,
            most=MOST,
        ),
        "items": items(
            store,
            (
                f"where predictions.publisher = :name and {BROWSED} order by made desc, "
                "predictions.rowid desc limit :most"
            ),
            name=name,
            most=MOST,
        ),
        "others": [],
        "scores": scores(store, "publisher", name),
        "most": MOST,
    }


def _rewritten_only(store: Store, key: str) -> dict[str, Any] | None:
    """An outlet that speaks for itself, of which the log has only what others made of its words."""
    who = store.one("select * from forecasters where id = :key and kind = 'outlet'", key=key)
    if who is None:
        return None
    return {
        "build": store.build(),
        "outlet": {"by": "outlet", "id": key, "name": who["name"], "n": 0},
        "articles": [],
        "items": [],
        "others": items(
            store,
            "where speaker_id = :key order by made desc, predictions.rowid desc limit :most",
            key=key,
            most=MOST,
        ),
        "scores": scores(store, "forecaster", key),
        "most": MOST,
    }
