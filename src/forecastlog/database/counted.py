"""How many predictions there are of each kind: the totals that pages show without counting again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from forecastlog.database.rows import Row, Value
from forecastlog.scorebook import Pair, counts_for_words

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
    words_prospective: set[str] = field(default_factory=set)
    words_retrospective: set[str] = field(default_factory=set)


def total_rows(predictions: Iterable[Row], articles: Iterable[Row], pairs: Iterable[Pair]) -> Iterator[Row]:
    """Totals of everything, of each speaker, publisher, article and block, in a fixed order.

    ``words_prospective`` and ``words_retrospective`` are the events behind the words' own record. ``scored`` counts the predictions whose speaker's own forecasts are scored; an analyst's are not the
    speaker's.
    """
    facts: dict[Group, Facts] = defaultdict(lambda: defaultdict(int))
    sets: dict[Group, _Sets] = defaultdict(_Sets)
    predictions = list(predictions)
    publishers = {row["id"]: row["publisher"] for row in articles}
    groups_of = {str(row["id"]): _groups(row, publishers) for row in predictions}
    for row in predictions:
        for group in groups_of[str(row["id"])]:
            facts[group]["count", "predictions"] += 1
            for column in COLUMNS:
                facts[group][column, str(row[column] or "none")] += 1
            sets[group].articles.add(str(row["article_id"] or row["source"]))
            sets[group].events.add(_event(row["event"], row["article_id"], row["id"]))
    for pair in pairs:
        if pair.block != "judged":
            for group in groups_of[pair.prediction.id]:
                _add_pair(sets[group], pair)
    for group in sorted(facts):
        for name in _Sets.__dataclass_fields__:
            facts[group]["count", name] = len(getattr(sets[group], name))
        for (fact, value), n in sorted(facts[group].items()):
            yield {"by": group[0], "group": group[1], "fact": fact, "value": value, "n": n}


def _groups(row: Row, publishers: Mapping[Value, Value]) -> list[Group]:
    groups = {
        "all": "all",
        "forecaster": row["speaker_id"],
        "publisher": publishers.get(row["article_id"], row["source"]),
        "article": row["article_id"],
        "basis": _block(row),
    }
    return [(by, str(group)) for by, group in groups.items() if group]


def _block(row: Row) -> str:
    if row["basis"] == "judged" or row["text"] == "paraphrased":
        return "judged" if row["basis"] == "judged" else "paraphrased"
    return "asserted" if row["basis"] == "asserted" else "headline"


def _add_pair(sets: _Sets, pair: Pair) -> None:
    prediction = pair.prediction
    event = _event(prediction.event, prediction.article, prediction.id)
    if pair.reason is None:
        sets.scored.add(prediction.id)
        sets.scored_events.add(event)
        if pair.timing == "prospective":
            sets.scored_in_advance.add(prediction.id)
    if counts_for_words(pair):
        (sets.words_prospective if pair.timing == "prospective" else sets.words_retrospective).add(event)


def _event(event: object, article: object, prediction: object) -> str:
    """What it turns on; where that is not told, its article stands for the event."""
    return str(event or f"article:{article or prediction}")
