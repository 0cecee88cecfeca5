"""``conditions``: what predictions depend on."""

from __future__ import annotations

from forecastlog.cli.listings import conditions, listing

command = listing(
    "conditions", conditions, "List conditions.", "id", "status", "by", "text", "predictions*", "article*"
)
