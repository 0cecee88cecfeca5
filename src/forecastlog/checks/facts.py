"""The few facts of every record that rules across records look at.

They are small and hold no text of a record beyond names, so that an index can keep them: a rule across
records then needs no file but the one that it reports on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from forecastlog.checks.scope import Place, Scope, entries_of
from forecastlog.ledger.folder import EXAMPLE_CHOSEN
from forecastlog.ledger.names import Names
from forecastlog.ledger.nodes import Data
from forecastlog.model.moments import Duration, When
from forecastlog.model.records import REFERENCES, Article, Condition, Prediction
from forecastlog.problems import Severity
from forecastlog.sources import DESCRIBED, page_at, uses
from forecastlog.standing import due
from forecastlog.vocabulary.deadlines import Holds

RecordKind = Literal["article", "condition", "prediction"]


class Link(NamedTuple):
    """A value that names another record: where it stands below its own, what it must name, and the name."""

    path: Place
    kind: RecordKind
    target: str


class Mention(NamedTuple):
    """Whose forecasts or text it is: where that stands, and the forecaster's id.

    With ``silent`` it stands there if one of these predictions names no speaker.
    """

    path: Place
    forecaster: str
    silent: tuple[str, ...] = ()


class Recorder(NamedTuple):
    """Who logged, judged or resolved: where that stands, and the name as typed."""

    path: Place
    typed: str


class Entry(NamedTuple):
    """A resolution that stands, in so far as other records depend on it."""

    path: Place
    outcome: str
    reason: str | None
    happened: When | None
    known: When


class Cites(NamedTuple):
    """A page that is cited: where, which, and what is said of it, key by key of ``sources.DESCRIBED``."""

    path: Place
    page: str
    said: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What one record says that concerns others."""

    id: str
    kind: RecordKind
    links: tuple[Link, ...] = ()
    mentions: tuple[Mention, ...] = ()
    recorders: tuple[Recorder, ...] = ()
    """Who logged, judged and resolved it; whom people.yaml means by them is asked when they are looked at."""
    within: Duration | None = None
    holds: Holds = "within"
    entries: tuple[Entry, ...] = ()
    says: str = ""
    """A digest of the words that make it the same as another; empty where there are none."""
    example: bool = False
    """Whether it is the article that ``init`` makes."""
    uses: tuple[Cites, ...] = ()
    was: tuple[str, ...] = ()
    """The ids that it had before."""

    def link(self, key: str) -> str | None:
        """The id that ``key`` names."""
        return next((link.target for link in self.links if link.path == (key,)), None)


class Fault(NamedTuple):
    """What a rule across records finds, told by the record and the place in it."""

    code: str
    place: Place
    message: str
    hint: str
    severity: Severity = "error"


@dataclass(frozen=True, slots=True)
class Across:
    """The facts of all records, by id, and the forecasters that people.yaml lists, and lists with a kind.

    ``said`` looks into a file for what is written at a place, which is for records that have a fault.
    """

    records: Mapping[str, Facts]
    listed: frozenset[str]
    of_a_kind: frozenset[str]
    names: Names
    said: Callable[..., Data | None]

    def of(self, kind: RecordKind) -> Iterator[Facts]:
        """The records of one kind, in the ledger's order."""
        return (record for record in self.records.values() if record.kind == kind)

    def named(self, name: str | None, kind: RecordKind) -> Facts | None:
        """The record of a kind with this id, or None."""
        found = self.records.get(name) if name else None
        return found if found and found.kind == kind else None


def of_files(scope: Scope) -> Iterator[list[Facts]]:
    """The facts of each article's file."""
    return scope.loaded.of_files("facts", list[Facts], lambda article: list(_of_file(scope, article)))


def gather(scope: Scope, files: Iterable[list[Facts]], machines: Iterable[Facts]) -> Across:
    """The facts of a loaded ledger, those of its files and of what machines wrote handed in."""
    found = [*(facts for file in files for facts in file), *machines]
    listed = frozenset(forecaster.id for forecaster in scope.ledger.forecasters)
    records, loaded = {facts.id: facts for facts in found}, scope.loaded
    return Across(records, listed, loaded.of_a_kind, loaded.names, loaded.said)


def _of_file(scope: Scope, article: Article) -> Iterator[Facts]:
    example = article.chosen == EXAMPLE_CHOSEN  # its people are invented: nobody lists them
    mentions = () if example else tuple(_of_article(article))
    yield Facts(article.id, "article", mentions=mentions, example=example, was=article.was)
    for condition in article.conditions:
        yield Facts(
            condition.id,
            "condition",
            recorders=tuple(_recorders(condition)),
            entries=_that_decide(condition),
            says=_digest(condition.text, condition.by),
            uses=_cited(condition),
            was=condition.was,
        )
    for prediction in article.predictions:
        if not scope.covers(prediction):
            yield Facts(prediction.id, "prediction")
            continue
        yield Facts(
            prediction.id,
            "prediction",
            tuple(_links(prediction)),
            () if example else tuple(_of_prediction(prediction)),
            tuple(_recorders(prediction)),
            prediction.deadline.within,
            prediction.deadline.holds,
            _that_decide(prediction),
            _said(prediction),
            uses=_cited(prediction),
            was=prediction.was,
        )


def of_machine(prediction: Prediction) -> Facts:
    """What a machine's record says that concerns others.

    Whom it names are a platform's, and asked of nobody.
    """
    return Facts(
        prediction.id,
        "prediction",
        tuple(_links(prediction)),
        within=prediction.deadline.within,
        holds=prediction.deadline.holds,
        entries=_that_decide(prediction),
        was=prediction.was,
    )


def _said(prediction: Prediction) -> str:
    window = prediction.deadline
    return _digest(
        prediction.claim,
        prediction.quote,
        prediction.speaker,
        prediction.given,
        window.latest,
        window.within,
        window.holds,
    )


def _digest(*texts: object) -> str:
    """A digest of texts, the same for others that differ in case, spaces and a full stop alone."""
    import hashlib

    folded = (" ".join(str(text or "").casefold().split()).rstrip(".") for text in texts)
    return hashlib.blake2b("\n".join(folded).encode(errors="surrogatepass"), digest_size=16).hexdigest()


def _of_article(article: Article) -> Iterator[Mention]:
    """The authors, and who speaks where a prediction names no speaker: they together, or the outlet."""
    for index, author in enumerate(article.authors):
        yield Mention(("authors", index), author)
    together = ("authors" if article.authors else "publisher",)
    speaking: dict[str, list[str]] = {}
    for prediction in article.predictions:
        speaking.setdefault(prediction.speaker, []).append(prediction.id)
    for speaker, ids in speaking.items():
        if speaker not in article.authors:
            yield Mention(together, speaker, tuple(ids))


def _of_prediction(prediction: Prediction) -> Iterator[Mention]:
    """The speaker, whom the article told before where nobody is named here, and each other forecaster."""
    yield Mention(("speaker",), prediction.speaker)
    known = {prediction.speaker}
    for index, forecast in enumerate(prediction.forecasts):
        if forecast.by not in known:
            known.add(forecast.by)
            yield Mention(("forecasts", index, "by"), forecast.by)


def _recorders(record: Condition | Prediction) -> Iterator[Recorder]:
    """Everybody who logged, judged or resolved a record."""
    found: list[tuple[Place, str]] = []
    if isinstance(record, Prediction):
        found += [(("logged_by",), name.strip()) for name in (record.logged_by or "").split(",")]
        found += [
            (("forecasts", index, "judged_by"), one.judged_by)
            for index, one in enumerate(record.forecasts)
            if one.judged_by
        ]
    found += [((*place[1:], "by"), entry.by) for place, entry in entries_of(record)]
    yield from (Recorder(path, name) for path, name in found if name)


def _links(prediction: Prediction) -> Iterator[Link]:
    for key, kind in REFERENCES.items():
        if target := getattr(prediction, key):
            yield Link((key,), kind, target)
    for index, forecast in enumerate(prediction.forecasts):
        if forecast.article:
            yield Link(("forecasts", index, "article"), "article", forecast.article)


def _that_decide(record: Condition | Prediction) -> tuple[Entry, ...]:
    places = {id(entry): place[1:] for place, entry in entries_of(record)}
    deciding = due.entries_that_decide([entry for _, entry in entries_of(record)])
    return tuple(
        Entry(places[id(entry)], entry.outcome, entry.reason, entry.happened, entry.known)
        for entry in deciding
    )


def _cited(record: Condition | Prediction) -> tuple[Cites, ...]:
    return tuple(
        Cites(
            use.path, page_at(use.entry.url or ""), tuple(_told(getattr(use.entry, key)) for key in DESCRIBED)
        )
        for use in uses([record])
    )


def _told(value: object) -> str | None:
    return None if value is None else str(value)
