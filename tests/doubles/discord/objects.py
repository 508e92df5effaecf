"""Objects of Discord's API as the server makes them: all that it always tells, nothing that it never does."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

Json = dict[str, Any]
File = tuple[str, bytes]

EPOCH = 1_420_070_400  # the first second of 2015, from which ids count
EPHEMERAL, SILENT, VOICE = 1 << 6, 1 << 12, 1 << 13  # flags of a message
TEXT_CHANNEL, DM = 0, 1  # kinds of channels
REPLY = 19  # the kind of a message that answers another
PERMISSIONS = "2248473465835073"
_DMS = 900_000_000_000_000_000
_SAMPLES = {"photo": "photo.png", "voice": "voice-message.ogg", "file": "letter.pdf"}


@dataclass(frozen=True)
class Person:
    """Somebody with a client. `language`: the locale of that client."""

    id: int
    name: str
    language: str = "en-US"

    @property
    def dm(self) -> int:
        """The id of the channel that this person and the bot have to themselves."""
        return _DMS + self.id

    def user(self) -> Json:
        """As a user."""
        return _user(self.id, self.name.lower()) | {"global_name": self.name}

    def channel(self) -> Json:
        """Their channel with the bot."""
        return {"id": str(self.dm), "type": DM, "last_message_id": None, "flags": 0, "recipients": [self.user()]}

    def member(self) -> Json:
        """As a member of a guild."""
        told: Json = {"user": self.user(), "nick": None, "avatar": None, "roles": [], "joined_at": stamp(EPOCH)}
        return told | {"deaf": False, "mute": False, "flags": 0, "pending": False, "permissions": PERMISSIONS}


@dataclass(frozen=True)
class Robot:
    """The bot, and the application of the same number."""

    id: int = 700_700_700_700_700_700
    name: str = "Leeway"

    def user(self) -> Json:
        """As a user, in a message."""
        return _user(self.id, self.name) | {"bot": True}

    def myself(self) -> Json:
        """What the bot is told about itself."""
        return self.user() | {"verified": True, "mfa_enabled": False, "email": None, "flags": 0, "locale": "en-US"}

    def application(self) -> Json:
        """Its application."""
        told: Json = {"id": str(self.id), "name": self.name, "description": "", "icon": None, "bot": self.user()}
        told |= {"bot_public": True, "bot_require_code_grant": False, "verify_key": "0" * 64, "flags": 0}
        return told | {"owner": _user(1, "owner"), "team": None, "integration_types_config": {"0": {}, "1": {}}}


@dataclass
class Posted:
    """A message in a channel, as the server keeps it. What is deleted stays, and is gone."""

    id: int
    channel: int
    author: int
    content: str = ""
    components: list[Json] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    nonce: str | None = None
    reference: int | None = None
    edited: int | None = None
    gone: bool = False
    flags: int = 0
    sticker: bool = False
    edits: int = 0
    reader: int | None = None  # who alone sees it

    def edit(self, content: str, at: int) -> None:
        """Other words. Two edits in one second are told apart by the milliseconds."""
        self.content, self.edited = content, at
        self.edits += 1

    @property
    def is_ephemeral(self) -> bool:
        """Only one person sees it, and only until they look away."""
        return bool(self.flags & EPHEMERAL)

    def told(self, author: Json) -> Json:
        """As a message, without the one that it answers."""
        told: Json = {"id": str(self.id), "channel_id": str(self.channel), "author": author, "content": self.content}
        told |= {"type": 0 if self.reference is None else REPLY, "flags": self.flags, "components": self.components}
        edited = None if self.edited is None else stamp(self.edited + self.edits / 1000)
        told |= {"timestamp": stamp(born(self.id)), "edited_timestamp": edited}
        told |= {"attachments": [self._attachment(number) for number in range(len(self.files))], "embeds": []}
        told |= {"mentions": [], "mention_roles": [], "mention_everyone": False, "pinned": False, "tts": False}
        if self.nonce is not None:
            told["nonce"] = self.nonce
        if self.sticker:
            told["sticker_items"] = [{"id": "749054660769218631", "name": "Wave", "format_type": 3}]
        return told

    def _attachment(self, number: int) -> Json:
        name, content = self.files[number]
        url = f"https://cdn.discordapp.test/attachments/{self.channel}/{self.id}/{name}"
        told: Json = {"id": str(self.id + number), "filename": name, "size": len(content), "url": url, "proxy_url": url}
        if kind := mimetypes.guess_type(name)[0]:
            told["content_type"] = kind
        return told | ({"duration_secs": 3.0, "waveform": "AAAA"} if self.flags & VOICE else {})


@dataclass
class Interaction:
    """A command, a press or a form sent in; and how the bot has answered."""

    id: int
    token: str
    who: Person
    kind: int
    callback: Json | None = None  # the first response
    original: str | None = None  # what that says after an edit
    deleted: bool = False
    at: int = 0  # epoch seconds
    started: float = 0.0  # seconds that run evenly
    guild: int | None = None
    channel: int = 0
    message: Posted | None = None  # under which the press was
    answer: Posted | None = None  # what the first response posted
    more: list[Posted] = field(default_factory=list)  # what followed it
    is_users: bool = False  # the bot is not there: somebody has brought its application along

    @property
    def is_private(self) -> bool:
        """The first response is for the person's eyes alone."""
        return bool((((self.callback or {}).get("data") or {}).get("flags") or 0) & EPHEMERAL)


@dataclass(frozen=True)
class Request:
    """A REST request as it came, its JSON read. `route`: its path with names in place of ids."""

    method: str
    path: str
    body: Any = None
    route: str = ""
    ids: dict[str, str] = field(default_factory=dict)
    query: dict[str, str] = field(default_factory=dict)
    files: list[File] = field(default_factory=list)


def sample(kind: str) -> Posted:
    """What somebody can send that is no text, not yet sent."""
    if kind == "sticker":
        return Posted(0, 0, 0, sticker=True)
    return Posted(0, 0, 0, files=[(_SAMPLES[kind], b"sample")], flags=VOICE if kind == "voice" else 0)


def snowflake(at: int) -> int:
    """The first id of a second."""
    return max(0, at - EPOCH) * 1000 << 22


def born(number: int) -> float:
    """When an id was given; epoch seconds."""
    return EPOCH + (number >> 22) / 1000


def _user(number: int, name: str) -> Json:
    told: Json = {"id": str(number), "username": name, "global_name": None, "discriminator": "0", "avatar": None}
    return told | {"public_flags": 0, "avatar_decoration_data": None}


def stamp(at: float) -> str:
    """A moment, given in epoch seconds, as Discord writes it."""
    return datetime.fromtimestamp(at, UTC).isoformat()
