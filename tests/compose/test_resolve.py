"""Recording what happened, and what is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from forecastlog.compose import Outcome, resolve
from forecastlog.errors import BadValue, ForecastlogError, Refused, UnknownId
from forecastlog.ledger import Loaded, load
from forecastlog.model.outcomes import Resolution
from forecastlog.model.records import Condition, Prediction
from forecastlog.standing import due
from tests.compose.conftest import ARTICLE, TODAY, carried_out

LINK = "https://example.org/a?b=1"


def answer(outcome: str, **rest: Any) -> Outcome:
    return Outcome(**{"outcome": outcome, "by": "bob", "evidence": [LINK], **rest})


def resolved(root: Path, *ids: str, today: date = TODAY, **rest: Any) -> Loaded:
    return carried_out(resolve(load(root), ids, answer(**rest), today=today), root)


def entries(loaded: Loaded, record_id: str) -> tuple[Resolution, ...]:
    record = loaded.ledger.get(record_id)
    assert isinstance(record, Prediction | Condition)
    return record.resolutions


def status(loaded: Loaded, record_id: str) -> str:
    record = loaded.ledger.get(record_id)
    assert isinstance(record, Prediction)
    return due.status(record, loaded.ledger, TODAY)


def test_an_entry_says_what_when_who_and_on_what_evidence(root: Path) -> None:
    loaded = resolved(
        root,
        "truce-signed",
        outcome="yes",
        happened="2025-06",
        known="yesterday",
        note="- both: signed #1",
        today=date(2025, 7, 2),
    )
    (entry,) = entries(loaded, "truce-signed")
    assert (entry.outcome, entry.by, entry.note) == ("yes", "bob", "- both: signed #1")
    assert (str(entry.happened), str(entry.known), str(entry.recorded)) == (
        "2025-06",
        "2025-07-01",
        "2025-07-02",
    )
    assert [item.url for item in entry.evidence] == [LINK]


def test_a_no_by_lapse_was_known_the_day_after_the_deadline(root: Path) -> None:
    plan = resolve(
        load(root), ["truce-signed"], answer("no", evidence=[], searched="Reuters, AP"), today=TODAY
    )
    assert plan.said == (
        "truce-signed: known 2025-07-01, the day after its deadline",
        "'bob' is new and entered in people.yaml as a desk",
    )
    (entry,) = entries(carried_out(plan, root), "truce-signed")
    assert str(entry.known) == "2025-07-01"
    assert [(item.searched, item.on) for item in entry.evidence] == [("Reuters, AP", TODAY)]
    text = (root / "art.yaml").read_text(encoding="utf-8")
    lines = """\
      - outcome: "no"
        known: 2025-07-01
        recorded: 2026-11-23
        by: bob
        evidence:
          - {searched: "Reuters, AP", on: 2026-11-23}"""
    assert text == ARTICLE.replace(
        "basis: worded}\n  - id: troops", f"basis: worded}}\n    resolutions:\n{lines}\n  - id: troops"
    )


def test_several_records_in_two_articles_at_once(root: Path) -> None:
    second = (
        ARTICLE.replace("id: art\n", "id: other\n")
        .replace("- id: t", "- id: x-t")
        .replace("- id: l", "- id: x-l")
    )
    (root / "other.yaml").write_text(second.replace("given: t", "given: x-t"), encoding="utf-8")
    loaded = resolved(root, "truce-signed", "x-truce-signed", "truce-signed", outcome="no")
    assert len(entries(loaded, "truce-signed")) == len(entries(loaded, "x-truce-signed")) == 1
    with pytest.raises(
        Refused,
        match=r"other\.yaml:\d+:19: error\[P233\] yes, although 'x-talks-held', "
        r"which starts the clock, is not met",
    ):
        resolve(loaded, ["troops-sent", "x-law-passed"], answer("yes", known="2026-01-01"), today=TODAY)


def test_a_condition_voids_or_starts_clocks(root: Path) -> None:
    loaded = resolved(root, "talks-held", outcome="met", happened="2025-05-31", known="2025-05-31")
    law = loaded.ledger.get("law-passed")
    assert isinstance(law, Prediction)
    assert due.latest_day(law, loaded.ledger, TODAY) == date(2025, 11, 30)
    loaded = resolved(root, "law-passed", outcome="no")
    assert str(entries(loaded, "law-passed")[0].known) == "2025-12-01"


def test_an_unmet_condition(root: Path) -> None:
    loaded = resolved(root, "talks-held", outcome="unmet")
    assert str(entries(loaded, "talks-held")[0].known) == "2026-01-01"
    assert status(loaded, "troops-sent") == "void"
    for outcome in ("yes", "no", "0.5"):
        with pytest.raises(Refused, match=r"is unmet\n(.*\n)*  A consequence without its condition is void"):
            resolve(loaded, ["troops-sent"], answer(outcome, known="2026-02-01"), today=TODAY)
    loaded = resolved(root, "troops-sent", outcome="void", reason="condition-unmet", evidence=[])
    assert str(entries(loaded, "troops-sent")[0].known) == "2026-01-01"


def test_taking_back_and_changing_ones_mind(root: Path) -> None:
    loaded = resolved(root, "truce-signed", outcome="no")
    with pytest.raises(Refused, match=r"bob resolved it as no on 2026-11-23\. Add --revise"):
        resolve(loaded, ["truce-signed"], answer("yes", known="2025-06-01"), today=TODAY)
    with pytest.raises(Refused, match="recorded this outcome on 2026-11-23 already"):
        resolve(loaded, ["truce-signed"], answer("no"), today=TODAY)
    loaded = resolved(root, "truce-signed", outcome="yes", known="2025-06-01", revise=True)
    assert status(loaded, "truce-signed") == "resolved"
    loaded = resolved(root, "truce-signed", outcome="reopened", evidence=[])
    assert status(loaded, "truce-signed") == "due"
    with pytest.raises(Refused, match="has no outcome there to take back"):
        resolve(loaded, ["truce-signed"], answer("reopened"), today=TODAY)
    loaded = resolved(root, "truce-signed", outcome="no", evidence=["https://example.org/c"])
    assert [entry.outcome for entry in entries(loaded, "truce-signed")] == ["no", "yes", "reopened", "no"]


def test_disagreement_is_settled(root: Path) -> None:
    resolved(root, "truce-signed", outcome="no")
    loaded = resolved(root, "truce-signed", outcome="yes", known="2025-06-01", by="eve")
    assert status(loaded, "truce-signed") == "contested"
    loaded = resolved(root, "truce-signed", outcome="no", settles=True)
    assert status(loaded, "truce-signed") == "resolved"


@pytest.mark.parametrize(
    ("record", "given", "refusal"),
    [
        (
            "truce-signed",
            {"outcome": "perhaps", "known": "2025-06-01"},
            (BadValue, "unknown outcome 'perhaps'"),
        ),
        (
            "truce-signed",
            {"outcome": "met"},
            (BadValue, "'truce-signed' is a prediction: unknown outcome 'met'"),
        ),
        (
            "talks-held",
            {"outcome": "yes"},
            (BadValue, "'talks-held' is a condition: unknown outcome 'yes'. Write met, unmet"),
        ),
        ("talks-held", {"outcome": "met", "settles": True}, (BadValue, "takes no reason, vintage, settles")),
        ("art", {"outcome": "yes"}, (Refused, "'art' is an article")),
        ("nobody", {"outcome": "yes"}, (UnknownId, "nobody")),
        ("truce-signed", {"outcome": "yes"}, (BadValue, "when could the outcome be known")),
        (
            "truce-signed",
            {"outcome": "yes", "known": "2025-06-01", "evidence": []},
            (Refused, "P230. 'yes' without any evidence"),
        ),
        (
            "truce-signed",
            {"outcome": "yes", "known": "2025-06-01", "evidence": ["Reuters"]},
            (BadValue, "not a link"),
        ),
        (
            "truce-signed",
            {"outcome": "yes", "known": "2026-12-24"},
            (Refused, "recorded on 2026-11-23, before the outcome was known, 2026-12-24"),
        ),
        (
            "truce-signed",
            {"outcome": "yes", "known": "2025-01-01"},
            (Refused, "before the prediction was made"),
        ),
        (
            "talks-held",
            {"outcome": "met", "known": "2025-01-01"},
            (Refused, "before the article was published"),
        ),
        (
            "truce-signed",
            {"outcome": "yes", "known": "someday"},
            (BadValue, "known is not a date: 'someday'"),
        ),
        (
            "truce-signed",
            {"outcome": "yes", "known": "2025-06-01", "happened": "2025-06-02"},
            (Refused, "before it happened"),
        ),
        (
            "truce-signed",
            {"outcome": "yes", "known": "2025-07-02", "happened": "2025-07-02"},
            (Refused, "it happened on 2025-07-02, after 2025-06-30"),
        ),
        (
            "truce-signed",
            {"outcome": "yes", "known": "2025-03-20", "happened": "2025-02-01"},
            (Refused, "it happened on 2025-02-01, before 2025-03-19"),
        ),
        ("truce-signed", {"outcome": "void"}, (Refused, "void without a reason")),
        (
            "truce-signed",
            {"outcome": "uncheckable", "reason": "moot"},
            (Refused, "'moot' is no reason for uncheckable"),
        ),
        ("truce-signed", {"outcome": "no", "reason": "moot"}, (Refused, "'moot' is no reason for no")),
        (
            "truce-signed",
            {"outcome": "void", "reason": "condition-unmet"},
            (Refused, "void for a condition, and it has none"),
        ),
        (
            "troops-sent",
            {"outcome": "void", "reason": "condition-unmet"},
            (Refused, "void for 'talks-held', which is not resolved"),
        ),
        (
            "law-passed",
            {"outcome": "yes", "known": "2025-06-01"},
            (Refused, "although 'talks-held', which starts the clock, is not met"),
        ),
        ("law-passed", {"outcome": "no"}, (BadValue, "it has no last day")),
    ],
)
def test_nonsense_is_refused(
    root: Path, record: str, given: dict[str, Any], refusal: tuple[type[ForecastlogError], str]
) -> None:
    with pytest.raises(refusal[0], match=refusal[1]):
        resolve(load(root), [record], answer(**given), today=TODAY)


def test_a_no_before_the_deadline_says_since_when(root: Path) -> None:
    early = date(2025, 5, 1)
    with pytest.raises(BadValue, match="its deadline, 2025-06-30, has not passed"):
        resolve(load(root), ["truce-signed"], answer("no"), today=early)
    loaded = resolved(root, "truce-signed", outcome="no", known="2025-04-30", today=early)
    assert str(entries(loaded, "truce-signed")[0].known) == "2025-04-30"


def test_what_came_too_late_is_a_no_that_was_known_before(root: Path) -> None:
    loaded = resolved(
        root, "truce-signed", outcome="no", known="2025-07-01", happened="2025-07-02", today=date(2025, 7, 3)
    )
    (entry,) = entries(loaded, "truce-signed")
    assert (str(entry.known), str(entry.happened)) == ("2025-07-01", "2025-07-02")
    with pytest.raises(Refused, match="before it happened"):
        resolved(
            root,
            "truce-signed",
            outcome="no",
            known="2025-06-01",
            happened="2025-06-02",
            by="eve",
            today=date(2025, 7, 3),
        )
