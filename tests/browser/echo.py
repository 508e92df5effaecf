"""The playground with a tiny echo in place of the bot: `python tests/browser/echo.py FOLDER PORT [seed]`."""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path

import uvicorn

from adapters.playground.adapter import Playground
from adapters.playground.messages import Draft, Owner
from adapters.playground.phones import Phones
from adapters.playground.server import page
from bot.events import Command, Edited, Incoming, Pressed, Typed, Unreadable
from bot.people import AccountKey
from bot.ports import Choice, Message

YES_NO = (Choice("yes", "Yes, I am 18 and I agree"), Choice("no", "Not now"))
NEEDS = ("Someone to vent to", "Belonging", "Play", "Being held", "Calm", "Adventure")
SIDES = (Choice("pass", "pass"), Choice("table", "at the table tonight"), Choice("more", "…"))


class Program:
    """The clock, the controls and the echo."""

    def __init__(self, phones: Phones) -> None:
        """Works on these phones."""
        self.phones = phones
        self.playground = Playground(phones, self)
        self.ticked: set[str] = set()
        self.asked: dict[int, str] = {}
        self.deliveries = max([m.draft.delivery or 0 for m in phones.since(0).messages], default=0)

    def now(self) -> int:
        """The moved time."""
        return int(time.time()) + self.phones.offset

    async def forward(self, seconds: int) -> None:
        """Moves the clock; something happens on both phones."""
        self.phones.offset += seconds
        for owner in Owner:
            await self.say(owner.user, f"{seconds // 3600} hours later.")

    async def to_next(self) -> None:
        """Nothing is ever due."""

    async def start_over(self) -> None:
        """Empties everything."""
        self.playground.forget()
        self.ticked.clear()

    async def say(self, user: int, text: str, **more: object) -> str:
        """Says something on a phone."""
        self.deliveries += 1
        account = AccountKey("playground", user)
        return (await self.playground.send(Message(account, user, self.deliveries, text, **more))).message  # type: ignore[arg-type]

    async def edit(self, user: int, message: str, **more: object) -> None:
        """Changes a message's buttons."""
        account = AccountKey("playground", user)
        await self.playground.send(Message(account, user, 0, None, edits=message, **more))  # type: ignore[arg-type]

    async def hear(self, event: Incoming) -> None:
        """Answers an event."""
        user = event.sender.account.user
        match event.deed:
            case Command("start", ""):
                self.asked[user] = await self.say(user, "Shall we begin?", choices=YES_NO, sides=SIDES)
            case Command("many"):
                self.asked[user] = await self.say(user, "Tick some.", choices=self.needs(), many=True, sides=SIDES)
            case Command("invite"):
                await self.say(user, "Invite the one it is for.", invite="K7QM-2RTX")
            case Command(name, argument):
                await self.say(user, f"Command {name} with {argument or 'nothing'}.")
            case Typed(text):
                await self.say(user, f"You wrote: {text}")
            case Edited(text):
                await self.say(user, f"You changed it to: {text}")
            case Unreadable(what):
                await self.say(user, f"Words are all that can be read here, not a {what}.")
            case Pressed(token):
                await self.pressed(user, token)

    async def pressed(self, user: int, token: str) -> None:
        """Ticks, or takes the answer and the buttons away."""
        if token in NEEDS:
            self.ticked ^= {token}
            await self.edit(user, self.asked[user], choices=self.needs(), many=True, sides=SIDES)
        else:
            await self.edit(user, self.asked[user])
            await self.say(user, f"You pressed {token}.")

    def needs(self) -> tuple[Choice, ...]:
        """The choices, ticked as they are now."""
        return tuple(Choice(need, need, need in self.ticked) for need in NEEDS)


def own(phones: Phones, owner: Owner, text: str, at: int) -> None:
    """An owner's words that the echo never hears."""
    phones.deliver([Draft(owner, owner, at, text)])


async def seed(program: Program) -> None:
    """A conversation as it might be, for looking at the page."""
    phones, say, now = program.phones, program.say, program.now()
    ana, ben = Owner.ANA, Owner.BEN
    question = "What did you want to be at ten, and what is left of it?"
    own(phones, ana, "/start", now)
    await say(
        1,
        "Wanting to be close and wanting room of your own is not a fault to mend; it is a balance to keep.\n\n"
        "Leeway asks you both a question a week. It is not therapy and not for a crisis; "
        "if doing this could be held against you: /safety",
    )
    own(phones, ana, "I agree", now)
    await say(1, question)
    own(phones, ana, "A lighthouse keeper. What is left: I still like being the one who stays awake.", now)
    await say(1, "Kept. It opens for both of you when both are in. Invite the one it is for:", invite="K7QM-2RTX")
    own(phones, ben, "/start", now)
    await say(2, "Ana has a question for you, and an answer that opens when yours is in.")
    await say(2, question)
    own(phones, ben, "Zirkusdirektor. I still count the chairs when I enter a room.", now)
    for reader in (1, 2):
        await say(
            reader,
            "Both are in.\n\nAna: A lighthouse keeper. What is left: I still like being the one who stays awake.\n\n"
            "Ben: Zirkusdirektor. I still count the chairs when I enter a room.",
        )
    await say(1, "When should the next one come?", choices=(Choice("s", "Sunday 19:00"), Choice("t", "Another time")))
    program.asked[2] = await say(
        2, "Which of these do you miss? Tick what fits.", choices=program.needs(), many=True, sides=SIDES
    )
    await program.pressed(2, "Play")


async def main(folder: Path, port: int, seeded: bool) -> None:
    """Serves until stopped."""
    program = Program(Phones(folder / "phones.db"))
    if seeded:
        await seed(program)
    app = page(program.playground, program, lambda: True)
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning"))
    async with asyncio.TaskGroup() as group:
        running = group.create_task(program.playground.run(program.hear))
        await server.serve()
        running.cancel()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2]), "seed" in sys.argv[3:]))
