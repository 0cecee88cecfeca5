"""The files that a source names, and what of them every engine reads alike.

Columns, separators, numbers as text.
"""

from __future__ import annotations

import csv
import glob
import gzip
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import unquote

from forecastlog.errors import Refused

if TYPE_CHECKING:
    import narwhals as nw

Form = Literal["parquet", "csv"]

ENDINGS: dict[str, Form] = {".parquet": "parquet", ".csv": "csv", ".csv.gz": "csv", ".tsv": "csv"}
"""How the names of files end that are read, and what is in them."""
MISSING = ("", "NA", "N/A", "NaN", "nan", "null", "NULL", "None")
"""What stands in a CSV where a number is missing."""
EMPTY_LABEL = "__HIVE_DEFAULT_PARTITION__"
"""The value of a folder whose rows have none."""
SEPARATORS = ",;\t|"
LONGEST_NAME = 10_000
"""Characters of a column's name: more is none."""
LONGEST_HEADER = 2**20
"""Characters of a first line; a longer one is no line of names."""


@dataclass(frozen=True, slots=True)
class Source:
    """Files that are read alike: of one form, with one header, in folders that say the same of their rows.

    With ``patterns`` it is what was typed, which a cluster takes apart. ``labels`` are columns that stand in
    the names of folders, as ``year=2024``, with their value.
    """

    files: tuple[str, ...]
    form: Form
    separator: str = ","
    patterns: bool = False
    labels: tuple[tuple[str, str | None], ...] = ()


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


def local_sources(typed: str, by: Sequence[str] = ()) -> tuple[Source, ...]:
    """The files of this machine that a file, a folder or a glob names, with those together that are alike.

    In a folder, files and folders whose names begin with a dot or an underscore are none of the data. Raises
    Refused where no file is left, or where they are of several forms.
    """
    found = _found(typed)
    forms = {_form(each.name) for each in found}
    if len(forms) > 1:
        raise Refused(
            f"{typed} holds Parquet and CSV. Name the files of one of them, such as '{typed}/*.parquet'."
        )
    form = forms.pop() or "csv"
    alike: dict[tuple[Any, ...], list[str]] = {}
    for path in found:
        separator, names = _header(path) if form == "csv" else (",", ())
        told = {
            name: value for name, value in _folder_labels(path).items() if name in by and name not in names
        }
        alike.setdefault((separator, names, tuple(told.items())), []).append(str(path))
    return tuple(
        Source(tuple(files), form, separator, labels=labels)
        for (separator, _, labels), files in alike.items()
    )


def _found(typed: str) -> list[Path]:
    path = Path(typed)
    if path.is_dir():
        found = sorted(each for each in path.rglob("*") if _is_data(each, path))
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
    return found


def _is_data(path: Path, folder: Path) -> bool:
    """Whether a file in a folder is one of the data, as Spark and Hive tell it."""
    hidden = any(part.startswith((".", "_")) for part in path.relative_to(folder).parts)
    return not hidden and _form(path.name) is not None and path.is_file()


def _folder_labels(path: Path) -> dict[str, str | None]:
    """What the names of a file's folders say of its rows: ``year=2024/who=ann`` (Hive's partitions)."""
    pairs = (part.partition("=") for part in path.parent.parts if "=" in part)
    return {unquote(name): None if value == EMPTY_LABEL else unquote(value) for name, _, value in pairs}


def remote_source(typed: str) -> Source:
    """A path that is left to a cluster to read, Parquet unless its name tells of CSV."""
    name = typed.rstrip("/").rsplit("/", 1)[-1]
    separator = "\t" if name.endswith(".tsv") else ","
    return Source((typed,), _form(name) or "parquet", separator, patterns=True)


def labelled(frame: nw.LazyFrame[Any] | nw.DataFrame[Any], source: Source) -> Any:
    """A frame with the columns that stand in the names of its folders."""
    import narwhals as nw

    columns = (nw.lit(value, nw.String()).alias(name) for name, value in source.labels)
    return frame.with_columns(*columns) if source.labels else frame


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


def _header(path: Path) -> tuple[str, tuple[str, ...]]:
    """What parts the names in the first line of a CSV, and the names."""
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
    names = tuple(name.strip() for name in parted[found])
    seen: dict[str, str] = {}
    for name in filter(None, names):
        if first := seen.get(name.casefold()):
            raise Refused(f"{path} has two columns called '{first}'{_apart(first, name)}. Rename one.")
        seen[name.casefold()] = name
    return found, names


def _apart(first: str, second: str) -> str:
    return "" if first == second else f" and '{second}', which engines do not tell apart"
