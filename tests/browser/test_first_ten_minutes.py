"""The first ten minutes, clicked through in the whole program: two phones, twelve actions, opened answers."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.journey import ANAS, BENS, CONSENT, INVITE, LINK_ME, SUNDAY, THAT_IS_BEN, Couple, says
from tests.browser.programs import Program


@pytest.fixture
def couple(page: Page) -> Couple:
    """Ana and Ben, who know nothing yet."""
    page.emulate_media(reduced_motion="reduce")  # pictures of what stands there, not of what is still arriving
    return Couple(page)


def test_twelve_actions_lead_to_the_opened_answers(couple: Couple, whole: Program, screenshots: Path) -> None:
    """Two of them typed, no command among them; each then reads what the other wrote."""
    couple.first_round(whole)
    expect(couple.log("Ana")).to_contain_text(f"Ben wrote: {BENS}")
    expect(couple.log("Ben")).to_contain_text(f"Ana wrote: {ANAS}")
    typed = [deed for deed in couple.done if " types " in deed]
    assert len(couple.done) <= 12, couple.done
    assert len(typed) == 2, couple.done
    assert not any("types /" in deed for deed in typed)
    couple.page.screenshot(path=screenshots / "first-ten-minutes.png")
    for name in ("Ana", "Ben"):  # a chat scrolls, its phone never does
        expect(couple.phone(name).get_by_role("heading", name=name)).to_be_in_viewport(ratio=1)
        expect(couple.phone(name).get_by_role("textbox", name="Message", exact=True)).to_be_in_viewport(ratio=1)


def test_nothing_opens_before_the_yes(couple: Couple, whole: Program) -> None:
    """Ben may answer at once; only once Ana has said that it is him does anything open."""
    couple.ana_begins(whole)
    couple.ana_invites()
    couple.opens_the_invitation()
    couple.taps("Ben", LINK_ME)
    expect(couple.phone("Ben").get_by_role("button", name="pass", exact=True)).to_be_visible()
    couple.types("Ben", BENS)
    expect(couple.phone("Ben").get_by_role("button", name="change it")).to_be_visible()
    assert BENS not in " ".join(says(couple, "Ana"))
    assert ANAS not in " ".join(says(couple, "Ben"))
    couple.taps("Ana", THAT_IS_BEN)
    expect(couple.log("Ana")).to_contain_text(BENS)
    expect(couple.log("Ben")).to_contain_text(ANAS)


def test_the_next_question_comes_on_its_evening(
    couple: Couple, whole: Program, errors: list[str], screenshots: Path
) -> None:
    """To both, at the hour that was chosen; a reload and a new start keep all that was said and every open choice."""
    couple.first_round(whole)
    couple.they_settle()
    couple.next_prompt()
    for name in ("Ana", "Ben"):
        expect(couple.phone(name).get_by_role("button", name="pass", exact=True)).to_have_count(1)
    expect(couple.page.locator("#time")).to_contain_text(re.compile(r"19:0\dSunday"))
    before = {name: says(couple, name) for name in ("Ana", "Ben")}
    whole.kill()
    whole.start()
    couple.page.reload()
    expect(couple.log("Ben")).to_have_attribute("aria-busy", "false")
    assert {name: says(couple, name) for name in ("Ana", "Ben")} == before
    for name, answer in (("Ben", "Second of Ben"), ("Ana", "Second of Ana")):
        couple.types(name, answer)
        couple.taps(name, "no guess this time")
    expect(couple.log("Ana")).to_contain_text("Ben wrote: Second of Ben")
    expect(couple.log("Ben")).to_contain_text("Ana wrote: Second of Ana")
    couple.page.screenshot(path=screenshots / "second-round.png")
    assert [error for error in errors if "ERR_" not in error] == []  # while the program was gone
    errors.clear()


def test_another_evening_and_another_zone(couple: Couple, whole: Program) -> None:
    """Asked by buttons and in words: each reads the same evening by their own clock."""
    couple.first_round(whole)
    couple.taps("Ana", "another time")
    _no_day_is_broken(couple)
    couple.taps("Ana", "Wednesday")
    expect(couple.log("Ana")).to_contain_text("20:30")
    couple.types("Ana", "8 pm")
    couple.taps("Ana", "yes")
    couple.taps("Ben", "no")
    expect(couple.log("Ben")).to_contain_text(re.compile("city", re.IGNORECASE))
    couple.types("Ben", "Athens")
    expect(couple.log("Ana")).to_contain_text(re.compile(r"Wednesday.*20:00"))
    expect(couple.log("Ana")).not_to_contain_text("no question open")
    expect(couple.log("Ben").locator(".message:not(.own)").filter(has_text="Athens")).to_be_visible()
    for name, hour in (("Ben", "18:00"), ("Ana", "20:00")):  # eight in Athens is six in Lisbon
        couple.next_prompt()
        expect(couple.phone(name).get_by_role("button", name="pass", exact=True)).to_have_count(1)
        expect(couple.page.locator("#time")).to_contain_text(f"{hour}Wednesday")


def _no_day_is_broken(couple: Couple) -> None:
    """However narrow the phone, each day's name stands on one line, within it."""
    page, ana = couple.page, couple.phone("Ana")
    for width in (320, 390, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        if width < 900:
            page.get_by_role("navigation").get_by_role("button", name="Ana").click()
        wednesday = ana.get_by_role("button", name="Wednesday")
        expect(wednesday).to_be_visible()
        assert wednesday.evaluate("day => day.offsetHeight") < 45
        send = ana.get_by_role("button", name="Send")
        assert send.evaluate("send => send.getBoundingClientRect().right") <= width


def test_starting_over_empties_both(couple: Couple, whole: Program) -> None:
    """And it can be gone through again."""
    for _ in range(2):
        couple.first_round(whole)
        couple.page.get_by_role("button", name="Start over").click()
        couple.page.get_by_role("dialog").get_by_role("button", name="Start over").click()
        for name in ("Ana", "Ben"):
            expect(couple.phone(name).get_by_role("button", name="Start", exact=True)).to_be_visible()
            expect(couple.log(name)).to_be_empty()


def _tab_to(page: Page, name: re.Pattern[str]) -> None:
    """Shift and Tab until a button of that name has the keyboard."""
    for _ in range(20):
        page.keyboard.press("Shift+Tab")
        if name.search(page.evaluate("document.activeElement.textContent")):
            return
    raise AssertionError(f"the keyboard does not reach {name.pattern}")


def test_by_keyboard_alone(couple: Couple, whole: Program) -> None:
    """Start, consent, an answer and the invitation, without a mouse."""
    page = couple.page
    page.goto(whole.address)
    expect(couple.phone("Ana").get_by_role("button", name="Start", exact=True)).to_be_visible()
    for _ in range(6):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    ana = couple.phone("Ana")
    expect(ana.get_by_role("button", name=CONSENT)).to_be_visible()
    _tab_to(page, CONSENT)
    page.keyboard.press("Enter")
    expect(ana.get_by_role("button", name="pass", exact=True)).to_be_visible()
    expect(ana.get_by_role("textbox", name="Message", exact=True)).to_be_focused()
    page.keyboard.type(ANAS)
    page.keyboard.press("Enter")
    expect(ana.get_by_role("button", name=INVITE)).to_be_visible()
    _tab_to(page, INVITE)
    page.keyboard.press("Enter")
    expect(ana.get_by_role("link", name="Open on Ben’s phone")).to_be_visible()


def test_on_a_narrow_phone_by_the_tabs(couple: Couple, whole: Program, screenshots: Path) -> None:
    """One phone at a time; a dot says where something new is."""
    page = couple.page
    page.set_viewport_size({"width": 390, "height": 844})
    tabs = page.get_by_role("navigation")
    couple.ana_begins(whole)
    page.screenshot(path=screenshots / "narrow-question.png")
    couple.ana_invites()
    couple.opens_the_invitation()
    expect(couple.phone("Ana")).to_be_hidden()
    page.screenshot(path=screenshots / "narrow-invited.png")
    couple.taps("Ben", LINK_ME)
    tabs.get_by_role("button", name="Ana has news").click()
    couple.taps("Ana", THAT_IS_BEN)
    tabs.get_by_role("button", name="Ben has news").click()
    expect(couple.phone("Ben").get_by_role("button", name="pass", exact=True)).to_be_visible()
    couple.types("Ben", BENS)
    tabs.get_by_role("button", name="Ana has news").click()
    expect(couple.log("Ana")).to_contain_text(BENS)
    couple.taps("Ana", SUNDAY)
    couple.taps("Ana", "yes")
    page.screenshot(path=screenshots / "narrow-opened.png")
    expect(couple.phone("Ana").get_by_role("heading", name="Ana")).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
