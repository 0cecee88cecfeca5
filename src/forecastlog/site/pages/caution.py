"""The sentence that stands above every figure: what was logged when, from where, and what that allows."""

from __future__ import annotations

from forecastlog.site import wording
from forecastlog.site.store import Row, Store

Totals = dict[str, dict[str, int]]
FEW = 50
"""Of up to this many articles it is said how they were chosen."""


def caution(store: Store, totals: Totals) -> Row:
    """``rates_nobody`` and ``sentence``; ``totals`` are those of everything."""
    predictions = totals.get("count", {}).get("predictions", 0)
    in_advance = totals.get("timing", {}).get("in advance", 0)
    scored_in_advance = totals.get("count", {}).get("scored_in_advance", 0)
    if not predictions:
        return {"rates_nobody": True, "sentence": "Nothing has been logged yet."}
    if scored_in_advance:
        return {
            "rates_nobody": False,
            "sentence": (
                f"{in_advance:,} of {wording.count(predictions, 'prediction')} were logged in advance, "
                f"and {scored_in_advance:,} of these are scored. What was logged late or afterwards "
                "stands apart, and is never ranked."
            ),
        }
    return {"rates_nobody": True, "sentence": f"{_when(predictions, in_advance)} {_whence(store, totals)}"}


def _when(predictions: int, in_advance: int) -> str:
    if not in_advance:
        return f"All {predictions:,} predictions were logged after their outcomes could be known,"
    late = f"{predictions - in_advance:,} of {predictions:,} predictions were logged after their outcomes could be known"
    early = {1: "the one", 2: "neither of the two"}.get(
        in_advance, f"none of the {wording.number(in_advance)}"
    )
    denied = "is not" if in_advance == 1 else "is"
    return f"{late}; {early} logged in advance {denied} scored yet. They come"


def _whence(store: Store, totals: Totals) -> str:
    articles = totals["count"].get("articles", 0)
    nobody = "They show how the log works; they rate nobody."
    if articles > FEW:
        return f"from {wording.count(articles, 'article')}. {nobody}"
    chosen = store.all("select chosen, count(*) as n from articles group by chosen order by n desc, chosen")
    if not all(row["chosen"] for row in chosen):
        return f"from {wording.count(articles, 'article')}. {nobody}"
    ways = "; ".join(f"“{row['chosen']}”" for row in chosen)
    each = "each " if len(chosen) == 1 and articles > 1 else ""
    return f"from {wording.count(articles, 'article')} chosen by hand, {each}{ways}. {nobody}"
