"""Tables of any kind -> rows of text with their numbers, within bounds.

CSV, TSV, JSON, JSON Lines, Parquet, a spreadsheet.

A row's number is that of the file: the header of a CSV is row 1. A value that is missing is empty text.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from itertools import chain, islice
from pathlib import Path
from typing import Any, NamedTuple

from forecastlog.interchange.found import BadFile
from forecastlog.interchange.opendocument import sheet_rows
from forecastlog.interchange.unpacked import LONGEST_LINE, Unpacked, check_zip, read_whole
from forecastlog.values import nearest

MOST_COLUMNS = 20_000
END = "\0"
"""A last line that no text has; where it is no row of its own, a quotation mark before it is still open."""
WATCHED = 20_000
"""Rows after which whoever waits is told how far it is."""


class Row(NamedTuple):
    """A row with its number in the file; its cells stand in the order of the columns."""

    number: int
    cells: Sequence[str]


class Rows:
    """A table that can be read again and again: its columns, and its rows from the file each time."""

    def __init__(
        self, path: Path, columns: Sequence[str], read: Callable[[], Iterator[Row]], notes: Sequence[str] = ()
    ) -> None:
        self.path = path
        self.columns = tuple(name or f"column {place}" for place, name in enumerate(columns, 1))
        self.unnamed = frozenset(f"column {place}" for place, name in enumerate(columns, 1) if not name)
        """Columns without a header, as a frame's row numbers have none: nothing is guessed of them."""
        self.notes = tuple(notes)
        self._read = read
        self.watch: Callable[[int], None] | None = None
        """What is told the number of a row now and then, for whoever waits."""

    def __iter__(self) -> Iterator[Row]:
        for place, row in enumerate(self._read(), 1):
            if place % WATCHED == 0 and self.watch:
                self.watch(row.number)
            yield row

    def place(self, name: str, why: str) -> int:
        """Where a column stands; raises BadFile, with ``why`` it is asked for, where there is none."""
        if name not in self.columns:
            near = nearest(name, self.columns)
            hint = f"Did you mean '{near}'?" if near else f"Its columns: {', '.join(self.columns[:20])}."
            raise BadFile(f"{self.path} has no column '{name}' for {why}. {hint}")
        return self.columns.index(name)

    def dicts(self) -> Iterator[tuple[int, Mapping[str, str]]]:
        """Every row by the names of its columns."""
        for number, cells in self:
            yield number, dict(zip(self.columns, cells, strict=True))


def open_table(path: Path, header: int = 1) -> Rows:
    """The table in a file, by its name's ending; the columns are named in row ``header``.

    Raises BadFile where it is none, OSError where it cannot be read.
    """
    if not path.exists():
        raise BadFile(f"{path}: there is no such file.")
    if not path.is_file():
        raise BadFile(f"{path} is no ordinary file.")
    name = path.name.lower().removesuffix(".gz")
    ending = name.rpartition(".")[2]
    if ending in _UNREAD:
        raise BadFile(f"{path}: a spreadsheet is read as .xlsx, .ods or CSV. Save it as one of them.")
    table = (
        _OBJECTS[ending](path)
        if ending in _OBJECTS
        else _headed(path, _GRIDS.get(ending, _delimited), header)
    )
    if not table.columns:
        raise BadFile(f"{path} has no header: row {header} names the columns (--header N: another one).")
    if len(table.columns) > MOST_COLUMNS:
        raise BadFile(f"{path} has {len(table.columns):,} columns; at most {MOST_COLUMNS:,} are read.")
    seen: set[str] = set()
    for column in table.columns:
        if column in seen:
            raise BadFile(
                f"{path} has two columns called '{column}'. Rename one, "
                "or say --header N if row N names them."
            )
        seen.add(column)
    return table


def _start(path: Path, size: int = 1 << 20) -> bytes:
    file = Unpacked(path)
    try:
        return file.read(size)
    finally:
        file.close()


def encoding_of(path: Path) -> tuple[str, str | None]:
    """How a text is encoded, and a sentence where that had to be guessed.

    Raises BadFile where it is no text.
    """
    start = _start(path)
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16", None
    if b"\0" in start:
        raise BadFile(f"{path} holds zero bytes, so it is no text. Save it as UTF-8.")
    for line in Unpacked(path).lines():
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            return "cp1252", f"{path.name} is not UTF-8 and is read as Windows-1252."
    return "utf-8-sig", None


def text_lines(path: Path) -> tuple[Callable[[], Iterator[str]], tuple[str, ...]]:
    """The lines of a text, anew at each call, and what had to be guessed."""
    encoding, note = encoding_of(path)
    start = _start(path)
    end = b"\r" if b"\r" in start and b"\n" not in start else b"\n"

    def lines() -> Iterator[str]:
        if encoding == "utf-16":
            yield from io.StringIO(read_whole(path).decode("utf-16", "replace"), newline="")
            return
        for number, line in enumerate(Unpacked(path).lines(end), 1):
            text = line.decode(encoding if number == 1 else encoding.removesuffix("-sig"), "replace")
            if "\0" in text:
                raise BadFile(f"{path}, line {number:,}: a zero byte, which no table has.")
            yield text if end == b"\n" else text.removesuffix("\r") + "\n"

    return lines, (note,) if note else ()


Records = Iterator[tuple[int, Sequence[str]]]
Grid = tuple[Callable[[], Records], Sequence[str]]
"""All rows of a file with their numbers, anew at each call, and what had to be guessed."""


def _headed(path: Path, grid: Callable[[Path], Grid], header: int) -> Rows:
    """The rows below the one that names the columns."""
    every, notes = grid(path)

    def records() -> Records:
        return ((number, cells) for number, cells in every() if number >= header and any(cells))

    columns = next(([cell.strip() for cell in cells] for _, cells in records()), [])
    while columns and not columns[-1]:
        columns.pop()  # spreadsheets leave empty columns at the end
    width = len(columns)

    def read() -> Iterator[Row]:
        for number, cells in islice(records(), 1, None):
            if len(cells) > width and any(cell.strip() for cell in cells[width:]):
                raise BadFile(
                    f"{path}, row {number:,}: {len(cells)} cells, and the header has {width} columns. "
                    "Name all columns there, or say --header N if row N names them."
                )
            yield Row(number, [*cells[:width], *[""] * (width - len(cells))])

    return Rows(path, columns, read, notes)


def _delimited(path: Path) -> Grid:
    lines, notes = text_lines(path)
    first = next(lines(), "")
    if len(first) > LONGEST_LINE:
        raise BadFile(f"{path}: the first line is longer than {LONGEST_LINE / 1e6:.0f} MB.")
    told = _SEPARATOR.fullmatch(first.strip())
    delimiter = told[1] if told else max(_DELIMITERS, key=lambda mark: (first.count(mark), mark == ","))
    csv.field_size_limit(LONGEST_LINE)

    def records() -> Records:
        reader = csv.reader(chain(lines(), (END,)), delimiter=delimiter)
        last = 0
        try:
            for cells in reader:
                if cells != [END] and cells and cells[-1].endswith(END):
                    raise BadFile(
                        f"{path}, row {last + 1:,}: a quotation mark is opened and never closed. "
                        "Close it, or delete it."
                    )
                if cells != [END] and not (told and last == 0):
                    yield last + 1, cells
                last = reader.line_num
        except csv.Error as error:
            raise BadFile(f"{path}, row {last + 1:,}: {error}.") from None

    return records, notes


def _json(path: Path) -> Rows:
    import msgspec

    data = read_whole(path)
    try:
        objects = msgspec.json.decode(data)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise BadFile(f"{path} is no JSON: {str(error).lower()}.") from None
    if isinstance(objects, dict):
        lists = [value for value in objects.values() if isinstance(value, list)]
        objects = lists[0] if len(lists) == 1 else objects
    if not isinstance(objects, list) or not all(isinstance(one, dict) for one in objects):
        raise BadFile(f"{path} is no list of objects, one a row.")
    return _of_objects(path, lambda: enumerate(objects, 1))


def _json_lines(path: Path) -> Rows:
    import msgspec

    def objects() -> Iterator[tuple[int, dict[str, Any]]]:
        for number, line in enumerate(Unpacked(path).lines(), 1):
            if line.strip():
                try:
                    found = msgspec.json.decode(line)
                except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
                    raise BadFile(f"{path}, line {number:,}: no JSON: {str(error).lower()}.") from None
                if not isinstance(found, dict):
                    raise BadFile(f"{path}, line {number:,}: no object with keys.")
                yield number, found

    return _of_objects(path, objects)


def _of_objects(path: Path, objects: Callable[[], Iterable[tuple[int, dict[str, Any]]]]) -> Rows:
    columns: dict[str, None] = {}
    for _, found in objects():
        columns.update(dict.fromkeys(found))
        if len(columns) > MOST_COLUMNS:
            break

    def read() -> Iterator[Row]:
        for number, found in objects():
            yield Row(number, [text_of(found.get(column)) for column in columns])

    return Rows(path, list(columns), read)


def _parquet(path: Path) -> Rows:
    try:
        from pyarrow import parquet
    except ImportError:
        raise _lacking("parquet", path) from None
    try:
        schema = parquet.read_schema(path)
    except (OSError, ValueError) as error:  # pyarrow's errors are of these kinds
        raise BadFile(f"{path} is no Parquet file: {str(error).splitlines()[0].lower()}.") from None

    def read() -> Iterator[Row]:
        number = 0
        file = parquet.ParquetFile(path)
        for batch in file.iter_batches(batch_size=10_000):
            lists = [column.to_pylist() for column in batch.columns]
            for cells in zip(*lists, strict=True):
                number += 1
                yield Row(number, [text_of(cell) for cell in cells])

    return Rows(path, schema.names, read)


def _spreadsheet(path: Path) -> Grid:
    try:
        import openpyxl
    except ImportError:
        raise _lacking("xlsx", path) from None
    check_zip(path)
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError):
        raise BadFile(f"{path} is no spreadsheet in the format of .xlsx, or is damaged.") from None
    sheet = book.worksheets[0]
    notes = [f"Only the first sheet, '{sheet.title}', is read."] if len(book.worksheets) > 1 else []

    def records() -> Records:
        with suppress(AttributeError):
            sheet.reset_dimensions()
        for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
            yield number, [text_of(cell) for cell in cells]

    return records, notes


def _opendocument(path: Path) -> Grid:
    return lambda: sheet_rows(path, MOST_COLUMNS), [f"Of {path.name} the first sheet is read."]


def _lacking(extra: str, path: Path) -> BadFile:
    return BadFile(f"{path}: reading it takes a library more: pip install 'forecastlog[{extra}]'.")


def text_of(value: object) -> str:
    """A value as a CSV would have it: nothing for what is missing, days and times in ISO 8601."""
    if value is None or value != value:  # noqa: PLR0124 - NaN is the only value that is not itself
        return ""
    match value:
        case datetime():
            midnight = value.tzinfo is None and (value.hour, value.minute, value.second) == (0, 0, 0)
            text = value.date().isoformat() if midnight else value.isoformat(sep=" ")
        case date():
            text = value.isoformat()
        case bool():
            text = "true" if value else "false"
        case float() if value.is_integer() and 1 < abs(value) < 1e15:
            text = str(int(value))
        case list() | dict():
            text = json.dumps(value, ensure_ascii=False)
        case _:
            text = str(value)
    return text


_OBJECTS: Mapping[str, Callable[[Path], Rows]] = {
    "json": _json,
    "jsonl": _json_lines,
    "ndjson": _json_lines,
    "parquet": _parquet,
}
_GRIDS: Mapping[str, Callable[[Path], Grid]] = {"xlsx": _spreadsheet, "ods": _opendocument}
_UNREAD = frozenset({"xls", "xlsb", "numbers"})
_DELIMITERS = ",;\t|"
_SEPARATOR = re.compile(rf"sep=([{_DELIMITERS}])")
"""A first line that tells a spreadsheet what parts the cells."""
