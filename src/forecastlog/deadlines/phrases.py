"""The words around a time, from phrases.csv.

A table, its words, what they mean, the convention that brought them.

whole        phrases that are a whole deadline: how many months from the reference, or open
idiom        words of time that say nothing of time
hedge        how sure the speaker is of the time; "vague" where that makes the days vague
preposition  the rule of limits.py that reads on behind it
ending       verbs behind "before the year ...": whether they end the period or begin it
tail         words behind the whole phrase that set its kind
due          nouns behind a date that add nothing to it: the 30 September deadline, the 2030 target
part         early, the end of, the rest of: the part of the period behind it
from now     what counts an amount from the reference
joint        what ties a time to another one: two weeks before the vote
count        a number without figures: its lower and upper bound
fuzzy        what stands before an amount; "vague" where it blurs it
turn         what begins or ends a term of office
zone         the zone of a time of day
"""

from forecastlog.deadlines.conventions import CONVENTIONS
from forecastlog.deadlines.tables import PhraseTable, by_first_word, read_rows

_ROWS = read_rows("phrases.csv")
_NAMES = list(CONVENTIONS)


def _table(name: str, convention: str = _NAMES[-1]) -> dict[str, str]:
    """The words of a table that a convention knows."""
    known = _NAMES[: _NAMES.index(convention) + 1]
    return {
        row["words"]: row["value"]
        for row in _ROWS
        if row["table"] == name and (row["since"] or "fl-1") in known
    }


def _bounds(value: str) -> tuple[float, float]:
    low, _, high = value.partition(" to ")
    return _number(low), _number(high or low)


def _number(text: str) -> float:
    return float(text) if "." in text else int(text)


def _flags(name: str, true: str) -> PhraseTable[bool]:
    return by_first_word({words: value == true for words, value in _table(name).items()})


WHOLE = {
    words: None if value == "open" else int(value.removesuffix(" months"))
    for words, value in _table("whole").items()
}
IDIOMS = frozenset(_table("idiom"))
HEDGES = _flags("hedge", "vague")
PREPOSITIONS = {name: by_first_word(_table("preposition", name)) for name in _NAMES}
ENDINGS = _flags("ending", "ends")
TAILS = _table("tail")
DUE_NOUNS = frozenset(_table("due"))
PARTS = by_first_word(_table("part"))
FROM_NOW = by_first_word(dict.fromkeys(_table("from now"), True))
JOINTS = by_first_word(_table("joint"))
COUNTS = by_first_word({words: _bounds(value) for words, value in _table("count").items()})
FUZZY = _flags("fuzzy", "vague")
TURNS = by_first_word(_table("turn"))
ZONES = by_first_word(_table("zone"))
IN_TABLES = frozenset(word for row in _ROWS for word in row["words"].split())
LASTS = frozenset(words.split()[-1] for words in WHOLE)
"""The last words of whole phrases, which are less common than their first."""
FIRSTS = frozenset(
    row["words"].split()[0]
    for row in _ROWS
    if row["table"] in ("whole", "hedge", "preposition", "part", "count", "fuzzy")
)
"""The words with which the phrases of the grammar begin."""
