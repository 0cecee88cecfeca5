"""A source: a page that is cited as evidence, and every outcome that rests on it."""

from __future__ import annotations

from typing import Any

from forecastlog.site.pages.lists import items
from forecastlog.site.store import Row, Store

MOST = 100


def read(store: Store, key: str) -> dict[str, Any] | None:
    """Everything that a source's page shows; None for an unknown one."""
    source = store.one("select * from sources where id = :key", key=key)
    if source is None:
        return None
    cited = store.all(
        "select evidence.shows, evidence.quote, evidence.superseded, prediction_id, condition_id, stands, "
        "outcome, reason, known from evidence join resolutions on resolutions.id = resolution_id where "
        "source_id = :key order by stands desc, known desc, evidence.id limit :most",
        key=key,
        most=MOST,
    )
    standing = [each for row in cited if row["stands"] and (each := _record(store, row))]
    return {
        "build": store.build(),
        "source": source,
        "kept": [
            each for each in standing if not each["prediction"] or not each["prediction"]["logged_wrongly"]
        ],
        "wrong": [each for each in standing if each["prediction"] and each["prediction"]["logged_wrongly"]],
        "replaced": sum(not row["stands"] for row in cited),
        "most": MOST,
        "whole": len(cited) < MOST,
    }


def _record(store: Store, cited: Row) -> Row | None:
    """What the entry is about, a ``prediction`` or a ``condition``, with what the source shows of it."""
    found = items(store, "where predictions.id = :key", key=cited["prediction_id"])
    condition = store.one("select * from conditions where id = :key", key=cited["condition_id"])
    if not found and condition is None:
        return None
    return {**cited, "prediction": found[0] if found else None, "condition": condition}
