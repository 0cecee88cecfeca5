"""What a command is about to write: proved by the rules of ``checks``, shown as a diff, carried out.

A plan that can be made can be written. ``planned`` reads what the ledger would hold, and refuses an error
that is not there already; the same is looked at again under the ledger's lock where somebody wrote meanwhile.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType

from forecastlog.checks import new_errors
from forecastlog.compose.undo import remember
from forecastlog.errors import CannotEdit, FileChanged, Refused, UnknownId, WouldBreak
from forecastlog.ledger import Loaded, edit, files, load
from forecastlog.ledger.edit import Edit, Put
from forecastlog.ledger.source import shown
from forecastlog.model.records import Article, Condition, Prediction

Texts = Mapping[Path, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Edits of files and new files, with what was read from words on the way; made by ``planned``.

    ``rewritten`` are whole new texts of files that are there. ``said`` are sentences to print; ``ids`` the
    records that are made or changed. ``based_on`` holds the texts of files whose edits go by position or
    whose texts are new, which must still be the same when they are written.
    """

    loaded: Loaded
    today: date
    edits: Mapping[Path, tuple[Edit, ...]] = field(default_factory=dict)
    new_files: Texts = field(default_factory=dict)
    rewritten: Texts = field(default_factory=dict)
    said: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    based_on: Texts = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to write."""
        return not self.edits and not self.new_files and not self.rewritten

    def diff(self) -> str:
        """The change as a unified diff; raises what carrying it out would raise for the files' texts."""
        changes = [(path, *texts) for path, texts in self.edited().items()]
        changes += [(path, "", text) for path, text in self.new_files.items()]
        return "".join(_diff(path, old, new) for path, old, new in changes)

    def carry_out(self, *, wait: float = 10.0) -> list[Path]:
        """Write everything; returns the files written.

        Raises as ``planned``, ``files.editing`` and its editor do.
        """
        if self.empty:
            return []
        root = self.loaded.root
        with files.editing(root, wait) as editor:
            now = load(root, like=self.loaded)
            edited = self.edited()
            if now.stamps != self.loaded.stamps:  # somebody wrote since this was proved
                _prove(self, now, edited)
            transforms = {path: _only(path, *texts) for path, texts in edited.items()}
            written = editor.write_all(transforms, self.new_files)
            before: dict[Path, str | None] = {path: texts[0] for path, texts in edited.items()}
            if self.ids:  # a new ledger is no edit of records
                remember(root, {path: before.get(path) for path in written})
            return written

    def edited(self) -> dict[Path, tuple[str, str]]:
        """The texts of the files to change, as they are and as they would be.

        Raises CannotEdit and FileChanged.
        """
        found = {}
        for path in (*self.edits, *self.rewritten):
            text = read_text(path)
            if self.based_on.get(path, text) != text:
                raise FileChanged(path)
            try:
                new = self.rewritten.get(path)
                found[path] = text, edit.apply(text, self.edits[path]) if new is None else new
            except CannotEdit as error:
                raise CannotEdit(f"{shown(path)}: {error}") from None
        return found


def planned(
    loaded: Loaded,
    today: date,
    *,
    edits: Mapping[Path, tuple[Edit, ...]] | None = None,
    new_files: Texts | None = None,
    texts: Texts = MappingProxyType({}),
    said: Sequence[str] = (),
    ids: Sequence[str] = (),
    based_on: Texts | None = None,
) -> Plan:
    """The plan, once the rules have nothing new against what would come of it.

    ``texts`` are whole files, new ones and new texts of those that are there.
    Raises WouldBreak for an error that the ledger has not, Refused where a new file has the name of one that
    is there, CannotEdit for what no splice can change, FileChanged.
    """
    for path in new_files or ():
        if path.exists():
            raise Refused(f"{path} exists already. Choose another id, or add to it.")
    rewritten = {path: text for path, text in texts.items() if path.exists()}
    plan = Plan(
        loaded=load(loaded.root, like=loaded),
        today=today,
        edits=edits or {},
        new_files={path: text for path, text in texts.items() if path not in rewritten}
        | dict(new_files or {}),
        rewritten=rewritten,
        said=tuple(said),
        ids=tuple(dict.fromkeys(ids)),
        based_on={path: read_text(path) for path in rewritten} | dict(based_on or {}),
    )
    if not plan.empty:
        _prove(plan, plan.loaded, plan.edited())
    return plan


def _prove(plan: Plan, now: Loaded, edited: Mapping[Path, tuple[str, str]]) -> None:
    would_be = {path: new for path, (_, new) in edited.items()} | dict(plan.new_files)
    after = load(now.root, like=now, texts=would_be)
    before = load(now.root, like=now, texts=_named(plan, edited))
    changed = {path for path, stamp in after.stamps.items() if stamp is None}
    if found := new_errors(before, after, changed, today=plan.today):
        raise WouldBreak(found)


def _named(plan: Plan, edited: Mapping[Path, tuple[str, str]]) -> Texts:
    """The texts in which a record gets its id, with nothing but that.

    What is wrong with it is not new then.
    """
    found = {}
    for path, edits in plan.edits.items():
        if names := [one for one in edits if isinstance(one, Put) and one.path == ("id",)]:
            found[path] = edit.apply(edited[path][0], names)
    return found


def _only(path: Path, proved: str, new: str) -> Callable[[str], str]:
    """A change that is made in the text that it was proved on, and in no other."""

    def transform(text: str) -> str:
        if text != proved:
            raise FileChanged(path)
        return new

    return transform


def record_of(loaded: Loaded, record_id: str) -> Article | Condition | Prediction:
    """The record with this id; raises UnknownId."""
    record = loaded.ledger.get(record_id)
    if record is None:
        raise UnknownId(record_id)
    return record


def prediction_of(loaded: Loaded, record_id: str) -> Prediction:
    """The prediction with this id; raises UnknownId."""
    record = record_of(loaded, record_id)
    if not isinstance(record, Prediction):
        raise UnknownId(record_id)
    return record


def article_of(loaded: Loaded, record_id: str) -> Article:
    """The article with this id; raises UnknownId."""
    record = record_of(loaded, record_id)
    if not isinstance(record, Article):
        raise UnknownId(record_id)
    return record


def judged(loaded: Loaded, record_id: str) -> Condition | Prediction:
    """The record with this id that can have an outcome; raises UnknownId, and Refused for an article."""
    record = record_of(loaded, record_id)
    if isinstance(record, Article):
        raise Refused(f"'{record_id}' is an article. Name its predictions, or the condition.")
    return record


def file_of(loaded: Loaded, record: Article | Condition | Prediction) -> Path:
    """The file in which a record stands; raises UnknownId for one that no person's file holds."""
    article = record.id if isinstance(record, Article) else record.article
    if isinstance(record, Prediction) and article is None:
        raise Refused(
            f"'{record.id}' was written by a machine, and its lines are never changed. "
            "A correction is a line of its own (docs/record.md); "
            "'forecastlog resolve' records what happened."
        )
    if article is None or article not in loaded.articles_files:
        raise UnknownId(record.id)
    return loaded.articles_files[article]


def read_text(path: Path) -> str:
    """A file's text with its line ends as they are; raises CannotEdit where it has none."""
    try:
        if path.exists() and not path.is_file():
            raise CannotEdit(f"{shown(path)} is no ordinary file.")
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
