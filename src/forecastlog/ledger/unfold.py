"""Entries written in braces on a line that is too long -> a key a line; what is said stays the same."""

from __future__ import annotations

from collections.abc import Iterator

from forecastlog.errors import CannotEdit
from forecastlog.ledger import layout
from forecastlog.ledger.edit import data_of, tree_of
from forecastlog.ledger.nodes import List, Map, Node, Scalar
from forecastlog.ledger.quoting import LINE
from forecastlog.ledger.splice import Splice, Tree, apply_splices


def unfold(text: str) -> str:
    """``text`` with every entry in braces that makes its line longer than ``LINE`` written a key a line.

    Each value keeps its quotation marks. Entries with a comment inside stay. Raises CannotEdit for what is no
    article's file, or where the change would say anything else.
    """
    tree = tree_of(text)
    mark = text[: len(text) - len(tree.text)]
    new = mark + apply_splices(tree.text, list(_splices(tree, tree.root)))
    if new != text and data_of(new) != data_of(text):
        raise CannotEdit("its long entries cannot be taken apart by a command.")
    return new


def _splices(tree: Tree, node: Node) -> Iterator[Splice]:
    """The long entries below a node that is written on lines of its own."""
    if isinstance(node, Map) and not node.flow:
        for key, value in node.pairs:
            if isinstance(value, Map) and _too_long(tree, value):
                colon = tree.text.index(":", key.end) + 1
                margin = layout.column(tree.text, node.start) + 2
                yield Splice(colon, value.end, _lines(tree, value, margin, ahead=True))
            else:
                yield from _splices(tree, value)
    elif isinstance(node, List) and not node.flow:
        for item in node.items:
            if isinstance(item, Map) and _too_long(tree, item):
                margin = layout.column(tree.text, item.start)
                yield Splice(item.start, item.end, _lines(tree, item, margin, ahead=False))
            else:
                yield from _splices(tree, item)


def _too_long(tree: Tree, node: Map) -> bool:
    if not node.flow or not node.pairs:
        return False
    start = layout.line_start(tree.text, node.start)
    written = tree.text[node.start : node.end]
    return node.end - start > LINE and "#" not in written and "\n" not in written


def _lines(tree: Tree, node: Map, margin: int, *, ahead: bool) -> str:
    newline = layout.newline_of(tree.text)
    first, *rest = _of_map(tree, node, margin)
    lines = [" " * margin + first if ahead else first, *(" " * margin + line for line in rest)]
    return (newline if ahead else "") + newline.join(lines)


def _of_map(tree: Tree, node: Map, margin: int) -> Iterator[str]:
    """A mapping as lines without their margin."""
    for key, value in node.pairs:
        head = tree.text[key.start : key.end] + ":"
        written = tree.text[value.start : value.end]
        line = f"{head} {written}".rstrip()
        if isinstance(value, Scalar) or margin + len(line) <= LINE or not _apart(value):
            yield line
        elif isinstance(value, Map):
            yield head
            yield from (f"  {inner}" for inner in _of_map(tree, value, margin + 2))
        else:
            yield head
            for item in value.items:
                yield from (f"  {inner}" for inner in _of_item(tree, item, margin + 2))


def _apart(node: List | Map) -> bool:
    """Whether it has entries to take apart: lists of plain values stay on their line."""
    return isinstance(node, Map) or any(isinstance(item, Map) for item in node.items)


def _of_item(tree: Tree, item: Node, margin: int) -> Iterator[str]:
    line = f"- {tree.text[item.start : item.end]}"
    if not isinstance(item, Map) or not item.pairs or margin + len(line) <= LINE:
        yield line
        return
    first, *rest = _of_map(tree, item, margin + 2)
    yield f"- {first}"
    yield from (f"  {inner}" for inner in rest)
