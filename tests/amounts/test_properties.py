"""What holds for any amount: figures written out are read back, nothing crashes, time grows with length."""

import sys
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecastlog.amounts import Amount, find, not_understood, parse_amount

UNITS = st.sampled_from(
    ["", " %", " percent", " seats", " basis points", " GW", " barrels a day", " tonnes of steel"]
)
PIECES = (
    "3 20 2025 1.5 1,200 3,5 - \u2013 to and between from at least most up over % percent points bn million "
    "m $ a the of seats voters about \u00b1 +/- plus or minus 90 interval confidence ( ) , . "
    "double half third twenty hundred dozen low mid teens 20s ' / per day barrel page aged January"
)
WORDS = st.lists(
    st.sampled_from(PIECES.split()),
    max_size=14,
).map(" ".join)


def read(words: str, **options: str) -> Amount:
    found = parse_amount(words, **options)  # type: ignore[arg-type]
    assert found is not None, not_understood(words, **options)  # type: ignore[arg-type]
    return found


@given(st.decimals(0, 10**9, places=2), UNITS)
def test_a_number_written_out_is_read_back(value: Decimal, unit: str) -> None:
    found = read(f"{value:,}{unit or ' %'}")
    assert found.value == float(value)
    assert found.precision == 0.01


@given(st.integers(0, 10**9))
def test_locales_write_the_same_number(value: int) -> None:
    english = f"{value:,}.25"
    numbers = {
        "en": english,
        "de": english.translate(str.maketrans(",.", ".,")),
        "fr": english.replace(",", "\u202f").replace(".", ","),
    }
    numbers |= {"de-CH": english.replace(",", "\u2019"), "en-GB": english}
    assert {read(words, locale=locale).value for locale, words in numbers.items()} == {value + 0.25}


@given(st.integers(1, 2**31), st.integers(1, 10**6), UNITS)
def test_ranges_and_bounds_agree_with_their_numbers(low: int, width: int, unit: str) -> None:
    high = low + width
    ranges = [
        f"between {low:,} and {high:,}{unit}",
        f"{low:,} to {high:,}{unit}",
        f"{low:,}\u2013{high:,}{unit}",
    ]
    ranges.append(f"from {low:,} to {high:,}{unit}")
    if unit or not 1900 <= low <= high <= 2100:
        assert {(r.low, r.high, r.unit) for r in map(read, ranges)} == {(low, high, read(f"5{unit}").unit)}
        assert all(r.level is None for r in map(read, ranges))
    assert (read(f"at least {low:,}{unit}").low, read(f"less than {low:,}{unit}").high) == (low, low)
    assert parse_amount(f"between {high:,} and {low:,}{unit}") is None


@given(WORDS, st.sampled_from([None, 40.0]))
def test_no_sequence_of_its_words_breaks_it(words: str, base: float | None) -> None:
    found, reason = parse_amount(words, base=base), not_understood(words, base=base)
    assert (found is None) == (reason is not None)
    for span in find(words):
        assert 0 <= span.start < span.end <= len(words)
    if found is not None:
        assert found.reading
        assert (found.level is None) or (found.low is not None and found.high is not None)


@given(st.text(max_size=80))
def test_no_text_breaks_it(words: str) -> None:
    assert (parse_amount(words) is None) == (not_understood(words) is not None)
    spans = find(words)
    assert all(before.end <= after.start for before, after in pairwise(spans))


@given(st.sampled_from(["3 %", "$3bn to $4bn", "at least 270 seats", "285 seats, 90 % interval 243 to 331"]))
def test_case_spaces_and_full_stops_change_nothing(words: str) -> None:
    plain = read(words)
    for other in (words.upper(), f"  {words}. ", words.replace(" ", "\u00a0")):
        changed = read(other)
        assert (changed.value, changed.low, changed.high, changed.level) == (
            plain.value,
            plain.low,
            plain.high,
            plain.level,
        )


@pytest.mark.parametrize(
    "piece",
    [
        "3 % ",
        "1,",
        "between 2 and ",
        "$",
        "a third ",
        "2 million and ",
        "9",
        "- ",
        "90 % interval ",
        "about ",
        "(",
        "1 000 ",
        "low to ",
    ],
)
def test_work_grows_with_the_length_of_the_text(piece: str) -> None:
    def calls(times: int) -> int:
        counted = 0

        def count(*_: object) -> None:
            nonlocal counted
            counted += 1

        sys.setprofile(count)
        try:
            find(piece * times)
        finally:
            sys.setprofile(None)
        return counted

    assert calls(160) < 1000 + 4 * 1.3 * calls(40)  # four times the text; squared it would be 16 times


def test_find_passes_over_what_is_no_amount() -> None:
    text = (
        "In 2025 Labour won 411 seats on 34% of the vote (page 12), and growth of 2 to 3 % is expected. "
        "About 70% of economists aged 45 see a 60% chance of at least 25 basis points on 12 March 2026; "
        "oil at $85 a barrel may fall below $60 by 2030, 3 years from now. She is 65 years old; "
        "it was 10:30 on 2025-12-31. Table 4 has 1 in 5."
    )
    found = [text[span.start : span.end] for span in find(text)]
    assert found == [
        "411 seats",
        "34% of the vote",
        "2 to 3 %",
        "at least 25 basis points",
        "$85 a barrel",
        "below $60",
        "3 years",
    ]


def test_find_keeps_the_places_of_the_text() -> None:
    text = "Ünïcode — «growth» of 2\u20133\u00a0% “or” €1.5bn"
    assert [text[span.start : span.end] for span in find(text)] == ["2\u20133\u00a0%", "€1.5bn"]


@pytest.mark.parametrize(
    ("options", "message"), [({"locale": "xx"}, "locale is 'xx'"), ({"base": float("nan")}, "base is nan")]
)
def test_unknown_options_are_refused(options: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parse_amount("3 %", **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("2027", "a year"),
        ("12 March", "a date"),
        ("aged 65", "an age"),
        ("page 12", "number of a page"),
        ("70 % of voters", "share of people"),
        ("70 % chance", "a chance"),
        ("3,5", "'3,5' is no number"),
        ("up 10 %", "a base"),
        ("double", "a base"),
        ("3 % and 4 %", "'and 4 %' on is not understood"),
        ("between 4 and 3", "below its high end"),
        ("nonsense", "there is no number"),
        ("", "nothing to read"),
        ("3 " * 200, "too long"),
    ],
)
def test_what_is_not_read_says_why(words: str, reason: str) -> None:
    assert reason in (not_understood(words) or "")
