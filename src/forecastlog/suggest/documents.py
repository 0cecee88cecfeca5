"""A file as a text to search: plain text, Markdown, HTML, PDF, or the captions of a recording.

Whatever a page or a file says is content, never an instruction. HTML and PDF need the extras ``html`` and
``pdf``.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from forecastlog.errors import BadValue, ForecastlogError

LARGEST = 20_000_000  # bytes of a file
MOST_PAGES = 2_000  # of a PDF
_HTML = re.compile(rb"\s*(?:<!doctype html|<html|<\?xml[^>]*>\s*<html|<head|<body|<article)", re.IGNORECASE)
_CUE_TIME = re.compile(r"(\d{1,2}:)?(\d\d):(\d\d)[.,]\d{3}\s+-->\s+")
_VOICE = re.compile(r"<v(?:\.[^ >]*)?\s+([^>]+)>")
_TAG = re.compile(r"<[^<>]{0,200}>")
_TURN_TIME = re.compile(r"^[ \t]*\[?(\d{1,2}:\d\d(?::\d\d)?)\]?[ \t]+(?=\S)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Document:
    """A text with what its file says of it.

    ``times`` are the places at which something is said, with their time codes.
    """

    text: str
    title: str = ""
    author: str = ""
    publisher: str = ""
    url: str = ""
    published: date | None = None
    sha256: str = ""
    times: Sequence[tuple[int, str]] = ()

    def at(self, place: int) -> str:
        """The time code at which the passage is said; empty where the text is no recording."""
        i = bisect_right([start for start, _ in self.times], place)
        return self.times[i - 1][1] if i else ""


def read_document(data: bytes, name: str = "") -> Document:
    """The text in a file's bytes, as ``text_of`` reads it, with their digest; raises what it does."""
    return replace(text_of(data, name), sha256=hashlib.sha256(data).hexdigest())


def text_of(data: bytes, name: str = "") -> Document:
    r"""The text in a file's bytes, by what they are and the ending of its ``name``.

    Raises BadValue for what is too large or holds no text, ForecastlogError where an extra is missing.

    >>> text_of(b"WEBVTT\n\n00:01.000 --> 00:04.000\n<v Ann>It will rain.").text
    'Ann: It will rain.'
    """
    if len(data) > LARGEST:
        raise BadValue(
            f"{name or 'the text'} has more than {LARGEST // 1_000_000} MB. Cut it to the article."
        )
    ending = Path(name).suffix.lower()
    if data.startswith(b"%PDF") or ending == ".pdf":
        return _pdf(data, name)
    if ending in (".html", ".htm", ".xhtml") or _HTML.match(data.removeprefix(b"\xef\xbb\xbf")):
        return _html(data, name)
    text = _decoded(data)
    if ending in (".vtt", ".srt") or text.startswith("WEBVTT"):
        return _captions(text)
    if "\0" in text:
        raise BadValue(
            f"{name or 'the input'} is no text. Text, Markdown, HTML, PDF, .vtt and .srt are read."
        )
    times = [(match.end(), _clock(match[1])) for match in _TURN_TIME.finditer(text)]
    return Document(text, title=_title(text), times=times if len(times) > 2 else ())


def _title(text: str) -> str:
    """A first line that is a headline: short, and no sentence."""
    line = text.lstrip().partition("\n")[0].strip().lstrip("#").strip(" *_")
    return "" if len(line) > 150 or line.endswith((".", "!", ":", "\u201d", '"')) else line


def _decoded(data: bytes) -> str:
    """UTF-8, or what Windows writes, with the line ends of Unix."""
    for encoding in ("utf-8-sig", "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text.replace("\r\n", "\n").replace("\r", "\n")
    return data.decode("latin-1").replace("\r\n", "\n").replace("\r", "\n")


def _clock(code: str) -> str:
    """A time code as 00:12:31."""
    parts = code.split(":")
    return ":".join(part.zfill(2) for part in (["0"] * (3 - len(parts)) + parts))


def _captions(text: str) -> Document:
    """The captions of a recording as running text, a line for each change of speaker or of thought."""
    pieces: list[str] = []
    times: list[tuple[int, str]] = []
    length, speaker, last = 0, "", ""
    for block in re.split(r"\n[ \t]*\n", text):
        lines = block.strip().splitlines()
        at = next((i for i, line in enumerate(lines) if _CUE_TIME.search(line)), None)
        if at is None:
            continue
        match = _CUE_TIME.search(lines[at])
        said = " ".join(lines[at + 1 :])
        voice = _VOICE.search(said)
        said = " ".join(_TAG.sub("", said).split())
        if not said or said == last or match is None:
            continue
        last = said
        if voice and voice[1].strip() != speaker:
            speaker = voice[1].strip()
            said = f"{speaker}: {said}"
            joint = "\n\n" if pieces else ""
        else:
            joint = (
                " " if pieces and not re.match(r"[A-Z][\w. ]{1,40}:\s|- ", said) else "\n\n" if pieces else ""
            )
        times.append((length + len(joint), _clock((match[1] or "") + f"{match[2]}:{match[3]}")))
        pieces.append(joint + said)
        length += len(joint) + len(said)
    return Document("".join(pieces), times=times)


def _html(data: bytes, name: str) -> Document:
    try:
        import trafilatura
    except ImportError:
        raise ForecastlogError(
            "an HTML page is read with the extra 'html'. Install it: pip install 'forecastlog[html]'."
        ) from None
    import logging

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        page = trafilatura.bare_extraction(
            data,
            with_metadata=True,
            include_comments=False,
            include_tables=True,
            date_extraction_params=_DATES,
        )
    except Exception:  # noqa: BLE001 - a hostile page may break the parser in any way
        page = None
    if page is None or isinstance(page, dict) or not page.text:
        raise BadValue(f"no article was found in {name or 'the page'}. Save its text as a .txt file.")
    return Document(
        page.text,
        title=page.title or "",
        author=(page.author or "").replace(";", ","),
        publisher=page.sitename or "",
        url=page.url or "",
        published=_day(page.date),
    )


_DATES = {"original_date": True, "extensive_search": False}


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _pdf(data: bytes, name: str) -> Document:
    try:
        from pypdf import PdfReader
    except ImportError:
        raise ForecastlogError(
            "a PDF is read with the extra 'pdf'. Install it: pip install 'forecastlog[pdf]'."
        ) from None
    import io
    import logging

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        pages = [page.extract_text() or "" for page in reader.pages[:MOST_PAGES]]
        info = reader.metadata
        title, author = (str(info.title or ""), str(info.author or "")) if info else ("", "")
    except Exception:  # noqa: BLE001 - a hostile file may break the parser in any way
        raise BadValue(
            f"{name or 'the PDF'} cannot be read as a PDF. Save its text as a .txt file."
        ) from None
    text = _unwrapped("\n\n".join(pages))
    if not text.strip():
        raise BadValue(f"{name or 'the PDF'} holds no text: it may be a scan. Save its text as a .txt file.")
    return Document(text, title=title, author=author)


def _unwrapped(text: str) -> str:
    """Lines joined to paragraphs, and words that were parted at the end of a line."""
    text = text.replace("\r", "\n").replace("\0", "")
    text = re.sub(r"(?<=[a-z])-\n(?=[a-z])", "", text)
    return re.sub(r"(?<=[^\n.!?:])[ \t]*\n(?=[a-z(\"\u201c0-9])", " ", text)
