"""``people``: whose forecasts there are."""

from __future__ import annotations

from forecastlog.cli.listings import listing, people

command = listing(
    "people",
    people,
    "List people, outlets, desks and markets.",
    "id",
    "name",
    "kind",
    "forecasts",
    "also*",
    "listed*",
)
