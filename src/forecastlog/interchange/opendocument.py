"""The first sheet of an OpenDocument spreadsheet, row by row."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from xml.etree import ElementTree as ET

from forecastlog.interchange.found import BadFile
from forecastlog.interchange.unpacked import check_zip

_NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _OFFICE, _TEXT = (f"{{{_NAMES}{name}:1.0}}" for name in ("table", "office", "text"))
_CONTENT = "content.xml"
_MOST_REPEATED = 100_000
"""How often a row with something in it may be said to come again."""


def sheet_rows(path: Path, widest: int) -> Iterator[tuple[int, list[str]]]:
    """The rows of the first sheet that hold anything, with their numbers; of each at most ``widest`` cells.

    Raises BadFile where it is no such file, is damaged, or declares entities, which none does.
    """
    with check_zip(path) as archive:
        try:
            with archive.open(_CONTENT) as file:
                if b"<!DOCTYPE" in file.read(4096):
                    raise BadFile(f"{path} declares a type of its own, which no spreadsheet does.")
            with archive.open(_CONTENT) as file:
                yield from _rows(path, file, widest)
        except (KeyError, zipfile.BadZipFile, ET.ParseError, EOFError, OSError):
            raise BadFile(f"{path} is no spreadsheet in the format of .ods, or is damaged.") from None


def _rows(path: Path, file: IO[bytes], widest: int) -> Iterator[tuple[int, list[str]]]:
    number = 1
    for _, element in ET.iterparse(file):  # noqa: S314 - what declares entities was refused
        if element.tag == f"{_TABLE}table":
            return
        if element.tag != f"{_TABLE}table-row":
            continue
        cells = _cells(element, widest)
        times = _times(element, "rows")
        if any(cells):
            if times > _MOST_REPEATED:
                raise BadFile(f"{path}, row {number:,} comes {times:,} times, which is not read.")
            yield from ((number + more, cells) for more in range(times))
        number += times
        element.clear()


def _cells(row: ET.Element, widest: int) -> list[str]:
    """The texts of a row's cells, without the blank ones at its end."""
    cells: list[str] = []
    blank = 0
    for cell in row:
        if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            continue
        text, times = _text(cell), _times(cell, "columns")
        if not text:
            blank += times
            continue
        cells += [""] * min(blank, widest - len(cells) + 1)
        cells += [text] * min(times, widest - len(cells) + 1)
        blank = 0
    return cells


def _times(element: ET.Element, what: str) -> int:
    told = element.get(f"{_TABLE}number-{what}-repeated", "1")
    return int(told) if told.isdigit() else 1


def _text(cell: ET.Element) -> str:
    """What a cell holds: a number, a day or a truth as it is kept, else its words."""
    for name in ("value", "date-value", "boolean-value"):
        if (value := cell.get(f"{_OFFICE}{name}")) is not None:
            return value.replace("T", " ").removesuffix(" 00:00:00") if name == "date-value" else value
    return "\n".join("".join(part.itertext()) for part in cell.iterfind(f"{_TEXT}p"))
