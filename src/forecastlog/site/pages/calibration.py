"""The calibration of any group: its words' own record first, then curves, bins and what they add up to."""

from __future__ import annotations

from typing import Any

from forecastlog.site import wording
from forecastlog.site.pages.caution import caution
from forecastlog.site.pages.drawn import calibration_of, words_of
from forecastlog.site.pages.view import Arguments
from forecastlog.site.store import Row, Store
from forecastlog.vocabulary.scores import BLOCKS, DRAWN_BY

MOST_GROUPS = 60


def read(store: Store, arguments: Arguments) -> dict[str, Any]:
    """The group that the query string names (by, group), or everything."""
    by = arguments.get("by") if arguments.get("by") in DRAWN_BY else "all"
    group = arguments.get("group") or "all"
    if by == "all" or by is None:
        by, group = "all", "all"
    totals, own = store.totals(), store.totals(by, group)
    words = words_of(store, by, group, own)
    scales, bands = _bands(store, words)
    return {
        "build": store.build(),
        "caution": caution(store, totals),
        "totals": own,
        "by": by,
        "group": group,
        "label": _label(store, by, group),
        "groupings": DRAWN_BY,
        "groups": _groups(store, by),
        "words": words,
        "scales": scales,
        "bands": bands,
        "blocks": calibration_of(store, by, group),
        "other_scales": store.all(
            "select scale_scores.*, scales.title from scale_scores left join scales on scales.id = scale "
            'where "by" = :by and "group" = :key and read > 0 order by timing, '
            "scale <> 'stored', scales.rowid",
            by=by,
            key=group,
        ),
    }


def _label(store: Store, by: str, group: str) -> str:
    if by == "block":
        return wording.title(BLOCKS, group)
    name = {"forecaster": ("forecasters", "name"), "article": ("articles", "title")}.get(by)
    if name is None:
        return group
    table, column = name
    row = store.one(f"select {column} as label from {table} where id = :key", key=group)
    return row["label"] if row and row["label"] else group


def _groups(store: Store, by: str) -> list[Row]:
    """The groups with the most predictions."""
    rows = store.all(
        'select "group" as id, n from totals where "by" = :by and fact = \'count\' and value = '
        "'predictions' order by n desc limit :most",
        by=by,
        most=MOST_GROUPS,
    )
    return [row | {"label": _label(store, by, row["id"])} for row in rows] if by != "all" else []


def _bands(store: Store, words: list[Row]) -> tuple[list[Row], dict[str, dict[str, Row]]]:
    """The scales that have one of these phrases, and phrase -> scale -> what it means there."""
    phrases = {row["words"] for part in words for row in part["rows"]}
    bands: dict[str, dict[str, Row]] = {}
    for phrase in sorted(phrases):
        found = store.all("select * from readings where words = :words", words=phrase)
        bands[phrase] = {row["scale_id"]: row for row in found}
    used = {scale for found in bands.values() for scale in found}
    return [row for row in store.all("select * from scales order by rowid") if row["id"] in used], bands
