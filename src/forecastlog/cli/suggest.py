"""``suggest``: the predictions that a text may hold, for somebody who decides."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from forecastlog.cli.finds import page
from forecastlog.cli.offer import Asked, described, document_of
from forecastlog.cli.options import (
    any_ledger_option,
    day_of,
    ledger_folder,
    logged_by_option,
    open_ledger,
    today_option,
)
from forecastlog.cli.output import listed, table
from forecastlog.cli.text import clean, is_terminal, terminal_width
from forecastlog.cli.writing import tell

if TYPE_CHECKING:
    from forecastlog.ledger import Loaded
    from forecastlog.suggest.documents import Document

NO_DAY = "No day of publication is given or found, so no deadline is read. Give it with --published DATE."


@click.command("suggest")
@click.argument("file", metavar="FILE|-", type=click.Path(allow_dash=True))
@click.option("--published", metavar="DATE", help="The day of publication, from which times are reckoned.")
@click.option("--author", metavar="NAME", help="Who speaks where nobody is quoted.")
@click.option("--publisher", metavar="NAME", help="The outlet.")
@click.option("--url", metavar="URL", help="Its address.")
@click.option("--title", metavar="TEXT", help="Its headline.")
@click.option(
    "--min-score",
    type=click.IntRange(-20, 20),
    metavar="N",
    help="Offer what scores at least this: 2 finds nearly everything, 3 is surer.  [default: 2]",
)
@click.option(
    "--all", "everything", is_flag=True, help="Also plans, guesses about the present, and what is logged."
)
@click.option("--json", "form", flag_value="json", help="Print the finds as a JSON array.")
@click.option(
    "--yaml", "form", flag_value="yaml", help="Print records to complete, for 'forecastlog accept'."
)
@click.option(
    "--text", "form", flag_value="text", help="Print the text that is searched, where offsets count."
)
@click.option("--edit", is_flag=True, help="Complete the records in $EDITOR, and accept them.")
@click.option("--step", is_flag=True, help="Step through the finds; what is accepted is written at once.")
@click.option(
    "--model", metavar="NAME", help="Also ask this model of llm, the only thing that may use a network."
)
@click.option(
    "--each", is_flag=True, help="FILE is a folder: count what each of its files holds, the newest first."
)
@logged_by_option
@any_ledger_option(
    help="The ledger's folder.  [default: predictions/ here or in a folder above, if there is one]",
)
@today_option
def command(
    *,
    file: str,
    min_score: int | None,
    everything: bool,
    form: str | None,
    edit: bool,
    step: bool,
    each: bool,
    model: str | None,
    logged_by: str,
    root: Path | None,
    today: date,
    **about: str | None,
) -> int:
    """Find the predictions in an article.

    FILE is a text, Markdown, an HTML page, a PDF, or the captions of a recording (.vtt, .srt); - is standard
    input. What is printed are finds, each with its words, speaker, condition and deadline as the text tells
    them. Nothing is fetched, and without --edit or --step nothing is written. A model may have read how the
    claims of an old article ended.
    """
    from forecastlog.suggest import DEFAULT_SCORE

    loaded = _ledger(root, needed=edit or step)
    if day := about.get("published"):
        about["published"] = day_of(day, "--published", today).isoformat()
    asked = Asked(DEFAULT_SCORE if min_score is None else min_score, everything, loaded, model, today)
    if each:
        click.echo(_counts(file, about, asked))
        return 0
    document = document_of(file, about)
    if document.published is None and form != "text":
        tell([NO_DAY])
    if (edit or step) and loaded is not None and form not in ("json", "text"):
        from forecastlog.cli.stepping import edit_finds, step_through

        run = edit_finds if edit else step_through
        return run(asked.offer(document), loaded.root, today, logged_by)
    text = _printed(document, asked, form)
    click.echo(text, nl=not text.endswith("\n"))
    return 0


def _ledger(named: Path | None, *, needed: bool) -> Loaded | None:
    """The ledger named, or the one around; None where there is none and none is needed."""
    from forecastlog.errors import LedgerNotFound

    try:
        return open_ledger(ledger_folder(named))
    except LedgerNotFound:
        if named is not None or needed:
            raise
        return None


def _counts(folder: str, about: Mapping[str, str | None], asked: Asked) -> str:
    """How many finds each file of a folder, or each entry of a saved feed, holds: the newest first."""
    from forecastlog.suggest.feeds import documents_in

    rows: list[dict[str, str | int]] = []
    for name, document in documents_in(Path(folder)):
        offer = asked.offer(described(document, about))
        rows.append(
            {
                "published": str(document.published or ""),
                "finds": len(offer.finds),
                "known": offer.known,
                "file": name,
                "title": document.title,
            }
        )
    rows.sort(key=lambda row: (str(row["published"]), str(row["file"])), reverse=True)
    return (
        table(rows, ("published", "finds", "known", "file", "title"), terminal_width())
        or "Nothing to read there."
    )


def _printed(document: Document, asked: Asked, form: str | None) -> str:
    """The text that is searched, the finds as JSON, the records to complete, or a page for people."""
    if form == "text":
        return clean(document.text) if is_terminal() else document.text
    if form == "json":
        return listed(find.as_dict() for find in asked.finds(document))
    offer = asked.offer(document)
    return offer.skeleton() if form == "yaml" else page(offer)
