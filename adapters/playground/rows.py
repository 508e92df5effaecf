"""Messages and updates as rows of the playground's file, and back."""

from __future__ import annotations

import json
import sqlite3
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import asdict

from adapters.playground.messages import (
    Browser,
    Chat,
    ChatMessage,
    Deed,
    Draft,
    Guest,
    Happening,
    Kind,
    Owner,
    Person,
    Rows,
    Shared,
    Update,
)
from bot.ports import Attachment, Choice, Doorway

MESSAGE = (
    "id, change, edited, chat, author, at, text, kind, choices, sides, many, link, file, door, reader, delivery, part"
)
Value = str | int | None


def person(name: str) -> Person:
    """Somebody by their name."""
    return Guest(name) if name in tuple(Guest) else Owner(name)


def dumped(rows: Sequence[Sequence[Choice]]) -> str:
    """Buttons, as JSON."""
    return json.dumps([[asdict(choice) for choice in row] for row in rows if row])


def dumped_door(door: Doorway | None) -> str | None:
    """A button out of the group, as JSON."""
    return None if door is None else json.dumps([door.label, door.start])


def columns(draft: Draft) -> dict[str, Value]:
    """What a message is, by column."""
    return {
        "chat": draft.chat,
        "author": draft.author,
        "at": draft.at,
        "text": draft.text,
        "kind": draft.kind,
        "choices": dumped(draft.choices),
        "sides": dumped([draft.sides]),
        "many": draft.many,
        "link": draft.link,
        "file": _dumped_file(draft.file),
        "door": dumped_door(draft.door),
        "reader": draft.reader,
        "delivery": draft.delivery,
        "part": draft.part,
    }


def message(row: sqlite3.Row) -> ChatMessage:
    """A message from its row."""
    sides = _choices(row["sides"])
    draft = Draft(
        chat=_chat(row["chat"]),
        author=row["author"],
        at=row["at"],
        text=row["text"],
        kind=Kind(row["kind"]),
        choices=_choices(row["choices"]),
        sides=sides[0] if sides else (),
        many=bool(row["many"]),
        link=row["link"],
        file=file(row["file"]),
        door=None if row["door"] is None else Doorway(*json.loads(row["door"])),
        reader=None if row["reader"] is None else person(row["reader"]),
        delivery=row["delivery"],
        part=row["part"],
    )
    return ChatMessage(row["id"], row["change"], draft, bool(row["edited"]))


def update(row: sqlite3.Row) -> Update:
    """What the bot has yet to hear, from its row."""
    deed = Deed(
        owner=person(row["owner"]),
        what=Happening(row["what"]),
        text=row["text"],
        at=row["at"],
        chance=row["chance"],
        browser=Browser(row["zone"], row["language"]),
        message=row["message"],
        in_group=bool(row["in_group"]),
    )
    return Update(row["id"], deed)


def file(dumped: str | None) -> Attachment | None:
    """The file that came with a message, from JSON."""
    if dumped is None:
        return None
    name, content, kind, *alt = json.loads(dumped)  # from before there were pictures: without
    return Attachment(name, b64decode(content), kind, *alt)


def _dumped_file(file: Attachment | None) -> str | None:
    if file is None:
        return None
    return json.dumps([file.name, b64encode(file.content).decode("ascii"), file.kind, file.alt])


def _choices(dumped: str) -> Rows:
    return tuple(tuple(Choice(**choice) for choice in row) for row in json.loads(dumped))


def _chat(name: str) -> Chat:
    return Shared(name) if name in tuple(Shared) else Owner(name)
