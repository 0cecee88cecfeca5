"""Splices, layout by layout: the text before, the edit, the text after."""

from __future__ import annotations

from datetime import date

import pytest

from forecastlog.errors import CannotEdit
from forecastlog.ledger.edit import Append, Edit, NewRecord, Put, apply, new_article

HEAD = "article:\n  id: art\npredictions:\n"
ENTRY = {"words": "likely", "probability": 0.75}
LINE = '- {words: "likely", probability: 0.75}'


def after(body: str, *edits: Edit) -> str:
    """The body of a file after its edits, its head unchanged."""
    new = apply(HEAD + body, edits)
    assert new.startswith(HEAD)
    return new.removeprefix(HEAD)


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        pytest.param(
            "  - id: a\n    forecasts:\n      - {words: maybe}\n",
            f"  - id: a\n    forecasts:\n      - {{words: maybe}}\n      {LINE}\n",
            id="block list",
        ),
        pytest.param(
            "  - id: a\n    forecasts:\n    - {words: maybe}\n",
            f"  - id: a\n    forecasts:\n    - {{words: maybe}}\n    {LINE}\n",
            id="list not indented below its key",
        ),
        pytest.param(
            "  - id: a\n    forecasts:\n      - words: maybe\n        note: >-\n          one\n\n"
            "          two\n\n\n"
            "    # of a\n  # of b\n  - id: b\n",
            "  - id: a\n    forecasts:\n      - words: maybe\n        note: >-\n          one\n\n"
            "          two\n"
            f"      {LINE}\n\n\n    # of a\n  # of b\n  - id: b\n",
            id="a folded text ends the list",
        ),
        pytest.param(
            (
                "  - id: a\n    forecasts:\n      - {words: maybe}  # why\n        # and more\n"
                "      # beside\n"
                "# below\n"
            ),
            f"  - id: a\n    forecasts:\n      - {{words: maybe}}  # why\n        # and more\n      {LINE}\n"
            "      # beside\n# below\n",
            id="deeper comments belong to the entry above",
        ),
        pytest.param(
            "  - id: a\n    forecasts: []  # none yet\n    note: x\n",
            f"  - id: a\n    forecasts:  # none yet\n      {LINE}\n    note: x\n",
            id="empty brackets",
        ),
        pytest.param(
            "  - id: a\n    forecasts: [\n      # none\n    ]\n",
            '  - id: a\n    forecasts: [{words: "likely", probability: 0.75}\n      # none\n    ]\n',
            id="brackets around a comment",
        ),
        pytest.param(
            "  - id: a\n    forecasts:   # none\n\n    note: x",
            f"  - id: a\n    forecasts:   # none\n      {LINE}\n\n    note: x",
            id="nothing behind the key",
        ),
        pytest.param(
            "  - id: a\n    forecasts: [{words: maybe}, # one\n      {words: 'no, # two'},] # both\n",
            "  - id: a\n    forecasts: [{words: maybe}, # one\n      {words: 'no, # two'}, "
            '{words: "likely", probability: 0.75},] # both\n',
            id="flow list over lines with a last comma",
        ),
        pytest.param(
            "  - id: a\n    claim: x\n    # about the note\n    note: y\n  - id: b\n",
            (
                f"  - id: a\n    claim: x\n    forecasts:\n      {LINE}\n    # about the note\n    note: y\n"
                "  - id: b\n"
            ),
            id="no such key",
        ),
        pytest.param(
            "  - id: a\n    resolutions:\n      - {outcome: yes}",
            f"  - id: a\n    forecasts:\n      {LINE}\n    resolutions:\n      - {{outcome: yes}}",
            id="no such key, a later one there",
        ),
        pytest.param(
            "  - {id: b}\n  - {id: a, claim: 'x',\n     note: z}  # y\n",
            "  - {id: b}\n  - {id: a, claim: 'x', "
            'forecasts: [{words: "likely", probability: 0.75}],\n     note: z}  # y\n',
            id="record in braces",
        ),
        pytest.param(
            "  - id: a\n    claim: |+\n      text\n\n\n    # c\n",
            f"  - id: a\n    claim: |+\n      text\n\n\n    forecasts:\n      {LINE}\n    # c\n",
            id="a literal text that keeps its blank lines",
        ),
        pytest.param(
            "  - id: a\n    claim: multi\n      line # c\n      # d\n...\n# end",
            (
                f"  - id: a\n    claim: multi\n      line # c\n      # d\n    forecasts:\n      {LINE}\n...\n"
                "# end"
            ),
            id="end of document",
        ),
        pytest.param(
            "  - id: a\n    claim: x",
            f"  - id: a\n    claim: x\n    forecasts:\n      {LINE}\n",
            id="last line without its end",
        ),
        pytest.param(
            "  - id: a\n    claim: >2-\n        more indented\n      text\n      \n    # c\n  - id: b\n",
            "  - id: a\n    claim: >2-\n        more indented\n      text\n"
            f"    forecasts:\n      {LINE}\n      \n    # c\n  - id: b\n",
            id="indentation told by a digit",
        ),
    ],
)
def test_append_an_entry(before: str, expected: str) -> None:
    assert after(before, Append("a", "forecasts", ENTRY)) == expected


@pytest.mark.parametrize(
    ("before", "path", "value", "expected"),
    [
        ("  - id: a # id\n    claim: x y # c\n", "claim", "z: 1", '  - id: a # id\n    claim: "z: 1" # c\n'),
        ("  - id: a\n    claim: 'it''s' # c\n", "claim", "it's z", "  - id: a\n    claim: 'it''s z' # c\n"),
        ('  - id: a\n    claim: "x\n      y"\n', "claim", 'a "b"', '  - id: a\n    claim: "a \\"b\\""\n'),
        (
            "  - id: a\n    claim: >- # c\n      x\n      y\n\n  - id: b\n",
            "claim",
            "z",
            "  - id: a\n    claim: >- # c\n      z\n\n  - id: b\n",
        ),
        (
            "  - id: a\n    claim: |\n       x\n        y\n    # c\n",
            "claim",
            "z\n\n  w\n",
            "  - id: a\n    claim: |\n       z\n\n         w\n    # c\n",
        ),
        (
            "  - id: a\n    claim: >\n      x\n",
            "claim",
            "two  blanks",
            '  - id: a\n    claim: "two  blanks"\n',
        ),
        ("  - id: a\n    claim:\n    note: n\n", "claim", "z", "  - id: a\n    claim: z\n    note: n\n"),
        (
            "  - id: a\n    claim: # c\n    note: n\n",
            "claim",
            "z",
            "  - id: a\n    claim: z # c\n    note: n\n",
        ),
        ("  - {id: a, claim: x}\n", "claim", "y, z", '  - {id: a, claim: "y, z"}\n'),
        ("  - {id: a, note: x}\n", "claim", "y", '  - {id: a, claim: "y", note: x}\n'),
        (
            "  - claim: x\n    id: a\n",
            "deadline",
            {"latest": date(2025, 6, 30)},
            "  - claim: x\n    id: a\n    deadline:\n      latest: 2025-06-30\n",
        ),
        ("  - id: a\n    tags: [x, y] # c\n", "tags", ["z"], '  - id: a\n    tags: ["z"] # c\n'),
    ],
)
def test_set_a_value(before: str, path: str, value: object, expected: str) -> None:
    assert after(before, Put("a", (path,), value)) == expected


def test_values_inside_a_mapping_and_an_entry() -> None:
    before = (
        "  - id: a\n    deadline: {words: w}  # d\n    forecasts:\n      - {words: x}\n      - words: y\n"
    )
    new = after(
        before,
        Put("a", ("deadline", "earliest"), date(2025, 1, 1)),
        Put("a", ("deadline", "latest"), date(2025, 2, 1)),
        Put("a", ("forecasts", 0, "probability"), 0.00001),
        Put("a", ("forecasts", 1, "probability"), 0.5),
    )
    assert new == (
        "  - id: a\n    deadline: {words: w, earliest: 2025-01-01, latest: 2025-02-01}  # d\n"
        "    forecasts:\n      - {words: x, probability: 0.00001}\n      - words: y\n"
        "        probability: 0.5\n"
    )


def test_a_record_without_an_id_is_reached_by_its_place() -> None:
    new = after("  - claim: x\n", Put(("predictions", 0), ("id",), "x"), Append("x", "forecasts", ENTRY))
    assert new == f"  - id: x\n    claim: x\n    forecasts:\n      {LINE}\n"


def test_edits_of_one_list_come_in_their_order() -> None:
    new = after("  - id: a\n", *(Append("a", "forecasts", {"words": str(number)}) for number in range(3)))
    assert new == "  - id: a\n    forecasts:\n" + "".join(f'      - {{words: "{n}"}}\n' for n in range(3))


def test_both_keys_of_empty_braces_are_written() -> None:
    new = after("  - id: a\n    deadline: { }\n", *(Put("a", ("deadline", k), "x") for k in ("rule", "why")))
    assert new == '  - id: a\n    deadline: {rule: "x", why: "x" }\n'


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (
            "  - id: a\n    note: x\n    # of a\n  # below\n# end\n",
            "  - id: a\n    note: x\n    # of a\n{}  # below\n# end\n",
        ),
        ("  - id: a\n\n  # of b\n  - id: b\n", "  - id: a\n\n  # of b\n  - id: b\n\n{}"),
        ("  - {id: a}\n  - {id: b}", "  - {{id: a}}\n  - {{id: b}}\n{}"),
    ],
)
def test_append_a_record(before: str, expected: str) -> None:
    record = {
        "id": "new",
        "claim": "no",
        "note": None,
        "deadline": {"latest": date(2025, 1, 1)},
        "forecasts": [ENTRY],
    }
    lines = (
        '  - id: new\n    claim: "no"\n    deadline:\n      latest: 2025-01-01\n    forecasts:\n'
        f"      {LINE}\n"
    )
    assert after(before, NewRecord("predictions", record)) == expected.format(lines)


def test_a_missing_section_is_made_in_its_place() -> None:
    text = "# c\narticle:\n  id: art\n\npredictions: []\n"
    new = apply(
        text, [NewRecord("conditions", {"id": "c", "text": "t"}), NewRecord("predictions", {"id": "p"})]
    )
    assert new == (
        "# c\narticle:\n  id: art\n\nconditions:\n  - id: c\n    text: t\n\npredictions:\n  - id: p\n"
    )


def test_a_new_article() -> None:
    text = new_article(
        {"id": "art", "title": "T: x", "authors": ["a b"], "published": date(2025, 3, 19)},
        predictions=[{"id": "a", "criteria": "word " * 30 + "end", "tags": ["x", "no"]}],
    )
    folded = "      " + "word " * 19 + "\n      " + "word " * 11 + "end\n"
    assert text == (
        'article:\n  id: art\n  title: "T: x"\n  authors: [a b]\n  published: 2025-03-19\npredictions:\n'
        "  - id: a\n"
        f'    criteria: >-\n{folded.replace(" " + chr(10), chr(10))}    tags: [x, "no"]\n'
    )


def test_windows_line_ends_and_the_byte_order_mark_stay() -> None:
    text = "\ufeffarticle:\r\n  id: art\r\npredictions:\r\n- id: a\r\n  claim: >-\r\n    x\r\n\r\n  # c\r\n"
    new = apply(text, [Append("a", "forecasts", ENTRY), Put("a", ("claim",), "y")])
    assert new == (
        "\ufeffarticle:\r\n  id: art\r\npredictions:\r\n- id: a\r\n  claim: >-\r\n    y\r\n"
        f"  forecasts:\r\n  {LINE}\r\n\r\n  # c\r\n"
    )


def test_look_alikes_in_comments_and_quotes_are_not_the_record() -> None:
    before = (
        '  # - id: a\n  - id: b\n    claim: "- id: a"\n    note: |\n      - id: a\n        forecasts:\n'
        "  - id: a\n"
    )
    assert after(before, Append("a", "forecasts", ENTRY)) == f"{before}    forecasts:\n      {LINE}\n"


@pytest.mark.parametrize(
    ("text", "edit", "sentence"),
    [
        (HEAD + "  - id: a\n", Append("b", "forecasts", ENTRY), "'b' stands nowhere"),
        (HEAD + "  - id: a\n  - id: a\n", Append("a", "forecasts", ENTRY), "'a' stands twice"),
        (
            HEAD + "  - id: a\n    note: x\n    note: y\n",
            Put("a", ("note",), "z"),
            "'note' stands there twice",
        ),
        (HEAD + "  - id: a\n    forecasts: many\n", Append("a", "forecasts", ENTRY), "is not a list"),
        (HEAD + "  - id: a\n", NewRecord("conditions", {"id": "a"}), "'a' stands in this file already"),
        (HEAD + "  - id: a\n", Put("a", ("forecasts", 0, "low"), 0.1), "there is no"),
        (HEAD + "  - id: a\n\t# tab\n  - id: b\n", Append("a", "forecasts", ENTRY), "line 5: a tab"),
        (HEAD + "  - id: a\n    note: x: y\n", Append("a", "forecasts", ENTRY), "line 5: "),
        (HEAD + "  - id: a\n    tags:\n      - x\n", Put("a", ("tags",), ["y"]), "several lines"),
        ("", Append("a", "forecasts", ENTRY), "holds no article"),
        ("- a\n", Append("a", "forecasts", ENTRY), "holds no article"),
    ],
)
def test_what_cannot_be_edited_is_said(text: str, edit: Edit, sentence: str) -> None:
    with pytest.raises(CannotEdit, match=sentence):
        apply(text, [edit])


def test_what_belongs_deeper_comes_first() -> None:
    new = after(
        "- id: a\n  forecasts:\n  - {words: x}\n",
        NewRecord("predictions", {"id": "b"}),
        Put("a", ("note",), "n"),
        Append("a", "forecasts", ENTRY),
    )
    assert new == f"- id: a\n  forecasts:\n  - {{words: x}}\n  {LINE}\n  note: n\n- id: b\n"


def test_evidence_that_outgrows_its_brackets_takes_a_line_each() -> None:
    before = (
        '  - id: a\n    resolutions:\n      - outcome: "yes"\n'
        '        evidence: ["https://a.example/1", "https://a.example/2"]\n'
    )
    way = ("resolutions", 0, "evidence", 0)
    copy = {"sha256": "0" * 64, "on": date(2026, 1, 20)}
    new = after(before, Put("a", way, {"url": "https://a.example/1"}), Put("a", (*way, "archived"), copy))
    assert new == (
        '  - id: a\n    resolutions:\n      - outcome: "yes"\n        evidence:\n'
        '          - url: "https://a.example/1"\n'
        f'            archived: {{sha256: "{"0" * 64}", on: 2026-01-20}}\n'
        '          - "https://a.example/2"\n'
    )
