"""``forecast``: one more forecast of a prediction."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from forecastlog.cli.newcomers import newcomer_options, settled
from forecastlog.cli.options import (
    find_record,
    id_argument,
    open_ledger,
    writing_options,
)
from forecastlog.cli.writing import record_options, write
from forecastlog.compose.people import Newcomers
from forecastlog.ledger.tables import FORECAST

if TYPE_CHECKING:
    from forecastlog.vocabulary.people import ForecasterKind


@click.command("forecast")
@id_argument()
@click.argument("probability", required=False)
@record_options(
    FORECAST,
    ("words", "made", "article", "url", "quote", "attribution", "via", "stance", "text", "note"),
)
@click.option("--speaker", "by", metavar="TEXT", help="Whose it is, if not the speaker's.")
@click.option(
    "--negated/--not-negated",
    default=None,
    help="Whether the text denies the claim, where it is not as the prediction has it.",
)
@newcomer_options("desk")
@writing_options
def command(
    *,
    root: Path,
    today: date,
    record_id: str,
    probability: str | None,
    kind: ForecasterKind | None,
    negated: bool | None,
    new_person: bool,
    dry_run: bool,
    **said: str,
) -> int:
    """Add a forecast to a prediction.

    PROBABILITY is a figure such as 55% or 0.55; or give the words with --words. Without --speaker it is the
    speaker, who said it again: then name the article and the quote, or the link and the day.
    """
    from forecastlog.compose import Answers, add_forecast

    loaded = open_ledger(root)
    if said.get("article"):
        said["article"] = find_record(loaded.ledger, said["article"]).id
    answers = Answers.of(said, probability=probability, negated=negated)
    found = find_record(loaded.ledger, record_id).id
    usual = kind or "desk"
    people = Newcomers(kind=usual, meant=new_person)
    if "by" in answers and not kind:
        answers, people = settled(loaded, answers, "by", people)
        usual = people.kinds.get(answers.text("by") or "", usual)
    plan = add_forecast(loaded, found, answers, kind=usual, people=people, today=today)
    return write(plan, root, dry_run=dry_run)
