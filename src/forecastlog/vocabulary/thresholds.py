"""The thresholds that the log keeps.

How many are enough, how soon is at once, and since when a rule holds.
"""

from __future__ import annotations

from datetime import date

ENOUGH_EVENTS = 10
"""Fewer events than this give no interval, no skill and no curve: of so few they say nothing."""
RANK_EVENTS, RANK_ARTICLES = ENOUGH_EVENTS, 3
"""What a rank needs, and forecasts that were logged in advance besides."""
LOGGED_WITHIN_DAYS, LOGGED_WITHIN_SHARE, LOGGED_AT_ONCE_DAYS = 30, 0.25, 2
"""A forecast is logged in advance within so many days of being made and before such a share of the time
from then to its latest deadline had passed; within the last number of days it always is."""
MANY_WITHOUT_EVENT = 5
"""So many predictions of one article without an event are asked for theirs."""
READ_SOURCES = 4
"""An outcome with more sources than this is remarked upon: two good ones are read, many are skipped."""

CHANGED_SHARE = 0.1
"""The share of a stored text, by length, that may be gone from its page before that is told: pages change in
small ways."""
NOTHING_CHANGES = 0.9
"""The probability that the "nothing changes" forecaster gives to things staying as they are: our choice."""
NOTHING_CHANGES_BESIDE = (0.8, 0.97)
"""Other choices, which are shown beside it."""
FIGURES_IN_WORDS_SINCE = date(2026, 11, 23)
"""For records logged from this day on, words that are said to state a figure must have it in them; earlier
ones, which were written when nothing said so, are remarked upon."""
READERS_NAMED_SINCE = date(2026, 11, 29)
"""For records logged from this day on, an analyst's own figure names its reader; earlier ones without are
left out."""
