"""What a find foretells: a number, a day or an event, and the claim that its words propose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forecastlog.amounts import Amount
from forecastlog.amounts import find as find_amounts
from forecastlog.english import word_set
from forecastlog.suggest.clauses import Clause

if TYPE_CHECKING:
    from forecastlog.deadlines import Found
    from forecastlog.suggest.find import Find

_OF_NUMBERS = word_set("unread noun verb modal asserted worded frame belief change own")
_OPENS = word_set(
    "open opens start starts begin begins launch launches arrive arrives resume resumes peak expire end ends"
)
OUTRIGHT = ("unread", "asserted")
"""The bases of words that do not say how likely it is."""
_VIEWS = ("verb", "worded", "belief")
_CHOICE = (
    "favourite",
    "favorite",
    "front-runner",
    "frontrunner",
    "most likely",
    "likeliest",
    "podium",
    "best placed",
)


@dataclass(frozen=True, slots=True)
class Figures:
    """The kind of a find, its number or range, and what can be proposed from them."""

    kind: str = "binary"
    value: float | None = None
    low: float | None = None
    high: float | None = None
    claim: str = ""
    criteria: str = ""


def figures_of(
    text: str, clause: Clause, quote: tuple[int, int], day: Found | None, condition: tuple[int, int] | None
) -> Figures:
    """The number that a clause foretells, with a claim and criteria where it names a unit and a last day."""
    main = clause.main
    if main.kind == "stated":
        return Figures()
    words = text[clause.start : clause.end].lower()
    if any(one in words for one in _CHOICE) and main.kind == "unread":
        return Figures(kind="choice")
    if main.kind not in _OF_NUMBERS or not any(character.isdigit() for character in words):
        return _of_days(words, day)
    amount = _amount(text, clause, day, condition)
    if amount is None:
        return _of_days(words, day)
    claim = criteria = ""
    latest = day.deadline.latest if day and day.deadline else None
    if latest is not None and amount.unit:
        said = text[quote[0] : quote[1]]
        claim = _sentence(said.partition(" that ")[2] if main.kind in _VIEWS and " that " in said else said)
        criteria = f"Yes if the figure is {amount.reading}, as known on {latest}."
    return Figures("numeric", amount.value, amount.low, amount.high, claim, criteria)


def number_of(find: Find) -> Amount | None:
    """The number or range that a find says will come, in a unit.

    None for a bound, a denial, and what is only likely.
    """
    if find.kind != "numeric" or find.negated or find.basis not in OUTRIGHT:
        return None
    for span in find_amounts(find.sentence):
        amount = span.amount
        if amount.unit and amount.sign == "=" and ends_of(amount) == ends_of(find):
            return amount
    return None


def ends_of(one: Amount | Find | Figures) -> tuple[float | None, float | None, float | None]:
    """Its point and the ends of its range, by which two of them are the same number."""
    return one.value, one.low, one.high


def _amount(text: str, clause: Clause, day: Found | None, condition: tuple[int, int] | None) -> Amount | None:
    """The first number behind the main words, else the last before them; none of a time or a condition."""
    found = []
    for span in find_amounts(text[clause.start : clause.end]):
        start, end = span.start + clause.start, span.end + clause.start
        apart = [(day.start, day.end)] if day else []
        apart += [condition] if condition else []
        if not any(start < last and first < end for first, last in apart):
            found.append((start, span.amount))
    behind = [amount for start, amount in found if start >= clause.main.start]
    return behind[0] if behind else found[-1][1] if found else None


def _of_days(words: str, day: Found | None) -> Figures:
    dated = day is not None and not _OPENS.isdisjoint(words.split())
    return Figures(kind="date" if dated else "binary")


def _sentence(quote: str) -> str:
    return f"{quote[:1].upper()}{quote[1:]}."
