"""More than 1,700 phrases of the kind that articles use, with labels set by hand before they were run.

`phrases.txt` was labelled with the conventions fl-1; where fl-2 means something else, that stands behind
"||". `newsroom.txt` was labelled with fl-2.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from forecastlog.deadlines import explain, parse_deadline


def labelled(name: str, convention: str) -> Iterator[tuple[date, str, str]]:
    reference = date.min
    for line in Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            reference = date.fromisoformat(line[1:])
        elif line and not line.startswith("#"):
            phrase, _, labels = line.partition("|")
            first, _, second = labels.partition("||")
            yield reference, phrase.strip(), (second if second and convention == "fl-2" else first).strip()


CASES = [
    (convention, *case)
    for name, convention in (("phrases.txt", "fl-1"), ("phrases.txt", "fl-2"), ("newsroom.txt", "fl-2"))
    for case in labelled(name, convention)
]


@pytest.mark.parametrize(("convention", "reference", "phrase", "label"), CASES)
def test_phrase(convention: str, reference: date, phrase: str, label: str) -> None:
    found = parse_deadline(phrase, reference, convention=convention)
    if found is None:
        assert label == "none"
        sentence = explain(phrase, reference, convention=convention)
        assert sentence is not None
        assert sentence.endswith(".")
    else:
        assert f"{found.earliest or '-'} | {found.latest or '-'}" == label
        assert explain(phrase, reference, convention=convention) is None
