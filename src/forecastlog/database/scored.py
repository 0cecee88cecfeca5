"""The rows of the tables of scores: those of pairs beside the records, those of groups in parts of their own.

A part's inputs are a digest of all that is told of the group's pairs, so that a build reckons again only
the groups in which something changed. What stands across groups (ranks, positions, comparisons) is reckoned
for all of them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from itertools import groupby
from operator import itemgetter
from struct import Struct
from typing import Any, Final

import msgspec

from forecastlog import __version__
from forecastlog.column import Row, Stored, Table, Values
from forecastlog.database.parts import Before, Family, Made, Part, single
from forecastlog.database.records import NAME as RECORDS
from forecastlog.database.records import Scoring
from forecastlog.database.score_tables import (
    CALIBRATION,
    CURVES,
    DECOMPOSITIONS,
    ERRORS_AHEAD,
    MEASURES,
    SCALE_SCORES,
    SCOREBOARD,
    SCORES,
    WORD_RECORD,
)
from forecastlog.kinds import BINARY, KINDS, Kind
from forecastlog.ledger.index import digest_of
from forecastlog.model.ledger import Ledger
from forecastlog.scorebook import (
    NO_INTERVAL,
    Draws,
    GroupedTally,
    GroupFigures,
    Interval,
    Measured,
    Scorebook,
    ScoresByScale,
    Tables,
    ahead_rows,
    bins_of,
    book_of,
    conclusion,
    curve_of,
    grouped_tally,
    joined,
    packed,
    pairs,
    parts_of,
    scales_of,
    spoken_of,
    tables_of,
    unpacked,
    word_rows_by,
)
from forecastlog.vocabulary.scores import BLOCKS, DRAWN_BY, GROUPINGS, LEFT_OUT, TIMINGS, Rule

RULE: Rule = "daily"
SCALED_BY = tuple(by for by in DRAWN_BY if by != "block")
"""The groupings within the headline block, the only one whose words are read on other scales."""


def scoring(day: date) -> Scoring:
    """The rows of ``scores`` of some records, and their pairs as tables, of which the others are made."""

    def of(ledger: Ledger) -> tuple[Mapping[str, Any], bytes]:
        found = pairs(ledger, day, rule=RULE)
        tables = tables_of(found, ledger, spoken_of(ledger, day))
        return {SCORES.name: list(_scores(tables))}, packed(tables)

    return of


_TIMINGS, _BLOCKS, _REASONS = tuple(TIMINGS), tuple(BLOCKS), (*LEFT_OUT, None)  # -1 is none


def _scores(tables: Tables) -> Iterator[Values]:
    """A row a pair, kind by kind."""
    there = set(tables.predictions["kind"].tolist())
    for number, kind in enumerate(KINDS.values()):
        if number in there:
            columns = _of_kind(book_of(tables, rule=RULE, kind=kind), kind)
            empty = [None] * len(columns["id"])
            yield from zip(*(columns.get(column.name, empty) for column in SCORES.columns), strict=True)


def _of_kind(book: Scorebook, kind: Kind) -> Mapping[str, Sequence[Stored]]:
    """The columns of the pairs of one kind, without those that only others have."""
    told = {
        name: [words[number] for number in book.pairs[of].tolist()]
        for name, of, words in (
            ("prediction_id", "prediction", book.words),
            ("forecaster_id", "forecaster", book.words),
            ("timing", "timing", _TIMINGS),
            ("block", "block", _BLOCKS),
            ("reason", "reason", _REASONS),
        )
    }
    return {
        **told,
        "id": _names(told),
        "kind": [kind.name] * len(book),
        "rule": [book.rule] * len(book),
        **kind.published(book.pairs),
        "same_day": book.pairs["same_day"].astype(int).tolist(),
    }


def _names(told: Mapping[str, Sequence[str | None]]) -> list[str]:
    """A name for each pair, also where others' words stand beside the forecaster's own."""
    found: dict[str, None] = {}
    asked = ("prediction_id", "forecaster_id", "block", "timing", "reason")
    for prediction, forecaster, block, timing, reason in zip(*map(told.__getitem__, asked), strict=True):
        name = f"{prediction}.{forecaster}.{block}.{_DASHED[timing]}"
        if name in found:
            name += ".others" if reason == "attribution" else ".own"
        found[name] = None
    return list(found)


_DASHED = {timing: timing.replace(" ", "-") for timing in TIMINGS}


def group_families(of: Callable[[Before], GroupTables]) -> tuple[Family, ...]:
    """The families of the tables by group, in the order in which they are made; ``of`` gives all the same."""
    return (
        Family(INTERVALS, (), lambda before: of(before).intervals()),
        Family("scoreboard", (SCOREBOARD,), lambda before: of(before).scoreboard(before)),
        Family("measures", (MEASURES,), lambda before: of(before).measures()),
        Family("errors ahead", (ERRORS_AHEAD,), single(lambda before: of(before).errors_ahead())),
        Family("scales of scores", (SCALE_SCORES,), lambda before: of(before).scales()),
        Family("calibration", CALIBRATED, lambda before: of(before).calibration()),
        Family("words", (WORD_RECORD,), lambda before: of(before).words()),
    )


class GroupTables:
    """The parts of the tables by group, from the pairs that the parts of the records left for them."""

    def __init__(self, before: Before, ledger: Ledger) -> None:
        self.tables = joined([unpacked(data) for data in before.beside(RECORDS)])
        self.conclusion = ""
        self._book = book_of(self.tables, rule=RULE)
        self._ledger, self._drawn = ledger, Draws()
        self._ends: dict[bytes, Interval] = {}

    @cached_property
    def _boards(self) -> list[tuple[str, GroupFigures, list[str]]]:
        """The claims of each scoreboard, itself, and the name of each of its groups."""
        found = []
        for claims, own in (("all", None), ("main", self._book.main)):  # the main ones are never ranked
            for by in GROUPINGS:
                board = GroupFigures.of(self._book, by, own)
                found.append((claims, board, [_name(by, claims, *key) for key in board.keys]))
        return found

    def intervals(self) -> Iterator[Part]:
        """The interval of each group on enough events, without rows: the scoreboard's take longest."""
        every = [
            (blocks, at, code)
            for at, (_, board, *_) in enumerate(self._boards)
            for code, blocks in board.drawn
        ]
        for _, at, code in sorted(every):  # groups with equally many events have the same draws
            _, board, names = self._boards[at]
            yield Part(names[code], board.digests[code], partial(self._interval, board, code))

    def _interval(self, board: GroupFigures, code: int) -> Made:
        digest = board.digests[code]
        if digest not in self._ends:  # the same pairs may be a group of several groupings
            self._ends[digest] = board.interval(code, self._drawn)
        return Made({}, beside=_ENDS.pack(*self._ends[digest]))

    def scoreboard(self, before: Before) -> Iterator[Part]:
        """A part a row."""
        ends = {name: Interval(*_ENDS.unpack(kept.beside)) for name, kept in before.made[INTERVALS].items()}
        for claims, board, names in self._boards:
            rows = board.rows([ends.get(name, NO_INTERVAL) for name in names])
            if (claims, board.by) == ("all", "forecaster"):
                self.conclusion = conclusion(self._book, rows)
            for name, digest, row in zip(names, board.digests, rows, strict=True):
                yield _made_of(
                    name,
                    SCOREBOARD,
                    [
                        {
                            **_fields(row),
                            "claims": claims,
                            "rank": row.rank if claims == "all" else None,
                            "excluded": json.dumps(row.excluded),
                            "convention": "brier one-sided, 0 to 1",
                            **_stamp(digest),
                        }
                    ],
                )

    def measures(self) -> Iterator[Part]:
        """The figures of each group of each kind but the binary one."""
        there = set(self.tables.predictions["kind"].tolist())
        for number, kind in enumerate(KINDS.values()):
            if kind is BINARY or number not in there:
                continue
            book = book_of(self.tables, rule=RULE, kind=kind)
            for by in GROUPINGS:
                measured = Measured(kind, book, by)
                for code, digest in enumerate(measured.groups.digests(book)):
                    name = _name(kind.name, by, *measured.groups.keys[code])
                    yield Part(name, digest, partial(self._measured, measured, code))

    def _measured(self, measured: Measured, code: int) -> Made:
        return Made({MEASURES.name: MEASURES.made(measured.rows(code, self._ledger))})

    def errors_ahead(self) -> dict[str, Iterable[Values]]:
        """Every row: they are few."""
        return {ERRORS_AHEAD.name: ERRORS_AHEAD.made(ahead_rows(self.tables.misses))}

    def scales(self) -> Iterator[Part]:
        """Each group on every scale, with its place among the others."""
        for by in SCALED_BY:
            for scaled in scales_of(self._book, by):
                for place, group in enumerate(scaled.names):
                    yield Part(
                        _name(by, "", group, scaled.timing, ""),
                        digest_of(scaled.told(place)),
                        partial(_scaled, scaled, place),
                    )

    def calibration(self) -> Iterator[Part]:
        """The bins, the parts of the score and the curve of each group."""
        for by in DRAWN_BY:
            tally = grouped_tally(self._book, by=by)
            for place, digest in zip(tally.places, tally.groups.digests(self._book), strict=True):
                name = _name(by, "", *tally.groups.keys[place])
                yield Part(name, digest, partial(_calibrated, tally, place, digest))

    def words(self) -> Iterator[Part]:
        """The words' record of each group."""
        for by in DRAWN_BY:
            for group, found in groupby(word_rows_by(self._book, by), key=itemgetter(0)):
                rows = [
                    {"by": by, "group": group, **_fields(row), "scale": row.scale or ""} for _, row in found
                ]
                yield _made_of(_name(by, "", group, "", ""), WORD_RECORD, rows)
        del self._book  # what is counted later is counted from the tables


INTERVALS: Final = "intervals"
CALIBRATED = (CALIBRATION, DECOMPOSITIONS, CURVES)
_ENDS = Struct("<dd")


def _name(by: str, among: str, group: str, timing: str, block: str) -> str:
    """The name of a group's part; the group comes last, for it alone may hold a slash."""
    return f"{by}/{among}/{timing}/{block}/{group}"


def _fields(row: Any) -> Row:
    """A row of a dataclass with slots by the names of its columns."""
    return {name: getattr(row, name) for name in row.__slots__}


def _stamp(digest: bytes) -> Row:
    return {"engine": __version__, "inputs": digest.hex()[:16]}


def _made_of(name: str, table: Table, rows: Sequence[Mapping[str, Any]]) -> Part:
    """A part whose rows are known already."""
    values = list(map(table.values, rows))
    return Part(name, digest_of(_ENCODER.encode(values)), lambda: Made({table.name: values}))


_ENCODER = msgspec.msgpack.Encoder()


def _scaled(scaled: ScoresByScale, place: int) -> Made:
    return Made({SCALE_SCORES.name: _of_scales(scaled.rows(place))})


def _calibrated(tally: GroupedTally, place: int, digest: bytes) -> Made:
    stamp = {"rule": RULE, "convention": "bins closed on the right, 0 in the first", **_stamp(digest)}
    return Made(
        {
            CALIBRATION.name: [CALIBRATION.values(_fields(row) | stamp) for row in bins_of(tally, place)],
            DECOMPOSITIONS.name: _decompositions([parts_of(tally, place)]),
            CURVES.name: _curve_points(curve_of(tally, place)),
        }
    )


_of_scales, _decompositions, _curve_points = SCALE_SCORES.maker(), DECOMPOSITIONS.maker(), CURVES.maker()
