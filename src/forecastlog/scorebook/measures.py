"""What many forecasts of a kind other than yes or no come to: figures that hold forecasts of that kind alone.

Nothing here is a mean over kinds. Of numbers and days it holds how often intervals held what came, and errors
only over a scale that was fixed when they were made, or within one quantity.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from forecastlog.column import count, figure, text
from forecastlog.columns.scores import BLOCK, BY, GROUP, RULE, TIMING
from forecastlog.kinds import BINARY, KINDS, Kind, Said
from forecastlog.model.ledger import Ledger
from forecastlog.model.records import Prediction
from forecastlog.scorebook.frames import Scorebook, book_of
from forecastlog.scorebook.grouping import ALL, grouped
from forecastlog.scorebook.tables import Tables


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureRow:
    """One figure on the ``n`` forecasts of a kind in a group that have it.

    Its columns say what each value means.
    """

    kind: Annotated[str, text("the kind of the predictions", facet=True, width=0)]
    by: Annotated[str, BY]
    group: Annotated[str, GROUP]
    timing: Annotated[str, TIMING]
    block: Annotated[str, BLOCK]
    rule: Annotated[str, RULE]
    measure: Annotated[str, text("what the figure is", facet=True, width=0)]
    of: Annotated[
        str, text("a level, a quantity, or what else tells apart what is not put together", width=0)
    ]
    n: Annotated[int, count("how many forecasts, or quantities, it is of", width=0)]
    events: Annotated[int, count("on how many events the group's forecasts are", width=100)]
    articles: Annotated[int, count("from how many articles they come")]
    value: Annotated[float | None, figure("the figure", width=0)]
    low: Annotated[float | None, figure("the lower end of its 95 % interval, or its lower bound", width=90)]
    high: Annotated[float | None, figure("the upper end of its 95 % interval, or its upper bound", width=90)]
    due: Annotated[float | None, figure("what there was to be expected", width=90)]
    verdict: Annotated[str | None, text("what the figure says, in words", width=90)]


def measure_rows(tables: Tables, ledger: Ledger, *, rule: str, by: str = ALL) -> list[MeasureRow]:
    """Every figure of every group, kind by kind, by timing, block and group.

    None of what turns out true or false.
    """
    return [
        row
        for kind in KINDS.values()
        if kind is not BINARY
        for row in _of_kind(kind, book_of(tables, rule=rule, kind=kind), ledger, by)
    ]


def _of_kind(kind: Kind, book: Scorebook, ledger: Ledger, by: str) -> Iterator[MeasureRow]:
    groups = grouped(book, by, pairs=book.scored)
    events, articles = (groups.distinct(book.pairs[name][groups.pairs]) for name in ("event", "article"))
    columns = {name: values for name, values in book.pairs.items() if values.dtype.kind == "f"}
    for code, (group, timing, block) in enumerate(groups.keys):
        pairs = groups.pairs[groups.codes == code]
        own = {name: values[pairs].tolist() for name, values in columns.items()}
        rows = [dict(zip(own, row, strict=True)) for row in zip(*own.values(), strict=True)]
        for one in kind.measures(rows, [_said(book, pair, ledger) for pair in pairs.tolist()]):
            yield MeasureRow(
                kind=kind.name,
                by=by,
                group=group,
                timing=timing,
                block=block,
                rule=book.rule,
                measure=one.name,
                of=one.of,
                n=one.n,
                events=int(events[code]),
                articles=int(articles[code]),
                value=one.value,
                low=one.low,
                high=one.high,
                due=one.due,
                verdict=one.verdict,
            )


def _said(book: Scorebook, pair: int, ledger: Ledger) -> Said:
    """The last forecast of a scored pair, beside what came."""
    prediction = ledger.get(book.words[book.pairs["prediction"][pair]])
    last = int(np.searchsorted(book.stretches["pair"], pair, side="right")) - 1
    assert isinstance(prediction, Prediction)  # noqa: S101  # the pair is of it
    forecast = prediction.forecasts[book.stretches["forecast"][last]]
    assert forecast.says is not None  # noqa: S101  # only such stand
    return Said(prediction, forecast.says, book.words[book.pairs["result"][pair]], forecast.made.day)
