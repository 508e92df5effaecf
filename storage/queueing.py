"""What a turn puts into the outbox, and what of it it changes or takes out again."""

from __future__ import annotations

from sqlalchemy import and_, bindparam, case, delete, literal_column, or_, update
from sqlalchemy.dialects.postgresql import insert

from bot.changes import Hush, Lane, Put, Say, Withdraw
from bot.engine.ids import PersonId, SessionId
from storage.contents import prompt_of, session_of, write_content
from storage.rows import Dict
from storage.sealing import Sealer
from storage.straight import Straight
from storage.tables import metadata
from storage.vault import Vault

OUTBOX = metadata.tables["outbox"]

# what waits behind an announcement, also one that is just being sent
IS_VEILED = or_(
    OUTBOX.c.state == literal_column("'veiled'"),
    and_(OUTBOX.c.state == literal_column("'sending'"), OUTBOX.c.announces.is_(True)),
)

_PUT = insert(OUTBOX).inline()  # nobody asks for its place
_RELEASE = (
    update(OUTBOX)
    .where(OUTBOX.c.person == bindparam("whose"), OUTBOX.c.state == literal_column("'held'"))
    .values(state="waiting")
)
_WITHDRAW = (
    delete(OUTBOX)
    .where(
        OUTBOX.c.person == bindparam("whose"),
        OUTBOX.c.state.in_(("waiting", "held", "veiled")),
        OUTBOX.c.lane == Lane.BULK.value,
        OUTBOX.c.kind.in_(("say", "show")),
        or_(OUTBOX.c.belongs_to.is_(None), OUTBOX.c.belongs_to.not_in(bindparam("mine", expanding=True))),
    )
    .returning(OUTBOX.c.about_session)
)
_HUSH = (
    delete(OUTBOX)
    .where(
        OUTBOX.c.person == bindparam("whose"),
        OUTBOX.c.belongs_to == bindparam("in_session"),
        OUTBOX.c.state.in_(("waiting", "held")),
        OUTBOX.c.kind == "show",
        OUTBOX.c.earliest > bindparam("later"),
    )
    .returning(OUTBOX.c.about_session)
)
_BREAK_SILENCE = (
    update(OUTBOX)
    .where(OUTBOX.c.person == bindparam("whose"), OUTBOX.c.meant.is_not(None))
    .values(earliest=OUTBOX.c.meant, meant=None)
)
_UNVEIL = (
    update(OUTBOX)
    .where(OUTBOX.c.person == bindparam("whose"), IS_VEILED)
    .values(
        lane=Lane.REPLY.value,
        state=case((OUTBOX.c.state == literal_column("'veiled'"), "waiting"), else_=OUTBOX.c.state),
        earliest=bindparam("now"),
        useless_after=None,
        once=False,
        waking=False,
        unasked=False,
        meant=None,
    )
)


class Queue:
    """Writes what a turn does to the outbox. What is said is written in one go, by `write`."""

    def __init__(self, connection: Straight, vault: Vault) -> None:
        """Writes in the transaction that `connection` is in."""
        self._connection = connection
        self._vault = vault
        self._puts: list[Dict] = []

    def put(self, put: Put) -> None:
        """Something to be said."""
        self._puts.append(self._row(put))

    def write(self) -> None:
        """Writes what was put so far."""
        if self._puts:
            self._connection.execute(_PUT, self._puts)
            self._puts = []

    def drop(self, change: Withdraw | Hush) -> set[SessionId]:
        """Takes out what is not to be said any more; returns the sessions whose prompts that was about."""
        self.write()  # what was said before it goes, too
        if isinstance(change, Withdraw):
            dropped = self._connection.execute(_WITHDRAW, {"whose": change.to, "mine": sorted(change.mine)})
        else:
            later = {"whose": change.to, "in_session": change.session, "later": change.after}
            dropped = self._connection.execute(_HUSH, later)
        return {SessionId(session) for session in dropped.scalars() if session is not None}

    def release(self, person: PersonId) -> None:
        """What was held for somebody who could not be reached waits again."""
        self._connection.execute(_RELEASE, {"whose": person})

    def break_silence(self, person: PersonId) -> None:
        """What a silence has put off goes at its own hour again."""
        self._connection.execute(_BREAK_SILENCE, {"whose": person})

    def unveil(self, person: PersonId, now: int) -> None:
        """What waits behind an announcement goes now, as a reply."""
        self._connection.execute(_UNVEIL, {"whose": person, "now": now})

    def _row(self, put: Put) -> Dict:
        about = prompt_of(put.content) or (None, None)
        needed = put.while_open or (None, None)
        sealer = Sealer(self._vault, f"outbox/{put.id}")
        return {
            "id": put.id,
            "person": put.to,
            "lane": put.lane.value,
            "kind": type(put.content).__name__.lower(),
            "state": "waiting",
            "earliest": put.earliest,
            "useless_after": put.useless_after,
            "open_session": needed[0],
            "open_prompt": needed[1],
            "about_session": about[0],
            "about_prompt": about[1],
            "once": put.once,
            "waking": put.waking,
            "unasked": put.unasked,
            "in_silence": put.in_silence,
            "session": put.session,
            "belongs_to": session_of(put),
            "attempts": 0,
            "uncertain": False,
            "has_file": isinstance(put.content, Say) and put.content.file is not None,
            "content": sealer.seal(write_content(put.content), put.to),
        }
