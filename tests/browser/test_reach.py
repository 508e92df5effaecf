"""Everything can be read and reached: contrast, keyboard, and pictures to look at."""

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests.browser.programs import Program

SIZES = [(1280, 800), (390, 844)]
# Every visible text against the nearest background that is not transparent (WCAG 2.2, 1.4.3).
FAINT = """() => {
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => {
    const [r, g, b] = parts(colour).slice(0, 3).map((part) => part / 255)
      .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if ((parts(colour)[3] ?? 1) === 1) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const faint = [];
  let looked = 0;
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || !element.checkVisibility() || element.closest(".unseen, .dot")) continue;
    looked += 1;
    const [low, high] = [light(getComputedStyle(element).color), light(ground(element))].sort((a, b) => a - b);
    const contrast = (high + 0.05) / (low + 0.05);
    if (contrast < 4.5) faint.push(`${contrast.toFixed(2)} ${texts.currentNode.data.trim().slice(0, 30)}`);
  }
  return { faint, looked };
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_can_be_read(page: Page, seeded: Program, scheme: Literal["light", "dark"]) -> None:
    """4.5:1 at least, also in the menu, in an editor, and in the question before starting over."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(seeded.address)
    expect(page.get_by_role("log").first).to_contain_text("Both are in.")
    page.get_by_role("button", name="Attach").first.click()
    page.get_by_role("button", name="Edit this message").first.click()
    page.get_by_role("button", name="Start over").click()
    found = page.evaluate(FAINT)
    assert found["faint"] == []
    assert found["looked"] > 40


def test_the_keyboard_is_enough(page: Page, echoed: Program) -> None:
    """From the first Tab to an answer, and whoever tabs sees where they are."""
    page.goto(echoed.address)
    expect(page.get_by_role("button", name="Start", exact=True).first).to_be_visible()
    names = []
    for _ in range(24):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            "() => { const at = document.activeElement, style = getComputedStyle(at);"
            " return [at.textContent.trim() || at.ariaLabel || at.placeholder, style.outlineStyle, at.tagName]; }"
        )
        if seen[2] == "BODY":
            break
        assert seen[1] == "solid", seen
        names.append(seen[0])
    assert names[:6] == ["+1 hour", "+1 day", "Next prompt", "Start over", "Commands", "Start"]
    assert {"Attach", "Message", "Send", "Ana’s chat", "Ben’s chat"} <= set(names)


def test_a_conversation_by_keyboard_alone(page: Page, echoed: Program) -> None:
    """Start, a choice, and words, without a mouse; the keyboard is never lost."""
    page.goto(echoed.address)
    expect(page.get_by_role("button", name="Start", exact=True).first).to_be_visible()
    for _ in range(6):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    ana = page.get_by_role("region", name="Ana")
    expect(ana.get_by_role("textbox")).to_be_focused()
    expect(ana.get_by_role("button", name="Yes, I am 18")).to_be_visible()
    for _ in range(6):
        page.keyboard.press("Shift+Tab")
    expect(ana.get_by_role("button", name="Yes, I am 18")).to_be_focused()
    page.keyboard.press("Enter")
    expect(ana.get_by_role("log")).to_contain_text("You pressed yes.")
    expect(ana.get_by_role("textbox")).to_be_focused()
    page.keyboard.type("one")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("two")
    page.keyboard.press("Enter")
    expect(ana.get_by_role("log")).to_contain_text("You wrote: one\ntwo")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pictures_to_look_at(
    page: Page, seeded: Program, screenshots: Path, size: tuple[int, int], scheme: Literal["light", "dark"]
) -> None:
    """A conversation by day and by night, wide and narrow; nothing reaches over the edge."""
    width, height = size
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": height})
    page.goto(seeded.address)
    expect(page.get_by_role("log").first).to_contain_text("Both are in.")
    page.screenshot(path=screenshots / f"page-{width}-{scheme}.png")
    assert page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]") == [
        width,
        height,
    ]
