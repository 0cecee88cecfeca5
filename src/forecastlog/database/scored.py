"""The rows of the tables that scores are published in."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import date
from typing import NamedTuple

from forecastlog import __version__
from forecastlog.column import Row
from forecastlog.kinds import KINDS, Kind
from forecastlog.model.ledger import Ledger
from forecastlog.scorebook import (
    Pair,
    Scorebook,
    ScoreRow,
    ahead_rows,
    calibration_rows,
    conclusion,
    curves,
    decompositions,
    measure_rows,
    pairs,
    scale_rows,
    score_rows,
    scorebook,
    word_rows,
)
from forecastlog.scorebook.groups import drawn
from forecastlog.vocabulary.scores import DRAWN_BY, GROUPINGS, Rule

RULE: Rule = "daily"
SCALED_BY = tuple(by for by in DRAWN_BY if by != "block")
"""The groupings within the headline block, the only one whose words are read on other scales."""


class Scored(NamedTuple):
    """The rows of every table of scores, to be taken once; the pairs behind them, and what they let anybody conclude."""

    tables: dict[str, Iterable[Row]]
    pairs: list[Pair]
    conclusion: str


def score_tables(ledger: Ledger, day: date) -> Scored:
    """Everything that is reckoned from the forecasts as they count at the end of ``day``."""
    counted = list(pairs(ledger, day, rule=RULE))
    book = scorebook(counted, ledger, rule=RULE)
    scores = [
        row
        for kind in KINDS.values()
        for row in _scores(scorebook(counted, ledger, rule=RULE, kind=kind), kind)
    ]
    stamp: Row = {"engine": __version__, "inputs": _digest(scores)}
    bins = (
        {**asdict(row), "rule": RULE, "convention": "bins closed on the right, 0 in the first", **stamp}
        for by in DRAWN_BY
        for row in calibration_rows(book, by=by)
    )
    boards = {by: score_rows(book, by=by) for by in GROUPINGS}
    tables: dict[str, Iterable[Row]] = {
        "scores": scores,
        "scoreboard": _boards(book, boards, stamp),
        "measures": (
            asdict(row) for by in GROUPINGS for row in measure_rows(counted, ledger, rule=RULE, by=by)
        ),
        "errors_ahead": (asdict(row) for row in ahead_rows(counted)),
        "scale_scores": (
            {**asdict(row), "holds": int(row.holds)} for by in SCALED_BY for row in scale_rows(book, by=by)
        ),
        "calibration": bins,
        "decompositions": (asdict(row) for by in DRAWN_BY for row in decompositions(book, by=by)),
        "curves": (asdict(row) for by in DRAWN_BY for row in curves(book, by=by)),
        "word_record": _words(counted, ledger),
    }
    return Scored(tables, counted, conclusion(book, boards["forecaster"]))


def _boards(book: Scorebook, boards: Mapping[str, list[ScoreRow]], stamp: Row) -> Iterator[Row]:
    """The scoreboard of all claims, and that of the main ones, which is never ranked."""
    main = Scorebook(book.pairs[book.pairs["main"].astype(bool)], book.stretches, book.rule)
    of_main = {by: score_rows(main, by=by) for by in boards}
    for claims, chosen in (("all", boards), ("main", of_main)):
        for rows in chosen.values():
            for row in rows:
                yield {
                    **asdict(row),
                    "claims": claims,
                    "rank": row.rank if claims == "all" else None,
                    "excluded": json.dumps(row.excluded),
                    "convention": "brier one-sided, 0 to 1",
                    **stamp,
                }


def _words(counted: list[Pair], ledger: Ledger) -> Iterator[Row]:
    """The words' record of everything and of each group, the groups in the order of their names."""
    worded = [pair for pair in counted if any(forecast.words for forecast in pair.prediction.forecasts)]
    groups: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    for pair in worded:
        for key in drawn(pair.groups(ledger)):
            groups[key].append(pair)
    for by, group in sorted(groups, key=lambda key: (DRAWN_BY.index(key[0]), key[1])):
        for row in word_rows(groups[by, group]):
            yield {"by": by, "group": group, **asdict(row), "scale": row.scale or ""}


_FIGURES = [column.name for kind in KINDS.values() for column in kind.score_columns]


def _scores(book: Scorebook, kind: Kind) -> Iterator[Row]:
    taken: set[str] = set()
    for row in book.pairs.to_dict("records"):
        name = ".".join((row["prediction"], row["forecaster"], row["block"], row["timing"].replace(" ", "-")))
        if name in taken:  # others' words beside the forecaster's own
            name += ".others" if row["reason"] == "attribution" else ".own"
        taken.add(name)
        yield {
            "id": name,
            "kind": kind.name,
            "prediction_id": row["prediction"],
            "forecaster_id": row["forecaster"],
            "timing": row["timing"],
            "block": row["block"],
            "rule": book.rule,
            "reason": row["reason"],
            **dict.fromkeys(_FIGURES),
            **kind.published({str(name): value for name, value in row.items()}),
            "same_day": int(row["same_day"]),
        }


def _digest(rows: list[Row]) -> str:
    return hashlib.sha256(json.dumps([list(row.values()) for row in rows]).encode()).hexdigest()[:16]
