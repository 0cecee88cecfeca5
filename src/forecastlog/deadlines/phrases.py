"""The words around a time, and the phrases that are a whole deadline, as the conventions fl-1 take them."""

from forecastlog.deadlines.cursor import by_first_word

# Phrases that are a whole deadline: months from the reference, or None for no end.
_VAGUE = {
    "soon/very soon/pretty soon/quite soon/fairly soon/sometime soon/any time soon/anytime soon/some time soon": 3,
    "shortly/imminently/immediately/before long/before too long/soon enough/as soon as possible/at once/straight away/right away/sooner rather than later": 3,
    "in short order/in the immediate future/in the very near future/any day now/any day/any moment now": 3,
    "at this moment/at the moment/at this time/at this point/at this stage/at this juncture/at present": 3,
    "for now/for the moment/for the time being/for the present/right now/currently/presently": 3,
    "in the near future/near future/in the not too distant future/in the not so distant future": 12,
    "in the near term/near term/over the near term/for the near term/in the short term/short term": 12,
    "over the short term/in the short run/in the short to medium term/in the foreseeable future": 12,
    "for the foreseeable future/foreseeable future/over the foreseeable future": 12,
    "in the medium term/medium term/over the medium term/in the mid term/over the mid term": 60,
    "in the long term/long term/over the long term/over the longer term/in the longer term/longer term": 120,
    "in the medium to long term/over the medium to long term/long into the future/far into the future": 120,
}
_OPEN = (
    "eventually/ultimately/someday/some day/one day/in the long run/over the long run/in the end/at some point",
    "at some stage/at some time/at some point in the future/at some time in the future/sooner or later",
    "in due course/in due time/in time/over time/with time/in the fullness of time/in the future/in future",
    "at some future point/at some future date/at a later date/at a later stage/down the road/down the line",
    "later/later on/later or sooner/at some point down the road/at some point down the line/indefinitely",
    "one of these days/forever/for ever/permanently/for good/until further notice/in the distant future/for years and years",
    "in the years and decades to come/in the long haul/over the long haul/at any time",
    "one day or another/at an unspecified date/in the far future/for eternity/in perpetuity/for the long haul",
)
WHOLE: dict[str, int | None] = {
    phrase: months for row, months in _VAGUE.items() for phrase in row.split("/")
} | dict.fromkeys((phrase for row in _OPEN for phrase in row.split("/")), None)
# Words of time that say nothing of time.
IDIOMS = frozenset({"at the end of the day", "24/7"})

HEDGES = by_first_word(
    {
        "sometime/some time/at some time/at some point/at some stage/anywhere/somewhere/at any time/any time/anytime/at any point/at a time": False,
        "probably/possibly/perhaps/maybe/likely/most likely/very likely/presumably/hopefully/ideally/even": False,
        "as": False,
        "or about/or around/around/about/roughly/approximately/circa/close to": True,
    }
)
PREPOSITIONS = by_first_word(
    {
        "by/by or before/on or before/before or on/before or in/before or during/in or before": "by",
        "by the time/by the time of/in time for/as late as/latest by/by as early as/by as soon as/by no later than/by at the latest": "by",
        "no later than/not later than/at the latest by/at the latest in/at the latest/no later": "until",
        "before/prior to/ahead of/in advance of/sooner than/earlier than/in the run up to/pre": "before",
        "well before/long before/just before/shortly before/right before/any time before/not after": "before",
        "this side of/in the lead up to/in the days before": "before",
        "until/till/til/up to/up until/up till/through/thru/to/right up until/until at least": "until",
        "at least until/at least through/through at least/through to/through until/till at least": "until",
        "until the time of/all the way to/all the way through/until well into/well into/deep into/into": "until",
        "after/later than/following/past/beyond/post/in the wake of/not until after/only after/not for/well past/well beyond/long after/long past/in more than/in the aftermath of": "after",
        "any time after/sometime after/no earlier than after/until after/well after/shortly after": "after",
        "from/on or after/starting/starting in/starting on/starting from/beginning/beginning in/beginning on": "from",
        "beginning from/as of/effective/effective from/commencing/from as early as": "from",
        "since/as early as/as soon as/from around/from about/starting as early as/as early as in": "earliest",
        "not before/no earlier than/no sooner than/not until/not earlier than/not sooner than": "earliest",
        "at the earliest in/at the earliest/only in/until at the earliest/not until at least": "earliest",
        "within/inside/inside of/in under/in less than/in well under": "within",
        "in no more than/in at most/in up to/in as little as/over less than": "within",
        "in/during/over/throughout/across/all through/in the course of/over the course of": "in",
        "on/at/come/toward/towards/near/nearer/closer to": "at",
        "during the course of/in between": "in",
        "at least/in at least/a minimum of/no less than/not less than": "least",
        "for/for at least/for up to/for the duration of/lasting/for as long as": "for",
    }
)
# Verbs behind "before the year ...": the first set ends the period, the second begins it.
ENDINGS = by_first_word(
    dict.fromkeys(
        [
            "is out/is over/is up/is through/is done/is finished/is gone/are out/are over/are up/are done/ends/end",
            "closes/finishes/runs out/concludes/comes to an end/comes to a close/draws to a close/expires/turns",
        ],
        True,
    )
    | dict.fromkeys(
        [
            "begins/starts/begin/start/sets in/arrives/comes/opens/kicks off/gets underway/gets under way/rolls around"
        ],
        False,
    )
)
# Words behind the whole phrase that set its kind.
TAILS = {
    "or sooner": "by", "or earlier": "by", "or before": "by", "if not sooner": "by", "if not earlier": "by",
    "if not before": "by", "at the latest": "until", "at latest": "until", "at the very latest": "until",
    "or later": "open", "or beyond": "open", "and beyond": "open", "onwards": "open", "onward": "open",
    "and onwards": "open", "or after": "open", "at the earliest": "open", "at earliest": "open", "on": "open",
    "at the very earliest": "open", "at the soonest": "open", "forward": "open", "or so": "vague", "or thereabouts": "vague",
    "at the most": "within", "at most": "within", "or less": "within", "or more": "open", "at least": "",
    "or even sooner": "by", "or even earlier": "by", "or even later": "open",  "inclusive": "", "alone": "", "itself": "",
}  # fmt: skip
# Nouns behind a date or a year that add nothing to it: the 30 September deadline, the 2030 target, the 2030-35 period.
DUE_NOUNS = frozenset({"deadline", "cutoff", "target", "target date", "goal", "period", "timeframe"})
