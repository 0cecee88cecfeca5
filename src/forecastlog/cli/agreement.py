"""``agreement``: whether the people who resolve, or who log, agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from forecastlog.cli.options import ledger_option, open_ledger, today_option
from forecastlog.cli.output import Columns, Output, output_options
from forecastlog.cli.text import terminal_width, wrap
from forecastlog.errors import BadValue
from forecastlog.phrasing import counted, percent

if TYPE_CHECKING:
    from forecastlog.scorebook import Agreement, CoderRow


@click.command("agreement")
@click.option("--coders", is_flag=True, help="Compare the people who logged one article.")
@click.option("--summary", is_flag=True, help="The figures as a row, instead of what is contested.")
@output_options
@ledger_option
@today_option
def command(*, root: Path, today: date, coders: bool, summary: bool, output: Output) -> int:
    """Show where people who resolved the same record differ.

    Below stand the share of agreement and Krippendorff's alpha: 1 is perfect agreement, 0 what chance would
    give. With --coders: of what two people found in one article, how much both did.
    """
    from forecastlog.scorebook import Agreement, CoderRow, Contested, agreement, coder_rows, contested

    if coders and summary:
        raise BadValue("--coders and --summary are two tables. Choose one.")
    ledger = open_ledger(root).ledger
    if coders:
        found = coder_rows(ledger)
        output.print(map(asdict, found), Columns.of_rows(CoderRow))
        sentence = _coders_sentence(found)
    else:
        figures = agreement(ledger, today)
        if summary:
            output.print([asdict(figures)], Columns.of_rows(Agreement))
        else:
            output.print(map(asdict, contested(ledger, today)), Columns.of_rows(Contested))
        sentence = _sentence(figures)
    if output.for_people:
        click.echo("\n".join(wrap(sentence, terminal_width())), err=True)
    return 0


def _sentence(figures: Agreement) -> str:
    """How far the people agree, in a sentence."""
    resolved = (
        f"{counted(figures.resolved, 'record')} resolved, {figures.records} of them read twice or more, "
        f"{figures.blind} without sight of the forecaster"
    )
    if figures.share is None:
        return (
            f"{resolved}. Nobody's verdict can be compared with another's: "
            "'forecastlog review --second' asks for it."
        )
    told = f"{resolved}. The share of pairs of verdicts that agree is {percent(figures.share)}"
    if figures.alpha is None:
        told += "; alpha cannot be said, because all verdicts are the same"
    else:
        told += f"; Krippendorff's alpha is {figures.alpha:.2f}"
        if figures.alpha_low is not None and figures.alpha_high is not None:
            told += f", 95 % interval {figures.alpha_low:.2f} to {figures.alpha_high:.2f}"
        else:
            told += f", without an interval: {figures.records} records are too few"
    return f"{told}. {figures.contested} contested and not settled."


def _coders_sentence(rows: Sequence[CoderRow]) -> str:
    if not rows:
        return (
            "No article names two coders. Name them under 'coders:', and who found a prediction in "
            "'logged_by:'."
        )
    logged = sum(row.logged for row in rows)
    by_all = sum(row.by_all for row in rows)
    articles = f"{counted(len(rows), 'article')} with two or more coders"
    if not logged:
        return f"{articles}, but no prediction says who found it: 'logged_by: Kim, Robin'."
    return (
        f"{articles}: {by_all} of {counted(logged, 'prediction')} found by all ({percent(by_all / logged)})."
    )
