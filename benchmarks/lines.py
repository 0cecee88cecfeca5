"""What machines' lines cost beside an insert of the same forecasts: `python benchmarks/lines.py [FORECASTS]`.

A generated ledger of JSON Lines (`journal.py`; 100,000 forecasts of 10,000 predictions where no number is
given), and `sqlite-utils insert` of the same forecasts, in one run. Times are processor seconds of the whole
command, with its start. The limits are those for 1,000,000 forecasts. Exits 1 where one is missed.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from pathlib import Path

from cost import Bench
from journal import SOURCE, insertable, write
from report import Report

QUICK = 1.5
"""Processor seconds of a listing with a warm index."""
FIRST, AFTER = 2, 0.2
"""A first build over the insert, and one after a resolution over a first."""


class Ledger:
    """The commands on one ledger, with their costs."""

    def __init__(self, folder: Path, forecasts: int) -> None:
        self.bench, self.folder = Bench(folder), folder
        self.root = write(folder, forecasts)
        self.lines = insertable(folder / "forecasts.jsonl", forecasts)

    def insert(self) -> float:
        """An insert of the forecasts by another program."""
        return self.bench.run(
            "sqlite-utils", "insert", self.folder / "plain.db", "f", self.lines, "--nl", "--pk", "id"
        )

    def cost(self, *words: str, runs: int = 3) -> float:
        """A command, the least of several runs."""
        return min(self.bench.run("forecastlog", *words, "--ledger", self.root) for _ in range(runs))

    def cold(self) -> float:
        """The first command of all, with no index."""
        shutil.rmtree(self.folder / "cache", ignore_errors=True)
        return self.cost("due", runs=1)

    def peak(self) -> float:
        """The most memory that ``due`` holds, in megabytes."""
        return self.bench.peak("forecastlog", "due", "--ledger", self.root)

    def build(self) -> float:
        """The database made, or made again."""
        return self.bench.run(*self._build)

    def peak_of_build(self) -> float:
        """The most memory that a first build holds, in megabytes."""
        (self.folder / "forecastlog.db").unlink()
        shutil.rmtree(self.folder / "cache")
        return self.bench.peak(*self._build)

    @property
    def _build(self) -> tuple[str | Path, ...]:
        return "forecastlog", "build", "--ledger", self.root, "--db", self.folder / "forecastlog.db"

    def append(self, **line: object) -> None:
        """One more line, as an import writes it."""
        with (self.root / "imports" / SOURCE / "2026-11.jsonl").open("a") as file:
            file.write(json.dumps(line) + "\n")

    def resolve(self) -> None:
        """The outcome of the first prediction without one, as an import writes it."""
        lines = [json.loads(line) for path in self.root.rglob("*.jsonl") for line in path.open()]
        decided = {line["prediction"] for line in lines if line["type"] == "resolution"}
        first = min({line["id"] for line in lines if line["type"] == "prediction"} - decided)
        day = "2026-11-02"
        self.append(
            type="resolution", id="told", prediction=first, outcome="yes", known=day, recorded=day, by=SOURCE
        )


def builds(ledger: Ledger, report: Report, insert: float) -> None:
    """The first build and those after it, over the insert; a fifth is meant of what the first may take."""
    shutil.rmtree(ledger.folder / "cache")
    first = ledger.build()
    print("Builds")
    report.line("the first, over the insert", first / insert, FIRST)
    report.line("one where nothing changed, over the insert", ledger.build() / insert)
    ledger.resolve()
    after = ledger.build()
    report.line("one after one resolution, over the insert", after / insert, FIRST * AFTER)
    report.line("the same, over the first build", after / first, AFTER)
    report.line("the most memory of a first build", ledger.peak_of_build(), 1500, " MB")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("forecasts", type=int, nargs="?", default=100_000)
    report = Report()
    with tempfile.TemporaryDirectory() as folder:
        ledger = Ledger(Path(folder), parser.parse_args().forecasts)
        insert = ledger.insert()
        print(f"'sqlite-utils insert' of the forecasts takes {insert:.2f} s")
        report.line("the first command of all, over that", ledger.cold() / insert)
        print("With a warm index")
        report.line("due", ledger.cost("due"), QUICK, " s")
        report.line("due in three months", ledger.cost("due", "--today", "2027-02-23"), unit=" s")
        for where in ("speaker=forecaster-3", "status=due", "external=77"):
            report.line(f"list --where {where}", ledger.cost("list", "--where", where), QUICK, " s")
        report.line("show ONE", ledger.cost("show", "question-77"), QUICK, " s")
        resolved = ("resolve", "question-77", "void", "--reason", "mislogged", "--dry-run")
        ledger.cost(*resolved, runs=1)
        report.line("resolve ONE", ledger.cost(*resolved), unit=" s")
        ledger.append(
            type="forecast",
            id="one-more",
            prediction="question-1",
            recorded="2026-11-01T12:00:00Z",
            by="Forecaster 1",
            probability=0.5,
        )
        report.line("due after one line was appended", ledger.cost("due", runs=1), unit=" s")
        report.line("the most memory of due", ledger.peak(), unit=" MB")
        shutil.rmtree(Path(folder) / "cache")
        report.line("the most memory of the first command", ledger.peak(), 1500, " MB")
        builds(ledger, report, insert)
    return int(report.missed > 0)


if __name__ == "__main__":
    sys.exit(main())
