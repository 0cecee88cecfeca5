"""Who publishes the number that a text foretells, where the text says so: the source that can settle it.

Words such as "as published by", "on the figures of" and a body of statistics behind "according to" name a
source. Anybody else behind "according to" only says so, and is a speaker. A source belongs to the number
nearest before it, or behind it where it stands first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from forecastlog.amounts import find as find_amounts
from forecastlog.suggest.figures import Figures, ends_of
from forecastlog.suggest.weighing import Passage

_BODY = (
    "office|bureau|agency|institute|ministry|department|commission|authority|board|service|exchange|bank"
    "|council|association|federation|committee|registry|operator|observatory"
)
_NAME = r"(?:(?:[A-Z]\.){2,}|[A-Z][\w&-]*)"
_NAMED = rf"{_NAME}(?:\s+(?:(?:of|for|and)\s+(?:the\s+)?)?{_NAME}){{0,8}}"
_CALLED = rf"(?:[\w-]+\s+){{0,4}}?(?:{_BODY})\b(?:\s+(?:of|for)\s+(?:the\s+)?[\w-]+)?"
_WHO = rf"(?P<who>(?:[Tt]he\s+)?(?:{_NAMED}|{_CALLED}))"
_PUBLISHES = "published|reported|measured|counted|released|compiled|recorded|calculated|certified|announced"
_FIGURES = "figures|data|statistics|numbers|count|index|measure|definition|survey|readings?"
_PUBLISHED = re.compile(
    rf"\b(?:[Aa]s\s+(?:first\s+|officially\s+|then\s+)?(?:{_PUBLISHES})\s+by"
    rf"|(?:[Oo]n|[Bb]y|[Ii]n|[Aa]ccording\s+to)\s+(?:the\s+)?(?:\w+\s+){{0,2}}?(?:{_FIGURES})\s+"
    rf"(?:(?:{_PUBLISHES})\s+by|of|from|by))\s+{_WHO}"
)
_COUNTED = re.compile(
    rf"\b[Aa]ccording\s+to\s+(?P<who>(?:the\s+)?(?:[\w-]+\s+){{0,5}}?"
    rf"(?:[Ss]tatistics\s+(?:{_BODY}|[A-Z]\w+)|(?:{_BODY}|[Bb]ureau|[Oo]ffice|[Ii]nstitute|[Aa]gency)\s+(?:of|for)\s+"
    r"(?:\w+\s+)?[Ss]tatistics|[Cc]ensus\s+(?:[Bb]ureau|[Oo]ffice)|Eurostat))",
)


def source_of(passage: Passage, own: Figures) -> str:
    """Who publishes the ``own`` number of a passage, where its sentence says so."""
    start, day = passage.sentence.start, passage.day
    return published_by(passage.sentence.text, own, [(day.start - start, day.end - start)] if day else [])


def published_by(sentence: str, own: Figures, apart: Sequence[tuple[int, int]] = ()) -> str:
    """Who publishes a sentence's ``own`` number; empty where it does not say.

    ``apart`` are spans whose numbers are times.

    >>> published_by("Prices will rise 3 % by May, as published by the statistics office.", Figures(value=3))
    'the statistics office'
    >>> published_by("Prices will rise 3 % by May, according to Ann Holt.", Figures(value=3))
    ''
    """
    found = [*_PUBLISHED.finditer(sentence), *_COUNTED.finditer(sentence)]
    if not found:
        return ""
    numbers = [
        span
        for span in find_amounts(sentence)
        if not any(first <= span.start < last for first, last in apart)
    ]
    for said in sorted(found, key=lambda match: match.start()):
        before = [span.amount for span in numbers if span.start < said.start()]
        behind = [span.amount for span in numbers if span.start >= said.end()]
        nearest = before[-1:] or behind[:1]
        if nearest and ends_of(nearest[0]) == ends_of(own):
            return " ".join(said["who"].split())
    return ""
