"""Nodes + a table -> plain values, with every fault on the way."""

from __future__ import annotations

from datetime import tzinfo
from typing import Any, NamedTuple

from forecastlog.keys import AnyReader, Anything, Either, Key, Many, Mapped, Shorthand, Table
from forecastlog.kinds import BINARY, KINDS
from forecastlog.ledger.nodes import List, Map, Node, Scalar
from forecastlog.ledger.source import Source
from forecastlog.ledger.tables import PREDICTION, PREDICTION_OF, WORDS
from forecastlog.model.moments import When
from forecastlog.problems import Problem, Severity
from forecastlog.values import YES, Reader, Unreadable, brief

MOST_HINTS = 200

Values = dict[str, Any]
"""What a table's entry says, by key: absent where nothing, or nothing readable, was written."""


class Reading(NamedTuple):
    """The file being read, and the faults found in it so far."""

    source: Source
    problems: list[Problem]
    zone: tzinfo | None = None
    """Whose days are counted; None where a time belongs to the day written."""

    def fault(
        self, code: str, node: Node, message: str, hint: str = "", *, severity: Severity = "error"
    ) -> None:
        """Report one fault at a node; of a collection, its beginning is shown."""
        end = node.end if isinstance(node, Scalar) else node.start + 1
        self.problems.append(self.source.problem_of(severity, code, (node.start, end), message, hint))

    def entry(self, table: Table, node: Node) -> Values:
        """The values of one entry."""
        if blank(node):
            return {}
        if not isinstance(node, Map):
            hint = "Write its keys as 'key: value', one a line, or in { } with commas between."
            self.fault("P012", node, f"{table.name} is wanted here, with its keys", hint)
            return {}
        if table is PREDICTION:
            return self._draft(node) if _is_draft(node) else self._prediction(node)
        return self._keys(table, node)

    def _draft(self, node: Map) -> Values:
        """The values of a prediction that is still being written.

        Its faults hold nobody up, and are notes.
        """
        quiet = Reading(self.source, [], self.zone)
        values = quiet._prediction(node)
        self.problems.extend(fault._replace(severity="note") for fault in quiet.problems)
        return values

    def _prediction(self, node: Map) -> Values:
        """The values of a prediction, as its kind reads them.

        One of an unknown kind has one fault, not one a key.
        """
        kind = node.get("kind")
        if isinstance(kind, Scalar) and not kind.empty and kind.value not in KINDS:
            quiet = Reading(self.source, [], self.zone)
            values = quiet._keys(PREDICTION, node)
            self.value("kind", PREDICTION.by_name["kind"].reader, kind)
            return {**values, "kind": kind.value, "forecasts": (), "resolutions": ()}
        own = kind.value if isinstance(kind, Scalar) and not kind.empty else BINARY.name
        return self._keys(PREDICTION_OF[own], node)

    def _keys(self, table: Table, node: Map) -> Values:
        values: Values = {}
        seen: dict[str, Scalar] = {}
        for key, value in node.pairs:
            if not isinstance(key, Scalar):
                self.fault("P013", key, "a key is a single word", "Quote the text if it is a value.")
            elif key.value in seen:
                first = self.source.span(seen[key.value].start).line
                self.fault("P004", key, f"'{key.value}' is given twice", f"First in line {first}; keep one.")
            else:
                seen[key.value] = key
                self._key(table, node, key, value, values)
        for needed in table.required:
            pair = node.find(needed.name)
            kept_back = needed.name in WORDS and "withheld" in values
            if (pair is None or blank(pair[1])) and not kept_back:
                self._missing(table, needed, node)
        return values

    def _key(self, table: Table, node: Map, name: Scalar, value: Node, values: Values) -> None:
        key = table.by_name.get(name.value)
        if key is None:
            self._unknown(table, node, name, value)
        elif blank(value):
            if node.flow and value.empty:
                self.fault("P011", name, f"'{key.name}' has no value", "Give it one, or leave the key out.")
        else:
            result = self.value(key.name, key.reader, value)
            if result is not None:
                values[key.name] = result

    def value(self, key: str, reader: AnyReader, node: Node) -> Any:
        """The value of a node as its reader reads it, or None where it cannot be read."""
        found: Any = None
        match reader:
            case Reader():
                found = self._scalar(key, reader, node)
            case Table():
                found = self.entry(reader, node)
            case Many():
                found = self._many(key, reader, node)
            case Shorthand() if isinstance(node, Scalar):
                found = {reader.key: self.value(key, reader.table.by_name[reader.key].reader, node)}
            case Shorthand():
                found = self.entry(reader.table, node)
            case Mapped():
                found = self._mapped(key, reader, node)
            case Either() | Anything():
                pass  # a prediction of no known kind, whose own table would say how to read it
        return found

    def _scalar(self, key: str, reader: Reader, node: Node) -> Any:
        if not isinstance(node, Scalar):
            what = "a list" if isinstance(node, List) else "a mapping, 'key: value'"
            self.fault("P012", node, f"'{key}' takes one text, and this is {what}", "Quote it if it is text.")
            return None
        try:
            value = reader.read(node.value.strip())
        except Unreadable as error:
            self.fault(error.code, node, error.clause(key, node.value), error.hint)
            return None
        return value.in_zone(self.zone) if self.zone and isinstance(value, When) else value

    def _many(self, key: str, many: Many, node: Node) -> tuple[Any, ...]:
        if not isinstance(node, List):
            entries = isinstance(many.of, Table)
            hint = "Start every entry with '- '." if entries else "Write [one, another], even for one alone."
            self.fault("P012", node, f"'{key}' takes a list", hint)
            return ()
        for item in node.items:
            if blank(item):
                self.fault("P011", item, f"an entry of '{key}' is empty", "Give it a value, or delete it.")
        read = (self.value(key, many.of, item) for item in node.items)
        return tuple(value for value in read if value is not None)

    def _mapped(self, key: str, mapped: Mapped, node: Node) -> tuple[tuple[Any, Any], ...]:
        if not isinstance(node, Map):
            self.fault("P012", node, f"'{key}' takes pairs", "Write {a: 45%, b: 55%}.")
            return ()
        found: dict[Any, Any] = {}
        for name, inner in node.pairs:
            read = self.value(f"a key of '{key}'", mapped.key, name)
            value = self.value(name.value if isinstance(name, Scalar) else key, mapped.value, inner)
            if read in found:
                self.fault("P004", name, f"'{read}' is given twice in '{key}'", "Keep one.")
            elif read is not None and value is not None:
                found[read] = value
        # What could be read in part says something else than was written.
        return tuple(found.items()) if len(found) == len(node.pairs) else ()

    def _missing(self, table: Table, key: Key, node: Map) -> None:
        place = node.get("id") or next((name for name, _ in node.pairs), node)
        hint = f"Add '{key.name}:': {key.meaning}."
        self.fault("P100", place, f"{table.name} lacks '{key.name}'", hint)

    def _unknown(self, table: Table, node: Map, key: Scalar, value: Node) -> None:
        word = brief(key.value)
        if key.value in table.foreign:
            self.fault(
                "P112", key, f"'{word}' belongs to another kind of prediction", table.foreign[key.value]
            )
            return
        # A file that is no record at all may have a million keys, and looking for the nearest takes time.
        few = len(self.problems) < MOST_HINTS
        meant = table.unknown(word) if few else f"Known here: {', '.join(table.by_name)}."
        if not node.flow:
            self.fault("P010", key, f"unknown key '{word}' in {table.name}", meant, severity="warning")
        elif value.empty:
            self.fault("P011", key, f"'{word}' has no value", "A comma ends the value here: quote it.")
        else:
            hint = f"{meant} If it belongs to the text before it, quote that text: a comma ends a value."
            self.fault("P010", key, f"unknown key '{word}' in {table.name}", hint)


def _is_draft(node: Map) -> bool:
    draft = node.get("draft")
    return isinstance(draft, Scalar) and draft.value.strip() in YES


def blank(node: Node) -> bool:
    """Whether a node says nothing: no text, or braces with nothing in them."""
    if isinstance(node, Map):
        return not node.pairs
    return node.empty or (isinstance(node, Scalar) and not node.value.strip())
