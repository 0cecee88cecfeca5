"""Who said what, in which words, with which stance, and whose words they are: the only place that puts it.

Three rules hold for every sentence. The name that begins it is that of whoever chose the words after the
colon, and whoever else is named stands in brackets. Words of a text that somebody rewrote stand in no
quotation marks, because nobody is known to have said them. What is ours, a claim or a figure, is called ours
and is never put into anybody's mouth.

Plain values come in and text goes out, so that files and the database are told alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, NamedTuple

from forecastlog.phrasing import opening, percent
from forecastlog.vocabulary.articles import TextKind
from forecastlog.vocabulary.forecasts import ForecastBasis
from forecastlog.vocabulary.people import ATTRIBUTIONS, STANCES, Attribution, Stance

NO_WORDS = "no words for how sure"
DENIED = "the text denies that it happens"
ON_A_CONDITION = "on a condition"
_MARKS = re.compile('["“”„‟«»]')
_OPENING, _CLOSING = re.compile('[“„«]|"(?=\\w)'), re.compile('[”‟»"]')


class Voice(NamedTuple):
    """What a forecast says, and whose words it is said in; names are those to show.

    ``teller`` is through whom it was said: whoever quotes, reports or ascribes it. ``publisher`` and
    ``origin`` are who published the text that was read and, where that rewrote another, who published the
    other. ``direct`` tells of a denial that its words deny by themselves ("highly unlikely"), so that they
    speak of the claim and not of its opposite. ``conditional`` is said only of the case that a condition
    comes true. ``expected`` tells what is said of a number, a day or one of several. ``reader`` is who judged
    a figure that is an analyst's own. What one text follows from stands side by side.
    """

    speaker: str
    teller: str | None = None
    publisher: str | None = None
    origin: str | None = None
    attribution: Attribution = "author"
    text: TextKind = "original"
    words: str | None = None
    basis: ForecastBasis | None = None
    probability: float | None = None
    expected: str | None = None
    reader: str | None = None
    negated: bool = False
    direct: bool = False
    stance: Stance | None = None
    conditional: bool = False
    quote: str | None = None

    @property
    def theirs(self) -> bool:
        """Whether the words are the speaker's own, as they were published."""
        return ATTRIBUTIONS[self.attribution].scored and self.text == "original"


Text = Callable[[Voice], str]
REMEMBERED = 4096
"""How many texts of one sort are remembered: many forecasts are in the same words, or of the same people."""


def _follows_from(first: str, last: str) -> Callable[[Text], Text]:
    """A text that follows from some of the fields, the ``first`` to the ``last`` in their order.

    It is handed no others, and put once for all that are alike in these.
    """
    fields = slice(Voice._fields.index(first), Voice._fields.index(last) + 1)

    def remembered(text: Text) -> Text:
        @lru_cache(REMEMBERED)
        def put(values: tuple[Any, ...]) -> str:
            return text(Voice(**{"speaker": ""} | dict(zip(Voice._fields[fields], values, strict=True))))

        return wraps(text)(lambda voice: put(voice[fields]))

    return remembered


def byline(voice: Voice) -> str:
    """Whose words follow: the head of every line.

    >>> byline(Voice(speaker="John Lough"))
    'John Lough'
    >>> byline(Voice(speaker="Vladimir Putin", attribution="ascribed", teller="John Lough"))
    'John Lough (on the view of Vladimir Putin)'
    >>> byline(Voice(speaker="ABC News", text="paraphrased", publisher="copy.example", origin="The Paper"))
    'ABC News (as rewritten by copy.example, after The Paper)'
    """
    closeness = ATTRIBUTIONS[voice.attribution]
    owner = voice.speaker if closeness.scored else voice.teller or "The text"
    asides = []
    if closeness.aside:
        speaker = re.sub(r"^The (?=\S)", "the ", voice.speaker)
        asides.append(closeness.aside.format(speaker=speaker, teller=voice.teller or "the text"))
    if voice.text == "paraphrased":
        asides.append(_rewritten(voice, owner))
    return f"{owner} ({', '.join(asides)})" if asides else owner


def _rewritten(voice: Voice, owner: str) -> str:
    """By whom and after whom the text was rewritten, with no name that the byline has already."""
    after = voice.origin if voice.origin and voice.origin not in (voice.speaker, voice.teller) else None
    if voice.publisher == owner:
        return f"rewriting {after or 'another text'}"
    return f"as rewritten by {voice.publisher or 'somebody else'}" + (f", after {after}" if after else "")


def marked(text: str, *, rewritten: bool) -> str:
    """The text's words in quotation marks, those within made single; a rewriter's words in none.

    >>> marked("a deal was “very close”", rewritten=False)
    '“a deal was ‘very close’”'
    >>> marked("“would possibly” facet with Moscow", rewritten=True)
    'would possibly facet with Moscow'
    """
    text = " ".join(text.split())
    if rewritten:
        return _MARKS.sub("", text)
    text = _CLOSING.sub("’", _OPENING.sub("‘", text))
    return f"“{text}”"


def told(voice: Voice) -> str:
    r"""One line: whose words, how sure, whether they deny it, what the article makes of it, and what is ours.

    >>> told(Voice(speaker="John Lough", words="highly unlikely", basis="worded", probability=0.05,
    ...     negated=True))
    'John Lough: “highly unlikely” (read by us as 5\xa0%); the text denies that it happens'
    >>> told(Voice(speaker="Donald Trump", attribution="quoted", teller="Ann Other", stance="disputes",
    ...            words="very close", basis="judged", probability=0.95))
    'Donald Trump (quoted by Ann Other): “very close” (our judgement: 95\xa0%); the article disputes it'
    """
    only = f", {ON_A_CONDITION}" if voice.conditional else ""
    return "; ".join([f"{byline(voice)}: {_read(voice)}{only}", *_asides(voice)])


@_follows_from("text", "reader")
def _read(voice: Voice) -> str:
    """How sure it is, and what we made of that."""
    return _how_sure(voice) + _ours(voice)


@_follows_from("attribution", "direct")
def called(voice: Voice) -> str:
    """How sure it was, in the words themselves, as the beginning of how it went.

    >>> called(Voice(speaker="John Lough", words="highly unlikely", basis="worded", negated=True,
    ...     direct=True))
    'Called “highly unlikely”'
    >>> called(Voice(speaker="Ann", words="will", basis="asserted", negated=True))
    'Called “will”, in a denial'
    >>> called(Voice(speaker="Ann", expected="expected 285 seats, 243 to 331"))
    'Expected 285 seats, 243 to 331'
    """
    figure = voice.expected or percent(voice.probability)
    if not voice.words and voice.basis == "judged":
        return f"{opening(_judgement(voice))}: {figure}"
    if not voice.words and voice.expected:
        return opening(figure) if _calling(voice) == "Called" else f"{_calling(voice)} {figure}"
    if not voice.words:
        given = "Given" if _calling(voice) == "Called" else _calling(voice)
        return f"{given} {figure}" if figure else opening(NO_WORDS)
    said = f"{_calling(voice)} {_marked(voice, voice.words)}"
    said += ", in a denial" if voice.negated and not voice.direct else ""
    if voice.basis == "judged":
        return f"{said}, by {_judgement(voice)} {figure}"
    if voice.expected:
        return f"{said}: {figure}"
    return said + _UNUSED.get(voice.basis or "", "")


_UNUSED = {"possible": " (no likelihood was given)", "unread": " (not read by us)"}
"""What we make of words that have no figure."""


def spoken(voice: Voice) -> str:
    """Whose words, and the phrase itself; how sure beside it, where that stands elsewhere in the text.

    >>> spoken(Voice(speaker="Ann", quote="will fall to him", words="reasonably sure", basis="worded"))
    'Ann: “will fall to him” (how sure: “reasonably sure”)'
    """
    said = _marked(voice, voice.quote) if voice.quote else _how_sure(voice)
    elsewhere = voice.quote and voice.words and voice.words.casefold() not in voice.quote.casefold()
    if elsewhere and voice.basis != "judged":
        said += f" (how sure: {_marked(voice, voice.words)})"
    if voice.conditional:
        said += f", {ON_A_CONDITION}"
    return f"{byline(voice)}: {said}"


def cite(voice: Voice, claim: str, *, outlet: str | None, day: str) -> str:
    """A citation: whose words, the words, our wording marked as ours, where and when they stood.

    >>> cite(Voice(speaker="John Lough", quote="highly unlikely that it will agree", words="highly unlikely",
    ...            basis="worded", negated=True),
    ...      "A package is announced.", outlet="The Paper", day="19 March 2025",
    ... )  # doctest: +NORMALIZE_WHITESPACE
    'John Lough: “highly unlikely that it will agree”, said in denial of: A package is announced (our
    wording). The Paper, 19 March 2025.'
    """
    asides = "".join(f"; {aside}" for aside in _asides(voice) if aside != DENIED)
    of = "said in denial of" if voice.negated else "said of"
    where = ", ".join(filter(None, (outlet, day)))
    return f"{spoken(voice)}{asides}, {of}: {closed(claim)[:-1]} (our wording). {closed(where)}"


def affirms(voice: Voice, leaning: str) -> bool:
    """Whether a machine may be told that the speaker claims it.

    Their own words, for it, and on no condition.
    """
    return voice.theirs and leaning == "for" and not (voice.negated or voice.conditional)


def closed(text: str) -> str:
    """The text as one sentence that ends in one full stop.

    >>> closed("It rains.. "), closed("Is it over?"), closed("")
    ('It rains.', 'Is it over?.', '.')
    """
    return " ".join(text.split()).rstrip(". ") + "."


def _how_sure(voice: Voice) -> str:
    if voice.words:
        return _marked(voice, voice.words)
    if voice.expected and voice.basis != "judged":
        return voice.expected
    if voice.basis == "stated" and voice.probability is not None:
        return percent(voice.probability)
    return NO_WORDS


def _ours(voice: Voice) -> str:
    """What we made of the words, in brackets."""
    figure = voice.expected or percent(voice.probability)
    if voice.basis == "judged" and figure:
        return f" ({_judgement(voice)}: {figure})"
    if voice.expected:
        return f" ({voice.expected})" if voice.words else ""
    if voice.basis in ("worded", "asserted") and voice.probability is not None:
        return f" (read by us as {percent(voice.probability)})"
    return _UNUSED.get(voice.basis or "", "")


def _judgement(voice: Voice) -> str:
    return f"the judgement of {voice.reader}" if voice.reader else "our judgement"


def _asides(voice: Voice) -> list[str]:
    """The denial and the stance, where they are not told by the byline already."""
    asides = [DENIED] if voice.negated else []
    if voice.stance and (voice.attribution == "author" or voice.stance != "reports"):
        asides.append(STANCES[voice.stance].title)
    return asides


def _calling(voice: Voice) -> str:
    return "In rewritten words:" if voice.text == "paraphrased" else ATTRIBUTIONS[voice.attribution].calling


def _marked(voice: Voice, text: str | None) -> str:
    return marked(text or "", rewritten=voice.text == "paraphrased")
