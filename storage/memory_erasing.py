"""What is left in memory of somebody who deleted everything."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial

from bot.changes import Lane
from bot.engine.acts import Visibility
from bot.engine.ids import PersonId
from bot.people import AccountKey, Person
from storage.erasing import UNKNOWN
from storage.memory_tables import Tables


def erase(tables: Tables) -> None:
    """Takes out everything of those who have just deleted all of theirs."""
    for person in tables.persons.rows():
        if person.erased is not None and person.name:
            _erase(tables, person)


def _erase(tables: Tables, person: Person) -> None:
    _records(tables, person.id)
    for code, invitation in [(i.code_hash, i) for i in tables.invitations.rows()]:
        if invitation.inviter == person.id:
            tables.invitations.remove(code)
        elif invitation.guest == person.id:
            tables.invitations.put(code, replace(invitation, guest=None))
    for account in tables.accounts.find(person.id):
        erase_chat(tables, account.key)
    for row in tables.outbox.rows():
        is_last = row.put.earliest == person.erased and row.put.lane is Lane.REPLY
        if row.put.to == person.id and not is_last:
            tables.outbox.remove(row.put.id)
    nobody = Person(person.id, "", person.language, UNKNOWN, 0, quiet_from=0, quiet_to=0, erased=person.erased)
    tables.persons.put(person.id, nobody)


def erase_chat(tables: Tables, account: AccountKey) -> None:
    """Takes out what is known of an account's chat."""
    for table in (tables.noted, tables.shown, tables.told):
        table.remove_all(partial(_is_of, account))


def _is_of(account: AccountKey, key: tuple[AccountKey, str]) -> bool:
    return key[0] == account


def _records(tables: Tables, person: PersonId) -> None:
    for record in tables.records.rows():
        key = (record.session, record.name, record.owner)
        if record.owner == person and record.visibility is Visibility.PRIVATE:
            tables.records.remove(key)
        elif record.owner == person:
            tables.records.put(key, replace(record, value=json.dumps({"words": [], "by": person})))
