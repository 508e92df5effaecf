"""How each change of a turn is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from sqlalchemy import Table, bindparam, delete, exists, select, update
from sqlalchemy.dialects.postgresql import Insert, insert

from bot.changes import (
    Change,
    DropAccount,
    DropGroup,
    DropRecord,
    ForgetFiles,
    ForgetMessages,
    ForgetTold,
    Hush,
    NoteMessage,
    Put,
    SaveAccount,
    SaveCouple,
    SaveGroup,
    SaveInvitation,
    SavePerson,
    SaveRecord,
    SaveSession,
    Unsay,
    Unveil,
    Withdraw,
)
from bot.engine.ids import SessionId
from bot.engine.session import Json, Session, Status
from bot.people import Account, AccountKey, Person
from storage.erasing import erase_chat
from storage.queueing import Queue
from storage.rows import account_row, couple_row, group_row, invitation_row, person_row, session_row
from storage.sealing import Sealer, without
from storage.straight import Straight
from storage.tables import metadata
from storage.vault import Vault

OUTBOX, PROMPT = metadata.tables["outbox"], metadata.tables["prompt"]
RECORD, SESSION = metadata.tables["record"], metadata.tables["session"]
NOTES, TOLD, ACCOUNT = (metadata.tables[name] for name in ("noted", "told", "account"))


def upsert(table: Table) -> Insert:
    """An insert that replaces the row with the same primary key. SQLite understands PostgreSQL's; not the other way
    round."""
    statement = insert(table)
    keys = [column.name for column in table.primary_key]
    rest = {column.name: statement.excluded[column.name] for column in table.c if column.name not in keys}
    return statement.on_conflict_do_update(index_elements=keys, set_=rest)


_PERSON, _ACCOUNT, _COUPLE, _GROUP, _INVITATION, _SESSION, _RECORD, _NOTED = (
    upsert(metadata.tables[name])
    for name in ("person", "account", "couple", "groups", "invitation", "session", "record", "noted")
)
_DROP_GROUP = delete(metadata.tables["groups"]).where(metadata.tables["groups"].c.id == bindparam("gone"))
_SAY_NO_MORE = delete(OUTBOX).where(OUTBOX.c.person == bindparam("gone"))
_FORGET_TOLD = delete(TOLD).where(TOLD.c.platform == bindparam("on"), TOLD.c.user_id == bindparam("number"))
_FORGET_FILES = _FORGET_TOLD.where(TOLD.c.is_file.is_(True))
_DROP_ACCOUNT = delete(ACCOUNT).where(ACCOUNT.c.platform == bindparam("on"), ACCOUNT.c.user_id == bindparam("number"))
_DROP_RECORD = delete(RECORD).where(
    RECORD.c.session == bindparam("in_session"),
    RECORD.c.name == bindparam("called"),
    RECORD.c.owner == bindparam("of"),
)
_OF_OTHERS = select(RECORD.c.name, RECORD.c.owner, RECORD.c.value).where(
    RECORD.c.session == bindparam("in_session"), RECORD.c.owner != bindparam("of")
)
_SET_RECORD = (
    update(RECORD)
    .where(
        RECORD.c.session == bindparam("in_session"),
        RECORD.c.name == bindparam("called"),
        RECORD.c.owner == bindparam("whose"),
    )
    .values(value=bindparam("left"))
)
_FORGET_MESSAGES = delete(NOTES).where(NOTES.c.session == bindparam("in_session"), NOTES.c.name == bindparam("called"))
_OPEN_PROMPTS = select(PROMPT.c.no).where(PROMPT.c.session == bindparam("session"), PROMPT.c.is_open.is_(True))
_inserted = insert(PROMPT)
_OPEN_PROMPT = _inserted.on_conflict_do_update(
    index_elements=["session", "no"], set_={"is_open": _inserted.excluded.is_open}
)
_CLOSE_PROMPT = (
    update(PROMPT)
    .where(PROMPT.c.session == bindparam("in_session"), PROMPT.c.no == bindparam("number"))
    .values(is_open=False)
)
_CLOSE_ALL = update(PROMPT).where(PROMPT.c.session == bindparam("in_session")).values(is_open=False)
_END = delete(SESSION).where(SESSION.c.id == bindparam("over"))
_FORGET_PROMPTS = delete(PROMPT).where(
    PROMPT.c.session == bindparam("in_session"),
    ~exists().where(SESSION.c.id == PROMPT.c.session),
    ~exists().where(OUTBOX.c.about_session == PROMPT.c.session, OUTBOX.c.content.is_not(None)),
)


def forget_prompts(connection: Straight, session: int) -> None:
    """Forgets the prompts of a session that has ended, unless a row of the outbox is about one of them."""
    connection.execute(_FORGET_PROMPTS, {"in_session": session})


class Keeper:
    """Writes the changes of one turn. It is told what the turn comes by (`met`, `opened`), and need not look again.
    `erases`: whether somebody deleted everything."""

    def __init__(self, connection: Straight, vault: Vault) -> None:
        """Writes in the transaction that `connection` is in."""
        self._connection = connection
        self._vault = vault
        self.erases = False
        self._ended: set[SessionId] = set()
        self._reachable: set[AccountKey] = set()
        self._open: dict[SessionId, set[int]] = {}
        self._queue = Queue(connection, vault)

    def met(self, account: Account) -> None:
        """An account as it is in its table."""
        if account.reachable:
            self._reachable.add(account.key)
        else:
            self._reachable.discard(account.key)

    def opened(self, session: Session) -> None:
        """A session as it is in its table."""
        self._open[session.id] = {prompt.no for prompt in session.open.values()}

    def keep(self, changes: Sequence[Change]) -> None:
        """Writes all changes in their order, and what is to be said in one go."""
        for change in changes:
            self._keep(change)
        self._queue.write()

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

    def finish(self) -> None:
        """Forgets the prompts that are not needed any more after this turn."""
        for session in self._ended:
            forget_prompts(self._connection, session)

    def _save_person(self, person: Person) -> None:
        """Writes a person; one who is not silent any more gets at its own hour what was put off."""
        if person.erased is not None:
            if not person.name:
                return  # there is nothing of theirs any more, and no key
            self.erases = True
        self._connection.execute(_PERSON, person_row(self._vault, person))
        if person.silent_until is None:
            self._queue.break_silence(person.id)

    def _account(self, change: SaveAccount | DropAccount) -> None:
        if isinstance(change, SaveAccount):
            self._save_account(change.account)
            return
        erase_chat(self._connection, change.account)
        self._connection.execute(_DROP_ACCOUNT, {"on": change.account.platform, "number": change.account.user})

    def _save_account(self, account: Account) -> None:
        """Writes an account; one that can be reached again gets what was held for it."""
        self._connection.execute(_ACCOUNT, account_row(account))
        if account.reachable and account.key not in self._reachable:
            self._queue.release(account.person)
        self.met(account)

    def _of_several(self, change: SaveCouple | SaveInvitation | SaveGroup | DropGroup) -> None:
        match change:
            case SaveCouple(couple):
                self._connection.execute(_COUPLE, couple_row(couple))
            case SaveInvitation(invitation):
                self._connection.execute(_INVITATION, invitation_row(invitation))
            case SaveGroup(group):
                self._connection.execute(_GROUP, group_row(group))
            case DropGroup(group_id):
                self._connection.execute(_SAY_NO_MORE, {"gone": group_id})
                self._connection.execute(_DROP_GROUP, {"gone": group_id})

    def _save_session(self, session: Session) -> None:
        """Writes a session and which of its prompts are open."""
        if session.status is Status.ENDED:
            self._end_session(session.id)
            return
        self._connection.execute(_SESSION, session_row(self._vault, session))
        prompts = {prompt.no: prompt.to for prompt in session.open.values()}
        before = self._open.get(session.id)
        if before is None:
            before = set(self._connection.execute(_OPEN_PROMPTS, {"session": session.id}).scalars())
        if closed := [{"in_session": session.id, "number": no} for no in sorted(before - prompts.keys())]:
            self._connection.execute(_CLOSE_PROMPT, closed)
        if opened := [
            {"session": session.id, "no": no, "person": prompts[no], "is_open": True}
            for no in sorted(prompts.keys() - before)
        ]:
            self._connection.execute(_OPEN_PROMPT, opened)
        self.opened(session)

    def _end_session(self, session: SessionId) -> None:
        """Erases a session; its prompts' messages stay known until the last edit of them was sent."""
        self._connection.execute(_END, {"over": session})
        self._connection.execute(_CLOSE_ALL, {"in_session": session})
        self._ended.add(session)

    def _say(self, change: Put | Withdraw | Hush) -> None:
        if isinstance(change, Put):
            self._queue.put(change)
        else:
            self._ended |= self._queue.drop(change)

    def _discreet(self, change: Unveil | ForgetTold | ForgetFiles) -> None:
        if isinstance(change, Unveil):
            self._queue.unveil(change.person, change.at)
            return
        forget = _FORGET_TOLD if isinstance(change, ForgetTold) else _FORGET_FILES
        self._connection.execute(forget, {"on": change.account.platform, "number": change.account.user})

    def _record(self, record: SaveRecord | DropRecord | Unsay) -> None:
        if isinstance(record, DropRecord):
            gone = {"in_session": record.session, "called": record.name, "of": record.owner}
            self._connection.execute(_DROP_RECORD, gone)
            return
        if isinstance(record, Unsay):
            self._unsay(record)
            return
        sealer = Sealer(self._vault, f"record/{record.session}/{record.name}")
        value: Json = {"value": record.value, "by": record.owner}
        row = {
            "session": record.session,
            "name": record.name,
            "owner": record.owner,
            "exercise": record.exercise,
            "couple": record.couple,
            "visibility": record.visibility.value,
            "at": record.at,
            "value": sealer.seal({"record": value}, record.owner, ("record",)),
        }
        self._connection.execute(_RECORD, row)

    def _unsay(self, said: Unsay) -> None:
        for row in self._connection.execute(_OF_OTHERS, {"in_session": said.session, "of": said.by}).all():
            key = {"in_session": said.session, "called": row.name, "whose": row.owner}
            self._connection.execute(_SET_RECORD, {**key, "left": without(row.value, said.by)})

    def _note(self, note: NoteMessage | ForgetMessages) -> None:
        if isinstance(note, ForgetMessages):
            self._connection.execute(_FORGET_MESSAGES, {"in_session": note.session, "called": note.name})
            return
        row = {
            "platform": note.account.key.platform,
            "user_id": note.account.key.user,
            "message": note.message,
            "session": note.session,
            "name": note.name,
            "part": note.part,
        }
        self._connection.execute(_NOTED, row)
