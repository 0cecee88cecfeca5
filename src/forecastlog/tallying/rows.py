"""A Tally as rows: what each group scores, and how its probabilities compare with what happened."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from forecastlog.column import count, score, share, text
from forecastlog.columns.scores import (
    BIN_HIGH,
    BIN_LOW,
    BRIER,
    LOG,
    LOG_INFINITE,
    SHARE,
    SHARE_HIGH,
    SHARE_LOW,
)

if TYPE_CHECKING:
    from forecastlog.scoring import Tally

ALL = "all"
MISSING = ""

_GROUP = text("the labels of the group, with commas between; all where there is one group", width=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class TallyRow:
    """What one group's forecasts score.

    None where a figure does not exist, as the AUC of outcomes all alike.
    """

    group: Annotated[str, _GROUP]
    n: Annotated[int, count("how many forecasts have a probability and an outcome", width=0)]
    dropped: Annotated[int, count("how many lack one of them, and count nowhere else", width=130)]
    base_rate: Annotated[float | None, share("the share of outcomes that were yes", width=90)]
    brier: Annotated[float | None, BRIER]
    log: Annotated[float | None, LOG]
    log_infinite: Annotated[int, LOG_INFINITE]
    spherical: Annotated[float | None, score("the mean spherical score: higher is better, from 0 to 1")]
    skill: Annotated[
        float | None,
        score("1 minus Brier over that of always saying the base rate: above 0 is better", width=90),
    ]
    auc: Annotated[
        float | None,
        score("the chance that a yes was given more than a no: 0.5 tells nothing apart", width=90),
    ]
    ece: Annotated[
        float | None, score("the mean distance between the mean probability and the share in ten bins")
    ]
    reliability: Annotated[float | None, score("Murphy's part of Brier that is lower the better calibrated")]
    resolution: Annotated[float | None, score("Murphy's part that is higher the more was told apart")]
    uncertainty: Annotated[
        float | None,
        score("what always saying the base rate scores; Brier is reliability - resolution + this"),
    ]
    miscalibration: Annotated[
        float | None, score("the same by a curve without bins (CORP); 0 is perfect", width=110)
    ]
    discrimination: Annotated[float | None, score("CORP's part that is higher the better", width=110)]


@dataclass(frozen=True, slots=True, kw_only=True)
class BinRow:
    """One bin of one group, ``low`` < p <= ``high`` (0 belongs to the first); None where it is empty."""

    group: Annotated[str, _GROUP]
    low: Annotated[float, BIN_LOW]
    high: Annotated[float, BIN_HIGH]
    n: Annotated[int, count("how many forecasts", width=0)]
    mean_p: Annotated[float | None, share("their mean probability", width=0)]
    share: Annotated[float | None, SHARE]
    share_low: Annotated[float | None, SHARE_LOW]
    share_high: Annotated[float | None, SHARE_HIGH]


def tally_rows(tally: Tally) -> Iterator[TallyRow]:
    """What each group scores, in the order of the groups."""
    murphy, corp = tally.murphy(), tally.corp()
    figures = {
        "base_rate": tally.base_rate(),
        "brier": tally.brier(),
        "log": tally.log(),
        "spherical": tally.spherical(),
        "skill": tally.skill(),
        "auc": tally.auc(),
        "ece": tally.ece(),
        "reliability": murphy.reliability,
        "resolution": murphy.resolution,
        "uncertainty": murphy.uncertainty,
        "miscalibration": corp.miscalibration,
        "discrimination": corp.discrimination,
    }
    counts = {"n": tally.n(), "dropped": tally.dropped, "log_infinite": tally.infinite}
    wholes, reals = _by_group(counts), _by_group(figures)
    for place, group in enumerate(tally.groups):
        whole = {name: values[place] for name, values in wholes.items()}
        yield TallyRow(
            group=label(group),
            **whole,
            **{name: _known(values[place]) for name, values in reals.items()},
        )


def _by_group(figures: dict[str, Any]) -> dict[str, list[Any]]:
    import numpy as np

    return {name: np.atleast_1d(values).tolist() for name, values in figures.items()}


def bin_rows(tally: Tally, *, bins: int = 10) -> Iterator[BinRow]:
    """Every bin of every group, empty ones too."""
    table = tally.calibration(bins)
    for group, rows in zip(tally.groups, table if tally.by else [table], strict=True):
        for low, high, n, *rest in rows.tolist():
            mean_p, happened, share_low, share_high = map(_known, rest)
            yield BinRow(
                group=label(group),
                low=low,
                high=high,
                n=n,
                mean_p=mean_p,
                share=happened,
                share_low=share_low,
                share_high=share_high,
            )


def label(group: tuple[Any, ...]) -> str:
    """The labels of a group as one text; a missing one is empty.

    >>> label(()), label(("ann", 2024)), label(("ann", None))
    ('all', 'ann, 2024', 'ann, ')
    """
    return ", ".join(MISSING if part is None else str(part) for part in group) if group else ALL


def _known(value: float) -> Any:
    return value if math.isfinite(value) else None
