"""Several findings in one text -> the one that speaks for it, or why none does.

A figure silences every word. A phrase of likelihood silences "I think", and both silence a bare "will":
"I think he will probably go".
Two phrases of equal strength must agree.
"""

from __future__ import annotations

from collections.abc import Sequence

from forecastlog.english import word_set
from forecastlog.likelihood.anchors import anchors
from forecastlog.likelihood.beside import TWO_FIGURES
from forecastlog.likelihood.phrases import Finding, Refusal, deny

_WEAKER = ("possible", "belief", "asserted")
_CONTRASTS = word_set("but if though although albeit yet however still")
_MODALS = frozenset(("may", "might", "could"))
_TWO = "two likelihoods in one text; log them one by one"


def choose(words: Sequence[str], findings: Sequence[Finding]) -> Finding | Refusal:
    """The finding that a text comes down to; ``findings`` is not empty and in the order of the text."""
    graded = {grade: [one for one in findings if one.anchor.grade == grade] for grade in _WEAKER}
    stated = [one for one in findings if one.anchor.grade == "stated"]
    strong = [one for one in findings if one.anchor.grade not in (*_WEAKER, "stated")]
    # "will not be likely": the denial already went into the phrase.
    graded["asserted"] = [
        one for one in graded["asserted"] if not any(_overlap(one, other) for other in strong)
    ]
    if stated:
        return _figure(words, stated, strong, graded["asserted"])
    if strong:
        return _strongest(words, strong, graded["possible"], graded["asserted"])
    if graded["possible"]:
        return _possible(words, findings, graded)
    asserted = _agreed(graded["asserted"]) if graded["asserted"] else None
    if not graded["belief"] or isinstance(asserted, Refusal):
        return asserted or _conflict(findings)
    first = graded["belief"][0]
    denied = asserted and asserted.anchor.name == "will not"
    return _as(first.anchor.not_after, first, asserted) if asserted and denied else first


def _possible(
    words: Sequence[str], findings: Sequence[Finding], graded: dict[str, list[Finding]]
) -> Finding | Refusal:
    modal = any(words[one.start] in _MODALS for one in graded["possible"])
    if modal and graded["asserted"]:
        return _conflict(findings)
    return _unless_denied(graded["possible"][0], graded["asserted"])


def _figure(
    words: Sequence[str], stated: list[Finding], strong: list[Finding], asserted: list[Finding]
) -> Finding | Refusal:
    """A figure silences every word, unless the two contradict each other or belong to two statements."""
    first = stated[0]
    if any(_points(one) != _points(first) for one in stated):
        return Refusal(first.start, stated[-1].end, TWO_FIGURES)
    for one in strong:
        between = words[first.end : one.start]
        if _contradicts(one, first) or not _CONTRASTS.isdisjoint(between) or "and" in between:
            return _conflict(sorted((one, first), key=lambda finding: finding.start))
    return _unless_denied(first, asserted)


def _points(finding: Finding) -> tuple[float | None, ...]:
    return finding.low, finding.probability, finding.high


def _contradicts(word: Finding, figure: Finding) -> bool:
    """True in "doubtful (70%)" and "35%, so likely"; not in "probably puts the chance at 35%"."""
    said, stated = word.probability or 0.0, figure.probability or 0.0
    return said < 0.5 < stated or (word.start > figure.start and stated < 0.5 < said)


def _strongest(
    words: Sequence[str], strong: list[Finding], possible: list[Finding], asserted: list[Finding]
) -> Finding | Refusal:
    opening = strong[0]
    if words[opening.start : opening.start + 2] in {("do", "not"), ("does", "not"), ("did", "not")}:
        # "I do not think he could win", "I do not think it is likely": the denial governs what follows.
        rest = _agreed(strong[1:]) if strong[1:] else opening
        chosen = deny(rest, opening.start) if isinstance(rest, Finding) and rest is not opening else rest
    else:
        chosen = _agreed(strong)
        rivals = [one for one in possible if not _goes_with(words, opening, one)]
        if rivals:
            return _conflict(sorted((*strong, *rivals), key=lambda one: one.start))
    return _unless_denied(chosen, asserted) if isinstance(chosen, Finding) else chosen


def _overlap(one: Finding, other: Finding) -> bool:
    return one.start < other.end and other.start < one.end


def _agreed(findings: Sequence[Finding]) -> Finding | Refusal:
    first = findings[0]
    same = all(_figures(one) == _figures(first) for one in findings)
    return first if same else _conflict(findings)


def _figures(finding: Finding) -> tuple[object, ...]:
    return finding.low, finding.probability, finding.high, finding.anchor.basis, finding.anchor.name


def _goes_with(words: Sequence[str], strong: Finding, possible: Finding) -> bool:
    """In "unlikely but possible" and in "unlikely that he could win" the may-word is no rival."""
    first, second = sorted((strong, possible), key=lambda one: one.start)
    between = words[first.end : second.start]
    return bool(between and _CONTRASTS.issuperset(between)) or (first is strong and "that" in between)


def _unless_denied(chosen: Finding, asserted: Sequence[Finding]) -> Finding | Refusal:
    for one in asserted:
        if one.anchor.name == "will not":
            return Refusal(
                one.start, one.end, f"a denial beside '{chosen.anchor.name}': which way does it point?"
            )
    return chosen


def _as(anchor_name: str, first: Finding, last: Finding) -> Finding:
    anchor = anchors()[anchor_name]
    return Finding(first.start, last.end, anchor, anchor.low, anchor.probability, anchor.high, ("not",))


def _conflict(findings: Sequence[Finding]) -> Refusal:
    return Refusal(findings[0].start, findings[-1].end, _TWO)
