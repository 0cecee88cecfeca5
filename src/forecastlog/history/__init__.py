"""The ledger against its git history: what was altered or removed after it was first committed.

git.py         the few questions that are put to git
versions.py    what a record said in public at a commit
audit.py       the commits compared with their parents
"""

from forecastlog.history.audit import Finding, audit, sentence

__all__ = ["Finding", "audit", "sentence"]
