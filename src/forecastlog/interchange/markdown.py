"""A list of predictions as people publish them at the turn of a year.

"claim - 80 %", failures struck through.

The figure stands behind the claim, before it, in a cell of its own, or in the heading of a group. How a line
is set tells what became of it, and so may a word or a sign after it. Other headings become tags.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from forecastlog.interchange import claims
from forecastlog.interchange.found import BadFile, Guess, Item, Outcome, Question, Report
from forecastlog.interchange.hypertext import plain_lines
from forecastlog.interchange.published import Counts, published_count
from forecastlog.interchange.rows import text_lines

_ITEM = re.compile(r"\s*(~~|\*\*|[*_](?=\(?\d))?\s*(?:[-*+•‣]|\(?\d{1,4}[.):]|[a-z]\))\s+(.*)")
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$|\s*\*\*([^*]+?)\*\*:?\s*$")
_CAPITALS = re.compile(r"\s*([A-Z][A-Z /&,'-]{2,60}):?\s*$")
_NUMBERED = re.compile(r"^\(?\d{1,3}[.)]\s+(?=\D)")
_DOTS = re.compile(r"\s*(?:\.{2,}|…)")
_PLAIN, _BOLD = 8, 7
"""The levels of headings without a sign, below the six of those that have one."""

LONGEST = 2_000
"""Characters of the longest line that is taken to be a claim; others are text between the lists."""
MARKS = ("struck", "italic", "bold", "plain")
"""How a line may be set, the first that applies counts."""
USUAL: Mapping[str, str] = {"struck": "no", "italic": "ambiguous"}
"""What a line so set came to, where nobody says otherwise; the plain ones happened where anything is
struck."""


class Entry(NamedTuple):
    """A line of the list.

    Its claim and the keys of its forecast, how it is set, what a word or a sign says, and its heading.
    """

    row: int
    claim: str
    keys: Mapping[str, float]
    setting: str
    verdict: str
    heading: str
    note: str


@dataclass(slots=True)
class _Headings:
    """The heading that holds at a place of the list, with the figure and the outcome of all below it."""

    words: str = ""
    keys: Mapping[str, float] | None = None
    verdict: str = ""
    _level: int = 9
    _verdict_level: int = 9

    def enter(self, level: int, text: str) -> None:
        """Go on below a heading, which ends what one of its level or a lower one said of the items below."""
        if level <= self._level:
            self.keys, self._level = None, 9
        if level <= self._verdict_level:
            self.verdict, self._verdict_level = "", 9
        if keys := claims.group_of(text, heading=level < _PLAIN):
            self.keys, self._level = keys, level
            return
        self.words = text
        if told := claims.sorted_under(text):
            self.verdict, self._verdict_level = told, level


@dataclass(slots=True)
class _List:
    """A list as far as it was read."""

    report: Report
    headings: _Headings = field(default_factory=_Headings)
    whole: str | None = ""
    """The last claim that stood for itself, which "...and by June" goes on from; None: it was passed over."""

    def entry(self, number: int, line: str) -> Entry | None:
        """What a line says; None for a heading or a text between. Raises ValueError with a clause."""
        item = _ITEM.match(line)
        heading = None if item else _HEADING.match(line)
        if heading and not claims.is_item(claims.bare(_text_of(heading))):
            self.headings.enter(len(heading[1] or "") or _BOLD, claims.bare(_text_of(heading)))
            return None
        text = f"{item[1] or ''}{item[2]}" if item else _text_of(heading) if heading else line
        sign, text = claims.verdict_of_signs(text)
        in_table = line.lstrip().startswith("|")
        found = self._figure(text.replace("~~", ""), in_table=in_table, is_item=bool(item))
        if found is None or not (item or heading or in_table or _is_told(found.rest)):
            self._text_between(line, in_table=in_table)
            return None
        last, claim = ("", found.claim) if found.rest else claims.verdict_at_end(found.claim)
        is_struck, clean = claims.struck(text, claim)
        if "~~" in text and not is_struck:
            self.report.doubt("only a part of it is struck through, which is taken for an edit", number)
            found = self._figure(clean, in_table=in_table, is_item=bool(item)) or found
            last, claim = ("", found.claim) if found.rest else claims.verdict_at_end(found.claim)
        word, rest = claims.verdict_of_word(found.rest)
        claim, setting = claims.setting_of(claim, text)
        setting = "struck" if is_struck else setting
        verdict = word or last or sign or ("" if is_struck else self.headings.verdict)
        claim = self._claim(claim)
        self.report.rows += 1
        return Entry(number, claim, found.keys, setting, verdict, self.headings.words, rest)

    def _figure(self, text: str, *, in_table: bool, is_item: bool) -> claims.Figure | None:
        """The claim and its figure, or that of the group; raises ValueError for an item that has none."""
        group = self.headings.keys
        if in_table:
            return claims.row(text)
        found = claims.split(text, in_group=group is not None)
        if is_item and found is None:
            if group is None or not claims.bare(text):
                raise ValueError("no percentage stands at its end or beginning")
            return claims.Figure(text, group, "")
        return found

    def _text_between(self, line: str, *, in_table: bool) -> None:
        """A line that is no item: of letters like a heading, a group's figure, or words."""
        if in_table and re.search(r"\d", line):
            raise ValueError("no cell of the row is a percentage")
        if claims.group_of(claims.bare(line), heading=False):
            self.headings.enter(_PLAIN, claims.bare(line))
        elif capitals := _CAPITALS.match(line):
            self.headings.enter(_PLAIN, capitals[1].strip())

    def _claim(self, claim: str) -> str:
        """A claim's words; what begins with dots goes on from the one before."""
        claim = _NUMBERED.sub("", claims.bare(claim), count=1).rstrip(" :")
        if not _DOTS.match(claim):
            self.whole = claim
            return claim
        if self.whole is None:
            raise ValueError("it goes on from a claim that was passed over")
        return f"{self.whole} {claim}".lstrip()


def _is_told(rest: str) -> bool:
    """Whether nothing stands behind a figure, or a verdict alone: other lines of a text are no items."""
    word, more = claims.verdict_of_word(rest)
    return not rest or bool(word and not more)


def _text_of(heading: re.Match[str]) -> str:
    return heading[2] or heading[3]


def entries(path: Path, report: Report, counts: Counts) -> Iterator[Entry]:
    """The list's entries; items without a figure are reported, published counts are kept in ``counts``."""
    lines, notes = text_lines(path)
    for note in notes:
        report.note(note)
    so_far = _List(report)
    for number, line in plain_lines(lines(), report.note):
        if len(line) > LONGEST:
            if _ITEM.match(line):
                report.skip(f"an item of more than {LONGEST:,} characters", number)
            continue
        if told := published_count(claims.bare(line)):
            counts.published.append(told)
            continue
        try:
            if entry := so_far.entry(number, line):
                yield entry
        except ValueError as fault:
            report.rows += 1
            report.skip(str(fault), number)
            so_far.whole = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Whose list it is, when it was published, its last day, and what the settings of a line mean."""

    by: str
    made: str
    latest: str
    source: str
    meaning: Mapping[str, str] = field(default_factory=dict)


def list_items(path: Path, report: Report, told: Told) -> Iterator[tuple[int | None, Item]]:
    """The list as questions, a forecast each, and the outcomes that are told.

    The report counts them by figure.
    """
    counts = Counts()
    found: Sequence[Entry] = list(entries(path, report, counts))
    if not found:
        raise BadFile(f"{path} has no list of the shape '- claim - 80 %'.")
    meaning = _meaning(found, told.meaning)
    report.note(_sentence(meaning))
    seen: set[str] = set()
    for entry in found:
        key = _key(entry, seen)
        keys = {"claim": entry.claim, "speaker": told.by, "made": told.made, "latest": told.latest}
        more = {"tags": [entry.heading] if entry.heading else [], "note": entry.note}
        yield entry.row, Question(key, {**keys, **more})
        yield entry.row, Guess(key, {"made": told.made, "by": told.by, **entry.keys})
        outcome = entry.verdict or meaning.get(entry.setting, "")
        counts.add(entry.keys["probability"], outcome)
        if outcome:
            reason = "moot" if outcome == "void" else None
            known = told.latest or told.made
            yield (
                entry.row,
                Outcome(key, {"by": told.source, "outcome": outcome, "reason": reason, "known": known}),
            )
    for sentence in counts.sentences():
        report.note(sentence)


def _meaning(found: Sequence[Entry], given: Mapping[str, str]) -> Mapping[str, str]:
    """What each setting says became of it: as given, else as usual where the list tells anything at all."""
    struck = any(entry.setting == "struck" for entry in found)
    words = any(entry.verdict == "yes" for entry in found)
    if not (struck or words or given or any(entry.verdict for entry in found)):
        return {}
    plain = "" if words or given else "yes"
    return {"plain": plain, "bold": given.get("plain", plain), **({} if words else USUAL), **given} | (
        {"struck": given.get("struck", "no")}
    )


def _sentence(meaning: Mapping[str, str]) -> str:
    if not meaning:
        return (
            "Nothing is struck through or marked, so no outcome is known (--meaning "
            "italic=no says what a setting means)."
        )
    said = (f"{mark}: {meaning.get(mark) or 'open'}" for mark in MARKS)
    return f"Where no word or sign says what became of it: {', '.join(said)} (--meaning changes it)."


def _key(entry: Entry, seen: set[str]) -> str:
    """The words of a line, with heading and number where others have the same."""
    key = entry.claim
    if key in seen and entry.heading:
        key = f"{entry.heading}: {entry.claim}"
    number, first = 1, key
    while key in seen:
        number += 1
        key = f"{first} ({number})"
    seen.add(key)
    return key
