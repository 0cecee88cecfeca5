"""Rows of the tables as charts, ready for a template."""

from __future__ import annotations

from markupsafe import Markup

from forecastlog.site.charts import Basis, Bin, Point, Word, calibration_chart, words_chart
from forecastlog.site.store import Row, Store

WORD_COLUMNS = (
    "words", "decided", "happened", "share", "share_low", "share_high", "probability", "low", "high",
)  # fmt: skip
BIN_COLUMNS = ("low", "high", "n", "mean_p", "share", "share_low", "share_high")
TIMINGS = ("prospective", "retrospective")
BLOCKS = ("headline", "asserted", "paraphrased", "judged")


def words_of(store: Store, by: str, group: str, totals: dict[str, dict[str, int]]) -> list[Row]:
    """The words' own record of a group: a chart and its rows for each timing that has decided ones."""
    rows = store.all(
        'select * from word_record where "by" = :by and "group" = :key '
        "order by coalesce(probability, (low + high) / 2, 0.5), words",
        by=by,
        key=group,
    )
    found = []
    for timing in TIMINGS:
        own = [row for row in rows if row["timing"] == timing]
        decided = [row for row in own if row["decided"]]
        if not decided:
            continue
        basis = Basis(
            n=sum(row["decided"] for row in decided),
            events=totals.get("count", {}).get(f"words_{timing}", 0),
            in_advance=sum(row["decided"] for row in decided) if timing == "prospective" else 0,
            what="uses",
        )
        words = [Word(**{name: row[name] for name in WORD_COLUMNS}) for row in decided]
        chart = Markup(words_chart(words, basis, name=f"words-{timing}"))  # noqa: S704  # charts escape their texts
        undecided = sum(row["said"] - row["decided"] for row in own)
        found.append({"timing": timing, "chart": chart, "rows": own, "undecided": undecided})
    return found


def calibration_of(store: Store, by: str, group: str) -> list[Row]:
    """The calibration of a group: for each timing and block its charts, bins, curve and decomposition."""
    where = 'where "by" = :by and "group" = :key'
    parts = store.all(f"select * from decompositions {where}", by=by, key=group)  # noqa: S608  # our own words
    curves = store.all(f"select * from curves {where} order by p", by=by, key=group)  # noqa: S608  # same
    bins = store.all(f"select * from calibration {where} order by low", by=by, key=group)  # noqa: S608  # same
    boards = store.all(
        f"select timing, basis, events, brier_low, brier_high from scoreboard {where} and claims = 'all'",  # noqa: S608
        by=by,
        key=group,
    )
    found = {(row["timing"], row["basis"]): row for row in boards}
    parts.sort(key=lambda row: (TIMINGS.index(row["timing"]), BLOCKS.index(row["basis"])))
    return [_block(part, curves, bins, found) for part in parts]


def _block(part: Row, curves: list[Row], bins: list[Row], boards: dict[tuple[str, str], Row]) -> Row:
    key = part["timing"], part["basis"]
    board = boards.get(key, {"events": 0, "brier_low": None, "brier_high": None})
    own = [row for row in bins if (row["timing"], row["basis"]) == key]
    drawn = [Bin(**{name: row[name] for name in BIN_COLUMNS}) for row in own if row["n"]]
    points = [
        Point(p=row["p"], fitted=row["fitted"], band_low=row["band_low"], band_high=row["band_high"])
        for row in curves
        if (row["timing"], row["basis"]) == key
    ]
    basis = Basis(n=part["n"], events=board["events"], in_advance=part["n"] if key[0] == "prospective" else 0)
    name = "-".join(key)
    return {
        **part,
        **board,
        "bins": own,
        "points": points,
        "bins_chart": Markup(calibration_chart(basis, bins=drawn, name=f"bins-{name}")),  # noqa: S704  # as above
        "curve_chart": Markup(calibration_chart(basis, curve=points, name=f"curve-{name}"))  # noqa: S704  # as above
        if points
        else None,
    }
