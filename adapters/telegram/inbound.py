"""What somebody did on Telegram, as an event: in their private chat; what happens in groups is in `groups`."""

from __future__ import annotations

from datetime import datetime

from telegram import CallbackQuery, Chat, ChatMember, ChatMemberUpdated, Message, MessageEntity, Update, User

from adapters.telegram import groups
from adapters.when import done_at
from bot.events import Blocked, Command, Deed, Edited, Incoming, Pressed, Profile, Returned, Sender, Typed, Unreadable
from bot.people import AccountKey

PLATFORM = groups.PLATFORM

# What the server is asked for, at every start: it remembers what it was told last.
ALLOWED = ("message", "edited_message", "callback_query", "my_chat_member")

Heard = tuple[Sender, Deed, datetime | None]


def event(update: Update, now: int, chance: int, bot: str = "") -> Incoming | None:
    """The event of an update; None for what is not for us. `now` in epoch seconds; `bot`: its user name."""
    heard = _heard(update, bot)
    if heard is None:
        return None
    sender, deed, date = heard
    return Incoming(_id(update, deed), _at(date, now), chance, sender, deed)


def chat(update: Update) -> int:
    """The chat in which it was done: what is done in one is handed in in its order."""
    return update.effective_chat.id if update.effective_chat else 0


def is_in_group(query: CallbackQuery) -> bool:
    """Whether a button was pressed in a group."""
    return query.message is not None and groups.is_group(query.message.chat)


def _heard(update: Update, bot: str) -> Heard | None:
    if update.message is not None:
        return _message(update.message, bot)
    if update.edited_message is not None:
        return _edited(update.edited_message)
    if update.callback_query is not None:
        return _pressed(update.callback_query)
    if update.my_chat_member is not None:
        return _member(update.my_chat_member)
    return None


def _id(update: Update, deed: Deed) -> str:
    """The pictures of an album are one event: ten of them are answered once."""
    album = update.message.media_group_id if update.message and isinstance(deed, Unreadable) else None
    return f"{PLATFORM}:album:{album}" if album else f"{PLATFORM}:{update.update_id}"


def _at(date: datetime | None, now: int) -> int:
    return now if date is None else done_at(int(date.timestamp()), now)


# ---- each kind of update


def _message(message: Message, bot: str) -> Heard | None:
    if groups.is_group(message.chat):
        heard = groups.message(message, _command(message, bot), _typed(message))
        return None if heard is None else (*heard, message.date)
    sender = _sender(message.from_user, message.chat)
    if sender is None or message.sender_chat is not None:
        return None
    deed = _command(message, "") or _typed(message) or _unreadable(message)
    return (sender, deed, message.date) if deed else None


def _edited(message: Message) -> Heard | None:
    sender = _sender(message.from_user, message.chat)
    if sender is None or not message.text:
        return None
    return sender, Edited(message.text, str(message.message_id)), message.edit_date


def _pressed(query: CallbackQuery) -> Heard | None:
    """The message may be too old for the server to show it; its chat is there all the same."""
    if is_in_group(query):
        heard = groups.pressed(query)
        return None if heard is None else (*heard, None)
    sender = _sender(query.from_user, query.message.chat) if query.message else None
    if sender is None or query.data is None:
        return None
    return sender, Pressed(query.data), None


def _member(change: ChatMemberUpdated) -> Heard | None:
    """In a private chat this is told only when the bot was blocked, or is so no longer."""
    if groups.is_group(change.chat):
        return (*groups.member(change), change.date)
    sender = _sender(change.from_user, change.chat)
    if sender is None:
        return None
    is_back = change.new_chat_member.status == ChatMember.MEMBER
    return sender, Returned() if is_back else Blocked(), change.date


def _sender(user: User | None, place: Chat) -> Sender | None:
    """Who did it; None for a bot, and for whatever is no private chat."""
    if user is None or user.is_bot or place.type != Chat.PRIVATE:
        return None
    profile = Profile(user.first_name, language=user.language_code)
    return Sender(AccountKey(PLATFORM, user.id), place.id, profile)


# ---- each kind of message


def _command(message: Message, bot: str) -> Command | None:
    """A command; with `bot`, none that is for another bot by name."""
    entity = next((e for e in message.entities if e.offset == 0 and e.type == MessageEntity.BOT_COMMAND), None)
    if entity is None or message.text is None:
        return None
    name, _, to = message.text[1 : entity.length].partition("@")  # "/help@leeway_bot", as it is written in groups
    if bot and to and to.casefold() != bot.casefold():
        return None
    return Command(name.lower(), message.text[entity.length :].strip())


def _typed(message: Message) -> Typed | None:
    if not message.text:
        return None
    replied = message.reply_to_message
    return Typed(message.text, str(message.message_id), str(replied.message_id) if replied else None)


def _unreadable(message: Message) -> Unreadable | None:
    """What is no text, as far as it holds something: a pinned message or another word of the platform's does not."""
    if message.effective_attachment is None and not (message.checklist or message.live_photo):
        return None
    if message.photo or message.live_photo:
        return Unreadable("photo")
    if message.voice or message.audio or message.video_note:
        return Unreadable("voice")
    return Unreadable("sticker" if message.sticker else "file")
