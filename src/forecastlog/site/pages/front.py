"""The front page: what came of what was said, how little or much that says, what is due."""

from __future__ import annotations

from typing import Any

from forecastlog.site.pages.caution import caution
from forecastlog.site.pages.drawn import calibration_of, words_of
from forecastlog.site.pages.lists import coming, due_now, latest_resolutions
from forecastlog.site.store import Store


def read(store: Store) -> dict[str, Any]:
    """Everything that the front page shows."""
    totals = store.totals()
    blocks = calibration_of(store, "all", "all")
    return {
        "build": store.build(),
        "totals": totals,
        "caution": caution(store, totals),
        "words": words_of(store, "all", "all", totals),
        "calibration": next((block for block in blocks if block["block"] == "headline"), None),
        "resolved": latest_resolutions(store, 6),
        "due": due_now(store, 4),
        "coming": coming(store, 4),
        "ranked": store.all(
            'select scoreboard.*, forecasters.name from scoreboard join forecasters on forecasters.id = "group" '
            "where \"by\" = 'forecaster' and claims = 'all' and timing = 'in advance' and block = 'headline' "
            "and rank is not null order by rank, n desc limit 5"
        ),
    }
