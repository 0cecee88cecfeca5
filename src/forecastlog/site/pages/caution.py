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
                f"{_of(in_advance, predictions)} logged in advance, and "
                f"{'all' if scored_in_advance == in_advance > 1 else f'{scored_in_advance:,}'} of these "
                f"{'is' if scored_in_advance == 1 else 'are'} scored. What was logged late or afterwards "
                "stands apart, and is never ranked."
            ),
        }
    return {"rates_nobody": True, "sentence": f"{_when(totals, predictions)} {_whence(store, totals)}"}


def _of(part: int, whole: int) -> str:
    """So many of all with their verb: ``3 of 72 predictions were``, ``All seven predictions were``."""
    if part == whole > 1:
        return f"All {wording.count(whole, 'prediction')} were"
    return (
        f"{part:,} of {whole:,} {'prediction' if whole == 1 else 'predictions'} "
        f"{'was' if part == 1 else 'were'}"
    )


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
