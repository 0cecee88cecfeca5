"""What an importer found -> the lines of machine records, read once as the ledger will read them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from forecastlog.interchange.found import BadFile, Guess, Item, Outcome, Question, Report
from forecastlog.ledger.journal import identity
from forecastlog.ledger.lines import LINES, LineReader
from forecastlog.ledger.names import slug

LONGEST = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """Where it comes from, when it is recorded, and what holds for all of it.

    ``elsewhere`` is a ``logged_elsewhere`` where a third party shows when it was said.
    """

    source: str
    folder: str
    recorded: str
    elsewhere: Mapping[str, str] | None = None
    judge: Callable[[Mapping[str, Any]], str] = lambda _: ""
    """What the ledger's rules have against a line, as a clause."""
    report: Report = field(default_factory=Report)
    _places: dict[str, int] = field(default_factory=dict)
    """How many lines of each question there were: of one day, the last in the file is the last."""

    def lines(self, items: Iterable[tuple[int | None, Item]]) -> Iterator[dict[str, Any]]:
        """A line for each item that the ledger can read, with its row.

        What it cannot is reported and passed over.

        Raises BadFile where a file is not as its platform writes it.
        """
        import msgspec

        reader = LineReader()
        asked: set[str] = set()
        told: set[str] = set()
        passed_over: set[tuple[int, str]] = set()
        for row, item in _as_written(items):
            try:
                line = self._line(item)
                msgspec.json.encode(line)
            except UnicodeEncodeError:
                self.report.skip("a text with half a character, which no file can hold", row)
                continue
            key = item.key if isinstance(item, Question) else item.question
            if isinstance(item, Question) and key in asked:
                continue
            if (row, key) in passed_over:
                continue  # the row is told already
            reader.entry(LINES[line["type"]], line)
            faults, reader.faults = [fault.message for fault in reader.faults if fault.grave], []
            if not faults and not isinstance(item, Question) and key not in asked:
                faults = ["its question was passed over"]
            if why := faults[0] if faults else self.judge(line):
                self.report.skip(why, row)
                if row is not None and key not in asked:
                    passed_over.add((row, key))
            elif isinstance(item, Question):
                asked.add(key)
                yield line
            elif not isinstance(item, Outcome) or _new(told, line):
                yield line

    def _line(self, item: Item) -> dict[str, Any]:
        keys = {name: value for name, value in item.keys.items() if value not in (None, "", [], ())}
        if isinstance(item, Question):
            name = self.name(item.key)
            if self.elsewhere:
                keys["logged_elsewhere"] = dict(self.elsewhere)
            head = {"type": "prediction", "id": name, "recorded": self.recorded, "source": self.source}
            return {**head, "external": item.key, **keys}
        kind = "forecast" if isinstance(item, Guess) else "resolution"
        name = self.name(item.question)
        place = self._places[name] = self._places.get(name, -1) + 1
        own = f"{name}.{place:06}.{digest(kind, keys)}"
        return {"type": kind, "id": own, "prediction": name, "recorded": self.recorded, **keys}

    def name(self, key: str) -> str:
        """The id of a question in the ledger: readable, and one for every key.

        >>> Import(source="x", folder="x", recorded="").name("It rains.")
        'x-it-rains-6f58a762'
        """
        plain = slug(f"{self.folder}-{key}")
        if plain == f"{self.folder}-{key}":
            return plain
        digest = hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()
        return f"{plain[: LONGEST - 9].rstrip('-')}-{digest[:8]}"


def _new(told: set[str], line: Mapping[str, Any]) -> bool:
    """Whether an outcome was not told before in the same file, as tables do that have it in every row."""
    name = identity(line["id"])
    known = name in told
    told.add(name)
    return not known


def _as_written(items: Iterable[tuple[int | None, Item]]) -> Iterator[tuple[int | None, Item]]:
    """The items.

    A list for an object, or a word for a number, is the file's fault and told with its row.
    """
    row: int | None = None
    try:
        for row, item in items:
            yield row, item
    except (AttributeError, TypeError, ValueError, LookupError) as error:
        where = f"row {row} or the one after it" if row else "the first row"
        raise BadFile(f"The file is not as its source writes it, at {where}: {error}.") from error


def digest(kind: str, keys: Mapping[str, Any]) -> str:
    """A name for what a line says, so that the same file read again says nothing new."""
    import msgspec

    return hashlib.sha256(kind.encode() + msgspec.json.encode(keys, order="sorted")).hexdigest()[:16]
