"""Groups as the server keeps them: who is in them, what the bot may do there, and how they are told of."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.doubles.telegram.methods import RefusedError, bad
from tests.doubles.telegram.objects import Json, Person, Robot

ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
_MAY_SEND = (
    "can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos",
    "can_send_video_notes", "can_send_voice_notes", "can_send_polls", "can_send_other_messages",
    "can_add_web_page_previews", "can_change_info", "can_invite_users", "can_pin_messages", "can_manage_topics",
    "can_edit_tag", "can_react_to_messages",
)  # fmt: skip

_MAY_MANAGE = (
    "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats",
    "can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories",
    "can_edit_stories", "can_delete_stories",
)  # fmt: skip


@dataclass
class Group:
    """A group. `bot`: its standing there; `topics`: of a forum; `hides`: it does not tell bots who is in it."""

    id: int
    title: str = "Ours"
    members: dict[int, Person] = field(default_factory=dict)
    bot: str = "left"
    topics: set[int] = field(default_factory=set)
    hides: bool = False
    username: str | None = None
    gone: set[int] = field(default_factory=set)  # restricted, and left

    def chat(self) -> Json:
        """As a Chat."""
        told: Json = {"id": self.id, "title": self.title, "type": "supergroup" if self.id < -(10**12) else "group"}
        return told | ({"is_forum": True} if self.topics else {})

    def whole(self) -> Json:
        """As a ChatFullInfo."""
        gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
        told = self.chat() | {
            "accent_color_id": 0,
            "max_reaction_count": 11,
            "accepted_gift_types": dict.fromkeys(gifts, False),
        }
        return told | ({"username": self.username, "active_usernames": [self.username]} if self.username else {})

    def standing(self, robot: Robot) -> Json:
        """The bot's, as a ChatMember."""
        told: Json = {"status": self.bot, "user": robot.user()}
        if self.bot == "kicked":
            return told | {"until_date": 0}
        if self.bot == "restricted":
            return told | {"is_member": True, "until_date": 0} | dict.fromkeys(_MAY_SEND, False)
        if self.bot == "administrator":
            return told | dict.fromkeys(_MAY_MANAGE, False)
        return told

    def member(self, user: int) -> Json:
        """Somebody's standing, as a ChatMember; of somebody who was never there, nothing."""
        if self.hides:
            raise bad("member list is inaccessible")
        if user in self.gone:
            told = {"status": "restricted", "user": Person(user, "Somebody", None).user(), "is_member": False}
            return told | {"until_date": 0} | dict.fromkeys(_MAY_SEND, False)
        who = self.members.get(user)
        if who is None:
            return {"status": "left", "user": Person(user, "Somebody", None).user()}
        return {"status": "member", "user": who.user()}

    def count(self) -> int:
        """How many there are, with the bot."""
        return len(self.members) + (self.bot in {"member", "restricted", "administrator"})

    def check(self, *, sends: bool) -> None:
        """Whether the bot may do something there. Raises `RefusedError`."""
        if self.bot in {"left", "kicked"}:
            words = "bot was kicked from the group chat" if self.bot == "kicked" else "bot is not a member of the group"
            raise RefusedError(403, f"Forbidden: {words} chat")
        if sends and self.bot == "restricted":
            raise bad("not enough rights to send text messages to the chat")
