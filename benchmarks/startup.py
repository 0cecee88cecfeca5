"""How long the command line takes to start, as ratios to ``python -c "import click"`` in the same run.

    python benchmarks/startup.py [RUNS]

Every figure is the minimum of many runs, taken in turns, so that a busy machine disturbs all alike.
The targets: the help within 1.3 times, ``due`` on this repository's ledger within 3 times.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROGRAM = str(Path(sys.executable).with_name("forecastlog"))
COMMANDS = {
    "import click": [sys.executable, "-c", "import click"],
    "forecastlog --help": [PROGRAM, "--help"],
    "forecastlog due": [PROGRAM, "due"],
}
# Compiled files must be kept, as they are wherever the program is installed; the first runs write them.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
TARGETS = {"forecastlog --help": 1.3, "forecastlog due": 3.0}


def seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def main(runs: int = 30) -> int:
    best = dict.fromkeys(COMMANDS, float("inf"))
    for _ in range(runs):
        for name, command in COMMANDS.items():
            best[name] = min(best[name], seconds(command))
    base = best["import click"]
    print(f"import click: {base * 1000:.1f} ms (the least of {runs} runs)")
    for name, target in TARGETS.items():
        ratio = best[name] / base
        print(f"{name}: {best[name] * 1000:.1f} ms, {ratio:.2f} times (target {target})")
    return int(any(best[name] / base > target for name, target in TARGETS.items()))


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
