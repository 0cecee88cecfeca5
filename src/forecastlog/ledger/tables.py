"""Every key of the record, as tables: what it is called, how its value is read, whether it must be there.

The reader, the unknown-key hints and the schema for editors all come from these.
"""

from __future__ import annotations

from forecastlog import kinds
from forecastlog import values as v
from forecastlog.keys import AnyReader, Key, Many, Shorthand, Table, needed
from forecastlog.model.records import QUESTION_LENGTH, QUOTE_WORDS
from forecastlog.vocabulary.articles import CORRECTION_REASONS, COVERAGES, EVENTS_BY, SOURCE_KINDS, TEXT_KINDS
from forecastlog.vocabulary.deadlines import DEADLINE_BASES, HOLDS
from forecastlog.vocabulary.forecasts import FORECAST_BASES
from forecastlog.vocabulary.outcomes import CONDITION_OUTCOMES
from forecastlog.vocabulary.people import ATTRIBUTIONS, FORECASTER_KINDS, STANCES
from forecastlog.vocabulary.statuses import STATUSES
from forecastlog.vocabulary.word import alternatives, explained

TEXTS = Many(v.TEXT)
FROM_DAYS = "a name for a reading, whose days are what counts and are audited"
REMARK = "a remark for readers of the file, on which no figure rests"

CORRECTION = Table(
    "a correction",
    needed("on", v.DAY, "the day of the change"),
    needed("by", v.TEXT, "who made it"),
    needed("field", v.TEXT, "the key that was changed"),
    Key("was", v.TEXT, "its value before"),
    needed("why", v.choice(CORRECTION_REASONS), alternatives(CORRECTION_REASONS)),
)

_ID = needed("id", v.ID, "a short name, unique in the ledger")
_READ_AT = Key("url", v.LINK, "where that can be read")
_ENTERED = "the day on which it entered the log"


def _note(of: str) -> Key:
    return Key("note", v.TEXT, f"anything a reader of the {of} should know", unaudited=REMARK)


_CORRECTIONS = Key("corrections", Many(CORRECTION), "changes after it was logged")
_WAS = Key("was", Many(v.ID), "ids that it had before")

ARCHIVED = Table(
    "a stored copy",
    needed("sha256", v.SHA256, "the digest of what was stored"),
    needed("on", v.DAY, "the day on which it was stored"),
)

KEPT_LATER = "a copy is stored when somebody gets round to it, and says nothing about the claim"
_ARCHIVE = Key("archive", v.LINK, "the address of a stored copy", unaudited=KEPT_LATER)

EVIDENCE = Table(
    "an entry of evidence",
    Key("url", v.LINK, "the address of the page that shows it"),
    Key("title", v.TEXT, "the page's headline"),
    Key("publisher", v.TEXT, "who published the page"),
    Key("agency", v.TEXT, "the news agency whose text it reprints: two reprints of it are one source"),
    Key("kind", v.choice(SOURCE_KINDS), explained(SOURCE_KINDS)),
    Key("published", v.WHEN, "the day it was published"),
    _ARCHIVE._replace(meaning=f"{_ARCHIVE.meaning} of the page"),
    Key("archived", ARCHIVED, "that a copy of the page was stored, and when", unaudited=KEPT_LATER),
    Key("quote", v.QUOTE, f"the words of the page that show it, verbatim, at most {QUOTE_WORDS}"),
    Key("shows", v.TEXT, "what in it bears on the claim, in our words"),
    Key("searched", v.TEXT, "where it was looked for and not found"),
    Key("on", v.DAY, "the day of the search"),
    Key("superseded", v.DAY, "the day on which a better source took its place"),
)

_RESOLUTION_TAIL = (
    Key("happened", v.WHEN, "when the event took place"),
    needed("known", v.WHEN, "when the outcome could be known"),
    needed("recorded", v.EXACT, "the day on which this entry was written"),
    needed("by", v.TEXT, "who records it"),
    Key("evidence", Many(Shorthand("url", EVIDENCE)), "links, or {searched, on} for what was not found"),
    _note("entry"),
)

RESOLUTION = Table(
    "a resolution",
    needed("outcome", kinds.OUTCOME, f"what happened: {kinds.OUTCOMES_BY_KIND}"),
    Key("reason", v.REASON, "why it is void or uncheckable"),
    Key("blind", v.BOOLEAN, "whether the resolver did not see who said it and how sure"),
    Key("settles", v.BOOLEAN, "whether this entry settles a disagreement"),
    Key("vintage", v.VINTAGE, "which figure it is, where it is revised: first, final or that of a day"),
    *_RESOLUTION_TAIL,
)

CONDITION_RESOLUTION = Table(
    "a condition's resolution",
    needed("outcome", v.choice(CONDITION_OUTCOMES, "P107"), alternatives(CONDITION_OUTCOMES)),
    *_RESOLUTION_TAIL,
)

SNOOZED = Table(
    "a snooze",
    needed("until", v.DAY, "the day before which nobody is reminded"),
    needed("why", v.TEXT, "what there is to wait for"),
    needed("by", v.TEXT, "who says so"),
    needed("on", v.DAY, "the day on which that was said"),
)

REMINDER = "a reminder, which decides nothing"
_SETTLES_ON = Key(
    "settles_on",
    v.SETTLING,
    "when the source that settles it is out: a day, or a time after the last day, such as 30 days after",
    unaudited=REMINDER,
)
_SNOOZED = Key(
    "snoozed",
    Many(SNOOZED),
    "that nobody is to be reminded before a day; it is due all the same",
    unaudited=REMINDER,
)

CONDITION = Table(
    "a condition",
    _ID,
    needed("text", v.TEXT, "what has to come true before its predictions count"),
    Key("by", v.DAY, "the last day on which it can be met"),
    _SETTLES_ON,
    Key("event", v.TEXT, "the event that several predictions turn on"),
    _WAS,
    _CORRECTIONS,
    _SNOOZED,
    Key("resolutions", Many(CONDITION_RESOLUTION), "whether it was met, with evidence"),
)

DEADLINE = Table(
    "a deadline",
    Key("words", v.TEXT, "the text's words for the deadline"),
    Key("earliest", v.DAY, "the first day that counts"),
    Key("strict", v.DAY, "the last day that counts, by the strict reading"),
    Key("latest", v.DAY, "the last day that counts, by the generous reading; none for an open end"),
    Key("edtf", v.TEXT, "the deadline in EDTF (ISO 8601-2)", unaudited=FROM_DAYS),
    Key("basis", v.choice(DEADLINE_BASES), explained(DEADLINE_BASES)),
    Key("rule", v.TEXT, "the rule by which the words were read", unaudited=FROM_DAYS),
    Key("convention", v.TEXT, "the convention to which the rule belongs"),
    Key("why", v.TEXT, "the reason for a deadline that is not the text's nor the default"),
    Key("after", v.choice(["given"]), "given: the clock starts when the condition is met"),
    Key("within", v.DURATION, "how long the clock then runs, such as 6 months"),
    Key("holds", v.choice(HOLDS), "within, on or throughout: what makes a yes; within if left out"),
    Key("subject", v.TEXT, "whom 'his term' or 'the first 100 days' in the words means"),
)

_NEGATED = Key("negated", v.BOOLEAN, "whether the text denies the claim")
_ATTRIBUTION = Key(
    "attribution",
    v.choice(ATTRIBUTIONS),
    f"how close to the speaker's own words: {alternatives(ATTRIBUTIONS)}",
)
_VIA = Key("via", v.TEXT, "through whom it was said")
_STANCE = Key("stance", v.choice(STANCES), f"what the article makes of it: {alternatives(STANCES)}")
_TEXT = Key("text", v.choice(TEXT_KINDS), "original, or paraphrased: the words are a rewriter's")
_VOICE = tuple(
    key._replace(meaning=f"{key.meaning}; as the prediction, where it is not told")
    for key in (_ATTRIBUTION, _VIA, _STANCE, _NEGATED, _TEXT)
)
VOICE = tuple(key.name for key in _VOICE)
"""Whose words they are, and whether they deny it: a forecast that does not say is as its prediction is."""

ELSEWHERE = Table(
    "a log elsewhere",
    needed("on", v.EXACT, "the day from which it stood there, not to be changed"),
    needed("by", v.TEXT, "by whose word: who keeps that log, and is neither the forecaster nor this desk"),
    needed("url", v.LINK, "where anybody can see that: an archived page, a public commit, the log itself"),
    _ARCHIVE,
)

_ELSEWHERE = Key("logged_elsewhere", ELSEWHERE, "where it was logged before it entered this log, with proof")

_AT = Key("at", v.TIME_CODE, "where in a recording it is said: hours, minutes and seconds, as 00:12:31")

FORECAST = Table(
    "a forecast",
    Key("made", v.WHEN, "when it was made, if not with the prediction"),
    Key("until", v.EXACT, "when it was taken back"),
    Key("by", v.TEXT, "whose it is, if not the speaker's"),
    Key("logged", v.DAY, _ENTERED),
    _ELSEWHERE._replace(meaning=f"{_ELSEWHERE.meaning}; as the prediction, where it is not told"),
    Key("article", v.TEXT, "the article it stands in, if another"),
    Key("url", v.LINK, "where it stands, if not in an article of the ledger"),
    Key("quote", v.QUOTE, "the shortest phrase that locates it"),
    _AT,
    *_VOICE,
    Key("words", v.TEXT, "how sure, in the words of the text"),
    *kinds.FORECAST_KEYS,
    Key("scale", v.TEXT, "the scale on which the words were read"),
    Key("basis", v.choice(FORECAST_BASES), explained(FORECAST_BASES)),
    Key("judged_by", v.TEXT, "who judged it, where the figure is an analyst's own"),
    Key(
        "outcome_known",
        v.BOOLEAN,
        "whether who judged it knew the outcome; yes where it was logged afterwards",
    ),
    _note("forecast"),
)

WITHHELD = Table(
    "a withholding",
    needed("on", v.DAY, "the day from which its words are kept back"),
    needed("why", v.TEXT, "a court's order, privacy, or what else keeps them back"),
)

REPLY = Table(
    "a reply",
    needed("by", v.TEXT, "who answers"),
    needed("on", v.DAY, "the day of the answer"),
    needed("url", v.LINK, "where it can be read"),
)

WITHDRAWN = Table(
    "a withdrawal",
    needed("on", v.DAY, "the day on which it was taken back"),
    Key("by", v.TEXT, "who took it back"),
    _READ_AT,
)

RETRACTED = Table(
    "a retraction", needed("on", v.DAY, "the day on which the article was taken back"), _READ_AT
)

VERSION = Table(
    "a version",
    needed("sha256", v.SHA256, "the digest of the text"),
    needed("seen", v.DAY, "the day on which it was seen"),
    Key("note", v.TEXT, "what differs", unaudited=REMARK),
)

ORIGIN = Table(
    "an origin", Key("publisher", v.TEXT, "who published the text that this is a copy of"), _READ_AT
)

WORDS = ("claim", "criteria")
"""Keys that a prediction must have unless its words are withheld."""

PREDICTION = Table(
    "a prediction",
    _ID,
    Key("kind", kinds.KIND, "; ".join(f"{kind.name}: {kind.meaning}" for kind in kinds.KINDS.values())),
    needed("claim", v.TEXT, "what is predicted; of a yes or no, worded so that yes means that it happens"),
    Key("quote", v.QUOTE, f"the shortest verbatim phrase that locates it, at most {QUOTE_WORDS} words"),
    _AT,
    Key("also", Many(v.QUOTE), "further phrases"),
    _NEGATED,
    Key("speaker", v.TEXT, "whose prediction it is; the authors', where nobody is named"),
    _ATTRIBUTION,
    _VIA,
    _STANCE,
    Key("made", v.WHEN, "when it was made; when the article was published, where no day is given"),
    Key("draft", v.BOOLEAN, f"that it is {STATUSES['draft'].meaning}"),
    Key("withheld_until", v.DAY, "the day on which it is published, with whatever came of it until then"),
    Key("logged", v.EXACT, f"{_ENTERED}; of a former draft, on which it was none any more"),
    Key("logged_by", v.TEXT, "who logged it"),
    _ELSEWHERE,
    Key("given", v.TEXT, "the id of the condition it depends on"),
    needed("deadline", DEADLINE, "the days in which it must happen"),
    Key("review", v.DAY, "when to look again at an open end", unaudited=REMINDER),
    needed("criteria", v.TEXT, "what must happen for yes, told so that a stranger would decide alike"),
    Key("settled_by", v.TEXT, "the source that will settle it"),
    _SETTLES_ON,
    Key(
        "status_quo",
        kinds.STATUS_QUO,
        (
            "the outcome if nothing changes: "
            f"{'; '.join(f'of a {one.name} one {one.unchanged}' for one in kinds.KINDS.values())}"
        ),
    ),
    Key("event", v.TEXT, "what it turns on; predictions on one event share it"),
    Key("main", v.BOOLEAN, "whether it is a main claim of the article"),
    Key("question", v.QUESTION, f"a plain name for it, at most {QUESTION_LENGTH} characters"),
    Key("tags", TEXTS, "words to find it by"),
    _TEXT._replace(meaning=f"{_TEXT.meaning}; as the article, where it is not told"),
    Key("restates", v.TEXT, "the prediction that this says again with another deadline or criteria"),
    Key("hedges", v.TEXT, "the prediction that this hedges"),
    Key("reverses", v.TEXT, "the prediction that this takes back"),
    *kinds.PREDICTION_KEYS,
    Key("found_by", v.TEXT, "what found it in the text"),
    Key("source", v.TEXT, "the platform or list it comes from"),
    Key("external", v.TEXT, "its id there"),
    Key("opened", v.EXACT, "when forecasts could first be made"),
    Key("closes", v.EXACT, "when forecasts can last be made"),
    _WAS,
    Key("replaces", v.TEXT, "the prediction that was logged wrongly, and that this one stands for"),
    Key("asked", v.DAY, "the day on which the speaker was told of the record"),
    Key("withheld", WITHHELD, "that its words are kept back, and why"),
    _CORRECTIONS,
    Key("withdrawn", WITHDRAWN, "that the speaker took it back"),
    _SNOOZED,
    Key("replies", Many(REPLY), "answers to what the log says"),
    Key("forecasts", Many(FORECAST), "how likely it was said to be"),
    Key("resolutions", Many(RESOLUTION), "what happened, with evidence"),
    _note("record"),
)


def _forecast_of(kind: kinds.Kind) -> Table:
    return FORECAST.narrowed(
        {key.name: key for key in kind.forecast_keys}, kinds.foreign(kind, "forecast_keys")
    )


def _resolution_of(kind: kinds.Kind) -> Table:
    outcome = RESOLUTION.by_name["outcome"]
    own = outcome._replace(reader=kind.outcome, meaning=f"what happened: {kind.outcomes}")
    return RESOLUTION.narrowed({"outcome": own}, {})


def _prediction_of(kind: kinds.Kind) -> Table:
    readers: dict[str, AnyReader] = {
        "status_quo": kind.status_quo,
        "forecasts": Many(FORECAST_OF[kind.name]),
        "resolutions": Many(RESOLUTION_OF[kind.name]),
    }
    own = {name: PREDICTION.by_name[name]._replace(reader=reader) for name, reader in readers.items()}
    return PREDICTION.narrowed(
        own | {key.name: key for key in kind.prediction_keys}, kinds.foreign(kind, "prediction_keys")
    )


FORECAST_OF = {kind.name: _forecast_of(kind) for kind in kinds.KINDS.values()}
RESOLUTION_OF = {kind.name: _resolution_of(kind) for kind in kinds.KINDS.values()}
PREDICTION_OF = {kind.name: _prediction_of(kind) for kind in kinds.KINDS.values()}
"""The same by the kind of the prediction, with the keys of that kind alone, each read as it does."""

ARTICLE = Table(
    "an article",
    _ID,
    needed("title", v.TEXT, "its headline"),
    Key("authors", TEXTS, "ids or names of its authors"),
    Key("publisher", v.TEXT, "the outlet"),
    Key("affiliation", v.TEXT, "what the authors are said to be"),
    needed("published", v.WHEN, "the day of publication"),
    Key(
        "published_range",
        v.DAY_RANGE,
        "the first and last day it may have been published, such as 2025-03-19/2025-03-31",
    ),
    Key("date_basis", v.TEXT, "how the day is known"),
    Key("updated", v.WHEN, "the day of its last change"),
    Key("retrieved", v.EXACT, "the day on which the text was taken"),
    Key("url", v.LINK, "its address"),
    _ARCHIVE,
    Key("archived", ARCHIVED, "that a copy was stored, and when", unaudited=KEPT_LATER),
    Key("text", v.choice(TEXT_KINDS), "original, or paraphrased: a rewritten copy was read"),
    Key("origin", ORIGIN, "what a copy was taken from"),
    Key("sha256", v.SHA256, "the digest of the text that was read"),
    Key("versions", Many(VERSION), "other texts of it that were seen"),
    Key("retracted", RETRACTED, "that the outlet took it back"),
    Key("chosen", v.TEXT, "how the article came to be in the log"),
    Key("coverage", v.choice(COVERAGES), f"what is logged of it: {alternatives(COVERAGES)}"),
    Key("coders", TEXTS, "who read it for predictions"),
    Key("events", v.choice(EVENTS_BY), f"for predictions that name no event: {explained(EVENTS_BY)}"),
    Key("events_why", v.TEXT, "why each of its predictions is an event of its own"),
    Key("logged", v.EXACT, _ENTERED),
    _WAS,
    _CORRECTIONS,
    _note("record"),
)

FILE = Table(
    "an article's file",
    needed("article", ARTICLE, "where the predictions come from"),
    Key("conditions", Many(CONDITION), "what some of the predictions depend on"),
    Key("predictions", Many(PREDICTION), "what it predicts"),
)

FORECASTER = Table(
    "a forecaster",
    needed("id", v.ID, "a short name"),
    needed("name", v.TEXT, "the name to show"),
    Key("also", TEXTS, "other spellings of the name"),
    Key("kind", v.choice(FORECASTER_KINDS), explained(FORECASTER_KINDS)),
    Key(
        "affiliation",
        v.TEXT,
        "where they work",
        unaudited="it changes as people do, and no figure rests on it",
    ),
    Key("members", TEXTS, "the ids of joint authors"),
    _CORRECTIONS,
)

EVENT = Table(
    "an event",
    needed("id", v.TEXT, "its name, as records have it under 'event'"),
    Key("question", v.TEXT, "what it is about, as a question"),
    Key("ended", v.TEXT, "one sentence on how it ended"),
    _CORRECTIONS,
)

EVENTS = Table("events.yaml", needed("events", Many(EVENT), "what predictions turn on"))

PEOPLE = Table("people.yaml", needed("forecasters", Many(FORECASTER), "whose forecasts there are"))
