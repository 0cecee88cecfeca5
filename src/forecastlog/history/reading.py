"""The ledger's files at a commit, each read once however often it stands -> snapshots."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from forecastlog.history.git import Git
from forecastlog.history.versions import Key, Kind, Snapshot, Version
from forecastlog.keys import Table
from forecastlog.ledger.imports import IMPORTS
from forecastlog.ledger.index import Index, digest_of
from forecastlog.ledger.loader import EVENTS_FILE, PEOPLE_FILE, SETTINGS_FILE
from forecastlog.ledger.names import Names
from forecastlog.ledger.packed import Torn, apart, pack, together, unpack
from forecastlog.ledger.people import read_values
from forecastlog.ledger.reader import Values
from forecastlog.ledger.records import forecaster_of
from forecastlog.ledger.source import Source
from forecastlog.ledger.tables import EVENTS, FILE, PEOPLE
from forecastlog.problems import Problem

if TYPE_CHECKING:
    from forecastlog.history.working import WorkingFiles

_SECTIONS: Mapping[str, Kind] = {"conditions": "condition", "predictions": "prediction"}


class KeptFile(NamedTuple):
    """What one text says, as written, and whether it could be read without a fault."""

    versions: tuple[Version, ...] = ()
    sound: bool = True

    @property
    def renamed(self) -> tuple[Version, ...]:
        """The records that had another id once."""
        return tuple(version for version in self.versions if version.renamed)


_INHERITED = ("id", "authors", "publisher", "published", "text")
"""What a record's facts take from its article."""


def pack_file(file: KeptFile) -> bytes | None:
    """What one text says as bytes; None for one with a fault, and for what has no such form."""
    if not file.sound or not file.versions or file.versions[0].kind == "settings":
        return None
    around = file.versions[-1].around
    inherited = {key: around[key] for key in _INHERITED if key in around}
    try:
        rows = [
            (one.kind, one.id, one.renamed, said, digest_of(pack((apart(inherited), said))))
            for one in file.versions
            for said in (pack(apart(one.values)),)
        ]
        packed = pack((rows, pack(apart(around))))
        back = unpack_file(packed)
    except (TypeError, ValueError, OverflowError, Torn):
        return None
    same = all(
        (one.values, one.around) == (two.values, two.around)
        for one, two in zip(file.versions, back.versions, strict=True)
    )
    return packed if same else None


def unpack_file(data: bytes) -> KeptFile:
    """What was packed, each record to be unpacked when somebody asks; raises Torn."""
    rows, article = unpack(tuple[list[tuple[Kind, str, bool, bytes, bytes]], bytes], data)
    around = cache(lambda: _values_of(article))
    return KeptFile(
        tuple(
            Version(
                kind,
                name,
                partial(_values_of, said),
                around if kind in _SECTIONS.values() or kind == "draft" else dict,
                digest,
                renamed,
            )
            for kind, name, renamed, said, digest in rows
        )
    )


def _values_of(data: bytes) -> Values:
    values: Values = together(unpack(dict[str, Any], data))
    return values


class Reader:
    """Snapshots of the ledger at commits; a text is parsed once however often it stands.

    The records of a file that cannot be read are taken to say what they said before, so that breaking a file
    and mending it with other values alters these values. What a blob says, names as written, is kept in
    ``index`` from one run to the next; that git still has it is asked all the same.
    """

    def __init__(
        self, git: Git, index: Index | None = None, parents: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        """``parents`` are those of each commit, which tell what the records of a broken file said before."""
        self._git, self._index, self._parents = git, index, parents or {}
        self._files: dict[tuple[_Parser, str], KeptFile] = {}
        self._new: dict[str, dict[bytes, bytes]] = {}
        self._last: tuple[Mapping[str, str], Snapshot] = {}, Snapshot()
        self._names: dict[str, Names] = {"": Names()}
        self._completed: dict[str, Snapshot] = {}
        self._read = lru_cache(maxsize=16)(self._at)

    def snapshot(self, revision: str) -> Snapshot:
        """The records at a revision."""
        found = self._whole(revision)
        waiting = [] if found else [revision]
        while waiting:
            parents = self._parents.get(waiting[-1], ())
            told = [self._whole(parent) for parent in parents]
            if None in told:
                waiting += (parent for parent, one in zip(parents, told, strict=True) if one is None)
                continue
            broken, doubtful = self._read(waiting[-1])
            known = [one for one in told if one]
            found = self._completed[waiting.pop()] = _complete(broken, doubtful or {}, known)
        assert found is not None  # noqa: S101  # the last that waited is the revision
        return found

    def _whole(self, revision: str) -> Snapshot | None:
        """The records at a revision; None where a broken file has to be looked up in its parents."""
        if revision in self._completed:
            return self._completed[revision]
        found, doubtful = self._read(revision)
        return found if doubtful is None else None

    def working_tree(self, files: WorkingFiles, head: Snapshot) -> Snapshot:
        """The records as they stand in the folder now, committed or not."""
        found, doubtful = self._snapshot(files.blobs, files.text)
        return found if doubtful is None else _complete(found, doubtful, [head])

    def _at(self, revision: str) -> tuple[Snapshot, Mapping[Key, Version] | None]:
        return self._snapshot(self._git.files(revision), self._git.text)

    def _snapshot(
        self, blobs: Mapping[str, str], text: Callable[[str], str]
    ) -> tuple[Snapshot, Mapping[Key, Version] | None]:
        if snapshot := self._like_the_last(blobs, text):
            return snapshot, None
        found: dict[Key, Version] = {}
        doubtful: dict[Key, Version] = {}
        files: dict[str, KeptFile] = {}
        sound, number = True, 0
        for path, blob in sorted(blobs.items()):
            parse = _parser(path)
            if parse is None:
                continue
            file = files[path] = self._file(parse, blob, text)
            sound = sound and file.sound
            number += len(file.versions)
            for version in file.versions:
                (found if file.sound else doubtful).setdefault(version.key, version)
        names = self._names_of(blobs.get(PEOPLE_FILE, ""))
        if not sound:
            return Snapshot(found, names), doubtful
        snapshot = Snapshot(found, names, files if len(found) == number else None)
        self._last = dict(blobs), snapshot
        return snapshot, None

    def _like_the_last(self, blobs: Mapping[str, str], text: Callable[[str], str]) -> Snapshot | None:
        """The snapshot made from the last one, where every file has the records that it had."""
        before, last = self._last
        if last.files is None or blobs.keys() != before.keys():
            return None
        files, found = dict(last.files), dict(last.records)
        for path, blob in blobs.items():
            parse = _parser(path)
            if parse is None or before[path] == blob:
                continue
            file = self._file(parse, blob, text)
            if not file.sound or [one.key for one in file.versions] != [
                one.key for one in last.files[path].versions
            ]:
                return None
            files[path] = file
            found.update((version.key, version) for version in file.versions)
        snapshot = Snapshot(found, self._names_of(blobs.get(PEOPLE_FILE, "")), files)
        self._last = dict(blobs), snapshot
        return snapshot

    def _file(self, parse: _Parser, blob: str, text: Callable[[str], str]) -> KeptFile:
        """What a blob says: as it was read before in this run or in another, else as it is read now."""
        if (parse, blob) not in self._files:
            self._files[parse, blob] = self._kept(parse, blob) or self._read_now(parse, blob, text)
        return self._files[parse, blob]

    def _kept(self, parse: _Parser, blob: str) -> KeptFile | None:
        try:
            data = self._index.part(bytes.fromhex(blob), f"history {parse.__name__}") if self._index else None
            return unpack_file(data) if data else None
        except Torn:
            return None

    def _read_now(self, parse: _Parser, blob: str, text: Callable[[str], str]) -> KeptFile:
        file = parse(text(blob))
        packed = pack_file(file)
        if packed is None:
            return file
        if self._index:
            self._new.setdefault(f"history {parse.__name__}", {})[bytes.fromhex(blob)] = packed
        return unpack_file(packed)

    def keep(self) -> None:
        """Keep what was read in this run for the next."""
        for name, parts in self._new.items():
            if self._index:
                self._index.add(parts, name)
        self._new.clear()

    def _names_of(self, blob: str) -> Names:
        if blob not in self._names:
            listed = self._files[_people, blob].versions
            self._names[blob] = Names(forecaster_of(version.values) for version in listed)
        return self._names[blob]


_Parser = Callable[[str], KeptFile]


def is_read(path: str) -> bool:
    """Whether a path within the ledger is that of a file that people write."""
    return _parser(path) is not None


def _parser(path: str) -> _Parser | None:
    if path == PEOPLE_FILE:
        return _people
    if path == EVENTS_FILE:
        return _events
    if path == SETTINGS_FILE:
        return _settings
    return _article if _is_article(path) else None


def _is_article(path: str) -> bool:
    """Whether a path within the ledger is that of an article."""
    return (
        path.endswith(".yaml")
        and path not in (PEOPLE_FILE, EVENTS_FILE)
        and not path.startswith(f"{IMPORTS}/")
        and not any(part.startswith(".") for part in path.split("/"))
    )


def _article(text: str) -> KeptFile:
    values, sound = _values(text, FILE)
    around = values.get("article", {})
    if "id" not in around:
        return KeptFile(sound=sound)
    versions = [_version("article", around)]
    for section, kind in _SECTIONS.items():
        versions += [
            _version("draft" if entry.get("draft") else kind, entry, around)
            for entry in values.get(section, ())
            if "id" in entry
        ]
    return KeptFile(tuple(versions), sound)


def _version(kind: Kind, values: Values, around: Values | None = None) -> Version:
    return Version(kind, values["id"], lambda: values, lambda: around or {}, renamed=bool(values.get("was")))


def _people(text: str) -> KeptFile:
    return _listed(text, PEOPLE, "forecasters", "forecaster")


def _events(text: str) -> KeptFile:
    return _listed(text, EVENTS, "events", "event")


def _listed(text: str, table: Table, section: str, kind: Kind) -> KeptFile:
    """The entries of a file that is one list."""
    values, sound = _values(text, table)
    entries = [entry for entry in values.get(section, ()) if "id" in entry]
    return KeptFile(tuple(_version(kind, entry) for entry in entries), sound)


def _values(text: str, table: Table) -> tuple[Values, bool]:
    problems: list[Problem] = []
    values, _ = read_values(Source(text, Path("history.yaml"), "history.yaml"), table, problems)
    return values, all(problem.severity != "error" for problem in problems)


def _settings(text: str) -> KeptFile:
    try:
        values = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return KeptFile(sound=False)
    return KeptFile((Version("settings", SETTINGS_FILE, lambda: values),))


def _complete(found: Snapshot, doubtful: Mapping[Key, Version], parents: Iterable[Snapshot]) -> Snapshot:
    """What could be read, else what stood before, else what a broken file seems to say."""
    complete = dict(doubtful)
    names = found.names
    for parent in reversed(list(parents)):
        complete |= parent.records
    if not any(kind == "forecaster" for kind, _ in found.records):
        names = next((parent.names for parent in parents), names)
    complete |= found.records
    return Snapshot(complete, names)
