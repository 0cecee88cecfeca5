"""What a command is about to write, so that it can be shown first; carrying it out is a step of its own."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from forecastlog.errors import CannotEdit, FileChanged, UnknownId
from forecastlog.ledger import Loaded, edit, files
from forecastlog.ledger.edit import Edit
from forecastlog.ledger.source import shown
from forecastlog.model import Article, Condition, Prediction


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Edits of files and new files, with what was read from words on the way.

    ``said`` are sentences to print; ``ids`` the records that are made or changed. ``based_on`` holds the
    texts of files whose edits go by position, which must still be the same when they are written.
    """

    edits: Mapping[Path, tuple[Edit, ...]] = field(default_factory=dict)
    new_files: Mapping[Path, str] = field(default_factory=dict)
    said: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    based_on: Mapping[Path, str] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to write."""
        return not self.edits and not self.new_files

    def diff(self) -> str:
        """The change as a unified diff; raises what carrying it out would raise for the files' texts."""
        changes = [(path, read_text(path), self._transform(path)(read_text(path))) for path in self.edits]
        changes += [(path, "", text) for path, text in self.new_files.items()]
        return "".join(_diff(path, old, new) for path, old, new in changes)

    def carry_out(self, root: Path, *, wait: float = 10.0) -> list[Path]:
        """Write everything; returns the files written. Raises as ``files.editing`` and its editor do."""
        if self.empty:
            return []
        with files.editing(root, wait) as editor:
            return editor.write_all({path: self._transform(path) for path in self.edits}, self.new_files)

    def _transform(self, path: Path) -> Callable[[str], str]:
        def transform(text: str) -> str:
            if self.based_on.get(path, text) != text:
                raise FileChanged(path)
            return edit.apply(text, self.edits[path])

        return transform


def prediction_of(loaded: Loaded, record_id: str) -> Prediction:
    """The prediction with this id; raises UnknownId."""
    record = loaded.ledger.get(record_id)
    if not isinstance(record, Prediction):
        raise UnknownId(record_id)
    return record


def file_of(loaded: Loaded, record: Article | Condition | Prediction) -> Path:
    """The file in which a record stands; raises UnknownId for one that no person's file holds."""
    article = record.id if isinstance(record, Article) else record.article
    if article is None or article not in loaded.articles_files:
        raise UnknownId(record.id)
    return loaded.articles_files[article]


def read_text(path: Path) -> str:
    """A file's text with its line ends as they are; raises CannotEdit where it has none."""
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise CannotEdit(f"{shown(path)} cannot be read: {(error.strerror or str(error)).lower()}.") from None
    except UnicodeDecodeError:
        raise CannotEdit(f"{shown(path)} is not UTF-8. Save it as UTF-8 and try again.") from None


def _diff(path: Path, old: str, new: str) -> str:
    lines = difflib.unified_diff(
        old.splitlines(keepends=True),
        new.splitlines(keepends=True),
        str(path) if old else "/dev/null",
        str(path),
    )
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )
