"""The schema of the store. Ids and times (epoch seconds) are plain; all that people typed is sealed by the vault.

Sessions that have ended and rows of the outbox that are done are not here. Each column that points to a person has
an index, so that nothing is read as a whole when a person comes or goes.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    UniqueConstraint,
    false,
    text,
    true,
)
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from bot.changes import Lane
from bot.engine.acts import Visibility
from bot.engine.session import Status

REVISION = "0017"
KINDS = ("say", "show", "redrawn", "cleared", "removed")
STATES = ("waiting", "held", "sending", "veiled", "failed")

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Kept(SQLModel, registry=registry(metadata=MetaData(naming_convention=NAMES))):
    """Every table of the store."""


def _one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def _index(name: str, *columns: str, where: str) -> Index:
    condition = text(where)
    return Index(name, *columns, sqlite_where=condition, postgresql_where=condition)


def _person(*, primary_key: bool = False, nullable: bool = False, index: bool = False) -> Any:
    person = ForeignKey("person.id", deferrable=True, initially="DEFERRED")
    column: Column[int] = Column(BigInteger, person, primary_key=primary_key, nullable=nullable, index=index)
    return Field(sa_column=column)


def _session() -> Any:
    session = ForeignKey("session.id", ondelete="CASCADE", deferrable=True, initially="DEFERRED")
    return Field(sa_column=Column(BigInteger, session, nullable=False, index=True))


def _id() -> Any:
    return Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})


def _since(default: Any) -> Any:
    """A column that came later: what the rows before it have."""
    return Field(sa_column_kwargs={"server_default": default})


def _big(default: Any = ..., *, index: bool = False) -> Any:
    return Field(default, sa_type=BigInteger, index=index)


class Person(Kept, table=True):
    """A human being; `name` is sealed under themself, and empty once everything of theirs is gone."""

    __table_args__ = (_index("ix_person_erased", "erased", where="erased IS NOT NULL"),)

    id: int = _id()
    name: str
    language: str
    zone: str
    created: int = _big()
    country: str
    zone_confirmed: bool
    quiet_from: int
    quiet_to: int
    consent: int
    consented: int | None = _big(None)
    wrong_codes: int
    wrong_code_at: int = _big()
    discreet: bool = _since(false())
    open_to_asks: bool = _since(true())
    silent_until: int | None = _big(None)
    silent_by: int | None = _big(None)
    card_at: int | None = _big(None)
    erased: int | None = _big(None)


class Account(Kept, table=True):
    """A person's identity on a platform and their private chat there."""

    platform: str = Field(primary_key=True)
    user_id: int = _id()
    person: int = _person(index=True)
    chat: int = _big()
    heard: int = _big()
    reachable: bool


class Couple(Kept, table=True):
    """Two persons and their rhythm; `fits` is a list with commas between, `untold` a seat: 0 for `person_a`."""

    __table_args__ = (_index("ix_couple_next_due", "next_due", where="ended IS NULL"),)

    id: int = _id()
    person_a: int = _person(index=True)
    person_b: int = _person(index=True)
    created: int = _big()
    weekday: int | None
    minute: int | None
    next_due: int | None = _big(None)
    last_round: int | None = _big(None)
    ended: int | None = _big(None)
    rests_until: int | None = _big(None)
    fits: str = _since("")
    untold: int | None
    depth_a: int = _since("0")
    depth_b: int = _since("0")
    season: int = _since("0")
    dances_a: int = _since("0")
    dances_b: int = _since("0")
    renews_a: bool = _since(false())
    renews_b: bool = _since(false())
    renews_on: int | None = _big(None)


class Group(Kept, table=True):
    """A chat that several share; `tap_a` and `tap_b` are who has said that it is theirs, while it is nobody's."""

    __tablename__ = "groups"
    __table_args__ = (
        UniqueConstraint("platform", "chat"),
        Index("ix_groups_server", "platform", "server"),
        _index("ix_groups_crowded", "crowded", where="crowded IS NOT NULL"),
    )

    id: int = _id()
    platform: str
    chat: int = _big()
    language: str
    zone: str
    couple: int | None = _big(None, index=True)
    tap_a: int | None = _person(nullable=True, index=True)
    tap_b: int | None = _person(nullable=True, index=True)
    topic: int | None = _big(None)
    server: int | None = _big(None)
    reachable: bool
    opens_a: bool
    opens_b: bool
    crowded: int | None = _big(None)


class Invitation(Kept, table=True):
    """A seat kept for whoever brings the code with this hash."""

    code_hash: str = Field(primary_key=True)
    inviter: int = _person(index=True)
    session: int | None = _big(None)
    expires: int = _big()
    guest: int | None = _person(nullable=True, index=True)
    closed: bool
    moves: bool = _since(false())


class Session(Kept, table=True):
    """A conversation that has not ended; `state` is its JSON with sealed words."""

    __table_args__ = (
        _one_of("status", (Status.PLANNED, Status.OPEN)),
        _index("ix_session_wake", "wake", where="wake IS NOT NULL"),
    )

    id: int = _id()
    exercise: str
    status: str
    started: int = _big()
    couple: int | None = _big(None)
    person_a: int | None = _person(nullable=True, index=True)
    person_b: int | None = _person(nullable=True, index=True)
    wake: int | None = _big(None)
    state: str


class Prompt(Kept, table=True):
    """A question and its last delivery, known as long as its session lives or a row of the outbox is about it.

    `delivery` grows with each delivery to a person.
    """

    __table_args__ = (Index("ix_prompt_person", "person", "is_open"),)

    session: int = _id()
    no: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    person: int = _person()
    is_open: bool
    at: int | None = _big(None)
    delivery: int | None = _big(None)
    message: str | None


class Shown(Kept, table=True):
    """A message that shows a prompt: a reply to it is for that prompt, and for no other when that one is over."""

    __table_args__ = {"sqlite_with_rowid": False}

    platform: str = Field(primary_key=True)
    user_id: int = _id()
    message: str = Field(primary_key=True)
    session: int = _big()
    prompt: int
    at: int = _big()


class Noted(Kept, table=True):
    """The answer that a message became a part of, while the session lives."""

    platform: str = Field(primary_key=True)
    user_id: int = _id()
    message: str = Field(primary_key=True)
    session: int = _session()
    name: str
    part: int


class Record(Kept, table=True):
    """What an exercise kept for one owner; `value` is sealed under them. None is without a visibility."""

    __table_args__ = (
        _one_of("visibility", tuple(Visibility)),
        Index("ix_record_owner", "owner", "exercise", "name"),
        Index("ix_record_couple", "couple", "exercise", "name"),
    )

    session: int = _id()
    name: str = Field(primary_key=True)
    owner: int = _person(primary_key=True)
    exercise: str
    couple: int | None = _big(None)
    visibility: str
    at: int = _big()
    value: str


class Outbox(Kept, table=True):
    """What is to be said to `person`, who may be a group; and, without `content`, what could not be: `why` and
    `error` tell of it.

    What is `veiled` waits behind an announcement until its reader asks for it; `announces`: it is the row whose
    announcement was sent. `place` is the order it came in, `open_*` the prompt that must be open for it, `about_*` the
    prompt that it shows or edits, `belongs_to` the session within which order is kept, `meant` its hour before it was
    put off for its reader's time for themselves.
    """

    __table_args__ = (
        _one_of("state", STATES),
        _one_of("lane", tuple(Lane)),
        _one_of("kind", KINDS),
        _index("ix_outbox_waiting", "lane", "earliest", "place", where="state = 'waiting'"),
        _index("ix_outbox_sending", "person", where="state = 'sending'"),
        _index("ix_outbox_held", "person", where="state = 'held'"),
        _index("ix_outbox_veiled", "person", where="state = 'veiled'"),
        Index("ix_outbox_person", "person", "belongs_to", "place"),
        _index("ix_outbox_about", "about_session", where="content IS NOT NULL AND about_session IS NOT NULL"),
    )

    place: int | None = Field(None, sa_column=Column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True))
    id: int = Field(sa_type=BigInteger, unique=True)
    person: int = _big()
    lane: str
    kind: str
    state: str
    earliest: int = _big()
    useless_after: int | None = _big(None)
    open_session: int | None = _big(None)
    open_prompt: int | None
    about_session: int | None = _big(None)
    about_prompt: int | None
    once: bool
    waking: bool
    unasked: bool
    in_silence: bool = _since(false())
    meant: int | None = _big(None)
    session: int | None = _big(None)
    belongs_to: int | None = _big(None)
    attempts: int
    uncertain: bool
    why: str | None
    error: str | None
    content: str | None
    announces: bool = _since(false())
    has_file: bool = _since(false())


class Told(Kept, table=True):
    """A message that was said to somebody discreet, or brought a file of one's own data, so that it can be taken out
    of the chat again."""

    platform: str = Field(primary_key=True)
    user_id: int = _id()
    message: str = Field(primary_key=True)
    person: int = _person(index=True)
    at: int = _big()
    is_file: bool = _since(false())


class Seen(Kept, table=True):
    """The events that have had their turn."""

    __table_args__ = {"sqlite_with_rowid": False}

    id: str = Field(primary_key=True)
    at: int = _big()


metadata = Kept.metadata
