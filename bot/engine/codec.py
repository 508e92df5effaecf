"""Texts and sessions to JSON and back. What was typed stands as `{"words": [...], "by": id}`, for a store to seal.

A part of a prompt, an answer or a session that is as it is by default is not written: it costs nothing to seal and to
keep. So a default that is changed needs a migration.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from datetime import date, time
from enum import StrEnum
from typing import Any

from bot.engine.ids import PersonId
from bot.engine.moments import Moment
from bot.engine.pictures import Picture
from bot.engine.session import Answer, Json, Kind, Note, Option, Prompt, Session, Setting, Side, Status, Tap
from bot.engine.text import (
    Arg,
    Card,
    Country,
    Dated,
    Entry,
    HelpLines,
    Hour,
    Invite,
    Language,
    Name,
    Text,
    Weekday,
    Words,
    Zone,
)

Dict = dict[str, Any]

_WRITE: dict[type, Callable[[Any], Json]] = {
    int: lambda v: v,
    bool: lambda v: v,
    Words: lambda v: {"words": list(v.parts), "by": v.by},
    Name: lambda v: {"name": v.person},
    Card: lambda v: {"card": v.id, "deck": v.deck},
    Invite: lambda v: {"invite": v.code},
    Zone: lambda v: {"zone": v.name},
    Weekday: lambda v: {"weekday": v.number},
    HelpLines: lambda v: {"helplines": v.country},
    Language: lambda v: {"language": v.code},
    Country: lambda v: {"country": v.code},
    Entry: lambda v: {"entry": write_text(v.title), "from": write_arg(v.begins), "till": write_arg(v.ends)},
    Hour: lambda v: {"hour": write_arg(v.moment)},
    Dated: lambda v: {"dated": write_arg(v.moment)},
    Text: lambda v: _write_whole(v),  # as an argument, a string alone is nothing
    date: lambda v: {"date": v.isoformat()},
    time: lambda v: {"time": v.isoformat("minutes")},
    Moment: lambda v: {"moment": v.at, "zone": v.zone},
    tuple: lambda v: [write_arg(item) for item in v],
}

# the first key of each form above tells it apart; "moment" stands before "zone", which it also has
_READ: dict[str, Callable[[Dict], Arg]] = {
    "words": lambda d: Words(tuple(d["words"]), PersonId(d["by"])),
    "name": lambda d: Name(PersonId(d["name"])),
    "card": lambda d: Card(d["deck"], d["card"]),
    "invite": lambda d: Invite(d["invite"]),
    "moment": lambda d: Moment(d["moment"], d["zone"]),
    "zone": lambda d: Zone(d["zone"]),
    "weekday": lambda d: Weekday(d["weekday"]),
    "helplines": lambda d: HelpLines(d["helplines"]),
    "language": lambda d: Language(d["language"]),
    "country": lambda d: Country(d["country"]),
    "entry": lambda d: Entry(read_text(d["entry"]), _moment(d["from"]), _moment(d["till"])),
    "hour": lambda d: Hour(_moment(d["hour"])),
    "dated": lambda d: Dated(_moment(d["dated"])),
    "text": lambda d: read_text(d),
    "date": lambda d: date.fromisoformat(d["date"]),
    "time": lambda d: time.fromisoformat(d["time"]),
}


def _moment(value: Any) -> Moment:
    return Moment(value["moment"], value["zone"])


def write_arg(value: Arg) -> Json:
    """One argument of a text as JSON. Raises `KeyError` with the type of a value that has no form."""
    return _WRITE[type(value)](value)


def read_arg(value: Json) -> Arg:
    """One argument of a text from its JSON. Raises `ValueError` for a form that is none."""
    if isinstance(value, int):
        return value
    if isinstance(value, list):
        return tuple(read_arg(item) for item in value)
    if isinstance(value, dict):
        for form, read in _READ.items():
            if form in value:
                return read(value)
    raise ValueError("this is no argument of a text")


def write_text(value: Text) -> Json:
    """A text as JSON; one without arguments is its sentence alone."""
    return _write_whole(value) if value.args else value.key


def _write_whole(value: Text) -> Json:
    return {"text": value.key, "args": {name: write_arg(arg) for name, arg in value.args}}


def read_text(value: Any) -> Text:
    """A text from its JSON."""
    if isinstance(value, str):
        return Text(value)
    return Text(value["text"], tuple((name, read_arg(arg)) for name, arg in value["args"].items()))


def write_picture(picture: Picture) -> Dict:
    """A picture as JSON."""
    return {"picture": picture.form, "parts": {name: write_arg(arg) for name, arg in picture.parts}}


def read_picture(value: Any) -> Picture:
    """A picture from its JSON."""
    return Picture(value["picture"], tuple((name, read_arg(arg)) for name, arg in value["parts"].items()))


def _optional_text(value: Any) -> Text | None:
    return None if value is None else read_text(value)


def _write_optional(value: Text | None) -> Json:
    return None if value is None else write_text(value)


def _write_side(side: Side) -> Json:
    return [
        side.token,
        write_text(side.label),
        side.tap.value,
        side.folded,
        _write_optional(side.reply),
        _write_note(side.note),
    ]


def _read_side(value: Any) -> Side:
    token, label, tap, folded, reply, note = value
    return Side(token, read_text(label), Tap(tap), folded, _optional_text(reply), _read_note(note))


def _write_note(note: Note | Setting | None) -> Json:
    match note:
        case Note(name, shared, value):
            return [name, shared, value]
        case Setting(name, value):
            return [name, value]
        case None:
            return None


def _read_note(value: Any) -> Note | Setting | None:
    match value:
        case [name, shared, kept]:
            return Note(name, shared, kept)
        case [name, chosen]:
            return Setting(name, chosen)
        case _:
            return None


Form = tuple[Callable[[Any], Json], Callable[[Any], Any]]  # how a part is written, and how it is read


def _same(value: Any) -> Any:
    return value


def _value(value: StrEnum) -> Json:
    return value.value


def _each(write: Callable[[Any], Json], read: Callable[[Any], Any]) -> Form:
    return lambda items: [write(item) for item in items], lambda items: tuple(read(item) for item in items)


def _named(write: Callable[[Any], Json], read: Callable[[Any], Any]) -> Form:
    return lambda d: {k: write(v) for k, v in d.items()}, lambda d: {k: read(v) for k, v in d.items()}


_AS_IT_IS: Form = (_same, _same)
_A_MAPPING: Form = (dict, _same)
_A_SET: Form = (sorted, frozenset)

_PROMPT: Mapping[str, Form] = {
    **dict.fromkeys(
        ("name", "no", "to", "own_words", "unfolded", "least", "most", "free", "hinted", "sealed"), _AS_IT_IS
    ),
    "text": (write_text, read_text),
    "kind": (_value, Kind),
    "options": _each(lambda o: [o.token, write_text(o.label)], lambda o: Option(o[0], read_text(o[1]))),
    "sides": _each(_write_side, _read_side),
    "ticks": _each(
        lambda t: t if isinstance(t, str) else write_arg(t), lambda t: t if isinstance(t, str) else read_arg(t)
    ),
    "done": (_write_optional, _optional_text),
}


def write_prompt(prompt: Prompt) -> Dict:
    """A prompt as JSON."""
    return _write(prompt, _PROMPT, _UNSAID[Prompt])


def read_prompt(value: Any) -> Prompt:
    """A prompt from its JSON."""
    return Prompt(**_read(value, _PROMPT))


def _per_seat(count: int | list[int]) -> tuple[int, int]:
    """How many questions were put per seat; where they were counted together, no number is used again."""
    first, second = (count, count) if isinstance(count, int) else count
    return first, second


_ANSWER: Mapping[str, Form] = dict.fromkeys(("value", "by", "at", "turn", "free", "sealed", "no"), _AS_IT_IS)

_SESSION: Mapping[str, Form] = {
    **dict.fromkeys(
        ("id", "exercise", "couple", "seed", "started", "turn", "last", "begins", "failures", "retry", "partner"),
        _AS_IT_IS,
    ),
    **dict.fromkeys(("given", "past", "fixed", "dues", "timers", "done"), _A_MAPPING),
    **dict.fromkeys(("passed", "aside"), _A_SET),
    "people": (list, tuple),
    "status": (_value, Status),
    "answers": _named(lambda a: _write(a, _ANSWER, _UNSAID[Answer]), lambda a: Answer(**a)),
    "open": _named(write_prompt, read_prompt),
    "fences": (
        lambda fences: {str(person): turn for person, turn in fences.items()},
        lambda fences: {PersonId(int(person)): turn for person, turn in fences.items()},
    ),
    "prompts": (list, _per_seat),
}


def write_session(session: Session) -> Dict:
    """A session as JSON. An answer's `value` stands whole under `answers.<name>.value`."""
    return _write(session, _SESSION, _UNSAID[Session])


def read_session(value: Dict) -> Session:
    """A session from its JSON."""
    return Session(**_read(value, _SESSION))


def _unsaid(kind: Any) -> Dict:
    """What the parts of a dataclass are when nothing is said of them."""
    made = ((f.name, f.default if f.default_factory is MISSING else f.default_factory()) for f in fields(kind))
    return {name: value for name, value in made if value is not MISSING}


_UNSAID: Mapping[type, Dict] = {kind: _unsaid(kind) for kind in (Prompt, Answer, Session)}


def _write(whole: Any, parts: Mapping[str, Form], unsaid: Dict) -> Dict:
    """The parts that are not as they are by default; those without a default, always."""
    found = ((name, form[0], getattr(whole, name)) for name, form in parts.items())
    return {name: write(value) for name, write, value in found if name not in unsaid or value != unsaid[name]}


def _read(written: Dict, parts: Mapping[str, Form]) -> Dict:
    return {name: parts[name][1](value) for name, value in written.items()}
