"""The questions of ``review`` about one record: what happened, on what evidence, when."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from forecastlog.cli.text import terminal_width, wrap
from forecastlog.cli.writing import Leave, ask, tell
from forecastlog.compose import Outcome
from forecastlog.compose.readings import read, when
from forecastlog.compose.resolve import first_day_to_look
from forecastlog.errors import BadValue
from forecastlog.kinds import BINARY, kind_of
from forecastlog.kinds.kind import NOT_DECIDED
from forecastlog.model.ledger import Ledger
from forecastlog.model.records import Condition
from forecastlog.phrasing import counted
from forecastlog.standing.due import due_from, lapsing, latest_day
from forecastlog.standing.review import Found, Record
from forecastlog.values import LINK
from forecastlog.vocabulary.outcomes import CONDITION_OUTCOMES, OUTCOMES, WITHOUT_EVIDENCE, reasons_for

WAYS: dict[str, str] = {
    "skip": "not in this run",
    "later": "again at the end of this run",
    "back": "to the one before; what was recorded for it can be changed",
    "quit": "leave; what was recorded stays",
}
"""How to leave a record without an entry, by the first letter of the word; what each means."""


def told(entry: Outcome) -> str:
    """An entry in one line, to be looked at before it is written."""
    links = counted(len(entry.evidence), "link") if entry.evidence else ""
    parts = (
        f"{entry.outcome} ({entry.reason})" if entry.reason else entry.outcome,
        entry.happened and f"happened {entry.happened}",
        entry.known and f"known {entry.known}",
        links,
        entry.searched and "a search",
        entry.note and "a note",
    )
    return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The questions about one record, in their order; Enter keeps what the draft has."""

    draft: Outcome
    record: Record
    ledger: Ledger
    today: date
    before: Found | None

    def ask(self, *, from_the_end: bool = False) -> None:
        """Fill the draft; back leads to the question before.

        Leave is raised by the first of them and by quit.
        """
        steps = (self._outcome, self._reason, self._evidence, self._days, self._note)
        number = len(steps) - 1 if from_the_end else 0
        back = False
        while number < len(steps):
            try:
                asked = steps[number]()
                # A question that the outcome does not call for is passed over in both directions.
                back = back and not asked
            except Leave as leave:
                if leave.way != "back" or number == 0:
                    raise
                back = True
            number += -1 if back else 1

    def _outcome(self) -> bool:
        draft = self.draft
        outcome = _ask_outcome(draft, self.record)
        if outcome != draft.outcome:
            draft.outcome, draft.reason, draft.known = outcome, None, None
            draft.happened = None if outcome == lapsing(self.record) else draft.happened
        return True

    def _reason(self) -> bool:
        reasons = reasons_for(self.draft.outcome)
        if reasons:
            self.draft.reason = _ask_reason(reasons, self.draft.reason)
        return bool(reasons)

    def _evidence(self) -> bool:
        wanted = self.draft.outcome not in WITHOUT_EVIDENCE
        if wanted:
            _ask_evidence(self.draft, self.before)
        return wanted

    def _days(self) -> bool:
        wanted = self.draft.outcome not in WITHOUT_EVIDENCE
        if wanted:
            _ask_days(self.draft, self.record, self.ledger, self.today)
        return wanted

    def _note(self) -> bool:
        self.draft.note = _ask("Note", str, self.draft.note, nothing="none")
        return True


def _ask_outcome(draft: Outcome, record: Record) -> str:
    is_condition = isinstance(record, Condition)
    kind = BINARY if isinstance(record, Condition) else kind_of(record)
    words = CONDITION_OUTCOMES if is_condition else OUTCOMES
    outcomes = [word for word in words.values() if word.key and (kind is BINARY or word.name in NOT_DECIDED)]
    keys = {word.key: word.name for word in outcomes}
    ways = {way[0]: way for way in WAYS}
    other = "" if is_condition else f"; {'a share such as 0.5' if kind is BINARY else kind.outcomes}"
    about = _help({word.name: word.meaning for word in outcomes} | WAYS)
    tell(
        [
            ", ".join(f"{key} {outcome}" for key, outcome in keys.items()) + other,
            ", ".join(f"{key} {way}" for key, way in ways.items()) + ", ? help",
        ]
    )

    def understood(text: str) -> str:
        typed = text.lower() or draft.outcome
        if typed in ("h", "help"):
            raise BadValue(about)
        if typed in ways or typed in WAYS:
            raise Leave(ways[typed[0]])
        outcome = keys.get(typed, typed)
        if outcome in keys.values():
            return outcome
        if isinstance(record, Condition) or (kind is BINARY and not typed[:1].isdigit()):
            raise BadValue(f"'{text}' is none of these letters.")
        outcome = text or draft.outcome
        read(kind.outcome, outcome, "outcome")
        if kind.decided(record, outcome) is None and not kind.void(record, outcome):
            raise BadValue(f"'{text}' is no outcome of this prediction: {kind.outcomes}.")
        return outcome

    return ask(f"Outcome (Enter: {draft.outcome})" if draft.outcome else "Outcome", understood, about)


def _help(meanings: Mapping[str, str]) -> str:
    width = terminal_width() - 2
    lines = (line for word, meaning in meanings.items() for line in wrap(f"{word}: {meaning}", width))
    return "\n".join(f"  {line}" for line in lines)


def _ask_reason(reasons: Sequence[str], kept: str | None) -> str | None:
    tell([", ".join(f"{number} {reason}" for number, reason in enumerate(reasons, 1))])

    def understood(text: str) -> str:
        found = [
            reason
            for number, reason in enumerate(reasons, 1)
            if text and (text == str(number) or reason.startswith(text))
        ]
        if len(found) != 1:
            raise BadValue(f"Which of them? Type its number, 1 to {len(reasons)}.")
        return found[0]

    return _ask("Reason", understood, kept)


def _ask_evidence(draft: Outcome, before: Found | None) -> None:
    """Links one by one until Enter, or where it was looked for in vain."""
    offered = [link for link in before.links if link not in draft.evidence] if before else []
    if offered and before:
        count = f"the {len(offered)} links" if len(offered) > 1 else "the link"
        tell([f"= takes {count} of your entry on {before.record}:", *(f"  {link}" for link in offered)])
    tell(
        ["Evidence: links, one at a time" + ("; or where you looked in vain." if _may_search(draft) else ".")]
    )
    while True:
        have = len(draft.evidence) + bool(draft.searched)
        text = _ask(
            f"Evidence {have + 1}",
            partial(_evidence, draft=draft, offered=tuple(offered)),
            "",
            nothing="no more" if have else "",
        )
        if not text:
            return
        if text == "-":
            draft.evidence, draft.searched = (), None
        elif text == "=":
            draft.evidence = (*draft.evidence, *offered)
            offered = []
        elif "://" in text:
            draft.evidence = tuple(dict.fromkeys((*draft.evidence, text)))
        else:
            draft.searched = text


def _evidence(text: str, draft: Outcome, offered: Sequence[str]) -> str:
    if not text and not draft.evidence and not draft.searched:
        raise BadValue(f"'{draft.outcome}' needs its evidence. 'b' goes back one question.")
    if text == "=" and not offered:
        raise BadValue("There is no earlier entry of yours on this event whose links could be taken.")
    if text in ("", "-", "="):
        return text
    if "://" in text:
        return str(read(LINK, text, "evidence"))
    if " " not in text and "." in text:
        raise BadValue(f"'{text}' is no whole link. Begin it with https://")
    if not _may_search(draft):
        raise BadValue(f"'{draft.outcome}' needs a link that shows it, beginning with https://")
    return text


def _may_search(draft: Outcome) -> bool:
    return draft.outcome not in ("yes", "met")


def _ask_days(draft: Outcome, record: Record, ledger: Ledger, today: date) -> None:
    """When it happened and when that was known; a day that lapsed is offered, none is invented."""
    if draft.outcome == lapsing(record):
        last = record.by if isinstance(record, Condition) else latest_day(record, ledger, today)
        lapsed = due_from(record, last)
        usual = f"{lapsed}, {first_day_to_look(lapsed, last)}" if lapsed and lapsed <= today else ""
        draft.known = _ask(
            "Certain since", _day(today, "known"), draft.known, nothing=usual, needed=not usual
        )
        return
    draft.happened = _ask(
        "Happened on", _day(today, "happened"), draft.happened or draft.known, nothing="not told"
    )
    draft.known = _ask("Known since", _day(today, "known"), draft.known or draft.happened, needed=True)


def _day(today: date, label: str) -> Callable[[str], str]:
    def understood(text: str) -> str:
        found = when(text or None, today, label)
        return found.text if found else ""

    return understood


def _ask(
    question: str,
    understood: Callable[[str], str],
    kept: str | None,
    *,
    nothing: str = "",
    needed: bool = False,
) -> str | None:
    """An answer; Enter gives ``kept``, else None, which ``nothing`` describes.

    "-" takes out what was kept.
    """
    offer = kept or nothing

    def answer(text: str) -> str:
        found = "" if text == "-" and kept else understood(text or kept or "")
        if needed and not found:
            raise BadValue("This is needed, such as 2025-03-19 or 2025-03. 'b' goes back one question.")
        return found

    return ask(f"{question} (Enter: {offer})" if offer else question, answer) or None
