"""Judging finds: all at once in an editor, or one after the other at a terminal."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from forecastlog.cli.already import chosen_of
from forecastlog.cli.finds import NOTHING_NEW, marked, told
from forecastlog.cli.form import edited
from forecastlog.cli.offer import Offer
from forecastlog.cli.options import open_ledger
from forecastlog.cli.text import clean, terminal_width, wrap
from forecastlog.cli.writing import ask, at_terminal, tell, write
from forecastlog.compose import Answers, add_forecast
from forecastlog.compose.accept import Accepted, accept, read_records
from forecastlog.compose.alike import same_question
from forecastlog.compose.coverage import OFFERED, Skipped
from forecastlog.compose.known import article_of
from forecastlog.compose.people import Newcomers
from forecastlog.compose.skeleton import entry_of, passage_of
from forecastlog.errors import BadValue, ForecastlogError
from forecastlog.ledger import names
from forecastlog.suggest import VERSION, Find

if TYPE_CHECKING:
    from forecastlog.compose import Plan

KEYS = "a accept, e edit in $EDITOR, m merge with the one before, s skip, b back, q quit"


def edit_finds(offer: Offer, root: Path, today: date, by: str) -> int:
    """The records to complete, in the editor; accepted when it is closed, kept in a file where that fails."""
    if not offer.finds:
        tell([NOTHING_NEW])
        return 0

    def planned(text: str) -> Plan:
        return accept(open_ledger(root), read_records(text), today=today, by=by)

    return edited(
        offer.skeleton(),
        planned,
        lambda plan: write(plan, root, dry_run=False),
        again="go on with forecastlog accept",
    )


def step_through(offer: Offer, root: Path, today: date, by: str) -> int:
    """One find after the other.

    What is accepted or skipped is written at once, so that leaving loses nothing.
    """
    if not at_terminal():
        raise BadValue(
            "--step asks at a terminal, and there is none. Use --yaml, and then 'forecastlog accept'."
        )
    steps = _Steps(offer, root, today, by)
    try:
        steps.run()
    except click.Abort:
        click.echo(err=True)
    tell(
        [f"{steps.accepted} accepted, {steps.skipped} skipped, {len(offer.finds) - steps.at} left to judge."]
    )
    return 0


@dataclass(slots=True)
class _Steps:
    """A run through finds."""

    offer: Offer
    root: Path
    today: date
    by: str
    at: int = 0
    accepted: int = 0
    skipped: int = 0
    done: set[int] = field(default_factory=set)
    last: str = ""
    """The record that the find before became."""

    def run(self) -> None:
        """Go on until all are judged or the person leaves."""
        finds = self.offer.finds
        while self.at < len(finds):
            if self.at in self.done:
                self.at += 1
                continue
            find = finds[self.at]
            self._show(find)
            choice = ask(f"({KEYS})", _choice)
            if choice == "q":
                return
            if choice == "b":
                self.at = max((i for i in range(self.at) if i not in self.done), default=self.at)
                continue
            try:
                if self._judge(choice, find):
                    self.done.add(self.at)
                    self.at += 1
            except ForecastlogError as error:
                tell([f"Not written: {error}"])

    def _show(self, find: Find) -> None:
        width = terminal_width()
        click.echo()
        for text in (
            find.context,
            f"{self.at + 1}/{len(self.offer.finds)}. {marked(find)}",
            "; ".join(told(find)),
        ):
            for line in wrap(clean(" ".join(text.split())), width) if text else ():
                click.echo(line)

    def _judge(self, choice: str, find: Find) -> bool:
        if choice == "s":
            reason = ask("Why is it skipped?", _needed)
            self._write(
                Accepted(
                    article=self._article(), skipped=[Skipped(passage_of(find), reason)], about=self._about()
                )
            )
            self.skipped += 1
            return True
        if choice == "m":
            return self._merge(find)
        if choice == "e":
            one = Offer(self._read(), [find], self.offer.min_score)
            code = edit_finds(one, self.root, self.today, self.by)
            self.accepted += code == 0
            return code == 0
        loaded = open_ledger(self.root)
        claim = _or(
            ask(_with("Claim, worded so that yes means that it happens", find.claim), str), find.claim
        )
        same = chosen_of(same_question(loaded.ledger, claim, self.today))
        if same:
            self._forecast(find, same)
            return True
        entry, conditions = self._asked(find, claim)
        self.last = self._write(
            Accepted(article=self._article(), conditions=conditions, predictions=[entry], about=self._about())
        )
        self.accepted += 1
        return True

    def _forecast(self, find: Find, record_id: str) -> None:
        """What the find says on a question that is there: its criteria and deadline are kept."""
        if article_of(open_ledger(self.root), self.offer.read) is None:
            self._write(Accepted(article=self._article()))
        loaded = open_ledger(self.root)
        article = article_of(loaded, self.offer.read)
        if article is None:
            raise BadValue("the article cannot be found again. Log it with 'forecastlog add --article'.")
        words = find.words or ask("How likely, in the text's words", _needed)
        voice = find.speaker or loaded.names.voice(article)
        said = Answers.of(words=words, quote=find.quote, by=voice, article=article.id)
        plan = add_forecast(loaded, record_id, said, kind="person", people=Newcomers(), today=self.today)
        write(plan, self.root, dry_run=False)
        self.last, self.accepted = record_id, self.accepted + 1

    def _asked(self, find: Find, claim: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """The entry with what a person has to say: claim and criteria, and what the text leaves open."""
        proposals = entry_of(find, self.offer.read)
        entry: dict[str, Any] = {key: value for key, value in proposals.items() if value is not None}
        entry["claim"] = claim
        proposed, asks = entry["criteria"], "Criteria" if "kind" in entry else "Criteria: yes when"
        entry["criteria"] = _or(ask(_with(asks, proposed), str), proposed)
        if not entry["forecasts"][0]["words"]:
            entry["forecasts"] = [{"words": ask("How likely, in the text's words", _needed)}]
        if find.speaker and not find.speaker_sure:
            entry["speaker"] = ask(f"Who says it? (Enter: {find.speaker})", lambda text: text or find.speaker)
        if not entry["deadline"]:
            words = ask(f"By when? '{find.deadline_words}' is not read. (Enter: twelve months)", str)
            entry["deadline"] = {"words": words} if words else {"basis": "default"}
        if find.negated:
            entry["negated"] = "true" if entry.get("negated") else None
        if not find.condition:
            return entry, []
        text = ask(
            f"Given what? (Enter: {find.condition}; - for nothing)", lambda text: text or find.condition
        )
        if text == "-":
            return entry, []
        name = names.slug(" ".join(text.split()[:8]))
        return {**entry, "given": name}, [{"id": name, "text": text}]

    def _merge(self, find: Find) -> bool:
        """The quote as a further phrase of the record that the find before became."""
        from forecastlog.compose.plan import file_of, planned, prediction_of
        from forecastlog.ledger.edit import Put

        if not self.last:
            tell(["There is no record before this one to merge with."])
            return False
        loaded = open_ledger(self.root)
        record = prediction_of(loaded, self.last)
        also = [*record.also, find.quote]
        plan = planned(
            loaded,
            self.today,
            edits={file_of(loaded, record): (Put(record.id, ("also",), also),)},
            ids=(record.id,),
        )
        write(plan, self.root, dry_run=False)
        return True

    def _write(self, accepted: Accepted) -> str:
        plan = accept(open_ledger(self.root), accepted, today=self.today, by=self.by)
        write(plan, self.root, dry_run=False)
        return plan.ids[-1] if plan.ids else ""

    def _read(self) -> Any:
        from dataclasses import replace

        article = article_of(open_ledger(self.root), self.offer.read)
        return replace(self.offer.read, id=article.id) if article else self.offer.read

    def _article(self) -> dict[str, object]:
        read = self._read()
        chosen = {} if read.id else {"coverage": OFFERED}
        if not read.title or not read.published:
            day = str(read.published or ask("Published on", _needed))
            title = read.title or ask("Title of the article", _needed)
            return {**read.entry(), **chosen, "title": title, "published": day}
        return {**read.entry(), **chosen, "published": str(read.published)}

    def _about(self) -> dict[str, object]:
        return {"finder": VERSION, "min_score": self.offer.min_score}


def _choice(text: str) -> str:
    letter = text[:1].lower()
    if not letter or letter not in "aemsbq":
        raise BadValue(f"Type one of: {KEYS}.")
    return letter


def _needed(text: str) -> str:
    if not text:
        raise BadValue("This is needed; q at the next question leaves.")
    return text


def _with(question: str, proposed: str) -> str:
    return f"{question} (Enter: {proposed})" if proposed else question


def _or(text: str, proposed: str) -> str:
    if not (text or proposed):
        raise BadValue("claim and criteria are needed: nothing is written without them.")
    return text or proposed
