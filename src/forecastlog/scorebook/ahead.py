"""How far off repeated forecasts of one quantity were, by how far ahead they were said.

What institutions are judged by.

A row holds one quantity and one vintage of its outcomes, so that no revised figure is set beside a first one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, NamedTuple

from forecastlog.column import count, figure, text
from forecastlog.columns.scores import TIMING
from forecastlog.kinds import kind_of
from forecastlog.kinds.numeric import Figure, quantity_of
from forecastlog.scorebook.counting import Pair
from forecastlog.values import FIRST

_MONTHS = 3  # of a quarter


@dataclass(frozen=True, slots=True, kw_only=True)
class AheadRow:
    """The errors of one forecaster's figures for a quantity that were said so many quarters ahead."""

    forecaster: Annotated[str, text("whose figures they are", width=0)]
    quantity: Annotated[str, text("the quantity that is forecast again and again", width=0)]
    unit: Annotated[str, text("the unit of the errors", width=90)]
    vintage: Annotated[str, text("which published figure decided: first, final or a day", width=100)]
    timing: Annotated[str, TIMING]
    quarters: Annotated[
        int, count("whole quarters from the day it was said to the last day that counts", width=0)
    ]
    n: Annotated[int, count("how many figures", width=0)]
    targets: Annotated[int, count("of how many predictions", width=0)]
    bias: Annotated[float, figure("the mean of said less came: above 0 is too high", width=0)]
    absolute: Annotated[float, figure("the mean absolute error, which judges a median", width=0)]
    root_mean_square: Annotated[
        float, figure("the root of the mean squared error, which judges a mean", width=90)
    ]
    last_value: Annotated[
        float | None, figure("the mean absolute error of the last value known when each was said", width=90)
    ]


class Series(NamedTuple):
    """What errors are put together: one forecaster's of one quantity and vintage, logged alike."""

    forecaster: str
    quantity: str
    unit: str
    vintage: str
    timing: str


class Miss(NamedTuple):
    """One figure beside what came, and how far ahead it was said; ``last`` is the last value known then."""

    series: Series
    prediction: str
    quarters: int
    said: float
    came: float
    last: float | None


def ahead_rows(misses: Iterable[Miss]) -> Iterator[AheadRow]:
    """A row for each forecaster, quantity, vintage, timing and distance.

    Every figure that was said in time counts.

    Only predictions that name their ``quantity`` are of a series; the nearest distance comes first.
    """
    from forecastlog.scoring import errors_by_horizon

    found: dict[Series, list[Miss]] = defaultdict(list)
    for miss in misses:
        found[miss.series].append(miss)
    for series, own in sorted(found.items()):
        for row in errors_by_horizon(
            horizon=[miss.quarters for miss in own],
            forecast=[miss.said for miss in own],
            y=[miss.came for miss in own],
        ):
            alike = [miss for miss in own if miss.quarters == row.horizon]
            last = [abs(miss.last - miss.came) for miss in alike if miss.last is not None]
            yield AheadRow(
                **series._asdict(),
                quarters=int(row.horizon),
                n=row.n,
                targets=len({miss.prediction for miss in alike}),
                bias=row.bias,
                absolute=row.absolute,
                root_mean_square=row.root_mean_square,
                last_value=sum(last) / len(last) if len(last) == row.n else None,
            )


def misses_of(pair: Pair) -> Iterator[Miss]:
    """A miss for each figure of a scored pair that is of a series."""
    prediction = pair.prediction
    latest = prediction.deadline.latest
    if pair.reason is not None or pair.outcome is None or latest is None:
        return
    terms = quantity_of(prediction)
    if not terms.quantity:
        return
    series = Series(pair.forecaster, terms.quantity, terms.unit or "", terms.vintage or FIRST, pair.timing)
    kind = kind_of(prediction)
    for stretch in pair.stretches:
        says = stretch.forecast.says
        if not isinstance(says, Figure) or says.point is None:
            continue
        last = kind.reference(prediction, 1.0, says)
        known = last.value if isinstance(last, Figure) else None
        ahead = quarters_between(stretch.forecast.made.day, latest)
        value = None if known is None else float(known)
        yield Miss(series, prediction.id, ahead, float(says.point), pair.outcome, value)


def quarters_between(first: date, last: date) -> int:
    """Whole quarters of three calendar months from one day to another; 0 where it is not before.

    >>> (quarters_between(date(2025, 1, 31), date(2025, 12, 31)),
    ...  quarters_between(date(2025, 6, 1), date(2025, 5, 1)))
    (3, 0)
    """
    months = 12 * (last.year - first.year) + last.month - first.month - (last.day < first.day)
    return max(months // _MONTHS, 0)
