"""``tags``: the words that predictions are found by."""

from __future__ import annotations

from forecastlog.cli.listings import listing, tags

command = listing("tags", tags, "List tags.", "tag", "predictions", "undecided")
