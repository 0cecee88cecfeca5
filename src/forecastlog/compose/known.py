"""A text that is read again: its article in the ledger, and which of its finds are new."""

from __future__ import annotations

from collections.abc import Sequence

from forecastlog.compose.coverage import skipped_before
from forecastlog.compose.skeleton import Read, passage_of
from forecastlog.ledger import Loaded
from forecastlog.model.records import Article
from forecastlog.suggest import Find


def article_of(loaded: Loaded, read: Read) -> Article | None:
    """The article that a text is: the one with its digest or its address, else with its title and day."""
    for article in loaded.ledger.articles:
        if read.sha256 and article.sha256 == read.sha256:
            return article
        if read.url and read.url in (article.url, article.archive):
            return article
        alike = read.title and _folded(article.title) == _folded(read.title)
        if alike and article.published.day == read.published:
            return article
    return None


def new_finds(loaded: Loaded, article: Article, text: str, finds: Sequence[Find]) -> list[Find]:
    """The finds of an article that are neither logged nor were skipped.

    Those whose passages no quote of a record touches.
    """
    logged = [
        (place, place + len(quote))
        for prediction in loaded.ledger.predictions
        if prediction.article == article.id
        for quote in (prediction.quote, *prediction.also)
        if quote and (place := _place(text, quote)) >= 0
    ]
    skipped = skipped_before(loaded, article.id)
    return [
        find
        for find in finds
        if passage_of(find) not in skipped
        and not any(find.start < end and start < find.end for start, end in logged)
    ]


_SAME_LENGTH = str.maketrans("\u2019\u2018\u201c\u201d\u2010\u2011\xa0\n", "''\"\"--  ")


def _place(text: str, quote: str) -> int:
    """Where a quote stands, whatever kind of quotation marks and spaces it was typed with; -1 for nowhere."""
    return text.translate(_SAME_LENGTH).find(quote.translate(_SAME_LENGTH))


def _folded(title: str) -> str:
    return " ".join(title.casefold().split())
