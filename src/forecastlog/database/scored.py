"""The rows of the tables that scores are published in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import date
from operator import attrgetter
from typing import Any, NamedTuple

from forecastlog import __version__
from forecastlog.column import Row
from forecastlog.kinds import BINARY, KINDS, Kind
from forecastlog.model.ledger import Ledger
from forecastlog.scorebook import (
    AheadRow,
    Board,
    CalibrationRow,
    CurvePoint,
    Decomposition,
    MeasureRow,
    ScaleRow,
    Scorebook,
    ScoreRow,
    Tables,
    WordRow,
    ahead_rows,
    book_of,
    calibration_rows,
    conclusion,
    curves,
    decompositions,
    joined,
    measure_rows,
    pairs,
    scale_rows,
    score_boards,
    tables_of,
    word_rows_by,
)
from forecastlog.vocabulary.scores import BLOCKS, DRAWN_BY, GROUPINGS, LEFT_OUT, TIMINGS, Rule

RULE: Rule = "daily"
SCALED_BY = tuple(by for by in DRAWN_BY if by != "block")
"""The groupings within the headline block, the only one whose words are read on other scales."""


class Scored(NamedTuple):
    """The rows of every table of scores, to be taken once.

    The pairs behind them, and what they let anybody conclude.
    """

    tables: dict[str, Iterable[Row]]
    counted: Tables
    conclusion: str


def score_tables(ledger: Ledger, day: date) -> Scored:
    """Everything that is reckoned from the forecasts as they count at the end of ``day``."""
    counted = joined([tables_of(pairs(ledger, day, rule=RULE), ledger)])
    book = book_of(counted, rule=RULE)
    scores = [
        row
        for kind in KINDS.values()
        for row in _scores(book if kind is BINARY else book_of(counted, rule=RULE, kind=kind), kind)
    ]
    stamp: Row = {"engine": __version__, "inputs": _digest(scores)}
    boards = score_boards([Board(book, by, pairs) for pairs in (None, book.main) for by in GROUPINGS])
    bins: Row = {"rule": RULE, "convention": "bins closed on the right, 0 in the first", **stamp}
    tables: dict[str, Iterable[Row]] = {
        "scores": scores,
        "scoreboard": _boards(boards, stamp),
        "measures": _rows(
            MeasureRow, (row for by in GROUPINGS for row in measure_rows(counted, ledger, rule=RULE, by=by))
        ),
        "errors_ahead": _rows(AheadRow, ahead_rows(counted.misses)),
        "scale_scores": (
            {**row, "holds": int(row["holds"])}
            for row in _rows(ScaleRow, (row for by in SCALED_BY for row in scale_rows(book, by=by)))
        ),
        "calibration": (
            row | bins
            for row in _rows(
                CalibrationRow, (row for by in DRAWN_BY for row in calibration_rows(book, by=by))
            )
        ),
        "decompositions": _rows(
            Decomposition, (row for by in DRAWN_BY for row in decompositions(book, by=by))
        ),
        "curves": _rows(CurvePoint, (row for by in DRAWN_BY for row in curves(book, by=by))),
        "word_record": _words(book),
    }
    ranked = boards[tuple(GROUPINGS).index("forecaster")]
    return Scored(tables, counted, conclusion(book, ranked))


def _rows(of: type[Any], rows: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """Rows of a dataclass by the names of its fields: ``asdict`` without its copies."""
    names = [field.name for field in fields(of)]
    values = attrgetter(*names)
    for row in rows:
        yield dict(zip(names, values(row), strict=True))


def _boards(boards: Sequence[list[ScoreRow]], stamp: Row) -> Iterator[Row]:
    """The scoreboards of all claims, then those of the main ones, which are never ranked."""
    for number, board in enumerate(boards):
        claims = "main" if number >= len(GROUPINGS) else "all"
        for row in _rows(ScoreRow, board):
            yield {
                **row,
                "claims": claims,
                "rank": row["rank"] if claims == "all" else None,
                "excluded": json.dumps(row["excluded"]),
                "convention": "brier one-sided, 0 to 1",
                **stamp,
            }


def _words(book: Scorebook) -> Iterator[Row]:
    """The words' record of everything and of each group, the groups in the order of their names."""
    names = [field.name for field in fields(WordRow)]
    values = attrgetter(*names)
    for by in DRAWN_BY:
        for group, row in word_rows_by(book, by):
            yield {
                "by": by,
                "group": group,
                **dict(zip(names, values(row), strict=True)),
                "scale": row.scale or "",
            }


_FIGURES = [column.name for kind in KINDS.values() for column in kind.score_columns]
_TIMINGS, _BLOCKS, _REASONS = tuple(TIMINGS), tuple(BLOCKS), tuple(LEFT_OUT)


def _scores(book: Scorebook, kind: Kind) -> Iterator[Row]:
    taken: set[str] = set()
    names = ("prediction", "forecaster", "timing", "block", "reason", "same_day")
    figures = {name: values.tolist() for name, values in book.pairs.items() if values.dtype.kind == "f"}
    rows = zip(
        *(book.pairs[name].tolist() for name in names), zip(*figures.values(), strict=True), strict=True
    )
    empty = dict.fromkeys(_FIGURES)
    for place, *numbers, left, same_day, scored in rows:
        prediction, forecaster = book.words[place], book.words[numbers[0]]
        timing, block, reason = (
            _TIMINGS[numbers[1]],
            _BLOCKS[numbers[2]],
            None if left < 0 else _REASONS[left],
        )
        name = ".".join((prediction, forecaster, block, timing.replace(" ", "-")))
        if name in taken:  # others' words beside the forecaster's own
            name += ".others" if reason == "attribution" else ".own"
        taken.add(name)
        yield {
            "id": name,
            "kind": kind.name,
            "prediction_id": prediction,
            "forecaster_id": forecaster,
            "timing": timing,
            "block": block,
            "rule": book.rule,
            "reason": reason,
            **empty,
            **kind.published(dict(zip(figures, scored, strict=True))),
            "same_day": int(same_day),
        }


def _digest(rows: list[Row]) -> str:
    return hashlib.sha256(json.dumps([list(row.values()) for row in rows]).encode()).hexdigest()[:16]
