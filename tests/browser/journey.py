"""Two people at the page, as they would click: what they press and type is counted."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page, expect

from tests.browser.programs import Program

CONSENT = re.compile("^Fine")
INVITE = re.compile("^invite")
LINK_ME = re.compile("link me with Ana")
THAT_IS_BEN = re.compile("that is Ben")
SUNDAY = re.compile("^Sunday")

ANAS = "The harbour at six, before anybody wants anything."
BENS = "My grandmother’s radio. It plays one station, and always hers."


@dataclass
class Couple:
    """Ana and Ben at one page; `done` is what they did so far."""

    page: Page
    done: list[str] = field(default_factory=list)

    def phone(self, name: str) -> Locator:
        """Somebody's phone."""
        return self.page.get_by_role("region", name=name, exact=True)

    def log(self, name: str) -> Locator:
        """What stands in somebody's chat."""
        return self.phone(name).get_by_role("log")

    def taps(self, name: str, label: str | re.Pattern[str]) -> None:
        """Somebody presses the latest button of that name."""
        tapped = self.phone(name).get_by_role("button", name=label, exact=isinstance(label, str)).last
        tapped.click()
        self.done.append(f"{name} taps {label if isinstance(label, str) else label.pattern}")

    def types(self, name: str, text: str) -> None:
        """Somebody writes and sends it."""
        box = self.phone(name).get_by_role("textbox", name="Message", exact=True)
        box.fill(text)
        box.press("Enter")
        self.done.append(f"{name} types {text}")

    def opens_the_invitation(self) -> None:
        """Ben opens what Ana passed on to him."""
        self.phone("Ana").get_by_role("link", name="Open on Ben’s phone").last.click()
        self.done.append("Ben opens the invitation")

    # ---- the way, in its parts

    def ana_begins(self, program: Program) -> None:
        """Up to the first question."""
        self.page.goto(program.address)
        self.taps("Ana", "Start")
        self.taps("Ana", CONSENT)
        expect(self.phone("Ana").get_by_role("button", name="pass", exact=True)).to_be_visible()

    def ana_invites(self, answer: str = ANAS) -> None:
        """She answers, and has an invitation to pass on."""
        self.types("Ana", answer)
        self.taps("Ana", INVITE)
        expect(self.phone("Ana").get_by_role("link", name="Open on Ben’s phone")).to_be_visible()

    def ben_comes(self) -> None:
        """He opens it and wants to be linked; she says that it is him."""
        self.opens_the_invitation()
        self.taps("Ben", LINK_ME)
        self.taps("Ana", THAT_IS_BEN)
        expect(self.phone("Ben").get_by_role("button", name="pass", exact=True)).to_be_visible()

    def ben_answers(self, answer: str = BENS) -> None:
        """So that both answers open."""
        self.types("Ben", answer)
        expect(self.log("Ana")).to_contain_text(answer)

    def they_settle(self) -> None:
        """The evening of the next question, and what time it is where each one is."""
        self.taps("Ana", SUNDAY)
        self.taps("Ana", "yes")
        self.taps("Ben", "yes")
        for name in ("Ana", "Ben"):
            expect(self.phone(name).get_by_role("button", name="yes", exact=True)).to_have_count(0)

    def first_round(self, program: Program) -> None:
        """From the first tap to both answers opened."""
        self.ana_begins(program)
        self.ana_invites()
        self.ben_comes()
        self.ben_answers()

    def next_prompt(self) -> None:
        """The clock is moved to the next thing that is said."""
        moved = self.page.get_by_role("button", name="Next prompt")
        moved.click()
        expect(moved).not_to_have_attribute("aria-busy", "true")


def says(couple: Couple, name: str) -> list[str]:
    """Every message of a chat and every button under it, as they are shown."""
    found: list[str] = couple.log(name).evaluate(
        "log => [...log.querySelectorAll('.text, .choices button, .sides button, .link')].map(one => one.textContent)"
    )
    return found
