"""The engines that read a source, each imported when it is asked for; what they do with it is the same code.

An engine opens a source as frames, one or several, whose Tallies add up, and says how it holds on to a small
frame.
"""

from __future__ import annotations

import logging
import os
import re
import warnings
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from itertools import count
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from forecastlog.errors import BadValue, Refused
from forecastlog.tallying.masters import check_answers
from forecastlog.tallying.source import (
    Source,
    Wanted,
    labelled,
    local_sources,
    numbers_of_text,
    remote_source,
)
from forecastlog.tallying.spilled import spill_folder

if TYPE_CHECKING:
    from forecastlog.scoring import Tally

MEMORY = "2GB"
"""What DuckDB may use before it goes on in files."""
PERFECT = 24
"""Up to so many bits of (label, p) DuckDB counts in a table without hashing: 1,000 labels and 1,001 p need
20."""
ROWS = 1_000_000
"""How many rows of a CSV pandas holds at a time."""
LOCAL = "local[*]"


class Opened(NamedTuple):
    """The frames of a source, and what keeps a small one; None where it is made anew each time."""

    frames: Iterator[Any]
    keep: Callable[[Any], Any] | None = None


class Engine(NamedTuple):
    """What an engine needs (its packages and their extra), what it raises, how it opens a source."""

    packages: tuple[str, ...]
    extra: str
    errors: tuple[tuple[str, str], ...]
    opened: Callable[[Sequence[Source], Wanted, str | None], Any]

    def raised(self) -> tuple[type[Exception], ...]:
        """The classes of what goes wrong in the data or in the engine."""
        own = (getattr(import_module(module), name) for module, name in self.errors)
        return (ValueError, TypeError, OSError, EOFError, zlib.error, *own)


def tally(source: str, wanted: Wanted, *, engine: str = "duckdb", master: str | None = None) -> Tally:
    """The Tally of the forecasts in a file, a folder or a glob of Parquet or CSV.

    Args:
        source: A path of this machine; with Spark any path that the cluster reads.
        wanted: The columns of labels, probabilities and outcomes.
        engine: What reads and counts them.
        master: Where Spark runs: ``local[*]`` (the default), ``spark://host:7077`` and the like, or
            ``sc://host`` for Spark Connect.

    Raises:
        BadValue: The engine is not installed, or a master is named for another engine than Spark.
        Refused: No such file, a column that is not there, values out of range, or no row with both p and y.
    """
    from forecastlog.scoring import Tally

    if master and engine != "spark":
        raise BadValue(
            f"--master names where Spark runs. Say --engine spark with it, or leave it out of {engine}."
        )
    _need(engine)
    remote = engine == "spark" and _is_remote(source, master)
    found = (remote_source(source),) if remote else local_sources(source, wanted.by)
    total: Tally | None = None
    with _telling(source, ENGINES[engine]), ENGINES[engine].opened(found, wanted, master) as (frames, keep):
        for frame in frames:
            part = Tally.of(frame, by=wanted.by, p=wanted.p, y=wanted.y, keep=keep)
            total = part if total is None else total + part
    for label in {label for group in total.groups for label in group} if total is not None else ():
        if isinstance(label, str) and "\0" in label:
            raise Refused(
                f"{source}: the label {label!r} holds a zero byte, which no text has. Mend the file."
            )
    if total is None or not (total.n().sum() if wanted.by else total.n()):
        raise Refused(f"{source} holds no row with both '{wanted.p}' and '{wanted.y}'.")
    return total


def _is_remote(source: str, master: str | None) -> bool:
    return "://" in source or not (master or LOCAL).startswith("local")


def _need(engine: str) -> None:
    needs = ENGINES[engine]
    missing = [package for package in needs.packages if find_spec(package) is None]
    if missing:
        others = [name for name, each in ENGINES.items() if all(map(find_spec, each.packages))]
        instead = f", or say --engine {others[0]}" if others else ""
        raise BadValue(
            f"--engine {engine} needs {' and '.join(missing)}. Install with: "
            f"pip install 'forecastlog[{needs.extra}]'{instead}."
        )


@contextmanager
def _duckdb(sources: Sequence[Source], wanted: Wanted, _: str | None) -> Iterator[Opened]:
    import duckdb
    import narwhals as nw

    with spill_folder() as spilled, duckdb.connect() as connection:
        for setting, value in {
            "memory_limit": MEMORY,
            "temp_directory": str(spilled),
            "preserve_insertion_order": False,
            "perfect_ht_threshold": PERFECT,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }.items():
            connection.execute(f"set {setting} = $1", [value])

        def frame(source: Source) -> Any:
            files = [_unpatterned(file) for file in source.files]
            if source.form == "parquet":
                read: Any = connection.read_parquet(files, hive_partitioning=False)
            else:
                read = connection.read_csv(
                    files,
                    all_varchar=True,
                    header=True,
                    sep=source.separator,
                    quotechar='"',
                    hive_partitioning=False,
                )
            return _made_ready(read, source, wanted)

        number = count()

        def keep(small: Any) -> Any:
            name = f"kept{next(number)}"
            small.to_native().create(name)
            return nw.from_native(connection.table(name))

        yield Opened(map(frame, sources), keep)


def _unpatterned(file: str) -> str:
    """A path in which DuckDB sees no pattern."""
    return re.sub(r"([*?[])", r"[\1]", file)


@contextmanager
def _polars(sources: Sequence[Source], wanted: Wanted, _: str | None) -> Iterator[Opened]:
    import narwhals as nw
    import polars as pl

    with pl.Config():
        pl.Config.set_engine_affinity("streaming")

        def frame(source: Source) -> Any:
            files = list(source.files)
            if source.form == "parquet":
                read: Any = pl.scan_parquet(files, glob=False, hive_partitioning=False)
            else:
                read = pl.scan_csv(files, glob=False, infer_schema=False, separator=source.separator)
            return _made_ready(read, source, wanted)

        yield Opened(map(frame, sources), lambda small: nw.from_native(small.collect().to_native().lazy()))


@contextmanager
def _pandas(sources: Sequence[Source], wanted: Wanted, _: str | None) -> Iterator[Opened]:
    def frames() -> Iterator[Any]:
        for source in sources:
            for file in source.files:
                for part in _parts(file, source, wanted):
                    yield _made_ready(part, source, wanted)

    yield Opened(frames())


def _parts(file: str, source: Source, wanted: Wanted) -> Iterator[Any]:
    """A file of Parquet whole, one of CSV in parts; raises ValueError for a row with too many cells."""
    import pandas as pd

    if source.form == "parquet":
        names = [name for name in wanted.columns if name not in dict(source.labels)]
        yield pd.read_parquet(file, columns=_known(_names_of_parquet(file), names), partitioning=None)
        return
    options: dict[str, Any] = {"dtype": str, "keep_default_na": False, "sep": source.separator}
    with (
        warnings.catch_warnings(),
        pd.read_csv(file, **options, index_col=False, chunksize=ROWS, encoding="utf-8") as chunks,
    ):
        warnings.simplefilter("error", pd.errors.ParserWarning)
        try:
            yield from chunks
        except pd.errors.ParserWarning as error:
            raise ValueError(f"Error tokenizing: {error}") from None


def _names_of_parquet(file: str) -> list[str]:
    names: list[str] = import_module("pyarrow.parquet").read_schema(file).names
    return names


def _known(names: list[str], wanted: list[str]) -> list[str]:
    """The columns wanted; raises ValueError where one is not there."""
    for name in wanted:
        if name not in names:
            raise ValueError(f"the frame has no column {name!r}; it has {', '.join(map(repr, names))}")
    return wanted


@contextmanager
def _spark(sources: Sequence[Source], wanted: Wanted, master: str | None) -> Iterator[Opened]:
    import narwhals as nw

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of versions of pandas, in words for those who write programs
        session = _session(master or LOCAL)
        try:

            def frame(source: Source) -> Any:
                files = list(source.files)
                if not source.patterns:
                    files = [re.sub(r"([*?\[\]{}\\])", r"\\\1", file) for file in files]
                if source.form == "parquet":
                    read: Any = session.read.parquet(*files)
                else:
                    options = {"header": True, "sep": source.separator, "escape": '"', "inferSchema": False}
                    # A row with other cells than the header is told, which takes all columns.
                    session.conf.set("spark.sql.csv.parser.columnPruning.enabled", "false")
                    options["mode"] = "FAILFAST"
                    read = session.read.options(**options).csv(files)
                return _made_ready(read, source, wanted)

            yield Opened(map(frame, sources), lambda small: nw.from_native(small.to_native().cache()))
        finally:
            session.stop()


def _session(master: str) -> Any:
    """A session that says nothing of its own; what goes wrong in it is raised all the same."""
    from pyspark.sql import SparkSession

    check_answers(master)
    logging.getLogger("DataFrameQueryContextLogger").setLevel(logging.CRITICAL)
    builder: Any = SparkSession.builder
    if master.startswith("sc://"):
        return builder.remote(master).getOrCreate()
    options = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false"}
    if master.startswith("local"):
        options |= {"spark.sql.shuffle.partitions": "8", "spark.driver.memory": MEMORY.removesuffix("B")}
    for name, value in options.items():
        builder = builder.config(name, value)
    with _silent_start():
        session = builder.master(master).appName("forecastlog").getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    return session


@contextmanager
def _silent_start() -> Iterator[None]:
    """What is started meanwhile writes to no standard error: Java tells of its start in a dozen lines."""
    own = os.dup(2)
    nothing = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nothing, 2)
        yield
    finally:
        os.dup2(own, 2)
        os.close(own)
        os.close(nothing)


def _made_ready(native: Any, source: Source, wanted: Wanted) -> Any:
    """A frame as it was read, with the labels of its folders, and with numbers where a CSV has text."""
    import narwhals as nw

    frame = labelled(nw.from_native(native), source)
    _known(frame.collect_schema().names(), wanted.columns)
    return (numbers_of_text(frame, wanted) if source.form == "csv" else frame).to_native()


ENGINES: Mapping[str, Engine] = MappingProxyType(
    {
        "duckdb": Engine(("duckdb", "pyarrow"), "duckdb", (("duckdb", "Error"),), _duckdb),
        "polars": Engine(("polars",), "polars", (("polars.exceptions", "PolarsError"),), _polars),
        "pandas": Engine(("pandas", "pyarrow"), "duckdb", (), _pandas),
        "spark": Engine(
            ("pyspark", "pyarrow"),
            "spark",
            (("pyspark.errors", "PySparkException"), ("py4j.protocol", "Py4JError")),
            _spark,
        ),
    }
)
"""The engines by name, the default first."""

_BAD_TEXT = re.compile(
    r"Could not convert string '([^']*)' to|values: \[\"([^\"]*)\"|to float: '([^']*)'"
    r"|The value '([^']*)' of the type"
)
"""How engines tell of a text that is no number: DuckDB, polars, pandas, Spark."""


_SPOILT = MappingProxyType(
    {
        "sniffing|CSV Error|CSV malformed|tokenizing|more fields|MALFORMED_CSV|Malformed": "a row has more "
        "or fewer cells than the header, or a quotation mark is never closed. Mend that row.",
        "[Mm]agic bytes|must end with PAR1|not a Parquet": "this is no whole file of Parquet. "
        "Write it again, or give it the ending of what it is.",
    }
)
"""What engines say of a file that is spoilt, as patterns, and what a person is told."""


@contextmanager
def _telling(source: str, engine: Engine) -> Iterator[None]:
    """What goes wrong in the data or in the engine, as one sentence."""
    try:
        yield
    except engine.raised() as error:
        bad = _BAD_TEXT.search(str(error))
        if bad:
            text = next(filter(None, bad.groups()), "")[:50]
            raise Refused(
                f"{source}: '{text}' is no number. Probabilities are written as 0.7 and outcomes as 1 or 0."
            ) from error
        for signs, said in _SPOILT.items():
            if re.search(signs, str(error)):
                line = re.search(r"\b[Ll]ine:? (\d+)", str(error))
                raise Refused(f"{source}{f', line {line[1]}' if line else ''}: {said}") from error
        if "JAVA" in str(error):
            raise BadValue(
                "--engine spark needs Java 17 or later, and JAVA_HOME where it is not on the PATH."
            ) from error
        first = next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)
        raise Refused(f"{source}: {first.replace('the frame', 'it')[:300].rstrip('.')}.") from error
