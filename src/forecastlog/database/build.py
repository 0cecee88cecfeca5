"""Build the database from a ledger: a new file beside the old one, checked, then swapped in."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, closing, suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from forecastlog.checks import check
from forecastlog.column import Row
from forecastlog.database import tablefile
from forecastlog.database.changes import Changes
from forecastlog.database.families import families, program
from forecastlog.database.parts import Family, Keeping, Watch, fill, unwatched
from forecastlog.database.recognized import is_built
from forecastlog.database.remembered import Remembered, copied, digest_of_database, recall, remember
from forecastlog.database.renewing import copy, swap
from forecastlog.database.schema import TABLES
from forecastlog.errors import BadLedger, FileChanged, WriteFailed
from forecastlog.ledger import Loaded
from forecastlog.ledger.packed import Torn
from forecastlog.placing import check_place, flush, taking_name
from forecastlog.problems import Problem


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What was built: rows a table, and the digest of all tables' contents."""

    path: Path
    rows: dict[str, int]
    digest: str


def build(
    loaded: Loaded, path: Path, *, today: date, in_place: bool = False, watch: Watch = unwatched
) -> BuildReport:
    """Write the database at ``path`` as of ``today``, replacing the file that stood there in one step.

    The same ledger and day give the same bytes, whether all of it is made or, where the index of files
    remembers what stood there, the parts that changed; ``in_place``, which keeps the file and changes its
    contents in one transaction, gives them but for the counters of changes in the header. Raises BadLedger
    where the ledger has errors, Refused where something stands at ``path`` that forecastlog did not build or
    it lies inside the ledger, WriteFailed where the file cannot be written, FileChanged where the ledger was
    written to meanwhile, and DatabaseBusy; what stood there is untouched then.
    """
    problems = _sound(loaded)
    check_place(path, loaded.root, is_ours=is_built, kind="database that forecastlog built")
    try:
        with taking_name(path) as temporary:
            report, made, before = _write(
                loaded, temporary, path, partial(families, loaded, problems, today), watch
            )
            built = Remembered(program(), digest_of_database(temporary), made)
            flush(temporary)
            if in_place:
                copy(temporary, path)
            else:
                swap(temporary, path)
            remember(loaded.index, path, built, before)
    except Torn:
        raise FileChanged(loaded.root) from None
    except (OSError, sqlite3.Error) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise WriteFailed(f"cannot write {path}: {reason}. What stood there is untouched.") from error
    return BuildReport(path, report.rows, report.digest)


def sound_tables(loaded: Loaded, today: date) -> dict[str, list[Row]]:
    """All rows of all tables, as ``build`` writes them; raises BadLedger where the ledger has errors."""
    return tables(loaded, _sound(loaded), today)


def _sound(loaded: Loaded) -> list[Problem]:
    problems = check(loaded)
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        raise BadLedger(errors)
    loaded.let_go()  # from here on records are read, and places at most of findings
    return problems


def tables(loaded: Loaded, problems: Iterable[Problem], today: date) -> dict[str, list[Row]]:
    """All rows of all tables, those of the records in the order of the ledger."""
    with closing(tablefile.opened(":memory:")) as connection:
        tablefile.create(connection)
        before = fill(connection, families(loaded, problems, today), {})
        return {table.name: before.in_order(table.name) for table in TABLES}


def _write(
    loaded: Loaded, path: Path, target: Path, made_in: Callable[[], Sequence[Family]], watch: Watch
) -> tuple[BuildReport, Keeping, Remembered | None]:
    """Write a new file to ``path``, from the parts of the one at ``target`` that are still good.

    What was known of these comes back beside what is told and kept of the new one.
    """
    known = recall(loaded.index, target, program())
    if known:
        try:
            with _draft(target) as draft, suppress(FileNotFoundError):
                if copied(target, draft) == known.file:
                    return *_filled(draft, path, made_in(), watch, known), known
        except sqlite3.Error:  # whatever was wrong with it, a whole build does without
            path.unlink(missing_ok=True)
    with _draft(target) as draft:
        return *_filled(draft, path, made_in(), watch), None


def _draft(target: Path) -> AbstractContextManager[Path]:
    # By the target's name, so that the next build finds what a killed one left.
    return taking_name(target.with_name(f"{target.name}.rows"))


def _filled(
    draft: Path, path: Path, made_in: Sequence[Family], watch: Watch, known: Remembered | None = None
) -> tuple[BuildReport, Keeping]:
    with closing(tablefile.opened(draft)) as connection:
        connection.execute("begin")
        if not known:
            tablefile.create(connection)
        changes = Changes(TABLES) if known else None
        before = fill(connection, made_in, known.made if known else {}, watch, changes)
        if not known:
            tablefile.index(connection)
        connection.execute("commit")
        tablefile.finish(connection, path, changes)
        ((digest,),) = connection.execute("select digest from build").fetchall()
        report = BuildReport(path, tablefile.counts(connection), digest)
        return report, before.made
