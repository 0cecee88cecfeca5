"""A text as folded tokens: case, dashes, quotes, odd spaces and contractions stop mattering."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass


def word_set(words: str) -> frozenset[str]:
    """The words of a list written as a line."""
    return frozenset(words.split())


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or mark; ``start`` and ``end`` point into ``Text.plain``."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Text:
    """The tokens of a text, and the tidied original that they point into."""

    plain: str
    tokens: tuple[Token, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The folded words, numbers and marks."""
        return tuple(token.text for token in self.tokens)

    def part(self, start: int, end: int) -> str:
        """The words from token ``start`` up to token ``end``, as they were typed."""
        inside = self.tokens[start:end]
        return self.plain[inside[0].start : inside[-1].end] if inside else self.plain.strip()


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
)

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


def tidy(words: str) -> Text:
    """The folded tokens of a text of any length and any characters."""
    # NFKC before and after: an invisible mark taken out may leave letters that compose.
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", words).translate(_TIDY)).translate(
        _TIDY
    )
    tokens = [
        Token(piece, found.start(), found.end())
        for found in _TOKEN.finditer(plain)
        for piece in _expanded(found.group().casefold())
    ]
    return Text(plain, tuple(tokens))


def _expanded(word: str) -> list[str]:
    if word in _WHOLE:
        return _WHOLE[word].split()
    for ending, meaning in _ENDINGS.items():
        base = word.removesuffix(ending)
        if base and base != word:
            means_is = ending == "'s" and base in _S_MEANS_IS
            return [base, "is"] if means_is else [base, *meaning.split()]
    return [word]
