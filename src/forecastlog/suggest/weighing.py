"""What a passage weighs, and what class of statement it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from forecastlog.english import word_set
from forecastlog.likelihood import Likelihood
from forecastlog.suggest import find as kinds
from forecastlog.suggest.anchors import Marks
from forecastlog.suggest.ascribing import Voice
from forecastlog.suggest.clauses import Clause
from forecastlog.suggest.cues import Token
from forecastlog.suggest.sentences import Sentence
from forecastlog.suggest.speakers import PRONOUNS, Said

if TYPE_CHECKING:
    from forecastlog.deadlines import Found

_TALK = word_set("will would 'll 'd be is are do does not n't")
_OUTCOMES = word_set(
    "be win lose grow reach have see become fall rise fail end last run happen remain stay beat come "
    "need take get"
)
_OWN = word_set("we our management company group")
_EMBEDDED = frozenset(("whether", "what", "how"))
_NEAR = 8  # words before the main ones in which a question word makes them part of a question


@dataclass(frozen=True, slots=True)
class Passage:
    """A clause with all that its sentence tells of it; ``condition`` is a place in the text."""

    sentence: Sentence
    marks: Marks
    clause: Clause
    condition: tuple[int, int] | None
    voice: Voice
    day: Found | None
    said: Sequence[Said]
    quotes: Sequence[tuple[int, int]]

    @property
    def words(self) -> list[Token]:
        """The words of the clause."""
        return [one for one in self.marks.tokens if self.clause.start <= one.start < self.clause.end]


def weigh(passage: Passage) -> tuple[str, int]:
    """The class of a find and its score.

    Its strongest words, what stands beside them, less what speaks against it.
    """
    marks, clause = passage.marks, passage.clause
    strongest = max(one.weight for one in clause.anchors)
    score = strongest + (passage.condition is not None) + (passage.day is not None)
    classes = {cue.class_ for cue in marks.cues if clause.start <= marks.at(cue)[0] < clause.end}
    asked = passage.sentence.text.rstrip("\"'\u201d\u2019)").endswith("?")
    score -= 3 * (asked and clause.end >= passage.sentence.end - 2)
    score -= 5 * bool(classes & {"accounting", "boilerplate"})
    score += strongest < 2 and _ours(passage) and bool(classes & {"change", "horizon"})
    measured = bool(classes & {"change", "horizon"}) or any(one.text[0].isdigit() for one in passage.words)
    score += clause.main.kind == "should" and strongest < 2 and measured
    score -= 3 * _embedded(marks.tokens, clause)
    if "epistemic" in classes and strongest < 3:
        return kinds.EPISTEMIC, score - 3
    score -= 2 * ("past" in classes and strongest < 3)
    if _intended(passage):
        return kinds.INTENTION, score - 1
    if passage.condition is not None:
        return kinds.CONDITIONAL, score
    reading = clause.main.reading
    possible = isinstance(reading, Likelihood) and reading.basis == "possible"
    return (kinds.POSSIBILITY if possible else kinds.FORECAST), score


def _ours(passage: Passage) -> bool:
    """Whether somebody says what they themselves think that they can do: "we think we can"."""
    return [one.kind for one in passage.clause.anchors[:2]] in (["belief", "possible"], ["belief", "modal"])


def _embedded(tokens: Sequence[Token], clause: Clause) -> bool:
    """Whether the main words stand in a question that depends on something: "what Europe will accept"."""
    words = [token.text for token in tokens if clause.start <= token.start < clause.main.start]
    if words and words[0] == "whether" and "," not in words:
        return True
    first = max(len(words) - _NEAR, 1)
    return any(
        word in _EMBEDDED and "," not in words[place:]
        for place, word in enumerate(words[first:], start=first)
    )


def _intended(passage: Passage) -> bool:
    """Whether somebody tells what they themselves mean to do.

    A company's "we plan" counts as its forecast.
    """
    tokens, main = passage.marks.tokens, passage.clause.main
    if main.kind == "plan":
        return _OWN.isdisjoint(token.text for token in passage.words[:2])
    if main.kind not in ("asserted", "modal"):
        return False
    at = next((i for i, token in enumerate(tokens) if token.start >= main.start), 0)
    before = tokens[at - 1].text if at else ""
    ahead = tokens[at - 2].text if at > 1 else ""
    after = next((token.text for token in tokens[at + 1 :] if token.text not in _TALK), "")
    told = passage.voice.attribution in ("reported", "ascribed", "collective") or ahead == "that"
    return told and before in PRONOUNS and after not in _OUTCOMES
