"""The questions of ``add`` on a terminal: what is missing, with each reading shown at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from forecastlog.cli.writing import ask, tell
from forecastlog.compose import Answers
from forecastlog.compose.add import read_deadline, read_forecast
from forecastlog.compose.answers import Question, asked
from forecastlog.compose.readings import checked, may_mean_a_state, probability
from forecastlog.errors import BadValue
from forecastlog.keys import Many, Table
from forecastlog.ledger.tables import ARTICLE, PREDICTION
from forecastlog.vocabulary import HOLDS

if TYPE_CHECKING:
    from forecastlog.compose.forecast import ForecasterKind
    from forecastlog.ledger import Loaded
    from forecastlog.model import Article

    Companion = tuple[Answers, ForecasterKind]


@dataclass(frozen=True, slots=True)
class Companions:
    """Whom the expert is compared with: the desk's own probability, and a market's price that day."""

    own: str | None = None
    market: str | None = None
    market_name: str | None = None
    market_url: str | None = None

    def check(self, by: str) -> None:
        """Raise BadValue before anything is written if one of them could not be written afterwards."""
        for figure in (self.own, self.market):
            if figure:
                probability(figure)
        if self.own and not by:
            raise BadValue("whose own probability is it? Say so with --logged-by NAME or git's user.name.")
        if bool(self.market) != bool(self.market_name) or bool(self.market) != bool(self.market_url):
            raise BadValue("a market's price needs --market, --market-name and --market-url together.")

    def forecasts(self, by: str, article: Article) -> list[Companion]:
        """What is to be added to the prediction, and what its forecaster is."""
        found: list[Companion] = []
        if self.own:
            found.append((Answers.of(probability=self.own, by=by), "desk"))
        if self.market:
            price = Answers.of(
                probability=self.market, by=self.market_name, made=article.published, url=self.market_url
            )
            found.append((price, "market"))
        return found


def ask_for_prediction(answers: Answers, loaded: Loaded, article: Article) -> Answers:
    """The answers, with what was missing; deadline and likelihood are read, and shown, as they are typed."""
    for question in asked():
        if {question.name, *question.instead} & answers.given.keys():
            continue
        if question.name == "words":
            found = _ask_likelihood(question, loaded, negated="negated" in answers)
        elif question.name == "deadline":
            found = _ask_deadline(question, loaded, article)
        else:
            read = _readable(PREDICTION, question.name, needed=question.needed)
            found = Answers.of({question.name: ask(question.prompt, read)})
        answers = answers.over(found)
    return answers


def _readable(table: Table, name: str, *, needed: bool) -> Callable[[str], str]:
    def read(text: str) -> str:
        checked(table, {name: _needed(text) if needed else text})
        return text

    return read


def _ask_likelihood(question: Question, loaded: Loaded, *, negated: bool) -> Answers:
    def read(text: str) -> Answers:
        found = Answers.of({question.name: _needed(text)})
        tell([read_forecast(found, loaded.ledger.settings.scale, negated=negated).said])
        return found

    return ask(question.prompt, read)


ABOUT_ARTICLE = {
    "title": "Title",
    "published": "Published on",
    "publisher": "Publisher (Enter skips)",
    "authors": "Authors, with commas between (Enter: unsigned)",
    "url": "Link (Enter skips)",
}
"""What is asked about a new article."""


def ask_for_article(answers: Answers) -> Answers:
    """The answers, with what was missing."""
    for name, prompt in ABOUT_ARTICLE.items():
        if name not in answers:
            key = ARTICLE.by_name[name]
            typed = ask(prompt, _readable(ARTICLE, name, needed=key.required))
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


def _ask_deadline(question: Question, loaded: Loaded, article: Article) -> Answers:
    """By when: the text's words, nothing, or a day of the analyst's own with its reason."""
    made, settings = article.published.day, loaded.ledger.settings

    def shown(answers: Answers) -> Answers:
        tell([read_deadline(answers, made, settings).said])
        return answers

    answer = ask(
        question.prompt, lambda text: None if text == "=" else shown(Answers.of({question.name: text}))
    )
    if answer is None:
        why = ask("Why a day of your own?", _needed)
        return ask("Which day?", lambda text: shown(Answers.of(latest=_needed(text), why=why)))
    words = answer.text(question.name)
    if words and may_mean_a_state(words, made, settings):
        prompt = "A yes: it happens within these days (Enter), holds on the last (on), or throughout"
        return answer.over(Answers.of(holds=ask(prompt, _holds)))
    return answer


def _holds(text: str) -> str:
    if text and text not in HOLDS:
        raise BadValue(f"Write {', '.join(HOLDS)}, or press Enter for within.")
    return text


def _needed(text: str) -> str:
    if not text:
        raise BadValue("This is needed; Ctrl+C leaves, and nothing is written.")
    return text
