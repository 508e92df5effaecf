"""What happens in a group on Telegram, as an event. Of what people write there, commands and replies to the bot are
heard alone, also where the server would tell of more: what the two say to each other is theirs."""

from __future__ import annotations

from telegram import CallbackQuery, Chat, ChatMember, ChatMemberRestricted, ChatMemberUpdated, Message, User

from bot.events import (
    Added,
    Deed,
    Joined,
    MovedTo,
    Muted,
    Nameless,
    OfGroup,
    Place,
    Pressed,
    Profile,
    Removed,
    Sender,
    Typed,
    nobody,
)
from bot.people import AccountKey, GroupKey

PLATFORM = "telegram"

Heard = tuple[Sender, Deed]


def is_group(chat: Chat) -> bool:
    """Whether several people share that chat, and write in it as themselves."""
    return chat.type in {Chat.GROUP, Chat.SUPERGROUP}


def message(told: Message, command: Deed | None, reply: Typed | None) -> Heard | None:
    """What a message in a group was, if it is for us: `command` or `reply`, as they would be read in private; or what
    became of the group."""
    place = _place(told.chat, told)
    if told.migrate_to_chat_id is not None:
        return nobody(place), MovedTo(told.migrate_to_chat_id)
    if told.migrate_from_chat_id is not None:
        return nobody(Place(_key(told.migrate_from_chat_id))), MovedTo(told.chat.id)
    if told.new_chat_members:
        return nobody(place), Joined(tuple(AccountKey(PLATFORM, user.id) for user in told.new_chat_members))
    if told.sender_chat is not None:  # an administrator who stays anonymous, or a channel
        return (nobody(place), Nameless()) if command is not None and told.sender_chat.id == told.chat.id else None
    deed = command or (reply if _replies_to_a_bot(told) else None)
    sender = _sender(told.from_user, place)
    return None if sender is None or deed is None else (sender, deed)


def pressed(query: CallbackQuery) -> Heard | None:
    """A press in a group; also of somebody who stays anonymous otherwise, the server tells who it was."""
    if query.message is None or query.data is None:
        return None
    told = query.message if isinstance(query.message, Message) else None
    sender = _sender(query.from_user, _place(query.message.chat, told))
    return None if sender is None else (sender, Pressed(query.data))


def member(change: ChatMemberUpdated) -> Heard:
    """The bot was brought to a group, or taken out; its rights there were taken, or given back."""
    place = _place(change.chat)
    deed = _membership(change.new_chat_member)
    return _sender(change.from_user, place) or nobody(place), deed


def _membership(now: ChatMember) -> OfGroup:
    has_left = isinstance(now, ChatMemberRestricted) and not now.is_member
    if has_left or now.status in {ChatMember.LEFT, ChatMember.BANNED}:
        return Removed()
    return Added() if not isinstance(now, ChatMemberRestricted) or now.can_send_messages else Muted()


def _replies_to_a_bot(told: Message) -> bool:
    replied = told.reply_to_message
    return replied is not None and replied.from_user is not None and replied.from_user.is_bot


def _key(chat: int) -> GroupKey:
    return GroupKey(PLATFORM, chat)


def _place(chat: Chat, told: Message | None = None) -> Place:
    """The thread of a reply is none where there are no topics."""
    topic = told.message_thread_id if told is not None and told.is_topic_message else None
    return Place(_key(chat.id), topic)


def _sender(user: User | None, place: Place) -> Sender | None:
    """Who did it; None for a bot. Their private chat has their own number."""
    if user is None or user.is_bot:
        return None
    profile = Profile(user.first_name, language=user.language_code)
    return Sender(AccountKey(PLATFORM, user.id), user.id, profile, place)
