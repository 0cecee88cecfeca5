"""The tables of what is reckoned from the records: scores, calibration, totals, readings, findings."""

from __future__ import annotations

from forecastlog.database.columns import Column, Table, flag, listing, share
from forecastlog.database.record_tables import TIMING
from forecastlog.vocabulary import (
    BLOCKS,
    DRAWN_BY,
    ENOUGH_EVENTS,
    FINDINGS,
    GROUPINGS,
    LEFT_OUT,
    NOTHING_CHANGES,
    RANK_ARTICLES,
    RANK_EVENTS,
    RULES,
    TIMINGS,
)

_BLOCK = Column("block", listing(BLOCKS))
_SCORES = (
    Column("by", f"what the groups are: {', '.join(GROUPINGS)} (of the deadline)"),
    Column("group", "the group: an id, a name, a tag or a year"),
    TIMING,
    _BLOCK,
)
_DRAWN = Column("by", f"whose: {', '.join(DRAWN_BY)}")
_RULE = Column("rule", f"which forecasts count: {listing(RULES)}")

SCORES = Table(
    name="scores",
    meaning="What each forecaster's forecasts of each prediction scored, or why they are left out.",
    facets=("timing", "block", "reason", "forecaster_id"),
    sort_desc="brier",
    indexes=(("reason",),),
    columns=(
        Column("id", "the prediction's id, the forecaster's, the block and the timing"),
        Column("prediction_id", "the prediction", ref="predictions"),
        Column("forecaster_id", "whose forecasts", ref="forecasters"),
        *_SCORES[2:],
        _RULE,
        Column("reason", f"why it is left out, empty where it is scored: {listing(LEFT_OUT)}"),
        share("probability", "the mean probability over the time it stood"),
        share("outcome", "what happened: 1 yes, 0 no, or a share"),
        share("brier", "(probability - outcome) squared: lower is better"),
        share("best", "the Brier score by the most fortunate figure within the band"),
        share("worst", "the Brier score by the least fortunate figure within the band"),
        Column(
            "log",
            "minus the natural log of the probability given to what happened; empty where infinite",
            "REAL",
        ),
        flag("log_infinite", "what happened had been given no chance at all"),
        share("reference_brier", f"the Brier score of saying that nothing changes, at {NOTHING_CHANGES:.0%}"),
        flag("same_day", "forecast and outcome fall on one day"),
    ),
)
SCOREBOARD = Table(
    name="scoreboard",
    meaning="Mean scores by group. A handful of claims from one article rates nobody.",
    key=("by", "claims", "group", "timing", "block", "rule"),
    indexes=(("by", "claims", "timing", "block", "n"),),
    facets=("by", "claims", "timing", "block"),
    sort_desc="n",
    columns=(
        *_SCORES,
        Column("claims", "all, or main: only the main claims of their articles"),
        _RULE,
        Column("n", "how many pairs of prediction and forecaster are scored", "INTEGER"),
        Column("events", "how many different events they turn on", "INTEGER"),
        Column("articles", "from how many articles they come", "INTEGER"),
        share("brier", "the mean Brier score, one-sided: lower is better"),
        share(
            "brier_low",
            f"lower end of its 95 % interval by resampling events; empty below {ENOUGH_EVENTS} events",
        ),
        share("brier_high", "upper end of its 95 % interval"),
        share("best", "the mean by the most fortunate figure within each band"),
        share("worst", "the mean by the least fortunate figure within each band"),
        share("consistent_best", "the best mean with one figure a phrase for the whole group"),
        share("consistent_worst", "the worst mean with one figure a phrase for the whole group"),
        Column("log", "the mean log score in nats, lower is better; empty where infinite", "REAL"),
        Column("log_infinite", "how many had given what happened no chance at all", "INTEGER"),
        share("base_rate", "the share of claims that came true"),
        Column(
            "skill",
            f"1 minus Brier over that of saying nothing changes: above 0 is better than that; empty below "
            f"{ENOUGH_EVENTS} events",
            "REAL",
        ),
        Column("skill_half", "the same against always saying 50 %", "REAL"),
        Column("skill_base", "the same against the base rate of the other claims", "REAL"),
        Column(
            "relative",
            "own daily Brier minus the median of all forecasters that day: below 0 is better",
            "REAL",
        ),
        Column("peer", "100 ln(probability given to what happened / the others' geometric mean)", "REAL"),
        Column("adjusted", "the Brier score had all forecast the same predictions", "REAL"),
        Column("same_day", "how many forecasts fell on the day of their outcome", "INTEGER"),
        Column("late", "how many further forecasts of theirs came too late to count", "INTEGER"),
        Column("contested", "how many are left out because their resolvers disagree", "INTEGER"),
        share("blind_share", "the share resolved by people who did not see who said it and how sure"),
        share("double_share", "the share resolved by two people or more"),
        Column(
            "rank",
            f"among forecasters; only in advance, from {RANK_EVENTS} events and {RANK_ARTICLES} articles on",
            "INTEGER",
        ),
        Column("excluded", "how many were left out, by reason, as JSON"),
        Column("convention", "the definition of Brier: one-sided, 0 to 1"),
        Column("engine", "the version of forecastlog that computed it"),
        Column("inputs", "a digest of the scores that the row is computed from"),
    ),
)
CALIBRATION = Table(
    name="calibration",
    meaning="Of what was given such a probability, how much came true.",
    key=("by", "group", "timing", "block", "low"),
    facets=("by", "timing", "block"),
    columns=(
        *_SCORES,
        share("low", "the bin holds probabilities above this (the first bin also 0)"),
        share("high", "up to and including this"),
        Column("n", "how many forecasts", "INTEGER"),
        share("mean_p", "their mean probability"),
        share("share", "the share that came true"),
        share("share_low", "lower end of its 95 % Wilson interval"),
        share("share_high", "upper end of its 95 % Wilson interval"),
        _RULE,
        Column("convention", "the bins: closed on the right, 0 in the first"),
        Column("engine", "the version of forecastlog that computed it"),
        Column("inputs", "a digest of the scores that the row is computed from"),
    ),
)
WORD_RECORD = Table(
    name="word_record",
    meaning="The words' own record: what was said with each phrase, and how often it came true.",
    key=("by", "group", "words", "scale", "timing"),
    facets=("by", "timing", "scale"),
    sort_desc="said",
    columns=(
        _DRAWN,
        Column("group", "the group: an id or a name"),
        Column("words", "the phrase, by its anchor on the scale"),
        Column("scale", "the scale"),
        _SCORES[2],
        Column("said", "how often it was said", "INTEGER"),
        Column("decided", "how many of these turned out yes or no", "INTEGER"),
        Column("happened", "how many came true", "REAL"),
        share("share", "the share that came true"),
        share("share_low", "lower end of its 95 % Wilson interval"),
        share("share_high", "upper end of its 95 % Wilson interval"),
        share("probability", "what the scale takes the phrase to mean"),
        share("low", "the least that it can mean"),
        share("high", "the most that it can mean"),
    ),
)
DECOMPOSITIONS = Table(
    name="decompositions",
    meaning="The Brier score of a group in three parts: miscalibration - discrimination + uncertainty.",
    key=("by", "group", "timing", "block"),
    facets=("by", "timing", "block"),
    columns=(
        *_SCORES,
        Column("n", "how many pairs of prediction and forecaster", "INTEGER"),
        share("brier", "the mean Brier score, one-sided: lower is better"),
        Column("miscalibration", "how far the probabilities are from what happened; 0 is perfect", "REAL"),
        Column(
            "discrimination", "how well they tell what happens from what does not; higher is better", "REAL"
        ),
        Column("uncertainty", "what always giving the base rate would score", "REAL"),
    ),
)
CURVES = Table(
    name="curves",
    meaning=f"CORP calibration curves of groups with at least {ENOUGH_EVENTS} events: the share that happened, made increasing.",
    key=("by", "group", "timing", "block", "p"),
    facets=("by", "timing", "block"),
    columns=(
        *_SCORES,
        share("p", "the probability"),
        share("fitted", "the share that happened at it, made increasing"),
        share("band_low", "lower end of where 95 % of curves lie if every forecast were calibrated"),
        share("band_high", "upper end of that band"),
    ),
)
TOTALS = Table(
    name="totals",
    meaning="How many predictions there are of each kind, of all and of each group.",
    key=("by", "group", "fact", "value"),
    indexes=(("by", "fact", "value", "n"),),
    facets=("by", "fact"),
    columns=(
        _DRAWN,
        Column("group", "the group: an id or a name"),
        Column(
            "fact",
            "count; forecasts (by the first reason for which they are left out); word_events (the events behind "
            "the words' record, by timing); or the column by which predictions are told apart: status, outcome, "
            "reason, timing, basis, attribution",
        ),
        Column(
            "value",
            "of a count: predictions, articles, events, scored (predictions of which the speaker's own forecasts "
            "are), scored_events, scored_in_advance; of forecasts: scored, or the reason; else the column's value",
        ),
        Column("n", "how many", "INTEGER"),
    ),
)
SCALES = Table(
    name="scales",
    meaning="The scales on which words of likelihood can be read.",
    label="title",
    columns=(
        Column("id", "the scale's name"),
        Column("title", "its title"),
        Column(
            "kind", "own (the log's), standard (of an institution) or survey (of what readers understand)"
        ),
        Column("sources", "where its figures come from"),
    ),
)
READINGS = Table(
    name="readings",
    meaning="What each phrase in the log means on each scale that has it.",
    key=("words", "scale_id"),
    facets=("scale_id",),
    columns=(
        Column("words", "the phrase, in lower case"),
        Column("scale_id", "the scale", ref="scales"),
        share("probability", "what the scale takes it to mean; empty where it names only a band"),
        share("low", "the least that it can mean there"),
        share("high", "the most that it can mean there"),
    ),
)
SCALE_SCORES = Table(
    name="scale_scores",
    meaning="Would another scale change the picture? Mean Brier scores with the words read on every scale.",
    key=("by", "group", "timing", "scale"),
    facets=("by", "scale", "timing"),
    columns=(
        *_SCORES[:3],
        Column("scale", "the scale; stored: the figures of the log"),
        Column("n", "how many pairs of prediction and forecaster are scored", "INTEGER"),
        Column("stretches", "how many forecasts they hold", "INTEGER"),
        Column(
            "read", "how many of these the scale has words for; the others keep the log's figure", "INTEGER"
        ),
        share("brier", "the mean Brier score, one-sided: lower is better"),
        Column("position", "the group's place on this scale, 1 for the lowest score", "INTEGER"),
        flag("holds", "the order of all groups is the one that the log's figures give"),
    ),
)
AUDIT = Table(
    name="audit",
    meaning="What the history of the ledger in git tells of its records: when they appeared, what changed since.",
    facets=("kind", "breach"),
    indexes=(("record",), ("kind",)),
    columns=(
        Column("id", "the number of the finding", "INTEGER"),
        Column("record", "the prediction or the condition"),
        Column("kind", listing(FINDINGS)),
        Column("on", "the day of the commit"),
        Column("by", "its author"),
        Column("commit", "the commit"),
        Column("field", "what was changed"),
        Column("was", "what it said before"),
        Column("now", "what it says since"),
        flag("after_deadline", "its deadline had passed"),
        flag("after_outcome", "its outcome was known"),
        flag("breach", "something published was changed and no correction says so"),
    ),
)  # fmt: skip
PROBLEMS = Table(
    name="problems",
    meaning="What the check of the ledger found: warnings and notes (errors stop a build).",
    facets=("severity", "code"),
    columns=(
        Column("id", "the number of the finding", "INTEGER"),
        Column("code", "the kind of problem"),
        Column("severity", "error, warning or note"),
        Column("path", "the file"),
        Column("line", "the line in it", "INTEGER"),
        Column("column", "the column in the line", "INTEGER"),
        Column("message", "what is wrong"),
        Column("hint", "what to write instead"),
    ),
)
BUILD = Table(
    name="build",
    meaning="What this database was made from.",
    columns=(
        Column("id", "always 1", "INTEGER"),
        Column("as_of", "the day from which everything is reckoned"),
        Column("forecastlog", "the version that built it"),
        Column("format", "the version of the ledger's format", "INTEGER"),
        Column("convention", "the convention by which words for deadlines are read"),
        Column("scale", "the desk's scale for words of likelihood"),
        Column("conclusion", "what the scores of forecasters let anybody conclude"),
        Column("contact", "whom to write to"),
        Column("history", "whether the ledger's history in git could be audited, and if not, why"),
        Column("articles", "how many articles", "INTEGER"),
        Column("predictions", "how many predictions", "INTEGER"),
        Column("resolved", "how many are resolved yes or no", "INTEGER"),
        *(
            Column(word.name.replace(" ", "_"), f"of those whose outcome is known: {word.meaning}", "INTEGER")
            for word in TIMINGS.values()
        ),
        Column("digest", "SHA-256 of the contents of all other tables"),
    ),
)
