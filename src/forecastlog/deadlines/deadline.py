"""What a time phrase means, and where one stands in a text: the frozen results."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Deadline:
    """The days in which something must happen, both ends inclusive.

    `earliest` is None where the phrase names no first day ("by June"): the record takes the day made.
    `latest` is None where the phrase is open-ended ("eventually"): the log asks for a review date. `strict`
    is the last day that a strict reader accepts, `latest` where there is one reading. So earliest <= strict
    <= latest wherever they are given. `holds` is what was asked for: something happens "within" these days,
    holds "on" the last one, or holds "throughout".
    """

    earliest: date | None
    strict: date | None
    latest: date | None
    edtf: str
    vague: bool
    convention: str
    rule: str
    reading: str
    words: str
    reference: date
    holds: str = "within"


@dataclass(frozen=True, slots=True)
class Found:
    """A time phrase in a text: `text[start:end]` is `words`.

    `deadline` is None where the phrase is `past`, or where what stands before it leaves no last day ("until
    at least the end of June").
    """

    start: int
    end: int
    words: str
    deadline: Deadline | None
    past: bool = False
