"""``suggest``: the predictions that a text may hold, for somebody who decides."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from forecastlog.cli.output import dumps
from forecastlog.cli.text import bold, clean, terminal_width, wrap
from forecastlog.cli.writing import tell
from forecastlog.errors import BadValue
from forecastlog.phrasing import counted

if TYPE_CHECKING:
    from forecastlog.suggest import Find
    from forecastlog.suggest.documents import Document


@click.command("suggest")
@click.argument("file", metavar="FILE|-", type=click.Path(allow_dash=True))
@click.option("--published", metavar="DATE", help="The day of publication, from which times are reckoned.")
@click.option("--author", metavar="NAME", help="Who speaks where nobody is quoted.")
@click.option("--publisher", metavar="NAME", help="The outlet.")
@click.option("--url", metavar="URL", help="Its address.")
@click.option(
    "--min-score",
    type=click.IntRange(-20, 20),
    metavar="N",
    help="Offer what scores at least this: 2 finds nearly everything, 3 is surer.  [default: 2]",
)
@click.option("--all", "everything", is_flag=True, help="Also plans, and guesses about the present.")
@click.option("--json", "form", flag_value="json", help="Print a JSON array.")
@click.option(
    "--text", "form", flag_value="text", help="Print the text that is searched, where offsets count."
)
def command(
    *,
    file: str,
    published: str | None,
    author: str | None,
    publisher: str | None,
    url: str | None,
    min_score: int | None,
    everything: bool,
    form: str | None,
) -> int:
    """Find the predictions in an article.

    FILE is a text, Markdown, an HTML page, a PDF, or the captions of a recording (.vtt, .srt); - is standard
    input. What is printed are finds, each with its words, speaker, condition and deadline as the text tells them.
    Nothing is written, and nothing is fetched.
    """
    from forecastlog.suggest import DEFAULT_SCORE
    from forecastlog.suggest.offering import finds_in

    document = document_of(file, published, author, publisher, url)
    if form == "text":
        click.echo(document.text, nl=not document.text.endswith("\n"))
        return 0
    if document.published is None:
        tell(
            [
                "No day of publication is given or found, so no deadline is read. Give it with --published DATE."
            ]
        )
    finds = finds_in(
        document,
        min_score=DEFAULT_SCORE if min_score is None else min_score,
        everything=everything,
    )
    if form == "json":
        click.echo("[" + ",\n ".join(dumps(find.as_dict()) for find in finds) + "]")
        return 0
    click.echo(_page(finds))
    return 0


def document_of(
    file: str, published: str | None, author: str | None, publisher: str | None, url: str | None
) -> Document:
    """The document in a file, with what the options say of it instead of what it says itself."""
    from dataclasses import replace

    from forecastlog.suggest.documents import LARGEST, read_document

    if file == "-":
        data, name = sys.stdin.buffer.read(LARGEST + 1), ""
    else:
        path = Path(file)
        if path.exists() and not path.is_file():
            raise BadValue(f"{file} is no ordinary file.")
        with path.open("rb") as stream:
            data, name = stream.read(LARGEST + 1), path.name
    document = read_document(data, name)
    return replace(
        document,
        author=author or document.author,
        publisher=publisher or document.publisher,
        url=url or document.url,
        published=_day(published) if published else document.published,
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadValue(f"--published '{text}' is no day. Write it as 2025-03-19.") from None


def _page(finds: Sequence[Find]) -> str:
    """The finds for people: each with its sentence, the quote marked, and a line of what was read."""
    if not finds:
        return "Nothing was found that foretells something."
    width = terminal_width()
    lines: list[str] = []
    for number, find in enumerate(finds, 1):
        lines += wrap(clean(f"{number}. {marked(find)}"), width)
        lines += wrap(clean(f"   {'; '.join(told(find))}"), width)
        lines.append("")
    return "\n".join(
        [*lines, f"{counted(len(finds), 'find')}. A find is no record: 'forecastlog accept' makes one."]
    )


def marked(find: Find) -> str:
    """The sentence on one line, its quote in bold and between >> and <<."""
    start, end = find.start - find.sentence_start, find.end - find.sentence_start
    before, quote, after = find.sentence[:start], find.sentence[start:end], find.sentence[end:]
    return " ".join(f"{before}>>{bold(quote)}<<{after}".split())


def told(find: Find) -> list[str]:
    """What was read of a find, in a few words each."""
    figure = "" if find.probability is None else f" = {100 * find.probability:g} %"
    doubt = "" if find.speaker_sure or not find.speaker else "?"
    parts = [
        f"score {find.score}",
        find.class_,
        f"'{find.words}'{figure}" if find.words else "",
        f"says {find.speaker}{doubt}" if find.speaker else "",
        f"'{find.deadline_words}': {find.reading or 'not read'}" if find.deadline_words else "",
        f"given: {find.condition}" if find.condition else "",
        f"at {find.at}" if find.at else "",
        find.text if find.text != "original" else "",
    ]
    return [part for part in parts if part]
