"""Words that more than one reader of texts knows: number words, the months, the days of the week.

This module imports nothing of ours, so that everybody may read it.
"""

from __future__ import annotations

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
BELOW_TWENTY = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
)
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
SMALL_NUMBERS = {word: value for value, word in enumerate(BELOW_TWENTY)}
"""The number words below twenty, with their values."""
TENS_BY_NAME = {word: 10 * value for value, word in enumerate(TENS, start=2)}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def word_set(words: str) -> frozenset[str]:
    """The words of a list written as a line.

    >>> sorted(word_set("more less"))
    ['less', 'more']
    """
    return frozenset(words.split())


SHORT_MONTHS = {
    short: number
    for number, month in enumerate(MONTHS, start=1)
    for short in (month[:3].lower(), *(["sept"] if month == "September" else []))
    if short != month.lower()
}
"""The short forms of months in small letters, with the number of the month; "may" is no short form."""
MONTHS_BY_NAME = {month.lower(): number for number, month in enumerate(MONTHS, start=1)} | SHORT_MONTHS
"""Every name of a month in small letters, with its number."""
