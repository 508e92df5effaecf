"""PostgreSQL may go away at any moment, and somebody else may come meanwhile."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing, nullcontext, suppress
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError
from structlog.testing import capture_logs

from bot.changes import Change, SavePerson, Withdraw
from bot.errors import StoreError
from storage.postgres import LOCK
from storage.store import SqlStore
from tests.playing.wire import Wire
from tests.servers import Server, lose, outside
from tests.test_storage.parts import (
    ANA,
    BEN,
    CLEO,
    Place,
    claimed,
    keep,
    line,
    meet,
    record_of,
    ring,
)


@pytest.fixture
def store(server_place: Place) -> Iterator[SqlStore]:
    """A database in PostgreSQL that knows Ana and Ben."""
    with closing(server_place.open()) as opened:
        meet(opened)
        yield opened


def test_a_connection_that_was_lost_costs_one_turn(store: SqlStore, postgres: str) -> None:
    """That fails as a whole; the next one finds everything that was kept, and whoever runs the bot can read of both."""
    lose(postgres)
    with capture_logs() as logs:
        with pytest.raises(StoreError):
            keep(store, line(1))
        keep(store, line(1))
    assert [log["event"] for log in logs] == ["database.lost", "database.found"]
    with store.turn() as unit:
        assert unit.person(ANA.id) == ANA
    assert claimed(store) == [1]


def test_a_connection_that_is_lost_in_a_turn_undoes_it(store: SqlStore, postgres: str) -> None:
    """Nothing of it is kept; it can be done again."""

    def turn() -> None:
        with store.turn() as unit:
            unit.keep([SavePerson(CLEO)])
            lose(postgres)
            unit.keep([line(1)])

    with pytest.raises(StoreError):
        turn()
    with store.turn() as unit, pytest.raises(StoreError):
        unit.person(CLEO.id)
    keep(store, SavePerson(CLEO), line(1))


@pytest.mark.parametrize("next_one", [line(2), Withdraw(ANA.id, frozenset())])
def test_a_connection_that_is_lost_in_a_group_undoes_all_of_it(
    store: SqlStore, postgres: str, next_one: Change
) -> None:
    """Also what comes after the loss, straight or through SQLAlchemy: it must not be kept alone."""

    def group() -> None:
        with store.together():
            keep(store, line(1))
            lose(postgres)
            for change in (next_one, line(3)):
                with suppress(StoreError):
                    keep(store, change)

    with pytest.raises(StoreError):
        group()
    assert claimed(store) == []
    keep(store, line(4))
    assert claimed(store) == [4]


def test_a_server_that_stays_away_fails_each_turn(store: SqlStore, postgres: str, postgres_server: Server) -> None:
    """Until it is back."""
    name = make_url(postgres).database
    with postgres_server.connect("postgres") as elsewhere:
        elsewhere.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS off")
        try:
            elsewhere.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
            for _ in range(3):
                with pytest.raises(StoreError):
                    keep(store, line(1))
        finally:
            elsewhere.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS on")
    keep(store, line(1))


def test_somebody_else_who_came_meanwhile_has_it(store: SqlStore, postgres: str) -> None:
    """Two programs never write at once; when the other has ended, this one goes on."""
    lose(postgres)
    with outside(postgres) as other:
        other.execute(f"SELECT pg_advisory_lock({LOCK})")
        with pytest.raises(StoreError):
            keep(store, line(1))
        with pytest.raises(StoreError, match="another program is using"):
            keep(store, line(1))
    keep(store, line(1))


def test_a_newer_version_that_came_meanwhile_has_it(new_postgres: str, tmp_path: Path) -> None:
    """The older one touches nothing any more."""
    with closing(Place(tmp_path, ring("a"), new_postgres).open()) as store:
        lose(new_postgres)
        with outside(new_postgres) as newer:
            newer.execute("UPDATE alembic_version SET version_num = '9999'")
        with pytest.raises(StoreError):
            keep(store, SavePerson(ANA))
        with pytest.raises(StoreError, match="another version of Leeway"):
            keep(store, SavePerson(ANA))


@pytest.fixture
def wire(postgres: str) -> Iterator[Wire]:
    """Between a store and its server."""
    url = make_url(postgres)
    made = Wire(str(url.host), url.port or 5432)
    yield made
    made.close()


@pytest.fixture
def far(wire: Wire, postgres: str, tmp_path: Path) -> Iterator[SqlStore]:
    """A store at the near end of the wire."""
    address = make_url(postgres).set(host="127.0.0.1", port=wire.port).render_as_string(hide_password=False)
    with closing(Place(tmp_path, ring("a"), address).open()) as opened:
        meet(opened)
        yield opened


def states(address: str) -> list[str]:
    """What the rows of the outbox are, for somebody who looks from outside."""
    with outside(address) as other:
        for _ in range(500):  # until the server has done what it was told
            if other.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'").fetchone() == (0,):
                break
            time.sleep(0.01)
        return [state for (state,) in other.execute("SELECT state FROM outbox ORDER BY place").fetchall()]


def test_a_turn_whose_commit_was_not_answered_is_done_once(far: SqlStore, wire: Wire, postgres: str) -> None:
    """It was kept, and nobody knows: the event comes again, and was seen."""

    def turn() -> bool:
        with far.turn() as unit:
            if is_new := unit.first_time("event", 1):
                unit.keep([line(1)])
        return is_new

    wire.cuts_commits = True
    with pytest.raises(StoreError):
        turn()
    assert states(postgres) == ["waiting"]
    assert not turn()
    assert claimed(far) == [1]


@pytest.mark.parametrize("in_group", [False, True])
def test_rows_whose_claim_was_not_answered_go_again(far: SqlStore, wire: Wire, postgres: str, in_group: bool) -> None:
    """Nobody was handed them: none waits for the next start, and one that goes once goes."""
    keep(far, line(1, once=True), line(2, to=BEN.id))
    wire.cuts_commits = True
    with pytest.raises(StoreError), far.together() if in_group else nullcontext():
        claimed(far)
    assert states(postgres) == ["sending", "sending"]
    assert claimed(far) == [1, 2]
    assert claimed(far) == []


def test_an_error_that_nobody_let_out_is_not_taken_for_a_commit(store: SqlStore) -> None:
    """What has failed in PostgreSQL is undone at its commit, and says nothing of it."""
    with pytest.raises(StoreError, match="failed"), store._database.transaction() as connection, suppress(DBAPIError):
        connection.exec_driver_sql("SELECT 1 / 0")


def test_an_error_says_nothing_that_was_kept(store: SqlStore) -> None:
    """Neither the values of a row nor what they clash with."""
    with pytest.raises(StoreError) as raised:
        keep(store, SavePerson(replace(ANA, zone="Atlantis/Quincetown")), record_of(CLEO.id))
    assert "Quincetown" not in f"{raised.value!s}"
