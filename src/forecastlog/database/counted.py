"""How many predictions and forecasts there are of each kind.

The totals that pages show without counting again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from forecastlog.column import Row, Stored
from forecastlog.model.ledger import Ledger
from forecastlog.model.records import Prediction
from forecastlog.scorebook import Tables, book_of
from forecastlog.scorebook.counts import Fact, Group, pair_totals
from forecastlog.scorebook.groups import block_of, drawn, event_of, groups_of
from forecastlog.standing.due import said
from forecastlog.vocabulary.scores import TIMINGS

COLUMNS = ("status", "outcome", "reason", "timing", "basis", "attribution", "kind")
"""The columns of predictions whose values are counted; a missing value is counted as "none"."""
DISTINCT = (
    *(("count", name) for name in ("articles", "events", "scored", "scored_events", "scored_in_advance")),
    *(("word_events", timing) for timing in TIMINGS),
)
"""What is counted once however often it comes up, and told where there is none of it too."""


def total_rows(
    ledger: Ledger, predictions: Mapping[Stored, Row], counted: Tables, day: date
) -> Iterator[Row]:
    """Totals of everything, of each speaker, publisher, article and block, in a fixed order.

    ``predictions`` are the ledger's rows by their ids; what was logged wrongly or twice counts as that
    alone. Of an analyst's own figures only the forecasts are counted, and under the analyst's name: they make
    nothing a scored prediction of the speaker's.
    """
    counts: dict[Group, Counter[Fact]] = defaultdict(Counter)
    distinct: dict[Group, dict[Fact, set[str]]] = defaultdict(lambda: defaultdict(set))
    for prediction in ledger.predictions:
        row = predictions[prediction.id]
        for group in _groups(prediction, ledger, day):
            if row["logged_wrongly"]:
                counts[group]["count", "logged_wrongly"] += 1
                continue
            counts[group]["count", "predictions"] += 1
            counts[group].update((column, str(row[column] or "none")) for column in COLUMNS)
            distinct[group]["count", "articles"].add(str(prediction.article or prediction.source))
            distinct[group]["count", "events"].add(event_of(prediction, ledger))
    for group, things in distinct.items():
        counts[group].update({fact: len(found) for fact, found in things.items()})
    for group, fact, n in pair_totals(book_of(counted, rule="", kind=None)):
        counts[group][fact] = n
    for by, name in sorted(counts):
        found = dict.fromkeys(DISTINCT, 0) | counts[by, name]
        for (of, value), n in sorted(found.items()):
            yield {"by": by, "group": name, "fact": of, "value": value, "n": n}


def _groups(prediction: Prediction, ledger: Ledger, day: date) -> Iterator[Group]:
    block = block_of(said(prediction, ledger, day), prediction)
    named = groups_of(prediction, ledger, forecaster=prediction.speaker, block=block, latest=None)
    return drawn(named)
