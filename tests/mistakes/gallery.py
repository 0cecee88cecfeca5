"""The gallery of mistakes: every code has an example here, with exactly what is said about it.

An example is ``<code>-<name>.yaml``, one article's file, or a folder of that name, a whole ledger; beside
it stands ``<code>-<name>.txt``: a title, an empty line, and the report. A single file is read beside
``people.yaml`` of this folder. ``python -m tests.mistakes.gallery`` writes the reports anew (read the
difference before committing it), and ``docs/mistakes.md`` is made from this folder.
"""

from __future__ import annotations

import contextlib
import re
import shutil
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from forecastlog.checks import check, check_articles
from forecastlog.ledger import load
from forecastlog.ledger.loader import by_place

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
TODAY = date(2026, 11, 23)
PARTS = {
    "P0": "Reading a file",
    "P1": "Values",
    "P2": "Values that do not fit each other",
    "P3": "Notes: what will cause doubt later",
    "P4": "Quotes and texts (`check --articles`)",
}


def examples() -> Iterator[Path]:
    """Every example, by code."""
    for path in sorted(HERE.iterdir()):
        if re.match(r"P\d{3}-", path.name) and path.suffix != ".txt":
            yield path


def told(example: Path) -> tuple[str, str]:
    """The title and the report that stand beside an example."""
    title, _, report = example.with_suffix(".txt").read_text(encoding="utf-8").partition("\n\n")
    return title, report.rstrip("\n")


def report(example: Path) -> str:
    """What is really said about an example."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        root = Path("predictions")
        if example.is_dir():
            shutil.copytree(example, root, ignore=shutil.ignore_patterns("articles"))
        else:
            root.mkdir()
            shutil.copy(HERE / "people.yaml", root)
            shutil.copy(example, root / "record.yaml")
        loaded = load(root)
        problems = check(loaded, today=TODAY)
        if (example / "articles").is_dir():
            shutil.copytree(example / "articles", "articles")
            problems = sorted([*problems, *check_articles(loaded, Path("articles"))], key=by_place)
    return "\n".join(str(problem) for problem in problems)


def codes_in_source() -> set[str]:
    """Every code that the package can report."""
    sources = (path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    return {code for text in sources for code in re.findall(r'"(P\d{3})"', text)}


def page() -> str:
    """The body of docs/mistakes.md."""
    lines: list[str] = []
    part = code = ""
    for example in examples():
        if example.name[:2] != part:
            part = example.name[:2]
            lines += [f"## {PARTS[part]}", ""]
        if example.name[:4] != code:
            code = example.name[:4]
            lines += [f"### {code}", ""]
        title, words = told(example)
        lines += [f"{title}:", "", "```", *(line.rstrip() for line in words.splitlines()), "```", ""]
    return "\n".join(lines).rstrip("\n")


def rewrite() -> None:
    """Write every report anew, under the title that stands."""
    for example in examples():
        title, _ = told(example)
        text = f"{title}\n\n{report(example)}\n"
        example.with_suffix(".txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    rewrite()
