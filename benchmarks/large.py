"""A large database for the benchmark of the site: records of a seeded generator, built and then multiplied.

A part of the records goes through ``forecastlog.database.build`` as any ledger does, but is made in memory
rather than written and read as YAML. That gives the tables with their indexes, scores, curves and totals. The
rest are copies of it under new names, made in SQL, because scoring a million forecasts takes half an hour and
is not what a page waits for: every article comes with its predictions, forecasts, resolutions, scores and its
own groups of the scoreboard. So all tables have the sizes of the whole; only the figures of groups that span
articles (a forecaster, a tag, everything) are those of the part.
"""

from __future__ import annotations

import random
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from forecastlog.database import build
from forecastlog.kinds.binary import Chance
from forecastlog.ledger import load
from forecastlog.likelihood import parse_likelihood
from forecastlog.model.forecasts import Forecast
from forecastlog.model.ledger import Ledger
from forecastlog.model.moments import When
from forecastlog.model.outcomes import Evidence, Resolution
from forecastlog.model.records import Article, Forecaster, Prediction, Window

TODAY = date(2026, 11, 23)
PER_ARTICLE = 100
PER_PREDICTION = 10
RARE = "quokka"
"""A word of one claim in five thousand, for the search."""
WORDS = ("highly unlikely", "unlikely", "likely", "very likely", "almost certain")
WHO = ("The ministry", "Parliament", "The central bank", "A court", "The alliance", "The union")
DOES = ("announces", "rejects", "postpones", "signs", "withdraws", "extends", "funds")
WHAT = ("a new package", "the treaty", "a rate cut", "the merger", "the strike", "the pipeline", "a truce")
TAGS = tuple(f"topic-{number}" for number in range(40))

COPIED = {
    "articles": ("id",),
    "article_authors": ("article_id",),
    "predictions": ("id", "article_id", "event"),
    "forecasts": ("id", "prediction_id"),
    "resolutions": ("id", "prediction_id"),
    "evidence": ("id", "resolution_id"),
    "prediction_tags": ("prediction_id",),
    "scores": ("id", "prediction_id"),
}
"""Tables of which every row is copied, with the columns that hold names of copied rows."""
GROUPED = ("scoreboard", "scale_scores", "calibration", "decompositions", "curves", "word_record", "totals")
"""Tables of which the rows that speak of an article are copied."""


def build_database(path: Path, *, predictions: int, copies: int) -> None:
    """Write a database of ``predictions`` with ten forecasts each, a ``copies``-th part of them built."""
    maker = _Maker(random.Random(2026), forecasters=max(predictions // 500, 20))  # noqa: S311  # no secret
    articles = tuple(map(maker.article, range(predictions // copies // PER_ARTICLE)))
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "forecastlog.toml").write_text("format = 1\n")
        loaded = replace(load(Path(folder)), ledger=Ledger(articles=articles, forecasters=maker.people))
        build(loaded, path, today=TODAY)
    with closing(sqlite3.connect(path)) as connection:
        for table, columns in COPIED.items():
            _copy(connection, table, columns, "true", copies)
        for table in GROUPED:
            _copy(connection, table, ("group",), "\"by\" = 'article'", copies)
        connection.execute("insert into predictions_fts(predictions_fts) values ('rebuild')")
        connection.execute("analyze")
        connection.commit()
        connection.execute("vacuum")


def _copy(
    connection: sqlite3.Connection, table: str, renamed: tuple[str, ...], where: str, copies: int
) -> None:
    names = [name for (name,) in connection.execute("select name from pragma_table_info(?)", (table,))]
    chosen = ", ".join(f"\"{name}\" || '-' || copy" if name in renamed else f'"{name}"' for name in names)
    connection.execute(
        "with recursive copied(copy) as (select 1 where :copies > 1 union all "
        "select copy + 1 from copied where copy < :copies - 1) "
        f"insert into {table} select {chosen} from copied, {table} where {where}",
        {"copies": copies},
    )


@dataclass(slots=True)
class _Maker:
    """The generator: the same records for the same seed."""

    chance: random.Random
    forecasters: int

    @property
    def people(self) -> tuple[Forecaster, ...]:
        return tuple(
            Forecaster(id=self._name(number), name=f"Forecaster {number}")
            for number in range(self.forecasters)
        )

    def article(self, number: int) -> Article:
        published = date(2024, 1, 1) + timedelta(days=self.chance.randrange(900))
        speaker = self._name(self.chance.randrange(self.forecasters))
        key = f"article-{number}"
        return Article(
            id=key,
            title=f"What comes of {self.chance.choice(WHAT)}, part {number}",
            authors=(speaker,),
            publisher=f"Paper {number % 60}",
            published=When.on(published),
            url=f"https://paper.example/{number}",
            chosen="generated",
            coverage="every claim",
            predictions=tuple(
                self._prediction(f"claim-{number}-{place}", key, speaker, published)
                for place in range(PER_ARTICLE)
            ),
        )

    def _prediction(self, key: str, article: str, speaker: str, published: date) -> Prediction:
        latest = published + timedelta(days=self.chance.randrange(60, 700))
        logged = min(published + timedelta(days=1 if self.chance.random() < 0.7 else 800), TODAY)
        rare = f" {RARE}" if key.endswith("0-0") and key.startswith(("claim-0-", "claim-50-")) else ""
        words = self.chance.choice(WORDS)
        return Prediction(
            id=key,
            claim=f"{self.chance.choice(WHO)} {self.chance.choice(DOES)} {self.chance.choice(WHAT)}{rare}.",
            quote=f"it is {words}",
            made=When.on(published),
            speaker=speaker,
            article=article,
            logged=When.on(logged),
            deadline=Window(
                earliest=published, strict=latest, latest=latest, basis="stated", convention="fl-1"
            ),
            criteria="Yes on an official announcement.",
            settled_by="the official gazette",
            status_quo="no",
            event=f"{article}-event-{self.chance.randrange(6)}",
            main=self.chance.random() < 0.2,
            tags=tuple(self.chance.sample(TAGS, 3)),
            forecasts=(self._said(key, speaker, words, published), *self._others(key, published)),
            resolutions=self._resolutions(latest),
        )

    def _said(self, key: str, speaker: str, words: str, published: date) -> Forecast:
        reading = parse_likelihood(words)
        assert reading is not None
        return Forecast(
            prediction=key,
            made=When.on(published),
            by=speaker,
            words=words,
            says=Chance(probability=reading.probability, low=reading.low, high=reading.high),
            scale="fl-1",
            basis="worded",
        )

    def _others(self, key: str, published: date) -> tuple[Forecast, ...]:
        """Three more forecasters, three days each."""
        others = self.chance.sample(range(self.forecasters), 3)
        return tuple(
            Forecast(
                prediction=key,
                made=When.on(published + timedelta(days=day)),
                by=self._name(others[day % 3]),
                says=Chance(probability=round(self.chance.random(), 2)),
                url=f"https://market.example/{key}",
            )
            for day in range(1, PER_PREDICTION)
        )

    def _resolutions(self, latest: date) -> tuple[Resolution, ...]:
        if latest >= TODAY or self.chance.random() < 0.02:
            return ()
        outcome = self.chance.choice(("yes", "no", "no", "void"))
        evidence = Evidence(url="https://gazette.example/1", title="The gazette", shows="The announcement.")
        return (
            Resolution(
                outcome=outcome,
                reason="moot" if outcome == "void" else None,
                known=When.on(latest + timedelta(days=1)),
                recorded=When.on(TODAY),
                by="desk",
                evidence=(evidence,),
            ),
        )

    @staticmethod
    def _name(number: int) -> str:
        return f"forecaster-{number}"
