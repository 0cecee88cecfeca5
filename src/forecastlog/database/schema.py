"""The tables of the database, as data: every column with its type and what it means.

Everything that speaks of the tables is made from this one place: the SQLite schema, its indexes and foreign
keys, the full-text search, ``datasette_metadata.json`` and the schema page of the documentation.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Type = Literal["TEXT", "INTEGER", "REAL"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``ref`` names the table whose ``id`` it holds; an index is made for every such key."""

    name: str
    meaning: str
    type: Type = "TEXT"
    ref: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table: its key, its columns in order, and how Datasette shows it."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: str | tuple[str, ...] = "id"
    label: str | None = None
    indexes: tuple[tuple[str, ...], ...] = ()
    search: tuple[str, ...] = ()
    facets: tuple[str, ...] = field(default=())
    sort: str | None = None
    sort_desc: str | None = None
    hidden: bool = False


def _flag(name: str, meaning: str) -> Column:
    return Column(name, f"{meaning} (1 yes, 0 no)", "INTEGER")


def _share(name: str, meaning: str) -> Column:
    return Column(name, f"{meaning}, from 0 to 1", "REAL")


_NOTE = Column("note", "a remark by the log")
_SCORES = (
    Column("by", "what the groups are: all, forecaster, publisher, article, basis, tag, year of the deadline"),
    Column("group", "the group: an id, a name, a tag or a year"),
    Column("timing", "prospective: logged before the outcome was known; retrospective: on that day or later"),
    Column("basis", "headline (figures, and words on a scale), asserted (bare will), judged (an analyst's own) "
                    "or paraphrased (a text that somebody rewrote)"),
)  # fmt: skip

ARTICLES = Table(
    name="articles",
    meaning="The published texts whose predictions are logged.",
    label="title",
    facets=("publisher", "text", "published_year"),
    sort="published",
    columns=(
        Column("id", "the article's name in the log"),
        Column("title", "its title"),
        Column("publisher", "who published it"),
        Column("affiliation", "the authors' affiliation as the text gives it"),
        Column("published", "the day of publication, as precisely as it is known"),
        Column("published_year", "the year of publication", "INTEGER"),
        Column("published_range", "the days between which it was published, where the day is inferred"),
        Column("date_basis", "how the day of publication was found"),
        Column("updated", "the day of the last update"),
        Column("retrieved", "the day on which the text was read"),
        Column("url", "where it was published"),
        Column("archive", "an archived copy"),
        Column("text", "original, or paraphrased: a rewritten copy was read"),
        Column("origin_publisher", "of a copy: who published the original"),
        Column("origin_url", "of a copy: where the original was published"),
        Column("sha256", "the digest of the text that was read"),
        Column("retracted", "the day on which it was retracted"),
        Column("chosen", "how the article came to be in the log"),
        Column("coverage", "what was logged of it: every claim, main claims, a sample"),
        Column("logged", "the day on which it entered the log"),
        Column("predictions", "how many predictions were logged from it", "INTEGER"),
        _NOTE,
    ),
)
ARTICLE_AUTHORS = Table(
    name="article_authors",
    meaning="Who wrote an article.",
    key=("article_id", "forecaster_id"),
    columns=(
        Column("article_id", "the article", ref="articles"),
        Column("forecaster_id", "the author", ref="forecasters"),
        Column("position", "the place in the list of authors, from 1", "INTEGER"),
    ),
)
FORECASTERS = Table(
    name="forecasters",
    meaning="Whose forecasts are logged: people, joint authors, outlets, desks, markets, models.",
    label="name",
    facets=("kind",),
    sort="name",
    columns=(
        Column("id", "the forecaster's name in the log"),
        Column("name", "the full name"),
        Column(
            "kind", "person, joint (authors who wrote together), outlet, collective, desk, market or model"
        ),
        Column("affiliation", "the affiliation as last known"),
        Column("predictions", "how many predictions the log has of the forecaster's", "INTEGER"),
    ),
)
FORECASTER_NAMES = Table(
    name="forecaster_names",
    meaning="Other spellings of a forecaster's name, and the members of joint forecasters.",
    key=("forecaster_id", "name", "relation"),
    columns=(
        Column("forecaster_id", "the forecaster", ref="forecasters"),
        Column("name", "another spelling, or a member's id"),
        Column("relation", "also (another spelling) or member"),
    ),
)
CONDITIONS = Table(
    name="conditions",
    meaning="What has to come true before a conditional prediction counts.",
    label="text",
    facets=("status", "outcome"),
    sort="by",
    columns=(
        Column("id", "the condition's name in the log"),
        Column("article_id", "the article that states it", ref="articles"),
        Column("text", "the condition"),
        Column("by", "the last day on which it could come true"),
        Column("event", "what it turns on"),
        Column("status", "open, due, resolved or contested, on the day of the build"),
        Column("outcome", "met, unmet, partly or unobservable"),
        Column("happened", "when it came true"),
        Column("known", "when its fate was known"),
        Column("due_on", "the first day on which somebody should look"),
    ),
)
PREDICTIONS = Table(
    name="predictions",
    meaning="One claim each that can turn out true or false, with its criteria and its deadline.",
    label="claim",
    facets=("status", "outcome", "speaker_id", "basis"),
    sort_desc="made",
    indexes=(("status", "due_on"), ("event",), ("made",), ("outcome",), ("basis",)),
    search=("claim", "quote", "criteria", "article_title"),
    columns=(
        Column("id", "the prediction's name in the log"),
        Column("claim", "the claim in the log's words: yes means that the event happens"),
        Column("speaker_id", "whose claim it is", ref="forecasters"),
        Column("status", "open, maybe_due, due, resolved, void, ambiguous, uncheckable or contested, on the day of "
                         "the build"),
        Column("outcome", "yes, no, a share between 0 and 1, void, ambiguous or uncheckable"),
        Column("reason", "why it is void or uncheckable"),
        _share("probability", "the probability that the speaker last gave, or that their words were read as"),
        _share("low", "the least that the words can mean"),
        _share("high", "the most that the words can mean"),
        Column("basis", "of the probability: stated (a number), worded (on a scale), asserted (bare will), possible "
                        "(bare may: no probability) or judged (an analyst's own)"),
        Column("words", "the speaker's words for how sure they were"),
        Column("scale", "the scale on which the words were read"),
        Column("made", "when it was said"),
        Column("made_year", "the year in which it was said", "INTEGER"),
        Column("earliest", "the first day that counts"),
        Column("strict", "the last day that counts by the strict reading"),
        Column("latest", "the last day that counts by the generous reading; empty for an open end"),
        Column("due_on", "the day after the latest deadline"),
        Column("due_year", "the year in which it falls due", "INTEGER"),
        Column("article_id", "the article", ref="articles"),
        Column("article_title", "the article's title, for the search"),
        Column("quote", "the shortest phrase that locates it, at most 15 words"),
        Column("also", "further phrases that locate it, as a JSON list"),
        _flag("negated", "the text denies the claim"),
        Column("kind", "binary: yes or no"),
        Column("attribution", "author, quoted, reported, ascribed or collective: how close to the speaker's own words"),
        Column("via", "through whom it was said"),
        Column("stance", "what the article makes of it: endorses, reports, disputes"),
        Column("condition_id", "what has to come true first", ref="conditions"),
        Column("criteria", "what decides the outcome"),
        Column("settled_by", "the kind of source that settles it"),
        Column("status_quo", "the outcome if nothing changes: yes, no or unclear"),
        Column("event", "what it turns on; predictions on one event share it"),
        _flag("main", "a main claim of the article"),
        Column("tags", "its tags, as a JSON list"),
        Column("text", "original, or paraphrased: the words are a rewriter's"),
        Column("deadline_words", "the text's words for the deadline"),
        Column("deadline_edtf", "the deadline in EDTF (ISO 8601-2)"),
        Column("deadline_basis", "stated (a date), worded, default (the text names no time) or analyst"),
        Column("deadline_rule", "the rule by which the words were read"),
        Column("deadline_convention", "the convention to which the rule belongs"),
        Column("deadline_why", "why an analyst set another end"),
        Column("deadline_within", "the length of a clock that starts when the condition is met"),
        Column("review", "of an open end: the day to look again"),
        Column("happened", "when it came true"),
        Column("known", "when the outcome was known"),
        Column("logged", "the day on which it entered the log"),
        Column("logged_by", "who logged it"),
        Column("found_by", "what found it, where no person did"),
        Column("restates_id", "the earlier prediction that it says again", ref="predictions"),
        Column("hedges_id", "the prediction that it hedges", ref="predictions"),
        Column("reverses_id", "the prediction that it takes back", ref="predictions"),
        Column("source", "of an import: the platform"),
        Column("external", "of an import: the platform's own id"),
        Column("withdrawn", "the day on which it was taken back"),
        Column("replies", "answers to the log, as a JSON list"),
        _NOTE,
    ),
)  # fmt: skip
FORECASTS = Table(
    name="forecasts",
    meaning="A probability given to a prediction by a forecaster on a day.",
    label="words",
    facets=("basis", "scale", "forecaster_id"),
    sort="made",
    columns=(
        Column("id", "the prediction's id and a digest of the entry"),
        Column("prediction_id", "the prediction", ref="predictions"),
        Column("forecaster_id", "whose forecast it is", ref="forecasters"),
        Column("made", "when it was made"),
        Column("until", "until when it stood, where it was withdrawn"),
        Column("words", "the words"),
        _share("probability", "the probability, or what the words were read as; empty for a bare may"),
        _share("low", "the least that the words can mean"),
        _share("high", "the most that the words can mean"),
        Column("scale", "the scale on which the words were read"),
        Column("basis", "stated, worded, asserted, possible or judged"),
        Column("quote", "the phrase, where it is not the prediction's"),
        Column("article_id", "the article, where it is not the prediction's", ref="articles"),
        Column("url", "where it was published, where there is no article"),
        Column("logged", "the day on which it entered the log, where it is not the prediction's"),
        _NOTE,
    ),
)
RESOLUTIONS = Table(
    name="resolutions",
    meaning="What happened, when it happened, when it was known, who recorded it.",
    label="outcome",
    facets=("outcome", "reason", "by"),
    sort_desc="known",
    columns=(
        Column("id", "the record's id and a digest of the entry"),
        Column("prediction_id", "the prediction that it resolves", ref="predictions"),
        Column("condition_id", "the condition that it resolves", ref="conditions"),
        Column("outcome", "yes, no, void, ambiguous, uncheckable, reopened; of a condition met, unmet, partly, "
                          "unobservable"),
        Column("reason", "why it is void or uncheckable"),
        Column("happened", "when it happened"),
        Column("known", "when it was known"),
        Column("recorded", "when the log recorded it"),
        Column("by", "who recorded it"),
        Column("blind", "whether the resolver saw who said it and how sure (1 hidden, 0 shown)", "INTEGER"),
        _flag("settles", "settles a disagreement"),
        _flag("stands", "stands on the day of the build: the last entry of its author, or the settling one"),
        _NOTE,
    ),
)  # fmt: skip
EVIDENCE = Table(
    name="evidence",
    meaning="What a resolution rests on: a source, or a search that found nothing.",
    label="url",
    columns=(
        Column("id", "the resolution's id and the place in its list"),
        Column("resolution_id", "the resolution", ref="resolutions"),
        Column("url", "the source"),
        Column("title", "its title"),
        Column("published", "when it was published"),
        Column("archive", "an archived copy"),
        Column("shows", "what it shows"),
        Column("searched", "where the event was looked for and not found"),
        Column("searched_on", "the day of the search"),
    ),
)
PREDICTION_TAGS = Table(
    name="prediction_tags",
    meaning="The tags of predictions, a row each.",
    key=("prediction_id", "tag"),
    facets=("tag",),
    indexes=(("tag",),),
    columns=(
        Column("prediction_id", "the prediction", ref="predictions"),
        Column("tag", "the tag"),
    ),
)
CORRECTIONS = Table(
    name="corrections",
    meaning="Changes to published records, each with its reason.",
    sort_desc="on",
    columns=(
        Column("id", "the prediction's id and the place in its list"),
        Column("prediction_id", "the prediction", ref="predictions"),
        Column("on", "the day of the change"),
        Column("by", "who made it"),
        Column("field", "what was changed"),
        Column("was", "what it said before"),
        Column("why", "typo, reading or criteria"),
    ),
)
SCORES = Table(
    name="scores",
    meaning="What each forecaster's forecasts of each prediction scored, or why they are left out.",
    facets=("timing", "basis", "reason", "forecaster_id"),
    sort_desc="brier",
    indexes=(("reason",),),
    columns=(
        Column("id", "the prediction's id, the forecaster's and the basis"),
        Column("prediction_id", "the prediction", ref="predictions"),
        Column("forecaster_id", "whose forecasts", ref="forecasters"),
        *_SCORES[2:],
        Column("rule", "which forecast counts: daily (each for the time it stood), first or last"),
        Column("reason", "why it is left out; empty where it is scored"),
        _share("probability", "the mean probability over the time it stood"),
        _share("outcome", "what happened: 1 yes, 0 no, or a share"),
        _share("brier", "(probability - outcome) squared: lower is better"),
        _share("best", "the Brier score by the most fortunate figure within the band"),
        _share("worst", "the Brier score by the least fortunate figure within the band"),
        Column(
            "log",
            "minus the natural log of the probability given to what happened; empty where infinite",
            "REAL",
        ),
        _flag("log_infinite", "what happened had been given no chance at all"),
        _share("reference_brier", "the Brier score of saying that nothing changes, at 90 %"),
        _flag("same_day", "forecast and outcome fall on one day"),
    ),
)
SCOREBOARD = Table(
    name="scoreboard",
    meaning="Mean scores by group. A handful of claims from one article rates nobody.",
    key=("by", "group", "timing", "basis", "rule"),
    facets=("by", "timing", "basis"),
    sort_desc="n",
    columns=(
        *_SCORES,
        Column("rule", "which forecast counts: daily, first or last"),
        Column("n", "how many pairs of prediction and forecaster are scored", "INTEGER"),
        Column("events", "how many different events they turn on", "INTEGER"),
        Column("articles", "from how many articles they come", "INTEGER"),
        _share("brier", "the mean Brier score, one-sided: lower is better"),
        _share("brier_low", "lower end of its 95 % interval by resampling events; empty below 10 events"),
        _share("brier_high", "upper end of its 95 % interval"),
        _share("best", "the mean by the most fortunate figure within each band"),
        _share("worst", "the mean by the least fortunate figure within each band"),
        _share("consistent_best", "the best mean with one figure a phrase for the whole group"),
        _share("consistent_worst", "the worst mean with one figure a phrase for the whole group"),
        Column("log", "the mean log score in nats, lower is better; empty where infinite", "REAL"),
        Column("log_infinite", "how many had given what happened no chance at all", "INTEGER"),
        _share("base_rate", "the share of claims that came true"),
        Column(
            "skill", "1 minus Brier over that of saying nothing changes: above 0 is better than that", "REAL"
        ),
        Column("skill_half", "the same against always saying 50 %", "REAL"),
        Column("skill_base", "the same against the base rate of the other claims", "REAL"),
        Column("same_day", "how many forecasts fell on the day of their outcome", "INTEGER"),
        Column("rank", "among forecasters; only prospective, from 10 events and 3 articles on", "INTEGER"),
        Column("excluded", "how many were left out, by reason, as JSON"),
        Column("convention", "the definition of Brier: one-sided, 0 to 1"),
        Column("engine", "the version of forecastlog that computed it"),
        Column("inputs", "a digest of the scores that the row is computed from"),
    ),
)
CALIBRATION = Table(
    name="calibration",
    meaning="Of what was given such a probability, how much came true.",
    key=("by", "group", "timing", "basis", "low"),
    facets=("by", "timing", "basis"),
    columns=(
        *_SCORES,
        _share("low", "the bin holds probabilities above this (the first bin also 0)"),
        _share("high", "up to and including this"),
        Column("n", "how many forecasts", "INTEGER"),
        _share("mean_p", "their mean probability"),
        _share("share", "the share that came true"),
        _share("share_low", "lower end of its 95 % Wilson interval"),
        _share("share_high", "upper end of its 95 % Wilson interval"),
        Column("rule", "which forecast counts: daily, first or last"),
        Column("convention", "the bins: closed on the right, 0 in the first"),
        Column("engine", "the version of forecastlog that computed it"),
        Column("inputs", "a digest of the scores that the row is computed from"),
    ),
)
WORD_RECORD = Table(
    name="word_record",
    meaning="The words' own record: what was said with each phrase, and how often it came true.",
    key=("words", "scale", "timing"),
    label="words",
    facets=("timing", "scale"),
    sort_desc="said",
    columns=(
        Column("words", "the phrase, by its anchor on the scale"),
        Column("scale", "the scale"),
        _SCORES[2],
        Column("said", "how often it was said", "INTEGER"),
        Column("decided", "how many of these turned out yes or no", "INTEGER"),
        Column("happened", "how many came true", "REAL"),
        _share("share", "the share that came true"),
        _share("share_low", "lower end of its 95 % Wilson interval"),
        _share("share_high", "upper end of its 95 % Wilson interval"),
        _share("probability", "what the scale takes the phrase to mean"),
        _share("low", "the least that it can mean"),
        _share("high", "the most that it can mean"),
    ),
)
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
        Column("contact", "whom to write to"),
        Column("articles", "how many articles", "INTEGER"),
        Column("predictions", "how many predictions", "INTEGER"),
        Column("resolved", "how many are resolved yes or no", "INTEGER"),
        Column("prospective", "how many were logged before their outcome was known", "INTEGER"),
        Column("retrospective", "how many were logged afterwards", "INTEGER"),
        Column("digest", "SHA-256 of the contents of all other tables"),
    ),
)

TABLES: tuple[Table, ...] = (
    ARTICLES, FORECASTERS, ARTICLE_AUTHORS, FORECASTER_NAMES, CONDITIONS, PREDICTIONS, FORECASTS, RESOLUTIONS,
    EVIDENCE, PREDICTION_TAGS, CORRECTIONS, SCORES, SCOREBOARD, CALIBRATION, WORD_RECORD, PROBLEMS, BUILD,
)  # fmt: skip

DUE_VIEW = """
select 'condition' as kind, id, text as claim, null as speaker_id, due_on,
       cast(julianday(build.as_of) - julianday(due_on) as integer) as days_overdue, event
  from conditions, (select as_of from build) as build
 where status = 'due'
union all
select case status when 'open' then 'review' else status end, predictions.id, claim, speaker_id,
       coalesce(case status when 'maybe_due' then date(strict, '+1 day') when 'due' then due_on end, review),
       cast(julianday(build.as_of) - julianday(
         coalesce(case status when 'maybe_due' then date(strict, '+1 day') when 'due' then due_on end, review)
       ) as integer), event
  from predictions, (select as_of from build) as build
 where status in ('due', 'maybe_due')
    or (status = 'open' and latest is null and review <= build.as_of)
"""
VIEWS = {"due": (DUE_VIEW, "What wants looking at on the day of the build, and how late it is.")}
