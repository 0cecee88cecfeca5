"""``review``: steps through what is due, a record at a time, and writes each entry as it is completed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from forecastlog.cli.main import INTERRUPTED
from forecastlog.cli.newcomers import yes_or_no
from forecastlog.cli.options import (
    by_option,
    complete_ids,
    find_record,
    ledger_option,
    open_ledger,
    today_option,
)
from forecastlog.cli.review_page import record_page, reveal, short_page, standing_of
from forecastlog.cli.text import terminal_width
from forecastlog.cli.verdict import Verdict, told
from forecastlog.cli.writing import Leave, ask, preview, tell
from forecastlog.compose import Outcome
from forecastlog.errors import BadValue, ForecastlogError, Refused
from forecastlog.model.ledger import records_of
from forecastlog.model.records import Article, Condition, Prediction
from forecastlog.standing.due import condition_status
from forecastlog.standing.review import Record, alike, found_before, own_entry, to_resolve, to_resolve_second

if TYPE_CHECKING:
    from forecastlog.ledger import Loaded


@click.command("review")
@click.argument("record_ids", metavar="[ID]...", nargs=-1, shell_complete=complete_ids)
@click.option(
    "--reveal", "open_", is_flag=True, help="Show from the start who said it and how sure they were."
)
@click.option("--second", is_flag=True, help="What one other person has resolved, for a second opinion.")
@click.option("--event", metavar="NAME", help="Only what turns on this event.")
@click.option("--article", metavar="ID", help="Only what stands in this article.")
@by_option("--by", text="Who records it.")
@ledger_option
@today_option
def command(
    *,
    root: Path,
    today: date,
    record_ids: tuple[str, ...],
    by: str,
    open_: bool,
    second: bool,
    event: str | None,
    article: str | None,
) -> int:
    """Step through what is due and record what happened.

    Conditions come first, then predictions, the most overdue first; with IDs just those, due or not.
    Forecaster, outlet, words, probability and what other people recorded stay hidden until your verdict is
    written. A letter and Enter give the outcome; questions for evidence, days and a note follow. Each entry
    is written when it is complete, so you can leave at any time and go on later.
    """
    loaded = open_ledger(root)
    wanted = _Wanted(
        ids=tuple(_judged(loaded, given) for given in record_ids),
        second=second,
        event=event,
        article=find_record(loaded.ledger, article).id if article else None,
    )
    wanted.check(loaded)
    review = _Review(root=root, by=by, today=today, wanted=wanted, blind=not open_, loaded=loaded)
    try:
        review.run()
    except (click.Abort, KeyboardInterrupt) as stop:
        click.echo(err=True)
        tell([review.summary()])
        # click turns Ctrl+C and the end of the input into one exception, and keeps which it was.
        interrupted = isinstance(stop, KeyboardInterrupt) or isinstance(stop.__context__, KeyboardInterrupt)
        return INTERRUPTED if interrupted else 0
    tell([review.summary()])
    return 0


def _judged(loaded: Loaded, given: str) -> str:
    record = find_record(loaded.ledger, given)
    if isinstance(record, Article):
        raise Refused(
            f"'{record.id}' is an article. 'forecastlog review --article {record.id}' takes what "
            "is due in it."
        )
    return record.id


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What the person asked to go through."""

    ids: tuple[str, ...]
    second: bool
    event: str | None
    article: str | None

    def check(self, loaded: Loaded) -> None:
        """Raise BadValue for options that contradict each other or name nothing."""
        if self.ids and (self.second or self.event or self.article):
            raise BadValue(
                "ids are gone through as they are named: leave out --second, --event and --article."
            )
        if self.event and all(record.event != self.event for record in records_of(loaded.ledger)):
            raise BadValue(f"no record turns on the event '{self.event}'.")

    def records(self, loaded: Loaded, day: date, by: str) -> list[Record]:
        """The records, in the order in which they are gone through."""
        ledger = loaded.ledger
        if self.ids:
            named = (ledger.get(name) for name in dict.fromkeys(self.ids))
            return [record for record in named if isinstance(record, Condition | Prediction)]
        found = to_resolve_second(ledger, day, by) if self.second else to_resolve(ledger, day)
        return [
            record
            for record in found
            if self.event in (None, record.event) and self.article in (None, record.article)
        ]


@dataclass(slots=True)
class _Review:
    """One run: the records that are left, those that were looked at, and what was recorded."""

    root: Path
    by: str
    today: date
    wanted: _Wanted
    blind: bool
    loaded: Loaded
    queue: list[str] = field(default_factory=list)
    offered: set[str] = field(default_factory=set)
    seen: list[str] = field(default_factory=list)
    revealed: set[str] = field(default_factory=set)
    again: set[str] = field(default_factory=set)
    written: list[str] = field(default_factory=list)

    def run(self) -> None:
        """Go through the records until none is left or the person leaves."""
        self._refresh()
        if not self.queue:
            return
        tell([f"{len(self.queue)} to look at. An entry is written when it is complete; ? explains."])
        if self.wanted.event and not self._together():
            return
        while self.queue:
            record = self._record(self.queue.pop(0))
            try:
                self._step(record)
            except Leave as leave:
                if leave.way == "quit":
                    self.queue.insert(0, record.id)
                    return
                self._leave(record.id, leave.way)

    def _together(self) -> bool:
        """One outcome and one evidence for several records of an event, where the person says so.

        False to leave.
        """
        first = self._record(self.queue[0])
        several = [first, *(one for one in map(self._record, self.queue[1:]) if type(one) is type(first))]
        if len(several) == 1:
            return True
        self._listed(several)
        try:
            chosen = ask(
                "Which have one outcome, by the same evidence? (1 2, all; Enter: one after the other)",
                lambda text: _numbers(text, len(several)),
            )
            records = [several[number - 1] for number in chosen]
            if records:
                self._complete(records, blind=self.blind, revise=False)
                self._reveal(records)
        except Leave as leave:
            return leave.way != "quit"
        return True

    def _listed(self, records: Sequence[Record]) -> None:
        for number, record in enumerate(records, 1):
            page = short_page(number, record, self.loaded.ledger, self.today, terminal_width())
            click.echo(f"\n{page}")
        click.echo()

    def summary(self) -> str:
        """What came of the run, and what is left."""
        if not self.offered:
            if self.wanted.second:
                return f"Nothing on {self.today} waits for a second opinion."
            return f"Nothing is due on {self.today}."
        done = list(dict.fromkeys(self.written))
        told = f"Recorded: {', '.join(done)}." if done else "Nothing was recorded."
        left = len({record.id for record in self._left()})
        return f"{told} {left} left to look at." if left else told

    def _left(self) -> list[Record]:
        found = self.wanted.records(self.loaded, self.today, self.by)
        return [record for record in found if record.id not in self.written]

    def _record(self, record_id: str) -> Record:
        record = self.loaded.ledger.get(record_id)
        if record is None or isinstance(record, Article):
            raise Refused(f"'{record_id}' is no longer in the ledger.")
        return record

    def _leave(self, record_id: str, way: str) -> None:
        if way == "later":
            self.queue.append(record_id)
        elif way == "back" and self.seen:
            previous = self.seen.pop()
            self.again.add(previous)
            self.queue[:0] = [previous, record_id]
        elif way == "back":
            tell(["This is the first one."])
            self.queue.insert(0, record_id)
        else:
            self.seen.append(record_id)

    def _again(self, record_id: str) -> None:
        """Back to a record that was just written."""
        self.seen.remove(record_id)
        self.again.add(record_id)
        self._put_first([record_id])

    def _step(self, record: Record) -> None:
        """One record: shown, asked about, written; then those that the same evidence settles."""
        own = own_entry(record, self.today, self.by)
        blind = self.blind and record.id not in self.revealed
        click.echo()
        click.echo(record_page(record, self.loaded.ledger, self.today, blind=blind, width=terminal_width()))
        click.echo()
        if own:
            tell([f"You recorded {own.outcome} on {own.recorded}; another entry of yours takes its place."])
        condition = self.loaded.ledger.condition(getattr(record, "given", None))
        if condition and condition_status(condition, self.today) != "resolved":
            tell([f"What it depends on is not resolved yet: {condition.id}. That one comes first."])
        answer = self._complete([record], blind=blind, revise=own is not None)
        self.seen.append(record.id)
        also: list[Record] = []
        try:
            also = self._same(record, answer)
        except Leave as leave:
            if leave.way == "quit":
                self.queue.clear()
            else:
                self._again(record.id)
        self.seen += [other.id for other in also]
        self._reveal([record, *also])

    def _complete(self, records: Sequence[Record], *, blind: bool, revise: bool) -> Outcome:
        """Ask until the entry is written for all; what is refused is asked again with the answers so far."""
        record, ids = records[0], [one.id for one in records]
        before = found_before(self.loaded.ledger, record, self.by)
        seen = None if isinstance(record, Condition) else blind
        answer = Outcome(by=self.by, blind=seen, revise=revise)
        at_the_end = False
        while True:
            verdict = Verdict(answer, record, self.loaded.ledger, self.today, before)
            verdict.ask(from_the_end=at_the_end)
            at_the_end = False
            try:
                if self._write(ids, answer, f"{', '.join(ids)}: {told(answer)}"):
                    return answer
                tell(["Again; Enter keeps what you answered."])
            except Leave as leave:
                if leave.way != "back":
                    raise
                at_the_end = True
            except ForecastlogError as refused:
                tell([f"Not written: {refused}", "Again; Enter keeps what you answered."])
                self.loaded = open_ledger(self.root)

    def _write(self, ids: list[str], answer: Outcome, told: str) -> bool:
        from forecastlog.compose import resolve

        plan = resolve(self.loaded, ids, answer, today=self.today)
        tell([told, *plan.said, preview(plan)])
        if not ask("Write it? (Enter: yes, no: change it)", _yes):
            return False
        plan.carry_out()
        self.written += ids
        tell([f"Recorded: {', '.join(ids)}."])
        self.loaded = open_ledger(self.root)
        self._refresh()
        return True

    def _same(self, record: Record, answer: Outcome) -> list[Record]:
        """Offer the same entry for others of the event or condition; those left come next."""
        others = alike(record, map(self._record, self.queue))
        if not others:
            return []
        self._put_first([other.id for other in others])
        tell(["", f"{len(others)} more turn{'s' * (len(others) == 1)} on the same event or condition:"])
        self._listed(others)
        while True:
            chosen = ask(
                f"The same entry ({answer.outcome}) for which? (1 2, all; Enter: none)",
                lambda text: _numbers(text, len(others)),
            )
            ids = [others[number - 1].id for number in chosen]
            if not ids:
                return []
            try:
                if self._write(ids, replace(answer, revise=False), f"{', '.join(ids)}: the same entry"):
                    return [self._record(name) for name in ids]
            except ForecastlogError as refused:
                tell([f"Not written: {refused}"])

    def _reveal(self, records: Iterable[Record]) -> None:
        """What was hidden, once the verdict stands; from here on another entry on it is not blind."""
        for record in records:
            if not self.blind or record.id in self.revealed:
                continue
            self.revealed.add(record.id)
            current = self._record(record.id)
            text = reveal(current, self.loaded.ledger, self.today, self.by, terminal_width())
            if text:
                click.echo(f"\n{text}")
            if standing_of(current, self.loaded.ledger, self.today) == "contested":
                tell([f"You differ: {record.id} is contested until an entry settles it (resolve --settles)."])

    def _refresh(self) -> None:
        """Take up what has become due, and drop what has been decided by a condition meanwhile."""
        wanted = [record.id for record in self.wanted.records(self.loaded, self.today, self.by)]
        self.queue = [name for name in self.queue if name in wanted or name in self.again]
        self.queue += [name for name in wanted if name not in self.offered]
        self.offered.update(wanted)
        if self.wanted.ids:
            self.queue = [name for name in self.queue if name not in self.written or name in self.again]

    def _put_first(self, ids: list[str]) -> None:
        self.queue = [*ids, *(name for name in self.queue if name not in ids)]


def _yes(text: str) -> bool:
    return yes_or_no(text, "Enter or y writes it; n goes back to your answers.")


def _numbers(text: str, most: int) -> list[int]:
    if text.lower() == "all":
        return list(range(1, most + 1))
    parts = text.replace(",", " ").split()
    if not all(part.isdecimal() and 1 <= int(part) <= most for part in parts):
        raise BadValue(f"Type numbers from 1 to {most} with spaces between them, all, or just Enter.")
    return sorted({int(part) for part in parts})
