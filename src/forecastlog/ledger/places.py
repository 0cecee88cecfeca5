"""Where records and their values stand in the files, looked for when somebody asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from forecastlog.ledger.nodes import Data, List, Map, Node, Scalar, plain
from forecastlog.ledger.people import ArticleFile, forecaster_places
from forecastlog.ledger.source import Source
from forecastlog.problems import Problem, Span


class RecordPlaces(Mapping[str, tuple[Source, Map]]):
    """Where each record stands, and what is written there, looked for when somebody asks."""

    def __init__(self, files: Mapping[str, ArticleFile | Problem]) -> None:
        self._files = files
        self._outline: Mapping[str, Data] = {}
        """Of the file that was asked for last: rules look at one after another."""

    def __getitem__(self, record_id: str) -> tuple[Source, Map]:
        file = self._file(record_id)
        return file.source, file.nodes[record_id]

    def said(self, record_id: str, path: Sequence[str | int]) -> Data | None:
        """What stands at the end of a path in a record, readable or not; None where nothing was written."""
        found: Any = self._outline.get(record_id)
        if found is None:
            try:
                file = self._file(record_id)
            except KeyError:
                return None
            outline = file.outline
            if outline is None:
                return plain(at(file.nodes[record_id], path))
            self._outline = outline
            found = outline[record_id]
        for step in path:
            if isinstance(step, str):
                found = found.get(step) if isinstance(found, dict) else None
            else:
                found = found[step] if isinstance(found, list) and 0 <= step < len(found) else None
        said: Data | None = found
        return said

    def let_go(self) -> None:
        """Forget what was looked up last."""
        self._outline = {}

    def _file(self, record_id: str) -> ArticleFile:
        file = self._files[record_id]
        if isinstance(file, Problem):
            raise KeyError(record_id)
        return file

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


class PeoplePlaces(Mapping[str, tuple[Source, Map]]):
    """Where each forecaster stands, looked for when somebody asks."""

    def __init__(self, source: Source | None) -> None:
        self._source = source
        self._known: dict[str, tuple[Source, Map]] | None = None

    def _all(self) -> dict[str, tuple[Source, Map]]:
        if self._known is None:
            source = self._source
            nodes = forecaster_places(source) if source else {}
            self._known = {key: (source, node) for key, node in nodes.items() if source}
        return self._known

    def __getitem__(self, key: str) -> tuple[Source, Map]:
        return self._all()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())


def at(node: Node | None, path: Sequence[str | int]) -> Node | None:
    """The node at the end of a path from another, or None where nothing was written."""
    for step in path:
        pair = _step(node, step) if node else None
        node = pair[1] if pair else None
    return node


def span_of(record: tuple[Source, Map] | None, path: tuple[str | int, ...]) -> Span | None:
    """The place of what is at the end of a path, or of the nearest thing around it that was written."""
    if record is None:
        return None
    source, root = record
    node: Node = root
    place: Node = root.get("id") or root
    for step in path:
        pair = _step(node, step)
        if pair is None:
            break
        key, node = pair
        place = node if isinstance(node, Scalar) or node.flow or key is None else key
    end = place.end if isinstance(place, Scalar) or place.flow else place.start + 1
    return source.span(place.start, end)


def _step(node: Node, step: str | int) -> tuple[Scalar | None, Node] | None:
    if isinstance(step, str):
        return node.find(step) if isinstance(node, Map) else None
    if isinstance(node, List) and 0 <= step < len(node.items):
        return None, node.items[step]
    return None
