"""The tables of the database, as data: every column with its type and what it means.

Everything that speaks of the tables is made from this one place: the SQLite schema, its indexes and foreign
keys, the full-text search, ``datasette_metadata.json`` and the schema page of the documentation.
"""

from __future__ import annotations

from forecastlog.columns.articles import ARTICLE_AUTHORS, ARTICLES, FORECASTER_NAMES, FORECASTERS
from forecastlog.columns.column import Column, Table
from forecastlog.columns.predictions import CORRECTIONS, FORECASTS, PREDICTION_TAGS, PREDICTIONS
from forecastlog.columns.resolutions import CONDITIONS, EVIDENCE, RESOLUTIONS
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

__all__ = ["RECORDS", "TABLES", "VIEWS", "Column", "Table"]

RECORDS = (
    ARTICLES,
    FORECASTERS,
    ARTICLE_AUTHORS,
    FORECASTER_NAMES,
    CONDITIONS,
    PREDICTIONS,
    FORECASTS,
    RESOLUTIONS,
    EVIDENCE,
    PREDICTION_TAGS,
    CORRECTIONS,
)
"""The tables that print the records themselves."""
RECKONED = (
    SCORES,
    SCOREBOARD,
    SCALE_SCORES,
    CALIBRATION,
    DECOMPOSITIONS,
    CURVES,
    WORD_RECORD,
    SCALES,
    READINGS,
    TOTALS,
    AUDIT,
    PROBLEMS,
    BUILD,
)
TABLES: tuple[Table, ...] = (*RECORDS, *RECKONED)

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
