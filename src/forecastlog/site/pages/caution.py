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
    return {"rates_nobody": True, "sentence": f"{_when(totals, predictions)} {_whence(store, totals)}"}


def _when(totals: Totals, predictions: int) -> str:
    """What was logged when; nothing that was logged in advance is scored yet."""
    timing = totals.get("timing", {})
    early, late = (
        timing.get("in advance", 0),
        timing.get("logged late", 0) + timing.get("logged elsewhere", 0),
    )
    after = predictions - early - late
    if not early and not late:
        return f"All {predictions:,} predictions were logged after their outcomes could be known,"
    parts = [f"{after:,} of {predictions:,} predictions were logged after their outcomes could be known"]
    if late:
        parts.append(f"{late:,} before that, but long after they were made or in another log first")
    if not early:
        return f"{' and '.join(parts)}; none was logged in advance. They come"
    scored = {1: "the one logged in advance is not", 2: "neither of the two logged in advance is"}
    none = f"none of the {wording.number(early)} logged in advance is"
    return f"{' and '.join(parts)}; {scored.get(early, none)} scored yet. They come"


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
