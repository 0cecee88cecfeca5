"""How listings are printed: a table for people, or JSON, lines of JSON, CSV and TSV for programs."""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from forecastlog.cli.options import bundled
from forecastlog.cli.text import bold, clean, flat, is_terminal, pad, terminal_width, wrap
from forecastlog.errors import BadValue
from forecastlog.phrasing import width_of
from forecastlog.spreadsheet import unarmed

if TYPE_CHECKING:
    from forecastlog.column import Column

Item = TypeVar("Item")
Cell = str | int | float | bool | Sequence[str] | Mapping[str, int] | None
Row = Mapping[str, Cell]

NARROWEST = 12
"""No column of a table is squeezed below this; where that is still too wide, a record takes lines."""

UNBROKEN = ("id",)
"""Columns whose cells are not broken while the others have room."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a listing: those that programs get unasked, and those that people do.

    ``shown`` tells how wide a terminal must be for a column to be in its table. ``others`` are further names
    that may be asked for, each with the name that rows have for it.
    """

    known: tuple[str, ...]
    shown: Mapping[str, int]
    others: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, columns: Sequence[Column]) -> Columns:
        """The listing of a table's columns, each under its short name."""
        listed = sorted((column.listed, column.short) for column in columns if column.listed is not None)
        return cls(
            tuple(name for _, name in listed),
            {column.short: column.width for column in columns if column.width is not None},
            {name: column.short for column in columns for name in sorted(column.names)},
        )

    @classmethod
    def of_rows(cls, *rows: type[Any]) -> Columns:
        """The listing of what dataclasses declare, side by side; what they share stands once."""
        from forecastlog.column import (
            columns_of,
        )  # here, because some commands print a table and read no ledger

        found = {column.name: column for row in rows for column in columns_of(row)}
        return cls.of([replace(column, listed=place) for place, column in enumerate(found.values())])

    def called(self, name: str) -> str:
        """What rows call the column of that name; raises BadValue where there is none."""
        if name in self.known:
            return name
        if name in self.others:
            return self.others[name]
        known = dict.fromkeys((*self.known, *self.others.values()))
        raise BadValue(f"there is no column '{name}'. The columns are {', '.join(known)}.")

    def for_width(self, width: int) -> tuple[str, ...]:
        """The columns that a table of that width has room for."""
        return tuple(name for name, least in self.shown.items() if width >= least)


class Where(NamedTuple):
    """A condition on rows: the cell of ``column`` stands in ``relation`` to what was typed."""

    column: str
    value: str
    relation: str = "="


@dataclass(frozen=True, slots=True)
class Output:
    """What the options of a listing asked for; ``form`` is None for the usual page for people."""

    form: str | None = None
    style: str | None = None
    columns: tuple[str, ...] = ()
    where: tuple[Where, ...] = ()

    @property
    def for_people(self) -> bool:
        """Whether nothing was asked that needs rows as they are."""
        return self == Output()

    def chosen(self, items: Iterable[Item], columns: Columns, row: Callable[[Item], Row]) -> list[Item]:
        """The items whose rows have the values of every ``--where``.

        BadValue for a column that there is not.
        """
        wanted = [one._replace(column=columns.called(one.column)) for one in self.where]
        return [item for item in items if _matches_all(row(item), wanted)] if wanted else list(items)

    def print(self, rows: Iterable[Row], columns: Columns, none: str = "") -> None:
        """Print the rows that were asked for in the form asked for; people are told where there is ``none``.

        BadValue for a column that there is not.
        """
        asked = tuple(map(columns.called, self.columns))
        rows = self.chosen(rows, columns, lambda row: row)
        if self.form is None and self.style is None:
            chosen = asked or columns.for_width(terminal_width())
            text = table(rows, chosen, terminal_width())
        else:
            text = self._for_programs(rows, asked or columns.known)
        if text:
            click.echo(text, color=True)
        if none and not rows and self.form is None:
            click.echo(none, err=True)

    def _for_programs(self, rows: Iterable[Row], columns: Sequence[str]) -> str:
        kept = [{name: tidy(row.get(name)) for name in columns} for row in rows]
        if self.style:
            return _tabulated(kept, columns, self.style)
        if self.form == "json":
            return listed(kept)
        if self.form == "nl":
            return "\n".join(dumps(row) for row in kept)
        text = _csv(kept, columns, "\t" if self.form == "tsv" else ",")
        return clean(text) if is_terminal() else text


def condition(text: str) -> Where:
    """The column, the relation and the value of ``COLUMN=VALUE``, ``COLUMN<=VALUE`` and their like.

    >>> condition("latest<2026-01-01")
    Where(column='latest', value='2026-01-01', relation='<')
    """
    match = re.match(r"([^=<>!~]+)(!=|<=|>=|=|<|>|~)(.*)", text, re.DOTALL)
    if match is None:
        raise BadValue(f"--where '{text}' has no '='. Write it as COLUMN=VALUE, such as status=due.")
    return Where(match[1].strip(), match[3], match[2])


output_options = bundled(
    Output,
    "output",
    click.option("--json", "form", flag_value="json", help="Print a JSON array."),
    click.option("--nl", "form", flag_value="nl", help="Print a JSON object a line."),
    click.option("--csv", "form", flag_value="csv", help="Print CSV."),
    click.option("--tsv", "form", flag_value="tsv", help="Print tab-separated values."),
    click.option(
        "--fmt", "style", metavar="NAME", help="Print a table of that style, such as github or grid."
    ),
    click.option(
        "-c", "--column", "columns", multiple=True, metavar="NAME", help="Show this column (repeatable)."
    ),
    click.option(
        "--where",
        metavar="COLUMN=VALUE",
        multiple=True,
        callback=lambda ctx, _, value: () if ctx.resilient_parsing else tuple(map(condition, value)),
        help="Only rows with this value; also !=, <, <=, >, >= and ~ for a part of it (repeatable).",
    ),
)
"""The options ``--json --nl --csv --tsv --fmt -c --where`` of every listing, as one ``output``."""


def fits(cell: Cell, wanted: Where) -> bool:
    """Whether a cell stands in the relation that is wanted.

    Numbers by their worth, texts and days by their letters.

    An empty cell is neither less nor more than anything.

    >>> fits(0.4, Where("probability", "30%", ">")), fits("2026-03-19", Where("latest", "2026", "<"))
    (True, False)
    """
    if wanted.relation in ("=", "!="):
        return matches(cell, wanted.value) == (wanted.relation == "=")
    if cell is None:
        return False
    if wanted.relation == "~":
        return wanted.value.casefold() in _plain(cell).casefold()
    one: Any = cell if isinstance(cell, int | float) else _plain(cell)
    other: Any = wanted.value if isinstance(one, str) else _number(wanted)
    return bool({"<": one < other, "<=": one <= other, ">": one > other, ">=": one >= other}[wanted.relation])


def _number(wanted: Where) -> float:
    text = wanted.value.strip()
    try:
        return float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        raise BadValue(f"--where: '{wanted.column}' has numbers, and '{text}' is none.") from None


def matches(cell: Cell, value: str) -> bool:
    """Whether a cell has the value typed: any of a list's items, numbers by their worth, None for nothing.

    >>> (matches(0.5, "0.50"), matches(("us-aid", "ukraine"), "ukraine"), matches(None, ""),
    ...  matches(True, "yes"))
    (True, True, True, True)
    """
    if cell is None or cell in ((), []):
        return not value
    if isinstance(cell, bool):
        return value.lower() in (("yes", "true", "1") if cell else ("no", "false", "0"))
    if isinstance(cell, Sequence) and not isinstance(cell, str):
        return value in cell
    try:
        return str(cell) == value or (not isinstance(cell, str) and float(value) == cell)
    except (TypeError, ValueError):
        return False


def _matches_all(row: Row, wanted: Iterable[Where]) -> bool:
    return all(fits(row.get(one.column), one) for one in wanted)


def tidy(value: Cell) -> Cell:
    """The value as a program should get it: infinity and not-a-number are null."""
    return None if isinstance(value, float) and not math.isfinite(value) else value


def dumps(value: object) -> str:
    """JSON in the characters of the output's encoding, and nothing that a terminal would obey."""
    import json  # here and in _csv: the quick commands print neither

    encoding = ((sys.stdout and sys.stdout.encoding) or "utf-8").lower()
    text = json.dumps(value, ensure_ascii=not encoding.startswith("utf"), default=list)
    return re.sub("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]", _escaped, text)


def listed(values: Iterable[object]) -> str:
    """A JSON array, a value a line."""
    return "[" + ",\n ".join(map(dumps, values)) + "]"


def shown(value: Cell) -> str:
    """The value in a table."""
    value = tidy(value)
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.3g}"
    return flat(_plain(value))


def table(rows: Iterable[Row], columns: Sequence[str], width: int) -> str:
    """A table that fits ``width`` columns by wrapping its cells; a record takes lines where it cannot."""
    rows = list(rows)
    cells = [[shown(row.get(name)) for name in columns] for row in rows]
    whole = [max(map(width_of, column)) for column in zip(columns, *cells, strict=True)]
    # An id is there to be copied: it keeps its line where the others still have room.
    kept = [size if name in UNBROKEN else NARROWEST for name, size in zip(columns, whole, strict=True)]
    widths = _fitted(whole, width, kept) or _fitted(whole, width, [NARROWEST] * len(columns))
    if not rows:
        return ""
    if widths is None:
        return "\n\n".join(_record(columns, row, width) for row in cells)
    right = [_numeric([row.get(name) for row in rows]) for name in columns]
    body = [_unbroken(columns, row, widths, right) for row in cells]
    head = [*map(bold, _lines(columns, widths, right)), "  ".join("-" * size for size in widths)]
    gap = "\n\n" if any(len(lines) > 1 for lines in body) else "\n"
    return "\n".join([*head, gap.join("\n".join(lines) for lines in body)])


def _fitted(widths: Sequence[int], total: int, least: Sequence[int]) -> list[int] | None:
    """The widths with the widest ones cut alike until all fit into ``total``; None where they cannot.

    None is cut below what ``least`` has for it.
    """
    room = total - 2 * (len(widths) - 1)
    if sum(map(min, widths, least)) > room:
        return None
    cap = max(widths)
    while sum(min(width, max(cap, low)) for width, low in zip(widths, least, strict=True)) > room:
        cap -= 1
    return [min(width, max(cap, low)) for width, low in zip(widths, least, strict=True)]


def _unbroken(
    columns: Sequence[str], cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]
) -> list[str]:
    """The lines of a row; an id that its column has no room for stands above them, whole."""
    above = [
        name in UNBROKEN and width_of(cell) > width
        for name, cell, width in zip(columns, cells, widths, strict=True)
    ]
    rest = ["" if lifted else cell for lifted, cell in zip(above, cells, strict=True)]
    return [
        *(cell for lifted, cell in zip(above, cells, strict=True) if lifted),
        *_lines(rest, widths, right),
    ]


def _lines(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> list[str]:
    wrapped = [wrap(cell, width) for cell, width in zip(cells, widths, strict=True)]
    height = max(map(len, wrapped))
    columns = [
        [pad(line, width, right=flush) for line in lines + [""] * (height - len(lines))]
        for lines, width, flush in zip(wrapped, widths, right, strict=True)
    ]
    return ["  ".join(parts).rstrip() for parts in zip(*columns, strict=True)]


def _record(columns: Sequence[str], cells: Sequence[str], width: int) -> str:
    """One record down the page, for a terminal too narrow for a table."""
    return "\n".join(
        line
        for name, cell in zip(columns, cells, strict=True)
        if cell
        for line in wrap(f"{name}: {cell}", width)
    )


def _numeric(values: Iterable[Cell]) -> bool:
    present = [value for value in values if value is not None]
    return bool(present) and all(isinstance(value, int | float) for value in present)


def _plain(value: Cell) -> str:
    """One cell of text: a list's items with commas, a mapping's counts as ``reason: 3``."""
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {count}" for name, count in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(value)
    return "" if value is None else str(value)


def _csv(rows: Iterable[Mapping[str, Cell]], columns: Sequence[str], delimiter: str) -> str:
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([unarmed(_plain(row[name])) for name in columns] for row in rows)
    return out.getvalue().removesuffix("\n")


def _tabulated(rows: Sequence[Row], columns: Sequence[str], style: str) -> str:
    # Imported here: heavy, and only for these styles; it has no types.
    from tabulate import tabulate, tabulate_formats  # type: ignore[import-untyped]  # as said

    if style not in tabulate_formats:
        raise BadValue(f"there is no table style '{style}'. The styles are {', '.join(tabulate_formats)}.")
    cells = [[shown(row[name]) for name in columns] for row in rows]
    return str(tabulate(cells, headers=list(columns), tablefmt=style, disable_numparse=True))


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"
