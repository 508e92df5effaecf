"""Hands at the page without a browser: they post what a page posts, and look at what it would show."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import httpx

from tests.browser.programs import Program

PATIENCE = 6.0  # seconds after which somebody does it once more, because nothing came
Message = dict[str, Any]
Done = Callable[["Hands"], bool]
Seen = TypeVar("Seen")


@dataclass
class Hands:
    """Both people's hands. `again` counts what had to be done once more."""

    program: Program
    again: int = 0
    client: httpx.Client = field(
        default_factory=lambda: httpx.Client(headers={"Sec-Fetch-Site": "same-origin"}, timeout=10)
    )

    def messages(self, phone: str) -> list[Message]:
        """What stands on somebody's phone."""
        state = self.client.get(f"{self.program.address}/api/state").json()
        return [message for message in state["messages"] if message["chat"] == phone]

    def said(self, phone: str, words: str = "") -> list[str]:
        """What the bot said on somebody's phone, as far as it holds these words."""
        return [m["text"] for m in self.messages(phone) if m["author"] == "bot" and words in m["text"]]

    def tokens(self, phone: str) -> list[str]:
        """What can be pressed on somebody's phone, the newest last."""
        rows = [row for m in self.messages(phone) for row in (*m["choices"], m["sides"])]
        return [choice["token"] for row in rows for choice in row]

    def token(self, phone: str, end: str) -> str | None:
        """The newest button whose token ends so, or None."""
        return next((token for token in reversed(self.tokens(phone)) if token.endswith(end)), None)

    def code(self) -> str | None:
        """The code of Ana's invitation."""
        return next((m["link"]["code"] for m in reversed(self.messages("ana")) if m["link"]), None)

    def clock(self) -> int:
        """What the playground's clock shows, in epoch seconds."""
        return int(self.client.get(f"{self.program.address}/api/state").json()["clock"]["now"])

    def __enter__(self) -> Hands:
        """Hands at work."""
        return self

    def __exit__(self, *raised: object) -> None:
        """They let go."""
        self.client.close()

    # ---- what they do

    def post(self, what: str, **body: object) -> None:
        """Posts something as the page does."""
        answer = self.client.post(f"{self.program.address}/api/{what}", json={**body, "zone": "Europe/Lisbon"})
        assert answer.status_code == httpx.codes.OK, answer.text

    def does(self, act: Callable[[], None], done: Done) -> None:
        """Does something until it shows: whoever sees nothing come does it once more."""
        for attempt in range(8):
            self.again += attempt > 0
            patience = PATIENCE
            try:
                act()
            except httpx.ConnectError:  # the page says so at once; of all else nobody knows what came of it
                patience = 2.0
            except httpx.TransportError:
                pass
            if self.sees(done, patience):
                return
        raise AssertionError(f"nothing came of it:\n{self._what_stands_there()}\n{self.program.log}")

    def _what_stands_there(self) -> str:
        """The end of both chats, for whoever looks for why nothing came."""
        ends = (self.messages(phone)[-12:] for phone in ("ana", "ben"))
        return "\n\n".join("\n".join(f"{m['author']}: {m['text']!r} {m['choices']}" for m in end) for end in ends)

    def sees(self, done: Done, patience: float = PATIENCE) -> bool:
        """Whether it shows within a while. That begins anew as long as the page is gone: on a busy machine a start
        takes longer than anybody's patience, and whoever does a thing twice brings about what nobody means."""
        until = time.monotonic() + patience
        while time.monotonic() < until:
            try:
                if done(self):
                    return True
            except httpx.TransportError:
                until = time.monotonic() + patience
            time.sleep(0.03)
        return False

    def looks(self, at: Callable[[Hands], Seen]) -> Seen:
        """What there is to be seen; while the program is gone, a moment later."""
        found = list[Seen]()

        def look(hands: Hands) -> bool:
            found.append(at(hands))
            return True

        assert self.sees(look, 2 * PATIENCE)
        return found[-1]

    def types(self, phone: str, text: str, done: Done) -> None:
        """Somebody writes something; when it stands in their chat already, they do not write it again."""

        def act() -> None:
            if not any(m["author"] == phone and m["text"] == text for m in self.messages(phone)):
                self.post("say", phone=phone, text=text)

        self.does(act, done)

    def taps(self, phone: str, end: str, done: Done) -> None:
        """Somebody presses a button, if it is there."""

        def act() -> None:
            if token := self.token(phone, end):
                self.post("press", phone=phone, token=token)

        self.does(act, done)

    def opens(self, done: Done) -> None:
        """Ben opens what Ana passed on."""
        self.does(lambda: self.post("open", phone="ben", code=self.code()), done)

    def moves_the_clock(self, done: Done) -> None:
        """To the next thing that comes."""
        self.does(lambda: self.post("clock", by="next"), done)


# ---- the way to the opened answers, step by step: what is done, and what then shows

Step = Callable[[Hands], None]
ANA1, BEN1 = "ANA-ONE: the harbour at six", "BEN-ONE: my grandmother's radio"


def there(phone: str, end: str) -> Done:
    """A button stands there."""
    return lambda hands: hands.token(phone, end) is not None


def gone(phone: str, end: str) -> Done:
    """That button is gone."""
    return lambda hands: hands.token(phone, end) is None


def opened(*words: str) -> Done:
    """Ana reads the first words, Ben the second."""
    return lambda hands: bool(hands.said("ana", words[0]) and hands.said("ben", words[1]))


def both(end: str) -> Done:
    """Both have that button."""
    return lambda hands: hands.token("ana", end) is not None and hands.token("ben", end) is not None


FIRST_ROUND: tuple[Step, ...] = (
    lambda hands: hands.types("ana", "/start", there("ana", ":yes")),
    lambda hands: hands.taps("ana", ":yes", there("ana", ":pass")),
    lambda hands: hands.types("ana", ANA1, there("ana", ":pair:")),
    lambda hands: hands.taps("ana", ":pair:", lambda hands: hands.code() is not None),
    lambda hands: hands.opens(there("ben", ":link")),
    lambda hands: hands.taps("ben", ":link", lambda h: there("ana", ":yes")(h) and there("ben", ":pass")(h)),
    lambda hands: hands.taps("ana", ":yes", gone("ana", ":yes")),
    lambda hands: hands.types("ben", BEN1, opened(BEN1, ANA1)),
)
SETTLED: tuple[Step, ...] = (
    lambda hands: hands.taps("ana", ":usual", there("ana", ":yes")),
    lambda hands: hands.taps("ana", ":yes", gone("ana", ":yes")),
    lambda hands: hands.taps("ben", ":yes", gone("ben", ":yes")),
)


def play(hands: Hands, *steps: Step) -> None:
    """One step after the other."""
    for step in steps:
        step(hands)
