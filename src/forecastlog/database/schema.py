"""The tables of the database, as data: every column with its type and what it means.

Everything that speaks of the tables is made from this one place: the SQLite schema, its indexes and foreign
keys, the full-text search, ``datasette_metadata.json`` and the schema page of the documentation.
"""

from __future__ import annotations

from forecastlog.column import Column, Table
from forecastlog.columns.articles import ARTICLE_AUTHORS, ARTICLES, FORECASTER_NAMES, FORECASTERS
from forecastlog.columns.events import EVENTS
from forecastlog.columns.predictions import CORRECTIONS, FORECASTS, PREDICTION_TAGS, PREDICTIONS
from forecastlog.columns.relogged import RELOGGED
from forecastlog.columns.resolutions import CONDITIONS, EVIDENCE, RESOLUTIONS
from forecastlog.columns.sources import SOURCES
from forecastlog.database.score_tables import (
    AUDIT,
    BUILD,
    CALIBRATION,
    CURVES,
    DECOMPOSITIONS,
    DUE,
    ERRORS_AHEAD,
    FILTERS,
    MEASURES,
    PROBLEMS,
    READINGS,
    SCALE_SCORES,
    SCALES,
    SCOREBOARD,
    SCORES,
    SOUNDED,
    TOTALS,
    WORD_RECORD,
)

__all__ = ["OF_ARTICLES", "RECORDS", "TABLES", "Column", "Table"]

RECORDS = (
    ARTICLES,
    FORECASTERS,
    ARTICLE_AUTHORS,
    FORECASTER_NAMES,
    CONDITIONS,
    PREDICTIONS,
    FORECASTS,
    RESOLUTIONS,
    SOURCES,
    EVIDENCE,
    PREDICTION_TAGS,
    CORRECTIONS,
    RELOGGED,
    EVENTS,
)
"""The tables that print the records themselves."""
OF_ARTICLES = (
    ARTICLES,
    ARTICLE_AUTHORS,
    CONDITIONS,
    PREDICTIONS,
    FORECASTS,
    RESOLUTIONS,
    EVIDENCE,
    PREDICTION_TAGS,
    CORRECTIONS,
)
"""Those of them whose rows follow from one article and what it names; the others gather what stands in
these."""
RECKONED = (
    SCORES,
    SCOREBOARD,
    MEASURES,
    ERRORS_AHEAD,
    SCALE_SCORES,
    CALIBRATION,
    DECOMPOSITIONS,
    CURVES,
    WORD_RECORD,
    SCALES,
    READINGS,
    DUE,
    FILTERS,
    SOUNDED,
    TOTALS,
    AUDIT,
    PROBLEMS,
    BUILD,
)
TABLES: tuple[Table, ...] = (*RECORDS, *RECKONED)
