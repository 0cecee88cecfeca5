"""The longest phrase of a scale that starts at a word, and whether it means a likelihood there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from forecastlog.english import word_set
from forecastlog.likelihood.anchors import Anchor, Phrase, own_phrases, scale_phrases
from forecastlog.likelihood.scales import SCALES, known_scale

VERY = word_set(
    "very highly extremely exceedingly exceptionally overwhelmingly incredibly seriously strongly deeply"
)
ALMOST = word_set("almost virtually nearly practically near")
FAIRLY = word_set("fairly reasonably rather somewhat relatively moderately pretty")
DEGREES = VERY | ALMOST | FAIRLY
ARTICLES = frozenset(("a", "an", "-"))

_CLASSES = {
    "CHANCE": (
        "chance chances odds prospect prospects likelihood probability possibility possibilities hope hopes"
    ),
    "BE": "is are am was were be been being look looks seem seems appear appears remain remains feel feels",
    "OUTCOME": "outcome outcomes scenario scenarios result results case explanation course path option end",
}
_CLASS_OF = {word: name for name, words in _CLASSES.items() for word in words.split()}


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase of the scale at words[start:end].

    ``skipped`` are degrees inside it ("chances are very slim").
    """

    anchor: Anchor
    start: int
    end: int
    why: str = ""
    skipped: tuple[str, ...] = ()


@dataclass(slots=True)
class _Node:
    edge: str = ""
    next: dict[str, _Node] = field(default_factory=dict)
    anchor: Anchor | None = None
    why: str = ""
    guard: Callable[[Sequence[str], int, int], bool] | None = None


class Lexicon:
    """All phrases of a scale in a tree of words.

    Those of fl-1 stay in, so that "may well" is never read as "may".
    """

    def __init__(self, scale: str) -> None:
        self._root = _Node()
        for phrase in own_phrases():
            self._add(phrase)
        for phrase in scale_phrases(known_scale(scale)):
            self._add(phrase)

    def _add(self, phrase: Phrase) -> None:
        node = self._root
        for word in phrase.words:
            node = node.next.setdefault(word, _Node(word))
        node.anchor, node.why = phrase.anchor, phrase.why
        node.guard = _GUARDS.get(" ".join(phrase.words))

    def longest(self, words: Sequence[str], start: int) -> Hit | None:
        """The longest phrase that begins with words[start] and means a likelihood there."""
        best: Hit | None = None
        for node, end, skipped in _walk(self._root, words, start, ()):
            longer = best is None or (end > best.end and words[end - 1] not in ARTICLES)
            if longer and node.anchor and (node.guard is None or node.guard(words, start, end)):
                best = Hit(node.anchor, start, end, node.why, skipped)
        return best


@cache
def lexicon(scale: str) -> Lexicon:
    """The lexicon of a scale, built once."""
    return Lexicon(scale)


@cache
def in_a_phrase(word: str) -> bool:
    """Whether a word has a part in a term of some published scale, or is a degree of one.

    >>> in_a_phrase("Likely"), in_a_phrase("remote"), in_a_phrase("truce")
    (True, True, False)
    """
    terms = (term.term.split() for scale in SCALES.values() for term in scale.terms)
    return word.casefold() in DEGREES.union(*terms)


def _walk(
    node: _Node, words: Sequence[str], at: int, skipped: tuple[str, ...]
) -> Iterator[tuple[_Node, int, tuple[str, ...]]]:
    if node.anchor:
        yield node, at, skipped
    if at == len(words):
        return
    word = words[at]
    # The word before its class: a scale's own "remote chance" wins over fl-1's "remote CHANCE".
    for edge in dict.fromkeys((word, _CLASS_OF.get(word, word))):
        if edge in node.next:
            yield from _walk(node.next[edge], words, at + 1, skipped)
    if word in ARTICLES and node.edge:
        yield from _walk(node, words, at + 1, skipped)
    elif word in DEGREES and node.edge == "BE":
        yield from _walk(node, words, at + 1, (*skipped, word))
    elif (
        word in {"of", "for", "that"}
        and "CHANCE" in (node.edge, _CLASS_OF.get(node.edge))
        and "BE" in node.next
    ):
        # "the odds of a deal are slim": what the odds are of may stand between.
        for later in range(at + 1, len(words)):
            if _CLASS_OF.get(words[later]) == "BE":
                yield from _walk(node.next["BE"], words, later + 1, skipped)


def _before(words: Sequence[str], start: int) -> str:
    while start and words[start - 1] in ARTICLES:
        start -= 1
    return words[start - 1] if start else ""


def _after(words: Sequence[str], end: int) -> str:
    return words[end] if end < len(words) else ""


def _alone(words: Sequence[str], start: int, end: int) -> bool:
    return not _before(words, start) and not _after(words, end)


def _unsized(words: Sequence[str], start: int, _end: int) -> bool:
    """True in "there is a possibility"; not in "a good possibility"."""
    before = _before(words, start)
    return before in {"", "the", "some", "only"} or _CLASS_OF.get(before) == "BE"


_BEFORE_PREDICATE = DEGREES | word_set(
    "not quite so absolutely widely generally fully still now but or even hardly scarcely have has had"
)


def _predicate(words: Sequence[str], start: int, end: int) -> bool:
    """True in "is certain", "sure to", "confident that".

    Not in "certain conditions", "the expected attack".
    """
    before = _before(words, start)
    return (
        _after(words, end) in {"to", "that", "not"}
        or before in _BEFORE_PREDICATE
        or _CLASS_OF.get(before) == "BE"
        or _alone(words, start, end)
    )


_BEFORE_MONTH = word_set(
    "in by until till since before after early mid late last next this of on from through to and or"
)


def _not_the_month(words: Sequence[str], start: int, end: int) -> bool:
    before, after = _before(words, start), _after(words, end)
    return before not in _BEFORE_MONTH and not before[-1:].isdigit() and not after[:1].isdigit()


def _not_strength(words: Sequence[str], start: int, end: int) -> bool:
    before, after = _before(words, start), _after(words, end)
    return after != "of" and before not in {"the", "military", "economic", "his", "her", "their", "its", "'s"}


_BEFORE_NOUN_WILL = word_set(
    "the political good ill free popular public national his her their its our my your own any no 's this"
)
_ASKS = word_set("what whatever whether who whoever which how")
_RELATES_TO = word_set("to from with after in for by under")
_TURNS = word_set("but however although though yet")
_GOES_ON_WITH = word_set("i we you he she it they there the")


def _not_a_noun_or_clause(words: Sequence[str], start: int, end: int) -> bool:
    """No "ability or the will to bring", no "what Europe will accept"."""
    return (
        _before(words, start) not in _BEFORE_NOUN_WILL
        and _after(words, end) not in {"to", "of"}
        and not _asked(words, start)
    )


def _asked(words: Sequence[str], start: int) -> bool:
    """Whether a question before it governs a word.

    "who will win", but not "a law under which he will pay".
    """
    for at in range(start - 1, -1, -1):
        word, before = words[at], words[at - 1] if at else ""
        if word in _TURNS or (before == "and" and word in _GOES_ON_WITH):
            return False
        if word in _ASKS and not (word == "which" and before in _RELATES_TO):
            return True
    return False


def _not_a_journey(words: Sequence[str], start: int, end: int) -> bool:
    return _after(words, end) not in {"the", "a", "an"} and not _asked(words, start)


def _never_to_come(words: Sequence[str], start: int, end: int) -> bool:
    """True in "will never", "would never", "never"; not in "has never kept its word"."""
    before = _before(words, start)
    going = before in {"is", "are", "am"} and _after(words, end) == "going"
    return going or before in {"will", "would", "can", "could"} or _alone(words, start, end)


_NOT_COMING = word_set("have like rather prefer need allow enable permit")


def _the_words_themselves(words: Sequence[str], start: int, _end: int) -> bool:
    """True in "can", "would also ensure": the words an analyst took out.

    Not inside a sentence, nor in "would have".
    """
    return start == 0 and len(words) <= 4 and _NOT_COMING.isdisjoint(words)


def _of_a_clause(words: Sequence[str], _start: int, end: int) -> bool:
    return _after(words, end) in {"", "he", "she", "it", "they", "we", "you", "there"}


def _wishing(words: Sequence[str], start: int, end: int) -> bool:
    """True in "he hopes it will"; not in "hopes of peace"."""
    subject = _before(words, start) in {"i", "we", "he", "she", "they", "who", "many", "some"}
    return subject or _after(words, end) in {"it", "he", "she", "they", "that", "the", "to"}


def _not_to_come(words: Sequence[str], start: int, _end: int) -> bool:
    """True in "many think", not in "will make them think", "to believe"."""
    return "will" not in words[:start] and _before(words, start) not in {
        "to",
        "would",
        "not",
        "may",
        "might",
        "could",
    }


def _foretells(words: Sequence[str], start: int, end: int) -> bool:
    """True in "we forecast that", "the IMF projects a".

    Not in "the forecast", "hard to predict", "three projects".
    """
    subject, after = _before(words, start), _after(words, end)
    return subject not in _BEFORE_FORECAST and (
        subject in {"i", "we", "he", "she", "they", "who", "also", "now", "still"}
        or after in {"that", "a", "an"}
    )


_BEFORE_FORECAST = word_set(
    "to the a an its his her their our my this that not can could may might would will weather "
    "latest 's previous"
)


def _is_front_of(words: Sequence[str], start: int, _end: int) -> bool:
    """True in "the favourite", "is the clear favourite", "favourites to win"; not in "his favourite film"."""
    return _before(words, start) not in {"his", "her", "my", "our", "their", "your", "'s", "fan"}


def _adverb(words: Sequence[str], start: int, end: int) -> bool:
    """True in "will most likely fail", "most likely they will": not of the one that is most likely to win."""
    chosen = _CLASS_OF.get(_before(words, start)) == "BE" and "will" not in words[max(start - 2, 0) : start]
    return not chosen and _after(words, end) != "to" and not _alone(words, start, end)


def _due_to_happen(words: Sequence[str], start: int, end: int) -> bool:
    """True in "is due to open", "due to open"; not in "delays due to the strike"."""
    return (not start or _CLASS_OF.get(_before(words, start)) == "BE") and _after(
        words, end
    ) not in ARTICLES | {"the"}


_GUARDS: dict[str, Callable[[Sequence[str], int, int], bool]] = {
    "may": _not_the_month,
    "might": _not_strength,
    "will": _not_a_noun_or_clause,
    "will not": _not_a_noun_or_clause,
    "can not": _not_a_noun_or_clause,
    "is going to": _not_a_journey,
    "are going to": _not_a_journey,
    "am going to": _not_a_journey,
    "never": _never_to_come,
    "can": _the_words_themselves,
    "would": _the_words_themselves,
    "would not": _the_words_themselves,
    "chances are": _of_a_clause,
    "odds are": _of_a_clause,
    **dict.fromkeys(
        ("think", "thinks", "believe", "believes", "suspect", "suspects", "reckon"), _not_to_come
    ),
    **dict.fromkeys(("hope", "hopes", "fear", "fears"), _wishing),
    **dict.fromkeys(
        ("predict", "predicts", "forecast", "forecasts", "project", "projects", "predicted"), _foretells
    ),
    **dict.fromkeys(("favourite", "favorite", "favourites", "favorites"), _is_front_of),
    "most likely": _adverb,
    "due to": _due_to_happen,
    "chance": _alone,
    "assured": _predicate,
    "possibility": _unsized,
    "remote": _alone,
    "certain": _predicate,
    "sure": _predicate,
    "confident": _predicate,
    "expected": _predicate,
    "anticipated": _predicate,
}
