"""What holds for every phrase.

No exception, ordered days, valid EDTF, and indifference to how it was typed.
"""

import calendar
from datetime import date, timedelta

import pytest
from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException
from hypothesis import example, given, settings
from hypothesis import strategies as st

from forecastlog.deadlines import Deadline, explain, parse_deadline, understanding

WORDS = [
    "by",
    "before",
    "within",
    "in",
    "during",
    "until",
    "after",
    "from",
    "between",
    "and",
    "or",
    "to",
    "the",
    "a",
    "of",
    "end",
    "start",
    "early",
    "mid",
    "late",
    "first",
    "second",
    "half",
    "quarter",
    "week",
    "month",
    "year",
    "decade",
    "day",
    "days",
    "weeks",
    "years",
    "next",
    "this",
    "coming",
    "last",
    "summer",
    "winter",
    "June",
    "February",
    "Friday",
    "weekend",
    "Easter",
    "midterms",
    "2026",
    "2030s",
    "31",
    "12",
    "3rd",
    "Q3",
    "FY26",
    "few",
    "couple",
    "two",
    "hundred",
    "thousand",
    "now",
    "tomorrow",
    "not",
    "earlier",
    "than",
    "later",
    "term",
    "his",
    "office",
    "soon",
    "-",
    "/",
    ",",
    "'s",
    "at",
    "noon",
    "about",
    "rest",
    "more",
    "1.5",
    "99999",
    "0",
    "election",
    "is",
    "out",
    "ahead",
]
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join)
# dateparser is asked only for a full date in another language; keeping digits apart keeps the fuzzing fast
ANYTHING = st.text(max_size=80)
REFERENCES = st.one_of(
    st.dates(),
    st.sampled_from([date.min, date.max, date.min + timedelta(days=40), date.max - timedelta(days=40)]),
)
USUAL = st.dates(date(2000, 1, 1), date(2050, 12, 31))


def check(found: Deadline | None) -> None:
    if found is None:
        return
    first, strict, last = found.earliest, found.strict, found.latest
    assert (strict is None) == (last is None)
    if strict is not None and last is not None:
        assert strict <= last
        if first is not None:
            assert first <= strict
    assert found.reading
    assert "  " not in found.reading


@settings(max_examples=300, deadline=None)
@given(SENTENCES, REFERENCES, REFERENCES)
@example("by March 2026", date(2025, 1, 1), date(2026, 3, 2))
@example("by 3 March 2026", date(2025, 1, 1), date(2026, 3, 2))
@example("by the end of March", date(2025, 1, 1), date(2026, 3, 2))
@example("in 99999 decades", date.min, date.max)
def test_what_was_read_on_one_day_is_remembered_only_where_the_day_does_not_matter(
    phrase: str, day: date, other: date
) -> None:
    parse_deadline(phrase, day)
    remembered = parse_deadline(phrase, other)
    understanding.remembered.cache_clear()
    assert parse_deadline(phrase, other) == remembered


@settings(max_examples=300, deadline=None)
@given(ANYTHING, REFERENCES)
@example("within 99999999999 years", date(2025, 1, 1))
@example("within " + "9" * 10_000 + " years", date(2025, 1, 1))
@example("by June " * 10_000, date(2025, 1, 1))
@example("the end of " * 15 + "2026", date(2025, 1, 1))
@example("in 99999 decades", date.max)
@example("10 weeks before Christmas", date.min)
@example("December 9999", date(9999, 12, 31))
@example("by \u0661\u0662 \u0130 \ud800 \u00b2", date(2025, 1, 1))
def test_no_text_raises(phrase: str, reference: date) -> None:
    check(parse_deadline(phrase, reference))


@settings(max_examples=800, deadline=None)
@given(SENTENCES, REFERENCES, st.sampled_from(["north", "south"]))
def test_no_combination_of_its_own_words_raises(phrase: str, reference: date, hemisphere: str) -> None:
    found = parse_deadline(phrase, reference, hemisphere=hemisphere)
    check(found)
    assert (explain(phrase, reference, hemisphere=hemisphere) is None) == (found is not None)


@settings(max_examples=200, deadline=None)
@given(SENTENCES, USUAL)
def test_a_word_that_means_nothing_makes_it_not_understood(phrase: str, reference: date) -> None:
    assert parse_deadline(f"{phrase} zebra", reference) is None
    assert parse_deadline(f"zebra {phrase}", reference) is None


KNOWN = [
    "by mid-2026",
    "in June",
    "early 2026",
    "this winter",
    "summer 2025",
    "Q3 2026",
    "the 2030s",
    "by 2030",
    "soon",
    "in two to three years",
    "over the coming weeks",
    "after the midterms",
    "eventually",
    "FY26",
    "late next spring",
    "between June and September",
    "from early summer",
    "the second half of 2025",
    "around 2030",
    "about June 2026",
    "within 48 hours",
    "by Christmas",
    "in about a year",
    "roughly mid-2027",
    "for now",
    "about Q3 2026",
    "this week",
    "about this summer",
    "the third quarter of fiscal 2026",
    "in the early 2030s",
    "around the 2030s",
    "this century",
]


@pytest.mark.parametrize("phrase", KNOWN)
@pytest.mark.parametrize("reference", [date(2025, 3, 19), date(2024, 2, 29), date(2030, 12, 31)])
def test_edtf_is_accepted_by_an_independent_parser(phrase: str, reference: date) -> None:
    found = parse_deadline(phrase, reference)
    assert found is not None
    try:
        parsed = parse_edtf(found.edtf)
    except EDTFParseException:
        pytest.fail(f"{found.edtf} is not EDTF")
    if found.latest is not None:
        assert tuple(parsed.upper_strict()[:3]) == (found.latest.year, found.latest.month, found.latest.day)
    if found.earliest is not None:
        assert tuple(parsed.lower_strict()[:3]) == (
            found.earliest.year,
            found.earliest.month,
            found.earliest.day,
        )


TYPED = [
    "by mid-2026",
    "early-to-mid 2026",
    "by year's end",
    "within two-and-a-half years",
    "2026-2030",
    "June 15-17, 2025",
    "in six months' time",
    "New Year's Eve",
    "from May to July",
    "Valentine's Day",
]


@pytest.mark.parametrize("phrase", TYPED)
def test_case_dashes_spaces_and_quotes_make_no_difference(phrase: str) -> None:
    reference = date(2025, 3, 19)
    plain = parse_deadline(phrase, reference)
    assert plain is not None
    variants = [phrase.upper(), phrase.title().replace("'S", "'s"), f"  {phrase}. ", f'"{phrase}"']
    variants += [phrase.replace("-", dash) for dash in "\u2010\u2011\u2012\u2013\u2014"]
    variants += [phrase.replace(" ", space) for space in ("\u00a0", "\u202f", "\t", "\n", "   ")]
    variants += [phrase.replace("'", quote) for quote in "\u2018\u2019"]
    for variant in variants:
        found = parse_deadline(variant, reference)
        assert found is not None, variant
        assert (found.earliest, found.strict, found.latest) == (plain.earliest, plain.strict, plain.latest)


@given(USUAL)
def test_month_and_year_ends(reference: date) -> None:
    def last(phrase: str) -> date | None:
        found = parse_deadline(phrase, reference)
        assert found is not None
        return found.latest

    length = calendar.monthrange(reference.year, reference.month)[1]
    assert last("by the end of the month") == reference.replace(day=length)
    assert last("by the end of the year") == date(reference.year, 12, 31)
    assert last("by the end of next year") == date(reference.year + 1, 12, 31)
    assert last("before the decade is out") == date(reference.year // 10 * 10 + 9, 12, 31)
    february = date(reference.year, 2, 28 + calendar.isleap(reference.year))
    assert last(f"late February {reference.year}") == february
    assert last(f"winter {reference.year - 1}") == february
    leap_day = last("29 February")
    assert leap_day is not None
    assert (leap_day.month, leap_day.day) == (2, 29)
    assert reference <= leap_day <= reference + timedelta(days=8 * 366)
    assert last("within a week") == reference + timedelta(days=7)
    sunday = last("this week")
    assert sunday is not None
    assert sunday.weekday() == 6
    assert 0 <= (sunday - reference).days <= 6


@given(USUAL, st.integers(1, 600))
def test_n_months_are_calendar_months(reference: date, count: int) -> None:
    found = parse_deadline(f"within {count} months", reference)
    assert found is not None
    assert found.latest is not None
    month = reference.year * 12 + reference.month - 1 + count
    assert divmod(month, 12) == (found.latest.year, found.latest.month - 1)
    length = calendar.monthrange(found.latest.year, found.latest.month)[1]
    assert found.latest.day == min(reference.day, length)
