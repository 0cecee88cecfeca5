"""Which forecast counts, by hand: the days each stood, and the one reason why another does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from forecastlog.kinds import chance
from forecastlog.model.ledger import Ledger
from forecastlog.model.notes import Withdrawal
from forecastlog.model.records import Condition, Prediction, Window
from forecastlog.scorebook.counting import Pair, pairs
from tests.records import day, forecast, ledger, prediction, resolution

AFTER = day("2026-11-23")
NO = (resolution("no", known="2026-03-20"),)


def one(book: Ledger, today: date = AFTER, **rest: Any) -> Pair:
    (pair,) = pairs(book, today, **rest)
    return pair


def weights(pair: Pair) -> list[tuple[float | None, float]]:
    return [(chance(stretch.forecast).probability, round(stretch.weight, 9)) for stretch in pair.stretches]


def test_a_single_forecast_stands_the_whole_time() -> None:
    record = prediction(forecast(0.2), resolutions=NO)
    pair = one(ledger(record))
    assert pair.reason is None
    assert pair.outcome == 0.0
    assert weights(pair) == [(0.2, 1.0)]


def test_daily_carries_each_forecast_to_the_next_and_the_last_to_the_end() -> None:
    # 2025-03-19 to 2025-03-29 is 10 days, to the day it was known (29 April, not counted) 31 more
    record = prediction(
        forecast(0.2, made="2025-03-19"),
        forecast(0.7, made="2025-03-29"),
        resolutions=(resolution("yes", known="2025-04-29"),),
    )
    pair = one(ledger(record))
    assert weights(pair) == [(0.2, round(10 / 41, 9)), (0.7, round(31 / 41, 9))]
    assert weights(one(ledger(record), rule="first")) == [(0.2, 1.0)]
    assert weights(one(ledger(record), rule="last")) == [(0.7, 1.0)]


def test_daily_ends_the_day_after_the_deadline_when_the_outcome_was_known_later() -> None:
    record = prediction(
        forecast(0.2, made="2026-03-10"),
        forecast(0.6, made="2026-03-18"),
        resolutions=(resolution("no", known="2026-06-01"),),
    )  # 10 to 17 March: 8 days; 18 and 19 March: 2 days
    assert weights(one(ledger(record))) == [(0.2, 0.8), (0.6, 0.2)]


def test_of_one_day_the_last_forecast_stands() -> None:
    record = prediction(
        forecast(0.2, made="2025-03-19T08:00:00Z"),
        forecast(0.4, made="2025-03-19T20:00:00Z"),
        resolutions=NO,
    )
    assert weights(one(ledger(record))) == [(0.4, 1.0)]


def test_a_forecast_that_was_withdrawn_stands_until_then() -> None:
    record = prediction(
        forecast(0.2, made="2025-03-19", until="2025-03-24"),
        forecast(0.6, made="2025-04-03"),
        resolutions=(resolution("yes", known="2025-04-08"),),
    )
    assert weights(one(ledger(record))) == [(0.2, 0.5), (0.6, 0.5)]


TAKEN_BACK = Withdrawal(on=day("2025-03-24"))
YES_SOON = (resolution("yes", known="2025-04-08"),)


def test_a_withdrawn_call_is_scored_for_the_time_it_stood() -> None:
    record = prediction(
        forecast(0.2, made="2025-03-19"),
        forecast(0.9, made="2025-03-24"),
        forecast(0.6, made="2025-04-03"),  # said again after the withdrawal
        withdrawn=TAKEN_BACK,
        resolutions=YES_SOON,
    )
    assert weights(one(ledger(record))) == [(0.2, 0.5), (0.6, 0.5)]


def test_a_withdrawal_ends_nobody_elses_forecasts() -> None:
    record = prediction(
        forecast(0.2, made="2025-03-19"),
        forecast(0.5, made="2025-03-19", by="bob", url="https://b.example"),
        forecast(0.7, made="2025-03-29", by="bob", url="https://b.example"),
        withdrawn=TAKEN_BACK,
        resolutions=YES_SOON,
    )
    own, other = pairs(ledger(record), day("2026-11-23"))
    assert [stretch.days for stretch in own.stretches] == [5]
    assert weights(other) == [(0.5, 0.5), (0.7, 0.5)]
    assert [
        stretch.days
        for stretch in one(
            ledger(prediction(forecast(0.2), withdrawn=TAKEN_BACK, resolutions=YES_SOON)), rule="last"
        ).stretches
    ] == [5]


def test_a_withdrawal_after_the_end_changes_nothing() -> None:
    late = prediction(forecast(0.2), withdrawn=Withdrawal(on=day("2026-05-01")), resolutions=YES_SOON)
    assert [stretch.days for stretch in one(ledger(late)).stretches] == [20]


def test_times_of_two_zones_are_compared_as_moments() -> None:
    known = (resolution("yes", known="2026-01-01T01:00:00+00:00"),)
    before = prediction(forecast(0.2, made="2025-12-31T19:00:00-05:00"), resolutions=known)
    after = prediction(forecast(0.2, made="2025-12-31T21:00:00-05:00"), resolutions=known)
    assert one(ledger(before)).reason is None
    assert one(ledger(after)).reason == "late"


def test_forecast_and_outcome_on_one_day_count_that_day_and_are_flagged() -> None:
    record = prediction(forecast(0.2), resolutions=(resolution("yes", known="2025-03-19"),))
    pair = one(ledger(record))
    assert weights(pair) == [(0.2, 1.0)]
    assert pair.same_day


def test_with_times_on_both_a_forecast_after_the_outcome_never_counts() -> None:
    known = (resolution("yes", known="2025-03-19T12:00:00Z"),)
    before = prediction(forecast(0.2, made="2025-03-19T11:00:00Z"), resolutions=known)
    after = prediction(forecast(0.2, made="2025-03-19T13:00:00Z"), resolutions=known)
    assert one(ledger(before)).reason is None
    assert one(ledger(after)).reason == "late"


@pytest.mark.parametrize("made", ["2026-03-20", "2026-03-21"])
def test_a_forecast_after_the_deadline_is_late(made: str) -> None:
    record = prediction(
        forecast(made=made, logged=day(made)), resolutions=(resolution("no", known="2026-05-01"),)
    )
    assert one(ledger(record)).reason == "late"


def test_a_prediction_enters_once_its_latest_deadline_has_passed() -> None:
    record = prediction(forecast(), latest="2027-03-19", resolutions=(resolution("yes", known="2025-05-01"),))
    assert one(ledger(record)).reason == "waiting"
    assert one(ledger(record), as_known=True).reason is None
    assert one(ledger(record), today=day("2027-03-19")).reason == "waiting"
    assert one(ledger(record), today=day("2027-03-20")).reason is None


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"resolutions": ()}, "open"),
        ({"resolutions": (resolution("void", reason="moot"),)}, "void"),
        ({"resolutions": (resolution("ambiguous"),)}, "ambiguous"),
        ({"resolutions": (resolution("uncheckable", reason="no-metric"),)}, "uncheckable"),
        ({"resolutions": (resolution("yes", by="bob"), resolution("no", by="eve"))}, "contested"),
        ({"attribution": "reported"}, "attribution"),
        ({"attribution": "ascribed"}, "attribution"),
        ({"attribution": "collective"}, "attribution"),
        ({"attribution": "quoted"}, None),
        ({"text": "paraphrased"}, None),
    ],
)
def test_reasons(change: dict[str, Any], reason: str | None) -> None:
    record = prediction(forecast(), **{"resolutions": NO, **change})
    assert one(ledger(record)).reason == reason


def test_a_bare_may_is_never_scored() -> None:
    record = prediction(forecast(None, basis="possible", low=0.25, high=0.51, words="may"), resolutions=NO)
    assert one(ledger(record)).reason == "possible"


def test_words_that_are_not_read_are_left_out_under_their_own_reason() -> None:
    record = prediction(forecast(None, basis="unread", words="cautiously optimistic"), resolutions=NO)
    pair = one(ledger(record))
    assert pair.reason == "unread"
    assert pair.outcome == 0.0


def test_a_share_is_an_outcome() -> None:
    record = prediction(forecast(), resolutions=(resolution("0.25"),))
    assert one(ledger(record)).outcome == 0.25


def test_restated_predictions_count_once() -> None:
    first = prediction(forecast(), id="first", resolutions=NO)
    again = prediction(forecast(), id="again", restates="first", resolutions=NO)
    assert [pair.reason for pair in pairs(ledger(first, again), AFTER)] == [None, "restated"]
    void = prediction(forecast(), id="first", resolutions=(resolution("void", reason="moot"),))
    assert [pair.reason for pair in pairs(ledger(void, again), AFTER)] == ["void", None]


def test_an_unmet_condition_leaves_the_prediction_out_as_void() -> None:
    condition = Condition(id="deal", article="article", text="A deal.", resolutions=(resolution("unmet"),))
    record = prediction(forecast(), given="deal")
    assert one(ledger(record, conditions=(condition,))).reason == "void"


def test_blocks_are_kept_apart() -> None:
    record = prediction(
        forecast(0.2, basis="worded", words="unlikely"),
        forecast(0.95, basis="asserted", words="will"),
        forecast(0.6, by="desk", basis="judged", made="2025-03-20", logged=day("2025-03-20")),
        forecast(0.4, by="market", url="https://m.example/1"),
        resolutions=NO,
    )
    found = {(pair.forecaster, pair.block): pair.reason for pair in pairs(ledger(record), AFTER)}
    assert found == {
        ("ann", "headline"): None,
        ("ann", "asserted"): None,
        ("desk", "judged"): None,
        ("market", "headline"): None,
    }


def test_an_own_forecast_counts_only_if_made_on_the_day_it_was_logged() -> None:
    record = prediction(
        forecast(0.6, by="desk", basis="judged", made="2025-03-20", logged=day("2025-03-25")), resolutions=NO
    )
    assert one(ledger(record)).reason == "unsourced"


@pytest.mark.parametrize(
    ("logged", "timing"),
    [
        ("2025-03-19", "in advance"),
        ("2025-04-18", "in advance"),  # thirty days after it was made
        ("2025-04-19", "logged late"),
        ("2026-03-19", "logged late"),
        ("2026-03-20", "logged afterwards"),
        ("2026-11-23", "logged afterwards"),
        (None, "logged afterwards"),
    ],
)
def test_timing_turns_on_the_day_it_was_logged(logged: str | None, timing: str) -> None:
    record = prediction(forecast(), logged=logged, resolutions=NO)
    assert one(ledger(record)).timing == timing


@pytest.mark.parametrize(
    ("latest", "logged", "timing"),
    [
        ("2025-04-08", "2025-03-23", "in advance"),  # four of twenty days
        ("2025-04-08", "2025-03-24", "logged late"),  # a quarter of them had passed
        ("2025-03-22", "2025-03-21", "in advance"),  # within two days, whatever the deadline
        ("2025-03-22", "2025-03-22", "logged late"),
        (None, "2025-04-18", "in advance"),  # with an open end the thirty days alone
        (None, "2025-04-19", "logged late"),
        (None, None, "logged late"),
    ],
)
def test_in_advance_is_soon_after_it_was_made(latest: str | None, logged: str | None, timing: str) -> None:
    record = prediction(forecast(), latest=latest, logged=logged)
    assert one(ledger(record)).timing == timing


def test_an_open_end_is_not_scored() -> None:
    record = prediction(
        forecast(),
        deadline=Window(earliest=day("2025-03-19"), basis="worded", words="eventually"),
        resolutions=(resolution("yes", known="2025-05-01"),),
    )
    assert one(ledger(record)).reason == "waiting"


@pytest.mark.parametrize(
    "first",
    [
        prediction(forecast(None, basis="possible", words="may"), id="first", resolutions=NO),
        prediction(forecast(), id="first", attribution="reported", resolutions=NO),
        prediction(forecast(), id="first", latest=None),
        prediction(id="first", resolutions=NO),
    ],
    ids=["a bare may", "reported words", "an open end", "no forecast"],
)
def test_what_restates_a_prediction_that_is_never_scored_counts_itself(first: Prediction) -> None:
    again = prediction(forecast(), id="again", restates="first", resolutions=NO)
    assert [pair.reason for pair in pairs(ledger(first, again), AFTER)][-1] is None


def test_a_restatement_of_a_restatement_counts_once_too() -> None:
    first = prediction(forecast(), id="first", resolutions=NO)
    vague = prediction(forecast(None, basis="possible"), id="vague", restates="first", resolutions=NO)
    again = prediction(forecast(), id="again", restates="vague", resolutions=NO)
    assert [pair.reason for pair in pairs(ledger(first, vague, again), AFTER)][-1] == "restated"


def test_a_no_is_known_when_it_lapsed_whatever_day_somebody_wrote_it_down() -> None:
    record = prediction(forecast(), logged="2026-06-01", resolutions=(resolution("no", known="2026-11-23"),))
    pair = one(ledger(record))
    assert pair.known == day("2026-03-20")
    assert pair.timing == "logged afterwards"
    early = prediction(forecast(), resolutions=(resolution("no", known="2025-06-01"),))
    assert one(ledger(early)).known == day("2025-06-01")


def test_a_forecast_logged_afterwards_neither_mends_nor_hides_one_logged_in_advance() -> None:
    record = prediction(
        forecast(0.9, made="2025-03-19"),
        forecast(0.1, made="2025-03-20", logged=day("2026-11-23")),
        resolutions=NO,
    )
    assert [(pair.timing, weights(pair)) for pair in pairs(ledger(record), AFTER)] == [
        ("in advance", [(0.9, 1.0)]),
        ("logged afterwards", [(0.1, 1.0)]),
    ]


def test_single_forecasts_that_came_too_late_are_counted() -> None:
    record = prediction(forecast(0.2), forecast(0.0, made="2026-04-01"), resolutions=NO)
    pair = one(ledger(record))
    assert (pair.reason, pair.late, weights(pair)) == (None, 1, [(0.2, 1.0)])


@pytest.mark.parametrize("rule", ["daily", "first", "last"])
def test_degenerate_dates_are_counted_or_left_out_and_never_crash(rule: Any) -> None:
    records = [
        prediction(id="nobody-forecast-it", resolutions=NO),
        prediction(forecast(0.2, until="2025-01-01"), id="until-before-made", resolutions=NO),
        prediction(forecast(0.2, made="2020-01-01"), id="before-publication", resolutions=NO),
        prediction(
            forecast(0.2, made="2024-02-01"),
            id="old",
            made="2024-02-01",
            latest="2024-06-01",
            logged="2026-11-23",
            resolutions=(resolution("no", known="2024-06-02"),),
        ),
        prediction(forecast(0.2), id="for-ever", latest="9999-12-31", resolutions=NO),
        prediction(forecast(0.2, made="2025-03"), id="month", resolutions=(resolution("yes", known="2025"),)),
    ]
    book = ledger(*records)
    found = {
        pair.prediction.id: (pair.timing, pair.reason, sum(stretch.weight for stretch in pair.stretches))
        for pair in pairs(book, AFTER, rule=rule)
    }
    assert found == {
        "until-before-made": ("in advance", None, 1.0),
        "before-publication": ("logged late", None, 1.0),
        "old": ("logged afterwards", None, 1.0),
        "for-ever": ("in advance", "waiting", 0),
        "month": ("in advance", None, 1.0),
    }
    assert all(pair.reason is None for pair in pairs(book, AFTER, rule=rule, as_known=True))


@pytest.mark.parametrize(
    ("logged", "told", "reason"),
    [
        ("2025-03-20", None, None),
        ("2025-03-20", True, "hindsight"),
        (
            "2026-11-23",
            None,
            "hindsight",
        ),  # logged when the outcome was known, and nothing says that it was not
        ("2026-11-23", False, None),
    ],
)
def test_a_judged_figure_is_its_readers_and_counts_only_if_the_outcome_was_not_known(
    logged: str, told: bool | None, reason: str | None
) -> None:
    judged = forecast(
        0.7, basis="judged", words="should", judged_by="kim", outcome_known=told, url="https://a.example"
    )
    pair = one(ledger(prediction(judged, resolutions=NO, logged=logged)))
    assert (pair.forecaster, pair.block, pair.reason) == ("kim", "judged", reason)


def test_a_judged_figure_without_its_readers_name_counts_for_nobody() -> None:
    unnamed = forecast(0.7, basis="judged", words="should", outcome_known=False, url="https://a.example")
    assert one(ledger(prediction(unnamed, resolutions=NO, logged="2025-03-20"))).reason == "unnamed"
    named = replace(unnamed, by="kim")
    pair = one(ledger(prediction(named, speaker="ann", resolutions=NO, logged="2025-03-20")))
    assert (pair.forecaster, pair.reason) == ("kim", None)


def test_own_words_beside_others_words_are_a_pair_of_their_own() -> None:
    """Whose words an entry is in belongs to the entry.

    What others ascribe neither mends nor hides what was said.
    """
    record = prediction(forecast(0.9), forecast(0.2, made="2025-04-19"), speaker="ann", resolutions=NO)
    ascribed, own = record.forecasts
    record = replace(record, forecasts=(replace(ascribed, attribution="ascribed"), own))
    found = list(pairs(ledger(record), day("2026-11-23")))
    assert [(pair.reason, [chance(entry).probability for entry in pair.forecasts]) for pair in found] == [
        ("attribution", [0.9]),
        (None, [0.2]),
    ]
    assert [
        len(pair.forecasts) for pair in pairs(ledger(record), day("2026-11-23"), include=["attribution"])
    ] == [2]
    rewritten = replace(record, forecasts=(replace(own, text="paraphrased"), own))
    assert [pair.block for pair in pairs(ledger(rewritten), day("2026-11-23"))] == ["paraphrased", "headline"]
