"""The file of a store that has one."""

from storage.database import Database
from storage.store import SqlStore


def file_of(store: SqlStore) -> Database:
    """The SQLite file that a store lies in."""
    assert isinstance(store._database, Database)
    return store._database
