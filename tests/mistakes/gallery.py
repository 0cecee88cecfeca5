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
import threading
from collections.abc import Iterator
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from forecastlog.archive import Manners, Store, Visitor
from forecastlog.checks import check, check_articles
from forecastlog.checks.pages import check_links
from forecastlog.ledger import load
from forecastlog.ledger.loader import by_place
from forecastlog.problems import Problem

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
TODAY = date(2026, 11, 23)
PARTS = {
    "P0": "Reading a file",
    "P1": "Values",
    "P2": "Values that do not fit each other",
    "P3": "Notes: what will cause doubt later",
    "P4": "Quotes, texts and pages (`check --articles`, `check --links`)",
}
SITE = "http://morning.example"
"""Stands for a server of our own, whose address has as many characters, in examples with a folder
``pages``."""


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
            shutil.copytree(example, root, ignore=shutil.ignore_patterns("articles", "copies", "pages"))
        else:
            root.mkdir()
            shutil.copy(HERE / "people.yaml", root)
            shutil.copy(example, root / "record.yaml")
        store = Store((example / "copies").absolute())
        if (example / "pages").is_dir():
            with served(example / "pages") as site:
                _say_instead(root, SITE, site)
                loaded = load(root)
                visitor = Visitor(Manners(private=True, pause=0))
                problems = [*check(loaded, today=TODAY), *check_links(loaded, visitor, store)]
                return _lines(problems).replace(site, SITE)
        loaded = load(root)
        problems = check(loaded, today=TODAY)
        if (example / "articles").is_dir():
            shutil.copytree(example / "articles", "articles")
            problems += check_articles(loaded, Path("articles"), store)
    return _lines(problems)


def _lines(problems: list[Problem]) -> str:
    return "\n".join(str(problem) for problem in sorted(problems, key=by_place))


def _say_instead(root: Path, old: str, new: str) -> None:
    for path in root.glob("*.yaml"):
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a server of our own that has the pages in a folder."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port:05}"
    finally:
        server.shutdown()
        server.server_close()


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
