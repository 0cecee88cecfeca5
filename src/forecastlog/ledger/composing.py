"""YAML text -> a tree of nodes that know their place.

Built from the parser's events, so that libyaml and the parser in Python give the same tree, anchors and
tags are seen where they stand, aliases are never followed, and no depth of nesting meets a recursion limit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from yaml.error import YAMLError
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from forecastlog.ledger.nodes import List, Map, Node, Parser, Scalar
from forecastlog.ledger.source import Source
from forecastlog.ledger.syntax import DEEPEST, MOST, QUESTION_MARK, TOO_DEEP, TOO_MANY, explain, stray_tab
from forecastlog.problems import Problem


def python_parser(text: str) -> Parser:
    """PyYAML's parser in Python, for where libyaml is absent."""
    from yaml.parser import Parser as EventParser
    from yaml.reader import Reader
    from yaml.scanner import Scanner

    class PythonParser(Reader, Scanner, EventParser):
        def __init__(self, stream: str) -> None:
            Reader.__init__(self, stream)
            Scanner.__init__(self)
            EventParser.__init__(self)

    return PythonParser(text)


def _available() -> Callable[[str], Parser]:
    try:
        from yaml._yaml import CParser
    except ImportError:
        return python_parser
    return CParser


fast_parser = _available()


def compose(
    source: Source, problems: list[Problem], parser: Callable[[str], Parser] = fast_parser
) -> Node | None:
    """The tree of the first document, or None where there is none to speak of; faults go to ``problems``."""
    builder = _Builder(source, problems)
    try:
        for event in _events(parser, source.text):
            if not builder.take(event):
                break
    except (YAMLError, ValueError, OverflowError) as error:  # the latter two: escapes beyond Unicode
        place, message, hint, code = explain(error, source.text)
        problems.append(source.problem(code, place, message, hint))
        return None
    if tab := stray_tab(source.text, builder.quoted):
        problems.append(source.problem("P001", *tab))
    return builder.root


def _events(parser: Callable[[str], Parser], text: str) -> Iterator[Any]:
    stream = parser(text)
    while True:
        event = stream.get_event()
        if event is None or event.__class__ is StreamEndEvent:
            return
        yield event


class _Builder:
    """Puts events together, with the open collections on a stack."""

    def __init__(self, source: Source, problems: list[Problem]) -> None:
        self.source = source
        self.problems = problems
        self.root: Node | None = None
        self.open: list[List | Map] = []
        self.quoted: list[tuple[int, int]] = []
        self.documents = 0
        self.count = 0

    def take(self, event: Any) -> bool:
        """Add one event to the tree; False when the rest of the text is not to be read."""
        kind = event.__class__
        start = event.start_mark.index
        if self.count > MOST:
            self.problems.append(self.source.problem("P003", (start, start + 1), *TOO_MANY))
            self.root = None
            return False
        if kind is ScalarEvent:
            self._scalar(event)
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            return self._collection(event, start)
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            self.open.pop().end = event.end_mark.index
        elif kind is AliasEvent:
            self._fault("P005", event, "'*' at the start of a value is read as a reference to another one")
            end = event.end_mark.index
            self._add(Scalar(self.source.text[start:end], start, end, plain=False))
        elif kind is DocumentStartEvent:
            self.documents += 1
            if self.documents > 1:
                self.problems.append(
                    self.source.problem(
                        "P007",
                        (start, start + 3),
                        "a second document starts here",
                        (
                            "A file holds one article. Remove the line '---', or move what follows to "
                            "its own file."
                        ),
                    )
                )
                return False
        return True

    def _scalar(self, event: Any) -> None:
        self._refuse_marks(event)
        start, end, plain = event.start_mark.index, event.end_mark.index, not event.style
        if not plain:
            self.quoted.append((start, end))
        if plain and "?" in event.value and self.open and self.open[-1].flow:
            self.problems.append(self.source.problem("P014", (start, end), *QUESTION_MARK))
        self._add(Scalar(event.value, start, end, plain=plain))

    def _collection(self, event: Any, start: int) -> bool:
        self._refuse_marks(event)
        flow = bool(event.flow_style)
        node = Map(start, flow=flow) if event.__class__ is MappingStartEvent else List(start, flow=flow)
        self._add(node)
        self.open.append(node)
        if len(self.open) > DEEPEST:
            self.problems.append(self.source.problem("P008", (start, start + 1), *TOO_DEEP))
            self.root = None
            return False
        return True

    def _add(self, node: Node) -> None:
        self.count += 1
        if self.open:
            self.open[-1].add(node)
        else:
            self.root = node

    def _refuse_marks(self, event: Any) -> None:
        if event.anchor is not None:
            self._fault("P005", event, "'&' at the start of a value is read as a name for it")
        if event.tag is not None:
            self._fault("P006", event, "'!' at the start of a value is read as its type")

    def _fault(self, code: str, event: Any, message: str) -> None:
        start = event.start_mark.index
        hint = "Quote the value if this is its text; else write the value out."
        self.problems.append(self.source.problem(code, (start, event.end_mark.index), message, hint))


__all__ = ["compose", "fast_parser", "python_parser"]
