"""What Datasette is told about the database: ``datasette_metadata.json``, from the schema's one place."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from forecastlog.database.schema import TABLES, Column, Table
from forecastlog.model.settings import Settings

TITLE = "forecastlog"
DESCRIPTION = (
    "Predictions found in published texts: "
    "who said what, in which words, how sure, by when, and what came of it."
)
PAGE_SIZE, PAGE_CELLS = 25, 280
"""Rows of a table on a page at most, and cells: of a wide table fewer rows, so that no page weighs too
much."""
SHORT = "predictions"
"""The table that is shown with a few of its columns."""
FACET_SIZE = 8
WITHOUT_FACETS = ("predictions", "forecasts", "scores", "resolutions", "evidence", "prediction_tags")
"""Tables that can be so long that to count their values on every page would take a second; readers have
counted filters."""

QUERIES: dict[str, dict[str, Any]] = {
    "due_now": {
        "title": "Due now",
        "description": "Conditions and predictions that want looking at, the most overdue first.",
        "sql": (
            "select kind, id, claim as our_question, told, due_on, days_overdue from due "
            "order by kind = 'condition' desc, days_overdue desc, id"
        ),
    },
    "by_forecaster": {
        "title": "What a forecaster said and what came of it",
        "description": (
            "Every prediction of one forecaster. Type the id, such as john-lough; empty shows all."
        ),
        "sql": (
            "select id, told, claim as our_question, made, latest, ended "
            "from predictions where speaker_id = :forecaster union all "
            "select id, told, claim as our_question, made, latest, ended "
            "from predictions where :forecaster = '' order by made desc, id"
        ),
        "params": ["forecaster"],
    },
    "recently_resolved": {
        "title": "Recently resolved",
        "description": "What is known of predictions, the newest first, with the evidence.",
        "sql": (
            "select resolutions.known, resolutions.outcome, resolutions.reason, "
            "predictions.claim as our_question, predictions.told, evidence.url, evidence.shows, "
            "resolutions.prediction_id as id from resolutions join predictions on predictions.id = "
            "resolutions.prediction_id left join evidence on evidence.resolution_id = resolutions.id and "
            "evidence.position = 1 where resolutions.stands = 1 order by resolutions.known desc, "
            "resolutions.prediction_id"
        ),
    },
    "what_rests_on_a_source": {
        "title": "What rests on a source",
        "description": (
            "The outcomes that cite a page. Type the id of a row of sources, or a host; empty shows all."
        ),
        "sql": (
            "select sources.title as source, resolutions.outcome, resolutions.known, resolutions.stands, "
            "coalesce(predictions.claim, conditions.text) as claim, evidence.quote, evidence.shows, "
            "sources.url, coalesce(resolutions.prediction_id, resolutions.condition_id) as record "
            "from sources join evidence on evidence.source_id = sources.id "
            "join resolutions on resolutions.id = evidence.resolution_id "
            "left join predictions on predictions.id = resolutions.prediction_id "
            "left join conditions on conditions.id = resolutions.condition_id "
            "where :source in (sources.id, sources.host, '') order by sources.outcomes desc, sources.id, "
            "resolutions.id"
        ),
        "params": ["source"],
    },
    "largest_surprises": {
        "title": "The largest surprises, by our reading of the words",
        "description": (
            "Scored predictions whose outcome was the least expected. The figures are our reading of words."
        ),
        "sql": (
            "select predictions.id, predictions.told, claim as our_question, scores.probability as read_as, "
            "case scores.outcome when 1 then 'it happened' when 0 then 'it did not happen' else "
            "scores.outcome end as outcome, scores.brier, scores.timing from scores join predictions "
            "on predictions.id = scores.prediction_id where scores.reason is null "
            "order by brier desc, predictions.id"
        ),
    },
    "what_each_phrase_came_to": {
        "title": "What each phrase came to",
        "description": (
            "How often what was said with a phrase came true, beside what our scale takes it to mean."
        ),
        "sql": (
            "select words, timing, said, decided, happened, share, probability, low, "
            "high from word_record where \"by\" = 'all' order by said desc, words"
        ),
    },
}


def metadata(
    *,
    name: str = "forecastlog",
    settings: Settings | None = None,
    source: str | None = None,
    source_url: str | None = None,
) -> dict[str, Any]:
    """The metadata of Datasette 0.65 for a database called ``name``, with what a ledger's settings say of it.

    Source and licence are repeated at each level, because a page shows only those of its own.
    """
    said = settings or Settings()
    named = {"title": said.title or TITLE, "description": said.description or DESCRIPTION}
    credit = {
        key: value
        for key, value in {
            "license": said.licence,
            "license_url": said.licence_url,
            "source": source,
            "source_url": source_url,
            "about": f"Contact: {said.contact}" if said.contact else None,
        }.items()
        if value
    }
    return {
        **named,
        **credit,
        "databases": {
            name: {
                **named,
                **credit,
                "queries": deepcopy(QUERIES),  # Datasette adds to what it is given
                "tables": {
                    **{table.name: {**_table(table), **credit} for table in TABLES},
                },
            }
        },
    }


def _table(table: Table) -> dict[str, Any]:
    facets = () if table.name in WITHOUT_FACETS else table.facets
    settings = {
        "label_column": table.label,
        "facets": list(facets) or None,
        "facet_size": FACET_SIZE if facets else None,
        "hidden": table.hidden or None,
    }
    return {
        "description": table.meaning,
        "size": PAGE_SIZE
        if table.name == SHORT
        else min(PAGE_SIZE, max(PAGE_CELLS // len(table.columns), 5)),
        **{key: value for key, value in settings.items() if value is not None},
        "columns": {column.name: _meaning(column) for column in table.columns},
    }


def _meaning(column: Column) -> str:
    return column.meaning[:1].upper() + column.meaning[1:] + "."
