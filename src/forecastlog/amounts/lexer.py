"""A text as tokens: numbers with their value and the worth of their last digit, words, and marks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

LONGEST_NUMBER = 24  # characters; nobody forecasts a longer one

# One character for one, so that places in the text stay what they are.
_TIDY = str.maketrans(
    "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d\u00a0\u202f\u2009\u2007\u2019\u2018\u02bc\u2248\uff05\u2265\u2264\t\n\r",
    "---------    '''~%\u2265\u2264   ",
)
_RUN = r"(?:\d{1,3}(?: \d{3})+(?!\d)|\.?\d+)(?:[.,']\d+)*"
_TOKEN = re.compile(
    rf"(?P<number>{_RUN})|(?P<word>(?:[kcm]?m[23\u00b2\u00b3]|CO2)(?![\w])|[^\W\d_]+(?:'[^\W\d_]+)*)|(?P<mark>\S)"
)

# How a language writes numbers: the mark before decimals, and the marks between groups of digits.
_ENGLISH, _CONTINENTAL, _SPACED, _SWISS = (".", ", '"), (",", ".' "), (",", " ."), (".", "' ")
LOCALES: Mapping[str, tuple[str, str]] = MappingProxyType(
    dict.fromkeys(("en", "zh", "ja", "ko", "hi", "he", "th"), _ENGLISH)
    | dict.fromkeys(("de", "es", "it", "nl", "pt", "da", "tr", "id", "el", "ro", "hr", "sl"), _CONTINENTAL)
    | dict.fromkeys(("fr", "sv", "nb", "no", "fi", "pl", "cs", "sk", "hu", "ru", "uk", "bg"), _SPACED)
    | dict.fromkeys(("de-ch", "it-ch", "fr-ch", "de-li"), _SWISS)
)


@dataclass(frozen=True, slots=True)
class Token:
    """A number (``value`` is None where its marks fit no number), a word or a mark, at text[start:end]."""

    text: str  # in small letters
    written: str
    start: int
    end: int
    glued: bool  # nothing stands between it and the token before
    value: Decimal | None = None
    precision: Decimal = Decimal(1)

    @property
    def is_number(self) -> bool:
        """Whether it is written in digits."""
        return self.written[0].isdigit() or (self.written[0] == "." and len(self.written) > 1)


def marks_of(locale: str | None) -> tuple[str, str]:
    """The decimal mark and the grouping marks of a locale such as de or de-CH; English without one."""
    key = (locale or "en").replace("_", "-").lower()
    found = LOCALES.get(key) or LOCALES.get(key.split("-")[0])
    if found is None:
        raise ValueError(f"locale is {locale!r}: one of {', '.join(LOCALES)}, with or without a country")
    return found


def tokens_of(text: str, locale: str | None = None) -> list[Token]:
    """The tokens of a text, in a time that grows with its length."""
    decimal, groups = marks_of(locale)
    found, last = [], -1
    for match in _TOKEN.finditer(text.translate(_TIDY)):
        written = match.group()
        value, precision = _value(written, decimal, groups) if match["number"] else (None, Decimal(1))
        found.append(
            Token(
                written.lower(), written, match.start(), match.end(), match.start() == last, value, precision
            )
        )
        last = match.end()
    return found


def _value(written: str, decimal: str, groups: str) -> tuple[Decimal | None, Decimal]:
    """What digits with marks are worth, and what their last digit is."""
    whole, mark, part = written.rpartition(decimal) if written.count(decimal) == 1 else (written, "", "")
    if not mark:
        whole, part = written, ""
    digits = _ungrouped(whole, groups)
    if (
        digits is None
        or len(written) > LONGEST_NUMBER
        or (part and not part.isascii())
        or not (part.isdigit() or not mark)
    ):
        return None, Decimal(1)
    return Decimal(f"{digits or 0}.{part or 0}"), Decimal(1).scaleb(-len(part))


def _ungrouped(whole: str, groups: str) -> str | None:
    """The digits without their grouping.

    None where the groups are not of three (or, in India, two and three).
    """
    if not whole or whole.isdigit():
        return whole if whole.isascii() else None
    used = {mark for mark in whole if not mark.isdigit()}
    if len(used) > 1 or not used <= set(groups):
        return None
    first, *rest = whole.split(used.pop())
    threes = all(len(group) == 3 for group in rest)
    indian = (
        len(rest) > 1 and len(rest[-1]) == 3 and all(len(group) == 2 for group in rest[:-1]) and "," in whole
    )
    fits = 1 <= len(first) <= (2 if indian and not threes else 3)
    digits = first + "".join(rest)
    return digits if (threes or indian) and fits and digits.isascii() else None
