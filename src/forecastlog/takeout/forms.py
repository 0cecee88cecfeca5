"""Rows of columns -> a file of CSV, JSON, JSON Lines or Parquet, written row by row."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from forecastlog.column import Column, Row, Stored
from forecastlog.errors import BadValue
from forecastlog.placing import check_new, written_whole
from forecastlog.spreadsheet import cell

Columns = Sequence[Column]
BATCH = 50_000
"""Rows of Parquet that are held at a time."""


class Form(NamedTuple):
    """How a form of file is told and written."""

    ending: str
    mediatype: str
    write: Callable[[Path, Columns, Iterable[Row]], None]


def form_of(path: Path) -> Form:
    """The form that a file's name asks for; raises BadValue for another ending."""
    for form in FORMS.values():
        if path.name.lower().endswith(form.ending):
            return form
    raise BadValue(f"{path}: its name ends with none of {', '.join(form.ending for form in FORMS.values())}.")


def need(form: Form) -> None:
    """Raise BadValue where the form cannot be written here."""
    if form.ending == ".parquet" and find_spec("pyarrow") is None:
        raise BadValue(
            "Parquet needs pyarrow. Install with: pip install 'forecastlog[parquet]', or write CSV."
        )


def write_rows(path: Path, form: Form, columns: Columns, rows: Iterable[Row], *, replace: bool) -> None:
    """Write the file whole or not; raises Refused where something stands there, WriteFailed."""
    need(form)
    check_new(path, replace=replace)
    with written_whole(path) as temporary:
        form.write(temporary, columns, rows)


def _csv(path: Path, columns: Columns, rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(column.name for column in columns)
        writer.writerows(map(cell, row.values()) for row in _typed(columns, rows))


def _json(path: Path, columns: Columns, rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8") as file:
        before = "[\n"
        for line in _objects(columns, rows):
            file.write(before + line)
            before = ",\n"
        file.write("[]\n" if before == "[\n" else "\n]\n")


def _lines(path: Path, columns: Columns, rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in _objects(columns, rows))


def _objects(columns: Columns, rows: Iterable[Row]) -> Iterator[str]:
    for row in _typed(columns, rows):
        yield json.dumps(row, ensure_ascii=False, allow_nan=False)


def _typed(columns: Columns, rows: Iterable[Row]) -> Iterator[Row]:
    """The rows with values of their columns' types, as the strict tables of the database make them.

    NaN is nothing.
    """
    types = [(column.name, _TYPES[column.type]) for column in columns]
    for row in rows:
        yield {
            name: None if (value := row[name]) is None or value != value else kind(value)  # noqa: PLR0124 - only NaN does
            for name, kind in types
        }


_TYPES: Mapping[str, Callable[[Any], Stored]] = {"TEXT": str, "INTEGER": int, "REAL": float}


def _parquet(path: Path, columns: Columns, rows: Iterable[Row]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    types: dict[str, Any] = {"TEXT": pa.string(), "INTEGER": pa.int64(), "REAL": pa.float64()}
    schema = pa.schema([(column.name, types[column.type]) for column in columns])
    rest = _typed(columns, rows)
    with pq.ParquetWriter(path, schema) as writer:
        while part := list(islice(rest, BATCH)):
            writer.write_table(pa.Table.from_pylist(part, schema=schema))


FORMS: Mapping[str, Form] = MappingProxyType(
    {
        "csv": Form(".csv", "text/csv", _csv),
        "json": Form(".json", "application/json", _json),
        "jsonl": Form(".jsonl", "application/jsonl", _lines),
        "parquet": Form(".parquet", "application/vnd.apache.parquet", _parquet),
    }
)
"""The forms by name."""
