"""From what a sentence and its paragraph tell of speakers to the one who speaks in a clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from forecastlog.english import word_set
from forecastlog.suggest.clauses import Clause
from forecastlog.suggest.speakers import FIRST, People, Said, Speaker

_BREAKS = word_set("but while though although whereas yet ;") | {"\u2014"}


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks, how close to their words, and through whom."""

    speaker: str
    sure: bool
    attribution: str
    via: str = ""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What tells the speaker of a clause besides its own words."""

    author: str
    turn: str
    quotes: Sequence[tuple[int, int]]
    said: Sequence[Said]
    nearby: Speaker | None
    """Who is quoted in this paragraph's other sentences."""
    last: str
    people: People


def voice_of(clause: Clause, around: Surroundings) -> Voice:
    """The speaker of a clause."""
    main = clause.main
    quoted = any(start < main.start < end for start, end in around.quotes)
    told = _within(clause, around, quoted=quoted)
    outer = _outer(clause, around) if quoted else None
    base = Voice(around.turn or around.author, sure=True, attribution="quoted" if around.turn else "author")
    if quoted:
        holder = outer or around.nearby
        base = (
            Voice(_name(holder, around, base), bool(outer and outer.sure), "quoted")
            if holder
            else Voice(around.last or base.speaker, sure=False, attribution="quoted")
        )
    if told is None:
        return base
    speaker = told.speaker
    if speaker.pronoun in FIRST:
        return base
    name = around.last if speaker.pronoun else around.people.canonical(speaker.name)
    if not name or name == base.speaker:
        return base
    attribution = (
        "ascribed"
        if quoted or (around.turn and not quoted)
        else "collective"
        if speaker.group
        else "reported"
    )
    via = base.speaker if attribution == "ascribed" else ""
    return Voice(name, speaker.sure, attribution, via)


def _name(speaker: Speaker, around: Surroundings, base: Voice) -> str:
    if speaker.pronoun in FIRST:
        return base.speaker
    if speaker.pronoun:
        return around.last or base.speaker
    return around.people.canonical(speaker.name)


def _within(clause: Clause, around: Surroundings, *, quoted: bool) -> Said | None:
    """The saying that covers the clause: the nearest before its main words, or one told behind it."""
    main = clause.main
    quote = next(((start, end) for start, end in around.quotes if start < main.start < end), None)
    before = []
    for one in around.said:
        if one.behind:
            continue
        inside = quote is None or quote[0] < one.place < quote[1]
        apart = any(start < one.place < end for start, end in around.quotes) and quote is None
        if inside and not apart and one.place <= main.start + 1:
            reaches = one.place >= clause.start or clause.joined not in _BREAKS
            if reaches and (one.place >= clause.start or one.saying or one.verb):
                before.append(one)
    if before:
        return before[-1]
    if quoted:
        return None
    behind = [one for one in around.said if one.behind and one.place >= main.end]
    return behind[0] if behind else None


def _outer(clause: Clause, around: Surroundings) -> Speaker | None:
    """Who is named, outside of the quotation, as the one who says it."""
    outside = [one for one in around.said if not any(start < one.place < end for start, end in around.quotes)]
    saying = [one for one in outside if one.saying] or outside
    if not saying:
        return None
    return min(saying, key=lambda one: abs(one.place - clause.main.start)).speaker


def unsure(speaker: Speaker) -> Speaker:
    """The speaker, as one who was named in another sentence."""
    return replace(speaker, sure=False)
