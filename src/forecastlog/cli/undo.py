"""``undo``: the last command's edit, taken back."""

from __future__ import annotations

from pathlib import Path

import click

from forecastlog.cli.options import dry_run_option, ledger_option
from forecastlog.cli.writing import tell
from forecastlog.compose.undo import undo


@click.command("undo")
@dry_run_option
@ledger_option
def command(*, root: Path, dry_run: bool) -> int:
    """Take back what the last command wrote.

    Only while nothing else has changed its files since, and nothing of it was committed.
    """
    plan = undo(root)
    if dry_run:
        tell([f"Would take back the last edit of {', '.join(map(str, plan.before))}."])
    else:
        tell([f"Took back the last edit of {', '.join(map(str, plan.carry_out()))}."])
    return 0
