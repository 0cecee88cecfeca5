"""What `tally` costs beside a bare mean.

`python benchmarks/tally.py [--rows 100000000] [--repeat 3] [--engine duckdb]`.

Makes a file of Parquet (1,000 forecasters, p to three decimals) in a temporary folder, and compares the time
and the memory of every figure of `tally` by forecaster with DuckDB's plain `avg((p - y)^2)` by forecaster, in
one run, taking turns. Needs the dependency group `test`. Exits 1 where a target is missed.
"""

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from forecastlog.tallying.engines import ENGINES, tally
from forecastlog.tallying.rows import bin_rows, tally_rows
from forecastlog.tallying.source import Wanted

FORECASTERS = 1_000
BATCH = 1_000_000
WANTED = Wanted(("forecaster",), "probability", "outcome")


def make(path: Path, rows: int) -> None:
    """Forecasts that are calibrated, in row groups of a million."""
    random = np.random.default_rng(0)
    names = pa.array([f"forecaster-{number:04}" for number in range(FORECASTERS)])
    schema = pa.schema([("forecaster", pa.string()), ("probability", pa.float64()), ("outcome", pa.int8())])
    with pq.ParquetWriter(path, schema) as writer:
        for start in range(0, rows, BATCH):
            n = min(BATCH, rows - start)
            p = random.integers(0, 1001, n) / 1000
            who = pa.DictionaryArray.from_arrays(
                pa.array(random.integers(0, FORECASTERS, n, np.int32)), names
            )
            columns = [who.cast(pa.string()), pa.array(p), pa.array((random.random(n) < p).astype(np.int8))]
            writer.write_table(pa.table(columns, schema=schema))


def used(run: Callable[[], object]) -> tuple[float, float]:
    """Seconds that passed, and seconds of all cores."""
    before, start = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    run()
    after = resource.getrusage(resource.RUSAGE_SELF)
    return time.perf_counter() - start, sum(after[:2]) - sum(before[:2])


def main() -> None:
    """Print seconds, ratios and memory."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rows", type=int, default=100_000_000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--engine", choices=tuple(ENGINES), default="duckdb")
    parser.add_argument("--folder", type=Path, help="where the file is made")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        path = Path(folder) / "forecasts.parquet"
        make(path, options.rows)
        print(f"{options.rows:,} rows, {path.stat().st_size / 2**20:,.0f} MB, {options.engine}")
        plain = f"select forecaster, avg((probability - outcome) ^ 2) from '{path}' group by forecaster"

        def ours() -> None:
            found = tally(str(path), WANTED, engine=options.engine)
            list(tally_rows(found))
            list(bin_rows(found))

        def theirs() -> None:
            with duckdb.connect() as connection:
                connection.sql(plain).fetchall()

        runs = [(used(theirs), used(ours)) for _ in range(options.repeat)]
    missed = 0
    for place, what in enumerate(("seconds", "seconds of all cores")):
        bare, whole = (min(run[which][place] for run in runs) for which in (0, 1))
        print(f"  {what:<24} bare mean {bare:8.2f}   tally {whole:8.2f}   ratio {whole / bare:5.2f}")
        if not place and options.engine == "duckdb":
            missed += whole / bare > 3
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(
        f"  memory at its peak {memory:.2f} GB   at most 3 times the bare mean, 3 GB: "
        f"{'MISSED' if missed or memory > 3 else 'met'}"
    )
    sys.exit(bool(missed or memory > 3))


if __name__ == "__main__":
    main()
