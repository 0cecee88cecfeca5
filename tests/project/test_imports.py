"""The data flows one way: every module imports only what the table in docs/design.md allows."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "forecastlog"
EVERYBODY = {"errors", "problems", "vocabulary", "phrasing", "english"}


def allowed() -> dict[str, tuple[set[str], set[str]]]:
    """The table's rows: module -> (what it may import of ours, what from outside besides the stdlib)."""
    rows: dict[str, tuple[set[str], set[str]]] = {}
    for line in (ROOT / "docs" / "design.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| `") and len(cells) == 4:
            names = [name.rstrip("/").removesuffix(".py") for name in re.findall(r"`([\w./]+)`", cells[0])]
            for name in names:
                rows[name] = (_words(cells[2]), _words(cells[3]))
    return rows


def _words(cell: str) -> set[str]:
    return set() if cell == "-" else {word.strip(" `") for word in cell.split(",")}


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, anywhere in it, by its full name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            module = node.module or ""
            yield from (
                f"{module}.{alias.name}" if module == "forecastlog" else module for alias in node.names
            )


def part_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


FILES = sorted(path for path in SOURCE.rglob("*.py") if path.name != "__main__.py" and path.parent != SOURCE)
FILES += sorted(path for path in SOURCE.glob("*.py") if path.name not in ("__init__.py", "__main__.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_flow_one_way(path: Path) -> None:
    part = part_of(path)
    table = allowed()
    assert part in table, f"docs/design.md says nothing of {part}"
    ours, outside = table[part]
    for name in imports(path):
        top, _, rest = name.partition(".")
        if top == "forecastlog":
            imported = rest.partition(".")[0]
            fine = (
                imported in {part, "", "__version__"} | EVERYBODY or imported in ours or "everything" in ours
            )
            assert fine, f"{path.name} imports forecastlog.{imported}"
        elif top not in sys.stdlib_module_names:
            assert top in outside, f"{path.name} imports {top}"


def test_every_part_in_the_table_exists() -> None:
    present = {part_of(path) for path in FILES}
    assert set(allowed()) <= present | PLANNED, "docs/design.md names a part that is not there"


PLANNED: set[str] = set()
"""Rooms that the table draws and nobody has built yet."""


def test_every_place_that_the_design_names_is_there() -> None:
    """A file, a folder, or a name in one: ``scorebook/scoreboard.ScoreRow``."""
    text = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:\w+/)+\w+)\.(\w+)`", text))
    assert len(named) > 30
    for path, end in named:
        place = SOURCE / f"{path}.{end}"
        if place.exists() or (ROOT / f"{path}.{end}").exists():
            continue
        written = (SOURCE / f"{path}.py").read_text(encoding="utf-8")
        assert re.search(rf"\b(?:class|def) {end}\b|^{end}\b", written, re.MULTILINE), f"{path} has no {end}"
