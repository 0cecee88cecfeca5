"""Metaculus' files, a question, forecast and outcome of each type, as the keys of our lines."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
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
OPTIONS, SHARES = ("MC Options (All)", "MC Options"), "Probability Yes Per Category"
"""Downloads of before options could be added have the second."""
CDF, PLACES = "Continuous CDF", "Continuous Range"
RESOLVED = "Probability of Resolution"
OUTSIDE = ("Probability Below Lower Bound", "Probability Above Upper Bound")
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
    return [str(name) for name in _listed_options(question) if name is not None]


def _listed_options(question: Row) -> Sequence[Any]:
    return next((found for name in OPTIONS if (found := listed(question.get(name, "")))), ())


def shares(question: Row, row: Row) -> dict[str, float]:
    """The share of each option; one that was not there yet has none, and rounding is taken out of the sum."""
    pairs = zip(_listed_options(question), listed(row.get(SHARES, "")), strict=False)
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
    def says(question: Row, row: Row) -> dict[str, Any]:
        told = {level: row.get(column, "").strip() for level, column in PERCENTILES.items()}
        told = told if any(told.values()) else dict(_crossings(question, row))
        below, above = (float(row.get(name, "").strip() or 0) for name in OUTSIDE)
        within = {level: text for level, text in told.items() if below < _share(level) < 1 - above}
        found = {level: read(text) for level, text in within.items() if text}
        if not found:
            raise ValueError("no percentile is given within the question's range")
        return {"quantiles": found}

    return says


def _share(level: str) -> float:
    return float(level.rstrip("%")) / 100


def _crossings(question: Row, row: Row) -> Iterator[tuple[str, str]]:
    """Where a download's distribution without percentiles passes each, a line between its points."""
    from itertools import pairwise

    places, cdf = listed(question.get(PLACES, "")), listed(row.get(CDF, ""))
    points = [(float(p), _position(place)) for p, place in zip(cdf, places, strict=False)]
    for level in PERCENTILES:
        share = _share(level)
        for (p, low), (q, high) in pairwise(points):
            if p <= share < q:
                yield level, f"{low + (high - low) * (share - p) / (q - p):.12g}"
                break


def _position(place: object) -> float:
    """A place on the line of a question: a number, or a day as seconds since 1970."""
    try:
        return float(place)  # type: ignore[arg-type]  # what is none raises
    except (TypeError, ValueError):
        return datetime.fromisoformat(str(place)).replace(tzinfo=UTC).timestamp()


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


class Said(NamedTuple):
    """A forecast: whose, from when to when, what it says, and what it gave to what came, if that is told."""

    user: str
    start: str
    end: str
    keys: Mapping[str, Any]
    given: str = ""


@dataclass(slots=True)
class Asked:
    """A question with its forecasts."""

    row: Row
    number: int
    type: Type
    said: list[Said] = field(default_factory=list)
