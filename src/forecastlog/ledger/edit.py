"""Edits of an article's file: text in, text out, everything else untouched.

Every edit is proved before its text is handed back: the new text must parse to what the old one parsed to
plus exactly the change. Comments cannot be lost, because splices never take out more than one value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any, Literal, get_args

from forecastlog.errors import CannotEdit
from forecastlog.ledger import layout, quoting, splice
from forecastlog.ledger.apart import taken_apart, too_long
from forecastlog.ledger.composing import compose
from forecastlog.ledger.nodes import List, Map, Node, Scalar
from forecastlog.ledger.source import Source
from forecastlog.ledger.splice import Path, Splice, Tree
from forecastlog.problems import Problem

Section = Literal["predictions", "conditions", "forecasters"]
Place = str | tuple[str | int, ...]
"""A record's id; or the path to one that has none yet, such as ``("predictions", 2)`` or ``("article",)``."""

Data = Any
"""What a YAML text says, as nested dictionaries, lists and texts."""


@dataclass(frozen=True, slots=True)
class Append:
    """One more entry of a record's list, such as its forecasts or resolutions, on a line of its own."""

    record: Place
    key: str
    entry: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Put:
    """A value set or inserted, such as ``("deadline", "latest")``."""

    record: Place
    path: Path
    value: object


@dataclass(frozen=True, slots=True)
class NewRecord:
    """One more prediction, condition or forecaster, in block style at the end of its section.

    Refused where the file has a record of that id already: somebody else may just have added it.
    """

    section: Section
    record: Mapping[str, object]


Edit = Append | Put | NewRecord


def apply(text: str, edits: Sequence[Edit]) -> str:
    """``text`` with every edit made, in their order.

    Raises CannotEdit where a place is not there, the layout is beyond a splice, or the text does not parse.
    """
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    left_open = "" if text.endswith(("\n", "\r")) else layout.newline_of(text)
    tree = before = tree_of(text + left_open)
    expected = _plain(tree.root)
    pending = list(edits)
    while pending:
        splices, pending = _round(tree, pending, expected)
        tree = tree_of(splice.apply_splices(tree.text, splices), proof=True)
    if grown := list(_grown(before, tree, edits)):
        tree = tree_of(splice.apply_splices(tree.text, grown), proof=True)
    if _plain(tree.root) != expected:
        raise CannotEdit("the change would alter something else as well. Make it in an editor.")
    last_line = text[layout.line_start(text, len(text)) :] + left_open
    return mark + (tree.text.removesuffix(left_open) if tree.text.endswith(last_line) else tree.text)


def data_of(text: str) -> dict[str, Data]:
    """What an article's file says, as text throughout; None for what was left empty. Raises CannotEdit."""
    data: dict[str, Data] = _plain(tree_of(text).root)
    return data


def new_article(
    article: Mapping[str, object],
    *,
    conditions: Sequence[Mapping[str, object]] = (),
    predictions: Sequence[Mapping[str, object]] = (),
) -> str:
    """The text of a new article's file."""
    text = "\n".join(["article:", *quoting.block(article, 2)]) + "\n"
    sections: list[tuple[Section, Sequence[Mapping[str, object]]]] = [
        ("conditions", conditions),
        ("predictions", predictions),
    ]
    return apply(text, [NewRecord(section, record) for section, records in sections for record in records])


def tree_of(text: str, *, proof: bool = False) -> Tree:
    """The nodes of an article's file.

    Raises CannotEdit, in other words where it is a ``proof`` of our own.
    """
    source = Source(text, FilePath(), name="line")
    problems: list[Problem] = []
    root = compose(source, problems)
    if proof and (problems or not isinstance(root, Map)):
        raise CannotEdit("the change would spoil the layout of the file. Make it in an editor.")
    if problems:
        span = problems[0].span
        raise CannotEdit(
            f"{f'line {span.line}: ' if span else ''}{problems[0].message}. {problems[0].hint}".strip()
        )
    if not isinstance(root, Map):
        raise CannotEdit("the file holds no article. Begin it with 'article:'.")
    return Tree(source.text, root)


def _round(tree: Tree, edits: list[Edit], expected: Data) -> tuple[list[Splice], list[Edit]]:
    """The splices of as many edits as can be made on one reading of the text, and the edits that are left.

    A round ends before an edit of a value that an earlier one of the round has made, or that lies around or
    inside it. The data are changed alike.
    """
    ids = _ids(tree)
    splices: list[Splice] = []
    replaced: set[tuple[int, int]] = set()
    taken: set[Path] = set()
    around: set[Path] = set()
    for number, edit in enumerate(edits):
        if (
            number
            and not isinstance(edit, NewRecord)
            and isinstance(edit.record, str)
            and edit.record not in ids
        ):
            return splices, edits[number:]  # an earlier edit may just have made this record
        path = _target(ids, edit)
        heads = {path[:length] for length in range(1, len(path) + 1)}
        if heads & taken or path in around:
            return splices, edits[number:]
        made = _splice(tree, edit, path)
        if (made.start, made.end) in replaced:  # both would fill the same empty brackets
            return splices, edits[number:]
        if made.start < made.end:
            replaced.add((made.start, made.end))
        splices.append(made)
        taken.add(path)
        around |= heads
        _change(expected, edit, path)
    return splices, []


def _grown(before: Tree, now: Tree, edits: Sequence[Edit]) -> Iterator[Splice]:
    """Entries in braces, alone or listed, that the edits made too long for a line, a key a line.

    Those that were it before stay.
    """
    ids = {**_ids(before), **_ids(now)}  # a record that got another id stands where it stood
    seen: set[Path] = set()
    for edit in edits:
        path = _target(ids, edit) if isinstance(edit, Put) else ()
        around: Node = now.root
        old: Node | None = before.root
        for length, key in enumerate(path, 1):
            node = now.step(around, key)
            old = before.step(old, key)
            if isinstance(node, Map | List) and isinstance(
                around, Map if isinstance(node, List) else Map | List
            ):
                if path[:length] not in seen and too_long(now, node) and not too_long(before, old):
                    yield taken_apart(now, around, node)
                seen.add(path[:length])
            if not isinstance(node, Map | List) or node.flow:
                break
            around = node


def _target(ids: Mapping[str, list[Path]], edit: Edit) -> Path:
    """The path of the value that an edit sets, or of the list that it adds to."""
    if isinstance(edit, NewRecord):
        if edit.record.get("id") in ids:
            raise CannotEdit(f"the id '{edit.record['id']}' stands in this file already. Choose another.")
        return (edit.section,)
    base = edit.record
    if isinstance(base, str):
        found = ids.get(base, [])
        if len(found) != 1:
            raise CannotEdit(f"the id '{base}' stands {'twice' if found else 'nowhere'} in this file.")
        base = found[0]
    return (*base, edit.key) if isinstance(edit, Append) else (*base, *edit.path)


def _ids(tree: Tree) -> dict[str, list[Path]]:
    """Where the record with each id stands."""
    found: dict[str, list[Path]] = {}
    for name, value in tree.root.pairs:
        section = name.value if isinstance(name, Scalar) else ""
        if section == "article":
            found.setdefault(_id(value), []).append(("article",))
        elif section in get_args(Section) and isinstance(value, List):
            for number, item in enumerate(value.items):
                found.setdefault(_id(item), []).append((section, number))
    return found


def _id(node: Node) -> str:
    value = node.get("id") if isinstance(node, Map) else None
    return value.value if isinstance(value, Scalar) else ""


def _splice(tree: Tree, edit: Edit, path: Path) -> Splice:
    match edit:
        case Put(value=value):
            return splice.put(tree, path, value)
        case Append(entry=entry) | NewRecord(record=entry):
            return splice.append(tree, path, entry)


def _plain(node: Node) -> Data:
    """What a node says: mappings, lists and text; None where nothing was written."""
    if isinstance(node, Scalar):
        # Whether a last line had its line end is no difference in what it says.
        return None if node.empty else node.value.rstrip("\n") if not node.plain else node.value
    if isinstance(node, List):
        return [_plain(item) for item in node.items]
    counted: dict[tuple[str, int], Any] = {}
    result: dict[Any, Any] = {}
    for name, value in node.pairs:
        key = _plain(name) if isinstance(name, Scalar) else repr(_plain(name))
        number = counted[key, 0] = counted.get((key, 0), 0) + 1
        result[key if number == 1 else (key, number)] = _plain(value)
    return result


def _change(data: Data, edit: Edit, path: Path) -> None:
    """Make the same edit on the data: what the new text has to say."""
    *way, last = path
    for key in way:
        data = data[key]
    if isinstance(edit, Put):
        data[last] = _stripped(quoting.plain_value(edit.value))
        return
    entry = edit.record if isinstance(edit, NewRecord) else edit.entry
    data[last] = [*(data.get(last) or []), _stripped(quoting.plain_value(entry))]


def _stripped(value: object) -> object:
    if isinstance(value, dict):
        return {key: _stripped(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_stripped(item) for item in value]
    return value.rstrip("\n") if isinstance(value, str) else value
