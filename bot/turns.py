"""A turn: one event, one transaction. What is remembered and what will be said are kept together, or not at all."""

from __future__ import annotations

import traceback
from dataclasses import dataclass, replace
from pathlib import Path

import structlog

from bot import effects, erasing, grouping, proposing, repair, router, weeks
from bot.commands import lines
from bot.desk import Desk
from bot.engine.advance import Outcome
from bot.engine.errors import ExerciseError
from bot.engine.events import Due
from bot.engine.ids import CoupleId, PersonId, SessionId
from bot.engine.session import Session, Status
from bot.engine.text import Text
from bot.errors import StoreError
from bot.events import Crowded, Event, Incoming, SessionDue, Unheard, WeekDue
from bot.library import Library
from bot.ports import Store, Unit

RETRIES = (300, 3_600, 21_600, 86_400)  # seconds; after the last, daily (rule 8)
WHERE_IT_FAILED = "failed"  # and a seat: the mark that this one was told, once a session

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Aside:
    """Something for whoever did something among others: said there, to them alone, if the platform can. `language`:
    theirs."""

    text: Text
    language: str


class Turns:
    """Takes events, one transaction each. Synchronous: it runs on the store's own thread."""

    def __init__(self, store: Store, library: Library) -> None:
        """Turns over a store, with what never changes."""
        self._store = store
        self._library = library
        self.failed = 0  # turns that raised, whatever it was

    def take(self, event: Event) -> Aside | None:
        """One turn; what comes back is for whoever did something among others, alone. Raises `StoreError` when the
        store fails; then the event is not marked and comes again."""
        playing: Session | None = None
        aside: Aside | None = None
        failed = False
        try:
            with self._store.turn() as unit:
                desk = self._desk(unit, event)
                try:
                    _turn(desk, event)
                except Exception:
                    playing = desk.playing
                    raise
                unit.keep(desk.changes())
                aside = None if desk.aside is None else Aside(desk.aside, _language(desk, event))
        except StoreError:
            raise
        except Exception as error:  # whatever it was: an event that fails must not come again for ever
            _log(error)
            failed = True
        if failed:  # not above: should the store fail now, its error must not carry the other's message with it
            self._after_failure(event, playing)
        return aside

    def _after_failure(self, event: Event, playing: Session | None) -> None:
        """Rule 8, the second transaction: a person's event is seen and they are told once; a timer is tried again."""
        self.failed += 1
        with self._store.turn() as unit:
            desk = self._desk(unit, event)
            match event:
                case Incoming():
                    _tell(desk, event, desk.session(playing.id) if playing is not None else None)
                case SessionDue(session):
                    _session_again(desk, session)
                case WeekDue():
                    _week_again(desk, event)
                case Unheard() | Crowded():
                    pass  # it comes again
            unit.keep(desk.changes())

    def _desk(self, unit: Unit, event: Event) -> Desk:
        return Desk(unit, self._library, event.at, event.chance, effects.carry_out)


def _language(desk: Desk, event: Event) -> str:
    """In which language whoever did something reads: the one that they chose, or that their platform tells."""
    if desk.actor is not None:
        return desk.person(desk.actor).language
    return (event.sender.profile.language if isinstance(event, Incoming) else None) or ""


def _session_again(desk: Desk, session_id: SessionId) -> None:
    """The session whose timer came stays due, whatever it was that failed."""
    if (session := desk.session(session_id)) is not None:
        wait = RETRIES[min(session.failures, len(RETRIES) - 1)]
        desk.save(replace(session, failures=session.failures + 1, retry=desk.at + wait))


def _week_again(desk: Desk, event: WeekDue) -> None:
    """A weekly prompt that failed stays due: tried again the later, the longer it has failed."""
    couple = desk.unit.couple(event.couple)
    late = event.at - weeks.last_slot(desk, couple, event.at)
    wait = next((wait for wait in RETRIES if wait > late), RETRIES[-1])
    desk.save_couple(replace(couple, next_due=event.at + wait))


def _log(error: Exception) -> None:
    """The type of what was raised and where: never its message, which may hold what somebody typed."""
    if isinstance(error, ExerciseError):
        cause = type(error.__cause__).__name__
        log.error("exercise.failed", exercise=error.exercise, question=error.question, type=cause)
        return
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    log.error("turn.failed", type=type(error).__name__, place=place)


def _tell(desk: Desk, event: Incoming, session: Session | None) -> None:
    desk.unit.first_time(event.id, event.at)
    account = desk.unit.account(event.sender.account)
    if account is None:
        return  # their very first event failed: nobody is known yet, and nothing was kept
    desk.actor = person = account.person
    if session is None or person not in session.people:
        desk.say(person, lines.FAILED)
        return
    mark = f"{WHERE_IT_FAILED}.{session.people.index(person)}"
    if mark not in session.done:
        desk.say(person, lines.FAILED)
        desk.save(replace(session, done={**session.done, mark: session.turn}))


def _turn(desk: Desk, event: Event) -> None:
    match event:
        case Incoming():
            if desk.unit.first_time(event.id, event.at):
                router.receive(desk, event)
        case Crowded(group):
            grouping.crowded(desk, group)
        case SessionDue(session):
            _session_due(desk, session)
        case WeekDue(couple):
            _week_due(desk, couple)
        case Unheard(person, before):
            _forgotten(desk, person, before)


def _session_due(desk: Desk, session_id: SessionId) -> None:
    session = desk.unit.session(session_id)
    if session is None or session.wake is None or session.wake > desk.at:
        return
    if session.status is Status.PLANNED:
        desk.start(session)
    elif desk.play(session, Due(desk.at)).outcome is Outcome.EXPIRED:
        for person in session.people:
            desk.say(person, lines.EXPIRED)


def _week_due(desk: Desk, couple_id: CoupleId) -> None:
    """The weekly prompt, for each at their own time. A round that is still sealed stays the week's; what follows one
    is private, and holds nothing back. Of one that is too late nothing is said."""
    couple = desk.unit.couple(couple_id)
    if couple.ended is not None or couple.next_due is None or couple.next_due > desk.at:
        return
    if len(reachable := [person for person in couple.people if desk.can_reach(person)]) < len(couple.people):
        weeks.pause(desk, couple)
        for person in reachable:
            desk.say(person, lines.UNDELIVERED)
        return
    opens = weeks.round_by_the_clock(desk, couple)
    if opens and not any(s.couple == couple.id and repair.is_week_s(s) for s in desk.sessions_of(couple.people[0])):
        proposing.begin_week(desk, couple, opens)


def _forgotten(desk: Desk, person: PersonId, before: int) -> None:
    """Whoever wrote since they were looked for stays."""
    account = desk.unit.account_of(person)
    if account is not None and account.heard < before and desk.person(person).erased is None:
        erasing.erase(desk, person)
