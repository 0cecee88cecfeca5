"""Lists of everything that has a page, sources with what rests on them, and two people side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.site.conftest import Site, database
from tests.site.test_pages import words

DEADLINE = "{earliest: 2025-03-19, strict: 2026-03-19, latest: 2026-03-19, basis: default}"


def prediction(key: str, speaker: str, event: str, criteria: str, *more: str) -> str:
    """A record of the ledger, as people write it."""
    return f"""\
  - id: {key}
    claim: Claim {key}.
    speaker: {speaker}
    logged: 2025-03-20
    deadline: {DEADLINE}
    criteria: {criteria}
    settled_by: a readout
    event: {event}
    forecasts:
      - {{words: "likely", probability: 0.75, low: 0.55, high: 0.80, scale: fl-1, basis: worded}}
""" + "".join(f"      - {each}\n" for each in more)


HEAD = """\
article:
  id: essay
  title: An essay
  authors: [ann]
  publisher: The Paper
  published: 2025-03-19
  logged: 2025-03-20
predictions:
"""
OF_BOB = '{by: bob, words: "will", probability: 0.95, low: 0.85, high: 0.99, scale: fl-1, basis: asserted}'
ESSAY = HEAD + "".join(
    [
        prediction("storm-ann", "ann", "storm", "Yes on a gale."),
        prediction("storm-bob", "bob", "storm", "yes on  a GALE."),  # the same criteria in other letters
        prediction("flood-ann", "ann", "flood", "Yes on a flood.", OF_BOB),
        prediction("vote-ann", "ann", "vote", "Yes if Ann's side wins."),
        prediction("vote-bob", "bob", "vote", "Yes if many come."),
        prediction("both", "ann-and-bob", "quake", "Yes on a quake."),
    ]
)


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    own = Site(database(tmp_path_factory.mktemp("pair"), articles={"essay": ESSAY}))
    yield own
    own.close()


def test_what_both_answered_stands_side_by_side(pair: Site) -> None:
    html = pair.html("/compare/ann/bob")
    text = words(html)
    assert "Both answered two questions, and spoke about one more event in different questions." in text
    assert "What they wrote together is left out." in text
    assert "Claim both." not in text
    asked = re.findall(r'<h2 id="question-\d+-head">(.*?)</h2>', html)
    assert sorted(asked) == ["Claim flood-ann.", "Claim storm-ann. Or: Claim storm-bob."]
    flood = html.partition("Claim flood-ann.</h2>")[2].partition("<section")[0]
    assert "“likely”" in flood
    assert "“will”" in flood
    assert "The questions differ." in text
    assert text == words(pair.html("/compare/ann/bob"))


def test_pairs_are_those_who_spoke_about_one_event(pair: Site, site: Site) -> None:
    assert 'href="/compare/ann/bob"' in pair.html("/compare")
    assert 'href="/compare/ann/bob"' in pair.html("/people/ann")
    assert 'href="/compare/bob/ann"' in pair.html("/people/bob")
    assert "No two people in this log spoke about the same event." in site.html("/compare")
    assert "nothing that both spoke about" in site.html("/compare/ann/bob")
    for unknown in ("ann/nobody", "ann/ann"):
        assert pair.get(f"/compare/{unknown}").status_code == 404


def test_one_record_with_two_forecasters_is_one_question(pair: Site) -> None:
    text = words(pair.html("/events/flood"))
    assert "One question was spoken about more than once." in text
    assert "Bob Brown: “will”" in text
    assert "Bob Brown: “will”" in words(pair.html("/people/bob"))  # in a record that Ann's words begin


def test_everything_with_a_page_is_in_a_list(site: Site, real: Site) -> None:
    for listing in ("people", "outlets", "articles", "topics", "events", "conditions", "sources"):
        for own in (site, real):
            html = own.html(f"/{listing}")
            first = re.search(r'<ul class="names[^"]*">\s*<li><a href="([^"]+)"', html)
            assert first, listing
            assert own.get(first[1]).status_code == 200
        assert "No name holds “zzzz”" in words(site.html(f"/{listing}?q=zzzz"))
        assert "Nothing stands on this page" in words(site.html(f"/{listing}?page=7"))
    assert "An essay" in site.html("/articles?q=ESSAY")


def test_a_source_says_what_rests_on_it(site: Site, tmp_path: Path) -> None:
    html = site.html("/sources")
    address = re.search(r'href="(/sources/\w+)">https://x.example/d<', html)
    assert address
    text = words(site.html(address[1]))
    assert "One outcome rests on it" in text
    assert "A condition: A deal is signed." in text
    assert "no archived copy is known" in text
    assert site.get("/sources/nothing").status_code == 404
    assert f'href="{address[1]}"' not in site.html("/forecastlog/predictions/aid")  # it rests on a search
