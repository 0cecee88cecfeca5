"""Finds the predictions in a text, with what it says of each: words, speaker, condition, deadline.

cues_2.csv, cues.py  the words that mark a prediction, and what only looks like one; found by a tree of words
sentences.py         paragraphs, sentences, turns of a transcript, furniture
anchors.py           what in a sentence speaks of the future, and how much it weighs
clauses.py           a clause for each thing that a sentence foretells, and the quote that finds it
conditions.py        what it hangs on
speakers.py          who is said to say something
ascribing.py         who speaks in a clause
figures.py           the number that is foretold, and the claim that is proposed
settling.py          who publishes that number
spun.py              texts that a machine has rewritten
asking.py            a language model as a second finder, whose word counts only where it stands in the text
finder.py            all of these in their order

Finding writes nothing. Times, likelihoods and amounts are read by the libraries that read records' words.
"""

from forecastlog.suggest.cues import VERSION
from forecastlog.suggest.find import CLASSES, Find
from forecastlog.suggest.finder import DEFAULT_SCORE, suggest

__all__ = ["CLASSES", "DEFAULT_SCORE", "VERSION", "Find", "suggest"]
