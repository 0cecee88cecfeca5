"""How long a phrase takes to read, and what importing the package costs.

Run: python benchmarks/likelihood.py
"""

from __future__ import annotations

import subprocess
import sys
from statistics import median
from time import perf_counter

PHRASES = {
    "a phrase of the table": "highly unlikely",
    "a modified phrase": "somewhat doubtful",
    "a figure": "odds of 4 to 1 against",
    "a sentence": "It is highly unlikely that the administration will agree another military aid package",
    "nothing in it": "The visit was overshadowed by a dispute about the seating of the delegations",
}
REPEATS = 2000


def time_per_phrase() -> None:
    from forecastlog.likelihood import parse_likelihood, readings

    start = perf_counter()
    parse_likelihood("likely")
    print(f"{'first phrase (loads fl-1)':28} {1e6 * (perf_counter() - start):8.0f} us")
    for name, words in PHRASES.items():
        parse_likelihood(words)
        start = perf_counter()
        for _ in range(REPEATS):
            parse_likelihood(words)
        print(f"{name:28} {1e6 * (perf_counter() - start) / REPEATS:8.1f} us")
    readings("likely")
    start = perf_counter()
    readings("likely")
    print(f"{'one phrase on all scales':28} {1e6 * (perf_counter() - start):8.0f} us")


def time_of_import() -> None:
    for name in ("forecastlog.errors", "forecastlog.likelihood"):
        code = f"from time import perf_counter as t; a=t(); import {name}; print(t()-a)"
        runs = [float(subprocess.check_output([sys.executable, "-c", code])) for _ in range(7)]
        print(f"{'import ' + name:28} {1e3 * median(runs):8.1f} ms")


if __name__ == "__main__":
    time_per_phrase()
    time_of_import()
