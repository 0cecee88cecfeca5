"""How many predictions and forecasts there are of each kind.

The totals that pages show without counting again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from forecastlog.column import Row, Stored
from forecastlog.scorebook import Tables, book_of
from forecastlog.scorebook.counts import Fact, Group, pair_totals, spoken_totals
from forecastlog.vocabulary.scores import TIMINGS

COLUMNS = ("status", "outcome", "reason", "timing", "basis", "attribution", "kind")
"""The columns of predictions whose values are counted; a missing value is counted as "none"."""
DISTINCT = (
    *(("count", name) for name in ("articles", "events", "scored", "scored_events", "scored_in_advance")),
    *(("word_events", timing) for timing in TIMINGS),
)
"""What is counted once however often it comes up, and told where there is none of it too."""


def total_rows(predictions: Mapping[Stored, Row], tables: Tables) -> Iterator[Row]:
    """Totals of everything, of each speaker, publisher, article and block, in a fixed order.

    ``predictions`` are the ledger's rows by their ids; what was logged wrongly or twice counts as that
    alone. Of an analyst's own figures only the forecasts are counted, and under the analyst's name: they make
    nothing a scored prediction of the speaker's.
    """
    rows = [predictions[tables.words[number]] for number in tables.spoken["prediction"].tolist()]
    columns = {column: [str(row[column] or "none") for row in rows] for column in COLUMNS}
    wrong = [bool(row["logged_wrongly"]) for row in rows]
    counts: dict[Group, dict[Fact, int]] = defaultdict(dict)
    for group, fact, n in spoken_totals(tables, columns, wrong):
        counts[group][fact] = n
    for group, fact, n in pair_totals(book_of(tables, rule="", kind=None)):
        counts[group][fact] = n
    for by, name in sorted(counts):
        found = dict.fromkeys(DISTINCT, 0) | counts[by, name]
        for (of, value), n in sorted(found.items()):
            yield {"by": by, "group": name, "fact": of, "value": value, "n": n}
