"""constraints.txt has a version for everything that is declared, within what is declared."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LINES = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
DECLARED = [
    text
    for group in (
        PROJECT["build-system"]["requires"],
        PROJECT["project"]["dependencies"],
        *PROJECT["project"]["optional-dependencies"].values(),
        *PROJECT["dependency-groups"].values(),
    )
    for text in group
    if isinstance(text, str)
]


def test_it_holds_names_and_versions_alone() -> None:
    assert [line for line in LINES if not re.fullmatch(r"[a-z0-9.-]+==[\w.]+( ; .+)?", line)] == []
    assert [line for line in LINES if "://" in line or "--" in line] == []


@pytest.mark.parametrize("declared", sorted(set(DECLARED)))
def test_what_is_declared_has_a_version_within_its_range(declared: str) -> None:
    wanted = Requirement(declared)
    pins = [
        str(pin.specifier).removeprefix("==")
        for line in LINES
        if canonicalize_name((pin := Requirement(line)).name) == canonicalize_name(wanted.name)
    ]
    assert pins, "'make constraints' adds it"
    assert all(wanted.specifier.contains(version, prereleases=True) for version in pins)


def test_what_is_declared_stays_open() -> None:
    """A library that is installed beside others must not insist on one version."""
    assert [text for text in DECLARED if "==" in text] == []
