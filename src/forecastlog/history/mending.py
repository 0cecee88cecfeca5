"""The lawful ways to mend a published record: which reason may touch which keys, and when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import takewhile
from typing import NamedTuple

from forecastlog.history.facts import Facts, entry_text, key_of
from forecastlog.history.slips import slip, slip_of_spelling
from forecastlog.kinds import FORECAST_KEYS, PREDICTION_KEYS
from forecastlog.ledger.names import Names
from forecastlog.model.notes import Correction
from forecastlog.vocabulary.articles import CorrectionReason


def _nowhere(word: str) -> bool:  # noqa: ARG001  # as a ledger of this record alone knows its words
    return False


class Change(NamedTuple):
    """A value that was changed, removed or added.

    With the facts of its record as they are since, and the names then.

    ``known`` says whether other records of the ledger have a word.
    """

    path: str
    was: str
    now: str
    facts: Facts
    names: Names
    known: Callable[[str], bool] = _nowhere
    before: tuple[str, ...] = ()
    """What stood there before typos that were corrected just before: slip by slip, one word could become
    another."""

    @property
    def key(self) -> str:
        """The keys on the way to the value."""
        return key_of(self.path)


class Mend(NamedTuple):
    """What a reason allows.

    The keys with all below them, after the outcome too or not, and what must hold.
    """

    keys: tuple[str, ...]
    late: bool = False
    holds: Callable[[Change], bool] | None = None
    but: tuple[str, ...] = ()

    def may(self, key: str, *, late: bool) -> bool:
        """Whether it may touch a key, once the outcome was known where ``late``."""
        listed, kept = (any(_beneath(key, own) for own in keys) for keys in (self.keys, self.but))
        return (self.late or not late) and listed and not kept


def _is_slip(change: Change, *, late: bool = False) -> bool:
    texts = (change.was, *(text for text in change.before if text != change.now))
    return all(slip_of_spelling(text, change.now, change.known, late=late) for text in texts)


def _is_slip_late(change: Change) -> bool:
    return _is_slip(change, late=True)


def _is_slip_of_letters(change: Change) -> bool:
    return slip(change.was, change.now)


def names_address(change: Change) -> bool:
    """Whether a withdrawal has an address where it can be read.

    A forecast's end may be told by its record's.
    """
    return f"{change.key.partition('.')[0]}.url" in change.facts or "withdrawn.url" in change.facts


def _old_name_stays(change: Change) -> bool:
    """Whether the old name is still a spelling of whom the new one means.

    A spelling itself may only be added.
    """
    names = change.names
    return not change.was or names.find(change.was) == names.resolve(change.now)


def _only_adds(change: Change) -> bool:
    return not change.was


def _stands_elsewhere(change: Change) -> bool:
    """Whether a forecast that is gone stands word for word under another name."""
    return change.key == "forecasts" and any(
        key_of(path) == "forecasts" and entry_text(change.facts, path) == change.was for path in change.facts
    )


FIGURES = (
    *(f"forecasts.{key.name}" for key in FORECAST_KEYS),
    *(key.name for key in PREDICTION_KEYS),
    "forecasts.basis",
    "forecasts.scale",
    "resolutions.outcome",
    "resolutions.reason",
    "resolutions.settles",
    "resolutions.blind",
    "resolutions.known",
    "resolutions.happened",
    "negated",
    "status_quo",
    "attribution",
    "given",
    "restates",
    "main",
    "forecasts.negated",
    "forecasts.attribution",
)
"""Where no slip of the pen is believed."""

MENDS: dict[CorrectionReason, tuple[Mend, ...]] = {
    "typo": (
        Mend(("",), holds=_is_slip, but=FIGURES),
        Mend(
            (
                "claim",
                "criteria",
                "quote",
                "also",
                "title",
                "text",
                "settled_by",
                "via",
                "deadline.words",
                "deadline.why",
                "forecasts.words",
                "forecasts.quote",
                "publisher",
                "name",
                "chosen",
                "external",
                "question",
                "ended",
            ),
            late=True,
            holds=_is_slip_late,
        ),
        Mend(
            ("url", "archive", "origin", "resolutions.evidence", "forecasts.url"),
            late=True,
            holds=_is_slip_of_letters,
        ),
    ),
    "reading": (
        Mend(
            (
                "criteria",
                "settled_by",
                "claim",
                "quote",
                "also",
                "negated",
                "speaker",
                "attribution",
                "via",
                "stance",
                "made",
                "deadline",
                "text",
                "given",
                "status_quo",
                "restates",
                "hedges",
                "reverses",
                "forecasts",
                "published",
                "opened",
                "closes",
                "published_range",
                "date_basis",
                "updated",
                "retrieved",
                "sha256",
                "title",
                "authors",
                "publisher",
                "coverage",
                "chosen",
                "coders",
                "by",
                "scale",
                "timezone",
                "kind",
            ),
        ),
    ),
    "criteria": (
        Mend(("criteria", "settled_by", "status_quo", "given", "deadline", "claim", "text", "by", "closes")),
    ),
    "grouping": (
        Mend(
            (
                "event",
                "tags",
                "main",
                "question",
                "events",
                "events_why",
                "topics",
                "timezone",
                "kind",
                "members",
            ),
            late=True,
        ),
    ),
    "source": (
        Mend(("resolutions.evidence", "quote", "also", "forecasts.quote"), late=True, holds=_only_adds),
        Mend(
            (
                "resolutions.evidence.archive",
                "resolutions.evidence.title",
                "resolutions.evidence.published",
                "resolutions.evidence.shows",
                "resolutions.evidence.on",
                "url",
                "archive",
                "origin",
                "title",
                "sha256",
                "versions",
                "retrieved",
                "updated",
                "forecasts.url",
                "forecasts.article",
                "replies",
                "date_basis",
                "ended",
            ),
            late=True,
        ),
    ),
    "misattributed": (
        Mend(
            (
                "speaker",
                "attribution",
                "via",
                "stance",
                "authors",
                "publisher",
                "forecasts.attribution",
                "forecasts.via",
                "forecasts.stance",
            ),
            late=True,
        ),
        Mend(("forecasts",), late=True, holds=_stands_elsewhere),
    ),
    "withdrawal": (Mend(("withdrawn", "retracted", "forecasts.until"), late=True, holds=names_address),),
    "name": (
        Mend(
            ("name", "also", "publisher", "via", "speaker", "authors", "origin.publisher"),
            late=True,
            holds=_old_name_stays,
        ),
    ),
}
"""Reason -> what it may touch. Without ``late`` only while the outcome is not known."""


def lawful(reason: CorrectionReason, change: Change, *, late: bool) -> bool:
    """Whether a reason may explain a change; ``late`` is once the outcome was known."""
    return any(
        mend.may(change.key, late=late) and (mend.holds is None or mend.holds(change))
        for mend in MENDS[reason]
    )


def reasons_for(key: str, *, late: bool) -> tuple[CorrectionReason, ...]:
    """The reasons that may touch a key, such as ``deadline.latest``, whatever the change."""
    return tuple(reason for reason, mends in MENDS.items() if any(mend.may(key, late=late) for mend in mends))


def tells_of(correction: Correction, change: Change) -> bool:
    """Whether a correction names the value that was changed, and what it said before."""
    keys = change.key.split(".")
    if correction.field not in (change.path, change.key, keys[0], keys[-1]):
        return False
    was, told = _folded(change.was), _folded(correction.was)
    if change.path.endswith("]"):  # an entry of a list, of which a correction may tell as a whole
        return not was or was in told or key_of(change.path) in ("forecasts", "resolutions")
    if change.key == "speaker" and correction.was:  # a person may be called by any name
        return change.names.resolve(correction.was) == change.was
    return was == told


def typos_before(corrections: Sequence[Correction], change: Change) -> tuple[str, ...]:
    """What stood at a value before the typos that were corrected one after the other up to this change."""
    own = [one for one in corrections if one.field in (change.path, change.key)]
    last = next((n for n, one in enumerate(own) if _folded(one.was) == _folded(change.was)), len(own))
    return tuple(one.was for one in takewhile(lambda one: one.why == "typo", reversed(own[:last])))


def _beneath(key: str, own: str) -> bool:
    return own in ("", key) or key.startswith(f"{own}.")


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
