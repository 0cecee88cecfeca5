"""One commit against its parents, and what is known on the day of the audit."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import chain

from forecastlog.history.facts import WORDS, Facts, beneath, key_of
from forecastlog.history.finding import UNCOMMITTED, Finding, NoScore, Score
from forecastlog.history.git import Commit
from forecastlog.history.mending import Change, typos_before
from forecastlog.history.today import Asked, Now
from forecastlog.history.versions import Built, Key, Snapshot, Version
from forecastlog.ledger.names import Names
from forecastlog.model.ledger import Ledger
from forecastlog.model.notes import Correction
from forecastlog.model.outcomes import Resolution
from forecastlog.model.records import Condition, Forecaster, Prediction
from forecastlog.standing.due import due_on, lapsing, latest_day, prediction_standing
from forecastlog.vocabulary.audit import FindingKind, FindingLevel


@dataclass(frozen=True, eq=False)
class Step:
    """What a commit made of what its parents said; ``base`` is where the parents of a merge come from."""

    commit: Commit
    before: Sequence[Snapshot]
    after: Snapshot
    now: Now
    base: Snapshot = field(default_factory=Snapshot)
    _known: dict[Hashable, tuple[object, Asked]] = field(default_factory=dict)

    @cached_property
    def aliases(self) -> Mapping[Key, Key]:
        """Records that are new under their id -> the id that they had before, which is gone."""
        found: dict[Key, Key] = {}
        for version in self.after.renamed:
            for old in version.was:
                before = (version.kind, old)
                if before not in self.after.records and any(before in one.records for one in self.before):
                    found[version.key] = before
        return found

    @property
    def there(self) -> Iterable[Key]:
        """The records that are there and may be others than those of a parent."""
        return self.after.apart_from(self.before)

    @property
    def before_it(self) -> Iterable[Key]:
        """The records that a parent had and that may be others since."""
        return dict.fromkeys(chain.from_iterable(one.apart_from([self.after]) for one in self.before))

    @cached_property
    def renamed_ids(self) -> Mapping[str, str]:
        """Old ids of records -> their ids since."""
        return {old: new for (_, new), (_, old) in self.aliases.items()}

    @property
    def renamed_people(self) -> Mapping[str, str]:
        """People who are called by another id since, all of them and nobody else's records with them."""
        return self.now.once(self._known, "renamed people", self._renamed_people)

    def _renamed_people(self) -> Mapping[str, str]:
        before, after = self.before[0], self.after
        moved: dict[str, set[str]] = {}
        for key in (*self.there, *self.aliases):
            old, version = before.records.get(self.aliases.get(key, key)), after.records[key]
            if old is not None and not (old is version and before.names is after.names):
                pairs = zip(_spoken(old, before.names), _spoken(version, after.names), strict=False)
                for one, other in pairs:
                    if one != other:
                        moved.setdefault(one, set()).add(other)
        if not moved:
            return {}
        used_before, used_after = set(voices(before)), set(voices(after))
        return {
            old: min(new)
            for old, new in moved.items()
            if len(new) == 1
            and old not in used_after
            and not new & used_before
            and before.names.find(min(new)) is None
            and min(new) in (after.names.find(old), after.names.find(_name(before, old)))
            and self._same_person(old, min(new))
        }

    def _same_person(self, old: str, new: str) -> bool:
        """Whether two names have a word in common, or a correction says that they are one person's."""
        names = [
            set(_name(snapshot, who).casefold().split())
            for snapshot, who in ((self.before[0], old), (self.after, new))
        ]
        told = self.corrections(("forecaster", new))
        return bool(names[0] & names[1]) or any(correction.why == "name" for correction in told)

    def parents_of(self, key: Key) -> list[Built | None]:
        """What each parent said of a record, under whatever id it had there."""
        return [parent.built(key) or parent.built(self.aliases.get(key, key)) for parent in self.before]

    @property
    def touched(self) -> list[Key]:
        """The records of which a parent has not the same text, with the same people behind its names."""
        there = ((key, self.after.records[key]) for key in self.there)
        return [key for key, version in there if key[0] != "draft" and not self._untouched(key, version)]

    def _untouched(self, key: Key, version: Version) -> bool:
        for before in self.before:
            if not version.same(before.records.get(key)):
                return False
            if before.names is not self.after.names and list(_spoken(version, before.names)) != list(
                _spoken(version, self.after.names)
            ):
                return False
        return True

    @property
    def lost(self) -> list[Key]:
        """The records that a parent had and that are gone, under every id."""
        aliased = set(self.aliases.values())
        return [key for key in self.before_it if key not in self.after.records and key not in aliased]

    def decided(self, key: Key) -> tuple[bool, bool]:
        """Whether a deadline had passed on the day of the commit, and whether the outcome was known."""
        return self.now.once(self._known, key, lambda: self._decided(key))

    def _decided(self, key: Key) -> tuple[bool, bool]:
        kind, _ = key
        if kind == "event":
            return False, any(key in parent.records for parent in self.before)
        if kind == "settings":
            return False, any(parent.records for parent in self.before)
        if kind in ("article", "forecaster"):
            belongs = self._stands_in if kind == "article" else self._speaks
            near = self.after.of_article(key[1]) if kind == "article" else self.after.records.values()
            own = [one.key for one in near if one.kind == "prediction" and belongs(one.key, key[1])]
            return self._any_decided(own)
        versions = [
            (record, ledger, self.now.day_of(record, ledger)) for record, ledger in self._versions(key)
        ]
        deadlines = [day for each in versions if (day := _deadline(*each))]
        known = [day for each in versions if (day := known_of(*each))]
        on = self.commit.on
        return bool(deadlines) and on > min(deadlines), bool(known) and on >= min(known)

    def _any_decided(self, keys: Iterable[Key]) -> tuple[bool, bool]:
        """Whether a deadline of these had passed, and whether an outcome was known.

        No further than it takes.
        """
        late = known = False
        for key in keys:
            if late and known:
                break
            its = self.decided(key)
            late, known = late or its[0], known or its[1]
        return late, known

    def _stands_in(self, key: Key, article: str) -> bool:
        return self.after.records[key].around.get("id") == article

    def _speaks(self, key: Key, forecaster: str) -> bool:
        return forecaster in _spoken(self.after.records[key], self.after.names)

    def _versions(self, key: Key) -> Iterator[tuple[object, Ledger]]:
        """A record as its parents, the commit and today's ledger have it, each with what it depends on."""
        for snapshot in (*self.before, self.after):
            built = snapshot.built(key) or snapshot.built(self.aliases.get(key, key))
            if built and built.record:
                yield built.record, snapshot.context(built)
        current = self.now.standing(key[1])
        if current:
            yield current

    def change(self, key: Key, path: str, was: str, now: str, facts: Facts) -> Change:
        """What a value was and is, with the names of the day and what today's ledger has for words."""
        bare = Change(path, was, now, facts, self.after.names, self.now.known_elsewhere(key[1]))
        return bare._replace(before=typos_before(self.corrections(key), bare))

    def score(self, snapshot: Snapshot, built: Built | None) -> Score:
        """What a record came to, as it stood in a snapshot."""
        if built is None or not isinstance(built.record, Prediction):
            return NoScore()
        return self.now.score(snapshot.context(built), built.record.id)

    def corrections(self, key: Key) -> tuple[Correction, ...]:
        """The corrections that tell of the record, at this commit or later."""
        built = self.after.built(key)
        told = getattr(built.record, "corrections", ()) if built else ()
        return (*told, *self.now.corrections(*key))

    def _kept_back(self, key: Key, field: str) -> bool:
        """Whether a value belongs to the words of a record that are withheld since."""
        built = self.after.built(key)
        withheld = _is_withheld(self.now.get(key[1])) or (built and _is_withheld(built.record))
        return bool(withheld) and (field == "" or field.endswith("]") or beneath(key_of(field), WORDS))

    def finding(
        self,
        key: Key,
        kind: FindingKind,
        level: FindingLevel,
        *,
        field: str = "",
        was: str = "",
        now: str = "",
        why: str = "",
        scores: tuple[Score, Score] = (NoScore(), NoScore()),
    ) -> Finding:
        """A finding on this commit."""
        late, known = self.decided(key)
        commit = self.commit.sha
        if self._kept_back(key, field):
            was, now = (text and "(withheld)" for text in (was, now))
        return Finding(
            record=key[1],
            of=key[0],
            kind=kind,
            level=level,
            on=self.commit.on,
            by=self.commit.by,
            commit=commit if commit == UNCOMMITTED else commit[:12],
            field=field,
            was=was,
            now=now,
            why=why,
            after_deadline=late,
            after_outcome=known,
            score_was=scores[0].score,
            score_now=scores[1].score,
        )


def _is_withheld(record: object) -> bool:
    return isinstance(record, Prediction) and record.withheld is not None


def known_of(record: object, ledger: Ledger, today: date) -> date | None:
    """The first day on which anybody recorded that the outcome was known, whatever was said of it later."""
    if isinstance(record, Condition):
        return _first_known(record.resolutions)
    if not isinstance(record, Prediction):
        return None
    days = [day for day in [_first_known(record.resolutions)] if day]
    stands = prediction_standing(record, ledger, today)
    if stands.entry is not None:
        days.append(stands.entry.known.day)
    lapsed = due_on(latest_day(record, ledger, today))
    if lapsed and any(entry.outcome == lapsing(record) for entry in record.resolutions):
        days.append(lapsed)
    return min(days, default=None)


def _first_known(entries: Sequence[Resolution]) -> date | None:
    return min((entry.known.day for entry in entries if entry.outcome != "reopened"), default=None)


def _deadline(record: object, ledger: Ledger, today: date) -> date | None:
    if isinstance(record, Prediction):
        return latest_day(record, ledger, today)
    return record.by if isinstance(record, Condition) else None


def _name(snapshot: Snapshot, forecaster: str) -> str:
    """What a forecaster is called, by the people of a day."""
    built = snapshot.built(("forecaster", forecaster))
    named = built.record if built else None
    return named.name if isinstance(named, Forecaster) else forecaster.replace("-", " ")


def voices(snapshot: Snapshot) -> Iterator[str]:
    """Whose words the records of a day have."""
    for version in snapshot.records.values():
        yield from _spoken(version, snapshot.names)


def _spoken(version: Version, names: Names) -> Iterator[str]:
    """Whose words a record has, by the names of a day."""
    for mention in version.mentions:
        if isinstance(mention, tuple):
            authors = tuple(names.resolve(author) for author in mention)
            yield authors[0] if len(authors) == 1 else names.joint(authors)
        else:
            yield names.resolve(mention or "unsigned")
