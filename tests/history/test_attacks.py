"""What somebody may try after the event, in plain git with an editor: each is named, and the audit fails.

The bad call is a truce at 95 % that did not come: Brier 0.9025.
"""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from forecastlog.errors import Refused
from forecastlog.history import audit, builds_on
from forecastlog.ledger import load
from forecastlog.ledger.index import index_path
from forecastlog.ledger.indexed import open_indexed
from forecastlog.scorebook.own import own_score
from tests.history.desk import DECIDED, ESSAY, LAPSED, PEOPLE
from tests.history.repository import TODAY, Repository

LATER = "2026-02-10"
ENTRY = (
    '      - {{outcome: "{}", known: "{}", recorded: "{}", by: "{}", {}evidence: ["https://x.example/b"]}}\n'
)
FLOW = DECIDED.replace(
    LAPSED, "    resolutions:\n" + ENTRY.format("no", "2026-01-01", "2026-01-02", "eve", "")
)


def entry(
    outcome: str, *, known: str = "2026-01-01", recorded: str = LATER, by: str = "eve", more: str = ""
) -> str:
    return ENTRY.format(outcome, known, recorded, by, more)


EDITS = {
    "the probability": ("probability: 0.95", "probability: 0.05"),
    "its band": ("low: 0.85", "low: 0.05"),
    "the words": ('words: "very likely"', 'words: "unlikely"'),
    "the scale": ("scale: fl-1, basis: worded", "scale: other, basis: worded"),
    "the basis": ("scale: fl-1, basis: worded", "scale: fl-1, basis: judged"),
    "the claim": ("A truce is signed by the end of 2025.", "A truce is not signed by the end of 2025."),
    "the quote": ("a truce will very likely be signed", "a truce may be signed"),
    "the criteria": ("both sides sign", "one side offers"),
    "the deadline": (
        "strict: 2025-12-31, latest: 2025-12-31, basis: worded",
        "strict: 2026-12-31, latest: 2026-12-31, basis: worded",
    ),
    "words of the deadline": ('words: "this year"', 'words: "some day"'),
    "logged": (
        "    logged: 2025-03-20\n    deadline: {words",
        "    logged: 2025-03-25\n    deadline: {words",
    ),
    "the speaker": ("speaker: Ann Bell", "speaker: Carl Dorn"),
    "the status quo": ("status_quo: no", "status_quo: yes"),
    "the event": ("event: truce-2025", "event: aid-2025"),
    "a tag gone": ("tags: [war]", "tags: [peace]"),
    "main": ("    tags: [war]\n", "    tags: [war]\n    main: yes\n"),
    "hedges": ("    tags: [war]\n", "    tags: [war]\n    hedges: aid\n"),
    "reverses": ("    tags: [war]\n", "    tags: [war]\n    reverses: aid\n"),
    "restates": ("    tags: [war]\n", "    tags: [war]\n    restates: aid\n"),
    "given": ("    tags: [war]\n", "    tags: [war]\n    given: talks-start\n"),
    "withdrawn": (
        "    tags: [war]\n",
        "    tags: [war]\n    withdrawn: {on: 2025-05-01, url: https://x.example/w}\n",
    ),
    "attribution": ("    tags: [war]\n", "    tags: [war]\n    attribution: reported\n"),
    "negated": ("    tags: [war]\n", "    tags: [war]\n    negated: yes\n"),
    "via": ("    tags: [war]\n", "    tags: [war]\n    via: Carl Dorn\n"),
    "stance": ("    tags: [war]\n", "    tags: [war]\n    stance: disputes\n"),
    "text": ("    tags: [war]\n", "    tags: [war]\n    text: paraphrased\n"),
    "made": ("    tags: [war]\n", "    tags: [war]\n    made: 2025-12-30\n"),
    "source": ("    tags: [war]\n", "    tags: [war]\n    source: elsewhere\n"),
    "settled_by": ("    tags: [war]\n", "    tags: [war]\n    settled_by: The Paper\n"),
    "until": ("scale: fl-1, basis: worded}", "scale: fl-1, basis: worded, until: 2025-03-20}"),
    "made of the forecast": ("scale: fl-1, basis: worded}", "scale: fl-1, basis: worded, made: 2025-12-01}"),
    "by of the forecast": ("scale: fl-1, basis: worded}", "scale: fl-1, basis: worded, by: Carl Dorn}"),
    "the outcome": ('outcome: "no"', 'outcome: "yes"'),
    "known": ('known: "2026-01-01"', 'known: "2025-12-31"'),
    "recorded": ('recorded: "2026-01-02"', 'recorded: "2026-01-03"'),
    "the resolver": ('by: "eve"', 'by: "adam"'),
    "happened": ('known: "2026-01-01"', 'known: "2026-01-01"\n        happened: "2025-12-01"'),
    "settles": ('        by: "eve"', '        by: "eve"\n        settles: yes'),
    "blind": ('        by: "eve"', '        by: "eve"\n        blind: yes'),
    "evidence": ("https://x.example/a", "https://x.example/other"),
    "title of the evidence": ("No truce signed", "A truce of sorts"),
    "day of the evidence": ("published: 2025-12-31}", "published: 2025-06-30}"),
    "publisher": ("publisher: The Paper", "publisher: Another Paper"),
    "title": ("title: An essay on the truce", "title: An essay on aid"),
    "address": ("paper.example/essay", "paper.example/other"),
    "published": ("published: 2025-03-19\n", "published: 2025-03-01\n"),
    "authors": ("  publisher: The Paper\n", "  publisher: The Paper\n  authors: [Carl Dorn]\n"),
    "coverage": ("  publisher: The Paper\n", "  publisher: The Paper\n  coverage: every claim\n"),
    "text of a condition": ("The talks start by the summer.", "The talks are announced."),
    "day of a condition": ("by: 2025-06-30", "by: 2026-06-30"),
    "subject": (
        ", basis: worded}\n    criteria: Yes if both",
        ", basis: worded, subject: Trump}\n    criteria: Yes if both",
    ),
    "holds": (
        ", basis: worded}\n    criteria: Yes if both",
        ", basis: worded, holds: throughout}\n    criteria: Yes if both",
    ),
    "replaces": ("    tags: [war]\n", "    tags: [war]\n    replaces: aid\n"),
    "draft": ("    tags: [war]\n", "    tags: [war]\n    draft: yes\n"),
    "withheld until": ("    tags: [war]\n", "    tags: [war]\n    withheld_until: 2030-01-01\n"),
    "opened": ("    tags: [war]\n", "    tags: [war]\n    opened: 2025-06-01\n"),
    "closes": ("    tags: [war]\n", "    tags: [war]\n    closes: 2025-03-20\n"),
    "whose judgement": ("scale: fl-1, basis: worded}", "scale: fl-1, basis: judged, judged_by: eve}"),
    "what the judge knew": ("scale: fl-1, basis: worded}", "scale: fl-1, basis: worded, outcome_known: yes}"),
    "scale of the forecast": ("scale: fl-1, basis: worded}", "scale: uk_phia, basis: worded}"),
    "article of the forecast": ("scale: fl-1, basis: worded}", "scale: fl-1, basis: worded, article: essay}"),
    "address of the forecast": (
        "scale: fl-1, basis: worded}",
        'scale: fl-1, basis: worded, url: "https://x.example/f"}',
    ),
    "stance of the forecast": (
        "scale: fl-1, basis: worded}",
        "scale: fl-1, basis: worded, stance: disputes}",
    ),
    "denial of the forecast": ("scale: fl-1, basis: worded}", "scale: fl-1, basis: worded, negated: yes}"),
    "convention of the deadline": (
        ", basis: worded}\n    criteria: Yes if both",
        ", basis: worded, convention: fl-2}\n    criteria: Yes if both",
    ),
    "basis of the deadline": (
        ", basis: worded}\n    criteria: Yes if both",
        ", basis: stated}\n    criteria: Yes if both",
    ),
    "a clock": (
        ", basis: worded}\n    criteria: Yes if both",
        ", basis: worded, after: given, within: 3 years}\n    criteria: Yes if both",
    ),
    "what the evidence shows": (
        'title: "No truce signed"',
        'title: "No truce signed", superseded: 2026-02-10',
    ),
    "kind of events": (
        "  publisher: The Paper\n",
        "  publisher: The Paper\n  events: prediction\n  events_why: unrelated\n",
    ),
    "who read it": ("  publisher: The Paper\n", "  publisher: The Paper\n  coders: [eve, adam]\n"),
    "how it was chosen": (
        "  publisher: The Paper\n",
        "  publisher: The Paper\n  chosen: because it failed\n",
    ),
    "a paraphrase": ("  publisher: The Paper\n", "  publisher: The Paper\n  text: paraphrased\n"),
    "a retraction": ("  publisher: The Paper\n", "  publisher: The Paper\n  retracted: {on: 2026-01-05}\n"),
    "days it may be of": (
        "  publisher: The Paper\n",
        "  publisher: The Paper\n  published_range: 2024-01-01/2025-03-19\n",
    ),
    "the id": ("  - id: truce\n", "  - id: truce-2\n"),
    "an id taken over": ("  - id: truce\n", "  - id: truce-2\n    was: [aid]\n"),
}


@pytest.mark.parametrize(("old", "new"), EDITS.values(), ids=EDITS)
def test_a_value_changed_or_added_after_the_outcome(ledger: Repository, old: str, new: str) -> None:
    ledger.edit(old, new, day=LATER)
    assert "altered" in {finding.level for finding in ledger.breaches()}


@pytest.mark.parametrize("name", ["the probability", "restates", "the outcome", "publisher", "known"])
def test_the_same_before_it_is_committed(ledger: Repository, name: str) -> None:
    path = ledger.root / "essay.yaml"
    path.write_text(path.read_text().replace(*EDITS[name]))
    assert {finding.commit for finding in ledger.breaches()} == {"not committed"}


def test_the_score_before_and_after_is_told(ledger: Repository) -> None:
    ledger.edit("probability: 0.95", "probability: 0.15", day=LATER)
    (finding,) = ledger.breaches()
    assert (finding.score_was, finding.score_now) == (0.9025, 0.0225)


def test_a_value_added_the_day_after_logging_is_told_where_the_outcome_came_in_between(
    tmp_path: Path,
) -> None:
    """Logged in advance and decided on the next day: what is added then is no part of logging it."""
    soon = Repository(tmp_path / "desk")
    (soon.root / "people.yaml").write_text(PEOPLE)
    soon.commit(ESSAY)
    came = (
        LAPSED.replace('"no"', '"yes"')
        .replace("2026-01-01", "2025-03-21")
        .replace("2026-01-02", "2025-03-21")
    )
    soon.commit(ESSAY.replace("  - id: aid\n", f"{came}  - id: aid\n"), day="2025-03-21")
    soon.edit("    tags: [war]\n", "    tags: [war]\n    main: yes\n", day="2025-03-21")
    assert [one.field for one in soon.breaches() if one.kind == "added"] == ["main"]


@pytest.mark.parametrize(
    "added",
    [
        entry("yes", recorded="2025-12-20", known="2025-12-20"),
        entry("yes", recorded="2026-01-03"),
        entry("void", recorded="2026-01-03", more="reason: mislogged, "),
        entry("yes", recorded="2026-01-03", by="a-friend", more="settles: true, "),
        entry("yes", recorded=LATER, by="a-friend", more="settles: true, "),
        entry("no", recorded=LATER, known="2026-03-10"),
    ],
    ids=[
        "before the first",
        "the same person's",
        "void",
        "a friend's",
        "a friend's of today",
        "known in the future",
    ],
)
def test_a_second_resolution_that_the_history_does_not_bear_out(ledger: Repository, added: str) -> None:
    text = DECIDED.replace("  - id: aid\n", f"{added}  - id: aid\n")
    ledger.commit(text, day=LATER)
    assert ledger.breaches()


def test_a_resolution_set_back_with_the_authors_day_too(ledger: Repository) -> None:
    added = entry("yes", recorded="2025-12-20", known="2025-12-20")
    ledger.commit(DECIDED.replace("  - id: aid\n", f"{added}  - id: aid\n"), day=LATER, written="2025-12-20")
    assert not [finding for finding in ledger.breaches() if finding.level == "altered"]
    # eve's later entry stands whatever day this one has: nothing rests on it.
    added = entry("yes", recorded="2026-01-01", by="adam", more="")
    ledger.commit(DECIDED.replace("  - id: aid\n", f"{added}  - id: aid\n"), day=LATER, written="2026-01-01")
    assert ledger.breaches()


def planted(*, logged: str, known: str, recorded: str, happened: str = "") -> str:
    day = f'happened: "{happened}", ' if happened else ""
    return f"""\
  - id: planted
    claim: The minister resigns.
    speaker: Ann Bell
    logged: {logged}
    deadline: {{earliest: 2025-03-19, strict: 2026-12-31, latest: 2026-12-31, basis: default}}
    criteria: Yes if the minister resigns.
    forecasts:
      - {{probability: 0.97}}
    resolutions:
{entry("yes", known=known, recorded=recorded, more=day)}"""


@pytest.mark.parametrize(
    "record",
    [
        planted(logged="2025-03-20", known="2026-02-01", recorded="2026-02-01"),
        planted(logged="2026-02-09", known=LATER, recorded=LATER),
        planted(logged=LATER, known="2026-02-11", recorded="2026-02-11"),
        planted(logged=LATER, known="2026-03-11", recorded="2026-03-11", happened="2026-02-01"),
    ],
    ids=["dated back", "a day before", "known tomorrow", "known later"],
)
def test_a_record_planted_after_the_event(ledger: Repository, record: str) -> None:
    ledger.commit(DECIDED + record, day=LATER)
    assert {finding.level for finding in ledger.breaches()} == {"misdated"}


@pytest.mark.parametrize("written", ["", "2025-03-20"])
def test_a_record_planted_and_resolved_a_month_later(ledger: Repository, written: str) -> None:
    whole = planted(logged="2025-03-20", known="2026-02-01", recorded="2026-03-11")
    ledger.commit(DECIDED + whole.partition("    resolutions:")[0], day=LATER, written=written)
    ledger.commit(DECIDED + whole, day="2026-03-11")
    assert {(finding.level, finding.field) for finding in ledger.breaches()} == {("misdated", "logged")}


def test_a_commit_dated_before_its_parent(ledger: Repository) -> None:
    record = planted(logged="2025-03-20", known="2026-02-01", recorded="2026-02-01").partition(
        "    resolutions:"
    )[0]
    ledger.commit(DECIDED + record, day="2025-03-20")
    assert [(finding.of, finding.now) for finding in ledger.breaches()] == [("commit", "2026-01-02")]


def test_a_history_that_goes_back_a_day_at_a_time(ledger: Repository) -> None:
    for day in ("2026-01-01", "2025-12-31", "2025-12-30"):
        ledger.git("commit", "-q", "--allow-empty", "-m", "nothing", day=day)
    record = planted(logged="2025-12-29", known="2026-01-01", recorded="2026-01-01").partition(
        "    resolutions:"
    )[0]
    ledger.commit(DECIDED + record, day="2025-12-29")
    assert [finding.of for finding in ledger.breaches()] == ["commit"]


@pytest.mark.parametrize(
    "added",
    [
        '      - {probability: 0.05, made: 2025-04-01, logged: 2025-04-01, quote: "no truce"}\n',
        '      - {probability: 0.05, made: 2025-04-01, quote: "no truce"}\n',
        "      - {probability: 0.05, made: 2025-12-31, logged: 2025-12-31}\n",
    ],
)
def test_a_forecast_dated_back(ledger: Repository, added: str) -> None:
    ledger.commit(DECIDED.replace(f"{LAPSED}", f"{added}{LAPSED}"), day=LATER)
    assert "misdated" in {finding.level for finding in ledger.breaches()}


SWAPPED = PEOPLE.replace("name: Ann Bell\n    also: [A. Bell]", "name: Carl Dorn").replace(
    "id: carl-dorn\n    name: Carl Dorn", "id: carl-dorn\n    name: Ann Bell"
)
PEOPLE_EDITS = {
    "a spelling of somebody else": PEOPLE.partition("  - id: ann-bell")[0]
    + "  - id: carl-dorn\n    name: Carl Dorn\n    also: [Ann Bell]\n",
    "swapped": SWAPPED,
    "given to a new name": PEOPLE.replace(
        "id: ann-bell\n    name: Ann Bell", "id: zoe\n    name: Zoe"
    ).replace("[A. Bell]", "[A. Bell, Ann Bell]"),
    "another name that keeps the old": PEOPLE.replace("name: Ann Bell", "name: Zoe").replace(
        "[A. Bell]", "[A. Bell, Ann Bell]"
    ),
    "a name without the old one": PEOPLE.replace("name: Ann Bell", "name: Zoe"),
}


@pytest.mark.parametrize("people", PEOPLE_EDITS.values(), ids=PEOPLE_EDITS)
def test_a_record_that_moves_to_somebody_else(ledger: Repository, people: str) -> None:
    ledger.commit(people, day=LATER, name="people.yaml")
    assert "altered" in {finding.level for finding in ledger.breaches()}


def test_half_of_a_persons_records_under_a_new_id(ledger: Repository) -> None:
    ledger.edit("speaker: Ann Bell", "speaker: Anne Bell", day=LATER)
    assert [(finding.field, finding.was) for finding in ledger.breaches()] == [("speaker", "ann-bell")]


def test_events_renamed_in_all_records(ledger: Repository) -> None:
    ledger.commit(
        DECIDED.replace("event: truce-2025", "event: a").replace("event: aid-2025", "event: b"), day=LATER
    )
    assert [finding.record for finding in ledger.breaches()] == ["truce", "aid"]


@pytest.mark.parametrize(
    "text",
    [
        'format = 1\ntimezone = "Asia/Tokyo"\n',
        'format = 1\nscale = "fl-1"\nevents = "prediction"\nevents_why = "a list"\n',
    ],
)
def test_settings_that_move_figures(ledger: Repository, text: str) -> None:
    ledger.commit(text, day=LATER, name="forecastlog.toml")
    assert [finding.of for finding in ledger.breaches()] == ["settings"]


def corrected(field: str, was: str, why: str, text: str = DECIDED, on: str = LATER) -> str:
    note = (
        f'    corrections:\n      - {{on: "{on}", by: "eve", field: "{field}", was: "{was}", why: "{why}"}}\n'
    )
    return text.replace("    resolutions:\n", f"{note}    resolutions:\n", 1)


UNLAWFUL = {
    "a slip in a probability": (
        "probability: 0.95",
        "probability: 0.05",
        "forecasts.probability",
        "0.95",
        "typo",
    ),
    "a slip in an outcome": ('outcome: "no"', 'outcome: "yes"', "outcome", "no", "typo"),
    "a slip that turns the claim": (
        "A truce is signed",
        "A truce is not signed",
        "claim",
        "A truce is signed by the end of 2025.",
        "typo",
    ),
    "a slip in the deadline": (
        "strict: 2025-12-31, latest: 2025-12-31, basis: worded",
        "strict: 2026-12-31, latest: 2026-12-31, basis: worded",
        "latest",
        "2025-12-31",
        "typo",
    ),
    "a slip of a year": (
        "by the end of 2025.\n    quote",
        "by the end of 2026.\n    quote",
        "claim",
        "A truce is signed by the end of 2025.",
        "typo",
    ),
    "a slip that makes another word": (
        "both sides sign",
        "both sides sigh",
        "criteria",
        "Yes if both sides sign a truce.",
        "typo",
    ),
    "a slip that drops a word": (
        "if both sides",
        "if sides",
        "criteria",
        "Yes if both sides sign a truce.",
        "typo",
    ),
    "a slip in words of likelihood": (
        "will very likely be",
        "will very likley be",
        "quote",
        "a truce will very likely be signed",
        "typo",
    ),
    "a slip in a day": ('words: "this year"', 'words: "this yaer"', "deadline.words", "this year", "typo"),
    "a reading": ("probability: 0.95", "probability: 0.05", "probability", "0.95", "reading"),
    "criteria": (
        "both sides sign",
        "one side signs",
        "criteria",
        "Yes if both sides sign a truce.",
        "criteria",
    ),
    "a grouping of the probability": (
        "probability: 0.95",
        "probability: 0.05",
        "probability",
        "0.95",
        "grouping",
    ),
    "a withdrawal without an address": (
        "    tags: [war]\n",
        "    tags: [war]\n    withdrawn: {on: 2025-05-01}\n",
        "withdrawn",
        "",
        "withdrawal",
    ),
    "a source that replaces the old": (
        "https://x.example/a",
        "https://x.example/b",
        "evidence",
        "https://x.example/a",
        "source",
    ),
    "words of another source": (
        "quote: a truce will very likely be signed",
        "quote: a truce might be signed",
        "quote",
        "a truce will very likely be signed",
        "source",
    ),
    "another value before": ("event: truce-2025", "event: other", "event", "something", "grouping"),
    "misattributed, and another figure": (
        "probability: 0.95, low",
        "by: Carl Dorn, probability: 0.05, low",
        "forecasts",
        "x",
        "misattributed",
    ),
    "a name of somebody else": ("speaker: Ann Bell", "speaker: Carl Dorn", "speaker", "ann-bell", "name"),
}


@pytest.mark.parametrize("case", UNLAWFUL.values(), ids=UNLAWFUL)
def test_a_correction_that_explains_nothing(ledger: Repository, case: tuple[str, str, str, str, str]) -> None:
    old, new, field, was, why = case
    ledger.commit(corrected(field, was, why, DECIDED.replace(old, new)), day=LATER)
    assert "altered" in {finding.level for finding in ledger.breaches()}


def test_one_word_becomes_another_slip_by_slip(ledger: Repository) -> None:
    was = "Yes if both sides sign a truce."
    note = '      - {{on: {}, by: "eve", field: "criteria", was: "{}", why: "typo"}}\n'
    head = "    corrections:\n" + note.format(LATER, was)
    first = DECIDED.replace("sides sign", "sides sigm").replace(
        "    resolutions:\n", f"{head}    resolutions:\n", 1
    )
    ledger.commit(first, day=LATER)
    assert ledger.breaches() == []
    more = head + note.format("2026-02-12", was.replace("sign", "sigm"))
    ledger.commit(first.replace("sides sigm", "sides sigh").replace(head, more), day="2026-02-12")
    assert [(finding.field, finding.now) for finding in ledger.breaches()] == [
        ("criteria", was.replace("sign", "sigh"))
    ]


def test_a_correction_that_is_gone(ledger: Repository) -> None:
    ledger.commit(
        corrected("event", "truce-2025", "grouping").replace("event: truce-2025", "event: x"), day=LATER
    )
    ledger.commit(DECIDED.replace("event: truce-2025", "event: x"), day="2026-02-11")
    assert "corrections" in "".join(finding.field for finding in ledger.breaches())


def test_blobs_deleted_after_an_edit(ledger: Repository) -> None:
    blob = ledger.git("rev-parse", "HEAD:predictions/essay.yaml").strip()
    ledger.edit("probability: 0.95", "probability: 0.15", day=LATER)
    ledger.audit()  # what the blob says is kept, and git is asked for it all the same
    (ledger.folder / ".git/objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(Refused, match="history is not whole"):
        ledger.audit()


def test_a_fresh_audit_reads_what_was_kept(ledger: Repository) -> None:
    ledger.edit("probability: 0.95", "probability: 0.15", day=LATER)
    found = ledger.audit()
    for fresh in (False, True):
        loaded = open_indexed(ledger.root)
        assert loaded.index is not None
        assert audit(loaded, today=TODAY, score=own_score, fresh=fresh) == found
    with sqlite3.connect(index_path(ledger.root)) as index:
        kept = {name for (name,) in index.execute("select name from parts where name like 'history%'")}
        index.execute("update parts set data = substr(data, 2) where name like 'history%'")
    assert kept >= {"history _article", "history _people", "history audit"}
    assert ledger.audit() == found


def test_a_blob_that_stands_under_anothers_name(ledger: Repository) -> None:
    old = ledger.git("rev-parse", "HEAD:predictions/essay.yaml").strip()
    ledger.edit("probability: 0.95", "probability: 0.15", day=LATER)
    new = ledger.git("rev-parse", "HEAD:predictions/essay.yaml").strip()
    objects = ledger.folder / ".git/objects"
    target = objects / old[:2] / old[2:]
    target.chmod(0o644)
    shutil.copy(objects / new[:2] / new[2:], target)
    with pytest.raises(Refused, match="history is not whole"):
        ledger.audit()


@pytest.mark.parametrize("kind", ["tree", "commit"])
def test_other_objects_that_are_gone(ledger: Repository, kind: str) -> None:
    name = ledger.git("rev-parse", "HEAD:predictions" if kind == "tree" else "HEAD~1").strip()
    ledger.edit("probability: 0.95", "probability: 0.15", day=LATER)
    (ledger.folder / ".git/objects" / name[:2] / name[2:]).unlink()
    with pytest.raises(Refused):
        ledger.audit()


def test_grafts_and_replaced_commits_hide_nothing(ledger: Repository) -> None:
    ledger.edit("probability: 0.95", "probability: 0.15", day=LATER)
    assert ledger.git("cat-file", "-t", "HEAD~1").strip() == "commit"
    ledger.git("replace", "HEAD~1", ledger.git("commit-tree", "HEAD^{tree}", "-m", "x").strip())
    (ledger.folder / ".git/info").mkdir(exist_ok=True)
    (ledger.folder / ".git/info/grafts").write_text(ledger.git("rev-parse", "HEAD"))
    assert [finding.field for finding in ledger.breaches()] == ["forecasts[ann-bell 2025-03-19].probability"]


def test_a_repository_that_git_calls_unsafe_is_not_audited(
    ledger: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    with pytest.raises(Refused, match="git calls this repository unsafe"):
        ledger.audit()


def test_a_history_made_anew_is_unmasked_by_whoever_saw_the_old_one(ledger: Repository) -> None:
    seen = ledger.git("rev-parse", "HEAD").strip()
    builds_on(load(ledger.root), seen[:12])
    shutil.rmtree(ledger.folder / ".git")
    ledger.git("init", "-q", "-b", "main")
    ledger.commit(ESSAY.replace("0.95", "0.15"))
    ledger.commit(DECIDED.replace("0.95", "0.15"), day="2026-01-02")
    assert ledger.breaches() == []
    with pytest.raises(Refused, match="does not build on"):
        builds_on(load(ledger.root), seen[:12])


def test_a_side_branch_that_was_never_merged_is_no_ancestor(ledger: Repository) -> None:
    ledger.git("checkout", "-q", "-b", "side")
    ledger.commit(DECIDED + "\n", day=LATER)
    side = ledger.git("rev-parse", "HEAD").strip()
    ledger.git("checkout", "-q", "main")
    with pytest.raises(Refused, match="does not build on"):
        builds_on(load(ledger.root), side)


def test_an_evil_merge_adds_what_neither_side_had(ledger: Repository) -> None:
    ledger.git("checkout", "-q", "-b", "side")
    ledger.commit("x", day=LATER, name="unused.txt")
    ledger.git("checkout", "-q", "main")
    ledger.commit("y", day=LATER, name="other.txt")
    ledger.git("merge", "-q", "--no-ff", "--no-commit", "side")
    ledger.commit(DECIDED.replace("    tags: [war]\n", "    tags: [war]\n    restates: aid\n"), day=LATER)
    assert [finding.field for finding in ledger.breaches()] == ["restates"]


def test_since_the_attack_is_still_named_by_the_whole_history(ledger: Repository) -> None:
    ledger.edit("probability: 0.95", "probability: 0.15", day=LATER)
    ledger.edit("probability: 0.15", "probability: 0.95", day="2026-02-12")
    assert len(ledger.breaches()) == 2


def test_two_entries_of_one_day_in_another_order(tmp_path: Path) -> None:
    first, second = (entry(outcome, recorded="2026-01-02") for outcome in ("yes", "no"))
    head, _, tail = ESSAY.partition("  - id: aid\n")
    made = Repository(tmp_path / "desk")
    made.commit(ESSAY)
    for day, entries in (("2026-01-02", first + second), (LATER, second + first)):
        made.commit(f"{head}    resolutions:\n{entries}  - id: aid\n{tail}", day=day)
    assert {finding.level for finding in made.breaches()} == {"altered"}


def test_a_condition_resolved_with_a_day_set_back(ledger: Repository) -> None:
    given = DECIDED.replace(
        "    by: 2025-06-30\n",
        "    by: 2025-06-30\n    resolutions:\n" + entry("unmet", known="2025-07-01", recorded="2025-07-01"),
    )
    ledger.commit(given, day=LATER)
    assert [finding.record for finding in ledger.breaches()] == ["talks-start"]


@pytest.mark.parametrize("name", ["imports/essay.yaml", "essay.yml", ".essay.yaml"])
def test_a_file_put_where_it_is_not_read(ledger: Repository, name: str) -> None:
    (ledger.root / "essay.yaml").unlink()
    ledger.commit(DECIDED, day=LATER, name=name)
    assert {"truce", "aid"} <= {finding.record for finding in ledger.breaches()}


def test_a_second_record_of_the_same_id_in_front_of_the_first(ledger: Repository) -> None:
    ledger.commit(
        DECIDED.replace("id: essay", "id: another").replace("0.95", "0.15"), day=LATER, name="a.yaml"
    )
    assert "truce" in {finding.record for finding in ledger.breaches()}


def test_today_is_before_the_commits(ledger: Repository) -> None:
    ledger.edit("probability: 0.95", "probability: 0.15", day=LATER)
    found = audit(load(ledger.root), today=TODAY.replace(year=2025))
    assert any(finding.breach for finding in found)


@pytest.mark.parametrize(
    "added",
    [
        entry("yes", recorded="2026-01-02"),
        entry("yes", recorded="2026-01-02", known="2025-12-20"),
        entry("void", recorded="2026-01-02", more="reason: mislogged, "),
    ],
)
@pytest.mark.parametrize("before", ["    resolutions:\n", "  - id: aid\n"], ids=["above", "below"])
def test_an_entry_of_the_day_on_which_the_same_person_had_resolved_it(
    ledger: Repository, added: str, before: str
) -> None:
    new = before + added if before.startswith("    ") else added + before
    ledger.commit(DECIDED.replace(before, new), day=LATER)
    assert "misdated" in {finding.level for finding in ledger.breaches()}


EVENT = "events:\n  - id: truce-2025\n    question: Does the war stop?\n"
ENDED = EVENT + "    ended: No truce was signed.\n"


@pytest.mark.parametrize(
    "then",
    [
        ENDED.replace("No truce was signed.", "It came, as Ann said."),
        ENDED.replace("Does the war stop?", "Does the war go on?"),
        EVENT,
        "events:\n  - id: aid-2025\n",
    ],
    ids=["how it ended", "its question", "how it ended, gone", "the entry, gone"],
)
def test_what_an_event_was_said_to_be(ledger: Repository, then: str) -> None:
    ledger.commit(EVENT, day="2026-01-02", name="events.yaml")
    ledger.commit(ENDED, day="2026-01-03", name="events.yaml")
    assert ledger.breaches() == []
    ledger.commit(then, day=LATER, name="events.yaml")
    ((of, record, level),) = {(one.of, one.record, one.level) for one in ledger.breaches()}
    assert (of, record, level) == ("event", "truce-2025", "altered")


def test_how_an_event_ended_is_mended_with_a_correction_or_under_another_name(ledger: Repository) -> None:
    ledger.commit(ENDED, day="2026-01-03", name="events.yaml")
    told = (
        "    corrections:\n"
        '      - {on: 2026-02-10, by: eve, field: ended, was: "No truce was signed.", why: source}\n'
    )
    mended = ENDED.replace("No truce was signed.", "A truce was signed in secret.") + told
    ledger.commit(mended, day=LATER, name="events.yaml")
    (finding,) = [one for one in ledger.audit() if one.of == "event" and one.level == "explained"]
    assert (finding.field, finding.was, finding.why) == ("ended", "No truce was signed.", "source")
    ledger.commit(mended.replace("truce-2025", "war-2025"), day="2026-02-11", name="events.yaml")
    assert ledger.breaches() == []


@pytest.mark.parametrize(
    "more", ["    kind: model\n", "    kind: joint\n    members: [carl-dorn, ann-bell]\n"]
)
def test_what_somebody_is_said_to_be_once_a_record_is_decided(ledger: Repository, more: str) -> None:
    entry = "    also: [A. Bell]\n"
    ledger.edit(
        "    name: Carl Dorn\n", "    name: Carl Dorn\n    kind: desk\n", day=LATER, name="people.yaml"
    )
    assert ledger.breaches() == [], "nothing of his is decided"
    ledger.edit(entry, entry + more, day=LATER, name="people.yaml")
    added = {one.field for one in ledger.breaches() if one.level == "altered"}
    assert "kind" in added
    told = "    corrections:\n" + "".join(
        f'      - {{on: 2026-02-11, by: eve, field: {field}, was: "", why: grouping}}\n'
        for field in ("kind", "members")
    )
    ledger.edit(entry + more, entry + more + told, day="2026-02-11", name="people.yaml")
    assert ledger.breaches() == []


def test_what_somebody_is_said_to_be_before_anything_is_decided(tmp_path: Path) -> None:
    ledger = Repository(tmp_path / "new")
    (ledger.root / "people.yaml").write_text(PEOPLE)
    ledger.commit(ESSAY)
    ledger.edit(
        "    name: Carl Dorn\n", "    name: Carl Dorn\n    kind: desk\n", day="2025-03-21", name="people.yaml"
    )
    assert ledger.breaches() == []


@pytest.mark.parametrize(
    ("said", "breaches"), [("{on: 2026-02-01}", 1), ("{on: 2026-02-01, url: https://x.example/r}", 0)]
)
def test_a_retraction_after_the_outcome_has_an_address(ledger: Repository, said: str, breaches: int) -> None:
    ledger.edit("  publisher: The Paper\n", f"  publisher: The Paper\n  retracted: {said}\n", day=LATER)
    assert len(ledger.breaches()) == breaches


def test_a_source_is_superseded_by_another(ledger: Repository) -> None:
    old = "published: 2025-12-31}"
    better = '\n          - {url: "https://x.example/b", title: "No truce", published: 2026-01-01}'
    ledger.edit(old, old.replace("}", ", superseded: 2026-02-10}") + better, day=LATER)
    assert ledger.breaches() == []
    ledger.edit("published: 2026-01-01}", "published: 2026-01-01, superseded: 2026-02-11}", day="2026-02-11")
    (finding,) = ledger.breaches()
    assert finding.field.endswith("evidence[https://x.example/b].superseded")


@pytest.mark.parametrize(
    "broken", [("probability: 0.95", "probability: 0,95"), ("  - id: aid\n", "  - id: truce\n")]
)
def test_a_file_that_cannot_be_read_whole_today(ledger: Repository, broken: tuple[str, str]) -> None:
    """What cannot be read is left out of every figure: to break a record is to delete it."""
    ledger.edit(*broken, day=LATER)
    assert "unreadable" in {finding.kind for finding in ledger.breaches()}


def test_a_file_that_nobody_has_committed_is_nobodys_alteration(ledger: Repository) -> None:
    (ledger.root / "new.yaml").write_text("article: {id: new, title: N, published: soon}\n")
    assert ledger.breaches() == []


def test_the_entry_of_somebody_who_still_speaks_is_gone(ledger: Repository) -> None:
    listed = PEOPLE.replace("    name: Carl Dorn\n", "    name: Carl Dorn\n    kind: model\n")
    ledger.commit(listed + "  - id: zoe\n    name: Zoe\n", day=LATER, name="people.yaml")
    ledger.commit(PEOPLE.partition("  - id: carl-dorn")[0], day="2026-02-11", name="people.yaml")
    assert [(one.record, one.was) for one in ledger.breaches() if one.kind == "vanished"] == [
        ("carl-dorn", "Carl Dorn")
    ]
