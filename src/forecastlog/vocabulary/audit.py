"""Words for what the history of a ledger tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from forecastlog.vocabulary.word import Word, table

FindingKind = Literal[
    "logged",
    "altered",
    "vanished",
    "added",
    "changed",
    "verdict",
    "misdated",
    "late-criteria",
    "draft",
    "unreadable",
]
FINDINGS = table(
    FindingKind,
    Word("logged", "Records found in the history"),
    Word("altered", "Values altered after they were committed"),
    Word("vanished", "Values removed after they were committed"),
    Word("added", "Values added when the deadline had passed or the outcome was known"),
    Word("changed", "Values that may change without a word"),
    Word("verdict", "Records that were resolved anew"),
    Word("misdated", "Days that are not those of their commits"),
    Word("late-criteria", "Records whose criteria were first committed when the outcome was known already"),
    Word("draft", "Drafts that were committed and have not been published"),
    Word("unreadable", "Files that were committed and cannot be read whole today"),
)


@dataclass(frozen=True, slots=True)
class LevelOfFinding(Word):
    """How grave a finding is; for a ``breach`` the audit fails."""

    breach: bool = False


FindingLevel = Literal["altered", "misdated", "change of verdict", "explained", "harmless"]
FINDING_LEVELS = table(
    FindingLevel,
    LevelOfFinding(
        "altered",
        (
            "something published was changed, removed, or added when it was too late, "
            "and nothing lawful says why"
        ),
        "Altered, and nothing lawful says why",
        breach=True,
    ),
    LevelOfFinding(
        "misdated",
        "a day that the commit which brought it does not bear out",
        "Dated otherwise than the history says",
        breach=True,
    ),
    LevelOfFinding("change of verdict", "somebody resolved it anew, dated as its commit is", "Resolved anew"),
    LevelOfFinding(
        "explained",
        "a correction says what stood there, for a reason that may touch it",
        "Altered, and told in a correction",
    ),
    LevelOfFinding("harmless", "when a record first appeared, and what may change without a word"),
)
