"""Texts and rows of the outbox, rendered at delivery for their reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from bot.changes import Cleared, Redrawn, Removed, Say, Show
from bot.engine.ids import PersonId, SessionId
from bot.engine.session import Kind, Prompt
from bot.engine.text import Arg, Entry, Invite, Text, Words
from bot.pages.files import file_of
from bot.people import Group
from bot.ports import Among, Attachment, Choice, Doorway, Message, Row
from bot.tokens import command_token, press_token
from bot.words.calendars import calendar_file
from bot.words.catalogue import locale_of
from bot.words.content import Content
from bot.words.drawn import drawing
from bot.words.places import MissingPlace
from bot.words.together import label_for, said_to
from bot.words.voice import Report, Voice

MORE = "more"  # unfolds the folded side taps
DONE = "done"  # ends a question where several things can be ticked
TWO = 2  # who may read what opens in a group
OWN = "own."  # and a number from 0: a tick in one's own words, by its place among those
_NO_NAMES: Mapping[PersonId, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: their language (an IETF tag) and zone (IANA name)."""

    language: str
    zone: str


def quiet(_missing: MissingPlace) -> None:
    """Says nothing: the reader gets the source sentence."""


def strict(missing: MissingPlace) -> None:
    """Raises: in tests a place that nothing fills is a failure."""
    raise missing


@dataclass(frozen=True, slots=True)
class Renderer:
    """Renders with the content there is. `report` hears of places that nothing was given for."""

    content: Content
    report: Report = quiet

    def text(self, text: Text, reader: Reader, names: Mapping[PersonId, str] = _NO_NAMES) -> str:
        """A text as that reader reads it."""
        return self._voice(reader, names).text(text)

    def message(self, row: Row) -> Message:
        """A claimed row as the message to deliver. An edit of what never was delivered has `edits` None."""
        say = self._voice(Reader(row.reader.language, row.reader.zone), row.names)
        match row.put.content:
            case Say() as said if row.group is not None:
                return self._in_group(row, row.group, said)
            case Say(text, buttons, file, _, _, picture):
                orders = tuple(Choice(command_token(b.command, b.argument), say.text(b.label)) for b in buttons)
                message = _message(row, say.text(text), choices=orders, invite=_invite(text))
                attached = file_of(file, say) if file else _attachment(row.put.id, text, say)
                return replace(message, attachment=attached, picture=drawing(picture, say) if picture else None)
            case Show(session, prompt, lead):
                whole = "\n\n".join(say.text(part) for part in (lead, prompt.text) if part)
                return _buttons(row, session, prompt, say, text=whole, invite=_invite(lead, prompt.text))
            case Redrawn(session, prompt):
                return _buttons(row, session, prompt, say)
            case Cleared(question=Text() as question, chosen=chosen) if chosen:
                return _message(row, f"{say.text(question)}\n→ {', '.join(say.text(label) for label in chosen)}")
            case Cleared():
                return _message(row, None)
            case Removed(messages):
                return replace(_message(row, None), removes=messages)

    def _in_group(self, row: Row, group: Group, said: Say) -> Message:
        """In the language of each of its couple; as long as it is nobody's, in that in which it was begun."""
        theirs = {person: tongue for person, tongue in row.tongues.items() if tongue}
        languages = theirs or {row.reader.id: group.language}
        voices = {person: self._voice(Reader(one, group.zone), row.names) for person, one in languages.items()}
        orders = tuple(Choice(command_token(b.command, b.argument), label_for(voices, b.label)) for b in said.buttons)
        way = None if said.door is None else Doorway(label_for(voices, said.door.label), said.door.start)
        only, people = (row.only, TWO) if said.only_two else ((), 0)
        message = _message(row, said_to(voices, said.text), choices=orders, invite=_invite(said.text))
        return replace(message, among=Among(group.topic, group.server, only, people, way))

    def _voice(self, reader: Reader, names: Mapping[PersonId, str]) -> Voice:
        language = self.content.catalogue.language(reader.language)
        same = reader.language.split("-")[0] == language.split("-")[0]
        locale = locale_of(reader.language if same else language)
        return Voice(self.content, language, locale, reader.zone, names, self.report)


def _message(
    row: Row,
    text: str | None,
    *,
    choices: tuple[Choice, ...] = (),
    sides: tuple[Choice, ...] = (),
    many: bool = False,
    invite: str | None = None,
) -> Message:
    account = row.account
    delivery = -row.put.id if row.announces else row.put.id  # what is announced is said later, and is no repetition
    return Message(account.key, account.chat, delivery, text, choices, sides, many, row.edits, invite)


def _buttons(
    row: Row,
    session: SessionId,
    prompt: Prompt,
    say: Voice,
    *,
    text: str | None = None,
    invite: str | None = None,
) -> Message:
    many = prompt.kind is Kind.MANY
    choices, sides = _choices(session, prompt, say), _sides(session, prompt, say)
    return _message(row, text, choices=choices, sides=sides, many=many, invite=invite)


def _choices(session: SessionId, prompt: Prompt, say: Voice) -> tuple[Choice, ...]:
    def choice(token: str, label: str, ticked: bool = False) -> Choice:
        return Choice(press_token(session, prompt.no, token), label, ticked)

    options = [choice(o.token, say.text(o.label), o.token in prompt.ticks) for o in prompt.options]
    if prompt.kind is Kind.MANY:
        own = [tick for tick in prompt.ticks if isinstance(tick, Words)]
        options += [choice(f"{OWN}{n}", words.text, ticked=True) for n, words in enumerate(own)]
        options.append(choice(DONE, say.text(prompt.done) if prompt.done else say.phrase("done")))
    return tuple(options)


def _sides(session: SessionId, prompt: Prompt, say: Voice) -> tuple[Choice, ...]:
    shown = [side for side in prompt.sides if prompt.unfolded or not side.folded]
    sides = [Choice(press_token(session, prompt.no, side.token), say.text(side.label)) for side in shown]
    if len(shown) < len(prompt.sides):
        sides.append(Choice(press_token(session, prompt.no, MORE), "…"))
    return tuple(sides)


def _invite(*values: Text | Arg | None) -> str | None:
    """The first invitation's code anywhere in these."""
    return next((found.code for found in _parts(values) if isinstance(found, Invite)), None)


def _attachment(uid: int, text: Text, say: Voice) -> Attachment | None:
    """The file of the first entry for a calendar."""
    entry = next((found for found in _parts([text]) if isinstance(found, Entry)), None)
    return None if entry is None else calendar_file(say.text(entry.title), entry.begins, entry.ends, uid)


def _parts(values: Iterable[Text | Arg | None]) -> Iterator[Arg]:
    """All arguments anywhere in these."""
    for value in values:
        match value:
            case Text(_, args):
                yield from _parts(arg for _, arg in args)
            case tuple():
                yield from _parts(value)
            case None:
                continue
            case _:
                yield value
