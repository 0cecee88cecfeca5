"""More than 1,500 phrases of the kind that articles use, with labels set by hand before they were run."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from forecastlog.deadlines import explain, parse_deadline


def labelled() -> Iterator[tuple[date, str, str]]:
    reference = date.min
    for line in Path(__file__).with_name("phrases.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            reference = date.fromisoformat(line[1:])
        elif line and not line.startswith("#"):
            phrase, _, label = line.partition("|")
            yield reference, phrase.strip(), label.strip()


@pytest.mark.parametrize(("reference", "phrase", "label"), list(labelled()))
def test_phrase(reference: date, phrase: str, label: str) -> None:
    found = parse_deadline(phrase, reference)
    if found is None:
        assert label == "none"
        sentence = explain(phrase, reference)
        assert sentence is not None
        assert sentence.endswith(".")
    else:
        assert f"{found.earliest or '-'} | {found.latest or '-'}" == label
        assert explain(phrase, reference) is None
