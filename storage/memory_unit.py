"""One turn's transaction in memory: what it may look at. What it keeps is in `memory_keeping`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.changes import REMOVED, Change, SaveRecord
from bot.engine.acts import Visibility
from bot.engine.codec import read_session
from bot.engine.ids import CoupleId, GroupId, PersonId, SessionId
from bot.engine.session import Json, Session
from bot.errors import StoreError
from bot.people import Account, AccountKey, Couple, Group, GroupKey, Invitation, Person
from bot.ports import Delivered, Noted, Told
from storage.memory_keeping import MemoryKeeper
from storage.memory_tables import Tables

FOR_BOTH = (Visibility.SHARED, Visibility.GROUP)


class MemoryUnit:
    """The transaction of one turn, on the tables themselves: they know how to undo it."""

    def __init__(self, tables: Tables) -> None:
        """Works on these tables."""
        self._tables = tables
        self._keeper = MemoryKeeper(tables)

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

    def group(self, key: GroupKey) -> Group | None:
        """The group that a chat is, if it is known."""
        return next(iter(self._tables.groups.find(key)), None)

    def group_by_id(self, group: GroupId) -> Group | None:
        """A group, if it is still known."""
        return self._tables.groups.get(group)

    def groups_of(self, couple: CoupleId) -> Sequence[Group]:
        """The group that a couple has, if it has one."""
        return sorted(self._tables.groups.find(("of", couple)), key=lambda group: group.id)

    def groups_tapped_by(self, person: PersonId) -> Sequence[Group]:
        """The groups in which a person has said that it is theirs, and which nobody's are yet."""
        return sorted(self._tables.groups.find(("tapped", person)), key=lambda group: group.id)

    def groups_in(self, platform: str, server: int) -> Sequence[Group]:
        """The groups that are channels of a server."""
        return sorted(self._tables.groups.find(("in", platform, server)), key=lambda group: group.id)

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

    def shown(self, account: AccountKey, message: str) -> tuple[SessionId, int] | None:
        """The prompt that a message of the bot's showed in that account's chat, also one that is over."""
        return self._tables.shown.get((account, message))

    def veiled(self, person: PersonId) -> Sequence[tuple[SessionId, int] | None]:
        """What waits behind an announcement for that person: the prompt that each would show, None for a line."""
        return [row.about for row in self._tables.veiled(person)]

    def told(self, account: AccountKey) -> Sequence[Told]:
        """What was said to that account and can be taken out again, oldest first."""
        return sorted(self._tables.told.find(account), key=lambda told: (told.at, told.message))

    def past(self, names: Sequence[str], people: Sequence[PersonId], couple: CoupleId | None) -> Mapping[str, Json]:
        """Records by "exercise.name", as each of the people may see them; every name has its list."""
        return {str(seat): self._past(names, person, couple) for seat, person in enumerate(people)}

    def own(self, names: Sequence[str], person: PersonId) -> Sequence[SaveRecord]:
        """A person's own records by "exercise.name", oldest first."""
        theirs = self._tables.records.find(("of", person))
        found = [replace(r, value=json.loads(str(r.value))) for r in theirs if f"{r.exercise}.{r.name}" in names]
        return sorted(found, key=lambda r: (r.at, r.session, r.name))

    def all_past(self, person: PersonId) -> Sequence[SaveRecord]:
        """All records that a person may see, oldest first."""
        theirs = self._tables.records.find(("of", person))
        couples = self._tables.couples.find(person)
        shared = [r for couple in couples for r in self._tables.records.find(("in", couple.id)) if r.owner != person]
        found = [*theirs, *(r for r in shared if r.visibility in FOR_BOTH)]
        opened = [replace(record, value=_opened(record)) for record in found]
        return sorted(opened, key=lambda r: (r.at, r.session, r.name, r.owner))

    def keep(self, changes: Sequence[Change]) -> None:
        """Keeps all changes of the turn, in their order."""
        self._keeper.keep(changes)

    def finish(self) -> None:
        """What is to be done once, before the transaction is committed."""
        self._keeper.finish()

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
            value = json.loads(str(record.value))
            if entries is not None and value != {"words": [], "by": record.owner}:
                entries.append({"value": value, "at": record.at, "by": record.owner})
        return dict(found)


def _opened(record: SaveRecord) -> Json:
    """A record's value; `REMOVED` once its owner has deleted everything."""
    value: Json = json.loads(str(record.value))
    return dict(REMOVED) if value == {"words": [], "by": record.owner} else value
