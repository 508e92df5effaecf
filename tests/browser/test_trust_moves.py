"""The card for words of danger, and deleting everything, as they are on a phone."""

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.journey import Couple


def test_the_card(couple: Couple, screenshots: Path) -> None:
    """In the middle of a sealed question: the numbers, and the question again on a tap; Ben sees nothing of it."""
    couple.types("Ana", "/curious")
    expect(couple.log("Ben")).to_contain_text("at the table tonight")
    before = couple.log("Ben").inner_text()
    couple.types("Ana", "I am afraid of Ben.")
    expect(couple.log("Ana")).to_contain_text("When someone close frightens or hurts you")
    expect(couple.log("Ana")).to_contain_text("nobody was told")
    couple.page.screenshot(path=screenshots / "card.png")
    couple.taps("Ana", "go on")
    couple.types("Ana", "Whistling.")
    expect(couple.log("Ana")).to_contain_text("Kept. It opens for both of you when both are in.")
    assert couple.log("Ben").inner_text() == before
    couple.page.set_viewport_size({"width": 390, "height": 844})
    couple.page.screenshot(path=screenshots / "card-phone.png")


def test_deleting_everything(couple: Couple, screenshots: Path) -> None:
    """One screen, one tap; Ben reads one line when he comes by, and Ana is somebody new."""
    couple.types("Ana", "/delete")
    expect(couple.log("Ana")).to_contain_text("This deletes everything of yours here")
    couple.page.screenshot(path=screenshots / "delete.png")
    before = couple.log("Ben").inner_text()
    couple.taps("Ana", "delete everything")
    expect(couple.log("Ana")).to_contain_text("Everything of yours is deleted.")
    assert couple.log("Ben").inner_text() == before
    couple.types("Ben", "/rhythm")
    expect(couple.log("Ben")).to_contain_text("This space is closed.")
    couple.types("Ana", "/start")
    expect(couple.log("Ana").get_by_role("button", name="Fine with me")).to_be_visible()
    couple.page.screenshot(path=screenshots / "deleted.png")
