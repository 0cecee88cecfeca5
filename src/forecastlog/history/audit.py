"""The ledger against its git history: what was altered or removed after it was first committed.

Every commit is compared with its parents, record by record, so that a record that moved to another file is
not missed and one that two branches added is not doubled. What was gone for a while, as when a broken file is
committed, counts by what it says when it is back. What stands in the working tree and is not committed yet is
compared as a last step.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from forecastlog.errors import Refused
from forecastlog.history.finding import UNCOMMITTED, Finding, NoScore, Score
from forecastlog.history.git import Git
from forecastlog.history.step import known_of
from forecastlog.history.today import Now, Scorer
from forecastlog.history.walk import findings
from forecastlog.ledger import Loaded
from forecastlog.ledger.loader import uncollected
from forecastlog.model.records import Prediction
from forecastlog.phrasing import counted


def unscored(*_: object) -> Score:
    """Stands in where nobody knows the scores."""
    return NoScore()


def audit(
    loaded: Loaded,
    *,
    today: date,
    since: str | None = None,
    score: Scorer = unscored,
    fresh: bool = False,
) -> list[Finding]:
    """Everything that git tells of the ledger's records, in the order of the commits.

    ``since`` leaves out what the commits up to that revision brought; ``score`` is asked for what a
    prediction comes to before and after a change. ``fresh`` reads every version again, whatever the index of
    files has kept. Raises Refused where there is no whole history to audit, or no such revision.
    """
    git = Git(loaded.root)
    try:
        with uncollected():
            return list(findings(git, Now(loaded, today, score), since, None if fresh else loaded.index))
    finally:
        git.close()


def made_from(loaded: Loaded) -> tuple[str | None, bool]:
    """The commit on which the ledger stands, and whether its folder holds what is not committed.

    None without git.
    """
    try:
        git = Git(loaded.root)
        return git.head, git.changed()
    except Refused:
        return None, False


def builds_on(loaded: Loaded, commit: str) -> None:
    """Raise Refused unless today's history builds on a commit that somebody saw.

    Then it was not rewritten since.
    """
    git = Git(loaded.root)
    try:
        if not re.fullmatch(r"[0-9a-f]{7,64}", commit, re.ASCII) or not git.contains(commit):
            raise Refused(
                f"today's history does not build on {commit}. "
                "If that was ever published, the history was rewritten since, "
                "and nothing proves what it said; whoever kept a copy from then can compare."
            )
    finally:
        git.close()


def sentence(record: Prediction, findings: Iterable[Finding], loaded: Loaded, today: date) -> str:
    """The audit line of one record: when it was logged, whether its outcome was known, what changed since."""
    own: Sequence[Finding] = [
        finding for finding in findings if (finding.of, finding.record) == ("prediction", record.id)
    ]
    logged = next((finding for finding in own if finding.kind == "logged"), None)
    if logged is None:
        return "not found in the history"
    known = known_of(record, loaded.ledger, today)
    when = (
        "before the outcome was known"
        if known is None or logged.on < known
        else "after the outcome was known"
    )
    uncommitted = logged.commit == UNCOMMITTED
    told = f"{'not committed yet' if uncommitted else f'committed on {logged.on.isoformat()}'}, {when}"
    altered = [finding for finding in own if finding.change]
    if not altered:
        return f"{told}; unchanged since"
    explained = sum(not finding.breach for finding in altered)
    return f"{told}; altered since: {counted(len(altered), 'value')}, {explained} with a correction"
