"""What a prediction hangs on: the if-clause of its sentence, or of the one before."""

from __future__ import annotations

import re
from collections.abc import Sequence

from forecastlog.english import word_set
from forecastlog.suggest.cues import Token

_OPENS = word_set("if unless once assuming provided providing")
_PAIRS = frozenset(
    {
        ("as", "long"),
        ("so", "long"),
        ("as", "soon"),
        ("in", "case"),
        ("on", "condition"),
        ("only", "if"),
        ("but", "if"),
    }
)
_INVERTED = frozenset(["should", "were", "had"])
_FIRST_ONLY = frozenset(["without", "absent", "barring"])
_ANYWHERE = frozenset(("provided", "assuming"))
_UNREAL = frozenset(["would", "could", "might"])
_NO_GERUND = word_set(
    "during nothing something anything everything according including following regarding concerning"
)
_NO_CONDITION_BEFORE = word_set(
    "as even ask asks asked wonder wonders know knows unclear see undecided unsure sure doubt doubts "
    "question tell say matter shock"
)
_MODALS = word_set("will would 'll 'd could may might can should won't wouldn't can't couldn't must shall")
_TAKES_UP = re.compile(
    r"[\"'\u201c\u2018]?(?:and|but|so|also|yet|,|\s)*\b(?:such an?|that would|this would|this could"
    r"|that could|it would|it could|that might|this might|it might|they would|he would|she would"
    r"|in that case|then|if so|otherwise|in that event|either way|both outcomes|the result would|that will"
    r"|this will|such)\b",
    re.IGNORECASE,
)
_REFERS_BACK = re.compile(
    r"[\W_]*(?:(?:and|but|so|also|yet|unlikely as it is[^,]*)\W+)*"
    r"(?:such an?\b(?:\W+[\w-]+){1,3}|this|that|it|both outcomes|either outcome)\W+(?:\w+\W+){0,8}?(?:would"
    r"|could|might|will)\b",
    re.IGNORECASE,
)
_SUPPOSED = frozenset(["any", "failure"])
_SUPPOSED_AFTER_A = frozenset(["failure", "refusal", "further", "breach", "rejection", "collapse"])
LONGEST = 40  # words of a condition


def conditions_in(tokens: Sequence[Token], end: int) -> list[tuple[int, int]]:
    """Where the conditions of a sentence stand.

    >>> from forecastlog.suggest.cues import tokens_of
    >>> text = "If talks fail, prices will rise, unless oil falls."
    >>> [text[first:last] for first, last in conditions_in(tokens_of(text), len(text))]
    ['If talks fail', 'unless oil falls']
    """
    found: list[tuple[int, int]] = []
    i = 0
    while i < len(tokens):
        if _opens(tokens, i):
            last = _close(tokens, i)
            found.append((tokens[i].start, tokens[last - 1].end if last > i else end))
            i = max(last, i + 1)
        else:
            i += 1
    return found


def _opens(tokens: Sequence[Token], i: int) -> bool:
    word = tokens[i].text
    if word == "if" and i + 1 < len(tokens) and tokens[i + 1].text == ",":
        return True
    before = tokens[i - 1].text if i else ""
    after = tokens[i + 1].text if i + 1 < len(tokens) else ""
    beginning = i == 0 or before in (",", ";", ":", "\u2014", "and", "but", '"', "\u201c", "that", "(")
    opens = word in _FIRST_ONLY and i == 0
    if word in _OPENS:
        complete = after not in ("", ",", ".", "?", "any", "anything")
        free = (
            before not in _NO_CONDITION_BEFORE if word in ("if", "unless") else beginning or word in _ANYWHERE
        )
        opens = complete and free
    elif (word, after) in _PAIRS:
        opens = word != "as" or "as" in [token.text for token in tokens[i + 2 : i + 3]]
    elif word in _INVERTED:
        opens = beginning and after not in _MODALS and not _asks(tokens, i) and _has_main_clause(tokens, i)
    elif word == "without":
        opens = i == 0 or any(token.text in _UNREAL for token in tokens[:i])
    elif i == 0 and (word in ("with", "by") or (word.endswith("ing") and len(word) > 5)):
        opens = word not in _NO_GERUND and any(token.text in _UNREAL for token in tokens)
    return opens


def _asks(tokens: Sequence[Token], i: int) -> bool:
    return any(token.text == "?" for token in tokens[i:])


def _has_main_clause(tokens: Sequence[Token], i: int) -> bool:
    """Whether a comma and a modal verb follow: "should talks fail, prices would"."""
    comma = next((k for k in range(i, len(tokens)) if tokens[k].text == ","), None)
    if comma is None:
        return False
    return tokens[i].text == "should" or any(token.text in _MODALS for token in tokens[comma:])


def _close(tokens: Sequence[Token], i: int) -> int:
    """The token behind the condition: at a comma, a mark, or where the main clause goes on."""
    gerund = tokens[i].text.endswith("ing")
    depth, aside = 0, False
    for k in range(i + 1, min(len(tokens), i + LONGEST)):
        word = tokens[k].text
        if word in ("(", ")"):
            depth += 1 if word == "(" else -1
        if word in (".", "!", "?", ";", ":", "\u2014", '"', "\u201d") or depth < 0:
            return k
        if word == "," and k == i + 1:
            aside = True
        elif word == "," and aside:
            aside = False
        elif word == "," and not _aside(tokens, k):
            return k
        if word == "then" or (gerund and word in _MODALS):
            return k
    return min(len(tokens), i + LONGEST)


def _aside(tokens: Sequence[Token], k: int) -> bool:
    """Whether a comma opens an aside that a second one closes: "if, in light of this, he leaves"."""
    opened = k > 0 and tokens[k - 1].text in ("and", "or")
    listed = k + 2 < len(tokens) and tokens[k + 1].text in ("and", "or") and tokens[k + 2].text not in _MODALS
    return opened or (listed and not any(token.text in _MODALS for token in tokens[k + 1 : k + 6]))


def takes_up(sentence: str) -> bool:
    """Whether a sentence goes on from a condition told before it: "Such a deal would ..."."""
    return _TAKES_UP.match(sentence) is not None


def refers_back(clause: str) -> bool:
    """Whether a clause says what something just told would bring.

    >>> refers_back("But such a deal would split them"), refers_back("It is raining")
    (True, False)
    """
    return _REFERS_BACK.match(clause) is not None


def supposed_subject(tokens: Sequence[Token], main: str) -> tuple[int, int] | None:
    """The subject of a clause where it is a mere supposition: "any delay" would, "a failure to agree" could.

    >>> from forecastlog.suggest.cues import tokens_of
    >>> supposed_subject(tokens_of("Any request for more money"), "might")
    (0, 26)
    """
    words = [token.text for token in tokens]
    first = next((i for i, word in enumerate(words) if word not in ("and", "but", "that", ",")), len(words))
    words = words[first:]
    if not words or "," in words or main.lower().split()[0] not in _MODALS:
        return None
    opens = words[0] in _SUPPOSED or (
        len(words) > 1 and words[0] in ("a", "another") and words[1] in _SUPPOSED_AFTER_A
    )
    return (tokens[first].start, tokens[-1].end) if opens else None


def of_clause(
    found: Sequence[tuple[int, int]], start: int, end: int, *, alone: bool, joined: str = ""
) -> tuple[int, int] | None:
    """The condition of the clause ``start:end``: within it or just before.

    Any of the sentence if it is ``alone``.
    """
    inside = [one for one in found if start <= one[0] < end]
    if inside:
        return inside[0]
    before = [one for one in found if one[1] <= start]
    if before and (joined in ("and", "or", "", ",") or start - before[-1][1] <= 3):
        return before[-1]
    return found[0] if found and alone else None
