"""A table with what a second one says of the same things beside it.

Forecasts in one file, outcomes in another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from forecastlog.interchange.found import BadFile
from forecastlog.interchange.rows import Row, Rows

BESIDE = "outcomes."
"""Stands before a column of the second table where the first has one of that name."""


def joined(rows: Rows, second: Rows, on: Mapping[str, str]) -> Rows:
    """Each row with the columns of the row of ``second`` that has the same in ``on``.

    They are blank where there is none.

    ``on`` has the columns of the first table with those of the second. Raises BadFile for a column that is
    not there, and where two rows of the second fit and differ.
    """
    ours = [rows.place(name, "--on") for name in on]
    keys = [second.place(name, "--on") for name in on.values()]
    places = [place for place in range(len(second.columns)) if place not in keys]
    theirs = _by_key(second, keys, places)
    blank = [""] * len(places)

    def key_of(row: Row) -> tuple[str, ...]:
        return tuple(row.cells[place].strip() for place in ours)

    def read() -> Iterator[Row]:
        for row in rows:
            yield Row(row.number, [*row.cells, *theirs.get(key_of(row), blank)])

    added = (second.columns[place] for place in places)
    columns = [*rows.columns, *(f"{BESIDE}{name}" if name in rows.columns else name for name in added)]
    known = {row.number: key_of(row) in theirs for row in rows}
    alone = [number for number, there in known.items() if not there]
    names = ", ".join(on)
    if known and len(alone) == len(known):
        raise BadFile(
            f"no row of {rows.path} has the same {names} as one of {second.path}: "
            "is --on the column that both have, written alike?"
        )
    more = f" and {len(alone) - 1:,} more have" if len(alone) > 1 else " has"
    note = f"Row {alone[0]:,}{more} no row in {second.path.name} with the same {names}." if alone else ""
    return Rows(rows.path, columns, read, [*rows.notes, *second.notes, *filter(None, [note])])


def _by_key(table: Rows, keys: Sequence[int], places: Sequence[int]) -> Mapping[tuple[str, ...], list[str]]:
    found: dict[tuple[str, ...], tuple[int, list[str]]] = {}
    for number, cells in table:
        key = tuple(cells[place].strip() for place in keys)
        own = [cells[place] for place in places]
        first, known = found.setdefault(key, (number, own))
        if known != own:
            raise BadFile(
                f"{table.path}: rows {first:,} and {number:,} say different things of {', '.join(key)}. "
                "Name more columns with --on, or mend the file."
            )
    return {key: own for key, (_, own) in found.items()}
