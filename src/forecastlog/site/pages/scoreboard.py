"""The scoreboard.

What was logged in advance and what was not apart, what was left out, how little a row may say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from forecastlog.site import wording
from forecastlog.site.pages.caution import caution
from forecastlog.site.pages.view import Arguments
from forecastlog.site.store import Row, Store
from forecastlog.vocabulary.scores import BLOCKS, GROUPINGS, TIMINGS

BY_SCORE = {"brier", "skill"}
"""Orders that would rank people; only what was logged in advance may be put in them."""
SORTS = {
    "n": "scoreboard.n desc",
    "group": "label",
    "events": "scoreboard.events desc",
    "articles": "scoreboard.articles desc",
    "brier": "brier is null, brier",
    "skill": "skill is null, skill desc",
}
"""What the rows can be sorted by: the column, and the SQL for it."""
MOST = 100
SHOWN = 12
"""Rows of each table, and of these so many unfolded; the scoreboard's own table has the rest."""

NAMES = {
    "forecaster": ("forecasters.name", 'left join forecasters on forecasters.id = scoreboard."group"'),
    "article": ("articles.title", 'left join articles on articles.id = scoreboard."group"'),
}


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the query string asks for; each value is one of ours."""

    by: str
    claims: str
    sort: str


def read(store: Store, arguments: Arguments) -> dict[str, Any]:
    """The tables that the query string asks for: by, claims, sort."""
    by = arguments.get("by") if arguments.get("by") in GROUPINGS else "forecaster"
    claims = "main" if arguments.get("claims") == "main" else "all"
    sort = arguments.get("sort") if arguments.get("sort") in SORTS else "n"
    totals = store.totals()
    asked = _Asked(by or "", claims, sort or "")
    blocks: list[Row] = [
        {"timing": timing, "block": block, "rows": rows}
        for timing in TIMINGS
        for block in BLOCKS
        if (rows := _rows(store, asked, timing, block))
    ]
    return {
        "build": store.build(),
        "totals": totals,
        "caution": caution(store, totals),
        "by": by,
        "claims": claims,
        "sort": sort,
        "sections": [
            _section(timing, blocks)
            for timing in TIMINGS
            if timing == "in advance" or any(block["timing"] == timing for block in blocks)
        ],
        "compared": any(row.get("relative") is not None for block in blocks for row in block["rows"]),
        "most": MOST,
        "shown": SHOWN,
    }


def _section(timing: str, blocks: list[Row]) -> Row:
    """A timing's tables of what has a score, and what has none told in one place."""
    own = [block for block in blocks if block["timing"] == timing]
    parts = {
        name: [
            block | {"rows": rows}
            for block in own
            if (rows := [row for row in block["rows"] if bool(row["n"]) is kept])
        ]
        for name, kept in (("blocks", True), ("unscored", False))
    }
    return {"timing": timing, **parts}


def _rows(store: Store, asked: _Asked, timing: str, block: str) -> list[Row]:
    label, join = NAMES.get(asked.by, ('scoreboard."group"', ""))
    sort = "n" if timing != "in advance" and asked.sort in BY_SCORE else asked.sort
    rows = store.all(
        f'select scoreboard.*, coalesce({label}, scoreboard."group") as label from scoreboard {join} '
        'where scoreboard."by" = :by and claims = :claims and timing = :timing and block = :block '
        f'order by {SORTS[sort]}, scoreboard.n desc, scoreboard."group" limit :most',
        by=asked.by,
        claims=asked.claims,
        timing=timing,
        block=block,
        most=MOST,
    )
    return [row | {"left_out": wording.left_out(row)} for row in rows]
