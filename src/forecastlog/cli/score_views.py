"""The other tables of ``score``: the words' own record, other deadlines, other scales, what is left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from forecastlog.cli.output import Columns, Output
from forecastlog.errors import BadValue
from forecastlog.phrasing import counted, percent
from forecastlog.vocabulary.deadlines import OWN_DEADLINES
from forecastlog.vocabulary.scores import TOO_VAGUE, USUAL_RULE

if TYPE_CHECKING:
    from forecastlog.model.ledger import Ledger
    from forecastlog.scorebook import Pair, ScaleRow


def words(ledger: Ledger, pairs: list[Pair], _: date, by: str, output: Output) -> str:
    """Print how often what was said with each phrase came true."""
    from forecastlog.scorebook import WordRow, scorebook, word_rows

    _only_all(by, "--words")
    rows = word_rows(scorebook(pairs, ledger, rule=USUAL_RULE))
    output.print(map(asdict, rows), Columns.of_rows(WordRow))
    decided = sum(row.decided for row in rows)
    return (
        f"{counted(decided, 'use')} decided. What was logged in advance and what was logged afterwards "
        f"have rows of their own. low and high are what our scale takes the phrase to mean; "
        "the share that happened needs none of our figures."
    )


def horizons(ledger: Ledger, pairs: list[Pair], today: date, by: str, output: Output) -> str:
    """Print what each outcome would be had the deadline been 3, 6, 12 or 24 months after the day made."""
    from forecastlog.column import columns_of, row_of
    from forecastlog.scorebook import HorizonRow, horizon_rows

    _only_all(by, "--horizons")
    own = {pair.prediction.id for pair in pairs}
    rows = [row for row in horizon_rows(ledger, today) if row.prediction in own]
    columns = columns_of(HorizonRow)
    output.print((row_of(columns, row) for row in rows), Columns.of(columns))
    turning = [row for row in rows if row.turns]
    ours = sum(row.deadline_basis in OWN_DEADLINES for row in turning)
    return (
        f"{counted(len(rows), 'prediction')} with a yes or no. "
        f"{len(turning)} of the verdicts turn on how long one waits, and in {ours} of those the deadline is "
        "ours, not the text's."
    )


def scales(ledger: Ledger, pairs: list[Pair], _: date, by: str, output: Output) -> str:
    """Print each group's Brier score with its words read on every scale."""
    from forecastlog.scorebook import ScaleRow, scale_rows, scorebook

    rows = scale_rows(scorebook(pairs, ledger, rule=USUAL_RULE), by=by)
    output.print(map(asdict, rows), Columns.of_rows(ScaleRow))
    return _about_scales(rows)


def ahead(ledger: Ledger, pairs: list[Pair], _: date, by: str, output: Output) -> str:  # noqa: ARG001
    """Print how far off repeated forecasts of one quantity were, by how far ahead they were said."""
    from forecastlog.scorebook import AheadRow, ahead_rows
    from forecastlog.scorebook.ahead import misses_of

    _only_all(by, "--ahead")
    rows = list(ahead_rows(miss for pair in pairs for miss in misses_of(pair)))
    output.print(map(asdict, rows), Columns.of_rows(AheadRow))
    if not rows:
        return "No forecast of a number that names its 'quantity' is scored yet."
    return (
        "Each row holds one quantity and one vintage. "
        "Errors say how good a forecaster is only beside those of the last value, "
        "and only over many targets: figures for one target are not independent."
    )


def left_out(ledger: Ledger, pairs: list[Pair], today: date, by: str, output: Output) -> str:
    """Print what is left out in each group, by reason."""
    from forecastlog.scorebook import LeftOutRow, left_out_rows, scorebook
    from forecastlog.scorebook.counts import by_first_reason

    rows = left_out_rows(scorebook(pairs, ledger, rule=USUAL_RULE), ledger, today, by=by)
    output.print(map(asdict, rows), Columns.of_rows(LeftOutRow))
    counts = by_first_reason(pairs)
    vague = sum(counts[reason] for reason in TOO_VAGUE)
    if not pairs:
        return "There are no forecasts."
    return (
        f"{vague} of {counted(len(pairs), 'forecast')} ({percent(vague / len(pairs))}) "
        "are too vague to score, ambiguous or uncheckable. "
        "'share' is of all forecasts of the group, scored ones too."
    )


VIEWS: Mapping[str, Callable[[Ledger, list[Pair], date, str, Output], str]] = MappingProxyType(
    {"words": words, "horizons": horizons, "ahead": ahead, "scales": scales, "left_out": left_out}
)
"""The option's name -> what prints that table and returns the sentence below it."""


def _about_scales(rows: list[ScaleRow]) -> str:
    """On which scales the order of the groups is another one."""
    if not rows:
        return "Nothing in the headline block is scored yet."
    others = list(dict.fromkeys(row.scale for row in rows if not row.holds))
    groups = len({(row.group, row.timing) for row in rows})
    if groups == 1:
        told = "There is one group, so there is no order to change; --group-by forecaster compares several."
    elif others:
        told = f"The order of the groups is another one on {', '.join(others)}: do not lean on it."
    else:
        told = "The order of the groups is the same on every scale."
    return (
        f"{told} 'read' counts the forecasts whose words a scale has; "
        f"the others keep the stored figure, so a scale that reads few of them says little."
    )


def _only_all(by: str, option: str) -> None:
    if by != "all":
        raise BadValue(f"{option} is one table for all. Leave out --by.")
