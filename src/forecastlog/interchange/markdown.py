"""A list of predictions as people publish them at the turn of a year: "claim - 80 %", failures struck through.

Struck through is what did not happen, in italics what cannot be decided, and where anything is struck through
everything else happened. Headings become tags.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from forecastlog.interchange.found import BadFile, Guess, Item, Outcome, Question, Report
from forecastlog.interchange.rows import text_lines

_ITEM = re.compile(r"\s*(?:[-*+•]|\(?\d{1,4}[.):])\s+(.*)")
_HEADING = re.compile(r"\s{0,3}#{1,6}\s+(.*?)\s*#*\s*$|\s*\*\*([^*]+?)\*\*:?\s*$")
_STRUCK = re.compile(r"~~|\u0336|</?(?:s|del|strike)\b[^>]*>", re.IGNORECASE)
_MARKS = {"✓": "yes", "✔": "yes", "✅": "yes", "✗": "no", "✘": "no", "❌": "no", "☒": "no"}
_ITALIC = re.compile(
    r"^\s*(?:\*(?!\*)(.+)(?<!\*)\*|_(.+)_|<(?:i|em)>(.+)</(?:i|em)>)\s*\.?\s*$", re.IGNORECASE
)
_FIGURE = r"(\d{1,3}(?:\.\d+)?|\.\d+)\s*%"
_LAST = re.compile(rf"^(.*?)[\s:;,\-–—=(\[.~≈<>]*{_FIGURE}[\s.)\]]*$")
_FIRST = re.compile(rf"^\(?\[?{_FIGURE}[\s:;,\-–—)\].]+(.*)$")
_MARKUP = re.compile(r"\*\*|__|`|</?[a-zA-Z][^>]*>")
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")


class Entry(NamedTuple):
    """A line of the list: where it stands, its claim and figure, how it is marked, and under which heading."""

    row: int
    claim: str
    probability: float
    struck: bool
    italic: bool
    mark: str
    heading: str

    @property
    def marked(self) -> str:
        """The outcome that its marks tell; empty where it has none."""
        return "no" if self.struck else self.mark or ("ambiguous" if self.italic else "")


def entries(path: Path, report: Report) -> Iterator[Entry]:
    """The list's entries; items without a figure are reported."""
    lines, notes = text_lines(path)
    for note in notes:
        report.note(note)
    heading = ""
    for number, line in enumerate(lines(), 1):
        item = _ITEM.match(line)
        if item is None:
            if found := _HEADING.match(line):
                heading = _bare(found[1] or found[2])
            if found or not _LAST.match(_bare(_STRUCK.sub("", line))):
                continue
        text = item[1] if item else line
        report.rows += 1
        struck = bool(_STRUCK.search(text))
        mark = next((outcome for sign, outcome in _MARKS.items() if sign in text), "")
        text = re.sub(f"[{''.join(_MARKS)}\ufe0f]", "", _STRUCK.sub("", text))
        italic = bool(_ITALIC.match(text))
        split = _split(_bare(text))
        if split is None:
            report.skip("no percentage stands at its end or beginning", number)
        elif not 0 <= split[1] <= 1:
            report.skip("the percentage is not between 0 and 100", number)
        else:
            yield Entry(number, *split, struck, italic, mark, heading)


def _bare(text: str) -> str:
    """A text without its markup; of a link the words."""
    text = _MARKUP.sub("", _LINK.sub(r"\1", text)).strip()
    return text.strip("*_ ").strip()


def _split(text: str) -> tuple[str, float] | None:
    """The claim and the probability."""
    if (match := _LAST.match(text)) and match[1].strip():
        return match[1].strip(), round(float(match[2]) / 100, 12)
    if match := _FIRST.match(text):
        return match[2].strip().rstrip("."), round(float(match[1]) / 100, 12)
    return None


def list_items(
    path: Path, report: Report, *, by: str, made: str, latest: str, source: str, still_open: bool = False
) -> Iterator[tuple[int | None, Item]]:
    """The list as questions, a forecast each; with anything struck through also outcomes, unless ``still_open``."""
    found: Sequence[Entry] = list(entries(path, report))
    if not found:
        raise BadFile(f"{path} has no list of the shape '- claim - 80 %'.")
    told = any(entry.struck or entry.mark for entry in found)
    rest = "" if still_open or any(entry.mark == "yes" for entry in found) else "yes"
    if not told:
        report.note("Nothing is struck through or marked, so no outcome is known.")
    elif rest:
        report.note(
            "Struck through: did not happen; in italics: cannot be decided; everything else happened."
        )
    else:
        report.note("Only what is struck through or marked has an outcome.")
    seen: set[str] = set()
    for entry in found:
        key = f"{entry.heading}: {entry.claim}" if entry.claim in seen else entry.claim
        seen.add(entry.claim)
        keys = {"claim": entry.claim, "speaker": by, "made": made, "latest": latest}
        yield entry.row, Question(key, {**keys, "tags": [entry.heading] if entry.heading else []})
        yield entry.row, Guess(key, {"made": made, "by": by, "probability": entry.probability})
        if told and (outcome := entry.marked or rest):
            yield entry.row, Outcome(key, {"by": source, "outcome": outcome, "known": latest or made})
