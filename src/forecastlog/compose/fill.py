"""Records written by hand are completed with what can be derived; a value that is there is never changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from forecastlog.compose import readings
from forecastlog.compose.add import digest_of, read_deadline
from forecastlog.compose.answers import Answers
from forecastlog.compose.expecting import asked, kind_named, read_forecast
from forecastlog.compose.plan import Plan, planned, read_text
from forecastlog.errors import BadValue, CannotEdit
from forecastlog.kinds import KINDS
from forecastlog.ledger import Loaded
from forecastlog.ledger.edit import Put, apply, data_of
from forecastlog.ledger.loader import article_paths
from forecastlog.ledger.source import shown
from forecastlog.model.moments import When
from forecastlog.model.records import Prediction
from forecastlog.model.settings import Settings
from forecastlog.sources import page_at
from forecastlog.values import YES

Place = tuple[str | int, ...]


def fill(
    loaded: Loaded, *, today: date, only: Sequence[Path] = (), texts: Path | None = None, by: str = ""
) -> Plan:
    """Add what is missing and follows: ids, days of logging, digests, figures and dates from words.

    Records that get their day of logging are logged ``by`` somebody. ``only`` names files; ``texts`` is a
    folder with the articles' texts, each named like the article's file or id. Raises CannotEdit for a file
    that cannot be read, which leaves all as they are; BadValue.
    """
    if texts is not None and not texts.is_dir():
        raise BadValue(f"{texts} is no folder. Name the one with the articles' texts.")
    edits: dict[Path, tuple[Put, ...]] = {}
    based_on: dict[Path, str] = {}
    said: list[str] = []
    ids: list[str] = []
    taken = set(loaded.ledger.ids)
    known = readings.told_of_pages(loaded.ledger)
    for path in only or article_paths(loaded.root, []):
        text = read_text(path)
        try:
            filling = _Filling(path, data_of(text), loaded.ledger.settings, today, taken, known, by)
        except CannotEdit as fault:
            raise CannotEdit(f"{shown(path)}: {fault}") from None
        filling.run(texts)
        filling.leave_out_what_fits_nowhere(text)
        said += filling.said
        if filling.edits:
            ids += filling.ids
            edits[path] = tuple(filling.edits)
            based_on[path] = text
    return planned(loaded, today, edits=edits, based_on=based_on, said=said, ids=ids)


@dataclass(slots=True)
class _Filling:
    """One file's missing values, gathered record by record."""

    path: Path
    data: Mapping[str, Any]
    settings: Settings
    today: date
    taken: set[str]
    known: Mapping[str, Mapping[str, object]]
    by: str = ""
    edits: list[Put] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    filled: dict[Place, str] = field(default_factory=dict)

    @property
    def ids(self) -> list[str]:
        """The records that something is added to."""
        return [
            self.filled[place]
            for place in dict.fromkeys(edit.record for edit in self.edits)
            if isinstance(place, tuple)
        ]

    def leave_out_what_fits_nowhere(self, text: str) -> None:
        """Drop the edits of a record whose layout no splice can complete, saying which one it is."""
        kept: list[Put] = []
        for place, name in self.filled.items():
            own = [edit for edit in self.edits if edit.record == place]
            try:
                apply(text, own)
            except CannotEdit as fault:
                self.tell(name, f"nothing was added to this record. {fault}")
                continue
            kept += own
        self.edits = kept

    def run(self, texts: Path | None) -> None:
        """Gather the edits of the whole file."""
        article = self.data.get("article")
        if isinstance(article, dict):
            name = self.identify(("article",), article, "title")
            self.put(("article",), article, {"logged": self.today}, name)
            found = _text_file(texts, (self.path.stem, name)) if texts and not article.get("sha256") else None
            if found:
                self.put(("article",), article, {"sha256": digest_of(found)}, name)
        for place, record in self.records("conditions"):
            self.evidence(place, record, self.identify(place, record, "text"))
        for place, record in self.records("predictions"):
            name = self.identify(place, record, "claim")
            new = record.get("logged") is None
            if record.get("draft") not in YES:
                self.put(place, record, {"logged": self.today, "logged_by": self.by if new else None}, name)
            self.deadline(place, record, article if isinstance(article, dict) else {}, name)
            self.evidence(place, record, name)
            self.forecasts(place, record, article if isinstance(article, dict) else {}, name)

    def records(self, section: str) -> Iterator[tuple[Place, dict[str, Any]]]:
        """Every record of a section, with its place."""
        items = self.data.get(section)
        for number, record in enumerate(items if isinstance(items, list) else []):
            if isinstance(record, dict):
                yield (section, number), record

    def identify(self, place: Place, record: Mapping[str, Any], source: str) -> str:
        """The record's id, made from its text where it has none."""
        if record.get("id") or not isinstance(record.get(source), str):
            return str(record.get("id") or place[-1])
        name = readings.new_id(record[source], self.taken)
        self.put(place, record, {"id": name}, name)
        return name

    def deadline(
        self, place: Place, record: Mapping[str, Any], article: Mapping[str, Any], name: str
    ) -> None:
        """The days that follow from a deadline's words, or from there being none."""
        made = _day(record.get("made") or article.get("published"))
        window = record.get("deadline")
        if made is None or not (window is None or isinstance(window, dict)):
            return
        there = window or {}
        if any(there.get(key) for key in ("earliest", "strict", "latest", "within")):
            return
        if not there.get("words") and there.get("basis") not in (None, "default"):
            return
        try:
            found = read_deadline(Answers.standing(("deadline",), there), made, self.settings)
        except BadValue as fault:
            self.tell(name, str(fault))
            return
        if window is None:
            self.add(place, name, Put(place, ("deadline",), found.entry))
            self.tell(name, found.said)
        else:
            said = found.said if there.get("words") else ""
            self.put(place, there, found.entry, name, under="deadline", said=said)
        if "latest" not in found.entry and not record.get("review"):
            self.tell(name, f"'{there['words']}' has no end: write review: with the day to look again")

    def forecasts(
        self, place: Place, record: Mapping[str, Any], article: Mapping[str, Any], name: str
    ) -> None:
        """What follows from the words of every forecast that says nothing else."""
        entries = record.get("forecasts")
        made = _when(record.get("made") or article.get("published"))
        if record.get("kind") not in (None, *KINDS) or made is None:
            return  # the check says what is wrong with it
        kind = kind_named(record.get("kind"))
        about = asked(kind, record, made)
        for number, entry in enumerate(entries if isinstance(entries, list) else []):
            if (
                not isinstance(entry, dict)
                or not entry.get("words")
                or entry.get("basis") in ("judged", "stated", "unread")
                or not entry.keys().isdisjoint(kind.ways)
            ):
                continue
            scale = entry.get("scale") or self.settings.scale
            told = entry.get("negated") or (None if entry.get("by") else record.get("negated"))
            negated = told in YES
            try:
                found = read_forecast(Answers.of(words=entry["words"]), about, scale, negated=negated)
            except BadValue as fault:
                self.tell(name, str(fault))
                continue
            if found.entry["basis"] == "unread" and entry.get("probability"):
                self.judged(place, entry, about, number, name)
            elif _agrees(entry, found.entry):
                under = ("forecasts", number)
                self.put(place, entry, found.entry, name, under=under, said=found.said)
            elif not entry.get("probability"):
                self.tell(name, f"{found.said}, which what stands beside it contradicts; nothing was added")

    def evidence(self, place: Place, record: Mapping[str, Any], name: str) -> None:
        """What an earlier use of the same page says of it: title, publisher and day."""
        for number, resolution in enumerate(_entries(record.get("resolutions"))):
            for position, entry in enumerate(_entries(resolution.get("evidence"))):
                earlier = self.known.get(page_at(str(entry.get("url") or "")))
                if earlier:
                    under = ("resolutions", number, "evidence", position)
                    self.put(place, entry, earlier, name, under=under)

    def judged(
        self, place: Place, entry: Mapping[str, Any], about: Prediction, number: int, name: str
    ) -> None:
        """The basis of a figure beside words that have none: the speaker's own only if the words state it."""
        told = Answers.of({key: entry.get(key) for key in ("words", "probability", "quote")})
        try:
            found = read_forecast(told, about, self.settings.scale, negated=False)
        except BadValue:
            return  # the check says what is wrong with it
        missing = {"basis": found.entry["basis"]}
        if missing["basis"] == "judged":
            missing["judged_by"] = self.by
        self.put(place, entry, missing, name, under=("forecasts", number), said=found.said)

    def put(
        self,
        place: Place,
        there: Mapping[str, Any],
        values: Mapping[str, object],
        name: str,
        *,
        under: str | tuple[str | int, ...] = (),
        said: str = "",
    ) -> None:
        """Add the values that are missing in what is ``there``."""
        inner = (under,) if isinstance(under, str) else under
        missing = {
            key: value for key, value in values.items() if value not in (None, "") and there.get(key) is None
        }
        self.add(place, name, *(Put(place, (*inner, key), value) for key, value in missing.items()))
        if missing:
            self.tell(name, said or ", ".join(f"{key}: {value}" for key, value in missing.items()))

    def add(self, place: Place, name: str, *edits: Put) -> None:
        """Keep edits of a record."""
        if edits:
            self.filled.setdefault(place, name)
            self.edits += edits

    def tell(self, name: str, sentence: str) -> None:
        """Keep a sentence about a record."""
        self.said.append(f"{shown(self.path)}: {name}: {sentence}")


def _entries(value: object) -> list[dict[str, Any]]:
    """The entries of a list in their places, an empty one for each that is no mapping."""
    return [item if isinstance(item, dict) else {} for item in value] if isinstance(value, list) else []


def _agrees(entry: Mapping[str, Any], found: Mapping[str, object]) -> bool:
    """Whether the figures that are there are the ones that were read."""
    for key in ("probability", "low", "high"):
        if entry.get(key) is not None:
            try:
                figure = readings.probability(entry[key])
            except BadValue:
                return False
            if figure != found.get(key):
                return False
    return entry.get("basis") in (None, found["basis"])


def _day(text: object) -> date | None:
    when = _when(text)
    return when.day if when else None


def _when(text: object) -> When | None:
    try:
        return When.parse(str(text))
    except ValueError:
        return None


def _text_file(folder: Path, stems: Sequence[str]) -> Path | None:
    """The text in a folder that is named like the article."""
    for stem in stems:
        for path in sorted(folder.glob(f"{stem}.*")):
            if path.is_file():
                return path
    return None
