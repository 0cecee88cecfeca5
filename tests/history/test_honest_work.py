"""What a desk does in a year of honest work: the audit lists some of it, and does not fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.history.desk import DECIDED, ESSAY, LAPSED, PEOPLE
from tests.history.repository import Repository
from tests.history.test_attacks import FLOW, LATER, corrected, entry, planted


def levels(ledger: Repository) -> list[str]:
    """The levels of what is not harmless."""
    return [finding.level for finding in ledger.audit() if finding.level != "harmless"]


def test_a_record_logged_late_and_said_so(ledger: Repository) -> None:
    ledger.commit(DECIDED + planted(logged=LATER, known="2026-02-01", recorded=LATER), day=LATER)
    assert levels(ledger) == []


def test_what_fill_writes_the_day_after_a_late_record(ledger: Repository) -> None:
    bare = planted(logged=LATER, known="2026-02-01", recorded=LATER)
    ledger.commit(DECIDED + bare.replace("{probability: 0.97}", '{words: "almost certain"}'), day=LATER)
    filled = bare.replace(
        "{probability: 0.97}", '{words: "almost certain", probability: 0.97, scale: fl-1, basis: worded}'
    )
    ledger.commit(
        DECIDED + filled.replace("    criteria:", "    status_quo: no\n    criteria:"), day="2026-02-11"
    )
    assert levels(ledger) == []


def test_a_day_between_logging_and_committing(ledger: Repository) -> None:
    record = planted(logged="2026-02-09", known="2026-03-01", recorded="2026-03-01").partition(
        "    resolutions:"
    )[0]
    ledger.commit(DECIDED + record, day=LATER)
    assert levels(ledger) == []


def test_a_changed_verdict_is_listed_with_what_it_was(ledger: Repository) -> None:
    text = DECIDED.replace("  - id: aid\n", f"{entry('yes')}  - id: aid\n")
    ledger.commit(text, day=LATER)
    (finding,) = [finding for finding in ledger.audit() if finding.level != "harmless"]
    assert (finding.level, finding.was, finding.now) == ("change of verdict", "no", "yes")
    assert (finding.score_was, finding.score_now) == (0.9025, 0.0025)


@pytest.mark.parametrize(
    ("added", "expected"),
    [
        (entry("no", by="adam", more="blind: true, "), []),
        (entry("yes", by="adam"), ["change of verdict"]),
        (entry("void", more="reason: mislogged, "), ["change of verdict"]),
        (entry("reopened"), ["change of verdict"]),
    ],
    ids=["agrees", "disagrees", "mislogged", "reopened"],
)
def test_second_resolvers_and_second_thoughts(ledger: Repository, added: str, expected: list[str]) -> None:
    ledger.commit(DECIDED.replace("  - id: aid\n", f"{added}  - id: aid\n"), day=LATER)
    assert levels(ledger) == expected


def test_a_disagreement_that_somebody_settles(ledger: Repository) -> None:
    second = entry("yes", by="adam")
    third = entry("yes", by="zoe", recorded="2026-02-20", more="settles: true, ")
    ledger.commit(DECIDED.replace("  - id: aid\n", f"{second}  - id: aid\n"), day=LATER)
    ledger.commit(DECIDED.replace("  - id: aid\n", f"{second}{third}  - id: aid\n"), day="2026-02-20")
    assert levels(ledger) == ["change of verdict", "change of verdict"]


def test_a_void_record_and_the_one_that_replaces_it(ledger: Repository) -> None:
    void = entry("void", more="reason: mislogged, ")
    again = planted(logged=LATER, known="2026-02-01", recorded=LATER).replace(
        "    speaker", "    replaces: truce\n    speaker"
    )
    ledger.commit(DECIDED.replace("  - id: aid\n", f"{void}  - id: aid\n") + again, day=LATER)
    assert levels(ledger) == ["change of verdict"]


def test_files_that_move_and_are_put_in_order(ledger: Repository) -> None:
    (ledger.root / "essay.yaml").rename(ledger.root / "renamed.yaml")
    ledger.commit(DECIDED, name="2025/renamed.yaml", day=LATER)
    (ledger.root / "renamed.yaml").unlink()
    head, _, records = DECIDED.partition("predictions:\n")
    truce, aid = records.split("  - id: aid\n")
    ledger.commit(
        f"{head}predictions:\n  - id: aid\n{aid}{truce}", name="2025/renamed.yaml", day="2026-02-11"
    )
    assert levels(ledger) == []


def test_entries_in_block_style_comments_and_quotes(ledger: Repository) -> None:
    block = """\
      - # the figure is the scale's
        words: very likely
        probability: 0.950
        low: .85
        high: 0.99
        scale: fl-1
        basis: worded
"""
    line = next(line for line in DECIDED.splitlines(keepends=True) if 'very likely"' in line)
    text = (
        DECIDED.replace(line, block)
        .replace("tags: [war]", "tags:\n      - war")
        .replace("status_quo: no", 'status_quo: "no"')
    )
    ledger.commit(
        text.replace("    claim: A truce is signed", "    claim: >-\n      A truce\n      is signed"),
        day=LATER,
    )
    assert levels(ledger) == []


def test_defaults_that_are_written_out(ledger: Repository) -> None:
    ledger.edit(
        "      - {probability: 0.6}",
        "      - {probability: 0.6, basis: stated, by: carl-dorn, made: 2025-03-19}",
        day=LATER,
    )
    ledger.edit("speaker: Ann Bell", "speaker: ann-bell", day=LATER)
    assert levels(ledger) == []


def test_what_may_be_added_at_any_time(ledger: Repository) -> None:
    ledger.edit(
        "published: 2025-12-31}", "published: 2025-12-31}\n          - https://x.example/more", day=LATER
    )
    ledger.edit(
        "    tags: [war]\n",
        "    tags: [war]\n    note: See also the other essay.\n    asked: 2026-02-11\n"
        "    replies:\n      - {by: Ann Bell, on: 2026-02-11, url: https://x.example/r}\n",
        day="2026-02-11",
    )
    ledger.edit("  publisher:", "  archive: https://archive.example/essay\n  publisher:", day="2026-02-12")
    ledger.edit(
        "Carl Dorn\n",
        "Carl Dorn\n    also: [C. Dorn]\n    affiliation: Elsewhere\n",
        day="2026-02-12",
        name="people.yaml",
    )
    assert levels(ledger) == []


def test_a_forecast_that_somebody_adds_in_time(ledger: Repository) -> None:
    ledger.edit(
        "      - {probability: 0.6}",
        "      - {probability: 0.6}\n      - {probability: 0.2, made: 2025-05-01, logged: 2026-02-10}",
        day=LATER,
    )
    assert levels(ledger) == []


def test_two_branches_that_are_merged(ledger: Repository) -> None:
    ledger.git("checkout", "-q", "-b", "side")
    ledger.commit(DECIDED.replace("  - id: aid\n", f"{entry('no', by='adam')}  - id: aid\n"), day=LATER)
    ledger.git("checkout", "-q", "main")
    ledger.commit(
        ESSAY.replace("id: essay", "id: other")
        .replace("id: truce", "id: pact")
        .replace("id: aid", "id: loan")
        .replace("talks-start", "talks-end")
        .replace("2025-03-20", "2026-02-12"),
        day="2026-02-12",
        name="other.yaml",
    )
    ledger.git("merge", "-q", "--no-edit", "side", day="2026-02-13")
    assert levels(ledger) == []


@pytest.mark.parametrize("how", ["rebase", "cherry-pick"])
def test_work_that_is_rebased_weeks_later(ledger: Repository, how: str) -> None:
    ledger.git("checkout", "-q", "-b", "side")
    record = planted(logged=LATER, known="2026-12-01", recorded="2026-12-01").partition("    resolutions:")[0]
    ledger.commit(FLOW_HEAD + record, day=LATER, name="side.yaml")
    ledger.commit(
        DECIDED.replace("  - id: aid\n", f"{entry('no', by='adam', recorded='2026-02-12')}  - id: aid\n"),
        day="2026-02-12",
    )
    ledger.git("checkout", "-q", "main")
    ledger.commit(PEOPLE + "  - id: zoe\n    name: Zoe\n", day="2026-03-01", name="people.yaml")
    if how == "rebase":
        ledger.git("rebase", "-q", "main", "side", day="2026-03-02")
    else:
        ledger.git("cherry-pick", "main..side", day="2026-03-02")
    assert levels(ledger) == []


FLOW_HEAD = "article: {id: side, title: A side, publisher: The Paper, published: 2026-02-09}\npredictions:\n"


def test_a_branch_that_is_squashed_the_same_day(ledger: Repository) -> None:
    ledger.git("checkout", "-q", "-b", "side")
    for count in (1, 2):
        record = planted(logged=LATER, known=LATER, recorded=LATER).partition("    resolutions:")[0]
        ledger.commit(FLOW_HEAD + record + "# more\n" * count, day=LATER, name="side.yaml")
    ledger.git("checkout", "-q", "main")
    ledger.git("merge", "-q", "--squash", "side", day="2026-02-11")
    ledger.git("commit", "-q", "-m", "squashed", day="2026-02-11")
    assert levels(ledger) == []


def test_ids_that_change_and_say_so(ledger: Repository) -> None:
    text = (
        DECIDED.replace("  - id: truce\n", "  - id: truce-by-2026\n    was: [truce]\n")
        .replace("  - id: aid\n", "  - id: aid\n    was: [help]\n")
        .replace("id: talks-start\n", "id: talks\n    was: [talks-start]\n")
    )
    ledger.commit(text, day=LATER)
    assert levels(ledger) == []
    ledger.commit(text.replace("0.95", "0.15"), day="2026-02-11")
    assert [finding.record for finding in ledger.breaches()] == ["truce-by-2026"]


def test_an_articles_id_that_changes_and_says_so(ledger: Repository) -> None:
    ledger.commit(DECIDED.replace("  id: essay\n", "  id: 2025-truce\n  was: [essay]\n"), day=LATER)
    assert levels(ledger) == []


def test_a_person_who_is_listed_and_one_whose_id_changes(ledger: Repository) -> None:
    listed = PEOPLE.replace(
        "id: ann-bell\n    name: Ann Bell\n    also: [A. Bell]",
        "id: a-bell\n    name: Ann Bell\n    also: [A. Bell]",
    )
    ledger.commit(listed, day=LATER, name="people.yaml")
    assert levels(ledger) == []


LAWFUL = {
    "a slip in the claim": (
        "A truce is signed by",
        "A truce is sigend by",
        "claim",
        "A truce is signed by the end of 2025.",
        "typo",
    ),
    "a slip in the criteria": (
        "both sides sign",
        "both sides ssign",
        "criteria",
        "Yes if both sides sign a truce.",
        "typo",
    ),
    "the event": ("event: truce-2025", "event: end-of-war", "event", "truce-2025", "grouping"),
    "tags": ("tags: [war]", "tags: [peace]", "tags", "war", "grouping"),
    "main": ("    tags: [war]\n", "    tags: [war]\n    main: yes\n", "main", "", "grouping"),
    "title of evidence": (
        "No truce signed",
        "No truce was signed",
        "resolutions.evidence.title",
        "No truce signed",
        "source",
    ),
    "somebody else's": ("speaker: Ann Bell", "speaker: Carl Dorn", "speaker", "ann-bell", "misattributed"),
    "somebody else's, by the name as written": (
        "speaker: Ann Bell",
        "speaker: Carl Dorn",
        "speaker",
        "Ann Bell",
        "misattributed",
    ),
    "only reported": (
        "    tags: [war]\n",
        "    tags: [war]\n    attribution: reported\n",
        "attribution",
        "",
        "misattributed",
    ),
    "taken back": (
        "    tags: [war]\n",
        "    tags: [war]\n    withdrawn: {on: 2025-05-01, url: https://x.example/w}\n",
        "withdrawn",
        "",
        "withdrawal",
    ),
}


@pytest.mark.parametrize("case", LAWFUL.values(), ids=LAWFUL)
def test_a_lawful_correction_is_listed_as_explained(
    ledger: Repository, case: tuple[str, str, str, str, str]
) -> None:
    old, new, field, was, why = case
    ledger.commit(corrected(field, was, why, DECIDED.replace(old, new)), day=LATER)
    assert set(levels(ledger)) == {"explained"}


def test_the_figures_that_a_correction_moved_are_told(ledger: Repository) -> None:
    ledger.commit(
        corrected("attribution", "", "misattributed").replace(
            "    tags: [war]\n", "    tags: [war]\n    attribution: reported\n"
        ),
        day=LATER,
    )
    (finding,) = [finding for finding in ledger.audit() if finding.level == "explained"]
    assert (finding.score_was, finding.score_now) == (0.9025, None)


def test_reading_and_criteria_before_the_outcome(tmp_path: Path) -> None:
    made = Repository(tmp_path / "desk")
    made.commit(ESSAY)
    told = (
        "    corrections:\n"
        "      - {on: 2025-04-01, by: eve, field: criteria, was: "
        '"Yes if both sides sign a truce.", why: criteria}\n'
        '      - {on: 2025-04-01, by: eve, field: forecasts.probability, was: "0.95", why: reading}\n'
    )
    text = ESSAY.replace("both sides sign", "both armies sign").replace(
        "probability: 0.95", "probability: 0.9"
    )
    made.commit(
        text.replace("    forecasts:\n      - {words", f"{told}    forecasts:\n      - {{words"),
        day="2025-04-01",
    )
    assert set(levels(made)) == {"explained"}


def test_an_articles_conditions_and_peoples_corrections(ledger: Repository) -> None:
    note = "{on: 2026-02-10, by: eve, field: %s, was: %s, why: %s}"
    text = DECIDED.replace(
        "url: https://paper.example/essay",
        "url: https://paper.example/2025/essay\n  corrections:\n    - "
        + note % ("url", '"https://paper.example/essay"', "source"),
    )
    text = text.replace(
        "    text: The talks start by",
        "    corrections: ["
        + note % ("text", "The talks start by the summer.", "typo")
        + "]\n    text: The tlaks start by",
    )
    ledger.commit(text, day=LATER)
    people = PEOPLE.replace(
        "name: Ann Bell\n    also: [A. Bell]",
        "name: Ann Dorn\n    also: [A. Bell, Ann Bell]\n    corrections: ["
        + note % ("name", "Ann Bell", "name")
        + "]",
    )
    ledger.commit(people, day=LATER, name="people.yaml")
    assert set(levels(ledger)) == {"explained"}


def test_words_that_are_withheld(ledger: Repository) -> None:
    text = (
        DECIDED.replace(
            (
                "    claim: A truce is signed by the end of 2025.\n"
                "    quote: a truce will very likely be signed\n"
            ),
            '    withheld: {on: 2026-02-10, why: "a court order"}\n',
        )
        .replace("    criteria: Yes if both sides sign a truce.\n", "")
        .replace('words: "very likely", ', "")
        .replace('words: "this year", ', "")
        .replace(', title: "No truce signed"', "")
    )
    ledger.commit(text, day=LATER)
    assert set(levels(ledger)) == {"explained"}
    ledger.edit("probability: 0.95", "probability: 0.5", day="2026-02-11")
    assert len(ledger.breaches()) == 1


def test_an_empty_file_a_broken_one_and_a_deleted_branch(ledger: Repository) -> None:
    ledger.commit(DECIDED.replace("claim: A truce", "claim: [A truce"), day=LATER)
    ledger.commit(DECIDED, day="2026-02-11")
    ledger.commit("forecasters: [", day="2026-02-11", name="people.yaml")
    ledger.commit(PEOPLE, day="2026-02-12", name="people.yaml")
    assert levels(ledger) == []


def test_a_setting_that_moves_figures_and_says_so(ledger: Repository) -> None:
    told = '[[corrections]]\non = "2026-02-10"\nby = "eve"\nfield = "events"\nwhy = "grouping"\n'
    ledger.commit(
        f'format = 1\nscale = "fl-1"\nevents = "prediction"\nevents_why = "a list"\n{told}',
        day=LATER,
        name="forecastlog.toml",
    )
    assert levels(ledger) == ["explained"]


def test_settings_that_bear_on_nothing(ledger: Repository) -> None:
    ledger.commit(
        'format = 1\nscale = "fl-2"\ncontact = "desk@x.example"\nhemisphere = "south"\n',
        day=LATER,
        name="forecastlog.toml",
    )
    assert levels(ledger) == []


def test_an_entry_in_one_line_is_the_same_as_in_many(ledger: Repository) -> None:
    assert LAPSED in DECIDED
    ledger.commit(
        FLOW.replace(
            '["https://x.example/b"]',
            '[{url: "https://x.example/a", title: No truce signed, published: 2025-12-31}]',
        ),
        day=LATER,
    )
    assert levels(ledger) == []


def test_a_second_thought_on_the_same_day(ledger: Repository) -> None:
    again = '      - {outcome: "yes", known: 2025-12-30, recorded: 2026-01-02, by: eve}\n'
    ledger.edit("  - id: aid\n", f"{again}  - id: aid\n", day="2026-01-02")
    assert not ledger.breaches()
    assert [finding.now for finding in ledger.audit() if finding.kind == "verdict"] == ["yes"]


def test_the_kind_of_a_host_that_is_cited(ledger: Repository) -> None:
    ledger.edit(
        'scale = "fl-1"\n',
        'scale = "fl-1"\n[sources]\n"x.example" = "newspaper"\n',
        day="2026-02-01",
        name="forecastlog.toml",
    )
    assert not ledger.breaches()
