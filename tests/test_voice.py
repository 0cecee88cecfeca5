"""Who said what: no sentence lets anybody say what they did not."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from forecastlog.vocabulary.articles import TextKind
from forecastlog.vocabulary.forecasts import ForecastBasis, Leaning
from forecastlog.vocabulary.people import ATTRIBUTIONS, Attribution, Stance
from forecastlog.voice import Voice, affirms, byline, called, cite, marked, spoken, told

CLAIM = "Our claim comes true."
LOUGH = Voice(
    speaker="John Lough",
    negated=True,
    direct=True,
    quote="highly unlikely that another package is agreed",
    words="highly unlikely",
    basis="worded",
    probability=0.05,
)
PUTIN = Voice(
    speaker="Vladimir Putin",
    attribution="ascribed",
    teller="John Lough",
    stance="endorses",
    words="reasonably sure",
    basis="worded",
    probability=0.8,
)


@pytest.mark.parametrize(
    ("voice", "line"),
    [
        (LOUGH, "John Lough: “highly unlikely” (read by us as 5 %); the text denies that it happens"),
        (
            PUTIN,
            (
                "John Lough (on the view of Vladimir Putin): “reasonably sure” (read by us as 80 %); "
                "the article shares it"
            ),
        ),
        (
            Voice(
                speaker="Ann",
                attribution="quoted",
                teller="The Paper",
                words="70 per cent",
                basis="stated",
                probability=0.7,
            ),
            "Ann (quoted by The Paper): “70 per cent”",
        ),
        (
            Voice(
                speaker="The Kremlin",
                attribution="collective",
                teller="Ann",
                stance="reports",
                words="will",
                basis="asserted",
                probability=0.95,
            ),
            "Ann (on the view of the Kremlin): “will” (read by us as 95 %)",
        ),
        (
            Voice(
                speaker="Bob",
                attribution="reported",
                teller="ABC",
                stance="disputes",
                words="may",
                basis="possible",
                text="paraphrased",
                publisher="copy.example",
                origin="ABC",
            ),
            (
                "ABC (reporting a statement by Bob, as rewritten by copy.example): "
                "may (no likelihood was given); the article disputes it"
            ),
        ),
        (
            Voice(
                speaker="copy.example",
                words="may",
                basis="possible",
                text="paraphrased",
                publisher="copy.example",
                origin="The Guardian",
            ),
            "copy.example (rewriting The Guardian): may (no likelihood was given)",
        ),
        (
            Voice(speaker="Ann and Bob", words="a fair shot", basis="unread", conditional=True),
            "Ann and Bob: “a fair shot” (not read by us), on a condition",
        ),
        (
            Voice(speaker="Ann", words="very close", basis="judged", probability=0.95),
            "Ann: “very close” (our judgement: 95 %)",
        ),
        (
            Voice(speaker="Ann", basis="judged", probability=0.95),
            "Ann: no words for how sure (our judgement: 95 %)",
        ),
        (Voice(speaker="The desk", basis="stated", probability=0.4), "The desk: 40 %"),
        (
            Voice(speaker="Ann", attribution="reported", words="may"),
            "The text (reporting a statement by Ann): “may”",
        ),
    ],
)
def test_each_kind_of_words_has_its_line(voice: Voice, line: str) -> None:
    assert told(voice).replace("\xa0", " ") == line


def test_a_denial_is_called_by_its_words_only_where_they_deny_it() -> None:
    assert called(LOUGH) == "Called “highly unlikely”"
    assert (
        called(Voice(speaker="Ann", negated=True, words="will fail", basis="asserted"))
        == "Called “will fail”, in a denial"
    )
    assert called(PUTIN) == "Described as “reasonably sure”"


def test_our_wording_is_marked_as_ours_in_a_citation() -> None:
    assert cite(PUTIN, CLAIM, outlet="Chatham House", day="19 March 2025") == (
        "John Lough (on the view of Vladimir Putin): “reasonably sure”; the article shares it, said of: "
        "Our claim comes true (our wording). Chatham House, 19 March 2025."
    )
    assert ", said in denial of: Our claim comes true (our wording)." in cite(
        LOUGH, CLAIM, outlet=None, day="2025"
    )


NAMES = st.sampled_from(
    ["John Lough", "Vladimir Putin", "The Kremlin", "ABC News", "ABC", "{speaker}", "copy.example"]
)
WORDS = st.sampled_from(["highly unlikely", "“very close”", 'a "sure" thing', "will", "may", "it‘s «over»"])
VOICES = st.builds(
    Voice,
    speaker=NAMES,
    attribution=st.sampled_from(get_args(Attribution)),
    teller=st.none() | NAMES,
    stance=st.none() | st.sampled_from(get_args(Stance)),
    negated=st.booleans(),
    conditional=st.booleans(),
    text=st.sampled_from(get_args(TextKind)),
    publisher=st.none() | NAMES,
    origin=st.none() | NAMES,
    quote=st.none() | WORDS,
    words=st.none() | WORDS,
    basis=st.none() | st.sampled_from(get_args(ForecastBasis)),
    probability=st.none() | st.sampled_from([0.05, 0.5, 0.95]),
    expected=st.none() | st.just("expected 285 seats, 243 to 331"),
    reader=st.none() | NAMES,
)


def lines(voice: Voice) -> list[str]:
    return [told(voice), spoken(voice), called(voice), cite(voice, CLAIM, outlet="The Paper", day="2025")]


@given(VOICES)
def test_the_name_before_the_words_is_that_of_whoever_chose_them(voice: Voice) -> None:
    own = ATTRIBUTIONS[voice.attribution].scored
    head = byline(voice)
    assert head.startswith(voice.speaker if own else (voice.teller or "The text"))
    assert ("on the view of" in head or "reporting a statement by" in head) is not own
    for line in (told(voice), spoken(voice), cite(voice, CLAIM, outlet=None, day="2025")):
        assert line.startswith(f"{head}: ")
    assert f"{voice.speaker}: " not in head
    assert head.endswith(")") or (own and head == voice.speaker)


@given(VOICES)
def test_rewritten_words_stand_in_no_quotation_marks(voice: Voice) -> None:
    for line in lines(voice):
        assert ("“" in line) <= (voice.text == "original")
        assert line.count("“") == line.count("”")
        assert '"' not in line


@given(VOICES)
def test_our_claim_is_in_no_line_but_the_citation_and_never_in_marks(voice: Voice) -> None:
    *others, citation = lines(voice)
    assert not any("Our claim" in line for line in others)
    assert citation.count("Our claim comes true (our wording)") == 1
    assert "“Our claim" not in citation


@given(VOICES)
def test_a_figure_of_ours_says_that_it_is_ours(voice: Voice) -> None:
    assume(voice.probability is not None and voice.basis not in (None, "stated"))
    line = told(voice)
    if "%" in line:
        assert "our judgement" in line or "the judgement of" in line or "read by us as" in line


@given(VOICES)
def test_denial_condition_and_dispute_are_always_told(voice: Voice) -> None:
    line = told(voice)
    assert ("the text denies that it happens" in line) is voice.negated
    assert ("on a condition" in line) is voice.conditional
    assert ("the article disputes it" in line) is (voice.stance == "disputes")
    assert ("said in denial of" in cite(voice, CLAIM, outlet=None, day="2025")) is voice.negated


@given(VOICES, st.sampled_from(get_args(Leaning)))
def test_only_who_says_so_themselves_affirms(voice: Voice, leaning: str) -> None:
    if affirms(voice, leaning):
        assert voice.attribution in ("author", "quoted")
        assert voice.text == "original"
        assert leaning == "for"
        assert not voice.negated
        assert not voice.conditional


@given(st.text())
def test_marks_never_nest(text: str) -> None:
    inner = marked(text, rewritten=False)[1:-1]
    assert not set('“”"„«»') & set(inner)


def test_an_analysts_own_figure_is_told_with_the_analysts_name() -> None:
    voice = Voice(speaker="Ann", words="should", basis="judged", probability=0.7, reader="Kim")
    assert told(voice) == "Ann: “should” (the judgement of Kim: 70\xa0%)"
    assert called(voice) == "Called “should”, by the judgement of Kim 70\xa0%"
