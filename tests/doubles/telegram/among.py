"""What people do in groups, and how the server tells bots of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.doubles.telegram.groups import ANONYMOUS, Group
from tests.doubles.telegram.objects import Json, Person, Posted

if TYPE_CHECKING:
    from tests.doubles.telegram.double import Double


class Among:
    """The groups of a server."""

    def __init__(self, double: Double) -> None:
        """Of that server."""
        self._double = double

    def says_in(self, group: Group, who: Person, text: str, reply_to: int | None = None, **more: Any) -> Posted | None:
        """Somebody writes in a group. A bot hears there of commands and of replies to it alone: privacy mode is on."""
        posted = Posted(0, {}, {}, 0, text, media=more, topic=more.pop("topic", None))
        self._put(group, posted, ANONYMOUS if "sender_chat" in more else who.user())
        if reply_to is not None:
            posted.reply_to = self._double.posted[group.id, reply_to]
        is_reply = posted.reply_to is not None and posted.reply_to.author["id"] == self._double.robot.id
        if not (text.startswith("/") or is_reply) or not self._is_in(group):
            return None
        self._double.push("message", posted.told())
        return posted

    def founds(self, group: Group, *members: Person) -> Group:
        """People make a group."""
        self._double.groups[group.id] = group
        group.members |= {who.id: who for who in members}
        return group

    def stands(self, group: Group, by: Person | None, bot: str) -> None:
        """Somebody brings the bot to a group, takes it out, or takes its rights; None stays anonymous."""
        old, group.bot = group.standing(self._double.robot), bot
        told = {"chat": group.chat(), "from": ANONYMOUS if by is None else by.user(), "date": self._double.now()}
        self._double.push(
            "my_chat_member", told | {"old_chat_member": old, "new_chat_member": group.standing(self._double.robot)}
        )

    def joins(self, group: Group, who: Person) -> None:
        """Somebody comes into a group."""
        group.members[who.id] = who
        self._happens(group, who, new_chat_members=[who.user()])

    def leaves(self, group: Group, who: Person) -> None:
        """Somebody leaves it."""
        del group.members[who.id]
        self._happens(group, who, left_chat_member=who.user())

    def upgrades(self, group: Group, who: Person, to: int) -> None:
        """A group becomes a supergroup, under another number. Both ends are told of, in this order."""
        before = group.id
        self._happens(group, who, migrate_to_chat_id=to)
        self._double.migrated[before] = to
        del self._double.groups[before]
        group.id = to
        self._double.groups[to] = group
        self._happens(group, who, migrate_from_chat_id=before)

    def _happens(self, group: Group, who: Person, **told: Any) -> None:
        """A word of the server's own in the group."""
        posted = Posted(0, {}, {}, 0, media=told)
        self._put(group, posted, who.user())
        if self._is_in(group):
            self._double.push("message", posted.told())

    def _put(self, group: Group, posted: Posted, author: Json) -> None:
        posted.id, posted.chat, posted.author, posted.date = (
            self._double.next_message(),
            group.chat(),
            author,
            self._double.now(),
        )
        self._double.posted[group.id, posted.id] = posted

    def _is_in(self, group: Group) -> bool:
        return group.bot not in {"left", "kicked"}
