"""How long the site of 1,000 predictions takes as files, and how large the index of its search is.

    python benchmarks/static.py

The targets: 20 seconds for 1,000 pages, without the build; 100 kB of index; nothing written the second time.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from large import build_database

MOST_SECONDS, MOST_INDEX = 20.0, 100_000


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        database, folder = Path(temporary) / "forecastlog.db", Path(temporary) / "site"
        build_database(database, predictions=1000, copies=1)
        command = [sys.executable, "-m", "forecastlog", "export", "site", str(folder), "--db", str(database)]
        seconds = []
        for _ in range(2):
            began = time.perf_counter()
            told = subprocess.run(command, check=True, capture_output=True, text=True).stderr
            seconds.append(time.perf_counter() - began)
        pages = sum(1 for _ in folder.rglob("*.html"))
        index = (folder / "search" / "index.js").stat().st_size
        each = 1000 * seconds[0] / pages
        print(
            (
                f"{pages:,} pages in {seconds[0]:.1f} s, {each:.1f} s a thousand; "
                f"again in {seconds[1]:.1f} s: {told}"
            ),
            end="",
        )
        print(f"the search's index: {index:,} bytes")
        assert each <= MOST_SECONDS
        assert index <= MOST_INDEX
        assert " 0 written" in told


if __name__ == "__main__":
    main()
