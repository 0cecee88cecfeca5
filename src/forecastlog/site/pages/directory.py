"""The lists of people, outlets, topics, events and sources, each with how many predictions it has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from forecastlog.site.pages.view import Arguments
from forecastlog.site.store import Store

MOST = 500


def directory(by: str) -> Callable[[Store, Arguments], dict[str, Any]]:
    """What a list of the values of a filter shows; ``q`` narrows it to names that hold it."""

    def read(store: Store, arguments: Arguments) -> dict[str, Any]:
        q = " ".join(arguments.get("q", "").split())[:200]
        rows = store.all(
            "select filters.*, forecasters.kind from filters left join forecasters "
            "on forecasters.id = filters.id and by in ('person', 'outlet') where by = :by and n > 0 "
            "and instr(lower(filters.name), lower(:q)) order by n desc, filters.name limit :most",
            by=by,
            q=q,
            most=MOST + 1,
        )
        return {
            "build": store.build(),
            "by": by,
            "q": q,
            "rows": rows[:MOST],
            "more": len(rows) > MOST,
            "most": MOST,
            "others": _without(store) if by == "person" else [],
        }

    return read


def _without(store: Store) -> list[dict[str, Any]]:
    """Those of whom the log has no words of their own: only what others say that they said or think."""
    return store.all(
        "select id, name, predictions as n from forecasters where predictions > 0 and id not in "
        "(select id from filters where by = 'person' and n > 0) order by n desc, name limit 200"
    )
