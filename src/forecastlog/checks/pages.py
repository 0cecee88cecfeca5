"""Cited pages as they are today, against what was quoted and stored.

For a check that somebody asked to go out.
"""

from __future__ import annotations

from collections.abc import Iterator

from forecastlog.archive import NotFetched, Store, Visitor, text_of
from forecastlog.checks.scope import Scope
from forecastlog.checks.texts import fold
from forecastlog.ledger import Loaded
from forecastlog.model.ledger import records_of
from forecastlog.model.outcomes import Evidence
from forecastlog.model.records import Article
from forecastlog.problems import Problem
from forecastlog.sources import page_at, uses
from forecastlog.values import brief
from forecastlog.vocabulary.thresholds import CHANGED_SHARE

Named = tuple[tuple[str | int, ...], Article | Evidence]
"""The place of an address, and the article or the entry whose it is."""


def check_links(loaded: Loaded, visitor: Visitor, store: Store) -> Iterator[Problem]:
    """Notes on links that are dead, pages that cannot be had, and pages that no longer say what they said.

    Every page is asked for once, and told of where it is named first; a quote is told of wherever it stands.
    """
    scope = Scope(loaded)
    found: dict[str, list[Named]] = {}
    for place, item in _named(loaded):
        found.setdefault(page_at(item.url or ""), []).append((place, item))
    for places in found.values():
        yield from _of_page(scope, places, visitor, store)


def _named(loaded: Loaded) -> Iterator[Named]:
    for article in loaded.ledger.articles:
        if article.url:
            yield (article.id,), article
    for use in uses(records_of(loaded.ledger)):
        yield (use.record.id, *use.path), use.entry


def _of_page(scope: Scope, places: list[Named], visitor: Visitor, store: Store) -> Iterator[Problem]:
    where, first = places[0]
    try:
        text = fold(text_of(visitor.get(first.url or "")))
    except NotFetched as error:
        code, what = ("P410", "the link is dead") if error.gone else ("P411", "the page cannot be had")
        hint = "Give the address of a copy in 'archive:', which 'forecastlog archive --wayback' looks for."
        yield scope.fault(code, (*where, "url"), f"{what}: {error.reason}", hint, severity="note")
        return
    for place, item in places:
        if isinstance(item, Evidence) and item.quote and fold(item.quote) not in text:
            hint = "The page has changed, or the quote is not verbatim: compare it with a stored copy."
            message = "the quote is not on the page any more"
            yield scope.fault("P412", (*place, "quote"), message, hint, severity="note")
    copies = {item.archived.sha256: place for place, item in reversed(places) if item.archived}
    for sha256, place in copies.items():
        stored = store.text(sha256)
        if stored is not None and (message := _lost(stored, text)):
            hint = "The page has changed since it was stored; the stored text is what the outcome rests on."
            yield scope.fault("P413", (*place, "url"), message, hint, severity="note")


def _lost(stored: str, text: str) -> str:
    """What of a stored text is no longer there, where that is more than the small change of every page."""
    passages = [fold(line) for line in stored.splitlines()]
    gone = [passage for passage in passages if passage and passage not in text]
    lost = sum(map(len, gone))
    if lost <= CHANGED_SHARE * sum(map(len, passages)):
        return ""
    return f"{len(gone)} of {len(passages)} stored passages are not on the page any more: '{brief(gone[0])}'"
