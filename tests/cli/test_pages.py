"""From ``init --pages`` to a published folder.

The workflows' own shell lines, in a clone of somebody else's log.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from .conftest import Run

DAY = {
    "GIT_AUTHOR_DATE": "2025-06-01T12:00:00Z",
    "GIT_COMMITTER_DATE": "2025-06-01T12:00:00Z",
    "FORECASTLOG_TODAY": "2025-06-02",
}
GH = """#!/bin/sh
printf '%s\\n' "$@" > "$FORECASTLOG_TEST/asked"
while [ $# -gt 1 ]; do [ "$1" = --body-file ] && cp "$2" "$FORECASTLOG_TEST/body"; shift; done
"""
"""Stands in for GitHub's own program, which asks the network."""


def shell(line: str, folder: Path, aside: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """One step of a workflow, as GitHub runs it."""
    path = f"{aside}:{Path(sys.executable).parent}:{os.environ['PATH']}"
    env = {**os.environ, "PATH": path, "FORECASTLOG_TEST": str(aside), **more}
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", line],
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )


def steps(folder: Path, name: str) -> dict[str, Any]:
    workflow = yaml.safe_load(
        (folder / ".github" / "workflows" / f"forecastlog-{name}.yml").read_text("utf-8")
    )
    (job,) = workflow["jobs"].values()
    checkout = next(step for step in job["steps"] if step.get("uses", "").startswith("actions/checkout"))
    assert checkout["with"]["fetch-depth"] == 0
    assert all(set(step) & {"run", "uses"} for step in job["steps"])
    assert set(workflow[True]) >= {"schedule", "workflow_dispatch"}  # YAML 1.1 reads 'on' as true
    return {step["name"]: step["run"] for step in job["steps"] if "run" in step}


@pytest.fixture
def clone(run: Run, project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log with a title, a language and a licence of its own, cloned as a workflow checks it out."""
    assert run("init", "log", "--pages").exit_code == 0
    log = project / "log"
    settings = log / "predictions" / "forecastlog.toml"
    about = 'title = "Was wurde vorhergesagt?"\nlanguage = "de"\nlicence = "CC0-1.0"\n'
    settings.write_text(about + settings.read_text("utf-8"), "utf-8")
    example = log / "predictions" / "example.yaml"
    example.write_text(example.read_text("utf-8").replace("invented", "short"), "utf-8")
    for line in ("git init -q -b main", "git add -A", "git -c user.name=R -c user.email=r@x commit -qm one"):
        assert shell(line, log, project, **DAY).returncode == 0
    folder = tmp_path_factory.mktemp("clone") / "log"
    subprocess.run(["git", "clone", "-q", f"file://{log}", str(folder)], check=True)
    return folder


def test_what_is_pushed_is_checked_audited_and_exported(clone: Path, tmp_path: Path) -> None:
    lines = steps(clone, "publish")
    assert list(lines) == ["Install", "The whole history is here", "Check", "Audit", "Export"]
    for name in list(lines)[1:]:
        done = shell(lines[name], clone, tmp_path, BASE_URL="https://desk.example/log", **DAY)
        assert done.returncode == 0, f"{name}: {done.stdout}{done.stderr}"
    front = (clone / "public" / "index.html").read_text("utf-8")
    assert '<html lang="de">' in front
    assert "Was wurde vorhergesagt?" in front
    assert "CC0-1.0" in front
    assert '<link rel="canonical" href="https://desk.example/log/">' in front
    shallow = tmp_path / "shallow"
    subprocess.run(["git", "clone", "-q", "--depth", "1", f"file://{clone}", str(shallow)], check=True)
    more = "git -c user.name=R -c user.email=r@x commit -q --allow-empty -m two"
    assert shell(more, clone, tmp_path).returncode == 0
    subprocess.run(["git", "clone", "-q", "--depth", "1", f"file://{clone}", f"{shallow}-2"], check=True)
    assert shell(lines["The whole history is here"], Path(f"{shallow}-2"), tmp_path).returncode == 1


def test_what_is_due_becomes_an_issue_once(clone: Path, tmp_path: Path) -> None:
    (tmp_path / "gh").write_text(GH, "utf-8")
    (tmp_path / "gh").chmod(0o755)
    lines = steps(clone, "due")
    later = {"FORECASTLOG_TODAY": "2036-01-01"}
    for name in ("Look", "Open an issue"):
        done = shell(lines[name], clone, tmp_path, **later)
        assert done.returncode == 0, f"{name}: {done.stdout}{done.stderr}"
    assert "--title\nPredictions to look at\n" in (tmp_path / "asked").read_text("utf-8")
    assert "example-harbour-dredged" in (tmp_path / "body").read_text("utf-8")
    (tmp_path / "asked").unlink()
    for name in ("Look", "Open an issue"):
        assert shell(lines[name], clone, tmp_path, **later).returncode == 0
    assert not (tmp_path / "asked").exists()
