"""Bare written dates in the larger languages of Europe, and days typed at a command line, through dateparser.

dateparser takes a third of a second to load and reads too much ("may leave" as the month), so it is asked
only for what has the shape of one full date, and believed only when it kept every number of it.
"""

import re
from datetime import date, datetime

_SHAPE = r"(\d{1,2})\W{0,2}(?:[^\W\d_]{1,3}\s)?([^\W\d_]{3,15})\W{1,2}(?:[^\W\d_]{1,3}\s)?(\d{4})\.?"
# Tried in this order. All of dateparser's languages together take four seconds to load.
_LANGUAGES = [
    "en",
    "fr",
    "de",
    "es",
    "it",
    "pt",
    "nl",
    "pl",
    "uk",
    "ru",
    "sv",
    "da",
    "nb",
    "fi",
    "cs",
    "hu",
    "ro",
    "tr",
]
_TYPED = r"[^\W_][\w\s.,/'-]{2,40}"


def _ask(text: str, base: date | None, *, prefer: str = "current_period") -> date | None:
    """The day that dateparser reads, unless it read less, or more, than a day."""
    import warnings

    from dateparser.date import DateDataParser

    settings: dict[str, object] = {"RETURN_TIME_AS_PERIOD": True, "PREFER_DATES_FROM": prefer}
    if base is not None:
        settings["RELATIVE_BASE"] = datetime(base.year, base.month, base.day)  # noqa: DTZ001  # days have no zone
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # dateparser's own, about its time zone tables
        found = DateDataParser(languages=_LANGUAGES, settings=settings).get_date_data(text)
    return found.date_obj.date() if found.date_obj is not None and found.period == "day" else None


def written_date(phrase: str) -> date | None:
    """A day, a month's name and a year with nothing else, in another language: "4 mars 2026".

    >>> written_date("4 mars 2026"), written_date("before 4 mars 2026")
    (datetime.date(2026, 3, 4), None)
    """
    match = re.fullmatch(_SHAPE, phrase.strip())
    if match is None or not 1 <= int(match[1]) <= 31:
        return None
    found = _ask(phrase.strip(), None)
    if found is None or (found.day, found.year) != (int(match[1]), int(match[3])):
        return None
    return found


def is_in_words(text: str) -> bool:
    """Whether a typed day has words in it, rather than figures alone."""
    return re.fullmatch(_TYPED, text) is not None and any(c.isalpha() for c in text)


def typed_day(text: str, today: date) -> date | None:
    """A day typed in words; without a month or a year, the last such day."""
    return _ask(text, today, prefer="past")
