"""How a list of predictions went, in the one sentence in which a count of that may stand."""

from __future__ import annotations

from forecastlog import went
from forecastlog.site.pages.choice import MOST_COUNTED, Choice
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
ALLOWED = {"topic", "year", "logged"}
"""Filters of which it may be told: no count of this kind stands beside a name, nor where its own answer was asked for."""


def summary(store: Store, choice: Choice, n: int) -> str | None:
    """The sentences about the predictions of a choice, ``n`` of them; None where none may stand.

    That of the whole log is stored, and of a choice too large to count nothing is told.
    """
    if choice.searches or not choice.filters.keys() <= ALLOWED:
        return None
    if not choice.filters:
        told: str | None = store.build()["went"]
        return told
    if n > MOST_COUNTED:
        return None
    rows = store.all(f"select {COLUMNS} from {choice.source} where {choice.where}", **choice.given)  # noqa: S608
    return went.sentences(rows)
