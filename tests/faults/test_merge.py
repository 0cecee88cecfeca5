"""Two clones of a ledger: what each added is there after git has merged them, without a conflict."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from forecastlog.errors import CannotEdit
from forecastlog.ledger.edit import Append, Edit, NewRecord, Put, apply, data_of
from forecastlog.ledger.folder import ATTRIBUTES_TEXT
from forecastlog.ledger.merge import merge, register
from forecastlog.ledger.unfold import unfold
from tests.faults.git import git

TEXT = """\
# head
article:
  id: art
predictions:
  - id: one
    claim: first
    forecasts:
      - {words: "likely"}
    # below one
  - id: two
    claim: second
  - id: three
    claim: third
    resolutions: []
"""


def merged(tmp_path: Path, ours: list[Edit], theirs: list[Edit], text: str = TEXT) -> str:
    """The text after both sides committed their edits and git merged them."""
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    git(first, "init", "-q")
    (first / ".gitattributes").write_text(ATTRIBUTES_TEXT, encoding="utf-8")
    (first / "a.yaml").write_text(text, encoding="utf-8")
    git(first, "add", ".")
    git(first, "commit", "-qm", "start")
    git(tmp_path, "clone", "-q", str(first), str(second))
    assert register(second)
    for folder, edits in ((first, ours), (second, theirs)):
        (folder / "a.yaml").write_text(apply(text, edits), encoding="utf-8")
        git(folder, "commit", "-qam", "edit")
    git(second, "pull", "-q", "--no-rebase", "--no-edit")
    return (second / "a.yaml").read_text(encoding="utf-8")


def said(text: str, record: str, key: str) -> list[str]:
    found = [item for item in yaml.safe_load(text)["predictions"] if item["id"] == record]
    assert len(found) == 1
    return sorted(entry["by"] for entry in found[0][key])


def entry(by: str) -> dict[str, object]:
    return {
        "outcome": "yes",
        "known": "2025-07-01",
        "recorded": "2026-01-01",
        "by": by,
        "note": f"seen by {by}",
    }


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [("one", "two"), ("two", "three"), ("one", "three"), ("one", "one"), ("two", "two"), ("three", "three")],
)
def test_both_resolve(tmp_path: Path, ours: str, theirs: str) -> None:
    text = merged(
        tmp_path, [Append(ours, "resolutions", entry("ann"))], [Append(theirs, "resolutions", entry("bob"))]
    )
    if ours == theirs:
        assert said(text, ours, "resolutions") == ["ann", "bob"]
    else:
        assert said(text, ours, "resolutions") == ["ann"]
        assert said(text, theirs, "resolutions") == ["bob"]
    assert "# head" in text
    assert "# below one" in text
    assert text.count("resolutions:") == len({ours, theirs}) + ("three" not in (ours, theirs))


def test_both_append_to_a_list_that_is_there_and_to_a_file_without_a_last_line_end(tmp_path: Path) -> None:
    text = TEXT.rstrip("\n").replace("resolutions: []", 'resolutions:\n      - {by: "eve"}')
    new = merged(
        tmp_path,
        [Append("three", "resolutions", entry("ann"))],
        [Append("three", "resolutions", entry("bob"))],
        text,
    )
    assert said(new, "three", "resolutions") == ["ann", "bob", "eve"]


def test_one_resolves_while_the_other_changes_a_value(tmp_path: Path) -> None:
    text = merged(
        tmp_path, [Append("two", "resolutions", entry("ann"))], [Put("three", ("claim",), "better")]
    )
    assert said(text, "two", "resolutions") == ["ann"]
    assert "claim: better" in text
    assert "claim: third" not in text


def record(name: str) -> dict[str, object]:
    return {
        "id": name,
        "claim": f"{name} happens",
        "logged": "2026-11-23",
        "deadline": {"latest": "2026-03-19", "basis": "default", "rule": "twelve-months"},
        "criteria": f"Yes when {name} is seen.",
        "forecasts": [{"words": "likely", "by": name}],
    }


def test_two_new_records_at_one_place_come_whole(tmp_path: Path) -> None:
    ours, theirs = record("ann"), record("bob")
    new = merged(tmp_path, [NewRecord("predictions", ours)], [NewRecord("predictions", theirs)])
    assert yaml.safe_load(new)["predictions"][3:] == [yaml.safe_load(str(theirs)), yaml.safe_load(str(ours))]


@pytest.mark.parametrize("first", ["ours", "theirs"])
def test_an_entry_of_the_last_record_stays_there_when_the_other_adds_a_record(
    tmp_path: Path, first: str
) -> None:
    sides: list[list[Edit]] = [
        [Append("three", "forecasts", {"words": "likely", "by": "ann"})],
        [NewRecord("predictions", record("bob"))],
    ]
    ours, theirs = sides if first == "ours" else sides[::-1]
    new = merged(tmp_path, ours, theirs)
    assert said(new, "three", "forecasts") == ["ann"]
    assert said(new, "bob", "forecasts") == ["bob"]


def test_comments_of_new_records_come_along() -> None:
    ours = apply(TEXT, [NewRecord("predictions", record("ann"))])
    theirs = (
        TEXT
        + """\
  # about bob
  - id: bob  # new
    claim: bob happens
    # below bob
"""
    )
    assert merge(TEXT, ours, theirs) == ours + theirs.removeprefix(TEXT)


def test_a_forecast_and_the_first_resolution_of_one_record() -> None:
    ours = apply(TEXT, [Append("one", "resolutions", entry("ann"))])
    theirs = apply(TEXT, [Append("one", "forecasts", {"by": "bob"})])
    for new in (merge(TEXT, ours, theirs), merge(TEXT, theirs, ours)):
        assert said(new, "one", "resolutions") == ["ann"]
        assert len(yaml.safe_load(new)["predictions"][0]["forecasts"]) == 2


def test_the_same_on_both_sides_comes_once() -> None:
    both = apply(TEXT, [Append("one", "forecasts", {"by": "bob"}), NewRecord("predictions", record("new"))])
    assert merge(TEXT, both, both) == both


def test_one_id_for_two_records_stands_twice_for_a_person_to_rename() -> None:
    ours, theirs = (
        apply(TEXT, [NewRecord("predictions", record("x") | {"claim": claim})]) for claim in ("this", "that")
    )
    assert [item.get("claim") for item in yaml.safe_load(merge(TEXT, ours, theirs))["predictions"][3:]] == [
        "this",
        "that",
    ]


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (TEXT.replace("first", "ours"), TEXT.replace("first", "theirs")),
        (TEXT.replace("first", "ours"), TEXT.replace("    claim: first\n", "")),
        (TEXT.replace("first", "ours"), TEXT.replace("  - id: two\n    claim: second\n", "")),
        (TEXT.replace("first", "ours"), TEXT + "# another comment\n"),
        (TEXT.replace("first", "ours"), TEXT.replace("claim: third", "claim: [")),
        (TEXT.replace("first", "ours"), TEXT.replace("  - id: two\n", "  - note: no id\n")),
    ],
)
def test_what_only_a_person_can_merge(ours: str, theirs: str) -> None:
    with pytest.raises(CannotEdit):
        merge(TEXT, ours, theirs)


def test_the_plain_merge_is_taken_only_where_it_says_the_same() -> None:
    ours = TEXT.replace("first", "better  # said so")
    theirs = TEXT.replace("third", "thirdly  # said so")
    good = ours.replace("third", "thirdly  # said so")
    assert merge(TEXT, ours, theirs, good) == good
    with pytest.raises(CannotEdit, match="comment"):
        merge(TEXT, ours, theirs, good.replace("second", "other"))


LONG = (
    "what was seen, told at such a length that no line of a screen can hold it together with all "
    "the rest of it"
)
OLD = TEXT.replace(
    "    resolutions: []",
    (
        "    resolutions:\n"
        f'      - {{outcome: "no", by: "eve", known: "2025-07-01", evidence: '
        f'["https://x.example/1"], note: "{LONG}"}}'
    ),
)


def long_entry(by: str) -> dict[str, object]:
    sources = [
        {"url": f"https://{by}.example/{number}", "title": LONG, "quote": "it rained"} for number in (1, 2)
    ]
    return {**entry(by), "note": f"{by}: {LONG}", "evidence": sources}


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [("one", "one"), ("two", "two"), ("three", "three"), ("one", "three"), ("two", "three")],
)
def test_entries_of_several_lines_come_whole(tmp_path: Path, ours: str, theirs: str) -> None:
    text = merged(
        tmp_path,
        [Append(ours, "resolutions", long_entry("ann"))],
        [
            Append(theirs, "resolutions", long_entry("bob")),
            Append("two", "forecasts", {"by": "bob", "note": LONG}),
        ],
        OLD,
    )
    found = {item["id"]: item for item in data_of(text)["predictions"]}
    for record, by in ((ours, "ann"), (theirs, "bob")):
        (mine,) = (each for each in found[record]["resolutions"] if each["by"] == by)
        assert mine == long_entry(by)
    assert found["three"]["resolutions"][0]["by"] == "eve"
    assert [each["by"] for each in found["two"]["forecasts"]] == ["bob"]
    assert not [line for line in text.splitlines() if len(line) > 120 and "eve" not in line]


def test_one_brings_a_file_up_to_date_while_the_other_resolves_and_completes_an_entry() -> None:
    """The upgrade takes a long line apart that the other side has added to.

    Git's own text would be a conflict.
    """
    copy = {"sha256": "0" * 64, "on": "2026-01-02"}
    theirs = apply(
        OLD,
        [
            Append("three", "resolutions", long_entry("bob")),
            Put("three", ("resolutions", 0, "evidence", 0), {"url": "https://x.example/1", "archived": copy}),
        ],
    )
    for first, second in ((unfold(OLD), theirs), (theirs, unfold(OLD))):
        new = data_of(merge(OLD, first, second))["predictions"][2]["resolutions"]
        assert [each["by"] for each in new] == ["eve", "bob"]
        assert new[0]["evidence"] == [{"url": "https://x.example/1", "archived": copy}]
