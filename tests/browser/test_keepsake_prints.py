"""The booklet of /keepsake as paper: on A4 and on Letter, with nothing cut."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser

from bot.changes import Document
from bot.pages.keepsake import booklet
from bot.words.catalogue import locale_of
from bot.words.render import strict
from bot.words.voice import Voice
from tests.test_bot.phones import content

INCH = 96  # CSS pixels
MARGIN = 36 / 25.4 * INCH  # left and right
# Width and height in points, and what is left between the margins in CSS pixels.
PAPER = {"A4": (595, 842, 210 / 25.4 * INCH - MARGIN), "Letter": (612, 792, 8.5 * INCH - MARGIN)}
LOW = (279.4 - 42) / 25.4 * INCH  # between the margins of the lower one of the two
TALL = '<svg viewBox="0 0 100 400" width="1000"><rect width="100" height="400"/></svg>'
# What is wider than its place, what is higher than a page, what may be cut in two.
WRONG = """(low) => {
  const edge = document.body.getBoundingClientRect();
  const whole = [...document.querySelectorAll("article, figure")];
  const all = [...document.body.querySelectorAll("*")];
  return {
    wide: all.filter((e) => e.getBoundingClientRect().right > edge.right + 1 || e.scrollWidth > e.clientWidth + 1
      && !["svg", "rect", "time"].includes(e.localName)).map((e) => e.localName),
    high: whole.filter((e) => e.getBoundingClientRect().height > low).length,
    cut: whole.filter((e) => getComputedStyle(e).breakInside !== "avoid").length,
    coloured: all.filter((e) => getComputedStyle(e).color !== "rgb(0, 0, 0)").length,
    looked: all.length,
  };
}"""


def _season() -> str:
    """Thirteen weeks, with a long word, a long answer, words from the right and a picture."""
    odd = {2: "w" * 400, 3: "A long one. " * 90, 4: "\u05e9\u05dc\u05d5\u05dd, " * 40}
    weeks: list[Any] = [
        {
            "day": f"2027-{1 + week // 4:02}-{1 + week % 4 * 7:02}",
            "date": "a day",
            "questions": ["Which song would you never admit to knowing by heart, and who taught it to you?"],
            "lines": [f"Ana wrote: {odd.get(week, 'A song.')}", "Ben wrote: My sister did."],
            "records": [{"of": "tall", "fields": {}}] if week == 5 else [],
        }
        for week in range(13)
    ]
    voice = Voice(content(), "en", locale_of("en"), "Europe/Lisbon", {}, strict)
    document = Document("keepsake", {"names": "Ana and Ben", "time": "then", "conversations": weeks}, ())
    return booklet(document, voice, {"tall": lambda fields, voice: TALL}).content.decode()


@pytest.mark.parametrize("paper", PAPER)
def test_a_season_fits_on_paper(chromium: Browser, paper: str) -> None:
    """So many pages of that size, each word between the margins, no conversation cut in two."""
    wide, high, between = PAPER[paper]
    page = chromium.new_page(viewport={"width": int(between), "height": 900})
    page.set_content(_season())
    printed = page.pdf(format=paper)
    page.emulate_media(media="print")
    found = page.evaluate(WRONG, LOW)
    page.close()
    sizes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)
    assert {(int(float(x)), int(float(y))) for x, y in sizes} <= {(wide, high), (wide + 1, high), (wide, high + 1)}
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) in range(4, 7)  # as wide as the letters here are
    looked = found.pop("looked")
    assert found == {"wide": [], "high": 0, "cut": 0, "coloured": 0}
    assert looked > 60
