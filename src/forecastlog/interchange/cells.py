"""What stands in a cell: a probability, a level, an outcome.

Whether figures are percentages is found from the whole column.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from forecastlog.interchange.days import is_day
from forecastlog.interchange.found import BadFile
from forecastlog.phrasing import exact_percent
from forecastlog.values import nearest

_FIGURE = r"(?:\d+(?:[.,]\d*)?|[.,]\d+)"
_NUMBER = re.compile(rf"[-+]?{_FIGURE}([eE][-+]?\d+)?")
_PERCENT = re.compile(r"%|\bper\s?cent\b|(?<=\d)\s?pct\b", re.IGNORECASE)
_SPAN = re.compile(
    rf"(?P<bound>[<>≤≥]=?)?\s*(?P<low>{_FIGURE})\s*%?\s*(?:(?P<more>\+)|(?:-|–|—|to)\s*(?P<high>{_FIGURE})\s*%?)?"
)
"""A bound or a range: "<1%", "99%+", "60-70%"."""
_RATIO = re.compile(r"(?P<of>\d+)\s*(?:in|out of|/)\s*(?P<all>\d+)", re.IGNORECASE)

_FAULTS = ("#n/a", "#ref!", "#div/0!", "#value!", "#name?", "#num!", "#null!")
"""What a spreadsheet writes where it could reckon nothing."""
MISSING = frozenset({"", "na", "n/a", "nan", "none", "null", "-", "--", "–", "—", ".", *_FAULTS})
SIGNS = {"✓": "yes", "✔": "yes", "✅": "yes", "☑": "yes", "✗": "no", "✘": "no", "❌": "no", "☒": "no"}
OUTCOMES = {
    **dict.fromkeys(
        (
            "yes",
            "true",
            "y",
            "t",
            "correct",
            "happened",
            "occurred",
            "right",
            "won",
            "win",
            "hit",
            "came true",
        ),
        "yes",
    ),
    **dict.fromkeys(
        (
            "no",
            "false",
            "n",
            "f",
            "incorrect",
            "did not happen",
            "did not occur",
            "wrong",
            "lost",
            "loss",
            "miss",
            "missed",
            "failed",
        ),
        "no",
    ),
    **dict.fromkeys(
        (
            "void",
            "annulled",
            "cancelled",
            "canceled",
            "cancel",
            "n.a.",
            "invalid",
            "voided",
            "withdrawn",
            "did not take place",
            "not applicable",
        ),
        "void",
    ),
    **dict.fromkeys(("ambiguous", "unclear", "disputed"), "ambiguous"),
    **dict.fromkeys(("open", "pending", "unresolved", "tbd", "?", "unknown", "not yet", "not resolved"), ""),
    **SIGNS,
}
"""What people write for an outcome -> the ledger's word; nothing for a question that is open."""


def missing(text: str) -> bool:
    """Whether a cell says nothing; a lone space is nothing too."""
    return text.strip().casefold() in MISSING


@dataclass(slots=True)
class Figures:
    """The figures of a table, and whether they are percentages.

    Asked of all of them before the first is read.
    """

    percent: bool | None = None
    header: str = ""
    """What stands above them, which may say that they are percentages."""
    _whole: tuple[int, str] | None = None
    _fraction: tuple[int, str] | None = None
    _small: tuple[int, str] | None = None

    def look(self, row: int, text: str) -> None:
        """Take a cell into account."""
        if missing(text) or _PERCENT.search(text):
            return
        text = _without_about(text)
        span = _SPAN.fullmatch(text)
        for figure in filter(None, (span["low"], span["high"]) if span else (text,)):
            value = _number(figure)
            if value is None or not 0 <= value <= 100:
                continue
            if value > 1:
                self._whole = self._whole or (row, text)
            elif 0 < value < 1:
                self._fraction = self._fraction or (row, text)
            elif value == 1 and not figure.isdigit():
                self._small = self._small or (row, text)

    @property
    def tells(self) -> bool:
        """Whether any of them shows which they are, as 0 and 1 do not."""
        return bool(self._whole or self._fraction or self._small)

    def decide(self) -> bool:
        """Whether they are percentages; raises BadFile for a table that has both."""
        if self.percent is None:
            said = says_percent(self.header)
            doubtful = self._fraction or self._small
            if self._whole and doubtful and not said:
                raise BadFile(
                    f"row {self._whole[0]:,} has {self._whole[1]}, which is a percentage, "
                    f"and row {doubtful[0]:,} has {doubtful[1]}, which looks like a fraction of 1. "
                    "Say --percent if all are percentages, or mend the file."
                )
            if said and doubtful and not self._whole:
                raise BadFile(
                    f"'{self.header}' says percentages, and row {doubtful[0]:,} has {doubtful[1]} "
                    "where no figure is over 1: say --percent or --fraction."
                )
            self.percent = self._whole is not None
        return self.percent

    def read(self, text: str) -> float:
        """The probability, from 0 to 1; raises ValueError with a clause on what it is instead."""
        return self.keys(text)["probability"]

    def keys(self, text: str) -> dict[str, float]:
        """The keys of a forecast: its probability, and of a bound or a range ``low`` and ``high`` as well.

        Raises ValueError with a clause.

        >>> Figures().keys("~60%"), Figures().keys("1 in 4"), Figures().keys("60-70%")
        ({'probability': 0.6}, {'probability': 0.25}, {'probability': 0.65, 'low': 0.6, 'high': 0.7})
        """
        text = _without_about(text)
        value = _number(_PERCENT.sub("", text))
        if value is None:
            return self._spanned(text)
        return {"probability": self._share(value, marked=bool(_PERCENT.search(text)))}

    def _spanned(self, text: str) -> dict[str, float]:
        """What a bound, a range or a ratio says, as the reader of words has it."""
        from forecastlog.likelihood import parse_likelihood

        if span := _SPAN.fullmatch(_PERCENT.sub("%", text)):
            marked = bool(_PERCENT.search(text))
            low, high = (
                None if value is None else self._share(value, marked=marked)
                for value in (_number(span["low"]), _number(span["high"] or ""))
            )
            up = span["more"] or (span["bound"] or "")[:1] in (">", "≥")
            bound = ("at least " if up else "at most ") if high is None else ""
            words = f"{bound}{exact_percent(low or 0)}" + (
                "" if high is None else f" to {exact_percent(high)}"
            )
        elif ratio := _RATIO.fullmatch(text):
            words = f"{ratio['of']} in {ratio['all']}"
        else:
            raise ValueError("the probability is no number")
        if (found := parse_likelihood(words)) is None or found.probability is None:
            raise ValueError("the probability is no number")
        keys = {"probability": found.probability, "low": found.low, "high": found.high}
        return keys if found.low < found.high else {"probability": found.probability}

    def _share(self, value: float, *, marked: bool) -> float:
        """A figure as a share of 1; ``marked``: it is a percentage by its sign."""
        share = round(value / 100, 12) if marked or self.decide() else value
        if not 0 <= share <= 1:
            raise ValueError(
                "the probability is not between 0 and 1"
                if not self.percent
                else "the percentage is not between 0 and 100"
            )
        return share


def says_percent(header: str) -> bool:
    """Whether a header says that its figures are percentages."""
    return bool(_PERCENT.search(header))


def is_figure(text: str) -> bool:
    """Whether a cell is a plain number, or a percentage."""
    return _number(_PERCENT.sub("", _without_about(text))) is not None


def is_yes_or_no(text: str) -> bool:
    """Whether a cell is an answer in words."""
    return OUTCOMES.get(text.strip().casefold()) in ("yes", "no")


def _without_about(text: str) -> str:
    return text.strip().lstrip("~≈ ")


def _number(text: str) -> float | None:
    text = text.strip()
    return float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None


def level_of(text: str) -> str:
    """A quantile's or interval's level as a percentage; raises ValueError with a clause.

    >>> level_of("0.025"), level_of("95%"), level_of("0.5")
    ('2.5%', '95%', '50%')
    """
    value = _number(text.replace("%", ""))
    share = None if value is None else value / 100 if "%" in text or value > 1 else value
    if share is None or not 0 < share < 1:
        raise ValueError("the level is not between 0 and 1")
    return exact_percent(share, digits=10)


_LONGEST_OUTCOME = 80
"""Characters of an outcome with what may stand around it."""


def outcome_of(text: str) -> tuple[str, str | None]:
    """The ledger's word for an outcome, and the reason of one that is void; both empty where it is open.

    A number is a share, 1 is yes and 0 is no. Raises ValueError with a clause.

    >>> outcome_of("TRUE"), outcome_of("0.5"), outcome_of("1.0"), outcome_of("annulled")
    (('yes', None), ('0.5', None), ('yes', None), ('void', 'moot'))
    """
    word = text.strip().casefold()
    word = _verdict(word) if len(word) <= _LONGEST_OUTCOME else word
    if word in ("na", "n/a"):
        return "void", "moot"
    if word in MISSING:
        return "", None
    value = _number(word.rstrip("% "))
    if value is not None:
        share = value / 100 if word.endswith("%") else value
        if not 0 <= share <= 1:
            raise ValueError("the outcome is not between 0 and 1")
        return {1.0: "yes", 0.0: "no"}.get(share, f"{share:.12g}"), None
    if word not in OUTCOMES:
        near = nearest(word, list(OUTCOMES))
        raise ValueError(
            f"the outcome '{word[:30]}' is not read" + (f" (did you mean {near}?)" if near else "")
        )
    found = OUTCOMES[word]
    return found, "moot" if found == "void" else None


def _verdict(word: str) -> str:
    """An outcome without "resolved" before it and the day behind it: "resolved yes 2023-05-01" -> "yes"."""
    plain = word.rstrip(".!").replace("\ufe0f", "")
    if found := re.fullmatch(r"resolve[sd]?\s*(?:as|to|:)?\s+(.+)", plain):
        plain = found[1]
    if (found := re.fullmatch(r"(\S+(?: \S+)??)[\s,(]+(?:on )?(\S*\d\S*?)\)?", plain)) and is_day(found[2]):
        plain = found[1]
    return (
        plain
        if plain in OUTCOMES or plain in MISSING or (plain != word and _number(plain) is not None)
        else word
    )
