"""Words for articles and their sources: texts, events, coverage, and why a record may be corrected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from forecastlog.vocabulary.word import Word, table

TextKind = Literal["original", "paraphrased"]
TEXT_KINDS = table(
    TextKind,
    Word("original", "the text as it was published"),
    Word("paraphrased", "a copy that somebody rewrote: its words may not be the original's"),
)

EventsBy = Literal["article", "prediction"]
EVENTS_BY = table(
    EventsBy,
    Word(
        "article", "predictions that name no event share their article's", "an article stands for the event"
    ),
    Word("prediction", "each prediction that names no event is one of its own", "each counts as one"),
)
"""What counts as the event of a prediction that names none."""

Coverage = Literal["every claim", "main claims", "a sample", "offered"]
COVERAGES = table(
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
SOURCE_KINDS = table(
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

CorrectionReason = Literal[
    "typo", "reading", "criteria", "grouping", "source", "misattributed", "withdrawal", "name"
]
CORRECTION_REASONS = table(
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
