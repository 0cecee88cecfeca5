"""A ledger with comments, every command that writes to it, and what must hold after any accident."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from forecastlog.compose.undo import MEMORY
from forecastlog.ledger import load
from forecastlog.ledger.files import LOCK, TEMPORARY, editing

TODAY = "2025-06-01"
PEOPLE = """\
# whose forecasts there are
forecasters:
  - {id: ada-smith, name: Ada Smith, also: ["A. Smith"]}  # of the Review
  - {id: kim, name: Kim, kind: person}  # who logs and resolves
"""
ARTICLE = """\
# read twice
article:
  id: talks-2025
  title: "What the talks will bring"
  authors: [ada-smith]  # alone
  publisher: Example Review
  published: 2025-03-19
  logged: 2025-03-20
conditions:
  # the only one
  - id: talks-begin
    text: The talks begin.
    by: 2025-12-31
predictions:  # in the order of the text
  - id: aid-package-2025
    claim: A new aid package is announced.
    quote: "highly unlikely that another package comes"
    logged: 2025-03-20
    deadline: {earliest: 2025-03-19, strict: 2025-05-19, latest: 2025-05-19, basis: analyst, why: "a test"}
    criteria: Yes on a package with contents or value.
    settled_by: the ministry's announcement
    forecasts:  # one so far
      - {words: "highly unlikely", probability: 0.05, low: 0.05, high: 0.20, scale: fl-1, basis: worded}
    # below the first
  - id: aid-ends
    claim: Aid ends.
    quote: aid will likely end
    logged: 2025-03-20
    deadline: {earliest: 2025-03-19, strict: 2025-05-31, latest: 2025-05-31, basis: analyst, why: "a test"}
    criteria: >-
      Yes when the last delivery
      is reported.

    # above the source
    settled_by: the ministry's announcement
    forecasts:
      - {words: "likely", probability: 0.75, low: 0.55, high: 0.80, scale: fl-1, basis: worded}
# the end
"""
BY_HAND = """\
# typed in an editor
article:
  id: typed-2025
  title: Typed
  authors: [ada-smith]
  published: 2025-04-01
predictions:
  - claim: The law passes.  # no id yet
    quote: the law will likely pass by autumn
    deadline: {words: by autumn 2025}
    criteria: Yes when it is in the gazette.
    settled_by: the gazette
    forecasts:
      - {words: likely}
"""

_EVIDENCE = ("--by", "Kim", "--known", "2025-05-30", "--evidence", "https://news.example/1")
COMMANDS: Mapping[str, tuple[str, ...]] = {
    "init": ("init", "."),
    "add-article": (
        "add",
        "second",
        "--article",
        "--title",
        "A second",
        "--author",
        "ada-smith",
        "--publisher",
        "Example Review",
        "--published",
        "2025-05-01",
    ),
    "add": (
        "add",
        "talks-2025",
        "--claim",
        "A truce holds.",
        "--quote",
        "a truce will likely hold",
        "--words",
        "likely",
        "--criteria",
        "Yes when no shot is reported in a month.",
        "--by",
        "Kim",
    ),
    "add-condition": ("add", "talks-2025", "--condition", "The envoys meet.", "--condition-by", "2025-12-31"),
    "forecast": ("forecast", "aid-ends", "40%", "--speaker", "Ada Smith"),
    "forecast-by-somebody-new": ("forecast", "aid-ends", "40%", "--speaker", "The Desk"),
    "resolve": ("resolve", "aid-package-2025", "aid-ends", "yes", *_EVIDENCE),
    "resolve-condition": ("resolve", "talks-begin", "met", *_EVIDENCE),
    "amend": ("amend", "aid-ends", "--claim", "All aid ends.", "--why", "reading", "--by", "Kim"),
    "fill": ("fill",),
    "due-new": ("due", "--new"),
    "review": ("review", "aid-package-2025", "--by", "Kim"),
}
TYPED = {"review": "y\nhttps://news.example/1\n\n2025-05-10\n2025-05-11\n\n\n"}
"""What a person answers to a command that asks: the verdict, a link, two days, no note, and yes to writing
it."""
SAID = {"init": "logs the first article", "due-new": "\0", "review": "Recorded:"}
"""What a command says once all is written, where that is not ``Wrote``; the due check may tell twice."""

State = Mapping[str, str]


def make(project: Path, name: str) -> None:
    """The folder as it is before the command of that name."""
    shutil.rmtree(project, ignore_errors=True)
    project.mkdir()
    if name == "init":
        return
    root = project / "predictions"
    root.mkdir()
    (root / "people.yaml").write_text(PEOPLE, encoding="utf-8")
    (root / "talks.yaml").write_text(ARTICLE, encoding="utf-8")
    if name == "fill":
        (root / "typed.yaml").write_text(BY_HAND, encoding="utf-8")


def state(project: Path) -> State:
    """Every file's text, without the lock, what a dead process left, and what `undo` remembers.

    No record rests on it.
    """
    return {
        str(path.relative_to(project)): path.read_text(encoding="utf-8")
        for path in sorted(project.rglob("*"))
        if path.is_file() and path.name not in (LOCK, MEMORY) and not path.name.endswith(TEMPORARY)
    }


def examine(project: Path, before: State, after: State, said: str, name: str) -> None:
    """What must hold after a command was cut short.

    Each file is old or new, none is damaged, none is lost.
    """
    now = state(project)
    changed = [file for file in after if after[file] != before.get(file)]
    for file in {*now, *before, *after}:
        assert now.get(file) in (before.get(file), after.get(file)), f"{file} is neither old nor new"
    if SAID.get(name, "Wrote") in said:
        assert now == after, "the command said that it was done"
    if name not in ("init", "forecast-by-somebody-new"):  # which write several files, one after the other
        assert now in (before, after)
    assert changed
    root = project / "predictions"
    if not root.is_dir():
        return
    if name != "fill":
        assert not [problem for problem in load(root).problems if problem.severity == "error"]
    left = [path for path in root.iterdir() if path.name.endswith(TEMPORARY)]
    with editing(root, wait=0) as editor:  # nobody holds the lock, and the next command clears what was left
        editor.create(root / "next.yaml", "")
    assert not [path for path in left if path.exists()]
    (root / "next.yaml").unlink()
