"""What becomes of the rows of the outbox, and what a delivery leaves behind."""

from __future__ import annotations

from typing import Any, assert_never

from sqlalchemy import Update, bindparam, delete, func, literal_column, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.changes import Lane
from bot.engine.ids import PersonId
from bot.ports import Again, Dropped, Gone, Moved, Outcome, Overheard, Sent
from storage.keeping import forget_prompts, upsert
from storage.straight import Found, Straight
from storage.tables import metadata
from storage.unit import SqlUnit
from storage.vault import Vault

REMEMBERED = 30 * 86_400  # seconds
FAILURES = ("refused", "uncertain")
ERROR_LIMIT = 200  # characters of a platform's word that are kept

ACCOUNT, OUTBOX, PROMPT = (metadata.tables[name] for name in ("account", "outbox", "prompt"))
PERSON, SHOWN, TOLD, GROUP = (metadata.tables[name] for name in ("person", "shown", "told", "groups"))
_SAME = GROUP.alias("same")

_IS_SENDING = OUTBOX.c.state == literal_column("'sending'")
_FIND = select(OUTBOX).where(OUTBOX.c.id == bindparam("row"), _IS_SENDING)
_SENDING = select(OUTBOX).where(_IS_SENDING)
_CHANGE = update(OUTBOX).where(OUTBOX.c.place == bindparam("at_place"))
_ERASE = delete(OUTBOX).where(OUTBOX.c.place == bindparam("at_place"), OUTBOX.c.content.is_not(None))
_ABOUT = select(OUTBOX.c.about_session).where(OUTBOX.c.place == bindparam("at_place"))
_UNREACHABLE = (
    update(ACCOUNT)
    .where(
        ACCOUNT.c.platform == bindparam("on"),
        ACCOUNT.c.user_id == bindparam("number"),
        ACCOUNT.c.heard <= bindparam("since"),
    )
    .values(reachable=False)
)
_MOVE = (
    update(ACCOUNT)
    .where(ACCOUNT.c.platform == bindparam("on"), ACCOUNT.c.user_id == bindparam("number"))
    .values(chat=bindparam("to"))
)
_SILENCED = update(GROUP).where(GROUP.c.id == bindparam("of")).values(reachable=False)
_ELSEWHERE = update(GROUP).where(GROUP.c.id == bindparam("of")).values(chat=bindparam("to"), topic=None)
_IN_ITS_PLACE = delete(GROUP).where(
    GROUP.c.platform.in_(select(_SAME.c.platform).where(_SAME.c.id == bindparam("of"))),
    GROUP.c.chat == bindparam("to"),
    GROUP.c.id != bindparam("of"),
)
_CROWDED = update(GROUP).where(GROUP.c.id == bindparam("of")).values(crowded=bindparam("then"))
_DISCREET = select(PERSON.c.discreet).where(PERSON.c.id == bindparam("to"))
_TELL = insert(TOLD).on_conflict_do_nothing()
_SHOW = upsert(SHOWN)
_FORGET_OLD = delete(TOLD).where(
    TOLD.c.platform == bindparam("platform"), TOLD.c.user_id == bindparam("user_id"), TOLD.c.at < bindparam("before")
)
_LAST = select(func.coalesce(func.max(PROMPT.c.delivery), 0)).where(PROMPT.c.person == bindparam("to"))
_DELIVERED = (
    update(PROMPT)
    .where(PROMPT.c.session == bindparam("in_session"), PROMPT.c.no == bindparam("number"))
    .values(at=bindparam("then"), delivery=bindparam("order"), message=bindparam("called"))
)
_PERHAPS_THERE = _DELIVERED.where(PROMPT.c.delivery.is_(None))
_DELIVERED_AGAIN = _DELIVERED.values(at=func.coalesce(PROMPT.c.at, bindparam("then")))


def settle(connection: Straight, vault: Vault, row: int, outcome: Outcome) -> None:
    """Writes what became of a claimed row; one that was settled before stays as it is."""
    found = connection.execute(_FIND, {"row": row}).first()
    if found is None:
        return
    match outcome:
        case Sent() as sent:
            _sent(connection, SqlUnit(connection, vault), found, sent)
        case Again(at, uncertain):
            _again(connection, found, at, uncertain)
        case Dropped("uncertain" as why):
            _perhaps_there(connection, found)
            drop(connection, found.place, why)
        case Dropped(why, error):
            drop(connection, found.place, why, error)
        case Gone(at):
            _gone(connection, SqlUnit(connection, vault), found, at)
        case Moved(chat):
            _moved(connection, SqlUnit(connection, vault), found, chat)
        case Overheard(at):
            connection.execute(_CROWDED, {"of": found.person, "then": at})
            drop(connection, found.place, "closed")
        case _:
            assert_never(outcome)


def recover(connection: Straight, now: int) -> None:
    """Rows that were being sent when the program ended: those marked `once` are dropped, others go again."""
    for row in connection.execute(_SENDING).all():
        if row.once and not row.announces:
            _perhaps_there(connection, row)
            drop(connection, row.place, "uncertain")
        else:
            _again(connection, row, now, uncertain=True)


def change(connection: Straight, place: int, **values: Any) -> None:
    """Changes the row at that place."""
    connection.execute(_CHANGE, {"at_place": place, **values})


def drop(connection: Straight, place: int, why: str, error: str = "") -> None:
    """Ends a row unsent. What should have arrived leaves a trace without its words."""
    if why in FAILURES:
        change(connection, place, state="failed", content=None, why=why, error=printable(error))
    _end(connection, place)


def printable(error: str) -> str:
    """The beginning of a platform's word, without what a database does not take."""
    return error[:ERROR_LIMIT].encode("ascii", "backslashreplace").decode("ascii").replace("\0", "")


def _end(connection: Straight, place: int) -> None:
    """Erases a row, and with it what was known for its sake."""
    about = connection.execute(_ABOUT, {"at_place": place}).scalar()
    connection.execute(_ERASE, {"at_place": place})
    if about is not None:
        forget_prompts(connection, about)


def _sent(connection: Straight, unit: SqlUnit, row: Found, sent: Sent) -> None:
    """One that may have been there before keeps its earlier time: what was typed since then is for it."""
    if row.kind in ("say", "show"):
        _remember(connection, unit, row, sent)
    if row.announces:  # it may have been asked for before this was known
        state = "veiled" if row.lane == Lane.BULK.value else "waiting"
        change(connection, row.place, state=state, earliest=sent.at, attempts=0, uncertain=False, meant=None)
        return
    if row.kind == "show":
        _deliver(connection, _DELIVERED_AGAIN if row.uncertain else _DELIVERED, row, sent.at, sent.message)
        _know_again(connection, unit, row, sent)
    _end(connection, row.place)


def _perhaps_there(connection: Straight, row: Found) -> None:
    """A prompt that may have arrived counts as there, from when it could have: whoever answers it is heard."""
    if row.kind == "show" and not row.announces:
        _deliver(connection, _PERHAPS_THERE, row, row.earliest, None)


def _deliver(connection: Straight, how: Update, row: Found, at: int, message: str | None) -> None:
    order = connection.execute(_LAST, {"to": row.person}).scalar() + 1
    prompt = {"in_session": row.about_session, "number": row.about_prompt}
    connection.execute(how, {**prompt, "then": at, "order": order, "called": message})


def _remember(connection: Straight, unit: SqlUnit, row: Found, sent: Sent) -> None:
    """What was said to somebody discreet can be taken out again, and so can a file of anybody's own data; for a month
    it is known that it was said."""
    if not row.has_file and not connection.execute(_DISCREET, {"to": row.person}).scalar():
        return
    if (account := unit.account_of(PersonId(row.person))) is not None:
        whose = {"platform": account.key.platform, "user_id": account.key.user}
        connection.execute(_FORGET_OLD, {**whose, "before": sent.at - REMEMBERED})
        told = {**whose, "person": row.person, "at": sent.at, "is_file": bool(row.has_file)}
        connection.execute(_TELL, [{**told, "message": m} for m in (*sent.before, sent.message)])


def _know_again(connection: Straight, unit: SqlUnit, row: Found, sent: Sent) -> None:
    """Whoever replies to a question means that one, whatever came since, and also when it is over."""
    if (account := unit.account_of(PersonId(row.person))) is not None:
        whose = {"platform": account.key.platform, "user_id": account.key.user}
        about = {"session": row.about_session, "prompt": row.about_prompt, "at": sent.at}
        connection.execute(_SHOW, [{**whose, **about, "message": m} for m in (*sent.before, sent.message)])


def _again(connection: Straight, row: Found, at: int, uncertain: bool) -> None:
    if uncertain:
        _perhaps_there(connection, row)
    attempts, doubt = row.attempts + 1, row.uncertain or uncertain
    change(connection, row.place, state="waiting", earliest=at, attempts=attempts, uncertain=doubt)


def _gone(connection: Straight, unit: SqlUnit, row: Found, at: int) -> None:
    """One that was heard of after the attempt is not marked: the next attempt will tell."""
    account = unit.account_of(PersonId(row.person))
    if account is not None:
        key = {"on": account.key.platform, "number": account.key.user, "since": at}
        connection.execute(_UNREACHABLE, key)
    else:
        connection.execute(_SILENCED, {"of": row.person})
    change(connection, row.place, state="waiting", attempts=row.attempts + 1)


def _moved(connection: Straight, unit: SqlUnit, row: Found, chat: int) -> None:
    """The chat has its new id, and the row goes there."""
    account = unit.account_of(PersonId(row.person))
    if account is not None:
        connection.execute(_MOVE, {"on": account.key.platform, "number": account.key.user, "to": chat})
    else:
        connection.execute(_IN_ITS_PLACE, {"of": row.person, "to": chat})
        connection.execute(_ELSEWHERE, {"of": row.person, "to": chat})
    change(connection, row.place, state="waiting", attempts=row.attempts + 1)
