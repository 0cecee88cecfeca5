"""The scales as data, and how fl-1 sits among them."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from statistics import median

import pytest

from forecastlog.likelihood import SCALES, Likelihood, Term, parse_likelihood, readings, scale_names
from forecastlog.likelihood.anchors import anchors, own_phrases

SURVEY = Path(__file__).parents[1] / "data" / "probability-words-2015"


def term(scale: str, words: str) -> Term | None:
    return next((one for one in SCALES[scale].terms if one.term == words), None)


def test_the_scales_and_their_rows() -> None:
    assert scale_names()[0] == "fl-1"
    assert len(SCALES) >= 16
    assert sum(len(scale.terms) for scale in SCALES.values()) == 148
    assert {scale.kind for scale in SCALES.values()} == {"own", "standard", "survey"}
    assert all(scale.title and scale.sources for scale in SCALES.values())


@pytest.mark.parametrize("scale", [name for name in scale_names() if name != "fl-1"])
def test_every_term_of_a_scale_is_read_with_its_own_figures(scale: str) -> None:
    for one in SCALES[scale].terms:
        found = parse_likelihood(one.term, scale)
        low = one.best if one.low is None else one.low
        high = one.best if one.high is None else one.high
        assert found == Likelihood(one.best, low, high, "worded", one.term, scale, "phrase", one.term)


def test_unlikely_is_not_one_number() -> None:
    bands = {name: (found.low, found.high) for name, found in readings("unlikely").items() if found}
    assert bands["uk_phia"] == (0.25, 0.35)
    assert bands["us_icd203"] == (0.20, 0.45)
    assert bands["capphrase_2026"] == (0.10, 0.25)
    assert "kent_1964" not in bands


def test_a_scale_reads_no_part_of_a_longer_phrase() -> None:
    for words in ("highly likely", "not likely", "more likely", "very likely not"):
        assert parse_likelihood(words, "mauboussin_2018") is None
    assert parse_likelihood("may well", "capphrase_2026") is None


# The names under which the UK and the US standards list the phrase of fl-1.
STANDARD_NAMES = {
    "highly likely": ("highly likely", "very likely"),
    "highly unlikely": ("highly unlikely", "very unlikely"),
    "remote chance": ("remote chance", "remote"),
    "about even": ("", "roughly even chance"),
}
SURVEYED = """
almost certain, highly likely, very good chance, likely, probable, realistic possibility, about even,
unlikely, chances are slight, better than even, improbable, little chance, remote chance,
highly unlikely, almost no chance
"""


@pytest.mark.parametrize("words", [words.strip() for words in SURVEYED.split(",")])
def test_an_anchor_is_the_survey_median_in_the_envelope_of_standards_and_quartiles(words: str) -> None:
    uk, us = STANDARD_NAMES.get(words, (words, words))
    survey = term("capphrase_2026", words)
    assert survey is not None
    rows = [row for row in (term("uk_phia", uk), term("us_icd203", us), survey) if row]
    anchor = anchors()[words]
    assert anchor.probability == survey.best
    assert anchor.low == min(row.low for row in rows if row.low is not None)
    assert anchor.high == max(row.high for row in rows if row.high is not None)


def test_every_phrase_has_an_anchor_and_every_addition_its_reason() -> None:
    added = [phrase for phrase in own_phrases() if phrase.why]
    assert len(added) > 100
    named = {phrase.anchor.name for phrase in own_phrases()}
    assert named == set(anchors())
    for phrase in own_phrases():
        assert phrase.anchor.grade != "nothing" or phrase.why
    for anchor in anchors().values():
        assert anchor.why
        assert {anchor.not_before, anchor.not_after} <= {"", *anchors()}


def test_the_anchors_lie_within_the_middle_half_of_an_older_survey() -> None:
    expected = json.loads((SURVEY / "expected.json").read_text())["median"]
    with (SURVEY / "probly.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    gaps = {}
    for words, stated in expected.items():
        middle = median(float(row[words]) for row in rows)
        assert middle == stated
        found = parse_likelihood("we think it will" if words == "We Believe" else words)
        assert found is not None
        gaps[words] = abs(100 * (found.probability or 0) - middle)
    assert max(gaps.values()) <= 5
    assert sum(gaps.values()) / len(gaps) <= 2
