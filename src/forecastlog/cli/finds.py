"""Finds as people read them: the sentence with its quote marked, and what was read of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forecastlog.cli.text import clean, terminal_width, wrap
from forecastlog.phrasing import counted

if TYPE_CHECKING:
    from forecastlog.cli.offer import Offer
    from forecastlog.suggest import Find


NOTHING_NEW = "Nothing new was found that foretells something."


def page(offer: Offer) -> str:
    """The finds for people: each with its sentence, the quote marked, and a line of what was read."""
    known = f" {offer.known} more are in the ledger or were skipped: --all shows them." if offer.known else ""
    if not offer.finds:
        return f"{NOTHING_NEW}{known}" if known else "Nothing was found that foretells something."
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
    doubt = "" if find.speaker_sure or not find.speaker else "?"
    parts = [
        f"score {find.score}",
        find.class_,
        find.likely if find.words else "",
        f"says {find.speaker}{doubt}" if find.speaker else "",
        f"'{find.deadline_words}': {find.reading or 'not read'}" if find.deadline_words else "",
        f"given: {find.condition}" if find.condition else "",
        f"at {find.at}" if find.at else "",
        find.text if find.text != "original" else "",
    ]
    return [part for part in parts if part]
