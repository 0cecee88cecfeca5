"""Answers to what has to be known of a new record.

One type, whether options, a form, prompts or a finder gave them.

An answer is kept as it was typed, with the place that it came from. ``QUESTIONS`` says once what is asked
about a prediction, and where in the record each answer stands; what a key means is the record's own table to
say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from forecastlog.keys import Key, Many, Table
from forecastlog.kinds import BINARY, FORECAST_KEYS, KINDS, PREDICTION_KEYS
from forecastlog.ledger.tables import PREDICTION
from forecastlog.model.records import QUOTE_WORDS
from forecastlog.phrasing import opening
from forecastlog.problems import Span
from forecastlog.vocabulary.people import ATTRIBUTIONS
from forecastlog.vocabulary.word import alternatives

Value = str | bool | tuple[str, ...]


class Answer(NamedTuple):
    """A value as typed, and where it stands; an option and a prompt have no place."""

    value: Value
    place: Span | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers given so far, by the name of their question; an empty one is none.

    >>> Answers.of(claim="It rains.", quote="").over(Answers.of(claim="It snows.", main=True)).values
    {'claim': 'It rains.', 'main': True}
    """

    given: Mapping[str, Answer] = field(default_factory=dict)

    @classmethod
    def of(cls, values: Mapping[str, object] | None = None, **more: object) -> Answers:
        """Answers without a place: texts, flags, and lists of texts."""
        found = {name: _value(value) for name, value in {**(values or {}), **more}.items()}
        return cls({name: Answer(value) for name, value in found.items() if value not in ("", ())})

    @classmethod
    def standing(cls, path: tuple[str, ...], entry: Mapping[str, object]) -> Answers:
        """The answers that a record has already in the entry below ``path``."""
        names = {question.path: question.name for question in QUESTIONS}
        return cls.of({names[*path, key]: value for key, value in entry.items() if (*path, key) in names})

    def over(self, others: Answers) -> Answers:
        """These, and those of ``others`` to questions that these leave open."""
        return Answers({**others.given, **self.given})

    @property
    def values(self) -> dict[str, Value]:
        """What was typed, by name."""
        return {name: answer.value for name, answer in self.given.items()}

    def text(self, name: str) -> str | None:
        """An answer that is one text; None where there is none."""
        answer = self.given.get(name)
        return None if answer is None else str(answer.value)

    def __contains__(self, name: str) -> bool:
        return name in self.given

    def below(self, *path: str) -> dict[str, Answer]:
        """The answers that stand below ``path`` in a prediction, by their keys there."""
        return {
            question.path[-1]: self.given[question.name]
            for question in QUESTIONS
            if question.path[:-1] == path and question.name in self.given
        }

    @property
    def missing(self) -> list[str]:
        """The names of needed questions that are open; a figure answers the one for words."""
        return [
            question.name
            for question in QUESTIONS
            if question.needed and not {question.name, *question.instead} & self.given.keys()
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked about a prediction.

    The answer is the prediction's key of the question's ``name``, or ``at`` another one, maybe ``under`` one
    that has keys of its own. The key says what it means, unless ``about`` does, as the help of an option and
    as a line of the form; it stands in the form where it is ``shown``, and is asked for at a terminal where
    it has a ``prompt``: only ``after`` another one that was answered, where it names one. ``enter`` tells
    what no answer means, and ``again`` that an article's next prediction likely has the same one. ``instead``
    are the questions that answer it too. One ``of`` a kind is asked for predictions of that kind alone.
    """

    name: str
    under: str = ""
    at: str = ""
    about: str = ""
    shown: bool = True
    prompt: str = ""
    enter: str = ""
    after: str = ""
    again: bool = False
    needed: bool = False
    instead: tuple[str, ...] = ()
    of: str = ""

    @property
    def path(self) -> tuple[str, ...]:
        """The keys that lead to the answer in the record."""
        own = self.at or self.name
        return (self.under, own) if self.under else (own,)

    @property
    def key(self) -> Key:
        """The record's key for the answer."""
        table: Table = PREDICTION
        for name in self.path[:-1]:
            reader = table.by_name[name].reader
            inner = reader.of if isinstance(reader, Many) else reader
            assert isinstance(inner, Table)  # noqa: S101  # the paths below are those of the record
            table = inner
        return table.by_name[self.path[-1]]

    @property
    def meaning(self) -> str:
        """What it asks for, in a few words."""
        return self.about or self.key.meaning

    @property
    def several(self) -> bool:
        """Whether the answer is a list."""
        return isinstance(self.key.reader, Many)


_NEEDED_OF = {key.name: kind.name for kind in KINDS.values() for key in kind.prediction_keys if key.required}
"""The keys of a prediction that one kind cannot do without."""
_WAYS = tuple(dict.fromkeys(name for kind in KINDS.values() for name in kind.ways))
"""The keys in which forecasts of other kinds say what is expected."""
_ASIDES = tuple(key.name for key in FORECAST_KEYS if any(key.name in kind.asides for kind in KINDS.values()))

QUESTIONS: tuple[Question, ...] = (
    Question(name="quote", prompt=f"Quote, at most {QUOTE_WORDS} words", needed=True),
    Question(
        name="predicts",
        at="kind",
        about="what it predicts, where it does not turn out true or false: "
        f"{alternatives(name for name in KINDS if name != BINARY.name)}",
        shown=False,
    ),
    Question(name="claim", prompt="Claim, worded so that yes means that it happens", needed=True),
    Question(name="speaker", prompt="Who says it?", enter="the authors", again=True),
    Question(
        name="attribution",
        prompt="How close to their own words? "
        f"{alternatives(name for name in ATTRIBUTIONS if name != 'author')}",
        enter="quoted",
        after="speaker",
        again=True,
    ),
    *(
        Question(
            name=key.name,
            shown=False,
            of=_NEEDED_OF.get(key.name, ""),
            prompt=opening(key.meaning) if key.name in _NEEDED_OF else "",
        )
        for key in PREDICTION_KEYS
    ),
    Question(
        name="words",
        under="forecasts",
        about="how likely, or what is expected, in the text's words",
        prompt=BINARY.how,
        needed=True,
        instead=("probability", *_WAYS),
    ),
    Question(
        name="deadline",
        under="deadline",
        at="words",
        about="by when, in the text's words; empty where it names no time",
        prompt="By when, in the text's words; = for a day of your own",
        enter="it names no time",
        instead=("latest", "within"),
        again=True,
    ),
    Question(name="criteria", prompt="Criteria: yes when", needed=True),
    Question(name="settled_by", prompt="Which source will settle it?", enter="skips", again=True),
    Question(name="settles_on"),
    Question(name="status_quo", prompt="The outcome if nothing changes", enter="skips", again=True),
    Question(
        name="given",
        about="the id of the condition it depends on, or the text of a new one",
        prompt="On what does it depend? A condition's id, or its text",
        enter="on nothing",
        again=True,
    ),
    Question(
        name="event", prompt="Event: what it turns on, shared with others", enter="its article's", again=True
    ),
    Question(name="tags", prompt="Tags, with commas between", enter="none", again=True),
    Question(name="negated"),
    Question(name="main"),
    Question(name="draft", shown=False),
    Question(name="withheld_until", shown=False),
    Question(name="latest", under="deadline", about="your own last day, with its reason"),
    Question(name="why", under="deadline", about="the reason for your own deadline"),
    Question(
        name="holds",
        under="deadline",
        about="within (it happens by then), on (it holds on the last day) or throughout; empty for within",
    ),
    Question(name="review"),
    Question(name="note"),
    Question(
        name="probability",
        under="forecasts",
        about="how likely, where the text has a figure",
        shown=False,
    ),
    Question(
        name="within",
        under="deadline",
        about="how long the clock runs once the condition is met",
        shown=False,
    ),
    Question(
        name="subject",
        under="deadline",
        about="whom 'his term' in the deadline's words means",
        shown=False,
    ),
    Question(name="id", shown=False),
    *(Question(name=name, under="forecasts", shown=False) for name in (*_WAYS, *_ASIDES)),
    Question(name="via", shown=False),
    Question(name="stance", shown=False),
    Question(name="made", shown=False),
    Question(name="restates", shown=False),
    Question(name="hedges", shown=False),
    Question(name="reverses", shown=False),
)
BY_NAME: Mapping[str, Question] = {question.name: question for question in QUESTIONS}


def asked() -> Iterator[Question]:
    """The questions that are asked for at a terminal, in their order."""
    return (question for question in QUESTIONS if question.prompt)


def _value(value: object) -> Value:
    if isinstance(value, bool):
        return value
    if isinstance(value, list | tuple):
        return tuple(map(str, value))
    return "" if value is None else str(value)
