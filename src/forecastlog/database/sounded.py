"""All predictions by how sure they sounded and what came of them, for the chart of the front page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from forecastlog.column import Row
from forecastlog.kinds import BINARY
from forecastlog.vocabulary.outcomes import UNDECIDED
from forecastlog.vocabulary.pages import CAME, Mark

STEP = 20
"""The figure is told in so many steps from 0 to 1."""


def sounded_rows(predictions: Iterable[Row]) -> Iterator[Row]:
    """A row a figure, mark and outcome, in the order of the chart; without what was logged wrongly.

    Only of yes or no: how sure somebody is of a number, a day or an option lies on no axis from 0 to 1.
    """
    found = Counter(
        (_came(row), _figure(row), mark_of(row))
        for row in predictions
        if not row["logged_wrongly"] and row["kind"] == BINARY.name
    )

    def place(key: tuple[str, float | None, Mark]) -> tuple[int, float, str]:
        came, figure, mark = key
        return CAME.index(came), 2.0 if figure is None else figure, mark

    for number, key in enumerate(sorted(found, key=place), 1):
        came, figure, mark = key
        yield {"id": number, "came": came, "probability": figure, "mark": mark, "n": found[key]}


def mark_of(row: Row) -> Mark:
    """How a chart marks a prediction.

    >>> (mark_of({"basis": "judged", "condition_id": "deal"}),
    ...  mark_of({"basis": "worded", "condition_id": "deal"}))
    ('judged', 'conditional')
    """
    if row["basis"] == "judged":
        return "judged"
    return "conditional" if row["condition_id"] else "plain"


def _figure(row: Row) -> float | None:
    figure = row["probability"]
    return None if figure is None else round(float(figure) * STEP) / STEP


def _came(row: Row) -> str:
    outcome = row["outcome"]
    happened, in_part, did_not, undecided = CAME
    if row["status"] == "contested" or not outcome or outcome in (*UNDECIDED, "reopened"):
        return undecided
    return {"yes": happened, "no": did_not}.get(str(outcome), in_part)
