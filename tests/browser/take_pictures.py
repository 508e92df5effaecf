"""Takes the pictures of README and docs: `python -m tests.browser.take_pictures`. Run by hand, whenever texts or looks
change. The programs that are shown run from a copy: with a deck of the questions that are answered here, and with a
German that lacks some sentences."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.messages.pofile import read_po, write_po
from playwright.sync_api import Browser, expect, sync_playwright

from adapters.playground.phones import Phones
from tests.browser.journey import INVITE, LINK_ME, SUNDAY, THAT_IS_BEN, Couple
from tests.browser.programs import ROOT, Program, leeway

PICTURES = ROOT / "docs/pictures"
ZONE = "Europe/Lisbon"
EVENING = 20  # o'clock; a Sunday in the coming weeks, so that the next question comes a week on
PARTS = ("bot", "adapters", "storage", "scheduler")
LACKING = ("Why ask at all", "A question for the two of you.", "at the table tonight")  # how they begin
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
    """Plays the first round in the whole program and takes all pictures."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        raise SystemExit("Install chromium: apt-get install chromium")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-dev-shm-usage"])
        for take in (_take, _take_untranslated):
            with _program() as program:
                take(browser, program)
        browser.close()


@contextmanager
def _program() -> Iterator[Program]:
    """A program that runs from a copy, on a Sunday evening."""
    with tempfile.TemporaryDirectory() as folder:
        code, here = Path(folder) / "code", Path(folder) / "data"
        here.mkdir()
        for part in PARTS:
            shutil.copytree(ROOT / part, code / part, ignore=shutil.ignore_patterns("__pycache__"))
        _leave_few_questions(code / "bot/content/decks/curiosity.en.toml")
        _leave_few_questions(code / "bot/content/decks/curiosity.de.toml", code / "bot/content/decks/curiosity.en.toml")
        _take_out_some(code / "bot/content/locale/de/LC_MESSAGES/leeway.po")
        program = leeway(here, PYTHONPATH=str(code))
        _on_a_sunday(here)
        program.start()
        try:
            yield program
        finally:
            program.stop()


def _leave_few_questions(deck: Path, original: Path | None = None) -> None:
    """Leaves those that have answers here; of a translation, those that its original has."""
    head, *questions = deck.read_text().split("[[question]]")
    wanted = re.findall(r'id = "(.*)"', original.read_text()) if original else [*ANSWERS]
    deck.write_text("[[question]]".join([head, *(one for one in questions if any(each in one for each in wanted))]))


def _take_out_some(catalogue: Path) -> None:
    """Leaves some sentences untranslated."""
    with catalogue.open("rb") as file:
        read = read_po(file, locale="de")
    for message in read:
        if isinstance(message.id, str) and message.id.startswith(LACKING):
            message.string = ""
    with catalogue.open("wb") as file:
        write_po(file, read)


def _on_a_sunday(folder: Path) -> None:
    """Sets the playground's clock before its first start."""
    here = datetime.now(ZoneInfo(ZONE))
    sunday = (here + timedelta(days=6 - here.weekday() + 7)).replace(hour=EVENING, minute=12, second=0)
    (folder / "playground").mkdir(mode=0o700)
    phones = Phones(folder / "playground/phones.db")
    phones.offset = int(sunday.timestamp() - here.timestamp())
    phones.close()


def _take(browser: Browser, program: Program) -> None:
    wide = browser.new_context(
        viewport={"width": 1280, "height": 800}, timezone_id=ZONE, locale="en-GB", reduced_motion="reduce"
    )
    couple = Couple(wide.new_page())
    couple.ana_begins(program)
    shown = couple.log("Ana").inner_text()
    _play(couple, *next(answers for question, answers in ANSWERS.items() if question in shown))
    couple.page.mouse.move(640, 780)
    couple.page.evaluate("document.activeElement.blur()")
    couple.page.screenshot(path=PICTURES / "playground-light.png")
    _take_narrow(browser, program)
    wide.close()


def _take_untranslated(browser: Browser, program: Program) -> None:
    german = browser.new_context(
        viewport={"width": 1280, "height": 800}, timezone_id=ZONE, locale="de-DE", reduced_motion="reduce"
    )
    page = german.new_page()
    page.goto(program.address)
    page.get_by_role("textbox").first.fill("/start")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Einverstanden").click()
    expect(page.get_by_role("log").first).to_contain_text("ich passe")
    page.screenshot(path=PICTURES / "untranslated.png")
    german.close()


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
