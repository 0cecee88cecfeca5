"""The schema for editors says what the reader does."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from forecastlog.ledger.composing import compose
from forecastlog.ledger.nodes import List, Map, Node
from forecastlog.ledger.schema import article_schema
from forecastlog.ledger.source import Source
from forecastlog.ledger.tables import FILE

FULL = Path(__file__).with_name("full.yaml")


def unknown_keys(node: Node, schema: dict[str, Any], root: dict[str, Any]) -> Iterator[str]:
    """Keys of a tree that its schema does not describe: enough of a validator for that."""
    if "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rsplit("/", 1)[1]]
    if isinstance(node, Map):
        options = [schema, *schema.get("anyOf", ())]
        if any("additionalProperties" in option and "properties" not in option for option in options):
            return  # the keys are values: options, levels
        inner = next((option for option in options if "$ref" in option), schema)
        if "$ref" in inner:
            inner = root["$defs"][inner["$ref"].rsplit("/", 1)[1]]
        for key, value in node.pairs:
            name = getattr(key, "value", "")
            if name in inner.get("properties", {}):
                yield from unknown_keys(value, inner["properties"][name], root)
            else:
                yield name
    elif isinstance(node, List):
        for item in node.items:
            yield from unknown_keys(item, schema["items"], root)


def test_every_key_of_the_full_file_is_in_the_schema() -> None:
    tree = compose(Source(FULL.read_text(), FULL), [])
    assert tree is not None
    schema = article_schema()
    assert not list(unknown_keys(tree, schema, schema))


def test_every_reference_leads_somewhere() -> None:
    def references(part: object) -> Iterator[str]:
        if isinstance(part, dict):
            if "$ref" in part:
                yield part["$ref"]
            for value in part.values():
                yield from references(value)
        elif isinstance(part, list):
            for value in part:
                yield from references(value)

    schema = article_schema()
    assert {name.rsplit("/", 1)[1] for name in references(schema)} == set(schema["$defs"])


def test_what_must_be_there_is_required_and_explained() -> None:
    schema = article_schema()
    assert schema["$defs"]["prediction"]["required"] == ["id", "claim", "deadline", "criteria"]
    assert schema["$defs"]["prediction"]["properties"]["criteria"]["description"]
    assert schema["required"] == [key.name for key in FILE.required]
