"""Tables in memory that can undo what a turn did to them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from bot.changes import Put, SaveRecord
from bot.engine.ids import CoupleId, GroupId, PersonId, SessionId
from bot.errors import StoreError
from bot.people import Account, AccountKey, Couple, Group, Invitation, Person
from bot.ports import Noted, Told

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

Journal = list[Callable[[], None]]


class Table(Generic[Key, Value]):
    """Rows by key, and by whatever else `index` says of them. Each change leaves in the journal how to undo it."""

    def __init__(
        self, journal: Journal, index: Callable[[Key, Value], tuple[Hashable, ...]] = lambda key, value: ()
    ) -> None:
        """An empty table."""
        self._journal = journal
        self._index = index
        self._rows: dict[Key, Value] = {}
        self._found: dict[Hashable, dict[Key, None]] = {}

    def __contains__(self, key: Key) -> bool:
        return key in self._rows

    def get(self, key: Key) -> Value | None:
        """The row of that key."""
        return self._rows.get(key)

    def rows(self) -> Iterator[Value]:
        """All rows."""
        return iter(list(self._rows.values()))

    def remove_all(self, chosen: Callable[[Key], bool]) -> None:
        """Removes the rows whose key is chosen."""
        for key in [key for key in self._rows if chosen(key)]:
            self.remove(key)

    def find(self, mark: Hashable) -> list[Value]:
        """The rows that `index` gave that mark."""
        return [self._rows[key] for key in self._found.get(mark, ())]

    def keys_of(self, mark: Hashable) -> list[Key]:
        """The keys of the rows that `index` gave that mark."""
        return list(self._found.get(mark, ()))

    def fill(self, other: Table[Key, Value]) -> None:
        """Takes over all rows of another table, in their order."""
        for key, value in other._rows.items():
            self._set(key, value)

    def put(self, key: Key, value: Value) -> None:
        """Writes a row."""
        self.remove(key)
        self._journal.append(lambda: self._take(key))
        self._set(key, value)

    def remove(self, key: Key) -> None:
        """Removes a row, if it is there."""
        if key in self._rows:
            before = self._rows[key]
            self._journal.append(lambda: self._set(key, before))
            self._take(key)

    def _set(self, key: Key, value: Value) -> None:
        self._rows[key] = value
        for mark in self._index(key, value):
            self._found.setdefault(mark, {})[key] = None

    def _take(self, key: Key) -> None:
        for mark in self._index(key, self._rows.pop(key)):
            del self._found[mark][key]


@dataclass(frozen=True, slots=True)
class KeptSession:
    """A session that has not ended, as JSON."""

    id: SessionId
    people: tuple[PersonId, ...]
    started: int
    wake: int | None
    state: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class KeptPrompt:
    """A question of a session and its last delivery."""

    session: SessionId
    no: int
    person: PersonId
    is_open: bool
    at: int = 0
    delivery: int = 0
    message: str | None = None


@dataclass(frozen=True, slots=True)
class Queued:
    """A row of the outbox: `place` is the order it came in, `about` the prompt that it shows or edits."""

    place: int
    put: Put
    about: tuple[SessionId, int] | None
    belongs_to: SessionId | None
    state: str = "waiting"
    attempts: int = 0
    uncertain: bool = False
    meant: int | None = None
    announces: bool = False


class Tables:
    """All tables of the store."""

    def __init__(self) -> None:
        """Empty tables with one journal."""
        journal: Journal = []
        self._journal = journal
        self.places = 0
        self.seen: Table[str, int] = Table(journal)
        self.persons: Table[PersonId, Person] = Table(journal)
        self.accounts: Table[AccountKey, Account] = Table(journal, lambda _, row: (row.person,))
        self.couples: Table[CoupleId, Couple] = Table(journal, lambda _, row: row.people)
        self.groups: Table[GroupId, Group] = Table(journal, lambda _, row: _group_marks(row))
        self.invitations: Table[str, Invitation] = Table(journal, lambda _, row: (row.inviter,))
        self.sessions: Table[SessionId, KeptSession] = Table(journal, lambda _, row: row.people)
        self.prompts: Table[tuple[SessionId, int], KeptPrompt] = Table(
            journal, lambda _, row: (("to", row.person), ("in", row.session))
        )
        self.noted: Table[tuple[AccountKey, str], Noted] = Table(journal, lambda key, row: (("in", row.session),))
        self.shown: Table[tuple[AccountKey, str], tuple[SessionId, int]] = Table(journal)
        self.told: Table[tuple[AccountKey, str], Told] = Table(journal, lambda key, row: (key[0],))
        self.records: Table[tuple[SessionId, str, PersonId], SaveRecord] = Table(
            journal, lambda _, row: (("of", row.owner), ("in", row.couple), ("from", row.session))
        )
        self.outbox: Table[int, Queued] = Table(journal, _outbox_marks)

    def copy(self) -> Tables:
        """The same rows once more, which go their own way."""
        twin = Tables()
        twin.places = self.places
        for name, table in vars(self).items():
            if isinstance(table, Table):
                vars(twin)[name].fill(table)
        return twin

    def commit(self) -> None:
        """Keeps what was changed."""
        self._journal.clear()

    def undo(self) -> None:
        """Undoes what was changed since the last commit."""
        while self._journal:
            self._journal.pop()()

    def wakes(self) -> list[tuple[int, SessionId]]:
        """When each session is due."""
        return [(kept.wake, kept.id) for kept in self.sessions.rows() if kept.wake is not None]

    def weeks(self) -> list[tuple[int, CoupleId]]:
        """When each couple is due."""
        going = (couple for couple in self.couples.rows() if couple.ended is None)
        return [(couple.next_due, couple.id) for couple in going if couple.next_due is not None]

    def crowded(self) -> list[tuple[int, GroupId]]:
        """Since when there are others in each group of which that is still to be told."""
        return [(group.crowded, group.id) for group in self.groups.rows() if group.crowded is not None]

    def person(self, person: PersonId) -> Person:
        """A person. Raises `StoreError` for one that is not there."""
        found = self.persons.get(person)
        if found is None:
            raise StoreError(f"there is no person {person}")
        return found

    def account_of(self, person: PersonId) -> Account | None:
        """The account that a person is written to: a reachable one, the one they used last."""
        accounts = sorted(self.accounts.find(person), key=lambda a: (a.key.platform, a.key.user))
        return max(accounts, key=lambda account: (account.reachable, account.heard), default=None)

    def veiled(self, person: PersonId) -> list[Queued]:
        """What waits behind an announcement, also one that is just being sent."""
        sending = [row for row in self.outbox.find(("sending", person)) if row.announces]
        return sorted([*self.outbox.find(("veiled", person)), *sending], key=lambda row: row.place)

    def forget_noted(self, session: SessionId, name: str | None = None) -> None:
        """Forgets which messages became answers of a session, or that one answer of it."""
        for key in self.noted.keys_of(("in", session)):
            noted = self.noted.get(key)
            if name is None or (noted is not None and noted.name == name):
                self.noted.remove(key)

    def forget_prompts(self, session: SessionId) -> None:
        """Forgets the prompts of a session that has ended, unless a row of the outbox is about one of them."""
        if session not in self.sessions and not self.outbox.find(("about", session)):
            for prompt in self.prompts.find(("in", session)):
                self.prompts.remove((session, prompt.no))


def _group_marks(group: Group) -> tuple[Hashable, ...]:
    taps = () if group.couple is not None else tuple(("tapped", tap) for tap in group.taps)
    return (group.key, ("of", group.couple), ("in", group.key.platform, group.server), *taps)


def _outbox_marks(_: int, row: Queued) -> tuple[Hashable, ...]:
    about = () if row.about is None else (("about", row.about[0]),)
    return (("state", row.state), (row.state, row.put.to), *about)
