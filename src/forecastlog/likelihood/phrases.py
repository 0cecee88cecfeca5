"""Modifiers and denials around a phrase: "fairly likely", "not likely", "will probably not".

The longest phrase in the table wins; then very, almost, fairly and not apply, in this order. A denial
takes the figure of its negative partner, never one minus the figure: readers put "likely" at 0.75 and
"unlikely" at 0.20. Where a rule has no answer, the phrase is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from forecastlog.english import word_set
from forecastlog.likelihood.anchors import Anchor, anchors
from forecastlog.likelihood.beside import POINT, point_after
from forecastlog.likelihood.lexicon import ALMOST, ARTICLES, DEGREES, FAIRLY, VERY, Hit, Lexicon


@dataclass(frozen=True, slots=True)
class Finding:
    """A likelihood at words[start:end]: its anchor, and the figures after the modifiers."""

    start: int
    end: int
    anchor: Anchor
    low: float
    probability: float | None
    high: float
    rules: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why words[start:end] cannot be read.

    A ``figure`` may be silenced by no word. ``unmeasured`` words ("favourite") matter only where nothing else
    is found. A ``stray`` denial matters only where the text is one statement.
    """

    start: int
    end: int
    reason: str
    kind: Literal["words", "figure", "unmeasured", "stray"] = "words"


_DENIALS = frozenset(("not", "hardly", "scarcely"))
DENIALS = _DENIALS | word_set("no never nor neither none nobody nothing barely few")
# Words that may stand between a modifier or denial and its phrase without changing it.
_NEUTRAL = ARTICLES | word_set(
    "quite really truly still now currently also much just widely generally fully "
    "absolutely completely totally entirely"
)
_LINKS = _NEUTRAL | word_set(
    "be been being look seem appear remain considered thought deemed seen to at all that as"
)
_COMPARING = word_set("than more less most least as how so too equally further twice increasingly")
_REGARDED = word_set("seen regarded viewed considered described dismissed sees regard view dismiss")
_NOT_ADVERBS = word_set("italy july family supply assembly ally rally reply early only")
_PERCENT = frozenset(("%", "percent", "cent", "pct", "pc"))
_BEFORE_DENIAL = word_set("will would to be is are")


def find_phrases(words: Sequence[str], table: Lexicon, taken: Sequence[bool]) -> list[Finding | Refusal]:
    """Every likelihood phrase outside the ``taken`` words, and every denial of nothing known, in order."""
    used = list(taken)
    found: list[Finding | Refusal] = []
    at = 0
    while at < len(words):
        hit = None if used[at] else table.longest(words, at)
        if hit is None or any(used[at : hit.end]):
            at += 1
            continue
        result = _finding(words, hit, table, taken)
        if result:
            found.append(result)
        start, end = (result.start, result.end) if result else (hit.start, hit.end)
        used[start:end] = [True] * (end - start)
        at = end
    return found + [
        Refusal(at, len(words), "it denies something, and it is not clear what", "stray")
        for at, word in enumerate(words)
        if word in DENIALS and not used[at] and not _no_denial(words, at)
    ]


def _no_denial(words: Sequence[str], at: int) -> bool:
    """True in "a few" and in "no-deal", "no-fly zone"."""
    return words[max(at - 1, 0) : at + 1] == ("a", "few") or words[at : at + 2] == ("no", "-")


def _finding(
    words: Sequence[str], hit: Hit, table: Lexicon, taken: Sequence[bool]
) -> Finding | Refusal | None:
    anchor = hit.anchor
    if anchor.grade == "aside":
        return None
    if anchor.grade == "unmeasured":
        return Refusal(hit.start, hit.end, hit.why, "unmeasured")
    if anchor.grade == "nothing":
        return Refusal(hit.start, hit.end, hit.why)
    if anchor.name == "expected" and point_after(words, hit.end):
        return Refusal(hit.start, len(words), POINT, "figure")
    if anchor.grade in {"asserted", "belief"}:
        return _plain(anchor, hit.start, hit.end, ("phrase",))
    return _worded(words, hit, table, taken)


def _worded(words: Sequence[str], hit: Hit, table: Lexicon, taken: Sequence[bool]) -> Finding | Refusal:
    anchor = hit.anchor
    start, degrees = _degrees_before(words, hit.start)
    degrees = hit.skipped + degrees
    denial = _denial_before(words, start)
    end = _denial_after(words, hit.end, table)
    if not any(taken[hit.end : hit.end + 4]) and (
        _figure_after(words, hit.end) or _figure_before(words, start)
    ):
        first = max(start - 2, 0)
        return Refusal(
            first, hit.end + 1, "a figure beside the phrase: log the figure or the phrase", "figure"
        )
    spoiler = _spoiler(words, hit, start, (denial, end), table)
    if spoiler:
        return spoiler
    if denial is not None:
        return _denied(anchor, anchor.not_before, denial, hit.end, degrees)
    if end is None:
        return _modified(anchor, degrees, start, hit.end)
    if anchor.grade == "absolute" and degrees and ALMOST.issuperset(degrees):
        anchor, degrees = _almost(anchor), ()
    return _denied(anchor, anchor.not_after, start, end, degrees)


def _spoiler(
    words: Sequence[str], hit: Hit, start: int, denials: tuple[int | None, int | None], table: Lexicon
) -> Refusal | None:
    """What stands beside a phrase and leaves its figure open."""
    denial, end = denials
    if denial is not None:
        return None if end is None else Refusal(denial, end, "two denials of one phrase")
    while start and words[start - 1] in ARTICLES:
        start -= 1
    before = words[start - 1] if start else ""
    adverb = before.endswith("ly") and before not in _NOT_ADVERBS | _NEUTRAL
    if before == "as" and start > 1 and words[start - 2] in _REGARDED:
        return None
    if before == "most":
        return Refusal(start - 1, hit.end, "the largest of several outcomes may still be improbable")
    if before in _COMPARING or (adverb and table.longest(words, start - 1) is None):
        return Refusal(start - 1, hit.end, f"'{before}' changes the phrase in a way no scale has measured")
    return None


def _plain(anchor: Anchor, start: int, end: int, rules: tuple[str, ...]) -> Finding:
    return Finding(start, end, anchor, anchor.low, anchor.probability, anchor.high, rules)


def _figure_after(words: Sequence[str], end: int) -> bool:
    """True in "likely (70%)": the speaker's own figure stands behind the phrase."""
    following = words[end : end + 4]
    return bool(following) and following[0][0].isdigit() and not _PERCENT.isdisjoint(following)


def _figure_before(words: Sequence[str], start: int) -> bool:
    """True in "70% doubtful" and in "20 to 1 long shot"."""
    before = words[max(start - 2, 0) : start]
    percent = bool(_PERCENT.intersection(before[-1:]))
    return percent or (len(before) == 2 and before[0] in {"to", "-", ":", "/"} and before[1][0].isdigit())


def _degrees_before(words: Sequence[str], start: int) -> tuple[int, tuple[str, ...]]:
    """Where the modifiers in front of a phrase begin, and which they are, nearest first."""
    degrees: list[str] = []
    at = start
    while at:
        before = words[at - 1]
        if before in DEGREES:
            degrees.append(before)
            start = at - 1
        elif words[max(at - 2, 0) : at] == ("all", "but"):
            degrees.append("almost")
            start = at = at - 2
            continue
        elif before not in _NEUTRAL:
            break
        at -= 1
    return start, tuple(degrees)


def _denial_before(words: Sequence[str], start: int) -> int | None:
    at = start
    while at and words[at - 1] in _LINKS:
        at -= 1
    if at and words[at - 1] in _DENIALS:
        return at - 1
    return at - 2 if words[max(at - 2, 0) : at] == ("no", "longer") else None


def _denial_after(words: Sequence[str], end: int, table: Lexicon) -> int | None:
    """The end of a "not" that follows a phrase: "likely not", "probably will not"."""
    at = end
    while at < len(words) and words[at] in _BEFORE_DENIAL:
        at += 1
    if at < len(words) and words[at] in {"not", "no", "never"}:
        aside = table.longest(words, at)
        return None if aside and aside.anchor.grade == "aside" else at + 1
    return None


def _denied(
    anchor: Anchor, partner: str, start: int, end: int, degrees: tuple[str, ...] = ()
) -> Finding | Refusal:
    if not partner or degrees:
        return Refusal(start, end, f"no survey says what a denied '{anchor.name}' means: ask the speaker")
    return _plain(anchors()[partner], start, end, ("not",))


def deny(finding: Finding, start: int) -> Finding | Refusal:
    """The phrase under an earlier denial at words[start]: "I do not think it is likely"."""
    degrees = () if finding.rules == ("phrase",) else finding.rules
    return _denied(finding.anchor, finding.anchor.not_before, start, finding.end, degrees)


def _almost(anchor: Anchor) -> Anchor:
    return anchors()["almost certain" if (anchor.probability or 0) > 0.5 else "almost no chance"]


def _modified(anchor: Anchor, degrees: tuple[str, ...], start: int, end: int) -> Finding | Refusal:
    if not degrees or anchor.grade == "possible":
        return _plain(anchor, start, end, ("phrase",))
    if ALMOST.issuperset(degrees) and anchor.grade == "absolute":
        return _plain(_almost(anchor), start, end, ("almost",))
    if anchor.grade not in {"gradable", "absolute"} or not ALMOST.isdisjoint(degrees):
        return Refusal(start, end, f"'{degrees[-1]}' before '{anchor.name}' has no figure")
    probability = anchor.probability or 0.0
    figures = (anchor.low, probability, anchor.high)
    for degree in degrees:
        shift = _to_the_middle if degree in FAIRLY else _to_one if probability > 0.5 else _to_zero
        figures = (shift(figures[0]), shift(figures[1]), shift(figures[2]))
    rules = dict.fromkeys("very" if degree in VERY else "fairly" for degree in degrees)
    return Finding(start, end, anchor, *figures, tuple(rules))


def _to_one(figure: float) -> float:
    return round(1 - (1 - figure) / 2, 6)


def _to_zero(figure: float) -> float:
    return round(figure / 2, 6)


def _to_the_middle(figure: float) -> float:
    return round(figure + (0.5 - figure) / 4, 6)
