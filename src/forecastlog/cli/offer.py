"""The document that somebody names, and what of it is to be offered.

Its finds, and what is known of its article.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from forecastlog.errors import BadValue

if TYPE_CHECKING:
    from forecastlog.compose.skeleton import Read
    from forecastlog.ledger import Loaded
    from forecastlog.model.ledger import Ledger
    from forecastlog.suggest import Find
    from forecastlog.suggest.documents import Document


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
        from forecastlog.model.settings import Settings
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
