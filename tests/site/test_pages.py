"""What readers meet: every page says what it must, and nothing that it must not."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest

from tests.site.conftest import Site

OWN_PAGES = (
    "/",
    "/-/scoreboard",
    "/-/scoreboard?by=tag&sort=brier",
    "/-/scoreboard?claims=main&by=all",
    "/-/calibration",
    "/-/calibration?by=forecaster",
    "/-/calibration?by=forecaster&group=ann",
    "/-/due",
    "/-/method",
    "/forecastlog/predictions/aid",
    "/forecastlog/predictions/peace",
    "/forecastlog/predictions/talks",
    "/forecastlog/predictions/rally",
    "/forecastlog/predictions/rain",
    "/people/ann",
    "/people",
    "/outlets",
    "/topics",
    "/events",
    "/predictions",
    "/predictions?topic=aid&q=another",
    "/outlets/the-paper",
    "/topics/aid",
    "/events/aid",
    "/data",
    "/data/forecasts",
    "/articles",
    "/conditions",
    "/sources",
    "/compare",
    "/compare/ann/bob",
    "/people/bob",
    "/people/ann-and-bob",
    "/forecastlog/articles/essay",
    "/forecastlog/conditions/deal",
    "/forecastlog/conditions/vote",
)
DATASETTES_PAGES = (
    "/forecastlog",
    "/forecastlog/predictions",
    "/forecastlog/scores",
    "/forecastlog/due",
    "/forecastlog/recently_resolved",
    "/forecastlog/predictions?_nocol=also",
)


def words(html: str) -> str:
    """The text of a page, in one line."""
    body = re.sub(r"<(script|style|svg).*?</\1>", " ", html, flags=re.DOTALL)
    body = re.sub(r"</?(?:a|time|strong|em|code|cite)\b[^>]*>", "", body)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).replace("\xa0", " ").split())


@pytest.mark.parametrize("path", OWN_PAGES)
def test_every_page_has_a_language_landmarks_and_a_skip_link(site: Site, path: str) -> None:
    html = site.html(path)
    assert '<html lang="en">' in html
    assert html.count("<main ") == 1
    assert html.count("<h1") == 1
    assert 'href="#main"' in html
    assert "<title>" in html
    for table in re.findall(r"<table.*?</table>", html, re.DOTALL):
        assert "<caption" in table
    assert " style=" not in html
    assert not re.search(r"<script(?! type=\"application/ld\+json\")", html)


@pytest.mark.parametrize("path", DATASETTES_PAGES)
def test_datasettes_pages_wear_the_same_frame(site: Site, path: str) -> None:
    html = site.html(path)
    assert '<html lang="en">' in html
    assert 'href="#main"' in html
    assert "Scoreboard" in html


def test_front_page_tells_before_any_figure_what_the_figures_are_worth(site: Site) -> None:
    text = words(site.html("/"))
    assert text.index("The main claims") < text.index("Before any figure") < text.index("Calibration")
    assert "stands apart, and is never ranked" in text  # one is scored that was logged in advance
    assert "nobody is ranked" in text


def test_real_ledger_rates_nobody(real: Site) -> None:
    for path in ("/", "/-/scoreboard", "/-/calibration", "/-/method"):
        text = words(real.html(path))
        assert "logged after their outcomes could be known" in text
        assert "from five articles chosen by hand" in text
        assert "they rate nobody" in text


def test_index_still_answers_in_json(site: Site) -> None:
    assert set(site.get("/.json").json()) == {"forecastlog"}


def test_a_figure_of_ours_is_never_put_in_anybodys_mouth(site: Site) -> None:
    text = words(site.html("/forecastlog/predictions/aid"))
    assert "“highly unlikely” (read by us as 5 %)" in text
    assert "Read as 5 %, anything from 5 to 20 %, on the scale fl-1: our figure, not theirs." in text
    assert "The text denies the claim" in text


def test_words_of_others_are_not_the_speakers(site: Site) -> None:
    text = words(site.html("/people/bob"))
    assert (
        "Bob Brown: 1 logged in the words of others, which count for nobody. Together with others: "
        "Ann Other and Bob Brown: 1 logged from one article; "
        "1 scored on one event, none of them logged in advance" in text
    )
    assert "Ann Other (on the view of Bob Brown): “likely” (read by us as 75 %)" in text
    assert text.index("In the words of others") < text.index("Ann Other (on the view of Bob Brown)")


def test_prediction_page_answers_the_questions(site: Site) -> None:
    html = site.html("/forecastlog/predictions/aid")
    text = words(html)
    for phrase in (
        "It did not happen",
        "“highly unlikely that another package is agreed”",
        "Looked for and not found: Reuters (21 March 2026)",
        "Recorded by eve on 21 March 2026, who did not see who had said it or how sure.",
        "quote was “highly unlikly” (typo)",
        "Logged in advance, on 20 March 2025.",
        "0.003",  # (0.05 - 0)^2
        "0.003 to 0.040",  # best and worst case
        "Cite",
    ):
        assert phrase in text
    assert 'href="https://ann.example/reply" rel="nofollow noopener"' in html
    assert 'href="https://paper.example/essay" rel="nofollow noopener"' in html
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert data
    claim = json.loads(data[1])
    assert claim["@type"] == "Claim"
    assert "ClaimReview" not in html


def test_void_prediction_shows_what_became_of_its_condition(site: Site) -> None:
    text = words(site.html("/forecastlog/predictions/peace"))
    assert "Not decided: it spoke only of a case that did not come." in text
    assert "Its condition decided it" in text
    assert "not scored: void" in text


def test_joint_predictions_stand_on_each_members_page(site: Site) -> None:
    html = site.html("/people/ann")
    assert "Together:" in html
    assert "It rains in May." in html


def test_what_was_logged_before_and_after_never_share_a_table(site: Site) -> None:
    html = site.html("/-/scoreboard?by=all")
    before, after = html.split('<h2 id="logged-afterwards">')
    for part in (before, after):
        assert part.count('data-label="Scored">1</td>') == 1
        assert "of one: not told" in part  # one forecast has no mean score


def test_what_was_logged_afterwards_is_not_ordered_by_score(real: Site) -> None:
    plain, asked = (
        re.findall(r"/people/([\w-]+)\"", real.html(f"/-/scoreboard{query}")) for query in ("", "?sort=brier")
    )
    assert plain == asked


def test_due_page_puts_conditions_first(site: Site) -> None:
    text = words(site.html("/-/due"))
    assert text.index("A vote is held.") < text.index("A rally is held.") < text.index("The talks go on.")


def test_predictions_table_reads_well(site: Site) -> None:
    text = words(site.html("/forecastlog/predictions"))
    assert "Ann Other: “highly unlikely” (read by us as 5 %); the text denies that it happens" in text
    assert "It did not happen" in text


def test_cells_show_percents_and_links(site: Site) -> None:
    scores = site.html("/forecastlog/scores")
    assert "5\xa0%" in scores
    due = site.html("/forecastlog/due_now")
    assert 'href="/forecastlog/conditions/vote"' in due
    assert 'href="/forecastlog/predictions/rally"' in due


def test_unknown_records_and_groups(site: Site) -> None:
    assert site.get("/forecastlog/predictions/nothing").status_code == 404
    assert "Nothing" in site.html("/-/calibration?by=forecaster&group=nobody")
    assert "Scoreboard" in site.html("/-/scoreboard?by=%27&sort=drop&claims=x")


def test_pages_of_the_real_ledger_are_light(real: Site) -> None:
    """Sixty kilobytes before compression, whichever page a reader opens first."""
    for path in (
        "/",
        "/predictions",
        "/sources",
        "/-/scoreboard?by=tag",
        "/-/calibration",
        "/-/method",
        "/data",
    ):
        assert len(real.html(path)) < 60_000, path
    path = next(database.path for database in real.datasette.databases.values() if database.path)
    public = Site(Path(path), default_allow_sql=False)
    for table in ("forecasts", "evidence", "predictions", "scores", "sources", "scoreboard"):
        assert len(public.html(f"/forecastlog/{table}")) < 60_000, table
    public.close()


def test_every_internal_link_of_the_real_site_answers(real: Site) -> None:
    waiting, seen, shapes = ["/"], {"/"}, set()
    while waiting:
        path = waiting.pop()
        response = real.get(path, follow_redirects=True)
        assert response.status_code == 200, f"{path} answers {response.status_code}"
        own = not path.startswith("/forecastlog") or re.fullmatch(r"/forecastlog/\w+/[\w-]+", path)
        if not own or "html" not in response.headers["content-type"]:
            continue
        for address in re.findall(r'(?:href|src|action)="(/[^"#]*)', response.text):
            target = unescape(address)
            # Every value of a filter is followed; one of each pair, and one record of each table as JSON,
            # stands for all.
            shape = re.sub(r"[\w-]+\.json$", ".json", target)
            if target.count("=") > 1 or not target.startswith("/predictions?"):
                shape = re.sub(r"=[^&]*", "=", shape)
            if target not in seen and (shape == target or shape not in shapes):
                shapes.add(shape)
                seen.add(target)
                waiting.append(target)
    assert len(seen) > 150


def test_what_is_said_again_stands_in_the_order_of_time(real: Site) -> None:
    page = real.html("/forecastlog/predictions/ukraine-deal-within-a-year")
    drift = page[page.index('id="drift"') :].partition("</section>")[0]
    assert drift.count("<li") == 3
    assert drift.count("says it again") == 2
    assert drift.count("This page.") == 1
    assert 'href="/forecastlog/predictions/ukraine-deal-in-three-months"' in drift
    assert 'id="drift"' not in real.html("/forecastlog/predictions/us-aid-package-2025")
