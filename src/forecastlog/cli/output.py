"""How listings are printed: a table for people, or JSON, lines of JSON, CSV and TSV for programs."""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

import click

from forecastlog.cli.text import bold, clean, flat, is_terminal, pad, terminal_width, width_of, wrap
from forecastlog.errors import BadValue

Cell = str | int | float | bool | Sequence[str] | Mapping[str, int] | None
Row = Mapping[str, Cell]
Function = TypeVar("Function", bound=Callable[..., Any])

NARROWEST = 12
"""No column of a table is squeezed below this; where that is still too wide, a record takes lines."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet runs a cell that begins so."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a listing, and those that a table shows unasked in a terminal of at least that width."""

    known: tuple[str, ...]
    shown: Mapping[str, int]

    def for_width(self, width: int) -> tuple[str, ...]:
        """The columns that a table of that width has room for."""
        return tuple(name for name, least in self.shown.items() if width >= least)


@dataclass(frozen=True, slots=True)
class Output:
    """What the options of a listing asked for; ``form`` is None for the usual page for people."""

    form: str | None = None
    style: str | None = None
    columns: tuple[str, ...] = ()

    @property
    def for_people(self) -> bool:
        """Whether nothing was asked that needs rows as they are."""
        return self.form is None and self.style is None and not self.columns

    def print(self, rows: Iterable[Row], columns: Columns) -> None:
        """Print the rows in the form asked for; BadValue for a column that there is not."""
        check_columns(self.columns, columns.known)
        if self.form is None and self.style is None:
            chosen = self.columns or columns.for_width(terminal_width())
            text = table(rows, chosen, terminal_width())
        else:
            text = self._for_programs(rows, self.columns or columns.known)
        if text:
            click.echo(text, color=True)

    def _for_programs(self, rows: Iterable[Row], columns: Sequence[str]) -> str:
        kept = [{name: tidy(row.get(name)) for name in columns} for row in rows]
        if self.style:
            return _tabulated(kept, columns, self.style)
        if self.form == "json":
            return "[" + ",\n ".join(dumps(row) for row in kept) + "]"
        if self.form == "nl":
            return "\n".join(dumps(row) for row in kept)
        text = _csv(kept, columns, "\t" if self.form == "tsv" else ",")
        return clean(text) if is_terminal() else text


def output_options(function: Function) -> Function:
    """The options ``--json --nl --csv --tsv --fmt -c`` of every listing, handed over as one ``output``."""

    @click.option("--json", "form", flag_value="json", help="Print a JSON array.")
    @click.option("--nl", "form", flag_value="nl", help="Print a JSON object a line.")
    @click.option("--csv", "form", flag_value="csv", help="Print CSV.")
    @click.option("--tsv", "form", flag_value="tsv", help="Print tab-separated values.")
    @click.option(
        "--fmt", "style", metavar="NAME", help="Print a table of that style, such as github or grid."
    )
    @click.option(
        "-c", "--column", "columns", multiple=True, metavar="NAME", help="Show this column (repeatable)."
    )
    @wraps(function)
    def bundled(
        *args: Any, form: str | None, style: str | None, columns: tuple[str, ...], **rest: Any
    ) -> Any:
        return function(*args, output=Output(form, style, columns), **rest)

    return bundled  # type: ignore[return-value]  # wraps keeps the name, the options replace the signature


def check_columns(asked: Iterable[str], known: Sequence[str]) -> None:
    """Raise BadValue for the first name that is no column."""
    for name in asked:
        if name not in known:
            raise BadValue(f"there is no column '{name}'. The columns are {', '.join(known)}.")


def tidy(value: Cell) -> Cell:
    """The value as a program should get it: infinity and not-a-number are null."""
    return None if isinstance(value, float) and not math.isfinite(value) else value


def dumps(value: object) -> str:
    """JSON in the characters of the output's encoding, and nothing that a terminal would obey."""
    import json  # here and in _csv: the quick commands print neither

    encoding = ((sys.stdout and sys.stdout.encoding) or "utf-8").lower()
    text = json.dumps(value, ensure_ascii=not encoding.startswith("utf"), default=list)
    return re.sub("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]", _escaped, text)


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
    widths = _fitted([max(map(width_of, column)) for column in zip(columns, *cells, strict=True)], width)
    if not rows:
        return ""
    if widths is None:
        return "\n\n".join(_record(columns, row, width) for row in cells)
    right = [_numeric([row.get(name) for row in rows]) for name in columns]
    body = [_lines(row, widths, right) for row in cells]
    head = [*map(bold, _lines(columns, widths, right)), "  ".join("-" * size for size in widths)]
    gap = "\n\n" if any(len(lines) > 1 for lines in body) else "\n"
    return "\n".join([*head, gap.join("\n".join(lines) for lines in body)])


def _fitted(widths: Sequence[int], total: int) -> list[int] | None:
    """The widths with the widest ones cut alike until all fit into ``total``; None where they cannot."""
    room = total - 2 * (len(widths) - 1)
    if sum(min(width, NARROWEST) for width in widths) > room:
        return None
    cap = max(widths)
    while sum(min(width, cap) for width in widths) > room:
        cap -= 1
    return [min(width, cap) for width in widths]


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
    writer.writerows([_unarmed(row[name]) for name in columns] for row in rows)
    return out.getvalue().removesuffix("\n")


def _unarmed(value: Cell) -> str:
    """A cell that no spreadsheet runs: an apostrophe goes before what begins like a formula."""
    text = _plain(value)
    return f"'{text}" if text.startswith(FORMULA) and not _is_number(text) else text


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", text, re.ASCII | re.IGNORECASE) is not None


def _tabulated(rows: Sequence[Row], columns: Sequence[str], style: str) -> str:
    # Imported here: heavy, and only for these styles; it has no types.
    from tabulate import tabulate, tabulate_formats  # type: ignore[import-untyped]  # as said

    if style not in tabulate_formats:
        raise BadValue(f"there is no table style '{style}'. The styles are {', '.join(tabulate_formats)}.")
    cells = [[shown(row[name]) for name in columns] for row in rows]
    return str(tabulate(cells, headers=list(columns), tablefmt=style, disable_numparse=True))


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"
