"""A text -> its finds: sentences, their marks, their clauses, and what is told of each."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from forecastlog.english import word_set
from forecastlog.likelihood import Likelihood, Span
from forecastlog.suggest import find as kinds
from forecastlog.suggest.anchors import Anchor, Marks, is_negated, likelihoods, marks_of, speaks_of_the_past
from forecastlog.suggest.ascribing import Surroundings, unsure, voice_of
from forecastlog.suggest.clauses import Clause, clauses_of, quote_of
from forecastlog.suggest.conditions import (
    conditions_in,
    of_clause,
    refers_back,
    supposed_subject,
    takes_up,
)
from forecastlog.suggest.cues import VERSION, Cue, Cues, Token, cues, tokens_of
from forecastlog.suggest.figures import figures_of
from forecastlog.suggest.find import Find
from forecastlog.suggest.sentences import Sentence, sentences_of
from forecastlog.suggest.settling import source_of
from forecastlog.suggest.speakers import People, Said, Speaker, quotations, said_in
from forecastlog.suggest.spun import is_spun
from forecastlog.suggest.weighing import Passage, weigh
from forecastlog.vocabulary.forecasts import DEFAULT_SCALE

if TYPE_CHECKING:
    from forecastlog.deadlines import Found
    from forecastlog.deadlines.parse import Reading

DEFAULT_SCORE = 2
"""The threshold below which a find is not offered."""

_OVER = re.compile(
    (
        r"(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|yesterday|(?:since|earlier|last|past"
        r"|in the past|ago|recent|previous)\b|.*\b(?:ago|earlier)$"
    ),
    re.IGNORECASE,
)
_UNREAL = word_set("would 'd could might")
_YEAR = re.compile(
    r"(?:(?:[1-4]q|q[1-4]|[12]h|h[12]|[cf]y)(?:20)?|20)(?P<first>\d\d)(?:-(?:fy)?(?:20)?(?P<last>\d\d))?e?"
)
_LEADS = word_set("in over by during for until before through at least the this our throughout into from of")


@dataclass(slots=True)
class _Reader:
    """One run through a text."""

    text: str
    published: date | None
    author: str
    cues: Cues
    spun: bool
    spans: list[Span]
    starts: list[int]
    reading: Reading
    people: People = field(default_factory=People)
    last: str = ""
    """The speaker named last."""
    carried: tuple[int, tuple[int, int]] | None = None
    """The paragraph and the place of a condition that sentences behind it may take up."""
    supposed: tuple[int, int] | None = None
    """The place of what was last said to be possible: "such a deal would" hangs on it."""
    finds: list[Find] = field(default_factory=list)

    def spans_in(self, sentence: Sentence) -> list[Span]:
        first = bisect_left(self.starts, sentence.start)
        last = bisect_left(self.starts, sentence.end)
        return self.spans[first:last]

    def deadlines_in(self, start: int, end: int) -> list[Found]:
        if self.published is None:
            return []
        from forecastlog.deadlines import find, parse_deadline

        found = []
        for one in find(self.text[start:end], self.published, **self.reading):
            deadline = one.deadline
            if one.past and not _OVER.match(
                one.words
            ):  # a verb of saying is near: "will fall this year, she said"
                deadline = parse_deadline(one.words, self.published, **self.reading)
            ahead = deadline is not None and (deadline.latest is None or deadline.latest >= self.published)
            if ahead or (deadline is None and not one.past):
                found.append(replace(one, start=one.start + start, end=one.end + start, deadline=deadline))
        return found


def suggest(
    text: str,
    *,
    published: date | None,
    author: str | None = None,
    scale: str = DEFAULT_SCALE,
    min_score: int = DEFAULT_SCORE,
    own_cues: tuple[str, ...] = (),
    everything: bool = False,
    reading: Reading | None = None,
) -> list[Find]:
    """The passages of a text that may be predictions, in the text's order.

    Args:
        text: the article, or a transcript with "NAME:" before what each says.
        published: the day from which times are reckoned; without it no deadline is read.
        author: who speaks where nobody is quoted.
        scale: the scale of likelihood on which words are read.
        min_score: the least score of what is offered; 2 finds nearly everything, 3 is surer.
        own_cues: further phrases that mark a prediction, as in the table of cues.
        reading: what times depend on besides the day: hemisphere, fiscal year, a desk's own periods.
        everything: also plans that somebody announces and guesses about the present.

    Raises BadValue for an unknown scale.

    >>> [find] = suggest("Prices are unlikely to fall by June, Ann Holt said.", published=date(2026, 1, 5))
    >>> find.words, find.probability, find.speaker, find.latest
    ('unlikely', 0.2, 'Ann Holt', datetime.date(2026, 6, 30))
    """
    table = cues(own_cues)
    spans = likelihoods(text, scale)
    reader = _Reader(
        text,
        published,
        author or "",
        table,
        is_spun(text),
        spans,
        [span.start for span in spans],
        reading or {},
    )
    sentences = sentences_of(text)
    told = [_told(reader, sentence) for sentence in sentences]
    for number in range(len(sentences)):
        _read(reader, sentences, told, number)
    return [
        find
        for find in reader.finds
        if find.score >= min_score and (everything or find.class_ not in (kinds.INTENTION, kinds.EPISTEMIC))
    ]


@dataclass(frozen=True, slots=True)
class _Told:
    """A sentence's words, cues, and to whom it ascribes what."""

    tokens: list[Token]
    cues: list[Cue]
    furniture: bool
    said: list[Said]
    quotes: list[tuple[int, int]]


def _told(reader: _Reader, sentence: Sentence) -> _Told:
    tokens = tokens_of(sentence.text, sentence.start)
    found = reader.cues.find(tokens)
    if sentence.again or any(cue.class_ in ("furniture", "boilerplate") for cue in found):
        return _Told(tokens, found, True, [], [])
    reader.people.note(sentence.text)
    agents = frozenset(tokens[cue.first].start for cue in found if cue.class_ == "agent")
    said = said_in(reader.text, tokens, reader.cues, agents)
    return _Told(tokens, found, False, said, quotations(reader.text, sentence.start, sentence.end))


def _read(reader: _Reader, sentences: Sequence[Sentence], told: Sequence[_Told], number: int) -> None:
    sentence, own = sentences[number], told[number]
    if own.furniture:
        return
    marks = marks_of(reader.text, own.tokens, own.cues, reader.spans_in(sentence))
    conditions = conditions_in(own.tokens, sentence.end)
    if not marks.anchors and not conditions:
        marks = _by_its_date(reader, own, marks)
    found = clauses_of(marks, sentence.start, sentence.end, conditions)
    days = reader.deadlines_in(sentence.start, sentence.end) if found else []
    condition: tuple[int, int] | None = None
    for clause in found:
        shared = condition if clause.joined in ("and", "or") else None
        condition = of_clause(
            conditions, clause.start, clause.end, alone=len(found) == 1, joined=clause.joined
        )
        if condition is None and _goes_on(reader, sentence, clause):
            condition = reader.carried[1] if reader.carried else None
        if condition is None:
            condition = _hangs_on(reader, own, clause) or shared
        voice = voice_of(clause, _surroundings(reader, sentences, told, number))
        day = _day_of(clause, found, days, condition, sentence)
        passage = Passage(sentence, marks, clause, condition, voice, day, own.said, own.quotes)
        reader.finds.append(_find(reader, passage, sentences[number - 1].text if number else ""))
        reader.supposed = _supposed(reader.finds[-1], condition)
    if not found:
        reader.supposed = None
    if conditions:
        reader.carried = (sentence.paragraph, conditions[-1])
    elif not any(_goes_on(reader, sentence, clause) for clause in found):
        reader.carried = None
    named = [one.speaker for one in own.said if one.speaker.name and not one.speaker.group]
    if named:
        reader.last = reader.people.canonical(named[-1].name)


def _goes_on(reader: _Reader, sentence: Sentence, clause: Clause) -> bool:
    """Whether a clause hangs on the condition told before it: it takes it up, or says what would be."""
    if reader.carried is None or reader.carried[0] != sentence.paragraph:
        return False
    start = sentence.start if clause.start == sentence.start else clause.start
    unreal = any(anchor.words.lower().split()[0] in _UNREAL for anchor in clause.anchors)
    return unreal or takes_up(reader.text[start : clause.end])


def _hangs_on(reader: _Reader, own: _Told, clause: Clause) -> tuple[int, int] | None:
    """The condition that no "if" opens.

    What was possible just before, or "any delay" that would do something.
    """
    inside = [token for token in own.tokens if clause.start <= token.start < clause.main.start]
    if reader.supposed is not None and refers_back(reader.text[clause.start : clause.end]):
        return reader.supposed
    return supposed_subject(inside, clause.main.words)


def _supposed(find: Find, condition: tuple[int, int] | None) -> tuple[int, int] | None:
    """Where something possible was told that the next words may take up.

    A consequence keeps its condition.
    """
    if condition is not None:
        return condition
    return (find.start, find.end) if find.class_ == kinds.POSSIBILITY else None


def _by_its_date(reader: _Reader, own: _Told, marks: Marks) -> Marks:
    """A change, event or number with a day to come, and no verb of the past, foretells by itself."""
    classes = {cue.class_ for cue in own.cues}
    years = [
        int(match["last"] or match["first"]) for token in own.tokens if (match := _YEAR.fullmatch(token.text))
    ]
    dated = any(cue.class_ == "horizon" and "-" not in own.tokens[cue.first].text for cue in own.cues) or any(
        reader.published and year % 100 >= reader.published.year % 100 for year in years
    )
    numbered = any(
        token.text[0].isdigit() and not re.fullmatch(r"20\d\d", token.text) for token in own.tokens
    )
    if not dated or speaks_of_the_past(own.tokens) or classes & {"past", "accounting"}:
        return marks
    changes = [marks.at(cue) for cue in own.cues if cue.class_ in ("change", "event")]
    if not changes and not numbered:
        return marks
    start, end = changes[0] if changes else (own.tokens[0].start, own.tokens[0].end)
    anchor = Anchor(start, end, reader.text[start:end], 2, "change")
    return Marks(marks.tokens, marks.cues, (anchor,))


def _surroundings(
    reader: _Reader, sentences: Sequence[Sentence], told: Sequence[_Told], number: int
) -> Surroundings:
    sentence, own = sentences[number], told[number]
    return Surroundings(
        reader.author,
        sentence.turn,
        own.quotes,
        own.said,
        _nearby(sentences, told, number),
        reader.last,
        reader.people,
    )


def _nearby(sentences: Sequence[Sentence], told: Sequence[_Told], number: int) -> Speaker | None:
    """Who is said to speak in the sentence before, or behind, in the same paragraph.

    A pronoun only if nobody else.
    """
    pronoun: Speaker | None = None
    for step in (-1, 1, -2, 2, -3):
        other = number + step
        if not 0 <= other < len(sentences) or sentences[other].paragraph != sentences[number].paragraph:
            continue
        for one in reversed(told[other].said):
            outside = not any(start < one.place < end for start, end in told[other].quotes)
            if not (outside and one.saying):
                continue
            if one.speaker.pronoun:
                pronoun = pronoun or one.speaker
            else:
                return unsure(one.speaker)
    return pronoun


def _day_of(
    clause: Clause,
    clauses: Sequence[Clause],
    days: Sequence[Found],
    condition: tuple[int, int] | None,
    sentence: Sentence,
) -> Found | None:
    """The time phrase of a clause: the one nearest to its main words, or one before the first clause."""
    free = [day for day in days if condition is None or not condition[0] <= day.start < condition[1]]
    inside = [day for day in free if clause.start <= day.start < clause.end]
    if not inside and len(clauses) == 1:
        inside = list(free)
    if not inside:
        opening = [day for day in free if day.start - sentence.start < 3]
        return opening[0] if opening and clause.joined == "and" else None
    after = [day for day in inside if day.start >= clause.main.start]
    return min(after or inside, key=lambda day: abs(day.start - clause.main.end))


def _find(reader: _Reader, passage: Passage, context: str) -> Find:
    text, sentence, clause = reader.text, passage.sentence, passage.clause
    condition, day, voice = passage.condition, passage.day, passage.voice
    start, end = quote_of(text, _said_itself(clause, passage.said, passage.quotes), condition)
    class_, score = weigh(passage)
    main, deadline = clause.main, day.deadline if day else None
    unread = "" if day or not reader.published else _unread_time(text, passage)
    figures = figures_of(text, clause, (start, end), day, condition)
    read = main.reading if isinstance(main.reading, Likelihood) else None
    numeric = figures.kind == "numeric"
    return Find(
        quote=text[start:end],
        start=start,
        end=end,
        sentence_start=sentence.start,
        sentence_end=sentence.end,
        context=context,
        cues=tuple(dict.fromkeys(one.words for one in clause.anchors)),
        score=score,
        class_=class_,
        kind=figures.kind,
        words="" if main.kind == "change" else main.words,
        probability=read.probability if read else None,
        low=figures.low if numeric else read.low if read else None,
        high=figures.high if numeric else read.high if read else None,
        value=figures.value,
        basis=read.basis if read else "unread",
        negated=is_negated(text, main),
        attribution=voice.attribution,
        via=voice.via,
        condition=text[slice(*condition)] if condition else "",
        condition_start=condition[0] if condition else None,
        condition_end=condition[1] if condition else None,
        deadline_words=day.words if day else unread,
        earliest=deadline.earliest if deadline else None,
        strict=deadline.strict if deadline else None,
        latest=deadline.latest if deadline else None,
        reading=deadline.reading if deadline else "",
        speaker=voice.speaker,
        speaker_sure=voice.sure and bool(voice.speaker),
        found_by=VERSION,
        claim=figures.claim,
        criteria=figures.criteria,
        settled_by=source_of(passage, figures) if numeric else "",
        sentence=sentence.text,
        text="paraphrased" if reader.spun else "original",
    )


def _said_itself(clause: Clause, said: Sequence[Said], quotes: Sequence[tuple[int, int]]) -> Clause:
    """The clause without who said it: the part in quotation marks, or what stands before ", she said"."""
    start, end, at = clause.start, clause.end, clause.main.start
    for first, last in quotes:
        if first < at < last and last - first > 20:
            start, end = max(start, first), min(end, last)
    for one in said:
        if one.behind and at < one.told < end:
            end = one.told
    return replace(clause, start=start, end=end)


def _unread_time(text: str, passage: Passage) -> str:
    """Words for a time that no reader understands: "in the second half"."""
    tokens, clause, condition = passage.marks.tokens, passage.clause, passage.condition
    for cue in passage.marks.cues:
        start, end = passage.marks.at(cue)
        apart = condition is not None and condition[0] <= start < condition[1]
        if (
            cue.class_ != "horizon"
            or cue.last - cue.first < 2
            or apart
            or not clause.start <= start < clause.end
        ):
            continue
        first = cue.first
        while first and tokens[first - 1].text in _LEADS and tokens[first - 1].start >= clause.start:
            first -= 1
        return text[tokens[first].start : end]
    return ""
