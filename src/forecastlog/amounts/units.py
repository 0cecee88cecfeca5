"""Units, magnitudes and the words that end them: tables, and nothing else."""

from __future__ import annotations

from decimal import Decimal

from forecastlog.english import MONTHS_BY_NAME, WEEKDAYS, word_set

MAGNITUDES = {
    "thousand": 3,
    "k": 3,
    "million": 6,
    "millions": 6,
    "mn": 6,
    "mln": 6,
    "mio": 6,
    "m": 6,
    "mm": 6,
    "billion": 9,
    "billions": 9,
    "bn": 9,
    "bln": 9,
    "b": 9,
    "mrd": 9,
    "trillion": 12,
    "trillions": 12,
    "tn": 12,
    "trn": 12,
    "t": 12,
    "quadrillion": 15,
    "lakh": 5,
    "lakhs": 5,
    "crore": 7,
    "crores": 7,
}
"""A magnitude and its power of ten."""
LETTERS = word_set("k m b t mm")
"""Magnitudes of a letter or two: only glued to their number, or with a currency; "1.2 m" are metres."""
WITH_CURRENCY = word_set("t mm")
"""Magnitudes only with a currency: "2t" are tonnes, "$2t" trillions."""

SYMBOLS = {
    "$": "$",
    "€": "€",
    "£": "£",
    "¥": "¥",
    "₹": "₹",
    "₩": "₩",
    "₽": "₽",
    "₺": "₺",
    "₴": "₴",
    "₪": "₪",
    "฿": "฿",
}
DOLLARS = {
    "us": "US$",
    "a": "A$",
    "au": "A$",
    "c": "C$",
    "ca": "C$",
    "nz": "NZ$",
    "hk": "HK$",
    "s": "S$",
    "r": "R$",
}
"""Letters glued to a dollar sign."""
CODES = {
    "usd": "US$",
    "eur": "€",
    "gbp": "£",
    "jpy": "¥",
    "inr": "₹",
    "rs": "₹",
    "cny": "CNY",
    "rmb": "CNY",
    "chf": "CHF",
    "aud": "A$",
    "cad": "C$",
    "nzd": "NZ$",
    "sek": "SEK",
    "nok": "NOK",
    "dkk": "DKK",
    "pln": "PLN",
    "brl": "R$",
    "krw": "₩",
    "rub": "₽",
    "try": "₺",
    "zar": "ZAR",
    "mxn": "MXN",
    "sgd": "S$",
    "hkd": "HK$",
    "uah": "₴",
}
CURRENCY_WORDS = {
    "dollar": "$",
    "dollars": "$",
    "euro": "€",
    "euros": "€",
    "pounds": "£",
    "sterling": "£",
    "yen": "¥",
    "rupees": "₹",
    "yuan": "CNY",
    "renminbi": "CNY",
    "francs": "CHF",
    "roubles": "₽",
    "rubles": "₽",
    "cents": "cents",
    "pence": "pence",
}

PHRASES: dict[tuple[str, ...], str] = {
    tuple(words.split()): unit
    for unit, spellings in {
        "%": "% | percent | per cent | per - cent | pct | pc",
        "percentage points": "percentage point | percentage points | percentage - point | "
        "percentage - points | % points | % - points | percent points | pp | ppt | pps | ppts | p . p .",
        "points": "point | points",
        "basis points": "basis point | basis points | bp | bps",
        "°C": "° c | °c | degrees celsius | degrees c | degrees centigrade",
        "°F": "° f | degrees fahrenheit | degrees f",
        "US$": "us dollars | u . s . dollars | american dollars",
        "A$": "australian dollars",
        "C$": "canadian dollars",
        "£": "pounds sterling",
        "CHF": "swiss francs",
        "barrels per day": "bpd | b / d",
        "million barrels per day": "mb / d | mbpd",
        "km/h": "km / h | kmh | kph",
    }.items()
    for words in spellings.split(" | ")
}
"""Units of several tokens, as they are cut; the longest that fits is taken."""

SI = word_set(
    "m cm mm km nm µm g kg mg t kt Mt Gt W kW MW GW TW Wh kWh MWh GWh TWh J kJ MJ GJ TJ PJ EJ V kV Hz "
    "kHz MHz GHz K ha km2 km² m2 m² m3 m³ l L ml mL hl Pa kPa hPa bar mbar ppm ppb mph lb lbs oz ft "
    "mi GB TB MB PB bcm boe ms min h"
)
"""Symbols that count as they are written, with capital and small letters apart."""

PER = word_set("per a an each every /")
PERIODS = word_set(
    "day week month quarter year hour minute second barrel person capita head household tonne ton kg litre "
    "liter gallon ounce share unit mwh kwh mmbtu bushel pound km mile seat game annum night million thousand"
)
"""What an amount may be per, after "a" or "an": "85 dollars a barrel"."""

NO_UNIT = word_set(
    "will would may might can could shall should must is are was were be been being am has have had do "
    "does did not no to from by in on at with for into onto of off over under above below between among "
    "and or nor but than then that which who whom whose if when while as the this these those next "
    "last its his her their our my your it he she they we i you there here so because since until till "
    "before after during about around up down out a an per each every more less fewer most least "
    "higher lower plus minus than chance chances odds probability likelihood likely unlikely risk "
    "probable possible certain sure confident confidence interval old ago later earlier hence times "
    "time-fold x th st nd rd pm o'clock bc ad percent pct points-of expects expect say says said think "
    "thinks believe believes agree support want back favour favor plan predict forecast forecasts rise rises "
    "fall falls grow grows reach reaches noon midnight respectively too also only just even still yet now "
    "today tomorrow yesterday year-old aged"
)
"""Words that are no unit, and end one."""

CALENDAR = word_set("q1 q2 q3 q4 h1 h2 fy").union(map(str.lower, WEEKDAYS), MONTHS_BY_NAME) - {"may"}
PLACES = word_set(
    "page pages p pp chapter chapters section sections article articles paragraph clause figure fig table "
    "no number nos version volume vol issue line step part item room route highway channel appendix "
    "note rank ranked"
)
"""Words before a number that make it the number of a page or a thing."""
AGES = word_set("age ages aged")
PEOPLE = word_set(
    "people persons adults men women children voters respondents economists analysts experts "
    "forecasters investors americans britons germans french chinese russians ukrainians europeans "
    "canadians australians indians japanese republicans democrats conservatives supporters members lawmakers "
    "mps senators workers employees managers executives consumers customers readers users participants "
    "players parents students teachers doctors patients citizens residents households families "
    "believers those them us who them. companies firms businesses traders strategists superforecasters "
    "scientists researchers officials ceos cfos participants polled surveyed"
)

FRACTIONS = {
    "half": Decimal(1) / 2,
    "third": Decimal(1) / 3,
    "quarter": Decimal(1) / 4,
    "fourth": Decimal(1) / 4,
    "fifth": Decimal(1) / 5,
    "sixth": Decimal(1) / 6,
    "eighth": Decimal(1) / 8,
    "tenth": Decimal(1) / 10,
}
FRACTIONS |= {f"{name}s": share for name, share in FRACTIONS.items() if name != "half"} | {
    "halves": FRACTIONS["half"]
}
TIMES = {
    "double": 2,
    "doubles": 2,
    "doubling": 2,
    "doubled": 2,
    "twice": 2,
    "triple": 3,
    "triples": 3,
    "tripling": 3,
    "tripled": 3,
    "treble": 3,
    "trebles": 3,
    "trebling": 3,
    "thrice": 3,
    "quadruple": 4,
    "quadruples": 4,
    "quadrupling": 4,
}
HALVES = word_set("halve halves halved halving")
UP = word_set(
    "up higher more above rise rises rising increase increases grow grows growing gain gains climb "
    "climbs add adds"
)
DOWN = word_set(
    "down lower less below fall falls falling decrease decreases drop drops decline declines "
    "shrink shrinks lose"
)

ABOUT = [
    tuple(words.split())
    for words in (
        "about",
        "around",
        "roughly",
        "approximately",
        "approx .",
        "approx",
        "some",
        "near",
        "nearly",
        "almost",
        "circa",
        "ca .",
        "ca",
        "c .",
        "close to",
        "somewhere around",
        "somewhere near",
        "in the region of",
        "in the order of",
        "in the neighbourhood of",
        "in the neighborhood of",
        "or thereabouts",
        "~",
        "more or less",
        "give or take",
    )
]
EXACTLY = [("exactly",), ("precisely",), ("just",), ("only",), ("a", "total", "of"), ("a", "full"), ("=",)]
COMPARISONS: dict[tuple[str, ...], str] = {
    tuple(words.split()): sign
    for sign, spellings in {
        ">=": "at least | no less than | not less than | no fewer than | not fewer than | a minimum "
        "of | minimum | no lower than | not below | ≥ | > =",
        ">": "more than | over | above | greater than | higher than | in excess of | upwards of | upward "
        "of | north of | exceeding | just over | just above | well over | well above | better than | >",
        "<=": "up to | at most | no more than | not more than | no higher than | not above | as much as | "
        "as many as | a maximum of | maximum | ≤ | < =",
        "<": "less than | fewer than | under | below | lower than | south of | just under | just below | "
        "well under | well below | short of | <",
    }.items()
    for words in spellings.split(" | ")
}
AFTER: dict[tuple[str, ...], str] = {
    tuple(words.split()): sign
    for sign, spellings in {
        ">=": "or more | or higher | or above | or better | or greater | and above | and over | and up | "
        "and more | + | - plus | plus | at least | at the least | at a minimum",
        "<=": "or less | or fewer | or lower | or below | or under | and below | at most | at the "
        "most | at best | at a maximum",
        "~": "or so | or thereabouts | give or take | approximately | roughly",
    }.items()
    for words in spellings.split(" | ")
}
VAGUE = {("a", "handful"): (3, 5), ("several",): (3, 7)}
TENS = {
    "single": 0,
    "teens": 10,
    "20s": 20,
    "30s": 30,
    "40s": 40,
    "50s": 50,
    "60s": 60,
    "70s": 70,
    "80s": 80,
    "90s": 90,
}
DECADES = dict(
    zip(
        ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"),
        range(20, 100, 10),
        strict=True,
    )
)
THIRDS = {"low": (1, 3), "mid": (4, 6), "middle": (4, 6), "high": (7, 9), "upper": (7, 9), "lower": (1, 3)}
CHANCES = word_set("chance chances likely unlikely probability likelihood risk odds certain sure confident")
LEVELS = word_set(
    "confidence credible credibility prediction predictive uncertainty interval range band ci certainty "
    "probability central"
)
"""Words behind a percentage that make it the level of a range."""
