"""Time phrases in running text: where each stands, and the days that it means.

Prose is looked through for the words that only times have (months, units, years, feasts). Around each, the
words that the grammar knows make a window, and in it the longest phrase that the grammar reads to its end is
taken. What speaks of the past is found and marked, and means no deadline. The time taken grows with the
length of the text alone: a window holds at most so many words, and each phrase begins at one of them.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from forecastlog.deadlines.cursor import Context, Cursor
from forecastlog.deadlines.deadline import Found
from forecastlog.deadlines.grammar import understand
from forecastlog.deadlines.lexer import SAME_LENGTH, Token, tokens_of
from forecastlog.deadlines.limits import Limit
from forecastlog.deadlines.names import Name
from forecastlog.deadlines.phrases import WHOLE
from forecastlog.deadlines.prose import (
    CORE,
    ENDS_NOTHING,
    FUTURE,
    NO_START,
    NOT_IN_PROSE,
    PAST,
    SHORT_NAMES,
    STARTS,
    SURE,
    UNREAD_BEFORE,
    VOCABULARY,
)
from forecastlog.deadlines.tables import PhraseTable
from forecastlog.deadlines.understanding import written_down

_WORD = re.compile(r"[^\W\d_]+|\d+(?:st|nd|rd|th|s)?(?![^\W\d_])|\d+")
_GAP = re.compile(r"[ \t\r,'\-/]*(?:\n[ \t\r,'\-/]*)?")
_ABBREVIATED = frozenset({"a", "p", "m", "tues", "thurs", "sept", *SHORT_NAMES})
_BEFORE, _AFTER = 10, 14  # words of a window on either side of the word that opened it
_LONGEST = 16  # tokens of a phrase
_TAIL = 4  # tokens: "or at the latest"
_ALONE = ("date", "decade", "weekday", "isoweek")  # what is a time without another word
_TIMES = ("month", "weekday", "season", "unit", "quarter", "half", "date", "decade", "years", "fy", "isoweek")
_STOP = re.compile(r"[.?!;]\s|\n\s*\n")
_NEAR = 12  # words to either side in which a verb tells past from future


def phrases_in(text: str, context: Context) -> list[Found]:
    """The time phrases of a text, in their order."""
    prose = _Prose(text, context)
    return [found for window in prose.windows() for found in prose.phrases(window)]


class _Prose:
    """A text with its words; `plain` has one kind of dash and quote, and the same length."""

    def __init__(self, text: str, context: Context) -> None:
        self.text = text
        self.context = context
        self.plain = _lowered(text)
        self.words = list(_WORD.finditer(self.plain))
        self.starts = [match.start() for match in self.words]
        self.events = context.events
        self.ends = CORE | {parts[-1] for rows in self.events.values() for parts, _ in rows}

    def windows(self) -> Iterator[tuple[int, int]]:
        """The first word and the one behind the last of each stretch that may hold a time."""
        own = {word for rows in self.events.values() for parts, _ in rows for word in parts}
        ended = -1
        for i, match in enumerate(self.words):
            word = match.group()
            if i < ended or not (word in self.ends or _is_year(word)):
                continue
            first, last = i, i + 1
            while (
                first > max(i - _BEFORE, ended, 0)
                and self._joined(first)
                and _known(self.words[first - 1], own)
            ):
                first -= 1
            while (
                last < min(i + _AFTER, len(self.words))
                and self._joined(last)
                and _known(self.words[last], own)
            ):
                last += 1
            ended = last
            yield first, last

    def _joined(self, i: int) -> bool:
        """Whether the word before the i-th stands in its sentence, with only spaces and commas between."""
        if i == 0:
            return False
        left, right = self.words[i - 1], self.words[i]
        gap = self.plain[left.end() : right.start()]
        if gap in ("", " "):
            return True
        if _GAP.fullmatch(gap):  # "in the end, the day was theirs" is two phrases
            return "," not in gap or right.group() not in ("the", "a", "an")
        digits = left.group()[-1].isdigit() and right.group()[0].isdigit()
        return (gap in (".", ":") and digits) or (gap.strip() == "." and left.group() in _ABBREVIATED)

    def phrases(self, window: tuple[int, int]) -> Iterator[Found]:
        """The phrases of a window, the longest from the left."""
        first, last = window
        offset = self.words[first].start()
        tokens = tokens_of(self.plain[offset : self.words[last - 1].end()])
        i = 0
        while i < len(tokens):
            begins = _begins(tokens[i], self.events) and not _is_verb(tokens[i : i + 2])
            found = self._longest(tokens, i, offset) if begins else None
            if found is None:
                i += 1
                continue
            size, span = found
            i += size
            yield span

    def _longest(self, tokens: list[Token], i: int, offset: int) -> tuple[int, Found] | None:
        end = min(len(tokens), i + _LONGEST)
        while end > i:
            part = tokens[i:end]
            if part[-1].text in ENDS_NOTHING:
                end -= 1
                continue
            c = Cursor(part, self.context)
            try:
                limit = understand(c)
            except (ValueError, OverflowError):  # a day that no calendar has
                limit = None
            if limit is not None and self._is_time(part, limit, offset):
                behind = tokens[i - 1].text if i else ""
                return end - i, self._span(part, behind, limit, c.clock, offset)
            end = min(end - 1, i + c.farthest + _TAIL)  # no phrase is longer than what was read, and a tail
        return None

    def _is_time(self, part: list[Token], limit: Limit, offset: int) -> bool:
        """Whether the words are meant as a time: not the verb "may", nor how long something lasts."""
        said = " ".join(token.text for token in part)
        if said in WHOLE:
            return said not in NOT_IN_PROSE
        if said in NOT_IN_PROSE or (len(part) == 1 and part[0].kind not in _ALONE):
            return False
        unit = part[-1]
        counted = unit.kind == "unit" and not unit.text.endswith("s") and part[0].text == "for"
        if limit.rule == "for" and (part[0].text != "for" or (counted and part[-2].kind == "number")):
            return False  # how long something lasts; "for a 30-day pause"
        if not any(token.kind in _TIMES or token.text in self.ends or _is_year(token.text) for token in part):
            return False
        if limit.rule == "in" and part[0].text != "between" and any(token.text == "and" for token in part):
            return False  # "in spring, and in May" are two
        dated = any(token.kind == "number" for token in part)
        return all(self._names(token, offset, dated=dated, first=token is part[0]) for token in part)

    def _names(self, token: Token, offset: int, *, dated: bool, first: bool) -> bool:
        """Whether a word that may be a verb or a noun besides is meant as the name of a time."""
        if token.kind in ("month", "weekday"):
            capital = self.text[offset + token.start].isupper()
            plain = token.text not in SHORT_NAMES and not (first and token.text == "may")
            return capital and (dated or plain)
        return not (token.kind == "season" and first and not dated and token.text in ("spring", "fall"))

    def _span(self, part: list[Token], behind: str, limit: Limit, clock: str, offset: int) -> Found:
        start, stop = offset + part[0].start, offset + part[-1].end
        words = self.text[start:stop]
        past = self._past(part, limit, start, stop)
        unread = past or behind in UNREAD_BEFORE
        deadline = None if unread else written_down(limit, words, self.context, clock)
        return Found(start, stop, words, deadline, past)

    def _past(self, part: list[Token], limit: Limit, start: int, stop: int) -> bool:
        """Whether the time is over, or the nearest verb says so of one that names no year."""
        last, reference = limit.latest, self.context.reference
        if part[0].text in ("since", "earlier") or (last is not None and last < reference):
            return True
        if (
            last is None
            and limit.rule in ("after", "from")
            and limit.earliest
            and limit.earliest <= reference
        ):
            return part[0].text not in ("soon", "from")
        if limit.rule in SURE or any(token.text in SURE or _is_year(token.text) for token in part):
            return False
        past, future = self._nearest(start, stop)
        if limit.rule in ("in-n", "for", "after"):  # the first time in two years; after three years of war
            return future > _NEAR or past < future
        return past < future

    def _nearest(self, start: int, stop: int) -> tuple[int, int]:
        """How many words away in the sentence the nearest verbs of the past and of the future stand."""
        first = bisect_left(self.starts, start)
        after = bisect_left(self.starts, stop)
        distance = {"past": _NEAR + 1, "future": _NEAR + 1}
        for away, i in enumerate(range(first - 1, max(first - 1 - _NEAR, -1), -1), start=1):
            if _STOP.search(self.plain, self.words[i].end(), self.words[i + 1].start()):
                break
            self._note(i, away, distance)
        for away, i in enumerate(range(after, min(after + _NEAR, len(self.words))), start=1):
            if _STOP.search(self.plain, self.words[i - 1].end(), self.words[i].start()):
                break
            self._note(i, away, distance)
        return distance["past"], distance["future"]

    def _note(self, i: int, away: int, distance: dict[str, int]) -> None:
        word = self.words[i].group()
        passive = i > 0 and (self.words[i - 1].group() == "be" or self.words[i - 1].group() in FUTURE)
        over = word in PAST or (len(word) > 4 and word.endswith("ed") and not passive)  # "will be signed"
        tense = "future" if word in FUTURE else "past" if over else None
        if tense:
            distance[tense] = min(distance[tense], away)


def _begins(token: Token, events: PhraseTable[Name]) -> bool:
    """Whether a phrase may begin with this token."""
    if token.text in NO_START:
        return False
    return token.kind not in ("word", "other") or token.text in STARTS or token.text in events


def _is_verb(pair: list[Token]) -> bool:
    """Whether "end" or "start" is what happens in June, as in "will end in June".

    The end in June has its article.
    """
    return (
        pair[0].text in ("end", "start", "close")
        and len(pair) == 2
        and pair[1].text in ("in", "on", "during")
    )


def _lowered(text: str) -> str:
    """Lower case with one kind of dash, quote and space, and every character in its place."""
    lower = text.translate(SAME_LENGTH).lower()
    return (
        lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    )


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isascii() and word.isdigit() and word[:2] in ("19", "20", "21")


def _known(match: re.Match[str], own: set[str]) -> bool:
    word = match.group()
    return word[0].isdigit() or word in VOCABULARY or word in own
