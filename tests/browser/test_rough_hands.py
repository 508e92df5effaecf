"""What people do that nobody asked for, in the whole program: old buttons, both at once, odd and endless messages."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.journey import ANAS, BENS, CONSENT, INVITE, LINK_ME, SUNDAY, THAT_IS_BEN, Couple, says
from tests.browser.programs import Program

# Pressed at the very moment of the call, however many pages there are: no waiting for what came before.
PRESS = "button => setTimeout(() => button.click(), 1000 - Date.now() % 1000)"


@pytest.fixture
def couple(page: Page) -> Couple:
    """Ana and Ben, who know nothing yet."""
    return Couple(page)


def test_a_button_that_was_answered_elsewhere(couple: Couple, whole: Program) -> None:
    """Pressed again in a page that has not heard of it: one kind line, and nothing happens twice."""
    couple.page.goto(whole.address)
    couple.taps("Ana", "Start")
    expect(couple.phone("Ana").get_by_role("button", name=CONSENT)).to_be_visible()
    stale = couple.phone("Ana").get_by_role("button", name=CONSENT).last.get_attribute("data-token")
    couple.taps("Ana", CONSENT)
    expect(couple.phone("Ana").get_by_role("button", name="pass", exact=True)).to_be_visible()
    questions = len(says(couple, "Ana"))
    couple.page.evaluate(
        "token => import('/server.js').then(({ post }) => post('press', { phone: 'ana', token }))", stale
    )
    expect(couple.log("Ana").locator(".text")).to_have_count(6)
    assert len(says(couple, "Ana")) == questions + 1


def test_both_at_the_same_moment(couple: Couple, whole: Program) -> None:
    """Each in a page of their own; both choices count."""
    couple.first_round(whole)
    couple.taps("Ana", SUNDAY)
    other = Couple(couple.page.context.new_page())
    other.page.goto(whole.address)
    for one, name in ((couple, "Ana"), (other, "Ben")):
        one.phone(name).get_by_role("button", name="yes", exact=True).evaluate(PRESS)
    for one in (couple, other):
        for name in ("Ana", "Ben"):
            expect(one.phone(name).get_by_role("button", name="yes", exact=True)).to_have_count(0)


def test_the_same_button_twice_at_the_same_moment(couple: Couple, whole: Program) -> None:
    """In two pages: it counts once, so that one question stands there."""
    couple.page.goto(whole.address)
    couple.taps("Ana", "Start")
    other = Couple(couple.page.context.new_page())
    other.page.goto(whole.address)
    # both are before the fingers first: the press of one takes the button away from the other
    buttons = [one.phone("Ana").get_by_role("button", name=CONSENT).element_handle() for one in (couple, other)]
    for button in buttons:
        button.evaluate(PRESS)
    couple.page.wait_for_timeout(1500)
    expect(couple.phone("Ana").get_by_role("button", name="pass", exact=True)).to_have_count(1)


def test_a_message_of_a_hundred_thousand_characters(couple: Couple, whole: Program) -> None:
    """Is answered with a sentence that says how much goes; the question stays open."""
    couple.ana_begins(whole)
    couple.types("Ana", "Leeway " * 14_286)
    expect(couple.log("Ana")).to_contain_text(re.compile("at most 4,?000 characters"))
    couple.ana_invites()


ODD = [
    "<b>bold</b> <img src=x onerror=alert(1)> &amp; &lt;",
    "_under_ *star* [link](https://example.org) `code` ~~gone~~ {name} %s",
    "👩🏽‍🚀🏳️‍🌈🇵🇹 e\u0301 ✨",
    "שלום, אני כאן (1) ומחר?",
    "مرحبا \u200f2027",
    "  two   spaces",
]


def test_words_arrive_as_they_were_written(couple: Couple, whole: Program) -> None:
    """On the other phone, to the last sign; markup stays text."""
    couple.ana_begins(whole)
    couple.ana_invites("\n\n".join(ODD))
    couple.ben_comes()
    couple.types("Ben", ODD[3])
    opened = couple.log("Ben").locator(".text").filter(has_text="Ana wrote")
    expect(opened).to_be_visible()
    assert (opened.text_content() or "").endswith("\n\n".join(ODD))
    expect(couple.log("Ana").locator(".text").filter(has_text="Ben wrote")).to_contain_text(ODD[3])
    expect(couple.phone("Ben").locator("img, b")).to_have_count(0)


def test_a_voice_message_where_words_are_asked(couple: Couple, whole: Program) -> None:
    """One sentence; the question stays open."""
    couple.ana_begins(whole)
    for label in ("Voice message", "Photo", "Sticker"):
        couple.phone("Ana").get_by_role("button", name="Attach").click()
        couple.phone("Ana").get_by_role("button", name=label).click()
    expect(couple.log("Ana").get_by_text(re.compile("only read words"))).to_have_count(3)
    couple.ana_invites()


def _edits(couple: Couple, name: str, before: str, after: str) -> None:
    message = couple.phone(name).locator(".message.own").filter(has_text=before)
    message.hover()
    message.get_by_role("button", name="Edit this message").click()
    box = couple.phone(name).get_by_role("textbox", name="Edited message")
    box.fill(after)
    box.press("Enter")
    expect(couple.phone(name).get_by_text("edited", exact=True)).to_be_visible()


def test_an_answer_may_be_edited_until_it_opens(couple: Couple, whole: Program) -> None:
    """Before the opening the other reads the new words; after it the old ones stay, and that is said."""
    couple.ana_begins(whole)
    couple.types("Ana", "First thought")
    expect(couple.phone("Ana").get_by_role("button", name=INVITE)).to_be_visible()
    _edits(couple, "Ana", "First thought", "Second thought")
    couple.taps("Ana", INVITE)
    couple.ben_comes()
    couple.ben_answers()
    expect(couple.log("Ben")).to_contain_text("Ana wrote: Second thought")
    _edits(couple, "Ben", BENS, "Something else altogether")
    couple.page.wait_for_timeout(500)
    assert "Something else altogether" not in " ".join(says(couple, "Ana"))
    assert "First thought" not in " ".join(says(couple, "Ben"))


def test_twenty_messages_in_a_row(couple: Couple, whole: Program) -> None:
    """Belong to one answer, in their order, and are not answered one by one."""
    couple.ana_begins(whole)
    for number in range(20):
        couple.types("Ana", f"line {number:02}")
    expect(couple.phone("Ana").get_by_role("button", name=INVITE)).to_be_visible()
    couple.taps("Ana", INVITE)
    couple.opens_the_invitation()
    couple.taps("Ben", LINK_ME)
    expect(couple.phone("Ben").get_by_role("button", name="pass", exact=True)).to_be_visible()
    couple.taps("Ana", THAT_IS_BEN)
    couple.types("Ben", BENS)
    expect(couple.log("Ben")).to_contain_text("line 00")
    opened = couple.log("Ben").locator(".text").filter(has_text="Ana wrote").inner_text()
    assert re.findall(r"line \d\d", opened) == [f"line {number:02}" for number in range(20)]
    assert len([text for text in says(couple, "Ana") if "Added" in text]) <= 1


def test_words_that_could_not_be_sent(couple: Couple, whole: Program, errors: list[str]) -> None:
    """Stay in the box, all of them in their order, until they can be."""
    couple.ana_begins(whole)
    whole.kill()
    box = couple.phone("Ana").get_by_role("textbox", name="Message", exact=True)
    box.evaluate("box => { for (const text of ['one', 'two']) { box.value = text; box.form.requestSubmit(); } }")
    expect(box).to_have_value("one\ntwo")
    whole.start()
    box.press("Enter")
    expect(couple.phone("Ana").get_by_role("button", name=INVITE)).to_be_visible()
    assert [error for error in errors if "ERR_" not in error] == []
    errors.clear()


def test_what_nobody_asked_for(couple: Couple, whole: Program) -> None:
    """Words before the first Start, an unknown command, a code that is none: each has an answer, none a traceback."""
    couple.page.goto(whole.address)
    for text in ("hello?", "/nonsense", "/pair ABCD", "/start ABCD-EFGH", "/", "/stop", "\u202e", "."):
        couple.types("Ben", text)
    expect(couple.log("Ben").locator(".message.own")).to_have_count(8)
    expect(couple.phone("Ben").get_by_role("button", name=CONSENT).last).to_be_visible()
    assert "Traceback" not in whole.log
    assert "error" not in whole.log
    assert ANAS not in whole.log
