"""Every key of the record, as tables: what it is called, how its value is read, whether it must be there.

The reader, the unknown-key hints and the schema for editors all come from these.
"""

from __future__ import annotations

from typing import NamedTuple

from forecastlog.ledger import values as v
from forecastlog.vocabulary import (
    ATTRIBUTIONS,
    CONDITION_OUTCOMES,
    CORRECTION_REASONS,
    COVERAGES,
    DEADLINE_BASES,
    FORECAST_BASES,
    FORECASTER_KINDS,
    STANCES,
    STATUS_QUO,
    TEXT_KINDS,
)


class Many(NamedTuple):
    """A list of values of one kind."""

    of: AnyKind


class Shorthand(NamedTuple):
    """A mapping that may be written as the bare value of one of its keys."""

    key: str
    table: Table


class Anything(NamedTuple):
    """A value that is known by its key and not read: it belongs to a kind of prediction that is to come."""


class Field(NamedTuple):
    """One key: what it means in a few words, how its value is read, whether it must be there."""

    key: str
    kind: AnyKind
    about: str
    required: bool = False


class Table:
    """The keys of one kind of entry."""

    def __init__(self, name: str, fields: tuple[Field, ...]) -> None:
        self.name = name
        self.fields = fields
        self.by_key = {field.key: field for field in fields}
        self.required = tuple(field for field in fields if field.required)


AnyKind = v.Kind | Many | Shorthand | Table | Anything


def _needed(key: str, kind: AnyKind, about: str) -> Field:
    return Field(key, kind, about, required=True)


TEXTS = Many(v.TEXT)

EVIDENCE = Table("an entry of evidence", (
    Field("url", v.LINK, "the address of the page that shows it"),
    Field("title", v.TEXT, "the page's headline"),
    Field("published", v.WHEN, "the day it was published"),
    Field("archive", v.LINK, "a stored copy of the page"),
    Field("shows", v.TEXT, "what in it bears on the claim"),
    Field("searched", v.TEXT, "where it was looked for and not found"),
    Field("on", v.DAY, "the day of the search"),
))  # fmt: skip

_RESOLUTION_TAIL = (
    Field("happened", v.WHEN, "when the event took place"),
    _needed("known", v.WHEN, "when the outcome could be known"),
    _needed("recorded", v.EXACT, "the day on which this entry was written"),
    _needed("by", v.TEXT, "who records it"),
    Field("evidence", Many(Shorthand("url", EVIDENCE)), "links, or {searched, on} for what was not found"),
    Field("note", v.TEXT, "anything a reader of the entry should know"),
)

RESOLUTION = Table("a resolution", (
    _needed("outcome", v.OUTCOME, "what happened: yes, no, a share, ambiguous, void, uncheckable, reopened"),
    Field("reason", v.REASON, "why it is void or uncheckable"),
    Field("blind", v.BOOLEAN, "whether the resolver had not seen the other resolutions"),
    Field("settles", v.BOOLEAN, "whether this entry settles a disagreement"),
    *_RESOLUTION_TAIL,
))  # fmt: skip

CONDITION_RESOLUTION = Table("a condition's resolution", (
    _needed("outcome", v.choice(CONDITION_OUTCOMES, "P107"), "met, unmet, partly or unobservable"),
    *_RESOLUTION_TAIL,
))  # fmt: skip

CONDITION = Table("a condition", (
    _needed("id", v.ID, "a short name, unique in the ledger"),
    _needed("text", v.TEXT, "what has to come true before its predictions count"),
    Field("by", v.DAY, "the last day on which it can be met"),
    Field("event", v.TEXT, "the event that several predictions turn on"),
    Field("resolutions", Many(CONDITION_RESOLUTION), "whether it was met, with evidence"),
))  # fmt: skip

DEADLINE = Table("a deadline", (
    Field("words", v.TEXT, "the time as the text says it"),
    Field("earliest", v.DAY, "the first day that counts"),
    Field("strict", v.DAY, "the last day that counts, by the strict reading"),
    Field("latest", v.DAY, "the last day that counts, by the generous reading; none for an open end"),
    Field("edtf", v.TEXT, "the same in ISO 8601-2"),
    Field("basis", v.choice(DEADLINE_BASES), "stated, worded, default (none in the text), analyst"),
    Field("rule", v.TEXT, "the rule by which the words were read"),
    Field("convention", v.TEXT, "the version of those rules"),
    Field("why", v.TEXT, "the reason for a deadline that is not the text's nor the default"),
    Field("after", v.choice(["given"]), "given: the clock starts when the condition is met"),
    Field("within", v.DURATION, "how long the clock then runs, such as 6 months"),
))  # fmt: skip

FORECAST = Table("a forecast", (
    Field("made", v.WHEN, "when it was made, if not with the prediction"),
    Field("until", v.EXACT, "when it was taken back"),
    Field("by", v.TEXT, "whose it is, if not the speaker's"),
    Field("logged", v.DAY, "the day on which it entered the log"),
    Field("article", v.TEXT, "the article it stands in, if another"),
    Field("url", v.LINK, "where it stands, if not in an article of the ledger"),
    Field("quote", v.QUOTE, "the shortest phrase that locates it"),
    Field("words", v.TEXT, "how likely, as the text says it"),
    Field("probability", v.PROBABILITY, "how likely, from 0 to 1"),
    Field("low", v.PROBABILITY, "the least that the words can mean"),
    Field("high", v.PROBABILITY, "the most that the words can mean"),
    Field("scale", v.TEXT, "the scale on which the words were read"),
    Field("basis", v.choice(FORECAST_BASES), "where the figure comes from"),
    Field("note", v.TEXT, "anything a reader of the forecast should know"),
    Field("probabilities", Anything(), "a share for every option"),
    Field("quantiles", Anything(), "values with the probability of staying below them"),
    Field("interval", Anything(), "a range with its probability"),
    Field("normal", Anything(), "mean and standard deviation"),
    Field("never", Anything(), "the probability that it never happens"),
))  # fmt: skip

CORRECTION = Table("a correction", (
    _needed("on", v.DAY, "the day of the change"),
    _needed("by", v.TEXT, "who made it"),
    _needed("field", v.TEXT, "the key that was changed"),
    Field("was", v.TEXT, "its value before"),
    _needed("why", v.choice(CORRECTION_REASONS), "typo, reading or criteria"),
))  # fmt: skip

REPLY = Table("a reply", (
    _needed("by", v.TEXT, "who answers"),
    _needed("on", v.DAY, "the day of the answer"),
    _needed("url", v.LINK, "where it can be read"),
))  # fmt: skip

WITHDRAWN = Table("a withdrawal", (
    _needed("on", v.DAY, "the day on which it was taken back"),
    Field("by", v.TEXT, "who took it back"),
    Field("url", v.LINK, "where that can be read"),
))  # fmt: skip

RETRACTED = Table("a retraction", (
    _needed("on", v.DAY, "the day on which the article was taken back"),
    Field("url", v.LINK, "where that can be read"),
))  # fmt: skip

VERSION = Table("a version", (
    _needed("sha256", v.SHA256, "the digest of the text"),
    _needed("seen", v.DAY, "the day on which it was seen"),
    Field("note", v.TEXT, "what differs"),
))  # fmt: skip

ORIGIN = Table("an origin", (
    Field("publisher", v.TEXT, "who published the text that this is a copy of"),
    Field("url", v.LINK, "where that can be read"),
))  # fmt: skip

OTHER_KINDS = ("options", "ordered", "unit", "range")
"""Keys of predictions that are not binary."""

PREDICTION = Table("a prediction", (
    _needed("id", v.ID, "a short name, unique in the ledger"),
    Field("kind", v.BINARY, "binary: it turns out true or false"),
    _needed("claim", v.TEXT, "what is predicted, worded so that yes means that it happens"),
    Field("quote", v.QUOTE, "the shortest verbatim phrase that locates it, at most 15 words"),
    Field("also", Many(v.QUOTE), "further phrases"),
    Field("negated", v.BOOLEAN, "whether the text denies the claim"),
    Field("speaker", v.TEXT, "whose prediction it is, if not the authors'"),
    Field("attribution", v.choice(ATTRIBUTIONS), "author, quoted, reported, ascribed or collective"),
    Field("via", v.TEXT, "through whom it is reported"),
    Field("stance", v.choice(STANCES), "what the authors think of it"),
    Field("made", v.WHEN, "when it was made, if not when the article was published"),
    Field("logged", v.EXACT, "the day on which it entered the log"),
    Field("logged_by", v.TEXT, "who logged it"),
    Field("given", v.TEXT, "the id of the condition it depends on"),
    _needed("deadline", DEADLINE, "the days in which it must happen"),
    Field("review", v.DAY, "when to look again at an open end"),
    _needed("criteria", v.TEXT, "what must happen for yes, told so that a stranger would decide alike"),
    Field("settled_by", v.TEXT, "the source that will settle it"),
    Field("status_quo", v.choice(STATUS_QUO), "the outcome if nothing changes: yes, no or unclear"),
    Field("event", v.TEXT, "the event that several predictions turn on"),
    Field("main", v.BOOLEAN, "whether it is a main claim of the article"),
    Field("tags", TEXTS, "words to find it by"),
    Field("text", v.choice(TEXT_KINDS), "original or paraphrased, where it is not the article's"),
    Field("restates", v.TEXT, "the prediction that this says again with another deadline or criteria"),
    Field("hedges", v.TEXT, "the prediction that this hedges"),
    Field("reverses", v.TEXT, "the prediction that this takes back"),
    Field("options", Anything(), "the possible answers"),
    Field("ordered", Anything(), "whether the answers have an order"),
    Field("unit", Anything(), "what a number counts"),
    Field("range", Anything(), "the least and the greatest number"),
    Field("found_by", v.TEXT, "what found it in the text"),
    Field("source", v.TEXT, "the platform or list it comes from"),
    Field("external", v.TEXT, "its id there"),
    Field("opened", v.EXACT, "when forecasts could first be made"),
    Field("closes", v.EXACT, "when forecasts can last be made"),
    Field("corrections", Many(CORRECTION), "changes after it was logged"),
    Field("withdrawn", WITHDRAWN, "that the speaker took it back"),
    Field("replies", Many(REPLY), "answers to what the log says"),
    Field("forecasts", Many(FORECAST), "how likely it was said to be"),
    Field("resolutions", Many(RESOLUTION), "what happened, with evidence"),
    Field("note", v.TEXT, "anything a reader of the record should know"),
))  # fmt: skip

ARTICLE = Table("an article", (
    _needed("id", v.ID, "a short name, unique in the ledger"),
    _needed("title", v.TEXT, "its headline"),
    Field("authors", TEXTS, "ids or names of its authors"),
    Field("publisher", v.TEXT, "the outlet"),
    Field("affiliation", v.TEXT, "what the authors are said to be"),
    _needed("published", v.WHEN, "the day of publication"),
    Field("published_range", v.DAY_RANGE, "the first and last day it may have been: 2025-03-19/2025-03-31"),
    Field("date_basis", v.TEXT, "how the day is known"),
    Field("updated", v.WHEN, "the day of its last change"),
    Field("retrieved", v.EXACT, "the day on which the text was taken"),
    Field("url", v.LINK, "its address"),
    Field("archive", v.LINK, "a stored copy"),
    Field("text", v.choice(TEXT_KINDS), "original or paraphrased"),
    Field("origin", ORIGIN, "what a copy was taken from"),
    Field("sha256", v.SHA256, "the digest of the text that was read"),
    Field("versions", Many(VERSION), "other texts of it that were seen"),
    Field("retracted", RETRACTED, "that the outlet took it back"),
    Field("chosen", v.TEXT, "how it came to be chosen"),
    Field("coverage", v.choice(COVERAGES), "which of its claims are logged"),
    Field("coders", TEXTS, "who read it for predictions"),
    Field("logged", v.EXACT, "the day on which it entered the log"),
    Field("note", v.TEXT, "anything a reader of the record should know"),
))  # fmt: skip

FILE = Table("an article's file", (
    _needed("article", ARTICLE, "where the predictions come from"),
    Field("conditions", Many(CONDITION), "what some of the predictions depend on"),
    Field("predictions", Many(PREDICTION), "what it predicts"),
))  # fmt: skip

FORECASTER = Table("a forecaster", (
    _needed("id", v.ID, "a short name"),
    _needed("name", v.TEXT, "the name to show"),
    Field("also", TEXTS, "other spellings of the name"),
    Field("kind", v.choice(FORECASTER_KINDS), "person, joint, outlet, collective, desk, market, model"),
    Field("affiliation", v.TEXT, "where they work"),
    Field("members", TEXTS, "the ids of joint authors"),
))  # fmt: skip

PEOPLE = Table("people.yaml", (
    _needed("forecasters", Many(FORECASTER), "whose forecasts there are"),
))  # fmt: skip
