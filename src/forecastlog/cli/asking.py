"""The questions of ``add`` on a terminal: what is missing, with each reading shown at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from forecastlog.checks.texts import misquoted
from forecastlog.cli.writing import ask, tell
from forecastlog.compose import Answers
from forecastlog.compose.add import read_deadline
from forecastlog.compose.answers import Question
from forecastlog.compose.expecting import asked, kind_named, read_forecast
from forecastlog.compose.forecast import refuse_no_market
from forecastlog.compose.readings import (
    answered,
    checked,
    is_lasting,
    may_mean_a_state,
    probability,
    when,
    worded_deadline,
)
from forecastlog.errors import BadValue
from forecastlog.keys import AnyReader, Many, Table
from forecastlog.ledger.tables import ARTICLE, DEADLINE, PREDICTION_OF
from forecastlog.values import Reader
from forecastlog.vocabulary.deadlines import HOLDS

if TYPE_CHECKING:
    from datetime import date

    from forecastlog.kinds import Kind
    from forecastlog.ledger import Loaded
    from forecastlog.model.moments import When
    from forecastlog.model.records import Article
    from forecastlog.vocabulary.people import ForecasterKind

    Companion = tuple[Answers, ForecasterKind]


Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Companions:
    """Whom the expert is compared with: the desk's own probability, and a market's price that day."""

    own: str | None = None
    market: str | None = None
    market_name: str | None = None
    market_url: str | None = None

    def check(self, by: str, loaded: Loaded) -> None:
        """Raise BadValue before anything is written if one of them could not be written afterwards."""
        for figure in (self.own, self.market):
            if figure:
                probability(figure)
        if self.own and not by:
            raise BadValue("whose own probability is it? Say so with --by NAME or git's user.name.")
        if bool(self.market) != bool(self.market_name) or bool(self.market) != bool(self.market_url):
            raise BadValue("a market's price needs --market, --market-name and --market-url together.")
        if self.market_name:
            refuse_no_market(loaded, self.market_name)

    def forecasts(self, by: str, day: When | None) -> list[Companion]:
        """What is to be added to the prediction, and what its forecaster is."""
        found: list[Companion] = []
        if self.own:
            found.append((Answers.of(probability=self.own, by=by), "desk"))
        if self.market:
            price = Answers.of(probability=self.market, by=self.market_name, made=day, url=self.market_url)
            found.append((price, "market"))
        return found


@dataclass(frozen=True, slots=True)
class Asking:
    """Whom the questions are about: an article, with the answers to its last prediction as defaults."""

    loaded: Loaded
    article: Article
    last: Answers = field(default_factory=Answers)
    further: bool = False

    def calls_for(self, question: Question, answers: Answers) -> bool:
        """Whether the answers so far leave a question to be asked."""
        answered = {question.name, *question.instead} & answers.given.keys()
        kind = kind_named(answers.text("predicts"))
        ours = not question.of or question.of == kind.name
        return not answered and ours and (not question.after or question.after in answers)

    def ask(self, question: Question, answers: Answers) -> Answers:
        """The answers, with that to one question; what is read is shown as it is typed."""
        name, kind = question.name, kind_named(answers.text("predicts"))
        if name == "status_quo":
            question = replace(question, prompt=f"{question.prompt}: {kind.unchanged}")
        if name == "words":
            found = self._expected(question, answers)
        elif name == "deadline":
            found = self._deadline(question, answers.text("claim") or "")
        else:
            found = Answers.of({name: self._typed(question, self._reader(question, kind))})
        if name == "attribution" and not found.given:
            found = Answers.of({name: question.enter})
        return found.over(answers)

    def _typed(self, question: Question, read: Callable[[str], Value]) -> Value:
        """What is typed, or what the last prediction had where nothing is; "-" is nothing."""
        before = self.last.values.get(question.name) if question.again else None
        usual = ", ".join(before) if isinstance(before, tuple) else str(before or "")
        enter = f"{usual}; - {question.enter}" if usual else self._nothing(question)
        prompt = f"{question.prompt} (Enter: {enter})" if enter else question.prompt
        return ask(prompt, lambda text: read("" if text == "-" and usual else text or usual))

    def _nothing(self, question: Question) -> str:
        if question.name == "quote" and self.further:
            return "that was the last one"
        if question.name == "speaker":
            return f"the authors, {self.loaded.ledger.forecaster(self.loaded.names.voice(self.article)).name}"
        return question.enter

    def _reader(self, question: Question, kind: Kind) -> Callable[[str], object]:
        ends = self.further and question.name == "quote"

        def read(text: str) -> object:
            text = _whole_word(text, PREDICTION_OF[kind.name].by_name[question.path[0]].reader)
            value = (
                _parts(text) if question.several else _needed(text) if question.needed and not ends else text
            )
            checked(PREDICTION_OF[kind.name], {question.name: value})
            if question.name == "quote":
                lacking = misquoted(self.loaded, self.article, text)
                if lacking:
                    raise BadValue(lacking)
            return value

        return read

    def _expected(self, question: Question, answers: Answers) -> Answers:
        """How likely, or what is expected, in the words of the text."""
        kind, settings = kind_named(answers.text("predicts")), self.loaded.ledger.settings
        made = self.article.published
        about = asked(kind, answered(PREDICTION_OF[kind.name], answers.below(), made.day), made)

        def read(text: str) -> Answers:
            found = Answers.of({question.name: _needed(text)})
            tell([read_forecast(found, about, settings.scale, negated="negated" in answers).said])
            return found

        return ask(kind.how, read)

    def _deadline(self, question: Question, claim: str) -> Answers:
        """By when: the text's words, nothing, or a day of the analyst's own with its reason."""
        made, settings = self.article.published.day, self.loaded.ledger.settings

        def shown(answers: Answers) -> Answers:
            words = answers.text(question.name)
            if words and worded_deadline(words, made, settings) is None:
                raise BadValue(
                    f"'{words}' cannot be read as a time. Type = for a last day of your own, with its reason."
                )
            tell([read_deadline(answers, made, settings).said])
            return answers

        answer = self._typed(
            question, lambda text: None if text == "=" else shown(Answers.of({question.name: text}))
        )
        if answer is None:
            day = ask("Which day is the last?", lambda text: _needed(text) and _last_day(text, made))
            return shown(Answers.of(latest=day, why=ask("Why this day?", _needed)))
        words = answer.text(question.name)
        if words and "latest" not in read_deadline(answer, made, settings).entry:
            again = ask(
                "It has no last day. When to look again?", lambda text: _last_day(_needed(text), made)
            )
            return answer.over(Answers.of(review=again))
        usual = "throughout" if is_lasting(claim) else "within"
        if usual == "throughout" or (words and may_mean_a_state(words, made, settings)):
            prompt = (
                f"A yes: it happens within these days, holds on the last, or throughout? (Enter: {usual})"
            )
            return answer.over(Answers.of(holds=ask(prompt, lambda text: _holds(text or usual))))
        return answer


def _last_day(text: str, made: date) -> str:
    found = when(text, made, "the last day")
    if found is None or found.precision != "day":
        raise BadValue(f"'{text}' is no day. Write it as 2025-03-19, or 19 March 2025.")
    return found.text


def _readable(table: Table, name: str, *, needed: bool) -> Callable[[str], str]:
    def read(text: str) -> str:
        checked(table, {name: _needed(text) if needed else text})
        return text

    return read


ABOUT_ARTICLE = {
    "title": "Title",
    "published": "Published on",
    "publisher": "Publisher (Enter skips)",
    "authors": "Authors, with commas between (Enter: unsigned)",
    "url": "Link (Enter skips)",
}
"""What is asked about a new article."""


def ask_for_article(answers: Answers, today: date) -> Answers:
    """The answers, with what was missing."""

    def _day(text: str) -> str:
        found = when(_needed(text), today, "published")
        return found.text if found else ""

    for name, prompt in ABOUT_ARTICLE.items():
        if name not in answers:
            key = ARTICLE.by_name[name]
            typed = ask(
                prompt, _day if name == "published" else _readable(ARTICLE, name, needed=key.required)
            )
            value = _parts(typed) if isinstance(key.reader, Many) else typed
            answers = answers.over(Answers.of({name: value}))
    return answers


def _parts(typed: str) -> list[str]:
    return [part.strip() for part in typed.split(",") if part.strip()]


def ask_for_companions(compared: Companions) -> Companions:
    """An expert alone has nobody to be compared with: the analyst's own figure and a market's."""

    def figure(text: str) -> str:
        if text:
            probability(text)
        return text

    if not compared.own:
        compared = replace(compared, own=ask("Your own probability? (Enter skips)", figure))
    if not compared.market:
        market = ask("A market's price that day? (Enter skips)", figure)
        if market:
            name, url = ask("Which market?", _needed), ask("With which link?", _needed)
            compared = replace(compared, market=market, market_name=name, market_url=url)
    return compared


def _whole_word(text: str, reader: AnyReader) -> str:
    """The one word of a closed list that begins so; the text as it is where none or several do."""
    words = reader.schema.get("enum", ()) if isinstance(reader, Reader) else ()
    near = [word for word in words if isinstance(word, str) and word.startswith(text.lower())]
    return near[0] if text and len(near) == 1 else text


def _holds(text: str) -> str:
    """What makes a yes; nothing for the usual one, which records leave out."""
    text = _whole_word(text, DEADLINE.by_name["holds"].reader)
    if text not in HOLDS:
        raise BadValue(f"Write {', '.join(HOLDS)}.")
    return "" if text == next(iter(HOLDS)) else text


def _needed(text: str) -> str:
    if not text:
        raise BadValue("This is needed; Ctrl+C leaves, and nothing is written.")
    return text
