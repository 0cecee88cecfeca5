"""The tree of a YAML text: nodes that know their place.

Scalars stay text: what ``no`` or ``12:30`` means is for the field to say. ``composing.py`` makes them.
"""

from __future__ import annotations

from typing import Any, Protocol


class Scalar:
    """A piece of text; ``plain`` if written without quotes and not as a block."""

    __slots__ = ("end", "plain", "start", "value")

    def __init__(self, value: str, start: int, end: int, *, plain: bool) -> None:
        self.value = value
        self.start = start
        self.end = end
        self.plain = plain

    @property
    def empty(self) -> bool:
        """Whether nothing was written here: no text at all, ``~`` or ``null``."""
        return self.plain and self.value in ("", "~", "null")


class List:
    """A list; ``flow`` if written in square brackets."""

    __slots__ = ("end", "flow", "items", "start")
    empty = False

    def __init__(self, start: int, *, flow: bool) -> None:
        self.items: list[Node] = []
        self.start = start
        self.end = start
        self.flow = flow

    def add(self, node: Node) -> None:
        """Take the next entry."""
        self.items.append(node)


class Map:
    """Keys with values, in their order; ``flow`` if written in braces."""

    __slots__ = ("_key", "end", "flow", "pairs", "start")
    empty = False

    def __init__(self, start: int, *, flow: bool) -> None:
        self.pairs: list[tuple[Node, Node]] = []
        self._key: Node | None = None
        self.start = start
        self.end = start
        self.flow = flow

    def add(self, node: Node) -> None:
        """Take the next node, by turns a key and a value."""
        if self._key is None:
            self._key = node
        else:
            self.pairs.append((self._key, node))
            self._key = None

    def find(self, key: str) -> tuple[Scalar, Node] | None:
        """The first pair with this key, or None."""
        for name, value in self.pairs:
            if isinstance(name, Scalar) and name.value == key:
                return name, value
        return None

    def get(self, key: str) -> Node | None:
        """The value of the first such key, or None."""
        pair = self.find(key)
        return pair[1] if pair else None


Node = Scalar | List | Map


Data = str | list[Any] | dict[str, Any] | None
"""What nodes say: texts, lists and mappings; None for what is empty, ``~`` or ``null``."""


def plain(node: Node | None) -> Data:
    """What a node says; of a key that is given twice, the first."""
    if isinstance(node, List):
        return [plain(item) for item in node.items]
    if isinstance(node, Map):
        pairs = [(key.value, plain(value)) for key, value in node.pairs if isinstance(key, Scalar)]
        return dict(reversed(pairs))
    return None if node is None or node.empty else node.value


class Parser(Protocol):
    """What both of PyYAML's parsers offer."""

    def get_event(self) -> Any:
        """The next event, or None at the end."""


__all__ = ["Data", "List", "Map", "Node", "Parser", "Scalar", "plain"]
