"""The scores of a Tally as a SQLite database that Datasette serves."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from forecastlog import __version__
from forecastlog.column import Column, columns_of, count, named, text
from forecastlog.placing import written_whole
from forecastlog.tallying.rows import BinRow, TallyRow, bin_rows, tally_rows

if TYPE_CHECKING:
    from forecastlog.scoring import Tally
    from forecastlog.tallying.source import Wanted

APPLICATION_ID = int.from_bytes(b"fclt")
"""Stands in the header of every database that is written here: a ledger's own has another."""

TABLES: dict[str, tuple[Column, ...]] = {
    "scoreboard": columns_of(TallyRow),
    "calibration": columns_of(BinRow),
    "tallied": named(
        source=text("the name of what was read, without its folder"),
        by=text("the columns of labels, with commas between"),
        p=text("the column of probabilities"),
        y=text("the column of outcomes"),
        n=count("how many forecasts have both"),
        dropped=count("how many lack one of them"),
        binned=count("into how many bins the probabilities were put for want of room; empty where into none"),
        forecastlog=text("the version that reckoned it"),
    ),
    "columns": named(
        table=text("the table"), column=text("its column"), meaning=text("what the column means")
    ),
}
"""The tables with their columns; what they mean stands in the database itself."""


def is_tallied(path: Path) -> bool:
    """Whether the file is a database that was written here."""
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except OSError:
        return False
    return header.startswith(b"SQLite format 3\0") and int.from_bytes(header[68:72]) == APPLICATION_ID


def write_tables(tally: Tally, path: Path, *, source: str, wanted: Wanted, bins: int = 10) -> None:
    """Write scoreboard and calibration, replacing the file at ``path`` in one step; raises WriteFailed."""
    rows: dict[str, Iterator[tuple[object, ...]]] = {
        "scoreboard": (tuple(asdict(row).values()) for row in tally_rows(tally)),
        "calibration": (tuple(asdict(row).values()) for row in bin_rows(tally, bins=bins)),
        "tallied": iter([_tallied(tally, source, wanted)]),
        "columns": (
            (table, column.name, column.meaning) for table, columns in TABLES.items() for column in columns
        ),
    }
    with (
        written_whole(path, (OSError, sqlite3.Error)) as temporary,
        closing(sqlite3.connect(temporary)) as connection,
    ):
        connection.execute("pragma journal_mode = off")
        connection.execute(f"pragma application_id = {APPLICATION_ID}")
        for name, columns in TABLES.items():
            typed = ", ".join(f'"{column.name}" {column.type}' for column in columns)
            connection.execute(f'create table "{name}" ({typed}) strict')
            marks = ", ".join("?" * len(columns))
            connection.executemany(f'insert into "{name}" values ({marks})', rows[name])  # noqa: S608 - our own names
        for name in ("scoreboard", "calibration"):
            connection.execute(f'create index "idx_{name}_group" on "{name}" ("group")')
        connection.commit()


def _tallied(tally: Tally, source: str, wanted: Wanted) -> tuple[object, ...]:
    n, dropped = (int(value.sum()) if tally.by else value for value in (tally.n(), tally.dropped))
    name = source.rstrip("/").rsplit("/", 1)[-1]
    return (name, ", ".join(wanted.by), wanted.p, wanted.y, n, dropped, tally.binned, __version__)
