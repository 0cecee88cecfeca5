"""A table with what a second one says of the same things beside it.

Forecasts in one file, outcomes in another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from forecastlog.interchange.found import BadFile
from forecastlog.interchange.rows import Row, Rows
from forecastlog.values import nearest

BESIDE = "outcomes."
"""Stands before a column of the second table where the first has one of that name."""


def joined(rows: Rows, second: Rows, on: Mapping[str, str]) -> Rows:
    """Each row with the columns of the row of ``second`` that has the same in ``on``.

    They are blank where there is none.

    ``on`` has the columns of the first table with those of the second. Raises BadFile for a column that is
    not there, and where two rows of the second fit and differ.
    """
    for table, names in ((rows, on.keys()), (second, on.values())):
        for name in names:
            if name not in table.columns:
                near = nearest(name, table.columns)
                hint = (
                    f" Did you mean '{near}'?" if near else f" Its columns: {', '.join(table.columns[:20])}."
                )
                raise BadFile(f"{table.path} has no column '{name}' for --on.{hint}")
    added = [name for name in second.columns if name not in on.values()]
    places = [second.columns.index(name) for name in added]
    theirs = _by_key(second, [second.columns.index(name) for name in on.values()], places)
    ours = [rows.columns.index(name) for name in on]
    blank = [""] * len(added)

    def read() -> Iterator[Row]:
        for row in rows:
            key = tuple(row.cells[place].strip() for place in ours)
            yield Row(row.number, [*row.cells, *theirs.get(key, blank)])

    columns = [*rows.columns, *(f"{BESIDE}{name}" if name in rows.columns else name for name in added)]
    return Rows(rows.path, columns, read, [*rows.notes, *second.notes])


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
