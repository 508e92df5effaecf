"""Couples who play: their real rows, what they are sent, and what they do with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

from benchmarks.audit import ANSWER, audit
from bot.changes import SaveAccount, SaveCouple, SavePerson, SaveSession, Show
from bot.commands.start import TERMS_VERSION
from bot.engine.ids import CoupleId, PersonId, SessionId
from bot.engine.session import Kind, Session
from bot.events import Incoming, Pressed, Profile, Sender, SessionDue, Typed
from bot.library import Library
from bot.people import Account, AccountKey, Couple, Person
from bot.ports import Row, Sent
from bot.tokens import press_token
from bot.wiring.rooms import library
from bot.words.content import load_content
from storage.store import SqlStore

NOON = 1_800_014_400  # Friday 15 January 2027, twelve o'clock UTC: nobody's quiet hours
DAY = 86_400
MINUTE = 60
ZONE = "UTC"
PLATFORM = "playground"


def audits() -> Library:
    """All that there is, and the ten questions."""
    whole = library(load_content(), ZONE, {})
    return replace(whole, conversations={**whole.conversations, audit.name: audit})


class Couples:
    """People in a store, two by two, and a clock that goes on by itself."""

    def __init__(self, store: SqlStore, people: int) -> None:
        """Lets so many people (an even number) be met and linked."""
        self._store = store
        self._numbers = count(1)
        self.at = NOON
        self.people = [PersonId(number) for number in range(1, people + 1)]
        with store.turn() as unit:
            for first, second in zip(self.people[::2], self.people[1::2], strict=True):
                unit.keep([*_met(first), *_met(second)])
                unit.keep([SaveCouple(Couple(CoupleId(first), (first, second), NOON - DAY))])

    def next_play(self) -> Iterator[SessionDue]:
        """A day later: everybody's ten questions are due, as sessions offered for that time."""
        self.at += DAY
        sessions = [
            Session(SessionId(self.at * 1_000_000 + person), audit.name, (person,), None, 7, self.at, begins=self.at)
            for person in self.people
        ]
        with self._store.turn() as unit:
            unit.keep([SaveSession(session) for session in sessions])
        return (SessionDue(session.id, self.at, 0) for session in sessions)

    def answers(self) -> dict[PersonId, Incoming]:
        """A minute later everything was delivered, and each person has done what they were asked."""
        self.at += MINUTE
        done: dict[PersonId, Incoming] = {}
        while rows := self._store.claim(self.at, len(self.people)):
            for row in rows:
                self._store.settle(row.put.id, Sent(self.at, str(row.put.id)))
                if isinstance(row.put.content, Show):
                    done[row.put.to] = self._answer(row, row.put.content)
        return done

    def _answer(self, row: Row, shown: Show) -> Incoming:
        number, prompt = next(self._numbers), shown.prompt
        deed: Typed | Pressed = (
            Typed(ANSWER, f"in-{number}")
            if prompt.kind is Kind.TEXT
            else Pressed(press_token(shown.session, prompt.no, prompt.options[0].token))
        )
        sender = Sender(row.account.key, row.account.chat, Profile("Ana"))
        return Incoming(f"{PLATFORM}:{number}", self.at, number, sender, deed)


def _met(person: PersonId) -> tuple[SavePerson, SaveAccount]:
    known = Person(person, "Ana", "en", ZONE, NOON - DAY, consent=TERMS_VERSION)
    return SavePerson(known), SaveAccount(Account(AccountKey(PLATFORM, person), person, person, NOON - DAY))
