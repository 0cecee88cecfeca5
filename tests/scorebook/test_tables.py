"""Pairs as tables: made for a few predictions at a time and put together they are those of the whole."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

import numpy as np
import pytest

from forecastlog.model.ledger import Ledger
from forecastlog.scorebook import book_of, joined, pairs, score_rows, scorebook, tables_of, word_rows
from forecastlog.scorebook.tables import WORDS, packed, unpacked
from tests.records import day, forecast, ledger, prediction, resolution

AFTER = day("2026-11-23")


def many(seed: int) -> Ledger:
    """Predictions in words and figures by several people, some of them left out, in a few articles."""
    random = np.random.default_rng(seed)
    return ledger(
        *(
            prediction(
                forecast(0.2, basis="worded", words="unlikely", low=0.1, high=0.45, scale="fl-1"),
                forecast(
                    random.integers(1, 10) / 10, by="bcd"[random.integers(3)], url="https://m.example/1"
                ),
                id=f"p{n:02}",
                article=f"a{n // 5}",
                event=None if n % 3 else f"e{n % 4}",
                tags=tuple("xyz"[: random.integers(4)]),
                resolutions=(resolution(("yes", "no", "void")[random.integers(3)]),) * (n % 7 > 0),
            )
            for n in range(30)
        )
    )


@pytest.mark.parametrize("seed", range(3))
def test_parts_put_together_are_the_whole(seed: int) -> None:
    made = many(seed)
    counted = list(pairs(made, AFTER))
    parts = [tables_of(own, made) for _, own in groupby(counted, key=lambda pair: pair.prediction.article)]
    assert len(parts) == 6
    whole, found = joined([tables_of(counted, made)]), joined(parts)
    assert found.words == whole.words == tuple(sorted(whole.words))
    for name, table, own in zip(whole._fields, whole.rows, found.rows, strict=False):
        for column in table.dtype.names or ():
            np.testing.assert_equal(own[column], table[column], err_msg=f"{name}.{column}")
    # in another order the words still have the same numbers, and no score moves
    turned = book_of(joined(parts[::-1]), rule="daily")
    for by in ("all", "forecaster", "tag"):
        rows = score_rows(book_of(whole, rule="daily"), by=by)
        assert [(row.group, row.n) for row in score_rows(turned, by=by)] == [
            (row.group, row.n) for row in rows
        ]
        assert [row.brier for row in score_rows(turned, by=by)] == pytest.approx([row.brier for row in rows])
    assert [row.said for row in word_rows(turned)] == [
        row.said for row in word_rows(book_of(whole, rule="daily"))
    ]


def test_nothing_put_together_is_nothing() -> None:
    empty = joined([])
    assert [len(table) for table in empty.rows] == [0] * len(WORDS)
    assert score_rows(book_of(empty, rule="daily")) == []


def test_frames_hold_words_and_days() -> None:
    made = many(0)
    told, stretches = scorebook(pairs(made, AFTER), made, rule="daily").frames()
    first = told.iloc[0]
    assert (first["prediction"], first["article"], first["block"], first["timing"]) == (
        "p00",
        "a0",
        "headline",
        "in advance",
    )
    assert first["latest"] == day("2026-03-19")
    assert set(told["tag"]) <= {(), ("x",), ("x", "y"), ("x", "y", "z")}
    assert (told["reason"].isna() == told["brier"].notna()).all()
    assert set(stretches["words"]) >= {"unlikely"}


def test_tables_come_back_as_they_were_packed() -> None:
    made = many(1)
    tables = tables_of(pairs(made, AFTER), made)
    found = unpacked(packed(tables))
    for table, own in zip(tables.rows, found.rows, strict=True):
        assert own.tobytes() == table.tobytes()
    assert (found.misses, found.words) == (tables.misses, tables.words)


def test_a_mark_is_another_where_anything_told_of_the_pair_is() -> None:
    def marks(made: Ledger) -> dict[str, bytes]:
        tables = tables_of(pairs(made, AFTER), made)
        names = [tables.words[number] for number in tables.predictions["prediction"][tables.pairs["of"]]]
        return dict(zip(names, [bytes(mark) for mark in tables.pairs["mark"]], strict=True))

    said = forecast(0.2, basis="worded", words="unlikely", low=0.1, high=0.45, scale="fl-1")
    plain = prediction(said, id="a", event="e", status_quo="no", resolutions=(resolution("no"),))
    before = marks(ledger(plain, replace(plain, id="b")))
    for changed in (
        replace(plain, event="other"),
        replace(plain, main=not plain.main),
        replace(plain, status_quo="yes"),
        replace(plain, resolutions=(resolution("yes"),)),
        replace(plain, resolutions=(replace(resolution("no"), blind=True),)),
        prediction(
            replace(said, scale="uk_phia"),
            id="a",
            event="e",
            status_quo="no",
            resolutions=(resolution("no"),),
        ),
        prediction(
            said, id="a", event="e", status_quo="no", resolutions=(resolution("no"),), latest="2026-03-18"
        ),
    ):
        after = marks(ledger(changed, replace(plain, id="b")))
        assert after["a"] != before["a"], changed
        assert after["b"] == before["b"]
    assert marks(ledger(replace(plain, claim="It comes about."))) == {"a": before["a"]}
