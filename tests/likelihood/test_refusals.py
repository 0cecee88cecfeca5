"""What is refused, and how the refusal names the part that was not understood."""

from __future__ import annotations

import pytest

from forecastlog.errors import BadValue
from forecastlog.likelihood import not_understood, parse_likelihood

REFUSED = {
    "remains to be seen": "remains to be seen",
    "the most likely outcome": "the most likely",
    "most likely scenario": "most likely scenario",
    "I'm not sure": "not sure",
    "not certain": "not certain",
    "not confident": "not confident",
    "far from certain": "far from certain",
    "more likely": "more likely",
    "less likely than before": "less likely",
    "increasingly likely": "increasingly likely",
    "twice as likely": "as likely",
    "a less than even chance": "than even chance",
    "insanely likely": "insanely likely",
    "almost likely": "almost likely",
    "not very confident": "not very confident",
    "may be likely": "may be likely",
    "likely, but unlikely to last": "likely, but unlikely",
    "likely that he will not": "will not",
    "nobody thinks it is likely": "nobody thinks it is likely",
    "has never kept its word and will break this one": "never kept its word and will break this one",
    "could have been worse": "could have been",
    "serious doubts": "serious doubts",
    "with high confidence": "with high confidence",
    "impossible to predict": "impossible to predict",
    "Is a deal likely?": "Is a deal likely?",
    "what Europe will accept": "what Europe will accept",
    "the ability or the will, to bring": "the ability or the will, to bring",
    "Putin's will to fight": "Putin's will to fight",
    "in May": "in May",
    "military might": "military might",
    "under certain conditions": "under certain conditions",
    "the expected attack": "the expected attack",
    "going to the summit": "going to the summit",
    "as soon as possible": "as soon as possible",
    "35% of likely voters": "35% of likely voters",
    "with a chance of getting a deal done": "with a chance of getting a deal done",
    "101%": "101%",
    "a less-than-even chance": "than-even chance",
    "unlikely, if not impossible": "if not impossible",
    "possible, even likely": "possible, even likely",
    "likely or even certain": "likely or even certain",
    "a good possibility": "a good possibility",
    "70% doubtful": "70% doubtful",
    "it was expected to": "was expected",
    "nearly 100%": "nearly 100%",
    "may or may not": "may or may not",
    "it will not necessarily fail": "will not necessarily",
    "I hope he will": "hope",
    "he could not win": "could not",
    "he would sign": "he would sign",
    "few expect a deal": "few expect a deal",
    "": "",
}


@pytest.mark.parametrize(("words", "part"), REFUSED.items())
def test_a_doubtful_text_is_refused_with_the_part_that_was_not_understood(words: str, part: str) -> None:
    assert parse_likelihood(words) is None
    unread = not_understood(words)
    assert unread is not None
    assert unread.part == part
    assert unread.reason


def test_the_part_is_shown_as_it_was_typed() -> None:
    assert str(not_understood("It Is  NOT  Sure")) == (
        "\"NOT  Sure\": no survey says what a denied 'certain' means: ask the speaker"
    )


def test_what_is_read_has_nothing_left_over() -> None:
    assert not_understood("highly unlikely") is None


def test_a_phrase_that_a_scale_lacks_is_named_with_the_scale() -> None:
    assert str(not_understood("may well", "uk_phia")) == (
        '"may well": UK probability yardstick has no such phrase'
    )


def test_an_unknown_scale_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(BadValue, match=r"no scale is called 'uk'\. There are fl-1, uk_phia"):
        parse_likelihood("likely", "uk")
