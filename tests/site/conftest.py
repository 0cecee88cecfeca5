"""Sites over built databases.

One of the real ledger, one small, one full of what a record should not hold.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette

from forecastlog.database import build, metadata
from forecastlog.ledger import load

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 28)
PEOPLE = """\
forecasters:
  - {id: ann, name: Ann Other}
  - {id: ann-and-bob, name: Ann Other and Bob Brown, kind: joint, members: [ann, bob]}
  - {id: bob, name: Bob Brown}
"""
ESSAY = """\
article:
  id: essay
  title: An essay
  authors: [ann]
  publisher: The Paper
  published: 2025-03-19
  url: https://paper.example/essay
  chosen: the first one that came along
  logged: 2025-03-20
conditions:
  - id: deal
    text: A deal is signed.
    by: 2026-03-19
    resolutions:
      - {outcome: "unmet", known: "2026-03-20", recorded: "2026-03-21", by: "eve",
        evidence: ["https://x.example/d"]}
  - id: vote
    text: A vote is held.
    by: 2026-06-01
predictions:
  - id: aid
    claim: A new aid package is announced.
    quote: highly unlikely that another package is agreed
    negated: true
    logged: 2025-03-20
    deadline: {earliest: 2025-03-19, strict: 2026-03-19, latest: 2026-03-19, basis: default}
    criteria: Yes on a new drawdown.
    settled_by: a readout
    status_quo: "no"
    event: aid
    main: true
    tags: [aid, war]
    forecasts:
      - {words: "highly unlikely", probability: 0.05, low: 0.05, high: 0.20, scale: fl-1, basis: worded}
    resolutions:
      - {outcome: "no", known: "2026-03-20", recorded: "2026-03-21", by: "eve", blind: true,
        evidence: [{searched: "Reuters", on: "2026-03-21"}]}
    corrections:
      - {on: 2025-03-21, by: eve, field: quote, was: "highly unlikly", why: typo}
    replies:
      - {by: ann, on: 2026-04-01, url: "https://ann.example/reply"}
  - id: peace
    claim: The deal ends the war.
    given: deal
    logged: 2025-03-20
    deadline: {earliest: 2025-03-19, strict: 2026-03-19, latest: 2026-03-19, basis: default}
    criteria: Yes if the fighting stops for a month.
    settled_by: a monitor
    forecasts:
      - {words: "will", probability: 0.95, low: 0.85, high: 0.99, scale: fl-1, basis: asserted}
  - id: talks
    claim: The talks go on.
    logged: 2025-03-20
    deadline: {earliest: 2025-03-19, strict: 2025-06-01, latest: 2027-12-31, basis: analyst,
      why: the term ends}
    criteria: Yes if they meet.
    settled_by: a readout
    forecasts:
      - {words: "may", low: 0.25, high: 0.51, scale: fl-1, basis: possible}
  - id: rally
    claim: A rally is held.
    attribution: ascribed
    speaker: bob
    via: ann
    logged: 2025-03-20
    deadline: {earliest: 2025-03-19, strict: 2026-03-19, latest: 2026-03-19, basis: default}
    criteria: Yes if a crowd meets.
    settled_by: the police
    forecasts:
      - {words: "likely", probability: 0.75, low: 0.55, high: 0.80, scale: fl-1, basis: worded}
  - id: rain
    claim: It rains in May.
    speaker: ann-and-bob
    logged: 2026-11-01
    deadline: {words: "in May", earliest: 2025-05-01, strict: 2025-05-31, latest: 2025-05-31, basis: worded,
      rule: in, convention: fl-1}
    criteria: Yes if a station reports rain.
    settled_by: the weather service
    event: rain
    forecasts:
      - {probability: 0.7, basis: stated}
    resolutions:
      - {outcome: "yes", happened: "2025-05", known: "2025-06-01", recorded: "2026-11-01", by: "eve",
        evidence: ["https://x.example/rain"]}
"""


class Site:
    """A Datasette that answers in this process."""

    def __init__(self, path: Path, **settings: Any) -> None:
        self.loop = asyncio.new_event_loop()
        self.datasette = Datasette(
            [],
            immutables=[str(path)],
            metadata=metadata(name=path.stem),
            settings={"suggest_facets": False, **settings},
        )

    def get(self, path: str, **rest: Any) -> Any:
        return self.loop.run_until_complete(self.datasette.client.get(path, **rest))

    def html(self, path: str) -> str:
        response = self.get(path)
        assert response.status_code == 200, f"{path} answers {response.status_code}: {response.text[:300]}"
        return str(response.text)

    def close(self) -> None:
        self.loop.close()
        if self.datasette.executor:
            self.datasette.executor.shutdown()
        for database in self.datasette.databases.values():
            database.close()


def database(folder: Path, *, articles: dict[str, str], today: date = TODAY) -> Path:
    """The database of a ledger with these files."""
    ledger = folder / "predictions"
    ledger.mkdir()
    (ledger / "people.yaml").write_text(PEOPLE, encoding="utf-8")
    for name, text in articles.items():
        (ledger / f"{name}.yaml").write_text(text, encoding="utf-8")
    path = folder / "forecastlog.db"
    build(load(ledger), path, today=today)
    return path


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One article with a no, a void, an open one, an ascribed one that is due, a joint one logged later."""
    own = Site(database(tmp_path_factory.mktemp("site"), articles={"essay": ESSAY}))
    yield own
    own.close()


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The ledger of this repository."""
    path = tmp_path_factory.mktemp("real") / "forecastlog.db"
    build(load(ROOT / "predictions"), path, today=TODAY)
    own = Site(path)
    yield own
    own.close()


NASTY = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> \u202eright to left 😀 {{ 7*7 }} "


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Every text of every record is markup, every link a script, one claim 5,000 characters long."""
    path = database(tmp_path_factory.mktemp("hostile"), articles={"essay": ESSAY})
    texts = {
        "predictions": (
            "claim",
            "quote",
            "criteria",
            "settled_by",
            "note",
            "words",
            "via",
            "logged_by",
            "article_title",
            "event",
            "deadline_words",
            "deadline_why",
            "source",
        ),
        "articles": ("title", "publisher", "chosen", "note", "affiliation", "date_basis"),
        "forecasters": ("name", "affiliation"),
        "conditions": ("text",),
        "forecasts": ("words", "note"),
        "resolutions": ("note", "by"),
        "evidence": ("title", "shows", "searched"),
        "corrections": ("was", "by", "field"),
        "build": ("contact",),
    }
    with closing(sqlite3.connect(path)) as connection:
        for table, columns in texts.items():
            for column in columns:
                connection.execute(f'update {table} set "{column}" = ?', (NASTY,))
        connection.execute("update articles set url = 'javascript:alert(3)', archive = 'data:text/html,x'")
        connection.execute("update evidence set url = 'javascript:alert(4)'")
        connection.execute(
            """update predictions set replies = '[{"by": "x", "on": "y", "url": "javascript:a()"}, 7]'"""
        )
        connection.execute("update predictions set claim = ? where id = 'talks'", ("ж" * 5000,))
        connection.commit()
    own = Site(path)
    yield own
    own.close()
