"""Finds as the text of an article's file in which claim, criteria and deadline are left to a person."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from forecastlog.ledger import names
from forecastlog.ledger.quoting import flow, quoted
from forecastlog.suggest import Find
from forecastlog.suggest.figures import OUTRIGHT, number_of

HEAD = """\
# Fill in claim and criteria of what you keep, and the deadline where it is empty. Delete the others, or write
# 'skip: why' into them. Then: forecastlog accept THIS-FILE
"""
LATER = "a day after the deadline counts as never: give a later deadline if it should not"
"""What somebody has to know of a find that foretells a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What was read, as its article's record says it; ``id`` is that of an article in the ledger."""

    id: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""
    published: date | None = None
    url: str = ""
    text: str = "original"
    sha256: str = ""

    def entry(self) -> dict[str, object]:
        """The keys of the record that are known."""
        entry: dict[str, object] = {"id": self.id, "title": self.title, "authors": list(self.authors)}
        entry |= {"publisher": self.publisher, "published": self.published, "url": self.url}
        entry |= {"text": self.text if self.text != "original" else "", "sha256": self.sha256}
        return {key: value for key, value in entry.items() if value or key in ("title", "published")}


def skeleton(
    read: Read,
    finds: Sequence[Find],
    *,
    min_score: int,
    asked: Callable[[Find], Sequence[str]] = lambda _: (),
) -> str:
    """The text that ``accept`` takes once a person has completed it.

    ``asked`` gives the ids of open predictions that a find may speak of: a comment names them.
    """
    lines = [*HEAD.splitlines(), "article:", *_keys(read.entry(), 2)]
    conditions = _conditions(finds)
    if conditions:
        lines += ["conditions:"]
        lines += [f"  - {{id: {name}, text: {quoted(one_line(text))}}}" for text, name in conditions.items()]
    lines += ["predictions:"] if finds else []
    for number, find in enumerate(finds, 1):
        lines += ["", *_comment(number, find, read, asked(find)), *_entry(find, read, conditions)]
    lines += ["", "offered:", f"  min_score: {min_score}", "  passages:"]
    lines += [f"    - {passage_of(find)}" for find in finds]
    return "\n".join(lines) + "\n"


def passage_of(find: Find) -> str:
    """Where a find stands and the digest of its quote: ``120-164-0a1b2c3d4e5f``."""
    return f"{find.start}-{find.end}-{digest_of_quote(find.quote)}"


def digest_of_quote(quote: str) -> str:
    """What tells a quote from others, without its words."""
    return hashlib.sha256(one_line(quote).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def one_line(text: str) -> str:
    """A passage as a record has it: line breaks of the text are spaces."""
    return " ".join(text.split())


def _conditions(finds: Sequence[Find]) -> dict[str, str]:
    """Each condition's words with an id of its own."""
    found: dict[str, str] = {}
    for find in finds:
        if find.condition and find.condition not in found:
            base = names.slug(" ".join(find.condition.split()[:8])) or "condition"
            name, number = base, 1
            while name in found.values():
                number += 1
                name = f"{base}-{number}"
            found[find.condition] = name
    return found


def _comment(number: int, find: Find, read: Read, asked: Sequence[str]) -> list[str]:
    sentence = " ".join(find.sentence.split())
    doubt = "" if find.speaker_sure else "?"
    told = [f"score {find.score}", find.likely, f"says {find.speaker or 'the author'}{doubt}"]
    told += [find.reading] if find.reading else []
    told += [LATER] if is_dated(find, read) else []
    told += [f"at {find.at}"] if find.at else []
    told += [f"asked already? {name}" for name in asked]
    printable = "".join(character if character.isprintable() else " " for character in sentence)
    return [f"  # {number}. {printable}", f"  # {'; '.join(told)}".replace("\n", " ")]


def entry_of(find: Find, read: Read) -> dict[str, object]:
    """What a find tells of a record, by the keys of the record; empty is left to a person."""
    own = not find.speaker or find.speaker in read.authors
    return {
        "kind": None,
        "unit": None,
        "quote": one_line(find.quote),
        "at": find.at or None,
        "claim": one_line(find.claim),
        "negated": True if find.negated and (find.probability or 0) > 0.5 else None,
        "speaker": None if own else find.speaker,
        "attribution": None if own and find.attribution == "author" else find.attribution,
        "via": find.via if find.via and not own else None,
        "deadline": deadline_of(find),
        "criteria": find.criteria,
        "settled_by": find.settled_by or None,
        "forecasts": [{"words": find.words}],
        "found_by": find.found_by,
        "text": find.text if find.text != read.text else None,
    } | _of_kind(find, read)


def _of_kind(find: Find, read: Read) -> dict[str, object]:
    """What a number in a unit or a day to come has instead.

    The words of its forecast are those that say it.
    """
    amount = number_of(find)
    if amount is not None:
        known = f"The figure in {amount.unit}, as known on {find.latest}." if find.criteria else ""
        return {
            "kind": "numeric",
            "unit": amount.unit,
            "criteria": known,
            "forecasts": [{"words": one_line(amount.words)}],
        }
    if is_dated(find, read):
        return {"kind": "date", "forecasts": [{"words": one_line(find.deadline_words)}]}
    return {}


def is_dated(find: Find, read: Read) -> bool:
    """Whether it says when something will happen and not only by when: at a time that has not begun."""
    begins = find.earliest is not None and read.published is not None and find.earliest > read.published
    return find.kind == "date" and begins and not find.negated and find.basis in OUTRIGHT


def deadline_of(find: Find) -> dict[str, object]:
    """The deadline's words where they were read, else nothing.

    The default where there are none.
    """
    if find.deadline_words:
        return {"words": one_line(find.deadline_words)} if find.reading else {}
    return {"basis": "default"}


def _entry(find: Find, read: Read, conditions: dict[str, str]) -> list[str]:
    entry = entry_of(find, read)
    if find.condition:
        entry = {**entry, "given": conditions[find.condition]}
    first, *rest = _keys({key: value for key, value in entry.items() if value is not None}, 4)
    return [f"  - {first.lstrip()}", *rest]


def _keys(entry: dict[str, object], indent: int) -> list[str]:
    margin = " " * indent
    lines = []
    for key, value in entry.items():
        if value in ("", None, {}):
            lines.append(f"{margin}{key}:")
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            lines.append(f"{margin}{key}: [{', '.join(flow(item) for item in value)}]")
        else:
            lines.append(f"{margin}{key}: {flow(value)}")
    return lines
