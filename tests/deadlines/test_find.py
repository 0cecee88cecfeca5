"""Time phrases in running text: where they stand, what they mean, and what is none."""

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from forecastlog.deadlines import find, parse_deadline
from tests.deadlines.test_properties import WORDS

WEDNESDAY = date(2025, 3, 19)


def said(text: str) -> list[tuple[str, str]]:
    """The phrases with their last day, or what else they are."""
    found = find(text, WEDNESDAY)
    assert all(text[one.start : one.end] == one.words for one in found)
    return [
        (one.words, "past" if one.past else "unread" if one.deadline is None else str(one.deadline.latest))
        for one in found
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A deal will be signed by the end of June.", [("by the end of June", "2025-06-30")]),
        ("By 5 p.m. EST on Friday, the bill will pass.", [("By 5 p.m. EST on Friday", "2025-03-21")]),
        (
            "It ends in June. The summer will be quiet.",
            [("in June", "2025-06-30"), ("The summer", "2025-08-31")],
        ),
        (
            "It met in July 2024 and meets again in late 2025 or early 2026.",
            [("in July 2024", "past"), ("in late 2025 or early 2026", "2026-04-30")],
        ),
        ("Talks may resume within two weeks", [("within two weeks", "2025-04-02")]),
        ("rates may fall in May 2026", [("in May 2026", "2026-05-31")]),
        ("Talks will start in June, July or August.", [("in June, July or August", "2025-08-31")]),
        ("The war will end in June.", [("in June", "2025-06-30")]),
        ("The strike starts at the end of June.", [("at the end of June", "2025-06-30")]),
        ("In May they may march.", [("In May", "2025-05-31")]),
        (
            "The war could drag on through the end of the decade.",
            [("through the end of the decade", "2029-12-31")],
        ),
        ("Peace will come eventually.", [("eventually", "None")]),
        ("It stays until at least the end of June.", [("the end of June", "unread")]),
        (
            "Prices are forecast to rise over the\nnext six months.",
            [("over the\nnext six months", "2025-09-19")],
        ),
        (
            "Growth will slow next year, “by mid-2026”.",
            [("next year", "2026-12-31"), ("by mid-2026", "2026-08-31")],
        ),
    ],
)
def test_the_longest_phrase_is_found_with_its_meaning(text: str, expected: list[tuple[str, str]]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Trump may leave. They may march. The sun sat on the sea.",
        "Prices fall; a spring broke.",
        "It is a two-year term for a second man, the third of four.",
        "In the end, the day of the troops was over.",
        "They have 2000 men and 30 days of food.",
        "May I ask? April Smith and August Meyer agree.",
        "the lowest in history, last week and two years ago",
    ],
)
def test_what_is_no_time_to_come_is_not_found(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "And in early February, Trump stated that he will suspend aid.",
        "Since 2014, it has lasted.",
        "Rubio indicated on Wednesday that talks will go on.",
        "Exports rose for the first time in two years.",
        "He was elected in 2016.",
        "Earlier this month, they met.",
        "The plan fell through on 11 March.",
    ],
)
def test_the_past_is_marked_and_means_no_deadline(text: str) -> None:
    [(_, meaning)] = said(text)
    assert meaning == "past"


def test_a_desks_periods_are_found_too() -> None:
    text = "They will be relegated this season."
    assert find(text, WEDNESDAY) == []
    [found] = find(text, WEDNESDAY, periods={"season": [(date(2024, 8, 16), date(2025, 5, 25))]})
    assert found.words == "this season"
    assert found.deadline is not None
    assert found.deadline.latest == date(2025, 5, 25)


TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from([*WORDS, ".", "will", "said", "İ", "½", "ß", "\n\n"]), max_size=60).map(
        " ".join
    ),
)


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.dates())
@example("by the end of " * 2_000 + "June", date(2025, 3, 19))
@example("1/2/3.4:5-6 " * 2_000, date(2025, 3, 19))
@example("İ by June ½ 2026 \ud800", date(2025, 3, 19))
def test_no_text_raises_and_spans_stand_in_order(text: str, reference: date) -> None:
    end = 0
    for found in find(text, reference):
        assert end <= found.start < found.end
        assert text[found.start : found.end] == found.words
        assert not (found.past and found.deadline)
        end = found.end
        if found.deadline is not None:
            alone = parse_deadline(found.words, reference)
            assert alone is None or (alone.strict, alone.latest) == (
                found.deadline.strict,
                found.deadline.latest,
            )
