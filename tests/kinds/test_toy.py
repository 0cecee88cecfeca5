"""Adding a kind touches one folder.

A toy of one file goes through check, add, resolve, score, show and build.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import forecastlog

TOY = Path(__file__).with_name("toy.py")
LEDGER = """\
article: {id: barn, title: The barn, published: 2025-03-19, authors: [ann]}
predictions:
  - id: owls
    kind: toy
    claim: How many owls there are in the barn.
    deadline: {words: by 30 June 2025, latest: 2025-06-30, basis: stated}
    criteria: What the warden counts.
    settled_by: the warden
    status_quo: 4
    logged: 2025-03-20
    forecasts:
      - {guess: 5}
    resolutions:
      - {outcome: 3, known: 2025-07-01, recorded: 2025-07-02, by: eve, evidence: ["https://barn.example/"]}
"""
SCRIPT = """\
import sys
from pathlib import Path
from click.testing import CliRunner
from forecastlog.cli.main import main
def run(*arguments, code=0):
    done = CliRunner().invoke(main, [*arguments, "--today", "2026-01-10"], catch_exceptions=False)
    assert done.exit_code == code, (arguments, done.output)
    return done.output
assert "no problems" in run("check")
told = run("show", "owls")
assert "Guessed 5. There were 3." in " ".join(told.split()), told
assert "mean squared error" in run("score", "--predicts", "toy") and "1 with --predicts toy" in run("score")
told = "--speaker", "Bob", "--made", "2025-04-01", "--url", "https://barn.example/b", "--new-person"
run("forecast", "owls", "7", *told)
run("forecast", "owls", "12", "--speaker", "Bob", "--made", "2025-04-02", code=1)
run("resolve", "owls", "many", "--by", "bob", "--known", "2025-07-01", "--searched", "the barn", code=2)
run("build", "--db", "log.db")
import sqlite3
rows = sqlite3.connect("log.db").execute("select kind, squared from scores order by squared").fetchall()
assert rows == [("toy", 4.0), ("toy", 16.0)], rows
rows = sqlite3.connect("log.db").execute("select guess from forecasts order by guess").fetchall()
assert rows == [(5,), (7,)], rows
"""


def test_a_fifth_kind_is_one_folder(tmp_path: Path) -> None:
    source = Path(forecastlog.__file__).parent
    package = tmp_path / "lib" / "forecastlog"
    shutil.copytree(source, package, ignore=shutil.ignore_patterns("__pycache__"))
    (package / "kinds" / "toy").mkdir()
    shutil.copy(TOY, package / "kinds" / "toy" / "__init__.py")
    ledger = tmp_path / "predictions"
    ledger.mkdir()
    (ledger / "barn.yaml").write_text(LEDGER, encoding="utf-8")
    (ledger / "people.yaml").write_text(
        "forecasters:\n  - {id: ann, name: Ann Lee}\n  - {id: eve, name: Eve, kind: desk}\n", encoding="utf-8"
    )
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path / "lib"), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
