"""What happened: the entry that says so, for several predictions and conditions at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from forecastlog.compose import readings
from forecastlog.compose.appended import appended
from forecastlog.compose.people import entering, recorder
from forecastlog.compose.plan import Plan, file_of, judged, planned
from forecastlog.errors import BadValue, Refused
from forecastlog.ledger import Loaded
from forecastlog.ledger.edit import Append, Edit
from forecastlog.ledger.tables import CONDITION_RESOLUTION, RESOLUTION_OF
from forecastlog.model.ledger import Ledger
from forecastlog.model.moments import When
from forecastlog.model.outcomes import Resolution
from forecastlog.model.records import Condition, Prediction
from forecastlog.sources import page_at
from forecastlog.standing import due
from forecastlog.values import LINK
from forecastlog.vocabulary.outcomes import WITHOUT_EVIDENCE

Record = Prediction | Condition


@dataclass(slots=True, kw_only=True)
class Outcome:
    """One outcome as typed, for every record that it is said of; what is refused is typed anew."""

    outcome: str = ""
    by: str
    known: str | None = None
    happened: str | None = None
    evidence: Sequence[str] = ()
    searched: str | None = None
    note: str | None = None
    reason: str | None = None
    vintage: str | None = None
    settles: bool = False
    blind: bool | None = None
    revise: bool = False


def resolve(loaded: Loaded, ids: Sequence[str], answer: Outcome, *, today: date) -> Plan:
    """Entries that record an outcome for predictions and conditions, all of them or none.

    Raises BadValue for what cannot be read or is missing, Refused for what the records forbid, UnknownId,
    and what ``planned`` raises.
    """
    if not answer.by.strip():
        raise BadValue("who records it? Add --by NAME.")
    edits: dict[Path, tuple[Edit, ...]] = {}
    lines: dict[Path, str] = {}
    said: list[str] = []
    for record_id in dict.fromkeys(ids):
        record = judged(loaded, record_id)
        if isinstance(record, Prediction) and record.draft:
            raise Refused(f"'{record_id}' is a draft. 'forecastlog publish {record_id}' logs it first.")
        entry = _entry(loaded.ledger, record, answer, today, said)
        if isinstance(record, Prediction) and record.article is None:
            lines |= [appended(loaded, record, entry, today, lines)]
        else:
            home = file_of(loaded, record)
            edits[home] = (*edits.get(home, ()), Append(record.id, "resolutions", entry))
    people, new_files, entered = entering(loaded.root, recorder(loaded.names, answer.by))
    return planned(
        loaded,
        today,
        edits=edits | people,
        new_files=new_files,
        texts=lines,
        said=(*said, *entered),
        ids=ids,
    )


def _entry(ledger: Ledger, record: Record, answer: Outcome, today: date, said: list[str]) -> readings.Entry:
    """The entry for one record; whether it fits the others is for the rules to say."""
    table = RESOLUTION_OF[record.kind] if isinstance(record, Prediction) else CONDITION_RESOLUTION
    try:
        readings.checked(table, {"outcome": answer.outcome})
    except BadValue as fault:
        kind = "condition" if isinstance(record, Condition) else "prediction"
        raise BadValue(f"'{record.id}' is a {kind}: {fault}") from None
    alone = answer.reason or answer.vintage or answer.settles or answer.blind is not None
    if isinstance(record, Condition) and alone:
        raise BadValue(
            f"'{record.id}' is a condition, which takes no reason, vintage, settles or blind. Use --note."
        )
    happened = readings.when(answer.happened, today, "happened")
    known = readings.when(answer.known, today, "known") or _usual_day(ledger, record, answer, today, said)
    _refuse_against_own(record, answer, known)
    entry: readings.Entry = {
        "outcome": answer.outcome,
        "reason": answer.reason,
        "happened": readings.stored(happened) if happened else None,
        "known": readings.stored(known),
        "recorded": today,
        "by": answer.by,
        "vintage": answer.vintage,
        "blind": answer.blind,
        "settles": answer.settles or None,
        "evidence": _evidence(ledger, answer, today),
        "note": answer.note,
    }
    return readings.checked(table, entry)


def _usual_day(ledger: Ledger, record: Record, answer: Outcome, today: date, said: list[str]) -> When:
    """When the outcome was known, where nobody has to say: nobody invents a day for anything else."""
    if answer.reason == "condition-unmet" and isinstance(record, Prediction):
        condition = ledger.condition(record.given)
        fate = due.standing(condition.resolutions, today) if condition else due.Standing()
        if fate.entry:
            return fate.entry.known
    if answer.outcome in WITHOUT_EVIDENCE:  # it rests on the record, as it is today
        return When.on(today)
    end = record.by if isinstance(record, Condition) else due.latest_day(record, ledger, today)
    lapsed = due.due_from(record, end)
    if answer.outcome == due.lapsing(record):
        if lapsed and lapsed <= today:
            said.append(f"{record.id}: known {lapsed}, {first_day_to_look(lapsed, end)}")
            return When.on(lapsed)
        limit = f"its deadline, {end}, has not passed" if end else "it has no last day"
        raise BadValue(f"{record.id}: {limit}. Say with --known when '{answer.outcome}' became certain.")
    happened = readings.when(answer.happened, today, "happened")
    if happened is not None:  # as review proposes: what happened could be known that day
        said.append(f"{record.id}: known {happened}, the day on which it happened")
        return happened
    evidence = "" if answer.evidence or answer.searched else " and --evidence URL"
    raise BadValue(
        f"{record.id}: when could the outcome be known? Add --known DATE, or --happened DATE{evidence}."
    )


def first_day_to_look(day: date, last: date | None) -> str:
    """What makes somebody look from this day on, where ``last`` is the last that counts."""
    return "the day after its deadline" if day == due.due_on(last) else "when its source is out"


def _refuse_against_own(record: Record, answer: Outcome, known: When) -> None:
    """A second entry of one person that contradicts or repeats the first by mistake."""
    own = [entry for entry in record.resolutions if entry.by == answer.by and entry.vintage == answer.vintage]
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


def _evidence(ledger: Ledger, answer: Outcome, today: date) -> list[object]:
    """The links as typed, each with what an earlier use says of its page, and the search."""
    known = readings.told_of_pages(ledger) if answer.evidence else {}
    links: list[object] = []
    for typed in answer.evidence:
        link = str(readings.read(LINK, typed, "evidence"))
        earlier = known.get(page_at(link))
        links.append({"url": link, **earlier} if earlier else link)
    searches = [{"searched": answer.searched, "on": today}] if answer.searched else []
    return [*links, *searches]
