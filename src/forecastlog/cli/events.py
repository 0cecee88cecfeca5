"""``events``: what predictions turn on."""

from __future__ import annotations

from forecastlog.cli.listings import events, listing

command = listing(
    "events",
    events,
    "List events that records share.",
    "event",
    "predictions",
    "undecided",
    "conditions",
    "latest",
)
