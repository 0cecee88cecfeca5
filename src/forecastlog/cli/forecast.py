"""``forecast``: one more forecast of a prediction."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from forecastlog.cli.options import (
    dry_run_option,
    find_record,
    id_argument,
    ledger_option,
    open_ledger,
    today_option,
)
from forecastlog.cli.writing import record_options, write
from forecastlog.ledger.tables import FORECAST

if TYPE_CHECKING:
    from forecastlog.compose.forecast import ForecasterKind


@click.command("forecast")
@id_argument()
@click.argument("probability", required=False)
@record_options(
    FORECAST,
    ("words", "by", "made", "article", "url", "quote", "attribution", "via", "stance", "text", "note"),
)
@click.option(
    "--negated/--not-negated",
    default=None,
    help="Whether the text denies the claim, where it is not as the prediction has it.",
)
@click.option("--kind", type=click.Choice(("desk", "market", "model", "person")), default="desk", show_default=True,
              help="What the forecaster is, where the name is new.")  # fmt: skip
@dry_run_option
@ledger_option
@today_option
def command(
    *, root: Path, today: date, record_id: str, probability: str | None, kind: ForecasterKind,
    negated: bool | None, dry_run: bool, **said: str,
) -> int:  # fmt: skip
    """Add a forecast to a prediction.

    PROBABILITY is a figure such as 55% or 0.55; or give the words with --words. Without --by it is the
    speaker, who said it again: then name the article and the quote, or the link and the day.
    """
    from forecastlog.compose import Answers, add_forecast

    loaded = open_ledger(root)
    if said.get("article"):
        said["article"] = find_record(loaded.ledger, said["article"]).id
    answers = Answers.of(said, probability=probability, negated=negated)
    found = find_record(loaded.ledger, record_id).id
    return write(add_forecast(loaded, found, answers, kind=kind, today=today), root, dry_run=dry_run)
