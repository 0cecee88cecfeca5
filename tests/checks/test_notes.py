"""Notes that are cheap to heed while a record is young: each with what it must not say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from forecastlog.checks import check
from forecastlog.ledger import load
from tests.checks.conftest import CLEAN, PEOPLE, Codes

CLAIM = "claim: It rains."


@pytest.mark.parametrize(
    "claim",
    [
        "Conditional on a truce, elections are held.",
        "If the truce holds, elections are held.",
        "Elections are held, if the truce holds.",
        "Elections are held only if the truce holds.",
        "Unless rates rise, the bank closes.",
        "Assuming a truce, aid resumes.",
        "Aid resumes, provided that a truce is signed.",
        "In the event of a truce, aid resumes.",
        "Aid resumes, contingent upon a truce.",
    ],
)
def test_a_condition_inside_a_claim_is_noted(codes: Codes, claim: str) -> None:
    replaced = (CLAIM, f'claim: "{claim}"')
    assert codes("", replaced) == ["P313"]
    assert codes("    given: c\n", replaced) == []


@pytest.mark.parametrize(
    "claim",
    [
        "Elections are held even if the truce fails.",
        "The court decides whether the law stands.",
        "Aid is provided to the island.",
        "Rates are cut once.",
        "The song If is played.".replace("If", "Iffy"),
        "The bank behaves as if it were insured.",
    ],
)
def test_no_condition_is_seen_where_there_is_none(codes: Codes, claim: str) -> None:
    assert codes("", (CLAIM, f'claim: "{claim}"')) == []


SECOND = CLEAN[CLEAN.index("  - id: p") :].replace("id: p", "id: q")


def test_the_same_said_twice_is_noted(codes: Codes, problems: Callable[..., list[object]]) -> None:
    assert codes(SECOND) == ["P314"]
    assert "'p' again" in str(problems(SECOND)[0])
    assert codes(SECOND.replace("It rains.", "it  RAINS")) == ["P314"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("claim: It rains.", "claim: It pours."),
        ("quote: it will rain", "quote: rain will come"),
        ("quote: it will rain", "quote: it will rain\n    speaker: bob"),
        (
            "2026-03-19, latest: 2026-03-19, basis: default",
            "2026-03-20, latest: 2026-03-20, basis: analyst, why: so",
        ),
        ("quote: it will rain", "quote: it will rain\n    given: c"),
        ("quote: it will rain", "quote: it will rain\n    restates: p"),
    ],
)
def test_what_differs_is_not_the_same(codes: Codes, old: str, new: str) -> None:
    assert old in SECOND
    assert codes(SECOND.replace(old, new)) == []


def test_one_that_was_voided_as_a_duplicate_is_no_news(codes: Codes) -> None:
    void = (
        "    resolutions:\n"
        "      - {outcome: void, reason: duplicate, known: 2025-04-01, recorded: 2025-04-01, by: Eve}\n"
    )
    assert codes(SECOND + void) == []


def test_two_conditions_with_one_text_are_noted(codes: Codes) -> None:
    other = "    text: Clouds come.\n  - id: d\n    text: clouds come"
    assert codes("", ("    text: Clouds come.", other)) == ["P314"]
    assert codes("", ("    text: Clouds come.", f"{other} late")) == []


def test_the_example_is_noted_beside_a_real_article(tmp_path: Path) -> None:
    from datetime import date

    from forecastlog.cli.init import example

    (tmp_path / "people.yaml").write_text(PEOPLE.replace("ann, name: Ann Lee", "example-author, name: E"))
    (tmp_path / "example.yaml").write_text(example(date(2025, 3, 19)))
    alone = {problem.code for problem in check(load(tmp_path))}
    assert "P315" not in alone
    (tmp_path / "a.yaml").write_text(CLEAN)
    assert "P315" in {problem.code for problem in check(load(tmp_path))}
