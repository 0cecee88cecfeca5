"""A word of the vocabulary that SQL, a template or a row is compared with is one: no type checks those."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import forecastlog
from forecastlog.database.filtered import APART
from forecastlog.kinds import KINDS
from forecastlog.vocabulary.audit import FINDING_LEVELS, FINDINGS
from forecastlog.vocabulary.deadlines import DEADLINE_BASES
from forecastlog.vocabulary.forecasts import FORECAST_BASES, LEANINGS, WENT
from forecastlog.vocabulary.outcomes import ANY_OUTCOMES, REASONS
from forecastlog.vocabulary.pages import CAME, FILTERS, MARKS
from forecastlog.vocabulary.people import ATTRIBUTIONS, FORECASTER_KINDS, STANCES
from forecastlog.vocabulary.scores import BLOCKS, GROUPINGS, LEFT_OUT, RULES, TIMINGS
from forecastlog.vocabulary.statuses import DUE_KINDS, STATUSES

SOURCE = Path(forecastlog.__file__).parent
WORDS = {
    "status": {*STATUSES, APART},
    "timing": TIMINGS,
    "block": BLOCKS,
    "rule": RULES,
    "outcome": ANY_OUTCOMES,
    "reason": {*REASONS, *LEFT_OUT},
    "basis": FORECAST_BASES,
    "deadline_basis": DEADLINE_BASES,
    "attribution": ATTRIBUTIONS,
    "stance": STANCES,
    "went": WENT,
    "leaning": LEANINGS,
    "mark": MARKS,
    "came": CAME,
    "level": FINDING_LEVELS,
    "by": {*GROUPINGS, *FILTERS},
    # Of predictions, of people, of what is due, of what the audit found, and in a feed of what is to come.
    "kind": {*KINDS, *FORECASTER_KINDS, *DUE_KINDS, *FINDINGS, "coming"},
}
"""The columns whose values are words of the vocabulary."""
_COLUMN = rf"""["'.\s(]({"|".join(WORDS)})["']?\]?\s*"""
_COMPARED = re.compile(
    # SQL has single quotes; Python and templates double ones, and one equals sign alone compares nothing.
    rf"""{_COLUMN}(?:=|<>|is|is\snot|in|not\sin)\s*\(?((?:'[\w -]{{2,}}'(?:,\s*)?)+)"""
    rf"""|{_COLUMN}(?:==|!=|in|not\sin)\s*\(?((?:"[\w -]{{2,}}"(?:,\s*)?)+)"""
)


def uses() -> Iterator[tuple[str, str, str]]:
    """Where a column of the database is compared with words, which column, and each of the words."""
    paths = [path for room in ("site", "database") for path in (SOURCE / room).rglob("*")]
    for path in [*paths, SOURCE / "went.py"]:
        if path.suffix not in (".py", ".html"):
            continue
        for groups in _COMPARED.findall(path.read_text(encoding="utf-8")):
            column, words = filter(None, groups)
            for word in re.findall(r"""["']([^"']*)["']""", words):
                yield path.relative_to(SOURCE).as_posix(), column, word


def test_what_a_column_is_compared_with_is_a_word_of_its_vocabulary() -> None:
    found = set(uses())
    assert {column for _, column, _ in found} >= {"status", "timing", "outcome", "kind", "by", "level"}
    assert {one for one in found if one[2] not in WORDS[one[1]]} == set()
