"""Quotes against the articles' texts, which are kept elsewhere.

A quote that stands in no text is an error.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from forecastlog.checks.scope import Place, Scope, forecasts_of
from forecastlog.ledger import Loaded
from forecastlog.ledger.loader import by_place
from forecastlog.ledger.source import open_source
from forecastlog.model.ledger import records_of
from forecastlog.model.outcomes import Evidence
from forecastlog.model.records import QUOTE_WORDS, Article
from forecastlog.problems import Problem
from forecastlog.sources import uses

if TYPE_CHECKING:
    from forecastlog.archive.store import Store

_MARKS = str.maketrans(
    dict.fromkeys(
        '\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2032\u2033\u00ab\u00bb\u2039\u203a"`\u00b4', "'"
    )
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", "")
    | {"\u2026": "..."}
)


@dataclass(frozen=True, slots=True)
class Text:
    """One article's text as it lies in the folder, and folded for comparison."""

    path: Path
    sha256: str
    folded: str


def fold(text: str) -> str:
    """A text with white space, quotation marks and dashes made alike.

    >>> fold(chr(0x201C) + "very" + chr(0xA0) + "close" + chr(0x201D) + " again")
    "'very close' again"
    """
    return re.sub(r"\s+", " ", text.translate(_MARKS)).strip()


def check_articles(loaded: Loaded, folder: Path, store: Store | None = None) -> list[Problem]:
    """Every quote that its article's text lacks, and every text that is not the one that was read, by place.

    A file belongs to an article by its SHA-256 digest, else by its name: that of the ledger's file, or the
    article's id. Where the folder has none, the copy in the ``store`` is the text; quotes of evidence are
    looked for in the copies of their pages.
    """
    scope = Scope(loaded)
    problems: list[Problem] = []
    texts = list(_texts(folder, problems))
    found: dict[str, Text] = {}
    for article in loaded.ledger.articles:
        text = _text_of(article, loaded.articles_files[article.id], texts)
        text = text or _stored(store, article.sha256) or _copy(store, article)
        if text is None:
            problems.append(_absent(scope, article, folder))
            continue
        found[article.id] = text
        problems += _digest(scope, article, text)
    for place, article_id, quote in _quotes(scope):
        if article_id in found and fold(quote) not in found[article_id].folded:
            problems.append(_misquoted(scope, place, quote, found[article_id]))
    problems += _evidence(scope, store)
    return sorted(problems, key=by_place)


def _evidence(scope: Scope, store: Store | None) -> Iterator[Problem]:
    """Quotes of evidence that the stored copy of their page lacks, and those whose page has no copy here."""
    for use in uses(records_of(scope.ledger)):
        if not use.entry.quote or use.record.article is None:
            continue
        place = (use.record.id, *use.path, "quote")
        text = _copy(store, use.entry)
        if text is None:
            message = "no stored copy of this page, so its quote was not compared"
            hint = "'forecastlog archive --save' stores one."
            yield scope.fault("P403", place, message, hint, severity="note")
        elif fold(use.entry.quote) not in text.folded:
            yield _misquoted(scope, place, use.entry.quote, text)


def _copy(store: Store | None, item: Article | Evidence) -> Text | None:
    return _stored(store, item.archived.sha256) if item.archived else None


def _stored(store: Store | None, sha256: str | None) -> Text | None:
    """The stored copy with this digest."""
    text = store.text(sha256) if store and sha256 else None
    return (
        None
        if store is None or sha256 is None or text is None
        else Text(store.path(sha256), sha256, fold(text))
    )


def misquoted(loaded: Loaded, article: Article, quote: str) -> str | None:
    """What is wrong with a quote by the article's text in the desk's own folder.

    None where nothing is, or no text.
    """
    folder = texts_folder(loaded)
    if folder is None or not quote:
        return None
    text = _text_of(article, loaded.articles_files[article.id], list(_texts(folder, [])))
    if text is None or fold(quote) in text.folded:
        return None
    return f"The quote does not stand in {text.path.name}. {_remedy(quote, text)}"


def texts_folder(loaded: Loaded) -> Path | None:
    """The folder with the articles' texts that ``texts`` in forecastlog.toml names, seen from the ledger's.

    None where it names none, or this clone has no such folder.
    """
    named = loaded.ledger.settings.texts
    return loaded.root / named if named and (loaded.root / named).is_dir() else None


def _texts(folder: Path, problems: list[Problem]) -> Iterator[Text]:
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.name.startswith(".") or path.suffix in (".csv", ".json"):
            continue
        source = open_source(path)
        if isinstance(source, Problem):
            problems.append(source)
        else:
            yield Text(path, hashlib.sha256(path.read_bytes()).hexdigest(), fold(source.text))


def _text_of(article: Article, file: Path, texts: list[Text]) -> Text | None:
    digests = [article.sha256, *(version.sha256 for version in article.versions)]
    by_digest = next((text for text in texts if text.sha256 in digests), None)
    names = (file.stem, article.id)
    return by_digest or next((text for text in texts if text.path.stem in names), None)


def _absent(scope: Scope, article: Article, folder: Path) -> Problem:
    hint = f"Its quotes were not compared. Put its text into {folder} as {article.id}.txt."
    return scope.fault("P403", (article.id,), "no text of this article in the folder", hint, severity="note")


def _digest(scope: Scope, article: Article, text: Text) -> Iterator[Problem]:
    known = [article.sha256, *(version.sha256 for version in article.versions)]
    archived = article.archived.sha256 if article.archived else None
    if article.sha256 and text.sha256 not in (*known, archived):
        yield scope.fault(
            "P402",
            (article.id, "sha256"),
            f"{text.path.name} is not the text that was read",
            f"Its digest is {text.sha256}. If the article changed, add it under 'versions:'.",
        )


def _quotes(scope: Scope) -> Iterator[tuple[Place, str, str]]:
    for prediction in scope.predictions():
        home = prediction.article or ""
        if prediction.quote:
            yield (prediction.id, "quote"), home, prediction.quote
        for index, quote in enumerate(prediction.also):
            yield (prediction.id, "also", index), home, quote
        for place, forecast in forecasts_of(prediction):
            if forecast.quote and (forecast.article or not forecast.url):
                yield (*place, "quote"), forecast.article or home, forecast.quote


def _misquoted(scope: Scope, place: Place, quote: str, text: Text) -> Problem:
    return scope.fault("P401", place, f"the quote does not stand in {text.path.name}", _remedy(quote, text))


def _remedy(quote: str, text: Text) -> str:
    near = _passage(fold(quote), text.folded)
    return (
        f'The text has "{near}".'
        if near
        else f"Copy the phrase as it stands there, at most {QUOTE_WORDS} words."
    )


def _passage(quote: str, text: str) -> str | None:
    """Where the text begins like the quote, as many words of it as the quote has."""
    words = quote.split()
    for count in range(len(words) - 1, 1, -1):
        at = text.find(" ".join(words[:count]))
        if at >= 0:
            return " ".join(text[at:].split(" ", len(words))[: len(words)]).rstrip(" ,;:.")
    return None


__all__ = ["check_articles", "fold", "misquoted", "texts_folder"]
