"""The files that a source names, and what of them every engine reads alike.

Columns, separators, numbers as text.
"""

from __future__ import annotations

import csv
import glob
import gzip
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from forecastlog.errors import Refused

if TYPE_CHECKING:
    import narwhals as nw

Form = Literal["parquet", "csv"]

ENDINGS: dict[str, Form] = {".parquet": "parquet", ".csv": "csv", ".csv.gz": "csv", ".tsv": "csv"}
"""How the names of files end that are read, and what is in them."""
MISSING = ("", "NA", "N/A", "NaN", "nan", "null", "NULL", "None")
"""What stands in a CSV where a number is missing."""
SEPARATORS = ",;\t|"
LONGEST_NAME = 10_000
"""Characters of a column's name: more is none."""
LONGEST_HEADER = 2**20
"""Characters of a first line; a longer one is no line of names."""


@dataclass(frozen=True, slots=True)
class Source:
    """Files of one form; or, with ``patterns``, what was typed, which a cluster takes apart."""

    files: tuple[str, ...]
    form: Form
    separator: str = ","
    patterns: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which columns are wanted of a source."""

    by: tuple[str, ...]
    p: str
    y: str

    @property
    def columns(self) -> list[str]:
        """Each once."""
        return list(dict.fromkeys((*self.by, self.p, self.y)))


def local_source(typed: str) -> Source:
    """The files of this machine that a file, a folder or a glob names, in their order.

    Raises Refused where there is none, or where they are of several forms.
    """
    path = Path(typed)
    if path.is_dir():
        found = sorted(each for each in path.rglob("*") if _form(each.name) and each.is_file())
    elif path.exists():
        found = [path]
    else:
        matching = glob.glob(typed, recursive=True)  # noqa: PTH207 - a pattern may be absolute
        found = [each for each in sorted(map(Path, matching)) if each.is_file()]
    if not found:
        what = (
            f"{typed} holds no file"
            if path.is_dir()
            else f"there is no file {typed}, nor one that it matches"
        )
        raise Refused(f"{what} whose name ends with {', '.join(ENDINGS)}.")
    for each in found:
        if not each.is_file():
            raise Refused(f"{each} is no plain file.")
        if not _form(each.name):
            raise Refused(
                f"{each}: its name ends with none of {', '.join(ENDINGS)}, so what is in it is not known."
            )
    forms = {_form(each.name) for each in found}
    if len(forms) > 1:
        raise Refused(
            f"{typed} holds Parquet and CSV. Name the files of one of them, such as '{typed}/*.parquet'."
        )
    form = forms.pop() or "csv"
    return Source(tuple(map(str, found)), form, _separator(found[0]) if form == "csv" else ",")


def remote_source(typed: str) -> Source:
    """A path that is left to a cluster to read, Parquet unless its name tells of CSV."""
    name = typed.rstrip("/").rsplit("/", 1)[-1]
    return Source((typed,), _form(name) or "parquet", "\t" if name.endswith(".tsv") else ",", patterns=True)


def numbers_of_text(frame: nw.LazyFrame[Any] | nw.DataFrame[Any], wanted: Wanted) -> Any:
    """A frame of a CSV, all of whose columns are text, with p and y as numbers and what is missing as null.

    Labels stay as they are written: 007 is not 7. ``true`` and ``false`` are 1 and 0.
    """
    import narwhals as nw

    def number(name: str) -> Any:
        text = nw.col(name).str.strip_chars()
        text = nw.when(~text.is_in(MISSING)).then(text)
        text = text.str.replace_all("^([Tt]rue|TRUE)$", "1").str.replace_all("^([Ff]alse|FALSE)$", "0")
        return text.cast(nw.Float64()).alias(name)

    labels = (nw.when(nw.col(name) != "").then(nw.col(name)).alias(name) for name in wanted.by)
    return frame.select(*labels, *(number(name) for name in dict.fromkeys((wanted.p, wanted.y))))


def _form(name: str) -> Form | None:
    return next((form for ending, form in ENDINGS.items() if name.lower().endswith(ending)), None)


def _separator(path: Path) -> str:
    """What parts the names in the first line of a CSV."""
    opened = gzip.open if path.name.lower().endswith(".gz") else open
    try:
        with opened(path, "rt", encoding="utf-8-sig") as file:
            line = file.readline(LONGEST_HEADER + 1)
    except UnicodeDecodeError:
        raise Refused(f"{path} is no text in UTF-8. Save it as CSV in UTF-8.") from None
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise Refused(f"{path} is cut off or damaged: it is no whole file of gzip.") from None
    if len(line) > LONGEST_HEADER:
        raise Refused(
            f"{path}: its first line is longer than {LONGEST_HEADER:,} characters, "
            "which are no names of columns."
        )
    if not line.strip():
        raise Refused(f"{path} is empty: its first line names no columns.")
    try:
        parted = {mark: next(csv.reader([line], delimiter=mark)) for mark in SEPARATORS}
    except csv.Error as error:
        raise Refused(f"{path}: its first line names no columns: {error}.") from None
    found = max(SEPARATORS, key=lambda mark: len(parted[mark]))
    if longest := max((len(name) for name in parted[found] if len(name) > LONGEST_NAME), default=0):
        raise Refused(f"{path}: its first line names no columns: one has {longest:,} characters.")
    return found
