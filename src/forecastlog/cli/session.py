"""``add`` on a terminal.

An article's predictions one after the other, with the answers to the last one as defaults.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from forecastlog.cli.already import chosen_of
from forecastlog.cli.asking import Asking, Companions, ask_for_companions
from forecastlog.cli.form import edited, form_text, logged_from
from forecastlog.cli.main import INTERRUPTED
from forecastlog.cli.newcomers import settled, yes_or_no
from forecastlog.cli.options import open_ledger
from forecastlog.cli.writing import Leave, ask, tell, write
from forecastlog.compose import Answers, add_forecast, add_prediction
from forecastlog.compose.alike import same_question
from forecastlog.compose.answers import BY_NAME, asked
from forecastlog.compose.people import Newcomers
from forecastlog.compose.readings import checked, new_id
from forecastlog.errors import BadValue, Refused
from forecastlog.ledger.tables import PREDICTION
from forecastlog.model.records import Article
from forecastlog.phrasing import counted

if TYPE_CHECKING:
    from forecastlog.compose import Plan
    from forecastlog.ledger import Loaded


@dataclass(slots=True)
class Session:
    """What the predictions of one article have in common while they are logged."""

    root: Path
    article_id: str
    by: str
    today: date
    dry_run: bool
    compared: Companions
    people: Newcomers
    last: Answers
    beside: int = 0
    """How many were forecasts on questions that were there."""

    def run(self, given: Answers) -> int:
        """Ask for one prediction after the other until a quote is left empty.

        ``given`` answers for the first.
        """
        count = 0
        while True:
            loaded = open_ledger(self.root)
            try:
                code = self._one(loaded, given, first=count == 0)
            except Leave:
                return self._told(count)
            if code is None:
                return self._told(count)
            if code or self.dry_run:
                return code
            count += 1
            given = Answers()

    def _told(self, count: int) -> int:
        made = counted(count - self.beside, "prediction")
        beside = f" and {counted(self.beside, 'forecast')} on what was asked already" if self.beside else ""
        tell([f"{made}{beside} logged." if count else "Nothing was written."])
        return 0 if count else INTERRUPTED

    def _one(self, loaded: Loaded, given: Answers, *, first: bool) -> int | None:
        """One prediction, or a forecast on a question that is there; None where there is no further one."""
        article = loaded.ledger.article(self.article_id)
        if article is None:
            raise Refused(f"'{self.article_id}' is no longer in the ledger.")
        asking = Asking(loaded, article, self.last, further=not first)
        answers, number = given, 0
        trail: list[tuple[int, Answers]] = []
        questions = tuple(asked())
        while number < len(questions):
            question = questions[number]
            if not asking.calls_for(question, answers):
                number += 1
                continue
            try:
                found = asking.ask(question, answers)
                if question.name == "quote" and "quote" not in found:
                    return None
                same = self._same(loaded, found) if question.name == "claim" else None
                if same:
                    return self._forecast(loaded, asking, found, same)
                if question.name == "speaker" and "speaker" in found:
                    found, self.people = settled(loaded, found, "speaker", self.people)
            except Leave as leave:
                if leave.way != "back" or not trail:
                    raise
                number, answers = trail.pop()
                continue
            trail.append((number, answers))
            answers, number = found, number + 1
        return self._written(loaded, article, self._with_id(loaded, answers))

    def _same(self, loaded: Loaded, answers: Answers) -> str | None:
        """The open question that the claim asks again, if the person says so."""
        return chosen_of(same_question(loaded.ledger, answers.text("claim") or "", self.today))

    def _forecast(self, loaded: Loaded, asking: Asking, answers: Answers, record_id: str) -> int:
        """What this article says on a question that is there: its criteria and deadline are kept."""
        for name in ("speaker", "words"):
            if asking.calls_for(BY_NAME[name], answers):
                answers = asking.ask(BY_NAME[name], answers)
        if "speaker" in answers:
            answers, self.people = settled(loaded, answers, "speaker", self.people)
        voice = answers.text("speaker") or loaded.names.voice(asking.article)
        said = {name: answers.text(name) for name in ("words", "probability", "quote")}
        plan = add_forecast(
            loaded,
            record_id,
            Answers.of(said, by=voice, article=asking.article.id),
            kind=self.people.kinds.get(voice, self.people.kind),
            people=self.people,
            today=self.today,
        )
        self.last, self.beside = answers.over(self.last), self.beside + 1
        return write(plan, self.root, dry_run=self.dry_run, confirm=True)

    def _with_id(self, loaded: Loaded, answers: Answers) -> Answers:
        if "id" in answers:
            return answers
        taken = set(loaded.ledger.ids)
        proposed = new_id(answers.text("claim") or "", set(taken))

        def read(text: str) -> str:
            checked(PREDICTION, {"id": text})
            if text in taken:
                raise BadValue(f"'{text}' is taken.")
            return text or proposed

        return Answers.of(id=ask(f"Id (Enter: {proposed})", read)).over(answers)

    def _typed(self, loaded: Loaded, text: str) -> Plan:
        return logged_from(
            loaded, text, self.article_id, Answers(), today=self.today, by=self.by, people=self.people
        )

    def _written(self, loaded: Loaded, article: Article, answers: Answers) -> int:
        def planned(answers: Answers) -> Plan:
            return add_prediction(
                loaded, article.id, answers, today=self.today, by=self.by, people=self.people
            )

        def finish(plan: Plan, *, confirm: bool = False) -> int:
            if write(plan, self.root, dry_run=self.dry_run, confirm=confirm):
                return 1
            # A condition that was told in words has an id from here on.
            new = Answers.of(given=plan.ids[0]) if len(plan.ids) > 1 else Answers()
            self.last = new.over(answers)
            return compare(self.root, plan.ids[-1], self.compared, self.by, self.today, dry_run=self.dry_run)

        try:
            plan = planned(answers)
        except Refused as refused:  # what was typed is not lost: it can be corrected in the form
            tell([f"Error: {refused}"])
            if not ask("Correct it in a form? (Enter: yes)", yes_or_no):
                return refused.exit_code
            return edited(form_text(article, answers), lambda typed: self._typed(loaded, typed), finish)
        self.compared = ask_for_companions(self.compared)
        self.compared.check(self.by, loaded)
        code = finish(plan, confirm=True)
        self.compared = replace(self.compared, own=None, market=None)
        return code


def compare(root: Path, record_id: str, compared: Companions, by: str, today: date, *, dry_run: bool) -> int:
    """Log the forecasts that the expert's will be compared with."""
    loaded = open_ledger(root)
    record = loaded.ledger.get(record_id)
    article = loaded.ledger.article(getattr(record, "article", None))
    forecasts = compared.forecasts(by, article.published if article else None)
    if forecasts and dry_run:
        tell([f"Then, beside it: {counted(len(forecasts), 'forecast')} to compare it with."])
        return 0
    for answers, kind in forecasts:
        people = Newcomers(meant=True)
        plan = add_forecast(open_ledger(root), record_id, answers, kind=kind, people=people, today=today)
        write(plan, root, dry_run=False)
    return 0
