"""The three seed moves, clicked through to their follow-ups: a village, room of one's own, and near."""

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.journey import Couple


def test_a_village(couple: Couple, screenshots: Path) -> None:
    """Five needs, ticked and typed; the map for both; and months later what came of it."""
    couple.types("Ana", "/village")
    for need in ("play", "calm", "practical help", "being held"):
        couple.taps("Ana", need)
        expect(couple.phone("Ana").get_by_role("button", name=need, exact=True, pressed=True)).to_be_visible()
    couple.page.screenshot(path=screenshots / "village-ticks.png")
    couple.types("Ana", "someone to sing with")
    for need in ("play", "calm", "practical help"):
        expect(couple.log("Ana")).to_contain_text(f"{need}: whom do you expect it from?")
        couple.taps("Ana", "my partner")
    expect(couple.log("Ana")).to_contain_text("being held: whom do you expect it from?")
    couple.taps("Ana", "someone else")
    expect(couple.log("Ana")).to_contain_text("someone to sing with: whom do you expect it from?")
    couple.taps("Ana", "nobody yet")
    expect(couple.log("Ana")).to_contain_text("On one person: 3 of 5.")
    couple.taps("Ana", "someone to sing with")
    for question, answer in (
        ("Who could that be", "Rosa"),
        ("One small thing", "Ask about the choir on the corner."),
        ("On which day this week?", "tomorrow"),
    ):
        expect(couple.log("Ana")).to_contain_text(question)
        couple.types("Ana", answer)
    couple.taps("Ana", "yes")
    expect(couple.log("Ana")).to_contain_text("You hear from me that morning.")
    couple.taps("Ana", "the map")
    expect(couple.log("Ben")).to_contain_text("nobody yet: someone to sing with")
    expect(couple.log("Ben")).not_to_contain_text("Rosa")
    picture = couple.log("Ben").get_by_role("img", name="A village of needs, drawn by Ana")
    expect(picture).to_be_visible()
    assert picture.evaluate("img => img.complete && img.naturalWidth > img.width && img.width > 200")
    picture.scroll_into_view_if_needed()
    couple.page.screenshot(path=screenshots / "village-map.png")
    couple.next_prompt()
    expect(couple.log("Ana")).to_contain_text("Today is the day, with Rosa")
    couple.next_prompt()
    couple.taps("Ana", "yes")
    expect(couple.log("Ana")).to_contain_text("What was it like?")
    couple.types("Ana", "They are all terrible. I am going again.")
    expect(couple.log("Ana")).to_contain_text("Kept, for you alone.")
    couple.page.screenshot(path=screenshots / "village-came-of-it.png")


def test_room_of_ones_own(couple: Couple, screenshots: Path) -> None:
    """Planned for tomorrow; a kind word, a calendar file, a little longer, back again, and what is brought back."""
    couple.types("Ana", "/space")
    expect(couple.log("Ana")).to_contain_text("When do you want time for yourself?")
    couple.types("Ana", "tomorrow at 2 pm")
    couple.taps("Ana", "two hours")
    couple.taps("Ana", "leave it unsaid")
    couple.taps("Ana", "this one")
    couple.taps("Ana", "send it")
    expect(couple.log("Ben")).to_contain_text("Ana asked me to pass this on:")
    couple.page.screenshot(path=screenshots / "space-told.png")
    couple.taps("Ben", re.compile("one kind word"))
    expect(couple.log("Ana")).to_contain_text("one kind word before you go?")
    couple.types("Ana", "You are why I come back.")
    expect(couple.log("Ben")).to_contain_text("You are why I come back.")
    couple.taps("Ana", "a calendar file")
    couple.taps("Ana", "Busy")
    with couple.page.expect_download() as downloaded:
        couple.phone("Ana").get_by_role("link", name=re.compile(r"\.ics")).click()
    assert "SUMMARY:Busy" in downloaded.value.path().read_text()
    couple.page.screenshot(path=screenshots / "space-kind-word.png")
    couple.next_prompt()
    couple.taps("Ana", "a little longer")
    couple.taps("Ana", "30 minutes")
    expect(couple.log("Ben")).to_contain_text("Ana takes a little longer")
    couple.taps("Ana", "I'm back")
    expect(couple.log("Ana")).to_contain_text("What did you do with the time?")
    couple.types("Ana", "Read two chapters standing up.")
    expect(couple.log("Ana")).to_contain_text("And one thing you noticed?")
    couple.types("Ana", "That I hum when I am alone.")
    couple.taps("Ana", "share it")
    expect(couple.log("Ben")).to_contain_text("That I hum when I am alone.")
    couple.taps("Ben", "2")
    expect(couple.log("Ana")).to_contain_text("Ben asks, about your time alone:")
    couple.types("Ana", "The smell of paper.")
    expect(couple.log("Ben")).to_contain_text("Ana wrote: The smell of paper.")
    couple.page.screenshot(path=screenshots / "space-shared.png")


def test_near(couple: Couple, screenshots: Path) -> None:
    """On a narrow phone: a wish, another time for it, and a yes."""
    page = couple.page
    page.set_viewport_size({"width": 390, "height": 844})
    tabs = page.get_by_role("navigation")
    tabs.get_by_role("button", name="Ana").click()
    couple.types("Ana", "/near")
    expect(couple.log("Ana")).to_contain_text("What would you like?")
    couple.types("Ana", "Pancakes, for supper")
    expect(couple.log("Ana")).to_contain_text("And when?")
    couple.types("Ana", "tomorrow at 7 pm")
    couple.taps("Ana", "an hour")
    couple.taps("Ana", "this one")
    page.screenshot(path=screenshots / "near-words.png")
    couple.taps("Ana", "send it")
    expect(couple.log("Ana")).to_contain_text("Sent.")
    tabs.get_by_role("button", name="Ben").click()
    couple.taps("Ben", "another time")
    expect(couple.log("Ben")).to_contain_text("Which time would be better?")
    couple.types("Ben", "tomorrow at 9 pm")
    expect(couple.log("Ben")).to_contain_text("Passed on to Ana.")
    page.screenshot(path=screenshots / "near-another-time.png")
    tabs.get_by_role("button", name="Ana").click()
    couple.taps("Ana", "yes")
    expect(couple.log("Ana")).to_contain_text("Good. Ben knows.")
    page.screenshot(path=screenshots / "near-yes.png")
    tabs.get_by_role("button", name="Ben").click()
    expect(couple.log("Ben")).to_contain_text("Ana says yes: Pancakes, for supper")
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_discreet_and_clean(couple: Couple, screenshots: Path) -> None:
    """What is new waits behind one bare line until its reader asks for it, and can be taken out of the chat again."""
    couple.types("Ben", "/settings")
    couple.taps("Ben", "discreet notifications")
    couple.taps("Ben", "announced first")
    expect(couple.log("Ben")).to_contain_text("From now on I announce what comes, and a tap shows it.")
    couple.types("Ana", "/curious")
    announced = couple.log("Ben").get_by_text("Leeway has something for you.", exact=True)
    expect(announced).to_be_visible()
    question = couple.phone("Ben").get_by_role("button", name="pass", exact=True)
    expect(question).to_have_count(0)
    couple.page.screenshot(path=screenshots / "discreet-announced.png")
    couple.taps("Ben", "show")
    expect(question).to_be_visible()
    couple.types("Ben", "/clean")
    expect(question).to_have_count(0)
    expect(announced).to_have_count(0)
    couple.page.screenshot(path=screenshots / "discreet-cleaned.png")
