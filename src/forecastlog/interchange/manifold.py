"""Manifold's markets and bets, from its API or a dump."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from forecastlog.interchange.documents import objects, text
from forecastlog.interchange.found import Guess, Item, Outcome, Question, Report
from forecastlog.interchange.people import KEPT_PRIVATE, People

Market = Mapping[str, Any]
ANSWERED = ("MULTIPLE_CHOICE", "FREE_RESPONSE", "NUMBER", "MULTI_NUMERIC", "DATE")
"""Types whose answers are questions of their own; of numbers and days they are ranges."""
OF_BETS = (
    "userId",
    "userUsername",
    "createdTime",
    "probAfter",
    "answerId",
    "outcome",
    "amount",
    "isFilled",
    "isCancelled",
    "isRedemption",
)
"""What is kept of a bet until its market comes."""
NUMERIC = "PSEUDO_NUMERIC"
"""The type whose probability is a place between the least and the most, on a line or a logarithmic one."""


def items(
    path: Path, report: Report, people: People, *, bets: Path | None = None, private: bool = False
) -> Iterator[tuple[int | None, Item]]:
    """The markets with their bets, each the market's probability after it.

    An answer of several is a question of its own.
    """
    placed = defaultdict(list)
    for bet in objects(bets) if bets else ():
        placed[text(bet.get("contractId"))].append({name: bet.get(name) for name in OF_BETS})
    for row, market in enumerate(objects(path), 1):
        report.rows += 1
        kind, answers = text(market.get("outcomeType")), market.get("answers") or ()
        if kind not in ("BINARY", NUMERIC) and not (kind in ANSWERED and answers):
            report.skip(f"a market of the type {kind or 'nothing'}", row)
        elif kind == NUMERIC and not all(isinstance(market.get(end), int | float) for end in ("min", "max")):
            report.skip("a market in numbers whose range is not told", row)
        elif not private and text(market.get("visibility")) in ("private", "unlisted"):
            report.skip(KEPT_PRIVATE, row)
        else:
            own = [*placed.get(text(market.get("id")), ()), *(market.get("bets") or ())]
            for asked in [_answer(market, answer) for answer in answers] or [market]:
                answered = [bet for bet in own if not answers or _answer_of(bet) == asked.get("answerId")]
                yield from ((row, item) for item in _market(asked, answered, report, people, row))


def _answer_of(bet: Market) -> object:
    """The answer that a bet is on; the oldest bets have it where others have yes or no."""
    return bet.get("answerId") or bet.get("outcome")


def _answer(market: Market, answer: Market) -> Market:
    """An answer of a market as a market of its own: yes or no, or the share at which it was resolved."""
    own, came = text(answer.get("id")), text(market.get("resolution"))
    percent = (market.get("resolutions") or {}).get(own)
    share = answer.get("resolutionProbability") if percent is None else float(percent) / 100
    if came in ("CANCEL", ""):
        resolution = text(answer.get("resolution")) or came
    elif came in ("MKT", "CHOOSE_MULTIPLE"):
        resolution, share = "MKT", share or 0.0
    else:
        resolution = text(answer.get("resolution")) or ("YES" if came == own else "NO")
    return {
        **market,
        "id": f"{text(market.get('id'))}-{own}",
        "answerId": answer.get("id"),
        "question": f"{text(market.get('question'))}: {text(answer.get('text'))}",
        "event": text(market.get("question")),
        "resolution": resolution,
        "resolutionProbability": share,
        "isResolved": bool(market.get("isResolved") or answer.get("resolution")),
    }


def _market(market: Market, bets: list[Market], report: Report, people: People, row: int) -> Iterator[Item]:
    key, made, closes = (
        text(market.get("id")),
        _moment(market.get("createdTime")),
        _moment(market.get("closeTime")),
    )
    asked_by = people.name(
        text(market.get("creatorId")) or text(market.get("creatorUsername")),
        text(market.get("creatorUsername")),
    )
    keys = {"claim": text(market.get("question")), "speaker": asked_by, "made": made, "opened": made}
    yield Question(
        key,
        {
            **keys,
            "closes": closes,
            "latest": closes[:10],
            "note": text(market.get("url")),
            "event": text(market.get("event")),
            **_terms(market),
        },
    )
    for bet in sorted(bets, key=lambda one: one.get("createdTime") or 0):
        if why := _no_forecast(bet):
            report.skip(why, row)
            continue
        by = people.name(text(bet.get("userId")), text(bet.get("userUsername")))
        yield Guess(
            key, {"by": by, "made": _moment(bet.get("createdTime")), **_says(market, bet["probAfter"])}
        )
    outcome, reason = _outcome(market)
    if outcome:
        known = _moment(market.get("resolutionTime")) or closes or made
        yield Outcome(key, {"by": "manifold", "outcome": outcome, "reason": reason, "known": known})


def _terms(market: Market) -> dict[str, Any]:
    """What a market in numbers asks for; the platform has no units."""
    if market.get("outcomeType") != NUMERIC:
        return {}
    ends = {"low": float(market["min"]), "high": float(market["max"])}
    return {
        "kind": "numeric",
        "unit": "as asked",
        "range": {name: _written(end) for name, end in ends.items()},
    }


def _says(market: Market, p: float) -> dict[str, Any]:
    return (
        {"value": _written(_value(market, p))} if market.get("outcomeType") == NUMERIC else {"probability": p}
    )


def _value(market: Market, p: float) -> float:
    """The number that a market's probability stands for.

    >>> _value({"min": 0, "max": 99, "isLogScale": True}, 0.5), _value({"min": 10, "max": 20}, 0.25)
    (9.0, 12.5)
    """
    low, high = float(market["min"]), float(market["max"])
    if market.get("isLogScale"):
        return float((high - low + 1) ** float(p) + low - 1)
    return float(p) * (high - low) + low


def _written(value: float) -> str:
    """A number without an exponent, to what the platform's arithmetic is good for."""
    return format(Decimal(f"{value:.9g}"), "f")


def _no_forecast(bet: Market) -> str:
    """Why a bet says nothing of what its maker thinks; empty where it does."""
    if bet.get("isRedemption"):
        return "a redemption, which is no bet"
    if bet.get("isCancelled") and not bet.get("amount"):
        return "a limit order that was cancelled before it was filled"
    if bet.get("isFilled") is False and not bet.get("amount"):
        return "a limit order that was not filled"
    if not _moment(bet.get("createdTime")):
        return "a bet without a time"
    return "" if bet.get("probAfter") is not None else "a bet without a probability"


def _outcome(market: Market) -> tuple[str, str | None]:
    """What became of a market.

    A resolution to a probability is a share, or the number for which it stands.
    """
    came = market.get("resolution")
    share = {"YES": 1.0, "NO": 0.0, "MKT": market.get("resolutionProbability")}.get(came or "")
    if not market.get("isResolved") or (came != "CANCEL" and share is None):
        return "", None
    if share is None:
        return "void", "moot"
    if not 0 <= (p := float(share)) <= 1:
        raise ValueError(f"{p:g} is no share")
    if market.get("outcomeType") == NUMERIC:
        return _written(_value(market, p)), None
    return {1.0: "yes", 0.0: "no"}.get(p, f"{p:.12g}"), None


def _moment(milliseconds: object) -> str:
    """A moment in milliseconds since 1970 as ISO 8601.

    Nothing for what is none, or lies beyond the calendar.
    """
    if not isinstance(milliseconds, int | float):
        return ""
    try:
        return (
            datetime.fromtimestamp(milliseconds / 1000, UTC)
            .isoformat(timespec="seconds")
            .replace("+00:00", "Z")
        )
    except (OverflowError, ValueError, OSError):
        return ""
