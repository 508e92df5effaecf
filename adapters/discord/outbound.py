"""What the bot says, as calls of Discord's API. Words are escaped, so that nothing that anybody wrote is markup."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from discord import ButtonStyle, SelectOption
from discord.ui import Button, Select, View
from discord.utils import escape_markdown

from adapters.rendering import length, shortened, split
from bot.errors import Refused
from bot.ports import Attachment, Capabilities, Choice, Doorway, Message
from bot.tokens import LIMIT

POINTS = "codepoints"
# https://docs.discord.com/developers/resources/message and …/components/reference
CAN = Capabilities(
    text_limit=2_000, label_limit=80, options_limit=25, edits=True, units=POINTS, nonce=True, writes_first=True
)
ROWS, IN_A_ROW = 5, 5  # of buttons; a select takes a whole row
IN_A_SELECT = 25
OPTION_LABEL = 100
WIDTH = 60  # characters of labels that stand side by side on a narrow window
MARGIN = 4  # characters that a button's margins take
TICK = "✓ "


@dataclass(frozen=True, slots=True)
class Menu:
    """Choices in a select, each of which is a press of its own; `words` stand in it before."""

    choices: tuple[Choice, ...]
    words: str = field(repr=False)


Row = tuple[Choice, ...] | Menu | Doorway


@dataclass(frozen=True, slots=True)
class SendText:
    """A message of words. `nonce`: the same one within minutes arrives once; `silent`: nobody's phone rings for it."""

    chat: int
    text: str = field(repr=False)
    nonce: str
    rows: tuple[Row, ...] = field(default=(), repr=False)
    silent: bool = False


@dataclass(frozen=True, slots=True)
class SendFile:
    """A message with a picture or a file."""

    chat: int
    attachment: Attachment
    text: str | None = field(repr=False)
    nonce: str
    rows: tuple[Row, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Edit:
    """Other buttons in a message that is there, and other words, unless `text` is None."""

    chat: int
    message: int
    text: str | None = field(repr=False)
    rows: tuple[Row, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Remove:
    """A message of the bot's goes."""

    chat: int
    message: int


Call = SendText | SendFile | Edit | Remove


def calls(message: Message) -> list[Call]:
    """The calls of one delivery, in their order; the last has the buttons.

    Raises `Refused` for what the server would refuse, before anything of it was sent.
    """
    if message.removes:
        return [Remove(message.chat, int(each)) for each in message.removes if _is_id(each)]
    rows = laid(message.choices, message.sides, None if message.among is None else message.among.door)
    if message.edits is not None:
        return [_edit(message, rows)]
    if message.attachment is not None and message.among is not None:
        raise Refused("no file goes to a chat that several share")
    if message.attachment is not None:
        return _with_file(message, message.attachment, rows)
    if message.text is None:
        raise Refused("nothing to send")
    return [*_words(message, message.text, rows, 0)]


def view(rows: Sequence[Row], profile: str) -> View | None:
    """The library's own form of it; needs a running event loop. It listens to nothing: a press is heard by what it
    carries, also after a restart. `profile`: where a door leads to, for Discord has no link into a chat."""
    if not rows:
        return None
    made = View(timeout=None)
    made.stop()
    for number, row in enumerate(rows):
        if isinstance(row, Menu):
            options = [SelectOption(label=_label(c, OPTION_LABEL), value=c.token) for c in row.choices]
            made.add_item(Select(custom_id=f"select:{number}", placeholder=row.words, options=options, row=number))
            continue
        if isinstance(row, Doorway):
            made.add_item(Button(label=shortened(row.label, CAN.label_limit, POINTS), url=profile, row=number))
            continue
        for choice in row:
            style = ButtonStyle.primary if choice.ticked else ButtonStyle.secondary
            label = _label(choice, CAN.label_limit)
            made.add_item(Button(style=style, label=label, custom_id=choice.token, row=number))
    return made


# ---- words and files


def _words(message: Message, text: str, rows: tuple[Row, ...], first: int) -> Iterator[SendText]:
    pieces = [*escaped(text)]
    for number, piece in enumerate(pieces, first):
        is_last = number == first + len(pieces) - 1
        nonce = f"{message.delivery}.{number}"
        yield SendText(message.chat, piece, nonce, rows if is_last else (), silent=message.among is not None)


def _with_file(message: Message, file: Attachment, rows: tuple[Row, ...]) -> list[Call]:
    """Words that are too long for one message come after the file."""
    pieces = [*escaped(message.text)] if message.text else [None]
    nonce = f"{message.delivery}.0"
    if len(pieces) == 1:
        return [SendFile(message.chat, file, pieces[0], nonce, rows)]
    return [SendFile(message.chat, file, None, nonce), *_words(message, message.text or "", rows, 1)]


def _edit(message: Message, rows: tuple[Row, ...]) -> Edit:
    """An edit. Words that one message cannot hold stay as they were."""
    if message.edits is None or not _is_id(message.edits):
        raise Refused("message to edit not found")
    pieces = [*escaped(message.text)] if message.text is not None else []
    return Edit(message.chat, int(message.edits), pieces[0] if len(pieces) == 1 else None, rows)


def escaped(text: str) -> Iterator[str]:
    """The text in pieces, no character of which is markup; escaped, one is twice as long at most."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise Refused("text is not Unicode") from error
    for piece in split(text, CAN.text_limit, POINTS):
        plain = escape_markdown(piece)
        if len(plain) <= CAN.text_limit:
            yield plain
        else:
            yield from map(escape_markdown, split(piece, CAN.text_limit // 2, POINTS))


def _is_id(given: str) -> bool:
    return given.isascii() and given.isdecimal()


# ---- buttons


def laid(choices: Sequence[Choice], sides: Sequence[Choice], door: Doorway | None = None) -> tuple[Row, ...]:
    """Choices and sides in rows of buttons; where there are too many, the choices in selects. A door comes last."""
    for choice in (*choices, *sides):
        _carried(choice)
    beside: list[Row] = [*_rows(sides)]
    if door is not None:
        _labelled(door.label)
        beside.append(door)
    rows = [*_rows(choices), *beside]
    if len(rows) <= ROWS:
        return tuple(rows)
    room = max(ROWS - len(beside), 1)
    parts = [tuple(choices[start : start + IN_A_SELECT]) for start in range(0, len(choices), IN_A_SELECT)]
    if len(parts) > room or len(parts) + len(beside) > ROWS:
        raise Refused("more buttons than fit under one message")
    return (*(Menu(part, _words_of(part, len(parts))) for part in parts), *beside)


def _rows(choices: Sequence[Choice]) -> Iterator[tuple[Choice, ...]]:
    row: list[Choice] = []
    for choice in choices:
        labels = [shortened(each.label, CAN.label_limit, POINTS) for each in (*row, choice)]
        wide = sum(length(label, POINTS) + MARGIN for label in labels)
        if row and (len(row) == IN_A_ROW or wide > WIDTH):
            yield tuple(row)
            row = []
        row.append(choice)
    if row:
        yield tuple(row)


def _words_of(part: Sequence[Choice], parts: int) -> str:
    """What stands in a select before something is chosen: where there are several, which part of it all is in this."""
    if parts == 1:
        return "…"
    return shortened(f"{part[0].label} – {part[-1].label}", OPTION_LABEL, POINTS)


def _label(choice: Choice, limit: int) -> str:
    tick = TICK if choice.ticked else ""
    return tick + shortened(choice.label, limit - len(tick), POINTS)


def _carried(choice: Choice) -> None:
    _labelled(choice.label)
    if not 1 <= len(choice.token.encode()) <= LIMIT:
        raise Refused("a button's token is empty, or too long")


def _labelled(label: str) -> None:
    try:
        label.encode()
    except UnicodeEncodeError as error:
        raise Refused("text is not Unicode") from error
    if not label.strip():
        raise Refused("a button's label is empty")
