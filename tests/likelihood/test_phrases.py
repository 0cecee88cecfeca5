"""Nearly 600 phrases and half sentences of analysts and journalists, labelled before they were run."""

from __future__ import annotations

from pathlib import Path

import pytest

from forecastlog.likelihood import not_understood, parse_likelihood

LABELLED = [
    tuple(part.strip() for part in line.split("|"))
    for line in Path(__file__).with_name("phrases.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("words", "label"), LABELLED)
def test_phrase(words: str, label: str) -> None:
    found = parse_likelihood(words)
    assert (not_understood(words) is None) == (found is not None)
    if found is None:
        assert label == "none"
    else:
        assert label == ("possible" if found.probability is None else f"{found.probability:g}")
