"""Numbers, ordinals and decades in words.

Twenty-one, the thirty-first, two thousand and thirty, the twenty-thirties.
"""

from forecastlog.english import BELOW_TWENTY, TENS

_FIRSTS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
]

# Word -> (kind, number).
WORDS: dict[str, tuple[str, int]] = {
    **{word: ("number", value) for value, word in enumerate(BELOW_TWENTY)},
    **{word: ("number", value * 10) for value, word in enumerate(TENS, start=2)},
    **{word: ("ord", value) for value, word in enumerate(_FIRSTS, start=1)},
    **{f"{word[:-1]}ieth": ("ord", value * 10) for value, word in enumerate(TENS, start=2)},
    **{f"{word[:-1]}ies": ("decade", value * 10) for value, word in enumerate(TENS, start=2)},
    "tens": ("decade", 10),
    "hundred": ("number", 100),
    "thousand": ("number", 1000),
}


def _grown(value: int | None, number: int) -> int | None:
    """The number made of what was read and the next word's number; None when they are two numbers."""
    if number in (100, 1000):
        factor = 1 if value is None else value
        return factor * number if 0 < factor < number else None
    if value is None:
        return number
    if value >= 100 and value % 100 == 0 and number < 100:  # two thousand and thirty
        return value + number
    if value % 10 == 0 and value % 100 >= 20 and 0 < number < 10:  # twenty-six
        return value + number
    if value in (19, 20, 21) and number >= 10:  # twenty thirty
        return value * 100 + number
    return None


def spelled(words: list[str]) -> tuple[str, int, int] | None:
    """Kind, value and length of the number that the words begin with; a "-" between two words is skipped.

    >>> spelled("two thousand and thirty two".split())
    ('number', 2032, 5)
    >>> (spelled("thirty - first day".split()), spelled("twenty thirties".split()),
    ...  spelled("six weeks".split()))
    (('ord', 31, 3), ('decade', 2030, 2), ('number', 6, 1))
    """
    value: int | None = None
    kind, length = "number", 0
    for index, word in enumerate(words):
        if value is not None and (word == "-" or (word == "and" and value % 100 == 0)):
            continue
        kind_here, number = WORDS.get(word, ("", 0))
        grown = _grown(value, number) if kind_here else None
        if grown is None or (kind_here == "decade" and value is None):
            break
        value, length = grown, index + 1
        if kind_here != "number":
            kind = kind_here
            break
    return (kind, value, length) if value is not None else None
