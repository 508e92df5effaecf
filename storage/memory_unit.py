"""One turn's transaction in memory: what it may look at, and how it keeps what it changes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, assert_never

from bot.changes import (
    Change,
    Cleared,
    DropRecord,
    ForgetMessages,
    ForgetTold,
    Hush,
    Lane,
    NoteMessage,
    Put,
    Redrawn,
    SaveAccount,
    SaveCouple,
    SaveInvitation,
    SavePerson,
    SaveRecord,
    SaveSession,
    Show,
    Unveil,
    Withdraw,
)
from bot.engine.acts import Visibility
from bot.engine.codec import read_session, write_session
from bot.engine.ids import CoupleId, PersonId, SessionId
from bot.engine.session import Json, Session, Status
from bot.errors import StoreError
from bot.people import Account, AccountKey, Couple, Invitation, Person
from bot.ports import Delivered, Noted, Told
from storage.contents import prompt_of, read_content, session_of, write_content
from storage.memory_outbox import drop
from storage.memory_tables import KeptPrompt, KeptSession, Queued, Tables

FOR_BOTH = (Visibility.SHARED, Visibility.GROUP)


class MemoryUnit:
    """The transaction of one turn, on the tables themselves: they know how to undo it."""

    def __init__(self, tables: Tables) -> None:
        """Works on these tables."""
        self._tables = tables
        self._ended: set[SessionId] = set()

    def first_time(self, event: str, at: int) -> bool:
        """Marks the event as seen; False when it was seen before."""
        is_new = event not in self._tables.seen
        if is_new:
            self._tables.seen.put(event, at)
        return is_new

    def account(self, key: AccountKey) -> Account | None:
        """The account of that identity, if it is known."""
        return self._tables.accounts.get(key)

    def account_of(self, person: PersonId) -> Account | None:
        """The account that a person is written to: a reachable one, the one they used last."""
        return self._tables.account_of(person)

    def person(self, person: PersonId) -> Person:
        """A person. Raises `StoreError` for one that is not there."""
        return self._tables.person(person)

    def couple(self, couple: CoupleId) -> Couple:
        """A couple. Raises `StoreError` for one that is not there."""
        found = self._tables.couples.get(couple)
        if found is None:
            raise StoreError(f"there is no couple {couple}")
        return found

    def couple_of(self, person: PersonId) -> Couple | None:
        """The couple that a person is in now."""
        couples = [couple for couple in self._tables.couples.find(person) if couple.ended is None]
        return max(couples, key=lambda couple: (couple.created, couple.id), default=None)

    def former_couples(self, person: PersonId) -> Sequence[Couple]:
        """The couples that a person was in, and that have ended."""
        return [couple for couple in self._tables.couples.find(person) if couple.ended is not None]

    def session(self, session: SessionId) -> Session | None:
        """A session that has not ended."""
        kept = self._tables.sessions.get(session)
        return None if kept is None else read_session(json.loads(kept.state))

    def sessions_of(self, person: PersonId) -> Sequence[Session]:
        """The sessions of a person that have not ended, oldest first (planned ones too)."""
        theirs = sorted(self._tables.sessions.find(person), key=lambda kept: (kept.started, kept.id))
        return [read_session(json.loads(kept.state)) for kept in theirs]

    def invitation(self, code_hash: str) -> Invitation | None:
        """The invitation whose code has that hash."""
        return self._tables.invitations.get(code_hash)

    def invitations_of(self, inviter: PersonId) -> Sequence[Invitation]:
        """The invitations of a person that nobody has closed."""
        theirs = (invitation for invitation in self._tables.invitations.find(inviter) if not invitation.closed)
        return sorted(theirs, key=lambda invitation: (invitation.expires, invitation.code_hash))

    def delivered(self, person: PersonId) -> Sequence[Delivered]:
        """The deliveries of that person's open prompts, by `order`."""
        prompts = sorted(self._tables.prompts.find(("to", person)), key=lambda prompt: prompt.delivery)
        return [
            Delivered(prompt.session, prompt.no, prompt.at, prompt.delivery, prompt.message or "")
            for prompt in prompts
            if prompt.is_open and prompt.delivery
        ]

    def noted(self, account: AccountKey, message: str) -> Noted | None:
        """What a message of that account's became a part of."""
        return self._tables.noted.get((account, message))

    def veiled(self, person: PersonId) -> Sequence[tuple[SessionId, int] | None]:
        """What waits behind an announcement for that person: the prompt that each would show, None for a line."""
        return [row.about for row in self._veiled(person)]

    def told(self, account: AccountKey) -> Sequence[Told]:
        """What was said to that account while its person was discreet, oldest first."""
        return sorted(self._tables.told.find(account), key=lambda told: (told.at, told.message))

    def past(self, names: Sequence[str], people: Sequence[PersonId], couple: CoupleId | None) -> Mapping[str, Json]:
        """Records by "exercise.name", as each of the people may see them; every name has its list."""
        return {str(seat): self._past(names, person, couple) for seat, person in enumerate(people)}

    def own(self, names: Sequence[str], person: PersonId) -> Sequence[SaveRecord]:
        """A person's own records by "exercise.name", oldest first."""
        theirs = self._tables.records.find(("of", person))
        found = [replace(r, value=json.loads(str(r.value))) for r in theirs if f"{r.exercise}.{r.name}" in names]
        return sorted(found, key=lambda r: (r.at, r.session, r.name))

    def keep(self, changes: Sequence[Change]) -> None:
        """Keeps all changes of the turn, in their order."""
        for change in changes:
            self._keep(change)

    def finish(self) -> None:
        """What is to be done once, before the transaction is committed."""
        for session in self._ended:
            self._tables.forget_prompts(session)

    def _veiled(self, person: PersonId) -> list[Queued]:
        """What waits behind an announcement, also one that is just being sent."""
        sending = [row for row in self._tables.outbox.find(("sending", person)) if row.announces]
        return sorted([*self._tables.outbox.find(("veiled", person)), *sending], key=lambda row: row.place)

    def _discreet(self, change: Unveil | ForgetTold) -> None:
        if isinstance(change, Unveil):
            self._unveil(change.person, change.at)
            return
        for key in self._tables.told.keys_of(change.account):
            self._tables.told.remove(key)

    def _unveil(self, person: PersonId, at: int) -> None:
        for row in self._veiled(person):
            put = replace(
                row.put, lane=Lane.REPLY, earliest=at, useless_after=None, once=False, waking=False, unasked=False
            )
            state = "waiting" if row.state == "veiled" else row.state
            self._tables.outbox.put(put.id, replace(row, put=put, state=state, meant=None))

    def _past(self, names: Sequence[str], person: PersonId, couple: CoupleId | None) -> Json:
        found: dict[str, list[Json]] = {name: [] for name in names}
        theirs = {(r.session, r.name, r.owner): r for r in self._tables.records.find(("of", person))}
        kept = None if couple is None else self._tables.couples.get(couple)
        if kept is not None and person in kept.people:
            for record in self._tables.records.find(("in", couple)):
                if record.visibility in FOR_BOTH:
                    theirs[record.session, record.name, record.owner] = record
        for record in sorted(theirs.values(), key=lambda r: (r.at, r.session, r.name, r.owner)):
            entries = found.get(f"{record.exercise}.{record.name}")
            if entries is not None:
                value = json.loads(str(record.value))
                entries.append({"value": value, "at": record.at, "by": record.owner})
        return dict(found)

    def _keep(self, change: Change) -> None:
        tables = self._tables
        match change:
            case Put() | Withdraw() | Hush():
                self._say(change)
            case SavePerson(person):
                self._save_person(person)
            case SaveAccount(account):
                self._save_account(account)
            case SaveCouple(couple):
                tables.couples.put(couple.id, couple)
            case SaveInvitation(invitation):
                tables.invitations.put(invitation.code_hash, invitation)
            case SaveSession(session):
                self._save_session(session)
            case SaveRecord() | DropRecord():
                self._record(change)
            case NoteMessage() | ForgetMessages():
                self._note(change)
            case Unveil() | ForgetTold():
                self._discreet(change)
            case _:
                assert_never(change)

    def _record(self, change: SaveRecord | DropRecord) -> None:
        key = (change.session, change.name, change.owner)
        if isinstance(change, DropRecord):
            self._tables.records.remove(key)
        else:
            self._tables.records.put(key, replace(change, value=json.dumps(change.value)))

    def _note(self, note: NoteMessage | ForgetMessages) -> None:
        if isinstance(note, ForgetMessages):
            self._tables.forget_noted(note.session, note.name)
        else:
            self._tables.noted.put((note.account.key, note.message), Noted(note.session, note.name, note.part))

    def _save_account(self, account: Account) -> None:
        """Writes an account; one that can be reached again gets what was held for it."""
        self._tables.accounts.put(account.key, account)
        if account.reachable:
            for row in self._tables.outbox.find(("held", account.person)):
                self._tables.outbox.put(row.put.id, replace(row, state="waiting"))

    def _save_session(self, session: Session) -> None:
        """Writes a session and which of its prompts are open; an ended one goes."""
        tables, ended = self._tables, session.status is Status.ENDED
        prompts = {} if ended else {prompt.no: prompt.to for prompt in session.open.values()}
        for kept in tables.prompts.find(("in", session.id)):
            tables.prompts.put((session.id, kept.no), replace(kept, is_open=kept.no in prompts))
        for no, person in prompts.items():
            if (session.id, no) not in tables.prompts:
                tables.prompts.put((session.id, no), KeptPrompt(session.id, no, person, True))
        if not ended:
            state = json.dumps(write_session(session))
            row = KeptSession(session.id, session.people, session.started, session.wake, state)
            tables.sessions.put(session.id, row)
            return
        tables.sessions.remove(session.id)
        self._ended.add(session.id)
        tables.forget_noted(session.id)

    def _say(self, change: Put | Withdraw | Hush) -> None:
        if isinstance(change, Put):
            self._put(change)
            return
        for state in ("waiting", "held", "veiled"):
            for row in self._tables.outbox.find((state, change.to)):
                if _is_dropped(row, change):
                    drop(self._tables, row)

    def _save_person(self, person: Person) -> None:
        self._tables.persons.put(person.id, person)
        if person.silent_until is None:
            for row in self._tables.outbox.find(("waiting", person.id)):
                if row.meant is not None:
                    sooner = replace(row, put=replace(row.put, earliest=row.meant), meant=None)
                    self._tables.outbox.put(row.put.id, sooner)

    def _put(self, put: Put) -> None:
        if put.id in self._tables.outbox:
            raise StoreError(f"there is a row {put.id} in the outbox already")
        copy: Any = json.loads(json.dumps(write_content(put.content)))
        content = read_content(copy)
        self._tables.places += 1
        place, about = self._tables.places, prompt_of(content)
        row = Queued(place, replace(put, content=content), about, session_of(put))
        self._tables.outbox.put(put.id, row)


def _is_dropped(row: Queued, change: Withdraw | Hush) -> bool:
    if isinstance(change, Hush):
        is_later = row.put.earliest > change.after
        return is_later and isinstance(row.put.content, Show) and row.belongs_to == change.session
    is_edit = isinstance(row.put.content, Redrawn | Cleared)
    return row.put.lane is Lane.BULK and not is_edit and row.belongs_to not in change.mine
