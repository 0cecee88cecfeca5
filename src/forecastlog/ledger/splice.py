"""A change of one value in a YAML text, as the few characters to take out and to put in.

Nothing is re-printed: whatever a splice does not name stays as it is, byte for byte. Where the layout is
one that a splice cannot serve, CannotEdit says so and the file is for a person to edit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from forecastlog.errors import CannotEdit
from forecastlog.keys import Many, Shorthand, Table
from forecastlog.ledger import layout, quoting
from forecastlog.ledger.nodes import List, Map, Node, Scalar
from forecastlog.ledger.tables import FILE, PEOPLE

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Splice:
    """Put ``text`` in the place of what stands from ``start`` to ``end``.

    ``depth`` says how far inside the record it belongs: of two insertions at one place the deeper comes
    first, because what it belongs to ends there.
    """

    start: int
    end: int
    text: str
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Tree:
    """A text with its nodes; its last line is ended."""

    text: str
    root: Map

    def step(self, node: Node | None, key: str | int) -> Node | None:
        """The value of ``key`` in a mapping, or the item at a place of a list; None where there is none."""
        if isinstance(node, Map) and isinstance(key, str):
            if sum(isinstance(name, Scalar) and name.value == key for name, _ in node.pairs) > 1:
                raise CannotEdit(f"'{key}' stands there twice. Remove one of them.")
            return node.get(key)
        if isinstance(node, List) and isinstance(key, int):
            return node.items[key] if 0 <= key < len(node.items) else None
        return None

    def walk(self, path: Path) -> tuple[Node, bool]:
        """The node at ``path``, and whether it stands inside brackets or is written in them."""
        node: Node = self.root
        in_flow = False
        for key in path:
            found = self.step(node, key)
            if found is None:
                raise CannotEdit(f"there is no {_name(path)} here to write to.")
            node = found
            in_flow = in_flow or (not isinstance(node, Scalar) and node.flow)
        return node, in_flow


def put(tree: Tree, path: Path, value: object) -> Splice:
    """Set the value at ``path``, or insert its key; the mapping or list around it must be there."""
    parent, in_flow = tree.walk(path[:-1])
    old = tree.step(parent, path[-1])
    if old is not None:
        return _replace(tree, parent, old, path, value, in_flow=in_flow)
    if not isinstance(parent, Map) or not isinstance(path[-1], str):
        raise CannotEdit(f"there is no {_name(path)} here to write to.")
    if in_flow:
        return _insert_in_braces(tree, parent, path, value)
    return _insert_lines_of_key(tree, parent, path, value)


def append(tree: Tree, path: Path, entry: Mapping[str, object]) -> Splice:
    """Add ``entry`` to the end of the list at ``path``, which is made where it is missing or empty.

    An entry is one line where it fits one, else a key a line; a whole record (``path`` of one key) is a
    block.
    """
    parent, in_flow = tree.walk(path[:-1])
    value = tree.step(parent, path[-1])
    if value is None:
        return put(tree, path, [entry])
    if not isinstance(value, List) and not value.empty:
        raise CannotEdit(f"{_name(path)} is not a list. Write its entries as lines that begin with '- '.")
    if isinstance(value, List) and value.items:
        if value.flow:
            end = layout.end_of(tree.text, value.items[-1])
            return Splice(end, end, f", {quoting.flow(entry)}")
        return _insert_item(tree, value, path, entry)
    if in_flow:
        inner = tree.text[value.start + 1 : value.end - 1] if isinstance(value, List) else ""
        return Splice(value.start, value.end, f"[{quoting.flow(entry)}{inner}]")
    return _open_list(tree, parent, value, path, entry)


def apply_splices(text: str, splices: Sequence[Splice]) -> str:
    """``text`` with every splice made; those alike in place and depth in the order given.

    None may overlap.
    """
    parts, place = [], 0
    for splice in sorted(splices, key=lambda splice: (splice.start, splice.end, -splice.depth)):
        parts += [text[place : splice.start], splice.text]
        place = splice.end
    return "".join([*parts, text[place:]])


def _replace(tree: Tree, parent: Node, old: Node, path: Path, value: object, *, in_flow: bool) -> Splice:
    text = tree.text
    if isinstance(old, Scalar) and layout.style(text, old) in ("|", ">"):
        return _replace_block_text(text, old, value)
    if isinstance(old, Scalar) and not isinstance(value, Mapping | list | tuple):
        written = quoting.restyled(
            value, layout.style(text, old), in_flow=in_flow, indent=0, newline=layout.newline_of(text)
        )
    elif isinstance(old, Scalar) or (old.flow and "#" not in text[old.start : old.end]):
        written = quoting.flow(value)
    else:
        raise CannotEdit(f"{_name(path)} stands over several lines, which only an editor can change.")
    if old.start < old.end:
        return Splice(old.start, old.end, written)
    # Nothing stood there: write behind the colon or dash, wherever the parser puts an empty value.
    start = _colon(tree, parent, path[-1]) if isinstance(parent, Map) else old.start
    return Splice(start, start, f" {written}")


def _replace_block_text(text: str, old: Scalar, value: object) -> Splice:
    """Swap a folded or literal text; a comment behind its header stays, as do the blank lines below it."""
    header_end = layout.next_line(text, old.start)
    header = text[old.start : header_end].rstrip("\r\n")
    indent, newline = layout.block_indent(text, old.start), layout.newline_of(text)
    style = layout.style(text, old)
    first, *rest = quoting.restyled(value, style, in_flow=False, indent=indent, newline=newline).split(
        newline
    )
    comment = header[len(header.split(" #")[0].rstrip()) :] if " #" in header else ""
    return Splice(old.start, layout.end_of(text, old), newline.join([first + comment, *rest]))


def _insert_in_braces(tree: Tree, parent: Map, path: Path, value: object) -> Splice:
    pair = f"{path[-1]}: {quoting.flow(value)}"
    before = _before(parent, path)
    if before is not None:
        end = max(before[0].end, layout.end_of(tree.text, before[1]))
        return Splice(end, end, f", {pair}")
    if parent.pairs:
        start = parent.pairs[0][0].start
        return Splice(start, start, f"{pair}, ")
    return Splice(parent.start, parent.end, f"{{{pair}{tree.text[parent.start + 1 : parent.end - 1]}}}")


def _insert_lines_of_key(tree: Tree, parent: Map, path: Path, value: object) -> Splice:
    text = tree.text
    margin = layout.column(text, parent.start)
    lines = _lines_of_key(str(path[-1]), value, margin, dashes=_dashes(tree), whole=len(path) == 1)
    before = _before(parent, path)
    if before is None:
        return Splice(parent.start, parent.start, _joined(text, lines).lstrip(" ") + " " * margin)
    if len(path) == 1 and _spaced(text, [name for name, _ in parent.pairs]):
        lines.insert(0, "")
    end = max(before[0].end, layout.end_of(text, before[1]))
    return _lines_at(text, layout.after_lines(text, end, margin), lines, depth=len(path))


def _insert_item(tree: Tree, value: List, path: Path, entry: Mapping[str, object]) -> Splice:
    text = tree.text
    margin = layout.column(text, value.start)
    if text[value.start - margin : value.start].strip(" "):
        raise CannotEdit(
            f"the entries of {_name(path)} begin on the line of their key. Give them lines of their own."
        )
    place = layout.after_lines(text, layout.end_of(text, value), margin)
    lines = _item(entry, margin, whole=len(path) == 1)
    if len(path) == 1 and _spaced(text, value.items):
        lines.insert(0, "")
    return _lines_at(text, place, lines, depth=len(path) + 1)


def _open_list(tree: Tree, parent: Node, value: Node, path: Path, entry: Mapping[str, object]) -> Splice:
    """Turn ``key:`` or ``key: []`` into a list of one entry; a comment on the line stays."""
    text = tree.text
    if not isinstance(parent, Map):
        raise CannotEdit(f"{_name(path)} is not a list. Write its entries as lines that begin with '- '.")
    margin = layout.column(text, parent.start)
    colon = _colon(tree, parent, path[-1])
    inner = text[value.start + 1 : value.end - 1] if isinstance(value, List) else ""
    if inner.strip():
        return Splice(value.start, value.end, f"[{quoting.flow(entry)}{inner}]")
    end = max(value.end, colon)
    place = layout.next_line(text, end)
    lines = _item(entry, margin + _dashes(tree), whole=len(path) == 1)
    rest = text[end:place]
    below = _joined(text, lines)
    return Splice(colon, place, rest + below if rest.strip() else rest.lstrip(" \t") + below)


def _before(parent: Map, path: Path) -> tuple[Node, Node] | None:
    """The pair to write a new key behind: the lowest one that comes before it in the order of the record."""
    order = _order(path[:-1])
    rank = order.get(str(path[-1]), len(order))
    found = None
    for name, value in parent.pairs:
        if isinstance(name, Scalar) and order.get(name.value, -1) < rank:
            found = (name, value)
    return found


def _order(path: Path) -> dict[str, int]:
    """The rank of every key of the mapping at ``path``; empty where the record does not say."""
    reader: object = PEOPLE if path[:1] == ("forecasters",) else FILE
    for key in path:
        if isinstance(key, int):
            reader = reader.of if isinstance(reader, Many) else None
        else:
            reader = (
                reader.by_name[key].reader if isinstance(reader, Table) and key in reader.by_name else None
            )
        reader = reader.table if isinstance(reader, Shorthand) else reader
    return {row.name: rank for rank, row in enumerate(reader.keys)} if isinstance(reader, Table) else {}


def _lines_of_key(key: str, value: object, margin: int, *, dashes: int, whole: bool) -> list[str]:
    if isinstance(value, list) and value and all(isinstance(item, Mapping) for item in value):
        items = (line for item in value for line in _item(item, margin + dashes, whole=whole))
        return [f"{' ' * margin}{key}:", *items]
    return quoting.block({key: value}, margin)


def _item(entry: Mapping[str, object], margin: int, *, whole: bool) -> list[str]:
    return quoting.item(entry, margin, whole=whole)


def _lines_at(text: str, place: int, lines: list[str], *, depth: int) -> Splice:
    """Whole lines at the start of a line."""
    return Splice(place, place, _joined(text, lines), depth)


def _joined(text: str, lines: list[str]) -> str:
    newline = layout.newline_of(text)
    return "".join(line + newline for line in lines)


def _colon(tree: Tree, parent: Map, key: str | int) -> int:
    """Where the colon behind a key ends."""
    pair = parent.find(str(key))
    assert pair is not None  # noqa: S101 - the caller found its value
    return tree.text.index(":", pair[0].end) + 1


def _dashes(tree: Tree) -> int:
    """How far this file's lists stand from their keys, as its own first list shows it."""
    for name, value in tree.root.pairs:
        if isinstance(value, List) and not value.flow and value.items:
            return max(0, layout.column(tree.text, value.start) - layout.column(tree.text, name.start))
    return 2


def _spaced(text: str, nodes: Sequence[Node]) -> bool:
    """Whether the last of some nodes that follow each other is set off by a blank line."""
    if len(nodes) < 2:
        return False
    place = layout.line_start(text, nodes[-1].start)
    while place > 0:
        above = layout.line_start(text, place - 1)
        line = text[above:place].strip()
        if not line.startswith("#"):
            return line == ""
        place = above
    return False


def _name(path: Path) -> str:
    """How a place is written in a sentence."""
    shown = "".join(f"[{key + 1}]" if isinstance(key, int) else f".{key}" for key in path)
    return f"'{shown.lstrip('.')}'"
