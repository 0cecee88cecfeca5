"""What the ledger says on the day of the audit, by which the past is judged too, and what of it was asked."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from forecastlog.history.finding import NoScore, Score
from forecastlog.history.slips import known_elsewhere
from forecastlog.history.versions import Built, small_ledger
from forecastlog.ledger import Loaded
from forecastlog.ledger.index import digest_of, fingerprint
from forecastlog.ledger.loader import EVENTS_FILE, PEOPLE_FILE, SETTINGS_FILE
from forecastlog.ledger.packed import pack
from forecastlog.ledger.tables import CORRECTION
from forecastlog.model.ledger import Ledger, records_of
from forecastlog.model.notes import Correction
from forecastlog.model.records import Article, Condition, Prediction
from forecastlog.vocabulary.articles import CORRECTION_REASONS

Scorer = Callable[[Ledger, str, date], Score]
"""What a prediction comes to by the entries recorded by a day; handed in by whoever knows the scores."""
Record = Article | Condition | Prediction
Value = TypeVar("Value")
JUDGING = ("scorebook", "scoring", "deadlines", "likelihood", "amounts")
"""The folders of the program that findings rest on, beside those that the index is made anew for."""
EVERYTHING = "."
"""Among what was asked: the words of all records."""


@dataclass(slots=True)
class Asked:
    """What of today's ledger was asked: ids of records, names of files beside them, or everything.

    From the day ``first`` on, every day of an audit gives the same answers; where ``on`` is set, that day
    alone.
    """

    of: set[str] = field(default_factory=set)
    first: date = date.min
    on: date | None = None

    def take(self, other: Asked) -> None:
        """Join what was asked elsewhere."""
        self.of |= other.of
        self.first = max(self.first, other.first)
        self.on = self.on or other.on


class Now:
    """Today's ledger, noting in ``asked`` what is asked of it, for findings are kept by what they rest on."""

    def __init__(self, loaded: Loaded, today: date, score: Scorer) -> None:
        self.loaded, self.ledger, self.today = loaded, loaded.ledger, today
        self.asked = Asked()
        self._scorer = score

    @property
    def judged_by(self) -> bytes:
        """A digest of what judges beside the records and the program's part that made the index."""
        scorer = f"{self._scorer.__module__}.{self._scorer.__qualname__}"
        return digest_of(f"{scorer} {fingerprint(*JUDGING)} {self.ledger.settings.timezone}".encode())

    @contextmanager
    def noting(self) -> Iterator[Asked]:
        """What is asked meanwhile, by itself; it counts as asked by whoever asks for it too."""
        around, self.asked = self.asked, Asked()
        try:
            yield self.asked
        finally:
            around.take(self.asked)
            self.asked = around

    def once(
        self,
        memory: dict[Hashable, tuple[object, Asked]],
        name: Hashable,
        make: Callable[[], Value],
    ) -> Value:
        """A value that is made once; whoever gets it has asked what was asked to make it."""
        if name not in memory:
            with self.noting() as asked:
                memory[name] = make(), asked
        value, asked = memory[name]
        self.asked.take(asked)
        return value  # type: ignore[return-value]  # as it was made under that name

    def get(self, record_id: str) -> Record | None:
        """A record as it stands."""
        self.asked.of.add(record_id)
        return self.ledger.get(record_id)

    def built(self, record_id: str) -> Built | None:
        """A prediction or a condition as it stands, alone in its article."""
        record = self.get(record_id)
        if not isinstance(record, Prediction | Condition):
            return None
        article = self.ledger.article(record.article)
        if article is None:
            return None
        if isinstance(record, Prediction):
            return Built({}, record, replace(article, predictions=(record,), conditions=()))
        return Built({}, record, replace(article, predictions=(), conditions=(record,)))

    def day(self, records: Iterable[object]) -> date:
        """The day of the audit, to ask what these records' entries come to.

        Any later day gives the same answer, unless one of them is recorded later than today.
        """
        last = max(
            (
                entry.recorded.day
                for record in records
                for entry in getattr(record, "resolutions", ())
                if entry.recorded.day != date.max
            ),
            default=date.min,
        )
        if last > self.today:
            self.asked.on = self.today
        self.asked.first = max(self.asked.first, last)
        return self.today

    def day_of(self, record: object, ledger: Ledger) -> date:
        """The same for a record and the condition on which it hangs."""
        return self.day((record, ledger.condition(getattr(record, "given", None))))

    def standing(self, record_id: str) -> tuple[Record, Ledger] | None:
        """A record as it stands, and a ledger that has the condition on which it hangs."""
        record = self.get(record_id)
        if isinstance(record, Prediction) and record.given:
            self.asked.of.add(record.given)
        return (record, self.ledger) if record else None

    def score(self, ledger: Ledger, record_id: str) -> Score:
        """What a prediction of a small ledger comes to."""
        return self._scorer(ledger, record_id, self.day(records_of(ledger)))

    def score_of(self, built: Built) -> Score:
        """What a record comes to among the records of today."""
        if not isinstance(built.record, Prediction):
            return NoScore()
        return self.score(small_ledger(built, lambda _, name: self.built(name)), built.record.id)

    def known_elsewhere(self, record_id: str) -> Callable[[str], bool]:
        """Says of a word whether any other record has it."""

        def known(word: str) -> bool:
            self.asked.of.add(EVERYTHING)
            return known_elsewhere(self.ledger, record_id)(word)

        return known

    def corrections(self, kind: str, record_id: str) -> tuple[Correction, ...]:
        """The corrections that tell of a record of that kind today."""
        if kind == "settings":
            self.asked.of.add(SETTINGS_FILE)
            return corrections_of(self._settings)
        if kind == "event":
            self.asked.of.add(EVENTS_FILE)
            return tuple(
                told for event in self.ledger.events if event.id == record_id for told in event.corrections
            )
        if kind == "forecaster":
            self.asked.of.add(PEOPLE_FILE)
            return self.ledger.forecaster(record_id).corrections
        return getattr(self.get(record_id), "corrections", ())

    @property
    def _settings(self) -> Path:
        return self.loaded.root / SETTINGS_FILE

    def state(self, of: Iterable[str]) -> bytes:
        """A digest of what these say today; empty where nobody can tell without reading it."""
        states = list(map(self._state, of))
        return digest_of(b"".join(states)) if all(states) else b""

    def _state(self, name: str) -> bytes:
        if name == SETTINGS_FILE:
            return digest_of(self._settings.read_bytes() if self._settings.is_file() else b"")
        if name in (EVENTS_FILE, PEOPLE_FILE):
            listed: object = self.ledger.events if name == EVENTS_FILE else self.ledger.forecasters
            return digest_of(pack(listed))
        if name == EVERYTHING:
            return self.state((PEOPLE_FILE, *self.ledger.ids))
        return self.ledger.holds(name) or (b"" if self.ledger.get(name) else digest_of(b""))


def corrections_of(path: Path) -> tuple[Correction, ...]:
    """The corrections in the settings' file: ``[[corrections]]`` with on, by, field, was, why."""
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("corrections", [])
        return tuple(
            CORRECTION.record(Correction, {key: entry[key] for key in CORRECTION.by_name if key in entry})
            for entry in entries
            if entry.get("why") in CORRECTION_REASONS
        )
    except (OSError, ValueError, AttributeError):
        return ()
