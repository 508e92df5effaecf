"""Which rows of the outbox may go now: the rules, without the tables that the rows lie in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bot.changes import Lane, Put, Say
from bot.commands import discreet as words
from bot.engine.ids import GroupId, PersonId
from bot.people import Account, Couple, Group, GroupKey, Person
from bot.ports import Row
from bot.waking import in_time, waking_minute

ANNOUNCEMENT = Say(words.ANNOUNCEMENT, (words.SHOW,))
STANDS = 24 * 3_600  # seconds in which an announcement is not repeated for what comes after it
RECENT = 10 * 60  # seconds in which somebody who wrote or tapped is still there (architecture 2, rule 5)


# whoever is not there any more: nothing that was for them goes
NOBODY = Group(GroupId(PersonId(0)), GroupKey("", 0), "", "UTC", reachable=False)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A waiting row as far as it decides when it goes. `place`: the order it came in; `belongs_to`: its session;
    `meant`: its hour before it was put off for a silence; `closed`: its prompt is no longer open; `groundless`: an
    edit of what was never delivered; `unbidden`: something new, and no answer to what its reader did."""

    place: int
    to: PersonId
    belongs_to: int | None
    earliest: int
    meant: int | None
    useless_after: int | None
    waking: bool
    unasked: bool
    in_silence: bool
    closed: bool
    groundless: bool
    unbidden: bool


@dataclass(frozen=True, slots=True)
class Go:
    """It goes now."""


@dataclass(frozen=True, slots=True)
class Later:
    """It goes no earlier than `at`."""

    at: int


@dataclass(frozen=True, slots=True)
class Silenced:
    """It waits for the end of its reader's time for themselves, at `at`, or until they end it."""

    at: int


@dataclass(frozen=True, slots=True)
class Hold:
    """It waits until its reader's account is heard of again."""


@dataclass(frozen=True, slots=True)
class Drop:
    """It never goes; `why` as in `Dropped`."""

    why: str


@dataclass(frozen=True, slots=True)
class Veil:
    """It waits behind an announcement that stands already."""


Fate = Go | Later | Silenced | Hold | Drop


def is_shut(put: Put, group: Group, couple: Couple | None) -> bool:
    """Whether what was to open in a group is not to be opened there any more: one of the two would rather not, or they
    are no couple."""
    is_opening = isinstance(put.content, Say) and put.content.only_two
    return is_opening and (couple is None or couple.ended is not None or not group.shows_answers)


class Shelf(Protocol):
    """Where the rows lie."""

    def under_way(self) -> set[PersonId]:
        """Whom a row is being sent to."""
        ...

    def waiting(self, now: int, lane: Lane, platform: str | None) -> Iterable[Waiting]:
        """The rows of a lane whose time has come, oldest first; with a platform, none of readers who are only
        elsewhere."""
        ...

    def before(self, row: Waiting, now: int) -> Sequence[Waiting]:
        """The rows of the same reader and session that came before it and may go, or are tried again; by place."""
        ...

    def reader(self, person: PersonId) -> tuple[Person, Account | None]:
        """A reader and the account they are written to."""
        ...

    def is_announced(self, person: PersonId, since: int) -> bool:
        """Whether an announcement for that person was sent since then, and what it is for still waits."""
        ...

    def settle(self, row: Waiting, fate: Later | Silenced | Hold | Drop | Veil) -> None:
        """Writes what became of a row that does not go."""
        ...

    def take(self, row: Waiting, reader: Person, account: Account) -> Row | None:
        """Marks a row as sending; None for one that cannot be read, which is dropped."""
        ...

    def announce(self, row: Waiting, reader: Person, account: Account) -> Row | None:
        """The same for a row of which only an announcement is sent."""
        ...


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a sender asks for: at most `limit` rows, lane by lane, none for a chat in `busy`, and with `platform` only
    for readers who are written to there."""

    limit: int
    busy: Sequence[int] = ()
    lanes: Sequence[Lane] = tuple(Lane)
    platform: str | None = None

    def has(self, account: Account | None) -> bool:
        """Whether rows for that account are asked for; one for nobody's is looked at, and held or dropped."""
        if account is None or account == NOBODY.account:
            return True
        return account.chat not in self.busy and self.platform in (None, account.key.platform)


def claim(shelf: Shelf, now: int, wanted: Wanted) -> list[Row]:
    """Takes the rows that may go now, at most one per reader."""
    claimed: list[Row] = []
    passed = shelf.under_way()
    for lane in wanted.lanes:
        for candidate in shelf.waiting(now, lane, wanted.platform):
            if len(claimed) >= wanted.limit:
                return claimed
            if candidate.to in passed:
                continue
            reader, account = shelf.reader(candidate.to)
            if not wanted.has(account):
                passed.add(candidate.to)
                continue
            row = _first_of(shelf, candidate, reader, account, now)
            if row is None or account is None:
                continue
            taken = (
                _announced(shelf, row, reader, account) if _is_veiled(row, reader) else shelf.take(row, reader, account)
            )
            if taken is not None:
                claimed.append(taken if lane is Lane.BULK else replace(taken, put=replace(taken.put, lane=lane)))
                passed.add(candidate.to)
    return claimed


def _is_veiled(row: Waiting, reader: Person) -> bool:
    return reader.discreet and row.unbidden


def _announced(shelf: Shelf, row: Waiting, reader: Person, account: Account) -> Row | None:
    """The row, with an announcement in place of what it says; that may come twice."""
    taken = shelf.announce(row, reader, account)
    return taken and replace(taken, announces=True, put=replace(taken.put, content=ANNOUNCEMENT, once=False))


def fate(row: Waiting, reader: Person, account: Account | None, now: int) -> Fate:
    """What is to become of a row whose time has come."""
    if row.closed or row.groundless:
        return Drop("closed")
    if row.useless_after is not None and row.useless_after < now:
        return Drop("useless")
    if account is None or not account.reachable:
        return Drop("closed") if account is not None and account.is_shared else Hold()
    silent = reader.silent_until or 0
    if silent > now and (row.waking or row.unasked) and not row.in_silence:
        return Drop("useless") if row.useless_after is not None and row.useless_after < silent else Silenced(silent)
    at = _moment(row, reader, account.heard + RECENT, now)
    if at is None or (row.useless_after is not None and row.useless_after < at):
        return Drop("useless")
    return Later(at) if at > now else Go()


def _moment(row: Waiting, reader: Person, there_until: int, now: int) -> int | None:
    """When a row goes to a reader who is there until then: unasked ones when they are silent and awake, and not long
    after their hour; None when that would be too late."""
    if row.unasked:
        planned = row.earliest if row.meant is None else row.meant
        return in_time(reader, planned, now if row.in_silence else max(now, there_until))
    if row.waking and now >= there_until:
        return waking_minute(reader, now)
    return now


def _first_of(shelf: Shelf, candidate: Waiting, reader: Person, account: Account | None, now: int) -> Waiting | None:
    """The candidate, or the first row of its session that may go; None when none may, or one is tried again later."""
    for row in (*shelf.before(candidate, now), candidate):
        match fate(row, reader, account, now):
            case Drop() as drop:
                shelf.settle(row, drop)
            case _ if row.earliest > now:
                return None
            case Go() if _is_veiled(row, reader) and shelf.is_announced(reader.id, now - STANDS):
                shelf.settle(row, Veil())
            case Go():
                return row
            case other:
                shelf.settle(row, other)
    return None
