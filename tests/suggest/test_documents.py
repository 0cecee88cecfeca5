"""Files of every kind become a text to search; hostile ones a sentence."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecastlog.errors import ForecastlogError
from forecastlog.suggest.documents import read_document
from forecastlog.suggest.feeds import entries
from forecastlog.suggest.offering import finds_in

PAGE = """<!doctype html><html><head><title>Rain ahead - Daily Wire</title>
<meta property="og:site_name" content="Daily Wire"><meta name="author" content="Ann Holt">
<meta property="og:title" content="Rain ahead">
<meta property="article:published_time" content="2026-01-05T08:00:00Z">
</head><body><nav>Home | Sport</nav><article><h1>Rain ahead</h1>
<p>It will probably rain in the valley by June, and the rivers are likely to rise over the banks
for weeks on end.</p>
<p>The mayor said on Monday that the walls would hold unless the dam breaks, which nobody
in the town expects.</p>
<script>alert("It will explode tomorrow.")</script></article>
<footer>Subscribe to our newsletter</footer></body></html>"""

VTT = """WEBVTT

00:12:31.000 --> 00:12:34.000
<v Ann Holt>We are unlikely to see

00:12:34.000 --> 00:12:37.000
<v Ann Holt>lower prices by June.

00:13:02.000 --> 00:13:05.000
<v Ivo Brandt>I think they will fall.
"""


def test_html_gives_text_and_what_the_page_says_of_itself() -> None:
    page = read_document(PAGE.encode(), "page.html")
    assert (page.title, page.author, page.published) == ("Rain ahead", "Ann Holt", date(2026, 1, 5))
    assert page.publisher == "Daily Wire"
    assert "explode" not in page.text
    assert finds_in(page)[0].latest == date(2026, 6, 30)


def test_captions_keep_speaker_and_time() -> None:
    recording = read_document(VTT.encode(), "talk.vtt")
    first, second = finds_in(recording)
    assert (first.at, second.at) == ("00:12:31", "00:13:02")
    assert (first.speaker, second.speaker) == ("Ann Holt", "Ivo Brandt")
    assert (
        recording.text[first.start : first.end]
        == first.quote
        == "We are unlikely to see lower prices by June"
    )


def test_pdf() -> None:
    stream = b"BT /F1 12 Tf 72 700 Td (Prices will fall by June 2027.) Tj ET"
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << "
            b"/Font << /F1 5 0 R >> >> >>"
        ),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    data, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 6\n0000000000 65535 f \n%strailer << /Root 1 0 R /Size 6 >>\nstartxref\n%d\n%%%%EOF"
    data += end % (table, len(data))
    assert read_document(data, "a.pdf").text.strip() == "Prices will fall by June 2027."


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"%PDF-1.7 rubbish", "a.pdf"),
        (b"<html></html>", "a.html"),
        (b"a\0b", "a"),
        (b"<!doctype html>" + b"<div>" * 5000, ""),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(data: bytes, name: str) -> None:
    with pytest.raises(ForecastlogError):
        read_document(data, name)


def test_a_feed_that_would_expand_its_entities_is_only_text() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss><item><title>&b;</title></item></rss>'
    [(_, entry)] = entries(bomb, "f.xml")
    assert entry.title == "&b;"


@given(st.binary(max_size=400))
@settings(max_examples=100, deadline=None)
def test_no_bytes_break_it(data: bytes) -> None:
    for name in ("", "a.vtt", "a.pdf"):
        with suppress(ForecastlogError):
            finds_in(read_document(data, name))
