"""Whether cost follows the change, as ratios of processor seconds in one run.

`python benchmarks/cost.py [--small]`.

A generated ledger of 10,000 predictions with 100,000 forecasts (`ledger.py`; 1,000 with `--small`, which
holds for no target) beside this repository's own. Quick commands are the least of several runs, taken in
turns. `sqlite-utils insert` of the same forecasts as lines of JSON (with the keys that were typed, and as the
rows that the build makes of them) and PyYAML's events of the same bytes are what is compared with. Exits 1
where a target is missed. Needs git.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from ledger import TODAY, touch_text, write
from report import Report
from yaml._yaml import CParser
from yaml.events import StreamEndEvent

from forecastlog.ledger import load

OWN = Path(__file__).parents[1] / "predictions"
BIN = Path(sys.executable).parent
RUNS = 7
COMMITS = 300


class Bench:
    """Runs commands with a cache folder of their own, and knows what they cost."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        mine = {"FORECASTLOG_TODAY": TODAY.isoformat(), "FORECASTLOG_BY": "desk"}
        self.environment = {**os.environ, **mine, "XDG_CACHE_HOME": str(folder / "cache")}

    def run(self, *words: str | Path, cwd: Path | None = None, wanted: Sequence[int] = (0,)) -> float:
        """The processor seconds of a command, of its children's children too.

        Raises for an exit code that is not ``wanted``.
        """
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        program = BIN / str(words[0]) if words[0] != "git" else "git"
        done = subprocess.run(
            [str(program), *map(str, words[1:])],
            cwd=cwd,
            env=self.environment,
            check=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        if done.returncode not in wanted:
            done.check_returncode()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime

    def over_own(self, generated: Path, of_generated: Sequence[str], of_own: Sequence[str]) -> float:
        """A command on the generated ledger over one on this repository's, each the least of some runs."""
        best = [float("inf")] * 2
        for _ in range(RUNS):
            for place, (root, words) in enumerate(((generated, of_generated), (OWN, of_own))):
                best[place] = min(best[place], self.run("forecastlog", *words, "--ledger", root))
        return best[0] / best[1]

    def peak(self, *words: str | Path) -> float:
        """The most memory that a command holds, in megabytes."""
        code = (
            "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True); "
            "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
        )
        told = subprocess.run(
            [sys.executable, "-c", code, str(BIN / str(words[0])), *map(str, words[1:])],
            env=self.environment,
            check=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        return int(told.stdout.split()[-1]) / 1024


def quick(bench: Bench, report: Report, root: Path) -> None:
    """Commands on a warm index over the same on this repository's ledger."""
    own, other = (_open(one) for one in (OWN, root))
    told = ("--url", "https://market.example/more", "--made", "2026-01-02", "--dry-run")
    commands = {
        "due": (["due"], ["due"], 2),
        "list --where speaker": (_speaker(root), _speaker(OWN), 2),
        "list --where status=due": (["list", "--where", "status=due"], ["list", "--where", "status=due"], 2),
        "list --where outcome=yes": (
            ["list", "--where", "outcome=yes"],
            ["list", "--where", "outcome=yes"],
            2,
        ),
        "show ONE": (["show", other], ["show", own], 2),
        "resolve ONE": (_void(other), _void(own), 3),
        "forecast ONE": (["forecast", other, "40%", *told], ["forecast", own, "40%", *told], 3),
    }
    print("A warm index, over the same command on this repository's ledger")
    for name, (of_generated, of_own, most) in commands.items():
        report.line(name, bench.over_own(root, of_generated, of_own), most)


def _void(record_id: str) -> list[str]:
    return ["resolve", record_id, "void", "--reason", "mislogged", "--dry-run"]


def _open(root: Path) -> str:
    """The id of a prediction that can be resolved."""
    return next(
        one.id
        for one in load(root).ledger.predictions
        if not one.resolutions and not one.given and one.forecasts
    )


def _speaker(root: Path) -> list[str]:
    first = next(load(root).ledger.predictions)
    return ["list", "--where", f"speaker={first.speaker}"]


def first_command(bench: Bench, report: Report, root: Path) -> None:
    """After an edit of every file, over the events of the same bytes."""
    took = []
    for number in range(3):
        for path in root.glob("article-*.yaml"):
            touch_text(path, number)
        took.append(bench.run("forecastlog", "due", "--ledger", root))
    print("The first command after all files changed")
    report.line("over PyYAML's C events of the same bytes", min(took) / _events(root), 6)


def _events(root: Path) -> float:
    texts = [path.read_text() for path in root.glob("*.yaml")]
    start = time.process_time()
    for text in texts:
        parser = CParser(text)
        while parser.get_event().__class__ is not StreamEndEvent:
            pass
    return time.process_time() - start


def builds(bench: Bench, report: Report, root: Path, folder: Path) -> None:
    """The first build and one after a resolution, over an insert of the forecasts."""
    database, command = folder / "forecastlog.db", ("forecastlog", "build", "--ledger", root)
    shutil.rmtree(folder / "cache", ignore_errors=True)
    first = bench.run(*command, "--db", database)
    inserts = {
        "as the ledger has them": _insert(bench, folder / "written", _written(root)),
        "as the database has them": _insert(bench, folder / "built", _built(database)),
    }
    bench.run("forecastlog", "resolve", _open(root), "void", "--reason", "mislogged", "--ledger", root)
    second = bench.run(*command, "--db", database)
    print(f"Without a history: the first build {first:.1f} s, one after a resolution {second:.1f} s")
    for name, insert in inserts.items():
        print(f"Over 'sqlite-utils insert' of the forecasts {name} ({insert:.2f} s)")
        report.line("the first build", first / insert, 6)
        report.line("a build after one resolution", second / insert, 1)
    shutil.rmtree(folder / "cache", ignore_errors=True)
    report.line("the most memory of a first build", bench.peak(*command, "--db", database), 400, " MB")


def _insert(bench: Bench, place: Path, rows: Iterable[dict[str, object]]) -> float:
    """The least of some inserts of the rows by another program."""
    lines = place.with_suffix(".jsonl")
    with lines.open("w") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return min(
        bench.run("sqlite-utils", "insert", f"{place}-{n}.db", "f", lines, "--nl", "--pk", "id")
        for n in range(3)
    )


def _written(root: Path) -> Iterator[dict[str, object]]:
    """The forecasts with the keys that were typed."""
    for prediction in load(root).ledger.predictions:
        for number, one in enumerate(prediction.forecasts):
            said = {"probability": getattr(one.says, "probability", None), "words": one.words}
            of = {"id": f"{prediction.id}.{number}", "prediction": prediction.id, "by": one.by}
            yield {**of, "made": one.made.text, "url": one.url, **said}


def _built(database: Path) -> Iterator[dict[str, object]]:
    """The rows of the table of forecasts, without what is empty."""
    with closing(sqlite3.connect(database)) as connection:
        connection.row_factory = sqlite3.Row
        for row in connection.execute("select * from forecasts"):
            yield {name: row[name] for name in row.keys() if row[name] is not None}  # noqa: SIM118


def history(bench: Bench, report: Report, root: Path, folder: Path) -> None:
    """What a longer history adds to a build that has seen it."""
    took = []
    database = folder / "history.db"
    _git(bench, root, "init", "-q")
    _commit(bench, root, 0)
    for commits in (0, COMMITS):
        for number in range(1, commits + 1):
            touch_text(root / f"article-{number % 50:05d}.yaml", 1000 + number)
            _commit(bench, root, number)
        seen = [bench.run("forecastlog", "build", "--ledger", root, "--db", database) for _ in range(3)]
        took.append(min(seen[1:]))
    print(f"{COMMITS} more commits in the history")
    report.line("the time they add to a build that has seen them", took[1] - took[0], 0.5, " s")
    audit = ("forecastlog", "audit", "--ledger", root)
    kept = min(bench.run(*audit, wanted=(0, 1)) for _ in range(3))
    fresh = bench.run(*audit, "--fresh", wanted=(0, 1))
    report.line("an audit that has seen them, over one that reads them again", kept / fresh, 0.5)
    after = [_after_one(bench, each, folder) for each in (root, _without_history(bench, root, folder))]
    report.line("a build after one resolution, over one without a history", after[0] / after[1], 2)


def _without_history(bench: Bench, root: Path, folder: Path) -> Path:
    """The same ledger outside of git, built once."""
    bare = shutil.copytree(root, folder / "bare" / "predictions")
    bench.run("forecastlog", "build", "--ledger", bare, "--db", folder / "bare.db")
    return bare


def _after_one(bench: Bench, root: Path, folder: Path) -> float:
    """A build after one resolution, of a ledger that was built before."""
    database = folder / ("bare.db" if root.is_relative_to(folder / "bare") else "history.db")
    bench.run("forecastlog", "resolve", _open(root), "void", "--reason", "mislogged", "--ledger", root)
    return bench.run("forecastlog", "build", "--ledger", root, "--db", database)


def _git(bench: Bench, root: Path, *words: str) -> None:
    bench.run("git", "-c", "user.name=desk", "-c", "user.email=desk@example.org", *words, cwd=root.parent)


def _commit(bench: Bench, root: Path, number: int) -> None:
    _git(bench, root, "add", "predictions")
    _git(bench, root, "commit", "-q", "-m", f"Number {number}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="1,000 predictions")
    parser.add_argument("--only", choices=("quick", "first", "builds", "history"))
    asked = parser.parse_args()
    report = Report()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        root = write(folder / "generated", 1000 if asked.small else 10000)
        bench = Bench(folder)
        if asked.only in (None, "quick"):
            quick(bench, report, root)
        if asked.only in (None, "first"):
            first_command(bench, report, root)
        if asked.only in (None, "builds"):
            builds(bench, report, root, folder)
        if asked.only in (None, "history"):
            history(bench, report, root, folder)
    return int(report.missed > 0)


if __name__ == "__main__":
    sys.exit(main())
