"""What a visitor takes from the web, and what it does not."""

from __future__ import annotations

import gzip
import socket
import time

import pytest

from forecastlog.archive import Manners, NotFetched, Visitor, text_of
from forecastlog.archive.addresses import is_public
from forecastlog.archive.text import decoded, text_of_html
from tests.archive.conftest import Answer, Site


def refused(visitor: Visitor, url: str) -> NotFetched:
    with pytest.raises(NotFetched) as told:
        visitor.get(url)
    return told.value


def test_a_page_is_read_and_the_visitor_says_who_it_is(site: Site) -> None:
    url = site.page("/a", "<title>Rain</title><p>It <i>rained</i>.")
    page = Visitor(Manners(private=True, contact="desk@example.org")).get(url)
    assert text_of(page) == "Rain\nIt rained."
    (agent,) = site.agents
    assert agent.startswith("forecastlog/")
    assert "desk@example.org" in agent


def test_what_is_gone_is_told_from_what_cannot_be_had_today(site: Site, visitor: Visitor) -> None:
    assert refused(visitor, f"{site.url}/nowhere").gone
    site.page("/busy", "", status=503)
    busy = refused(visitor, f"{site.url}/busy")
    assert not busy.gone
    assert "503" in busy.reason
    assert refused(visitor, "http://127.0.0.1:9/").gone  # discard: nobody listens


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/hostname",
        "ftp://news.example/a",
        "http://user:secret@news.example/",
        "http://",
        "http://[::1",
        "http://news.example:notaport/",
        "javascript:alert(1)",
    ],
)
def test_only_pages_are_asked_for(url: str, visitor: Visitor) -> None:
    refused(visitor, url)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "10.1.2.3",
        "192.168.0.1",
        "169.254.169.254",
        "[::1]",
        "[fe80::1]",
        "[::ffff:127.0.0.1]",
        "0.0.0.0",  # noqa: S104 - nothing is bound to it
        "[64:ff9b::7f00:1]",
        "2130706433",
        "0x7f.1",
    ],
)
def test_private_addresses_are_not_asked(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "create_connection", None)  # a connection would be a failure of another kind
    assert "private" in refused(Visitor(), f"http://{host}/").reason


def test_a_name_that_leads_to_a_private_address_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("192.168.1.1", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answers)
    monkeypatch.setattr(socket, "create_connection", None)
    assert "private" in refused(Visitor(), "http://news.example/").reason


def test_the_address_that_was_looked_at_is_the_one_that_is_asked(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that says something else a moment later leads nowhere else."""
    port = int(site.url.rpartition(":")[2])
    looked_up: list[object] = []

    def getaddrinfo(host: str, *rest: object, **more: object) -> list[object]:
        looked_up.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.215.14", port))]

    reached: list[object] = []

    def connect(address: tuple[str, int], **_: object) -> socket.socket:
        reached.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    monkeypatch.setattr(socket, "create_connection", connect)
    refused(Visitor(), f"http://news.example:{port}/")
    assert looked_up == ["news.example"]
    assert reached == ["93.184.215.14"]


@pytest.mark.parametrize(
    "to", ["http://10.0.0.1/", "http://169.254.169.254/latest/", "file:///etc/passwd", "gopher://x/"]
)
def test_a_redirect_goes_nowhere_that_an_address_could_not(
    to: str, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = "forecastlog.archive.fetch.is_public"
    monkeypatch.setattr(own, lambda address: address == "127.0.0.1" or is_public(address))
    site.pages["/away"] = Answer(status=302, headers={"Location": to})
    reason = refused(Visitor(Manners(pause=0)), f"{site.url}/away").reason
    assert "private" in reason or "only http" in reason


def test_redirects_are_followed_and_end(site: Site, visitor: Visitor) -> None:
    site.page("/there", "<p>Here it is.")
    site.pages["/old"] = Answer(status=301, headers={"Location": "there?x=1"})
    assert visitor.get(f"{site.url}/old").url == f"{site.url}/there?x=1"
    site.pages["/round"] = Answer(status=302, headers={"Location": "/round"})
    assert "redirects" in refused(visitor, f"{site.url}/round").reason


def test_bodies_have_a_limit_as_they_come_and_unpacked(site: Site, visitor: Visitor) -> None:
    site.pages["/endless"] = Answer(endless=True)
    assert "larger" in refused(visitor, f"{site.url}/endless").reason
    bomb = gzip.compress(b"\0" * 50_000_000)
    site.pages["/bomb"] = Answer(bomb, headers={"Content-Encoding": "gzip"})
    assert len(bomb) < 200_000
    assert "larger" in refused(visitor, f"{site.url}/bomb").reason
    site.pages["/broken"] = Answer(bomb[:100], headers={"Content-Encoding": "gzip"})
    refused(visitor, f"{site.url}/broken")
    site.pages["/short"] = Answer(b"half", headers={"Content-Length": "8"})
    assert "broke off" in refused(visitor, f"{site.url}/short").reason
    site.pages["/packed"] = Answer(gzip.compress(b"<p>It rained"), headers={"Content-Encoding": "gzip"})
    assert text_of(visitor.get(f"{site.url}/packed")) == "It rained"


def test_a_server_that_drips_is_left(site: Site) -> None:
    site.pages["/slow"] = Answer(b"x" * 1000, drip=0.05)
    before = time.monotonic()
    told = refused(Visitor(Manners(private=True, silence=5, total=0.5)), f"{site.url}/slow")
    assert "too long" in told.reason
    assert time.monotonic() - before < 20  # its fifty seconds were not waited for


def test_a_server_that_says_nothing_is_left() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        assert "too long" in refused(Visitor(Manners(private=True, silence=0.3, total=20)), url).reason


def test_between_two_requests_to_one_host_passes_a_pause(site: Site) -> None:
    url = site.page("/a", "<p>A")
    polite = Visitor(Manners(private=True, pause=0.3))
    before = time.monotonic()
    polite.get(url)
    polite.get(url)
    assert time.monotonic() - before >= 0.3


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("né".encode(), "text/html"),
        ("né".encode(), "text/html; charset=ascii"),
        ("né".encode("cp1252"), "text/html; charset=utf-8"),
        ("né".encode("cp1252"), "text/html; charset=no-such-thing"),
        ("né".encode("latin-1"), "text/html; charset=ISO-8859-1"),
        ("né".encode("utf-16"), "text/html"),
        (b"<meta charset=cp1252>n\xe9", "text/html"),
        ("né".encode(), "text/html; charset=rot13"),  # an encoding of Python's that makes no text of bytes
    ],
)
def test_a_wrong_charset_is_seen_through(body: bytes, told: str) -> None:
    assert decoded(body, told).endswith("né")


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("<p>5 < 6 & 7 &gt; 6", "5 < 6 & 7 > 6"),
        ("a<!-- <p>b -->c<br>d", "ac\nd"),
        ("<style>p{}</style>a<SCRIPT>'</p>'</sCript >b", "ab"),
        ("<script>never closed <p>x", ""),
        ("<p title='>'>a<p data-x=\">\">b", "a\nb"),
        ("a<p title='never closed>b", "a\nb"),
        ("a &#99999999999; b &#x2014; &nbsp; c", "a \ufffd b — c"),
        ("<table><tr><td>1<td>2</table>", "1\n2"),
    ],
)
def test_the_words_of_a_page(written: str, text: str) -> None:
    assert text_of_html(written) == text


@pytest.mark.parametrize(
    "bad",
    [
        "<",
        "<!",
        "<!--",
        "<a ",
        "</",
        "&#",
        "<![",
        "<a x='",
        '<a b="',
        "<script>",
        "</scrip",
        "&#9",
        "<a '\">",
    ],
)
def test_a_hostile_page_takes_no_longer_than_its_length(bad: str) -> None:
    """Python's own parser of HTML takes minutes for 100 kB of some of these."""
    before = time.process_time()
    text_of_html(bad * (1_000_000 // len(bad)))
    assert time.process_time() - before < 10


def test_what_has_no_words_is_told(site: Site, visitor: Visitor) -> None:
    site.pages["/pdf"] = Answer(b"%PDF-1.7", headers={"Content-Type": "application/pdf"})
    site.page("/app", "<script>write('rain')</script>")
    for path, reason in (("/pdf", "application/pdf"), ("/app", "no words")):
        with pytest.raises(NotFetched, match=reason):
            text_of(visitor.get(site.url + path))
