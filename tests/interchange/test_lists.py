"""Lists as people publish them at the turn of a year."""

from __future__ import annotations

import json
from pathlib import Path

from tests.interchange.conftest import Import, figures, outcome, predictions

SAID = ("--made", "2018-02-06", "--latest", "2018-12-31")
LIST = """\
# Predictions for 2018

Some words about last year, when I was right in 80% of all cases I made.

## Politics
1. ~~The president is impeached: 20%~~
2. The UK leaves the EU – 80%
3. *No war in the Gulf: 95%*
4. [Bitcoin](https://coin.example) is above 5,000 (60%)
(5) 70%: a new law on roads passes
- A thing without any figure
* <s>Taxes rise</s> — 99.5%
## Personal
- ~~I finish a book~~ ~ 40%
- I finish it alone: 140%
- The UK leaves the EU – 50%
"""


def write(text: str) -> str:
    Path("2018.md").write_text(text, encoding="utf-8")
    return "2018.md"


def test_struck_through_failed_in_italics_is_undecided_the_rest_happened(run: Import, root: Path) -> None:
    told = run("import", "list", write(LIST), *SAID).stderr
    found = predictions(root)
    assert {
        claim: (figures(one)[0][2], outcome(one)) for claim, one in found.items() if claim[:3] != "The"
    } == {
        "No war in the Gulf": (0.95, ("ambiguous", None, "2018-12-31")),
        "Bitcoin is above 5,000": (0.6, ("yes", None, "2018-12-31")),
        "a new law on roads passes": (0.7, ("yes", None, "2018-12-31")),
        "Taxes rise": (0.995, ("no", None, "2018-12-31")),
        "I finish a book": (0.4, ("no", None, "2018-12-31")),
    }
    assert outcome(found["The president is impeached"]) == ("no", None, "2018-12-31")
    assert found["I finish a book"].tags == ("Personal",)
    assert "10 items read: 8 predictions, 8 forecasts, 8 resolutions new" in told
    assert "(row 11): no percentage stands at its end or beginning" in told
    assert "(row 15): the percentage is not between 0 and 100" in told
    row = json.loads(run("score", "--json").stdout)[0]
    assert row["n"] == 7
    shares = [(0.2, 0), (0.8, 1), (0.6, 1), (0.7, 1), (0.995, 0), (0.4, 0), (0.5, 1)]
    assert abs(row["brier"] - sum((p - y) ** 2 for p, y in shares) / 7) < 1e-9


def test_marks_tell_what_is_known_and_the_rest_is_open(run: Import, root: Path) -> None:
    run("import", "list", write("- It rains: 80% ✅\n- It snows: 30% ❌\n- It hails: 10%\n"), *SAID)
    found = predictions(root)
    assert [outcome(found[f"It {what}"]) for what in ("rains", "snows", "hails")] == [
        ("yes", None, "2018-12-31"),
        ("no", None, "2018-12-31"),
        None,
    ]


def test_without_marks_nothing_is_known(run: Import, root: Path) -> None:
    assert "no outcome is known" in run("import", "list", write("- It rains: 80%\n"), *SAID).stderr
    assert outcome(predictions(root)["It rains"]) is None
    assert "has no list of the shape" in run("import", "list", write("no list\n"), *SAID, code=1).stderr
