"""What the bot says, as calls of the Bot API. Plain text: no parse mode, so that no word of anybody's is markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import quote

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import FileSizeLimit, MessageLimit
from telegram.helpers import create_deep_linked_url

from adapters.rendering import length, rows, shortened, split
from bot.errors import Refused
from bot.ports import Attachment, Capabilities, Choice, Doorway, Message
from bot.tokens import LIMIT

UTF16 = "utf16"
TWO_DAYS = 48 * 3_600  # seconds: https://core.telegram.org/bots/api#deletemessage
CAN = Capabilities(
    text_limit=int(MessageLimit.MAX_TEXT_LENGTH),
    label_limit=64,
    options_limit=100,
    edits=True,
    units=UTF16,
    deletes_for=TWO_DAYS - 60,  # so that none is too old by the time it is asked for
    links=True,
)
REMOVED_AT_ONCE = 100  # messages in one call
CAPTION = int(MessageLimit.CAPTION_LENGTH)
LARGEST_PHOTO = int(FileSizeLimit.PHOTOSIZE_UPLOAD)
TICK = "✓ "
SHARE = "https://t.me/share/url"  # opens Telegram's own list of chats: https://core.telegram.org/widgets/share
LONGEST_ADDRESS = 2000

Keyboard = InlineKeyboardMarkup | None


@dataclass(frozen=True, slots=True)
class SendText:
    """A message of words. `quiet`: no phone rings; `topic`: where in a chat that has topics."""

    chat: int
    text: str = field(repr=False)
    keyboard: Keyboard = field(default=None, repr=False)
    quiet: bool = False
    topic: int | None = None


@dataclass(frozen=True, slots=True)
class SendFile:
    """A message with a picture or a file. A picture that the server does not want as one goes as a file."""

    chat: int
    attachment: Attachment
    caption: str | None = field(default=None, repr=False)
    keyboard: Keyboard = field(default=None, repr=False)

    @property
    def is_photo(self) -> bool:
        """Whether it is to be seen in the chat."""
        return self.attachment.kind == "photo" and len(self.attachment.content) <= LARGEST_PHOTO


@dataclass(frozen=True, slots=True)
class EditText:
    """Other words, and other buttons, in a message that is there."""

    chat: int
    message: int
    text: str = field(repr=False)
    keyboard: Keyboard = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class EditButtons:
    """Other buttons, or none, under a message that is there."""

    chat: int
    message: int
    keyboard: Keyboard = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Remove:
    """Messages of the bot's go; those that are not there are passed over."""

    chat: int
    messages: tuple[int, ...]


Call = SendText | SendFile | EditText | EditButtons | Remove


def calls(message: Message, bot: str = "") -> list[Call]:
    """The calls of one delivery, in their order; the last has the buttons. `bot`: its user name, for an invitation.

    Raises `Refused` for what the server would refuse, before anything of it was sent.
    """
    link = deep_link(bot, message.invite) if message.invite else None
    if message.removes:
        return _removals(message)
    text = message.text
    if text is not None and link and message.invite:
        text = text.replace(message.invite, link, 1)
    _carried(text or "")
    keyboard = _keyboard(message, text, bot, link)
    if message.edits is not None:
        return [_edit(message, text, keyboard)]
    if message.attachment is not None:
        return _with_file(message.chat, message.attachment, text, keyboard)
    if text is None:
        raise Refused("nothing to send")
    words = _words(message.chat, text, keyboard)
    if message.among is None:
        return [*words]
    return [replace(each, quiet=True, topic=message.among.topic) for each in words]


def deep_link(bot: str, code: str) -> str | None:
    """The address that opens the bot with a code; None for one that Telegram would not carry."""
    try:
        return create_deep_linked_url(bot, code)
    except ValueError:
        return None


def _removals(message: Message) -> list[Call]:
    known = [int(each) for each in message.removes if each.isascii() and each.isdecimal()]
    parts = range(0, len(known), REMOVED_AT_ONCE)
    return [Remove(message.chat, tuple(known[start : start + REMOVED_AT_ONCE])) for start in parts]


# ---- words and files


def _words(chat: int, text: str, keyboard: Keyboard) -> list[SendText]:
    *before, last = split(text, CAN.text_limit, UTF16)
    return [*(SendText(chat, part) for part in before), SendText(chat, last, keyboard)]


def _with_file(chat: int, file: Attachment, text: str | None, keyboard: Keyboard) -> list[Call]:
    """Words that are too long for a caption come after the file, as messages of their own."""
    if text is None or length(text, UTF16) <= CAPTION:
        return [SendFile(chat, file, text or None, keyboard)]
    return [SendFile(chat, file), *_words(chat, text, keyboard)]


def _edit(message: Message, text: str | None, keyboard: Keyboard) -> Call:
    """An edit. Words that one message cannot hold stay as they were."""
    if message.edits is None or not (message.edits.isascii() and message.edits.isdecimal()):
        raise Refused("message to edit not found")
    known = int(message.edits)
    if text is None or length(text, UTF16) > CAN.text_limit:
        return EditButtons(message.chat, known, keyboard)
    return EditText(message.chat, known, text, keyboard)


def _carried(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise Refused("text is not Unicode") from error


# ---- buttons


def _keyboard(message: Message, text: str | None, bot: str, link: str | None) -> Keyboard:
    laid = [*_laid(message.choices), *_laid(message.sides)]
    if message.among is not None and message.among.door is not None:
        laid.append([_door(bot, message.among.door)])
    if link is not None:
        laid.append([InlineKeyboardButton(f"↗ t.me/{bot}", url=_share(link, text or ""))])
    return InlineKeyboardMarkup(laid) if laid else None


def _laid(choices: Sequence[Choice]) -> Iterable[list[InlineKeyboardButton]]:
    labels = [_label(choice) for choice in choices]
    buttons = [_button(choice, label) for choice, label in zip(choices, labels, strict=True)]
    return rows(buttons, labels)


def _label(choice: Choice) -> str:
    tick = TICK if choice.ticked else ""
    return tick + shortened(choice.label, CAN.label_limit - len(tick), UTF16)


def _button(choice: Choice, label: str) -> InlineKeyboardButton:
    _carried(label)
    if not 1 <= len(choice.token.encode()) <= LIMIT:
        raise Refused("a button's token is empty, or too long")
    return InlineKeyboardButton(label, callback_data=choice.token)


def _door(bot: str, door: Doorway) -> InlineKeyboardButton:
    """The way out of a group into the own chat with the bot."""
    _carried(door.label)
    address = (deep_link(bot, door.start) if door.start else None) or f"https://t.me/{bot}"
    return InlineKeyboardButton(shortened(door.label, CAN.label_limit, UTF16), url=address)


def _share(link: str, text: str) -> str:
    """The address that passes an invitation on, with its words where they fit."""
    address = f"{SHARE}?url={quote(link, safe='')}"
    words = f"{address}&text={quote(text.replace(link, '').strip(), safe='')}"
    return words if len(words) <= LONGEST_ADDRESS else address
