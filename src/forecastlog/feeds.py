"""Due dates and resolutions as text for others.

Plain rows in, iCalendar (RFC 5545), Atom (RFC 4287) or Markdown out.

The feeds want a time of writing; it is an argument, so that the same rows give the same bytes. Control
characters, which they cannot hold, are dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from html import escape

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~&!])|^([-+]|\d+[.)])(?=\s)")
"""What Markdown takes as a sign within a line, and at the beginning of one."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing in a feed: a stable id, the day that it is about, a title, a text and where to read on."""

    id: str
    day: date
    title: str
    text: str = ""
    url: str | None = None
    author: str | None = None


def calendar(entries: Iterable[Entry], *, name: str, written: date) -> str:
    r"""An iCalendar of whole-day events; lines end in CRLF and are folded at 75 bytes, as RFC 5545 asks.

    >>> print(calendar([Entry(id="a", day=date(2025, 7, 1), title="Look, again")],
    ...                name="Due", written=date(2025, 6, 1)).replace(chr(13), ""))
    BEGIN:VCALENDAR
    VERSION:2.0
    PRODID:-//forecastlog//due//EN
    X-WR-CALNAME:Due
    BEGIN:VEVENT
    UID:a@forecastlog
    DTSTAMP:20250601T000000Z
    DTSTART;VALUE=DATE:20250701
    DTEND;VALUE=DATE:20250702
    SUMMARY:Look\, again
    TRANSP:TRANSPARENT
    END:VEVENT
    END:VCALENDAR
    <BLANKLINE>
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//forecastlog//due//EN",
        f"X-WR-CALNAME:{_ical(name)}",
    ]
    for entry in entries:
        lines += _event(entry, written)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def atom(
    entries: Iterable[Entry],
    *,
    id: str,  # noqa: A002  # RFC 4287's name
    title: str,
    url: str,
    written: date,
    turns: Mapping[str, str] | None = None,
) -> str:
    """An Atom feed; ``id`` and the entries' ids are made into tag URIs (RFC 4151), which outlive addresses.

    ``turns`` are the addresses of the pages beside it, as ``next`` and ``previous`` (RFC 5005).
    """
    parts = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"  <id>{_tag(id)}</id>",
        f"  <title>{_xml(title)}</title>",
        f"  <updated>{_midnight(written)}</updated>",
        f'  <link rel="self" href={_attribute(url)}/>',
        *(f'  <link rel="{name}" href={_attribute(to)}/>' for name, to in (turns or {}).items()),
        "  <author><name>forecastlog</name></author>",
    ]
    for entry in entries:
        parts += _atom_entry(entry)
    return "\n".join([*parts, "</feed>", ""])


def markdown(sections: Iterable[tuple[str, Sequence[Entry]]]) -> str:
    r"""A heading and a list for every section that is not empty; text from records is no markup.

    >>> print(markdown([("Due", [Entry(id="a", day=date(2025, 7, 1), title="*Look*", text="since July")])]))
    ## Due (1)
    <BLANKLINE>
    - **\*Look\*** (since July; `a`)
    <BLANKLINE>
    """
    return "\n".join(
        f"## {_inline(title)} ({len(entries)})\n\n" + "".join(map(_item, entries))
        for title, entries in sections
        if entries
    )


def _item(entry: Entry) -> str:
    title = f"**{_inline(entry.title)}**"
    if entry.url:
        address = re.sub(r"[<>\s]", "", _clean(entry.url))
        title = f"[{title}](<{address}>)"
    about = [*map(_inline, filter(None, (entry.author, entry.text))), f"`{entry.id}`"]
    return f"- {title} ({'; '.join(about)})\n"


def _inline(text: str) -> str:
    """One line in which nothing is markup."""
    return _MARKUP.sub(r"\\\g<0>", " ".join(_clean(text).split()))


def _event(entry: Entry, written: date) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{_ical(entry.id)}@forecastlog",
        f"DTSTAMP:{_basic(written)}T000000Z",
        f"DTSTART;VALUE=DATE:{_basic(entry.day)}",
    ]
    if entry.day < date.max:  # else the calendar ends, and without an end an event is one day long
        lines.append(f"DTEND;VALUE=DATE:{_basic(entry.day + timedelta(days=1))}")
    lines.append(f"SUMMARY:{_ical(entry.title)}")
    if entry.text:
        lines.append(f"DESCRIPTION:{_ical(entry.text)}")
    if entry.url:
        lines.append(f"URL:{_clean(entry.url)}".replace("\n", ""))
    return [*lines, "TRANSP:TRANSPARENT", "END:VEVENT"]


def _atom_entry(entry: Entry) -> list[str]:
    lines = [
        "  <entry>",
        f"    <id>{_tag(entry.id)}</id>",
        f"    <title>{_xml(entry.title)}</title>",
        f"    <updated>{_midnight(entry.day)}</updated>",
    ]
    if entry.url:
        lines.append(f"    <link href={_attribute(entry.url)}/>")
    if entry.author:
        lines.append(f"    <author><name>{_xml(entry.author)}</name></author>")
    if entry.text:
        lines.append(f'    <content type="text">{_xml(entry.text)}</content>')
    return [*lines, "  </entry>"]


def _folded(line: str) -> Iterator[str]:
    """Pieces of at most 75 bytes, never within a character; every piece but the first begins with a space."""
    room, piece = 75, ""
    for character in line:
        size = len(character.encode())
        if size > room:
            yield piece
            piece, room = " ", 74
        piece += character
        room -= size
    yield piece


def _ical(text: str) -> str:
    escaped = re.sub(r"([\\;,])", r"\\\1", _clean(text))
    return re.sub(r"\r\n|\r|\n", r"\\n", escaped)


def _basic(day: date) -> str:
    return day.isoformat().replace("-", "")


def _midnight(day: date) -> str:
    return datetime.combine(day, time(), UTC).isoformat().replace("+00:00", "Z")


def _tag(name: str) -> str:
    return f"tag:forecastlog,2026:{_xml(re.sub(r'[^A-Za-z0-9._~/-]', '-', name))}"


def _xml(text: str) -> str:
    return escape(_clean(text), quote=False)


def _attribute(text: str) -> str:
    return f'"{escape(_clean(text))}"'


def _clean(text: str) -> str:
    return _CONTROL.sub("", text)
