"""Figures that are said to be chances, and figures that are not."""

from __future__ import annotations

import pytest

from forecastlog.likelihood import parse_likelihood, scale_names

POINTS = {
    "70%": 0.7,
    "70 %": 0.7,
    "70 per cent": 0.7,
    "70pc": 0.7,
    "seventy percent": 0.7,
    "seventy-five per cent": 0.75,
    "a hundred percent": 1.0,
    "0%": 0.0,
    "99.9%": 0.999,
    "0.5%": 0.005,
    "about 70%": 0.7,
    "I'd say roughly 70 percent": 0.7,
    "there is a 70% chance": 0.7,
    "only a 30% chance of a deal": 0.3,
    "80% certain": 0.8,
    "the odds are 70%": 0.7,
    "He puts the chance of a deal at 70 percent": 0.7,
    "chance of rain: 70%": 0.7,
    "0.7": 0.7,
    "p=0.7": 0.7,
    "p = .7": 0.7,
    "probability of 0.35": 0.35,
    "2 in 3": 0.666666667,
    "three in four": 0.75,
    "one-in-ten": 0.1,
    "one in ten chance": 0.1,
    "two out of three": 0.666666667,
    "nine times out of ten": 0.9,
    "a 2/3 chance": 0.666666667,
    "a two-thirds chance": 0.666666667,
    "⅔ chance": 0.666666667,
    "3:1 on": 0.75,
    "3 to 1 on": 0.75,
    "odds of 4 to 1 against": 0.2,
    "four-to-one against": 0.2,
    "the odds are 3 to 1 in favour": 0.75,
    "the odds are 3-1 against a deal": 0.25,
    "P(win) = 0.3": 0.3,
    "50-50": 0.5,
    "50/50": 0.5,
    "fifty-fifty": 0.5,
    "a coin flip": 0.5,
    "likely (70%)": 0.7,
    "the election is a coin toss": 0.5,
}
BANDS = {
    "between 60 and 70 percent": (0.6, 0.65, 0.7),
    "60-70%": (0.6, 0.65, 0.7),
    "60% to 70%": (0.6, 0.65, 0.7),
    "a 5-10% chance": (0.05, 0.075, 0.1),
    "between 0.6 and 0.7": (0.6, 0.65, 0.7),
    "at least 80 %": (0.8, 0.8, 1.0),
    "more than 90% likely": (0.9, 0.9, 1.0),
    "a better than 70% chance": (0.7, 0.7, 1.0),
    "70% or more": (0.7, 0.7, 1.0),
    "less than a 5% chance": (0.0, 0.05, 0.05),
    "30-percent chance or less": (0.0, 0.3, 0.3),
    "somewhere between 60 and 70 percent": (0.6, 0.65, 0.7),
    "at most 20%": (0.0, 0.2, 0.2),
}
NO_CHANCES = [
    "35 percent of arms",
    "35 percent of the Ukrainian military's frontline arms",
    "chance of 35 percent of arms",
    "70% of the time",
    "the chance that inflation exceeds 3%",
    "grow by 3%",
    "a 20% tariff",
    "three in four Americans",
    "95% confidence interval",
    "101%",
    "-5%",
    "\u22125%",
    "p=1.2",
    "1e3%",
    "70",
    "2/3",
    "3:1",
    "won 3-1 against Brazil",
    "1 in 2025",
    "60-70",
    "60 or 70 percent chance",
    "between 70 and 60 percent",
    "70% +/- 5%",
    "not a 70% chance",
    "not 100% sure",
    "a 70% chance that he will not",
]


@pytest.mark.parametrize(("words", "probability"), POINTS.items())
def test_a_stated_figure_reads_the_same_on_every_scale(words: str, probability: float) -> None:
    for scale in scale_names():
        found = parse_likelihood(words, scale)
        assert found is not None
        assert (found.low, found.probability, found.high) == (probability, probability, probability)
        assert (found.basis, found.scale) == ("stated", scale)


@pytest.mark.parametrize(("words", "expected"), BANDS.items())
def test_a_stated_range_is_kept(words: str, expected: tuple[float, float, float]) -> None:
    found = parse_likelihood(words)
    assert found is not None
    assert (found.low, found.probability, found.high) == expected
    assert found.basis == "stated"


@pytest.mark.parametrize("words", NO_CHANCES)
def test_a_figure_that_is_no_chance_is_not_read(words: str) -> None:
    assert parse_likelihood(words) is None


def test_a_figure_in_the_claim_leaves_the_phrase_alone() -> None:
    found = parse_likelihood("inflation will likely exceed 3%")
    assert found is not None
    assert (found.probability, found.basis) == (0.75, "worded")


@pytest.mark.parametrize(
    ("words", "probability"),
    {
        "4-1": 1 / 5,
        "7/2": 2 / 9,
        "100/30": 30 / 130,
        "an 11-2 shot": 2 / 13,
        "the 4-1 favourite": 1 / 5,
        "4/6 favourites": 6 / 10,
        "odds of 7/2": 2 / 9,
        "decimal odds of 2.5": 1 / 2.5,
        "the favourite at 5-2": 2 / 7,
        "odds-on at 4/9": 9 / 13,
        "odds of +250": 100 / 350,
        "odds of -150": 150 / 250,
    }.items(),
)
def test_bookmakers_odds_are_read_as_listed_and_say_that_the_margin_is_in_them(
    words: str, probability: float
) -> None:
    found = parse_likelihood(words)
    assert found is not None
    assert found.probability == pytest.approx(probability)
    assert (found.basis, found.rule) == ("stated", "odds")
    assert "margin" in found.note


@pytest.mark.parametrize("words", ["won 4-1", "a 4-1 win", "3:1", "1/2", "80/20", "ten to one he resigns"])
def test_a_score_a_share_and_odds_without_a_side_are_no_listed_odds(words: str) -> None:
    assert parse_likelihood(words) is None
