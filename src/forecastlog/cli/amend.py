"""``amend``: a correction that stays on the record."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from forecastlog.cli.options import (
    by_option,
    find_record,
    id_argument,
    open_ledger,
    writing_options,
)
from forecastlog.cli.writing import given, record_options, write
from forecastlog.compose.amend import ONCE_OF_PREDICTIONS, amend, amendable
from forecastlog.compose.answers import QUESTIONS
from forecastlog.errors import BadValue
from forecastlog.ledger.tables import PREDICTION
from forecastlog.vocabulary.articles import CORRECTION_REASONS

FIELDS = tuple(
    question.name
    for question in QUESTIONS
    if question.path == (question.name,)
    and question.name not in ONCE_OF_PREDICTIONS
    and amendable(question.key.reader)
)
"""What has an option of its own: whatever is asked about a prediction and is one of its own keys."""


@click.command("amend")
@id_argument()
@record_options(PREDICTION, FIELDS)
@click.option(
    "--set",
    "others",
    metavar="FIELD=TEXT",
    multiple=True,
    help="Any other field, such as deadline.latest=2025-06-30, forecasts.2.probability=40% or "
    "resolutions.1.evidence.2.superseded=today (repeatable).",
)
@click.option(
    "--why",
    type=click.Choice(tuple(CORRECTION_REASONS)),
    help="Why it is corrected, needed once it is committed; "
    "reading and criteria only before the outcome is known.",
)
@by_option("--by", text="Who corrects it.")
@writing_options
def command(
    *,
    root: Path,
    today: date,
    record_id: str,
    others: tuple[str, ...],
    why: str | None,
    by: str,
    dry_run: bool,
    **fields: object,
) -> int:
    """Correct a record, or a person in people.yaml, saying why.

    The old value is kept under the record's corrections. What is not committed yet is changed without one.
    """
    changes = {
        name: ", ".join(text) if isinstance(text, tuple) else str(text)
        for name, text in given(fields).items()
    }
    for other in others:
        name, equals, text = other.partition("=")
        if not equals:
            raise BadValue(f"--set '{other}' has no '='. Write it as FIELD=TEXT.")
        changes[name] = text
    loaded = open_ledger(root)
    people = {person.id for person in loaded.ledger.forecasters}
    found = record_id if record_id in people else find_record(loaded.ledger, record_id).id
    return write(amend(loaded, found, changes, why=why, by=by, today=today), root, dry_run=dry_run)
