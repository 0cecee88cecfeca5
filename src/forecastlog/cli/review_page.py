"""What ``review`` shows of a record: by default nothing that tells who said it, or how sure they were."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from forecastlog.cli.page import Field, condition_fields, prediction_fields, print_page
from forecastlog.cli.text import clean
from forecastlog.model.ledger import Ledger
from forecastlog.model.outcomes import Evidence
from forecastlog.model.records import Condition, Prediction
from forecastlog.phrasing import counted
from forecastlog.standing.due import condition_status, due_from, entries_that_stand, latest_day, status
from forecastlog.standing.review import Record

LINK = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:)]")
NEUTRAL = ("Only if", "Deadline", "Criteria", "Settled by")
"""The fields of a prediction that say nothing of its forecaster."""
TELLING = ("Quote", "Article", "Speaker", "Forecasts")
"""The fields that stay hidden until the verdict is entered."""


def record_page(record: Record, ledger: Ledger, day: date, *, blind: bool, width: int) -> str:
    """The record to be judged, with the links in it on lines of their own, unbroken."""
    if isinstance(record, Condition):
        fields = _condition_fields(record, ledger) if blind else condition_fields(record, ledger, day)
    else:
        fields = _prediction_fields(record, ledger, day) if blind else prediction_fields(record, ledger, day)
    page = print_page(record.id, [Field("Due", [_lateness(record, ledger, day)]), *fields], width)
    links = dict.fromkeys(_links(record))
    return "\n".join([page, *(["", "Links", *map(clean, links)] if links else [])])


def short_page(number: int, record: Record, ledger: Ledger, day: date, width: int) -> str:
    """The record in a few lines, to be chosen by its number: what is claimed, what decides, by when."""
    if isinstance(record, Condition):
        fields = _condition_fields(record, ledger)
    else:
        fields = _prediction_fields(record, ledger, day)
    brief = (
        field for field in fields if field.label in ("Claim", "Condition", "Met by", "Deadline", "Criteria")
    )
    return print_page(f"[{number}] {record.id}", brief, width)


def reveal(record: Record, ledger: Ledger, day: date, by: str, width: int) -> str:
    """What was hidden: who said it, in which words, and what other people recorded."""
    fields = []
    if isinstance(record, Prediction):
        fields = [field for field in prediction_fields(record, ledger, day) if field.label in TELLING]
    others = [entry for entry in entries_that_stand(record.resolutions, day) if entry.by != by]
    fields.append(Field("Others", [f"{entry.by}: {entry.outcome}, known {entry.known}" for entry in others]))
    if not any(field.paragraphs for field in fields):
        return ""
    return print_page(f"Behind {record.id}", fields, width)


def standing_of(record: Record, ledger: Ledger, day: date) -> str:
    """The record's status on ``day``."""
    return condition_status(record, day) if isinstance(record, Condition) else status(record, ledger, day)


def _prediction_fields(prediction: Prediction, ledger: Ledger, day: date) -> Iterator[Field]:
    yield Field("Claim", [prediction.claim])
    yield from (field for field in prediction_fields(prediction, ledger, day) if field.label in NEUTRAL)
    yield Field("Event", [prediction.event or ""])
    yield Field("Earlier", list(_earlier(prediction)))


def _condition_fields(condition: Condition, ledger: Ledger) -> Iterator[Field]:
    hanging = [prediction.claim for prediction in ledger.predictions if prediction.given == condition.id]
    yield Field("Condition", [condition.text])
    yield Field("Met by", [str(condition.by or "no last day")])
    yield Field("Event", [condition.event or ""])
    yield Field("Decides", [f"- {claim}" for claim in hanging])
    yield Field("Earlier", list(_earlier(condition)))


def _lateness(record: Record, ledger: Ledger, day: date) -> str:
    if isinstance(record, Condition):
        since = due_from(record, record.by)
    elif standing_of(record, ledger, day) == "maybe_due" and record.deadline.strict:
        return f"by the strict reading only: its last day was {record.deadline.strict}"
    else:
        latest = latest_day(record, ledger, day)
        since = due_from(record, latest) if latest else record.review
        if latest is None and since and since <= day:
            return f"no deadline; to be looked at again since {since}"
    if since is None or since > day:
        return f"not before {since}" if since else "no last day"
    days = (day - since).days
    return f"since {since} ({counted(days, 'day')})"


def _earlier(record: Record) -> Iterator[str]:
    """Evidence that is in the record already: titles and links, not what they were taken to show."""
    for item in _evidence(record):
        if item.url:
            about = ", ".join(str(part) for part in (item.title, item.published) if part)
            yield f"- {about}" if about else f"- {item.url}"


def _evidence(record: Record) -> Iterator[Evidence]:
    return (item for entry in record.resolutions for item in entry.evidence)


def _links(record: Record) -> Iterable[str]:
    if isinstance(record, Prediction):
        yield from LINK.findall(record.settled_by or "")
    for item in _evidence(record):
        if item.url:
            yield item.url
