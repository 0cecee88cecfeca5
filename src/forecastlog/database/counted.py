"""How many predictions there are of each kind: the totals that pages show without counting again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from forecastlog.database.rows import Row
from forecastlog.scorebook import Pair

COLUMNS = ("status", "outcome", "reason", "timing", "basis", "attribution")
"""The columns of predictions whose values are counted; a missing value is counted as "none"."""

Group = tuple[str, str]
Facts = dict[tuple[str, str], int]


@dataclass(slots=True)
class _Sets:
    """Of one group: the different things that are counted once each."""

    articles: set[str] = field(default_factory=set)
    events: set[str] = field(default_factory=set)
    scored: set[str] = field(default_factory=set)
    scored_events: set[str] = field(default_factory=set)
    scored_in_advance: set[str] = field(default_factory=set)


def total_rows(predictions: Iterable[Row], pairs: Iterable[Pair]) -> Iterator[Row]:
    """Totals of everything, of each speaker and of each article, in a fixed order.

    ``scored`` counts the predictions whose speaker's own forecasts are scored; an analyst's are not the
    speaker's.
    """
    facts: dict[Group, Facts] = defaultdict(lambda: defaultdict(int))
    sets: dict[Group, _Sets] = defaultdict(_Sets)
    groups_of = {str(row["id"]): _groups(row) for row in predictions}
    for row in predictions:
        for group in groups_of[str(row["id"])]:
            facts[group]["count", "predictions"] += 1
            for column in COLUMNS:
                facts[group][column, str(row[column] or "none")] += 1
            sets[group].articles.add(str(row["article_id"] or row["source"]))
            sets[group].events.add(_event(row["event"], row["article_id"], row["id"]))
    for pair in pairs:
        if pair.reason is None and pair.block != "judged":
            for group in groups_of[pair.prediction.id]:
                _add_scored(sets[group], pair)
    for group in sorted(facts):
        for name in _Sets.__dataclass_fields__:
            facts[group]["count", name] = len(getattr(sets[group], name))
        for (fact, value), n in sorted(facts[group].items()):
            yield {"by": group[0], "group": group[1], "fact": fact, "value": value, "n": n}


def _groups(row: Row) -> list[Group]:
    groups = [("all", "all"), ("forecaster", str(row["speaker_id"]))]
    return [*groups, ("article", str(row["article_id"]))] if row["article_id"] else groups


def _add_scored(sets: _Sets, pair: Pair) -> None:
    prediction = pair.prediction
    sets.scored.add(prediction.id)
    sets.scored_events.add(_event(prediction.event, prediction.article, prediction.id))
    if pair.timing == "prospective":
        sets.scored_in_advance.add(prediction.id)


def _event(event: object, article: object, prediction: object) -> str:
    """What it turns on; where that is not told, its article stands for the event."""
    return str(event or f"article:{article or prediction}")
