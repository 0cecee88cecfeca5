"""The public names are exactly those of ``__all__``, each with a sentence that says what it is."""

from __future__ import annotations

import ast
import importlib
from pathlib import Path

import pytest

PACKAGES = (
    "amounts",
    "scoring",
    "scorebook",
    "deadlines",
    "likelihood",
    "ledger",
    "database",
    "checks",
    "compose",
    "history",
)
SOURCE = Path(__file__).parents[2] / "src" / "forecastlog"


@pytest.mark.parametrize("name", PACKAGES)
def test_the_public_names_are_exactly_these(name: str) -> None:
    package = importlib.import_module(f"forecastlog.{name}")
    tree = ast.parse((SOURCE / name / "__init__.py").read_text(encoding="utf-8"))
    brought = {
        alias.asname or alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"forecastlog.{name}")
        for alias in node.names
    }
    modules = {path.stem for path in (SOURCE / name).iterdir()}
    made = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    public = {item for item in brought | made if not item.startswith("_")} - modules
    assert public <= set(package.__all__)
    assert sorted(package.__all__) == sorted(set(package.__all__))
    assert all(hasattr(package, item) for item in package.__all__)


@pytest.mark.parametrize("name", PACKAGES)
def test_every_public_function_and_class_says_what_it_is(name: str) -> None:
    package = importlib.import_module(f"forecastlog.{name}")
    for item in package.__all__:
        value = getattr(package, item)
        if callable(value) and getattr(value, "__module__", "").startswith("forecastlog"):
            told = value.__doc__ or ""
            assert told.strip(), f"forecastlog.{name}.{item} has no docstring"
            assert not told.startswith(f"{item}("), f"forecastlog.{name}.{item} has a generated docstring"
