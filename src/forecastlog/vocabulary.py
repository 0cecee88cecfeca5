"""The words of a forecast log and the thresholds it keeps, each once, with its meaning.

A word has a ``name``, as records, columns and commands write it; a ``meaning``, which explains it; and a
``title``, as pages and messages say it. The order of a table is the order in which its words are listed
everywhere. This module imports nothing of ours, so that even ``--help`` may read it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal, TypeVar, get_args


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its meaning; its title is the meaning where none is given."""

    name: str
    meaning: str
    title: str = ""

    def __post_init__(self) -> None:
        """Give a word without a title one: a frozen value may do so once, as it is made."""
        object.__setattr__(self, "title", self.title or self.meaning)

    def __str__(self) -> str:
        return self.name


W = TypeVar("W", bound=Word)


def _table(literal: object, *words: W) -> Mapping[str, W]:
    """The words by name; raises ValueError unless they are those of the Literal type, in its order."""
    names = tuple(word.name for word in words)
    if names != get_args(literal):
        raise ValueError(f"{names} are not the words of {literal}")
    return MappingProxyType(dict(zip(names, words, strict=True)))


def alternatives(names: Iterable[str]) -> str:
    """Words as a sentence names them.

    >>> alternatives(["stated", "worded", "judged"])
    'stated, worded or judged'
    """
    *most, last = names
    return f"{', '.join(most)} or {last}" if most else last


def explained(words: Mapping[str, Word]) -> str:
    """The words of a table as a sentence names them, each with its meaning."""
    return alternatives(f"{word.name} ({word.meaning})" for word in words.values())


ENOUGH_EVENTS = 10
"""Fewer events than this give no interval, no skill and no curve: of so few they say nothing."""
RANK_EVENTS, RANK_ARTICLES = ENOUGH_EVENTS, 3
"""What a rank needs, and forecasts that were logged in advance besides."""
LOGGED_WITHIN_DAYS, LOGGED_WITHIN_SHARE, LOGGED_AT_ONCE_DAYS = 30, 0.25, 2
"""A forecast is logged in advance within so many days of being made and before such a share of the time from then
to its latest deadline had passed; within the last number of days it always is."""
MANY_WITHOUT_EVENT = 5
"""So many predictions of one article without an event are asked for theirs."""
NOTHING_CHANGES = 0.9
"""The probability that the "nothing changes" forecaster gives to things staying as they are: our choice."""
NOTHING_CHANGES_BESIDE = (0.8, 0.97)
"""Other choices, which are shown beside it."""
DEFAULT_SCALE = "fl-1"
"""The scale on which words of likelihood are read where a desk or a record names no other."""
FIGURES_IN_WORDS_SINCE = date(2026, 11, 23)
"""For records logged from this day on, words that are said to state a figure must have it in them; earlier ones, which
were written when nothing said so, are remarked upon."""
READERS_NAMED_SINCE = date(2026, 11, 29)
"""For records logged from this day on, an analyst's own figure names its reader; earlier ones without are
left out."""
DEFAULT_RULE = "twelve-months"
"""The rule of a deadline for which the text has no words."""
DEADLINE_CONVENTION = "fl-2"
"""The convention by which words for a time are read in new records; deadlines/conventions.py has what it
does."""


# What a record says.

TextKind = Literal["original", "paraphrased"]
TEXT_KINDS = _table(
    TextKind,
    Word("original", "the text as it was published"),
    Word("paraphrased", "a copy that somebody rewrote: its words may not be the original's"),
)

ForecasterKind = Literal["person", "joint", "outlet", "collective", "desk", "market", "model"]
FORECASTER_KINDS = _table(
    ForecasterKind,
    Word("person", "one person"),
    Word("joint", "authors who wrote together"),
    Word("outlet", "a publisher that speaks for itself"),
    Word("collective", "a group that nobody speaks for"),
    Word("desk", "the people who keep this log, or another team of analysts"),
    Word("market", "a prediction market or a poll of forecasters"),
    Word("model", "a program"),
)
RECORDERS: tuple[ForecasterKind, ...] = ("person", "desk", "model")
"""What may log and resolve."""


@dataclass(frozen=True, slots=True)
class Closeness(Word):
    """How close a record is to the speaker's own words, and whether they are scored.

    Where they are not, the ``teller`` chose the words. ``aside`` says how teller and speaker stand to each
    other, and ``calling`` begins how it went.
    """

    aside: str = "on the view of {speaker}"
    calling: str = "Called"
    scored: bool = False


Attribution = Literal["author", "quoted", "reported", "ascribed", "collective"]
ATTRIBUTIONS = _table(
    Attribution,
    Closeness("author", "in the author's own words", aside="", scored=True),
    Closeness("quoted", "quoted directly", aside="quoted by {teller}", scored=True),
    Closeness(
        "reported",
        "reported by others, not quoted",
        aside="reporting a statement by {speaker}",
        calling="Reported as",
    ),
    Closeness("ascribed", "ascribed: what somebody else says that they think", calling="Described as"),
    Closeness("collective", "said of a group", calling="Described as"),
)

Stance = Literal["endorses", "reports", "disputes"]
STANCES = _table(
    Stance,
    Word("endorses", "the article shares it"),
    Word("reports", "the article only reports it"),
    Word("disputes", "the article disputes it"),
)


@dataclass(frozen=True, slots=True)
class StandStill(Word):
    """The outcome if nothing changes: whether that is one, and which (``happens``: 1 yes, 0 no)."""

    happens: float | None = None

    def gives(self, sure: float = NOTHING_CHANGES) -> float:
        """The probability that it happens, by somebody who is so sure that things stay as they are.

        >>> [STATUS_QUO[word].gives(0.8) for word in ("yes", "no", "unclear")]
        [0.8, 0.2, 0.5]
        """
        return 0.5 if self.happens is None else round(abs(1 - self.happens - sure), 9)


StatusQuo = Literal["yes", "no", "unclear"]
STATUS_QUO = _table(
    StatusQuo,
    StandStill("yes", "it happens if nothing changes", happens=1),
    StandStill("no", "it does not happen if nothing changes", happens=0),
    StandStill("unclear", "nobody can tell what no change would bring"),
)

EventsBy = Literal["article", "prediction"]
EVENTS_BY = _table(
    EventsBy,
    Word(
        "article", "predictions that name no event share their article's", "an article stands for the event"
    ),
    Word("prediction", "each prediction that names no event is one of its own", "each counts as one"),
)
"""What counts as the event of a prediction that names none."""

DeadlineBasis = Literal["stated", "worded", "default", "analyst"]
DEADLINE_BASES = _table(
    DeadlineBasis,
    Word("stated", "a date that the text states"),
    Word("worded", "read by us from the words"),
    Word("default", "the text names no time"),
    Word("analyst", "set by an analyst"),
)
Holds = Literal["within", "on", "throughout"]


@dataclass(frozen=True, slots=True)
class Holding(Word):
    """What makes a yes of a deadline: the outcome that time alone brings about, and the one that an event does."""

    lapses: str = ""
    happens: str = "yes"


HOLDS = _table(
    Holds,
    Holding("within", "it happens within these days", lapses="no"),
    Holding("on", "it holds on the last of these days"),
    Holding("throughout", "it holds throughout these days", lapses="yes", happens="no"),
)

OWN_DEADLINES = frozenset({"default", "analyst"})
"""Deadlines that the text does not have: where a verdict turns on one of these, it turns on us."""

ForecastBasis = Literal["stated", "worded", "asserted", "possible", "unread", "judged"]
FORECAST_BASES = _table(
    ForecastBasis,
    Word("stated", "a number that was given", "the speaker's own figure"),
    Word("worded", "words on a scale", "read by us from the words"),
    Word("asserted", "a bare will", "read by us from a flat assertion"),
    Word("possible", "a bare may, might or could: no probability", "too vague for a figure"),
    Word("unread", "words for which no scale has a figure: no probability", "words that are not read by us"),
    Word("judged", "an analyst's own reading of the whole text", "an analyst's own figure"),
)

Leaning = Literal["for", "against", "none"]
LEANINGS = _table(
    Leaning,
    Word("for", "the whole band of the words lies above 50 %"),
    Word("against", "the whole band of the words lies below 50 %"),
    Word("none", "no likelihood was given, or its band lies on both sides of 50 %"),
)
Went = Literal["the way it leaned", "the other way", "no lean", "by how far", "not decided"]
WENT = _table(
    Went,
    Word("the way it leaned", "what was said leaned to what came", "went the way the words leaned"),
    Word("the other way", "what was said leaned to what did not come", "went the other way"),
    Word("no lean", "decided, but what was said leaned to neither side", "the words leaned to neither side"),
    Word(
        "by how far",
        "decided; a number, a day or one of several, whose distance from what came is told",
        "decided: a number, a day or an option",
    ),
    Word(
        "not decided",
        "it is open, was never decided, or its latest deadline is yet to pass",
        "not decided",
    ),
)
"""How a forecast went. It belongs to a forecast, never to a person, and is never counted as a rate."""

Mark = Literal["plain", "conditional", "judged"]
MARKS = _table(
    Mark,
    Word("plain", "said of the claim", "as said"),
    Word("conditional", "said only of the case that a condition comes true", "on a condition"),
    Word("judged", "an analyst's own figure", "our judgement"),
)
"""How charts mark a forecast."""
CAME = ("It happened", "It happened in part", "It did not happen", "Not decided")
"""What came of predictions, as charts tell it."""

Filter = Literal["topic", "person", "outlet", "went", "status", "year", "logged", "event"]
FILTERS = _table(
    Filter,
    Word("topic", "a tag", "Topic"),
    Word("person", "whoever said it in their own words, alone or with others", "Who said it"),
    Word("outlet", "who published the words", "Outlet"),
    Word("went", "how what was said in the speaker's own words went", "How it went"),
    Word("status", "where it stands on the day of the build", "Where it stands"),
    Word("year", "the year in which it was said", "Said in"),
    Word("logged", "when it entered the log", "Logged"),
    Word("event", "what it turns on", "Event"),
)
"""By what readers narrow the predictions, in the order in which it is offered."""

Coverage = Literal["every claim", "main claims", "a sample", "offered"]
COVERAGES = _table(
    Coverage,
    Word("every claim", "everything in the article that can turn out true or false"),
    Word("main claims", "what the article is about"),
    Word("a sample", "some of its claims"),
    Word("offered", "what a finder offered was judged; what it missed was not looked for"),
)


@dataclass(frozen=True, slots=True)
class Sort(Word):
    """A kind of source; on one that cannot stand ``alone`` no outcome should rest by itself."""

    alone: bool = True


SourceKind = Literal[
    "official", "agency", "newspaper", "institute", "party", "state media", "aggregator", "forum", "copy"
]
SOURCE_KINDS = _table(
    SourceKind,
    Sort("official", "an office, a court, a register or a body of statistics, on its own acts and figures"),
    Sort("agency", "a news agency"),
    Sort("newspaper", "a newspaper, magazine or broadcaster with an editorial staff of its own"),
    Sort("institute", "a research institute, a university, a law firm or another body with its own analysis"),
    Sort("party", "one of those whom the claim is about, on its own behalf", alone=False),
    Sort("state media", "a newspaper, agency or broadcaster that a government directs"),
    Sort("aggregator", "a page that gathers or retells what others reported", alone=False),
    Sort("forum", "a forum, blog or page that anybody may write to", alone=False),
    Sort("copy", "a reprint of another page, whole or in part", alone=False),
)
READ_SOURCES = 4
"""An outcome with more sources than this is remarked upon: two good ones are read, many are skipped."""

CHANGED_SHARE = 0.1
"""The share of a stored text, by length, that may be gone from its page before that is told: pages change in
small ways."""

CorrectionReason = Literal[
    "typo", "reading", "criteria", "grouping", "source", "misattributed", "withdrawal", "name"
]
CORRECTION_REASONS = _table(
    CorrectionReason,
    Word("typo", "a slip of the log: a few letters or digits swapped, dropped or doubled"),
    Word("reading", "the log had misread the text"),
    Word("criteria", "what decides the outcome is said more exactly"),
    Word("grouping", "the event, the tags, the main claims or their names are told otherwise"),
    Word("source", "a source is added or found elsewhere; the old one stays"),
    Word("misattributed", "somebody else said it"),
    Word("withdrawal", "that it was taken back was found later, with the address where it says so"),
    Word("name", "a person or an outlet has a new name; the old stays as a spelling"),
)


# What came of it.


@dataclass(frozen=True, slots=True)
class Outcome(Word):
    """What a resolution says.

    ``key`` is the letter that stands for it in ``review``, ``reasons`` are what it must give one of. It
    ``needs_evidence`` unless it rests on the record itself; ``undecided`` is neither yes nor no nor a share,
    and a status of its own.
    """

    key: str = ""
    reasons: tuple[Word, ...] = ()
    needs_evidence: bool = True
    undecided: bool = False


_VOID = (
    Word("condition-unmet", "its condition never came"),
    Word("moot", "events overtook the question"),
    Word("mislogged", "the log had misread it"),
    Word("duplicate", "it was logged twice"),
)
_OF_ITSELF = (Word("no-option", "none of its options came, and it has no 'other'"),)
"""What makes a prediction void without anybody's saying so."""
_UNCHECKABLE = (
    Word("no-metric", "nothing measures it"),
    Word("no-deadline", "it names no time"),
    Word("undefined-term", "a term in it has no fixed meaning"),
    Word("private-state", "only private knowledge could tell"),
)
REASONS: Mapping[str, Word] = MappingProxyType(
    {word.name: word for word in (*_VOID, *_OF_ITSELF, *_UNCHECKABLE)}
)
"""Why something is void or cannot be checked."""
LOGGED_WRONGLY = ("duplicate", "mislogged")
"""Reasons that tell of a slip of the log and not of the world: such records stand apart, and another one
counts."""

PredictionOutcome = Literal["yes", "no", "ambiguous", "void", "uncheckable", "reopened"]
"""The words for what came of a prediction; a share between 0 and 1 may stand in their place."""
OUTCOMES = _table(
    PredictionOutcome,
    Outcome("yes", "it happened, within the days that count", "It happened", key="y"),
    Outcome("no", "it did not happen in them, or cannot any more", "It did not happen", key="n"),
    Outcome(
        "ambiguous",
        "what happened fits neither yes nor no, although it is known",
        "Ambiguous",
        key="a",
        undecided=True,
    ),
    Outcome(
        "void",
        "the question lost its meaning: its condition never came, it was moot, logged wrongly or twice",
        "Void",
        key="v",
        reasons=_VOID,
        needs_evidence=False,
        undecided=True,
    ),
    Outcome(
        "uncheckable",
        "nobody outside could ever tell",
        "Cannot be checked",
        key="u",
        reasons=_UNCHECKABLE,
        needs_evidence=False,
        undecided=True,
    ),
    Outcome("reopened", "the outcome recorded before is taken back", "Reopened", needs_evidence=False),
)
ConditionOutcome = Literal["met", "unmet", "partly", "unobservable"]
CONDITION_OUTCOMES = _table(
    ConditionOutcome,
    Outcome("met", "it came true in time", "Met", key="m"),
    Outcome("unmet", "it did not; its predictions become void by that", "Never came", key="u"),
    Outcome("partly", "some of it came true", "Met in part", key="p"),
    Outcome(
        "unobservable",
        "nobody outside could ever tell; its predictions become uncheckable by that",
        "Cannot be observed",
        key="o",
        needs_evidence=False,
    ),
)
ANY_OUTCOMES: Mapping[str, Outcome] = MappingProxyType({**OUTCOMES, **CONDITION_OUTCOMES})
UNDECIDED = frozenset(word.name for word in OUTCOMES.values() if word.undecided)
WITHOUT_EVIDENCE = frozenset(word.name for word in ANY_OUTCOMES.values() if not word.needs_evidence)
"""Outcomes that rest on the record itself, and are known on the day they are recorded."""


def reasons_for(outcome: str) -> tuple[str, ...]:
    """The reasons of which this outcome must give one; none for a share and most words.

    >>> reasons_for("uncheckable")
    ('no-metric', 'no-deadline', 'undefined-term', 'private-state')
    """
    word = ANY_OUTCOMES.get(outcome)
    return tuple(reason.name for reason in word.reasons) if word else ()


Status = Literal[
    "draft", "open", "maybe_due", "due", "resolved", "void", "ambiguous", "uncheckable", "contested"
]
STATUSES = _table(
    Status,
    Word("draft", "still being written: neither published nor scored nor due", "Draft"),
    Word("open", "its deadline has not passed, or the source that settles it is not out yet", "Open"),
    Word("maybe_due", "past its deadline by the strict reading, not by the generous one", "Perhaps due"),
    Word(
        "due",
        "past its deadline by every reading, and nobody has recorded what happened",
        "Due: nobody has recorded what happened",
    ),
    Word("resolved", "what happened is recorded", "Resolved"),
    Word("void", "its condition never came, or the question lost its meaning", "Void"),
    Word("ambiguous", "what happened fits neither yes nor no", "Ambiguous"),
    Word("uncheckable", "nobody outside could ever tell", "Cannot be checked"),
    Word(
        "contested", "the people who resolved it disagree", "Contested: the people who resolved it disagree"
    ),
)

DueKind = Literal["condition", "due", "maybe_due", "review"]
DUE_KINDS = _table(
    DueKind,
    Word("condition", "Conditions whose day has passed", "condition"),
    Word("due", "Due: past the deadline by every reading", "due"),
    Word("maybe_due", "Maybe due: past the deadline by the strict reading", "maybe due"),
    Word("review", "To review: no deadline, but a day to look again", "to review"),
)
"""What wants looking at on a day, in the order in which it is told; the meanings are headings."""


# How it is scored.


@dataclass(frozen=True, slots=True)
class Entering(Word):
    """When a forecast entered the log; in ``hindsight`` its outcome could be known."""

    hindsight: bool = False


Timing = Literal["in advance", "logged late", "logged elsewhere", "logged afterwards"]
TIMINGS = _table(
    Timing,
    Entering(
        "in advance",
        "in the log soon after it was made, while its outcome could not be nearly decided",
        "Logged in advance",
    ),
    Entering(
        "logged late",
        "in the log before its outcome could be known, but long after it was made",
        "Logged late",
    ),
    Entering(
        "logged elsewhere",
        "in somebody else's log in advance, with proof, and imported into this one",
        "Logged elsewhere",
    ),
    Entering(
        "logged afterwards",
        "in the log on the day its outcome could be known, or later",
        "Logged afterwards",
        hindsight=True,
    ),
)
"""When a forecast entered the log. They are never averaged together, and only the first rates anybody."""

Block = Literal["headline", "asserted", "paraphrased", "judged"]
BLOCKS = _table(
    Block,
    Word("headline", "a figure, or words on a scale", "Figures, and words on a scale"),
    Word("asserted", "a bare will", "Flat assertions (a bare “will”)"),
    Word("paraphrased", "a text that somebody rewrote", "Texts that somebody rewrote"),
    Word("judged", "an analyst's own figure", "Analysts' own figures"),
)
"""Kinds of forecast that never share a row of scores."""


@dataclass(frozen=True, slots=True)
class Grouping(Word):
    """What scores are grouped by.

    Whether its groups have curves and words of their own (``drawn``), and whether one prediction may be in
    several of them (``overlaps``), whose skill would mean little.
    """

    drawn: bool = False
    overlaps: bool = False


GroupingName = Literal["all", "forecaster", "publisher", "article", "block", "tag", "topic", "year"]
GROUPINGS = _table(
    GroupingName,
    Grouping("all", "everything together", "Everything", drawn=True),
    Grouping("forecaster", "whose forecasts they are", "Forecaster", drawn=True),
    Grouping("publisher", "who published them; rewritten texts count for nobody", "Publisher", drawn=True),
    Grouping("article", "the article they come from", "Article", drawn=True),
    Grouping("block", "the kind of forecast", "Kind of forecast", drawn=True),
    Grouping("tag", "a tag of the prediction", "Tag", overlaps=True),
    Grouping("topic", "tags gathered under a name in forecastlog.toml", "Topic", overlaps=True),
    Grouping("year", "the year of the latest deadline", "Year of the deadline"),
)
DRAWN_BY = tuple(word.name for word in GROUPINGS.values() if word.drawn)

Rule = Literal["daily", "first", "last"]
RULES = _table(
    Rule,
    Word("daily", "each for the days on which it stood"),
    Word("first", "the first alone"),
    Word("last", "the last alone"),
)
"""Which of a forecaster's forecasts of one prediction count."""


@dataclass(frozen=True, slots=True)
class LeftOut(Word):
    """Why a forecast is not scored; ``waivable`` where there is a figure, and an outcome to hold it against."""

    waivable: bool = False


LeftOutReason = Literal[
    "attribution",
    "restated",
    "void",
    "ambiguous",
    "uncheckable",
    "contested",
    "open",
    "waiting",
    "possible",
    "unread",
    "hindsight",
    "unnamed",
    "unsourced",
    "late",
    "unlisted",
]
LEFT_OUT = _table(
    LeftOutReason,
    LeftOut("attribution", "reported, ascribed or said of a group, so nobody's own words", waivable=True),
    LeftOut("restated", "says again what an earlier, scored prediction said", waivable=True),
    *(
        LeftOut(name, STATUSES[name].meaning, OUTCOMES[name].title.lower())
        for name in ("void", "ambiguous", "uncheckable")
    ),
    LeftOut("contested", STATUSES["contested"].meaning, "contested"),
    LeftOut("open", "nobody has recorded what happened", "no outcome recorded yet"),
    LeftOut("waiting", "resolved, but its latest deadline has not passed", waivable=True),
    LeftOut(
        "possible",
        "bare may, might or could: no probability was given",
        "too vague to score (a bare may, might or could)",
    ),
    LeftOut(
        "unread", "words for which no scale has a figure: none was invented", "words that are not read by us"
    ),
    LeftOut("hindsight", "an analyst's own figure, given when the outcome was known"),
    LeftOut("unnamed", "an analyst's own figure, and nobody says which analyst's"),
    LeftOut("unsourced", "no published source, and not logged on the day it was made", waivable=True),
    LeftOut("late", "made after the outcome was known or the deadline had passed"),
    LeftOut("unlisted", "what came was no option when it was said, and there was no 'other'"),
)
WAIVABLE = tuple(word.name for word in LEFT_OUT.values() if word.waivable)
TOO_VAGUE = ("possible", "ambiguous", "uncheckable")
"""Reasons that lie in what was said: it is too vague to score, or to tell whether it came true."""


# What the history tells.

FindingKind = Literal[
    "logged",
    "altered",
    "vanished",
    "added",
    "changed",
    "verdict",
    "misdated",
    "late-criteria",
    "draft",
    "unreadable",
]
FINDINGS = _table(
    FindingKind,
    Word("logged", "Records found in the history"),
    Word("altered", "Values altered after they were committed"),
    Word("vanished", "Values removed after they were committed"),
    Word("added", "Values added when the deadline had passed or the outcome was known"),
    Word("changed", "Values that may change without a word"),
    Word("verdict", "Records that were resolved anew"),
    Word("misdated", "Days that are not those of their commits"),
    Word("late-criteria", "Records whose criteria were first committed when the outcome was known already"),
    Word("draft", "Drafts that were committed and have not been published"),
    Word("unreadable", "Files that were committed and cannot be read whole today"),
)


@dataclass(frozen=True, slots=True)
class LevelOfFinding(Word):
    """How grave a finding is; for a ``breach`` the audit fails."""

    breach: bool = False


FindingLevel = Literal["altered", "misdated", "change of verdict", "explained", "harmless"]
FINDING_LEVELS = _table(
    FindingLevel,
    LevelOfFinding(
        "altered",
        "something published was changed, removed, or added when it was too late, and nothing lawful says why",
        "Altered, and nothing lawful says why",
        breach=True,
    ),
    LevelOfFinding(
        "misdated",
        "a day that the commit which brought it does not bear out",
        "Dated otherwise than the history says",
        breach=True,
    ),
    LevelOfFinding("change of verdict", "somebody resolved it anew, dated as its commit is", "Resolved anew"),
    LevelOfFinding(
        "explained",
        "a correction says what stood there, for a reason that may touch it",
        "Altered, and told in a correction",
    ),
    LevelOfFinding("harmless", "when a record first appeared, and what may change without a word"),
)
