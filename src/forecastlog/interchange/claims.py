"""A line of a list -> its claim, its figure, and what a word or a sign says became of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from forecastlog.english import word_set
from forecastlog.interchange.cells import OUTCOMES, SIGNS, Figures, outcome_of

_SIGN = re.compile(f"[{''.join(SIGNS)}]\ufe0f?")
_BOX = re.compile(r"\[([ xX])\]\s+")
_AMOUNT = r"(?:\d{1,3}(?:[.,]\d+)?|\.\d+)"
_PERCENT = rf"(?:[<>≤≥~≈]=?\s*)?(?:{_AMOUNT}\s*%?\s*(?:-|–|—|to)\s*)?{_AMOUNT}\s*(?:%|per\s?cent\b)\+?"
_NUMBER = r"p\s*[=:]\s*(?P<{name}>0?\.\d+|[01](?:\.0+)?)"
_SURE = r"(?:confiden(?:ce|t)|certain(?:ty)?|likely|likelihood|probability|chance|predictions?|sure|level)"
_FIGURE = re.compile(
    rf"(?<![\d.,])(?P<percent>{_PERCENT})(?:\s+{_SURE}\b)?|\b{_NUMBER.format(name='number')}", re.IGNORECASE
)
_SEPARATOR = (
    rf"(?:\s*[:;,|)\]]\s*|\s+[-–—]+\s+|(?<=[)\]])\s+|\t"
    rf"|\s+(?:{_SURE}\s+)?that\s+|\s+{_SURE}\s+of\s+|\s+{_SURE}\s*[:–—-]\s*)"
)
_FIRST = re.compile(
    (
        rf"(?:I(?:'m| am)\s+)?[(\[*_]*(?:(?P<percent>{_PERCENT})\s*[)\]*_]*{_SEPARATOR}"
        rf"|{_NUMBER.format(name='number')}\s*[)\]*_]*[\s:;,|–—-]+)(?P<claim>.+)$"
    ),
    re.IGNORECASE,
)
"""A figure that stands before the claim, by itself: "50% of all voters" begins a claim."""
_OPENS = " \t:;,-–—=(\\[|~≈<>"
_CLOSES = re.compile(r"^[\s)\]|.:;,*_~–—-]*")
_APART = re.compile(r"[:;,(\[|=~–—*_]\s*$|\s-+\s*$")
"""What sets a figure behind a claim apart from its words."""
_OF_THE_CLAIM = re.compile(
    r"\b(?:under|over|below|above|than|least|most|to|by|of|at|between|and|or|exceeds?|reach(?:es)?|hits?|beyond|"
    r"up|down|around|about|nearly|gets?|wins?|with)\s*$",
    re.IGNORECASE,
)
"""A word before a figure that makes it part of the claim: "inflation is above 5%"."""
_GROUP = re.compile(
    rf"(?:(?:at|with)?\s*(?P<alone>{_PERCENT})(?:\s+{_SURE}){{0,2}}|.*?(?P<within>{_PERCENT})\s+{_SURE}\b.*?)\W*$",
    re.IGNORECASE,
)
_ITEM_OF_HEADING = re.compile(
    rf".*\w.*[(\[]\s*{_PERCENT}(?:\s+{_SURE})?\s*[)\]]\W*(?:\w[\w ]{{0,30}})?\W*$", re.IGNORECASE
)
"""A heading that is itself a claim with its figure in brackets, and perhaps a verdict."""
_LAST_WORD = re.compile(
    r"(?P<claim>.*\w.*?)(?P<apart>\s*[.!?;–—→]+\s*|\s+-+\s+|\s+)(?P<mark>[(\[*_]*)"
    r"(?P<word>[A-Za-z]{2}[A-Za-z ]*?)[)\]*_.!]*$"
)
_EMPHASIS = re.compile(r"\s*(\*\*|__|\*|_)(?=\S)(.+?)\s*(?:\1)?\W*$")
_EMPHASIS_OF_ALL = re.compile(r"\s*(\*\*|__|\*|_)(?=\S)(.+?)\1\W*$")
_EMPHASIS_WITHIN = re.compile(r"(?<!\w)([*_])(?=\S)([^*_]+)(?<=\S)\1(?!\w)")
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_FILLING = word_set("what things predictions ones that which i we got were was turned out came the my our")
_SORTED: Mapping[str, str] = {
    **dict.fromkeys(("right", "correct", "true", "hits", "successes", "successful"), "yes"),
    **dict.fromkeys(("wrong", "incorrect", "false", "misses", "failures", "failed"), "no"),
}
"""Headings below which stands what went so."""


class Figure(NamedTuple):
    """A claim with the keys of its forecast, and what stands behind it."""

    claim: str
    keys: Mapping[str, float]
    rest: str


def split(text: str, *, in_group: bool = False) -> Figure | None:
    """The claim and its figure: the first where it stands at the beginning by itself, else the last.

    ``in_group``: the heading has a figure, so that one within a claim is part of it. Raises ValueError with a
    clause.
    """
    text = _LINK.sub(r"\1", text).strip()
    if first := _FIRST.match(text):
        return Figure(first["claim"].rstrip().removesuffix("."), _keys(first["percent"], first["number"]), "")
    figures = list(_FIGURE.finditer(text))
    if not figures:
        return None
    found = figures[-1]
    before = text[: found.start()]
    claim = before.rstrip(_OPENS)
    loose = not _APART.search(before)
    if not re.search(r"\w", claim) or (loose and (in_group or _OF_THE_CLAIM.search(before))):
        return None
    keys = _keys(found["percent"], found["number"])
    return Figure(claim, keys, _CLOSES.sub("", text[found.end() :]).strip())


def row(text: str) -> Figure | None:
    """A row of a table.

    The cell that is a figure, the longest other as the claim, and a cell that is an outcome.
    """
    cells = [bare(cell) for cell in text.strip().strip("|").split("|")]
    word = next((cell for cell in cells if cell.casefold() in OUTCOMES), "")
    figure = next((cell for cell in cells if _FIGURE.fullmatch(cell)), None)
    share = next((cell for cell in cells if re.fullmatch(r"[01]?\.\d+", cell)), None)
    words = [cell for cell in cells if cell not in (figure, word) and re.search(r"[^\W\d_]", cell)]
    if (figure or share) is None or not words:
        return None
    found = _FIGURE.fullmatch(figure or "")
    keys = _keys(found["percent"], found["number"]) if found else Figures(percent=False).keys(share or "")
    return Figure(max(words, key=len), keys, word)


def group_of(line: str, *, heading: bool) -> Mapping[str, float] | None:
    """The figure that a line gives to all below it; among other words only in a ``heading``."""
    found = _GROUP.fullmatch(line)
    if not found or (found["within"] and (not heading or len(_FIGURE.findall(line)) > 1)):
        return None
    return _keys(found["alone"] or found["within"], None)


def is_item(heading: str) -> bool:
    """Whether a heading is a claim with its figure."""
    return bool(_ITEM_OF_HEADING.match(heading))


def sorted_under(heading: str) -> str:
    """What became of all below a heading such as "What I got wrong"; nothing where it does not say."""
    words = [word for word in re.findall(r"[a-z]+", heading.casefold()) if word not in _FILLING]
    return _SORTED.get(words[0], "") if len(words) == 1 else ""


def verdict_of_signs(text: str) -> tuple[str, str]:
    """What a sign or a ticked box says, and the text without them."""
    sign = _SIGN.search(text)
    verdict = SIGNS[sign[0][0]] if sign else ""
    if box := _BOX.match(text):
        verdict = verdict or ("yes" if box[1] in "xX" else "")
        text = text[box.end() :]
    return verdict, _SIGN.sub("", text)


def verdict_of_word(rest: str) -> tuple[str, str]:
    """What a word behind the figure says became of it, and what else stands there."""
    plain = bare(rest)
    first = re.match(r"\W*(?:resolved\s+|it\s+)?([A-Za-z][A-Za-z ]*?)\s*(?:$|[.,;:!)\]|–—-])", plain)
    if first and first[1].casefold() in OUTCOMES:
        return outcome_of(first[1])[0], plain[first.end() :].strip(" )].–—-")
    return "", plain.strip("()[] ")


def verdict_at_end(claim: str) -> tuple[str, str]:
    """What the last word of a line says that has its figure first, set apart or marked, and the claim.

    >>> verdict_at_end("It rains. **Wrong**"), verdict_at_end("Scotland votes no")
    (('no', 'It rains'), ('', 'Scotland votes no'))
    """
    found = _LAST_WORD.fullmatch(claim)
    if not found or found["word"].casefold() not in OUTCOMES:
        return "", claim
    answer = found["word"].casefold() in ("yes", "no")
    marked = found["mark"] or found["word"].isupper()
    ends = found["apart"].strip() or found["claim"].rstrip("*_ ").endswith((".", "!", "?"))
    if not (ends or set(found["mark"]) & set("([") or (marked and not answer)):
        return "", claim
    return outcome_of(found["word"])[0], f"{found['claim']}{found['apart'].strip(' –—→-.')}"


def setting_of(claim: str, line: str) -> tuple[str, str]:
    """A claim without the emphasis around it, and how it is set: by itself, or with all of its line.

    >>> setting_of("*It rains", "*It rains: 70%*"), setting_of("It rains**", "**70%: It rains**")
    (('It rains', 'italic'), ('It rains**', 'bold'))
    """
    for text, pattern in ((claim, _EMPHASIS), (line, _EMPHASIS_OF_ALL)):
        found = pattern.match(text)
        if found and found[1] not in found[2]:
            setting = "bold" if len(found[1]) > 1 else "italic"
            return found[2] if text is claim else claim, setting
    return claim, "plain"


def bare(text: str) -> str:
    """A text without its markup; of a link the words."""
    text = re.sub(r"~~|\*\*|__|`", "", _LINK.sub(r"\1", text)).strip()
    text = _EMPHASIS_WITHIN.sub(r"\2", text)
    return re.sub(r"\s+", " ", text.strip("*_ ")).strip()


def struck(line: str, claim: str) -> tuple[bool, str]:
    """Whether a claim is struck through, and its line without marks.

    Where a smaller part is, that was an edit, and the line is without it.

    >>> struck("~~It snows~~: 40%", "It snows"), struck("It ~~snows~~ rains hard: 40%", "It snows rains hard")
    ((True, 'It snows: 40%'), (False, 'It  rains hard: 40%'))
    """
    parts = line.split("~~")
    if len(parts) == 1:
        return False, line
    clean = "".join(parts)
    within = "".join(("s" if place % 2 else " ") * len(part) for place, part in enumerate(parts))
    begin = max(clean.find(claim), 0)
    of_claim = [
        mark
        for sign, mark in zip(clean[begin:], within[begin : begin + len(claim)], strict=False)
        if sign.isalpha()
    ]
    if of_claim.count("s") * 2 >= len(of_claim):
        return True, clean
    return False, "".join(parts[::2])


def _keys(percent: str | None, number: str | None) -> dict[str, float]:
    """The keys of a figure; raises ValueError with a clause."""
    return Figures(percent=True).keys(percent) if percent else Figures(percent=False).keys(number or "")
