"""The words of a page: a simple reading of its HTML, in time that grows with its length alone.

Python's own parser takes minutes for some hostile pages of a few kilobytes; nothing here goes back.
"""

from __future__ import annotations

import codecs
import html
import re

from forecastlog.archive.fetch import NotFetched, Page

LONGEST = 2_000_000
"""Characters of text that are kept of a page: a book."""

_UNSEEN = frozenset({"script", "style", "template", "svg", "iframe", "object"})
_WITHIN_A_LINE = frozenset(
    re.findall(
        r"\w+",
        "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark q s "
        "samp small span strong sub sup time tt u var wbr",
    )
)
_UNBROKEN = _WITHIN_A_LINE | _UNSEEN
_NAME = re.compile(r"/?[a-zA-Z][^\s/>]{0,40}")
_NO_CHARACTER = re.compile(r"&#\d{8,};?")
"""Larger than any character's number, and than what Python turns into a number."""
_TURNS = re.compile("[>\"']")
_META = re.compile(rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{1,40})", re.IGNORECASE)
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def text_of(page: Page) -> str:
    """The words of a page, a paragraph a line.

    Raises NotFetched for what has no text that can be read here.
    """
    kind = page.header("Content-Type").partition(";")[0].strip().lower()
    markup = kind in ("", "text/html", "application/xhtml+xml")
    if not markup and not kind.startswith("text/") and kind not in ("application/json", "application/xml"):
        raise NotFetched(
            page.asked, f"no text is read from {kind[:60]}: give the address of a copy in 'archive:'"
        )
    written = decoded(page.body, page.header("Content-Type"))
    text = text_of_html(written) if markup else "\n".join(_lines(written))
    if not text:
        raise NotFetched(page.asked, "the page has no words in it; a script may write them: use 'archive:'")
    return text[:LONGEST]


def decoded(body: bytes, content_type: str) -> str:
    """Bytes as text: by their mark, by the head, by what the page says of itself, where that can be true.

    >>> decoded("né".encode("latin-1"), "text/html; charset=utf-8")
    'né'
    """
    marked = next((name for mark, name in _MARKS if body.startswith(mark)), "")
    told = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", content_type, re.IGNORECASE)
    within = _META.search(body[:2048])
    for name in (
        marked,
        told[1] if told else "",
        within[1].decode("ascii", "ignore") if within else "",
        "utf-8",
    ):
        try:
            if name:
                return body.decode("cp1252" if name.lower() in ("iso-8859-1", "latin-1", "latin1") else name)
        except (LookupError, ValueError):
            continue  # it names no encoding, or another than this is
    return body.decode("cp1252", "replace")


def text_of_html(written: str) -> str:
    r"""The words that a page shows, a paragraph a line.

    >>> text_of_html('<title>Rain</title><p>It <b>rained</b> &amp; rained.'
    ...              '<script>x = "<p>"</script><p title="a>b">So.')
    'Rain\nIt rained & rained.\nSo.'
    """
    parts: list[str] = []
    at = 0
    closing = {'"': True, "'": True}
    while (start := written.find("<", at)) >= 0:
        parts.append(written[at:start])
        at, name = _tag(written, start, closing)
        if name is None:
            parts.append("<")
        elif name in _UNSEEN and written[at - 2 : at] != "/>":
            end = re.compile(f"</{name}", re.IGNORECASE).search(written, at)
            at = end.start() if end else len(written)
        elif name.lstrip("/") not in _UNBROKEN:
            parts.append("\r")
    parts.append(written[at:])
    seen = _NO_CHARACTER.sub("\ufffd", re.sub(r"[^\S\r]+", " ", "".join(parts)))
    return "\n".join(_lines(html.unescape(seen).replace("\r", "\n")))


def _tag(written: str, start: int, closing: dict[str, bool]) -> tuple[int, str | None]:
    """Where a tag or comment ends, and its name, a closing one's with its slash; None for a bare '<'."""
    if written.startswith("<!--", start):
        end = written.find("-->", start + 4)
        return (end + 3 if end >= 0 else len(written)), "a"
    name = _NAME.match(written, start + 1)
    if not name and written[start + 1 : start + 2] not in ("!", "?", "/"):
        return start + 1, None
    at = name.end() if name else start + 1
    while turn := _TURNS.search(written, at):
        at = turn.end()
        if turn[0] == ">":
            return at, name[0].lower() if name else "!"
        end = written.find(turn[0], at) if closing[turn[0]] else -1
        closing[turn[0]] = end >= 0  # where one is not closed, no later one is
        at = end + 1 if end >= 0 else at
    return len(written), "!"


def _lines(text: str) -> list[str]:
    return [line for part in text.splitlines() if (line := " ".join(part.split()))]
