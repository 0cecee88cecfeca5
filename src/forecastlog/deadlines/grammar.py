"""Reads a whole phrase: what the preposition makes of the time behind it.

    phrase = open | vague | limit
    limit  = "by" period | "before" period [verb] | ("until" | "through") period
           | ("after" | "from") period | "within" (amount ["of" period] | window)
           | "in" (amount | window | period) | "for" amount | period

A phrase is composed from right to left, by(mid(2026)), and consumed to its last word, or it is not
understood. The rules on which the conventions differ are in conventions.py; their table is in the
documentation.
"""

from collections.abc import Iterator

from forecastlog.deadlines import amounts
from forecastlog.deadlines.cursor import Cursor
from forecastlog.deadlines.limits import LIMITS, Limit
from forecastlog.deadlines.periods import DAY
from forecastlog.deadlines.phrases import DUE_NOUNS, HEDGES, IDIOMS, PREPOSITIONS, TAILS, WHOLE

_DATED = ("number", "ord", "date", "years", "month")


def understand(c: Cursor) -> Limit | None:
    """The one reading that consumes every token, or None."""
    words = " ".join(token.text for token in c.tokens)
    whole = _whole(words, c)
    if whole is not None or words in IDIOMS:
        return whole
    found = _limit(c)
    if found is not None:
        return _with_tail(found, "", c)
    c.i, c.vague = 0, False
    tail = _cut_tail(c)
    found = _limit(c) if tail is not None else None
    return _with_tail(found, tail or "", c) if found is not None else None


def _limit(c: Cursor) -> Limit | None:
    for kind in _kinds(c):
        c.clock, c.at_start = "", False
        found = LIMITS[kind](c)
        if found is not None and c.done:
            return _ended(found, c)
    return None


def _ended(found: Limit, c: Cursor) -> Limit:
    """By 00:00 on 1 July: the last day is 30 June."""
    if not c.at_start or found.rule not in ("by", "until") or found.latest is None:
        return found
    strict = found.strict - DAY if found.strict else None
    return found._replace(latest=found.latest - DAY, strict=strict)


def _whole(words: str, c: Cursor) -> Limit | None:
    if words not in WHOLE:
        return None
    months = WHOLE[words]
    if months is None:
        return Limit("open", c.reference, None, vague=True)
    return Limit("vague", c.reference, amounts.after(c.reference, amounts.Delta(months)), vague=True)


def _cut_tail(c: Cursor) -> str | None:
    due = next((k for k in (1, 2) if " ".join(t.text for t in c.tokens[-k:]) in DUE_NOUNS), 0)
    if due:
        dated = len(c.tokens) > due and c.tokens[-due - 1].kind in _DATED
        c.tokens = [token for token in c.tokens[:-due] if token.text not in ("a", "its", "their", "our")]
        return "" if dated else None
    for size in (4, 3, 2, 1):
        words = " ".join(token.text for token in c.tokens[-size:])
        if len(c.tokens) > size and words in TAILS:
            c.tokens = c.tokens[:-size]
            return TAILS[words]
    return None


def _with_tail(limit: Limit, tail: str, c: Cursor) -> Limit | None:
    first, last = limit.earliest, limit.latest
    if (
        tail in ("open", "least") and limit.rule == "until"
    ):  # "until 2027 at the earliest" is at least until then
        return None if c.convention.floors else limit
    if tail == "open" and limit.rule == "before":  # "before 2026 or after" says nothing
        return None
    if tail == "open":
        start = limit.onset or first or last
        if limit.strict is not None and limit.strict != last:  # "by late 2026 at the earliest"
            start = limit.strict + DAY
        return Limit("from", start, None, vague=limit.vague) if start else None
    if tail == "within":
        return Limit(
            "within", c.reference if limit.rule == "in-n" else first, last, limit.strict, limit.vague
        )
    if tail in ("by", "until") and last is not None:
        return Limit(tail, None, last, limit.strict if limit.rule == "by" else None, limit.vague)
    return Limit(limit.rule, first, last, limit.strict, vague=limit.vague or c.vague or tail == "vague")


def _kinds(c: Cursor) -> Iterator[str]:
    """The readings to try, with the cursor behind each one's preposition."""
    prepositions = PREPOSITIONS[c.convention.name]
    while True:
        start = c.i
        hedge = c.phrase(HEDGES)
        after_hedge = c.i
        c.i = start
        kind = c.phrase(prepositions)
        if kind is not None:
            behind = c.i
            if c.tokens[start].text == "following":  # "following weeks" before "following the vote"
                c.i = start
                yield "bare"
                c.i = behind
            while (vague := c.phrase(HEDGES)) is not None:
                c.vague = c.vague or vague
            yield kind
            c.i = behind
            yield kind
        c.i = start
        yield "bare"
        if hedge is None:
            return
        c.vague = c.vague or hedge
        c.i = after_hedge
