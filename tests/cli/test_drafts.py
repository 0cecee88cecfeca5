"""Drafts are no records yet; what is withheld is one, and appears on its day whatever came of it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from forecastlog.cli.main import main
from forecastlog.database import build
from forecastlog.ledger import load
from tests.history.repository import ARTICLE, Repository
from tests.site.conftest import Site

DRAFT = """\
  - id: idea
    claim: The canal freezes over.
    draft: true
    made: 2025-03-20
    given: frost
    forecasts:
      - {probability: 0.6}
"""
SEALED = """\
  - id: sealed
    claim: The lock is rebuilt.
    withheld_until: 2025-09-01
    logged: 2025-03-20
    deadline: {earliest: 2025-03-20, strict: 2025-06-30, latest: 2025-06-30, basis: analyst, why: the budget}
    criteria: Yes if ships pass.
    restates: aid
    forecasts:
      - {probability: 0.8}
"""
CONDITION = "conditions:\n  - {id: frost, text: A cold winter comes., by: 2025-05-01}\npredictions:\n"
TEXT = ARTICLE.replace("predictions:\n", CONDITION) + DRAFT + SEALED


@pytest.fixture
def ledger(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "desk")
    made.commit(TEXT)
    return made


def run(ledger: Repository, *arguments: str, today: str = "2025-07-10") -> Result:
    return CliRunner().invoke(main, [*arguments, "--ledger", str(ledger.root), "--today", today])


def tables(ledger: Repository, day: date) -> str:
    path = ledger.folder / "out.db"
    build(load(ledger.root), path, today=day)
    with closing(sqlite3.connect(path)) as database:
        return "\n".join(database.iterdump())


def why(ledger: Repository) -> list[str]:
    return [finding.why for finding in ledger.audit() if finding.kind == "draft"]


def test_a_draft_is_in_no_table_no_list_of_what_is_due_and_no_score(ledger: Repository) -> None:
    told = tables(ledger, date(2025, 9, 2))
    assert "canal" not in told
    assert "idea" not in told
    assert "cold winter" not in told  # only the draft depends on it
    assert "The lock is rebuilt." in told
    due = run(ledger, "due", "--json", today="2025-09-02").stdout
    assert '"sealed"' in due
    assert "idea" not in due
    assert "frost" not in due
    listed = run(ledger, "list", "-c", "id", "-c", "status", "--csv").stdout
    assert "idea,draft" in listed
    refused = run(ledger, "resolve", "idea", "yes", "--evidence", "https://x.example/a", "--by", "Eve")
    assert refused.exit_code == 1
    assert "'forecastlog publish idea' logs it first" in refused.stderr


def test_what_a_draft_lacks_is_a_note_until_it_is_published(ledger: Repository) -> None:
    assert run(ledger, "check").exit_code == 0
    refused = run(ledger, "publish", "idea", "--by", "Eve")
    assert refused.exit_code == 1
    assert "lacks 'criteria'" in refused.stderr
    path = ledger.root / "essay.yaml"
    assert path.read_text() == TEXT
    assert (
        run(ledger, "amend", "idea", "--set", "criteria=Yes if one can skate on it.", "--by", "Eve").exit_code
        == 0
    )
    window = "    deadline: {latest: 2025-12-31, basis: analyst, why: winter}\n    given: frost\n"
    path.write_text(path.read_text().replace("    given: frost\n", window))
    done = run(ledger, "publish", "idea", "--by", "Eve")
    assert done.exit_code == 0, done.stderr
    ledger.commit(path.read_text(), day="2025-07-10")
    assert ledger.breaches() == []
    assert why(ledger) == []


def test_a_former_draft_counts_as_logged_from_the_commit_that_ended_it(ledger: Repository) -> None:
    ended = DRAFT.replace("draft: true", "logged: 2025-03-20") + (
        "    deadline: {latest: 2025-12-31, basis: analyst, why: winter}\n"
        "    criteria: Yes if one can skate.\n"
    )
    ledger.commit(TEXT.replace(DRAFT, ended), day="2025-11-20")
    assert [(one.record, one.kind, one.was, one.now) for one in ledger.breaches()] == [
        ("idea", "misdated", "2025-03-20", "2025-11-20")
    ]


def test_the_audit_counts_drafts_that_never_became_records(ledger: Repository) -> None:
    assert why(ledger) == ["not published"]
    late = TEXT.replace("    given: frost\n", "    deadline: {latest: 2025-06-30}\n")
    ledger.commit(late, day="2025-04-01")
    assert why(ledger) == ["past its deadline and not published"]
    ledger.commit(late.replace("id: idea", "id: better\n    was: [idea]"), day="2025-04-02")
    assert why(ledger) == ["past its deadline and not published"]
    ledger.commit(ARTICLE + SEALED, day="2025-04-03")
    assert why(ledger) == ["deleted, never published"]
    told = run(ledger, "audit")
    assert told.exit_code == 1  # the condition of the draft is gone too
    assert "1 draft (1 deleted, never published)" in " ".join(told.stderr.split())


def test_a_record_that_becomes_a_draft_was_removed(ledger: Repository) -> None:
    ledger.edit(
        "    claim: A new aid package", "    draft: true\n    claim: A new aid package", day="2025-05-01"
    )
    assert [(one.record, one.kind, one.level) for one in ledger.breaches()] == [
        ("aid", "vanished", "altered")
    ]


def test_what_is_withheld_is_counted_and_appears_on_its_day(ledger: Repository) -> None:
    before = tables(ledger, date(2025, 8, 31))
    assert "lock is rebuilt" not in before
    assert "sealed" not in before
    path = ledger.folder / "out.db"
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("select withheld, withheld_until, predictions from build").fetchall() == [
            (1, "2025-09-01", 1)
        ]
        logged = database.execute("select record, of from audit where kind = 'logged' order by id").fetchall()
    assert (None, "prediction") in logged
    assert "sealed" in tables(ledger, date(2025, 9, 1))
    ledger.edit("id: sealed", "id: locked\n    was: [sealed]", day="2025-04-02")
    renamed = tables(ledger, date(2025, 8, 31))
    assert "sealed" not in renamed
    assert "locked" not in renamed
    ledger.edit("id: locked\n    was: [sealed]", "id: sealed", day="2025-04-03")
    assert "sealed" not in run(ledger, "score", "--left-out", "--json").stdout
    assert (
        '"sealed"' in run(ledger, "due", "--json").stdout
    )  # its deadline has passed, and somebody has to look


def test_an_embargo_is_neither_added_nor_moved_afterwards(ledger: Repository) -> None:
    ledger.edit(
        "    claim: A new aid", "    withheld_until: 2030-01-01\n    claim: A new aid", day="2025-05-01"
    )
    ledger.edit("withheld_until: 2025-09-01", "withheld_until: 2028-09-01", day="2025-05-02")
    assert [(one.record, one.field, one.was, one.now) for one in ledger.breaches()] == [
        ("aid", "withheld_until", "", "2030-01-01"),
        ("sealed", "withheld_until", "2025-09-01", "2028-09-01"),
    ]
    path = ledger.folder / "out.db"
    build(load(ledger.root), path, today=date(2025, 8, 31))
    site = Site(path)
    assert "What nothing lawful explains" in site.html("/-/method")  # whose records have no page yet
    site.close()


def test_a_day_that_has_come_may_be_taken_out(ledger: Repository) -> None:
    ledger.edit("    withheld_until: 2025-09-01\n", "", day="2025-09-02")
    assert ledger.breaches() == []
