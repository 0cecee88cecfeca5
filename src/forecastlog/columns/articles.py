"""Articles and forecasters: what each column shows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from forecastlog.column import Table, count, named, shows, text
from forecastlog.ledger import tables as keys
from forecastlog.model.ledger import Ledger
from forecastlog.model.records import Article, Forecaster


class ArticleIn(NamedTuple):
    """An article of the ledger."""

    record: Article


class Author(NamedTuple):
    """An author of an article, and the place in its list of authors."""

    article: str
    forecaster: str
    position: int


class ForecasterIn(NamedTuple):
    """A forecaster, listed or not, and how many predictions the log has of theirs."""

    record: Forecaster
    predictions: int


class OtherName(NamedTuple):
    """Another spelling of a forecaster's name, or a member."""

    forecaster: str
    name: str
    relation: str


def _articles(ledger: Ledger, _: date) -> Iterator[ArticleIn]:
    return map(ArticleIn, ledger.articles)


def _authors(ledger: Ledger, _: date) -> Iterator[Author]:
    for article in ledger.articles:
        for position, author in enumerate(article.authors, 1):
            yield Author(article.id, author, position)


def _other_names(ledger: Ledger, _: date) -> Iterator[OtherName]:
    for forecaster in ledger.forecasters:
        for relation, names in (("also", forecaster.also), ("member", forecaster.members)):
            for name in dict.fromkeys(names):
                yield OtherName(forecaster.id, name, relation)


ARTICLES = Table(
    name="articles",
    meaning="The published texts whose predictions are logged.",
    items=_articles,
    label="title",
    columns=named(
        keys.ARTICLE,
        ("authors",),
        id=shows(),
        title=shows(),
        publisher=shows(facet=True),
        affiliation=shows(),
        published=shows(),
        published_year=count(
            "the year of publication", lambda article: article.record.published.day.year, facet=True
        ),
        published_range=shows(),
        date_basis=shows(),
        updated=shows(),
        retrieved=shows(),
        url=shows(),
        archive=shows(),
        archived_sha256=shows(
            "archived.sha256", lambda article: getattr(article.record.archived, "sha256", None)
        ),
        archived_on=shows("archived.on", lambda article: getattr(article.record.archived, "on", None)),
        text=shows(facet=True),
        origin_publisher=shows("origin.publisher", lambda article: article.record.origin_publisher),
        origin_url=shows("origin.url", lambda article: article.record.origin_url),
        sha256=shows(),
        retracted=shows(
            "retracted.on", lambda article: article.record.retracted and article.record.retracted.on
        ),
        chosen=shows(),
        coverage=shows(),
        logged=shows(),
        predictions=count(
            "how many predictions were logged from it", lambda article: len(article.record.predictions)
        ),
        note=shows(),
    ),
)
ARTICLE_AUTHORS = Table(
    name="article_authors",
    meaning="Who wrote an article.",
    items=_authors,
    key=("article_id", "forecaster_id"),
    columns=named(
        article_id=text("the article", lambda author: author.article, ref="articles"),
        forecaster_id=text("the author", lambda author: author.forecaster, ref="forecasters"),
        position=count("the place in the list of authors, from 1", lambda author: author.position),
    ),
)
FORECASTERS = Table(
    name="forecasters",
    meaning="Whose forecasts are logged: people, joint authors, outlets, desks, markets, models.",
    label="name",
    columns=named(
        keys.FORECASTER,
        ("also", "members"),
        id=shows(),
        name=shows(),
        kind=shows(facet=True),
        affiliation=shows(),
        predictions=count(
            "how many predictions the log has of the forecaster's", lambda one: one.predictions
        ),
    ),
)
FORECASTER_NAMES = Table(
    name="forecaster_names",
    meaning="Other spellings of a forecaster's name, and the members of joint forecasters.",
    items=_other_names,
    key=("forecaster_id", "name", "relation"),
    indexes=(("name",),),
    columns=named(
        forecaster_id=text("the forecaster", lambda other: other.forecaster, ref="forecasters"),
        name=text("another spelling, or a member's id", lambda other: other.name),
        relation=text("also (another spelling) or member", lambda other: other.relation),
    ),
)
