"""Every rule of the conventions fl-2, with the phrases that their table names."""

from datetime import date, timedelta

import pytest

from forecastlog.deadlines import Deadline, parse_deadline
from forecastlog.vocabulary.deadlines import DEADLINE_CONVENTION

D = date.fromisoformat
WEDNESDAY = D("2025-03-19")


def read(phrase: str, reference: date = WEDNESDAY) -> Deadline:
    found = parse_deadline(phrase, reference)
    assert found is not None, phrase
    assert found.convention == DEADLINE_CONVENTION == "fl-2"
    return found


def days(phrase: str, reference: date = WEDNESDAY) -> tuple[str | None, str | None]:
    found = read(phrase, reference)
    return (
        found.earliest.isoformat() if found.earliest else None,
        found.latest.isoformat() if found.latest else None,
    )


@pytest.mark.parametrize(
    ("phrase", "strict", "latest"),
    [
        ("by June 2025", "2025-05-31", "2025-06-30"),
        ("by mid-2026", "2026-04-30", "2026-08-31"),
        ("by 2030", "2029-12-31", "2030-12-31"),
        ("by early summer", "2025-05-31", "2025-06-30"),
        ("by 4 March 2026", "2026-03-04", "2026-03-04"),  # one day has one reading
        ("by Friday", "2025-03-21", "2025-03-21"),
        ("by this year", "2025-12-31", "2025-12-31"),  # it has begun
        ("by the end of the week", "2025-03-23", "2025-03-23"),
        ("by the start of June", "2025-06-01", "2025-06-01"),
        ("by the beginning of 2026", "2026-01-01", "2026-01-01"),
        ("by the end of June", "2025-06-30", "2025-06-30"),
        ("by year's end", "2025-12-31", "2025-12-31"),
        ("by year-end", "2025-12-31", "2025-12-31"),
        ("by the middle of June", "2025-06-10", "2025-06-20"),
    ],
)
def test_by_has_a_strict_and_a_generous_last_day(phrase: str, strict: str, latest: str) -> None:
    found = read(phrase)
    assert (found.earliest, found.strict, found.latest) == (None, D(strict), D(latest))
    assert found.rule == "by"


@pytest.mark.parametrize(
    ("phrase", "latest"),
    [
        ("before June", "2025-05-31"),
        ("before 2026", "2025-12-31"),
        ("before mid-2026", "2026-04-30"),
        ("before the end of June", "2025-06-30"),
        ("before the end of the year", "2025-12-31"),
        ("before the start of June", "2025-05-31"),
        ("before Easter", "2025-04-19"),
        ("before the year is out", "2025-12-31"),
    ],
)
def test_before_ends_the_day_before_it_starts(phrase: str, latest: str) -> None:
    assert days(phrase) == (None, latest)


@pytest.mark.parametrize(
    ("phrase", "first", "last"),
    [
        ("in 2026", "2026-01-01", "2026-12-31"),
        ("in June", "2025-06-01", "2025-06-30"),
        ("during the second half of 2025", "2025-07-01", "2025-12-31"),
        ("within six months", "2025-03-19", "2025-09-19"),
        ("in six months", "2025-03-19", "2025-09-19"),
        ("over the next six months", "2025-03-20", "2025-09-19"),
        ("in the next 30 days", "2025-03-20", "2025-04-18"),
    ],
)
def test_in_within_and_over(phrase: str, first: str, last: str) -> None:
    assert days(phrase) == (first, last)


def test_in_n_units_is_vague_and_within_is_not() -> None:
    assert read("in two months").vague
    assert not read("within two months").vague


@pytest.mark.parametrize(
    ("reference", "last"),
    [("2025-01-31", "2025-02-28"), ("2024-01-31", "2024-02-29"), ("2025-03-31", "2025-04-30")],
)
def test_a_month_on_is_clipped_to_the_month(reference: str, last: str) -> None:
    assert days("within a month", D(reference))[1] == last


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("until June", (None, "2025-06-30")),
        ("until 30 June", (None, "2025-06-30")),
        ("through 2026", (None, "2026-12-31")),
        ("after June", ("2025-07-01", None)),
        ("after 4 March 2026", ("2026-03-05", None)),
        ("from June", ("2025-06-01", None)),
        ("not before 2027", ("2027-01-01", None)),
        ("from early summer", ("2025-06-01", "2025-06-30")),
        ("from May to September", ("2025-05-01", "2025-09-30")),
    ],
)
def test_until_after_and_from(phrase: str, expected: tuple[str | None, str | None]) -> None:
    assert days(phrase) == expected


@pytest.mark.parametrize(
    ("phrase", "first", "last"),
    [
        ("early 2026", "2026-01-01", "2026-04-30"),
        ("mid-2026", "2026-05-01", "2026-08-31"),
        ("late 2026", "2026-09-01", "2026-12-31"),
        ("early June", "2025-06-01", "2025-06-10"),
        ("mid-June", "2025-06-11", "2025-06-20"),
        ("late June", "2025-06-21", "2025-06-30"),
        ("late February 2028", "2028-02-21", "2028-02-29"),
        ("early Q3", "2025-07-01", "2025-07-31"),
        ("mid-summer", "2025-07-01", "2025-07-31"),
        ("late next spring", "2026-05-01", "2026-05-31"),
        ("the early 2030s", "2030-01-01", "2033-12-31"),
        ("the mid-2030s", "2034-01-01", "2036-12-31"),
        ("the late 2030s", "2037-01-01", "2039-12-31"),
        ("early next week", "2025-03-24", "2025-03-26"),
        ("mid next week", "2025-03-25", "2025-03-28"),
        ("late next week", "2025-03-27", "2025-03-30"),
        ("the start of 2026", "2026-01-01", "2026-04-30"),
        ("the middle of 2026", "2026-05-01", "2026-08-31"),
        ("the end of 2026", "2026-09-01", "2026-12-31"),
    ],
)
def test_thirds(phrase: str, first: str, last: str) -> None:
    assert days(phrase) == (first, last)


@pytest.mark.parametrize(
    ("phrase", "reference", "first", "last"),
    [
        ("this winter", "2025-03-19", "2025-12-01", "2026-02-28"),
        ("this winter", "2025-01-15", "2025-01-15", "2025-02-28"),
        ("winter 2025", "2025-03-19", "2025-12-01", "2026-02-28"),
        ("winter 2027", "2025-03-19", "2027-12-01", "2028-02-29"),
        ("this spring", "2025-03-19", "2025-03-19", "2025-05-31"),
        ("summer", "2025-03-19", "2025-06-01", "2025-08-31"),
        ("fall 2025", "2025-03-19", "2025-09-01", "2025-11-30"),
    ],
)
def test_seasons_are_meteorological(phrase: str, reference: str, first: str, last: str) -> None:
    assert days(phrase, D(reference)) == (first, last)


@pytest.mark.parametrize(
    ("phrase", "first", "last"),
    [
        ("summer 2025", "2025-12-01", "2026-02-28"),
        ("winter 2025", "2025-06-01", "2025-08-31"),
        ("autumn 2025", "2025-03-19", "2025-05-31"),
        ("spring 2025", "2025-09-01", "2025-11-30"),
    ],
)
def test_seasons_of_the_south(phrase: str, first: str, last: str) -> None:
    found = parse_deadline(phrase, WEDNESDAY, hemisphere="south")
    assert found is not None
    assert (found.earliest, found.latest) == (D(first), D(last))


@pytest.mark.parametrize(
    ("phrase", "first", "last"),
    [
        ("Q3", "2025-07-01", "2025-09-30"),
        ("Q1 2026", "2026-01-01", "2026-03-31"),
        ("H2 2025", "2025-07-01", "2025-12-31"),
        ("the first half of 2026", "2026-01-01", "2026-06-30"),
        ("the second quarter", "2025-04-01", "2025-06-30"),
        ("FY26", "2025-10-01", "2026-09-30"),
        ("fiscal 2026", "2025-10-01", "2026-09-30"),
        ("the third quarter of fiscal 2026", "2026-04-01", "2026-06-30"),
    ],
)
def test_quarters_halves_and_fiscal_years(phrase: str, first: str, last: str) -> None:
    assert days(phrase) == (first, last)


@pytest.mark.parametrize(
    ("fiscal_year", "first", "last"),
    [
        ("us", "2025-10-01", "2026-09-30"),
        ("uk", "2025-04-01", "2026-03-31"),
        ("australia", "2025-07-01", "2026-06-30"),
        ("calendar", "2026-01-01", "2026-12-31"),
    ],
)
def test_fiscal_years_as_set(fiscal_year: str, first: str, last: str) -> None:
    found = parse_deadline("FY26", WEDNESDAY, fiscal_year=fiscal_year)
    assert found is not None
    assert (found.earliest, found.latest) == (D(first), D(last))


@pytest.mark.parametrize(
    ("phrase", "first", "last"),
    [
        ("next week", "2025-03-24", "2025-03-30"),
        ("this week", "2025-03-19", "2025-03-23"),
        ("next year", "2026-01-01", "2026-12-31"),
        ("the next year", "2025-03-20", "2026-03-19"),
        ("the next decade", "2025-03-20", "2035-03-19"),
        ("next decade", "2030-01-01", "2039-12-31"),
        ("next month", "2025-04-01", "2025-04-30"),
        ("next Tuesday", "2025-03-25", "2025-03-25"),
        ("the 2030s", "2030-01-01", "2039-12-31"),
    ],
)
def test_weeks_and_next(phrase: str, first: str, last: str) -> None:
    assert days(phrase) == (first, last)


@pytest.mark.parametrize(
    ("phrase", "first", "last"),
    [
        ("March", "2025-03-19", "2025-03-31"),  # not yet over
        ("February", "2026-02-01", "2026-02-28"),
        ("18 March", "2026-03-18", "2026-03-18"),
        ("19 March", "2025-03-19", "2025-03-19"),
        ("Q1", "2025-03-19", "2025-03-31"),
        ("Wednesday", "2025-03-19", "2025-03-19"),
        ("29 February", "2028-02-29", "2028-02-29"),
    ],
)
def test_a_bare_name_is_the_next_not_yet_over(phrase: str, first: str, last: str) -> None:
    assert days(phrase) == (first, last)


@pytest.mark.parametrize(
    ("count", "last"),
    [
        ("a couple of", "2025-04-02"),
        ("a few", "2025-04-16"),
        ("a handful of", "2025-04-23"),
        ("several", "2025-05-07"),
        ("a dozen", "2025-06-11"),
    ],
)
def test_vague_counts_end_at_their_upper_bound(count: str, last: str) -> None:
    assert days(f"within {count} weeks")[1] == last
    assert days(f"over the next {count.removeprefix('a ')} weeks") == ("2025-03-20", last)


@pytest.mark.parametrize(
    ("phrase", "last"),
    [
        ("in the coming days", "2025-03-26"),
        ("in the coming weeks", "2025-04-30"),
        ("in the coming months", "2025-09-19"),
        ("in the coming years", "2030-03-19"),
        ("soon", "2025-06-19"),
        ("shortly", "2025-06-19"),
        ("imminently", "2025-06-19"),
        ("in the near future", "2026-03-19"),
        ("in the medium term", "2030-03-19"),
        ("over the long term", "2035-03-19"),
        ("at this moment", "2025-06-19"),
        ("for now", "2025-06-19"),
        ("for the time being", "2025-06-19"),
    ],
)
def test_vague_words(phrase: str, last: str) -> None:
    found = read(phrase)
    assert found.vague
    assert found.latest == D(last)


def test_the_hundred_day_mark_needs_a_dated_event() -> None:
    assert days("30 days into Trump's second term", D("2025-01-25"))[1] == "2025-02-19"
    assert days("Trump's first 100 days", D("2025-01-25")) == ("2025-01-25", "2025-04-30")
    assert parse_deadline("the 100-day mark of the war", WEDNESDAY) is None
    assert parse_deadline("ten days into the ceasefire", WEDNESDAY) is None


@pytest.mark.parametrize(
    ("phrase", "latest"),
    [
        ("by the end of his presidency", "2029-01-20"),
        ("during his first year in office", "2026-01-20"),
        ("in the first 100 days", "2025-04-30"),
        ("the 100-day mark", "2025-04-30"),
        ("before the end of this administration", "2029-01-20"),
        ("within 30 days of taking office", "2025-02-19"),
    ],
)
def test_a_term_of_office_belongs_to_whom_the_text_speaks_of(phrase: str, latest: str) -> None:
    inaugurated = D("2025-01-25")
    assert parse_deadline(phrase, inaugurated) is None
    assert parse_deadline(phrase, inaugurated, subject="Jair Bolsonaro") is None
    for subject in ("Donald Trump", "donald-trump", "Trump"):
        found = parse_deadline(phrase, inaugurated, subject=subject)
        assert found is not None
        assert found.latest == D(latest)


def test_a_named_president_needs_no_subject() -> None:
    assert days("by the end of Biden's term", D("2024-06-01"))[1] == "2025-01-20"
    assert days("in President Biden's first 100 days", D("2021-02-01"))[1] == "2021-04-30"


@pytest.mark.parametrize(
    ("phrase", "opens", "on", "latest"),
    [
        ("at year-end", "2025-09-01", "2025-12-31", "2025-12-31"),
        ("at the end of 2026", "2026-09-01", "2026-12-31", "2026-12-31"),
        ("the end of 2026", "2026-09-01", "2026-12-31", "2026-12-31"),
        ("as of the end of the quarter", "2025-03-19", "2025-03-31", "2025-03-31"),
        ("end-June", "2025-06-21", "2025-06-30", "2025-06-30"),
        ("at midyear", "2025-05-01", "2025-06-30", "2025-06-30"),
        ("at mid-year 2026", "2026-05-01", "2026-06-30", "2026-06-30"),
        ("late 2025", "2025-09-01", "2025-09-01", "2025-12-31"),  # keeps the third
        ("towards the end of 2025", "2025-09-01", "2025-09-01", "2025-12-31"),
        ("in a year", "2025-03-19", "2026-03-19", "2026-03-19"),
    ],
)
def test_what_holds_on_a_day_opens_on_the_day_named(phrase: str, opens: str, on: str, latest: str) -> None:
    assert days(phrase) == (opens, latest)
    level = parse_deadline(phrase, WEDNESDAY, holds="on")
    assert level is not None
    assert (level.earliest, level.strict, level.latest) == (D(on), D(latest), D(latest))
    assert level.holds == "on"


@pytest.mark.parametrize(
    ("phrase", "strict", "latest"),
    [
        ("by midyear", "2025-06-30", "2025-06-30"),
        ("before mid-year", "2025-06-30", "2025-06-30"),
        ("by end-June", "2025-06-30", "2025-06-30"),
        ("by 30 June or 31 July", "2025-06-30", "2025-07-31"),
        ("by Friday or Monday", "2025-03-21", "2025-03-24"),
        ("by the end of March or April", "2025-03-31", "2025-04-30"),
        ("by the start of June or July", "2025-06-01", "2025-07-01"),
        ("by May or June", "2025-04-30", "2025-06-30"),
        ("before May or June", "2025-04-30", "2025-05-31"),
        ("by year-end or early next year", "2025-12-31", "2026-04-30"),
    ],
)
def test_named_ends_and_each_half_of_an_or(phrase: str, strict: str, latest: str) -> None:
    found = read(phrase)
    assert (found.earliest, found.strict, found.latest) == (None, D(strict), D(latest))


@pytest.mark.parametrize(
    ("phrase", "latest", "shown"),
    [
        ("by 5 p.m. EST on Friday", "2025-03-21", "by 21 March 2025, 5 p.m. EST"),
        ("by 17:00 Moscow time on 1 July", "2025-07-01", "by 1 July 2025, 17:00 Moscow time"),
        ("by 00:00 on 1 July", "2025-06-30", "by 30 June 2025, 00:00"),
        ("until 12 a.m. on 1 July", "2025-06-30", "by 30 June 2025, 12 a.m."),
        ("by midnight on 30 June", "2025-06-30", "by 30 June 2025, midnight"),
        ("before 00:00 GMT on 1 July", "2025-06-30", "by 30 June 2025, 00:00 GMT"),
        ("by 2025-07-01T00:00Z", "2025-06-30", "by 30 June 2025, 00:00Z"),
    ],
)
def test_a_clock_moves_the_day_only_at_midnight_at_its_start(phrase: str, latest: str, shown: str) -> None:
    found = read(phrase)
    assert found.latest == D(latest)
    assert found.reading == shown


PERIODS = {
    "season": [(D("2024-08-16"), D("2025-05-25")), (D("2025-08-15"), D("2026-05-24"))],
    "Fed meeting": [(D("2025-05-06"), D("2025-05-07")), (D("2025-06-17"), D("2025-06-18"))],
    "parliament": [(D("2024-07-09"), D("2029-08-15"))],
}


@pytest.mark.parametrize(
    ("phrase", "first", "last"),
    [
        ("this season", "2025-03-19", "2025-05-25"),
        ("by the end of the season", None, "2025-05-25"),
        ("by season's end", None, "2025-05-25"),
        ("next season", "2025-08-15", "2026-05-24"),
        ("by the end of the 2024-25 season", None, "2025-05-25"),
        ("in the 2025/26 season", "2025-08-15", "2026-05-24"),
        ("at the next Fed meeting", "2025-05-06", "2025-05-07"),
        ("before the Fed's next meeting", None, "2025-05-05"),
        ("at the June Fed meeting", "2025-06-17", "2025-06-18"),
        ("by the end of this parliament", None, "2029-08-15"),
        ("two weeks into next season", "2025-08-29", "2025-08-29"),
    ],
)
def test_a_desk_names_its_own_periods(phrase: str, first: str | None, last: str) -> None:
    assert parse_deadline(phrase, WEDNESDAY) is None
    found = parse_deadline(phrase, WEDNESDAY, periods=PERIODS)
    assert found is not None
    assert found.earliest == (D(first) if first else None)
    assert found.latest == D(last)


@pytest.mark.parametrize(
    ("phrase", "first", "last"),
    [
        ("in two years", "2027-03-19", "2027-03-19"),
        ("2025", "2025-01-01", "2025-12-31"),
        ("until at least 2028", None, "2028-12-31"),
        ("by the end of his presidency", None, "2029-01-20"),
        ("in as little as six months", "2025-03-19", "2025-09-19"),
        ("by midyear", None, "2025-08-31"),
    ],
)
def test_fl_1_still_reads_as_it_did(phrase: str, first: str | None, last: str) -> None:
    found = parse_deadline(phrase, WEDNESDAY, convention="fl-1")
    assert found is not None
    assert (found.convention, found.latest) == ("fl-1", D(last))
    assert found.earliest == (D(first) if first else None)


@pytest.mark.parametrize("phrase", ["eventually", "in the long run", "one day", "until further notice"])
def test_open_ended_is_not_the_same_as_not_understood(phrase: str) -> None:
    found = read(phrase)
    assert found.latest is None
    assert found.strict is None


@pytest.mark.parametrize(
    ("phrase", "first", "last"),
    [
        ("between June and September", "2025-06-01", "2025-09-30"),
        ("between mid-2025 and early 2026", "2025-05-01", "2026-04-30"),
        ("2026 or 2027", "2026-01-01", "2027-12-31"),
        ("late 2025 or early 2026", "2025-09-01", "2026-04-30"),
        ("2026-2028", "2026-01-01", "2028-12-31"),
    ],
)
def test_ranges_run_from_first_to_last(phrase: str, first: str, last: str) -> None:
    assert days(phrase) == (first, last)


@pytest.mark.parametrize(
    ("name", "value"),
    [("hemisphere", "east"), ("fiscal_year", "mars"), ("holds", "often"), ("convention", "fl-0")],
)
def test_an_unknown_setting_is_an_error_that_lists_the_known(name: str, value: str) -> None:
    with pytest.raises(ValueError, match=f"{name} is '{value}': write one of"):
        parse_deadline("by June", WEDNESDAY, **{name: value})  # type: ignore[arg-type]  # the names are of texts


@pytest.mark.parametrize("reference", [date(2026, 3, 13) + timedelta(days=k) for k in range(7)])
@pytest.mark.parametrize("count", [1, 4, 5, 6, 10, 23])
def test_working_days_are_those_of_numpy(reference: date, count: int) -> None:
    numpy = pytest.importorskip("numpy")
    found = parse_deadline(f"within {count} working days", reference)
    assert found is not None
    # from a weekend, numpy counts from the Friday before it when asked to roll back
    assert found.latest == numpy.busday_offset(reference, count, roll="backward").astype(object)
