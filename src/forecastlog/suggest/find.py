"""A find: a passage that may be a prediction, with everything about it that the text tells."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from forecastlog.phrasing import exact_percent

FORECAST, CONDITIONAL, POSSIBILITY = "forecast", "conditional", "possibility"
INTENTION, EPISTEMIC = "intention", "epistemic"
CLASSES = (FORECAST, CONDITIONAL, POSSIBILITY, INTENTION, EPISTEMIC)
"""What a find may be; the last two (an announced plan, a guess about now) are offered only when asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Find:
    """One find; texts are empty, and everything else None, where the text does not tell.

    ``text[start:end]`` is ``quote``, of at most 15 words; all offsets count characters of the text that was
    searched. ``probability`` lies between 0 and 1. ``low`` and ``high`` are its band, or for a numeric find
    the ends of the range that the text names, and ``value`` is its point. ``earliest``, ``strict`` and
    ``latest`` are the days that ``deadline_words`` mean, and ``reading`` says so in English. ``claim``,
    ``criteria`` and ``settled_by`` are proposed.
    """

    quote: str
    start: int
    end: int
    sentence_start: int
    sentence_end: int
    context: str = ""
    cues: tuple[str, ...] = ()
    score: int = 0
    class_: str = FORECAST
    kind: str = "binary"
    words: str = ""
    probability: float | None = None
    low: float | None = None
    high: float | None = None
    value: float | None = None
    basis: str = "unread"
    negated: bool = False
    attribution: str = "author"
    via: str = ""
    condition: str = ""
    condition_start: int | None = None
    condition_end: int | None = None
    deadline_words: str = ""
    earliest: date | None = None
    strict: date | None = None
    latest: date | None = None
    reading: str = ""
    speaker: str = ""
    speaker_sure: bool = False
    found_by: str = ""
    claim: str = ""
    criteria: str = ""
    settled_by: str = ""
    at: str = ""
    sentence: str = ""
    text: str = "original"

    @property
    def likely(self) -> str:
        """How likely its words say it is, and what they were read as: ``'probably' = 70 %``."""
        figure = "" if self.probability is None else f" = {exact_percent(self.probability, space=' ')}"
        return f"'{self.words}'{figure}"

    def as_dict(self) -> dict[str, object]:
        """The find for JSON, days as 2025-03-19."""
        found: dict[str, object] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            plain = value.isoformat() if isinstance(value, date) else value
            found[field.name.rstrip("_")] = list(plain) if isinstance(plain, tuple) else plain
        return found
