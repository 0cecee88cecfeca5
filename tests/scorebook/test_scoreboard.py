"""Rows of scores worked out by hand; what is left out.

Bounds, skill, words, scales, horizons, comparisons.
"""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest

from forecastlog.likelihood import scale_names
from forecastlog.model.ledger import Ledger
from forecastlog.model.records import Article, Prediction
from forecastlog.model.settings import Settings
from forecastlog.scorebook import (
    HORIZONS,
    Scorebook,
    ScoreRow,
    calibration_rows,
    conclusion,
    curves,
    decompositions,
    events_needed,
    horizon_rows,
    left_out_rows,
    pairs,
    scale_rows,
    score_rows,
    scorebook,
    word_rows,
)
from forecastlog.scoring import peer, relative
from forecastlog.vocabulary.scores import GROUPINGS
from forecastlog.vocabulary.thresholds import ENOUGH_EVENTS
from tests.records import day, forecast, ledger, prediction, resolution

AFTER = day("2026-11-23")


def book_of(made: Ledger, **rest: Any) -> Scorebook:
    return scorebook(pairs(made, AFTER, **rest), made, rule=rest.get("rule", "daily"))


def unlikely(outcome: str, name: str, **rest: Any) -> Prediction:
    said = forecast(
        0.2, basis="worded", words="unlikely", low=0.1, high=0.45, scale="fl-1", by=rest.get("speaker", "ann")
    )
    return prediction(said, id=name, resolutions=(resolution(outcome),), **rest)


def headline(made: Ledger, **rest: Any) -> ScoreRow:
    (row,) = [row for row in score_rows(book_of(made), **rest) if row.block == "headline"]
    return row


def test_a_row_by_hand() -> None:
    row = headline(ledger(unlikely("no", "a"), unlikely("no", "b"), unlikely("yes", "c")))
    assert row.n == 3
    assert row.brier == pytest.approx((0.04 + 0.04 + 0.64) / 3)
    assert row.best == pytest.approx((0.01 + 0.01 + 0.3025) / 3)
    assert row.worst == pytest.approx((0.2025 + 0.2025 + 0.81) / 3)
    # one figure for "unlikely" everywhere: best at the share that happened, 1/3; worst at an end of the band
    assert row.consistent_best == pytest.approx((2 * (1 / 3) ** 2 + (2 / 3) ** 2) / 3)
    assert row.consistent_worst == pytest.approx((2 * 0.01 + 0.81) / 3)
    assert row.log == pytest.approx(-(2 * math.log(0.8) + math.log(0.2)) / 3)
    assert row.base_rate == pytest.approx(1 / 3)
    assert (row.brier_low, row.brier_high, row.rank) == (None, None, None)


def test_skill_is_against_saying_that_nothing_changes() -> None:
    claims = [
        unlikely("no" if n % 2 else "yes", f"p{n}", event=f"e{n}", status_quo="no")
        for n in range(ENOUGH_EVENTS)
    ]
    row = headline(ledger(*claims))
    assert row.skill == pytest.approx(1 - ((0.04 + 0.64) / 2) / ((0.01 + 0.81) / 2))
    assert row.skill_half == pytest.approx(1 - 0.34 / 0.25)
    assert row.skill_base == pytest.approx(
        1 - 0.34 / (5 / 9) ** 2
    )  # of the other nine, five went the other way
    few = headline(ledger(*claims[:-1]))
    assert (few.events, few.skill, few.skill_half, few.skill_base) == (ENOUGH_EVENTS - 1, None, None, None)


def test_no_skill_by_tag_and_overlapping_tags_do_not_mix() -> None:
    made = ledger(unlikely("no", "a", tags=("x", "y")), unlikely("yes", "b", tags=("y",)))
    rows = {row.group: row for row in score_rows(book_of(made), by="tag")}
    assert rows["x"].n == 1
    assert rows["x"].brier == pytest.approx(0.04)
    assert rows["y"].n == 2
    assert rows["y"].brier == pytest.approx(0.34)
    assert rows["x"].skill is None


def test_what_was_logged_in_advance_and_afterwards_never_share_a_row() -> None:
    made = ledger(unlikely("no", "a"), unlikely("no", "b", logged="2026-11-23"))
    assert [(row.timing, row.n) for row in score_rows(book_of(made))] == [
        ("in advance", 1),
        ("logged afterwards", 1),
    ]


def test_what_is_left_out_is_counted_by_reason() -> None:
    made = ledger(
        unlikely("no", "a"),
        unlikely("void", "b"),
        unlikely("ambiguous", "c"),
        prediction(forecast(None, basis="possible", words="may"), id="d", resolutions=(resolution("no"),)),
        prediction(forecast(), id="e"),
    )
    excluded: dict[str, int] = {}
    for row in score_rows(book_of(made)):
        for reason, count in row.excluded.items():
            excluded[reason] = excluded.get(reason, 0) + count
    assert excluded == {"ambiguous": 1, "open": 1, "possible": 1, "void": 1}


def test_infinite_log_scores_are_counted_beside_the_mean() -> None:
    certain = prediction(forecast(0.0), resolutions=(resolution("yes"),))
    row = headline(ledger(certain))
    assert (row.log, row.log_infinite, row.brier) == (None, 1, 1.0)


def test_an_interval_and_a_rank_need_ten_events_and_three_articles() -> None:
    def desk(count: int, articles: int) -> Ledger:
        return ledger(
            *(
                unlikely(
                    "yes" if number % 5 == 0 else "no",
                    f"p{number}",
                    event=f"e{number}",
                    article=f"a{number % articles}",
                )
                for number in range(count)
            )
        )

    few, one_article, enough = (headline(desk(*size), by="forecaster") for size in ((9, 3), (12, 1), (12, 3)))
    assert (few.brier_low, few.rank) == (None, None)
    assert one_article.brier_low is not None
    assert one_article.rank is None
    assert enough.rank == 1
    assert enough.brier is not None
    assert enough.brier_low is not None
    assert enough.brier_high is not None
    assert enough.brier_low <= enough.brier <= enough.brier_high
    assert headline(desk(12, 3), by="forecaster") == enough


def test_headline_scores_lie_between_best_and_worst() -> None:
    row = headline(ledger(*(unlikely("yes" if n % 3 == 0 else "no", f"p{n}") for n in range(10))))
    assert row.best is not None
    assert row.brier is not None
    assert row.worst is not None
    assert row.consistent_best is not None
    assert row.consistent_worst is not None
    assert row.best <= row.consistent_best <= row.brier <= row.consistent_worst <= row.worst


def test_splitting_a_ledger_over_files_changes_no_score() -> None:
    records = [unlikely("yes" if n % 3 == 0 else "no", f"p{n}", event=f"e{n}") for n in range(12)]
    together = headline(ledger(*records))
    apart = headline(ledger(*(replace(record, article=f"file{n}") for n, record in enumerate(records))))
    assert replace(apart, articles=1) == together


def test_paraphrased_texts_count_for_no_publisher() -> None:
    made = ledger(unlikely("no", "a", text="paraphrased"), unlikely("no", "b"))
    assert [(row.block, row.n) for row in score_rows(book_of(made), by="publisher")] == [("headline", 1)]
    assert [(row.block, row.n) for row in score_rows(book_of(made))] == [("headline", 1), ("paraphrased", 1)]


def test_forecasters_beside_each_other() -> None:
    both = prediction(
        forecast(0.2), forecast(0.4, by="market", url="https://m.example/1"), resolutions=(resolution("no"),)
    )
    rows = {row.group: row for row in score_rows(book_of(ledger(both)), by="forecaster")}
    assert rows["ann"].relative == pytest.approx(0.04 - (0.04 + 0.16) / 2)
    assert rows["ann"].peer == pytest.approx(100 * math.log(0.8 / 0.6))
    assert rows["market"].peer == pytest.approx(100 * math.log(0.6 / 0.8))
    alone = score_rows(book_of(ledger(unlikely("no", "a"))), by="forecaster")[0]
    assert (alone.relative, alone.peer, alone.adjusted) == (None, None, None)


def test_the_words_own_record_counts_every_way_of_saying_it() -> None:
    may = prediction(
        forecast(None, basis="possible", words="might", low=0.25, high=0.51),
        id="m",
        resolutions=(resolution("yes"),),
    )
    made = ledger(
        unlikely("no", "a"),
        unlikely("yes", "b"),
        prediction(
            forecast(0.2, basis="worded", words="Unlikely", low=0.1, high=0.45, scale="fl-1"), id="open"
        ),
        may,
    )
    rows = {row.words: row for row in word_rows(book_of(made))}
    said = rows["unlikely"]
    assert (said.said, said.decided, said.happened, said.share) == (3, 2, 1.0, 0.5)
    assert said.share_low is not None
    assert said.share_high is not None
    # Wilson interval of 1 in 2, Brown, Cai and DasGupta (2001), formula 4: 0.5 +- 0.405 at 95 %
    assert (said.share_low, said.share_high) == pytest.approx((0.0945312, 0.9054688), abs=1e-6)
    assert (rows["may, might, could"].decided, rows["may, might, could"].happened) == (1, 1.0)


def test_scales_change_the_score_and_the_default_does_not() -> None:
    made = ledger(unlikely("no", "a"), unlikely("yes", "b"))
    rows = {row.scale: row for row in scale_rows(book_of(made))}
    assert rows["fl-1"].brier == rows["stored"].brier == pytest.approx(0.34)
    assert rows["uk_phia"].brier == pytest.approx((0.09 + 0.49) / 2)  # unlikely is 25-35 %, its middle 30 %
    assert rows["uk_phia"].read == 2
    overridden = prediction(
        forecast(0.33, basis="worded", words="unlikely", low=0.1, high=0.45), resolutions=(resolution("no"),)
    )
    assert {row.read for row in scale_rows(book_of(ledger(overridden)))} == {0}


def test_horizons_show_which_verdicts_turn_on_the_deadline() -> None:
    late_yes = prediction(
        forecast(),
        id="late",
        latest="2027-03-19",
        resolutions=(resolution("yes", happened="2025-08-01", known="2025-08-01"),),
    )
    plain_no = prediction(forecast(), id="never", resolutions=(resolution("no", known="2026-03-20"),))
    rows = {row.prediction: row for row in horizon_rows(ledger(late_yes, plain_no), AFTER)}
    by_then = {name: [getattr(row, column) for column in HORIZONS] for name, row in rows.items()}
    assert tuple(HORIZONS.values()) == (3, 6, 12, 24)
    assert by_then == {"late": ["no", "yes", "yes", "yes"], "never": ["no", "no", "no", "unknown"]}
    assert rows["late"].turns
    assert not rows["never"].turns


def test_the_conclusion_of_a_log_made_afterwards() -> None:
    made = ledger(
        unlikely("no", "a", logged="2026-11-23", event="e1"),
        unlikely("no", "b", logged="2026-11-23", event="e2"),
    )
    book = book_of(made)
    told = conclusion(book, score_rows(book))
    assert told.startswith(
        "2 forecasts scored, on 2 events from 1 article, none logged in advance: "
        "no conclusion about anybody's skill."
    )
    assert (
        conclusion(book_of(ledger()), [])
        == "No yes or no is scored yet; 0 forecasts left out. No conclusion about anybody."
    )


def test_the_events_it_takes_by_hand() -> None:
    # differences to "nothing changes": 0.04 - 0.01 = 0.03 and 0.64 - 0.81 = -0.17; mean -0.07, spread
    # 0.141421
    ahead = (
        unlikely("no", "a", status_quo="no", event="e1"),
        unlikely("yes", "b", status_quo="no", event="e2"),
    )
    by_hand = math.ceil(((1.959964 + 0.841621) * 0.1414214 / 0.07) ** 2)
    assert events_needed(book_of(ledger(*ahead))) == by_hand == 33
    afterwards = unlikely("yes", "c", status_quo="no", event="e3", logged="2026-11-23")
    assert events_needed(book_of(ledger(*ahead, afterwards))) == 33


def test_an_empty_ledger_has_no_rows_and_no_crash() -> None:
    empty = Ledger(articles=(Article(id="a", title="A", published=resolution("no").known),))
    book = book_of(empty)
    for by in GROUPINGS:
        assert score_rows(book, by=by) == []
        assert calibration_rows(book, by=by) == []
        assert scale_rows(book, by=by) == []
    assert word_rows(book) == []


@pytest.mark.parametrize("as_known", [False, True])
@pytest.mark.parametrize(
    "records",
    [
        [],
        [prediction(id="nobody-forecast-it")],
        [unlikely("void", "a", status_quo="no"), unlikely("void", "b")],
        [unlikely("no", "a")],
        [unlikely("no", "a", logged="2026-11-23"), unlikely("yes", "b", logged=None)],
        [unlikely("yes", "a", latest="9999-12-31", tags=("x",)), unlikely("no", "b", latest="9999-12-31")],
        [prediction(forecast(0.0), resolutions=(resolution("yes"),), speaker=None, article=None)],
    ],
    ids=["none", "no forecast", "all void", "one", "all afterwards", "year 9999", "nobody's, endless"],
)
def test_degenerate_ledgers_never_crash(records: list[Prediction], as_known: bool) -> None:
    made = ledger(*records)
    counted = list(pairs(made, AFTER, as_known=as_known))
    book = scorebook(counted, made, rule="daily")
    for by in GROUPINGS:
        rows = score_rows(book, by=by)
        calibrated, scaled = calibration_rows(book, by=by), scale_rows(book, by=by)
        assert left_out_rows(book, made, AFTER, by=by) is not None
        assert len(list(decompositions(book, by=by))) == sum(row.n > 0 for row in rows)
        assert list(curves(book, by=by)) == []
        assert sum(row.n for row in calibrated) == sum(row.n for row in rows)
        assert len(scaled) % (1 + len(scale_names())) == 0
        assert isinstance(conclusion(book, rows), str)
    word_rows(book)
    list(horizon_rows(made, AFTER))


def test_groups_made_at_once_are_those_made_alone() -> None:
    made = ledger(
        *(
            unlikely(
                "yes" if n % 3 == 0 else "no",
                f"p{n}",
                event=f"e{n}",
                article=f"a{n % 2}",
                tags=("x", f"t{n % 2}"),
            )
            for n in range(24)
        )
    )
    book = book_of(made)
    for name, row in ((row.group, row) for row in score_rows(book, by="article")):
        alone = headline(ledger(*(item for item in made.predictions if item.article == name)))
        assert alone.brier_low is not None
        assert replace(row, by="all", group="all") == alone
    tagged = {row.group: row for row in score_rows(book, by="tag")}
    assert [(name, row.n, row.events) for name, row in sorted(tagged.items())] == [
        ("t0", 12, 12),
        ("t1", 12, 12),
        ("x", 24, 24),
    ]


def test_an_unknown_grouping_is_refused() -> None:
    with pytest.raises(ValueError, match="no grouping 'colour'"):
        score_rows(book_of(ledger()), by="colour")


def test_an_early_yes_waits_for_its_deadline_in_the_words_record_too() -> None:
    early = prediction(
        forecast(0.2, basis="worded", words="unlikely", low=0.1, high=0.45, scale="fl-1"),
        id="early",
        latest="2027-03-19",
        resolutions=(resolution("yes", known="2025-05-01"),),
    )
    vague = prediction(
        forecast(None, basis="possible", words="may"),
        id="vague",
        latest="2027-03-19",
        resolutions=(resolution("yes", known="2025-05-01"),),
    )
    made = ledger(early, vague)
    assert {row.decided for row in word_rows(book_of(made))} == {0}
    assert {row.decided for row in word_rows(book_of(made, as_known=True))} == {1}


def test_nobody_is_compared_with_themselves() -> None:
    twice = prediction(
        forecast(0.2, basis="worded", words="unlikely"),
        forecast(0.95, basis="asserted", words="will"),
        resolutions=(resolution("no"),),
    )
    rows = score_rows(book_of(ledger(twice)), by="forecaster")
    assert [(row.block, row.relative, row.peer) for row in rows] == [
        ("headline", None, None),
        ("asserted", None, None),
    ]


def compared(made: Ledger) -> dict[tuple[str, str], ScoreRow]:
    """The rows of forecasters who share a prediction with somebody else, by forecaster and block."""
    rows = score_rows(book_of(made), by="forecaster")
    return {(row.group, row.block): row for row in rows if row.adjusted is not None}


def test_what_somebody_asserts_does_not_stand_among_the_others_of_what_they_worded() -> None:
    """Ann at 0.2 and the market at 0.4, outcome no.

    Her bare "will" elsewhere changes neither's comparison.
    """
    worded, market = (
        forecast(0.2, basis="worded", words="unlikely"),
        forecast(0.4, by="market", url="https://m.example"),
    )
    bare = forecast(0.95, basis="asserted", words="will")
    plain, beside = (
        compared(ledger(prediction(*said, resolutions=(resolution("no"),))))
        for said in ((worded, market), (worded, market, bare))
    )
    for who, row in plain.items():
        assert (row.relative, row.peer, row.adjusted) == (
            beside[who].relative,
            beside[who].peer,
            beside[who].adjusted,
        )
    assert {who[0]: round(row.peer or 0, 1) for who, row in plain.items()} == {"ann": 28.8, "market": -28.8}


def test_a_tag_written_twice_counts_once() -> None:
    made = ledger(*(unlikely("no", f"p{n}", tags=("x", "x"), event=f"e{n}") for n in range(12)))
    assert headline(made, by="tag").n == 12


def test_the_base_rate_of_the_others_leaves_out_the_whole_prediction() -> None:
    # two forecasters of one prediction know as little of its outcome as one does
    shared = prediction(
        forecast(0.2, basis="worded", words="unlikely"),
        forecast(0.4, by="market", url="https://m.example/1"),
        id="shared",
        resolutions=(resolution("no"),),
    )
    others = [unlikely("yes", f"p{n}", event=f"e{n}") for n in range(ENOUGH_EVENTS)]
    row = headline(ledger(replace(shared, event="e0"), *others))
    # 0.2 and 0.4 of a no whose ten others came true; ten times 0.2 of a yes, 9 of whose 11 others came true
    brier, base = (0.04 + 0.16 + 10 * 0.64) / 12, (2 * 1.0 + 10 * (2 / 11) ** 2) / 12
    assert row.skill_base == pytest.approx(1 - brier / base)


@pytest.mark.parametrize("seed", range(5))
def test_comparing_by_runs_of_days_is_comparing_day_by_day(seed: int) -> None:
    random = np.random.default_rng(seed)
    said = [("abc"[random.integers(3)], int(random.integers(40)), random.integers(1, 10)) for _ in range(12)]
    spoken = [
        forecast(
            tenths / 10,
            made=(day("2026-01-01") + timedelta(later)).isoformat(),
            by=name,
            url="https://m.example",
        )
        for name, later, tenths in said
    ]
    made = [
        prediction(*spoken[::2], id="one", latest="2026-02-20", resolutions=(resolution("no"),)),
        prediction(*spoken[1::2], id="two", latest="2026-03-19", resolutions=(resolution("yes"),)),
    ]
    book = book_of(ledger(*made))
    told, stretches = book.frames()
    pair = told.iloc[stretches["pair"]].reset_index(drop=True)
    every = pd.concat([pair[["prediction", "forecaster"]], stretches], axis=1)
    every = every.loc[every.index.repeat(every["days"])]
    rows = {
        "question": every["prediction"],
        "forecaster": every["forecaster"],
        "p": every["probability"],
        "day": every["start"] + every.groupby(level=0).cumcount(),
        "y": every["outcome"],
    }
    below, above = relative(**rows), peer(**rows)
    for (name, _), row in compared(ledger(*made)).items():
        assert (row.relative is None) == math.isnan(below[name])
        if row.relative is not None:
            assert row.relative == pytest.approx(below[name])
            assert row.peer == pytest.approx(above[name], nan_ok=True)


def test_the_shares_resolved_blind_and_by_two() -> None:
    def said(name: str, *entries: Any) -> Prediction:
        return prediction(forecast(), id=name, resolutions=entries)

    made = ledger(
        said("a", resolution("no", blind=True), resolution("no", by="bob", blind=True)),
        said("b", resolution("no", blind=True), resolution("no", by="bob")),
        said("c", resolution("no", blind=True)),
        said("d", resolution("no")),
        said("e", resolution("no"), resolution("yes", by="bob")),
    )
    row = headline(made)
    assert (row.n, row.contested, row.blind_share, row.double_share) == (4, 1, 0.5, 0.5)


def told_apart(*claims: Prediction, **settings: Any) -> Ledger:
    made = ledger(*claims)
    return replace(made, settings=Settings(**settings))


def night(states: int, wrong: int, article: str = "article") -> list[Prediction]:
    """Predictions of one night that name no event, the first ``wrong`` of them wrong."""
    return [
        unlikely("yes" if n < wrong else "no", f"{article}-{n}", article=article, event=None)
        for n in range(states)
    ]


def test_an_article_stands_for_the_event_of_predictions_that_name_none_unless_told_otherwise() -> None:
    states = night(50, 10)
    assert headline(ledger(*states)).events == 1
    row = headline(told_apart(*states, events="prediction"))
    assert (row.events, row.articles) == (50, 1)
    own = told_apart(*states)
    own = replace(own, articles=(replace(own.articles[0], events="prediction"),))
    assert headline(own).events == 50
    shared = told_apart(*states, events="prediction")
    shared = replace(shared, articles=(replace(shared.articles[0], events="article"),))
    assert headline(shared).events == 1


def test_fifty_states_in_one_night_are_not_fifty_events() -> None:
    """Ten nights, in each of which everything went one way.

    By night the score moves far more than by state.
    """
    nights = [one for n in range(10) for one in night(5, 5 if n % 2 else 0, f"night-{n}")]
    row = headline(told_apart(*nights, events="prediction"))
    named = headline(ledger(*(replace(one, event=one.article) for one in nights)))  # each night one event
    assert row.events == 50
    assert (row.brier_low, row.brier_high) == (named.brier_low, named.brier_high)
    alone = headline(told_apart(*night(50, 25), events="prediction"))  # one article: by prediction alone
    assert alone.brier == pytest.approx(row.brier)
    assert row.brier_high - row.brier_low > 2 * (alone.brier_high - alone.brier_low)  # type: ignore[operator]


def test_the_line_below_a_score_names_what_a_count_of_events_rests_on() -> None:
    mixed = [*night(3, 1), unlikely("no", "named", event="vote"), *night(2, 0, "list")]
    made = told_apart(*mixed)
    made = replace(
        made,
        articles=tuple(
            replace(one, events="prediction") if one.id == "list" else one for one in made.articles
        ),
    )
    told = conclusion(book_of(made), score_rows(book_of(made)))
    assert told.endswith(
        "The count of events rests on 1 name in the records, 1 article in the place of 3 predictions "
        "without one and 2 predictions counted as one each. "
        "With 2 articles only, intervals resample events alone."
    )
    nights = told_apart(*(one for n in range(10) for one in night(1, 0, f"n{n}")), events="prediction")
    told = conclusion(book_of(nights), score_rows(book_of(nights)))
    assert told.endswith("Intervals are the wider of those by event and by article.")


def test_no_skill_over_nothing_changes_where_nothing_says_what_that_would_bring() -> None:
    def board(*told: str | None) -> ScoreRow:
        claims = [
            unlikely("no" if n % 2 else "yes", f"p{n}", event=f"e{n}", status_quo=told[n % len(told)])
            for n in range(ENOUGH_EVENTS)
        ]
        return headline(ledger(*claims))

    none, unclear, some = board(None), board("unclear"), board("no", None)
    for row in (none, unclear):
        assert (row.skill, row.skill_80, row.skill_97) == (None, None, None)
        assert row.skill_half is not None
    assert some.skill == pytest.approx(
        1 - ((0.04 + 0.64) / 2) / ((0.81 + 0.25) / 2)
    )  # p0 came true against 10 %


def test_eighty_and_ninety_seven_per_cent_stand_beside_ninety() -> None:
    row = headline(
        ledger(
            *(unlikely("no" if n % 2 else "yes", f"p{n}", event=f"e{n}", status_quo="no") for n in range(10))
        )
    )
    assert row.skill_80 == pytest.approx(0)  # the forecasts are those of somebody 80 % sure
    assert row.skill_97 == pytest.approx(1 - 0.34 / ((0.97**2 + 0.03**2) / 2))
