"""How a list of predictions went, in the one sentence in which a count of that may stand."""

from __future__ import annotations

from forecastlog import went
from forecastlog.database.filtered import TOLD
from forecastlog.site.pages.choice import Choice
from forecastlog.site.store import Store

COLUMNS = ", ".join(
    f"predictions.{name}"
    for name in (
        "id",
        "timing",
        "own_words",
        "restates_id",
        "went",
        "leaning",
        "probability",
        "outcome",
        "status_quo",
        "status",
        "event",
        "article_id",
        "deadline_basis",
    )
)
MOST = 1000
"""Of a choice by several filters it is told up to so many predictions."""


def summary(store: Store, choice: Choice, n: int) -> str | None:
    """The sentences about the predictions of a choice, ``n`` of them; None where none may stand.

    Those of the whole log and of one filter are stored.
    """
    if choice.searches or not choice.filters.keys() <= set(TOLD):
        return None
    if not choice.filters:
        told: str | None = store.build()["went"]
        return told
    if len(choice.filters) == 1:
        ((by, key),) = choice.filters.items()
        row = store.filtered(by, key)
        return row["went"] if row else None
    if n > MOST:
        return None
    rows = store.all(f"select {COLUMNS} from {choice.source} where {choice.where}", **choice.given)
    return went.sentences(map(went.way_of, rows))
