"""One prediction for each of several times: shared criteria, and an event each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from forecastlog.compose.accept import Accepted, accept
from forecastlog.compose.answers import Answers
from forecastlog.compose.people import NOBODY_NEW, Newcomers
from forecastlog.compose.plan import Plan, article_of
from forecastlog.compose.readings import new_id
from forecastlog.deadlines import Turn, parse_series
from forecastlog.errors import BadValue
from forecastlog.ledger import Loaded
from forecastlog.ledger.names import slug

WHEN = "{when}"
"""Where the time stands in a claim or in criteria; a claim without it has it at its end."""
_BRACE = re.compile(r"[{}]")


def add_series(
    loaded: Loaded,
    article: str,
    words: str,
    answers: Answers,
    *,
    today: date,
    by: str = "",
    people: Newcomers = NOBODY_NEW,
) -> Plan:
    """A prediction of an article for each time that ``words`` name; raises as ``accept`` does.

    They share all answers. Each has its own deadline, an event of its own below the one that is given, and
    its time in the claim.
    """
    home = article_of(loaded, article)
    holds = answers.text("holds") or "within"
    turns = parse_series(words, home.published.day, **loaded.ledger.settings.reading, holds=holds)
    if not turns:
        raise BadValue(
            f"'{words}' does not name several times that can be read. "
            f"Write 'in March, June and September 2027' or 'every quarter until the end of 2028'."
        )
    for name in ("deadline", "latest", "within", "id"):
        if name in answers:
            raise BadValue(f"each time of a series has its own {name}: leave --{name} out.")
    if "claim" not in answers:
        raise BadValue("a series needs its claim. Add --claim, with {when} where the time stands.")
    for name in ("claim", "criteria"):
        text = answers.text(name) or ""
        if stray := _BRACE.search(text.replace(WHEN, "")):
            raise BadValue(
                f"the {name} of a series has a '{stray[0]}'. "
                f"Write {WHEN} where the time stands, and no other brace."
            )
    entries = list(_entries(turns, words, answers, set(loaded.ledger.ids)))
    return accept(
        loaded,
        Accepted(article={"id": article}, predictions=entries),
        today=today,
        by=by,
        people=people,
        usual=answers,
    )


def _entries(
    turns: tuple[Turn, ...], words: str, answers: Answers, taken: set[str]
) -> Iterator[dict[str, Any]]:
    claim, criteria = answers.text("claim") or "", answers.text("criteria") or ""
    about = claim.replace(WHEN, "")
    event = answers.text("event") or new_id(about, set())
    for turn in turns:
        time = slug(turn.words.removeprefix("in the ").removeprefix("in "))
        told = claim if WHEN in claim else f"{claim.rstrip(' .')} {WHEN}."
        yield {
            "id": new_id(time, taken, about),
            "claim": told.replace(WHEN, turn.words),
            "criteria": criteria.replace(WHEN, turn.words),
            "event": f"{event}-{time}",
            "deadline": _window(turn, words, answers.text("holds")),
        }


def _window(turn: Turn, words: str, holds: str | None) -> dict[str, Any]:
    """The words where the text names the time; the days, and why these, where it says only how often."""
    own = {"holds": holds} if holds else {}
    if turn.named:
        return {"words": turn.words, **own}
    days = {
        name: str(day)
        for name in ("earliest", "strict", "latest")
        if (day := getattr(turn.deadline, name)) is not None
    }
    return {**days, "basis": "analyst", "why": f"'{words}': a record for each time", **own}
