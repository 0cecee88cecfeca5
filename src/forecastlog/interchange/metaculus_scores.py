"""Metaculus' own scores in a download, beside those that its forecasts give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from math import log
from typing import Any

from forecastlog.interchange.compared import Compared, day_number
from forecastlog.interchange.days import Days
from forecastlog.interchange.metaculus_kinds import BEYOND, PLACES, TYPES, Asked, Row, listed, options_of

NAMES = ("baseline", "peer", "spot_baseline", "spot_peer")
_OUTSIDE = 0.05
"""What the baseline gives to each open side beyond a question's range."""


def score_sentences(asked: Mapping[str, Asked], rows: Iterable[tuple[int, Row]], days: Days) -> Iterator[str]:
    """What came out; a peer score only does where everybody's forecasts are in the file."""
    compared: dict[str, Compared] = {}
    for _, row in rows:
        question, name = asked.get(row.get("Question ID", "")), row.get("Score Type", "")
        if question is None or name not in NAMES:
            continue
        user = row.get("User Username", "") or row.get("User ID", "")
        if (ours := _score(name, question, days).get(user)) is not None and row.get("Score", "").strip():
            score = compared.setdefault(name, Compared(f"Metaculus' {name.replace('_', ' ')} score", 0.05))
            score.add(question.row["Question Title"], float(row["Score"]), ours)
    for score in compared.values():
        yield from score.sentences()


def _score(name: str, asked: Asked, days: Days) -> Mapping[str, float]:
    """Everybody's score of a question; nothing where the file does not tell enough for it."""
    resolution, options = asked.row.get("Resolution", "").strip(), options_of(asked.row)
    if asked.type is TYPES["binary"] and resolution.casefold() in ("yes", "no"):
        p = [said.keys["probability"] for said in asked.said]
        return _of(name, asked, days, p, float(resolution.casefold() == "yes"))
    if asked.type is TYPES["multiple_choice"] and resolution in options:
        p = [[said.keys["probabilities"].get(option, 0.0) for option in options] for said in asked.said]
        return _of(name, asked, days, p, options.index(resolution))
    if asked.type.terms({}).get("kind") in ("numeric", "date") and all(
        _is_share(said.given) for said in asked.said
    ):
        return _continuous(name, asked, days, resolution)
    return {}


def _is_share(text: str) -> bool:
    try:
        return 0 < float(text) <= 1
    except ValueError:
        return False


def _continuous(name: str, asked: Asked, days: Days, resolution: str) -> Mapping[str, float]:
    """Of numbers and days: the scores of what was given to the part of the range in which the outcome lies.

    50 ln(p / what the baseline gives it), and half of the peer score (scoring/score_math.py in public code).
    """
    given = [float(said.given) for said in asked.said]
    parts = len(listed(asked.row.get(PLACES, ""))) - 1
    raw = _of(name, asked, days, given, 1.0)
    if name.endswith("peer"):
        return {user: score / 2 for user, score in raw.items()}
    if parts < 1:
        return {}
    sides = sum(asked.row.get(f"Open {side} Bound", "") == "True" for side in ("Lower", "Upper"))
    usual = _OUTSIDE if resolution in BEYOND else (1 - _OUTSIDE * sides) / parts
    stood = _of(name, asked, days, [1.0] * len(given), 1.0)
    return {user: ((raw[user] - stood[user]) * log(2) - stood[user] * log(usual)) / 2 for user in raw}


def _of(name: str, asked: Asked, days: Days, p: list[Any], y: float) -> Mapping[str, float]:
    from forecastlog.scoring import platforms

    row = asked.row
    needed = ("Open Time", "Scheduled Close Time", "Actual Close Time")
    if not asked.said or any(not row.get(one, "").strip() for one in needed):
        return {}
    opened, scheduled, closed = (day_number(days.read(row[one])) for one in needed)
    arguments = {
        "forecaster": [said.user for said in asked.said],
        "start": [day_number(said.start) for said in asked.said],
        "end": [day_number(said.end) if said.end else float("nan") for said in asked.said],
        "p": p,
        "y": y,
    }
    if name.startswith("spot"):
        spot = row.get("CP Reveal Time", "").strip()
        if not spot:
            return {}
        score = platforms.metaculus_spot_peer if name == "spot_peer" else platforms.metaculus_spot_baseline
        return score(**arguments, spot=day_number(days.read(spot)))  # type: ignore[arg-type]  # both take them
    whole = platforms.metaculus_peer if name == "peer" else platforms.metaculus_baseline
    times = {"opened": opened, "closed": closed, "scheduled_close": scheduled}
    return whole(**arguments, **times)  # type: ignore[arg-type]  # both take them
