"""A web server of our own, whose pages a test sets and changes, and a ledger that cites them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from forecastlog.archive import Manners, Visitor


@dataclass
class Answer:
    """What a path answers: ``drip`` seconds before each byte, ``endless`` for a body without an end."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "text/html; charset=utf-8"})
    drip: float = 0.0
    endless: bool = False


@dataclass
class Site:
    """The server's address, its pages by path, and the paths it was asked for."""

    url: str
    pages: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)

    def page(self, path: str, body: str, **more: object) -> str:
        """Set a page; returns its address."""
        self.pages[path] = Answer(body.encode(), **more)  # type: ignore[arg-type]
        return self.url + path


def handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.agents.add(self.headers["User-Agent"])
            answer = site.pages.get(self.path.partition("?")[0], Answer(status=404))
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                self.send_body(answer)
            except OSError:
                return  # whoever asked has gone away

        def send_body(self, answer: Answer) -> None:
            while answer.endless:
                self.wfile.write(b"<p>more</p>" * 5000)
            if not answer.drip:
                self.wfile.write(answer.body)
                return
            for byte in answer.body:
                time.sleep(answer.drip)
                self.wfile.write(bytes([byte]))

        def log_message(self, *_: object) -> None: ...

    return Handler


@pytest.fixture
def site() -> Iterator[Site]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    server.daemon_threads = True
    made = Site(f"http://127.0.0.1:{server.server_port}")
    server.RequestHandlerClass = handler(made)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield made
    server.shutdown()
    server.server_close()


@pytest.fixture
def visitor() -> Visitor:
    """One that may go to the test's own server, and is soon out of patience."""
    return Visitor(Manners(private=True, pause=0, silence=5, total=5, most=200_000))


Ledger = Callable[[str], Path]


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ledger:
    """Writes a ledger whose one outcome rests on the evidence given; its copies lie in a folder beside it."""
    root = tmp_path / "desk" / "predictions"
    root.mkdir(parents=True)
    for name in ("LEDGER", "TODAY", "BY"):
        monkeypatch.delenv(f"FORECASTLOG_{name}", raising=False)
    monkeypatch.chdir(root.parent)
    (root / "forecastlog.toml").write_text(
        'format = 1\narchive = "../copies"\ncontact = "desk@example.org"\n'
    )
    (root / "people.yaml").write_text("forecasters:\n  - {id: ann, name: Ann Lee}\n")

    def write(evidence: str) -> Path:
        (root / "weather.yaml").write_text(WEATHER.replace("EVIDENCE", evidence), encoding="utf-8")
        return root

    return write


WEATHER = """\
article:
  id: weather
  title: The weather
  authors: [ann]
  published: 2025-03-19
predictions:
  - id: rain
    claim: It rains.
    deadline: {latest: 2026-03-19}
    criteria: Yes if the gauge shows 1 mm.
    settled_by: the gauge
    logged: 2025-03-20
    resolutions:
      - outcome: yes
        known: 2025-06-01
        recorded: 2025-06-02
        by: Eve
        evidence:
EVIDENCE
"""
