"""`/export`: everything that is a person's own, and what was opened or shared with them, as files for their chat.

What is gathered here has its sentences and words as arguments, `{"arg": …}`, so that the store seals every word on its
way; they become plain words only in the files (`bot/pages/export.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from bot import repair
from bot.changes import REMOVED, Document, ForgetFiles, SaveRecord, Say
from bot.commands import export as words
from bot.commands import keepsake as booklet
from bot.commands import lines
from bot.desk import Desk
from bot.engine.acts import Button
from bot.engine.codec import write_arg
from bot.engine.ids import CoupleId, PersonId
from bot.engine.moments import zone_info
from bot.engine.session import Json, Session, Status
from bot.engine.text import Name, Text
from bot.history import Past, everything, marked, told
from bot.people import Couple, Group
from bot.saying import put

VERSION = 1  # of the form that docs/export.schema.json describes
DAY = 86_400
Dict = dict[str, Any]


# ---- the files on their way, and out of the chat again


def hand(desk: Desk, person: PersonId) -> None:
    """Both files, each in a row of its own; not delivered within a day, they are not delivered at all."""
    data = gather(desk, person)
    names = tuple(Name(known) for known in sorted(_people(desk, person)))
    _send(desk, person, words.TO_READ, Document("html", data, names))
    _send(desk, person, words.TO_KEEP, Document("json", data, names), words.DONE)


def _send(desk: Desk, person: PersonId, said: Text, file: Document, *buttons: Button) -> None:
    put(desk, person, Say(said, buttons, file), useless_after=desk.at + DAY)


def take_out(desk: Desk, person: PersonId, argument: str) -> None:
    """Takes the files out of the chat, where the platform still can."""
    account = desk.unit.account_of(person)
    files = [each for each in desk.unit.told(account.key) if each.is_file] if account else []
    if account is None or not files:
        desk.say(person, lines.STALE)
        return
    desk.change(ForgetFiles(account.key))
    too_old = desk.take_out(account, files)
    if too_old < len(files):
        desk.say(person, booklet.TAKEN_OUT if argument == booklet.FROM_HERE else words.TAKEN_OUT)
    if too_old:
        desk.say(person, words.TOO_OLD)
    repair.stand_again(desk, person)


# ---- what is in them


def gather(desk: Desk, person: PersonId) -> Json:
    """All of it, in the form of docs/export.schema.json."""
    clock = Clock(desk.person(person).zone)
    couples = {couple.id: couple for couple in desk.couples_of(person)}
    account = desk.unit.account_of(person)
    document: Dict = {
        "leeway": {"version": VERSION, "made": clock.moment(desk.at)},
        "person": _person(desk, person, clock),
        "accounts": [] if account is None else [
            {
                "platform": account.key.platform,
                "user": str(account.key.user),
                "chat": str(account.chat),
                "heard": clock.moment(account.heard),
                "reachable": account.reachable,
            }
        ],
        "couples": [_couple(c, person, clock, desk.groups.of(c.id)) for c in couples.values()],
        "invitations": [{"expires": clock.moment(each.expires)} for each in desk.unit.invitations_of(person)],
        "conversations": [_conversation(past, person, couples, clock) for past in everything(desk, person)],
        "open": [_open(session, person, clock) for session in _unfinished(desk, person)],
    }  # fmt: skip
    return document


class Clock:
    """Instants as the person's clock shows them."""

    def __init__(self, zone: str) -> None:
        self._zone = zone_info(zone)

    def moment(self, at: int) -> str:
        """An instant, with its offset (RFC 3339)."""
        return datetime.fromtimestamp(at, self._zone).isoformat()

    def day(self, at: int) -> str:
        """Its day alone: when exactly something opened would tell when the other wrote."""
        return self.moment(at)[: len("2027-01-31")]

    def perhaps(self, at: int | None) -> str | None:
        """The same, if there is one."""
        return None if not at else self.moment(at)


def _minute(minute: int | None) -> str | None:
    return None if minute is None else f"{minute // 60:02}:{minute % 60:02}"


def _noon(at: int | None) -> str | None:
    """A day that is kept as noon of it in UTC."""
    return None if at is None else datetime.fromtimestamp(at, UTC).date().isoformat()


def _person(desk: Desk, person: PersonId, clock: Clock) -> Dict:
    known = desk.person(person)
    return {
        "name": _named(person),
        "language": known.language,
        "zone": known.zone,
        "zone_confirmed": known.zone_confirmed,
        "country": known.country or None,
        "since": clock.moment(known.created),
        "quiet_hours": {"from": _minute(known.quiet_from), "to": _minute(known.quiet_to)},
        "discreet": known.discreet,
        "asks_at_once": known.open_to_asks,
        "silent_until": clock.perhaps(known.silent_until),
        "consent": {"version": known.consent, "at": clock.perhaps(known.consented)},
        "wrong_codes": {"count": known.wrong_codes, "last": clock.perhaps(known.wrong_code_at)},
    }


def _couple(couple: Couple, person: PersonId, clock: Clock, group: Group | None) -> Dict:
    """What is for both; of how deep each would have it, and whether answers open in their group, one's own alone."""
    mine = couple.people.index(person)
    return {
        "with": _named(couple.people[1 - mine]),
        "since": clock.moment(couple.created),
        "ended": clock.perhaps(couple.ended),
        "weekday": couple.weekday,
        "at": _minute(couple.minute),
        "last_round": _noon(couple.last_round),
        "rests_until": _noon(couple.rests_until),
        "circumstances": [*couple.fits],
        "depth": couple.depths[mine],
        "season": couple.season,
        "line_of_the_dance": couple.dances[mine],
        "renews": couple.renews[mine],
        "renews_on": _noon(couple.renews_on if couple.renews[mine] else None),
        "group": None if group is None else group.key.platform,
        "answers_in_group": group is not None and group.opens[mine],
    }


def _conversation(past: Past, person: PersonId, couples: dict[CoupleId, Couple], clock: Clock) -> Dict:
    records = (*past.shown, *past.rest)
    couple = next((couples[r.couple] for r in records if r.couple is not None and r.couple in couples), None)
    other = next((p for p in couple.people if p != person), None) if couple else None
    return {
        "exercise": records[0].exercise,
        "began": clock.day(past.began),
        "with": None if other is None else _named(other),
        "lines": [{"arg": write_arg(line)} for line in told(past, person)],
        "records": [_record(record, person, clock) for record in records],
    }


def _record(record: SaveRecord, person: PersonId, clock: Clock) -> Dict:
    is_removed = record.value == REMOVED
    value: Any = {} if is_removed or not isinstance(record.value, dict) else record.value
    return {
        "name": record.name,
        "mine": record.owner == person,
        "at": clock.day(record.at),
        "removed": is_removed,
        "fields": {key: field(key, item, clock) for key, item in value.items()},
    }


def field(key: str, value: Any, clock: Clock) -> Json:
    """One thing in a record or an answer: figures, tokens and times as they are, all that is read as an argument."""
    if isinstance(value, list):
        return [field(key, item, clock) for item in value]
    if isinstance(value, str) and key == "question":
        return {"arg": {"text": value, "args": {}}}
    return _form(value, clock) if isinstance(value, dict) else value


def _form(value: Dict, clock: Clock) -> Json:
    """Something that is written in a form of its own (`bot/engine/codec.py`), or has parts."""
    match value:
        case {"moment": int(at)}:
            return clock.moment(at)
        case {"date": str(plain)} | {"time": str(plain)}:
            return plain
        case {"words": list()} | {"name": int()} | {"card": str(), "deck": str()} | {"text": str()}:
            return {"arg": marked(value)}
        case _:
            return {key: field(key, item, clock) for key, item in value.items()}


# ---- whose, and which


def _people(desk: Desk, person: PersonId) -> set[PersonId]:
    return {person, *(known for couple in desk.couples_of(person) for known in couple.people)}


def _unfinished(desk: Desk, person: PersonId) -> Iterator[Session]:
    """What they have answered in, and is not over for them: of a conversation of two not a sign more than they know."""
    for session in desk.sessions_of(person):
        if session.status is Status.OPEN and repair.has_part(session, person) and _answers(session, person):
            yield session


def _open(session: Session, person: PersonId, clock: Clock) -> Dict:
    answers = {name: field(name, value, clock) for name, value in _answers(session, person).items()}
    return {"exercise": session.exercise, "began": clock.day(session.started), "answers": answers}


def _answers(session: Session, person: PersonId) -> Dict:
    return {name: answer.value for name, answer in session.answers.items() if answer.by == person}


def _named(person: PersonId) -> Dict:
    return {"arg": write_arg(Name(person))}
