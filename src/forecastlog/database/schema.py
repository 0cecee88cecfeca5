"""The tables of the database, as data: every column with its type and what it means.

Everything that speaks of the tables is made from this one place: the SQLite schema, its indexes and foreign
keys, the full-text search, ``datasette_metadata.json`` and the schema page of the documentation.
"""

from __future__ import annotations

from forecastlog.database.columns import Column, Table
from forecastlog.database.record_tables import (
    ARTICLE_AUTHORS,
    ARTICLES,
    CONDITIONS,
    CORRECTIONS,
    EVIDENCE,
    FORECASTER_NAMES,
    FORECASTERS,
    FORECASTS,
    PREDICTION_TAGS,
    PREDICTIONS,
    RESOLUTIONS,
)
from forecastlog.database.score_tables import (
    AUDIT,
    BUILD,
    CALIBRATION,
    CURVES,
    DECOMPOSITIONS,
    PROBLEMS,
    READINGS,
    SCALE_SCORES,
    SCALES,
    SCOREBOARD,
    SCORES,
    TOTALS,
    WORD_RECORD,
)

__all__ = ["TABLES", "VIEWS", "Column", "Table"]

TABLES: tuple[Table, ...] = (
    ARTICLES, FORECASTERS, ARTICLE_AUTHORS, FORECASTER_NAMES, CONDITIONS, PREDICTIONS, FORECASTS, RESOLUTIONS,
    EVIDENCE, PREDICTION_TAGS, CORRECTIONS, SCORES, SCOREBOARD, SCALE_SCORES, CALIBRATION, DECOMPOSITIONS, CURVES, WORD_RECORD, SCALES, READINGS, TOTALS,
    AUDIT, PROBLEMS, BUILD,
)  # fmt: skip

DUE_VIEW = """
select 'condition' as kind, id, text as claim, null as speaker_id, due_on,
       cast(julianday(build.as_of) - julianday(due_on) as integer) as days_overdue, event
  from conditions, (select as_of from build) as build
 where status = 'due'
union all
select case status when 'open' then 'review' else status end, predictions.id, claim, speaker_id,
       coalesce(case status when 'maybe_due' then date(strict, '+1 day') when 'due' then due_on end, review),
       cast(julianday(build.as_of) - julianday(
         coalesce(case status when 'maybe_due' then date(strict, '+1 day') when 'due' then due_on end, review)
       ) as integer), event
  from predictions, (select as_of from build) as build
 where status in ('due', 'maybe_due')
    or (status = 'open' and latest is null and review <= build.as_of)
"""
VIEWS = {"due": (DUE_VIEW, "What wants looking at on the day of the build, and how late it is.")}
