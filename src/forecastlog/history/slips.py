"""What a correction may call a typo, so that nobody can turn a sentence around by a letter."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from itertools import zip_longest

from forecastlog.model.ledger import Ledger
from forecastlog.model.records import Article, Condition, Prediction

_TURNING = frozenset(
    {"no", "not", "now", "never", "none", "nor", "non", "yes", "without", "unless", "until", "or", "and"}
)
_MARKS = frozenset(",;:.!?()\"'\u2018\u2019\u201c\u201d")
"""Marks that may come or go; a sign before a number, or a per cent behind it, is none of them."""
_ANY_DAY = date(2000, 1, 1)


def slip(was: str, now: str, differs: Callable[[str, str], bool] | None = None) -> bool:
    """Whether two texts differ by a slip of the pen: a few letters or digits swapped, dropped or doubled.

    Word by word, at most three of them, each by one letter that is missing, twice there, or changed places
    with its neighbour, or in a word of four letters or more by one that is another. A word that turns a
    sentence around, such as *not*, is never a slip, and a digit is none that became another. ``differs`` is
    asked of each two words whether more than the spelling differs.

    >>> slip("Ruusia anounces a ceasefire", "Russia announces a ceasefire")
    True
    >>> slip("A ceasefire is now announced", "A ceasefire is not announced")
    False
    """
    words = [(a, b) for a, b in zip_longest(_unmarked(was), _unmarked(now), fillvalue="") if a != b]
    return (
        was != now
        and len(words) <= 3
        and all(_slipped(a, b) and not (differs and differs(a, b)) for a, b in words)
    )


def slip_of_spelling(was: str, now: str, known: Callable[[str], bool], *, late: bool) -> bool:
    """Whether a text of ours has a slip of the pen that leaves every word another word could be mistaken for.

    Where both words are words of the language, or ``known`` because other records have them too, as *sign*
    and
    *sigh*, the text was changed and not its spelling. ``late``, once the outcome is known, no number may
    differ, and no word that is read as a likelihood, a number or a time is a slip.

    >>> slip_of_spelling("Both sides sgin.", "Both sides sign.", lambda word: False, late=True)
    True
    >>> slip_of_spelling("Both sides sign.", "Both sides sigh.", lambda word: False, late=False)
    False
    >>> slip_of_spelling("It is likley.", "It is likely.", lambda word: False, late=True)
    False
    """

    def differs(a: str, b: str) -> bool:
        if late and (_is_read(a) or _is_read(b)):
            return True
        return a.casefold() != b.casefold() and all(_is_word(word) or known(word) for word in (a, b))

    return slip(was, now, differs) and (not late or _numbers(was) == _numbers(now))


def known_elsewhere(ledger: Ledger, own: str) -> Callable[[str], bool]:
    """Says of a word whether the texts of any other record than ``own`` have it."""

    def known(word: str) -> bool:
        folded = word.casefold()
        texts = (text.casefold() for text in _texts(ledger, own))
        return any(folded in text and folded in _words(text) for text in texts)

    return known


def _texts(ledger: Ledger, own: str) -> Iterator[str]:
    """What a reader reads of the records, but not of one."""
    for name in ledger.ids:
        record = ledger.get(name) if name != own else None
        found: tuple[str | None, ...] = ()
        if isinstance(record, Prediction):
            found = (record.claim, record.criteria, record.quote, *record.also, record.question)
        elif isinstance(record, Condition):
            found = (record.text,)
        elif isinstance(record, Article):
            found = (record.title, record.publisher)
        yield from filter(None, found)
    yield from (name for person in ledger.forecasters for name in (person.name, *person.also))


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:['\u2019][^\W_]+)?|[^\w\s]", text)


def _unmarked(text: str) -> list[str]:
    return [word for word in _words(text) if word not in _MARKS]


def _numbers(text: str) -> list[str]:
    """The numbers of a text with the signs that touch them."""
    return [found.strip(",;:.!?()") for found in re.findall(r"\S*\d\S*(?:\s%)?", text)]


def _slipped(a: str, b: str) -> bool:
    if a.casefold() == b.casefold():
        return True
    if {a.casefold(), b.casefold()} & _TURNING or set("'\u2019") & set(a + b):
        return False
    if not (a and b):
        return False
    longer, shorter = (a, b) if len(a) >= len(b) else (b, a)
    if len(longer) == len(shorter) + 1:
        return _has_one_more(longer, shorter)
    differ = [place for place in range(len(a)) if len(a) == len(b) and a[place] != b[place]]
    if len(differ) == 2 and differ[1] == differ[0] + 1:
        return a[differ[0]] == b[differ[1]] and a[differ[1]] == b[differ[0]]
    return len(differ) == 1 and len(a) >= 4 and a[differ[0]].isalpha() and b[differ[0]].isalpha()


def _has_one_more(longer: str, shorter: str) -> bool:
    """Whether a word has one letter more than another, or a digit twice."""
    more = next((place for place, letter in enumerate(shorter) if letter != longer[place]), len(shorter))
    letter = longer[more]
    doubled = letter in longer[max(more - 1, 0) : more] + longer[more + 1 : more + 2]
    return (
        longer[:more] + longer[more + 1 :] == shorter and (doubled or letter.isalpha()) and len(shorter) > 1
    )


@cache
def _is_word(word: str) -> bool:
    """Whether a dictionary of English has the word; one of another language is known by the records alone."""
    return word.casefold() in _dictionary()


@cache
def _dictionary() -> frozenset[str]:
    from spellchecker import SpellChecker

    return frozenset(SpellChecker(language="en").word_frequency.keys())


@cache
def _is_read(word: str) -> bool:
    """Whether a word means a likelihood, a number or a time, or has a part in saying one."""
    from forecastlog.amounts import parse_amount
    from forecastlog.deadlines import parse_deadline
    from forecastlog.likelihood import in_a_phrase, parse_likelihood

    times = (parse_deadline(words, _ANY_DAY) for words in (word, f"this {word}"))
    readings = (parse_likelihood(word), parse_amount(word), *times)
    return in_a_phrase(word) or any(found is not None for found in readings)
