"""How fast the scores are, as ratios in one run.

`python benchmarks/scores.py [--rows 10000000] [--repeat 15]`.

The floor is the time numpy takes to sum p and y on one core. Every figure is the least of `--repeat` runs;
our runs and theirs take turns. Needs the dependency groups `test` and `oracles`. Exits 1 where a target is
missed.
"""

import argparse
import subprocess
import sys
import time
import tracemalloc
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import polars as pl
import scipy.optimize
import scoringrules
import sklearn.metrics
import xarray
from report import Report

from forecastlog.scoring import Tally, brier, log_score, mean_score

SQL_MURPHY = """
    select sum(n * (mean_p - share) ^ 2) / sum(n) as reliability, sum(n * share ^ 2) / sum(n) as resolution
    from (select cast(ceil(p * 10) as tinyint) as bin, count(*) as n, avg(p) as mean_p, avg(y) as share
          from forecasts group by bin)
"""  # the fastest of five spellings; exact edges, and 0 in the first bin, would cost it more
SQL_LOG = "select avg(-ln(case when y = 1 then p else 1 - p end)) from clipped"


def least(repeat: int, **runs: Callable[[], object]) -> dict[str, float]:
    """Seconds of the fastest of `repeat` runs of each, taking turns."""
    best = dict.fromkeys(runs, float("inf"))
    for _ in range(repeat):
        for name, run in runs.items():
            start = time.perf_counter()
            run()
            best[name] = min(best[name], time.perf_counter() - start)
    return best


def means(report: Report, p: Any, y: Any, repeat: int) -> None:
    from scores.probability import brier_score  # here, for this file's own name hides it until `main` has run

    inside = np.clip(p, 0.01, 0.99)
    frame = pl.DataFrame({"p": p, "y": y})
    within = pl.DataFrame({"p": inside, "y": y})
    engine = duckdb.connect()
    engine.sql("create table forecasts as select * from frame")
    engine.sql("create table clipped as select * from within")
    squared = (pl.col("p") - pl.col("y")) ** 2
    surprise = -(pl.when(pl.col("y") == 1).then(pl.col("p")).otherwise(1 - pl.col("p"))).log()
    quick = least(
        repeat,
        floor=lambda: (p.sum(), y.sum()),
        brier=lambda: mean_score(brier, p=p, y=y),
        log=lambda: mean_score(log_score, p=inside, y=y),
        polars=lambda: frame.select(squared.mean()),
        duckdb=lambda: engine.sql("select avg((p - y) * (p - y)) from forecasts").fetchall(),
        polars_log=lambda: within.select(surprise.mean()),
        duckdb_log=lambda: engine.sql(SQL_LOG).fetchall(),
    )
    slow = least(
        1,
        sklearn=lambda: sklearn.metrics.brier_score_loss(y, p),
        sklearn_log=lambda: sklearn.metrics.log_loss(y, inside),
        scores=lambda: brier_score(xarray.DataArray(p), xarray.DataArray(y)),
        scoringrules=lambda: scoringrules.brier_score(y, p).mean(),
    )
    floor = quick["floor"]
    print(f"Mean scores, {p.size:,} rows, over the floor of {floor * 1000:.1f} ms")
    report.line("mean_score(brier)", quick["brier"] / floor, 1.5)
    for name in ("polars", "duckdb"):
        report.line(f"  {name}", quick[name] / floor)
    for name in ("scoringrules", "scores", "sklearn"):
        report.line(f"  {name}", slow[name] / floor)
    report.line("mean_score(log_score)", quick["log"] / floor, 2.2)
    for name in ("polars_log", "duckdb_log"):
        report.line(f"  {name}", quick[name] / floor)
    report.line("  sklearn_log", slow["sklearn_log"] / floor)
    tracemalloc.start()
    mean_score(brier, p=p, y=y)
    report.line("mean_score(brier), extra memory", tracemalloc.get_traced_memory()[1] / 2**20, 16, " MB")
    tracemalloc.stop()


def tallies(report: Report, p: Any, y: Any, repeat: int) -> None:
    frame = pl.DataFrame({"p": p, "y": y})
    engine = duckdb.connect()
    engine.sql("create table forecasts as select * from frame")
    took = least(
        repeat,
        floor=lambda: (p.sum(), y.sum()),
        ours=lambda: Tally.of(frame, p="p", y="y").murphy(10),
        duckdb=lambda: engine.sql(SQL_MURPHY).fetchall(),
    )
    print(f"Tally.of and Murphy in ten bins, {p.size:,} rows, p to two decimals")
    report.line("over the floor", took["ours"] / took["floor"], 6)
    report.line("  duckdb", took["duckdb"] / took["floor"])
    report.line("over DuckDB's SQL", took["ours"] / took["duckdb"], 1.2)


def names(report: Report, repeat: int) -> None:
    random = np.random.default_rng(1)
    rows = 1_000_000
    p = random.integers(0, 101, rows) / 100
    y = (random.random(rows) < p).astype(float)
    who = np.array([f"forecaster {i:04d}" for i in range(1000)])[random.integers(0, 1000, rows)]
    frame = pl.DataFrame({"who": who, "p": p, "y": y})
    mean = ((pl.col("p") - pl.col("y")) ** 2).mean()
    took = least(
        repeat,
        ours=lambda: Tally.of(frame, by="who", p="p", y="y"),
        polars=lambda: frame.group_by("who").agg(mean),
        auc=lambda: Tally.of_arrays(p=p, y=y).auc(),
        sklearn=lambda: sklearn.metrics.roc_auc_score(y, p),
    )
    print(f"{rows:,} rows, p to two decimals")
    report.line("Tally.of 1,000 names, over polars' group-by mean", took["ours"] / took["polars"], 3)
    report.line("AUC, over scikit-learn", took["auc"] / took["sklearn"], 0.2)


def corp(report: Report, repeat: int) -> None:
    random = np.random.default_rng(2)
    p = random.random(1_000_000)
    y = (random.random(p.size) < p).astype(float)

    def theirs() -> object:
        _, place, n = np.unique(p, return_inverse=True, return_counts=True)
        rate = np.bincount(place, weights=y) / n
        return scipy.optimize.isotonic_regression(rate, weights=n).x

    took = least(repeat, ours=lambda: Tally.of_arrays(p=p, y=y).corp().fitted, theirs=theirs)
    np.testing.assert_allclose(Tally.of_arrays(p=p, y=y).corp().fitted, theirs(), atol=1e-12)
    print("CORP, 1,000,000 distinct p, sort included")
    report.line("over scipy's isotonic regression on pooled ties", took["ours"] / took["theirs"], 1.2)


def imports(report: Report, repeat: int) -> None:
    def of(module: str) -> Callable[[], object]:
        return lambda: subprocess.run([sys.executable, "-c", f"import {module}"], check=True)

    everything = [sys.executable, "-c", "from forecastlog.scoring import *"]
    took = least(
        max(repeat, 15),
        numpy=of("numpy"),
        ours=of("forecastlog.scoring"),
        everything=lambda: subprocess.run(everything, check=True),
        nothing=of("sys"),
    )
    print("Import, less an empty Python (without cached bytecode our share is compiling)")
    report.line(
        "forecastlog.scoring over numpy",
        (took["ours"] - took["nothing"]) / (took["numpy"] - took["nothing"]),
        1.2,
    )
    report.line(
        "  every score of it, over numpy",
        (took["everything"] - took["nothing"]) / (took["numpy"] - took["nothing"]),
    )


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--repeat", type=int, default=15)
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    sys.path.remove(str(Path(__file__).resolve().parent))
    random = np.random.default_rng(0)
    p = random.integers(0, 101, options.rows) / 100
    y = (random.random(options.rows) < p).astype(float)
    report = Report()
    means(report, p, y, options.repeat)
    tallies(report, p, y, options.repeat)
    names(report, options.repeat)
    corp(report, options.repeat)
    imports(report, options.repeat)
    print("all targets met" if not report.missed else f"{report.missed} targets missed")
    return int(report.missed > 0)


if __name__ == "__main__":
    sys.exit(main())
