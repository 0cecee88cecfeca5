"""What a finding on an old commit rests on in today's ledger: where that changes, so does the finding."""

from __future__ import annotations

import os
import time
from datetime import date

from forecastlog.history import Finding, audit
from forecastlog.ledger import load
from forecastlog.ledger.indexed import open_indexed
from forecastlog.scorebook.own import own_score
from tests.history.desk import DECIDED, PEOPLE
from tests.history.repository import Repository

LATER = "2026-02-10"
ELSEWHERE = """\
article: {id: other, title: Another, publisher: The Paper, published: 2025-03-19, logged: 2025-03-20}
conditions:
  - {id: talks, text: They talk., by: 2025-06-30}
"""
TALKS = "id: talks\n    text: They talk.\n    by: 2025-06-30\n"
UNMET = """\
    resolutions:
      - {outcome: unmet, known: 2025-07-01, recorded: 2026-03-01, by: eve, evidence: ["https://x.example/a"]}
"""


def of(ledger: Repository, record: str, field: str) -> Finding:
    (found,) = (one for one in ledger.audit() if (one.record, one.field) == (record, field))
    return found


def test_the_condition_in_another_file(ledger: Repository) -> None:
    ledger.commit(ELSEWHERE, name="other.yaml", day="2025-03-20")
    ledger.commit(DECIDED.replace("  - id: aid\n", "  - id: aid\n    given: talks\n"), day="2025-04-01")
    ledger.edit("Yes on a new package.", "Yes on any package.", day="2025-08-01")
    assert not of(ledger, "aid", "criteria").after_outcome
    told = ELSEWHERE.replace("{id: talks, text: They talk., by: 2025-06-30}", f"{TALKS}{UNMET}")
    ledger.commit(told, name="other.yaml", day="2026-03-01")
    assert of(ledger, "aid", "criteria").after_outcome


def test_a_correction_in_the_list_of_people(ledger: Repository) -> None:
    people = PEOPLE.replace(
        "name: Ann Bell\n    also: [A. Bell]", "name: Anne Bell\n    also: [A. Bell, Ann Bell]"
    )
    ledger.commit(people, name="people.yaml", day=LATER)
    levels = [one.level for one in ledger.audit() if one.now == "Anne Bell"]
    told = "corrections: [{on: 2026-02-11, by: eve, field: name, was: Ann Bell, why: name}]"
    ledger.edit("Ann Bell]", f"Ann Bell]\n    {told}", name="people.yaml", day="2026-02-12")
    levels += [one.level for one in ledger.audit() if one.now == "Anne Bell"]
    assert levels == ["altered", "explained"]


def test_a_correction_in_the_settings(ledger: Repository) -> None:
    for day, zone in (("2025-03-20", "Europe/Kyiv"), (LATER, "UTC")):
        ledger.commit(f'format = 1\ntimezone = "{zone}"\n', name="forecastlog.toml", day=day)
    changes = [one.level for one in ledger.audit() if one.field == "timezone" and one.was]
    told = 'on = 2026-02-11\nby = "eve"\nfield = "timezone"\nwas = "Europe/Kyiv"\nwhy = "grouping"\n'
    path = ledger.root / "forecastlog.toml"
    path.write_text(f"{path.read_text()}[[corrections]]\n{told}")
    changes += [one.level for one in ledger.audit() if one.field == "timezone" and one.was]
    assert changes == ["altered", "explained"]


def test_words_that_are_withheld_later(ledger: Repository) -> None:
    ledger.edit("Yes on a new package.", "Yes on any package.", day="2025-08-01")
    assert of(ledger, "aid", "criteria").was == "Yes on a new package."
    ledger.edit(
        "    event: aid-2025\n",
        "    event: aid-2025\n    withheld: {on: 2026-03-01, why: on request}\n",
        day="2026-03-01",
    )
    found = [one for one in ledger.audit() if one.record == "aid" and one.field == "criteria"]
    assert {one.was for one in found} == {"(withheld)"}


def test_the_day_of_the_audit(ledger: Repository) -> None:
    """What became of the condition counts from the day it was recorded, in whatever order the audits come."""
    told = ELSEWHERE.replace("{id: talks, text: They talk., by: 2025-06-30}", f"{TALKS}{UNMET}")
    ledger.commit(told, name="other.yaml", day="2026-03-01")
    ledger.commit(DECIDED.replace("  - id: aid\n", "  - id: aid\n    given: talks\n"), day="2026-03-01")
    ledger.edit("Yes on a new package.", "Yes on any package.", day="2026-03-01")
    after = []
    for month in (2, 11, 2, 3, 2):
        today = date(2026, month, 1)
        kept = audit(open_indexed(ledger.root), today=today, score=own_score)
        assert kept == audit(load(ledger.root), today=today, score=own_score)
        after += [one.after_outcome for one in kept if (one.record, one.field) == ("aid", "criteria")]
    assert after == [False, True, False, True, False]


def test_files_of_which_the_index_knows_git_s_digest(ledger: Repository) -> None:
    """What stands in for a file that was written long ago is not taken for one that changed."""
    for path in ledger.root.glob("*"):
        os.utime(path, (time.time() - 100,) * 2)
    assert ledger.audit() == ledger.audit()
    path = ledger.root / "essay.yaml"
    path.write_text(path.read_text().replace("probability: 0.6", "probability: 0.7"))
    assert [one.commit for one in ledger.breaches()] == ["not committed"]
