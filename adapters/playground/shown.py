"""What the page is told, as JSON."""

from __future__ import annotations

from dataclasses import asdict

from adapters.playground.controls import Controls
from adapters.playground.messages import Change, ChatMessage, Draft, Owner, Room
from bot.ports import Attachment

Json = dict[str, object]


def shown(change: Change, room: Room, controls: Controls) -> Json:
    """What changed in the chats, who is in the group, and the clock."""
    return {
        "change": change.number,
        "anew": change.anew,
        "clock": {"now": controls.now()},
        "group": {"people": room.people, "leeway": room.leeway},
        "messages": [_message(message) for message in change.messages],
    }


def _message(message: ChatMessage) -> Json:
    draft = message.draft
    return {
        "id": message.id,
        "chat": draft.chat,
        "author": draft.author,
        "kind": draft.kind,
        "text": draft.text,
        "at": draft.at,
        "edited": message.edited,
        "choices": [[asdict(choice) for choice in row] for row in draft.choices],
        "sides": [asdict(choice) for choice in draft.sides],
        "many": draft.many,
        "file": draft.file and _file(message.id, draft.file),
        "link": _link(draft),
        "door": draft.door and asdict(draft.door),
        "reader": draft.reader,
    }


def _file(message: int, file: Attachment) -> Json:
    """A file to be saved; with `alt`, a picture to be seen, and how large it is (PNG, 11.2.2): its place is kept."""
    told: Json = {"name": file.name, "href": f"/api/file/{message}"}
    if file.kind != "photo":
        return told
    width, height = (int.from_bytes(file.content[at : at + 4]) for at in (16, 20))
    return told | {"alt": file.alt, "width": width, "height": height}


def _link(draft: Draft) -> Json | None:
    """An invitation, and the phone that it is opened on."""
    if draft.link is None or not isinstance(draft.chat, Owner):
        return None
    return {"code": draft.link, "phone": draft.chat.other}
