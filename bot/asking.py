"""Questions of people's own: put to both, waiting in a jar, or drawn from it for a week (docs/decisions/0012, 0013)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot import repair
from bot.changes import DropRecord, SaveRecord
from bot.commands import ask as words
from bot.commands import lines
from bot.desk import Desk
from bot.engine.codec import read_arg
from bot.engine.events import Said
from bot.engine.ids import PersonId
from bot.engine.session import Json, Session
from bot.engine.text import Arg, text
from bot.events import readable
from bot.exercises.ask import LONGEST, is_question
from bot.exercises.then import AGAIN
from bot.people import Couple
from bot.starting import OPENS
from bot.waking import DAYS, days_later, waking_minute

JAR = ("ask.jar", "asked.jar")  # put in by its writer; back from a round that closed
BETWEEN = 20 * 86_400  # seconds between two draws: every third week, less the hours by which an evening moves
A_YEAR = 52 * 7 * 86_400  # seconds
ABOUT = 21 * 86_400  # seconds by which it may be more or less
SETTING = {"on": True, "off": False}
PAGES = 3  # digits of the number of one


# ---- the command


def ask(desk: Desk, person: PersonId, argument: str) -> Session | None:
    """`/ask`, with or without the question; `/ask jar`, `/ask off`, `/ask on`. The session that it is in the middle
    of, where it takes nothing more."""
    said = argument.casefold()
    if said in SETTING:
        let_come(desk, person, SETTING[said])
        desk.say(person, words.ASKS_ON if SETTING[said] else words.ASKS_OFF)
        repair.stand_again(desk, person)
    elif said == "jar":
        jar(desk, person, "")
    else:
        return _write(desk, person, readable(argument).strip())
    return None


def _write(desk: Desk, person: PersonId, question: str) -> Session | None:
    """What stands behind the command is what its question would be answered with."""
    if len(question) > LONGEST:
        desk.say(person, text(words.TOO_LONG.key, {"most": LONGEST, "length": len(question)}))
    already = desk.open_one(person, "ask")
    session = already or desk.begin("ask", (person,), given={"open": _is_one_open(desk, person)})
    prompt = session.open.get("question")
    if is_question(question) and prompt is not None:
        here = replace(session, aside=session.aside - {person})
        desk.play(here, Said(desk.at, person, prompt.no, question))
        return None
    if already is not None and is_question(question):
        desk.say(person, words.NOT_TAKEN)
    return already


def _is_one_open(desk: Desk, person: PersonId) -> bool:
    """Whether a question of theirs has not opened yet; where they sit alone it never does, and they must not know."""
    theirs = [s for s in desk.sessions_of(person) if s.exercise == "asked" and s.people[0] == person]
    return any(s.people == (person,) or repair.is_sealed(s, person) for s in theirs)


def let_come(desk: Desk, person: PersonId, come: bool) -> None:
    """Whether the other's own questions come to that person as they are asked."""
    desk.save_person(replace(desk.person(person), open_to_asks=come))


# ---- for both


def pose(desk: Desk, by: PersonId, question: Json) -> None:
    """Begins the round of somebody's own question. Its days count from the other's next waking minute, and are the
    same where the other has no seat in it: what its writer sees, and when, tells nothing."""
    couple = desk.couple_of(by)
    if couple is None:
        return  # who leaves is not offered it any more
    other = desk.person(next(p for p in couple.people if p != by))
    goes = waking_minute(other, desk.at)
    seats = (by, other.id) if other.open_to_asks else (by,)
    until = days_later(other, goes, DAYS) - 1
    desk.begin("asked", seats, couple.id, {"question": question, OPENS: [[goes, until] for _ in seats]})


# ---- the jar


def jar(desk: Desk, person: PersonId, number: str) -> None:
    """One page of what somebody has put in, oldest first, each with the way out."""
    page = int(number) if number.isascii() and number.isdecimal() and len(number) <= PAGES else 1
    here = [(record.session, _question(record)) for record in desk.unit.own(JAR, person)]
    before = max(page - 1, 0) * words.PAGE
    shown = here[before : before + words.PAGE]
    if not shown:
        desk.say(person, words.EMPTY if not here else lines.STALE)
    else:
        more = len(here) > before + words.PAGE
        desk.say(person, words.jar(shown, before), *words.buttons(shown, page, more=more))
    repair.stand_again(desk, person)


def take_out(desk: Desk, person: PersonId, session: str) -> None:
    """One question out of somebody's own jar, for good."""
    found = next((r for r in desk.unit.own(JAR, person) if str(r.session) == session), None)
    if found is None:
        desk.say(person, lines.STALE)
        return
    _remove(desk, found)
    desk.say(person, text(words.TAKEN_OUT.key, {"question": _question(found)}))
    repair.stand_again(desk, person)


def _remove(desk: Desk, record: SaveRecord) -> None:
    desk.change(DropRecord(record.session, record.name, record.owner))


def _question(record: SaveRecord) -> Arg:
    value: Any = record.value
    return read_arg(value["question"])


# ---- for a week


def begin_week(desk: Desk, couple: Couple, opens: Mapping[PersonId, tuple[int, int]], *, again: bool) -> None:
    """The week's round: where it may look back, a question of a year ago; out of one of the two jars when it is a
    jar's turn; else from the deck."""
    then = a_year_ago(desk, couple) if again else None
    drawn = _drawn(desk, couple) if then is None else None
    if drawn is None:
        given: dict[str, Json] = {} if then is None else {AGAIN: then}
        opening: list[Json] = [[*opens[person]] for person in couple.people]
        desk.begin("curious", couple.people, couple.id, {**given, OPENS: opening})
        return
    _remove(desk, drawn)
    value: Any = drawn.value
    people = tuple(sorted(couple.people, key=lambda person: person != drawn.owner))
    given = {"question": value["question"], OPENS: [[*opens[person]] for person in people]}
    desk.begin("drawn", people, couple.id, given)


def a_year_ago(desk: Desk, couple: Couple) -> str | None:
    """The question that opened between the two a year ago, as near to that day as can be, if it may come again."""
    past: Any = desk.unit.past(("curious.opened.0", "curious.opened.1", "curious.never"), couple.people[:1], couple.id)
    mine = past["0"]
    ones, others = (_opened(mine[f"curious.opened.{seat}"]) for seat in (0, 1))
    never = {record["value"].get("card") for record in mine["curious.never"]}
    both = {card: at for card, at in ones.items() if card in others and card not in never}
    near = {card: abs(desk.at - at - A_YEAR) for card, at in both.items()}
    return min((card for card, off in near.items() if off <= ABOUT), key=near.__getitem__, default=None)


def _opened(records: list[Any]) -> dict[str, int]:
    """When which card opened; what its writer took out is not looked back at."""
    found = ((record["value"], record["at"]) for record in records)
    return {value["question"]["card"]: at for value, at in found if "answer" in value and "card" in value["question"]}


def _drawn(desk: Desk, couple: Couple) -> SaveRecord | None:
    """At most every third week; the one whose question was not drawn last goes first; of each, the oldest. What was
    put in while they were somebody else's partner stays where it is."""
    past: Any = desk.unit.past(("drawn.asked",), couple.people[:1], couple.id)
    before = [drawn for drawn in past["0"]["drawn.asked"] if drawn["by"] in couple.people]
    last = before[-1] if before else None
    if last is not None and desk.at - last["at"] < BETWEEN:
        return None
    by = last and last["by"]
    jars = [r for p in couple.people for r in desk.unit.own(JAR, p) if r.couple in {None, couple.id}]
    return min(jars, key=lambda record: (record.owner == by, record.at, record.session), default=None)
