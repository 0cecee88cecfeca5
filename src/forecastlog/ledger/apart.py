"""An entry in braces, or a list of them in brackets, that is too long for a line -> a key a line."""

from __future__ import annotations

from collections.abc import Iterator

from forecastlog.ledger import layout
from forecastlog.ledger.nodes import List, Map, Node, Scalar
from forecastlog.ledger.quoting import LINE
from forecastlog.ledger.splice import Splice, Tree


def too_long(tree: Tree, node: Node | None) -> bool:
    """Whether it is an entry in braces, or a list, longer than ``LINE`` and without a comment inside."""
    if not isinstance(node, Map | List) or not node.flow or not _apart(node):
        return False
    start = layout.line_start(tree.text, node.start)
    written = tree.text[node.start : node.end]
    return node.end - start > LINE and "#" not in written and "\n" not in written


def taken_apart(tree: Tree, around: Map | List, node: Map | List) -> Splice:
    """The lines of what stands in a mapping or list on lines of its own."""
    if isinstance(around, Map):
        key = next(key for key, value in around.pairs if value is node)
        colon = tree.text.index(":", key.end) + 1
        margin = layout.column(tree.text, around.start) + 2
        return Splice(colon, node.end, _lines(tree, node, margin, ahead=True))
    return Splice(node.start, node.end, _lines(tree, node, layout.column(tree.text, node.start), ahead=False))


def _lines(tree: Tree, node: Map | List, margin: int, *, ahead: bool) -> str:
    newline = layout.newline_of(tree.text)
    first, *rest = _of_map(tree, node, margin) if isinstance(node, Map) else _of_list(tree, node, margin)
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
            yield from (f"  {inner}" for inner in _of_list(tree, value, margin + 2))


def _of_list(tree: Tree, node: List, margin: int) -> Iterator[str]:
    for item in node.items:
        yield from _of_item(tree, item, margin)


def _apart(node: List | Map) -> bool:
    """Whether it has entries to take apart: lists of plain values stay on their line."""
    return bool(node.pairs) if isinstance(node, Map) else any(isinstance(item, Map) for item in node.items)


def _of_item(tree: Tree, item: Node, margin: int) -> Iterator[str]:
    line = f"- {tree.text[item.start : item.end]}"
    if not isinstance(item, Map) or not item.pairs or margin + len(line) <= LINE:
        yield line
        return
    first, *rest = _of_map(tree, item, margin + 2)
    yield f"- {first}"
    yield from (f"  {inner}" for inner in rest)
