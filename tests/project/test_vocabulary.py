"""Every word stands once, in the order of its Literal type, with a meaning."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

import pytest

from forecastlog.vocabulary import everything as vocabulary
from forecastlog.vocabulary.deadlines import HOLDS
from forecastlog.vocabulary.outcomes import UNDECIDED, WITHOUT_EVIDENCE
from forecastlog.vocabulary.scores import LeftOutReason
from forecastlog.vocabulary.statuses import Status
from forecastlog.vocabulary.word import Word, table

TABLES = {
    name: words
    for name, words in vocabulary().items()
    if isinstance(words, Mapping)
    and name.isupper()
    and all(isinstance(word, Word) for word in words.values())
}


@pytest.mark.parametrize("name", TABLES)
def test_every_word_has_a_meaning_of_its_own(name: str) -> None:
    words = list(TABLES[name].values())
    assert words
    assert all(key == word.name == str(word) for key, word in TABLES[name].items())
    assert all(word.meaning and word.title for word in words)
    assert len({word.meaning for word in words}) == len(words)


def test_a_table_has_the_words_of_its_type() -> None:
    with pytest.raises(ValueError, match="are not the words of"):
        table(Literal["yes", "no"], Word("yes", "it happened"))
    with pytest.raises(ValueError, match="are not the words of"):
        table(Literal["yes", "no"], Word("no", "it did not"), Word("yes", "it happened"))


def test_undecided_outcomes_are_statuses_and_reasons_for_leaving_out() -> None:
    assert set(get_args(Status)) >= UNDECIDED
    assert set(get_args(LeftOutReason)) >= UNDECIDED


def test_what_lapses_needs_evidence() -> None:
    """That nothing happened by the last day is shown by where it was looked for."""
    assert not {word.lapses for word in HOLDS.values()} & WITHOUT_EVIDENCE
