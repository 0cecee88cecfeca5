"""How a forecast went, in its own words: which way it leaned, and what came. Never a hit rate.

It belongs to a forecast and not to a prediction ("it did not happen" is no failure where the text said that
it would not), and it is told, not counted: of many forecasts there is one sentence, with every number that is
needed to read it, and only from ``ENOUGH_EVENTS`` events on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from forecastlog.phrasing import counted
from forecastlog.vocabulary.deadlines import OWN_DEADLINES
from forecastlog.vocabulary.forecasts import Leaning, Went
from forecastlog.vocabulary.outcomes import ANY_OUTCOMES, REASONS
from forecastlog.vocabulary.scores import TIMINGS
from forecastlog.vocabulary.statuses import STATUSES
from forecastlog.vocabulary.thresholds import ENOUGH_EVENTS
from forecastlog.voice import REMEMBERED, closed


def leaning(basis: str | None, probability: float | None, low: float | None, high: float | None) -> Leaning:
    """The side of 50 % on which the whole band of the words lies.

    An analyst's own figure is not the speaker's.

    >>> (leaning("worded", 0.75, 0.55, 0.8), leaning("worded", 0.6, 0.4, 0.75),
    ...  leaning("judged", 0.95, 0.85, 0.99))
    ('for', 'none', 'none')
    """
    if probability is None or basis not in ("stated", "worded", "asserted"):
        return "none"
    least, most = (probability if end is None else end for end in (low, high))
    if least > 0.5:
        return "for"
    return "against" if most < 0.5 else "none"


def went(leans: Leaning, outcome: float | None) -> Went:
    """How it went, from the outcome as a share; None where it is not, or not yet, time to tell.

    >>> went("against", 0.0), went("for", 0.0), went("for", 0.3), went("for", None)
    ('the way it leaned', 'the other way', 'no lean', 'not decided')
    """
    if outcome is None:
        return "not decided"
    if leans == "none" or 0 < outcome < 1:
        return "no lean"
    return "the way it leaned" if (leans == "for") == (outcome == 1) else "the other way"


def came(status: str, outcome: str | None, reason: str | None = None) -> str:
    """What came of a prediction, in a reader's words.

    >>> came("resolved", "no"), came("void", "void", "condition-unmet")
    ('It did not happen', 'Not decided: it spoke only of a case that did not come')
    >>> came("due", None), came("open", None), came("resolved", "0.3")
    ('Past its deadline: nobody has looked yet', 'Still open', 'It happened in part: 0.3')
    """
    if status == "contested":
        return f"Not decided: {STATUSES[status].title.partition(': ')[2]}"
    if not outcome or outcome == "reopened":
        return _WAITING.get(status, "Still open")
    word = ANY_OUTCOMES.get(outcome)
    if word is None:
        return f"It happened in part: {outcome}"
    if not word.undecided:
        return word.title
    if reason == "condition-unmet":
        return "Not decided: it spoke only of a case that did not come"
    return (
        "Not decided: "
        f"{REASONS[reason].title if reason and reason in REASONS else word.meaning.partition(':')[0]}"
    )


_WAITING = {
    "due": "Past its deadline: nobody has looked yet",
    "maybe_due": "Past its deadline by the strict reading: nobody has looked yet",
}


@lru_cache(REMEMBERED)
def ended(called: str, came_of_it: str) -> str:
    """How it went in one line, from how it was called and what came.

    >>> ended("Called “highly unlikely”", "It did not happen")
    'Called “highly unlikely”. It did not happen.'
    """
    return f"{closed(called)} {closed(came_of_it)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """How many predictions went which way, with all that is needed to read it.

    ``expected`` is how many would have gone the other way had every figure been right. ``unchanged`` of
    ``told_unchanged`` is how often "nothing changes" was right among the decided ones for which it is told.
    """

    timing: str
    predictions: int = 0
    decided: int = 0
    events: int = 0
    leaned: int = 0
    otherwise: int = 0
    expected: float = 0.0
    unchanged: int = 0
    told_unchanged: int = 0
    our_deadlines: int = 0
    past_due: int = 0


class Way(NamedTuple):
    """What one prediction adds to such a count; nothing but itself, where it is not ``decided``.

    ``event`` is what it counts with as one. ``expected`` is the chance that it went the other way, of one
    that leaned.
    """

    timing: str
    decided: bool
    past_due: bool
    event: str = ""
    leaned: bool = False
    otherwise: bool = False
    expected: float = 0.0
    unchanged: bool = False
    told_unchanged: bool = False
    our_deadlines: bool = False


def way_of(row: Mapping[str, Any]) -> Way | None:
    """What a prediction adds, by its columns of the table ``predictions``.

    Words that are not the speaker's own, stand in a rewritten text, say again what another record has, or
    speak of a number, a day or one of several are no part of this count.
    """
    if not row["own_words"] or row["restates_id"] or row["went"] == "by how far":
        return None
    past_due = row["status"] in ("due", "maybe_due")
    if row["went"] == "not decided":
        return Way(row["timing"], False, past_due)
    leaned = row["went"] != "no lean"
    against = 1 - row["probability"] if leaned and row["leaning"] == "for" else row["probability"]
    told = row["status_quo"] in ("yes", "no") and row["outcome"] in ("yes", "no")
    return Way(
        row["timing"],
        True,
        past_due,
        event=row["event"] or f"article:{row['article_id'] or row['id']}",
        leaned=leaned,
        otherwise=row["went"] == "the other way",
        expected=against if leaned else 0.0,
        unchanged=told and row["outcome"] == row["status_quo"],
        told_unchanged=told,
        our_deadlines=row["deadline_basis"] in OWN_DEADLINES,
    )


def record(ways: Sequence[Way], timing: str) -> Record:
    """What predictions, all of one timing, come to."""
    if not ways:
        return Record(timing=timing)
    columns = Way(*zip(*ways, strict=True))  # type: ignore[arg-type]  # each value a column of them
    counted = {
        name: sum(column) for name, column in columns._asdict().items() if name not in ("timing", "event")
    }
    return Record(
        timing=timing,
        predictions=len(ways),
        events=len({*filter(None, columns.event)}),
        **counted,
    )


def sentence(one: Record) -> str | None:
    """The only sentence in which such a count may stand; None where too few events were decided.

    >>> sentence(Record(timing="in advance", predictions=3, decided=2, events=2))
    """
    if one.events < ENOUGH_EVENTS:
        return None
    return (
        f"{TIMINGS[one.timing].title}: of {counted(one.predictions, 'prediction')} in the "
        f"speakers' own words {one.decided:,} are decided, on {counted(one.events, 'event')}; "
        f"{one.leaned:,} leaned, {one.otherwise:,} of them went the other way (about {one.expected:.1f} were "
        "to be expected at these figures); saying that nothing changes: "
        f"{one.unchanged:,} of {one.told_unchanged:,}; deadlines that were ours, not theirs: "
        f"{one.our_deadlines:,}; past due and undecided: {one.past_due:,}."
    )


def sentences(ways: Iterable[Way | None]) -> str | None:
    """A sentence for each timing of which enough events are decided; None where there is none."""
    of: dict[str, list[Way]] = {timing: [] for timing in TIMINGS}
    for way in filter(None, ways):
        of[way.timing].append(way)
    told = (sentence(record(there, timing)) for timing, there in of.items())
    return " ".join(filter(None, told)) or None
