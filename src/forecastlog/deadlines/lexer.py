# ruff: noqa: PLR0911  # a reader leaves as soon as something does not fit
"""Phrases -> tokens.

Months, units, numbers and dates, whatever dashes, quotes and case they were typed in.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from forecastlog.deadlines.numerals import WORDS, spelled
from forecastlog.english import MONTHS_BY_NAME

LONGEST = 200  # characters; a longer text is prose, not a deadline
MOST = 40  # tokens

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_QUOTES = "\u2018\u2019\u02bc`\u00b4"
_DOUBLE_QUOTES = "\u201c\u201d\u201e\u00ab\u00bb"
_SPACES = "\u00a0\u2007\u2009\u200a\u202f\u200b\ufeff"
SAME_LENGTH = str.maketrans(
    dict.fromkeys(_DASHES, "-")
    | dict.fromkeys(_QUOTES, "'")
    | dict.fromkeys(_DOUBLE_QUOTES, '"')
    | dict.fromkeys(_SPACES, " ")
)
_PLAIN = SAME_LENGTH | {ord("\u00bd"): ".5"}

_PATTERN = re.compile(
    r"""
    (?P<iso>\d{4}[-/.]\d{1,2}[-/.]\d{1,2})(?:t\d\d:?\d\d(?::?\d\d)?(?:\.\d+)?(?:z|[-+]\d\d:?\d\d)?)?(?![\d:])
  | (?P<compact>(?:19|20)\d{6})(?!\d)
  | (?P<week>\d{4}-?w\d\d)(?![\d-])
  | (?P<dmy>\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{1,2}(?P<mark>[/.])\d{1,2}(?P=mark)\d\d)(?![\d/])
  | (?P<ym>\d{4}-(?:0[1-9]|1[0-2])(?![\d-])|\d{1,2}/\d{4}(?!\d))
  | (?P<fraction>(?<=\d\ )1/2(?![\d/]))
  | (?P<dm>\d{1,2}/\d{1,2}(?![\d/]))
  | (?P<zone>(?:utc|gmt)\s?[-+]\s?\d{1,2}(?::?[0-5]\d)?(?![\d:]))
  | (?P<clock>\d{1,2}(?::\d\d)?\s?[ap]\.?m\b\.?|\d{1,2}:\d\d)
  | (?P<decade>(?:\d\d)?[1-9]0'?s|\d\d00'?s)(?![a-z])
  | (?P<ord>\d{1,4}(?:st|nd|rd|th))(?![a-z])
  | (?P<quarter>q[1-4](?!\d)|[1-4]q)(?![a-z])
  | (?P<half>h[12](?![a-z\d])|[12]h(?=\s?'?\d))
  | (?P<fy>fy\s?'?(?:\d{4}|\d\d)?)(?![a-z\d])
  | (?P<short>'\d\d)(?![a-z\d])
  | (?P<number>\d{1,3}(?:,\d{3})+(?!\d)|\d{1,9}(?:\.\d{1,3})?(?:'s(?![a-z]))?|\.5)
  | (?P<word>(?:g\d{1,2}|cop\d\d)(?![a-z\d])|[a-z](?:\.[a-z])+\b\.?|[a-z]+(?:'[a-z]+)?)
  | (?P<dash>\s*-+\s*)
  | (?P<slash>/)
  | (?P<skip>[\s,."()]+|')
  | (?P<other>[^\s,."'()]+)
    """,
    re.VERBOSE | re.ASCII,
)


class Token(NamedTuple):
    """One meaningful piece of a phrase; `value` is a number, or a tuple of them for written dates."""

    kind: str
    text: str
    value: object = None
    start: int = 0
    end: int = 0


def _table(kind: str, names: str) -> dict[str, tuple[str, int]]:
    rows = enumerate(names.split(), start=1)
    return {word: (kind, number) for number, row in rows for word in row.split("/")}


_UNITS = {
    "day": "days",
    "week": "weeks wk wks",
    "month": "months mo mos",
    "quarter": "quarters qtr qtrs",
    "year": "years yr yrs",
    "decade": "decades",
    "century": "centuries",
    "hour": "hours hr hrs",
    "minute": "minutes min mins",
    "fortnight": "fortnights",
    "weekend": "weekends",
}
CALENDAR: dict[str, tuple[str, object]] = {
    **{name: ("month", number) for name, number in MONTHS_BY_NAME.items()},
    **_table(
        "weekday",
        "monday/mon/mondays tuesday/tues/tue wednesday/wed/weds thursday/thurs/thur/thu friday/fri "
        "saturday/sat sunday/sun",
    ),
    **{word: ("unit", unit) for unit, row in _UNITS.items() for word in [unit, *row.split()]},
    **{name: ("season", name) for name in ("spring", "summer", "autumn", "winter")},
    "fall": ("season", "autumn"),
}
_DATELIKE = frozenset(
    {"number", "ord", "month", "weekday", "season", "quarter", "half", "date", "unit", "decade"}
)
_RANGED = frozenset({"number", "ord", "month", "weekday", "season", "quarter", "decade", "date", "part"})
_PARTS = frozenset({"early", "mid", "late", "middle"})


def plain(phrase: str) -> str:
    """Lower case, with one kind of dash, quote and space."""
    return phrase.translate(_PLAIN).lower()


def _slashed(text: str) -> tuple[int, int] | None:
    """Day and month of 25/12 or 12/25; None for 3/4, which is two dates."""
    a, b = (int(part) for part in re.split(r"[-/.]", text)[:2])
    if a == b or a > 12 >= b:
        return (a, b)
    return (b, a) if b > 12 >= a else None


def _written(kind: str, text: str) -> Token | None:
    """Numeric dates: year-month-day in that order, any other order only where it has one reading."""
    if kind == "compact":
        return Token("date", text, (int(text[:4]), int(text[4:6]), int(text[6:])))
    numbers = [int(part) for part in re.split(r"[-/.wt]+", text)[:3]]
    if kind == "iso":
        return Token("date", text, tuple(numbers))
    if kind == "week":
        return Token("isoweek", text, tuple(numbers))
    if kind == "ym":
        year, month = sorted(numbers, reverse=True)
        return Token("date", text, (year, month)) if 1 <= month <= 12 and year > 31 else None
    day_month = _slashed(text)
    if day_month is None:
        return None
    day, month = day_month
    return Token(
        "date", text, (_short_year(str(numbers[2])), month, day) if kind == "dmy" else (None, month, day)
    )


def _short_year(digits: str) -> int:
    return int(digits) + (2000 if len(digits) <= 2 else 0)


def _token(kind: str, text: str) -> Token | None:
    if kind in ("iso", "compact", "week", "dmy", "ym", "dm"):
        return _written(kind, text)
    digits = "".join(c for c in text if c in "0123456789")
    if kind == "fraction":
        return Token("number", ".5", 0.5)
    if kind == "number":
        text = text.removesuffix("'s")
        value = float(text) if "." in text else int(text.replace(",", ""))
        return Token("number", text, value)
    if kind in ("ord", "quarter", "half"):
        return Token(kind, text, int(digits))
    if kind == "decade":
        return Token(kind, text, _short_year(digits))
    if kind == "fy":
        return Token(kind, text, _short_year(digits) if digits else None)
    if kind == "short":
        return Token("number", text, 2000 + int(digits))
    if kind == "word":
        word = text.replace(".", "") if "." in text else text.removesuffix("'s")
        if word in CALENDAR:
            return Token(CALENDAR[word][0], text.removesuffix("'s"), CALENDAR[word][1])
        return Token("part" if word in _PARTS else "word", word)
    return Token(kind, " " if kind == "dash" else text)


def _scan(text: str) -> Iterator[Token]:
    slice_end = None
    for match in _PATTERN.finditer(text):
        kind = match.lastgroup or "other"
        if kind == "skip":
            continue
        token = _token(kind, match.group()) or Token("other", match.group())
        sliced = slice_end is not None and match.start() - slice_end <= 1
        if sliced and re.fullmatch("[0-9]{2}", match.group()):  # 3Q25, Q4 26
            token = Token("number", token.text, 2000 + int(token.text))
        slice_end = match.end() if kind in ("quarter", "half") else None
        yield Token(token.kind, token.text, token.value, match.start(), match.end())


def _joined(raw: list[Token]) -> list[Token]:
    """The tokens with numbers in words put together."""
    out: list[Token] = []
    words: list[str] | None = None
    i = 0
    while i < len(raw):
        found = None
        if raw[i].kind == "word" and raw[i].text in WORDS:
            words = words or [_tie(token) for token in raw]
            found = spelled(words[i:])
        if found is None:
            out.append(raw[i])
            i += 1
            continue
        kind, value, length = found
        text = " ".join(token.text for token in raw[i : i + length])
        out.append(Token(kind, text, value, raw[i].start, raw[i + length - 1].end))
        i += length
    return out


def _shared(tokens: list[Token]) -> list[Token]:
    """The tokens with the word that ordinals share given to each: "the third or fourth quarter"."""
    out: list[Token] = []
    for i, token in enumerate(tokens):
        out.append(token)
        if token.kind != "ord":
            continue
        at = i + 1
        while at < len(tokens) and tokens[at].kind == "ord":  # the first, second or third quarter
            at += 1
        following = tokens[at : at + 3]
        if len(following) < 3 or following[0].text not in ("or", "to", "and"):
            continue
        shared = following[2]
        if following[1].kind == "ord" and (shared.kind in ("unit", "weekday") or shared.text == "half"):
            out.append(shared._replace(start=token.end, end=token.end))
    return out


def _tie(token: Token) -> str:
    """A word, or "-" for a dash without spaces; a spaced dash ends a number."""
    return "-" if token.kind == "dash" and token.end - token.start == 1 else token.text or " "


def _means_to(tokens: list[Token], i: int) -> bool:
    """Whether the dash at i stands between the two ends of a range, or only ties words together."""
    left, right = tokens[i - 1], tokens[i + 1]
    numbers = {left.kind, right.kind}.issubset({"number", "ord"})
    if numbers or (left.kind == right.kind and left.kind in _RANGED):
        return True
    before = tokens[i - 2].kind if i >= 2 else None
    after = tokens[i + 2].kind if i + 2 < len(tokens) else None
    if (
        left.kind in ("number", "ord")
        and right.kind in ("month", "quarter", "season")
        and before == right.kind
    ):
        return True
    if left.kind == "month" and right.kind in ("number", "ord") and after == "month":
        return True
    spaced = tokens[i].end - tokens[i].start >= 3
    return spaced and left.kind in _DATELIKE and right.kind in _DATELIKE


def _paired(left: Token, right: Token) -> Token | None:
    """2025-26 and 2025/2026: one winter, one financial year, or two years, as the words around it say."""
    a, b = left.value, right.value
    if not (isinstance(a, int) and isinstance(b, int) and 1900 <= a <= 2200):
        return None
    if len(right.text) == 2 and b > a % 100:  # 2028-32
        b += a // 100 * 100
    if b == a + 1 or (len(right.text) == 2 and b > a):
        text = f"{left.text}-{right.text}"
        if left.kind == "fy":
            return Token("fy", text, b, left.start, right.end) if b == a + 1 else None
        return Token("years", text, (a, b), left.start, right.end)
    return None


def tokenize(phrase: str) -> list[Token] | None:
    """The tokens of a phrase, or None when it is too long to be one.

    >>> [(token.kind, token.value) for token in tokenize("mid-March 2026")]
    [('part', None), ('month', 3), ('number', 2026)]
    """
    if len(phrase) > LONGEST:
        return None
    tokens = _joined(list(_scan(plain(phrase))))
    return _shared(_tied(tokens)) if len(tokens) <= MOST else None


def tokens_of(text: str) -> list[Token]:
    """The tokens of a short stretch of prose that is plain already."""
    return _shared(_tied(_joined(list(_scan(text)))))


def _tied(tokens: list[Token]) -> list[Token]:
    """The tokens without dashes and slashes: what they join, or the "to" and "or" that they stand for."""
    out: list[Token] = []
    skip = False
    for i, token in enumerate(tokens):
        if skip:
            skip = False
        elif token.kind not in ("dash", "slash"):
            out.append(token)
        elif out and i + 1 < len(tokens):
            left, right = tokens[i - 1], tokens[i + 1]
            dated = i + 2 < len(tokens) and tokens[i + 2].kind == "month"  # 1 October 2026-31 March 2027
            pair = _paired(left, right) if token.end - token.start == 1 and not dated else None
            if pair is not None:
                out[-1], skip = pair, True
            elif token.kind == "dash" and _means_to(tokens, i):
                out.append(Token("word", "to", None, token.start, token.end))
            elif token.kind == "slash" and (left.kind == right.kind or right.kind in ("part", "word")):
                kind = "other" if left.kind == "number" else "word"
                out.append(Token(kind, "or", None, token.start, token.end))
    return out
