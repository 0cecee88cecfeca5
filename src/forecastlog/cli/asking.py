"""The questions of ``add`` on a terminal: what is missing, with each reading shown at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from forecastlog.cli.writing import ask, tell
from forecastlog.errors import BadValue
from forecastlog.ledger.tables import ARTICLE, PREDICTION, Table
from forecastlog.model import QUOTE_WORDS, Article
from forecastlog.vocabulary import HOLDS

if TYPE_CHECKING:
    from forecastlog.compose import ForecastAnswers, Said
    from forecastlog.ledger import Loaded

Checked = dict[str, object]


@dataclass(frozen=True, slots=True)
class Companions:
    """Whom the expert is compared with: the desk's own probability, and a market's price that day."""

    own: str | None = None
    market: str | None = None
    market_name: str | None = None
    market_url: str | None = None

    def check(self, by: str) -> None:
        """Raise BadValue before anything is written if one of them could not be written afterwards."""
        from forecastlog.compose.readings import probability

        for figure in (self.own, self.market):
            if figure:
                probability(figure)
        if self.own and not by:
            raise BadValue("whose own probability is it? Say so with --logged-by NAME or git's user.name.")
        if bool(self.market) != bool(self.market_name) or bool(self.market) != bool(self.market_url):
            raise BadValue("a market's price needs --market, --market-name and --market-url together.")

    def forecasts(self, by: str, article: Article) -> list[tuple[ForecastAnswers, Said]]:
        """What is to be added to the prediction, and by whom."""
        from forecastlog.compose import ForecastAnswers, Said

        found = []
        if self.own:
            found.append((ForecastAnswers(probability=self.own), Said(by=by, kind="desk")))
        if self.market:
            said = Said(by=self.market_name, kind="market", made=str(article.published), url=self.market_url)
            found.append((ForecastAnswers(probability=self.market), said))
        return found


def ask_for_prediction(answers: Mapping[str, object], loaded: Loaded, article: Article) -> Checked:
    """The answers, with what was missing; deadline and likelihood are read, and shown, as they are typed."""
    from forecastlog.compose import ForecastAnswers
    from forecastlog.compose.add import read_forecast

    asked = Asked(dict(answers), PREDICTION)
    asked.text("quote", f"Quote, at most {QUOTE_WORDS} words", needed=True)
    asked.text("claim", "Claim, worded so that yes means that it happens", needed=True)
    if "words" not in asked.answers and "probability" not in asked.answers:
        scale = loaded.ledger.settings.scale
        negated = bool(asked.answers.get("negated"))

        def likelihood(text: str) -> str:
            tell([read_forecast(ForecastAnswers(words=_needed(text)), scale, negated=negated).said])
            return text

        asked.answers["words"] = ask("How likely, in the text's words", likelihood)
    if not any(asked.answers.get(name) for name in ("deadline", "latest", "within")):
        asked.answers.update(_ask_deadline(loaded, article))
    asked.text("criteria", "Criteria: yes when", needed=True)
    asked.text("settled_by", "Which source will settle it? (Enter skips)")
    asked.text("status_quo", "The outcome if nothing changes: yes, no or unclear (Enter skips)")
    return asked.answers


def ask_for_article(answers: Mapping[str, object]) -> Checked:
    """The answers, with what was missing."""
    asked = Asked(dict(answers), ARTICLE)
    asked.text("title", "Title", needed=True)
    asked.text("published", "Published on", needed=True)
    asked.text("publisher", "Publisher (Enter skips)")
    if "authors" not in asked.answers:
        names = ask("Authors, with commas between (Enter: unsigned)", str)
        asked.answers["authors"] = [name.strip() for name in names.split(",") if name.strip()]
    asked.text("url", "Link (Enter skips)")
    return asked.answers


def ask_for_companions(compared: Companions) -> Companions:
    """An expert alone has nobody to be compared with: the analyst's own figure and a market's."""
    from forecastlog.compose.readings import probability

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


@dataclass(frozen=True, slots=True)
class Asked:
    """Answers so far, and the table that says how each key is read."""

    answers: Checked
    table: Table

    def text(self, key: str, question: str, *, needed: bool = False) -> None:
        """Ask for a key that has no answer yet."""
        from forecastlog.compose.readings import checked

        def read(text: str) -> str:
            checked(self.table, {key: _needed(text) if needed else text})
            return text

        if not self.answers.get(key):
            self.answers[key] = ask(question, read)


def _ask_deadline(loaded: Loaded, article: Article) -> dict[str, object]:
    """By when: the text's words, nothing, or a day of the analyst's own with its reason."""
    from forecastlog.compose import DeadlineAnswers
    from forecastlog.compose.add import read_deadline
    from forecastlog.compose.readings import may_mean_a_state

    def shown(words: DeadlineAnswers) -> DeadlineAnswers:
        tell([read_deadline(words, article.published.day, loaded).said])
        return words

    def read(text: str) -> DeadlineAnswers | None:
        return None if text == "=" else shown(DeadlineAnswers(words=text or None))

    question = "By when, in the text's words (Enter: it names no time; = for a day of your own)"
    answer = ask(question, read)
    if answer is None:
        why = ask("Why a day of your own?", _needed)
        answer = ask("Which day?", lambda text: shown(DeadlineAnswers(latest=_needed(text), why=why)))
    found: dict[str, object] = {"deadline": answer.words, "latest": answer.latest, "why": answer.why}
    made, settings = article.published.day, loaded.ledger.settings
    if answer.words and may_mean_a_state(answer.words, made, settings):
        question = "A yes: it happens within these days (Enter), holds on the last (on), or throughout"
        found["holds"] = ask(question, _holds)
    return found


def _holds(text: str) -> str:
    if text and text not in HOLDS:
        raise BadValue(f"Write {', '.join(HOLDS)}, or press Enter for within.")
    return text


def _needed(text: str) -> str:
    if not text:
        raise BadValue("This is needed; Ctrl+C leaves, and nothing is written.")
    return text
