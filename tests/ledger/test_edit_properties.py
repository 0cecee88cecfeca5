"""For any ledger text and any value: an edit changes what it names, and nothing else."""

from __future__ import annotations

import difflib
import re
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from forecastlog.errors import BadValue
from forecastlog.ledger import quoting
from forecastlog.ledger.edit import Append, Edit, NewRecord, Put, apply

LOADERS: list[Any] = [yaml.BaseLoader, yaml.CBaseLoader]
TYPED_LOADERS: list[Any] = [yaml.SafeLoader, yaml.CSafeLoader]

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.sampled_from(
    [
        "no",
        "1_000",
        "12:30",
        "- x",
        "# x",
        "a: b",
        "a #b",
        "?",
        "~",
        "null",
        "'",
        '"',
        "\\",
        "{x}",
        "[x",
        "*x",
        "&x",
        "!x",
        "%x",
        "@x",
        "`x",
        "| x",
        "> x",
        "...",
        "---",
        "x\n\ny",
        " x",
        "x ",
        "\t",
        "\r\n",
        "\x00\x07\x85\u2028\ufeff",
        "\U0001f600 ok",
        "<<",
        "=",
        "2025-01-01",
        "0x1f",
        ".inf",
        "x:",
        "word " * 40 + "end",
    ]
)


@given(texts)
@example("\ufffe\uffff")
@example("\U0001ffff")
def test_any_text_reads_back_the_same(text: str) -> None:
    written = [
        f"k: {quoting.quoted(text)}\n",
        f"k: {quoting.flow([{'k': text}])}\n",
        "\n".join(quoting.block({"k": text, "l": [text, "x"], "m": {"n": text}, "o": [{"p": text}]})) + "\n",
        *(
            f"k: {quoting.restyled(text, style, in_flow=False, indent=2, newline=chr(10))}\n"
            for style in ("", "'", '"', ">", "|")
        ),
        f"k: [{quoting.restyled(text, '', in_flow=True, indent=0, newline=chr(10))}]\n",
    ]
    wanted: list[Any] = [text, [{"k": text}], text, *[text] * 5, [text]]
    for loader in (*LOADERS, *TYPED_LOADERS):
        for line, value in zip(written, wanted, strict=True):
            read = loader(line).get_single_data()
            assert read["k"] == value, line
            if "l" in read:
                assert read == {"k": text, "l": [text, "x"], "m": {"n": text}, "o": [{"p": text}]}


def test_half_a_character_is_refused() -> None:
    with pytest.raises(BadValue, match="not valid Unicode"):
        quoting.quoted("a\udc80b")


@given(st.floats(min_value=0, max_value=1))
def test_figures_read_back_the_same_and_have_no_exponent(figure: float) -> None:
    written = quoting.flow({"p": figure})
    assert float(yaml.BaseLoader(written).get_single_data()["p"]) == figure
    assert "e" not in written.lower()


# Ledger texts in every layout that people write: each strategy gives the lines of a thing at an indentation.

plain_words = st.sampled_from(
    ["a word", "it is - id:two", "über ¾", "x 'y' z", "one#two", "http://x.example/?a=1"]
)
comments = st.sampled_from(["", "", "  # why", "   # - id: one", "# 'quoted"])
notes = st.lists(
    st.sampled_from(
        ["", "", "  # two", "    # four: []", "      # six", "        # - eight", "# none", "   # 'three"]
    ),
    max_size=2,
)


@st.composite
def scalars(draw: st.DrawFn, indent: int) -> str:
    """A value behind its key, with all its lines."""
    text = draw(plain_words)
    pad = " " * indent
    tail = draw(comments)
    form = draw(st.sampled_from(["plain", "single", "double", "folded", "literal", "lines", "keep", "empty"]))
    return {
        "plain": f" {text}{'' if tail.startswith('#') else tail}",
        "single": f" '{text.replace(chr(39), chr(39) * 2)}' {tail}",
        "double": f' "{text} \\" # no" {tail}',
        "folded": f" >-\n{pad}{text}\n{pad}# text\n\n{pad}more\n",
        "literal": f" |   # header\n{pad}{text}\n\n{pad}  deeper: x\n{pad}- id: one",
        "lines": f" {text}\n{pad}and more: no"[: -len(": no")] + ("" if tail.startswith("#") else tail),
        "keep": f" |+\n{pad}{text}\n\n",
        "empty": f" {tail}",
    }[form]


@st.composite
def lists(draw: st.DrawFn, key: str, indent: int, dash: int) -> list[str]:
    form = draw(st.sampled_from(["absent", "empty", "brackets", "flow", "one", "two", "blocks"]))
    pad, item = " " * indent, " " * (indent + dash)
    tail = draw(comments).replace("#", " #")
    return {
        "absent": [],
        "empty": [f"{pad}{key}:{tail}"],
        "brackets": [f"{pad}{key}: []{tail}"],
        "flow": [f"{pad}{key}: [{{words: x}},{tail}", f"{item}  {{words: 'y, #'}} ]{tail}"],
        "one": [f"{pad}{key}:{tail}", f"{item}- {{words: x}}{tail}"],
        "two": [
            f"{pad}{key}:",
            f"{item}- {{words: x,{tail}",
            f"{item}   note: y}}",
            f'{item}- {{words: "z"}}{tail}',
        ],
        "blocks": [f"{pad}{key}:", f"{item}- words: x", f"{item}  note:{draw(scalars(indent + dash + 6))}"],
    }[form]


@st.composite
def records(draw: st.DrawFn, name: str, margin: int, dash: int) -> list[str]:
    indent = margin + 2
    if draw(st.integers(0, 4)) == 0:
        return [
            f"{' ' * margin}- {{id: {name}, claim: 'x: y',{draw(comments).replace('#', ' #')}",
            f"{' ' * indent} note: z}}",
        ]
    pad = " " * indent
    lines = [f"{' ' * margin}- id: {name}{draw(comments).replace('#', ' #')}"]
    for key in ("claim", "criteria"):
        lines += [f"{pad}{key}:{draw(scalars(indent + 2))}", *draw(notes)]
    lines += [*draw(lists("forecasts", indent, dash)), *draw(notes)]
    lines += [*draw(lists("resolutions", indent, dash)), *draw(notes)]
    return lines


@st.composite
def ledgers(draw: st.DrawFn) -> str:
    dash = draw(st.sampled_from([0, 2, 4]))
    lines = ["# head", *draw(notes), "article:", "  id: art   # the article", *draw(notes), "predictions:"]
    for name in ("one", "two"):
        lines += [*draw(notes), *draw(records(name, dash, draw(st.sampled_from([0, 2]))))]
    lines += draw(notes)
    text = "\n".join(lines) + draw(st.sampled_from(["", "\n", "\n\n"]))
    return draw(st.sampled_from(["", "\ufeff"])) + text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


entries = st.fixed_dictionaries(
    {"words": texts}, optional={"note": texts, "evidence": st.lists(texts, max_size=2)}
)
edits = st.one_of(
    st.builds(
        Append, st.sampled_from(["one", "two"]), st.sampled_from(["forecasts", "resolutions"]), entries
    ),
    st.builds(
        Put,
        st.sampled_from(["one", "two"]),
        st.sampled_from([("claim",), ("criteria",), ("quote",), ("note",)]),
        texts,
    ),
    st.builds(
        NewRecord, st.sampled_from(["predictions", "conditions"]), st.just({"id": "new", "claim": "x"})
    ),
)


def read(text: str) -> Any:
    """The data of a text, the same by both loaders; line ends of texts are those of Unix."""
    first, second = (loader(text.removeprefix("\ufeff")).get_single_data() for loader in LOADERS)
    assert first == second
    return first


def without_line_end(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_line_end(item) for key, item in value.items()}
    if isinstance(value, list):
        return [without_line_end(item) for item in value]
    return value.rstrip("\n")


def changed(data: Any, edit: Edit) -> Any:
    """What the edit has to make of the data, told a second time and independently of the code."""
    if isinstance(edit, NewRecord):
        data[edit.section] = [*(data.get(edit.section) or []), dict(edit.record)]
        return data
    record = next(item for item in data["predictions"] if item["id"] == edit.record)
    if isinstance(edit, Put):
        record[edit.path[0]] = edit.value
    else:
        record[edit.key] = [*(record.get(edit.key) or []), dict(edit.entry)]
    return data


@settings(max_examples=60)
@given(
    ledgers(),
    st.lists(
        edits,
        min_size=1,
        max_size=3,
        unique_by=lambda edit: "new" if isinstance(edit, NewRecord) else id(edit),
    ),
)
def test_an_edit_changes_what_it_names_and_nothing_else(text: str, made: list[Edit]) -> None:
    expected = read(text)
    new = text
    for edit in made:
        new = apply(new, [edit])
        expected = changed(expected, edit)
    assert without_line_end(read(new)) == without_line_end(expected)
    assert apply(text, made) == new or read(apply(text, made)) == read(new)


@settings(max_examples=60)
@given(ledgers(), edits)
def test_every_line_survives_outside_those_meant(text: str, edit: Edit) -> None:
    new = apply(text, [edit])
    before, after = text.splitlines(), new.splitlines()
    gone = [line[2:] for line in difflib.ndiff(before, after) if line.startswith("- ")]
    if isinstance(edit, Append):
        # At most the line of the brackets that were opened, or of the record in braces.
        assert len(gone) <= 1
        assert all("[" in line or "{" in line or "]" in line for line in gone)
    elif isinstance(edit, NewRecord):
        assert gone == []
    comment = re.compile(r"^\s*#.*$", re.MULTILINE)
    if not isinstance(edit, Put):
        assert [line for line in after if comment.match(line)] == [
            line for line in before if comment.match(line)
        ]


@settings(max_examples=60)
@given(ledgers(), st.sampled_from(["one", "two"]), st.sampled_from(["forecasts", "resolutions"]), entries)
def test_taking_an_entry_out_again_gives_the_same_bytes(
    text: str, record: str, key: str, entry: dict[str, Any]
) -> None:
    new = apply(text, [Append(record, key, entry)])
    written = re.escape(quoting.flow(entry))
    ways = [
        (rf"\r?\n *- {written}(?=\r?\n|$)", ""),  # a line of a list
        (rf"\r?\n *{key}:\r?\n *- {written}(?=\r?\n|$)", ""),  # a list with its key
        (rf"{key}:([^\r\n]*)\r?\n *- {written}(?=\r?\n|$)", rf"{key}: []\1"),  # a list that had been empty
        (rf", {written}", ""),  # an entry in brackets
        (rf", {key}: \[{written}\]", ""),  # a key in braces
    ]
    back = {re.sub(way, old, new) for way, old in ways}
    if not text.endswith("\n"):  # what is added at the end of a file ends its line
        back |= {line.removesuffix("\n").removesuffix("\r") for line in back}
    assert text in back


@settings(max_examples=60)
@given(ledgers(), st.sampled_from(["one", "two"]), plain_words)
def test_setting_a_value_back_gives_the_same_bytes(text: str, record: str, value: str) -> None:
    old = next(item for item in read(text)["predictions"] if item["id"] == record)["claim"]
    line = re.search(
        rf"(?m)^ *- id: {record}\b.*[\r\n]+\s+claim: (['\"]?)\w[^\r\n]*[\r\n]+\s+(criteria|#)", text
    )
    if not line or "\n" in old or (not line[1] and quoting.quoted(old) != f'"{old}"'):
        return  # several lines may be folded elsewhere when they are written again
    new = apply(text, [Put(record, ("claim",), value)])
    assert apply(new, [Put(record, ("claim",), old)]) == text


def test_a_long_file_is_edited_in_moments() -> None:
    records = "".join(
        f"  - id: p{n}\n    claim: c\n    forecasts:\n      - {{words: x}}\n" for n in range(2000)
    )
    text = f"article:\n  id: art\npredictions:\n{records}"
    new = apply(text, [Put(f"p{n}", ("forecasts", 0, "probability"), 0.5) for n in range(2000)])
    assert new.count(", probability: 0.5}") == 2000
