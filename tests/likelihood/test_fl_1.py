"""The phrases and rules of fl-1, with the figures that the convention names."""

from __future__ import annotations

import pytest

from forecastlog.likelihood import Likelihood, parse_likelihood, scale_names


def read(words: str) -> Likelihood:
    found = parse_likelihood(words)
    assert found is not None, words
    return found


def figures(words: str) -> tuple[float | None, float, float, str]:
    found = read(words)
    return found.probability, found.low, found.high, found.basis


ANCHORS = {
    "almost certain": (0.95, 0.90, 1.0),
    "highly likely": (0.90, 0.80, 0.95),
    "very good chance": (0.80, 0.75, 0.85),
    "likely": (0.75, 0.55, 0.80),
    "probable": (0.75, 0.55, 0.80),
    "realistic possibility": (0.60, 0.40, 0.75),
    "better than even": (0.60, 0.55, 0.60),
    "about even": (0.50, 0.45, 0.55),
    "unlikely": (0.20, 0.10, 0.45),
    "chances are slight": (0.10, 0.05, 0.15),
    "improbable": (0.10, 0.05, 0.45),
    "little chance": (0.10, 0.05, 0.15),
    "remote chance": (0.05, 0.0, 0.10),
    "highly unlikely": (0.05, 0.05, 0.20),
    "almost no chance": (0.02, 0.01, 0.05),
}
JOURNALISM = {
    "reasonably sure": (0.80, 0.65, 0.90),
    "I am confident": (0.85, 0.75, 0.95),
    "almost inevitably": (0.95, 0.90, 1.0),
    "slim but not impossible": (0.10, 0.02, 0.15),
    "I doubt that he will come": (0.20, 0.10, 0.33),
    "will most likely": (0.75, 0.55, 0.90),
    "probably not": (0.25, 0.15, 0.39),
    "not a realistic outcome": (0.10, 0.02, 0.25),
    "Neither is a realistic outcome": (0.10, 0.02, 0.25),
    "impossible": (0.02, 0.0, 0.05),
    "would never": (0.03, 0.0, 0.10),
    "off the table": (0.03, 0.0, 0.10),
    "may well": (0.60, 0.40, 0.75),
    "could well": (0.60, 0.40, 0.75),
    "is expected to": (0.80, 0.65, 0.90),
    "is anticipated to": (0.80, 0.65, 0.90),
}
MODIFIED = {
    # very = highly before likely and unlikely, because the longest phrase of the table wins
    "very likely": (0.90, 0.80, 0.95, "phrase"),
    "very unlikely": (0.05, 0.05, 0.20, "phrase"),
    # very, highly, extremely: half the distance to the nearer end
    "very confident": (0.925, 0.875, 0.975, "very"),
    "highly improbable": (0.05, 0.025, 0.225, "very"),
    "extremely doubtful": (0.10, 0.05, 0.165, "very"),
    "I very much doubt it": (0.10, 0.05, 0.165, "very"),
    "the chances of a deal are very slim": (0.05, 0.025, 0.075, "very"),
    # almost, virtually, nearly, all but + an absolute word
    "virtually certain": (0.95, 0.90, 1.0, "almost"),
    "all but certain": (0.95, 0.90, 1.0, "almost"),
    "nearly inevitable": (0.95, 0.90, 1.0, "almost"),
    "almost impossible": (0.02, 0.01, 0.05, "almost"),
    "virtually no chance": (0.02, 0.01, 0.05, "almost"),
    # fairly, reasonably, rather, somewhat: a quarter of the way to one half
    "fairly likely": (0.6875, 0.5375, 0.725, "fairly"),
    "rather unlikely": (0.275, 0.20, 0.4625, "fairly"),
    "somewhat doubtful": (0.275, 0.20, 0.3725, "fairly"),
    "reasonably confident": (0.7625, 0.6875, 0.8375, "fairly"),
    # not + a positive word = its negative partner
    "not likely": (0.20, 0.10, 0.45, "not"),
    "does not look likely": (0.20, 0.10, 0.45, "not"),
    "likely not": (0.20, 0.10, 0.45, "not"),
    "not probable": (0.10, 0.05, 0.45, "not"),
    "is not expected to": (0.20, 0.10, 0.45, "not"),
    "not a realistic possibility": (0.10, 0.02, 0.25, "not"),
    "probably won't": (0.25, 0.15, 0.39, "not"),
    "very likely will not": (0.05, 0.05, 0.20, "not"),
    "almost certainly not": (0.02, 0.01, 0.05, "not"),
    "virtually certain not to": (0.02, 0.01, 0.05, "not"),
    # not + a negative word is never inverted
    "not unlikely": (0.55, 0.45, 0.70, "phrase"),
    "not improbable": (0.55, 0.45, 0.70, "phrase"),
    # I don't think = probably not
    "I don't think Trump will agree": (0.25, 0.15, 0.39, "phrase"),
    "I don't think he could win": (0.25, 0.15, 0.39, "phrase"),
    "We do not believe a deal is likely": (0.20, 0.10, 0.45, "not"),
}


@pytest.mark.parametrize(("words", "expected"), (ANCHORS | JOURNALISM).items())
def test_a_phrase_of_the_convention_has_its_figures(words: str, expected: tuple[float, float, float]) -> None:
    assert figures(words) == (*expected, "worded")


@pytest.mark.parametrize(("words", "expected"), MODIFIED.items())
def test_a_modifier_follows_its_rule(words: str, expected: tuple[float, float, float, str]) -> None:
    *numbers, rule = expected
    found = read(words)
    assert (found.probability, found.low, found.high) == tuple(numbers)
    assert found.rule == rule


@pytest.mark.parametrize(
    "words",
    [
        "may happen",
        "might",
        "could",
        "might yet",
        "could still",
        "there is a chance",
        "not impossible",
        "a chance",
        "he may resign in May",
        "cannot be ruled out",
        "it is possible that he will",
    ],
)
def test_a_may_word_keeps_its_band_and_has_no_figure(words: str) -> None:
    assert figures(words) == (None, 0.25, 0.51, "possible")


@pytest.mark.parametrize("words", ["will", "Europe will accept", "he'll go", "is going to win"])
def test_a_bare_will_asserts(words: str) -> None:
    assert figures(words) == (0.95, 0.85, 0.99, "asserted")


@pytest.mark.parametrize(
    "words",
    [
        "will not",
        "won't",
        "wont",
        "cannot",
        "can't win",
        "is not going to",
        "isn\u2019t going to",
        "There will be no deal",
    ],
)
def test_a_bare_will_not_denies(words: str) -> None:
    assert figures(words) == (0.05, 0.01, 0.15, "asserted")


@pytest.mark.parametrize(
    ("words", "same_as"),
    [
        ("probably", "probable"),
        ("almost certainly", "almost certain"),
        ("doubtful", "I doubt it"),
        ("he doubts that", "I doubt it"),
        ("odds are slim", "chances are slight"),
        ("slim chance", "chances are slight"),
        ("a small chance", "chances are slight"),
        ("more likely than not", "better than even"),
        ("as likely as not", "about even"),
        ("in all likelihood", "probable"),
        ("no chance", "impossible"),
        ("never", "would never"),
        ("set to", "is expected to"),
        ("bound to", "almost certain"),
        ("sure to", "certain"),
        ("most unlikely", "highly unlikely"),
        ("The odds for such a deal are slim but not impossible", "slim but not impossible"),
        ("He will feel reasonably sure that reserves dwindle", "reasonably sure"),
        ("is highly unlikely that", "highly unlikely"),
        ("it would likely be his least favored option", "likely"),
        ("It is unlikely that he could win", "unlikely"),
        ("unlikely but possible", "unlikely"),
        ("likely no later than June", "likely"),
        ("likely in a few weeks", "likely"),
        ("hard to rule out", "not impossible"),
        ("I can't see him winning", "probably not"),
        ("I think he is unlikely to go", "unlikely"),
        ("I think he will not go", "probably not"),
    ],
)
def test_forms_and_sentences_read_as_their_phrase(words: str, same_as: str) -> None:
    assert figures(words) == figures(same_as)


def test_thinking_that_something_will_happen_is_weaker_than_saying_so() -> None:
    assert figures("I think he will win") == (0.75, 0.60, 0.85, "worded")


@pytest.mark.parametrize(
    "stronger_first",
    [
        ["certain", "almost certain", "highly likely", "likely", "fairly likely", "about even"],
        ["about even", "somewhat unlikely", "unlikely", "highly unlikely"],
        ["highly likely", "likely"],
        ["very high probability", "high probability", "moderate probability", "low probability"],
        ["very good chance", "good chance", "fair chance", "even chance", "small chance", "no chance"],
    ],
)
def test_more_is_never_less(stronger_first: list[str]) -> None:
    points = [read(words).probability for words in stronger_first]
    assert points == sorted(points, key=lambda point: -(point or 0))
    assert len(set(points)) == len(points)


@pytest.mark.parametrize("scale", scale_names())
def test_the_order_of_likely_and_unlikely_holds_on_every_scale(scale: str) -> None:
    for strong in ("very", "highly"):
        ladder = (f"{strong} likely", "likely", "about even", "unlikely", f"{strong} unlikely")
        points = [found.probability or 0 for words in ladder if (found := parse_likelihood(words, scale))]
        assert points == sorted(points, reverse=True)
