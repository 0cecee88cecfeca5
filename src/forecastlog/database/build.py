"""Build the database from a ledger: a new file beside the old one, checked, then swapped in."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
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
from forecastlog.database.score_tables import BUILD
from forecastlog.database.scored import Scored, score_tables
from forecastlog.database.sounded import sounded_rows
from forecastlog.errors import BadLedger, WriteFailed
from forecastlog.history import made_from
from forecastlog.ledger import Loaded
from forecastlog.placing import check_place, flush, taking_name
from forecastlog.problems import Problem
from forecastlog.standing.published import is_hidden, published, withheld
from forecastlog.vocabulary.deadlines import DEADLINE_CONVENTION
from forecastlog.vocabulary.scores import Timing
from forecastlog.went import sentences

if TYPE_CHECKING:
    from sqlite_utils import Database


CHUNK = 1000
"""How many rows are written as text at a time for the digest."""
READ_AGAIN = ("articles", "forecaster_names", "predictions", "prediction_tags")
"""The tables of records whose rows others are made from: they are held, all others go as they come."""


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
    return {table.name: list(rows) for table, rows in tables(loaded, _sound(loaded), today)}


def _sound(loaded: Loaded) -> Iterable[Problem]:
    problems = check(loaded)
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        raise BadLedger(errors)
    loaded.let_go()  # from here on records are read, and places at most of findings
    return problems


def tables(loaded: Loaded, problems: Iterable[Problem], today: date) -> Iterator[tuple[Table, Iterable[Row]]]:
    """Every table in the order of the schema, its rows made as they are taken.

    All rows of a table have to be taken before the next one: ``build`` comes last and holds their digest.
    """
    hidden = {
        name for one in loaded.ledger.predictions if is_hidden(one, today) for name in (one.id, *one.was)
    }
    ledger = published(loaded.ledger, today)
    kept = {table.name: table.rows(ledger, today) for table in RECORDS if table.name in READ_AGAIN}
    made: dict[str, Iterable[Row]] = {table.name: table.each(ledger, today) for table in RECORDS}
    scored = score_tables(ledger, today)
    made |= kept | scored.tables
    made |= {"scales": scale_rows(ledger, today), "readings": reading_rows(ledger, today)}
    made["due"] = due_rows(ledger, today)
    made["filters"] = filter_rows(ledger, kept)
    made["sounded"] = sounded_rows(kept["predictions"])
    made["totals"] = total_rows(ledger, kept["predictions"], scored.pairs, today)
    made["audit"], history = audit_rows(loaded, today, hidden)
    told = [one for one in problems if not any(loaded.holds(name, one.span) for name in hidden)]
    made["problems"] = [_problem_row(loaded.root, number, problem) for number, problem in enumerate(told, 1)]
    digest = _Digest()
    for table in TABLES:
        if table is BUILD:
            made[table.name] = [{**_build_row(loaded, kept, scored, today, history), "digest": str(digest)}]
        yield table, digest.through(table.name, made.pop(table.name))


def _write(loaded: Loaded, path: Path, problems: Iterable[Problem], today: date) -> BuildReport:
    from sqlite_utils import Database

    path.unlink(missing_ok=True)
    database = Database(sqlite3.connect(path))
    counts: dict[str, int] = {}
    try:
        # The file is thrown away if anything fails, so no journal is needed to build it.
        database.conn.execute("pragma journal_mode = off")
        database.conn.execute(f"pragma application_id = {APPLICATION_ID}")
        for table in TABLES:
            _create(database, table)
        with database.conn:
            for table, rows in tables(loaded, problems, today):
                counts[table.name] = _insert(database, table, rows)
        for table in TABLES:
            _index(database, table)
        broken = database.conn.execute("pragma foreign_key_check").fetchall()
        if broken:
            name, row, target, _ = broken[0]
            raise sqlite3.IntegrityError(f"row {row} of {name} names no {target}")
        ((digest,),) = database.conn.execute("select digest from build").fetchall()
        database.conn.execute("analyze")
        database.conn.commit()
        database.conn.execute("vacuum")
    finally:
        database.conn.close()
    return BuildReport(path, counts, digest)


def _create(database: Database, table: Table) -> None:
    types = {"TEXT": str, "INTEGER": int, "REAL": float}
    database[table.name].create(  # type: ignore[union-attr]  # no view has this name
        {column.name: types[column.type] for column in table.columns},
        pk=table.key,
        foreign_keys=[(column.name, column.ref, "id") for column in table.columns if column.ref],
        strict=True,
    )


def _insert(database: Database, table: Table, rows: Iterable[Row]) -> int:
    """Write the rows; returns how many there are."""
    names = [column.name for column in table.columns]
    done = database.conn.executemany(
        f'insert into "{table.name}" values ({", ".join("?" * len(names))})',  # noqa: S608  # our own names
        ([row[name] for name in names] for row in rows),
    )
    return max(done.rowcount, 0)  # without any row SQLite counts -1


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


def _build_row(
    loaded: Loaded, rows: Mapping[str, list[Row]], scored: Scored, today: date, history: str
) -> Row:
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
    }


class _Digest:
    """SHA-256 over every table's name and rows, in the order in which they are taken."""

    def __init__(self) -> None:
        self._total = hashlib.sha256()

    def __str__(self) -> str:
        return self._total.hexdigest()

    def through(self, name: str, rows: Iterable[Row]) -> Iterator[Row]:
        """The same rows, each counted in before it is handed on."""
        self._total.update(name.encode())
        left = iter(rows)
        while chunk := list(islice(left, CHUNK)):
            names = sorted(chunk[0])
            part = [[row[each] for each in names] for row in chunk]
            self._total.update(json.dumps([names, part]).encode())
            yield from chunk
