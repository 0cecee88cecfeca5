"""The columns that tables of scores share: what the groups are, and which forecasts count."""

from __future__ import annotations

from forecastlog.column import count, score, share, text
from forecastlog.vocabulary.scores import BLOCKS, GROUPINGS, RULES, TIMINGS
from forecastlog.vocabulary.word import explained

BY = text(f"what the groups are: {', '.join(GROUPINGS)} (of the deadline)", facet=True)
GROUP = text("the group: an id, a name, a tag or a year", width=0)
TIMING = text(explained(TIMINGS), facet=True, width=0)
BLOCK = text(explained(BLOCKS), facet=True, width=0)
RULE = text(f"which forecasts count: {explained(RULES)}")
PAIRS = count("how many pairs of prediction and forecaster are scored", width=0)
ARTICLES = count("from how many articles they come", width=100)
LOG = score("the mean log score in nats, lower is better; empty where infinite", width=110)
LOG_INFINITE = count("how many had given what happened no chance at all")
BRIER = score("the mean Brier score, one-sided: lower is better, from 0 to 1", width=0)
SHARE = share("the share that came true", width=0)
BIN_LOW = share("the bin holds probabilities above this (the first bin also 0)", width=0)
BIN_HIGH = share("up to and including this", width=0)
SHARE_LOW = share("lower end of its 95 % Wilson interval", width=90)
SHARE_HIGH = share("upper end of its 95 % Wilson interval", width=90)
