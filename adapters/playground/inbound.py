"""What an owner of a phone did, as an event."""

from __future__ import annotations

import re
from typing import assert_never

from adapters.playground.messages import Happening, Owner, Update
from bot.events import Command, Edited, Incoming, Pressed, Profile, Sender, Typed, Unreadable
from bot.events import Deed as BotDeed
from bot.people import AccountKey

PLATFORM = "playground"
NAMES = {Owner.ANA: "Ana", Owner.BEN: "Ben"}

# A command is named as on Telegram: https://core.telegram.org/bots/features#commands
_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:\s+(.*))?", re.DOTALL)


def event(update: Update) -> Incoming:
    """The event of an update; the same update makes the same event again."""
    deed = update.deed
    sender = Sender(
        account=AccountKey(PLATFORM, deed.owner.user),
        chat=deed.owner.user,
        profile=Profile(NAMES[deed.owner], language="en", zone=deed.zone),
    )
    return Incoming(f"{PLATFORM}:{update.id}", deed.at, deed.chance, sender, _deed(update))


def _deed(update: Update) -> BotDeed:
    deed = update.deed
    match deed.what:
        case Happening.TYPED:
            return _typed(deed.text, str(deed.message))
        case Happening.PRESSED:
            return Pressed(deed.text)
        case Happening.EDITED:
            return Edited(deed.text, str(deed.message))
        case Happening.UNREADABLE:
            return Unreadable(deed.text)
        case _:
            assert_never(deed.what)


def _typed(text: str, message: str) -> Typed | Command:
    found = _COMMAND.fullmatch(text.strip())
    if not found:
        return Typed(text, message)
    return Command(found[1].lower(), found[2] or "")
