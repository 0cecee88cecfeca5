"""The pieces by themselves: numbers in words, feasts, EDTF, readings, typed days, and what stays unloaded."""

import subprocess
import sys
from datetime import date

import pytest

from forecastlog import deadlines
from forecastlog.deadlines import edtf, explain, parse_day, parse_deadline, reading
from forecastlog.deadlines.lexer import tokenize
from forecastlog.deadlines.names import easter, nth_weekday, orthodox_easter

TODAY = date(2026, 7, 1)


def test_public_names() -> None:
    assert set(deadlines.__all__) == {
        "CONVENTIONS",
        "Deadline",
        "Found",
        "Turn",
        "explain",
        "find",
        "parse_day",
        "parse_deadline",
        "parse_series",
    }


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("twenty-one", 21),
        ("one hundred and twenty", 120),
        ("two thousand and thirty two", 2032),
        ("twenty twenty-six", 2026),
        ("twenty thirty", 2030),
        ("nineteen ninety-nine", 1999),
        ("1,000", 1000),
        ("2\u00bd", 2.5),
    ],
)
def test_numbers(words: str, value: float) -> None:
    tokens = tokenize(words)
    assert tokens is not None
    assert tokens[0].value == value


# Easter Sundays as published by the United States Census Bureau and the Greek Orthodox Archdiocese of
# America.
@pytest.mark.parametrize(
    ("year", "western", "orthodox"),
    [
        (2008, (3, 23), (4, 27)),
        (2011, (4, 24), (4, 24)),
        (2016, (3, 27), (5, 1)),
        (2024, (3, 31), (5, 5)),
        (2025, (4, 20), (4, 20)),
        (2026, (4, 5), (4, 12)),
    ],
)
def test_easter(year: int, western: tuple[int, int], orthodox: tuple[int, int]) -> None:
    assert easter(year) == date(year, *western)
    assert orthodox_easter(year) == date(year, *orthodox)


def test_nth_weekday() -> None:
    assert nth_weekday(2025, 11, 4, 4) == date(2025, 11, 27)
    assert nth_weekday(2025, 5, 1, -1) == date(2025, 5, 26)
    with pytest.raises(ValueError, match="day"):
        nth_weekday(2025, 2, 1, 5)


@pytest.mark.parametrize(
    ("first", "last", "vague", "expected"),
    [
        (date(2025, 1, 1), date(2025, 12, 31), False, "2025"),
        (date(2025, 1, 1), date(2025, 12, 31), True, "2025~"),
        (date(2025, 7, 1), date(2025, 9, 30), False, "2025-35"),
        (date(2025, 9, 1), date(2025, 11, 30), False, "2025-23"),
        (date(2025, 9, 1), date(2025, 11, 30), True, "2025-09-01~/2025-11-30~"),
        (date(2025, 12, 1), date(2026, 2, 28), False, "2025-12-01/2026-02-28"),
        (date(2030, 1, 1), date(2039, 12, 31), False, "203X"),
        (date(2031, 1, 1), date(2040, 12, 31), False, "2031-01-01/2040-12-31"),
        (None, date(2026, 4, 30), True, "../2026-04-30~"),
        (date(2026, 4, 30), None, False, "2026-04-30/.."),
        (None, None, False, "../.."),
    ],
)
def test_edtf(first: date | None, last: date | None, vague: bool, expected: str) -> None:
    assert edtf.write(first, last, vague=vague) == expected


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("in June", "between 1 and 30 June 2026"),
        ("by the end of 2026", "by 31 December 2026"),
        ("by next year", "by 31 December 2027 (strictly by 31 December 2026)"),
        ("in 2027", "in 2027"),
        ("2027 or 2028", "from 2027 to 2028 (strictly by 31 December 2027)"),
        ("4 March 2027", "on 4 March 2027"),
        ("this summer", "between 1 July and 31 August 2026"),
        ("this winter", "between 1 December 2026 and 28 February 2027"),
        ("soon", "about: between 1 July and 1 October 2026"),
        ("after 2026", "from 1 January 2027 on, with no end"),
        ("eventually", "from 1 July 2026 on, with no end"),
    ],
)
def test_reading(phrase: str, expected: str) -> None:
    found = parse_deadline(phrase, date(2026, 6, 1) if phrase == "in June" else TODAY)
    assert found is not None
    assert found.reading == expected


def test_reading_of_nothing() -> None:
    assert reading.describe(None, None, None) == "with no end"


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("by the end of the war", 'Not understood: "war" in "by the end of the war".'),
        ("by June or whenever", 'Not understood: "whenever" in "by June or whenever".'),
        ("when pigs fly", 'Not understood: "when pigs fly" has no words of time that can be read.'),
        ("  ", 'There are no words to read: give a time such as "by June 2026".'),
        ("31 June", '"31 June" names no day that can be worked out, or a day that no calendar has.'),
    ],
)
def test_explain_names_the_part(phrase: str, expected: str) -> None:
    assert explain(phrase, TODAY) == expected


def test_explain_long_text() -> None:
    sentence = explain("by June " * 100, TODAY)
    assert sentence is not None
    assert sentence.startswith("The phrase has 800 characters")
    assert explain("by June", TODAY) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-04", date(2026, 3, 4)),
        (" 2026-03-04 ", date(2026, 3, 4)),
        ("2026-02-30", None),
        ("yesterday", date(2026, 6, 30)),
        ("today", TODAY),
        ("4 March 2026", date(2026, 3, 4)),
        ("March 4, 2026", date(2026, 3, 4)),
        ("4 mars 2026", date(2026, 3, 4)),
        ("25/12/2025", date(2025, 12, 25)),
        ("3/4/2025", None),
        ("March 2026", None),
        ("2026", None),
        ("may", None),
        ("12", None),
        ("", None),
        ("nonsense", None),
    ],
)
def test_days_typed_at_a_command_line(text: str, expected: date | None) -> None:
    assert parse_day(text, TODAY) == expected


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("4 mars 2026", date(2026, 3, 4)),
        ("4. Dezember 2026", date(2026, 12, 4)),
        ("4 de marzo de 2026", date(2026, 3, 4)),
        ("avant le 4 mars 2026", None),
        ("4 zebra 2026", None),
        ("mars 2026", None),
    ],
)
def test_bare_dates_of_other_languages(phrase: str, expected: date | None) -> None:
    found = parse_deadline(phrase, TODAY)
    assert (found.latest if found else None) == expected


def test_dateparser_is_loaded_only_when_asked() -> None:
    code = (
        "import sys; from datetime import date; from forecastlog.deadlines import parse_day, "
        "parse_deadline as p; d = date(2026, 7, 1); p('by mid-2026', d); p('by the end of the war', d); "
        "parse_day('2026-03-04', d); print(sorted({'dateparser', 'pandas', 'numpy', 'yaml', "
        "'click'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
