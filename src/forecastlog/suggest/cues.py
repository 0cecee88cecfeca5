"""The words that mark a prediction, or what only looks like one.

A versioned table, found by looking at each word once.

A phrase is words with spaces between; ``a|b`` is either word, ``*`` stands for up to three words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

VERSION = "cues-2"
OWN = "own"
"""The class of a desk's own cues."""

_GAP = 3  # words that a * stands for at most
_TOKEN = re.compile(
    r"(?:n't|'(?:d|ll|re|ve|s|m))(?![^\W_])|[^\W_]+(?:(?:'(?!(?:d|ll|re|ve|s|m)\b)|-)[^\W_]+)*|[^\w\s]"
)
_SAME_LENGTH = str.maketrans("\u2019\u2018\u2010\u2011\u2013\u2014", "''--\u2014\u2014")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark in small letters, and its place in the text that it was taken from."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase of a class at ``tokens[first:last]``."""

    class_: str
    first: int
    last: int


@dataclass(slots=True)
class _Node:
    next: dict[str, _Node] = field(default_factory=dict)
    classes: tuple[str, ...] = ()


def tokens_of(text: str, offset: int = 0) -> list[Token]:
    """The words and marks of a text; ``offset`` is added to their places.

    >>> [token.text for token in tokens_of("We\u2019ll see: well-known.")]
    ['we', "'ll", 'see', ':', 'well-known', '.']
    """
    plain = text.translate(_SAME_LENGTH)
    return [
        Token(match.group().lower(), offset + match.start(), offset + match.end())
        for match in _TOKEN.finditer(plain)
    ]


class Cues:
    """A table of cues as a tree of words."""

    def __init__(self, rows: Iterable[tuple[str, str]]) -> None:
        self._root = _Node()
        self.speech: set[str] = set()
        for class_, phrase in rows:
            words = phrase.lower().split()
            if class_ == "speech":
                self.speech.update(words[0].split("|"))
            elif words:
                self._add(self._root, words, class_)

    def _add(self, node: _Node, words: Sequence[str], class_: str) -> None:
        if not words:
            if class_ not in node.classes:
                node.classes = (*node.classes, class_)
            return
        for word in words[0].split("|"):
            self._add(node.next.setdefault(word, _Node()), words[1:], class_)

    def find(self, tokens: Sequence[Token]) -> list[Cue]:
        """The longest phrase of each class at each word."""
        found: list[Cue] = []
        for i, token in enumerate(tokens):
            node = self._root.next.get(token.text)
            if node is not None:
                best: dict[str, int] = {}
                self._follow(node, tokens, i + 1, best)
                found += [Cue(class_, i, last) for class_, last in best.items()]
        return found

    def _follow(self, node: _Node, tokens: Sequence[Token], i: int, best: dict[str, int]) -> None:
        for class_ in node.classes:
            best[class_] = max(best.get(class_, 0), i)
        if i >= len(tokens) or not node.next:
            return
        gap = node.next.get("*")
        if gap is not None:
            for skipped in range(_GAP + 1):
                if i + skipped < len(tokens) and (after := gap.next.get(tokens[i + skipped].text)):
                    self._follow(after, tokens, i + skipped + 1, best)
        after = node.next.get(tokens[i].text)
        if after is not None:
            self._follow(after, tokens, i + 1, best)


@cache
def cues(own: tuple[str, ...] = ()) -> Cues:
    """The table of this version with a desk's own phrases."""
    text = files("forecastlog.suggest").joinpath("cues_2.csv").read_text(encoding="utf-8")
    rows = [(row["class"], row["phrase"]) for row in _rows(text)]
    return Cues([*rows, *((OWN, phrase) for phrase in own)])


def _rows(text: str) -> list[dict[str, str]]:
    found = []
    for line in text.splitlines()[1:]:
        class_, _, phrase = line.partition(",")
        found.append({"class": class_, "phrase": phrase})
    return found
