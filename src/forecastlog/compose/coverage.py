"""What was offered of an article and not logged.

``coverage/ID.jsonl``, a line a passage, with no word of its text.

It proves only what was offered. A first line says by what finder, at which threshold, and what share of
predictions that finder is known to miss.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from forecastlog.ledger import Loaded
from forecastlog.vocabulary.articles import Coverage

KNOWN_TO_MISS = 0.04
"""The share of labelled predictions, in texts that the finder was not tuned on, that it does not find:
docs/finding.md."""
OFFERED: Coverage = "offered"
"""What is logged of an article of which a finder offered what there was to choose from."""
DELETED = "deleted"
"""The reason of a passage that was taken out without one."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A passage that was offered and not logged: its place, the digest of its quote, and why."""

    passage: str
    reason: str

    def line(self) -> str:
        """The passage as a line of the file."""
        start, end, digest = self.passage.split("-")
        return json.dumps(
            {"start": int(start), "end": int(end), "sha256": digest, "reason": self.reason},
            ensure_ascii=False,
        )


def coverage_file(loaded: Loaded, article: str) -> Path:
    """Where the passages of an article are kept."""
    return loaded.root / "coverage" / f"{article}.jsonl"


def skipped_before(loaded: Loaded, article: str) -> set[str]:
    """The passages that were skipped before, each as ``start-end-digest``.

    Lines that are none are passed by.
    """
    try:
        text = coverage_file(loaded, article).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return set()
    found = set()
    for line in text.splitlines():
        try:
            entry = json.loads(line)
            found.add(f"{entry['start']}-{entry['end']}-{entry['sha256']}")
        except (ValueError, KeyError, TypeError, RecursionError):
            continue
    return found


def with_skipped(text: str, skipped: Sequence[Skipped], about: Mapping[str, object]) -> str:
    """The file's text with further passages; a new one begins with what is known ``about`` the finder."""
    lines = (
        text.splitlines()
        if text
        else [json.dumps({"coverage": OFFERED, **about, "known_to_miss": KNOWN_TO_MISS})]
    )
    lines += [line for one in skipped if (line := one.line()) not in lines]
    return "\n".join(lines) + "\n"
