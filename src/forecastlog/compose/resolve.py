"""What happened: the entry that says so, for several predictions and conditions at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from forecastlog import due
from forecastlog.compose import readings
from forecastlog.compose.plan import Plan, file_of
from forecastlog.errors import BadValue, Refused, UnknownId
from forecastlog.ledger import Loaded
from forecastlog.ledger.edit import Append, Edit
from forecastlog.ledger.tables import CONDITION_RESOLUTION, RESOLUTION
from forecastlog.ledger.values import LINK, OUTCOME, one_of
from forecastlog.model import Article, Condition, Ledger, Prediction, Resolution, When
from forecastlog.vocabulary import CONDITION_OUTCOMES, OUTCOMES, WITHOUT_EVIDENCE, reasons_for

Record = Prediction | Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One outcome as typed, for every record that it is said of."""

    outcome: str
    by: str
    known: str | None = None
    happened: str | None = None
    evidence: Sequence[str] = ()
    searched: str | None = None
    note: str | None = None
    reason: str | None = None
    settles: bool = False
    blind: bool | None = None
    revise: bool = False


def resolve(loaded: Loaded, ids: Sequence[str], answer: Outcome, *, today: date) -> Plan:
    """Entries that record an outcome for predictions and conditions, all of them or none.

    Raises BadValue for what cannot be read or is missing, Refused for what the records forbid, UnknownId.
    """
    if not answer.by.strip():
        raise BadValue("who records it? Add --by NAME.")
    unique = tuple(dict.fromkeys(ids))
    edits: dict[Path, tuple[Edit, ...]] = {}
    said: list[str] = []
    for record_id in unique:
        record = loaded.ledger.get(record_id)
        if record is None:
            raise UnknownId(record_id)
        if isinstance(record, Article):
            raise Refused(f"'{record_id}' is an article. Name its predictions, or the condition.")
        entry = _entry(loaded.ledger, record, answer, today, said)
        home = file_of(loaded, record)
        edits[home] = (*edits.get(home, ()), Append(record.id, "resolutions", entry))
    return Plan(edits=edits, said=tuple(said), ids=unique)


def _entry(ledger: Ledger, record: Record, answer: Outcome, today: date, said: list[str]) -> readings.Entry:
    """The entry for one record, once everything has been compared with what the ledger says."""
    _refuse_unfitting(record, answer)
    happened = readings.when(answer.happened, today, "happened")
    known = readings.when(answer.known, today, "known") or _usual_day(ledger, record, answer, today, said)
    _refuse_order(ledger, record, happened, known, today)
    if isinstance(record, Prediction):
        _refuse_by_condition(ledger, record, answer, today)
        if answer.outcome == due.happening(record) and happened:
            _refuse_outside_window(ledger, record, happened, today)
        if answer.outcome == "yes":
            _refuse_early(ledger, record, known, today)
    entry: readings.Entry = {
        "outcome": answer.outcome,
        "reason": answer.reason,
        "happened": readings.stored(happened) if happened else None,
        "known": readings.stored(known),
        "recorded": today,
        "by": answer.by,
        "blind": answer.blind,
        "settles": answer.settles or None,
        "evidence": _evidence(answer, today),
        "note": answer.note,
    }
    _refuse_against_own(record, answer, known)
    table = RESOLUTION if isinstance(record, Prediction) else CONDITION_RESOLUTION
    return readings.checked(table, entry)


def _refuse_unfitting(record: Record, answer: Outcome) -> None:
    """An outcome that is none of this kind of record, or a reason that is missing or does not belong."""
    if isinstance(record, Condition):
        if answer.outcome not in CONDITION_OUTCOMES:
            raise BadValue(f"'{record.id}' is a condition: '{answer.outcome}' is no outcome of it. "
                           f"{one_of(tuple(CONDITION_OUTCOMES))}")  # fmt: skip
        if answer.reason or answer.settles or answer.blind is not None:
            raise BadValue(
                f"'{record.id}' is a condition, which takes no reason, settles or blind. Use --note."
            )
        return
    if answer.outcome in CONDITION_OUTCOMES:
        raise BadValue(
            f"'{record.id}' is a prediction: '{answer.outcome}' is for conditions. {one_of(tuple(OUTCOMES))}"
        )
    readings.read(OUTCOME, answer.outcome, "outcome")
    allowed = reasons_for(answer.outcome)
    if allowed and answer.reason not in allowed:
        raise BadValue(f"{answer.outcome} needs a reason. Add --reason: {one_of(allowed)}")
    if answer.reason and not allowed:
        raise BadValue(f"{answer.outcome} takes no reason. Put it into --note.")


def _usual_day(ledger: Ledger, record: Record, answer: Outcome, today: date, said: list[str]) -> When:
    """When the outcome was known, where nobody has to say: nobody invents a day for anything else."""
    if answer.reason == "condition-unmet" and isinstance(record, Prediction):
        condition = ledger.condition(record.given)
        fate = due.standing(condition.resolutions, today) if condition else due.Standing()
        if fate.entry:
            return fate.entry.known
    if answer.outcome in WITHOUT_EVIDENCE:
        return When.on(today)
    end = record.by if isinstance(record, Condition) else due.latest_day(record, ledger, today)
    lapsed = due.due_on(end)
    if answer.outcome == due.lapsing(record):
        if lapsed and lapsed <= today:
            said.append(f"{record.id}: known {lapsed}, the day after its deadline")
            return When.on(lapsed)
        limit = f"its deadline, {end}, has not passed" if end else "it has no last day"
        raise BadValue(f"{record.id}: {limit}. Say with --known when '{answer.outcome}' became certain.")
    raise BadValue(f"{record.id}: when could the outcome be known? Add --known DATE.")


def _refuse_order(ledger: Ledger, record: Record, happened: When | None, known: When, today: date) -> None:
    if known.first > today:
        raise Refused(f"{record.id}: known on {known} is after today, {today}. Nobody knows yet.")
    if happened and happened.first > known.day:
        raise Refused(
            f"{record.id}: known on {known}, before it happened, {happened}. Correct one of the two."
        )
    article = ledger.article(record.article)
    made = record.made if isinstance(record, Prediction) else article.published if article else None
    if made and known.day < made.first:
        what = "the prediction was made" if isinstance(record, Prediction) else "the article was published"
        raise Refused(
            f"{record.id}: known on {known}, before {what}, {made}. What is already known is no prediction: "
            "correct the day, or resolve it as void with --reason mislogged."
        )


def _refuse_by_condition(ledger: Ledger, record: Prediction, answer: Outcome, today: date) -> None:
    condition = ledger.condition(record.given)
    fate = due.standing(condition.resolutions, today) if condition else due.Standing()
    if answer.reason == "condition-unmet":
        if condition is None:
            raise Refused(f"{record.id} has no condition. Choose another reason.")
        if fate.outcome != "unmet":
            raise Refused(f"{record.id}: its condition '{condition.id}' is not resolved as unmet. Resolve that one: "
                          "its predictions become void by it.")  # fmt: skip
    if condition is None or not _happens(answer.outcome):
        return
    if fate.outcome == "unmet":
        raise Refused(f"{record.id}: its condition '{condition.id}' is unmet, and a consequence without its condition "
                      "is void. Resolve it as void with --reason condition-unmet.")  # fmt: skip
    if record.deadline.within and fate.outcome != "met":
        raise Refused(
            f"{record.id}: its clock starts when '{condition.id}' is met. Resolve that condition first."
        )


def _refuse_outside_window(ledger: Ledger, record: Prediction, happened: When, today: date) -> None:
    latest, earliest = due.latest_day(record, ledger, today), record.deadline.earliest
    if latest and happened.first > latest:
        other = "yes" if record.deadline.holds == "throughout" else "no"
        raise Refused(
            f"{record.id}: it happened on {happened}, after its deadline, {latest}. That is a {other}."
        )
    if earliest and happened.day < earliest:
        raise Refused(
            f"{record.id}: it happened on {happened}, before {earliest}, the first day that counts."
        )


def _refuse_early(ledger: Ledger, record: Prediction, known: When, today: date) -> None:
    """A yes, before its deadline has passed, to what must hold until then."""
    latest = due.latest_day(record, ledger, today)
    if record.deadline.holds != "within" and latest and known.day < latest:
        raise Refused(
            f"{record.id}: it has to hold on {latest}, and on {known} nobody could know that. Wait for that day."
        )


def _refuse_against_own(record: Record, answer: Outcome, known: When) -> None:
    """A second entry of one person that contradicts or repeats the first by mistake."""
    own = [entry for entry in record.resolutions if entry.by == answer.by]
    last = own[-1] if own and own[-1].outcome != "reopened" else None
    if answer.outcome == "reopened":
        if last is None:
            raise Refused(f"{record.id}: {answer.by} has no outcome there to take back.")
        return
    if last is None:
        return
    if (last.outcome, last.reason) != (answer.outcome, answer.reason):
        if not answer.revise:
            raise Refused(
                f"{record.id}: {answer.by} resolved it as {last.outcome} on {last.recorded}. "
                "Add --revise to change that, or resolve it as reopened."
            )
    elif last.known.text == known.text and last.settles == answer.settles and not _adds(last, answer):
        raise Refused(f"{record.id}: {answer.by} recorded this outcome on {last.recorded} already.")


def _adds(last: Resolution, answer: Outcome) -> bool:
    """Whether an entry brings evidence or a note that the last one lacks."""
    links = {item.url for item in last.evidence}
    searches = {item.searched for item in last.evidence}
    new_search = answer.searched is not None and answer.searched not in searches
    return bool(set(answer.evidence) - links) or new_search or (answer.note or last.note) != last.note


def _evidence(answer: Outcome, today: date) -> list[object]:
    links = [readings.read(LINK, link, "evidence") for link in answer.evidence]
    searches = [{"searched": answer.searched, "on": today}] if answer.searched else []
    if not links and not searches and answer.outcome not in WITHOUT_EVIDENCE:
        raise BadValue(
            f"'{answer.outcome}' needs its evidence. Add --evidence URL, or --searched TEXT for what was not found."
        )
    return [*links, *searches]


def _happens(outcome: str) -> bool:
    """Whether an outcome says that the event happened or did not: yes, no or a share."""
    return outcome not in ("ambiguous", *WITHOUT_EVIDENCE)
