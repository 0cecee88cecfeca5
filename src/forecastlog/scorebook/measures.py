"""What many forecasts of a kind other than yes or no come to: figures that hold forecasts of that kind alone.

Nothing here is a mean over kinds. Of numbers and days it holds how often intervals held what came, and errors
only over a scale that was fixed when they were made, or within one quantity.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated

from forecastlog.column import count, figure, text
from forecastlog.columns.scores import BLOCK, BY, GROUP, RULE, TIMING
from forecastlog.kinds import BINARY, KINDS, Kind, kind_of
from forecastlog.model.ledger import Ledger
from forecastlog.scorebook.counting import Pair
from forecastlog.scorebook.frames import scorebook
from forecastlog.scorebook.scoreboard import ALL, groups_of, order_of


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureRow:
    """One figure on the ``n`` forecasts of a kind in a group that have it; its columns say what each value means."""

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


def measure_rows(pairs: Sequence[Pair], ledger: Ledger, *, rule: str, by: str = ALL) -> list[MeasureRow]:
    """Every figure of every group, kind by kind, by timing, block and group; none of what turns out true or false."""
    return [
        row
        for kind in KINDS.values()
        if kind is not BINARY
        for row in _of_kind(
            kind, [pair for pair in pairs if kind_of(pair.prediction) is kind], ledger, rule, by
        )
    ]


def _of_kind(kind: Kind, pairs: list[Pair], ledger: Ledger, rule: str, by: str) -> Iterator[MeasureRow]:
    if not any(pair.reason is None for pair in pairs):
        return
    frame = scorebook(pairs, ledger, rule=rule, kind=kind).pairs
    scored = frame[frame["reason"].isna()]
    for key, own in sorted(groups_of(scored, by), key=lambda item: (order_of(*item[0][1:]), item[0][0])):
        group, timing, block = key
        said = [pairs[number].said(pairs[number].stretches[-1].forecast) for number in own.index]
        rows = [{str(name): value for name, value in row.items()} for row in own.to_dict("records")]
        for one in kind.measures(rows, said):
            yield MeasureRow(
                kind=kind.name,
                by=by,
                group=group,
                timing=timing,
                block=block,
                rule=rule,
                measure=one.name,
                of=one.of,
                n=one.n,
                events=int(own["event"].nunique()),
                articles=int(own["article"].nunique()),
                value=one.value,
                low=one.low,
                high=one.high,
                due=one.due,
                verdict=one.verdict,
            )
