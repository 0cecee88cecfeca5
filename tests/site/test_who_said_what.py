"""Every citation, feed entry, JSON-LD and list line of the real ledger, by stance and attribution."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from html import unescape

import pytest

from forecastlog.kinds import chance
from forecastlog.ledger import load
from forecastlog.model.ledger import Ledger
from forecastlog.model.records import Prediction
from forecastlog.vocabulary.outcomes import LOGGED_WRONGLY
from forecastlog.vocabulary.people import ATTRIBUTIONS
from tests.site.conftest import ROOT, Site

LEDGER: Ledger = load(ROOT / "predictions").ledger
PREDICTIONS = list(LEDGER.predictions)
ATOM = "{http://www.w3.org/2005/Atom}"


def words(html: str) -> str:
    text = re.sub(r"<script.*?</script>|<style.*?</style>", "", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split()).replace(" :", ":").replace(" .", ".")


def shown(site: Site, path: str) -> str:
    """The page to which an address leads."""
    response = site.get(path, follow_redirects=True)
    assert response.status_code == 200
    return str(response.text)


def wrongly_said(record: Prediction) -> list[str]:
    """What must stand nowhere.

    Our claim in marks or behind the name, and others' words as if they were theirs.
    """
    name, claim = LEDGER.forecaster(record.speaker).name, record.claim
    found = [f"“{claim}", f"“{claim.rstrip('.')}", f"{name}: {claim}", f"{name} said {claim}"]
    if not ATTRIBUTIONS[record.attribution].scored or record.text == "paraphrased":
        found += [f"{name}: “", f"{name} said", f"{name} gave", f"{name}: {record.forecasts[0].words}"]
    return found


def own(record: Prediction) -> bool:
    return ATTRIBUTIONS[record.attribution].scored and record.text == "original"


@pytest.fixture(scope="module")
def pages(real: Site) -> dict[str, str]:
    return {record.id: real.html(f"/forecastlog/predictions/{record.id}") for record in PREDICTIONS}


@pytest.mark.parametrize("record", PREDICTIONS, ids=lambda record: record.id)
def test_no_prediction_page_misquotes(pages: dict[str, str], record: Prediction) -> None:
    text = words(pages[record.id])
    for wrong in wrongly_said(record):
        if (
            record.text == "paraphrased"
            and wrong.startswith(LEDGER.forecaster(record.speaker).name)
            and not own(record)
        ):
            publisher = LEDGER.article(record.article).publisher  # type: ignore[union-attr]  # each has one
            if LEDGER.forecaster(record.speaker).name == publisher:
                continue  # the rewriter's own words
        assert wrong not in text
    assert f"{record.claim} Our wording." in text
    if record.negated:
        assert "the text denies that it happens" in text.partition("What was said")[0]
    if record.stance == "disputes":
        assert "the article disputes it" in text.partition("What was said")[0]
    if record.text == "paraphrased":
        assert re.search("rewrit(ten by|ing) ", text.partition("We asked")[0])


@pytest.mark.parametrize("record", PREDICTIONS, ids=lambda record: record.id)
def test_the_first_lines_are_speaker_words_question_outcome(
    pages: dict[str, str], record: Prediction
) -> None:
    text = words(pages[record.id].partition("<main")[2])
    said = [entry.quote for entry in record.forecasts if entry.by == record.speaker and entry.quote]
    quoted = min(text.index(quote[:12].strip("“")) for quote in (*said, record.quote or "") if quote)
    name = LEDGER.forecaster(record.speaker).name.removeprefix("The ")
    assert (
        text.index(name) < quoted < text.index("We asked") < text.index(record.claim) < text.index("Logged")
    )


@pytest.mark.parametrize("record", PREDICTIONS, ids=lambda record: record.id)
def test_citations_mark_our_wording_and_say_denials(pages: dict[str, str], record: Prediction) -> None:
    cite = words(re.search(r"<dt>Cite</dt><dd>(.*?)</dd>", pages[record.id], re.DOTALL)[1])  # type: ignore[index]
    assert f"{record.claim.rstrip('.')} (our wording)." in cite
    assert ("said in denial of:" in cite) is record.negated
    assert f"<http://localhost/forecastlog/predictions/{record.id}>" in cite
    assert re.search(r"as of \d+ \w+ 20\d\d\.$", cite)
    if not ATTRIBUTIONS[record.attribution].scored:
        assert not cite.startswith(LEDGER.forecaster(record.speaker).name)
    assert ("“" in cite) is (record.text == "original")


@pytest.mark.parametrize("record", PREDICTIONS, ids=lambda record: record.id)
def test_machines_are_told_an_author_only_of_what_was_affirmed(
    pages: dict[str, str], record: Prediction
) -> None:
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', pages[record.id], re.DOTALL)
    assert data
    claim = json.loads(data[1])
    assert claim["description"].startswith("Our wording of what was asked.")
    if "author" not in claim:
        assert "appearance" not in claim
        return
    assert own(record)
    assert not record.negated
    assert not record.given
    assert any((chance(forecast).probability or 0) > 0.5 for forecast in record.forecasts)
    assert claim["author"]["name"] == LEDGER.forecaster(record.speaker).name


def test_somebody_affirms_and_somebody_does_not(pages: dict[str, str]) -> None:
    authors = [key for key, html in pages.items() if '"author"' in html]
    assert "ukraine-endures-kuchins" in authors
    assert not {"us-aid-package-2025", "ukraine-reserves-dwindle", "russia-concedes-majority-view"} & set(
        authors
    )


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/-/due",
        "/forecastlog/predictions?_size=100",
        "/forecastlog/due_now",
        "/forecastlog/largest_surprises",
        "/forecastlog/recently_resolved",
        "/forecastlog/by_forecaster?forecaster=",
        *(f"/forecastlog/forecasters/{who.id}" for who in LEDGER.forecasters),
        *(f"/forecastlog/articles/{article.id}" for article in LEDGER.articles),
        *(f"/forecastlog/conditions/{condition.id}" for condition in LEDGER.conditions),
    ],
)
def test_no_list_misquotes(real: Site, path: str) -> None:
    text = words(shown(real, path))
    for record in PREDICTIONS:
        publisher = (LEDGER.article(record.article) or LEDGER.articles[0]).publisher
        if publisher != LEDGER.forecaster(record.speaker).name:
            assert not [
                wrong for wrong in wrongly_said(record) if wrong in text and not _own_elsewhere(wrong, record)
            ]


def _own_elsewhere(wrong: str, record: Prediction) -> bool:
    """Whether the same speaker says something in their own words too, which may stand on the same page."""
    return wrong.endswith(": “") and any(
        other.speaker == record.speaker and own(other) for other in PREDICTIONS
    )


@pytest.mark.parametrize("name", ["due.atom", "resolutions.atom"])
def test_no_feed_misquotes(real: Site, name: str) -> None:
    feed = ET.fromstring(real.html(f"/-/{name}"))
    by_id = {record.id: record for record in PREDICTIONS}
    found = 0
    for entry in feed.iterfind(f"{ATOM}entry"):
        link = entry.find(f"{ATOM}link")
        record = by_id.get(str(link.get("href")).rpartition("/")[2]) if link is not None else None
        if record is None:
            continue
        found += 1
        text = " ".join(str(part.text) for part in entry if part.text)
        publisher = (LEDGER.article(record.article) or LEDGER.articles[0]).publisher
        if publisher != LEDGER.forecaster(record.speaker).name:
            assert not [wrong for wrong in wrongly_said(record) if wrong in text]
        assert ("the text denies that it happens" in text) is record.negated
        assert f"in our wording: {record.claim.rstrip('.')}." in text
    assert found or name == "due.atom"  # nothing may be due


def test_rewritten_and_others_words_are_on_nobodys_own_list(real: Site) -> None:
    apart = {
        record.id for record in PREDICTIONS for entry in record.resolutions if entry.reason in LOGGED_WRONGLY
    }
    speakers = {record.speaker for record in PREDICTIONS if not own(record) and record.id not in apart}
    for who in {who for who in speakers if LEDGER.forecaster(who).kind == "person"}:
        text = words(shown(real, f"/forecastlog/forecasters/{who}"))
        assert "In the words of others" in text


def test_how_it_went_is_stored_and_filtered(real: Site) -> None:
    rows = real.get("/forecastlog/predictions.json?_shape=array&_size=100&went=the+other+way").json()
    told = {row["id"]: row["ended"] for row in rows}
    assert told["trump-brokers-ceasefire"] == "In rewritten words: I believe we’ll. It did not happen."
    leaned = real.get("/forecastlog/predictions.json?_shape=array&_size=100&went=the+way+it+leaned").json()
    assert {row["leaning"] for row in leaned} == {"for", "against"}
    assert all((row["leaning"] == "for") == (row["outcome"] == "yes") for row in leaned)


def test_no_count_of_hits_stands_on_a_persons_page(real: Site) -> None:
    for who in LEDGER.forecasters:
        text = words(shown(real, f"/forecastlog/forecasters/{who.id}"))
        assert not re.search(r"\d+ (of them )?(went|leaned)|went the (other )?way", text)
