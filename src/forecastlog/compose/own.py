"""Forecasts of one's own, without an article or a quote.

A year of them is a file, which is its own source.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from forecastlog.compose import readings
from forecastlog.compose.add import prediction_entries
from forecastlog.compose.answers import Answers
from forecastlog.compose.people import NOBODY_NEW, Newcomers, entering
from forecastlog.compose.plan import Plan, file_of, planned
from forecastlog.errors import BadValue
from forecastlog.ledger import Loaded
from forecastlog.ledger.edit import apply, new_article
from forecastlog.ledger.names import slug
from forecastlog.ledger.tables import ARTICLE
from forecastlog.model.moments import When
from forecastlog.model.records import Article

NEEDED = ("claim", "criteria")


def add_own(
    loaded: Loaded, figure: str, answers: Answers, *, by: str, today: date, people: Newcomers = NOBODY_NEW
) -> Plan:
    """A prediction that somebody makes today, with their own probability.

    Raises as ``add_prediction`` does.
    """
    if not by:
        raise BadValue("whose own forecast is it? Say so with --by NAME, FORECASTLOG_BY or git's user.name.")
    home = own_article(loaded, by, today)
    said_today = Answers.of(probability=figure, made=today.isoformat()).over(answers)
    records, said = prediction_entries(loaded, home, said_today, today=today, by=by, unasked=("quote",))
    newcomers = replace(people, kind="desk").entries(loaded.names, [by])
    edits, new_files, entered = entering(loaded.root, newcomers)
    ids = tuple(str(new.record["id"]) for new in records)
    if loaded.ledger.article(home.id):
        edits[file_of(loaded, home)] = records
    else:
        about = {"id": home.id, "title": home.title, "authors": [by], "published": today, "logged": today}
        text = new_article(readings.checked(ARTICLE, {**about, "coverage": "every claim"}))
        new_files[loaded.root / f"{home.id}.yaml"] = apply(text, records)
    return planned(loaded, today, edits=edits, new_files=new_files, said=(*said, *entered), ids=ids)


def own_article(loaded: Loaded, by: str, today: date) -> Article:
    """Where this person's forecasts of the year stand, or would stand."""
    name = f"own-{slug(by)[:60].strip('-')}-{today.year}"
    title = f"Forecasts of {by}, {today.year}"
    return loaded.ledger.article(name) or Article(
        id=name, title=title, published=When.on(today), authors=(loaded.names.resolve(by),)
    )
