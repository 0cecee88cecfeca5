"""Rows of scores by group: what was scored, how well, how sure that is, and what was left out.

Prospective and retrospective pairs never share a row, nor do forecasts with a figure or scaled words
(``headline``), bare assertions (``asserted``), an analyst's own figures (``judged``) and texts that somebody
paraphrased (``paraphrased``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from forecastlog.scorebook.comparisons import Compared, compared
from forecastlog.scorebook.frames import GROUPINGS, Scorebook
from forecastlog.scoring import bootstrap

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[np.float64]

DRAWS = 2000
SEED = 0
MIN_BLOCKS = 10
"""Fewer events than this give no interval: a percentile bootstrap of so few says nothing."""
RANK_EVENTS, RANK_ARTICLES = 10, 3
"""What a rank needs, and prospective forecasts besides."""
BLOCKS = ("headline", "asserted", "judged", "paraphrased")
TIMINGS = ("prospective", "retrospective")
ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreRow:
    """One line of the scoreboard. Scores are means over ``n`` pairs; Brier is one-sided, 0 to 1, lower is better.

    ``best`` and ``worst`` take for every forecast the most and the least fortunate figure of its band;
    the ``consistent`` ones allow one figure a phrase for the whole group. ``skill`` is 1 minus the ratio to
    the "nothing changes" forecaster's Brier, ``skill_half`` to always 50 %, ``skill_base`` to the base rate of
    the other pairs. ``relative``, ``peer`` and ``adjusted`` compare a forecaster with others on the same
    predictions (see ``comparisons``). ``late`` counts further forecasts of scored pairs that came too late,
    ``contested`` the pairs left out because resolvers differ; ``blind_share`` and ``double_share`` are the shares of
    scored pairs whose resolvers did not see whose they were, and that two people resolved. None stands for what cannot be said: no pairs, too few events, a reference without error.
    """

    by: str
    group: str
    timing: str
    basis: str
    rule: str
    n: int
    events: int
    articles: int
    brier: float | None = None
    brier_low: float | None = None
    brier_high: float | None = None
    best: float | None = None
    worst: float | None = None
    consistent_best: float | None = None
    consistent_worst: float | None = None
    log: float | None = None
    log_infinite: int = 0
    base_rate: float | None = None
    skill: float | None = None
    skill_half: float | None = None
    skill_base: float | None = None
    relative: float | None = None
    peer: float | None = None
    adjusted: float | None = None
    same_day: int = 0
    late: int = 0
    contested: int = 0
    blind_share: float | None = None
    double_share: float | None = None
    rank: int | None = None
    excluded: dict[str, int] = field(default_factory=dict)


def score_rows(book: Scorebook, *, by: str = ALL) -> list[ScoreRow]:
    """The scoreboard grouped by ``all``, forecaster, publisher, article, basis, tag or year of the deadline.

    Rows are sorted by timing (prospective first), block, and number of pairs; raises ValueError for another
    grouping.
    """
    if by != ALL and by not in GROUPINGS:
        raise ValueError(f"no grouping '{by}': one of {', '.join((ALL, *GROUPINGS))}")
    rows = [
        _row(frame, book, by=by, group=group, timing=timing, basis=basis)
        for (group, timing, basis), frame in groups_of(book.pairs, by)
    ]
    if by == "forecaster":
        others = compared(book)
        rows = [
            replace(row, **others.get((row.group, row.timing, row.basis), Compared())._asdict())
            for row in rows
        ]
    rows.sort(key=lambda row: (TIMINGS.index(row.timing), BLOCKS.index(row.basis), -row.n, row.group))
    return _ranked(rows)


def groups_of(pairs: pd.DataFrame, by: str) -> Iterator[tuple[tuple[str, str, str], pd.DataFrame]]:
    """The pairs of every (group, timing, basis)."""
    for key, frame in _grouped(pairs, by).groupby(["group", "timing", "basis"], sort=True):
        group, timing, basis = map(str, key)
        yield (group, timing, basis), frame


def _grouped(pairs: pd.DataFrame, by: str) -> pd.DataFrame:
    """A ``group`` column, a row for each tag where tags are asked for; what has no group is left out.

    Paraphrased texts count for no publisher.
    """
    if by == ALL:
        return pairs.assign(group=ALL)
    if by == "tag":
        tagged = pairs.assign(group=pairs["tags"]).explode("group")
        return tagged[tagged["group"].notna()]
    if by == "publisher":
        pairs = pairs[pairs["basis"] != "paraphrased"]
    return pairs.assign(group=pairs[by])[pairs[by].notna()]


def _row(frame: pd.DataFrame, book: Scorebook, *, by: str, group: str, timing: str, basis: str) -> ScoreRow:
    scored = frame[frame["reason"].isna()]
    facts = {
        "by": by,
        "group": group,
        "timing": timing,
        "basis": basis,
        "rule": book.rule,
        "n": len(scored),
        "events": int(scored["event"].nunique()),
        "articles": int(scored["article"].nunique()),
        "contested": int((frame["reason"] == "contested").sum()),
        "excluded": dict(sorted(Counter(frame["reason"].dropna()).items())),
    }
    if scored.empty:
        return ScoreRow(**facts)  # type: ignore[arg-type]  # the names above are the fields
    y = scored["outcome"].to_numpy(dtype=float)
    mean = float(scored["brier"].mean())
    log = scored["log"].to_numpy(dtype=float)
    stretches = book.stretches_of(scored)
    low, high = _interval(scored, stretches)
    consistent = _consistent(stretches, len(scored))
    with_skill = by != "tag"  # tags overlap and most hold outcomes of one kind
    return ScoreRow(
        **facts,  # type: ignore[arg-type]
        brier=mean,
        brier_low=low,
        brier_high=high,
        best=float(scored["best"].mean()),
        worst=float(scored["worst"].mean()),
        consistent_best=consistent[0],
        consistent_worst=consistent[1],
        log=_finite(log.mean()),
        log_infinite=int(np.isinf(log).sum()),
        base_rate=float(y.mean()),
        skill=_skill(mean, float(scored["reference_brier"].mean())) if with_skill else None,
        skill_half=_skill(mean, float(((y - 0.5) ** 2).mean())) if with_skill else None,
        skill_base=_skill(mean, _leave_one_out(y, scored["prediction"])) if with_skill else None,
        same_day=int(scored["same_day"].sum()),
        late=int(scored["late"].sum()),
        blind_share=float(scored["blind"].mean()),
        double_share=float(scored["double"].mean()),
    )


def _interval(scored: pd.DataFrame, stretches: pd.DataFrame) -> tuple[float | None, float | None]:
    """95 % percentile interval of the mean Brier by resampling events; None below ``MIN_BLOCKS`` of them."""
    if scored["event"].nunique() < MIN_BLOCKS:
        return None, None
    own = stretches.assign(event=scored["event"].loc[stretches["pair"]].to_numpy())
    drawn = bootstrap(own, statistic="brier", block="event", weight="weight", n=DRAWS, seed=SEED)
    return float(drawn.low), float(drawn.high)


def _consistent(stretches: pd.DataFrame, n: int) -> tuple[float, float]:
    """Best and worst mean Brier where every phrase means one figure within its band for the whole group.

    For a phrase the mean over its stretches is a parabola in the figure: smallest at their mean outcome,
    clipped to the band, and largest at the end of the band farther from it.
    """
    w, y = stretches["weight"], stretches["outcome"]
    phrases = (
        stretches[["words", "low", "high"]]
        .assign(least=stretches["low"], most=stretches["high"], w=w, wy=w * y, wyy=w * y * y)
        .groupby("words", sort=True)
        .agg(
            {
                "low": "max",
                "high": "min",
                "least": "min",
                "most": "max",
                "w": "sum",
                "wy": "sum",
                "wyy": "sum",
            }
        )
    )
    shared = (phrases["low"] <= phrases["high"]).to_numpy()  # else bands of two scales: the widest reading
    low = np.where(shared, phrases["low"], phrases["least"])
    high = np.where(shared, phrases["high"], phrases["most"])
    weight, happened, squared = (phrases[name].to_numpy() for name in ("w", "wy", "wyy"))
    figures = np.stack([low, high, np.clip(happened / weight, low, high)])
    sums = weight * figures**2 - 2 * happened * figures + squared
    return max(float(sums.min(axis=0).sum()), 0.0) / n, float(sums.max(axis=0).sum()) / n


def _leave_one_out(y: Array, prediction: pd.Series[str]) -> float:
    """The Brier score of giving each pair the base rate of all other predictions; NaN where there is no other."""
    pairs = prediction.groupby(prediction).transform("size").to_numpy(dtype=float)
    if pairs[0] == len(y):
        return float("nan")
    others = (y.sum() - y * pairs) / (len(y) - pairs)
    return float(((others - y) ** 2).mean())


def _skill(score: float, reference: float) -> float | None:
    return _finite(1 - score / reference) if reference > 0 else None


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _ranked(rows: list[ScoreRow]) -> list[ScoreRow]:
    """Ranks for the prospective headline rows that have enough events from enough articles.

    Equal ranks where intervals overlap: a rank is one more than the number of rows that are surely better.
    """
    able = list(_rankable(rows))
    ranks = {
        id(row): 1 + sum(other.brier_high < row.brier_low for other in able)  # type: ignore[operator]
        for row in able
    }
    return [replace(row, rank=ranks[id(row)]) if id(row) in ranks else row for row in rows]


def _rankable(rows: list[ScoreRow]) -> Iterator[ScoreRow]:
    for row in rows:
        if (
            row.by == "forecaster"
            and row.timing == "prospective"
            and row.basis == "headline"
            and row.events >= RANK_EVENTS
            and row.articles >= RANK_ARTICLES
            and row.brier_low is not None
        ):
            yield row
