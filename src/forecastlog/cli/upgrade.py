"""``upgrade``: what a ledger that an earlier version kept would be brought up to."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from forecastlog.cli.options import ledger_option, open_ledger, today_option
from forecastlog.cli.writing import tell, write


@click.command("upgrade")
@click.option("--write", "write_", is_flag=True, help="Write it; without this the change is only shown.")
@ledger_option
@today_option
def command(*, root: Path, today: date, write_: bool) -> int:
    """Show what an older ledger would be brought up to.

    Nothing has to be: a ledger is read as it is. No step changes what a record says. Each is told with its
    reason, and the whole as a diff.
    """
    from forecastlog.compose.upgrade import upgrade

    plan = upgrade(open_ledger(root), today=today)
    if plan.empty:
        tell(["Everything is up to date."])
        return 0
    code = write(plan, root, dry_run=not write_)
    if not write_:
        tell(["Nothing was written. Add --write to write it."])
    return code
