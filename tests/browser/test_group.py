"""The chat that the two share, in the whole program: Leeway comes into it, answers open there, a third comes in."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.journey import Couple, says
from tests.browser.programs import Program


def _act_as(couple: Couple, name: str) -> None:
    couple.phone("Group").get_by_role("radio", name=name, exact=True).check(force=True)


def _taps(couple: Couple, name: str, label: str) -> None:
    _act_as(couple, name)
    couple.taps("Group", label)


def _changes(couple: Couple, label: str) -> None:
    couple.phone("Group").get_by_role("button", name="Change", exact=True).click()
    couple.phone("Group").get_by_role("button", name=label, exact=True).click()


def _they_answer(couple: Couple, ana: str, ben: str) -> None:
    for name, answer in (("Ana", ana), ("Ben", ben)):
        expect(couple.phone(name).get_by_role("button", name="pass", exact=True)).to_be_visible()
        couple.types(name, answer)
        couple.taps(name, "no guess this time")
    expect(couple.log("Ana")).to_contain_text(f"Ben wrote: {ben}")


def _aside(couple: Couple, words: str) -> Locator:
    return couple.log("Group").get_by_text(words, exact=True)


def _begin(couple: Couple) -> None:
    """Ana brings Leeway, and Ben says that it is theirs."""
    group = couple.phone("Group")
    expect(group).to_contain_text("Leeway is not in this group")
    group.get_by_role("button", name="Add Leeway as Ana").click()
    expect(couple.log("Ben")).to_contain_text("says that it belongs to you two")
    expect(couple.log("Group")).to_contain_text("Ana has brought Leeway here.")
    _taps(couple, "Ben", "that's me")
    expect(group.get_by_role("button", name="open answers here, too")).to_be_visible()


def _news_have_a_dot(couple: Couple) -> None:
    """In a narrow window, until they were looked at."""
    couple.page.set_viewport_size({"width": 390, "height": 844})
    tabs = couple.page.get_by_role("navigation")
    tabs.get_by_role("button", name="Ana").click()
    couple.types("Ana", "/curious")
    tabs.get_by_role("button", name="Group has news").click()
    expect(couple.log("Group").get_by_text("It comes to each of you")).to_be_in_viewport()
    expect(tabs.get_by_role("button", name="Group", exact=True)).to_have_attribute("aria-pressed", "true")
    assert couple.page.evaluate("document.documentElement.scrollWidth") == 390


def test_a_group_from_the_first_tap_to_a_third(couple: Couple) -> None:
    """Nothing of an answer is there until both want it, and none any more once somebody else is there."""
    _begin(couple)
    couple.types("Group", "/curious")
    _they_answer(couple, "By hand.", "Likewise.")
    expect(couple.log("Group")).to_contain_text("A question is open.")
    assert "Likewise." not in " ".join(says(couple, "Group"))
    _taps(couple, "Ana", "open answers here, too")
    _taps(couple, "Ben", "open answers here, too")
    expect(couple.phone("Group").get_by_role("button", name="no answers here any more")).to_be_visible()
    couple.taps("Group", "a curiosity question")
    _they_answer(couple, "Bees.", "Wasps.")
    expect(couple.log("Group")).to_contain_text("Ana wrote: Bees.")
    expect(couple.log("Group")).to_contain_text("Ben wrote: Wasps.")
    _changes(couple, "Eva comes in")
    for name in ("Ana", "Ben"):
        expect(couple.log(name)).to_contain_text("So no answers open there any more")
    _taps(couple, "Eva", "a curiosity question")
    expect(_aside(couple, "Leeway is here for two others.")).to_be_visible()
    _changes(couple, "Eva leaves")
    expect(couple.phone("Group").get_by_role("radio", name="Eva")).to_be_hidden()
    expect(couple.phone("Group").get_by_role("radio", name="Ana")).to_be_checked()


def test_what_one_alone_is_told_the_other_does_not_see(couple: Couple, whole: Program, errors: list[str]) -> None:
    """Only while acting as them does it stand there; words among people are answered by nobody; all of it is there
    after a restart, and what is new has a dot."""
    _begin(couple)
    noted = _aside(couple, "Done.")
    expect(noted).to_be_visible()
    _act_as(couple, "Ana")
    expect(noted).to_be_hidden()
    couple.types("Group", "only you")
    couple.types("Group", "/help")
    expect(couple.log("Group")).to_contain_text("Here I say when a question is open.")
    whole.kill()
    whole.start()
    before = says(couple, "Group")
    couple.page.reload()
    expect(couple.log("Group")).to_have_attribute("aria-busy", "false")
    assert says(couple, "Group") == before
    assert before.count("only you") == 1
    _act_as(couple, "Ben")
    expect(noted).to_be_visible()
    _news_have_a_dot(couple)
    assert [error for error in errors if "ERR_" not in error] == []  # while the program was gone
    errors.clear()


def test_the_end_of_the_group_stays_in_sight(page: Page, echoed: Program) -> None:
    """Above the way to bring Leeway, and while something long is written."""
    page.set_viewport_size({"width": 1280, "height": 620})
    page.goto(echoed.address)
    group = page.get_by_role("region", name="Group", exact=True)
    box = group.get_by_role("textbox", name="Message", exact=True)
    for number in range(8):
        box.fill(f"message {number} " + "word " * 20)
        box.press("Enter")
        expect(group.get_by_text(f"message {number} word")).to_be_in_viewport()
        log = group.get_by_role("log")
        assert log.evaluate("log => log.scrollHeight - log.scrollTop - log.clientHeight") < 2
    expect(group.get_by_role("button", name="Add Leeway as Ana")).to_be_in_viewport(ratio=1)
