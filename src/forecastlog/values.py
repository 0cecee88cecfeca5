"""Text -> a value, one small reader for each sort of value; what cannot be read is raised as ``Unreadable``.

Every reader carries its JSON Schema, so that what an editor offers and what the reader takes are one thing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal, localcontext
from math import isfinite
from typing import Any, NamedTuple, Self

from forecastlog.model.moments import After, Duration, When
from forecastlog.model.records import ID_PATTERN, QUESTION_LENGTH, QUOTE_WORDS
from forecastlog.phrasing import opening
from forecastlog.vocabulary.outcomes import REASONS

Schema = Mapping[str, Any]

UNKNOWN_DAY = When("", date.min)
"""Stands in for a date that is missing."""
YES, NO = ("yes", "true"), ("no", "false")
"""How people write whether something is so."""


class Unreadable(Exception):
    """A text that is no value of its kind: the code, the clause and the remedy.

    ``{key}`` and ``{text}`` in the clause stand for the key and what was written.
    """

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint

    def clause(self, key: str, text: str) -> str:
        """The clause of what was written for a key."""
        return self.message.replace("{key}", key).replace("{text}", brief(text))


class Number(float):
    """A number as it was written.

    With what its last digit is worth, and the unit that stood beside it, if one did.

    >>> share = Number(3.0, precision=0.1, unit="%")
    >>> share == 3, share.decimal
    (True, Decimal('3.0'))
    """

    __slots__ = ("precision", "unit")

    precision: float
    unit: str | None

    def __new__(cls, value: float = 0.0, precision: float = 1.0, unit: str | None = None) -> Self:
        """The number, its precision in (0, inf) and its unit."""
        number = super().__new__(cls, value)
        number.precision, number.unit = precision, unit
        return number

    # What __new__ takes.
    def __getnewargs__(self) -> tuple[float, float, str | None]:  # type: ignore[override]
        return float(self), self.precision, self.unit

    def __str__(self) -> str:
        return f"{self.decimal:f}"

    @property
    def decimal(self) -> Decimal:
        """The number with the digits that were written."""
        written, worth = Decimal(repr(float(self))), Decimal(repr(self.precision)).normalize()
        with localcontext(prec=400):  # more digits than a float can have
            return written.quantize(min(worth, Decimal(1)))


class Reader(NamedTuple):
    """How the text of a value is read, and how an editor may check it."""

    read: Callable[[str], object]
    schema: Schema
    stand_in: object = ""
    """What a record holds where the value is needed and missing, which is a fault of its own."""


def nearest(word: str, known: Sequence[str]) -> str | None:
    """The known word that looks most like this one, or None where none does.

    >>> nearest("quotes", ["claim", "quote", "note"])
    'quote'
    """
    from difflib import get_close_matches

    folded = {candidate.lower(): candidate for candidate in reversed(known)}
    found = get_close_matches(word.lower(), folded, n=1, cutoff=0.6)
    return folded[found[0]] if found else None


def brief(text: str, most: int = 60) -> str:
    """A text for a message: on one line, and cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 3] + "..."


def one_of(words: Sequence[str]) -> str:
    """The words as a sentence that offers them."""
    return f"Write {', '.join(words[:-1])} or {words[-1]}." if len(words) > 1 else f"Write {words[0]}."


def meant(word: str, known: Sequence[str], otherwise: str = "") -> str:
    """A question after the known word that is nearest to this one; ``otherwise`` where none is near."""
    near = nearest(word, known)
    return f"Did you mean '{near}'?" if near else otherwise


def offer(word: str, known: Sequence[str]) -> str:
    """The remedy for a word that is not among the known ones."""
    return f"{meant(word, known)} {one_of(known)}".lstrip()


def choice(known: Iterable[str], code: str = "P106") -> Reader:
    """One of these words."""
    words = tuple(known)

    def read(text: str) -> str:
        if text not in words:
            raise Unreadable(code, "unknown {key} '{text}'", offer(text, words))
        return text

    return Reader(read, {"enum": list(words)})


def _text(text: str) -> str:
    if not text.isprintable() and (
        bad := re.search(r"[^\n\t\x20-\x7e\x85\xa0-\ud7ff\ue000-\U0010ffff]", text)
    ):
        name = f"U+{ord(bad[0]):04X}"
        raise Unreadable("P002", f"a control character, {name}, which no text needs", "Delete it.")
    return text


def _quote(text: str) -> str:
    count = len(_text(text).split())
    if count > QUOTE_WORDS:
        raise Unreadable(
            "P109",
            f"the quote has {count} words",
            (
                f"At most {QUOTE_WORDS} locate the passage. Shorten it; "
                "a prediction has 'also:' for other phrases."
            ),
        )
    return text


def _question(text: str) -> str:
    if len(_text(text)) > QUESTION_LENGTH:
        raise Unreadable(
            "P109",
            f"the question has {len(text)} characters",
            f"It is a name: at most {QUESTION_LENGTH}. The claim and the criteria say the rest.",
        )
    return text


def _id(text: str) -> str:
    if not ID_PATTERN.fullmatch(text):
        raise Unreadable(
            "P101",
            "'{text}' cannot be an id",
            "Write a-z, 0-9 and hyphens, at most 80 characters, beginning and ending with a letter or digit.",
        )
    return text


def _boolean(text: str) -> bool:
    if text not in YES + NO:
        raise Unreadable("P115", "{key} is neither yes nor no: '{text}'", "Write yes or no.")
    return text in YES


def _day(text: str) -> date:
    when = _when(text)
    if when.precision != "day":
        raise Unreadable("P102", "{key} is not a day: '{text}'", "Write a day, such as 2025-03-19.")
    return when.day


def _when(text: str) -> When:
    try:
        return When.parse(text)
    except ValueError as error:
        hint = "Write it in this form: 2025-03-19."
        if "offset" in str(error):
            hint = "A time needs its offset from UTC: write it as 2025-03-19T12:30:00Z."
        elif re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            hint = "The calendar has no such day."
        raise Unreadable("P102", "{key} is not a date: '{text}'", hint) from None


def _exact(text: str) -> When:
    when = _when(text)
    if when.precision in ("month", "year"):
        hint = "Write a day, such as 2025-03-19, or a time, such as 2025-03-19T12:30:00Z."
        raise Unreadable("P102", "{key} is not a day: '{text}'", hint)
    return when


def _day_range(text: str) -> str:
    first, slash, last = text.partition("/")
    if not slash or _day(first) > _day(last):
        hint = "Write the first and the last day it may be: 2025-03-19/2025-03-31."
        raise Unreadable("P102", "{key} is not a range of days: '{text}'", hint)
    return text


def _probability(text: str) -> float:
    if not re.fullmatch(r"[-+]?(\d+\.?\d*|\.\d+) ?%?", text, re.ASCII):
        hint = "Write a figure from 0 to 1, such as 0.70, or a percentage, such as 70%."
        raise Unreadable("P103", "{key} is not a number: '{text}'", hint)
    figure = float(text.rstrip(" %"))
    value = round(figure / 100, 12) if text.endswith("%") else figure
    if value < 0:
        raise Unreadable("P105", "{key} is below 0", f"Read as {text}; nothing is less than impossible.")
    if value > 1:
        percent = not text.endswith("%") and figure <= 100
        remedy = f"Write {text}% or {figure / 100:.2f}." if percent else "Write a figure from 0 to 1, or 70%."
        raise Unreadable("P104", "{key} is above 1", f"Read as {text}, which is more than certain. {remedy}")
    return value


def _level(text: str) -> float:
    value = _probability(text)
    if value in (0, 1):
        hint = "A level lies between 0 and 1, such as 5% or 0.9."
        raise Unreadable("P104" if value else "P105", "{key} is " + text, hint)
    return value


_PLAIN = re.compile(r"[-+]?(\d+)(?:\.(\d+))?", re.ASCII)


def _number(text: str) -> Number:
    plain = _PLAIN.fullmatch(text)
    if plain and len(text) < 25:
        return Number(float(text), 10.0 ** -len(plain[2] or ""))
    from forecastlog.amounts import not_understood, parse_amount

    read = parse_amount(text)
    if read is None or read.value is None or not isfinite(read.value):
        why = not_understood(text) if read is None else "it is no single number"
        hint = "Write one number, with its unit where it helps: 285, 3 %, 1.2m, $85."
        raise Unreadable("P103", "{key} is not a number: '{text}'", f"{opening(str(why))}. {hint}")
    return Number(read.value, read.precision, read.unit)


FIRST = "first"
VINTAGES = (FIRST, "final")
"""Which figure of a quantity that is revised: the first that was published or the last; a day stands for its
own."""


def _vintage(text: str) -> str:
    if text not in VINTAGES:
        try:
            _day(text)
        except Unreadable:
            hint = one_of((*VINTAGES, "a day, such as 2025-03-19"))
            raise Unreadable("P106", "unknown {key} '{text}'", hint) from None
    return text


def _link(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s/]+\S*", text):
        raise Unreadable(
            "P111",
            "not a link: '{text}'",
            "Write an address that begins with https:// or http://; "
            "for a search that found nothing write {searched: ..., on: ...}.",
        )
    return text


def _sha256(text: str) -> str:
    if not re.fullmatch(r"[0-9a-f]{64}", text):
        hint = "Write the 64 digits, 0-9 and a-f, that 'sha256sum FILE' prints."
        raise Unreadable("P113", "{key} is not a SHA-256 digest", hint)
    return text


def _time_code(text: str) -> str:
    if not re.fullmatch(r"\d{1,3}:[0-5]\d:[0-5]\d", text, re.ASCII):
        hint = "Write hours, minutes and seconds of the recording: 00:12:31."
        raise Unreadable("P116", "{key} is no time code: '{text}'", hint)
    return text


def _duration(text: str) -> Duration:
    try:
        return Duration.parse(text)
    except ValueError:
        hint = "Write a number and days, weeks, months or years: 6 months."
        raise Unreadable("P114", "{key} is not a length of time: '{text}'", hint) from None


def _settling(text: str) -> date | After:
    try:
        return After.parse(text) if "after" in text else _day(text)
    except ValueError:
        hint = "Write a day, or days, weeks, months or years after the last day that counts: 30 days after."
        raise Unreadable("P114", "{key} is not a time after the last day: '{text}'", hint) from None


_DATE = r"^\d{4}-\d{2}-\d{2}$"
_TIME = r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}.*)?$"
_COARSE = r"^\d{4}(-\d{2}(-\d{2}([T ]\d{2}:\d{2}.*)?)?)?$"

TEXT = Reader(_text, {"type": ["string", "number", "boolean"]})
QUOTE = Reader(_quote, {"type": "string"})
QUESTION = Reader(_question, {"type": "string", "maxLength": QUESTION_LENGTH})
ID = Reader(_id, {"type": "string", "pattern": "^[a-z0-9]([a-z0-9-]{0,78}[a-z0-9])?$"})
BOOLEAN = Reader(_boolean, {"enum": [True, False, "yes", "no"]})
DAY = Reader(_day, {"type": "string", "pattern": _DATE}, date.min)
EXACT = Reader(_exact, {"type": "string", "pattern": _TIME}, UNKNOWN_DAY)
WHEN = Reader(_when, {"type": ["string", "integer"], "pattern": _COARSE}, UNKNOWN_DAY)
DAY_RANGE = Reader(_day_range, {"type": "string", "pattern": _DATE[:-1] + "/" + _DATE[1:]})
PROBABILITY = Reader(
    _probability,
    {
        "anyOf": [
            {"type": "number", "minimum": 0, "maximum": 1},
            {"type": "string", "pattern": r"^[\d.]+ ?%$"},
        ]
    },
)
LEVEL = Reader(_level, PROBABILITY.schema)
VINTAGE = Reader(_vintage, {"type": "string"})
NUMBER = Reader(_number, {"type": ["number", "string"]})
LINK = Reader(_link, {"type": "string", "pattern": "^https?://"})
SHA256 = Reader(_sha256, {"type": "string", "pattern": "^[0-9a-f]{64}$"})
TIME_CODE = Reader(_time_code, {"type": "string", "pattern": "^[0-9]{1,3}:[0-5][0-9]:[0-5][0-9]$"})
DURATION = Reader(_duration, {"type": "string", "pattern": "^[0-9]+ (day|week|month|year)s?$"})
SETTLING = Reader(
    _settling, {"type": "string", "pattern": f"({_DATE})|^[0-9]+ (day|week|month|year)s? after$"}
)
REASON = choice(REASONS, "P108")
