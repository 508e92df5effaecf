"""One turn's work: what it has looked at, and what it will change. Nothing is kept before the turn is through."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from bot.acting import carry_out
from bot.changes import Change, Removed, SaveCouple, SavePerson, SaveSession, Say, Show
from bot.commands.lines import GONE, PHRASES
from bot.engine.acts import Ask, Button, Do
from bot.engine.advance import Outcome, Turn, advance, end
from bot.engine.events import Event, Joined, Start
from bot.engine.exercise import Scope
from bot.engine.ids import CoupleId, PersonId, SessionId
from bot.engine.run import Surroundings
from bot.engine.session import Json, Prompt, Session, Status
from bot.engine.text import Text
from bot.groups import Groups
from bot.library import Library
from bot.people import Account, Couple, Person
from bot.ports import Told, Unit
from bot.saying import put
from bot.starting import open_for_all, opening_times, ready

Effects = Callable[["Desk", Session, Do], None]


class Desk:
    """The desk of one turn. `actor`: whose own event this is, None when it is time's. `opens`: for whom the session
    that is being played begins later, and from when until when (epoch seconds).
    `silent`: to whom nothing is said. `effects`: what carries out what a command may do. `groups`: the chats that
    several share. `aside`: what whoever did something in one of those is told alone, where they did it."""

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
        self.effects = effects
        self._changes: list[Change] = []
        self._sessions: dict[SessionId, Session] = {}
        self._people: dict[PersonId, Person] = {}
        self._known: dict[PersonId, Person] = {}  # as they were when the turn began
        self._couples: dict[CoupleId, Couple] = {}
        self._former: dict[PersonId, Sequence[Couple]] = {}
        self.groups = Groups(unit)
        self.aside: Text | None = None

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

    def couples_of(self, person: PersonId) -> list[Couple]:
        """The couples that a person is and was in, the oldest first."""
        now = self.couple_of(person)
        return sorted((*([now] if now else ()), *self.former_couples(person)), key=lambda couple: couple.created)

    def former_couples(self, person: PersonId) -> Sequence[Couple]:
        """The couples that a person was in when the turn began."""
        known = self._former.get(person)
        if known is None:
            known = self._former[person] = self.unit.former_couples(person)
        return known

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

    def in_silence(self, session: SessionId) -> bool:
        """Whether that session is about somebody's time for themselves."""
        known = self._sessions.get(session)
        conversation = None if known is None else self.library.conversations.get(known.exercise)
        return conversation is not None and conversation.in_silence

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
        sessions = [SaveSession(s) for s in self._sessions.values()]
        return [*people, *couples, *self.groups.changes(), *sessions, *self._changes]

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
        put(self, person, Say(said, buttons))

    def take_out(self, account: Account, messages: Sequence[Told]) -> int:
        """Messages that were said before go from the chat; says how many the platform cannot take out any more."""
        platform = self.library.platforms.get(account.key.platform)
        lasts = None if platform is None else platform.deletes_for
        young = tuple(each.message for each in messages if lasts is None or self.at - each.at <= lasts)
        if young:
            put(self, account.person, Removed(young))
        return len(messages) - len(young)

    def show(self, session: Session, prompt: Prompt, lead: Text | None = None) -> None:
        """An open prompt, sent (again)."""
        put(self, prompt.to, Show(session.id, prompt, lead), prompt=(session.id, prompt.no))

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
        conversation = self.library.conversations.get(session.exercise)
        if conversation is None:
            return self.play(session, Start(self.at)).session
        begun = replace(ready(self, session, conversation), status=Status.OPEN, begins=None, retry=None)
        opened = open_for_all(opening_times(begun, self.at), self.at)  # a round's days count from the later
        return self.play(begun, Start(opened)).session

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
        self.save(_asked_again(turn))
        outer, self.opens = self.opens, opening_times(session, self.at)
        for act in turn.acts:
            self.playing = session
            carry_out(self, session, turn.session, act)
        self.opens = outer
        if conversation.in_silence and turn.session.status is Status.ENDED:
            self._break_silence(session)
        return replace(turn, session=self._sessions[session.id])

    # ---- inside

    def _gone(self, session: Session) -> Turn:
        """A session whose exercise is no longer there ends with one kind sentence."""
        turn = end(session, self.at, Outcome.STALE)
        self.save(turn.session)
        for act in turn.acts:
            carry_out(self, session, turn.session, act)
        for person in session.people:
            self.say(person, GONE)
        return turn

    def _around(self, session: Session) -> Surroundings:
        people = [self.person(p) for p in session.people]
        writer = next((p for p in people if p.id == self.actor), people[0])
        vocabulary = self.library.vocabulary(writer.language)
        return Surroundings({p.id: p.zone for p in people}, self.library.decks, PHRASES, vocabulary)

    def _break_silence(self, session: Session) -> None:
        """The silence that belongs to a session is over, for whoever kept it."""
        for person in (*session.people, session.partner):
            if person is not None and (known := self.person(person)).silent_by == session.id:
                self.save_person(replace(known, silent_until=None, silent_by=None))


def _asked_again(turn: Turn) -> Session:
    """A session as a turn left it: whoever is asked something new is in it again."""
    asked = {prompt.to for act in turn.acts if isinstance(act, Ask) and (prompt := turn.session.prompt(act.no))}
    return replace(turn.session, aside=turn.session.aside - asked) if asked & turn.session.aside else turn.session
