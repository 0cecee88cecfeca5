"""Words read once, when a record is made: what is stored, and the sentence that says how they were read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from forecastlog.compose.answers import Answer
from forecastlog.errors import BadValue
from forecastlog.keys import AnyReader, Mapped, Table
from forecastlog.kinds.kind import kept, paired
from forecastlog.ledger import names
from forecastlog.model.ledger import Ledger
from forecastlog.model.moments import Duration, When
from forecastlog.model.settings import Settings
from forecastlog.phrasing import percent
from forecastlog.sources import FILLED, described, pages
from forecastlog.values import (
    DAY,
    EXACT,
    PROBABILITY,
    SETTLING,
    TEXT,
    WHEN,
    Number,
    Reader,
    Unreadable,
)
from forecastlog.vocabulary.deadlines import DEADLINE_CONVENTION, DEFAULT_RULE

LONGEST_NEW = 40
"""The most characters of an id that is made from a text: what a line of a terminal has room for."""
DEFAULT_TERM = Duration(12, "month")
"""How long a prediction has whose text names no time."""

Entry = dict[str, object]


@dataclass(frozen=True, slots=True)
class Reading:
    """What is stored of some words, and the sentence that says how they were read."""

    entry: Entry
    said: str


def read(reader: Reader, text: str, label: str) -> Any:
    """A value typed for the field ``label``; raises BadValue with the sentence that ``check`` would print."""
    try:
        return reader.read(text)
    except Unreadable as fault:
        raise BadValue(f"{fault.clause(label, text)}. {fault.hint}".strip()) from None


def checked(table: Table, values: Mapping[str, object]) -> Entry:
    """``values`` in the record's order without the empty ones, texts read as ``check`` will.

    Raises BadValue.
    """
    entry = {}
    for key in table.keys:
        value = values.get(key.name)
        if value in (None, "", (), []):
            continue
        entry[key.name] = _as_kept(key.reader, value, key.name)
    return entry


def _as_kept(reader: AnyReader, value: Any, label: str) -> Any:
    """A value as a record holds it, read as ``check`` will: pairs typed with commas between are a mapping."""
    match reader:
        case Reader() if isinstance(value, str):
            found = read(reader, value, label)
            with_unit = isinstance(found, Number) and found.unit
            return value if with_unit else stored(found) if isinstance(found, When) else found
        case Mapped():
            pairs = _pairs(value, reader.key, label) if isinstance(value, str) else value
            return {key: _as_kept(reader.value, item, label) for key, item in pairs.items()}
        case Table():
            pairs = _pairs(value, TEXT, label) if isinstance(value, str) else value
            return checked(reader, pairs) if isinstance(pairs, Mapping) else pairs
    return value


def _pairs(text: str, key: Reader, label: str) -> dict[str, str]:
    """``a: 45%, b: 55%`` as typed, its keys read; raises BadValue."""
    pairs: dict[str, str] = read(Reader(lambda pairs: dict(paired(pairs, kept(key), TEXT)), {}), text, label)
    return pairs


def answered(table: Table, answers: Mapping[str, Answer], today: date) -> Entry:
    """What answers come to as an entry of ``table``, read as ``check`` will.

    Raises BadValue with their place.

    A day may be written as people do, seen from ``today``.
    """
    entry: Entry = {}
    for name, answer in answers.items():
        try:
            entry |= checked(table, {name: as_stored(table, name, answer.value, today)})
        except BadValue as fault:
            raise BadValue(f"{answer.place}: {fault}" if answer.place else str(fault)) from None
    return checked(table, entry)


def as_stored(table: Table, name: str, value: object, today: date) -> object:
    """The value, with a day that is written otherwise than in records as records have it.

    As 17 December 2024 is.
    """
    key = table.by_name.get(name)
    if key is None or key.reader not in (DAY, EXACT, WHEN, SETTLING) or not isinstance(value, str):
        return value
    try:
        key.reader.read(value)
    except Unreadable:
        from forecastlog.deadlines import parse_day

        return parse_day(value, today) or value
    return value


_HANGING = re.compile(
    r"(?:-(?:an?|the|of|to|in|on|by|at|for|from|with|and|or|is|are|be|been|has|have|its|before|after|until"
    r"|than))+$"
)
"""Words at the end of an id that lead to what was cut off."""


def new_id(text: str, taken: set[str], before: str = "") -> str:
    """A short id from a text, cut between words to at most 40 characters, made unique with a number.

    What is cut first is ``before`` it.

    >>> new_id("The ceasefire holds.", {"the-ceasefire-holds"})
    'the-ceasefire-holds-2'
    >>> new_id("Prices in the valley fall before the harvest is in.", set())
    'prices-in-the-valley-fall'
    >>> new_id("March 2027", set(), "The central bank of Norway cuts its rate")
    'the-central-bank-of-norway-march-2027'
    """
    base = _cut(names.slug(text), LONGEST_NEW)
    if before:
        base = f"{_cut(names.slug(before), max(LONGEST_NEW - len(base) - 1, LONGEST_NEW // 2))}-{base}"
    found, number = base, 1
    while found in taken:
        number += 1
        found = f"{base[: LONGEST_NEW - len(str(number)) - 1].rstrip('-')}-{number}"
    taken.add(found)
    return found


def _cut(whole: str, longest: int) -> str:
    if len(whole) <= longest:
        return whole
    base = whole[: longest + 1]
    base = base.rpartition("-")[0] if "-" in base else base[:longest]
    return _HANGING.sub("", base) or base


def when(text: str | None, today: date, label: str) -> When | None:
    """A date as typed at a command line: ISO of any precision, or words for a day such as yesterday."""
    if text is None:
        return None
    try:
        return When.parse(text)
    except ValueError:
        from forecastlog.deadlines import parse_day

        day = parse_day(text, today)
    if day is None:
        read(WHEN, text, label)
        raise BadValue(f"{label} is not a date: '{text}'. Write it as 2025-03-19.")
    return When.on(day)


def stored(point: When) -> object:
    """A date as a record holds it: as typed, a plain day where it is one."""
    return point.day if point.precision == "day" else point.text


def default_deadline(made: date, holds: str | None = None) -> Reading:
    """The deadline of a text that names no time: twelve months from the day made."""
    end = DEFAULT_TERM.after(made)
    entry: Entry = {"earliest": made, "strict": end, "latest": end}
    entry |= {"basis": "default", "rule": DEFAULT_RULE, "convention": DEADLINE_CONVENTION}
    entry |= {"holds": holds} if holds else {}
    said = f"no time in the text: twelve months from {made}, until {end}, convention {DEADLINE_CONVENTION}"
    return Reading(entry, said)


def worded_deadline(
    words: str, made: date, settings: Settings, *, holds: str | None = None, subject: str | None = None
) -> Reading | None:
    """The deadline that ``words`` mean, said on the day ``made``; None where they are not understood.

    ``holds`` and ``subject`` are the record's keys. ``stated`` where the text itself names the year and
    leaves no doubt about the last day, else ``worded``.
    """
    from forecastlog.deadlines import parse_deadline

    found = parse_deadline(words, made, **settings.reading, holds=holds or "within", subject=subject)
    if found is None:
        return None
    clear = found.strict == found.latest and not found.vague and re.search(r"\b\d{4}\b", words)
    entry: Entry = {
        "words": words,
        "earliest": found.earliest or made,
        "strict": found.strict,
        "latest": found.latest,
        "edtf": found.edtf,
        "basis": "stated" if clear else "worded",
        "rule": found.rule,
        "convention": found.convention,
        "holds": holds,
        "subject": subject,
    }
    said = f"'{words}' read as: {found.reading}, convention {found.convention}"
    return Reading({key: value for key, value in entry.items() if value is not None}, said)


def may_mean_a_state(words: str, made: date, settings: Settings) -> bool:
    """Whether words for a time may speak of what holds then, as "until June", not of what happens."""
    from forecastlog.deadlines import parse_deadline

    event, state = (
        parse_deadline(words, made, **settings.reading, holds=holds) for holds in ("within", "on")
    )
    if event is None or state is None:
        return False
    return event.rule in ("until", "for") or event.earliest != state.earliest


_LASTING = re.compile(
    (
        r"\b(?:(?:stay|remain|keep|continue|endure|survive|persist|maintain|retain)(?:s|ed)?|lasts|lasted|kept"
        r"|still)\b"
    ),
    re.IGNORECASE,
)


def is_lasting(claim: str) -> bool:
    """Whether a claim speaks of what stays as it is, and so of all the days until its last.

    >>> is_lasting("Inflation stays below 3 %."), is_lasting("Inflation falls below 3 %.")
    (True, False)
    """
    return _LASTING.search(claim) is not None


def likelihood(words: str, scale: str, *, negated: bool) -> Reading:
    """The figures that ``words`` mean on a scale; the words alone, with basis unread, where they mean none.

    Where the text denies the claim, words for what is likely or possible speak of the denial, so that the
    figures of the claim are their complement.
    """
    from forecastlog.likelihood import not_understood, parse_likelihood

    found = parse_likelihood(words, scale)
    if found is None:
        return unread(words, str(not_understood(words, scale)))
    point, low, high = found.probability, found.low, found.high
    turned = negated and (point is None or point > 0.5)
    if turned:
        point, low, high = (None if point is None else 1 - point), 1 - high, 1 - low
    figures = {"probability": point, "low": low, "high": high}
    entry: Entry = {"words": words}
    entry |= {key: round(figure, 6) for key, figure in figures.items() if figure is not None}
    entry |= {"scale": scale, "basis": found.basis} if found.basis != "stated" else {"basis": "stated"}
    if found.note:
        entry["note"] = found.note
    told = partial(percent, digits=6, space=" ")
    band = "" if low == high else f" ({told(low)} to {told(high)})"
    said = f"'{words}' read as: {'no figure' if point is None else told(point)}{band}, {found.basis}"
    said += f" on {scale}" if found.basis != "stated" else ""
    said += f"; {found.note}" if found.note else ""
    return Reading(entry, said + (", turned round because the text denies the claim" if turned else ""))


def unread(words: str, why: str, key: str = "probability") -> Reading:
    """Words that are kept as they are, without a figure, and a sentence on what follows from that."""
    said = (
        f"not read by us: {why}. The words are kept with basis unread: "
        f"no figure is invented, and they are not scored. For a figure of your own write {key}: with basis: "
        "judged, or give other words of the text"
    )
    return Reading({"words": words, "basis": "unread"}, said)


def figure(words: str | None, quote: str | None, figure: float) -> Reading:
    """A probability that was typed: the speaker's own where the words or the quote have it, else judged.

    Without words it is taken to be the figure in the text, and a quote that lacks it is remarked upon.
    """
    from forecastlog.likelihood import states

    entry: Entry = {"words": words} if words else {}
    quoted = bool(quote) and states(str(quote), figure)
    if words and not quoted and not states(words, figure):
        entry |= {"probability": figure, "basis": "judged"}
        said = (
            f"probability {figure:g}, judged: '{words}' has no such figure, "
            f"so that it is the analyst's own and never the speaker's"
        )
        return Reading(entry, said)
    lacking = "" if words or quoted or not quote else "; the quote does not have it"
    return Reading(
        entry | {"probability": figure, "basis": "stated"}, f"probability {figure:g}, stated{lacking}"
    )


def probability(text: str) -> float:
    """A probability as typed, ``55%`` or ``0.55``; raises BadValue."""
    figure: float = read(PROBABILITY, text.strip(), "probability")
    return figure


def told_of_pages(ledger: Ledger) -> dict[str, dict[str, object]]:
    """What the entries of evidence say of each page, by its address for comparing.

    Title, publisher and day.
    """
    found = {}
    for page, used in pages(ledger).items():
        told = {key: described(used, key) for key in FILLED}
        found[page] = {
            key: stored(value) if isinstance(value, When) else value for key, value in told.items() if value
        }
    return {page: told for page, told in found.items() if told}
