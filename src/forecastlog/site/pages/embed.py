"""What other people put into their pages: a prediction, or the chart of an event, and where it comes from.

A frame stands among words that are not ours, so it holds by itself all that is needed to read it: whose
words, what is ours, how many, how many of them logged in advance, as of which day and commit, replies and
corrections, and the way home.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from forecastlog.site import wording
from forecastlog.site.links import absolute
from forecastlog.site.moved import renamed
from forecastlog.site.pages.choice import Choice
from forecastlog.site.pages.lists import BROWSED, OWN, items
from forecastlog.site.pages.subject import chart_of, claim_of, newest, question_of
from forecastlog.site.pages.view import arguments_of, caching, found, links_of, record
from forecastlog.site.store import Row, Store

LINES = 6
"""So many lines has a chart in a frame: with more it would be no glance, and no 15 kB."""
MOST = 120
SIZES = {"predictions": (600, 420), "events": (600, 640)}
"""Width and height that a frame asks for, in pixels."""
SMALLEST = 200


def prediction(store: Store, key: str) -> Row | None:
    """What the frame of a prediction shows; where it goes by another id now, where that is."""
    rows = items(store, "where predictions.id = :key", key=key)
    if not rows:
        now = renamed(store, "predictions", key)
        return {"moved": f"/-/embed/predictions/{now}"} if now else None
    more = store.one("select replies from predictions where id = :key", key=key) or {}
    return {
        "build": store.build(),
        "row": rows[0] | more,
        "n": store.count(f"forecasts where prediction_id = :key and {OWN}", key=key),
        "replies": len(wording.listed(more["replies"])),
        "corrections": store.count("corrections where prediction_id = :key", key=key),
        "title": rows[0]["spoken"],
    }


def event(store: Store, key: str) -> Row | None:
    """What the frame of an event shows: the question about which most was said, as a chart."""
    found = store.filtered("event", key)
    if found is None:
        return None
    groups: dict[str, list[Row]] = {}
    for row in newest(store, Choice(filters={"event": key}), MOST):
        groups.setdefault(question_of(row), []).append(row)
    most = max(groups.values(), key=len, default=[])
    turns_on = store.event(key)
    replied = store.all("select replies from predictions where event = :key and replies is not null", key=key)
    return {
        "build": store.build(),
        "event": found,
        "turns_on": turns_on,
        "n": found["n"],
        "drawn": most[:LINES],
        "claim": claim_of(most) if most else None,
        "chart": chart_of(most[:LINES], "embedded") if most else None,
        "in_advance": store.count(
            f"predictions where event = :key and timing = 'in advance' and {BROWSED}", key=key
        ),
        "replies": sum(len(wording.listed(row["replies"])) for row in replied),
        "corrections": store.count(
            "corrections join predictions on predictions.id = prediction_id where event = :key", key=key
        ),
        "title": turns_on.get("question") or found["name"],
    }


READ: dict[str, Callable[[Store, str], Row | None]] = {"predictions": prediction, "events": event}
frames = {kind: record(f"embed_{kind}", read, framed=True) for kind, read in READ.items()}
"""The views of the frames, by the kind of what they show."""


async def oembed(datasette: Any, request: Any) -> Any:
    """How to frame it, for programs that paste links (oEmbed 1.0, https://oembed.com/)."""
    from datasette import Response

    kind = request.url_vars["kind"]
    key, values = await found(datasette, request, READ[kind])
    links = await links_of(datasette, request)
    if "moved" in values:
        moved = values["moved"].replace("/-/embed/", "/-/oembed/") + ".json"
        return Response.redirect(datasette.urls.path(moved), status=301)
    asked = arguments_of(request)
    if asked.get("format", "json") != "json":
        return Response.json({"error": "Only JSON is told here."}, status=501)
    address = absolute(datasette, request, links.embed(kind, key)) or links.embed(kind, key)
    width, height = (
        _within(size, asked.get(name, ""))
        for size, name in zip(SIZES[kind], ("maxwidth", "maxheight"), strict=True)
    )
    title = values["build"]["title"] or "A forecast log"
    data = {
        "version": "1.0",
        "type": "rich",
        "title": values["title"],
        "provider_name": title,
        "provider_url": absolute(datasette, request, links.home()) or links.home(),
        "cache_age": 3600,
        "width": width,
        "height": height,
        "html": Markup(
            '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy" '
            'style="border:0;max-width:100%"></iframe>'
        ).format(address, values["title"], width, height),
    }
    return Response.json(data, headers={**caching(datasette), "access-control-allow-origin": "*"})


def _within(size: int, most: str) -> int:
    """The size that a frame asks for, or what there is room for."""
    return max(min(size, int(most)), SMALLEST) if most.isdecimal() and len(most) < 6 else size
