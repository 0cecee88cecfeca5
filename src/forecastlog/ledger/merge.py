"""Two people's versions of a file -> one that holds what both did, record by record.

Git's own ``union`` takes the lines of both sides, but those that both share only once: of two new records
at one place it makes a mixture, and an entry of the last record may silently end below somebody's new one.
Git calls this module instead in every clone where ``register`` has told it to. Where the two sides contradict
each other, and in other clones, git shows the conflict.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path as FilePath
from typing import Any, get_args

from forecastlog.errors import CannotEdit
from forecastlog.ledger import edit, layout, quoting, splice
from forecastlog.ledger.edit import Append, Data, Edit, NewRecord, Put, Section
from forecastlog.ledger.nodes import List
from forecastlog.ledger.splice import Path, Splice

SETTING = "merge.forecastlog.driver"
_MODULE = "forecastlog.ledger.merge"

Records = Mapping[str, tuple[int, Data]]
"""The records of a section by their ids, each with its place."""


def merge(base: str, ours: str, theirs: str, plain: str | None = None) -> str:
    """What both sides did to ``base``; ``plain`` is git's own merge, where that met no conflict.

    It is taken if it says what it should, because it keeps every comment. An id that both sides gave to
    something new stands twice then, for ``check`` to report. Raises CannotEdit where both changed one value,
    where theirs took something away, or where a comment of theirs has no place.
    """
    merged = _combined(base, ours, theirs)
    if plain is not None and _in_order(edit.data_of(plain)) == _in_order(edit.data_of(merged)):
        return plain
    _prove_comments(base, theirs, merged)
    return merged


def register(root: FilePath) -> bool:
    """Tell git to merge the ledger's files with this module in the clone that ``root`` lies in.

    False where that is no clone, does not ask for it in ``.gitattributes``, or has the setting already.
    """
    with suppress(OSError):
        if "merge=forecastlog" not in (root / ".gitattributes").read_text(encoding="utf-8"):
            return False
        python = shlex.quote(sys.executable).replace("%", "%%")
        plain = "git merge-file -q -L ours -L before -L theirs %A %O %B"
        driver = f"{python} -m {_MODULE} %A %O %B || {plain}"
        asked = _git(root, "config", "--local", "--get", SETTING)
        # Code 1 says that there is no such setting; one of another installation would call what may be gone.
        if asked.returncode == 1 or (not asked.returncode and asked.stdout.decode().strip() != driver):
            return _git(root, "config", "--local", SETTING, driver).returncode == 0
    return False


def _git(folder: FilePath, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(  # noqa: S603  # no argument is anybody's text
        ["git", *arguments],  # noqa: S607  # git is wherever the person's PATH has it
        cwd=folder,
        capture_output=True,
        check=False,
    )


def _combined(base: str, ours: str, theirs: str) -> str:
    """``ours`` with everything that ``theirs`` added to ``base`` or changed in it; new records come last."""
    old, own, other = (edit.data_of(text) if text.strip() else {} for text in (base, ours, theirs))
    if old.keys() - other.keys():
        raise CannotEdit("a section was removed.")
    edits: list[Edit] = []
    blocks: list[tuple[Section, str]] = []
    for key, value in other.items():
        if key not in get_args(Section):
            edits += _changes((key,), old.get(key), own.get(key), value)
    for section in get_args(Section):
        before, here, there = (_by_id(data.get(section)) for data in (old, own, other))
        if before.keys() - there.keys():
            raise CannotEdit("a record was removed.")
        for name, (number, record) in there.items():
            if name in before and name not in here:
                if record != before[name][1]:
                    raise CannotEdit(f"'{name}' was removed.")
            elif name in before:
                edits += _changes((section, here[name][0]), before[name][1], here[name][1], record)
            elif not here:
                edits.append(NewRecord(section, _typed(record)))
            elif name not in here or here[name][1] != record:
                blocks.append((section, _block(theirs, section, number)))
    return _with_blocks(edit.apply(ours, edits), blocks)


def _in_order(data: Data) -> Data:
    """The data with lists of entries in an order that does not depend on whose lines came first."""
    if isinstance(data, dict):
        return {key: _in_order(value) for key, value in data.items()}
    if _entries(data):
        return sorted((_in_order(item) for item in data), key=repr)
    return data


def _by_id(records: Data) -> Records:
    found: dict[str, tuple[int, Data]] = {}
    for number, record in enumerate(records or ()):
        name = record.get("id") if isinstance(record, dict) else None
        if not isinstance(name, str) or name in found:
            raise CannotEdit("a record has no id of its own.")
        found[name] = number, record
    return found


def _changes(path: Path, old: Data, own: Data, other: Data) -> Iterator[Edit]:
    """What ``other`` did to a value that ``own`` does not have yet."""
    if other in (old, own):
        return
    *around, last = path
    if isinstance(old, dict) and isinstance(own, dict) and isinstance(other, dict):
        if any(key in own for key in old.keys() - other.keys()):
            raise CannotEdit(f"something was removed from '{last}'.")
        for key, value in other.items():
            yield from _changes((*path, key), old.get(key), own.get(key), value)
    elif _entries(other) and _entries(old or []) and _entries(own or []):
        yield from _new_entries(path, old or [], own or [], other)
    elif own == old:
        yield Put(tuple(around), (last,), _typed(other))
    else:
        raise CannotEdit(f"both sides changed '{last}'.")


def _new_entries(path: Path, old: list[Any], own: list[Any], other: list[Any]) -> Iterator[Edit]:
    """Entries that were there may have been completed; what comes behind them is new."""
    *around, last = path
    if min(len(own), len(other)) < len(old):
        raise CannotEdit(f"an entry of '{last}' was removed.")
    for number, entry in enumerate(old):
        yield from _changes((*path, number), entry, own[number], other[number])
    for entry in other[len(old) :]:
        if entry not in own[len(old) :]:
            yield Append(tuple(around), str(last), _typed(entry))


def _entries(value: Data) -> bool:
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


def _typed(value: Data) -> Data:
    """Figures, days and flags as such, which are written without quotes."""
    if isinstance(value, dict):
        return {key: _typed(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_typed(item) for item in value]
    for kind in (date.fromisoformat, int, float, {"true": True, "false": False}.__getitem__):
        with suppress(ValueError, TypeError, KeyError):
            if quoting.plain_value(kind(value)) == value:
                return kind(value)
    return value


def _block(text: str, section: Section, number: int) -> str:
    """The lines of a record, with the comments and blank lines above it."""
    tree = edit.tree_of(text)
    found = tree.root.find(section)
    if not found or not isinstance(found[1], List) or found[1].flow:
        raise CannotEdit(f"'{section}' is written in brackets.")
    items, margin = found[1].items, layout.column(tree.text, found[1].start)
    if number:
        start = layout.after_lines(tree.text, layout.end_of(tree.text, items[number - 1]), margin)
    else:
        start = layout.next_line(tree.text, found[0].end)
    end = layout.after_lines(tree.text, layout.end_of(tree.text, items[number]), margin)
    return tree.text[start:end]


def _with_blocks(text: str, blocks: list[tuple[Section, str]]) -> str:
    """``text`` with records' lines at the ends of their sections, proved to be nothing more or less."""
    if not text.endswith("\n"):
        text += layout.newline_of(text)
    tree = edit.tree_of(text)
    expected = edit.data_of(text)
    splices = []
    for section, block in blocks:
        found = tree.root.get(section)
        if not isinstance(found, List) or found.flow:
            raise CannotEdit(f"'{section}' is written in brackets.")
        margin = layout.column(tree.text, found.start)
        place = layout.after_lines(tree.text, layout.end_of(tree.text, found), margin)
        lines = block if block.endswith("\n") else block + layout.newline_of(text)
        splices.append(Splice(place, place, lines))
        expected[section] += edit.data_of(f"{section}:\n{block}")[section]
    merged = splice.apply_splices(tree.text, splices)
    if edit.data_of(merged) != expected:
        raise CannotEdit("the records of the two sides are laid out in different ways.")
    return merged


def _prove_comments(base: str, theirs: str, merged: str) -> None:
    there = set(merged.splitlines()) | set(base.splitlines())
    if any(re.search(r"(^|\s)#", line) and line not in there for line in theirs.splitlines()):
        raise CannotEdit("a comment has no place in what both sides wrote.")


def _drive(ours: FilePath, base: FilePath, theirs: FilePath) -> int:
    """Merge for git, which takes the text from ``ours``; 1 where the sides contradict each other."""
    done = _git(FilePath.cwd(), "merge-file", "-q", "-p", str(ours), str(base), str(theirs))
    with suppress(CannotEdit, ValueError):
        before, own, other = (path.read_bytes().decode("utf-8") for path in (base, ours, theirs))
        plain = None if done.returncode else done.stdout.decode("utf-8")
        try:
            merged = merge(before, own, other, plain)
        except CannotEdit:  # what theirs took away, ours may only have added to
            merged = merge(before, other, own, plain)
        ours.write_bytes(merged.encode())
        return 0
    return 1


if __name__ == "__main__":
    sys.exit(_drive(*map(FilePath, sys.argv[1:])))
