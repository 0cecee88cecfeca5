"""The plugin on the newest Datasette 1.0 alpha: it loads, and the front page and a record's page answer.

    python tests/browser/datasette_1.py

Makes an environment of its own under .cache, since forecastlog itself asks for Datasette below 1.0.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).parents[2]
PLACE = ROOT / ".cache" / "datasette-1"
PYTHON = PLACE / "bin" / "python"
PAGES = """
import asyncio, sys
from datasette.app import Datasette
from datasette.version import __version__

async def main():
    site = Datasette([sys.argv[1]])
    await site.invoke_startup()
    for page, words in (
        ("/", "What was said"),
        ("/-/scoreboard", "Scoreboard"),
        ("/-/calibration", "Calibration"),
        ("/-/due.ics", "BEGIN:VCALENDAR"),
        ("/forecastlog/predictions", "predictions"),
        ("/forecastlog/articles/ceasefire-gamble", "ceasefire"),
    ):
        answer = await site.client.get(page)
        assert answer.status_code == 200, (page, answer.status_code, answer.text[-2000:])
        assert words in answer.text, (page, words)
    print("the pages answer on Datasette", __version__)

asyncio.run(main())
"""


def main() -> None:
    if not PYTHON.exists():
        venv.create(PLACE, with_pip=True)
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
    subprocess.run([*pip, "--editable", str(ROOT)], check=True)
    # pip then says that forecastlog wants another Datasette; that is the point.
    subprocess.run([*pip, "--pre", "--upgrade", "datasette>=1.0a1"], check=True)
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "forecastlog.db"
        build = ["-m", "forecastlog", "build", "--ledger", str(ROOT / "predictions"), "--db", str(database)]
        subprocess.run([sys.executable, *build], check=True)
        subprocess.run([str(PYTHON), "-c", PAGES, str(database)], check=True)


if __name__ == "__main__":
    main()
