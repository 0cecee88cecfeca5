"""What in a sentence speaks of the future.

Phrases of likelihood, verbs and nouns of forecasting, change by a date.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from forecastlog.english import word_set
from forecastlog.likelihood import Likelihood, Span, Unread
from forecastlog.likelihood import find as find_likelihoods
from forecastlog.suggest.cues import OWN, Cue, Token

_NEEDS_MORE = word_set(
    "see sees seeing put puts believe believes believed assume assumes count counts say says said "
    "call calls target targets model models look looks reckon reckons budget budgets warn warns "
    "warned warning promise promises promising bet bets guide guides guided"
)
"""Verbs that forecast only where a change, a number or a time to come is beside them."""
_NOT_A_VERB_AFTER = word_set(
    "to the a an this that which who that's its his her our their your 's these those no any of for "
    "will 'll would"
)
_LIKES = word_set("like love rather prefer say argue suggest hate hope appreciate welcome you")
_BELIEF = word_set("think thinks believe believes suspect suspects reckon reckons guess suppose")
_ABSOLUTE = word_set("never possible impossible certain sure certainly certainty surely")
_PERSONS = word_set("i we you he she they one")
_ALREADY = word_set(
    "was were had did rose fell grew stood came went made said took left told got became began "
    "paid sold bought built ran led won lost held kept met saw spent drove beat sank shrank gave brought sent"
)
_FINITE = word_set(
    "is are was were be been has have had will would can could may might should must do does did 's 're "
    "'ve 'd 'll i we you he she they need needs want wants plan plans able likely continue "
    "continues help helps helped tend tends"
)
_DIGIT = re.compile(r"\d")
CANCELS = ("past", "accounting", "boilerplate", "epistemic", "idiom")
_CONFLICTS = (
    "figure that is not",
    "share of people",
    "wish or a fear",
    "no likelihood in it",
    "no direction",
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A phrase at ``start:end`` of the text, what it weighs, and how the tables of likelihood read it."""

    start: int
    end: int
    words: str
    weight: int
    kind: str
    reading: Likelihood | Unread | None = None
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Marks:
    """What was found in one sentence, from left to right."""

    tokens: Sequence[Token]
    cues: Sequence[Cue]
    anchors: tuple[Anchor, ...]

    def classes(self, start: int, end: int) -> set[str]:
        """The classes of the cues that stand between two places."""
        return {cue.class_ for cue in self.cues if self.at(cue)[0] >= start and self.at(cue)[1] <= end}

    def at(self, cue: Cue) -> tuple[int, int]:
        """Where a cue stands in the text."""
        return self.tokens[cue.first].start, self.tokens[cue.last - 1].end


def likelihoods(text: str, scale: str) -> list[Span]:
    """The likelihoods of a text.

    What a refusal runs over ("expects 3 % ...") is looked through without its first word.
    """
    found: list[Span] = []
    for span in find_likelihoods(text, scale):
        first = span.words.split(maxsplit=1)[0]
        if isinstance(span.reading, Likelihood) or len(span.words.split()) <= 3:
            found.append(span)
            continue
        offset = span.start + len(first)
        found += [
            replace(one, start=one.start + offset, end=one.end + offset)
            for one in find_likelihoods(text[offset : span.end], scale)
            if isinstance(one.reading, Likelihood)
        ]
    return found


def marks_of(text: str, tokens: Sequence[Token], cues: Sequence[Cue], spans: Sequence[Span]) -> Marks:
    """The anchors of a sentence: of its likelihoods, then of the cues that lie outside of them."""
    bare = Marks(tokens, cues, ())
    cancelled = [bare.at(cue) for cue in cues if cue.class_ in CANCELS]
    index = {token.start: i for i, token in enumerate(tokens)}
    found = [anchor for span in spans if (anchor := _of_likelihood(span, tokens, index))]
    future = any(cue.class_ in ("horizon", "change") for cue in cues)
    future = future or any(_DIGIT.match(token.text) for token in tokens)
    found += _headline(text, cues, tokens)
    for cue in cues:
        anchor = _of_cue(text, cue, tokens, future=future or bool(found))
        if anchor is not None and not any(_overlap(anchor, other) for other in found):
            found.append(anchor)
    kept = [one for one in found if not any(one.start < end and start < one.end for start, end in cancelled)]
    return Marks(tokens, cues, tuple(sorted(kept, key=lambda one: one.start)))


def _overlap(one: Anchor, other: Anchor) -> bool:
    return one.start < other.end and other.start < one.end


def _of_likelihood(span: Span, tokens: Sequence[Token], index: dict[int, int]) -> Anchor | None:
    at = index.get(span.start, 0)
    after = next((i for i in range(at, len(tokens)) if tokens[i].start >= span.end), len(tokens))
    following = tokens[after].text if after < len(tokens) else ""
    before = tokens[at - 1].text if at else ""
    weight, kind = _weighed(span, before, following)
    if not weight:
        return None
    return Anchor(span.start, span.end, span.words, weight, kind, span.reading, span.negated)


def _weighed(span: Span, before: str, following: str) -> tuple[int, str]:
    """The weight of a likelihood and what kind it is; 0 for none."""
    words = span.words.lower()
    if span.words == "May" and before not in ("", ".", "\u201c", '"'):
        return 0, ""  # the month
    if any(one in words for one in ("ruled out", "ruling out", "rules out", "not necessarily")):
        return (3 if "be" in words.split() else 1), "worded"
    if isinstance(span.reading, Unread):
        return _unmeasured(span.reading, words, before, following)
    basis = span.reading.basis
    weight = 3
    if basis == "asserted":
        weight = 2
    elif basis == "possible":
        stated = words == "possible" and following in ("that", "for")
        weak = "can" in words.split() or words in ("possible", "possibly") or following in ("you", "i")
        weight = 1 if weak and not stated else 2
    elif basis == "worded" and (_BELIEF & set(words.split())) and not span.negated:
        weight, basis = 1, "belief"
    elif words in _ABSOLUTE:
        weight = 2 if before in ("will", "would", "'ll", "look", "looks", "is", "are") else 1
    return weight, basis


def _unmeasured(reading: Unread, words: str, before: str, following: str) -> tuple[int, str]:
    """What a word of forecasting weighs that no survey has measured."""
    if any(reason in reading.reason for reason in _CONFLICTS) or words.startswith("see"):
        return 0, ""
    if words in ("should", "ought to"):
        return (1 if before in _PERSONS or following == "be" else 2), "should"
    return (2 if "measured" in reading.reason or "plan" in reading.reason else 3), "unread"


def _of_cue(text: str, cue: Cue, tokens: Sequence[Token], *, future: bool) -> Anchor | None:
    numbered = any(_DIGIT.match(token.text) for token in tokens)
    first, last = tokens[cue.first], tokens[cue.last - 1]
    before = tokens[cue.first - 1].text if cue.first else ""
    following = tokens[cue.last].text if cue.last < len(tokens) else ""
    weight = 0
    if cue.class_ in {OWN, "frame"}:
        weight = 3
    elif cue.class_ == "verb":
        plain = before not in _NOT_A_VERB_AFTER
        weight = 3 if plain and (future or first.text not in _NEEDS_MORE) else 0
    elif cue.class_ == "noun":
        weight = 3 if future and (numbered or not first.text.startswith("expectation")) else 0
    elif cue.class_ == "intention" and future:
        return Anchor(first.start, last.end, text[first.start : last.end], 2, "plan")
    elif cue.class_ == "modal" and following not in _LIKES and text[first.start : first.end] != "May":
        weight = 1 if first.text == "can" else 2
    if not weight:
        return None
    return Anchor(first.start, last.end, text[first.start : last.end], weight, cue.class_)


def _headline(text: str, cues: Sequence[Cue], tokens: Sequence[Token]) -> list[Anchor]:
    """A change without another verb, as notes and headlines tell it: "Margins to widen by 50bp"."""
    for cue in cues:
        words = {token.text for token in tokens[: cue.first]}
        infinitive = cue.first > 1 and tokens[cue.first - 1].text == "to"
        if (
            cue.class_ == "change"
            and infinitive
            and words.isdisjoint(_FINITE)
            and not speaks_of_the_past(tokens)
        ):
            first, last = tokens[cue.first - 1], tokens[cue.last - 1]
            return [Anchor(first.start, last.end, text[first.start : last.end], 3, "frame")]
    return []


def speaks_of_the_past(tokens: Sequence[Token]) -> bool:
    """Whether a verb of a sentence tells what was."""
    return any(
        token.text in _ALREADY or (len(token.text) > 4 and token.text.endswith("ed")) for token in tokens
    )


def is_negated(text: str, main: Anchor) -> bool:
    """Whether an anchor says that something does not happen: by itself, or by a *not* right behind it."""
    return main.negated or bool(re.match(r"\s+(?:not|never)\b", text[main.end : main.end + 8], re.IGNORECASE))
