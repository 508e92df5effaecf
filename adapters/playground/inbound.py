"""What somebody did on their phone or in the group, as an event."""

from __future__ import annotations

import re
from typing import assert_never

from adapters.playground.messages import Deed, Guest, Happening, Owner, Person, Shared, Update
from bot.events import (
    Added,
    Command,
    Edited,
    Incoming,
    Joined,
    Muted,
    Place,
    Pressed,
    Profile,
    Removed,
    Sender,
    Typed,
    Unreadable,
)
from bot.events import Deed as BotDeed
from bot.people import AccountKey, GroupKey

PLATFORM = "playground"
NAMES: dict[Person, str] = {Owner.ANA: "Ana", Owner.BEN: "Ben", Guest.EVA: "Eva"}
IN_GROUP = Place(GroupKey(PLATFORM, Shared.GROUP.number))

# A command is named as on Telegram: https://core.telegram.org/bots/features#commands
_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:\s+(.*))?", re.DOTALL)


def event(update: Update) -> Incoming:
    """The event of an update; the same update makes the same event again."""
    deed = update.deed
    sender = Sender(
        account=account(deed.owner),
        chat=deed.owner.user,
        profile=Profile(NAMES[deed.owner], deed.browser.language, deed.browser.zone),
        place=IN_GROUP if deed.in_group else None,
    )
    return Incoming(f"{PLATFORM}:{update.id}", deed.at, deed.chance, sender, _deed(deed))


def account(person: Person) -> AccountKey:
    """Somebody's account."""
    return AccountKey(PLATFORM, person.user)


def is_command(text: str) -> bool:
    """Whether typed words are a command."""
    return _COMMAND.fullmatch(text.strip()) is not None


def _deed(deed: Deed) -> BotDeed:
    match deed.what:
        case Happening.TYPED:
            return _typed(deed.text, str(deed.message))
        case Happening.PRESSED:
            return Pressed(deed.text)
        case Happening.EDITED:
            return Edited(deed.text, str(deed.message))
        case Happening.UNREADABLE:
            return Unreadable(deed.text)
        case Happening.ADDED | Happening.ALLOWED:
            return Added()
        case Happening.REMOVED:
            return Removed()
        case Happening.MUTED:
            return Muted()
        case Happening.JOINED:
            return Joined((account(deed.owner),))
        case Happening.LEFT:
            return Joined(())  # nobody came in
        case _:
            assert_never(deed.what)


def _typed(text: str, message: str) -> Typed | Command:
    found = _COMMAND.fullmatch(text.strip())
    if not found:
        return Typed(text, message)
    return Command(found[1].lower(), found[2] or "")
