"""The pages that are visited: each kind once, by what it shows."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

OURS = {
    "front": "/",
    **{
        f"scoreboard by {by}": f"/-/scoreboard?by={by}"
        for by in ("forecaster", "publisher", "article", "basis", "tag", "year", "all")
    },
    "scoreboard of main claims": "/-/scoreboard?claims=main&sort=brier",
    "calibration": "/-/calibration",
    "calibration by basis": "/-/calibration?by=basis&group=headline",
    "calibration of a forecaster": "/-/calibration?by=forecaster&group={forecaster}",
    "due": "/-/due",
    "predictions": "/predictions",
    "predictions that were found": "/predictions?q=ceasefire&topic=talks",
    "predictions of which there are none": "/predictions?q=zzzzz&topic=talks",
    "people": "/people",
    "outlet": "/outlets/chatham-house",
    "topics": "/topics",
    "articles": "/articles",
    "conditions": "/conditions",
    "sources": "/sources",
    "source": "/sources/{source}",
    "pairs": "/compare",
    "two people": "/compare/{joint}/donald-trump",
    "topic": "/topics/{topic}",
    "event": "/events/{event}",
    "data": "/data",
    "columns of a table": "/data/predictions",
    "method": "/-/method",
    "prediction that came true": "/forecastlog/predictions/{yes}",
    "prediction that did not": "/forecastlog/predictions/{no}",
    "prediction that is void": "/forecastlog/predictions/{void}",
    "prediction that is due": "/forecastlog/predictions/{due}",
    "prediction that was said again": "/forecastlog/predictions/{again}",
    "forecaster": "/people/{forecaster}",
    "joint forecaster": "/people/{joint}",
    "article": "/forecastlog/articles/{article}",
    "condition": "/forecastlog/conditions/{condition}",
}
"""Pages of ours; what stands in braces is found in the database."""

DATASETTE = {
    "database": "/forecastlog",
    "table": "/forecastlog/predictions",
    "table with facets": "/forecastlog/predictions?_facet=status&_facet=speaker_id",
    "scoreboard as a table": "/forecastlog/scoreboard",
    "view": "/forecastlog/due",
    "query": "/forecastlog/largest_surprises",
    "search": "/forecastlog/predictions?_search=ceasefire",
    "search that finds nothing": "/forecastlog/predictions?_search=zzzzz",
    "row of another table": "/forecastlog/forecasts/{forecast}",
}
"""Pages of Datasette in our frame."""

NAMES = {
    "event": "select id from filters where by = 'event' order by n desc, id",
    "topic": "select id from filters where by = 'topic' order by n desc, id",
    "yes": "select id from predictions where outcome = 'yes' order by id",
    "no": "select id from predictions where outcome = 'no' order by id",
    "void": "select id from predictions where outcome = 'void' and condition_id is not null order by id",
    "due": "select id from predictions where status in ('due', 'maybe_due', 'open') order by status, id",
    "again": (
        "select id from predictions where coalesce(restates_id, hedges_id, reverses_id) "
        "is not null order by id"
    ),
    "forecaster": "select id from forecasters where kind = 'person' order by predictions desc, id",
    "joint": "select id from forecasters where kind = 'joint' order by id",
    "article": "select id from articles order by predictions desc, id",
    "condition": "select id from conditions where outcome is not null order by id",
    "source": "select id from sources order by outcomes desc, id",
    "forecast": "select id from forecasts order by id",
}


def addresses(database: Path) -> dict[str, str]:
    """Name of a page -> its path on the site of this database."""
    from datasette.utils import tilde_encode

    with closing(sqlite3.connect(database)) as connection:
        found = {name: tilde_encode(connection.execute(sql).fetchone()[0]) for name, sql in NAMES.items()}
    return {name: path.format_map(found) for name, path in (OURS | DATASETTE).items()}
