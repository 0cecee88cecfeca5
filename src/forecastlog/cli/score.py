"""``score``: how well forecasts did, by whatever they are grouped, and what was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from forecastlog.cli.options import Decorator, bundled, ledger_option, sound_ledger, today_option
from forecastlog.cli.output import Columns, Output, output_options
from forecastlog.cli.score_views import VIEWS
from forecastlog.cli.text import terminal_width, wrap
from forecastlog.errors import BadValue
from forecastlog.kinds import BINARY, KINDS
from forecastlog.vocabulary.scores import BLOCKS, GROUPINGS, LEFT_OUT, RULES, TIMINGS, USUAL_RULE, WAIVABLE

if TYPE_CHECKING:
    from forecastlog.model.ledger import Ledger
    from forecastlog.scorebook import Pair, Scorebook


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """Which forecasts count, as the options say."""

    rule: str = USUAL_RULE
    as_known: bool = False
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    main: bool = False

    def told(self) -> str:
        """What the options changed, in a sentence; empty where they are the usual ones."""
        parts = (
            f"counted on request: {', '.join(self.include)}" if self.include else "",
            f"left out on request: {', '.join(self.exclude)}" if self.exclude else "",
            "main claims only" if self.main else "",
            "as soon as outcomes are known" if self.as_known else "",
        )
        told = "; ".join(part for part in parts if part)
        return f"\n{told[:1].upper()}{told[1:]}." if told else ""

    def pairs(self, ledger: Ledger, today: date) -> list[Pair]:
        """The pairs that count, and those that are left out with their reasons."""
        from forecastlog.scorebook import pairs

        # Click checks the rule.
        found = pairs(ledger, today, rule=self.rule, as_known=self.as_known, include=self.include)  # type: ignore[arg-type]
        return [
            pair
            for pair in found
            if not {pair.block, pair.timing} & {*self.exclude} and (pair.prediction.main or not self.main)
        ]

    def book(self, ledger: Ledger, today: date) -> Scorebook:
        """The same as columns of numbers."""
        from forecastlog.scorebook import scorebook

        return scorebook(self.pairs(ledger, today), ledger, rule=self.rule)


counting_options = bundled(
    Counting,
    "counting",
    click.option(
        "--rule",
        type=click.Choice(tuple(RULES)),
        default=USUAL_RULE,
        show_default=True,
        help="Which of a forecaster's forecasts count: each for its days, the first, the last.",
    ),
    click.option(
        "--as-known/--settled",
        "as_known",
        default=False,
        help="Count a prediction as soon as its outcome is known, or once its deadline has passed "
        "(the default), so that an early yes and a late no are treated alike.",
    ),
    click.option(
        "--include",
        type=click.Choice(WAIVABLE),
        multiple=True,
        help="Count what is left out for this reason (repeatable).",
    ),
    click.option(
        "--exclude",
        type=click.Choice((*BLOCKS, *TIMINGS)),
        multiple=True,
        help="Leave out this block or timing (repeatable).",
    ),
    click.option("--main", is_flag=True, help="Only the main claims of the articles."),
)
"""``--rule --settled/--as-known --include --exclude --main``, as one ``counting``."""


def group_by_option(text: str) -> Decorator:
    """``--group-by``, as ``by``."""
    return click.option(
        "--group-by", "by", type=click.Choice(tuple(GROUPINGS)), default="all", show_default=True, help=text
    )


@click.command("score")
@group_by_option("A row for each of these.")
@counting_options
@click.option(
    "--predicts",
    type=click.Choice(tuple(KINDS)),
    default=BINARY.name,
    show_default=True,
    help="Of predictions of this kind: scores of different kinds have no common mean.",
)
@click.option("--words", is_flag=True, help="How often what was said with each phrase came true.")
@click.option("--horizons", is_flag=True, help="What the outcomes would be with other deadlines.")
@click.option(
    "--ahead", is_flag=True, help="How far off repeated forecasts of a number were, by how far ahead."
)
@click.option("--scales", is_flag=True, help="The scores with words read on every scale.")
@click.option("--left-out", is_flag=True, help="What is left out in each group, by reason.")
@output_options
@ledger_option
@today_option
def command(
    *, root: Path, today: date, by: str, predicts: str, counting: Counting, output: Output, **options: Any
) -> int:
    """Score the forecasts that have resolved.

    What was logged in advance, late, and after the outcome was known never share a row. The Brier score lies
    between 0 and 1, lower is better; best and worst are what it would be if every figure lay at the better or
    the worse end of what its words can mean (with -c consistent_best and consistent_worst: one figure for
    each phrase); skill is what is gained over a forecaster who always says that nothing changes. With
    --predicts choice, numeric or date: their own figures, such as how often intervals held what came.
    """
    views = [name for name in VIEWS if options[name]]
    if len(views) > 1:
        first, second = (f"--{name.replace('_', '-')}" for name in views[:2])
        raise BadValue(f"{first} and {second} are two tables. Choose one.")
    ledger = sound_ledger(root, today)
    if views and views != ["ahead"] and predicts != BINARY.name:
        raise BadValue(
            f"--{views[0].replace('_', '-')} is a table of what turns out true or false. "
            "Leave out --predicts."
        )
    if predicts != BINARY.name and not views:
        sentence = _measures(
            ledger, counting.pairs(ledger, today), rule=counting.rule, by=by, predicts=predicts, output=output
        )
    elif views:
        sentence = VIEWS[views[0]](ledger, counting.pairs(ledger, today), today, by, output)
    else:
        sentence = _scores(ledger, counting.pairs(ledger, today), counting.rule, by, output)
    if output.for_people:
        sentence += counting.told()
        click.echo("\n".join(line for part in sentence.split("\n") for line in _wrapped(part)), err=True)
    return 0


def _wrapped(part: str) -> list[str]:
    return [part] if part.startswith(" ") else wrap(part, terminal_width())


def _scores(ledger: Ledger, pairs: list[Pair], rule: str, by: str, output: Output) -> str:
    """Print the scoreboard; what was left out, and what may be concluded."""
    from forecastlog.scorebook import ScoreRow, conclusion, score_rows, scorebook

    own, others = _of_kind(pairs, BINARY.name)
    book = scorebook(pairs, ledger, rule=rule)
    rows = score_rows(book, by=by)
    listed = [row for row in rows if row.n] if output.for_people else rows
    output.print(map(asdict, listed), Columns.of_rows(ScoreRow))
    return f"{_left_out(own)}\n{conclusion(book, rows)}{_others(others)}"


def _measures(ledger: Ledger, pairs: list[Pair], *, rule: str, by: str, predicts: str, output: Output) -> str:
    """Print the figures of predictions of one kind; what was left out."""
    from forecastlog.scorebook import MeasureRow, joined, measure_rows, tables_of

    own, _ = _of_kind(pairs, predicts)
    rows = list(measure_rows(joined([tables_of(own, ledger)]), ledger, rule=rule, by=by))
    output.print(map(asdict, rows), Columns.of_rows(MeasureRow))
    return (
        f"{_left_out(own)}\n"
        "Each figure is of forecasts of this kind alone; "
        "each prediction's own scores are in the table 'scores'."
    )


def _of_kind(pairs: Iterable[Pair], name: str) -> tuple[list[Pair], Counter[str]]:
    """The pairs that are of a kind, and how many there are of each other one."""
    own, others = [], Counter[str]()
    for pair in pairs:
        if pair.prediction.kind == name:
            own.append(pair)
        else:
            others[pair.prediction.kind] += 1
    return own, others


def _others(others: Mapping[str, int]) -> str:
    """Where forecasts of other kinds are scored, so that nobody takes this table for all there is."""
    if not others:
        return ""
    told = ", ".join(f"{n} with --predicts {name}" for name, n in others.items())
    return f"\nForecasts of other kinds have tables of their own: {told}."


def _left_out(pairs: Iterable[Pair]) -> str:
    """How many were scored, and how many were not for which reason."""
    from forecastlog.scorebook.counts import SCORED, by_first_reason

    counts = by_first_reason(pairs)
    scored = counts.pop(SCORED, 0)
    lines = [f"{scored} scored, {counts.total()} left out{':' if counts else '.'}"]
    lines += [
        f"{count:>5}  {reason}: {LEFT_OUT[reason].meaning}"
        for reason, count in counts.most_common()
        if reason
    ]
    return "\n".join(lines)
