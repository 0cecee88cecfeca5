"""A command that is killed at any moment leaves the old file or the new one, and the next command works.

A process forks a child for every system call of a write; the child kills itself before the call, after it,
or, where the call writes, when half of the bytes are out.
"""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

KILLER = """
import json, os, signal, sys
from pathlib import Path
from forecastlog.ledger.files import editing

CALLS = ("open", "write", "fchmod", "fsync", "close", "replace", "link", "unlink", "read")
real_write, real_unlink = os.write, os.unlink

def die():
    os.kill(os.getpid(), signal.SIGKILL)

def deadly(name, fatal, moment, seen):
    original = getattr(os, name)
    def call(*arguments, **options):
        seen[0] += 1
        if seen[0] != fatal:
            return original(*arguments, **options)
        if moment == "before":
            die()
        if moment == "half" and name == "write":
            real_write(arguments[0], bytes(arguments[1])[: len(arguments[1]) // 2])
            die()
        result = original(*arguments, **options)
        die()
        return result
    return call

def act(root, kind):
    with editing(root) as editor:
        if kind == "create":
            editor.create(root / "c.yaml", "new " * 5000)
        else:
            new = lambda text: text.replace("old", "new")
            editor.write_all({root / f"{name}.yaml": new for name in "ab"}, {})

def state(root):
    return {path.name: sorted(set(path.read_text().split())) for path in root.glob("*.yaml")}

root, kind, moment = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
report = []
for fatal in range(1, 1000):
    for path in root.glob("*.yaml"):
        path.unlink()
    for name in "ab":
        (root / f"{name}.yaml").write_text("old " * 5000)
    child = os.fork()
    if child == 0:
        seen = [0]
        for name in CALLS:
            setattr(os, name, deadly(name, fatal, moment, seen))
        act(root, kind)
        os._exit(0)
    killed = os.WIFSIGNALED(os.waitpid(child, 0)[1])
    after = state(root)
    if after.get("c.yaml") and killed:
        real_unlink(root / "c.yaml")
    if killed:
        act(root, kind)
    report.append({"killed": killed, "after": after, "then": state(root),
                   "left": sorted(p.name for p in root.iterdir() if p.suffix != ".yaml")})
    if not killed:
        break
print(json.dumps(report))
"""

WRITER = """
import sys
from pathlib import Path
from forecastlog.ledger.files import editing
root = Path(sys.argv[1])
print(flush=True)
while True:
    with editing(root) as editor:
        editor.change(root / "a.yaml", lambda text: text.translate(str.maketrans("on", "no")))
"""


def kill_everywhere(root: Path, kind: str, moment: str) -> list[dict[str, object]]:
    done = subprocess.run(
        [sys.executable, "-c", KILLER, str(root), kind, moment], check=True, capture_output=True, text=True
    )
    report: list[dict[str, object]] = json.loads(done.stdout)
    assert not report[-1]["killed"]
    assert len(report) > 12, "the writes make a dozen system calls, and every one was the last once"
    assert all(entry["left"] == [".lock"] for entry in report), "the next command clears what was left"
    return report


@pytest.mark.parametrize("moment", ["before", "half", "after"])
def test_a_change_that_is_killed(tmp_path: Path, moment: str) -> None:
    for entry in kill_everywhere(tmp_path, "change", moment):
        after = entry["after"]
        assert after in (
            {"a.yaml": ["old"], "b.yaml": ["old"]},
            {"a.yaml": ["new"], "b.yaml": ["old"]},  # two files cannot be replaced in one step
            {"a.yaml": ["new"], "b.yaml": ["new"]},
        )
        assert entry["then"] == {"a.yaml": ["new"], "b.yaml": ["new"]}


@pytest.mark.parametrize("moment", ["before", "half", "after"])
def test_a_new_file_that_is_killed(tmp_path: Path, moment: str) -> None:
    rest = {"a.yaml": ["old"], "b.yaml": ["old"]}
    for entry in kill_everywhere(tmp_path, "create", moment):
        assert entry["after"] in (rest, rest | {"c.yaml": ["new"]})
        assert entry["then"] == rest | {"c.yaml": ["new"]}


def kill_at_random(root: Path, times: int) -> None:
    path = root / "a.yaml"
    path.write_text("on" * 20_000, encoding="utf-8")
    choose = random.Random(1)  # noqa: S311 - moments, no secrets
    for _ in range(times):
        process = subprocess.Popen([sys.executable, "-c", WRITER, str(root)], stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(choose.random() * 0.02)
        process.kill()
        assert process.wait() == -signal.SIGKILL
        process.stdout.close()
        assert path.read_text(encoding="utf-8") in ("on" * 20_000, "no" * 20_000)


def test_a_few_kills_at_random_moments(tmp_path: Path) -> None:
    kill_at_random(tmp_path, 5)


@pytest.mark.slow
def test_many_kills_at_random_moments(tmp_path: Path) -> None:
    kill_at_random(tmp_path, 300)
