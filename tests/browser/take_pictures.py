"""Takes the README's pictures: `python -m tests.browser.take_pictures`. Run by hand, whenever texts or looks change."""

from __future__ import annotations

import shutil
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, expect, sync_playwright

from adapters.playground.phones import Phones
from tests.browser.journey import INVITE, LINK_ME, SUNDAY, THAT_IS_BEN, Couple
from tests.browser.programs import ROOT, Program, leeway

PICTURES = ROOT / "docs/pictures"
ZONE = "Europe/Lisbon"
EVENING = 20  # o'clock; a Sunday in the coming weeks, so that the next question comes a week on
TRIES = 60  # rounds begun anew until one of these questions is drawn
ANSWERS = {
    "Which useless thing do you keep": (
        "The key to my first flat. It opens nothing, but I like knowing that I once left and found the way.",
        "My grandfather’s watch, stopped at ten past four. It is for evenings when nothing needs to be on time.",
    ),
    "What can you never pass without stopping": (
        "A lit kitchen window. I make up what they are cooking, and who does the washing-up.",
        "Second-hand bookshops. I open books for the names inside the covers, and never buy one.",
    ),
    "A whole Tuesday falls free": (
        "The early ferry, a book, nobody’s lunch to plan. I would be back by dark, and very good company.",
        "Bread, the long way round. Then the workshop with the radio on, until I have forgotten the time.",
    ),
    "What do you happily do badly": (
        "Sing harmonies. I find a third voice that nobody wrote, and hold on to it.",
        "Draw birds. All of them turn out as ducks, and I have made my peace with that.",
    ),
    "You are given a room with a door of its own": (
        "A table, a lamp, and nothing finished on it. The door is closed, not locked: knock and bring tea.",
        "Trumpet, badly, for an hour. Then I come out, nicer than I went in.",
    ),
}


def main() -> None:
    """Plays the first round in the whole program and takes both pictures."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        raise SystemExit("Install chromium: apt-get install chromium")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-dev-shm-usage"])
        if not any(_drawn_and_taken(browser) for _ in range(TRIES)):
            raise SystemExit("None of the questions of ANSWERS was drawn: do they still read like that?")
        browser.close()


def _drawn_and_taken(browser: Browser) -> bool:
    """One evening; False when another question was drawn."""
    with tempfile.TemporaryDirectory() as folder:
        program = leeway(Path(folder))
        _on_a_sunday(Path(folder))
        program.start()
        try:
            return _take(browser, program)
        finally:
            program.stop()


def _on_a_sunday(folder: Path) -> None:
    """Sets the playground's clock before its first start."""
    here = datetime.now(ZoneInfo(ZONE))
    sunday = (here + timedelta(days=6 - here.weekday() + 7)).replace(hour=EVENING, minute=12, second=0)
    (folder / "playground").mkdir(mode=0o700)
    phones = Phones(folder / "playground/phones.db")
    phones.offset = int(sunday.timestamp() - here.timestamp())
    phones.close()


def _take(browser: Browser, program: Program) -> bool:
    wide = browser.new_context(
        viewport={"width": 1280, "height": 800}, timezone_id=ZONE, locale="en-GB", reduced_motion="reduce"
    )
    couple = Couple(wide.new_page())
    couple.ana_begins(program)
    shown = couple.log("Ana").inner_text()
    answers = next((answers for question, answers in ANSWERS.items() if question in shown), None)
    if answers is not None:
        _play(couple, *answers)
        couple.page.mouse.move(640, 780)
        couple.page.evaluate("document.activeElement.blur()")
        couple.page.screenshot(path=PICTURES / "playground-light.png")
        _take_narrow(browser, program)
    wide.close()
    return answers is not None


def _take_narrow(browser: Browser, program: Program) -> None:
    narrow = browser.new_context(
        viewport={"width": 390, "height": 844},
        timezone_id=ZONE,
        locale="en-GB",
        reduced_motion="reduce",
        color_scheme="dark",
        has_touch=True,
    )
    page = narrow.new_page()
    page.goto(program.address)
    expect(page.get_by_role("log").first).to_contain_text("Ben wrote")
    page.screenshot(path=PICTURES / "playground-phone-dark.png")
    narrow.close()


def _play(couple: Couple, ana: str, ben: str) -> None:
    """The rest of the first round, with these answers, and the evening of the next one."""
    couple.types("Ana", ana)
    couple.taps("Ana", INVITE)
    couple.opens_the_invitation()
    couple.taps("Ben", LINK_ME)
    couple.taps("Ana", THAT_IS_BEN)
    expect(couple.phone("Ben").get_by_role("button", name="pass", exact=True)).to_be_visible()
    couple.types("Ben", ben)
    couple.taps("Ana", SUNDAY)
    couple.taps("Ana", "yes")
    couple.taps("Ben", "yes")
    for name in ("Ana", "Ben"):
        expect(couple.phone(name).get_by_role("button", name="yes", exact=True)).to_have_count(0)


if __name__ == "__main__":
    main()
