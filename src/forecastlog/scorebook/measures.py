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
from forecastlog.scoring.sorting import distinct


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


def measure_rows(tables: Tables, ledger: Ledger, *, rule: str, by: str = ALL) -> Iterator[MeasureRow]:
    """Every figure of every group, kind by kind, by timing, block and group.

    None of what turns out true or false.
    """
    for kind in KINDS.values():
        if kind is not BINARY:
            measured = Measured(kind, book_of(tables, rule=rule, kind=kind), by)
            for code in range(len(measured.groups.keys)):
                yield from measured.rows(code, ledger)


class Measured:
    """The scored pairs of a kind in groups."""

    def __init__(self, kind: Kind, book: Scorebook, by: str) -> None:
        self.kind, self.book, self.by = kind, book, by
        self.groups = grouped(book, by, pairs=book.scored)
        self._columns = {name: values for name, values in book.pairs.items() if values.dtype.kind == "f"}

    def rows(self, code: int, ledger: Ledger) -> Iterator[MeasureRow]:
        """Every figure of the group at this place; ``ledger`` has the records."""
        (group, timing, block), pairs = self.groups.keys[code], self.groups.of(code)
        own = {name: values[pairs].tolist() for name, values in self._columns.items()}
        scored = [dict(zip(own, row, strict=True)) for row in zip(*own.values(), strict=True)]
        events, articles = (distinct(self.book.pairs[name][pairs]) for name in ("event", "article"))
        for one in self.kind.measures(scored, [_said(self.book, pair, ledger) for pair in pairs.tolist()]):
            yield MeasureRow(
                kind=self.kind.name,
                by=self.by,
                group=group,
                timing=timing,
                block=block,
                rule=self.book.rule,
                measure=one.name,
                of=one.of,
                n=one.n,
                events=events.size,
                articles=articles[articles >= 0].size,
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
