"""Many commands at one ledger at once: every edit is there afterwards, and every comment."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from forecastlog.compose.undo import MEMORY
from forecastlog.ledger import load
from tests.faults.ledgers import ARTICLE, TODAY, make

WRITER = """
import sys
from pathlib import Path
from forecastlog.ledger.edit import Append, apply
from forecastlog.ledger.files import editing

root, worker, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
for number in range(count):
    edit = Append("p", "forecasts", {"words": f"{worker}-{number}"})
    with editing(root, wait=60) as editor:
        editor.change(root / "a.yaml", lambda text: apply(text, [edit]))
"""

CREATOR = """
import sys
from pathlib import Path
from forecastlog.errors import Refused
from forecastlog.ledger.files import editing

root, worker = Path(sys.argv[1]), sys.argv[2]
try:
    with editing(root, wait=60) as editor:
        editor.create(root / "new.yaml", worker)
except Refused:
    sys.exit(9)
"""

TEXT = """\
# head
article:
  id: art  # the article
predictions:
  # one
  - id: p
    criteria: >-
      folded

    # about the forecasts
    forecasts: []  # none yet
    # end of one
# end
"""


def start(script: str, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", script, *arguments])


def write_at_once(root: Path, workers: int, edits: int) -> None:
    path = root / "a.yaml"
    path.write_text(TEXT, encoding="utf-8")
    processes = [start(WRITER, str(root), str(worker), str(edits)) for worker in range(workers)]
    assert [process.wait() for process in processes] == [0] * workers
    text = path.read_text(encoding="utf-8")
    said = [entry["words"] for entry in yaml.safe_load(text)["predictions"][0]["forecasts"]]
    assert sorted(said) == sorted(
        f"{worker}-{number}" for worker in range(workers) for number in range(edits)
    )
    for worker in range(workers):
        own = [words for words in said if words.startswith(f"{worker}-")]
        assert own == [f"{worker}-{number}" for number in range(edits)], "one's own edits stay in their order"
    rest = [line for line in text.splitlines() if not line.startswith("      - {")]
    assert rest == TEXT.replace("forecasts: []  #", "forecasts:  #").splitlines()
    assert sorted(file.name for file in root.iterdir()) == [".lock", "a.yaml"]


def test_a_few_processes_edit_one_file(tmp_path: Path) -> None:
    write_at_once(tmp_path, workers=3, edits=10)


@pytest.mark.slow
def test_eight_processes_make_two_hundred_edits_of_one_file(tmp_path: Path) -> None:
    write_at_once(tmp_path, workers=8, edits=25)


def test_one_of_several_new_files_of_one_name_is_made(tmp_path: Path) -> None:
    processes = [start(CREATOR, str(tmp_path), str(worker)) for worker in range(4)]
    codes = [process.wait() for process in processes]
    assert sorted(codes) == [0, 9, 9, 9]
    assert (tmp_path / "new.yaml").read_text(encoding="utf-8") == str(codes.index(0))


FORECASTS = """
import os, sys, time
from forecastlog.cli.main import main

worker, seconds = sys.argv[1], float(sys.argv[2])
end, number = time.monotonic() + seconds, 0
while number == 0 or time.monotonic() < end:
    number += 1
    note = f"{worker}-{number}"
    child = os.fork()
    if child == 0:
        if number % 5:
            main(["forecast", "aid-ends", "40%", "--speaker", f"Desk {note}", "--note", note])
        main(["add", "talks-2025", "--claim", f"Thing {note}.", "--quote", "likely", "--words", "likely",
              "--criteria", f"Yes when {note} is seen.", "--by", worker])
    if os.waitpid(child, 0)[1] == 0:
        print(note, flush=True)
"""


def commands_at_once(folder: Path, writers: int, seconds: float) -> int:
    """Writers that give command after command; the number reported as done, each of which is there once."""
    project = folder / "project"
    make(project, "resolve")
    environment = {**os.environ, "FORECASTLOG_TODAY": TODAY}
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", FORECASTS, f"w{number}", str(seconds)],
            cwd=project,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(writers)
    ]
    outputs = [process.communicate() for process in processes]
    assert not any("Traceback" in said for _, said in outputs)
    done = [note for told, _ in outputs for note in told.split()]
    ledger = load(project / "predictions").ledger
    notes = [entry.note for record in ledger.predictions for entry in record.forecasts if entry.note]
    notes += [
        record.claim.split()[1].rstrip(".")
        for record in ledger.predictions
        if record.claim.startswith("Thing")
    ]
    assert sorted(notes) == sorted(done)
    assert not [problem for problem in load(project / "predictions").problems if problem.severity == "error"]
    text = (project / "predictions" / "talks.yaml").read_text(encoding="utf-8")
    assert [line for line in ARTICLE.splitlines() if "#" in line] == [
        line for line in text.splitlines() if "#" in line
    ]
    left = {path.name for path in (project / "predictions").iterdir()}
    assert left == {".lock", MEMORY, "people.yaml", "talks.yaml"}
    return len(done)


def test_four_who_give_commands_for_two_seconds(tmp_path: Path) -> None:
    assert commands_at_once(tmp_path, writers=4, seconds=2) >= 4


@pytest.mark.slow
def test_sixteen_who_give_commands_for_a_minute(tmp_path: Path) -> None:
    assert commands_at_once(tmp_path, writers=16, seconds=60) > 100
