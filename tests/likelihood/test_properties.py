"""What holds for any text at all."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from forecastlog.likelihood import Likelihood, not_understood, parse_likelihood, readings, scale_names
from forecastlog.likelihood.anchors import own_phrases

PHRASES = sorted({" ".join(phrase.words) for phrase in own_phrases()})
GLUE = """
not very the a will % 70 in 3 - 101% -5% of that chance is almost all but
fairly no odds between and to per cent
seventy million \u00bd \u0663 \ufdfa \u200b . 's p= at least ? '
"""
texts = st.one_of(
    st.text(),
    st.lists(st.sampled_from(PHRASES) | st.sampled_from([*GLUE.split(), "1" * 5000]), max_size=6).map(
        " ".join
    ),
    st.floats().map(lambda number: f"{number}%"),
    st.integers().map(lambda number: f"{number} percent chance"),
)
scales = st.sampled_from(scale_names())


def meaning(found: Likelihood | None) -> tuple[object, ...] | None:
    return (
        None
        if found is None
        else (found.probability, found.low, found.high, found.basis, found.anchor, found.rule)
    )


@given(texts, scales)
def test_any_text_is_read_in_order_or_refused_with_a_reason(words: str, scale: str) -> None:
    found = parse_likelihood(words, scale)
    unread = not_understood(words, scale)
    assert (found is None) != (unread is None)
    if found:
        inner = found.low if found.probability is None else found.probability
        assert 0 <= found.low <= inner <= found.high <= 1
        assert (found.probability is None) == (found.basis == "possible")
        assert found.words == words


@given(
    st.lists(
        st.sampled_from(PHRASES) | st.sampled_from(["70%", "2 in 3", "fifty-fifty", "won't"]), max_size=3
    )
)
def test_case_spaces_quotes_and_dashes_make_no_difference(parts: list[str]) -> None:
    words = " ".join(parts)
    plain = meaning(parse_likelihood(words))
    assert meaning(parse_likelihood(words.upper())) == plain
    assert meaning(parse_likelihood(words.title().replace("'S", "'s"))) == plain
    assert meaning(parse_likelihood(words.replace(" ", "\u00a0"))) == plain
    assert meaning(parse_likelihood(f"  {words.replace(' ', '  ')}. ")) == plain
    for dash in "\u2010\u2011\u2013\u2014\u2212":
        assert meaning(parse_likelihood(words.replace("-", dash))) == plain
    for quote in "\u2019\u2018":
        assert meaning(parse_likelihood(words.replace("'", quote))) == plain


@given(st.sampled_from([phrase for phrase in PHRASES if " " in phrase]))
def test_hyphens_within_a_phrase_make_no_difference(phrase: str) -> None:
    assert meaning(parse_likelihood(phrase.replace(" ", "-"))) == meaning(parse_likelihood(phrase))


@given(st.integers(0, 100))
def test_a_percentage_is_itself(percent: int) -> None:
    for words in (f"{percent}%", f"a {percent} per cent chance", f"p={percent / 100:.2f}"):
        found = parse_likelihood(words)
        assert found is not None
        assert found.probability == percent / 100


@given(texts)
def test_the_scales_side_by_side_are_the_scales_one_by_one(words: str) -> None:
    assert readings(words) == {name: parse_likelihood(words, name) for name in scale_names()}
