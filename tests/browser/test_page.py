"""The page, with an echo in place of the bot."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.programs import Program


def _phone(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


def _say(phone: Locator, text: str) -> None:
    box = phone.get_by_role("textbox", name="Message", exact=True)
    box.fill(text)
    box.press("Enter")


def _begin(page: Page, program: Program) -> Locator:
    """Ana has started: a question stands open."""
    page.goto(program.address)
    ana = _phone(page, "Ana")
    ana.get_by_role("button", name="Start", exact=True).click()
    expect(ana.get_by_role("log")).to_contain_text("Shall we begin?")
    return ana


def test_two_phones_and_a_group(page: Page, echoed: Program) -> None:
    """Each by its name, and with something to write in; an empty phone has a Start button, the group one that brings
    Leeway."""
    page.goto(echoed.address)
    for name in ("Ana", "Ben"):
        expect(_phone(page, name).get_by_role("button", name="Start", exact=True)).to_be_visible()
        expect(_phone(page, name).get_by_role("textbox", name="Message")).to_be_visible()
    group = _phone(page, "Group")
    expect(group.get_by_role("button", name="Add Leeway as Ana")).to_be_visible()
    expect(group.get_by_role("textbox", name="Message")).to_be_visible()


def test_a_choice_is_a_button_and_goes_when_it_was_taken(page: Page, echoed: Program) -> None:
    """The other phone stays as it was."""
    ana = _begin(page, echoed)
    ana.get_by_role("group", name="Choices").get_by_role("button", name="Yes, I am 18").click()
    expect(ana.get_by_role("log")).to_contain_text("You pressed yes.")
    expect(ana.get_by_role("group", name="Choices")).to_have_count(0)
    expect(_phone(page, "Ben").get_by_role("button", name="Start", exact=True)).to_be_visible()


def test_a_reload_shows_everything_again(page: Page, echoed: Program) -> None:
    """What was said, and every open choice."""
    ana = _begin(page, echoed)
    _say(ana, "one\ntwo")
    expect(ana.get_by_role("log")).to_contain_text("You wrote: one\ntwo")
    page.reload()
    expect(ana.get_by_role("log")).to_contain_text("You wrote: one\ntwo")
    ana.get_by_role("button", name="at the table tonight").click()
    expect(ana.get_by_role("log")).to_contain_text("You pressed table.")


def test_ticks_stay_until_they_are_taken_back(page: Page, echoed: Program) -> None:
    """Several may be pressed, and the keyboard stays where it was."""
    page.goto(echoed.address)
    ana = _phone(page, "Ana")
    _say(ana, "/many")
    for need in ("Play", "Calm"):
        ana.get_by_role("button", name=need).focus()
        page.keyboard.press("Space")
        expect(ana.get_by_role("button", name=need)).to_have_attribute("aria-pressed", "true")
        expect(ana.get_by_role("button", name=need)).to_be_focused()
    page.keyboard.press("Enter")
    expect(ana.get_by_role("button", name="Calm")).to_have_attribute("aria-pressed", "false")
    expect(ana.get_by_role("button", name="Play")).to_have_attribute("aria-pressed", "true")


def test_an_invitation_opens_on_the_other_phone(page: Page, echoed: Program) -> None:
    """As a press, and as the link that it is."""
    page.goto(echoed.address)
    _say(_phone(page, "Ana"), "/invite")
    link = _phone(page, "Ana").get_by_role("link", name="Open on Ben’s phone")
    link.click()
    ben = _phone(page, "Ben").get_by_role("log")
    expect(ben).to_contain_text("Command start with K7QM-2RTX.")
    page.goto(echoed.address + (link.get_attribute("href") or ""))
    expect(ben.get_by_text("Command start with K7QM-2RTX.")).to_have_count(2)
    expect(page).to_have_url(f"{echoed.address}/")


def test_own_words_can_be_edited(page: Page, echoed: Program) -> None:
    """Escape leaves them, Enter changes them."""
    page.goto(echoed.address)
    ana = _phone(page, "Ana")
    _say(ana, "helo")
    for key, text in (("Escape", "thrown away"), ("Enter", "hello")):
        ana.get_by_role("button", name="Edit this message").click()
        ana.get_by_role("textbox", name="Edited message").fill(text)
        page.keyboard.press(key)
        expect(ana.get_by_role("textbox", name="Edited message")).to_have_count(0)
    expect(ana.get_by_role("log")).to_contain_text("You changed it to: hello")
    expect(ana.get_by_text("edited", exact=True)).to_be_visible()
    expect(ana.get_by_role("log")).not_to_contain_text("thrown away")


def test_commands_and_what_is_no_text(page: Page, echoed: Program) -> None:
    """The commands button asks for help; photo, voice and sticker can be sent."""
    page.goto(echoed.address)
    ben = _phone(page, "Ben")
    ben.get_by_role("button", name="Commands").click()
    expect(ben.get_by_role("log")).to_contain_text("Command help with nothing.")
    for kind, label in (("photo", "Photo"), ("voice", "Voice message"), ("sticker", "Sticker")):
        ben.get_by_role("button", name="Attach").click()
        ben.get_by_role("button", name=label).click()
        expect(ben.get_by_role("log")).to_contain_text(f"not a {kind}.")
    ben.get_by_role("button", name="Attach").click()
    page.keyboard.press("Escape")
    expect(ben.get_by_role("button", name="Photo")).to_be_hidden()


def test_the_clock_moves_on(page: Page, echoed: Program) -> None:
    """By an hour, by a day; where nothing is due, that is said."""
    page.goto(echoed.address)
    time = page.locator("#time")
    before = page.evaluate("Date.now()")
    for name in ("+1 hour", "+1 day"):
        page.get_by_role("button", name=name).click()
        expect(page.get_by_role("button", name=name)).not_to_have_attribute("aria-busy", "true")
    page.wait_for_timeout(300)
    shown = page.evaluate("Date.parse(document.getElementById('time').dateTime)")
    assert abs(shown - before - 25 * 3600_000) < 20_000
    expect(time).to_contain_text(re.compile(r"\d\d:\d\d.*day \d+ \w+ \d{4}"))
    expect(_phone(page, "Ben").get_by_role("log")).to_contain_text("24 hours later.")
    page.get_by_role("button", name="Next prompt").click()
    expect(page.get_by_text("Nothing is waiting to come.")).to_be_visible()


def test_starting_over_is_asked_twice(page: Page, echoed: Program) -> None:
    """Escape keeps everything; a yes empties both phones, also those of another page."""
    ana = _begin(page, echoed)
    other = page.context.new_page()
    other.goto(echoed.address)
    page.get_by_role("button", name="Start over").click()
    page.keyboard.press("Escape")
    expect(ana.get_by_role("log")).to_contain_text("Shall we begin?")
    page.get_by_role("button", name="Start over").click()
    page.get_by_role("dialog").get_by_role("button", name="Start over").click()
    for one in (page, other):
        expect(_phone(one, "Ana").get_by_role("button", name="Start", exact=True)).to_be_visible()
        expect(_phone(one, "Ana").get_by_role("log")).to_be_empty()


def test_a_killed_program_is_found_again(page: Page, echoed: Program, errors: list[str]) -> None:
    """The page says so, keeps trying, and catches up without a reload."""
    ana = _begin(page, echoed)
    echoed.kill()
    expect(page.get_by_text("keeps trying")).to_be_visible()
    _say(ana, "nobody hears this")
    expect(ana.get_by_role("alert")).to_contain_text("Is it still running?")
    expect(ana.get_by_role("textbox", name="Message")).to_have_value("nobody hears this")
    echoed.start()
    expect(page.get_by_text("keeps trying")).to_have_count(0)
    ana.get_by_role("textbox", name="Message").press("Enter")
    expect(ana.get_by_role("log")).to_contain_text("You wrote: nobody hears this")
    assert all("ERR_CONNECTION_REFUSED" in error or "ERR_INCOMPLETE" in error for error in errors), errors
    errors.clear()


def test_what_is_too_long_stays_in_its_box(page: Page, echoed: Program, errors: list[str]) -> None:
    """With a sentence beside it."""
    page.goto(echoed.address)
    ana = _phone(page, "Ana")
    _say(ana, "x" * 200_001)
    expect(ana.get_by_role("alert")).to_contain_text("at most 200 kB")
    assert len(ana.get_by_role("textbox", name="Message").input_value()) == 200_001
    assert [error for error in errors if "413" not in error] == []
    errors.clear()


def test_words_are_words(page: Page, echoed: Program) -> None:
    """Markup stays text, long words wrap, Hebrew runs from right to left."""
    page.goto(echoed.address)
    ana = _phone(page, "Ana")
    for text in ("<img src=x onerror=alert(1)><b>bold</b>", "w" * 500, "שלום לך"):
        _say(ana, text)
        expect(ana.get_by_text(text, exact=True)).to_be_visible()
    log = ana.get_by_role("log")
    assert log.evaluate("log => log.scrollWidth <= log.clientWidth")
    hebrew = ana.get_by_text("שלום לך", exact=True)
    assert hebrew.evaluate("text => getComputedStyle(text).direction") == "rtl"
    expect(ana.locator("img, b")).to_have_count(0)


def test_in_a_narrow_window_one_is_shown_at_a_time(page: Page, echoed: Program) -> None:
    """A dot says where something new is, and goes when it was looked at."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(echoed.address)
    shown = page.get_by_role("navigation")
    expect(_phone(page, "Ben")).to_be_hidden()
    page.get_by_role("button", name="+1 hour").click()
    expect(shown.get_by_role("button", name="Ben has news")).to_be_visible()
    shown.get_by_role("button", name="Ben").click()
    expect(_phone(page, "Ben").get_by_role("log")).to_contain_text("1 hours later.")
    expect(_phone(page, "Ana")).to_be_hidden()
    expect(shown.get_by_role("button", name="Ben", exact=True)).to_have_attribute("aria-pressed", "true")
    shown.get_by_role("button", name="Group").click()
    expect(_phone(page, "Group")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_nothing_reaches_over_the_edge(page: Page, seeded: Program) -> None:
    """Whatever the width, also in a window enlarged to four times its size."""
    page.goto(seeded.address)
    expect(page.get_by_role("log").first).to_contain_text("Both are in.")
    for width in (320, 390, 600, 899, 900, 1099, 1100, 1920):
        page.set_viewport_size({"width": width, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_in_a_narrow_window_an_invitation_leads_to_the_other_phone(page: Page, echoed: Program) -> None:
    """There it goes on."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(echoed.address)
    _say(_phone(page, "Ana"), "/invite")
    page.get_by_role("link", name="Open on Ben’s phone").click()
    expect(_phone(page, "Ben").get_by_role("log")).to_contain_text("Command start with K7QM-2RTX.")
    expect(_phone(page, "Ana")).to_be_hidden()


def test_the_end_of_a_chat_stays_in_sight(page: Page, echoed: Program) -> None:
    """While messages come and while something long is written; who scrolled up is left there."""
    page.goto(echoed.address)
    ana = _phone(page, "Ana")
    for number in range(12):
        _say(ana, f"message {number}")
        expect(ana.get_by_text(f"You wrote: message {number}", exact=True)).to_be_in_viewport()
    ana.get_by_role("textbox", name="Message").fill("one\ntwo\nthree\nfour")
    expect(ana.get_by_text("You wrote: message 11", exact=True)).to_be_in_viewport(ratio=1)
    ana.get_by_role("log").evaluate("log => { log.scrollTop = 0 }")
    page.get_by_role("button", name="+1 hour").click()
    expect(ana.get_by_role("log")).to_contain_text("1 hours later.")
    expect(ana.get_by_text("message 0", exact=True)).to_be_in_viewport()
