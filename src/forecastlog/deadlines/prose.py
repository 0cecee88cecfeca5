"""Words of running text, from prose.csv.

Which open a window, which belong in it, which tell past from future.
"""

from forecastlog.deadlines.lexer import CALENDAR
from forecastlog.deadlines.numerals import WORDS
from forecastlog.deadlines.phrases import FIRSTS, IN_TABLES, LASTS
from forecastlog.deadlines.tables import read_rows

_ROWS = read_rows("prose.csv")


def _table(name: str) -> frozenset[str]:
    return frozenset(row["words"] for row in _ROWS if row["table"] == name)


CORE = CALENDAR.keys() | _table("core") | LASTS
"""Words that only times have: each opens a window."""
VOCABULARY = CORE | WORDS.keys() | IN_TABLES | _table("glue")
"""Words that a phrase may hold beside them."""
STARTS = CORE | FIRSTS | _table("start")
"""Words with which a phrase may begin."""
NO_START = _table("no start")
"""Words with which none begins, although the grammar would let it."""
ENDS_NOTHING = _table("no end")
NOT_IN_PROSE = _table("not in prose")
"""What the grammar reads as a time, and running text seldom means so."""
UNREAD_BEFORE = _table("unread before")
"""Words before a phrase that make something else of it: until at least the end of June."""
SHORT_NAMES = _table("short name")
"""Names that are words besides: only with a number."""
FUTURE = _table("future")
PAST = _table("past")
SURE = _table("sure")
"""Words, and rules of the grammar, that speak of what is to come whatever the verb says."""
