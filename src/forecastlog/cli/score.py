"""``score``: how well forecasts did, by whatever they are grouped, and what was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from forecastlog.cli.options import ledger_option, sound_ledger, today_option
from forecastlog.cli.output import Columns, Output, output_options

if TYPE_CHECKING:
    from forecastlog.scorebook import Pair

SCORES = Columns(
    known=(
        "by", "group", "timing", "basis", "rule", "n", "events", "articles", "brier", "brier_low", "brier_high",
        "best", "worst", "consistent_best", "consistent_worst", "log", "log_infinite", "base_rate",
        "skill", "skill_half", "skill_base", "same_day", "rank", "excluded",
    ),
    shown={
        "group": 0, "timing": 0, "basis": 0, "n": 0, "events": 0, "articles": 100, "brier": 0,
        "brier_low": 120, "brier_high": 120, "best": 80, "worst": 80, "log": 110, "base_rate": 130, "skill": 90,
    },
)  # fmt: skip
GROUPINGS = ("all", "forecaster", "publisher", "article", "basis", "tag", "year")
RULES = ("daily", "first", "last")


@click.command("score")
@click.option(
    "--by", type=click.Choice(GROUPINGS), default="all", show_default=True, help="A row for each of these."
)
@click.option("--rule", type=click.Choice(RULES), default="daily", show_default=True,
              help="Which of a forecaster's forecasts count: each for its days, the first, the last.")  # fmt: skip
@click.option("--as-known", is_flag=True, help="Count a prediction as soon as its outcome is known.")
@output_options
@ledger_option
@today_option
def command(*, root: Path, today: date, by: str, rule: str, as_known: bool, output: Output) -> int:
    """Score the forecasts that have resolved.

    What was logged before its outcome was known (prospective) and what was logged after (retrospective)
    never share a row. The Brier score lies between 0 and 1, lower is better; best and worst are what it
    would be if every figure lay at the better or the worse end of what its words can mean; skill is what
    is gained over a forecaster who always says that nothing changes.
    """
    from forecastlog.scorebook import pairs, score_rows, scorebook

    ledger = sound_ledger(root).ledger
    found = list(pairs(ledger, today, rule=rule, as_known=as_known))  # type: ignore[arg-type]  # click checks it
    rows = score_rows(scorebook(found, ledger, rule=rule), by=by)
    listed = [row for row in rows if row.n] if output.for_people else rows
    output.print(map(asdict, listed), SCORES)
    if output.for_people:
        click.echo(_left_out(found), err=True)
    return 0


def _left_out(pairs: Iterable[Pair]) -> str:
    """How many were scored, and how many were not for which reason."""
    from forecastlog.scorebook import REASON_MEANINGS

    counts = Counter(pair.reason for pair in pairs)
    scored = counts.pop(None, 0)
    lines = [f"{scored} scored, {counts.total()} left out{':' if counts else '.'}"]
    lines += [
        f"{count:>5}  {reason}: {REASON_MEANINGS[reason]}" for reason, count in counts.most_common() if reason
    ]
    return "\n".join(lines)
