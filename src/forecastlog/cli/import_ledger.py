"""``import ledger`` and ``import records``: what forecastlog itself has written, taken in again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from forecastlog.cli.importing import Bringing, bringing
from forecastlog.cli.options import FileName, any_ledger_option, find_or_name, today_option
from forecastlog.cli.writing import tell
from forecastlog.phrasing import counted


@click.argument("file", metavar="FILE.zip", type=FileName(dir_okay=False))
@any_ledger_option(
    type=FileName(file_okay=False),
    callback=lambda ctx, _, value: None if ctx.resilient_parsing else find_or_name(value),
    help="The ledger's folder, which may be empty or new.  [default: predictions/ here or in a folder above]",
)
@today_option
def ledger(*, root: Path, today: date, file: Path) -> int:
    """Take in a whole ledger that 'export ledger' wrote: the same files, byte for byte.

    Into an empty folder, a ledger that 'init' has just made, or one that an interrupted import left: files
    that are there with the same content stay. Where one is there with another, nothing is written.
    """
    from forecastlog.ledger.indexed import open_indexed
    from forecastlog.ledger.whole import unpack

    root.mkdir(parents=True, exist_ok=True)
    instead, without = _as_init_made(root, today)
    placed = unpack(file, root, instead=instead, without=without)
    loaded = open_indexed(root)
    told = f"{counted(len(placed.new), 'file')} new, {len(placed.there):,} there already"
    records = counted(loaded.ledger.counts["prediction"], "prediction")
    tell([f"{root} is the ledger of {file}: {told}; {records}."])
    if errors := sum(problem.severity == "error" for problem in loaded.problems):
        tell([f"{counted(errors, 'error')} in it: 'forecastlog check' shows them."])
    return 0


@click.argument("file", metavar="FILE.jsonl", type=FileName(dir_okay=False))
@bringing
def records(*, into: Bringing, file: Path) -> int:
    """Take in machine records, a JSON line each, as 'export records' and programs write them.

    Ids and times stay as they are. A prediction that is there already in other words is passed over with its
    forecasts.
    """
    from forecastlog.cli.options import open_ledger
    from forecastlog.interchange.own import Standing, record_lines
    from forecastlog.ledger.journal import written_predictions

    importing = into.begin(file)
    found = open_ledger(into.root).ledger
    machines = frozenset(one.id for one in found.imported)
    standing = Standing.of(set(found.ids) - machines, written_predictions(into.root))
    return into.carry_out_lines(importing, record_lines(file, importing.report, standing), unit="line")


def _as_init_made(root: Path, today: date) -> tuple[Sequence[str], Sequence[str]]:
    """The files that a ledger holds as ``init`` made it and nobody has changed, and its example.

    None in any other.
    """
    from forecastlog.cli.init import EXAMPLE, ledger_files
    from forecastlog.ledger import load
    from forecastlog.ledger.folder import EXAMPLE_CHOSEN
    from forecastlog.ledger.imports import IMPORTS

    if (root / IMPORTS).exists():
        return (), ()
    found = load(root).ledger
    if found.forecasters or any(one.chosen != EXAMPLE_CHOSEN for one in found.articles):
        return (), ()
    untouched = [
        name
        for name, text in ledger_files(root, today).items()
        if (root / name).is_file() and (root / name).read_bytes() == text.encode()
    ]
    return untouched, [EXAMPLE] if found.articles else []
