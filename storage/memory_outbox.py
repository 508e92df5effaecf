"""The outbox in memory: the rows as `claim` needs them, and what becomes of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, assert_never

from bot.changes import Cleared, Lane, Put, Redrawn, Say, Show
from bot.engine.ids import GroupId, PersonId, SessionId
from bot.people import Account, AccountKey, Group, Person
from bot.ports import Again, Dropped, Gone, Moved, Outcome, Overheard, Row, Sent, Told
from storage.claiming import NOBODY, Drop, Hold, Later, Silenced, Veil, Waiting, is_shut
from storage.contents import people_in
from storage.memory_tables import KeptPrompt, Queued, Tables
from storage.settling import REMEMBERED


class MemoryShelf:
    """The waiting rows, in the transaction of one claim."""

    def __init__(self, tables: Tables) -> None:
        """Works on these tables."""
        self._tables = tables
        self._rows = {row.place: row for row in tables.outbox.find(("state", "waiting"))}

    def under_way(self) -> set[PersonId]:
        """Whom a row is being sent to."""
        return {row.put.to for row in self._tables.outbox.find(("state", "sending"))}

    def waiting(self, now: int, lane: Lane, platform: str | None) -> Iterator[Waiting]:
        """The rows of a lane whose time has come, oldest first."""
        come = [row for row in self._rows.values() if row.put.earliest <= now and row.put.lane is lane]
        come.sort(key=lambda row: (row.put.earliest, row.place))
        return map(self._waiting, come)

    def before(self, row: Waiting, now: int) -> Sequence[Waiting]:
        """The rows of the same reader and session that came before it and may go, or are tried again."""
        if row.belongs_to is None:
            return ()
        theirs = [
            queued
            for queued in self._tables.outbox.find(("waiting", row.to))
            if queued.belongs_to == row.belongs_to and queued.place < row.place
        ]
        may_go = [queued for queued in theirs if queued.put.earliest <= now or queued.attempts]
        return [self._waiting(queued) for queued in sorted(may_go, key=lambda queued: queued.place)]

    def reader(self, person: PersonId) -> tuple[Person, Account | None]:
        """A reader and the account they are written to; of a group, what stands for whoever is there."""
        group = self._tables.groups.get(GroupId(person))
        if group is not None:
            return group.reader, group.account
        known = self._tables.persons.get(person)
        return (NOBODY.reader, NOBODY.account) if known is None else (known, self._tables.account_of(person))

    def is_announced(self, person: PersonId, since: int) -> bool:
        """Whether an announcement for that person was sent since then, and what it is for still waits."""
        veiled = self._tables.outbox.find(("veiled", person))
        return any(queued.announces and queued.put.earliest >= since for queued in veiled)

    def settle(self, row: Waiting, fate: Later | Silenced | Hold | Drop | Veil) -> None:
        """Writes what became of a row that does not go."""
        queued = self._rows[row.place]
        if queued.put.id not in self._tables.outbox:
            return
        match fate:
            case Later(at):
                later = replace(queued, put=replace(queued.put, earliest=at))
                self._tables.outbox.put(queued.put.id, later)
            case Silenced(at):
                meant = queued.put.earliest if queued.meant is None else queued.meant
                later = replace(queued, put=replace(queued.put, earliest=at), meant=meant)
                self._tables.outbox.put(queued.put.id, later)
            case Hold():
                for other in self._tables.outbox.find(("waiting", row.to)):
                    self._tables.outbox.put(other.put.id, replace(other, state="held"))
            case Drop():
                drop(self._tables, queued)
            case Veil():
                self._tables.outbox.put(queued.put.id, replace(queued, state="veiled", announces=False, meant=None))

    def take(self, row: Waiting, reader: Person, account: Account) -> Row | None:
        """Marks a row as sending; None for one that is not to be said any more."""
        group = self._tables.groups.get(GroupId(row.to))
        couple = None if group is None or group.couple is None else self._tables.couples.get(group.couple)
        if group is not None and is_shut(self._rows[row.place].put, group, couple):
            drop(self._tables, self._rows[row.place])
            return None
        return self._taken(row, reader, account, announces=False)

    def announce(self, row: Waiting, reader: Person, account: Account) -> Row:
        """The same for a row of which only an announcement is sent."""
        return self._taken(row, reader, account, announces=True)

    def _taken(self, row: Waiting, reader: Person, account: Account, *, announces: bool) -> Row:
        queued = self._rows[row.place]
        self._tables.outbox.put(queued.put.id, replace(queued, state="sending", announces=announces))
        names = {person: self._name(person) for person in people_in(queued.put.content)}
        about = self._prompt(queued.about)
        is_edit = isinstance(queued.put.content, Redrawn | Cleared)
        edits = about.message if is_edit and about is not None else None
        group = self._tables.groups.get(GroupId(row.to))
        taken = Row(queued.put, reader, account, names, edits, queued.attempts, queued.uncertain)
        if group is None:
            return taken
        return replace(taken, group=group, only=self._only(group), tongues=self._tongues(group))

    def _tongues(self, group: Group) -> dict[PersonId, str]:
        """The language that each of a group's couple reads."""
        couple = None if group.couple is None else self._tables.couples.get(group.couple)
        return {person: self._tables.person(person).language for person in (couple.people if couple else ())}

    def _only(self, group: Group) -> tuple[AccountKey, ...]:
        """The accounts of a group's couple that are on its platform."""
        couple = None if group.couple is None else self._tables.couples.get(group.couple)
        accounts = [self._tables.account_of(person) for person in (couple.people if couple else ())]
        here = group.key.platform
        return tuple(account.key for account in accounts if account is not None and account.key.platform == here)

    def _name(self, person: PersonId) -> str:
        found = self._tables.persons.get(person)
        return "" if found is None else found.name

    def _prompt(self, key: tuple[SessionId, int] | None) -> KeptPrompt | None:
        return None if key is None else self._tables.prompts.get(key)

    def _waiting(self, queued: Queued) -> Waiting:
        put, about = queued.put, self._prompt(queued.about)
        needed = [put.while_open] if put.while_open is not None else []
        needed += [queued.about] if queued.about is not None and not isinstance(put.content, Cleared) else []
        open_prompts = [prompt for key in needed if (prompt := self._prompt(key)) is not None and prompt.is_open]
        is_edit = isinstance(put.content, Redrawn | Cleared)
        return Waiting(
            place=queued.place,
            to=put.to,
            belongs_to=queued.belongs_to,
            earliest=put.earliest,
            meant=queued.meant,
            useless_after=put.useless_after,
            waking=put.waking,
            unasked=put.unasked,
            in_silence=put.in_silence,
            closed=len(open_prompts) < len(needed),
            groundless=is_edit and (about is None or about.message is None),
            unbidden=put.lane is Lane.BULK and isinstance(put.content, Say | Show),
        )


def settle(tables: Tables, row: int, outcome: Outcome) -> None:
    """Writes what became of a claimed row; one that was settled before stays as it is."""
    queued = tables.outbox.get(row)
    if queued is None or queued.state != "sending":
        return
    match outcome:
        case Sent() as sent:
            _sent(tables, queued, sent)
        case Again(at, uncertain):
            _again(tables, queued, at, uncertain)
        case Dropped(why):
            if why == "uncertain":
                _perhaps_there(tables, queued)
            drop(tables, queued)
        case Gone(at):
            _gone(tables, queued, at)
        case Moved(chat):
            _moved(tables, queued, chat)
        case Overheard(at):
            _change_group(tables, queued, crowded=at)
            drop(tables, queued)
        case _:
            assert_never(outcome)


def _gone(tables: Tables, queued: Queued, at: int) -> None:
    account = tables.account_of(queued.put.to)
    if account is not None and account.heard <= at:
        tables.accounts.put(account.key, replace(account, reachable=False))
    _change_group(tables, queued, reachable=False)
    _again(tables, queued, queued.put.earliest, uncertain=False)


def _moved(tables: Tables, queued: Queued, chat: int) -> None:
    account, group = tables.account_of(queued.put.to), tables.groups.get(GroupId(queued.put.to))
    if account is not None:
        tables.accounts.put(account.key, replace(account, chat=chat))
    if group is not None:
        key = replace(group.key, chat=chat)
        for other in tables.groups.find(key):
            tables.groups.remove(other.id)
        tables.groups.put(group.id, replace(group, key=key, topic=None))
    _again(tables, queued, queued.put.earliest, uncertain=False)


def _change_group(tables: Tables, queued: Queued, **values: Any) -> None:
    if (group := tables.groups.get(GroupId(queued.put.to))) is not None:
        tables.groups.put(group.id, replace(group, **values))


def recover(tables: Tables, now: int) -> None:
    """Rows that were being sent when the program ended: those marked `once` are dropped, others go again."""
    for queued in tables.outbox.find(("state", "sending")):
        if queued.put.once and not queued.announces:
            _perhaps_there(tables, queued)
            drop(tables, queued)
        else:
            _again(tables, queued, now, uncertain=True)


def _sent(tables: Tables, queued: Queued, sent: Sent) -> None:
    if isinstance(queued.put.content, Say | Show):
        _remember(tables, queued.put, sent)
    if queued.announces:  # it may have been asked for before this was known
        state = "veiled" if queued.put.lane is Lane.BULK else "waiting"
        put = replace(queued.put, earliest=sent.at)
        tables.outbox.put(put.id, replace(queued, put=put, state=state, attempts=0, uncertain=False, meant=None))
        return
    _deliver(tables, queued, sent.at, sent.message)
    _know_again(tables, queued, sent)
    drop(tables, queued)


def _remember(tables: Tables, put: Put, sent: Sent) -> None:
    """What was said to somebody discreet can be taken out again, and so can a file of anybody's own data; for a month
    it is known that it was said."""
    account = tables.account_of(put.to)
    is_file = isinstance(put.content, Say) and put.content.file is not None
    if account is None or not (is_file or tables.person(put.to).discreet):
        return
    for key in tables.told.keys_of(account.key):
        told = tables.told.get(key)
        if told is not None and told.at < sent.at - REMEMBERED:
            tables.told.remove(key)
    for message in (*sent.before, sent.message):
        tables.told.put((account.key, message), Told(message, sent.at, is_file))


def _know_again(tables: Tables, queued: Queued, sent: Sent) -> None:
    """Whoever replies to a question means that one, whatever came since, and also when it is over."""
    account = tables.account_of(queued.put.to)
    if account is not None and queued.about is not None and isinstance(queued.put.content, Show):
        for message in (*sent.before, sent.message):
            tables.shown.put((account.key, message), queued.about)


def drop(tables: Tables, queued: Queued) -> None:
    """Ends a row, and what was known for its sake."""
    tables.outbox.remove(queued.put.id)
    if queued.about is not None:
        tables.forget_prompts(queued.about[0])


def _again(tables: Tables, queued: Queued, at: int, uncertain: bool) -> None:
    if uncertain:
        _perhaps_there(tables, queued)
    again = replace(
        queued,
        put=replace(queued.put, earliest=at),
        state="waiting",
        attempts=queued.attempts + 1,
        uncertain=queued.uncertain or uncertain,
    )
    tables.outbox.put(queued.put.id, again)


def _perhaps_there(tables: Tables, queued: Queued) -> None:
    """A prompt that may have arrived counts as there, from when it could have: whoever answers it is heard."""
    prompt = None if queued.about is None else tables.prompts.get(queued.about)
    if prompt is not None and not prompt.delivery and not queued.announces:
        _deliver(tables, queued, queued.put.earliest, None)


def _deliver(tables: Tables, queued: Queued, at: int, message: str | None) -> None:
    """One that may have been there before keeps its earlier time: what was typed since then is for it."""
    prompt = None if queued.about is None else tables.prompts.get(queued.about)
    if prompt is not None and isinstance(queued.put.content, Show):
        order = 1 + max(other.delivery for other in tables.prompts.find(("to", prompt.person)))
        at = prompt.at if queued.uncertain and prompt.delivery else at
        delivered = replace(prompt, at=at, delivery=order, message=message)
        tables.prompts.put((prompt.session, prompt.no), delivered)
