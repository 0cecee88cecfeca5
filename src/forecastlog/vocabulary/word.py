"""A word with its meaning, and tables of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeVar, get_args


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its meaning; its title is the meaning where none is given."""

    name: str
    meaning: str
    title: str = ""

    def __post_init__(self) -> None:
        """Give a word without a title one: a frozen value may do so once, as it is made."""
        object.__setattr__(self, "title", self.title or self.meaning)

    def __str__(self) -> str:
        return self.name


AnyWord = TypeVar("AnyWord", bound=Word)


def table(literal: object, *words: AnyWord) -> Mapping[str, AnyWord]:
    """The words by name; raises ValueError unless they are those of the Literal type, in its order."""
    names = tuple(word.name for word in words)
    if names != get_args(literal):
        raise ValueError(f"{names} are not the words of {literal}")
    return MappingProxyType(dict(zip(names, words, strict=True)))


def alternatives(names: Iterable[str], last: str = "or") -> str:
    """Words as a sentence names them.

    >>> alternatives(["stated", "worded", "judged"]), alternatives(["a 45 %", "b 35 %", "c 20 %"], "and")
    ('stated, worded or judged', 'a 45 %, b 35 % and c 20 %')
    """
    *most, end = names
    return f"{', '.join(most)} {last} {end}" if most else end


def explained(words: Mapping[str, Word]) -> str:
    """The words of a table as a sentence names them, each with its meaning."""
    return alternatives(f"{word.name} ({word.meaning})" for word in words.values())
