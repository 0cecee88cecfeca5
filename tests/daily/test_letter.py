"""What is due by mail: a text and a page that a person likes to read, whatever the records hold."""

from __future__ import annotations

import email
import email.policy
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path

import pytest

from .conftest import Run

# One of Apprise's plugins imports a module that Python 3.13 drops.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
DAY = ("--today", "2025-07-02")
HOSTILE = '<script>alert(1)</script> & "x" \u202e <a href=javascript:x>'


@contextmanager
def mailbox() -> Iterator[tuple[str, list[EmailMessage]]]:
    """A server that takes mail (RFC 5321); its address for Apprise, and what it got."""
    got: list[EmailMessage] = []

    class Session(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 mailbox\r\n")
            while line := self.rfile.readline():
                command = line[:4].upper()
                if command == b"DATA":
                    self.wfile.write(b"354 go on\r\n")
                    data = b""
                    while (line := self.rfile.readline()) != b".\r\n":
                        data += line.removeprefix(b".") if line.startswith(b"..") else line
                    message = email.message_from_bytes(data, policy=email.policy.default)
                    assert isinstance(message, EmailMessage)
                    got.append(message)
                self.wfile.write(b"221 bye\r\n" if command == b"QUIT" else b"250 ok\r\n")
                if command == b"QUIT":
                    return

    with socketserver.TCPServer(("127.0.0.1", 0), Session) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            port = server.server_address[1]
            yield f"mailto://127.0.0.1:{port}?from=log@desk.example&to=ann@desk.example&mode=insecure", got
        finally:
            server.shutdown()
            thread.join()


def part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content())


class Page(HTMLParser):
    """The elements of a page, and the links in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.links: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        self.links |= {str(value) for name, value in attrs if name == "href"}


def test_a_mail_has_a_text_and_a_page(run: Run, project: Path) -> None:
    pytest.importorskip("apprise")
    (project / "datasette_metadata.json").write_text(
        '{"plugins": {"forecastlog": {"url": "https://log.example/site/"}}}'
    )
    with mailbox() as (address, got):
        result = run("due", "--new", "--notify", address, *DAY)
    assert (result.output, result.exit_code) == ("", 0)
    [message] = got
    assert (message["subject"], message.get_content_type()) == (
        "Forecast log: 1 due",
        "multipart/alternative",
    )
    assert part(message, "plain").replace("\r\n", "\n").split("---")[0] == (
        "Forecast log: 1 due\n\n"
        "2 July 2025\n\n"
        "Due: past the deadline by every reading (1)\n\n"
        "=Aid ends in 基辅\n\n"
        "Since 1 July 2025 (1 day ago)\n"
        "Said: Ada Smith: “may” (no likelihood was given)\n"
        "Criteria: Yes when the last delivery is reported.\n"
        "Settled by: the ministry's announcement\n"
        "Page: https://log.example/site/forecastlog/predictions/aid-ends\n"
        "When you know:\nforecastlog resolve aid-ends\n"
    )
    page = part(message, "html")
    assert Page(page).links == {"https://log.example/site/forecastlog/predictions/aid-ends"}
    assert "<h3><a href=" in page
    assert "<code>forecastlog resolve aid-ends</code>" in page
    assert run("due", "--html", *DAY).output.splitlines() == page.splitlines()


def test_record_text_is_no_markup(run: Run, project: Path) -> None:
    path = project / "predictions" / "talks.yaml"
    text = path.read_text(encoding="utf-8")
    for own in ("=Aid ends in 基辅", "Yes when the last delivery is reported."):
        text = text.replace(f'"{own}"', own).replace(own, f"'{HOSTILE}'")
    path.write_text(text, encoding="utf-8")
    printed = run("due", "--html", *DAY).output
    page = Page(printed)
    assert page.found <= {"html", "head", "meta", "title", "body", "h1", "h2", "h3", "p", "br", "hr", "code"}
    assert (page.links, "\u202e" in printed) == (set(), False)
    assert printed.count("&lt;script&gt;alert(1)&lt;/script&gt; &amp;") == 2


def test_the_page_without_a_site_and_before_its_day(run: Run, project: Path) -> None:
    metadata = project / "datasette_metadata.json"
    for said, warned in (('{"plugins": {"forecastlog": {"url": "javascript:x"}}}', ""), ("{", "Warning: ")):
        metadata.write_text(said)
        result = run("due", "--html", "--within", "30d", "--today", "2025-06-10")
        assert (result.exit_code, result.stderr[:9]) == (0, warned)
        assert Page(result.stdout).links == set()
    assert "Maybe due" in result.stdout
    result = run("due", "--html", "--within", "30d", "--today", "2025-05-20")
    assert "From 1 June 2025 (in 12 days)" in result.stdout
    assert "resolve aid-ends" not in result.stdout
    assert run("due", "--html", "-c", "id").exit_code == 2
