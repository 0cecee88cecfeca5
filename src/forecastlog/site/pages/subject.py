"""A topic or an event: how sure people were of the same question, what came of it, and what else was said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from forecastlog import voice
from forecastlog.database.sounded import mark_of
from forecastlog.kinds import BINARY
from forecastlog.site import wording
from forecastlog.site.claims_chart import Claim, claims_chart
from forecastlog.site.pages import expected
from forecastlog.site.pages.choice import Choice
from forecastlog.site.pages.lists import OWN, forecasts, items
from forecastlog.site.pages.summary import summary
from forecastlog.site.store import Row, Store

MOST = 120
MOST_OTHERS = 400
LINES = 12
MOST_CLAIMS = 2
CHARTS = 6
"""So many lines and claims of a question, and so many charts, are shown at most."""
UNMET = "condition-unmet"


def subject(by: str) -> Callable[[Store, str], dict[str, Any] | None]:
    """What the page of a topic or of an event shows; None for an unknown one."""

    def read(store: Store, key: str) -> dict[str, Any] | None:
        found = store.filtered(by, key)
        if found is None:
            return None
        choice = Choice(filters={by: key})
        return {
            "build": store.build(),
            "by": by,
            "subject": found,
            "turns_on": store.event(key) if by == "event" else {},
            "summary": summary(store, choice, found["n"]),
            "most": MOST,
            **questions(store, newest(store, choice, MOST)),
        }

    return read


def newest(store: Store, choice: Choice, most: int) -> list[Row]:
    """The predictions of a choice, what was said last first."""
    order = "order by made desc, predictions.rowid limit :most"
    return items(store, f"where {choice.where} {order}", **choice.given, most=most)


def questions(store: Store, rows: list[Row]) -> dict[str, Any]:
    """The predictions by their question.

    ``shared`` by several, ``single``, and those whose condition never came.

    Two predictions ask the same if the same criteria decide them, so that what is said of both lies in one
    direction; and what somebody else said of one of them stands beside it.
    """
    waited = [row for row in rows if row["reason"] == UNMET]
    asked = [row for row in rows if row["reason"] != UNMET]
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in [*asked, *_of_others(store, asked)]:
        groups[question_of(row)].append(row)
    shared = [group for group in groups.values() if len(group) > 1]
    return {
        "shared": [
            {
                "claim": claim_of(group),
                "n": len(group),
                "rows": group[:LINES],
                "chart": _chart(store, group[:LINES], f"question-{number}") if number <= CHARTS else None,
            }
            for number, group in enumerate(shared, 1)
        ],
        "single": [group[0] for group in groups.values() if len(group) == 1],
        "waited": [
            {**condition, "items": [row for row in waited if row["condition_id"] == condition["id"]]}
            for condition in _conditions(store, waited)
        ],
        "unlinked": [row for row in waited if not row["condition_id"]],
    }


def _of_others(store: Store, rows: list[Row]) -> list[Row]:
    """What others than their speakers last said of predictions in words of their own.

    An analyst's judgement is none.
    """
    ids = {f"id_{number}": row["id"] for number, row in enumerate(rows)}
    found = forecasts(
        store,
        f"where prediction_id in ({', '.join(f':{name}' for name in ids)}) and {OWN} "
        "and forecaster_id is not speaker_id order by forecasts.made desc, forecasts.rowid desc limit :most",
        most=MOST_OTHERS,
        **ids,
    )
    return list({(row["id"], row["forecaster_id"]): row for row in reversed(found)}.values())


def question_of(row: Row) -> str:
    """What tells one question from another.

    What decides it, or where nothing tells that, the prediction itself.

    Of a number, a day or an option what decides it may be the same for many: the seats of each party.
    """
    asked = row["criteria"] or row["id"]
    own = "" if row["kind"] == BINARY.name else row["claim"]
    return " ".join(f"{asked} {own}".casefold().split())


def claim_of(rows: list[Row]) -> str:
    """Our claims of one question, to stand above all that was said of it.

    Where they differ none stands for the others.
    """
    claims = list(dict.fromkeys(str(row["claim"]) for row in rows))
    others = ["the same with another last day or in other words."] if len(claims) > MOST_CLAIMS else []
    return " Or: ".join([*claims[:MOST_CLAIMS], *others])


def _conditions(store: Store, waited: list[Row]) -> list[Row]:
    keys = dict.fromkeys(row["condition_id"] for row in waited if row["condition_id"])
    found = (store.one("select id, text from conditions where id = :key", key=key) for key in keys)
    return [row for row in found if row]


def _chart(store: Store, rows: list[Row], name: str) -> Markup | None:
    if all(row["kind"] == BINARY.name for row in rows):
        return chart_of(rows, name)
    return expected.chart_for(store, list(dict.fromkeys(row["id"] for row in rows)), name=name)


def chart_of(rows: list[Row], name: str) -> Markup:
    """How sure each was, in one chart."""
    claims = [
        Claim(
            who=row["byline"],
            words=_words(row),
            probability=row["probability"],
            low=row["low"],
            high=row["high"],
            mark=mark_of(row),
            came=wording.verdict(row),
        )
        for row in rows
    ]
    in_advance = sum(row["timing"] == "in advance" for row in rows)
    # Charts escape their texts.
    return Markup(claims_chart(claims, in_advance=in_advance, name=name))  # noqa: S704


def _words(row: Row) -> str:
    """The words for how sure, a rewriter's in no quotation marks."""
    if not row["words"]:
        return wording.percent(row["probability"]) if row["basis"] == "stated" else voice.NO_WORDS
    return voice.marked(row["words"], rewritten=row["text"] == "paraphrased")
