"""What is read quickly is what the parser and the reader with places say, on every text that it takes."""

from __future__ import annotations

import string
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from forecastlog.ledger.composing import compose
from forecastlog.ledger.names import Names
from forecastlog.ledger.nodes import List, Map, Node, Scalar, plain
from forecastlog.ledger.packed import pack_article, pack_record, unpack_record
from forecastlog.ledger.quick_reader import quick_values
from forecastlog.ledger.quick_yaml import Unusual, data_of
from forecastlog.ledger.reader import Reading, Values
from forecastlog.ledger.records import article_of
from forecastlog.ledger.source import Source
from forecastlog.ledger.tables import FILE, PEOPLE
from forecastlog.model.ledger import records_of
from forecastlog.problems import Problem
from tests.ledger.damage import TEXTS, damaged

ROOT = Path(__file__).parents[2]
FILES = [
    path
    for folder in ("predictions", "examples", "tests")
    for path in sorted((ROOT / folder).rglob("*.yaml"))
    if path.is_file()
]
FULL = Path(__file__).with_name("full.yaml").read_text()
SAMPLES = [FULL, *(path.read_text("utf-8", "replace")[:3000] for path in FILES[::9])]
WORDS = st.text(st.sampled_from("ab c-:#'\"é?,[]{}|>&*!%@`~\\.0/\n"), max_size=30)
KEYS = st.from_regex(r"[a-z][a-z_]{0,6}", fullmatch=True)
TREES = st.dictionaries(
    KEYS,
    st.recursive(
        st.one_of(WORDS, st.text(max_size=8), st.just("word " * 40)),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
        max_leaves=12,
    ),
    min_size=1,
    max_size=4,
)
STYLES = st.fixed_dictionaries(
    {
        "allow_unicode": st.booleans(),
        "default_flow_style": st.sampled_from([False, None, True]),
        "default_style": st.sampled_from([None, "'", '"', "|", ">"]),
        "indent": st.integers(2, 6),
        "width": st.sampled_from([20, 80, 1000]),
    }
)


class Indented(yaml.SafeDumper):
    """Writes lists deeper than their key."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        super().increase_indent(flow, False)


def said(node: Node | None) -> Any:
    """What nodes say; a key twice, or one without a value in braces, is a fault that the reader tells."""
    if isinstance(node, List):
        return [said(item) for item in node.items]
    if isinstance(node, Map):
        keys = [key.value for key, _ in node.pairs if isinstance(key, Scalar)]
        assert len(set(keys)) == len(node.pairs)
        assert not any(node.flow and value.empty for _, value in node.pairs)
        return dict(zip(keys, (said(value) for _, value in node.pairs), strict=True))
    assert node
    return None if node.empty else node.value


def comes_back(values: Values) -> bool:
    """Whether the records of an article are unpacked as they were packed."""
    article = article_of(values, Names())
    if article is None:
        return True
    packed = pack_article(article)
    assert packed
    backs = zip(records_of(article), packed[1:], strict=True)
    return all(
        (back := unpack_record(type(one), data)) == one and pack_record(back) == data for one, data in backs
    )


def holds(text: str) -> bool:
    """Whether a text is read quickly; fails where it is read as anything else than the parser reads."""
    source = Source(text, Path("a.yaml"))
    faults: list[Problem] = []
    for table in (FILE, PEOPLE):
        values = quick_values(source.text, table, None)
        if values is not None:
            root = compose(source, faults)
            assert root
            assert values == Reading(source, faults, None).entry(table, root)
            assert comes_back(values)
    try:
        data = data_of(source.text)
    except Unusual:
        return False
    root = compose(source, faults)
    assert said(root) == plain(root) == data
    assert not faults
    return True


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_file(path: Path) -> None:
    text = path.read_bytes().decode("utf-8", "replace")
    assert holds(text) or "tests" in path.parts
    assert holds(text.replace("\n", "\r\n")) or "tests" in path.parts


@given(TREES, STYLES, st.booleans())
def test_what_libraries_write(tree: Any, style: dict[str, Any], indented: bool) -> None:
    text = yaml.dump(tree, Dumper=Indented if indented else yaml.SafeDumper, **style)
    holds(text)


USUAL = st.text(string.ascii_letters + string.digits + " ,:#'\"-", max_size=60)


@given(st.dictionaries(KEYS, st.lists(st.dictionaries(KEYS, USUAL, max_size=5), max_size=5), max_size=5))
def test_the_usual_is_read_quickly(tree: dict[str, list[dict[str, str]]]) -> None:
    for dumper in (yaml.SafeDumper, Indented):
        for style in (None, "'", '"'):
            text = yaml.dump(tree, Dumper=dumper, default_style=style)
            assert not tree or holds(text)


@given(TEXTS)
def test_any_text(text: str) -> None:
    holds(text)
    holds("article:\n  id: " + text)
    holds("a:\n  - b: " + text + "\n  - c: d\n")


@given(damaged(st.sampled_from(SAMPLES)))
@settings(max_examples=60)
def test_a_damaged_file(text: str) -> None:
    holds(text)


@pytest.mark.slow
@given(damaged(st.sampled_from(SAMPLES)))
@settings(max_examples=20_000)
def test_a_damaged_file_for_long(text: str) -> None:
    holds(text)


@pytest.mark.slow
@given(TEXTS)
@settings(max_examples=20_000)
def test_any_text_for_long(text: str) -> None:
    test_any_text.hypothesis.inner_test(text)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "text",
    [
        "a:\n- \n  - b: c\n",
        "a:\n  - \n    b: c\n",
        "a: {b: c\u3000}\n",
        "a: [b\u2003, c]\n",
        "a: |+\n\n \nb: c\n",
        "a:\n  - >+\n\n   \n \n  - b\n",
    ],
)
def test_odd_blanks(text: str) -> None:
    holds(text)


def test_a_fault_is_told_by_the_reader_with_places() -> None:
    assert quick_values(FULL, FILE, None) is not None
    for fault in ("nonsense: 1", "published: soon", "title: again\n  title: twice"):
        assert quick_values(FULL.replace("\n  title:", f"\n  {fault}\n  title:", 1), FILE, None) is None


def test_what_is_too_deep_or_too_much_is_left_to_the_parser() -> None:
    assert holds("a: " + "[" * 10 + "b" + "]" * 10)
    assert not holds("a: " + "[" * 20 + "b" + "]" * 20)
    assert not holds("".join(f"{'  ' * level}a:\n" for level in range(30)) + "  " * 30 + "b: c\n")
    with pytest.raises(Unusual):
        data_of("a: [" + "b," * 260_000 + "]")
