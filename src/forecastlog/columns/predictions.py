"""Predictions with their forecasts, tags and corrections: what each column shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from forecastlog.column import Column, Table, count, flag, named, shows, text
from forecastlog.columns import ids
from forecastlog.columns.fate import Fate
from forecastlog.columns.reckoned import reckoned
from forecastlog.columns.scores import TIMING
from forecastlog.columns.voices import ForecastOn
from forecastlog.columnwise import Of, Value
from forecastlog.kinds import FORECAST_KEYS, PREDICTION_KEYS, SAID, TERMS
from forecastlog.ledger import tables as keys
from forecastlog.model.ledger import Ledger
from forecastlog.model.notes import Correction
from forecastlog.model.records import Prediction
from forecastlog.phrasing import day
from forecastlog.sources import host_of, moment_in
from forecastlog.standing.due import due_from, due_on, known_day, timing_of
from forecastlog.vocabulary.forecasts import LEANINGS, WENT
from forecastlog.vocabulary.outcomes import LOGGED_WRONGLY
from forecastlog.vocabulary.scores import Timing
from forecastlog.vocabulary.statuses import STATUSES
from forecastlog.vocabulary.word import alternatives, explained
from forecastlog.voice import affirms, byline, cite, spoken, told


class PredictionOn:
    """A prediction beside what became of it by the end of a day."""

    def __init__(self, fate: Fate) -> None:
        self.fate, self.record, self.ledger = fate, fate.record, fate.ledger

    @reckoned
    def spoken(self) -> ForecastOn:
        """What the speaker last said, with who says it in which words."""
        return ForecastOn(self.fate.forecast, self.fate)

    @property
    def cite(self) -> str:
        """The record as a citation has it, but for its address."""
        article, forecast = self.spoken.article, self.fate.forecast
        outlet, stood = self.record.source, self.record.made
        if forecast and forecast.url and not forecast.article:
            outlet, stood = host_of(forecast.url), forecast.made
        elif article:
            outlet, stood = article.publisher, article.published
        return cite(self.spoken.voice, self.record.claim, outlet=outlet, day=day(str(stood)))

    @property
    def heard(self) -> str | None:
        """The address of the recording at the moment at which it is said."""
        url = self.fate.article.url if self.fate.article else None
        return moment_in(url, self.record.at) if url and self.record.at else None

    @property
    def publisher(self) -> str | None:
        """Who published the words; nobody where somebody rewrote them."""
        return None if self.record.text == "paraphrased" else self.fate.outlet.publisher

    @property
    def timing(self) -> Timing:
        """When it entered the log."""
        logged = self.record.logged.day if self.record.logged else None
        latest = self.fate.latest
        knowable = known_day(self.fate.stands, latest, self.record) or due_on(latest)
        there = self.record.logged_elsewhere
        return timing_of(self.record.made.day, logged, latest, knowable, there.on.day if there else None)

    @reckoned
    def due_from(self) -> date | None:
        """The first day on which somebody should look."""
        return due_from(self.record, self.fate.latest)

    def target(self, record_id: str | None) -> str | None:
        """The id of another prediction, if there is one of that id."""
        return record_id if isinstance(self.ledger.get(record_id or ""), Prediction) else None


class CorrectionOf(NamedTuple):
    """A correction of a prediction, and its place in the list."""

    of: str
    number: int
    record: Correction


class Tag(NamedTuple):
    """A tag of a prediction."""

    of: str
    tag: str


def _predictions(ledger: Ledger, day: date) -> Iterator[PredictionOn]:
    return (PredictionOn(Fate(prediction, ledger, day)) for prediction in ledger.predictions)


def _forecasts(ledger: Ledger, day: date) -> Iterator[ForecastOn]:
    for prediction in ledger.predictions:
        fate = Fate(prediction, ledger, day)
        for key, forecast in ids.with_ids(prediction.id, prediction.forecasts, ids.FORECAST).items():
            yield ForecastOn(forecast, fate, key)


def _corrections(ledger: Ledger, _: date) -> Iterator[CorrectionOf]:
    for prediction in ledger.predictions:
        for number, correction in enumerate(prediction.corrections, 1):
            yield CorrectionOf(prediction.id, number, correction)


def _tags(ledger: Ledger, _: date) -> Iterator[Tag]:
    return (Tag(one.id, tag) for one in ledger.predictions for tag in dict.fromkeys(one.tags))


FORECAST, RECORD = attrgetter("fate.forecast"), attrgetter("record")
"""What the speaker last said of a prediction, and the record itself."""
_ASKED, _SPOKEN_BY = attrgetter("record.terms"), attrgetter("spoken.voice")
_DECIDED, _ELSEWHERE = attrgetter("fate.stands.entry"), attrgetter("record.logged_elsewhere")
_VOICE, _DUE = attrgetter("voice"), attrgetter("due_from")


def _last_said(key: str, **more: object) -> Column:
    """A column of what the speaker last said."""
    return shows(f"forecasts.{key}", Of(FORECAST, attrgetter(key)), **more)


def _said(forecast: Value, under: str = "") -> dict[str, Column]:
    """The columns of what a forecast says, whatever its kind, with their keys ``under`` a path."""
    says = Of(forecast, attrgetter("says"))
    return {
        column.name: replace(
            column,
            key=f"{under}{column.key}" if column.key else None,
            value=Of(says, column.value or column.of),
        )
        for column in SAID
    }


def _terms() -> dict[str, Column]:
    """The columns of what a prediction asks for, whatever its kind."""
    return {
        column.name: replace(column, value=Of(_ASKED, column.value or column.of), extra=True)
        for column in TERMS
    }


def _refers_to(key: str) -> Column:
    """A column of the prediction that a key names."""
    return shows(key, lambda on: on.target(getattr(on.record, key)), ref="predictions")


_BYLINE = "whose words it is told in, and of whom: what may stand before the words and a colon"
_TOLD = "who said it in which words, with which stance; what is ours is marked as ours"
_SPOKEN = "whose words, and the phrase itself: never our wording"
_OWN = "the words are the speaker's own, as they were published: only such are counted"
_LEANING = f"the side on which the whole band lies: {explained(LEANINGS)}"
_WENT = f"how it went: {explained(WENT)}"
_ENDED = "how it went, in the words themselves"

PREDICTIONS = Table(
    name="predictions",
    meaning="One question each with its criteria and its deadline: "
    "whether something happens, how much, when, or which option.",
    items=_predictions,
    label="claim",
    indexes=(
        ("status", "due_on"),
        ("event",),
        ("made",),
        ("outcome",),
        ("basis",),
        ("timing",),
        ("publisher", "made"),
        ("made_year", "made"),
        ("went", "made"),
        ("main", "known"),
        ("logged_wrongly", "made", "main"),
        ("logged_wrongly", "known"),
    ),
    columns=named(
        keys.PREDICTION,
        tuple(key.name for key in PREDICTION_KEYS),
        id=shows(listed=1, width=0),
        claim=shows(listed=3, width=0, searched=True),
        speaker_id=shows("speaker", ref="forecasters", listed=4, facet=True),
        status=text(
            f"{alternatives(STATUSES)}, on the day of the build",
            attrgetter("fate.status"),
            listed=9,
            width=0,
            facet=True,
        ),
        outcome=shows(
            "resolutions.outcome",
            attrgetter("fate.stands.outcome"),
            listed=10,
            width=110,
            facet=True,
        ),
        reason=shows("resolutions.reason", attrgetter("fate.stands.reason")),
        came=text("what came of it, as a sentence for readers", attrgetter("fate.came")),
        logged_wrongly=flag(
            "void because it was logged wrongly or twice: it stands apart from what readers browse",
            lambda on: on.fate.stands.reason in LOGGED_WRONGLY,
        ),
        **_said(FORECAST, "forecasts."),
        basis=_last_said("basis", listed=14, facet=True),
        words=_last_said("words"),
        scale=_last_said("scale"),
        said=text(
            "when the speaker last said it so, before the outcome was known",
            Of(FORECAST, attrgetter("made")),
            listed=15,
        ),
        byline=text(_BYLINE, Of(_SPOKEN_BY, byline), listed=4, width=100, searched=True),
        told=text(_TOLD, Of(_SPOKEN_BY, told)),
        publisher=text(
            (
                "who published it in the words in which it was said; "
                "empty for a rewritten text, which counts for nobody"
            ),
            attrgetter("publisher"),
            searched=True,
        ),
        spoken=text(_SPOKEN, Of(_SPOKEN_BY, spoken)),
        own_words=flag(_OWN, Of(_SPOKEN_BY, attrgetter("theirs"))),
        affirms=flag(
            "the speaker says in their own words, and on no condition, that it happens",
            lambda on: affirms(on.spoken.voice, on.spoken.leaning),
        ),
        leaning=text(_LEANING, attrgetter("spoken.leaning")),
        went=text(_WENT, attrgetter("spoken.went"), facet=True),
        ended=text(_ENDED, attrgetter("spoken.ended")),
        cite=text(
            "the record as a citation has it, our wording marked as ours; its address is to be added",
            attrgetter("cite"),
        ),
        made=shows(listed=5),
        made_year=count("the year in which it was said", attrgetter("record.made.day.year")),
        earliest=shows("deadline.earliest", listed=6),
        strict=shows(
            "deadline.strict",
            lambda on: on.fate.latest if on.record.deadline.within else on.record.deadline.strict,
            listed=7,
        ),
        latest=shows("deadline.latest", attrgetter("fate.latest"), listed=8, width=0),
        due_on=text(
            "the first day on which somebody should look: after the latest deadline, when the source is out",
            attrgetter("due_from"),
        ),
        due_year=count(
            "the year in which it falls due",
            Of(_DUE, attrgetter("year")),
        ),
        article_id=text("the article", attrgetter("record.article"), ref="articles", listed=2),
        article_title=text(
            "the article's title, for the search",
            Of(attrgetter("fate.article"), attrgetter("title")),
            searched=True,
        ),
        quote=shows(searched=True),
        at=shows(extra=True),
        heard=text(
            "the address of the recording at that moment",
            attrgetter("heard"),
        ),
        also=shows(),
        negated=shows(),
        kind=shows(facet=True),
        **_terms(),
        attribution=shows(),
        via=shows(),
        stance=shows(),
        condition_id=shows(
            "given",
            lambda on: on.record.given if on.ledger.condition(on.record.given) else None,
            ref="conditions",
        ),
        criteria=shows(searched=True),
        settled_by=shows(),
        settles_on=shows(extra=True),
        status_quo=shows(),
        event=shows(),
        main=shows(extra=True),
        question=shows(extra=True, searched=True),
        tags=shows(listed=16, searched=True),
        text=shows(),
        deadline_words=shows("deadline.words"),
        deadline_edtf=shows("deadline.edtf"),
        deadline_basis=shows("deadline.basis"),
        deadline_rule=shows("deadline.rule"),
        deadline_convention=shows("deadline.convention"),
        holds=shows("deadline.holds"),
        deadline_subject=shows("deadline.subject"),
        deadline_why=shows("deadline.why"),
        deadline_within=shows("deadline.within"),
        review=shows(),
        happened=shows("resolutions.happened", Of(_DECIDED, attrgetter("happened"))),
        known=shows("resolutions.known", Of(_DECIDED, attrgetter("known"))),
        withheld_until=shows(extra=True),
        logged=shows(),
        timing=replace(TIMING, value=attrgetter("timing"), width=None),
        logged_by=shows(),
        logged_elsewhere=shows("logged_elsewhere.on", Of(_ELSEWHERE, attrgetter("on")), extra=True),
        elsewhere_by=shows("logged_elsewhere.by", Of(_ELSEWHERE, attrgetter("by")), extra=True),
        elsewhere_url=shows("logged_elsewhere.url", Of(_ELSEWHERE, attrgetter("url")), extra=True),
        found_by=shows(extra=True),
        restates_id=_refers_to("restates"),
        hedges_id=_refers_to("hedges"),
        reverses_id=_refers_to("reverses"),
        source=shows(),
        external=shows(),
        withdrawn=shows("withdrawn.on", Of(attrgetter("record.withdrawn"), attrgetter("on"))),
        replies=shows(),
        note=shows(),
    ),
)
FORECASTS = Table(
    name="forecasts",
    meaning="What a forecaster said of a prediction on a day.",
    items=_forecasts,
    label="words",
    indexes=(("forecaster_id", "made"), ("judged_by",)),
    columns=named(
        keys.FORECAST,
        tuple(key.name for key in FORECAST_KEYS),
        id=text("the prediction's id and a digest of the entry", attrgetter("id")),
        prediction_id=text("the prediction", attrgetter("record.prediction"), ref="predictions"),
        forecaster_id=shows("by", ref="forecasters", facet=True),
        made=shows(),
        until=shows(),
        words=shows(),
        **{name: replace(column, listed=None, width=None) for name, column in _said(RECORD).items()},
        scale=shows(facet=True),
        basis=shows(facet=True),
        quote=shows(),
        at=shows(extra=True),
        attribution=shows(facet=True),
        via=shows(),
        stance=shows(),
        negated=shows(),
        text=shows(),
        byline=text(_BYLINE, Of(_VOICE, byline)),
        told=text(_TOLD, Of(_VOICE, told)),
        own_words=flag(_OWN, Of(_VOICE, attrgetter("theirs"))),
        leaning=text(_LEANING, attrgetter("leaning")),
        went=text(_WENT, attrgetter("went"), facet=True),
        ended=text(_ENDED, attrgetter("ended")),
        article_id=shows(
            "article",
            lambda entry: entry.record.article if entry.ledger.heading(entry.record.article) else None,
            ref="articles",
        ),
        url=shows(),
        logged=shows(),
        note=shows(),
    ),
)
PREDICTION_TAGS = Table(
    name="prediction_tags",
    meaning="The tags of predictions, a row each.",
    items=_tags,
    key=("prediction_id", "tag"),
    indexes=(("tag",),),
    columns=named(
        prediction_id=text("the prediction", attrgetter("of"), ref="predictions"),
        tag=text("the tag", attrgetter("tag"), facet=True),
    ),
)
CORRECTIONS = Table(
    name="corrections",
    meaning="Changes to published records, each with its reason.",
    items=_corrections,
    columns=named(
        keys.CORRECTION,
        id=text("the prediction's id and the place in its list", lambda entry: f"{entry.of}.{entry.number}"),
        prediction_id=text("the prediction", attrgetter("of"), ref="predictions"),
        on=shows(),
        by=shows(),
        field=shows(),
        was=shows(),
        why=shows(),
    ),
)
