"""The commands that begin a conversation; in the middle of that very one: go on, or start over."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from bot import asking, dancing, renewing, repair, weeks
from bot.commands import help as helping
from bot.commands import lines, ritual, surprise
from bot.desk import Desk
from bot.engine.acts import Button
from bot.engine.events import Stopped
from bot.engine.ids import PersonId, SessionId
from bot.engine.moments import Moment
from bot.engine.session import Json, Session
from bot.engine.text import Text, text
from bot.exercises.spans import read_span
from bot.people import Couple
from bot.seasons import LENGTH

ANOTHER_DAY = "another"
_TIMES = re.compile(r"([0-9]{1,10})-([0-9]{1,10})")  # two moments of this century or the next

Command = Callable[[Desk, PersonId, str], None]


def curious(desk: Desk, person: PersonId, argument: str) -> None:
    """A question for both; with nobody to ask, one to carry to the table."""
    couple = desk.couple_of(person)
    already = next((s for s in repair.takes_part_in(desk, person) if _is_asking(s, person)), None)
    if already is not None:
        _in_the_middle(desk, person, already)
    elif couple is None:
        desk.begin("table", (person,))
    else:
        weeks.round_by_hand(desk, couple)
        partner = next(p for p in couple.people if p != person)
        desk.begin("curious", (person, partner), couple.id)


def _is_asking(session: Session, person: PersonId) -> bool:
    """Whether a question of that session stands in the way of a new one; what follows an opening does not."""
    if session.exercise in {"curious", "drawn"}:
        return session.couple is None or repair.is_sealed(session, person)
    return session.exercise == "table"


def alone(exercise: str) -> Command:
    """The command of somebody's own exercise; in the middle of one: go on, or start over."""

    def command(desk: Desk, person: PersonId, argument: str) -> None:
        already = desk.open_one(person, exercise)
        if already is None:
            desk.begin(exercise, (person,))
        else:
            _in_the_middle(desk, person, already)

    return command


def ask(desk: Desk, person: PersonId, argument: str) -> None:
    """A question of one's own, for the other."""
    if (already := asking.ask(desk, person, argument)) is not None:
        _in_the_middle(desk, person, already)


def _in_the_middle(desk: Desk, person: PersonId, session: Session) -> None:
    """The command again: go on, or, where nobody else has a seat in it, start over."""
    here = str(session.id)
    over = () if desk.is_for_two(session) else (Button(lines.START_OVER, "over", here),)
    desk.say(person, lines.ALREADY_IN, Button(lines.CONTINUE, "continue", here), *over)


def of_two(conversation: str, alone: Text, given: Callable[[Desk, PersonId, Couple], dict[str, Json]]) -> Command:
    """A command about the couple that somebody is in; given again it begins anew."""

    def command(desk: Desk, person: PersonId, argument: str) -> None:
        couple = desk.couple_of(person)
        if couple is None:
            desk.say(person, alone, helping.PAIR)
            repair.stand_again(desk, person)
            return
        if (already := desk.open_one(person, conversation)) is not None:
            desk.play(already, Stopped(desk.at))
        desk.begin(conversation, (person,), given=given(desk, person, couple))

    return command


def rhythm_now(desk: Desk, person: PersonId, couple: Couple) -> dict[str, Json]:
    """The couple's dates and circumstances as they are now: what /rhythm begins with."""
    rests = weeks.rests(desk, couple)
    return {
        "coming": [[at, what.value] for at, what in weeks.coming(desk, couple, person, LENGTH)],
        "week": couple.season % LENGTH,
        "renews": renewing.facts(desk, person, couple)["day"] if couple.renews[couple.people.index(person)] else None,
        "rests": None if rests is None else rests.isoformat(),
        "fits": [*couple.fits],
    }


def renew(desk: Desk, person: PersonId, argument: str) -> None:
    """The ritual: whoever has a part of it open goes on; else whether there is one, and on which day."""
    open_now = (s for s in repair.takes_part_in(desk, person) if s.exercise == "renew" and s.waits_for(person))
    if (session := next(open_now, None)) is not None:
        _in_the_middle(desk, person, session)
    else:
        of_two("ritual", ritual.TWO, renewing.facts)(desk, person, argument)


def lines_of_two(desk: Desk, person: PersonId, argument: str) -> None:
    """Whether each sees the other's line in the dance."""
    dancing.show(desk, person, argument == "on")
    repair.stand_again(desk, person)


def surprised(desk: Desk, person: PersonId, argument: str) -> None:
    """How sure somebody was of their guesses, and how close they came."""
    values: list[Any] = [record.value for record in desk.unit.own(("grade.guess",), person)]
    guesses = [(value["sure"], value["close"]) for value in values if "sure" in value]
    few = len(guesses) < surprise.ENOUGH
    desk.say(person, surprise.too_few(len(guesses)) if few else surprise.gap(guesses))
    repair.stand_again(desk, person)


def calendar(desk: Desk, person: PersonId, argument: str) -> None:
    """An entry for somebody's own calendar, for the time that their button names."""
    match [int(each) for each in found.groups()] if (found := _TIMES.fullmatch(argument)) else []:
        case [begins, ends] if begins < ends:
            zone = desk.person(person).zone
            desk.say(person, lines.for_calendar(Moment(begins, zone), Moment(ends, zone)))
        case _:
            desk.say(person, lines.STALE)
    repair.stand_again(desk, person)


def space(desk: Desk, person: PersonId, argument: str) -> None:
    """Time for oneself: one that is being planned goes on; of those that are planned, each is a button."""
    planned = _planned(desk, person)
    if (planning := desk.open_one(person, "space")) is not None:
        _in_the_middle(desk, person, planning)
    elif planned and argument != ANOTHER_DAY:
        there = [Button(text("{begins}", {"begins": begins}), "continue", str(id_)) for begins, id_ in planned]
        desk.say(person, lines.TIME_PLANNED, *there, Button(lines.ANOTHER_DAY, "space", ANOTHER_DAY))
    else:
        taken: list[Json] = [begins.local.date().isoformat() for begins, _ in planned]
        desk.begin("space", (person,), given={"now": argument == "now", "taken": taken})


def _planned(desk: Desk, person: PersonId) -> list[tuple[Moment, SessionId]]:
    """When that person has time for themselves, the next first."""
    theirs = ((read_span(s.given.get("span")), s.id) for s in desk.sessions_of(person) if s.exercise == "own-time")
    return sorted((span.begins, id_) for span, id_ in theirs if span is not None)
