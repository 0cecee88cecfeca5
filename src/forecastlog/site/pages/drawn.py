"""Rows of the tables as charts, ready for a template."""

from __future__ import annotations

from markupsafe import Markup

from forecastlog.site import wording
from forecastlog.site.charts import Bin, Point, Sample, Word, calibration_chart, of_row, words_chart
from forecastlog.site.store import Row, Store
from forecastlog.vocabulary.scores import BLOCKS, TIMINGS


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
        sample = Sample(
            n=sum(row["decided"] for row in decided),
            events=totals.get("word_events", {}).get(timing, 0),
            in_advance=sum(row["decided"] for row in decided) if timing == "in advance" else 0,
            what="uses",
        )
        words = [of_row(Word, row) for row in decided]
        chart = Markup(words_chart(words, sample, name=wording.slug("words", timing)))  # noqa: S704  # charts escape their texts
        undecided = sum(row["said"] - row["decided"] for row in own)
        found.append({"timing": timing, "chart": chart, "rows": own, "undecided": undecided})
    return found


def calibration_of(store: Store, by: str, group: str) -> list[Row]:
    """The calibration of a group: for each timing and block its charts, bins, curve and decomposition."""
    where = 'where "by" = :by and "group" = :key'
    parts = store.all(f"select * from decompositions {where}", by=by, key=group)
    curves = store.all(f"select * from curves {where} order by p", by=by, key=group)
    bins = store.all(f"select * from calibration {where} order by low", by=by, key=group)
    boards = store.all(
        f"select timing, block, events, brier_low, brier_high from scoreboard {where} and claims = 'all'",
        by=by,
        key=group,
    )
    found = {(row["timing"], row["block"]): row for row in boards}
    parts.sort(key=lambda row: (list(TIMINGS).index(row["timing"]), list(BLOCKS).index(row["block"])))
    return [_block(part, curves, bins, found) for part in parts]


def _block(part: Row, curves: list[Row], bins: list[Row], boards: dict[tuple[str, str], Row]) -> Row:
    key = part["timing"], part["block"]
    board = boards.get(key, {"events": 0, "brier_low": None, "brier_high": None})
    own = [row for row in bins if (row["timing"], row["block"]) == key]
    drawn = [of_row(Bin, row) for row in own if row["n"]]
    points = [of_row(Point, row) for row in curves if (row["timing"], row["block"]) == key]
    sample = Sample(
        n=part["n"], events=board["events"], in_advance=part["n"] if key[0] == "in advance" else 0
    )
    return {
        **part,
        **board,
        "bins": own,
        "points": points,
        "bins_chart": Markup(calibration_chart(sample, bins=drawn, name=wording.slug("bins", *key))),  # noqa: S704  # as above
        "curve_chart": Markup(calibration_chart(sample, curve=points, name=wording.slug("curve", *key)))  # noqa: S704  # as above
        if points
        else None,
    }
