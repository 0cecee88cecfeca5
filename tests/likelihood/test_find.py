"""Likelihoods in running text."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecastlog.likelihood import Likelihood, find, parse_likelihood
from tests.likelihood.test_properties import texts

ARTICLE = """
Mr. Smith\u2019s deal is \u201chighly  unlikely\u201d, he said. The bank put the odds of a recession
at 35%, and 70% of economists expect a cut.

Europe will not accept it; the talks may fail. City are the 4\u20111 favourites (75 per cent).
"""


def test_every_likelihood_of_a_text_is_found_where_it_stands() -> None:
    found = [
        (one.words, getattr(one.reading, "probability", "refused"), one.negated) for one in find(ARTICLE)
    ]
    assert found == [
        ("highly  unlikely", 0.05, False),
        ("35%", 0.35, False),
        ("70% of economists", "refused", False),
        ("will not", 0.05, True),
        ("may", None, False),
        ("4\u20111 favourites", 0.2, False),
        ("75 per cent", 0.75, False),
    ]


@given(
    st.lists(texts | st.sampled_from([". ", "\n\n", "; ", "x" * 700, "\u0301e", "\ufb01"]), max_size=8).map(
        " ".join
    )
)
def test_any_text_gives_spans_in_order_that_are_its_own_words(text: str) -> None:
    end = 0
    for one in find(text):
        assert end <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.words
        assert one.read == isinstance(one.reading, Likelihood)
        end = one.end


@pytest.mark.parametrize(
    "words", ["not likely", "a 70% chance", "will probably not", "an 11-2 shot", "fairly likely"]
)
def test_a_phrase_in_a_text_reads_as_it_does_alone(words: str) -> None:
    (one,) = find(f"The minister spoke. It is {words}. Nobody replied to it.")[:1]
    alone = parse_likelihood(words)
    assert isinstance(one.reading, Likelihood)
    assert alone is not None
    assert (one.reading.probability, one.reading.basis) == (alone.probability, alone.basis)


def test_the_time_grows_with_the_text_and_not_faster() -> None:
    def seconds(text: str) -> float:
        started = process_time()
        find(text)
        return process_time() - started

    find(ARTICLE)
    for unit in (ARTICLE, "70% of it and ", "x", "(likely 3 to 1, ", "the odds of "):
        short, long = (seconds(unit * (size // len(unit))) for size in (20_000, 160_000))
        assert long < 24 * short + 0.5
