"""``search``: records by the words in them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from forecastlog.cli.options import ledger_option, open_ledger, today_option
from forecastlog.cli.output import Columns, Output, Row, output_options
from forecastlog.errors import BadValue
from forecastlog.model.ledger import Ledger
from forecastlog.model.records import Article, Prediction

FOUND = Columns(known=("id", "kind", "where", "text"), shown={"id": 0, "kind": 100, "where": 0, "text": 0})


@click.command("search")
@click.argument("words", metavar="WORDS...", nargs=-1, required=True)
@output_options
@ledger_option
@today_option
def command(*, root: Path, today: date, words: tuple[str, ...], output: Output) -> int:  # noqa: ARG001 - as all commands
    """Find records by the words in them.

    Looked at are claims, quotes, criteria, titles and names of people. All WORDS must be in a record, in any
    order and in large or small letters; a part of a word is enough.
    """
    wanted = [word.casefold() for word in " ".join(words).split()]
    if not wanted:
        raise BadValue("which words? Name one at least.")
    output.print(found(open_ledger(root).ledger, wanted), FOUND, f"No record has {' and '.join(words)}.")
    return 0


def found(ledger: Ledger, wanted: list[str]) -> Iterator[Row]:
    """A row for each record that has all the words, with the first of its texts that has one."""
    for record_id in ledger.ids:
        record = ledger.get(record_id)
        if record is None:
            continue
        texts = {name: text for name, text in _texts(record, ledger) if text}
        everything = " ".join(texts.values()).casefold()
        if all(word in everything for word in wanted):
            where = max(texts, key=lambda name: sum(word in texts[name].casefold() for word in wanted))
            yield {
                "id": record_id,
                "kind": type(record).__name__.lower(),
                "where": where,
                "text": texts[where],
            }


def _texts(record: object, ledger: Ledger) -> Iterator[tuple[str, str | None]]:
    """What a record says, by the keys of the record."""
    names = {
        "Prediction": ("claim", "quote", "criteria", "settled_by", "event", "note", "id"),
        "Condition": ("text", "event", "id"),
        "Article": ("title", "publisher", "id"),
    }[type(record).__name__]
    for name in names:
        yield name, getattr(record, name)
    if isinstance(record, Prediction):
        people = dict.fromkeys((record.speaker, *(forecast.by for forecast in record.forecasts)))
        yield "people", ", ".join(ledger.forecaster(name).name for name in people)
        yield "tags", ", ".join(record.tags)
        yield "words", ", ".join(forecast.words for forecast in record.forecasts if forecast.words)
    elif isinstance(record, Article):
        yield "people", ", ".join(ledger.forecaster(name).name for name in record.authors)
