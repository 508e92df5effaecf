"""The schema of the key database, a file of its own: everybody's data key, wrapped by a key of the ring."""

from sqlalchemy import BigInteger, MetaData
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from storage.tables import NAMES

REVISION = "0001"


class Locked(SQLModel, registry=registry(metadata=MetaData(naming_convention=NAMES))):
    """Every table of the key database."""


class DataKey(Locked, table=True):
    """One person's data key, wrapped by the ring's key of that id."""

    person: int = Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    key_id: str = Field(index=True)
    wrapped: bytes


class KeyCheck(Locked, table=True):
    """Something known, sealed by each key of the ring, so that a wrong key shows before it is used."""

    key_id: str = Field(primary_key=True)
    sealed: bytes


metadata = Locked.metadata
