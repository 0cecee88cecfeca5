"""The tables that print the records: made article by article, or of some of a machine's records at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from hashlib import blake2b
from typing import Any, Final

import msgspec

from forecastlog.column import Table
from forecastlog.database.due_rows import due_rows
from forecastlog.database.parts import Before, Family, Made, Note, Part
from forecastlog.database.schema import OF_ARTICLES
from forecastlog.database.score_tables import DUE
from forecastlog.model.ledger import Found, Ledger, Sheet
from forecastlog.model.records import Article, Condition, Forecaster, Prediction

NAME: Final = "records"
BUCKET = 500
"""About how many of a machine's predictions are one part."""
RECORD, PERSON, LISTED = "record", "person", "listed"
"""What is looked up: a record of another file, a forecaster, and the name of one who is listed."""


class PartOfLedger(Ledger):
    """Some records with everything that they name: what is looked up beyond them is noted.

    There is no way to walk over the others, so that rows made of it follow from these records and from what
    was noted.
    """

    __slots__ = ("_own", "_reckoned", "_whole", "notes")

    _whole: Ledger
    _own: dict[str, Article | Condition | Prediction]
    _reckoned: dict[Hashable, Any]
    notes: dict[Note, None]

    def __init__(
        self, whole: Ledger, articles: tuple[Article, ...] = (), imported: tuple[Prediction, ...] = ()
    ) -> None:
        own: dict[str, Article | Condition | Prediction] = {one.id: one for one in imported}
        for article in articles:
            own[article.id] = article
            own |= {one.id: one for one in article.conditions} | {one.id: one for one in article.predictions}
        values = {
            "articles": articles,
            "imported": imported,
            "settings": whole.settings,
            "forecasters": (),
            "events": (),
            "unlisted": {},
            "notes": {},
            "_whole": whole,
            "_own": own,
            "_reckoned": {},
            "_by_id": own,
            "_people": {},
        }
        for name, value in values.items():
            object.__setattr__(self, name, value)

    def once(self, what: Hashable, make: Callable[[], Found]) -> Found:
        """What ``make`` gave the first time, for all tables."""
        if what not in self._reckoned:
            self._reckoned[what] = make()
        return self._reckoned[what]  # type: ignore[no-any-return]  # of the same name, the same sort

    def get(self, record_id: str) -> Article | Condition | Prediction | None:
        """One of them, or any other."""
        own = self._own.get(record_id)
        if own or not record_id:
            return own
        self.notes[RECORD, record_id] = None
        return self._whole.get(record_id)

    def heading(self, record_id: str | None) -> Article | None:
        """The article, one of them or any other."""
        own = self._own.get(record_id or "")
        if own or not record_id:
            return own if isinstance(own, Article) else None
        self.notes[RECORD, record_id] = None
        return self._whole.heading(record_id)

    def forecaster(self, forecaster_id: str) -> Forecaster:
        """Any of the ledger's."""
        known = self._people.get(forecaster_id)
        if known is None:
            self.notes[PERSON, forecaster_id] = None
            known = self._people[forecaster_id] = self._whole.forecaster(forecaster_id)
        return known

    def listed(self, name: str) -> str:
        """As of the ledger."""
        self.notes[LISTED, name] = None
        return self._whole.listed(name)

    __hash__ = None  # type: ignore[assignment]  # as of any ledger: it holds dictionaries


Scoring = Callable[[Ledger], tuple[Mapping[str, Any], bytes]]
"""Rows of scores by table of the records in a part of a ledger, and what tables of scores are made from
later."""


def records(ledger: Ledger, day: date, scoring: Scoring, tables: Sequence[Table], common: bytes) -> Family:
    """The records of a published ledger, and the ``tables`` that ``scoring`` fills beside them.

    ``common`` is a digest of everything beside the records that rows are made from.
    """
    making = _Making(ledger, day, scoring)
    return Family(
        NAME, (*OF_ARTICLES, DUE, *tables), partial(_parts, ledger, making, common), _Answers(ledger).of
    )


def _parts(ledger: Ledger, making: _Making, common: bytes, _: Before) -> Iterator[Part]:
    for sheet in ledger.sheets:
        inputs = _digest(common, sheet.holds) if sheet.holds else b""
        yield Part(sheet.id, inputs, partial(making.article, sheet))
    for name, ids in _buckets(ledger.imported_ids).items():
        held = list(map(ledger.holds, ids))
        yield Part(name, _digest(common, *held) if all(held) else b"", partial(making.imported, ids))


def _buckets(ids: Sequence[str]) -> dict[str, list[str]]:
    """A machine's predictions in buckets by a digest of the id; there are a power of two."""
    bits = max(len(ids) // BUCKET, 1).bit_length() - 1
    found: dict[str, list[str]] = defaultdict(list)
    for name in ids:
        bucket = int.from_bytes(blake2b(name.encode(), digest_size=4).digest()) >> (32 - bits)
        found[f"imports/{bits}/{bucket}"].append(name)
    return found


class _Making:
    """How the rows of a part are made."""

    def __init__(self, ledger: Ledger, day: date, scoring: Scoring) -> None:
        self._ledger, self._day, self._scoring = ledger, day, scoring
        self._tables = {table.name: (table.items, table.maker()) for table in OF_ARTICLES}
        self._due = DUE.maker()

    def article(self, sheet: Sheet) -> Made:
        """Of an article, which is let go then."""
        made = self._of(PartOfLedger(self._ledger, articles=(sheet.read(),)))
        sheet.let_go()
        return made

    def imported(self, ids: Sequence[str]) -> Made:
        """Of a machine's predictions."""
        found = tuple(one for name in ids if isinstance(one := self._ledger.get(name), Prediction))
        return self._of(PartOfLedger(self._ledger, imported=found))

    def _of(self, part: PartOfLedger) -> Made:
        rows: dict[str, Any] = {
            name: maker(items(part, self._day)) for name, (items, maker) in self._tables.items() if items
        }
        rows[DUE.name] = [DUE.values(row) for row in due_rows(part, self._day)]
        scores, beside = self._scoring(part)
        return Made(rows | dict(scores), tuple(part.notes), beside)


class _Answers:
    """What looking something up finds today, as a digest."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._known: dict[Note, bytes] = {}

    def of(self, notes: Sequence[Note]) -> bytes:
        """The digest of what many notes find."""
        return _digest(*(self._of((sort, name)) for sort, name in notes))

    def _of(self, note: Note) -> bytes:
        if note not in self._known:
            self._known[note] = self._found(*note)
        return self._known[note]

    def _found(self, sort: str, name: str) -> bytes:
        if sort == RECORD:
            return self._ledger.holds(name)
        if sort == LISTED:
            return self._ledger.listed(name).encode()
        return msgspec.msgpack.encode(self._ledger.forecaster(name))


def _digest(*values: bytes) -> bytes:
    made = blake2b(digest_size=16)
    for value in values:
        made.update(len(value).to_bytes(4) + value)
    return made.digest()
