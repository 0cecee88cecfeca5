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

from forecastlog.interchange.cells import OUTCOMES, SIGNS, outcome_of
from forecastlog.interchange.found import BadFile, Guess, Item, Outcome, Question, Report
from forecastlog.interchange.hypertext import plain_lines
from forecastlog.interchange.published import Counts, published_count
from forecastlog.interchange.rows import text_lines

_ITEM = re.compile(r"\s*(?:~~|\*\*)?\s*(?:[-*+•‣]|\(?\d{1,4}[.):])\s+(.*)")
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$|\s*\*\*([^*]+?)\*\*:?\s*$")
_CAPITALS = re.compile(r"\s*([A-Z][A-Z /&,'-]{2,60}):?\s*$")
_BOX = re.compile(r"\[([ xX])\]\s+")
_SIGN = re.compile(f"[{''.join(SIGNS)}]\ufe0f?")
_PERCENT = r"(\d{1,3}(?:[.,]\d+)?|\.\d+)\s*(?:%|per\s?cent\b)"
_NUMBER = r"p\s*[=:]\s*(0?\.\d+|[01](?:\.0+)?)"
_SURE = r"(?:confiden(?:ce|t)|certain(?:ty)?|likely|likelihood|probability|chance|predictions?|sure|level)"
_FIGURE = re.compile(rf"(?<![\d.,]){_PERCENT}(?:\s+{_SURE}\b)?|\b{_NUMBER}", re.IGNORECASE)
_SEPARATOR = (
    rf"(?:\s*[:;,|)\]]\s*|\s+[-–—]+\s+|(?<=[)\]])\s+|\t|\s+{_SURE}\s+(?:that|of)\s+|\s+{_SURE}\s*[:–—-]\s*)"
)
_FIRST = re.compile(
    (
        rf"(?:I(?:'m| am)\s+)?[(\[*_]*(?:{_PERCENT}\s*[)\]*_]*{_SEPARATOR}"
        rf"|{_NUMBER}\s*[)\]*_]*[\s:;,|–—-]+)(.+)$"
    ),
    re.IGNORECASE,
)
"""A figure that stands before the claim, by itself: "50% of all voters" begins a claim."""
_RANGE = re.compile(r"\d\s*%?\s*(?:-|–|—|to)\s*$")
_OPENS = " \t:;,-–—=(\\[|~≈<>"
_CLOSES = re.compile(r"^[\s)\]|.:;,*_~–—-]*")
_GROUP = re.compile(rf"(?:at|with)?\s*{_PERCENT}(?:\s+{_SURE}){{0,2}}\W*$", re.IGNORECASE)
_EMPHASIS = re.compile(r"\s*(\*\*|__|\*|_)(?=\S)(.+?)\s*(?:\1)?\W*$")
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
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

    Its claim and figure, how it is set, what a word or a sign says, and its heading.
    """

    row: int
    claim: str
    probability: float
    setting: str
    verdict: str
    heading: str
    note: str


class Figure(NamedTuple):
    """A claim with its figure, and what stands behind it."""

    claim: str
    probability: float
    rest: str


@dataclass(slots=True)
class _Headings:
    """The heading that holds at a place of the list, and the figure of the group it is in."""

    words: str = ""
    figure: float | None = None
    level: int = 9

    def enter(self, level: int, text: str) -> None:
        """Go on below a heading; one of words ends the group unless it is part of it."""
        if group := _GROUP.match(text):
            self.figure, self.level = _share(group[1]), level
            return
        self.words = text
        if level <= self.level:
            self.figure, self.level = None, 9


def entries(path: Path, report: Report, counts: Counts) -> Iterator[Entry]:
    """The list's entries; items without a figure are reported, published counts are kept in ``counts``."""
    lines, notes = text_lines(path)
    for note in notes:
        report.note(note)
    headings, whole = _Headings(), ""
    for number, line in plain_lines(lines()):
        if len(line) > LONGEST:
            if _ITEM.match(line):
                report.skip(f"an item of more than {LONGEST:,} characters", number)
            continue
        if told := published_count(_bare(line)):
            counts.published.append(told)
            continue
        item = _ITEM.match(line)
        struck = "~~" in line
        text = (item[1] if item else line).replace("~~", "")
        verdict, text = _verdict_of_signs(text)
        in_table = line.lstrip().startswith("|")
        found = _row(text) if in_table else _split(text)
        if item is None and (found is None or (found.rest and not in_table) or _is_heading(line)):
            _heading(line, headings)
            continue
        if item is not None:
            report.rows += 1
            found = found or _of_group(text, headings)
        if found is None:
            report.skip("no percentage stands at its end or beginning", number)
            continue
        report.rows += item is None
        claim, setting = _setting(found.claim)
        word, rest = _verdict_of_word(found.rest)
        if _RANGE.search(claim):
            report.skip("a range of percentages, not one", number)
            continue
        if not 0 <= found.probability <= 1:
            report.skip("the percentage is not between 0 and 100", number)
            continue
        claim = _bare(claim)
        if _DOTS.match(claim) and whole:
            claim = f"{whole} {claim}"
        else:
            whole = claim
        setting = "struck" if struck else setting
        yield Entry(number, claim, found.probability, setting, word or verdict, headings.words, rest)


def _is_heading(line: str) -> bool:
    return line.lstrip().startswith("#") or bool(_GROUP.match(_bare(line)))


def _heading(line: str, headings: _Headings) -> None:
    """Go on below a line that is a heading, or names the figure of a group."""
    found = _HEADING.match(line)
    if found:
        headings.enter(len(found[1]) if found[1] else _BOLD, _bare(found[2] or found[3]))
    elif _GROUP.match(_bare(line)):
        headings.enter(_PLAIN, _bare(line))
    elif capitals := _CAPITALS.match(line):
        headings.enter(_PLAIN, capitals[1].strip())


def _of_group(text: str, headings: _Headings) -> Figure | None:
    return None if headings.figure is None or not _bare(text) else Figure(text, headings.figure, "")


def _split(text: str) -> Figure | None:
    """The claim and its figure: the first where it stands at the beginning by itself, else the last."""
    text = _LINK.sub(r"\1", text).strip()
    if first := _FIRST.match(text):
        return Figure(first[3].rstrip().removesuffix("."), _share(first[1], first[2]), "")
    *_, found = (None, *_FIGURE.finditer(text))
    claim = text[: found.start()].rstrip(_OPENS) if found else ""
    if found is None or not re.search(r"\w", claim):
        return None
    if _RANGE.search(text[: found.start()]):
        claim = text[: found.start()]
    return Figure(claim, _share(found[1], found[2]), _CLOSES.sub("", text[found.end() :]).strip())


def _row(text: str) -> Figure | None:
    """A row of a table.

    The cell that is a figure, the longest other as the claim, and a cell that is an outcome.
    """
    cells = [_bare(cell) for cell in text.strip().strip("|").split("|")]
    figure = next((cell for cell in cells if _FIGURE.fullmatch(cell)), None)
    word = next((cell for cell in cells if cell.casefold() in OUTCOMES), "")
    words = [cell for cell in cells if cell not in (figure, word) and re.search(r"[^\W\d_]", cell)]
    if figure is None or not words or (match := _FIGURE.fullmatch(figure)) is None:
        return None
    return Figure(max(words, key=len), _share(match[1], match[2]), word)


def _share(percent: str | None, number: str | None = None) -> float:
    return round(float(percent.replace(",", ".")) / 100, 12) if percent else float(number or "nan")


def _verdict_of_signs(text: str) -> tuple[str, str]:
    """What a sign or a ticked box says, and the text without them."""
    sign = _SIGN.search(text)
    verdict = SIGNS[sign[0][0]] if sign else ""
    if box := _BOX.match(text):
        verdict = verdict or ("yes" if box[1] in "xX" else "")
        text = text[box.end() :]
    return verdict, _SIGN.sub("", text)


def _verdict_of_word(rest: str) -> tuple[str, str]:
    """What a word behind the figure says became of it, and what else stands there."""
    plain = _bare(rest)
    first = re.match(r"\W*(?:resolved\s+|it\s+)?([A-Za-z][A-Za-z ]*?)\s*(?:$|[.,;:!)\]|–—-])", plain)
    if first and first[1].casefold() in OUTCOMES:
        return outcome_of(first[1])[0], plain[first.end() :].strip(" )].–—-")
    return "", plain.strip("()[] ")


def _setting(claim: str) -> tuple[str, str]:
    """A claim without the emphasis around it, and how it is set."""
    found = _EMPHASIS.match(claim)
    if not found or found[1] in found[2]:
        return claim, "plain"
    return found[2], "bold" if len(found[1]) > 1 else "italic"


def _bare(text: str) -> str:
    """A text without its markup; of a link the words."""
    text = re.sub(r"~~|\*\*|__|`", "", _LINK.sub(r"\1", text)).strip()
    return text.strip("*_ ").strip()


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
        yield entry.row, Guess(key, {"made": told.made, "by": told.by, "probability": entry.probability})
        outcome = entry.verdict or meaning.get(entry.setting, "")
        counts.add(entry.probability, outcome)
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
