"""Every command says and writes the same with an index, without one, and with one made each time."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from forecastlog.cli.main import main
from forecastlog.ledger.index import index_path
from tests.ledger.test_loader import record

COMMANDS = (
    "due",
    "due --within 2y --json",
    "due --markdown",
    "list",
    "list --json",
    "list --where status=due --where speaker=ada-smith -c id -c status",
    "list --where main=no --where latest<2026-01-01 --nl",
    "list --where main>x",
    "list --where nothing=1",
    "list --status open --speaker crowd",
    "list --tag aid --sort -latest",
    "list --where outcome=yes",
    "show aid-package-2025",
    "show talks-end --json",
    "show talks-2025 --json",
    "show aid",
    "search aid",
    "articles --json",
    "conditions --json",
    "people --json",
    "tags",
    "check",
    "score --json",
    "resolve aid-ends no --by Kim",
    "due --json",
    "list --where status=resolved --json",
    "resolve aid-ends yes --by Kim",
    "forecast aid-package-2025 20% --url https://x.example/1 --made 2025-04-01",
    "forecast aid-package-2025 30% --url https://x.example/2 --made 2025-04-02 --speaker Bob --new-person",
    "show aid-package-2025",
    "resolve talks-begin met --by Kim --known 2025-05-01 --evidence https://news.example/2",
    "amend aid-package-2025 settled_by=Nobody",
    "rename aid-ends aid-has-ended",
    "show aid-ends",
    "void truce-holds mislogged --by Kim",
    "undo",
    "fill",
    "list --json --where status=void",
    "list --json --where outcome=void",
    "list --json --where outcome=no",
    "due --json --today 2027-01-01",
    "check",
)


def aside(project: Path, name: str) -> Path:
    """The project under the same name in a folder of its own."""
    copy = project.parent / name / "project"
    shutil.copytree(project, copy)
    return copy


def outcomes(
    folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, before: Callable[[], object]
) -> list[tuple[object, ...]]:
    """What every command said, in what way it ended, and what the files held then."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    monkeypatch.chdir(folder)
    said: list[tuple[object, ...]] = []
    for line in COMMANDS:
        before()
        day = {"FORECASTLOG_TODAY": "2025-09-15", "FORECASTLOG_BY": "Kim"}
        result = CliRunner(env=day).invoke(main, line.split())
        files = {path.name: path.read_bytes() for path in sorted(Path("predictions").glob("*.*"))}
        said.append((line, result.exit_code, result.stdout, result.stderr, files))
    return said


def test_the_same_bytes_with_and_without(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "predictions" / "more.yaml").write_text(record("more"))
    kept, anew, without = (aside(project, name) for name in ("kept", "anew", "without"))
    cache = project.parent / "index"
    (project.parent / "no-folder").write_text("")
    with_index = outcomes(kept, cache, monkeypatch, lambda: None)
    assert index_path(kept / "predictions").exists()

    def remove() -> None:
        index_path(Path("predictions")).unlink(missing_ok=True)

    made_anew = outcomes(anew, cache, monkeypatch, remove)
    read = outcomes(without, project.parent / "no-folder", monkeypatch, lambda: None)
    for one, two, three in zip(with_index, made_anew, read, strict=True):
        assert one == three
        assert two == three
    assert {code for _, code, *_ in read} >= {0, 1}
