"""How a session starts: whom its person is linked with, what it may read, and when it opens for whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.engine.exercise import Exercise, Scope
from bot.engine.ids import PersonId
from bot.engine.session import Json, Session
from bot.people import Couple

if TYPE_CHECKING:
    from bot.desk import Desk

OF = "of"  # given to what one of the two, or both, began for the other or each: the couple
DEPTH = "depth"  # and by how much deeper, or less deep, than they come: what both of them would have
FITS = "fits"  # given to what the two begin: the circumstances that its draws heed
RITUAL = "ritual"  # both have said yes to renewing
TOGETHER = "together"  # each sees the other's line in the dance
MINE = "mine"  # this one has said yes to renewing
DANCES = "dances"  # whether this one would show their line: 1 yes, -1 no
SINCE = "since"  # since when the two are linked (epoch seconds)
SETTLED = frozenset({FITS, DEPTH, RITUAL, TOGETHER, MINE, DANCES, SINCE})
OPENS = "opens"  # given to a round by the clock: per seat, from when and until when its prompt goes (epoch seconds)


def ready(desk: Desk, session: Session, conversation: Exercise) -> Session:
    """A planned session with all that it knows of its people when it begins."""
    first = session.people[0]
    if conversation.scope is Scope.ALONE and (linked := desk.couple_of(first)) is not None:
        partner = next(p for p in linked.people if p != first)
        session = replace(session, couple=linked.id, partner=partner)
    session = _not_too_late(session, desk.at)
    past = desk.unit.past(conversation.reads, session.people, session.couple) if conversation.reads else {}
    if conversation.scope is Scope.COUPLE:
        past = _of_these_two(desk, session.people, past)
    if (couple := desk.lasting(session)) is not None:
        session = replace(session, given={**session.given, **_of_couple(couple, session, conversation.scope)})
    return replace(session, past=past)


def _not_too_late(session: Session, at: int) -> Session:
    """What was planned for times that went by in a standstill opens now."""
    opens: Any = session.given.get(OPENS)
    if not opens or any(until >= at for _, until in opens):
        return session
    return replace(session, given={name: value for name, value in session.given.items() if name != OPENS})


def _of_couple(couple: Couple, session: Session, scope: Scope) -> dict[str, Json]:
    """What the two have settled, as far as it is both's or that person's own."""
    facts: dict[str, Json] = {}
    if couple.fits or any(couple.depths):
        facts |= {FITS: [*couple.fits], DEPTH: min(couple.depths)}
    if all(couple.renews):
        facts[RITUAL] = True
    if min(couple.dances) > 0:
        facts[TOGETHER] = True
    if scope is Scope.ALONE:
        seat = couple.people.index(session.people[0])
        facts[SINCE] = couple.created
        facts |= {MINE: True} if couple.renews[seat] else {}
        facts |= {DANCES: couple.dances[seat]} if couple.dances[seat] else {}
    return facts


def _of_these_two(desk: Desk, people: Iterable[PersonId], past: Mapping[str, Any]) -> Mapping[str, Json]:
    """What is remembered for two people: nothing from before either of them left somebody."""
    ended = [couple.ended or 0 for person in people for couple in desk.former_couples(person)]
    since = max(ended, default=0)
    return {
        seat: {name: [record for record in records if record["at"] >= since] for name, records in mine.items()}
        for seat, mine in past.items()
    }


def opening_times(session: Session, at: int) -> Mapping[PersonId, tuple[int, int]]:
    """From when and until when a round by the clock is first asked of each; nothing once both know it."""
    given: Any = session.given.get(OPENS, [])
    opens = {person: (since, until) for person, (since, until) in zip(session.people, given, strict=False)}
    return opens if open_for_all(opens, at) > at or session.turn == 0 else {}


def open_for_all(opens: Mapping[PersonId, tuple[int, int]], at: int) -> int:
    """When something that opens at different times has opened for all."""
    return max([at, *(since for since, _ in opens.values())])
