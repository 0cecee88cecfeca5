"""Corrections are made and kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from forecastlog.compose import Outcome, amend, resolve
from forecastlog.errors import BadValue, ForecastlogError, Refused
from forecastlog.ledger import load
from forecastlog.model.notes import Correction
from forecastlog.model.records import Prediction
from tests.compose.conftest import TODAY, carried_out


def test_a_correction_keeps_what_was(root: Path) -> None:
    changes = {"claim": "A truce is signed: by both.", "deadline.latest": "2025-07-31", "note": "longer"}
    plan = amend(load(root), "truce-signed", changes, why="reading", by="bob", today=TODAY)
    found = carried_out(plan, root).ledger.get("truce-signed")
    assert isinstance(found, Prediction)
    assert (found.claim, found.note) == ("A truce is signed: by both.", "longer")
    assert found.deadline.latest == date(2025, 7, 31)
    assert found.corrections == (
        Correction(on=TODAY, by="bob", field="claim", was="A truce is signed.", why="reading"),
        Correction(on=TODAY, by="bob", field="deadline.latest", was="2025-06-30", why="reading"),
        Correction(on=TODAY, by="bob", field="note", was="", why="reading"),
    )


def test_what_was_left_out_is_no_earlier_value(root: Path) -> None:
    loaded = load(root)
    with pytest.raises(Refused, match="says that already"):
        amend(loaded, "truce-signed", {"main": "no"}, why="grouping", by="bob", today=TODAY)
    main = carried_out(
        amend(loaded, "truce-signed", {"main": "yes"}, why="grouping", by="bob", today=TODAY), root
    )
    none = carried_out(
        amend(main, "truce-signed", {"main": "no"}, why="grouping", by="bob", today=TODAY), root
    )
    found = none.ledger.get("truce-signed")
    assert isinstance(found, Prediction)
    assert [entry.was for entry in found.corrections] == ["", "yes"]


def test_once_the_outcome_is_known_only_a_typo_is_corrected(root: Path) -> None:
    outcome = Outcome(outcome="no", by="bob", searched="Reuters")
    loaded = carried_out(resolve(load(root), ["truce-signed"], outcome, today=TODAY), root)
    changes = {"claim": "A truce is sigend."}
    for why in ("reading", "criteria"):
        with pytest.raises(
            Refused, match=rf"outcome of 'truce-signed' is known, so 'claim' cannot be corrected as {why}"
        ):
            amend(loaded, "truce-signed", changes, why=why, by="bob", today=TODAY)
    carried_out(amend(loaded, "truce-signed", changes, why="typo", by="bob", today=TODAY), root)


@pytest.mark.parametrize(
    ("changes", "why", "refusal"),
    [
        ({}, "typo", (BadValue, "nothing to change")),
        ({"claim": "x"}, "mood", (BadValue, "unknown why 'mood'")),
        ({"claim": "A truce is signed."}, "typo", (Refused, "says that already")),
        ({"id": "x"}, "typo", (BadValue, "'id' cannot be amended")),
        ({"clam": "x"}, "typo", (BadValue, "Did you mean 'claim'")),
        ({"deadlines.latest": "x"}, "typo", (BadValue, "no field 'deadlines.latest'")),
        ({"deadline.latest": "soon"}, "typo", (BadValue, "latest is not a date")),
        ({"forecasts": "x"}, "typo", (BadValue, "cannot be amended")),
        ({"forecasts.1.quantiles": "x"}, "typo", (BadValue, "'forecasts.1.quantiles' cannot be amended")),
    ],
)
def test_what_cannot_be_amended(
    root: Path, changes: dict[str, str], why: str, refusal: tuple[type[ForecastlogError], str]
) -> None:
    with pytest.raises(refusal[0], match=refusal[1]):
        amend(load(root), "truce-signed", changes, why=why, by="bob", today=TODAY)


def test_evidence_gets_what_it_lacks_also_where_it_is_a_bare_link(root: Path) -> None:
    links = ("https://x.example/a", "https://x.example/b")
    outcome = Outcome(outcome="no", by="bob", evidence=links)
    loaded = carried_out(resolve(load(root), ["truce-signed"], outcome, today=TODAY), root)
    changes = {
        "resolutions.1.evidence.1.superseded": "2026-11-23",
        "resolutions.1.evidence.1.title": "No truce",
        "resolutions.evidence.2.published": "2025-07-01",
    }
    plan = amend(loaded, "truce-signed", changes, why="source", by="bob", today=TODAY)
    found = carried_out(plan, root).ledger.get("truce-signed")
    assert isinstance(found, Prediction)
    one, other = found.resolutions[0].evidence
    assert (one.url, one.title, one.superseded) == (links[0], "No truce", TODAY)
    assert (other.url, str(other.published), len(found.corrections)) == (links[1], "2025-07-01", 3)
    known = {"resolutions.1.known": "2025-05-01"}
    with pytest.raises(Refused, match="new entry, 'resolve truce-signed --revise'"):
        amend(load(root), "truce-signed", known, why="source", by="bob", today=TODAY)


def test_a_person_is_amended_and_the_old_name_stays(root: Path) -> None:
    loaded = load(root)
    plan = amend(loaded, "ann-author", {"name": "Ann Writer"}, why="name", by="bob", today=TODAY)
    renamed = carried_out(plan, root)
    person = renamed.ledger.forecaster("ann-author")
    assert (person.name, person.also, person.corrections[0].was) == (
        "Ann Writer",
        ("Ann Author",),
        "Ann Author",
    )
    with pytest.raises(Refused, match="add 'Ann Writer' to 'also'"):
        amend(renamed, "ann-author", {"name": "A. W.", "also": "Ann"}, why="name", by="bob", today=TODAY)
    with pytest.raises(BadValue, match="'id' cannot be amended"):
        amend(renamed, "ann-author", {"id": "aw"}, why="name", by="bob", today=TODAY)


@pytest.mark.parametrize(
    ("record", "changes", "remedy"),
    [
        (
            "art",
            {"published": "2025-03-01"},
            "Predictions that would come out otherwise are resolved as void",
        ),
        ("truce-signed", {"deadline.latest": "2025-07-31"}, "'replaces: truce-signed'"),
        ("ann-author", {"kind": "model"}, "Reasons for that: grouping"),
    ],
)
def test_the_remedy_is_for_the_record_at_hand(
    root: Path, record: str, changes: dict[str, str], remedy: str
) -> None:
    outcome = Outcome(outcome="no", by="bob", searched="Reuters")
    loaded = carried_out(resolve(load(root), ["truce-signed"], outcome, today=TODAY), root)
    with pytest.raises(Refused, match=remedy):
        amend(loaded, record, changes, why="source", by="bob", today=TODAY)
