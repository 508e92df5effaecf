"""Texts and sessions to JSON and back. What was typed stands as `{"words": [...], "by": id}`, for a store to seal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import Any, cast

from bot.engine.ids import CoupleId, PersonId, SessionId
from bot.engine.moments import Moment
from bot.engine.session import Answer, Json, Kind, Note, Option, Prompt, Session, Setting, Side, Status, Tap
from bot.engine.text import (
    Arg,
    Card,
    Country,
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


def write_prompt(prompt: Prompt) -> Json:
    """A prompt as JSON."""
    return {
        "name": prompt.name,
        "no": prompt.no,
        "to": prompt.to,
        "text": write_text(prompt.text),
        "kind": prompt.kind.value,
        "options": [[o.token, write_text(o.label)] for o in prompt.options],
        "sides": [_write_side(s) for s in prompt.sides],
        "own_words": prompt.own_words,
        "ticks": [t if isinstance(t, str) else write_arg(t) for t in prompt.ticks],
        "unfolded": prompt.unfolded,
        "done": _write_optional(prompt.done),
        "least": prompt.least,
        "most": prompt.most,
        "free": prompt.free,
        "hinted": prompt.hinted,
        "sealed": prompt.sealed,
    }


def read_prompt(value: Any) -> Prompt:
    """A prompt from its JSON."""
    return Prompt(
        name=value["name"],
        no=value["no"],
        to=PersonId(value["to"]),
        text=read_text(value["text"]),
        kind=Kind(value["kind"]),
        options=tuple(Option(token, read_text(label)) for token, label in value["options"]),
        sides=tuple(_read_side(s) for s in value["sides"]),
        own_words=value["own_words"],
        ticks=tuple(t if isinstance(t, str) else cast(Words, read_arg(t)) for t in value["ticks"]),
        unfolded=value["unfolded"],
        done=_optional_text(value["done"]),
        least=value["least"],
        most=value["most"],
        free=value["free"],
        hinted=value["hinted"],
        sealed=value["sealed"],
    )


_PLAIN = ("turn", "last", "begins", "failures", "retry", "seed", "started", "exercise", "partner")


def write_session(session: Session) -> Dict:
    """A session as JSON. An answer's `value` stands whole under `answers.<name>.value`."""
    return {
        "id": session.id,
        "people": list(session.people),
        "couple": session.couple,
        "status": session.status.value,
        "given": dict(session.given),
        "past": dict(session.past),
        "answers": {
            name: {
                "value": a.value,
                "by": a.by,
                "at": a.at,
                "turn": a.turn,
                "free": a.free,
                "sealed": a.sealed,
            }
            for name, a in session.answers.items()
        },
        "fixed": dict(session.fixed),
        "dues": dict(session.dues),
        "passed": sorted(session.passed),
        "aside": sorted(session.aside),
        "timers": dict(session.timers),
        "done": dict(session.done),
        "open": {name: write_prompt(p) for name, p in session.open.items()},
        "fences": {str(person): turn for person, turn in session.fences.items()},
        "prompts": list(session.prompts),
        **{name: getattr(session, name) for name in _PLAIN},
    }


def read_session(value: Dict) -> Session:
    """A session from its JSON."""
    return Session(
        id=SessionId(value["id"]),
        people=tuple(PersonId(p) for p in value["people"]),
        couple=None if value["couple"] is None else CoupleId(value["couple"]),
        status=Status(value["status"]),
        given=value["given"],
        past=value["past"],
        answers={name: Answer(**a) for name, a in value["answers"].items()},
        fixed=value["fixed"],
        dues=value["dues"],
        passed=frozenset(value["passed"]),
        aside=frozenset(PersonId(p) for p in value["aside"]),
        timers=value["timers"],
        done=value["done"],
        open={name: read_prompt(p) for name, p in value["open"].items()},
        fences={PersonId(int(person)): turn for person, turn in value["fences"].items()},
        prompts=_per_seat(value["prompts"]),
        **{name: value[name] for name in _PLAIN},
    )


def _per_seat(count: int | list[int]) -> tuple[int, int]:
    """How many questions were put per seat; where they were counted together, no number is used again."""
    first, second = (count, count) if isinstance(count, int) else count
    return first, second
