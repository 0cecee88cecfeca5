"""Texts with their predictions labelled, and how far finds agree with the labels.

A file has a head of ``key: value`` lines, an empty line, and the text, in which
``{{claim||words|speaker|condition|deadline}}`` marks a prediction. ``-`` is none; several words may name it,
and a speaker who is none is the author.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from forecastlog.suggest import Find, suggest

TEXTS = Path(__file__).parent / "texts"
_MARK = re.compile(r"\{\{(.*?)\|\|(.*?)\}\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Label:
    start: int
    end: int
    words: str
    speaker: str
    condition: str
    deadline: str


@dataclass(frozen=True, slots=True)
class Labelled:
    name: str
    text: str
    published: date
    author: str
    labels: tuple[Label, ...]

    def finds(self, min_score: int = 2) -> list[Find]:
        return suggest(self.text, published=self.published, author=self.author, min_score=min_score)


def read(path: Path) -> Labelled:
    head, _, body = path.read_text(encoding="utf-8").partition("\n\n")
    keys = dict(line.split(":", 1) for line in head.splitlines())
    author = keys["author"].strip()
    text, labels, last = "", [], 0
    for match in _MARK.finditer(body):
        text += body[last : match.start()]
        words, speaker, condition, deadline = (part.strip("- ") for part in match[2].split("|"))
        start = len(text)
        text += match[1]
        labels.append(Label(start, len(text), words, speaker or author, condition, deadline))
        last = match.end()
    text += body[last:]
    return Labelled(path.stem, text, date.fromisoformat(keys["published"].strip()), author, tuple(labels))


def half(name: str) -> list[Labelled]:
    """The texts of ``tuning`` or ``held_out``."""
    return [read(path) for path in sorted((TEXTS / name).glob("*.txt"))]


def sentences() -> list[tuple[bool, str]]:
    """Single sentences as notes and calls of analysts have them, and whether each foretells something."""
    lines = [
        line
        for path in sorted(TEXTS.glob("sentences-*.txt"))
        for line in path.read_text("utf-8").splitlines()
    ]
    return [(line.startswith("1 "), line[2:]) for line in lines]


@dataclass(slots=True)
class Agreement:
    """How many labels were found, how many finds are right, and how much of the found ones was read alike."""

    labels: int = 0
    found: int = 0
    finds: int = 0
    right: int = 0
    words: int = 0
    speaker: int = 0
    conditions: int = 0
    conditions_right: int = 0
    deadlines: int = 0
    deadlines_right: int = 0
    whole: int = 0

    def shares(self) -> dict[str, float]:
        return {
            "recall": self.found / self.labels,
            "precision": self.right / self.finds,
            "words": self.words / self.found,
            "speaker": self.speaker / self.found,
            "condition": self.conditions_right / max(self.conditions, 1),
            "deadline": self.deadlines_right / max(self.deadlines, 1),
            "whole": self.whole / self.labels,
        }


def agreement(texts: Iterable[Labelled], *, misses: list[str] | None = None) -> Agreement:
    """Finds against labels: a label is found by the find whose quote shares most characters with it."""
    sums = Agreement()
    for text in texts:
        finds = text.finds()
        sums.finds += len(finds)
        sums.right += sum(any(_shared(find, label) for label in text.labels) for find in finds)
        if misses is not None:
            misses += [
                f"EXTRA {text.name} [{find.score}] {find.quote!r} {find.cues}"
                for find in finds
                if not any(_shared(find, label) for label in text.labels)
            ]
        for label in text.labels:
            _count(sums, label, finds, text, misses)
    return sums


def _shared(find: Find, label: Label) -> int:
    return max(0, min(find.end, label.end) - max(find.start, label.start))


def _count(
    sums: Agreement, label: Label, finds: list[Find], text: Labelled, misses: list[str] | None
) -> None:
    sums.labels += 1
    best = max(finds, key=lambda find: _shared(find, label), default=None)
    if best is None or not _shared(best, label):
        if misses is not None:
            misses.append(f"MISSED {text.name} {text.text[label.start : label.end]!r}")
        return
    sums.found += 1
    words = _alike(label.words, best.words)
    speaker = _alike(label.speaker, best.speaker)
    condition = _alike(label.condition, best.condition)
    deadline = _alike(label.deadline, best.deadline_words)
    sums.words += words
    sums.speaker += speaker
    if label.condition:
        sums.conditions += 1
        sums.conditions_right += condition
    if label.deadline:
        sums.deadlines += 1
        sums.deadlines_right += deadline
    sums.whole += words and speaker and condition and deadline
    if misses is not None and not (words and speaker and condition and deadline):
        wrong = [
            f"{name} {wanted!r} != {got!r}"
            for name, right, wanted, got in (
                ("words", words, label.words, best.words),
                ("speaker", speaker, label.speaker, best.speaker),
                ("condition", condition, label.condition, best.condition),
                ("deadline", deadline, label.deadline, best.deadline_words),
            )
            if not right
        ]
        misses.append(f"WRONG {text.name} {best.quote!r}: {'; '.join(wrong)}")


_SMALL = frozenset(["a", "an", "the", "is", "are", "was", "be", "to", "that", "it", "of", "i"])


def _alike(wanted: str, got: str) -> bool:
    """Whether two phrases are the same but for small words, or share most of their words."""
    one, other = (
        set(re.findall(r"[^\W_]+|%", text.lower().replace("\u2019", "'"))) - _SMALL for text in (wanted, got)
    )
    if not one or not other:
        return not one and not other
    return len(one & other) / len(one | other) >= 0.5 or one <= other or other <= one
