"""How often `parse_deadline` names the right days, and how fast, beside dateparser.

    python benchmarks/deadlines.py [PHRASES.json]

PHRASES.json is a list of {"phrase", "reference", "earliest", "latest", "tolerance_days"}, dates as ISO text
and null for an open end. Without it the hand-labelled phrases of the tests are measured.

Right: the label's last day or within its tolerance. Wrong: another last day. Not understood is neither.
"""

import json
import re
import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from forecastlog.deadlines import parse_deadline

OWN = Path(__file__).parent.parent / "tests" / "deadlines" / "phrases.txt"
PREPOSITION = re.compile(
    r"^(?:by|before|until|in|within|during|after|from|on|at|over|through|the|of)\s+", re.IGNORECASE
)
UNREAD = object()


class Labelled(NamedTuple):
    """A phrase, the day it was said, and the days it means."""

    phrase: str
    reference: date
    earliest: date | None
    latest: date | None
    tolerance: int


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text and text != "-" else None


def from_json(path: Path) -> list[Labelled]:
    return [
        Labelled(
            row["phrase"],
            date.fromisoformat(row["reference"]),
            day(row["earliest"]),
            day(row["latest"]),
            row.get("tolerance_days") or 0,
        )
        for row in json.loads(path.read_text(encoding="utf-8"))
    ]


def from_tests(path: Path) -> list[Labelled]:
    rows, reference = [], date.min
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            reference = date.fromisoformat(line[1:])
        elif line.count("|") == 2 and not line.startswith("#"):
            phrase, first, last = (part.strip() for part in line.split("|"))
            rows.append(Labelled(phrase, reference, day(first), day(last), 0))
    return rows


def ours(row: Labelled) -> object:
    found = parse_deadline(row.phrase, row.reference)
    return UNREAD if found is None else (found.earliest, found.latest)


def dateparser_reads(phrase: str, reference: date) -> object:
    import dateparser

    base = datetime(reference.year, reference.month, reference.day)  # noqa: DTZ001  # days have no zone
    found = dateparser.parse(
        phrase, languages=["en"], settings={"RELATIVE_BASE": base, "PREFER_DATES_FROM": "future"}
    )
    return UNREAD if found is None else (found.date(), found.date())


def plain_dateparser(row: Labelled) -> object:
    return dateparser_reads(row.phrase, row.reference)


def bared_dateparser(row: Labelled) -> object:
    phrase = row.phrase
    while (shorter := PREPOSITION.sub("", phrase)) != phrase:
        phrase = shorter
    return dateparser_reads(phrase, row.reference)


def near(a: object, b: date | None, tolerance: int) -> bool:
    return a == b or (isinstance(a, date) and isinstance(b, date) and abs((a - b).days) <= tolerance)


def measure(name: str, read: Callable[[Labelled], object], rows: list[Labelled]) -> None:
    exact = within = both = unread = 0
    times = []
    read(rows[0])  # loads what is loaded with the first phrase
    for row in rows:
        start = time.perf_counter()
        answer = read(row)
        times.append((time.perf_counter() - start) * 1000)
        if not isinstance(answer, tuple):
            unread += 1
            continue
        first, last = answer
        exact += last == row.latest
        if near(last, row.latest, row.tolerance):
            within += 1
            both += near(first, row.earliest, row.tolerance)
    n = len(rows)
    wrong = n - within - unread
    print(
        f"{name:34}{exact / n:9.1%}{within / n:9.1%}{both / n:9.1%}{wrong / n:9.1%}{unread / n:9.1%}"
        f"{statistics.median(times):10.3f}"
    )


def import_time(code: str) -> float:
    """The best of ten runs of a fresh Python, in milliseconds."""
    runs = []
    for _ in range(10):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        runs.append((time.perf_counter() - start) * 1000)
    return min(runs)


def main() -> None:
    warnings.simplefilter("ignore")  # dateparser's own
    rows = from_json(Path(sys.argv[1])) if len(sys.argv) > 1 else from_tests(OWN)
    print(f"{len(rows)} phrases; shares of them; median milliseconds a phrase\n")
    print(f"{'':34}{'last day':>9}{'within':>9}{'both':>9}{'wrong':>9}{'unread':>9}{'ms':>10}")
    measure("forecastlog", ours, rows)
    measure("dateparser", plain_dateparser, rows)
    measure("dateparser, preposition removed", bared_dateparser, rows)
    bare = import_time("pass")
    print(
        "\n"
        f"import forecastlog.deadlines: {import_time('import forecastlog.deadlines') - bare:.0f} "
        "ms over Python"
    )
    print(f"import dataclasses alone:     {import_time('import dataclasses') - bare:.0f} ms over Python")


if __name__ == "__main__":
    main()
