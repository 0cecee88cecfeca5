"""``suggest``: the predictions that a text may hold, for somebody who decides."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from forecastlog.cli.options import (
    FileName,
    day_of,
    git_name,
    ledger_folder,
    logged_by_option,
    open_ledger,
    today_option,
)
from forecastlog.cli.output import dumps, table
from forecastlog.cli.text import clean, is_terminal, terminal_width, wrap
from forecastlog.cli.writing import tell
from forecastlog.errors import BadValue
from forecastlog.phrasing import counted, exact_percent

if TYPE_CHECKING:
    from forecastlog.compose.skeleton import Read
    from forecastlog.ledger import Loaded
    from forecastlog.model import Ledger
    from forecastlog.suggest import Find
    from forecastlog.suggest.documents import Document


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
@click.option(
    "--ledger",
    "root",
    envvar="FORECASTLOG_LEDGER",
    show_envvar=True,
    metavar="DIR",
    type=FileName(),
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
    logged_by: str | None,
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
    if form == "text":
        text = clean(document.text) if is_terminal() else document.text
        click.echo(text, nl=not document.text.endswith("\n"))
        return 0
    if document.published is None:
        tell(
            [
                "No day of publication is given or found, so no deadline is read. Give it with --published DATE."
            ]
        )
    if form == "json":
        found = asked.finds(document)
        click.echo("[" + ",\n ".join(dumps(find.as_dict()) for find in found) + "]")
        return 0
    offer = asked.offer(document)
    if (edit or step) and loaded is not None:
        from forecastlog.cli.stepping import edit_finds, step_through

        run = edit_finds if edit else step_through
        return run(offer, loaded.root, today, logged_by or git_name())
    click.echo(offer.skeleton() if form == "yaml" else _page(offer), nl=form != "yaml")
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


@dataclass(frozen=True, slots=True)
class Offer:
    """The finds of a document that are to be judged, and what is known of its article."""

    read: Read
    finds: Sequence[Find]
    min_score: int
    known: int = 0
    """How many finds are logged, or were skipped, already."""
    ledger: Ledger | None = None
    today: date = date.max

    def asked(self, find: Find) -> list[str]:
        """The ids of open predictions that a find may speak of."""
        from forecastlog.compose.alike import asked_in

        return [one.id for one in asked_in(self.ledger, find.sentence, self.today)] if self.ledger else []

    def skeleton(self) -> str:
        """The records to complete."""
        from forecastlog.compose.skeleton import skeleton

        return skeleton(self.read, self.finds, min_score=self.min_score, asked=self.asked)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be offered, with the settings of the desk."""

    min_score: int
    everything: bool
    loaded: Loaded | None
    model: str | None = None
    today: date = date.max

    def finds(self, document: Document) -> list[Find]:
        """Everything in a document that is to be offered, logged or not."""
        from forecastlog.model import Settings
        from forecastlog.suggest.offering import finds_in

        settings = self.loaded.ledger.settings if self.loaded else Settings()
        search = partial(
            finds_in,
            document,
            scale=settings.scale,
            own_cues=settings.cues,
            reading=settings.reading,  # type: ignore[arg-type]  # a mapping with these keys
        )
        finds = search(min_score=self.min_score, everything=self.everything)
        if self.model is None:
            return finds
        from forecastlog.suggest.asking import LEAST, model_named, with_model

        candidates = search(min_score=LEAST, everything=True)
        return with_model(document, finds, candidates, model_named(self.model), settings.scale)

    def offer(self, document: Document) -> Offer:
        """The finds of a document; of an article in the ledger those that are new."""
        from forecastlog.compose.known import article_of, new_finds
        from forecastlog.compose.skeleton import Read

        finds = self.finds(document)
        read = Read(
            title=document.title,
            authors=tuple(part.strip() for part in document.author.split(",") if part.strip()),
            publisher=document.publisher,
            published=document.published,
            url=document.url,
            text=finds[0].text if finds else "original",
            sha256=document.sha256,
        )
        article = article_of(self.loaded, read) if self.loaded else None
        if self.loaded is None:
            return Offer(read, finds, self.min_score)
        offer = Offer(read, finds, self.min_score, ledger=self.loaded.ledger, today=self.today)
        if article is None:
            return offer
        new = finds if self.everything else new_finds(self.loaded, article, document.text, finds)
        read = replace(read, id=article.id, title=article.title)
        return replace(offer, read=read, finds=new, known=len(finds) - len(new))


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


def document_of(file: str, about: Mapping[str, str | None]) -> Document:
    """The document in a file, with what the options say of it instead of what it says itself."""
    from forecastlog.suggest.documents import LARGEST, read_document

    if file == "-":
        data, name = sys.stdin.buffer.read(LARGEST + 1), ""
    else:
        path = Path(file)
        if path.exists() and not path.is_file():
            raise BadValue(f"{file} is no ordinary file. A folder is read with --each.")
        with path.open("rb") as stream:
            data, name = stream.read(LARGEST + 1), path.name
    return described(read_document(data, name), about)


def described(document: Document, about: Mapping[str, str | None]) -> Document:
    """The document as the options describe it."""
    told = {key: value for key, value in about.items() if value and key != "published"}
    day = about.get("published")
    named = replace(document, **told)  # type: ignore[arg-type]  # texts for fields that are texts
    return replace(named, published=date.fromisoformat(day)) if day else named


def _page(offer: Offer) -> str:
    """The finds for people: each with its sentence, the quote marked, and a line of what was read."""
    known = f" {offer.known} more are in the ledger or were skipped: --all shows them." if offer.known else ""
    if not offer.finds:
        return (
            f"Nothing new was found that foretells something.{known}"
            if known
            else "Nothing was found that foretells something."
        )
    width = terminal_width()
    lines: list[str] = []
    for number, find in enumerate(offer.finds, 1):
        lines += wrap(clean(f"{number}. {marked(find)}"), width)
        lines += wrap(
            clean(f"   {'; '.join([*told(find), *map('asked already? {}'.format, offer.asked(find))])}"),
            width,
        )
        lines.append("")
    what = counted(len(offer.finds), "find")
    return "\n".join(
        [*lines, f"{what}.{known} A find is no record: --edit, --step or 'forecastlog accept' makes one."]
    )


def marked(find: Find) -> str:
    """The sentence on one line, its quote between >> and <<."""
    start, end = find.start - find.sentence_start, find.end - find.sentence_start
    before, quote, after = find.sentence[:start], find.sentence[start:end], find.sentence[end:]
    return " ".join(f"{before}>>{quote}<<{after}".split())


def told(find: Find) -> list[str]:
    """What was read of a find, in a few words each."""
    figure = "" if find.probability is None else f" = {exact_percent(find.probability, space=' ')}"
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
