"""What the storage's tests are played with: Ana on Telegram, Ben on Discord, a session between them, and rows."""

from __future__ import annotations

import base64
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from bot.changes import Change, Lane, Put, SaveAccount, SaveCouple, SavePerson, SaveRecord, SaveSession, Say, Show
from bot.engine.acts import Visibility
from bot.engine.ids import CoupleId, PersonId, SessionId
from bot.engine.session import Answer, Json, Kind, Prompt, Session, Status
from bot.engine.text import Name, Text, Words
from bot.people import Account, AccountKey, Couple, Person
from bot.ports import Outbox, Row, Sent, Store
from storage.keyring import KeyRing
from storage.store import SqlStore, open_server_store, open_store

NOON = 1_800_014_400  # Friday 15 January 2027, twelve in Lisbon, one in Berlin
LONG_AGO = NOON - 86_400
HOUR = 3_600
FAR = 2**62

ANA = Person(PersonId(1), "Ana", "en", "Europe/Lisbon", LONG_AGO)
BEN = Person(PersonId(2**62), "Ben", "de", "Europe/Berlin", LONG_AGO)
CLEO = Person(PersonId(3), "Cleo", "en", "Europe/Lisbon", LONG_AGO)
ANAS = Account(AccountKey("telegram", 2**62), ANA.id, 101, LONG_AGO)
BENS = Account(AccountKey("discord", 12), BEN.id, 102, LONG_AGO)
COUPLE = Couple(CoupleId(21), (ANA.id, BEN.id), LONG_AGO)
SESSION = SessionId(31)


class Memory(Store, Outbox, Protocol):
    """A store with its outbox."""


@dataclass
class Place:
    """A folder with a database, its keys and their ring, and the stores that were opened there. With the address of a
    PostgreSQL `server` the database is there."""

    folder: Path
    ring: KeyRing
    server: str = ""

    @property
    def database(self) -> Path:
        """The database's file."""
        return self.folder / "leeway.db"

    @property
    def keys(self) -> Path:
        """The key database's file."""
        return self.folder / "keys.db"

    def open(self, ring: KeyRing | None = None) -> SqlStore:
        """Opens the store that lies here."""
        if self.server:
            return open_server_store(self.server, self.keys, ring or self.ring)
        return open_store(self.database, self.keys, ring or self.ring)


def ring(*letters: str) -> KeyRing:
    """A ring of keys that consist of one letter, their ids the same letter."""
    written = (f"{letter}:{base64.b64encode(letter.encode() * 32).decode()}" for letter in letters)
    return KeyRing.parse(",".join(written))


def keep(store: Store, *changes: Change) -> None:
    """A turn that brings this about."""
    with store.turn() as unit:
        unit.keep(changes)


def meet(store: Store) -> None:
    """Ana and Ben are a couple."""
    keep(store, SavePerson(ANA), SavePerson(BEN), SaveAccount(ANAS), SaveAccount(BENS), SaveCouple(COUPLE))


def question(no: int = 1, to: Person = ANA, *words: str) -> Prompt:
    """An open question, to Ana if nothing else is said; `words` of Ben's stand in it."""
    text = Text("{name} asks: {words}", (("name", Name(BEN.id)), ("words", Words(words or ("well",), BEN.id))))
    return Prompt(f"question.{no}", no, to.id, text, Kind.TEXT)


def conversation(*prompts: Prompt, id: int = SESSION, **more: Any) -> Session:
    """An open session of Ana's and Ben's with these questions."""
    session = Session(
        id=SessionId(id),
        exercise="curious",
        people=(ANA.id, BEN.id),
        couple=COUPLE.id,
        seed=7,
        started=LONG_AGO,
        status=Status.OPEN,
        open={prompt.name: prompt for prompt in prompts},
        last=LONG_AGO,
    )
    return replace(session, **more)


def said(by: Person, *parts: str) -> Json:
    """Words as they stand in JSON."""
    return {"words": list(parts), "by": by.id}


def answer(value: Any, by: Person = ANA) -> Answer:
    """Somebody's answer."""
    return Answer(value, by.id, LONG_AGO, 1)


def line(id: int, **more: Any) -> Put:
    """A reply to Ana that may go at once."""
    return replace(Put(id, ANA.id, Say(Text(f"line {id}")), Lane.REPLY, NOON - 60), **more)


def claimed(store: Outbox, now: int = NOON, limit: int = 10, busy: tuple[int, ...] = ()) -> list[int]:
    """The ids of the rows that may go."""
    return [row.put.id for row in store.claim(now, limit, busy)]


def only(store: Outbox, now: int = NOON) -> Row:
    """The one row that may go."""
    (row,) = store.claim(now, 10)
    return row


def record_of(owner: PersonId) -> SaveRecord:
    """Something that a person keeps."""
    return SaveRecord(SessionId(3), None, "curious", "asked", owner, Visibility.PRIVATE, NOON, "x")


def send_all(store: Outbox, now: int = NOON) -> list[int]:
    """Sends all that may go, and says in which order."""
    sent: list[int] = []
    while rows := store.claim(now, 1):
        sent.append(rows[0].put.id)
        store.settle(rows[0].put.id, Sent(now, f"m{rows[0].put.id}"))
    return sent


def show(store: Memory, prompt: Prompt, session: Session, id: int = 900) -> None:
    """A question is asked and delivered as the message m<id>."""
    keep(store, SaveSession(session), line(id, content=Show(session.id, prompt), to=prompt.to))
    assert send_all(store) == [id]
