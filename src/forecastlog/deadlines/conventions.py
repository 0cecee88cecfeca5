"""The named sets of rules by which time phrases are read; a record keeps the one that it was read by."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Convention:
    """What a convention does, as answers to the questions on which the conventions differ.

    `from_made`: no window opens before the words were said; "in two years" opens on that day.
    `named_ends`: "at year-end", "end-June" and "midyear" name one last day.
    `halves_apart`: in "A or B" each half keeps what it means alone.
    `whose`: "his first year in office" is unread unless it is told, or named, whose.
    `floors`: "in as little as N" opens after N; "until at least X" names no end and is unread.
    `past_decades`: "the '80s" are those that are over, and unread.
    `clocks`: a time of day is kept with its zone; midnight at a day's start ends the day before.
    """

    name: str
    from_made: bool = True
    named_ends: bool = True
    halves_apart: bool = True
    whose: bool = True
    floors: bool = True
    past_decades: bool = True
    clocks: bool = True


CONVENTIONS = {
    "fl-1": Convention("fl-1", False, False, False, False, False, False, False),
    "fl-2": Convention("fl-2"),
}
