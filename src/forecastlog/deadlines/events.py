"""Dated public events that articles use as deadlines, each with the source of its dates; not here means None."""

from datetime import date, timedelta

from forecastlog.deadlines.names import HOLIDAYS, Name, every, listed, nth_weekday
from forecastlog.deadlines.periods import Period, day

# Each row: names (without "the"), then "first day, last day, source" for every occurrence in the table.
_TABLE: dict[str, list[tuple[str, str, str]]] = {
    "g7 summit/g7/g7 leaders summit/g7 meeting": [
        ("2023-05-19", "2023-05-21", "Japan's presidency, Hiroshima"),
        ("2024-06-13", "2024-06-15", "Italy's presidency, Borgo Egnazia"),
        ("2025-06-15", "2025-06-17", "Canada's presidency, Kananaskis"),
        (
            "2026-06-15",
            "2026-06-17",
            "France's presidency, Evian; moved by a day: Interfax-Ukraine, 9 January 2026",
        ),
    ],
    "g20 summit/g20/g20 leaders summit/g20 meeting": [
        ("2023-09-09", "2023-09-10", "India's presidency, New Delhi"),
        ("2024-11-18", "2024-11-19", "Brazil's presidency, Rio de Janeiro"),
        ("2025-11-22", "2025-11-23", "South Africa's presidency, Johannesburg"),
        ("2026-12-14", "2026-12-15", "United States' presidency, Miami: Sputnik, 27 December 2025"),
    ],
    "nato summit/nato leaders summit": [
        ("2023-07-11", "2023-07-12", "NATO, Vilnius"),
        ("2024-07-09", "2024-07-11", "NATO, Washington"),
        ("2025-06-24", "2025-06-25", "NATO, The Hague"),
        ("2026-07-07", "2026-07-08", "NATO, Ankara, announced by the Secretary General"),
    ],
    "un general assembly/united nations general assembly/unga/un general assembly high level week/"
    "un general assembly meeting/unga high level week/un high level week/general debate/high level week": [
        ("2023-09-19", "2023-09-26", "United Nations, general debate of the 78th session"),
        ("2024-09-24", "2024-09-30", "United Nations, general debate of the 79th session"),
        ("2025-09-23", "2025-09-29", "United Nations, general debate of the 80th session"),
        ("2026-09-22", "2026-09-28", "United Nations, general debate of the 81st session: dig.watch"),
    ],
    "cop/cop climate summit/un climate summit/un climate conference/cop summit/cop climate conference": [
        ("2024-11-11", "2024-11-22", "UNFCCC, COP29, Baku"),
        ("2025-11-10", "2025-11-21", "UNFCCC, COP30, Belem"),
        ("2026-11-09", "2026-11-20", "UNFCCC, COP31, Antalya: AzerNews, 2 January 2026"),
    ],
    "cop29": [("2024-11-11", "2024-11-22", "UNFCCC, Baku")],
    "cop30": [("2025-11-10", "2025-11-21", "UNFCCC, Belem")],
    "cop31": [("2026-11-09", "2026-11-20", "UNFCCC, Antalya: AzerNews, 2 January 2026")],
    "brics summit": [
        ("2024-10-22", "2024-10-24", "Russia's chair, Kazan"),
        ("2025-07-06", "2025-07-07", "Brazil's chair, Rio de Janeiro"),
    ],
    "summer olympics/olympics/olympic games/summer games": [
        ("2024-07-26", "2024-08-11", "International Olympic Committee, Paris"),
        ("2028-07-14", "2028-07-30", "International Olympic Committee, Los Angeles"),
    ],
    "winter olympics/winter games": [
        ("2026-02-06", "2026-02-22", "International Olympic Committee, Milano Cortina"),
    ],
    "world cup/fifa world cup": [("2026-06-11", "2026-07-19", "FIFA, Canada, Mexico and United States")],
    "european election/european elections/european parliament election/european parliament elections": [
        ("2024-06-06", "2024-06-09", "European Parliament"),
    ],
    "uk election/uk general election/british election/british general election": [
        ("2024-07-04", "2024-07-04", "UK Parliament"),
    ],
    "german election/german elections/german federal election/bundestag election": [
        ("2025-02-23", "2025-02-23", "Bundeswahlleiterin"),
    ],
    "canadian election/canadian federal election": [("2025-04-28", "2025-04-28", "Elections Canada")],
    "australian election/australian federal election": [
        ("2025-05-03", "2025-05-03", "Australian Electoral Commission")
    ],
    "polish presidential election/polish election": [
        ("2025-05-18", "2025-06-01", "National Electoral Commission of Poland, both rounds"),
    ],
    "south korean presidential election/south korean election": [
        ("2025-06-03", "2025-06-03", "National Election Commission of Korea"),
    ],
    "dutch election/dutch elections/dutch general election": [("2025-10-29", "2025-10-29", "Kiesraad")],
    "hungarian election/hungarian elections/hungarian parliamentary election/hungary election": [
        ("2026-04-12", "2026-04-12", "President of Hungary, 13 January 2026"),
    ],
    "french presidential election/french election/french presidential elections": [
        ("2027-04-18", "2027-05-02", "Council of Ministers of France, both rounds: France 24, 30 June 2026"),
    ],
    "swedish election/swedish general election": [("2026-09-13", "2026-09-13", "Valmyndigheten")],
    "brazilian election/brazilian elections/brazilian presidential election/brazilian general election": [
        ("2026-10-04", "2026-10-25", "Tribunal Superior Eleitoral, both rounds"),
    ],
    "lunar new year/chinese new year": [
        (start, start, "Hong Kong Observatory")
        for start in (
            "2024-02-10",
            "2025-01-29",
            "2026-02-17",
            "2027-02-06",
            "2028-01-26",
            "2029-02-13",
            "2030-02-03",
        )
    ],
}

# Terms of office of United States presidents (Twentieth Amendment, section 1): who, which, first and last day.
TERMS: list[tuple[str, int, Period]] = [
    ("obama", 2, Period(date(2013, 1, 20), date(2017, 1, 20), "term")),
    ("trump", 1, Period(date(2017, 1, 20), date(2021, 1, 20), "term")),
    ("biden", 1, Period(date(2021, 1, 20), date(2025, 1, 20), "term")),
    ("trump", 2, Period(date(2025, 1, 20), date(2029, 1, 20), "term")),
]


def _election_day(year: int) -> date:
    """The Tuesday after the first Monday in November (2 U.S.C. 7, 3 U.S.C. 1)."""
    return nth_weekday(year, 11, 1, 1) + timedelta(days=1)


def _american(remainder: int, inauguration: bool = False) -> Name:
    """A day that comes every four years; `remainder` is its year's, divided by four."""

    def at(start: date) -> Period | None:
        if start.year % 4 != remainder:
            return None
        return day(date(start.year, 1, 20) if inauguration else _election_day(start.year))

    return every("year", at, reach=5)


def _events() -> dict[str, Name]:
    names = dict(HOLIDAYS)
    for row, occurrences in _TABLE.items():
        periods = [
            Period(date.fromisoformat(first), date.fromisoformat(last), "day" if first == last else "event")
            for first, last, _ in occurrences
        ]
        numbered = row.startswith("cop") and row[3:].isdigit()  # there is only one, however far ahead
        names |= dict.fromkeys(row.split("/"), listed(periods, 3650 if numbered else 400))
    names |= dict.fromkeys(
        ("election day", "us election day"), every("year", lambda s: day(_election_day(s.year)))
    )
    for kind in ("midterm", "us midterm", "congressional", "us congressional"):
        names |= dict.fromkeys((f"{kind} election", f"{kind} elections"), _american(2))
    names |= dict.fromkeys(("midterms", "us midterms"), _american(2))
    for kind in ("presidential", "us presidential", "american presidential"):
        names |= dict.fromkeys((f"{kind} election", f"{kind} elections", f"{kind} vote"), _american(0))
    names |= dict.fromkeys(
        ("inauguration", "inauguration day", "presidential inauguration"), _american(1, True)
    )
    return names


# First word -> (all words, name), longest first, so that "christmas eve" is not read as Christmas.
EVENTS: dict[str, list[tuple[tuple[str, ...], Name]]] = {}
for _name, _value in _events().items():
    _words = tuple(_name.replace("'s", "").split())
    EVENTS.setdefault(_words[0], []).append((_words, _value))
for _rows in EVENTS.values():
    _rows.sort(key=lambda row: -len(row[0]))
