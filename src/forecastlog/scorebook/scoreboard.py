"""Rows of scores by group: what was scored, how well, how sure that is, and what was left out.

What was logged at different times (the vocabulary's timings) never shares a row, nor do the kinds of forecast
(its blocks).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Annotated, Any

import numpy as np

from forecastlog.column import count, figure, score, share, text
from forecastlog.columns.scores import BLOCK, BRIER, BY, GROUP, RULE, TIMING
from forecastlog.scorebook.comparisons import Compared, compared
from forecastlog.scorebook.frames import Scorebook
from forecastlog.scoring import bootstrap
from forecastlog.vocabulary.scores import BLOCKS, GROUPINGS, TIMINGS
from forecastlog.vocabulary.thresholds import ENOUGH_EVENTS, RANK_ARTICLES, RANK_EVENTS

if TYPE_CHECKING:
    import pandas as pd

DRAWS = 2000
SEED = 0
ALL = "all"
KEYS = ["group", "timing", "block"]


_SURE = "the same, were the one who says that nothing changes {} % sure of it"
SKILLS = {
    "skill": "reference_brier",
    "skill_80": "reference_80_brier",
    "skill_97": "reference_97_brier",
    "skill_half": "half",
    "skill_base": "others",
}
"""Each skill with the column of what it is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreRow:
    """One line of the scoreboard; its columns say what each figure means.

    Scores are means over ``n`` pairs. ``best`` and ``worst`` take for every forecast the most and the least
    fortunate figure of its band; the ``consistent`` ones allow one figure a phrase for the whole group.
    ``relative``, ``peer`` and ``adjusted`` compare a forecaster with others on the same predictions (see
    ``comparisons``). None stands for what cannot be said: no pairs, too few events, a reference without
    error.
    """

    by: Annotated[str, BY]
    group: Annotated[str, GROUP]
    timing: Annotated[str, TIMING]
    block: Annotated[str, BLOCK]
    rule: Annotated[str, RULE]
    n: Annotated[int, count("how many pairs of prediction and forecaster are scored", width=0)]
    events: Annotated[int, count("how many different events they turn on", width=0)]
    articles: Annotated[int, count("from how many articles they come", width=100)]
    brier: Annotated[float | None, BRIER] = None
    brier_low: Annotated[
        float | None,
        score(
            f"lower end of its 95 % interval by resampling events; empty below {ENOUGH_EVENTS} events, from 0 to 1; "
            "where predictions are events of their own, the wider of this and that by resampling articles",
            width=130,
        ),
    ] = None
    brier_high: Annotated[float | None, score("upper end of its 95 % interval, from 0 to 1", width=130)] = (
        None
    )
    best: Annotated[
        float | None, score("the mean by the most fortunate figure within each band, from 0 to 1", width=80)
    ] = None
    worst: Annotated[
        float | None, score("the mean by the least fortunate figure within each band, from 0 to 1", width=80)
    ] = None
    consistent_best: Annotated[
        float | None,
        score("the best mean with one figure a phrase for the whole group, from 0 to 1", width=150),
    ] = None
    consistent_worst: Annotated[
        float | None,
        score("the worst mean with one figure a phrase for the whole group, from 0 to 1", width=150),
    ] = None
    log: Annotated[
        float | None, score("the mean log score in nats, lower is better; empty where infinite", width=110)
    ] = None
    log_infinite: Annotated[int, count("how many had given what happened no chance at all")] = 0
    base_rate: Annotated[float | None, share("the share of claims that came true", width=140)] = None
    skill: Annotated[
        float | None,
        score(
            f"1 minus Brier over that of saying nothing changes: above 0 is better than that; empty below {ENOUGH_EVENTS} events, "
            "and where no record says what no change would bring",
            width=90,
        ),
    ] = None
    skill_80: Annotated[float | None, score(_SURE.format(80))] = None
    skill_97: Annotated[float | None, score(_SURE.format(97))] = None
    skill_half: Annotated[float | None, score("the same against always saying 50 %")] = None
    skill_base: Annotated[float | None, score("the same against the base rate of the other claims")] = None
    relative: Annotated[
        float | None,
        figure("own daily Brier minus the median of all forecasters that day: below 0 is better"),
    ] = None
    peer: Annotated[
        float | None, figure("100 ln(probability given to what happened / the others' geometric mean)")
    ] = None
    percentile: Annotated[
        float | None,
        share(
            "the share of the forecasters compared whose peer score is below this one, among those of at least "
            f"{ENOUGH_EVENTS} events; empty where there are fewer than {ENOUGH_EVENTS} of them"
        ),
    ] = None
    adjusted: Annotated[float | None, figure("the Brier score had all forecast the same predictions")] = None
    same_day: Annotated[int, count("how many forecasts fell on the day of their outcome")] = 0
    late: Annotated[int, count("how many further forecasts of theirs came too late to count")] = 0
    contested: Annotated[int, count("how many are left out because their resolvers disagree")] = 0
    blind_share: Annotated[
        float | None, share("the share resolved by people who did not see who said it and how sure")
    ] = None
    double_share: Annotated[float | None, share("the share whose outcome was read twice or more")] = None
    rank: Annotated[
        int | None,
        count(
            f"among forecasters; only in advance, from {RANK_EVENTS} events and {RANK_ARTICLES} articles on, or "
            f"logged elsewhere, from {RANK_EVENTS} events on; each among its own",
            width=120,
        ),
    ] = None
    excluded: Annotated[dict[str, int], text("how many were left out, by reason, as JSON")] = field(
        default_factory=dict
    )


def score_rows(book: Scorebook, *, by: str = ALL) -> list[ScoreRow]:
    """The scoreboard grouped ``by`` one of the vocabulary's groupings.

    Rows are sorted by timing, block, and number of pairs; raises ValueError for another grouping.
    """
    if by not in GROUPINGS:
        raise ValueError(f"no grouping '{by}': one of {', '.join(GROUPINGS)}")
    rows = _rows(book, by)
    if by == "forecaster":
        others = compared(book)
        rows = [
            replace(row, **others.get((row.group, row.timing, row.block), Compared())._asdict())
            for row in rows
        ]
        rows = _placed(rows)
    rows.sort(key=lambda row: (*order_of(row.timing, row.block), -row.n, row.group))
    return _ranked(rows)


def groups_of(pairs: pd.DataFrame, by: str) -> Iterator[tuple[tuple[str, str, str], pd.DataFrame]]:
    """The pairs of every (group, timing, block)."""
    for key, frame in grouped(pairs, by).groupby(KEYS, sort=True):
        group, timing, block = map(str, key)
        yield (group, timing, block), frame


def order_of(timing: str, block: str) -> tuple[int, int]:
    """The place of a timing and a block in every table: as the vocabulary lists them."""
    return list(TIMINGS).index(timing), list(BLOCKS).index(block)


def grouped(pairs: pd.DataFrame, by: str) -> pd.DataFrame:
    """A ``group`` column, a row for each tag where tags are asked for; what has no group is left out."""
    if by == ALL:
        return pairs.assign(group=ALL)
    rows = pairs.assign(group=pairs[by])
    rows = rows.explode("group") if GROUPINGS[by].overlaps else rows
    return rows[rows["group"].notna()]


def _rows(book: Scorebook, by: str) -> list[ScoreRow]:
    """A row a group, not yet compared, sorted or ranked: every figure is made for all groups at once."""
    pairs = grouped(book.pairs, by)
    groups = pairs.groupby(KEYS, sort=True)
    pairs = pairs.assign(code=groups.ngroup())
    keys = [tuple(map(str, key)) for key in groups.size().index]
    excluded: list[Counter[str]] = [Counter() for _ in keys]
    left = pairs[pairs["reason"].notna()]
    for code, reason in zip(left["code"], left["reason"], strict=True):
        excluded[code][reason] += 1
    figures = _figures(book, pairs[pairs["reason"].isna()], with_skill=not GROUPINGS[by].overlaps)
    none = {"n": 0, "events": 0, "articles": 0}
    return [
        ScoreRow(
            by=by,
            group=group,
            timing=timing,
            block=block,
            rule=book.rule,
            contested=excluded[code]["contested"],
            excluded=dict(sorted(excluded[code].items())),
            **figures.get(code, none),
        )
        for code, (group, timing, block) in enumerate(keys)
    ]


def _figures(book: Scorebook, scored: pd.DataFrame, *, with_skill: bool) -> dict[int, dict[str, Any]]:
    """The fields of ScoreRow that follow from scored pairs, for each ``code`` of a group that has any.

    Without skill by tag: tags overlap and most hold outcomes of one kind.
    """
    import pandas as pd

    if scored.empty:
        return {}
    outcome = scored["outcome"].astype(float)
    scored = scored.assign(
        outcome=outcome,
        half=(outcome - 0.5) ** 2,
        others=_leave_one_out(scored),
        endless=np.isinf(scored["log"]),
    )
    groups = scored.groupby("code", sort=True)
    means = groups[["brier", "best", "worst", "log", "outcome", "blind", "double"]].mean()
    sums = groups[["endless", "same_day", "late"]].sum().astype(int)
    counts = groups.agg(n=("brier", "size"), events=("event", "nunique"), articles=("article", "nunique"))
    columns = {
        **counts,
        **means.rename(columns={"outcome": "base_rate", "blind": "blind_share", "double": "double_share"}),
        **sums.rename(columns={"endless": "log_infinite"}),
    }
    stretches = book.stretches_of(scored, "code", "event", "events_by", "lot")
    columns["consistent_best"], columns["consistent_worst"] = _consistent(stretches, counts["n"])
    columns["brier_low"], columns["brier_high"] = _intervals(stretches, counts["events"])
    if with_skill:
        enough = counts["events"] >= ENOUGH_EVENTS
        references = groups[list(SKILLS.values())].mean()
        told = groups["has_status_quo"].any()
        for name, reference in SKILLS.items():
            able = enough & told if reference.startswith("reference") else enough
            columns[name] = _skill(means["brier"], references[reference]).where(able)
    found = pd.DataFrame(columns).astype(object)
    found = found.where(np.isfinite(found.astype(float)), None)
    return dict(zip(found.index.tolist(), found.to_dict("records"), strict=True))


def _leave_one_out(scored: pd.DataFrame) -> pd.Series[float]:
    """The Brier score of giving each pair the base rate of its group's other predictions; NaN where there is none."""
    y, code = scored["outcome"].astype(float), scored["code"]
    own = y.groupby([code, scored["prediction"]]).transform("size")
    total, size = (y.groupby(code).transform(how) for how in ("sum", "size"))
    return ((total - y * own) / (size - own).where(size > own) - y) ** 2


def _consistent(stretches: pd.DataFrame, n: pd.Series[int]) -> tuple[pd.Series[float], pd.Series[float]]:
    """Best and worst mean Brier where every phrase means one figure within its band for the whole group.

    For a phrase the mean over its stretches is a parabola in the figure: smallest at their mean outcome,
    clipped to the band, and largest at the end of the band farther from it.
    """
    w, y = stretches["weight"], stretches["outcome"]
    phrases = (
        stretches[["code", "words", "low", "high"]]
        .assign(w=w, wy=w * y, wyy=w * y * y)
        .groupby(["code", "words"], sort=True)
        .agg(
            lowest=("low", "min"),
            low=("low", "max"),
            high=("high", "min"),
            highest=("high", "max"),
            w=("w", "sum"),
            wy=("wy", "sum"),
            wyy=("wyy", "sum"),
        )
    )
    shared = phrases["low"] <= phrases["high"]  # else bands of two scales: the widest reading
    low = phrases["low"].where(shared, phrases["lowest"])
    high = phrases["high"].where(shared, phrases["highest"])
    middle = (phrases["wy"] / phrases["w"]).clip(low, high)
    sums = [phrases["w"] * at**2 - 2 * phrases["wy"] * at + phrases["wyy"] for at in (low, high, middle)]
    totals = phrases.assign(best=np.minimum.reduce(sums), worst=np.maximum.reduce(sums)).groupby("code")
    return totals["best"].sum().clip(lower=0) / n, totals["worst"].sum() / n


def _intervals(stretches: pd.DataFrame, events: pd.Series[int]) -> tuple[pd.Series[float], pd.Series[float]]:
    """95 % percentile intervals of the mean Brier by resampling events; none below ``ENOUGH_EVENTS`` of them.

    Fifty states in one night are not fifty events: where predictions are events of their own, the interval by
    resampling articles stands if it is the wider one and there are enough of them.
    """
    able = events.index[events >= ENOUGH_EVENTS]
    own = stretches[stretches["code"].isin(able)]
    low, high = _resampled(own, "event")
    alone = own[own["code"].isin(own.loc[own["events_by"] == "prediction", "code"])]
    lots = own.groupby("code")["lot"].nunique()
    apart = alone[alone["code"].isin(lots.index[lots >= ENOUGH_EVENTS])]
    if len(apart):
        wide_low, wide_high = _resampled(apart, "lot")
        wider = wide_high - wide_low > (high - low)[wide_low.index]
        low.update(wide_low[wider])
        high.update(wide_high[wider])
    return low, high


def _resampled(stretches: pd.DataFrame, block: str) -> tuple[pd.Series[float], pd.Series[float]]:
    """Both ends for each ``code``."""
    import pandas as pd

    drawn = bootstrap(
        stretches, statistic="brier", block=block, by="code", weight="weight", n=DRAWS, seed=SEED
    )
    codes = sorted(stretches["code"].unique())
    return pd.Series(drawn.low, codes, dtype=float), pd.Series(drawn.high, codes, dtype=float)


def _skill(score: pd.Series[float], reference: pd.Series[float]) -> pd.Series[float]:
    return 1 - score / reference.where(reference > 0)


def _placed(rows: list[ScoreRow]) -> list[ScoreRow]:
    """The rows with their percentile among those of the same timing and block."""
    peers: dict[tuple[str, str], list[float]] = {}
    for row in rows:
        if row.peer is not None and row.events >= ENOUGH_EVENTS:
            peers.setdefault((row.timing, row.block), []).append(row.peer)
    for scores in peers.values():
        scores.sort()
    return [
        replace(row, percentile=bisect_left(among, row.peer) / len(among))
        if row.peer is not None
        and row.events >= ENOUGH_EVENTS
        and len(among := peers[row.timing, row.block]) >= ENOUGH_EVENTS
        else row
        for row in rows
    ]


def _ranked(rows: list[ScoreRow]) -> list[ScoreRow]:
    """Ranks for the headline rows, logged in advance, that have enough events from enough articles.

    Equal ranks where intervals overlap: a rank is one more than the number of rows that are surely better.
    What was logged elsewhere is ranked within itself.
    """
    ranks: dict[int, int] = {}
    for timing in _RANKED:
        able = [row for row in _rankable(rows) if row.timing == timing]
        ends = np.sort(np.array([row.brier_high for row in able], dtype=float))
        better = np.searchsorted(ends, np.array([row.brier_low for row in able], dtype=float))
        ranks |= {id(row): 1 + int(before) for row, before in zip(able, better, strict=True)}
    return [replace(row, rank=ranks[id(row)]) if id(row) in ranks else row for row in rows]


_RANKED = {"in advance": RANK_ARTICLES, "logged elsewhere": 0}
"""Timings whose rows are ranked, with the articles that this takes; one source is enough for what it
logged."""


def _rankable(rows: list[ScoreRow]) -> Iterator[ScoreRow]:
    for row in rows:
        if (
            row.by == "forecaster"
            and row.articles >= _RANKED.get(row.timing, np.inf)
            and row.block == "headline"
            and row.events >= RANK_EVENTS
            and row.brier_low is not None
        ):
            yield row
