"""A place in the tokens of a phrase, with what the reading depends on."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import wraps
from typing import NamedTuple, TypeVar

from forecastlog.deadlines.conventions import Convention
from forecastlog.deadlines.events import EVENTS, Periods, with_periods
from forecastlog.deadlines.lexer import Token
from forecastlog.deadlines.names import Name
from forecastlog.deadlines.periods import Period
from forecastlog.deadlines.tables import PhraseTable

T = TypeVar("T")


def _says(token: Token, part: str) -> bool:
    return token.text == part


_END = Token("end", "")


class Context(NamedTuple):
    """What a reading depends on besides the words."""

    reference: date
    hemisphere: str
    fiscal_start: int
    convention: Convention
    holds: str
    subject: str | None
    periods: Periods

    @property
    def events(self) -> PhraseTable[Name]:
        """Every event that has a name, with the desk's own periods."""
        return with_periods(self.periods) if self.periods else EVENTS


class Cursor:
    """Tokens, how far they are read, and what they are read with.

    ``dated`` tells whether the day on which the words were said has been asked for: where it was not, they
    mean the same on any other.
    """

    __slots__ = (
        "at_start",
        "clock",
        "convention",
        "dated",
        "edge",
        "events",
        "farthest",
        "fiscal_start",
        "hemisphere",
        "holds",
        "i",
        "previous",
        "said",
        "subject",
        "tokens",
        "vague",
    )

    def __init__(self, tokens: list[Token], context: Context) -> None:
        self.tokens = tokens
        (
            self.said,
            self.hemisphere,
            self.fiscal_start,
            self.convention,
            self.holds,
            self.subject,
            _,
        ) = context
        self.events, self.dated = context.events, False
        self.i = self.farthest = 0
        self.vague = False  # an "about" or "roughly" was read
        self.previous: Period | None = None  # what "next" repeats in "this year or next"
        self.edge: str | None = None  # what "April" shares in "the end of March or April"
        self.clock = ""  # a time of day and its zone, as they will be shown
        self.at_start = False  # the clock says midnight at the start of its day

    @property
    def reference(self) -> date:
        """The day on which the words were said."""
        self.dated = True
        return self.said

    def peek(self, ahead: int = 0) -> Token:
        """The token `ahead` places on; kind "end" behind the last."""
        try:
            return self.tokens[self.i + ahead]
        except IndexError:
            return _END

    def advance(self, count: int = 1) -> bool:
        """Read on; always true, so that it can end a condition."""
        self.i += count
        if self.i > self.farthest:  # noqa: PLR1730  # a call of max takes as long as all the rest
            self.farthest = self.i
        return True

    def take(self, kind: str) -> Token | None:
        """The next token, if it is of this kind."""
        token = self.peek()
        if token.kind != kind:
            return None
        self.advance()
        return token

    def word(self, *options: str) -> str | None:
        """The next word, if it is one of these."""
        if self.i < len(self.tokens) and (text := self.tokens[self.i].text) in options:
            self.advance()
            return text
        return None

    def words(self, phrase: str) -> bool:
        """Take these words in a row, or nothing."""
        first = self.peek().text
        if not first or not phrase.startswith(first):  # most calls end here
            return False
        parts = phrase.split()
        return self._next(parts) and self.advance(len(parts))

    def phrase(self, phrases: PhraseTable[T]) -> T | None:
        """The value of the longest phrase of a table (keyed by first word) that comes next."""
        for parts, value in phrases.get(self.peek().text, ()):
            if self._next(parts):
                self.advance(len(parts))
                return value
        return None

    def _next(self, parts: Sequence[str]) -> bool:
        """Whether these words come next."""
        there = self.tokens[self.i : self.i + len(parts)]
        return len(there) == len(parts) and all(map(_says, there, parts))

    @property
    def after_comma(self) -> bool:
        """Whether more than a space stands before the next token."""
        return 0 < self.i < len(self.tokens) and self.tokens[self.i].start > self.tokens[self.i - 1].end + 1

    @property
    def done(self) -> bool:
        """Whether every token has been read."""
        return self.i >= len(self.tokens)


def rule(parse: Callable[[Cursor], T]) -> Callable[[Cursor], T]:
    """A rule that fails leaves the cursor where it was."""

    @wraps(parse)
    def wrapped(c: Cursor) -> T:
        start = c.i
        found = parse(c)
        if found is None:
            c.i = start
        return found

    return wrapped
