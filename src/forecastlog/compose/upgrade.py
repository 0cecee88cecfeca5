"""What a ledger that an earlier version has kept can be brought up to, as a list of steps; nothing has to be.

Every step keeps what the records say: words that were read once keep the days and figures that stand beside
them, and the convention or scale by which they were read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from forecastlog.compose.plan import Plan, planned, read_text
from forecastlog.errors import CannotEdit
from forecastlog.ledger import Loaded, folder
from forecastlog.ledger.loader import SETTINGS_FILE, article_paths
from forecastlog.ledger.source import shown
from forecastlog.ledger.unfold import unfold

Texts = Mapping[Path, str]


@dataclass(frozen=True, slots=True)
class Step:
    """What is done, why, and which files get which texts by it; ``{}`` where nothing is left to do."""

    what: str
    why: str
    texts: Callable[[Path], Texts]


def _format(root: Path) -> Texts:
    path = root / SETTINGS_FILE
    if not path.exists():
        return {path: folder.SETTINGS_TEXT}
    text = read_text(path)
    named = re.search(r"^\s*format\s*=", text, re.MULTILINE)
    return {} if named else {path: f"format = 1\n{text}"}


def _schema(root: Path) -> Texts:
    path = root / folder.SCHEMA
    fresh = path.exists() and read_text(path) == folder.schema_text()
    return {} if fresh or not path.exists() else {path: folder.schema_text()}


def _lines_of(name: str, wanted: str) -> Callable[[Path], Texts]:
    def texts(root: Path) -> Texts:
        path = root / name
        text = read_text(path) if path.exists() else ""
        new = folder.with_lines(text, wanted)
        return {} if new == text else {path: new}

    return texts


def _long_entries(root: Path) -> Texts:
    found = {}
    for path in article_paths(root, []):
        try:
            text = read_text(path)
            new = unfold(text)
        except CannotEdit:
            continue  # check tells what is wrong with it
        if new != text:
            found[path] = new
    return found


STEPS: tuple[Step, ...] = (
    Step(
        "name the format in forecastlog.toml",
        "a later version tells by it whether it can read this ledger",
        _format,
    ),
    Step(
        "renew article.schema.json",
        "an editor completes and marks the keys that this version knows",
        _schema,
    ),
    Step(
        "tell git how records merge, in .gitattributes",
        "what two people wrote is merged record by record",
        _lines_of(folder.ATTRIBUTES, folder.ATTRIBUTES_TEXT),
    ),
    Step(
        "tell git what is no record, in .gitignore",
        "the lock and what has been told as due belong to one machine",
        _lines_of(folder.IGNORED, folder.IGNORED_TEXT),
    ),
    Step(
        "write long entries a key a line",
        "a line that fits the screen can be read, and a change of one value is one line of a diff",
        _long_entries,
    ),
)


def upgrade(loaded: Loaded, *, today: date) -> Plan:
    """The plan of every step that is left to do; its sentences say which, why and in which files.

    Raises what ``planned`` raises.
    """
    texts: dict[Path, str] = {}
    said: list[str] = []
    for step in STEPS:
        if found := step.texts(loaded.root):
            said.append(f"{step.what}: {step.why} ({', '.join(map(shown, found))})")
            texts |= found
    return planned(loaded, today, texts=texts, said=said)
