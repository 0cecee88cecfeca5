"""``articles``: the articles of the ledger."""

from __future__ import annotations

from forecastlog.cli.listings import articles, listing

command = listing(
    "articles",
    articles,
    "List articles.",
    "id",
    "published",
    "publisher*",
    "title",
    "predictions",
    "undecided*",
)
