"""A ledger's folder -> its records, and every fault of its files."""

from __future__ import annotations

import gc
import os
import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from itertools import compress
from pathlib import Path
from typing import TYPE_CHECKING

from forecastlog.errors import LedgerNotFound
from forecastlog.ledger.imports import IMPORTS, Imported, import_paths, is_import, read_imports
from forecastlog.ledger.loaded import Loaded
from forecastlog.ledger.names import Names
from forecastlog.ledger.nodes import Map
from forecastlog.ledger.people import (
    ArticleFile,
    read_article,
    read_events,
    read_forecasters,
)
from forecastlog.ledger.places import PeoplePlaces, RecordPlaces
from forecastlog.ledger.settings import read_settings
from forecastlog.ledger.source import Source, decode, open_source, shown
from forecastlog.model.ledger import Ledger
from forecastlog.model.records import Article, Event, Forecaster
from forecastlog.model.settings import Settings
from forecastlog.problems import Problem, Span

if TYPE_CHECKING:
    from forecastlog.ledger.index import Stamp

PEOPLE_FILE = "people.yaml"
EVENTS_FILE = "events.yaml"
SETTINGS_FILE = "forecastlog.toml"


def find_ledger(start: Path) -> Path:
    """The ``predictions/`` folder that is, lies in or above ``start``; raises LedgerNotFound."""
    for folder in (start.absolute(), *start.absolute().parents):
        if folder.name == "predictions" and folder.is_dir():
            return folder
        if (folder / "predictions").is_dir():
            return folder / "predictions"
    raise LedgerNotFound(start)


def is_ledger(folder: Path) -> bool:
    """Whether a folder holds a ledger: its settings, its people, or an article in it or one folder below.

    No further, for whoever names a whole disk by mistake.
    """
    if any(os.path.lexists(folder / name) for name in (SETTINGS_FILE, PEOPLE_FILE)):
        return True
    return any(map(_may_be_article, (*folder.glob("*.yaml"), *folder.glob("*/*.yaml"))))


def _may_be_article(path: Path) -> bool:
    try:
        return path.is_file() and re.search(rb"^article\s*:", path.read_bytes(), re.MULTILINE) is not None
    except OSError:
        return False


def load(root: Path, *, like: Loaded | None = None, texts: Mapping[Path, str] | None = None) -> Loaded:
    """Every record below ``root`` with every fault; raises LedgerNotFound if that is no folder.

    What ``like`` holds of files that nobody has written to since is taken from there. ``texts`` are read in
    the place of what their files hold, there already or not.
    """
    if not root.is_dir():
        raise LedgerNotFound(root)
    with uncollected():
        if like and like._units:  # noqa: SLF001
            return like._units.again(like, texts or {}) or _load(root, None, texts)  # noqa: SLF001
        return _load(root, like, texts)


@contextmanager
def uncollected() -> Iterator[None]:
    """Without looking for cycles of garbage: a tree of nodes has none, and looking doubles the time."""
    collected = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collected:
            gc.enable()


def _load(root: Path, like: Loaded | None, texts: Mapping[Path, str] | None) -> Loaded:
    desk = Desk(root, within(root, texts or {}))
    problems: list[Problem] = []
    settings = settings_of(desk, problems)
    people, forecasters = _forecasters(desk, problems)
    names = Names(forecasters)
    if like and (
        like.ledger.forecasters != forecasters or like.ledger.settings.timezone != settings.timezone
    ):
        like = None  # whose names the articles' are may have changed with the list, and days with the zone
    if like:
        names.unlisted.update(like.names.unlisted)
    articles: list[Article] = []
    files: dict[str, Path] = {}
    read: dict[Path, ArticleFile | Problem] = {}
    records: dict[str, ArticleFile] = {}
    for path in desk.article_paths(problems):
        file = read[path] = desk.article(path, names, like, settings.zone)
        if isinstance(file, Problem):
            problems.append(file)
            continue
        problems += file.problems
        article = _enter(file, records, problems)
        if article:
            articles.append(article)
            files[article.id] = path
    imported = imported_of(desk, names, like, settings.zone, records)
    problems += imported.problems
    ledger = Ledger(
        articles=tuple(articles),
        imported=imported.predictions,
        forecasters=forecasters,
        unlisted=dict(names.unlisted),
        settings=settings,
        events=_events(desk, problems),
    )
    found = tuple(sorted(problems, key=by_place))
    places = RecordPlaces(records)
    return Loaded(
        root, ledger, found, files, names, places, PeoplePlaces(people), desk.stamps, read, imported
    )


@dataclass(frozen=True, slots=True)
class Desk:
    """The ledger's files as they are, but for those whose texts are given."""

    root: Path
    texts: Mapping[Path, str]
    stamps: dict[Path, Stamp | None] = field(default_factory=dict)

    def article_paths(self, problems: list[Problem]) -> list[Path]:
        """Those that are there and those that would be, in the order in which they would be read."""
        there = list(article_paths(self.root, problems))
        own = [path for path in self.texts if _is_article(path.relative_to(self.root))]
        if set(own) <= set(there):
            return there
        return sorted({*there, *own}, key=lambda path: (path.parent.parts, path.name))

    def article(
        self, path: Path, names: Names, like: Loaded | None, zone: tzinfo | None
    ) -> ArticleFile | Problem:
        """What one file holds, from ``like`` where that is still so."""
        source = self.source(path, like)
        if isinstance(source, Source):
            return read_article(source, names, zone=zone)
        return source

    def source(self, path: Path, like: Loaded | None = None) -> Source | ArticleFile | Problem:
        """The text of a file, what ``like`` has read of it, or why it cannot be read."""
        if path in self.texts:
            self.stamps[path] = None
            return decode(self.texts[path].encode(), path)
        stamp = self.stamps[path] = stamp_of(path)
        if like and stamp and like.stamps.get(path) == stamp and path in like._files:  # noqa: SLF001
            return like._files[path]  # noqa: SLF001
        return open_source(path)

    def optional(self, name: str, problems: list[Problem]) -> Source | None:
        """The text of a file beside the articles, where there is one."""
        path = self.root / name
        if path not in self.texts and not os.path.lexists(path):
            return None
        source = self.source(path)
        if isinstance(source, Source):
            return source
        if isinstance(source, Problem):
            problems.append(source)
        return None


def stamp_of(path: Path) -> Stamp | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino


def within(root: Path, texts: Mapping[Path, str]) -> dict[Path, str]:
    """The texts by the names under which the ledger's folder has their files; others are left out."""
    home = os.path.realpath(root)
    found = {}
    for path, text in texts.items():
        real = Path(os.path.realpath(path.parent), path.name)
        if real.is_relative_to(home):
            found[root / real.relative_to(home)] = text
    return found


def _is_article(path: Path) -> bool:
    """Whether a file of this name below the ledger's folder would be read as an article's."""
    hidden = any(part.startswith(".") for part in path.parts)
    return path.suffix == ".yaml" and not hidden and path.parts[0] not in (IMPORTS, PEOPLE_FILE, EVENTS_FILE)


def article_paths(root: Path, problems: list[Problem]) -> Iterator[Path]:
    """The files below ``root`` that should hold an article each, in the order of their names."""

    def unreadable(error: OSError) -> None:
        place = Span(shown(Path(error.filename)), 1, 1)
        hint = f"The system says: {error.strerror}."
        problems.append(Problem("P003", "error", place, "the folder cannot be read", hint))

    for folder, subfolders, files in os.walk(root, onerror=unreadable):
        here = Path(folder)
        own = (IMPORTS, PEOPLE_FILE, EVENTS_FILE) if here == root else ()
        names = [*files, *(name for name in subfolders if name.endswith(".yaml"))]
        subfolders[:] = sorted(
            name for name in subfolders if not name.startswith(".") and name not in (*names, *own)
        )
        for name in sorted(names):
            if name.startswith(".") or name in own:
                continue
            if name.endswith(".yaml"):
                yield here / name
            elif name.endswith(".yml"):
                problems.append(_misnamed(here / name))


def _misnamed(path: Path) -> Problem:
    hint = f"Rename it to {path.stem}.yaml."
    return Problem("P016", "warning", Span(shown(path), 1, 1), "only names that end in .yaml are read", hint)


def by_place(problem: Problem) -> tuple[str, int, int, str]:
    """The key that sorts problems by file, line and column."""
    span = problem.span
    return (span.path, span.line, span.column, problem.code) if span else ("", 0, 0, problem.code)


def desk_settings(root: Path) -> Settings:
    """The settings beside a ledger, defaults for what cannot be read; ``check`` tells the faults."""
    return settings_of(Desk(root, {}), [])


def settings_of(desk: Desk, problems: list[Problem]) -> Settings:
    source = desk.optional(SETTINGS_FILE, problems)
    if source is None:
        return Settings()
    settings, faults = read_settings(source)
    problems += faults
    return settings


def imported_of(
    desk: Desk, names: Names, like: Loaded | None, zone: tzinfo | None, taken: Collection[str]
) -> Imported:
    """What machines wrote, from ``like`` where none of their files has been written to."""
    stamps, would_be = machines_files(desk)
    known = like._imported if like and _of_machines(like.stamps, desk.root) == stamps else None  # noqa: SLF001
    if known is not None and known.places.keys().isdisjoint(taken):
        return known
    return read_imports(stamps, names, zone=zone, taken=taken, texts=would_be)


def machines_files(desk: Desk) -> tuple[dict[Path, Stamp | None], dict[Path, str]]:
    """The machines' files with their status, and the texts that stand in the place of some."""
    stamps = {path: stamp_of(path) for path in import_paths(desk.root)}
    would_be = {path: text for path, text in desk.texts.items() if is_import(path, desk.root)}
    stamps |= dict.fromkeys(would_be)
    desk.stamps.update(stamps)
    return stamps, would_be


def _of_machines(stamps: Mapping[Path, Stamp | None], root: Path) -> Mapping[Path, Stamp | None]:
    return {path: stamp for path, stamp in stamps.items() if path.is_relative_to(root / IMPORTS)}


def _forecasters(desk: Desk, problems: list[Problem]) -> tuple[Source | None, tuple[Forecaster, ...]]:
    source = desk.optional(PEOPLE_FILE, problems)
    if source is None:
        return None, ()
    forecasters, faults = read_forecasters(source)
    problems += faults
    return source, forecasters


def _events(desk: Desk, problems: list[Problem]) -> tuple[Event, ...]:
    source = desk.optional(EVENTS_FILE, problems)
    if source is None:
        return ()
    events, faults = read_events(source)
    problems += faults
    return events


def _enter(read: ArticleFile, records: dict[str, ArticleFile], problems: list[Problem]) -> Article | None:
    """The article of a file, its records entered; those whose id is taken are faults and left out."""
    keep: list[bool] = []
    for number, record_id in enumerate(read.ids):
        keep.append(record_id not in records)
        if keep[-1]:
            records[record_id] = read
        else:
            problems.append(_taken(*read.places[number], read.source, records[record_id]))
    article = read.article
    if article is None or all(keep):
        return article
    if not keep[0]:
        return None
    middle = 1 + len(article.conditions)
    return replace(
        article,
        conditions=tuple(compress(article.conditions, keep[1:middle])),
        predictions=tuple(compress(article.predictions, keep[middle:])),
    )


def _taken(record_id: str, node: Map, source: Source, first: ArticleFile) -> Problem:
    place = node.get("id") or node
    other = next(node for name, node in first.places if name == record_id)
    where = first.source.span((other.get("id") or other).start)
    hint = f"{where.path}:{where.line} has it. Ids are unique over articles, conditions and predictions."
    return source.problem("P201", (place.start, place.end), f"the id '{record_id}' is taken", hint)


__all__ = ["article_paths", "by_place", "find_ledger", "is_ledger", "load"]
