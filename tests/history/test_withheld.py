"""Words that are withheld are gone from everything that is published; the figures stay, and are counted."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from click.testing import CliRunner

from forecastlog.cli.main import main
from forecastlog.database import build
from forecastlog.ledger import load
from forecastlog.scorebook.own import own_score
from tests.history.repository import TODAY, Repository

SECRETS = (
    "truce is signed",
    "very likely be signed",
    "both sides sign",
    "No truce signed",
    "a remark to hide",
)
MARK = '    withheld: {on: 2026-02-10, why: "a court order"}\n'


def withhold(ledger: Repository) -> None:
    path = ledger.root / "essay.yaml"
    text = path.read_text().replace(
        "    status_quo: no\n", "    status_quo: no\n    note: a remark to hide\n"
    )
    ledger.commit(text.replace("    claim: A truce", f"{MARK}    claim: A truce"), day="2026-02-10")
    ledger.edit(
        "criteria: Yes if both sides sign a truce.", "criteria: Yes if both sides sign it.", day="2026-02-11"
    )


def test_no_table_of_the_database_has_the_words(ledger: Repository, tmp_path: Path) -> None:
    withhold(ledger)
    before = own_score(load(ledger.root).ledger, "truce", TODAY)
    assert before.score == 0.9025
    build(load(ledger.root), tmp_path / "log.db", today=TODAY)
    with closing(sqlite3.connect(tmp_path / "log.db")) as database:
        dump = "\n".join(database.iterdump())
    assert [secret for secret in SECRETS if secret.casefold() in dump.casefold()] == []
    assert "Withheld on 2026-02-10: a court order" in dump


def test_no_command_shows_the_words(ledger: Repository) -> None:
    withhold(ledger)
    where = ("--ledger", str(ledger.root), "--today", TODAY.isoformat())
    for command in (
        ("show", "truce"),
        ("show", "truce", "--json"),
        ("list", "--json"),
        ("audit",),
        ("audit", "--json"),
        ("check",),
        ("due",),
        ("score",),
    ):
        result = CliRunner().invoke(main, [*command, *where])
        said = (result.stdout + result.stderr).casefold()
        assert [secret for secret in SECRETS if secret.casefold() in said] == [], command
