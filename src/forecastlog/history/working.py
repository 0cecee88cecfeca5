"""The ledger's files as they stand in the folder, by the digests that git would give them."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path

from forecastlog.history.git import Git
from forecastlog.history.reading import is_read
from forecastlog.ledger.imports import import_paths
from forecastlog.ledger.index import Index, digest_of
from forecastlog.ledger.loader import SETTINGS_FILE, stamp_of
from forecastlog.ledger.packed import Torn

BLOBS = "history blob"
"""Under which the index keeps git's digest of a text."""


class WorkingFiles:
    """Files of the folder; what the index knows of one stands in for its text."""

    def __init__(self, root: Path, git: Git, index: Index | None) -> None:
        self._root, self._git, self._index = root, git, index
        self._places: dict[str, Path] = {}
        self._new: dict[bytes, bytes] = {}

    @cached_property
    def blobs(self) -> dict[str, str]:
        """The digests of the files that people write, by their paths within the ledger."""
        found = {}
        for path in (*self._root.rglob("*.yaml"), self._root / SETTINGS_FILE):
            name = path.relative_to(self._root).as_posix()
            if is_read(name) and path.is_file():
                found[name] = self._blob(path)
                self._places[found[name]] = path
        if self._index and self._new:
            self._index.add(self._new, BLOBS)
        return found

    @cached_property
    def lines(self) -> dict[str, Path]:
        """The files that machines write, by their digests."""
        return {
            self._git.blob(path.read_bytes()): path for path in import_paths(self._root) if path.is_file()
        }

    def text(self, blob: str) -> str:
        """A file's text; what is no UTF-8 in it is replaced."""
        return self._places[blob].read_bytes().decode("utf-8", "replace")

    def _blob(self, path: Path) -> str:
        row = self._index.rows.get(os.fsencode(path.relative_to(self._root))) if self._index else None
        if self._index and row and row.stands(stamp_of(path)):
            try:
                return self._index.part(row.digest, BLOBS).decode()
            except Torn:
                pass
        content = path.read_bytes()
        blob = self._git.blob(content)
        if row and row.digest == digest_of(content):
            self._new[row.digest] = blob.encode()
        return blob
