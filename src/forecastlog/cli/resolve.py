"""``resolve``: what happened, with evidence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from forecastlog.cli.options import (
    complete_ids,
    dry_run_option,
    find_record,
    ledger_option,
    open_ledger,
    recorder_option,
    today_option,
)
from forecastlog.cli.writing import given, record_options, write
from forecastlog.ledger.tables import RESOLUTION


@click.command("resolve")
@click.argument("record_ids", metavar="ID...", nargs=-1, required=True, shell_complete=complete_ids)
@click.argument("outcome")
@record_options(RESOLUTION, ("known", "happened", "reason", "note"))
@click.option("--evidence", metavar="URL", multiple=True, help="A link that shows it (repeatable).")
@click.option("--searched", metavar="TEXT", help="Where it was looked for and not found.")
@click.option("--settles", is_flag=True, help="This entry settles a disagreement.")
@click.option("--blind", is_flag=True, default=None, help="You have not seen what others recorded.")
@click.option("--revise", is_flag=True, help="Change your own earlier outcome.")
@recorder_option("--by", text="Who records it.")
@dry_run_option
@ledger_option
@today_option
def command(
    *, root: Path, today: date, record_ids: tuple[str, ...], outcome: str, dry_run: bool, **answers: object
) -> int:
    """Record what happened, with evidence.

    ID is a prediction or a condition, or several of them. OUTCOME is yes, no, a share such as 0.5,
    ambiguous, void, uncheckable or reopened; of a condition met, unmet, partly or unobservable.
    """
    from forecastlog.compose import Outcome, resolve

    loaded = open_ledger(root)
    ids = [find_record(loaded.ledger, record_id).id for record_id in record_ids]
    answer = Outcome(outcome=outcome, **given(answers))  # type: ignore[arg-type]  # one option a field
    return write(resolve(loaded, ids, answer, today=today), root, dry_run=dry_run)
