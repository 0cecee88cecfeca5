"""The numbers of a table: which sign stands before their decimals, and which parts their thousands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from forecastlog.interchange.cells import OUTCOMES, missing, outcome_of
from forecastlog.interchange.found import BadFile

_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?")
_SPACED = re.compile(r"(?<=\d)[ \u00a0\u202f'](?=\d{3}(?!\d))")
"""What parts thousands and is no decimal sign anywhere."""
_OTHER = {",": ".", ".": ","}
_TELLING: Mapping[str, re.Pattern[str]] = {
    decimal: re.compile(
        rf"[-+]?(?:\d{{1,3}}(?:{other}\d{{3}})+{sign}\d+|\d{{1,3}}(?:{other}\d{{3}}){{2,}}"
        rf"|\d*{sign}(?:\d{{1,2}}|\d{{4,}})|0?{sign}\d+)"
    )
    for decimal, sign, other in ((",", ",", r"\."), (".", r"\.", ","))
}
"""Numbers in which a sign stands before decimals for certain: "1,234" and "1.234" tell nothing."""
_GROUPED = {sign: re.compile(rf"[-+]?\d{{1,3}}({re.escape(sign)}\d{{3}})+(\D\d+)?") for sign in ",."}


@dataclass(slots=True)
class Amounts:
    """The numbers of a table, asked of all of them before the first is read."""

    decimal: str = ""
    _seen: dict[str, tuple[int, str]] = field(default_factory=dict)

    def look(self, row: int, text: str) -> None:
        """Take a cell into account."""
        plain = _plain(text)
        for decimal, telling in _TELLING.items():
            if telling.fullmatch(plain):
                self._seen.setdefault(decimal, (row, plain))

    def decide(self) -> str:
        """The sign before decimals, a point where nothing tells; raises BadFile for a table that has both."""
        if not self.decimal:
            comma, point = self._seen.get(","), self._seen.get(".")
            if comma and point:
                raise BadFile(
                    f"row {comma[0]:,} has {comma[1]}, with a decimal comma, "
                    f"and row {point[0]:,} has {point[1]}, with a decimal point. Mend the file."
                )
            self.decimal = "," if comma else "."
        return self.decimal

    def read(self, text: str) -> str:
        """A number with its digits as they are written, without what parts thousands.

        Raises ValueError with a clause.

        >>> Amounts().read("1,234.50"), Amounts(",").read("1.234,50"), Amounts().read(" 7 ")
        ('1234.50', '1234.50', '7')
        """
        plain, decimal = _plain(text), self.decide()
        thousands = _OTHER[decimal]
        if _GROUPED[thousands].fullmatch(plain):
            plain = plain.replace(thousands, "")
        plain = plain.replace(decimal, ".")
        if not _NUMBER.fullmatch(plain):
            raise ValueError("the number is not read")
        return format(Decimal(plain), "f")

    def outcome(self, text: str) -> tuple[str, str | None]:
        """What became of a numeric question: a number, or a word for what is void, unclear or open."""
        if text.strip().casefold() in OUTCOMES or missing(text):
            return outcome_of(text)
        return self.read(text), None


def _plain(text: str) -> str:
    return _SPACED.sub("", text.strip().replace("\u2212", "-"))
