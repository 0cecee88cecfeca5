"""``import``: forecasts that are kept elsewhere become machine records.

A subcommand a format.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from forecastlog.cli import import_ledger
from forecastlog.cli.importing import Bringing, bringing
from forecastlog.cli.options import FileName, bundled, by_option, day_of, recorder
from forecastlog.cli.writing import tell
from forecastlog.errors import BadValue, Refused

if TYPE_CHECKING:
    from forecastlog.interchange.people import People


@click.group("import")
def command() -> None:
    """Bring in forecasts that are kept elsewhere.

    What is read becomes lines below imports/ in the ledger. The same file read again writes nothing twice,
    and an import that was interrupted goes on where it stopped.
    """


def _pairs(values: Iterable[str], option: str, *, alone: bool = False) -> dict[str, str]:
    """Names with their values; ``alone``: a name may stand for its own value."""
    found = {}
    for value in values:
        name, equals, rest = (value, "=", value) if alone and "=" not in value else value.partition("=")
        if not equals or not name.strip() or not rest.strip():
            raise BadValue(f"{option} {value}: write KEY=VALUE, such as {option} made=date.")
        found[name.strip()] = rest.strip()
    return found


_FILE = click.argument("file", metavar="FILE", type=FileName())


@command.command("table")
@_FILE
@click.option(
    "--map",
    "mapped",
    multiple=True,
    metavar="KEY=COLUMN",
    help="Which column is the prediction, probability, by, made, latest, outcome, known, id, url, tags, "
    "criteria, note, event, option, answer, status, or of numbers value, quantile, low, high, level, unit, "
    "quantity, 5%; '{a} beats {b}' puts columns together (repeatable).",
)
@click.option(
    "--set", "fixed", multiple=True, metavar="KEY=VALUE", help="What holds for every row (repeatable)."
)
@click.option(
    "--wide",
    is_flag=True,
    help="The cells are forecasts: a column a question and a row a person, or, "
    "where a column has the questions, the reverse.",
)
@click.option(
    "--columns",
    multiple=True,
    metavar="5-54|NAME*",
    help="The columns of a wide table that hold forecasts (repeatable).",
)
@click.option(
    "--outcomes",
    type=FileName(),
    metavar="FILE",
    help="A second table: question (a wide table's column), outcome, deadline, made, claim; "
    "or with --on any columns.",
)
@click.option(
    "--on",
    multiple=True,
    metavar="COLUMN[=COLUMN]",
    help="Put the rows of --outcomes beside those that have the same in this column, "
    "there under another name (repeatable).",
)
@click.option(
    "--header",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    metavar="N",
    help="The row that names the columns, where others stand above it.",
)
@click.option("--percent", "percent", flag_value=True, default=None, help="Figures are percentages.")
@click.option("--fraction", "percent", flag_value=False, default=None, help="Figures are fractions of 1.")
@click.option("--day-first", "order", flag_value="day-first", help="3/4/2025 is the third of April.")
@click.option("--month-first", "order", flag_value="month-first", help="3/4/2025 is the fourth of March.")
@click.option(
    "--speaker",
    "by",
    envvar="FORECASTLOG_BY",
    show_envvar=True,
    metavar="NAME",
    help="Whose forecasts they are, where no column says.  [default: git's user.name]",
)
@bringing
def table(
    *,
    into: Bringing,
    file: Path,
    mapped: tuple[str, ...],
    fixed: tuple[str, ...],
    wide: bool,
    columns: tuple[str, ...],
    outcomes: Path | None,
    on: tuple[str, ...],
    header: int,
    percent: bool | None,
    order: str | None,
    by: str | None,
) -> int:
    """Import a table: CSV, TSV, JSON, JSON Lines, Parquet, .xlsx or .ods, also gzipped.

    Columns are known by their headers or told with --map. Whether figures are percentages, and whether days
    come before months, is found from the whole table; where it holds both, nothing is guessed.
    """
    from forecastlog.interchange.cells import Figures
    from forecastlog.interchange.days import Days
    from forecastlog.interchange.found import BadFile
    from forecastlog.interchange.tables import Table

    importing, beside = into.begin(file), _pairs(on, "--on", alone=True)
    if beside and not outcomes:
        raise BadValue("--on says where a row of the second table belongs: name that with --outcomes.")
    try:
        found = Table.opened(
            file,
            header=header,
            beside=outcomes if beside else None,
            on=beside,
            mapped=_pairs(mapped, "--map"),
            fixed=_pairs(fixed, "--set"),
            figures=Figures(percent),
            days=Days(order),  # type: ignore[arg-type]  # Click gives nothing else
            wide=wide or bool(columns or (outcomes and not beside)),
            today=into.today.isoformat(),
        )
        if found.lacks_people:
            found.fix(by=recorder(by, "--speaker"))
        tell([f"Read as: {found.layout.told}"] if found.layout.told else [])
        answers = None if beside else outcomes
        items = found.items(importing.report, importing.source, only=columns, answers=answers)
    except BadFile as error:
        raise Refused(str(error)) from None
    return into.carry_out(importing, items, rows=found.rows)


@command.command("list")
@_FILE
@click.option("--made", required=True, metavar="DATE", help="The day on which they were published.")
@click.option("--latest", metavar="DATE", help="The last day that counts.")
@click.option(
    "--meaning",
    multiple=True,
    metavar="SETTING=OUTCOME",
    help="What a line that is struck, italic, bold or plain came to: "
    "yes, no, ambiguous, void or open (repeatable).",
)
@click.option("--open", "still_open", is_flag=True, help="What is plain is open: --meaning plain=open.")
@by_option("--speaker", "by", text="Whose predictions they are.")
@bringing
def listed(
    *,
    into: Bringing,
    file: Path,
    made: str,
    latest: str | None,
    meaning: tuple[str, ...],
    still_open: bool,
    by: str,
) -> int:
    """Import a list in Markdown or HTML: "- claim - 80%", what failed struck through.

    The figure may stand before the claim, behind it, or in the heading of a group. Counts that the list
    publishes of itself, "of 80% predictions, 8 right and 2 wrong", are compared with those that come out.
    """
    from forecastlog.interchange.markdown import Told, list_items

    importing = into.begin(file)
    last = day_of(latest, "--latest", into.today) if latest else None
    told = Told(
        by=by,
        made=day_of(made, "--made", into.today).isoformat(),
        latest=last.isoformat() if last else "",
        source=importing.source,
        meaning=_meaning(meaning) | ({"plain": ""} if still_open else {}),
    )
    return into.carry_out(importing, list_items(file, importing.report, told), unit="item")


def _meaning(given: tuple[str, ...]) -> dict[str, str]:
    """What settings of a line mean, with nothing for what is open."""
    from forecastlog.interchange.cells import outcome_of
    from forecastlog.interchange.markdown import MARKS

    found = {}
    for name, word in _pairs(given, "--meaning").items():
        if name not in MARKS:
            raise BadValue(f"--meaning {name}={word}: a line is {', '.join(MARKS)}.")
        try:
            found[name] = outcome_of(word)[0]
        except ValueError as fault:
            raise BadValue(f"--meaning {name}={word}: {fault}.") from None
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """Whose export a platform's file is, and what of other people in it may be written."""

    private: bool
    names: bool
    me: str | None

    def people(self, source: str) -> People:
        """The people of a platform's file."""
        from forecastlog.interchange.people import People

        return People(source=source, me=self.me, names=self.names)


_whose = bundled(
    Whose,
    "whose",
    click.option("--private", is_flag=True, help="Also what the platform kept private."),
    click.option("--names", is_flag=True, help="Other people's names instead of numbers."),
    click.option("--me", metavar="NAME", help="Whose export it is, as the platform calls them."),
)


@command.command("fatebook")
@_FILE
@_whose
@bringing
def fatebook(*, into: Bringing, file: Path, whose: Whose) -> int:
    """Import Fatebook's CSV export.

    An option of a question with several is a question of its own, as in Fatebook's scores. The Brier scores
    in the file are compared with those that come out here.
    """
    return into.platform("fatebook", file, people=whose.people("fatebook"), private=whose.private)


@command.command("predictionbook")
@_FILE
@_whose
@bringing
def predictionbook(*, into: Bringing, file: Path, whose: Whose) -> int:
    """Import PredictionBook's export, JSON or CSV; the CSV has no wagers."""
    people = whose.people("predictionbook")
    return into.platform("predictionbook", file, unit="prediction", people=people, private=whose.private)


@command.command("metaculus")
@_FILE
@_whose
@bringing
def metaculus(*, into: Bringing, file: Path, whose: Whose) -> int:
    """Import a download of Metaculus, a zip.

    Aggregates are no persons and are left out. The scores in the file are compared with those that come out
    here.
    """
    return into.platform("metaculus", file, unit="question", people=whose.people("metaculus"))


@command.command("manifold")
@_FILE
@click.option("--bets", type=FileName(), metavar="FILE", help="The bets, where the markets do not hold them.")
@_whose
@bringing
def manifold(*, into: Bringing, file: Path, bets: Path | None, whose: Whose) -> int:
    """Import markets of Manifold, JSON from its API or a dump.

    A bet's forecast is the probability after it.
    """
    people = whose.people("manifold")
    return into.platform("manifold", file, unit="market", people=people, bets=bets, private=whose.private)


@command.command("fivethirtyeight")
@_FILE
@bringing
def fivethirtyeight(*, into: Bringing, file: Path) -> int:
    """Import a file of FiveThirtyEight's "checking our work": columns X with X_outcome beside them."""
    return into.platform("fivethirtyeight", file)


@command.command("forecastbench")
@_FILE
@click.option("--resolutions", type=FileName(), metavar="FILE", help="The resolution set.")
@click.option(
    "--forecasts", type=FileName(), multiple=True, metavar="FILE", help="A model's forecast set (repeatable)."
)
@bringing
def forecastbench(
    *, into: Bringing, file: Path, resolutions: Path | None, forecasts: tuple[Path, ...]
) -> int:
    """Import a question set of ForecastBench, with the market's price of the day as the market's forecast."""
    return into.platform("forecastbench", file, unit="question", resolutions=resolutions, forecasts=forecasts)


@command.command("augur")
@_FILE
@by_option("--speaker", "by", text="Whose forecasts they are.")
@bringing
def augur(*, into: Bringing, file: Path, by: str) -> int:
    """Import augur-cli's JSON."""
    return into.platform("augur", file, unit="statement", by=by)


command.command("ledger")(import_ledger.ledger)
command.command("records")(import_ledger.records)
