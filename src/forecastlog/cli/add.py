"""``add``: a prediction, a condition or an article, from options, questions or a form."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from forecastlog.cli.asking import Asking, Companions, ask_for_article
from forecastlog.cli.form import edited, form_text, logged_from
from forecastlog.cli.newcomers import newcomer_options, settled
from forecastlog.cli.options import (
    FileName,
    complete_ids,
    find_record,
    logged_by_option,
    open_ledger,
    writing_options,
)
from forecastlog.cli.questions import question_options
from forecastlog.cli.session import Session, compare
from forecastlog.cli.writing import at_terminal, given, record_options, write
from forecastlog.compose import Answers, add_article, add_condition, add_prediction
from forecastlog.compose.answers import BY_NAME, QUESTIONS, asked
from forecastlog.compose.own import NEEDED, add_own, own_article
from forecastlog.compose.people import Newcomers
from forecastlog.compose.readings import probability
from forecastlog.compose.series import add_series
from forecastlog.errors import BadValue, Refused
from forecastlog.ledger.tables import ARTICLE
from forecastlog.model.records import Article

if TYPE_CHECKING:
    from forecastlog.compose import Plan
    from forecastlog.ledger import Loaded

ABOUT_ARTICLE = (
    "title",
    "authors",
    "publisher",
    "affiliation",
    "published",
    "url",
    "archive",
    "retrieved",
    "text",
    "chosen",
    "coverage",
)
COMPANIONS = ("own", "market", "market_name", "market_url")
LINKS = ("given", "condition", "condition_by", "within", "restates", "hedges", "reverses")
GROUPS: Mapping[str, Collection[str]] = {
    "The prediction": [*(question.name for question in QUESTIONS if question.name not in LINKS), "series"],
    "Its condition and links": LINKS,
    "A new article": ("new_article", *ABOUT_ARTICLE, "text_file"),
    "Other forecasts beside it": COMPANIONS,
}
"""The options by what they are about."""
OWN = ("claim", "deadline", "criteria", "settled_by", "event", "tags")
"""What is asked about a forecast of one's own."""


class Grouped(click.Command):
    """A command whose help has its options in groups; what no group has stands at the end."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, group by group."""
        left = {param.name: param for param in self.get_params(ctx) if isinstance(param, click.Option)}
        for title, names in GROUPS.items():
            group = [left.pop(name) for name in names if name in left]
            with formatter.section(title):
                formatter.write_dl([row for option in group if (row := option.get_help_record(ctx))])
        with formatter.section("Options"):
            formatter.write_dl([row for option in left.values() if (row := option.get_help_record(ctx))])


@click.command("add", cls=Grouped)
@click.argument("article_id", metavar="[ARTICLE-ID]", required=False, shell_complete=complete_ids)
@click.option("--article", "new_article", is_flag=True, help="Make a new article's file.")
@click.option("--condition", metavar="TEXT", help="Log a condition with this text.")
@click.option("--condition-by", metavar="DATE", help="The last day on which the condition can be met.")
@click.option(
    "--edit", is_flag=True, help="Write the predictions in $EDITOR, as they stand in an article's file."
)
@click.option(
    "--batch",
    type=click.File(encoding="utf-8"),
    help="Log what this file holds, written as in an article's file; - is standard input. "
    "With --edit, begin with it.",
)
@click.option(
    "--series",
    metavar="TEXT",
    help="Several times, such as 'in March, June and September' or 'every quarter': "
    "a prediction each, with {when} in the claim for the time.",
)
@question_options
@record_options(ARTICLE, ABOUT_ARTICLE)
@click.option(
    "--text-file",
    type=FileName(exists=True, dir_okay=False),
    help="The article's text, for its digest.",
)
@click.option(
    "--own",
    metavar="FIGURE",
    help="Your own probability, logged beside it; without ARTICLE-ID a forecast of your own.",
)
@click.option("--market", metavar="FIGURE", help="A market's price that day.")
@click.option("--market-name", metavar="NAME", help="Which market.")
@click.option("--market-url", metavar="URL", help="The link to the market.")
@newcomer_options("person")
@logged_by_option
@writing_options
def command(
    *,
    root: Path,
    today: date,
    article_id: str | None,
    new_article: bool,
    dry_run: bool,
    logged_by: str,
    **options: object,
) -> int:
    """Log a prediction, or a new article.

    ARTICLE-ID is the article in which the prediction stands; 'add --article' makes one. On a terminal, what
    is missing is asked for, and how words are read is shown before anything is written. With --batch, options
    hold for every prediction that does not say otherwise, and the file may name the article or bring a new
    one.
    """
    loaded = open_ledger(root)
    chosen = {name: value for name, value in given(options).items() if value is not False}
    if new_article:
        return _article(loaded, {"id": article_id, **chosen}, today, dry_run=dry_run)
    if article_id is None and "batch" in chosen:
        return _batch(loaded, None, chosen, logged_by, today, dry_run=dry_run)
    if article_id is None and "own" in chosen:
        return _own(loaded, chosen, logged_by, today, dry_run=dry_run)
    if article_id is None:
        raise BadValue("which article? Name it: 'forecastlog add ARTICLE-ID', or make one with --article.")
    record = find_record(loaded.ledger, article_id)
    if not isinstance(record, Article):
        raise Refused(
            f"'{record.id}' is no article. 'forecastlog forecast {record.id}' adds a forecast to "
            "a prediction."
        )
    if "condition" in chosen:
        return _condition(loaded, record, chosen, today, dry_run=dry_run)
    if "batch" in chosen or "edit" in chosen:
        return _batch(loaded, record, chosen, logged_by, today, dry_run=dry_run)
    return _prediction(loaded, record, chosen, logged_by, today, dry_run=dry_run)


def _own(loaded: Loaded, chosen: dict[str, object], by: str, today: date, *, dry_run: bool) -> int:
    """A forecast of one's own, without an article.

    What it is about is asked for like that of a prediction.
    """
    figure, people = str(chosen.pop("own")), _newcomers(chosen)
    probability(figure)
    _refuse_others(
        chosen, set(BY_NAME) - {"speaker", "quote", "words", "probability", "made"}, "an own forecast"
    )
    answers = Answers.of(chosen)
    to_ask = at_terminal() and not all(name in answers for name in NEEDED)
    if to_ask:
        asking = Asking(loaded, own_article(loaded, by, today))
        for name in OWN:
            if asking.calls_for(BY_NAME[name], answers):
                answers = asking.ask(BY_NAME[name], answers)
    plan = add_own(loaded, figure, answers, by=by, today=today, people=people)
    return write(plan, loaded.root, dry_run=dry_run, confirm=to_ask)


def _text_of(batch: object) -> str:
    """The file's text; click has opened it."""
    try:
        text: str = batch.read()  # type: ignore[attr-defined]
    except UnicodeDecodeError:
        raise BadValue("--batch is no text in UTF-8. Save it as one.") from None
    return text


def _article(loaded: Loaded, chosen: dict[str, object], today: date, *, dry_run: bool) -> int:
    text_file = chosen.pop("text_file", None)
    people = _newcomers(chosen)
    _refuse_others(chosen, ARTICLE.by_name, "an article")
    answers = Answers.of(chosen)
    to_ask = at_terminal() and not ("title" in answers and "published" in answers)
    if to_ask:
        answers = ask_for_article(answers, today)
    for name in ("authors",) if "authors" in answers else ("publisher",) if "publisher" in answers else ():
        usual = people if name == "authors" else replace(people, kind="outlet")
        answers, usual = settled(loaded, answers, name, usual)
        people = replace(people, kinds=usual.kinds)
    file = text_file if isinstance(text_file, Path) else None
    plan = add_article(loaded, answers, today=today, text_file=file, people=people)
    return write(plan, loaded.root, dry_run=dry_run, confirm=to_ask)


def _condition(
    loaded: Loaded, article: Article, chosen: dict[str, object], today: date, *, dry_run: bool
) -> int:
    answers = {"text": chosen.pop("condition"), "by": chosen.pop("condition_by", None)}
    _refuse_others(chosen, ("id", "event"), "a condition")
    plan = add_condition(loaded, article.id, Answers.of({**answers, **chosen}), today=today)
    return write(plan, loaded.root, dry_run=dry_run)


def _batch(
    loaded: Loaded, article: Article | None, chosen: dict[str, object], by: str, today: date, *, dry_run: bool
) -> int:
    """What a file holds, or what is typed in an editor: any number of predictions at once."""
    edit, batch, people = chosen.pop("edit", False), chosen.pop("batch", None), _newcomers(chosen)
    text = _text_of(batch) if batch else ""
    _refuse_others(chosen, BY_NAME, "several predictions at once")
    usual = Answers.of(chosen)

    def planned(typed: str, usual: Answers) -> Plan:
        named = article.id if article else None
        return logged_from(loaded, typed, named, usual, today=today, by=by, people=people)

    def finish(plan: Plan) -> int:
        return write(plan, loaded.root, dry_run=dry_run)

    if not edit:
        return finish(planned(text, usual))
    if not text and article is None:
        raise BadValue("which article? Name it: 'forecastlog add ARTICLE-ID --edit'.")
    begun = text or form_text(article, usual) if article else text
    return edited(begun, lambda typed: planned(typed, Answers()), finish)


def _prediction(
    loaded: Loaded, article: Article, chosen: dict[str, object], by: str, today: date, *, dry_run: bool
) -> int:
    compared = Companions(**{name: str(chosen.pop(name)) for name in COMPANIONS if name in chosen})
    compared.check(by, loaded)
    people, series = _newcomers(chosen), chosen.pop("series", None)
    _refuse_others(chosen, BY_NAME, "a prediction")
    answers = Answers.of(chosen)
    if series:
        plan = _series(loaded, article, str(series), answers, by=by, today=today, people=people)
        return write(plan, loaded.root, dry_run=dry_run, confirm=bool(answers.missing))
    if answers.missing and at_terminal():
        session = Session(loaded.root, article.id, by, today, dry_run, compared, people, Answers())
        return session.run(answers)
    if "speaker" in answers:
        answers, people = settled(loaded, answers, "speaker", people)
    plan = add_prediction(loaded, article.id, answers, today=today, by=by, people=people)
    write(plan, loaded.root, dry_run=dry_run)
    return compare(loaded.root, plan.ids[-1], compared, by, today, dry_run=dry_run)


def _series(
    loaded: Loaded,
    article: Article,
    words: str,
    answers: Answers,
    *,
    by: str,
    today: date,
    people: Newcomers,
) -> Plan:
    """A prediction for each time; on a terminal what they share is asked for once."""
    if answers.missing and at_terminal():
        asking = Asking(loaded, article)
        for question in asked():
            if question.name != "deadline" and asking.calls_for(question, answers):
                answers = asking.ask(question, answers)
    if "speaker" in answers:
        answers, people = settled(loaded, answers, "speaker", people)
    return add_series(loaded, article.id, words, answers, today=today, by=by, people=people)


def _newcomers(chosen: dict[str, object]) -> Newcomers:
    kind = chosen.pop("kind", None) or "person"
    # Click's choice.
    return Newcomers(kind=kind, meant=bool(chosen.pop("new_person", False)))  # type: ignore[arg-type]


def _refuse_others(chosen: Mapping[str, object], known: Collection[str], what: str) -> None:
    for name in chosen:
        if name not in known:
            raise BadValue(f"--{name.replace('_', '-')} is no option for {what}.")
