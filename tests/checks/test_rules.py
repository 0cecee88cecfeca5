"""Where each rule begins and ends; what it says stands in the gallery of mistakes."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from forecastlog.checks import check
from forecastlog.checks.rules import ACROSS, OF_FILES, OF_LISTS, OF_PREDICTIONS, OF_RESOLVED
from forecastlog.ledger import load
from forecastlog.problems import Problem
from tests.checks.conftest import CLEAN, PEOPLE, Codes, ledger

DEADLINE = "{earliest: 2025-03-19, strict: 2026-03-19, latest: 2026-03-19, basis: default}"
FORECAST = '{words: "likely", probability: 0.75, low: 0.55, high: 0.80, scale: fl-1, basis: worded}'
LINK = '["https://gauge.example/1"]'


def resolved(outcome: str, **keys: str) -> str:
    entry = {"known": "2026-03-20", "recorded": "2026-03-20", "by": "Eve", "evidence": LINK} | keys
    written = ", ".join(f"{key}: {value}" for key, value in entry.items() if value)
    return f"    resolutions:\n      - {{outcome: {outcome}, {written}}}\n"


def test_a_clean_record_has_no_problem(codes: Codes) -> None:
    assert codes() == []
    assert codes(today=date(2025, 3, 20)) == []


def test_every_rule_says_what_it_is_for() -> None:
    rules = (*OF_PREDICTIONS, *OF_RESOLVED, *OF_FILES, *OF_LISTS, *ACROSS)
    assert all(rule.__doc__ for rule in rules)
    assert len(set(rules)) == len(rules)


@pytest.mark.parametrize(
    ("deadline", "expected"),
    [
        ("{latest: 2026-03-19}", []),
        ("{latest: 2026-03-19, words: within a year}", []),
        ("{latest: 2026-03-19, words: in a year}", []),
        ("{latest: 2026-03-19, words: in a year, convention: fl-2}", []),
        ("{latest: 2026-03-19, words: in a year, convention: fl-1}", ["P305"]),
        ("{earliest: 2026-03-19, latest: 2026-03-19, words: in a year, convention: fl-1}", []),
        ("{latest: 2029-01-20, words: by the end of his term, subject: Donald Trump}", []),
        ("{latest: 2029-01-21, words: by the end of his term, subject: Donald Trump}", ["P305"]),
        ("{earliest: 2025-12-31, latest: 2025-12-31, words: at year-end, holds: on}", []),
        ("{earliest: 2025-09-01, latest: 2025-12-31, words: at year-end, holds: on}", ["P305"]),
        ("{earliest: 2026-03-19, strict: 2026-03-19, latest: 2026-03-19}", []),
        ("{earliest: 2026-03-20, strict: 2026-03-19, latest: 2026-03-19}", ["P202"]),
        ("{strict: 2026-03-20, latest: 2026-03-19, basis: analyst, why: x}", ["P202"]),
        ("{latest: 2026-03-20}", ["P220"]),
        ("{latest: 2026-03-20, why: the text means the spring}", []),
        ("{strict: 2026-03-18, latest: 2026-03-19}", ["P220"]),
        ("{latest: 2026-12-31, basis: stated}", []),
        ("{latest: 2026-12-31, basis: analyst, why: the text means the year}", []),
        ("{latest: 2026-12-31, basis: analyst}", ["P220"]),
        ("{earliest: 2025-01-01, latest: 2025-03-19, basis: stated}", []),
        ("{earliest: 2025-01-01, latest: 2025-03-18, basis: stated}", ["P202"]),
        ("{words: one day}", ["P222"]),
        ("{words: by the end of 2025, latest: 2025-12-31, earliest: 2025-03-19}", []),
        ("{words: by the end of 2025, latest: 2026-12-31, earliest: 2025-03-19}", ["P305"]),
        ("{words: by the end of 2025, latest: 2026-12-31, basis: analyst, why: x}", []),
        ("{words: when pigs fly, latest: 2026-12-31}", []),
        ("{after: given, within: 6 months}", ["P211"]),
        ("{latest: 2026-03-19, rule: twelve-months, convention: fl-2, edtf: 2025-03-19/2026-03-19}", []),
        ("{latest: 2026-03-19, convention: fl-99}", ["P227"]),
        ("{latest: 2026-03-19, rule: nonsense}", ["P227"]),
        ("{latest: 2026-03-19, edtf: garbage}", ["P227"]),
        ("{latest: 2026-03-19, edtf: 2026-02-30}", ["P227"]),
        ("{words: by the end of 2025, latest: 2025-12-31, rule: by}", []),
        ("{words: by the end of 2025, latest: 2025-12-31, rule: within}", ["P227"]),
    ],
)
def test_deadlines(codes: Codes, deadline: str, expected: list[str]) -> None:
    assert codes("", (DEADLINE, deadline)) == expected


def test_an_open_end_with_a_day_to_look_again(codes: Codes) -> None:
    assert codes("    review: 2027-01-01\n", (DEADLINE, "{words: one day}")) == []


def test_twelve_months_from_the_last_day_of_february(codes: Codes) -> None:
    leap = ("published: 2025-03-19", "published: 2024-02-29")
    assert codes("", leap, (DEADLINE, "{latest: 2025-02-28}")) == []


@pytest.mark.parametrize(
    ("forecast", "expected"),
    [
        ("{probability: 0.5}", []),
        ("{probability: 0.5, low: 0.5, high: 0.5}", []),
        ("{probability: 0.5, low: 0.6}", ["P110"]),
        ("{probability: 0.5, high: 0.4}", ["P110"]),
        ("{words: may, low: 0.6, high: 0.4, scale: fl-1, basis: possible}", ["P110", "P306"]),
        ("{words: may, low: 0.25, high: 0.51, scale: fl-1, basis: possible}", []),
        ("{words: may, scale: fl-1, basis: possible}", ["P223"]),
        ("{words: may, probability: 0.4, low: 0.25, high: 0.51, scale: fl-1, basis: possible}", ["P223"]),
        ("{probability: 0.4, basis: judged}", []),
        ("{words: likely, probability: 0.4, scale: fl-1, basis: judged}", []),
        ("{words: likely, probability: 0.4, scale: fl-1, basis: worded}", ["P306"]),
        ("{words: likely, probability: 0.754, low: 0.55, high: 0.80, scale: fl-1}", []),
        ("{words: will, probability: 0.95, low: 0.85, high: 0.99, scale: fl-1, basis: asserted}", []),
        ("{words: will, probability: 0.95, low: 0.85, high: 0.99, scale: fl-1, basis: worded}", ["P306"]),
        ("{basis: asserted, probability: 0.95}", ["P223"]),
        ('{words: "70%", probability: 0.7, basis: stated}', []),
        ("{probability: 0.5, made: 2026-03-19}", []),
        ("{probability: 0.5, made: 2026-03-20}", ["P307"]),
        ("{probability: 0.5, made: 2026-03}", []),
        ("{probability: 0.5, made: 2025-04-01, logged: 2025-03-31}", ["P203"]),
        ("{probability: 0.5, by: Bob Day}", []),
        ("{probability: 0.5, by: Cy Fox}", ["P213"]),
        ("{probability: 0.5, article: a}", []),
        ("{probability: 0.5, article: p}", ["P210"]),
        ("likely", ["P012"]),
        ("{}", ["P011"]),
    ],
)
def test_forecasts(codes: Codes, forecast: str, expected: list[str]) -> None:
    assert sorted(codes("", (FORECAST, forecast))) == expected


def test_a_claim_that_the_text_denies_has_the_opposite_figures(codes: Codes) -> None:
    opposite = '{words: "will", probability: 0.05, low: 0.01, high: 0.15, scale: fl-1, basis: asserted}'
    assert codes("    negated: yes\n", (FORECAST, opposite)) == []
    assert codes("", (FORECAST, opposite)) == ["P306"]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (resolved("yes", happened="2026-03-19"), []),
        (resolved("yes", happened="2026-03"), []),
        (resolved("yes", happened="2026-03-20"), ["P207"]),
        (resolved("yes", happened="2026-04", known="2026-05-01", recorded="2026-05-01"), ["P207"]),
        (resolved("no", happened="2026-03-20"), []),
        (resolved("yes", happened="2025-03-18", known="2025-03-19"), ["P207"]),
        (resolved("yes", happened="2025-03", known="2025-03-30"), []),
        (resolved("yes", happened="2026-03-21"), ["P204", "P207"]),
        (resolved("no", happened="2026-03-25"), []),  # too late: the lapse was known on 20 March
        (resolved("no", happened="2026-03", known="2026-03-20"), []),
        (resolved("no", happened="2026-03-15", known="2026-03-14"), ["P204"]),  # within the days that count
        (resolved("0.5", happened="2026-03-25"), ["P204", "P207"]),
        (resolved("ambiguous", happened="2026-03-25"), []),
        (resolved("yes", recorded="2026-03-19"), ["P205"]),
        (resolved("yes", known="2025-03-18"), ["P206"]),
        (resolved("yes", known="2025-03-19"), []),
        (resolved("yes", evidence=""), ["P230"]),
        (resolved("0.5", evidence=""), ["P230"]),
        (resolved("ambiguous", evidence=""), ["P230"]),
        (resolved("reopened", evidence=""), []),
        (resolved("void", reason="moot", evidence=""), []),
        (resolved("void", evidence=""), ["P108"]),
        (resolved("void", reason="no-metric"), ["P108"]),
        (resolved("uncheckable", reason="no-metric"), []),
        (resolved("yes", reason="moot"), ["P108"]),
        (resolved("void", reason="condition-unmet"), ["P231"]),
        (resolved("no", evidence="[{searched: the archive, on: 2026-03-20}]"), []),
        (resolved("no", evidence="[{searched: the archive}]"), ["P230"]),
        (resolved("no", evidence="[{searched: the archive, on: 2026-03-18}]"), ["P304"]),
        (resolved("no", evidence='[{url: "https://a.example", published: 2026-03-19}]'), []),
        (resolved("yes", evidence='[{url: "https://a.example", published: 2025-06-01}]'), []),
        (resolved("no", evidence='[{url: "ftp://a.example"}]'), ["P111"]),
        (resolved("no", evidence="[{title: The gauge}]"), ["P230"]),
    ],
)
def test_resolutions(codes: Codes, more: str, expected: list[str]) -> None:
    assert sorted(codes(more)) == expected


@pytest.mark.parametrize(
    ("fate", "outcome", "expected"),
    [
        ("unmet", "yes", ["P232"]),
        ("unmet", "no", ["P232"]),
        ("met", "yes", []),
        ("partly", "no", []),
    ],
)
def test_a_consequence_without_its_condition(
    codes: Codes, fate: str, outcome: str, expected: list[str]
) -> None:
    condition = f"    text: Clouds come.\n{resolved(fate)}"
    assert codes("    given: c\n" + resolved(outcome), ("    text: Clouds come.\n", condition)) == expected
    void = resolved("void", reason="condition-unmet", evidence="")
    assert codes("    given: c\n" + void, ("    text: Clouds come.\n", condition)) == []


def test_an_unmet_condition_that_was_met_after_all(codes: Codes) -> None:
    again = resolved("unmet") + resolved("met", recorded="2026-03-21").split("\n", 1)[1]
    condition = f"    text: Clouds come.\n{again}"
    assert codes("    given: c\n" + resolved("yes"), ("    text: Clouds come.\n", condition)) == []


def test_the_same_entry_twice(codes: Codes) -> None:
    assert codes("", (FORECAST, f"{FORECAST}\n      - {FORECAST}")) == ["P224"]
    assert codes(resolved("yes") + resolved("yes").split("\n", 1)[1]) == ["P224"]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("    given: c\n", []),
        ("    given: a\n", ["P210"]),
        ("    given: x\n", ["P210"]),
        ("    hedges: p\n", ["P212"]),
        ("    reverses: c\n", ["P210"]),
        ("    restates: x\n", ["P210"]),
    ],
)
def test_links(codes: Codes, more: str, expected: list[str]) -> None:
    assert codes(more) == expected


SECOND = CLEAN[CLEAN.index("  - id: p") :].replace("id: p", "id: q").replace("It rains", "It pours")
MISLOGGED = (
    "    resolutions:\n"
    "      - {outcome: void, reason: mislogged, known: 2025-04-01, recorded: 2025-04-01, by: Eve}\n"
)


def test_what_is_replaced_is_void_as_mislogged(codes: Codes) -> None:
    again = f"{SECOND}    replaces: p\n"
    assert codes(again) == ["P217"]
    assert codes(resolved("yes") + again) == ["P217"]
    assert codes(MISLOGGED.replace("mislogged", "duplicate") + again) == ["P217"]
    assert codes(MISLOGGED + again) == []


def test_an_old_id_is_nobody_elses(codes: Codes) -> None:
    assert codes(f"{SECOND}    was: [p]\n") == ["P217"]
    assert codes("    was: [c]\n") == ["P217"]
    assert codes(f"{SECOND}    was: [r]\n") == []


def test_a_long_chain_of_restatements_is_no_circle(tmp_path: Path) -> None:
    record = CLEAN.split("predictions:\n")[1].replace("id: p\n", "id: pNUMBER\n    event: rain\n")
    chain = "".join(
        record.replace("NUMBER", str(number)) + f"    restates: p{number - 1}\n" for number in range(1, 300)
    )
    text = CLEAN.replace("id: p\n", "id: p0\n") + chain
    assert check(ledger(tmp_path, text)) == []


@pytest.mark.parametrize(
    ("today", "expected"),
    [(date(2026, 3, 20), []), (date(2026, 3, 19), ["P208"]), (date(2025, 3, 19), ["P208"] * 3)],
)
def test_nothing_was_recorded_after_today(codes: Codes, today: date, expected: list[str]) -> None:
    assert codes(resolved("yes"), today=today) == expected


def test_a_record_of_a_month_is_not_before_itself(codes: Codes) -> None:
    made = ("logged: 2025-03-20\n    deadline", "made: 2025-03\n    logged: 2025-03-05\n    deadline")
    assert codes("", made, (DEADLINE, "{latest: 2026-03-31}")) == []


def test_unlisted_names_are_told_once(tmp_path: Path) -> None:
    text = CLEAN.replace("authors: [ann]", "authors: [ann, Cy Fox]")
    found = check(ledger(tmp_path, text))
    assert {problem.message for problem in found} == {
        "unlisted forecaster 'cy-fox'",
        "unlisted forecaster 'ann-and-cy-fox'",
    }
    assert len(found) == 2
    assert {problem.severity for problem in found} == {"warning"}


@pytest.mark.parametrize(
    ("speakers", "line"), [(("", ""), 1), (("Sun", "Sun"), 7), (("Sun", ""), 1), (("", "Sun"), 1)]
)
def test_an_outlet_is_told_where_it_speaks(tmp_path: Path, speakers: tuple[str, str], line: int) -> None:
    """As the publisher where some prediction names no speaker, else where it is first named as one."""
    text, _, record = CLEAN.replace("authors: [ann]", "publisher: Sun").partition("  - id: p\n")
    for name, speaker in zip("pq", speakers, strict=True):
        own = record.replace("It rains", f"It rains {name}")
        text += f"  - id: {name}\n" + (f"    speaker: {speaker}\n" if speaker else "") + own
    (found,) = check(ledger(tmp_path, text))
    assert (found.message, found.span and found.span.line) == ("unlisted forecaster 'sun'", line)


def test_listed_joint_authors_and_outlets(tmp_path: Path) -> None:
    assert check(ledger(tmp_path, CLEAN.replace("[ann]", "[bob, Ann Lee]"))) == []
    outlet = CLEAN.replace("authors: [ann]", "publisher: The Daily")
    assert [problem.code for problem in check(ledger(tmp_path, outlet))] == ["P213"]
    people = PEOPLE + "  - {id: the-daily, name: The Daily, kind: outlet}\n"
    assert check(ledger(tmp_path, outlet, people)) == []


@pytest.mark.parametrize(
    ("claim", "criteria", "expected"),
    [
        ("Russia and Ukraine sign a ceasefire.", "Yes if so.", []),
        ("Drones and missiles hit the port.", "Yes if so.", []),
        ("The council meets and adopts a plan.", "Yes if so.", ["P301"]),
        ("It rains; it snows.", "Yes if so.", []),
        ("It rains, and it will snow.", "Yes if so.", []),
        ("Support weakens.", "Yes if it does.", ["P302"]),
        ("Support weakens.", "Yes if it falls by 5 points.", []),
        ("Support weakens.", "Yes if at least half of the states leave.", []),
        ("Major Tom lands.", "Yes if at least one report says so.", []),
        ("Aid is significantly cut.", "Yes if it is.", ["P302"]),
    ],
)
def test_claims_that_will_turn_out_void(codes: Codes, claim: str, criteria: str, expected: list[str]) -> None:
    assert codes("", ("It rains.", claim), ("Yes if it does.", criteria)) == expected


def test_notes_are_notes(problems: Callable[..., list[Problem]]) -> None:
    two_claims = ("It rains.", "The council meets and adopts a plan.")
    found = problems("", ("    settled_by: the gauge\n", ""), two_claims)
    assert {(problem.code, problem.severity) for problem in found} == {("P301", "note"), ("P303", "note")}


def test_problems_of_reader_and_rules_come_in_one_order(tmp_path: Path) -> None:
    text = CLEAN.replace("quote:", "quotes:") + resolved("yes", evidence="")
    found = check(ledger(tmp_path, text))
    assert [problem.code for problem in found] == ["P010", "P230"]
    assert [problem.span for problem in found] == sorted(problem.span for problem in found if problem.span)


def test_the_ledger_of_this_repository_has_no_error() -> None:
    root = Path(__file__).parents[2] / "predictions"
    assert [str(problem) for problem in check(load(root)) if problem.severity == "error"] == []
