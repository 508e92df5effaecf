"""Objects of the Bot API as the server makes them: all that it always tells, nothing that it never does."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

_COMMAND = re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,32}(?:@\w{5,32})?")
_ADDRESS = re.compile(r"https?://[^\s]+")


@dataclass(frozen=True)
class Person:
    """Somebody with a phone."""

    id: int
    name: str
    language: str | None = "en"

    def user(self) -> Json:
        """As a User."""
        told: Json = {"id": self.id, "is_bot": False, "first_name": self.name}
        return told | ({"language_code": self.language} if self.language else {})

    def chat(self) -> Json:
        """Their private chat with the bot."""
        return {"id": self.id, "first_name": self.name, "type": "private"}


@dataclass(frozen=True)
class Robot:
    """The bot."""

    id: int = 700700700
    name: str = "Leeway"
    username: str = "leeway_double_bot"

    def user(self) -> Json:
        """As a User, in a message."""
        return {"id": self.id, "is_bot": True, "first_name": self.name, "username": self.username}

    def myself(self) -> Json:
        """What `getMe` tells."""
        abilities = ("can_join_groups", "can_read_all_group_messages", "supports_inline_queries")
        more = ("can_connect_to_business", "has_main_web_app", "has_topics_enabled", "allows_users_to_create_topics")
        return self.user() | dict.fromkeys(abilities + more, False) | {"can_join_groups": True}


@dataclass
class Posted:
    """A message in a chat, as the server keeps it."""

    id: int
    chat: Json
    author: Json
    date: int
    text: str | None = None
    caption: str | None = None
    media: Json = field(default_factory=dict)
    keyboard: Json | None = None
    reply_to: Posted | None = None
    edited: int | None = None
    topic: int | None = None

    def told(self) -> Json:
        """As a Message."""
        told: Json = {"message_id": self.id, "from": self.author, "chat": self.chat, "date": self.date, **self.media}
        if self.text is not None:
            told |= {"text": self.text} | _entities("entities", self.text)
        if self.caption is not None:
            told |= {"caption": self.caption} | _entities("caption_entities", self.caption)
        if self.keyboard is not None:
            told["reply_markup"] = self.keyboard
        if self.reply_to is not None:
            told["reply_to_message"] = {k: v for k, v in self.reply_to.told().items() if k != "reply_to_message"}
        if self.topic is not None:
            told |= {"message_thread_id": self.topic, "is_topic_message": True}
        if self.edited is not None:
            told["edit_date"] = self.edited
        return told


def utf16(text: str) -> int:
    """How long a text is for Telegram."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _entities(name: str, text: str) -> Json:
    """What the server finds in a text by itself."""
    kinds = ((_COMMAND, "bot_command"), (_ADDRESS, "url"))
    found = [
        {"type": kind, "offset": utf16(text[: match.start()]), "length": utf16(match[0])}
        for form, kind in kinds
        for match in form.finditer(text)
    ]
    return {name: sorted(found, key=lambda entity: (entity["offset"], entity["type"]))} if found else {}


def photo(number: int) -> Json:
    """A picture, in its one size."""
    return {"photo": [_file(number) | {"width": 90, "height": 60, "file_size": 100}]}


def document(number: int, name: str) -> Json:
    """A file."""
    return {"document": _file(number) | {"file_name": name, "mime_type": "application/octet-stream", "file_size": 100}}


def media(kind: str, number: int) -> Json:
    """What somebody can send that is no text."""
    known: dict[str, Json] = {
        "photo": photo(number),
        "file": document(number, "letter.pdf"),
        "voice": {"voice": _file(number) | {"duration": 3}},
        "audio": {"audio": _file(number) | {"duration": 3}},
        "round": {"video_note": _file(number) | {"length": 240, "duration": 3}},
        "video": {"video": _file(number) | {"width": 90, "height": 60, "duration": 3}},
        "sticker": {
            "sticker": _file(number)
            | {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
        },
        "location": {"location": {"latitude": 38.7, "longitude": -9.1}},
        "contact": {"contact": {"phone_number": "1", "first_name": "Cleo"}},
        "dice": {"dice": {"emoji": "🎲", "value": 3}},
        "story": {"story": {"chat": {"id": 5, "type": "private", "first_name": "Cleo"}, "id": 1}},
    }
    return known[kind]


def _file(number: int) -> Json:
    return {"file_id": f"file-{number}", "file_unique_id": f"unique-{number}"}
