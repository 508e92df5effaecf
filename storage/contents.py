"""What a row of the outbox says, to JSON and back, and whom it names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any, assert_never

from bot.changes import Cleared, Content, Document, Door, Put, Redrawn, Removed, Say, Show
from bot.engine.acts import Button
from bot.engine.codec import read_picture, read_prompt, read_text, write_picture, write_prompt, write_text
from bot.engine.ids import PersonId, SessionId
from bot.engine.session import Json
from bot.engine.text import Name


def write_content(content: Content) -> dict[str, Json]:
    """A content as JSON."""
    match content:
        case Say():
            return _write_say(content)
        case Show(session, prompt, lead):
            above = None if lead is None else write_text(lead)
            return {"show": session, "prompt": write_prompt(prompt), "lead": above}
        case Redrawn(session, prompt):
            return {"redrawn": session, "prompt": write_prompt(prompt)}
        case Cleared(session, no, question, chosen):
            asked = None if question is None else write_text(question)
            return {"cleared": session, "no": no, "question": asked, "chosen": [write_text(t) for t in chosen]}
        case Removed(messages):
            return {"removed": [*messages]}
        case _:
            assert_never(content)


def read_content(value: Any) -> Content:
    """A content from its JSON. Raises `KeyError`, `TypeError` or `ValueError` for a form that is none."""
    match value:
        case {"say": _, "buttons": _}:
            return _read_say(value)
        case {"show": session, "prompt": prompt, "lead": lead}:
            above = None if lead is None else read_text(lead)
            return Show(SessionId(session), read_prompt(prompt), above)
        case {"redrawn": session, "prompt": prompt}:
            return Redrawn(SessionId(session), read_prompt(prompt))
        case {"cleared": session, "no": no, "question": question, "chosen": chosen}:
            asked = None if question is None else read_text(question)
            return Cleared(SessionId(session), no, asked, tuple(read_text(t) for t in chosen))
        case {"removed": [*messages]}:
            return Removed(tuple(map(str, messages)))
        case _:
            raise ValueError("this is no content of the outbox")


def _write_say(say: Say) -> dict[str, Json]:
    written: list[Json] = [[write_text(b.label), b.command, b.argument] for b in say.buttons]
    said: dict[str, Json] = {"say": write_text(say.text), "buttons": written}
    if say.file is not None:
        said["file"] = _write_document(say.file)
    if say.door is not None:
        said["door"] = [write_text(say.door.label), say.door.start]
    if say.only_two:
        said["only_two"] = True
    if say.picture is not None:
        said["picture"] = write_picture(say.picture)
    return said


def _read_say(value: Any) -> Say:
    made = tuple(Button(read_text(label), *order) for label, *order in value["buttons"])
    door, seen = value.get("door"), value.get("picture")
    return Say(
        read_text(value["say"]),
        made,
        _read_document(value.get("file")),
        None if door is None else Door(read_text(door[0]), str(door[1])),
        only_two=bool(value.get("only_two")),
        picture=None if seen is None else read_picture(seen),
    )


def _write_document(file: Document) -> dict[str, Json]:
    return {"form": file.form, "data": file.data, "names": [known.person for known in file.names]}


def _read_document(value: Any) -> Document | None:
    if value is None:
        return None
    return Document(value["form"], value["data"], tuple(Name(PersonId(known)) for known in value["names"]))


def prompt_of(content: Content) -> tuple[SessionId, int] | None:
    """The prompt that a content shows or edits."""
    match content:
        case Show(session, prompt) | Redrawn(session, prompt):
            return session, prompt.no
        case Cleared(session=session, prompt=no):
            return session, no
        case Say() | Removed():
            return None


def session_of(put: Put) -> SessionId | None:
    """The session that a row belongs to, and within which it keeps its order."""
    about = prompt_of(put.content)
    return about[0] if put.session is None and about is not None else put.session


def people_in(value: object) -> Iterator[PersonId]:
    """Everybody whose name a content, or any part of one, needs."""
    if isinstance(value, Name):
        yield value.person
    elif isinstance(value, tuple):
        for item in value:
            yield from people_in(item)
    elif is_dataclass(value):
        for part in fields(value):
            yield from people_in(getattr(value, part.name))
