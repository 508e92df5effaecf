"""What the bot says, as messages of a chat."""

from __future__ import annotations

from adapters.playground.messages import Chat, Draft, Kind, Owner, Person, Rows, Shared
from adapters.rendering import rows, split
from bot.ports import Capabilities, Choice, Message

# Telegram's limits, so that what is seen here is what will be seen there.
CAN = Capabilities(
    text_limit=4096, label_limit=64, options_limit=100, edits=True, units="utf16", deletes_for=48 * 3600, links=True
)


def owner(chat: int) -> Owner | None:
    """The owner of a chat, None where there is none."""
    return next((owner for owner in Owner if owner.user == chat), None)


def aside(text: str, reader: Person, at: int) -> Draft:
    """What is said in the group to one alone."""
    return Draft(Shared.GROUP, "bot", at, text, Kind.ASIDE, reader=reader)


def drafts(message: Message, chat: Chat, at: int) -> list[Draft]:
    """The messages that one delivery becomes, several for a long text; the last has the buttons."""
    *before, last = split(message.text or "", CAN.text_limit, CAN.units)
    parts = [Draft(chat, "bot", at, text, delivery=message.delivery, part=part) for part, text in enumerate(before)]
    return [*parts, buttons(message, chat, at, last, len(before))]


def buttons(message: Message, chat: Chat, at: int, text: str = "", part: int = 0) -> Draft:
    """A message with its buttons, its link, its file and its way out of the group."""
    return Draft(
        chat,
        "bot",
        at,
        text,
        choices=_rows(message.choices),
        sides=message.sides,
        many=message.many,
        link=message.invite,
        file=message.attachment,
        door=None if message.among is None else message.among.door,
        delivery=message.delivery,
        part=part,
    )


def _rows(choices: tuple[Choice, ...]) -> Rows:
    return tuple(tuple(row) for row in rows(choices, [choice.label for choice in choices]))
