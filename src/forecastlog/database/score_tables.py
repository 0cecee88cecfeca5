"""The tables of what is reckoned from the records: scores, calibration, totals, readings, findings."""

from __future__ import annotations

from forecastlog.column import Table, columns_of, count, flag, named, share, text
from forecastlog.columns.findings import FINDING, PROBLEM
from forecastlog.columns.scores import BLOCK, RULE, TIMING
from forecastlog.kinds import KINDS
from forecastlog.scorebook.ahead import AheadRow
from forecastlog.scorebook.calibration import CalibrationRow
from forecastlog.scorebook.curves import CurvePoint, Decomposition
from forecastlog.scorebook.measures import MeasureRow
from forecastlog.scorebook.scales import ScaleRow
from forecastlog.scorebook.score_row import ScoreRow
from forecastlog.scorebook.words import WordRow
from forecastlog.vocabulary.pages import CAME, MARKS
from forecastlog.vocabulary.pages import FILTERS as FILTERS_BY
from forecastlog.vocabulary.scores import DRAWN_BY, LEFT_OUT, TIMINGS
from forecastlog.vocabulary.statuses import DUE_KINDS
from forecastlog.vocabulary.thresholds import ENOUGH_EVENTS
from forecastlog.vocabulary.word import alternatives, explained

_DRAWN = text(f"whose: {', '.join(DRAWN_BY)}", facet=True)
_OF_GROUP = text("the group: an id or a name")
_ENGINE = text("the version of forecastlog that computed it")
_INPUTS = text("a digest of the scores that the row is computed from")

SCORES = Table(
    name="scores",
    meaning="What each forecaster's forecasts of each prediction scored, or why they are left out.",
    indexes=(("reason",),),
    columns=named(
        id=text("the prediction's id, the forecaster's, the block and the timing"),
        prediction_id=text("the prediction", ref="predictions"),
        forecaster_id=text("whose forecasts", ref="forecasters", facet=True),
        timing=TIMING,
        block=BLOCK,
        rule=RULE,
        kind=text("the kind of the prediction: scores of different kinds have no common mean", facet=True),
        reason=text(f"why it is left out, empty where it is scored: {explained(LEFT_OUT)}", facet=True),
        **{column.name: column for kind in KINDS.values() for column in kind.score_columns},
        same_day=flag("forecast and outcome fall on one day"),
    ),
)
SCOREBOARD = Table(
    name="scoreboard",
    meaning="Mean scores by group. A handful of claims from one article rates nobody.",
    key=("by", "claims", "group", "timing", "block", "rule"),
    indexes=(("by", "claims", "timing", "block", "n"),),
    columns=(
        *columns_of(ScoreRow),
        *named(
            claims=text("all, or main: only the main claims of their articles", facet=True),
            convention=text("the definition of Brier: one-sided, 0 to 1"),
            engine=_ENGINE,
            inputs=_INPUTS,
        ),
    ),
)
MEASURES = Table(
    name="measures",
    meaning="What forecasts of options, numbers and days come to by group: figures that hold one kind alone.",
    key=("kind", "by", "group", "timing", "block", "rule", "measure", "of"),
    columns=columns_of(MeasureRow),
)
ERRORS_AHEAD = Table(
    name="errors_ahead",
    meaning="How far off repeated forecasts of one quantity were, by how many quarters ahead they were said.",
    key=("forecaster", "quantity", "unit", "vintage", "timing", "quarters"),
    columns=columns_of(AheadRow),
)
CALIBRATION = Table(
    name="calibration",
    meaning="Of what was given such a probability, how much came true.",
    key=("by", "group", "timing", "block", "low"),
    columns=(
        *columns_of(CalibrationRow),
        *named(
            rule=RULE,
            convention=text("the bins: closed on the right, 0 in the first"),
            engine=_ENGINE,
            inputs=_INPUTS,
        ),
    ),
)
WORD_RECORD = Table(
    name="word_record",
    meaning="The words' own record: what was said with each phrase, and how often it came true.",
    key=("by", "group", "words", "scale", "timing"),
    columns=(*named(by=_DRAWN, group=_OF_GROUP), *columns_of(WordRow)),
)
DECOMPOSITIONS = Table(
    name="decompositions",
    meaning="The Brier score of a group in three parts: miscalibration - discrimination + uncertainty.",
    key=("by", "group", "timing", "block"),
    columns=columns_of(Decomposition),
)
CURVES = Table(
    name="curves",
    meaning=f"CORP calibration curves of groups with at least {ENOUGH_EVENTS} events: "
    "the share that happened, made increasing.",
    key=("by", "group", "timing", "block", "p"),
    columns=columns_of(CurvePoint),
)
DUE = Table(
    name="due",
    meaning="What wants looking at on the day of the build, and how late it is.",
    columns=named(
        kind=text(explained(DUE_KINDS), facet=True),
        id=text("the prediction or the condition"),
        claim=text("the claim, in our wording, or what the condition is"),
        told=text("who said it in which words, with which stance"),
        speaker_id=text("whose claim it is", ref="forecasters"),
        due_on=text("the day from which somebody should look"),
        days_overdue=count("how many days ago that was"),
        event=text("what it turns on"),
    ),
)
FILTERS = Table(
    name="filters",
    meaning="By what readers narrow the predictions: every value, its name, and how many predictions it has.",
    key=("by", "id"),
    indexes=(("by", "n"),),
    label="name",
    columns=named(
        by=text(f"what it is a value of: {explained(FILTERS_BY)}", facet=True),
        id=text("the value as addresses have it"),
        name=text("its name for readers"),
        n=count("how many predictions"),
        latest=text("when the newest of them was said"),
        went=text(
            "how they went, with all that is needed to read it; none on too few events, nor beside a name"
        ),
    ),
)
SOUNDED = Table(
    name="sounded",
    meaning="All predictions by how sure they sounded and what came of them: "
    "what the chart of the front page shows.",
    columns=named(
        id=count("the place in the list"),
        came=text(f"what came of them: {alternatives(CAME)}"),
        probability=share("the figure, to the nearest 5 %; empty where no likelihood was given or read"),
        mark=text(explained(MARKS)),
        n=count("how many predictions"),
    ),
)
TOTALS = Table(
    name="totals",
    meaning="How many predictions there are of each kind, of all and of each group.",
    key=("by", "group", "fact", "value"),
    indexes=(("by", "fact", "value", "n"),),
    columns=named(
        by=_DRAWN,
        group=_OF_GROUP,
        fact=text(
            (
                "count; forecasts (by the first reason for which they are left out); "
                "word_events (the events behind the words' record, by timing); "
                "or the column by which predictions are told apart: "
                "status, outcome, reason, timing, basis, attribution"
            ),
            facet=True,
        ),
        value=text(
            "of a count: predictions, logged_wrongly (void because of a slip of the log, "
            "and counted nowhere else), articles, events, scored (predictions of which the speaker's own "
            "forecasts are), scored_events, scored_in_advance; of forecasts: scored, or the reason; "
            "else the column's value"
        ),
        n=count("how many"),
    ),
)
SCALES = Table(
    name="scales",
    meaning="The scales on which words of likelihood can be read.",
    label="title",
    columns=named(
        id=text("the scale's name"),
        title=text("its title"),
        kind=text("own (the log's), standard (of an institution) or survey (of what readers understand)"),
        sources=text("where its figures come from"),
    ),
)
READINGS = Table(
    name="readings",
    meaning="What each phrase in the log means on each scale that has it.",
    key=("words", "scale_id"),
    columns=named(
        words=text("the phrase, in lower case"),
        scale_id=text("the scale", ref="scales", facet=True),
        probability=share("what the scale takes it to mean; empty where it names only a band"),
        low=share("the least that it can mean there"),
        high=share("the most that it can mean there"),
    ),
)
SCALE_SCORES = Table(
    name="scale_scores",
    meaning="Would another scale change the picture? Mean Brier scores with the words read on every scale.",
    key=("by", "group", "timing", "scale"),
    columns=columns_of(ScaleRow),
)
AUDIT = Table(
    name="audit",
    meaning="What the history of the ledger in git tells of its records: "
    "when they appeared, what changed since.",
    indexes=(("record",), ("kind",), ("level",)),
    columns=(*named(id=count("the number of the finding")), *FINDING),
)
PROBLEMS = Table(
    name="problems",
    meaning="What the check of the ledger found: warnings and notes (errors stop a build).",
    columns=(*named(id=count("the number of the finding")), *PROBLEM),
)
BUILD = Table(
    name="build",
    meaning="What this database was made from.",
    columns=named(
        id=count("always 1"),
        as_of=text("the day from which everything is reckoned"),
        forecastlog=text("the version that built it"),
        format=count("the version of the ledger's format"),
        convention=text("the convention by which words for deadlines are read"),
        scale=text("the desk's scale for words of likelihood"),
        timezone=text("the zone whose days are counted; empty where a time belongs to the day written"),
        conclusion=text("what the scores of forecasters let anybody conclude"),
        title=text("what the log is called"),
        description=text("what it is"),
        licence=text("under which others may use the data; empty where none is told"),
        licence_url=text("where that stands"),
        language=text("the language of the records' words, as a code such as en"),
        contact=text("whom to write to"),
        history=text("whether the ledger's history in git could be audited, and if not, why"),
        commit=text("the commit that it was made from; none without a whole history"),
        uncommitted=flag("the ledger held what was not committed"),
        withheld=count("how many predictions are logged and published on a later day"),
        withheld_until=text("the next day on which one of these is published"),
        articles=count("how many articles"),
        predictions=count("how many predictions count: all but those logged wrongly or twice"),
        logged_wrongly=count("how many were logged wrongly or twice, and count nowhere"),
        resolved=count("of those that count, how many are resolved yes or no"),
        **{
            word.name.replace(" ", "_"): count(f"of those that count, how many are {word.meaning}")
            for word in TIMINGS.values()
        },
        went=text("how what was logged went, with all that is needed to read it; none on too few events"),
        digest=text("a digest of the contents of all other tables"),
    ),
)
