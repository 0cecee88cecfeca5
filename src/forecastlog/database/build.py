"""Build the database from a ledger: a new file beside the old one, checked, then swapped in."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from forecastlog import __version__
from forecastlog.checks import check
from forecastlog.column import Row, Table
from forecastlog.columns.findings import PROBLEM
from forecastlog.database.audited import audit_rows
from forecastlog.database.counted import total_rows
from forecastlog.database.due_rows import due_rows
from forecastlog.database.filtered import filter_rows
from forecastlog.database.read import reading_rows, scale_rows
from forecastlog.database.recognized import APPLICATION_ID, is_built
from forecastlog.database.renewing import copy, swap
from forecastlog.database.schema import RECORDS, TABLES
from forecastlog.database.scored import Scored, score_tables
from forecastlog.database.sounded import sounded_rows
from forecastlog.errors import BadLedger, WriteFailed
from forecastlog.history import made_from
from forecastlog.ledger import Loaded
from forecastlog.placing import check_place, flush, taking_name
from forecastlog.problems import Problem
from forecastlog.standing.published import is_hidden, published, withheld
from forecastlog.vocabulary import DEADLINE_CONVENTION, Timing
from forecastlog.went import sentences

if TYPE_CHECKING:
    from sqlite_utils import Database


CHUNK = 1000
"""How many rows are written as text at a time for the digest."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What was built: rows a table, and the digest of all tables' contents."""

    path: Path
    rows: dict[str, int]
    digest: str


def build(loaded: Loaded, path: Path, *, today: date, in_place: bool = False) -> BuildReport:
    """Write the database at ``path`` as of ``today``, replacing the file that stood there in one step.

    The same ledger and day give the same bytes; ``in_place``, which keeps the file and changes its contents in
    one transaction, the same rows. Raises BadLedger where the ledger has errors, Refused where something stands
    at ``path`` that forecastlog did not build or it lies inside the ledger, WriteFailed where the file cannot be
    written and DatabaseBusy; what stood there is untouched then.
    """
    problems = _sound(loaded)
    check_place(path, loaded.root, is_ours=is_built, kind="database that forecastlog built")
    try:
        with taking_name(path) as temporary:
            report = _write(loaded, temporary, problems, today)
            flush(temporary)
            if in_place:
                copy(temporary, path)
            else:
                swap(temporary, path)
    except (OSError, sqlite3.Error) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise WriteFailed(f"cannot write {path}: {reason}. What stood there is untouched.") from error
    return BuildReport(path, report.rows, report.digest)


def sound_tables(loaded: Loaded, today: date) -> dict[str, list[Row]]:
    """All rows of all tables, as ``build`` writes them; raises BadLedger where the ledger has errors."""
    return tables(loaded, _sound(loaded), today)


def _sound(loaded: Loaded) -> Iterable[Problem]:
    problems = check(loaded)
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        raise BadLedger(errors)
    return problems


def tables(loaded: Loaded, problems: Iterable[Problem], today: date) -> dict[str, list[Row]]:
    """All rows of all tables, in the order of the schema; ``build`` comes last and holds their digest."""
    hidden = {
        name for one in loaded.ledger.predictions if is_hidden(one, today) for name in (one.id, *one.was)
    }
    ledger = published(loaded.ledger, today)
    rows = {table.name: table.rows(ledger, today) for table in RECORDS}
    scored = score_tables(ledger, today)
    rows |= scored.tables
    rows |= {"scales": list(scale_rows(ledger, today)), "readings": list(reading_rows(ledger, today))}
    rows["due"] = list(due_rows(ledger, today))
    rows["filters"] = list(filter_rows(ledger, rows))
    rows["sounded"] = list(sounded_rows(rows["predictions"]))
    rows["totals"] = list(total_rows(ledger, rows["predictions"], scored.pairs, today))
    rows["audit"], history = audit_rows(loaded, today, hidden)
    told = [one for one in problems if not any(loaded.holds(name, one.span) for name in hidden)]
    rows["problems"] = [_problem_row(loaded.root, number, problem) for number, problem in enumerate(told, 1)]
    ordered = {table.name: rows[table.name] for table in TABLES if table.name != "build"}
    ordered["build"] = [_build_row(loaded, ordered, scored, today, history)]
    return ordered


def _write(loaded: Loaded, path: Path, problems: Iterable[Problem], today: date) -> BuildReport:
    from sqlite_utils import Database

    path.unlink(missing_ok=True)
    database = Database(sqlite3.connect(path))
    try:
        # The file is thrown away if anything fails, so no journal is needed to build it.
        database.conn.execute("pragma journal_mode = off")
        database.conn.execute(f"pragma application_id = {APPLICATION_ID}")
        rows = tables(loaded, problems, today)
        for table in TABLES:
            _create(database, table)
        with database.conn:
            for table in TABLES:
                _insert(database, table, rows[table.name])
        for table in TABLES:
            _index(database, table)
        broken = database.conn.execute("pragma foreign_key_check").fetchall()
        if broken:
            table, row, target, _ = broken[0]
            raise sqlite3.IntegrityError(f"row {row} of {table} names no {target}")
        database.conn.execute("analyze")
        database.conn.commit()
        database.conn.execute("vacuum")
    finally:
        database.conn.close()
    counts = {name: len(values) for name, values in rows.items()}
    return BuildReport(path, counts, str(rows["build"][0]["digest"]))


def _create(database: Database, table: Table) -> None:
    types = {"TEXT": str, "INTEGER": int, "REAL": float}
    database[table.name].create(  # type: ignore[union-attr]  # no view has this name
        {column.name: types[column.type] for column in table.columns},
        pk=table.key,
        foreign_keys=[(column.name, column.ref, "id") for column in table.columns if column.ref],
        strict=True,
    )


def _insert(database: Database, table: Table, rows: Iterable[Row]) -> None:
    names = [column.name for column in table.columns]
    database.conn.executemany(
        f'insert into "{table.name}" values ({", ".join("?" * len(names))})',  # noqa: S608  # our own names
        ([row[name] for name in names] for row in rows),
    )


def _index(database: Database, table: Table) -> None:
    for column in table.columns:
        if column.ref:
            # Without the rows that name nothing: a key that is mostly empty would count as telling little apart,
            # and SQLite would read the whole table instead.
            database.conn.execute(
                f'create index "idx_{table.name}_{column.name}" on "{table.name}" ("{column.name}") '
                f'where "{column.name}" is not null'
            )
    for columns in dict.fromkeys(table.indexes):
        database[table.name].create_index(columns, if_not_exists=True)  # type: ignore[union-attr]
    if table.search:
        database[table.name].enable_fts(table.search, tokenize="porter unicode61")  # type: ignore[union-attr]


def _problem_row(root: Path, number: int, problem: Problem) -> Row:
    span = problem.span
    path = Path(span.path) if span else root
    inside = path.relative_to(root) if path.is_relative_to(root) else Path(path.name)
    row = {column.name: column.stored(problem) for column in PROBLEM}
    return {"id": number, **row, "path": inside.as_posix() if span else None}


def _build_row(loaded: Loaded, rows: dict[str, list[Row]], scored: Scored, today: date, history: str) -> Row:
    settings = loaded.ledger.settings
    commit, uncommitted = made_from(loaded)
    later = withheld(loaded.ledger.predictions, today)
    kept = [row for row in rows["predictions"] if not row["logged_wrongly"]]
    timings = Counter(row["timing"] for row in kept)
    return {
        "id": 1,
        "as_of": today.isoformat(),
        "forecastlog": __version__,
        "format": settings.format,
        "convention": DEADLINE_CONVENTION,
        "scale": settings.scale,
        "timezone": settings.timezone,
        "conclusion": scored.conclusion,
        "title": settings.title,
        "description": settings.description,
        "licence": settings.licence,
        "licence_url": settings.licence_url,
        "language": settings.language,
        "contact": settings.contact,
        "history": history,
        "commit": commit,
        "uncommitted": int(uncommitted),
        "withheld": len(later),
        "withheld_until": str(later[0].withheld_until) if later else None,
        "articles": len(rows["articles"]),
        "predictions": len(kept),
        "logged_wrongly": len(rows["predictions"]) - len(kept),
        "resolved": sum(row["status"] == "resolved" for row in kept),
        **{timing.replace(" ", "_"): timings[timing] for timing in get_args(Timing)},
        "went": sentences(kept),
        "digest": _digest(rows),
    }


def _digest(rows: dict[str, list[Row]]) -> str:
    """SHA-256 over every table's name and rows, in order."""
    total = hashlib.sha256()
    for name, values in rows.items():
        total.update(name.encode())
        names = sorted(values[0]) if values else []
        for start in range(0, len(values), CHUNK):
            part = [[row[each] for each in names] for row in values[start : start + CHUNK]]
            total.update(json.dumps([names, part]).encode())
    return total.hexdigest()
