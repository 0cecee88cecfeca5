"""On a telephone.

No score without what it is worth, no caption cut off, no type too small, no text on another.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from forecastlog.site.charts import STYLE, Moment, Sample, Word, timeline, words_chart

from .places import DATASETTE, OURS
from .reader import NARROW, WIDE, visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow

SMALLEST = 11
"""Pixels; smaller type in a chart is not read."""
LENGTHS = (1, 20, 60, 90, 110, 125, 150, 200, 300, 366, 400, 600, 730, 1000, 2000, 5000, 20_000, 300_000)
"""Days that a time line spans."""
SAID = Word(
    words="likely",
    decided=4,
    happened=2,
    share=0.5,
    share_low=0.2,
    share_high=0.8,
    probability=0.75,
    low=0.55,
    high=0.8,
)
GROUPS = [name for name in OURS if not name.startswith("prediction")]
"""The pages whose scores are means: on a prediction's page stands the score of that one."""


@pytest.mark.parametrize("name", GROUPS)
def test_no_score_is_seen_without_its_interval(
    browser: Browser, base: str, addresses: dict[str, str], name: str
) -> None:
    with visiting(browser, base, width=NARROW) as visit:
        visit.open(addresses[name])
        assert visit.page.evaluate(_BARE_SCORES) == []


@pytest.mark.parametrize("name", OURS)
def test_captions_are_whole_and_close_to_their_tables(
    browser: Browser, base: str, addresses: dict[str, str], name: str
) -> None:
    with visiting(browser, base, width=NARROW) as visit:
        visit.open(addresses[name])
        assert visit.page.evaluate(_CAPTIONS) == []


@pytest.mark.parametrize("name", OURS)
@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_charts_are_legible(
    browser: Browser, base: str, addresses: dict[str, str], name: str, width: int
) -> None:
    with visiting(browser, base, width=width) as visit:
        visit.open(addresses[name])
        assert visit.page.evaluate(_CHART_FAULTS, SMALLEST) == []


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_charts_of_any_length_are_legible(browser: Browser, width: int) -> None:
    """Time lines from a day to centuries, from any part of a year, and phrases of any number of words."""
    firsts = [date(2025, 1, 1) + timedelta(days=21 * number) for number in range(9)]
    lines = [_time_line(first, first + timedelta(days=days)) for days in LENGTHS for first in firsts]
    sample = Sample(n=7, events=3, in_advance=2)
    phrases = ["will", "cannot", "not a realistic outcome", "more likely than not, as things stand today"]
    words = words_chart([replace(SAID, words=phrase) for phrase in phrases], sample)
    with visiting(browser, "") as visit:
        visit.page.set_viewport_size({"width": width, "height": 900})
        visit.page.set_content(f"<style>{STYLE.read_text(encoding='utf-8')}</style>{words}{''.join(lines)}")
        assert visit.page.evaluate(_CHART_FAULTS, SMALLEST) == []


def _time_line(first: date, last: date) -> str:
    window = Moment(label="Must happen", shape="window", first=first, last=last)
    return timeline([Moment(label="Said", shape="said", first=first), window], "Logged in advance.")


@pytest.mark.parametrize("name", ["scoreboard as a table", "table", "view"])
def test_no_word_of_a_table_is_broken(
    browser: Browser, base: str, addresses: dict[str, str], name: str
) -> None:
    assert name in DATASETTE
    with visiting(browser, base, width=NARROW) as visit:
        visit.open(addresses[name])
        assert visit.page.evaluate(_BROKEN_WORDS) == []


@pytest.mark.parametrize("path", ["/nothing", "/forecastlog/predictions/nothing"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_that_is_not_there_is_sound(browser: Browser, base: str, path: str, scheme: str) -> None:
    with visiting(browser, base, width=NARROW, scheme=scheme) as visit:
        assert visit.open(path).status == 404
        assert visit.too_wide() == []
        assert visit.violations() == []
        visit.page.get_by_role("link", name="Start from the front page").click()
        visit.page.get_by_role("heading", name="What was said").wait_for()


# A score is a figure with three decimals in a column or caption that is named after Brier; the interval that
# belongs to it lies in the same row, on the same screen, and is not empty.
_BARE_SCORES = """() => {
  const seen = e => e && e.checkVisibility() && e.getBoundingClientRect().left >= 0
    && e.getBoundingClientRect().right <= document.documentElement.clientWidth + 1;
  const bare = [];
  for (const table of document.querySelectorAll("main table")) {
    const heads = [...table.querySelectorAll("thead th")].map(e => e.textContent.trim());
    const brier = heads.indexOf("Brier"), interval = heads.indexOf("95 % interval");
    if (brier < 0) continue;
    for (const row of table.querySelectorAll("tbody tr")) {
      const score = row.cells[brier], beside = row.cells[interval];
      if (!seen(score) || !/\\d/.test(score.textContent)) continue;
      const top = cell => cell.getBoundingClientRect().top;
      const apart = beside && Math.abs(top(beside) - top(score));
      if (!seen(beside) || !/\\d to|too few|not reckoned/.test(beside.textContent) || apart > 60)
        bare.push(row.textContent.trim());
    }
  }
  return bare;
}"""
_CAPTIONS = """() => {
  const faults = [];
  for (const caption of document.querySelectorAll("main caption:not(.visually-hidden)")) {
    if (!caption.checkVisibility()) continue;
    const words = document.createRange();
    words.selectNodeContents(caption);
    const box = words.getBoundingClientRect();
    if (box.right > document.documentElement.clientWidth || box.left < 0)
      faults.push("cut off: " + caption.textContent);
    const next = [...caption.parentElement.querySelectorAll("th, td")].map(each => {
      const range = document.createRange();
      range.selectNodeContents(each);
      return range.getBoundingClientRect();
    }).filter(each => each.height > 1 && each.width > 1 && each.left < document.documentElement.clientWidth);
    const gap = Math.min(...next.map(each => each.top)) - box.bottom;
    if (gap > 32) faults.push(`${Math.round(gap)} px of nothing below: ` + caption.textContent);
  }
  return faults;
}"""
_CHART_FAULTS = """(smallest) => {
  const faults = [];
  for (const chart of document.querySelectorAll("svg.chart")) {
    const frame = chart.getBoundingClientRect();
    const scale = frame.width / chart.viewBox.baseVal.width;
    const texts = [...chart.querySelectorAll("text")].map(e => [e, e.getBoundingClientRect()]);
    for (const [e, box] of texts) {
      const size = parseFloat(getComputedStyle(e).fontSize) * scale;
      if (size < smallest) faults.push(`${size.toFixed(1)} px: ${e.textContent}`);
      if (box.left < frame.left - 2 || box.right > frame.right + 2)
        faults.push("sticks out: " + e.textContent);
    }
    // The boxes hold room above and below the letters, of which a quarter may be shared.
    const ink = box => ({left: box.left, right: box.right,
                         top: box.top + box.height * 0.22, bottom: box.bottom - box.height * 0.22});
    for (let i = 0; i < texts.length; i++)
      for (let k = i + 1; k < texts.length; k++) {
        const a = ink(texts[i][1]), b = ink(texts[k][1]);
        if (a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
          faults.push(`"${texts[i][0].textContent}" on "${texts[k][0].textContent}"`);
      }
  }
  return faults;
}"""
# A word is broken where its letters stand on more than one line; what is longer than a word may have to be.
_BROKEN_WORDS = """() => {
  const broken = new Set();
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const holder = node.parentElement;
    if (holder.closest("pre, option, script, style") || !holder.checkVisibility()) continue;
    for (const word of node.data.matchAll(/(?<!\\S)[\\p{L}_]{2,24}(?!\\S)/gu)) {
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      if (new Set([...range.getClientRects()].map(box => Math.round(box.top))).size > 1) broken.add(word[0]);
    }
  }
  return [...broken];
}"""
