"""Notes on what outcomes rest on: sources that prove little by themselves, too many, or told in two ways."""

from __future__ import annotations

from collections.abc import Iterator

from forecastlog.checks.facts import Across, Fault
from forecastlog.checks.resolutions import decides
from forecastlog.checks.scope import Scope, entries_of
from forecastlog.model.records import Condition, Prediction
from forecastlog.problems import Problem
from forecastlog.sources import DESCRIBED, distinct, kind_of
from forecastlog.standing.due import entries_that_decide
from forecastlog.values import brief
from forecastlog.vocabulary.articles import SOURCE_KINDS
from forecastlog.vocabulary.thresholds import READ_SOURCES
from forecastlog.vocabulary.word import alternatives


def more_than_a_copy(scope: Scope, record: Condition | Prediction) -> Iterator[Problem]:
    """An outcome wants a source that answers for what it says, beside those that only retell."""
    hosts = dict(scope.ledger.settings.sources)
    for place, entry in entries_of(record):
        cited = [item for item in entry.evidence if item.url and not item.superseded]
        kinds = [kind_of(item, hosts) for item in cited]
        known = [kind for kind in kinds if kind]
        if not decides(entry.outcome) or not kinds or len(known) < len(kinds):
            continue
        if not any(SOURCE_KINDS[kind].alone for kind in known):
            named = alternatives(dict.fromkeys(known), "and")
            hint = (
                "Add a source that answers for it: the office itself, an agency, a newspaper, an institute."
            )
            message = f"'{entry.outcome}' rests on nothing but {named}"
            yield scope.fault("P308", (*place, "outcome"), message, hint, severity="note")


def few_enough(scope: Scope, record: Condition | Prediction) -> Iterator[Problem]:
    """Two sources are read, many are skipped; reprints of one agency's text are one."""
    entries = list(entries_of(record))
    many = [(place, entry) for place, entry in entries if len(entry.evidence) > READ_SOURCES]
    deciding = entries_that_decide([entry for _, entry in entries]) if many else ()
    for place, entry in many:
        count = len(distinct(entry.evidence))
        if count > READ_SOURCES and entry in deciding:
            hint = (
                "Keep the two that decide it; in an entry that is published already, "
                "mark others 'superseded:'."
            )
            message = f"{count} sources where two would be read"
            yield scope.fault("P309", (*place, "evidence"), message, hint, severity="note")


def told_alike(records: Across) -> Iterator[Fault]:
    """One page has one title, publisher, day, agency and kind, wherever it is cited."""
    first: dict[tuple[str, str], tuple[str, str]] = {}
    told: set[tuple[str, str, str]] = set()
    for record in records.records.values():
        for use in record.uses:
            for key, value in zip(DESCRIBED, use.said, strict=True):
                if value is None:
                    continue
                other, there = first.setdefault((use.page, key), (value, record.id))
                if value != other and (use.page, key, value) not in told:
                    told.add((use.page, key, value))
                    message = (
                        f"{key} is '{brief(value)}' here, and '{brief(other)}' of the same page in {there}"
                    )
                    hint = "Write the same of one page everywhere, or give each its own address."
                    yield Fault("P310", (record.id, *use.path, key), message, hint, "note")
