"""The ledger against its git history: what was altered or removed after it was first committed.

git.py         the few questions that are put to git, and what is not believed
versions.py    what the records said at a commit, under the names of that day
facts.py       a record as paths and texts, through the tables of keys
mending.py     which reason for a correction may touch which keys, and when
slips.py       what is a slip of the pen, and what is another word
step.py        a commit against its parents
today.py       what is known today, and what of it was asked
dates.py       what is new, against the day of its commit
changes.py     what is gone, other or added, each with its level
appended.py    what machines wrote
compare.py     one record of a commit: new, other, gone or back again
kept.py        findings from one audit to the next
working.py     the files of the folder as git would name them
walk.py        the walk through the history
audit.py       what others ask
"""

from forecastlog.history.audit import audit, builds_on, made_from, sentence
from forecastlog.history.finding import Finding, Score

__all__ = ["Finding", "Score", "audit", "builds_on", "made_from", "sentence"]
