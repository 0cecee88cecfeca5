"""How it went, and the one sentence about many."""

from __future__ import annotations

from typing import Any

import pytest

from forecastlog.went import came, ended, leaning, sentences, way_of, went


@pytest.mark.parametrize(
    ("basis", "figures", "leans"),
    [
        ("worded", (0.05, 0.05, 0.2), "against"),
        ("worded", (0.6, 0.4, 0.75), "none"),  # may well
        ("worded", (0.75, 0.55, 0.8), "for"),
        ("worded", (0.7, 0.5, 0.8), "none"),  # the band touches .5
        ("stated", (0.51, None, None), "for"),
        ("stated", (0.5, None, None), "none"),
        ("asserted", (0.95, 0.85, 0.99), "for"),
        ("judged", (0.95, 0.85, 0.99), "none"),
        ("possible", (None, 0.25, 0.51), "none"),
        ("unread", (None, None, None), "none"),
    ],
)
def test_words_lean_only_where_the_whole_band_does(
    basis: str, figures: tuple[Any, Any, Any], leans: str
) -> None:
    assert leaning(basis, *figures) == leans


def test_how_it_went_is_seen_from_what_was_said() -> None:
    assert [went("against", y) for y in (0.0, 1.0, 0.4, None)] == [
        "the way it leaned",
        "the other way",
        "no lean",
        "not decided",
    ]
    assert went("none", 1.0) == "no lean"


@pytest.mark.parametrize(
    ("status", "outcome", "reason", "told"),
    [
        ("resolved", "yes", None, "It happened"),
        ("void", "void", "moot", "Not decided: events overtook the question"),
        ("uncheckable", "uncheckable", "private-state", "Not decided: only private knowledge could tell"),
        ("contested", None, None, "Not decided: the people who resolved it disagree"),
        ("maybe_due", None, None, "Past its deadline by the strict reading: nobody has looked yet"),
        ("due", "reopened", None, "Past its deadline: nobody has looked yet"),
    ],
)
def test_what_came_is_told_in_a_readers_words(
    status: str, outcome: str | None, reason: str | None, told: str
) -> None:
    assert came(status, outcome, reason) == told
    assert ended("Called “may”", told) == f"Called “may”. {told}."


def row(number: int, **rest: Any) -> dict[str, Any]:
    made = {
        "id": f"p{number}",
        "article_id": "a",
        "event": f"e{number}",
        "timing": "logged afterwards",
        "own_words": 1,
        "went": "the way it leaned",
        "leaning": "against",
        "probability": 0.2,
        "status_quo": "no",
        "outcome": "no",
        "deadline_basis": "default",
        "status": "resolved",
        "restates_id": None,
    }
    return made | rest


def test_the_sentence_has_every_number_that_is_needed_to_read_it() -> None:
    rows = [row(number) for number in range(9)]
    rows.append(row(9, went="the other way", leaning="for", probability=0.9, deadline_basis="stated"))
    rows.append(row(10, went="no lean", event="e9", outcome="0.4"))
    rows.append(row(11, went="not decided", status="due"))
    rows.append(row(12, own_words=0))
    rows.append(row(13, restates_id="p1"))
    rows.append(row(14, timing="in advance"))
    ways = list(filter(None, map(way_of, rows)))
    # 9 x .2 + (1 - .9) = 1.9 expected the other way
    assert sentences(ways) == (
        "Logged afterwards: of 12 predictions in the speakers' own words 11 are decided, on 10 events; "
        "10 leaned, 1 of them went the other way (about 1.9 were to be expected at these figures); "
        "saying that nothing changes: 10 of 10; deadlines that were ours, not theirs: 10; "
        "past due and undecided: 1."
    )


def test_of_fewer_than_ten_events_there_is_no_sentence() -> None:
    for rows in (
        [row(number, event="one") for number in range(50)],
        [row(number) for number in range(9)],
        [],
    ):
        assert sentences(map(way_of, rows)) is None
    assert sentences(map(way_of, map(row, range(10))))
