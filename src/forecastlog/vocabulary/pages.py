"""Words of the pages alone: by what readers narrow the predictions, and what charts mark."""

from __future__ import annotations

from typing import Literal

from forecastlog.vocabulary.word import Word, table

CAME = ("It happened", "It happened in part", "It did not happen", "Not decided")
"""What came of predictions, as charts tell it."""

Filter = Literal["topic", "person", "outlet", "went", "status", "year", "logged", "event"]
FILTERS = table(
    Filter,
    Word("topic", "a tag", "Topic"),
    Word("person", "whoever said it in their own words, alone or with others", "Who said it"),
    Word("outlet", "who published the words", "Outlet"),
    Word("went", "how what was said in the speaker's own words went", "How it went"),
    Word("status", "where it stands on the day of the build", "Where it stands"),
    Word("year", "the year in which it was said", "Said in"),
    Word("logged", "when it entered the log", "Logged"),
    Word("event", "what it turns on", "Event"),
)
"""By what readers narrow the predictions, in the order in which it is offered."""

Mark = Literal["plain", "conditional", "judged"]
MARKS = table(
    Mark,
    Word("plain", "said of the claim", "as said"),
    Word("conditional", "said only of the case that a condition comes true", "on a condition"),
    Word("judged", "an analyst's own figure", "our judgement"),
)
"""How charts mark a forecast."""
