"""What is typed by hand is completed, and nothing that is there is changed."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from forecastlog.checks import check
from forecastlog.compose import Plan, fill
from forecastlog.errors import BadValue, CannotEdit, FileChanged
from forecastlog.kinds import chance
from forecastlog.ledger import load
from forecastlog.model.moments import When
from forecastlog.model.records import Article, Condition, Prediction
from tests.compose.conftest import ARTICLE, TODAY, carried_out

TYPED = """\
# typed by hand
article:
  title: By hand
  authors: [ann-author]
  published: 2025-03-19
conditions:
  - text: It rains.   # or snows
predictions:
  - claim: The river rises.   # the first
    quote: the river will rise by early summer
    criteria: Yes if the gauge shows five metres.
    deadline: {words: by early summer}
    forecasts:
      - {words: "highly likely"}   # said twice
  # below

  - quote: it may flood
    claim: The town floods.
    criteria: >-
      Yes if the market place stands under water.
    forecasts:
      - words: may
    negated: yes
  - claim: The dam breaks.
    quote: the dam breaks some day
    criteria: Yes if it breaks.
    review: 2027-01-01
    deadline:
      words: eventually
    forecasts: [{words: 10 percent}, {words: "unlikely", probability: 0.2, by: our-desk}]
"""


def test_what_a_person_types_passes_the_check_when_filled(root: Path, tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "by-hand.txt").write_text("text", encoding="utf-8")
    path = root / "by-hand.yaml"
    path.write_text(TYPED, encoding="utf-8")
    plan = fill(load(root), today=TODAY, texts=texts)
    loaded = carried_out(plan, root)
    article = loaded.ledger.article("by-hand")
    assert article is not None
    assert (article.sha256, article.logged) == (sha256(b"text").hexdigest(), When.on(TODAY))
    assert [condition.id for condition in article.conditions] == ["it-rains"]
    river, town, dam = article.predictions
    assert [record.id for record in article.predictions] == [
        "the-river-rises",
        "the-town-floods",
        "the-dam-breaks",
    ]
    assert (river.deadline.strict, river.deadline.latest) == (date(2025, 5, 31), date(2025, 6, 30))
    assert (chance(river.forecasts[0]).probability, river.forecasts[0].scale) == (0.9, "fl-1")
    assert (town.deadline.latest, town.deadline.basis) == (date(2026, 3, 19), "default")
    assert (
        chance(town.forecasts[0]).probability,
        chance(town.forecasts[0]).low,
        chance(town.forecasts[0]).high,
    ) == (
        None,
        0.49,
        0.75,
    )
    assert (dam.deadline.latest, dam.deadline.rule) == (None, "open")
    assert (chance(dam.forecasts[0]).probability, dam.forecasts[0].basis) == (0.1, "stated")
    assert (dam.forecasts[1].scale, dam.forecasts[1].by) == ("fl-1", "our-desk")
    assert any("'by early summer' read as: by 30 June 2025" in line for line in plan.said)
    assert any("twelve months from 2025-03-19" in line for line in plan.said)
    assert any("turned round" in line for line in plan.said)
    new = path.read_text(encoding="utf-8")
    for line in TYPED.splitlines():
        assert "{" in line or line.strip(" -") in new, line
    assert fill(loaded, today=TODAY, texts=texts).empty, "there is nothing left to fill"


def test_a_complete_ledger_is_left_alone(root: Path) -> None:
    assert fill(load(root), today=TODAY).empty


@pytest.mark.parametrize(
    "typed",
    [
        "    deadline: {words: by early summer, latest: 2025-09-30, why: x, basis: analyst}\n",
        "    deadline: {words: by the time the cows come home}\n",
        "    forecasts: [{words: likely, probability: 0.9, basis: judged}]\n",
        "    forecasts: [{words: likely, probability: 0.9}]\n",
        "    forecasts: [{words: likely, low: 0.1}]\n",
    ],
)
def test_values_that_are_there_stay(root: Path, typed: str) -> None:
    key = typed.split(":", maxsplit=1)[0].strip()
    other = "    forecasts: []\n" if key == "deadline" else "    deadline: {basis: default}\n"
    text = (
        f"article: {{id: b, title: T, published: 2025-03-19}}\npredictions:\n  - id: c\n    claim: X\n"
        f"{other}{typed}"
    )
    path = root / "b.yaml"
    path.write_text(text, encoding="utf-8")
    fill(load(root), today=TODAY).carry_out()
    new = path.read_text(encoding="utf-8")
    assert typed in new
    assert "logged: 2026-11-23" in new


def test_what_could_not_be_read_is_said(root: Path) -> None:
    text = (
        TYPED.replace("by early summer}", "when pigs fly}")
        .replace("10 percent", "blah")
        .replace("review:", "note:")
    )
    (root / "by-hand.yaml").write_text(text, encoding="utf-8")
    said = "\n".join(fill(load(root), today=TODAY, only=[root / "by-hand.yaml"]).said)
    assert (
        "'when pigs fly' cannot be read as a time. Give the last day in 'latest' and the reason in 'why'"
        in said
    )
    assert "no phrase of likelihood was found" in said
    assert "'eventually' has no end: write review:" in said


def test_words_that_nobody_reads_are_kept_and_the_check_is_content(root: Path) -> None:
    path = root / "by-hand.yaml"
    path.write_text(TYPED.replace("10 percent", "blah"), encoding="utf-8")
    plan = fill(load(root), today=TODAY, only=[path])
    plan.carry_out()
    assert 'basis: "unread"' in path.read_text(encoding="utf-8")
    assert fill(load(root), today=TODAY, only=[path]).empty
    assert not [
        one
        for one in check(load(root))
        if one.severity == "error" and one.span and one.span.path == str(path)
    ]


@pytest.mark.parametrize(("words", "basis"), [("should", "judged"), ("a 60% share of the models", "stated")])
def test_a_figure_beside_words_gets_the_basis_that_the_words_allow(
    root: Path, words: str, basis: str
) -> None:
    path = root / "b.yaml"
    entry = f"{{words: {words}, probability: 0.6}}"
    head = "article: {id: b, title: T, published: 2025-03-19}\npredictions:\n  - id: c\n    claim: X\n"
    path.write_text(
        f"{head}    deadline: {{basis: default}}\n    forecasts:\n      - {entry}\n", encoding="utf-8"
    )
    fill(load(root), today=TODAY, only=[path]).carry_out()
    assert f'basis: "{basis}"' in path.read_text(encoding="utf-8")


def test_a_file_that_changed_since_is_not_filled_by_position(root: Path) -> None:
    path = root / "by-hand.yaml"
    path.write_text(TYPED, encoding="utf-8")
    plan = fill(load(root), today=TODAY)
    path.write_text(TYPED.replace("  # below", "  - claim: New.\n  # below"), encoding="utf-8")
    with pytest.raises(FileChanged):
        plan.carry_out()


def test_a_file_with_a_fault_is_named(root: Path) -> None:
    (root / "bad.yaml").write_text("article: {id: [}\n", encoding="utf-8")
    with pytest.raises(CannotEdit, match=r"bad\.yaml: line 1: "):
        fill(load(root), today=TODAY)
    assert (root / "art.yaml").read_text(encoding="utf-8") == ARTICLE


def test_a_file_or_folder_that_is_not_there(root: Path) -> None:
    with pytest.raises(CannotEdit, match="cannot be read: no such file"):
        fill(load(root), today=TODAY, only=[root / "none.yaml"])
    (root / "latin.yaml").write_bytes(b"article: caf\xe9\n")
    with pytest.raises(CannotEdit, match=r"latin\.yaml is not UTF-8"):
        fill(load(root), today=TODAY)
    with pytest.raises(BadValue, match="is no folder"):
        fill(load(root), today=TODAY, texts=root / "none")


def test_who_logged_it_is_written_with_the_day_and_never_without(root: Path) -> None:
    path = root / "hand.yaml"
    path.write_text(TYPED, encoding="utf-8")
    loaded = carried_out(fill(load(root), today=TODAY, only=[path], by="Kim"), root)
    article = next(one for one in loaded.ledger.articles if one.title == "By hand")
    assert {one.logged_by for one in article.predictions} == {"Kim"}
    others = [one for one in loaded.ledger.predictions if one.article != article.id]
    before = {one.id: one.logged_by for one in others}
    again = fill(load(root), today=TODAY, by="Robin")
    assert not again.edits  # what was logged before stays as it is
    assert before == {
        one.id: one.logged_by for one in load(root).ledger.predictions if one.article != article.id
    }


def test_one_record_that_no_splice_can_complete_is_named_and_the_others_are_filled(root: Path) -> None:
    path = root / "odd.yaml"
    path.write_text(
        "article: {id: odd, title: Odd, authors: [ann-author], published: 2025-03-19, logged: 2025-03-20}\n"
        "predictions:\n"
        "  - claim: The river rises.\n    quote: it will\n    criteria: Yes at five metres.\n"
        "    forecasts: [words: very unlikely]\n"
        "  - claim: The dam holds.\n    quote: it likely holds\n    criteria: Yes if it stands.\n"
        "    forecasts: [{words: likely}]\n",
        encoding="utf-8",
    )
    plan = fill(load(root), today=TODAY, only=[path])
    assert any("the-river-rises: nothing was added to this record" in sentence for sentence in plan.said)
    assert plan.ids == ("the-dam-holds",)
    assert "the-dam-holds" in carried_out_texts(plan, path)


def carried_out_texts(plan: Plan, path: Path) -> str:
    plan.carry_out()
    return path.read_text(encoding="utf-8")


def test_only_what_was_written_is_said_to_be(root: Path) -> None:
    path = root / "by-hand.yaml"
    path.write_text(TYPED, encoding="utf-8")
    plan = fill(load(root), today=TODAY)
    assert set(plan.edits) == {path}
    assert set(plan.ids) == {record.id for record in plan_records(plan, path)}


def plan_records(plan: Plan, path: Path) -> list[Condition | Prediction | Article]:
    plan.carry_out()
    (article,) = (one for one in load(path.parent).ledger.articles if one.id == "by-hand")
    return [article, *article.conditions, *article.predictions]
