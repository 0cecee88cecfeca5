"""Choices: one of several options comes, and a forecast gives each a share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isnan
from typing import TYPE_CHECKING, Any

from forecastlog.column import Column, figure, flag, score, share
from forecastlog.keys import Key, Many, Mapped, Shorthand, Table, needed
from forecastlog.kinds.kind import (
    NOT_DECIDED,
    Kind,
    Measure,
    Misfit,
    Row,
    Said,
    outcome_reader,
    paired,
)
from forecastlog.model.forecasts import Says, Terms
from forecastlog.model.records import Prediction
from forecastlog.phrasing import exact_percent, percent
from forecastlog.values import BOOLEAN, DAY, PROBABILITY, TEXT, Unreadable, brief, offer
from forecastlog.vocabulary.thresholds import NOTHING_CHANGES
from forecastlog.vocabulary.word import alternatives

if TYPE_CHECKING:
    from forecastlog.kinds.kind import Floats

OTHER, NONE = "other", "none of them"
"""The option for whatever is not listed, and the outcome of a question whose options none came of."""
TOLERANCE = 1e-6
"""By how much shares may miss a sum of 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One possible answer, and the day on which it was added where it was not there from the first."""

    name: str
    added: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Options(Terms):
    """The possible answers, and whether they have an order, from the first to the last."""

    options: tuple[Option, ...] = ()
    ordered: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The options by name."""
        return tuple(option.name for option in self.options)

    def on(self, day: date | None) -> tuple[str, ...]:
        """The options that were there on a day; all of them where none is told."""
        return tuple(one.name for one in self.options if not (one.added and day and day < one.added))


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares(Says):
    """The share that each option is given; an option that is not named is given none."""

    probabilities: tuple[tuple[str, float], ...] = ()

    @property
    def definite(self) -> bool:
        """Whether there are shares that can be scored."""
        return bool(self.probabilities) and abs(sum(dict(self.probabilities).values()) - 1) <= TOLERANCE

    @property
    def entry(self) -> Mapping[str, object]:
        """The shares as a mapping."""
        return {"probabilities": dict(self.probabilities) or None}

    @property
    def first(self) -> tuple[str, float] | tuple[None, None]:
        """The option that is given most, and its share; none where two are given as much."""
        ranked = sorted(self.probabilities, key=lambda pair: -pair[1])
        tied = len(ranked) > 1 and ranked[0][1] == ranked[1][1]
        return (None, None) if tied or not ranked else ranked[0]


_OPTION = Table(
    "an option",
    needed("name", TEXT, "the answer"),
    Key("added", DAY, "the day on which it was added, where it was not there from the first"),
)


def options_of(prediction: Prediction) -> Options:
    """What a choice asks; nothing, where it does not say."""
    return prediction.terms if isinstance(prediction.terms, Options) else Options()


class Choice(Kind):
    """One of several, in an order or not."""

    name = "choice"
    meaning = "one of several options comes"
    outcomes = f"the name of an option, or {NONE}"
    unchanged = "an option"
    how = "The share of each option, in the text's words: above 45%, near 35%, below 20%"
    says = Shares
    asks = Options
    prediction_keys = (
        needed("options", Many(Shorthand("name", _OPTION)), f"the possible answers; '{OTHER}' may be one"),
        Key("ordered", BOOLEAN, "whether the options stand in an order, such as below, near, above"),
    )
    forecast_keys = (
        Key("probabilities", Mapped(TEXT, PROBABILITY), "a share for every option, which sum to 100 %"),
    )
    terms_columns = (
        Column(
            name="options",
            meaning="the possible answers, as a JSON list",
            value=lambda terms: list(terms.names),
            key="options",
        ),
        Column(name="ordered", value=lambda terms: terms.ordered, key="ordered"),
    )
    columns = (
        Column(
            name="probabilities",
            meaning="the share for every option, as a JSON object",
            value=lambda says: dict(says.probabilities),
            key="probabilities",
        ),
        Column(name="first_option", meaning="the option that is given the most", value=lambda s: s.first[0]),
        share("the share of that option", lambda says: says.first[1], name="first_share"),
    )
    score_columns = (
        share("the share that was given to the option that came", name="given", heading="Given to what came"),
        score(
            "the multi-class Brier score, summed over the options, from 0 to 2",
            name="brier_multi",
            heading="Brier score over the options",
        ),
        figure(
            "minus the log of the share given to the option that came", name="log_multi", heading="Log score"
        ),
        flag(
            "the option that came had been given no share at all",
            name="log_multi_infinite",
            heading="Given no share at all",
        ),
        score(
            "the spherical score: higher is better, up to 1",
            name="spherical_multi",
            heading="Spherical score",
        ),
        figure(
            "the ranked probability score of ordered options, from 0 to their number less 1",
            name="ranked",
            heading="Ranked probability score",
        ),
        score(
            f"the multi-class Brier score of saying that nothing changes, at {NOTHING_CHANGES:.0%}",
            name="reference_brier_multi",
            heading="“Nothing changes”",
        ),
    )
    figures = ("first_share",)
    headline = "brier_multi"
    outcome = outcome_reader(TEXT.read, TEXT.schema, f"the name of an option, or {NONE}")
    status_quo = TEXT

    def terms(self, entry: Row) -> Options:
        """The options with the days on which they were added, and whether they have an order."""
        listed = [option for option in entry.get("options", ()) if option.get("name")]
        return Options(
            options=tuple(Option(**option) for option in listed), ordered=entry.get("ordered", False)
        )

    def read(self, entry: Row) -> Shares | None:
        """The share of every option."""
        found = entry.get("probabilities")
        return Shares(probabilities=found) if found else None

    def misfits(self, prediction: Prediction) -> Iterator[Misfit]:
        """Options that are none, shares of others, and sums that are not 1."""
        names = options_of(prediction).names
        yield from _options_fit(options_of(prediction))
        if prediction.status_quo and prediction.status_quo not in names:
            yield _no_option(("status_quo",), prediction.status_quo, names)
        for number, forecast in enumerate(prediction.forecasts):
            place = ("forecasts", number, "probabilities")
            if isinstance(forecast.says, Shares):
                yield from _shares_fit(place, forecast.says, names)
        for number, entry in enumerate(prediction.resolutions):
            if entry.outcome and entry.outcome not in (*names, NONE, *NOT_DECIDED):
                yield _no_option(("resolutions", number, "outcome"), entry.outcome, (*names, NONE))

    def decided(self, prediction: Prediction, outcome: str | None) -> float | None:
        """The place of the option that came, from 0; that of 'other' for none of them."""
        names = options_of(prediction).names
        came = OTHER if outcome == NONE else outcome
        return float(names.index(came)) if came in names else None

    def void(self, prediction: Prediction, outcome: str) -> str | None:
        """None of them came, and there is no option for that."""
        return "no-option" if outcome == NONE and OTHER not in options_of(prediction).names else None

    def stays(self, prediction: Prediction) -> bool:
        """Whether it is told which option no change would bring."""
        return prediction.status_quo in options_of(prediction).names

    def answers(self, said: Said) -> bool:
        """Whether the option that came was there when it was said, or 'other' stood for it."""
        return _share_of(said) is not None

    def row(self, says: Says) -> tuple[float, ...]:
        """The share of the option that is given most."""
        assert isinstance(says, Shares)  # noqa: S101  # counting hands only forecasts of this kind
        return (max((share for _, share in says.probabilities), default=float("nan")),)

    def scores(self, said: Sequence[Said]) -> Mapping[str, Floats]:
        """Multi-class Brier, log and spherical score, and of ordered options the ranked probability score."""
        import numpy as np

        from forecastlog.scoring import brier_multi, log_multi, ranked_probability, spherical_multi

        found = {name: np.full(len(said), np.nan) for name in ("given", *_FROM_ROWS, "ranked")}
        for rows, p, y, ordered in _alike(said):
            found["given"][rows] = p[np.arange(len(rows)), y]
            found["brier_multi"][rows] = brier_multi(p=p, y=y)
            found["log_multi"][rows] = log_multi(p=p, y=y)
            found["spherical_multi"][rows] = spherical_multi(p=p, y=y)
            if ordered:
                found["ranked"][rows] = ranked_probability(p=p, y=y)
        return found

    def reference(self, prediction: Prediction, sure: float, says: Says | None = None) -> Shares | None:  # noqa: ARG002
        """The option that no change would bring, and the others alike."""
        names = options_of(prediction).names
        if prediction.status_quo not in names or len(names) < 2:
            return None
        rest = (1 - sure) / (len(names) - 1)
        return Shares(
            probabilities=tuple((name, sure if name == prediction.status_quo else rest) for name in names)
        )

    def published(self, scored: Mapping[str, Floats]) -> dict[str, Sequence[float | None]]:
        """The scores, an infinite log score as a flag."""
        told = super().published(scored)
        infinite = (scored["log_multi"] == float("inf")).tolist()
        flags = [
            None if share is None else int(flag) for share, flag in zip(told["given"], infinite, strict=True)
        ]
        return told | {"log_multi_infinite": flags}

    def measures(self, scored: Sequence[Row], said: Sequence[Said]) -> Iterator[Measure]:
        """Mean scores; ranked ones by the number of options, because they grow with it."""
        unchanged = mean_of("", [row["reference_brier_multi"] for row in scored]).value
        for name, meaning in _FROM_ROWS.items():
            due = unchanged if name == self.headline else None
            yield mean_of(meaning, [row[name] for row in scored])._replace(due=due)
        counts = [len(options_of(one.prediction).names) for one in said]
        for size in sorted(set(counts)):
            own = [row["ranked"] for row, count in zip(scored, counts, strict=True) if count == size]
            if not all(map(isnan, own)):
                yield mean_of("mean ranked probability score", own, of=f"{size} options")

    def expected(self, prediction: Prediction, says: Says) -> str:  # noqa: ARG002
        """Every share, the greatest first."""
        assert isinstance(says, Shares)  # noqa: S101  # as in row
        ranked = sorted(says.probabilities, key=lambda pair: -pair[1])
        return "gave " + alternatives([f"{name} {percent(share)}" for name, share in ranked], "and")

    def came(self, prediction: Prediction, outcome: str) -> str | None:
        """The option that came."""
        if outcome == NONE:
            return "None of them came"
        return f"The outcome was {outcome}" if outcome in options_of(prediction).names else None

    def went(self, said: Said) -> str | None:
        """How much the option that came had been given, beside the others."""
        given = _share_of(said)
        if given is None or not isinstance(said.says, Shares):
            return None
        rank = 1 + sum(share > given for _, share in said.says.probabilities)
        place = {1: "the most", 2: "the second most", 3: "the third most"}.get(rank, f"number {rank}")
        return (
            f"it had been given {percent(given)}, {place} of {len(options_of(said.prediction).names)} options"
        )

    def typed(self, text: str, prediction: Prediction) -> Mapping[str, Any]:  # noqa: ARG002
        """Options with their shares: ``a 45%, b 35%, c 20%``."""
        found = paired(text, TEXT, PROBABILITY)
        if not found:
            hint = "Write every option with its share: above 45%, near 35%, below 20%."
            raise Unreadable("P103", "'{text}' gives no share to an option", hint)
        return {"probabilities": dict(found)}


def mean_of(name: str, values: Sequence[float], of: str = "") -> Measure:
    """The mean of the scores that there are; empty where it is infinite."""
    there = [value for value in values if not isnan(value)]
    mean = sum(there) / len(there) if there else None
    return Measure(name, len(there), None if mean is None or mean == float("inf") else mean, of)


_FROM_ROWS = {
    "brier_multi": "mean Brier score over the options, 0 to 2",
    "log_multi": "mean log score",
    "spherical_multi": "mean spherical score",
}


def _share_of(said: Said) -> float | None:
    """What the option that came was given; what 'other' was given, where it was added later.

    None without that.
    """
    assert isinstance(said.says, Shares)  # noqa: S101  # counting hands only forecasts of this kind
    there, shares = options_of(said.prediction).on(said.made), dict(said.says.probabilities)
    came = _came(said, there)
    return shares.get(came, 0.0) if came in there else None


def _came(said: Said, there: Sequence[str]) -> str:
    """The option among those that were there which stands for what came."""
    return OTHER if said.outcome == NONE or said.outcome not in there else said.outcome


def _alike(said: Sequence[Said]) -> Iterator[tuple[list[int], Floats, Any, bool]]:
    """Forecasts with as many options and as much order.

    Their places, shares, what came and whether it is ordered.
    """
    import numpy as np

    groups: dict[tuple[int, bool], list[tuple[int, list[float], int]]] = {}
    for number, one in enumerate(said):
        terms = options_of(one.prediction)
        there, shares = terms.on(one.made), dict(one.says.probabilities)  # type: ignore[attr-defined]  # as in row
        came = _came(one, there)
        if came in there and len(there) > 1:
            row = (number, [shares.get(name, 0.0) for name in there], there.index(came))
            groups.setdefault((len(there), terms.ordered), []).append(row)
    for (_, ordered), rows in groups.items():
        places, p, y = zip(*rows, strict=True)
        yield list(places), np.array(p), np.array(y), ordered


def _options_fit(terms: Options) -> Iterator[Misfit]:
    place, names = ("options",), terms.names
    if len(names) == 1:
        yield Misfit("P117", place, "one option is no choice", "Name at least two, such as 'other'.")
    for name, n in Counter(names).items():
        if n > 1:
            yield Misfit("P117", place, f"the option '{brief(name)}' is there twice", "Keep one.")
        if name in (*NOT_DECIDED, NONE):
            hint = "It is an outcome of every question. Call the option otherwise."
            yield Misfit("P117", place, f"'{name}' cannot be an option", hint)
    if terms.ordered and OTHER in names:
        hint = "Give it a place by another name, or leave out 'ordered'."
        yield Misfit("P117", place, f"'{OTHER}' has no place in an order", hint)


def _shares_fit(place: tuple[str | int, ...], says: Shares, names: Sequence[str]) -> Iterator[Misfit]:
    unknown = [name for name, _ in says.probabilities if name not in names]
    for name in unknown:
        yield _no_option((*place, name), name, names)
    total = sum(share for _, share in says.probabilities)
    if not unknown and abs(total - 1) > TOLERANCE:
        hint = "The shares of all options are 100 %; give what is left to an option, such as 'other'."
        yield Misfit("P116", place, f"the shares sum to {exact_percent(total)}", hint)


def _no_option(place: tuple[str | int, ...], name: str, names: Sequence[str]) -> Misfit:
    hint = offer(name, names) if names else "Write 'options:' with the possible answers."
    return Misfit("P117", place, f"'{brief(name)}' is no option", hint)


KIND = Choice()
