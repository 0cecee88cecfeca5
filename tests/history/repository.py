"""A real git repository with a small ledger, committed on days that a test names."""

from __future__ import annotations

import os
import subprocess
from datetime import date
from pathlib import Path

from forecastlog.history import Finding, audit
from forecastlog.ledger import load
from forecastlog.ledger.indexed import open_indexed
from forecastlog.scorebook.own import own_score

TODAY = date(2026, 11, 23)
ARTICLE = """\
article:
  id: essay
  title: An essay
  publisher: The Paper
  published: 2025-03-19
predictions:
  - id: aid
    claim: A new aid package is announced.
    quote: highly unlikely that another package is agreed
    logged: 2025-03-20
    deadline: {earliest: 2025-03-19, strict: 2026-03-19, latest: 2026-03-19, basis: default}
    criteria: Yes on a new drawdown.
    forecasts:
      - {words: "highly unlikely", probability: 0.05, low: 0.05, high: 0.20, scale: fl-1, basis: worded}
"""
SECOND = """\
  - id: talks
    claim: The talks go on.
    logged: 2025-03-20
    deadline: {earliest: 2025-03-19, strict: 2026-03-19, latest: 2026-03-19, basis: default}
    criteria: Yes if a round is held.
    forecasts:
      - {words: "likely", probability: 0.75, low: 0.55, high: 0.80, scale: fl-1, basis: worded}
"""
RESOLUTION = """\
    resolutions:
      - {outcome: "no", known: "2026-03-20", recorded: "2026-03-21", by: "eve", evidence: ["https://x.example/a"]}
"""


class Repository:
    """A git repository with a ledger of one file, committed on days that the test names."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = folder / "predictions"
        if not self.root.exists():
            self.root.mkdir(parents=True)
            self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str, day: str = "2025-03-20", author: str = "Eve", written: str = "") -> str:
        """What git answers on a day; ``written`` is the author's own day where that is another."""
        person = {
            f"GIT_{role}_{what}": value
            for role in ("AUTHOR", "COMMITTER")
            for what, value in (
                ("NAME", author),
                ("EMAIL", "e@x.example"),
                ("DATE", f"{(written if role == 'AUTHOR' else '') or day}T12:00:00+00:00"),
            )
        }
        environment = {**os.environ, **person, "GIT_CONFIG_GLOBAL": os.devnull}
        done = subprocess.run(
            ["git", *arguments], cwd=self.folder, env=environment, capture_output=True, text=True, check=True
        )
        return done.stdout

    def commit(
        self,
        text: str,
        *,
        day: str = "2025-03-20",
        author: str = "Eve",
        name: str = "essay.yaml",
        written: str = "",
    ) -> None:
        """Write one file of the ledger, and commit everything."""
        (self.root / name).parent.mkdir(parents=True, exist_ok=True)
        (self.root / name).write_text(text, encoding="utf-8")
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "change", day=day, author=author, written=written)

    def edit(self, old: str, new: str, *, day: str, name: str = "essay.yaml") -> None:
        """Replace what stands once in a file, and commit it."""
        text = (self.root / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        self.commit(text.replace(old, new), day=day, name=name)

    def audit(self, since: str | None = None) -> list[Finding]:
        """What the audit says."""
        kept = audit(open_indexed(self.root), today=TODAY, since=since, score=own_score)
        found = audit(load(self.root), today=TODAY, since=since, score=own_score)
        assert kept == found  # whatever the index had kept of earlier commits
        return found

    def changes(self) -> list[Finding]:
        """What was altered, with a correction or without."""
        return [finding for finding in self.audit() if finding.kind in ("altered", "vanished")]

    def breaches(self) -> list[Finding]:
        """What the audit fails for."""
        return [finding for finding in self.audit() if finding.breach]
