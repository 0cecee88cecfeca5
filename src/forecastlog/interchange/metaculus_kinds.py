"""What a forecast, an outcome and a question of each type say in Metaculus' files, as the keys of our lines."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

Row = Mapping[str, str]
PERCENTILES = {
    "5%": "5th Percentile",
    "25%": "25th Percentile",
    "50%": "Median",
    "75%": "75th Percentile",
    "95%": "95th Percentile",
}
OPTIONS, SHARES = "MC Options (All)", "Probability Yes Per Category"
BEYOND = ("below_lower_bound", "above_upper_bound")
_UNDECIDED = {"ambiguous": ("ambiguous", None), "annulled": ("void", "moot"), "": ("", None)}


class Type(NamedTuple):
    """One type of question: what it asks, what a row of forecasts says, and what became of it."""

    terms: Callable[[Row], dict[str, Any]]
    says: Callable[[Row, Row], dict[str, Any]]
    outcome: Callable[[str], str]


def outcome_of(kind: Type, resolution: str) -> tuple[str, str | None]:
    """The ledger's word for a resolution, and the reason of a void one; raises ValueError with a clause."""
    word = resolution.strip()
    if word.casefold() in _UNDECIDED:
        return _UNDECIDED[word.casefold()]
    if word.casefold() in BEYOND:
        raise ValueError("an outcome beyond the question's range, of which the number is not told")
    return kind.outcome(word), None


def listed(cell: str) -> Sequence[Any]:
    """A list as Metaculus writes it, which is Python's and not JSON's; nothing where it is none.

    >>> listed("['yes', None]"), listed("")
    (['yes', None], [])
    """
    try:
        found = ast.literal_eval(cell)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return []
    return found if isinstance(found, list) else []


def options_of(question: Row) -> list[str]:
    """The options that a question has or had."""
    return [str(name) for name in listed(question.get(OPTIONS, "")) if name is not None]


def shares(question: Row, row: Row) -> dict[str, float]:
    """The share of each option; one that was not there yet has none, and rounding is taken out of the sum."""
    pairs = zip(listed(question.get(OPTIONS, "")), listed(row.get(SHARES, "")), strict=False)
    found = {str(name): float(share) for name, share in pairs if name is not None and share is not None}
    total = sum(found.values())
    if not found or abs(total - 1) > 0.01:
        raise ValueError("the shares of the options do not add up to 1")
    return {name: share / total for name, share in found.items()}


def _probability(_: Row, row: Row) -> dict[str, Any]:
    return {"probability": float(row["Probability Yes"])}


def _yes_or_no(word: str) -> str:
    if word.casefold() not in ("yes", "no"):
        raise ValueError("the resolution is not read")
    return word.casefold()


def _options(row: Row) -> dict[str, Any]:
    return {"kind": "choice", "options": options_of(row)}


def _range(row: Row) -> dict[str, Any]:
    ends = {"low": row.get("Lower Bound", "").strip(), "high": row.get("Upper Bound", "").strip()}
    given = {name: end for name, end in ends.items() if end}
    return {
        "kind": "numeric",
        "unit": row.get("Unit", "").strip() or "as asked",
        **({"range": given} if len(given) == 2 else {}),
    }


def _quantiles(read: Callable[[str], str]) -> Callable[[Row, Row], dict[str, Any]]:
    def says(_: Row, row: Row) -> dict[str, Any]:
        told = {level: row.get(column, "").strip() for level, column in PERCENTILES.items()}
        found = {level: read(text) for level, text in told.items() if text}
        if not found:
            raise ValueError("no percentile is given")
        return {"quantiles": found}

    return says


def _number(text: str) -> str:
    return f"{float(text):.12g}" if "e" not in f"{float(text):.12g}" else f"{float(text):f}"


def _day(text: str) -> str:
    """A day from ISO 8601, or from seconds since 1970, which the platform calculates with."""
    try:
        return datetime.fromtimestamp(float(text), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return datetime.fromisoformat(text).date().isoformat()


TYPES: Mapping[str, Type] = {
    "binary": Type(lambda _: {}, _probability, _yes_or_no),
    "multiple_choice": Type(_options, lambda question, row: {"probabilities": shares(question, row)}, str),
    "numeric": Type(_range, _quantiles(_number), _number),
    "discrete": Type(_range, _quantiles(_number), _number),
    "date": Type(lambda _: {"kind": "date"}, _quantiles(_day), _day),
}
