"""Agreement: alpha against the published example and the reference implementation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecastlog.scorebook.agreement import agreement, alpha, coder_rows, contested
from tests.records import day, forecast, ledger, prediction, resolution

AFTER = day("2026-11-23")

# Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), part C: four observers, twelve units,
# nominal data with gaps; alpha 0.743.
OBSERVERS = [
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
]


def published() -> list[list[str]]:
    columns = zip(*(row.split() for row in OBSERVERS), strict=True)
    return [[value for value in column if value != "."] for column in columns]


def test_the_published_example() -> None:
    value = alpha(published())
    assert value is not None
    assert round(value, 3) == 0.743


@pytest.mark.parametrize("units", [[], [["yes"]], [["yes", "yes"], ["yes", "yes"]]])
def test_where_nothing_can_be_said(units: list[list[str]]) -> None:
    assert alpha(units) is None


@given(st.lists(st.lists(st.sampled_from("abc"), min_size=0, max_size=4), max_size=12))
def test_alpha_is_at_most_one_and_one_only_without_disagreement(units: list[list[str]]) -> None:
    value = alpha(units)
    if value is not None:
        assert value <= 1
        assert (value == 1) == all(len(set(unit)) <= 1 for unit in units if len(unit) > 1)


@pytest.mark.slow
@given(
    st.lists(
        st.lists(st.sampled_from([0.0, 1.0, 2.0, None]), min_size=3, max_size=3), min_size=2, max_size=12
    )
)
def test_the_reference_implementation_agrees(units: list[list[float | None]]) -> None:
    import krippendorff
    import numpy as np

    ours = alpha([[str(value) for value in unit if value is not None] for unit in units])
    if ours is None:
        return
    data = np.array([[np.nan if value is None else value for value in unit] for unit in units]).T
    assert ours == pytest.approx(
        krippendorff.alpha(reliability_data=data, level_of_measurement="nominal"), abs=1e-9
    )


def test_records_resolved_by_two() -> None:
    agree = prediction(
        forecast(), id="agree", resolutions=(resolution("no", by="eve"), resolution("no", by="bob"))
    )
    differ = prediction(
        forecast(), id="differ", resolutions=(resolution("no", by="eve"), resolution("yes", by="bob"))
    )
    alone = prediction(forecast(), id="alone", resolutions=(resolution("no", by="eve"),))
    book = ledger(agree, differ, alone)
    found = agreement(book, AFTER)
    assert (found.records, found.entries, found.contested, found.share) == (2, 4, 1, 0.5)
    assert found.alpha == pytest.approx(0.0)  # by hand: 1 - 3 * 2 / (16 - 9 - 1)
    assert (found.alpha_low, found.alpha_high) == (None, None)
    (row,) = contested(book, AFTER)
    assert (row.record, row.verdicts, row.settled) == ("differ", {"eve": "no", "bob": "yes"}, None)


def test_a_settled_disagreement_stays_listed_and_counts_as_settled() -> None:
    entries = (
        resolution("no", by="eve"),
        resolution("yes", by="bob"),
        resolution("no", by="joe", settles=True),
    )
    book = ledger(prediction(forecast(), resolutions=entries))
    assert agreement(book, AFTER).contested == 0
    assert contested(book, AFTER)[0].settled == "no"


def test_an_interval_from_ten_records_on() -> None:
    records = [
        prediction(
            forecast(),
            id=f"p{number}",
            resolutions=(
                resolution("no" if number % 2 else "yes", by="eve"),
                resolution("no" if number % 2 or number == 4 else "yes", by="bob"),
            ),
        )
        for number in range(12)
    ]
    found = agreement(ledger(*records), AFTER)
    assert found.alpha is not None
    assert found.alpha_low is not None
    assert found.alpha_high is not None
    assert found.alpha_low <= found.alpha <= found.alpha_high <= 1
    assert agreement(ledger(*records), AFTER) == found


def test_coders_of_one_article() -> None:
    from dataclasses import replace

    records = [
        prediction(id="a", logged_by="ann, bob"),
        prediction(id="b", logged_by="ann"),
        prediction(id="c", logged_by="bob"),
        prediction(id="d"),
    ]
    book = ledger(*records)
    coded = replace(book, articles=(replace(book.articles[0], coders=("ann", "bob")),))
    (row,) = coder_rows(coded)
    assert (row.logged, row.by_all, row.by_one, row.share) == (3, 1, 2, 1 / 3)
    assert coder_rows(book) == []
