"""What holds up the pages on a narrow screen, as far as it stands in the markup; and pages that failed."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette

from forecastlog.site import wording
from tests.site.conftest import Site, database
from tests.site.test_pages import OWN_PAGES, words
from tests.site.test_side_by_side import HEAD, prediction

ROLES = {
    "table": "table",
    "thead": "rowgroup",
    "tbody": "rowgroup",
    "tr": "row",
    "td": "cell",
}


@pytest.mark.parametrize("path", [*OWN_PAGES, "/forecastlog/predictions", "/forecastlog/scores"])
def test_tables_stay_tables_whatever_their_style(site: Site, path: str) -> None:
    for tag, rest in re.findall(r"<(table|thead|tbody|tr|td|th)\b([^>]*)>", site.html(path)):
        role = ROLES.get(tag) or ("rowheader" if 'scope="row"' in rest else "columnheader")
        assert f'role="{role}"' in rest, (tag, rest)


@pytest.mark.parametrize("path", [*OWN_PAGES, "/forecastlog/predictions"])
def test_every_figure_of_a_card_has_its_name(site: Site, path: str) -> None:
    """A narrow screen hides the heads of such tables."""
    for table in re.findall(r'<table[^>]*class="[^"]*\bcards\b.*?</table>', site.html(path), re.DOTALL):
        for cell in re.findall(r"<td\b[^>]*\bclass=\"n\b[^>]*>", table):
            assert "data-label=" in cell


def test_brier_scores_of_groups_stand_beside_their_interval(real: Site) -> None:
    for path in (
        "/-/scoreboard",
        "/-/scoreboard?by=all",
        "/-/calibration",
        "/forecastlog/articles/ceasefire-gamble",
    ):
        cells = re.findall(
            r'data-label="Brier">(.*?)</td>\s*<td[^>]*data-label="95 % interval">(.*?)</td>',
            real.html(path),
            re.DOTALL,
        )
        assert len(cells) == real.html(path).count('data-label="Brier"') > 0
        assert all(interval for score, interval in cells if score != wording.score(None))


def test_conditions_that_are_due_have_no_speaker(site: Site) -> None:
    html = site.html("/-/due")
    conditions, predictions = html.split("Past the deadline", 1)
    assert "Who said what" not in conditions
    assert ">Condition</th>" in conditions
    assert "Who said what" in predictions


def test_of_few_forecasts_there_are_counts_only(real: Site) -> None:
    """A chart, an interval and the parts of a score wait for ten events."""
    html = real.html("/-/calibration")
    text = words(html)
    assert re.search(r"\w+ forecasts on \w+ events: counts only\. It takes ten events", text)
    for part in ("Discrimination", "No curve is drawn", "Forecasts in bins"):
        assert part not in text
    assert "What each phrase came to" in text


def test_from_ten_events_on_there_is_a_chart(tmp_path_factory: pytest.TempPathFactory) -> None:
    outcome = (
        '{{outcome: "{}", known: "2026-03-20", recorded: "2026-03-21", by: eve, evidence: '
        '[{{searched: x, on: "2026-03-21"}}]}}'
    )
    records = "".join(
        prediction(f"n{number}", "ann", f"event-{number}", f"Yes on {number}.")
        + f"    resolutions:\n      - {outcome.format('yes' if number % 3 else 'no')}\n"
        for number in range(12)
    )
    site = Site(database(tmp_path_factory.mktemp("twelve"), articles={"essay": HEAD + records}))
    text = words(site.html("/-/calibration"))
    assert "Discrimination" in text
    assert "Forecasts in bins of ten percent: 12 on 12 events, logged in advance" in text
    assert "<details><summary>The chart" not in site.html("/-/calibration")  # something was logged in advance
    went = (
        "Logged in advance: of 12 predictions in the speakers' own words 12 are decided, on 12 events; "
        "12 leaned, 4 of"
    )
    assert went in words(site.html("/predictions"))
    site.close()


def test_where_a_table_comes_from_is_folded_away(site: Site) -> None:
    html = site.html("/forecastlog/predictions")
    assert html.count('<details class="definition"') == html.count('<pre class="wrapped-sql"') == 1
    assert html.count("<pre") == html.count("</pre></details>")


def test_filters_have_a_readers_headings(real: Site) -> None:
    text = words(
        real.html(
            "/forecastlog/predictions?_facet=speaker_id&_facet=status&_facet=timing&_facet=basis&_facet_array=tags"
        )
    )
    assert "Whose claim" in text
    assert "speaker_id >" not in text
    assert "(array)" not in text


def test_forecasts_that_came_too_late_are_told_beside_the_score() -> None:
    row = {"excluded": '{"void": 2, "open": 3}', "late": 4}
    assert wording.left_out(row) == [("no outcome recorded yet", 3), ("void", 2), (wording.LATE, 4)]
    assert wording.left_out({"excluded": None, "late": 0}) == []


def test_who_resolved_blind_and_twice_is_told(site: Site, real: Site) -> None:
    told = (
        "The outcomes of {} of them were recorded by people who did not see who had said it "
        "and how sure; those of {} were read twice"
    )
    assert f"Logged in advance and scored: one forecast. {told.format('one', 'none')}" in words(
        site.html("/-/method")
    )
    assert re.search(told.format(r"\w+", r"\w+"), words(real.html("/-/method")))


def test_a_forecasters_own_page_does_not_repeat_the_name(site: Site) -> None:
    items = re.findall(r'<span class="said">(.*?)</span>', site.html("/people/bob"), re.DOTALL)
    assert items
    assert not any("Bob Brown" in item for item in items)


@pytest.mark.parametrize("path", ["/nothing", "/forecastlog/nothing", "/forecastlog/predictions/nothing"])
def test_a_page_that_is_not_there_leads_home(site: Site, path: str) -> None:
    answer = site.get(path)
    assert answer.status_code == 404
    assert '<html lang="en">' in answer.text
    assert 'href="/"' in answer.text
    assert "site.css" in answer.text


def test_a_question_that_is_refused_says_so(site: Site) -> None:
    answer = site.get("/forecastlog/predictions?_sort=zzz")
    assert answer.status_code >= 400
    assert "front page" in answer.text
    assert "Cannot sort table by zzz" in answer.text


def test_a_failure_is_told_on_any_database(tmp_path: Path) -> None:
    """A database of somebody else's, and none at all."""
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("create table t (id integer primary key)")
    for files in ([], [str(tmp_path / "other.db")]):
        assert asyncio.run(_answers(files, "/-/scoreboard")) == (404, True)
        assert asyncio.run(_answers(files, "/nothing")) == (404, True)


async def _answers(files: list[str], path: str) -> tuple[int, bool]:
    datasette = Datasette(files)
    answer: Any = await datasette.client.get(path)
    if datasette.executor:
        datasette.executor.shutdown()
    for each in datasette.databases.values():
        each.close()
    return answer.status_code, "Start from the front page" in answer.text
