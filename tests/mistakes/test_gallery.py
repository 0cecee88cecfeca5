import re
from pathlib import Path

import pytest

from tests.mistakes.gallery import ROOT, codes_in_source, examples, page, report, told

EXAMPLES = list(examples())


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_every_mistake_is_told_in_exactly_these_words(example: Path) -> None:
    title, words = told(example)
    assert title
    assert report(example) == words


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_an_example_shows_its_own_code(example: Path) -> None:
    assert f"[{example.name[:4]}]" in told(example)[1]


def test_every_code_has_an_example_and_every_example_a_code() -> None:
    assert {example.name[:4] for example in EXAMPLES} == codes_in_source()


def test_the_page_of_mistakes_is_made_from_the_gallery() -> None:
    assert page() in (ROOT / "docs" / "mistakes.md").read_text(encoding="utf-8")


def test_a_code_means_one_thing() -> None:
    """Every code of a note is told by the rules of one module."""
    homes: dict[str, set[str]] = {}
    for path in (ROOT / "src" / "forecastlog" / "checks").glob("*.py"):
        for code in re.findall(r'"(P3\d\d)"', path.read_text(encoding="utf-8")):
            homes.setdefault(code, set()).add(path.name)
    assert {code: found for code, found in homes.items() if len(found) > 1} == {}
