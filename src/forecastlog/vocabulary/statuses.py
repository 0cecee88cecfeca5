"""Words for where a record stands on a day, and for what wants looking at."""

from __future__ import annotations

from typing import Literal

from forecastlog.vocabulary.word import Word, table

Status = Literal[
    "draft", "open", "maybe_due", "due", "resolved", "void", "ambiguous", "uncheckable", "contested"
]
STATUSES = table(
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

WAITING: tuple[Status, ...] = ("open", "maybe_due", "due")
"""Of what has no outcome yet; all but the first of what has fallen due."""
TO_DECIDE: tuple[Status, ...] = (*WAITING, "contested")

DueKind = Literal["condition", "due", "maybe_due", "review"]
DUE_KINDS = table(
    DueKind,
    Word("condition", "Conditions whose day has passed", "condition"),
    Word("due", "Due: past the deadline by every reading", "due"),
    Word("maybe_due", "Maybe due: past the deadline by the strict reading", "maybe due"),
    Word("review", "To review: no deadline, but a day to look again", "to review"),
)
"""What wants looking at on a day, in the order in which it is told; the meanings are headings."""
