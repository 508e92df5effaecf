"""One turn's work: what it has looked at, and what it will change. Nothing is kept before the turn is through."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from bot.changes import (
    Change,
    Cleared,
    Content,
    DropRecord,
    Lane,
    Put,
    Redrawn,
    Removed,
    SaveCouple,
    SavePerson,
    SaveRecord,
    SaveSession,
    Say,
    Show,
)
from bot.commands.lines import GONE, PHRASES
from bot.engine.acts import Act, Ask, Button, Close, Do, Forget, Keep, Line, Offer, Redraw, Remind, Visibility
from bot.engine.advance import Outcome, Turn, advance, end
from bot.engine.events import Event, Joined, Start
from bot.engine.exercise import Scope
from bot.engine.ids import CoupleId, PersonId, SessionId
from bot.engine.run import Surroundings
from bot.engine.session import Json, Prompt, Session, Status
from bot.engine.text import Text
from bot.library import Library
from bot.people import Couple, Person
from bot.ports import Unit
from bot.waking import DAYS, days_later, rest_ends

Effects = Callable[["Desk", Session, Do], None]
OF = "of"  # given to what one of the two, or both, began for the other or each: the couple
DEPTH = "depth"  # and by how much deeper, or less deep, than they come: what both of them would have
FITS = "fits"  # given to what the two begin: the circumstances that its draws heed
OPENS = "opens"  # given to a round by the clock: per seat, from when and until when its prompt goes (epoch seconds)


class Desk:
    """The desk of one turn. `actor`: whose own event this is, None when it is time's. `opens`: for whom the session
    that is being played begins later, and from when until when (epoch seconds). `silent`: to whom nothing is said."""

    def __init__(self, unit: Unit, library: Library, at: int, chance: int, effects: Effects) -> None:
        """A desk with nothing on it yet."""
        self.unit = unit
        self.library = library
        self.at = at
        self.chance = chance
        self.actor: PersonId | None = None
        self.playing: Session | None = None
        self.opens: Mapping[PersonId, tuple[int, int]] = {}
        self.silent: PersonId | None = None
        self._effects = effects
        self._changes: list[Change] = []
        self._sessions: dict[SessionId, Session] = {}
        self._people: dict[PersonId, Person] = {}
        self._known: dict[PersonId, Person] = {}  # as they were when the turn began
        self._couples: dict[CoupleId, Couple] = {}

    # ---- looking

    def session(self, session: SessionId) -> Session | None:
        """A session that has not ended, as this turn has left it."""
        known = self._sessions.get(session) or self.unit.session(session)
        return known if known is not None and known.status is not Status.ENDED else None

    def sessions_of(self, person: PersonId) -> list[Session]:
        """The open sessions of a person, oldest first, as this turn has left them."""
        return [s for s in self.all_sessions_of(person) if s.status is Status.OPEN]

    def all_sessions_of(self, person: PersonId) -> list[Session]:
        """The sessions of a person that have not ended, planned ones too, as this turn has left them."""
        stored = {s.id: s for s in self.unit.sessions_of(person)}
        here = {s.id: s for s in self._sessions.values() if person in s.people}
        sessions = {id_: s for id_, s in (stored | self._sessions).items() if id_ in stored or id_ in here}
        return [s for s in sessions.values() if s.status is not Status.ENDED and person in s.people]

    def names(self, people: Iterable[PersonId]) -> Mapping[PersonId, str]:
        """The names of people."""
        return {person: self.person(person).name for person in people}

    def person(self, person: PersonId) -> Person:
        """A person, as this turn has left them."""
        known = self._people.get(person) or self._known.get(person)
        if known is None:
            known = self._known[person] = self.unit.person(person)
        return known

    def can_reach(self, person: PersonId) -> bool:
        """Whether something that is said to that person can arrive, as far as is known."""
        account = self.unit.account_of(person)
        return account is not None and account.reachable

    def couple_of(self, person: PersonId) -> Couple | None:
        """The couple that a person is in, as this turn has left it."""
        stored = self.unit.couple_of(person)
        known = {stored.id: stored} if stored else {}
        return next((c for c in (known | self._couples).values() if person in c.people and c.ended is None), None)

    def lasting(self, session: Session) -> Couple | None:
        """The couple that a session is of, as long as it lasts."""
        couple = self.couple_of(session.people[0])
        return couple if couple is not None and couple.id == session.couple else None

    def open_one(self, person: PersonId, *exercises: str) -> Session | None:
        """That person's open session of one of these exercises."""
        return next((s for s in self.sessions_of(person) if s.exercise in exercises), None)

    def is_for_two(self, session: Session) -> bool:
        """Whether a session is a couple's, also while it waits for its second."""
        conversation = self.library.conversations.get(session.exercise)
        return conversation is not None and conversation.scope is Scope.COUPLE

    # ---- changing

    def new_id(self) -> int:
        """An id that no other has."""
        return self.library.ids.next(self.at, self.chance)

    def change(self, change: Change) -> None:
        """Something to be kept when the turn is through."""
        self._changes.append(change)

    def changes(self) -> list[Change]:
        """All that this turn changes: people, couples and sessions first, then the rest in its order."""
        people = [SavePerson(p) for p in self._people.values()]
        couples = [SaveCouple(c) for c in self._couples.values()]
        return [*people, *couples, *(SaveSession(s) for s in self._sessions.values()), *self._changes]

    def save(self, session: Session) -> None:
        """A session as it is now."""
        self._sessions[session.id] = session

    def save_person(self, person: Person) -> None:
        """A person as they are now."""
        self._people[person.id] = person

    def save_couple(self, couple: Couple) -> None:
        """A couple as it is now."""
        self._couples[couple.id] = couple

    def so_far(self) -> int:
        """How much there is to change so far: a place to come back to."""
        return len(self._changes)

    @contextmanager
    def inserting(self, place: int) -> Iterator[None]:
        """What is said in the block is said before everything that came after that place."""
        later = self._changes[place:]
        del self._changes[place:]
        yield
        self._changes += later

    def say(self, person: PersonId, said: Text, *buttons: Button) -> None:
        """One line to one person."""
        self._put(person, Say(said, buttons))

    def take_out(self, person: PersonId, messages: tuple[str, ...]) -> None:
        """Messages that were said before go from the chat."""
        self._put(person, Removed(messages))

    def show(self, session: Session, prompt: Prompt, lead: Text | None = None) -> None:
        """An open prompt, sent (again)."""
        self._put(prompt.to, Show(session.id, prompt, lead), prompt=(session.id, prompt.no))

    def begin(
        self,
        exercise: str,
        people: tuple[PersonId, ...],
        couple: CoupleId | None = None,
        given: Mapping[str, Json] | None = None,
        at: int | None = None,
    ) -> Session:
        """A new session, now or at a time."""
        session_id = SessionId(self.new_id())
        seed = int.from_bytes(hashlib.blake2b(f"{self.chance}/{session_id}".encode(), digest_size=7).digest())
        session = Session(
            session_id, exercise, people, couple, seed, self.at, given=dict(given or {}), begins=at, last=self.at
        )
        if at is None or at <= self.at:
            return self.start(session)
        self.save(session)
        return session

    def start(self, session: Session) -> Session:
        """A planned session begins: what it may read, and whom its person is linked with, is looked up now."""
        conversation, first = self.library.conversations.get(session.exercise), session.people[0]
        if conversation is None:
            return self.play(session, Start(self.at)).session
        if conversation.scope is Scope.ALONE and (linked := self.couple_of(first)) is not None:
            partner = next(p for p in linked.people if p != first)
            session = replace(session, couple=linked.id, partner=partner)
        past = self.unit.past(conversation.reads, session.people, session.couple) if conversation.reads else {}
        if conversation.scope is Scope.COUPLE:
            past = self._of_these_two(session.people, past)
        if (couple := self.lasting(session)) is not None and (couple.fits or any(couple.depths)):
            heeds: dict[str, Json] = {FITS: [*couple.fits], DEPTH: min(couple.depths)}
            session = replace(session, given={**session.given, **heeds})
        begun = replace(session, status=Status.OPEN, begins=None, retry=None, past=past)
        return self.play(begun, Start(self._begins(self._opens(begun)))).session  # a round's days count from the later

    def join(self, session: Session, guest: PersonId) -> Session:
        """The second person takes the empty seat; what they may read is looked up now."""
        reads = self.library.conversations[session.exercise].reads
        past = self.unit.past(reads, (*session.people, guest), session.couple)
        joined = replace(session, past={**past, **session.past})
        return self.play(joined, Joined(self.at, guest)).session

    def play(self, session: Session, event: Event) -> Turn:
        """One turn of a session, with all that it brings about. Raises `ExerciseError`; `playing` then tells where. A
        session whose exercise is gone ends: stale."""
        self.playing = session
        if (conversation := self.library.conversations.get(session.exercise)) is None:
            return self._gone(session)
        turn = advance(conversation, session, event, self._around(session))
        self.save(turn.session)
        outer, self.opens = self.opens, self._opens(session)
        for act in turn.acts:
            self.playing = session
            self._act(session, turn.session, act)
        self.opens = outer
        if conversation.in_silence and turn.session.status is Status.ENDED:
            self._break_silence(session)
        return replace(turn, session=self._sessions[session.id])

    # ---- inside

    def _of_these_two(self, people: Iterable[PersonId], past: Mapping[str, Any]) -> Mapping[str, Json]:
        """What is remembered for two people: nothing from before either of them left somebody."""
        ended = [couple.ended or 0 for person in people for couple in self.unit.former_couples(person)]
        since = max(ended, default=0)
        return {
            seat: {name: [record for record in records if record["at"] >= since] for name, records in mine.items()}
            for seat, mine in past.items()
        }

    def _opens(self, session: Session) -> Mapping[PersonId, tuple[int, int]]:
        """From when and until when a round by the clock is first asked of each; nothing once both know it."""
        given: Any = session.given.get(OPENS, [])
        opens = {person: (at, until) for person, (at, until) in zip(session.people, given, strict=False)}
        return opens if self._begins(opens) > self.at or session.turn == 0 else {}

    def _begins(self, opens: Mapping[PersonId, tuple[int, int]]) -> int:
        """When something that opens at different times has opened for all."""
        return max([self.at, *(at for at, _ in opens.values())])

    def _from(self, person: PersonId) -> int:
        """From when something may be said to that person: at once, if it answers what they did."""
        return self.at if person == self.actor or person not in self.opens else max(self.at, self.opens[person][0])

    def _gone(self, session: Session) -> Turn:
        """A session whose exercise is no longer there ends with one kind sentence."""
        turn = end(session, self.at, Outcome.STALE)
        self.save(turn.session)
        for act in turn.acts:
            self._act(session, turn.session, act)
        for person in session.people:
            self.say(person, GONE)
        return turn

    def _around(self, session: Session) -> Surroundings:
        people = [self.person(p) for p in session.people]
        writer = next((p for p in people if p.id == self.actor), people[0])
        vocabulary = self.library.vocabulary(writer.language)
        return Surroundings({p.id: p.zone for p in people}, self.library.decks, PHRASES, vocabulary)

    def _act(self, before: Session, after: Session, act: Act) -> None:
        match act:
            case Line(to, said, buttons, once):
                if to is not None and self._reaches(before, after, to):  # a couple's group has no chat yet
                    buttons = tuple(_placed(b, before.id) if b.command == "back" else b for b in buttons)
                    self._put(to, Say(said, buttons), once=once, session=before.id)
            case Ask(no, lead):
                self._ask(after, no, lead)
            case Remind(no, lead, wait, until):
                self._remind(after, no, lead, self._begins(self.opens) + int(wait.total_seconds()), until)
            case Redraw(no):
                if prompt := after.prompt(no):
                    self._put(prompt.to, Redrawn(after.id, prompt), prompt=(after.id, no))
            case Close(no, to, question, chosen):
                self._put(to, Cleared(before.id, no, question, chosen), session=before.id)
            case _:
                self._beyond(before, after, act)

    def _beyond(self, before: Session, after: Session, act: Act) -> None:
        """What is not said: what is kept, and what begins."""
        match act:
            case Keep(name, owner, visibility, value):
                seen = self._seen(after, visibility)
                self.change(SaveRecord(before.id, after.couple, before.exercise, name, owner, seen, self.at, value))
            case Forget(name, owner):
                self.change(DropRecord(before.id, name, owner))
            case Offer(exercise, to, at, given) if all(self._reaches(before, after, person) for person in to):
                both = self.library.conversations[exercise].scope is Scope.COUPLE
                given = {**given, OPENS: [[*self.opens[person]] for person in to]} if both and self.opens else given
                if at is not None:
                    self._replan(exercise, to)
                if after.couple is not None and to != before.people:
                    given = {**given, OF: after.couple}
                self.begin(exercise, to, after.couple if both else None, given, at.at if at else None)
            case Do():
                self._effects(self, after, act)

    def _replan(self, exercise: str, people: tuple[PersonId, ...]) -> None:
        """What was planned of that exercise with these people makes room for what is planned now."""
        for session in self.unit.sessions_of(people[0]):
            if session.status is Status.PLANNED and (session.exercise, session.people) == (exercise, people):
                self.save(end(session, self.at).session)

    def _reaches(self, before: Session, after: Session, person: PersonId) -> bool:
        """Whether a session's words are for that person: somebody who takes part, or a partner while they are one."""
        if person in before.people or person in after.people:
            return True
        couple = self.lasting(after)
        return couple is not None and person in couple.people

    def _seen(self, session: Session, visibility: Visibility) -> Visibility:
        """Who may see what a session keeps: what was shared with somebody who has left stays with its owner."""
        shared = visibility in {Visibility.SHARED, Visibility.GROUP}
        is_over = shared and session.couple is not None and self.lasting(session) is None
        return Visibility.PRIVATE if is_over else visibility

    def _ask(self, session: Session, no: int, lead: Text | None) -> None:
        prompt = session.prompt(no)
        if prompt is None:
            return
        unasked = self.actor is None or (prompt.to != self.actor and prompt.to in self.opens)
        self._put(
            prompt.to,
            Show(session.id, prompt, lead),
            prompt=(session.id, no),
            once=unasked,
            unasked=unasked,
            useless_after=self._useless_after(prompt.to) if unasked else None,
        )

    def _useless_after(self, person: PersonId) -> int:
        """The last moment before an unasked prompt would be two days late."""
        if person in self.opens:
            return self.opens[person][1]
        return days_later(self.person(person), self.at, DAYS) - 1

    def _remind(self, session: Session, no: int, lead: Text, at: int, until: int | None) -> None:
        prompt = session.prompt(no)
        if prompt is None or self._rests(session, at):
            return
        sent = Show(session.id, prompt, lead)
        row = Put(self.new_id(), prompt.to, sent, Lane.BULK, at, until, (session.id, no), session=session.id)
        in_silence = self._in_silence(session.id)
        self.change(replace(row, once=True, waking=True, unasked=True, in_silence=in_silence))

    def _rests(self, session: Session, at: int) -> bool:
        """Whether the couple that a session is of rests at that time: then nobody is reminded."""
        couple = self.lasting(session)
        return couple is not None and at < rest_ends(couple, (self.person(p).zone for p in couple.people))

    def _put(
        self,
        to: PersonId,
        content: Content,
        *,
        prompt: tuple[SessionId, int] | None = None,
        once: bool = False,
        unasked: bool = False,
        useless_after: int | None = None,
        session: SessionId | None = None,
    ) -> None:
        if to == self.silent:
            return
        own, belongs_to = to == self.actor, session or (prompt[0] if prompt else None)
        quiet = own or isinstance(content, Redrawn | Cleared | Removed)
        self.change(
            Put(
                self.new_id(),
                to,
                content,
                Lane.REPLY if own else Lane.BULK,
                self._from(to),
                useless_after,
                prompt,
                once=once,
                waking=not quiet,
                unasked=unasked,
                in_silence=belongs_to is not None and self._in_silence(belongs_to),
                session=belongs_to,
            )
        )

    def _break_silence(self, session: Session) -> None:
        """The silence that belongs to a session is over, for whoever kept it."""
        for person in (*session.people, session.partner):
            if person is not None and (known := self.person(person)).silent_by == session.id:
                self.save_person(replace(known, silent_until=None, silent_by=None))

    def _in_silence(self, session: SessionId) -> bool:
        """Whether that session is about somebody's time for themselves."""
        known = self._sessions.get(session)
        conversation = None if known is None else self.library.conversations.get(known.exercise)
        return conversation is not None and conversation.in_silence


def _placed(back: Button, session: SessionId) -> Button:
    """A button that takes an answer back, with the session that it is in before the name of the answer."""
    return replace(back, argument=f"{session} {back.argument}".strip())
