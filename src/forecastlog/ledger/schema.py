"""JSON Schema for editors, made from the tables that the reader reads by.

An editor that knows it completes keys, shows what they mean and marks what cannot be read. It allows a
little more than the reader does: YAML editors see ``no`` and ``2025-03-19`` in their own ways.
"""

from __future__ import annotations

from typing import Any

from forecastlog.keys import AnyReader, Anything, Either, Many, Mapped, Shorthand, Table
from forecastlog.ledger.tables import FILE
from forecastlog.values import Reader

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, Any]


def article_schema() -> Schema:
    """The schema of an article's file."""
    definitions: dict[str, Schema] = {}
    _table(FILE, definitions)
    root = definitions.pop(_name(FILE))
    return {"$schema": DIALECT, "title": FILE.name, **root, "$defs": definitions}


def _table(table: Table, definitions: dict[str, Schema]) -> Schema:
    """A reference to the schema of an entry, which is added to the definitions."""
    name = _name(table)
    if name not in definitions:
        definitions[name] = {
            "type": "object",
            "properties": {
                key.name: {"description": key.meaning, **_value(key.reader, definitions)}
                for key in table.keys
            },
            "required": [key.name for key in table.required],
            "additionalProperties": False,
        }
    return {"$ref": f"#/$defs/{name}"}


def _value(reader: AnyReader, definitions: dict[str, Schema]) -> Schema:
    found: Schema = {}
    match reader:
        case Reader():
            found = dict(reader.schema)
        case Table():
            found = _table(reader, definitions)
        case Many():
            found = {"type": "array", "items": _value(reader.of, definitions)}
        case Shorthand():
            short = reader.table.by_name[reader.key].reader
            found = {"anyOf": [_value(short, definitions), _table(reader.table, definitions)]}
        case Mapped():
            found = {"type": "object", "additionalProperties": dict(reader.value.schema)}
        case Either():
            found = {"anyOf": [_value(way, definitions) for way in reader.ways]}
        case Anything():
            found = {"type": "object"}
    return found


def _name(table: Table) -> str:
    return table.name.removeprefix("an ").removeprefix("a ").replace("'s ", "-").replace(" ", "-")
