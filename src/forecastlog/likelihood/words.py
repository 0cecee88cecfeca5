"""A text as folded tokens: case, dashes, quotes, odd spaces and contractions stop mattering."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from forecastlog.english import SHORT_MONTHS, word_set


@dataclass(frozen=True, slots=True)
class Token:
    """A folded word, number or mark; ``start`` and ``end`` point into ``Text.plain``."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Text:
    """The tokens of a text, and the text itself as it was typed.

    ``pieces`` has (first, after the last) token of what stands between brackets, commas and dashes.
    """

    plain: str
    tokens: tuple[Token, ...]
    pieces: tuple[tuple[int, int], ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """The folded words, numbers and marks."""
        return tuple(token.text for token in self.tokens)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the words from token ``start`` up to token ``end`` stand in the text."""
        inside = self.tokens[start:end]
        return (inside[0].start, inside[-1].end) if inside else (0, len(self.plain))

    def part(self, start: int, end: int) -> str:
        """The words from token ``start`` up to token ``end``, as they were typed."""
        first, last = self.span(start, end)
        return self.plain[first:last].strip()


_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63"
_APOSTROPHES = "\u2018\u2019\u201b\u02bc\u2032`\u00b4"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_TIDY = (
    {ord(dash): "-" for dash in _DASHES}
    | {ord(mark): "'" for mark in _APOSTROPHES}
    | {ord(mark): None for mark in _INVISIBLE}
    | {0x2044: "/", 0x2215: "/", 0x2248: "~"}
)

# A minus sign belongs to its number, so that "-5%" is never read as 5%.
_TOKEN = re.compile(
    r"(?<![^\s(])-[0-9.]+"
    r"|[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+(?:\.[0-9]+)?|\.[0-9]+"
    r"|[^\W\d_]+(?:'[^\W\d_]+)*"
    r"|[%:/+=<>~?-]"
    r"|[()\[\]{},;]"
)

_PAUSES = frozenset(("-", "--", ":"))

_WHOLE = {
    "won't": "will not",
    "wont": "will not",
    "shan't": "will not",
    "shall": "will",
    "cannot": "can not",
    "can't": "can not",
    "dont": "do not",
    "doesnt": "does not",
    "isnt": "is not",
    "ain't": "is not",
    "i'm": "i am",
}
_ENDINGS = {"n't": "not", "'ll": "will", "'re": "are", "'ve": "have", "'d": "", "'s": "'s"}
_S_MEANS_IS = word_set("it that there here he she")


_ENDS = re.compile(r"[.!?;][\"')\]\u201d\u2019]*\s+|\n\s*\n")
_ABBREVIATED = re.compile(
    r"(?:\b[A-Za-z]|\b(?:Mr|Mrs|Ms|Dr|St|vs|Gov|Sen|Rep|Gen|approx|no|No|"
    rf"{'|'.join(short.title() for short in SHORT_MONTHS)}))\.$"
)
_LONGEST_SENTENCE = 600  # characters: reading one takes more than linear time


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """The sentences of a running text with their places; an endless one is cut between two words."""
    start = 0
    for found in _ENDS.finditer(text):
        if not _ABBREVIATED.search(text, max(start, found.start() - 8), found.start() + 1):
            yield from _cut(text, start, found.end())
            start = found.end()
    yield from _cut(text, start, len(text))


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    while end - start > _LONGEST_SENTENCE:
        space = text.rfind(" ", start, start + _LONGEST_SENTENCE)
        middle = space if space > start else start + _LONGEST_SENTENCE
        yield start, text[start:middle]
        start = middle
    if start < end:
        yield start, text[start:end]


def tidy(words: str) -> Text:
    """The folded tokens of a text of any length and any characters."""
    tokens: list[Token] = []
    marks = [0]
    for typed in re.finditer(r"\S+", words):
        start = typed.start()
        for piece, first, last in _pieces(typed.group()):
            if piece:
                tokens.append(Token(piece, start + first, start + last))
            else:
                marks.append(len(tokens))
    marks.append(len(tokens))
    return Text(words, tuple(tokens), tuple((first, last) for first, last in pairwise(marks) if first < last))


@lru_cache(maxsize=20_000)
def _pieces(typed: str) -> tuple[tuple[str, int, int], ...]:
    """The tokens of what stands between two spaces, with their places in it.

    An empty one is a mark that parts.
    """
    folded = _folded(typed)
    aligned = len(folded) == len(typed)
    found: list[tuple[str, int, int]] = []
    for match in _TOKEN.finditer(folded):
        mark = match.group()
        if mark in "()[]{},;":
            found.append(("", 0, 0))
            continue
        place = match.span() if aligned else (0, len(typed))
        found += [(piece, *place) for piece in _expanded(mark.casefold())]
    if folded in _PAUSES:
        found.append(("", 0, 0))
    return tuple(found)


def _folded(typed: str) -> str:
    if typed.isascii():
        return typed.replace("`", "'")
    # NFKC before and after: an invisible mark taken out may leave letters that compose.
    tidied = unicodedata.normalize("NFKC", typed).translate(_TIDY)
    return unicodedata.normalize("NFKC", tidied).translate(_TIDY)


def _expanded(word: str) -> tuple[str, ...]:
    if word in _WHOLE:
        return tuple(_WHOLE[word].split())
    for ending, meaning in _ENDINGS.items():
        base = word.removesuffix(ending)
        if base and base != word:
            means_is = ending == "'s" and base in _S_MEANS_IS
            return (base, "is") if means_is else (base, *meaning.split())
    return (word,)
