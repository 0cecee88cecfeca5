"""Every word stands once, in the order of its Literal type, with a meaning."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

import pytest

from forecastlog import vocabulary
from forecastlog.vocabulary import Word

TABLES = {
    name: table
    for name, table in vars(vocabulary).items()
    if isinstance(table, Mapping)
    and name.isupper()
    and all(isinstance(word, Word) for word in table.values())
}


@pytest.mark.parametrize("name", TABLES)
def test_every_word_has_a_meaning_of_its_own(name: str) -> None:
    words = list(TABLES[name].values())
    assert words
    assert all(key == word.name == str(word) for key, word in TABLES[name].items())
    assert all(word.meaning and word.title for word in words)
    assert len({word.meaning for word in words}) == len(words)


def test_a_table_has_the_words_of_its_type() -> None:
    made = vocabulary._table
    with pytest.raises(ValueError, match="are not the words of"):
        made(Literal["yes", "no"], Word("yes", "it happened"))
    with pytest.raises(ValueError, match="are not the words of"):
        made(Literal["yes", "no"], Word("no", "it did not"), Word("yes", "it happened"))


def test_undecided_outcomes_are_statuses_and_reasons_for_leaving_out() -> None:
    assert set(get_args(vocabulary.Status)) >= vocabulary.UNDECIDED
    assert set(get_args(vocabulary.LeftOutReason)) >= vocabulary.UNDECIDED


def test_what_lapses_needs_evidence() -> None:
    """That nothing happened by the last day is shown by where it was looked for."""
    assert not {word.lapses for word in vocabulary.HOLDS.values()} & vocabulary.WITHOUT_EVIDENCE
