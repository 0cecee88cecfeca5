"""Entries written in braces on a line that is too long -> a key a line; what is said stays the same."""

from __future__ import annotations

from collections.abc import Iterator

from forecastlog.errors import CannotEdit
from forecastlog.ledger.apart import taken_apart, too_long
from forecastlog.ledger.edit import data_of, tree_of
from forecastlog.ledger.nodes import List, Map, Node
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
    if not isinstance(node, Map | List) or node.flow:
        return
    for inner in [value for _, value in node.pairs] if isinstance(node, Map) else node.items:
        if isinstance(inner, Map) and too_long(tree, inner):
            yield taken_apart(tree, node, inner)
        else:
            yield from _splices(tree, inner)
