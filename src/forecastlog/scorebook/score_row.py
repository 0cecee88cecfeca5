"""One line of the scoreboard."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

from forecastlog.column import count, figure, score, share, text
from forecastlog.columns.scores import (
    ARTICLES,
    BLOCK,
    BRIER,
    BY,
    GROUP,
    LOG,
    LOG_INFINITE,
    PAIRS,
    RULE,
    TIMING,
)
from forecastlog.vocabulary.thresholds import ENOUGH_EVENTS, RANK_ARTICLES, RANK_EVENTS

_SURE = "the same, were the one who says that nothing changes {} % sure of it"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreRow:
    """One line of the scoreboard; its columns say what each figure means.

    Scores are means over ``n`` pairs. ``best`` and ``worst`` take for every forecast the most and the least
    fortunate figure of its band; the ``consistent`` ones allow one figure a phrase for the whole group.
    ``relative``, ``peer`` and ``adjusted`` compare a forecaster with others on the same predictions (see
    ``company`` and ``comparisons``). None stands for what cannot be said: no pairs, too few events, a
    reference without error.
    """

    by: Annotated[str, BY]
    group: Annotated[str, GROUP]
    timing: Annotated[str, TIMING]
    block: Annotated[str, BLOCK]
    rule: Annotated[str, RULE]
    n: Annotated[int, PAIRS]
    events: Annotated[int, count("how many different events they turn on", width=0)]
    articles: Annotated[int, ARTICLES]
    brier: Annotated[float | None, BRIER] = None
    brier_low: Annotated[
        float | None,
        score(
            "lower end of its 95 % interval by resampling events; "
            f"empty below {ENOUGH_EVENTS} events, from 0 to 1; "
            "where predictions are events of their own, the wider of this and that by "
            "resampling articles",
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
    log: Annotated[float | None, LOG] = None
    log_infinite: Annotated[int, LOG_INFINITE] = 0
    base_rate: Annotated[float | None, share("the share of claims that came true", width=140)] = None
    skill: Annotated[
        float | None,
        score(
            "1 minus Brier over that of saying nothing changes: above 0 is better than that; "
            f"empty below {ENOUGH_EVENTS} events, and where no record says what no change would bring",
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
            "the share of the forecasters compared whose peer score is below this one, "
            "among those of at least "
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
            f"among forecasters; only in advance, from {RANK_EVENTS} events and {RANK_ARTICLES} "
            f"articles on, or logged elsewhere, from {RANK_EVENTS} events on; each among its own",
            width=120,
        ),
    ] = None
    excluded: Annotated[dict[str, int], text("how many were left out, by reason, as JSON")] = field(
        default_factory=dict
    )
