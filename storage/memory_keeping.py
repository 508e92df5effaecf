"""How each change of a turn is written, in memory."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, assert_never

from bot.changes import (
    Change,
    Cleared,
    DropAccount,
    DropGroup,
    DropRecord,
    ForgetFiles,
    ForgetMessages,
    ForgetTold,
    Hush,
    Lane,
    NoteMessage,
    Put,
    Redrawn,
    SaveAccount,
    SaveCouple,
    SaveGroup,
    SaveInvitation,
    SavePerson,
    SaveRecord,
    SaveSession,
    Show,
    Unsay,
    Unveil,
    Withdraw,
)
from bot.engine.codec import write_session
from bot.engine.ids import PersonId, SessionId
from bot.engine.session import Session, Status
from bot.errors import StoreError
from bot.people import Account, Person
from bot.ports import Noted
from storage.contents import prompt_of, read_content, session_of, write_content
from storage.memory_erasing import erase_chat
from storage.memory_outbox import drop
from storage.memory_tables import KeptPrompt, KeptSession, Queued, Tables


class MemoryKeeper:
    """Writes the changes of one turn."""

    def __init__(self, tables: Tables) -> None:
        """Writes into these tables."""
        self._tables = tables
        self._ended: set[SessionId] = set()

    def keep(self, changes: Sequence[Change]) -> None:
        """Writes all changes in their order."""
        for change in changes:
            self._keep(change)

    def finish(self) -> None:
        """Forgets the prompts that are not needed any more after this turn."""
        for session in self._ended:
            self._tables.forget_prompts(session)

    def _keep(self, change: Change) -> None:
        match change:
            case Put() | Withdraw() | Hush():
                self._say(change)
            case SavePerson(person):
                self._save_person(person)
            case SaveAccount() | DropAccount():
                self._account(change)
            case SaveCouple() | SaveInvitation() | SaveGroup() | DropGroup():
                self._of_several(change)
            case SaveSession(session):
                self._save_session(session)
            case SaveRecord() | DropRecord() | Unsay():
                self._record(change)
            case NoteMessage() | ForgetMessages():
                self._note(change)
            case Unveil() | ForgetTold() | ForgetFiles():
                self._discreet(change)
            case _:
                assert_never(change)

    def _discreet(self, change: Unveil | ForgetTold | ForgetFiles) -> None:
        if isinstance(change, Unveil):
            self._unveil(change.person, change.at)
            return
        for key in self._tables.told.keys_of(change.account):
            told = self._tables.told.get(key)
            if isinstance(change, ForgetTold) or (told is not None and told.is_file):
                self._tables.told.remove(key)

    def _unveil(self, person: PersonId, at: int) -> None:
        for row in self._tables.veiled(person):
            put = replace(
                row.put, lane=Lane.REPLY, earliest=at, useless_after=None, once=False, waking=False, unasked=False
            )
            state = "waiting" if row.state == "veiled" else row.state
            self._tables.outbox.put(put.id, replace(row, put=put, state=state, meant=None))

    def _record(self, change: SaveRecord | DropRecord | Unsay) -> None:
        if isinstance(change, Unsay):
            self._unsay(change)
            return
        key = (change.session, change.name, change.owner)
        if isinstance(change, DropRecord):
            self._tables.records.remove(key)
        else:
            self._tables.records.put(key, replace(change, value=json.dumps(change.value)))

    def _unsay(self, said: Unsay) -> None:
        for key in self._tables.records.keys_of(("from", said.session)):
            record = self._tables.records.get(key)
            if record is not None and record.owner != said.by:
                left = json.dumps(_without(json.loads(str(record.value)), said.by))
                self._tables.records.put(key, replace(record, value=left))

    def _note(self, note: NoteMessage | ForgetMessages) -> None:
        if isinstance(note, ForgetMessages):
            self._tables.forget_noted(note.session, note.name)
        else:
            self._tables.noted.put((note.account.key, note.message), Noted(note.session, note.name, note.part))

    def _account(self, change: SaveAccount | DropAccount) -> None:
        if isinstance(change, SaveAccount):
            self._save_account(change.account)
        else:
            erase_chat(self._tables, change.account)
            self._tables.accounts.remove(change.account)

    def _save_account(self, account: Account) -> None:
        """Writes an account; one that can be reached again gets what was held for it."""
        self._tables.accounts.put(account.key, account)
        if account.reachable:
            for row in self._tables.outbox.find(("held", account.person)):
                self._tables.outbox.put(row.put.id, replace(row, state="waiting"))

    def _of_several(self, change: SaveCouple | SaveInvitation | SaveGroup | DropGroup) -> None:
        tables = self._tables
        match change:
            case SaveCouple(couple):
                tables.couples.put(couple.id, couple)
            case SaveInvitation(invitation):
                tables.invitations.put(invitation.code_hash, invitation)
            case SaveGroup(group):
                tables.groups.put(group.id, group)
            case DropGroup(group_id):
                tables.groups.remove(group_id)
                for row in [row for row in tables.outbox.rows() if row.put.to == group_id]:
                    tables.outbox.remove(row.put.id)

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


def _without(value: Any, author: PersonId) -> Any:
    """The same JSON in which that author has written nothing."""
    if isinstance(value, list):
        return [_without(item, author) for item in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"words", "by"} and value["by"] == author:
        return {"words": [], "by": author}
    return {key: _without(item, author) for key, item in value.items()}
