"""The columns of what a check or an audit found, and of pages without a copy."""

from __future__ import annotations

from forecastlog.column import count, flag, named, score, text
from forecastlog.vocabulary.audit import FINDING_LEVELS, FINDINGS
from forecastlog.vocabulary.word import explained

FINDING = named(
    record=text(
        (
            "its id; none for a draft, for what is withheld, for a file and for a commit that is "
            "dated before what it builds on"
        ),
        lambda one: one.record or None,
        listed=0,
        width=0,
    ),
    of=text(
        "what it is: prediction, draft, condition, article, forecaster, event, settings, file or commit",
        lambda one: one.of,
        listed=1,
    ),
    kind=text(explained(FINDINGS), lambda one: one.kind, listed=2, facet=True),
    level=text(explained(FINDING_LEVELS), lambda one: one.level, listed=3, width=0, facet=True),
    on=text("the day of the commit", lambda one: one.on, listed=4, width=100),
    by=text("its author", lambda one: one.by, listed=5, width=100),
    commit=text("the commit", lambda one: one.commit, listed=6),
    field=text("what was changed", lambda one: one.field or None, listed=7, width=0),
    was=text("what it said before", lambda one: one.was or None, listed=8, width=0),
    now=text("what it says since", lambda one: one.now or None, listed=9, width=0),
    why=text(
        "what tells of it, or what keeps it from being believed", lambda one: one.why or None, listed=10
    ),
    after_deadline=flag("its deadline had passed", lambda one: one.after_deadline, listed=11),
    after_outcome=flag("its outcome was known", lambda one: one.after_outcome, listed=12),
    score_was=score("the record's own Brier score before", lambda one: one.score_was, listed=13),
    score_now=score("the record's own Brier score since", lambda one: one.score_now, listed=14),
    breach=flag("its level is altered or misdated", lambda one: one.breach, listed=15, facet=True),
)
"""Of what the history tells of a record."""
PROBLEM = named(
    code=text("the kind of problem", lambda one: one.code, listed=0, width=0, facet=True),
    severity=text("error, warning or note", lambda one: one.severity, listed=1, width=100, facet=True),
    path=text("the file, within the ledger", lambda one: one.span and one.span.path, listed=2, width=0),
    line=count("the line in it", lambda one: one.span and one.span.line, listed=3, width=0),
    column=count("the column in the line", lambda one: one.span and one.span.column, listed=4),
    message=text("what is wrong", lambda one: one.message, listed=5, width=0),
    hint=text("what to write instead", lambda one: one.hint or None, listed=6),
)
"""Of a fault in the ledger."""
REREADING = named(
    id=text("the prediction", lambda one: str(one.place[0]), listed=0, width=0),
    what=text("deadline or forecast", lambda one: one.what, listed=1, width=0),
    words=text("the words", lambda one: one.words, listed=2, width=0),
    stored=text("what is stored", lambda one: _values(one.stored), listed=3, width=0),
    today=text("how they are read today", lambda one: _values(one.today), listed=4, width=0),
    read_by=text(
        "the convention or the scale by which they are read", lambda one: one.read_by, listed=5, width=0
    ),
)
"""Of words whose reading today is not what is stored."""
PAGE = named(
    url=text("the address", lambda one: one.url, listed=0, width=0),
    uses=count("how many records and entries name it", lambda one: len(one.places), listed=1, width=0),
    first=text("the first record that does", lambda one: one.places[0].record, listed=2, width=0),
    published=text(
        "the day of publication, as far as anybody says", lambda one: one.day, listed=3, width=100
    ),
)
"""Of a page that is cited."""


def _values(read: dict[str, str] | None) -> str:
    if read is None:
        return "not understood"
    return ", ".join(value if key == "figures" else f"{key} {value}" for key, value in read.items())
