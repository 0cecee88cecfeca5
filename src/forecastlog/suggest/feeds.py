"""A folder of articles, or a saved feed (RSS, Atom), as documents."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from email.utils import parsedate_to_datetime
from pathlib import Path

from forecastlog.errors import BadValue, ForecastlogError
from forecastlog.suggest.documents import LARGEST, Document, read_document

ENDINGS = (".txt", ".md", ".html", ".htm", ".pdf", ".vtt", ".srt", ".xml", ".rss", ".atom")
_ENTRY = re.compile(r"<(item|entry)[\s>](.*?)</\1>", re.DOTALL | re.IGNORECASE)
_FEED = re.compile(r"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_TAGS = re.compile(r"<[^<>]{0,2000}>")
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_BLOCKS = re.compile(r"</?(?:p|br|div|li|h\d|blockquote)\b[^<>]{0,500}>", re.IGNORECASE)
_DAY_IN_NAME = re.compile(r"(?<!\d)(\d{4}-\d\d-\d\d)(?!\d)")


def documents_in(path: Path) -> Iterator[tuple[str, Document]]:
    """The documents of a folder, or the entries of a feed, each with its name.

    What cannot be read is passed by.

    Raises BadValue where there is no such folder or file.
    """
    if not path.exists():
        raise BadValue(f"{path} is not there. Name a folder of articles or a saved feed.")
    files = (
        sorted(one for one in path.iterdir() if one.suffix.lower() in ENDINGS) if path.is_dir() else [path]
    )
    for file in files:
        if not file.is_file():
            continue
        with file.open("rb") as stream:
            data = stream.read(LARGEST + 1)
        if _FEED.search(data[:2000].decode("utf-8", "replace")):
            yield from entries(data.decode("utf-8", "replace"), file.name)
            continue
        with suppress(ForecastlogError):
            document = read_document(data, file.name)
            yield (
                file.name,
                document if document.published else replace(document, published=_of_name(file.name)),
            )


def entries(feed: str, name: str) -> Iterator[tuple[str, Document]]:
    """The entries of a feed's text. It is read with patterns: no entity of a hostile feed is ever expanded.

    >>> feed = "<rss><item><title>Rain</title><pubDate>Mon, 05 Jan 2026 08:00:00 GMT</pubDate>"
    >>> [(_, one)] = entries(feed + "<description>It will rain.</description></item></rss>", "a.xml")
    >>> one.title, one.text, one.published
    ('Rain', 'It will rain.', datetime.date(2026, 1, 5))
    """
    for number, match in enumerate(_ENTRY.finditer(feed), 1):
        entry = match[2]
        text = max(
            (_inner(entry, tag) for tag in ("content:encoded", "content", "description", "summary")), key=len
        )
        address = re.search(r"<link\b[^<>]{0,500}?href=[\"']([^\"'<>]{1,2000})[\"']", entry)
        yield (
            f"{name} #{number}",
            Document(
                text,
                title=" ".join(_inner(entry, "title").split()),
                author=" ".join((_inner(entry, "dc:creator") or _inner(entry, "name")).split()),
                url=html.unescape(address[1]) if address else _inner(entry, "link"),
                published=_day(
                    _inner(entry, "pubDate") or _inner(entry, "published") or _inner(entry, "updated")
                ),
                sha256=hashlib.sha256(text.encode()).hexdigest(),
            ),
        )


def _inner(entry: str, tag: str) -> str:
    """The text of an element, without markup."""
    match = re.search(rf"<{tag}(?:\s[^<>]{{0,500}})?>(.*?)</{tag}>", entry, re.DOTALL | re.IGNORECASE)
    if match is None:
        return ""
    inner = _CDATA.sub(lambda found: found[1], match[1])
    if "<" not in inner:
        inner = html.unescape(inner)
    return html.unescape(_TAGS.sub("", _BLOCKS.sub("\n\n", inner))).strip()


def _day(text: str) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(text[:10])
    with suppress(ValueError, TypeError):
        return parsedate_to_datetime(text).date()
    return None


def _of_name(name: str) -> date | None:
    """The day in a file's name, such as 2025-03-12-ceasefire.txt."""
    match = _DAY_IN_NAME.search(name)
    return _day(match[1]) if match else None
