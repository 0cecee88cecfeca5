"""The pages: a file each, and the addresses of those that are no records."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from forecastlog.site.links import PLACES
from forecastlog.site.pages import (
    calibration,
    compare,
    data,
    due,
    embed,
    feeds,
    forecaster,
    method,
    news,
    outlet,
    predictions,
    robots,
    scoreboard,
    source,
)
from forecastlog.site.pages.directory import directory
from forecastlog.site.pages.subject import subject
from forecastlog.site.pages.view import home, page, record

LISTED = {
    "people": "people",
    "outlets": "people",
    "articles": "people",
    "topics": "topics",
    "events": "topics",
    "conditions": "topics",
    "sources": "method",
}
"""The lists, and below which entry of the menu each stands."""

ROUTES: list[tuple[str, Callable[..., Any]]] = [
    (r"^/(?P<format>)$", home),  # Datasette's own index asks for a format
    (r"^/predictions$", page("predictions", predictions.read)),
    (r"^/predictions\.(?P<format>csv|json)$", predictions.download),
    *((rf"^/{name}$", page("directory", directory(name), current=menu)) for name, menu in LISTED.items()),
    *((rf"^/{place}/(?P<key>[^/.]+)\.atom$", news.news(by)) for by, place in PLACES.items()),
    (r"^/people/(?P<key>[^/]+)$", record("person", forecaster.read, current="people")),
    (r"^/outlets/(?P<key>[^/]+)$", record("outlet", outlet.read, current="people")),
    (r"^/topics/(?P<key>[^/]+)$", record("subject", subject("topic"), current="topics")),
    (r"^/events/(?P<key>[^/]+)$", record("subject", subject("event"), current="topics")),
    (r"^/sources/(?P<key>[^/]+)$", record("source", source.read, current="method")),
    (r"^/compare$", page("pairs", compare.pairs, current="people")),
    (r"^/compare/(?P<key>[^/]+/[^/]+)$", record("compare", compare.read, current="people")),
    (r"^/data$", page("data", data.read)),
    (r"^/data/(?P<key>\w+)$", record("dictionary", data.table, current="data")),
    (r"^/-/scoreboard$", page("scoreboard", scoreboard.read)),
    (r"^/-/calibration$", page("calibration", calibration.read)),
    (r"^/-/due$", page("due", due.read)),
    (r"^/-/method$", page("method", method.read)),
    *((rf"^/-/embed/{kind}/(?P<key>[^/]+)$", view) for kind, view in embed.frames.items()),
    (r"^/-/oembed/(?P<kind>predictions|events)/(?P<key>[^/]+)\.json$", embed.oembed),
    (r"^/-/due\.ics$", feeds.due_calendar),
    (r"^/-/due\.atom$", feeds.due_atom),
    (r"^/-/due\.json$", feeds.due_json),
    (r"^/-/resolutions\.atom$", news.resolutions_atom),
    (r"^/robots\.txt$", robots.robots),
    (r"^/sitemap\.xml$", robots.sitemaps),
    (r"^/sitemap-(?P<number>[1-9]\d{0,4})\.xml$", robots.sitemap),
    (r"^/favicon\.ico$", robots.icon),
]
