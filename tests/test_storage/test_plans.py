"""No turn, tick or claim reads a whole table, however many couples there are."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import Any

from sqlalchemy import event, select

from bot.changes import (
    Cleared,
    DropGroup,
    ForgetFiles,
    ForgetTold,
    Hush,
    Lane,
    NoteMessage,
    SaveAccount,
    SaveCouple,
    SaveGroup,
    SaveInvitation,
    SavePerson,
    SaveRecord,
    SaveSession,
    Show,
    Unsay,
    Unveil,
    Withdraw,
)
from bot.engine.acts import Visibility
from bot.engine.ids import GroupId, PersonId
from bot.engine.session import Status
from bot.events import Crowded, whose_due
from bot.people import Group, GroupKey, Invitation
from bot.ports import Again, Delivered, Gone, Moved, Overheard
from storage.store import SqlStore
from storage.straight import Compiled
from storage.tables import metadata
from tests.files import file_of
from tests.test_storage.parts import (
    ANA,
    ANAS,
    BEN,
    COUPLE,
    NOON,
    SESSION,
    Place,
    claimed,
    conversation,
    keep,
    line,
    meet,
    question,
    send_all,
    show,
)

# a handful of rows: what is on its way, and the names that records are asked for by
SMALL = ("ix_outbox_sending", "CONSTANT ROWS")


class Nothing(dict[str, None]):
    """Values for a plan, which looks at none."""

    def __missing__(self, name: str) -> None:
        """There is none."""


@contextmanager
def statements(store: SqlStore) -> Iterator[list[tuple[str, Any]]]:
    """The statements that are executed in the block, straight or through SQLAlchemy, with values for their plans."""
    seen: list[tuple[str, Any]] = []

    def remember(_c: Any, _cursor: Any, statement: str, given: Any, _context: Any, _many: bool) -> None:
        seen.append((statement, given))

    store._compiled = Compiled(store._database.dialect)  # nothing that another test has asked
    engine = file_of(store)._engine
    event.listen(engine, "before_cursor_execute", remember)
    yield seen
    event.remove(engine, "before_cursor_execute", remember)
    seen += [(ready.text, Nothing()) for ready in store._compiled.ready.values() if not ready.grows]


def play(store: SqlStore) -> None:
    """Everything that a store is ever asked, with answers to find."""
    prompt = question()
    record = SaveRecord(SESSION, COUPLE.id, "curious", "asked", ANA.id, Visibility.SHARED, 5, "x")
    show(store, prompt, conversation(prompt))
    keep(store, SavePerson(ANA), SaveAccount(ANAS), SaveCouple(COUPLE), record)
    keep(store, SaveInvitation(Invitation("a", ANA.id, None, NOON)), NoteMessage(ANAS, "m1", SESSION, "a", 0))
    with store.turn() as unit:
        assert unit.first_time("e1", NOON)
        assert (unit.account(ANAS.key), unit.account_of(ANA.id)) == (ANAS, ANAS)
        assert (unit.couple(COUPLE.id), unit.couple_of(BEN.id)) == (COUPLE, COUPLE)
        assert list(unit.former_couples(BEN.id)) == []
        assert unit.session(SESSION) is not None
        assert len(unit.sessions_of(ANA.id)) == 1
        assert unit.invitation("a") is not None
        assert len(unit.invitations_of(ANA.id)) == 1
        assert unit.delivered(ANA.id) == [Delivered(SESSION, 1, NOON, 1, "m900")]
        assert unit.noted(ANAS.key, "m1") is not None
        assert unit.shown(ANAS.key, "m900") == (SESSION, 1)
        assert unit.past(["curious.asked", "a.b"], [ANA.id, BEN.id], COUPLE.id)
        assert unit.own(["curious.asked", "a.b"], ANA.id) == [record]
        assert unit.all_past(BEN.id) == [record]
    in_a_group(store)
    keep(store, line(1), line(2, content=Show(SESSION, prompt)), line(3, session=SESSION))
    assert claimed(store) == [1]
    store.settle(1, Again(NOON))
    store.recover(NOON)
    assert store.claim(NOON, 9, platform="elsewhere") == []
    assert send_all(store) == [2, 3, 1]
    keep(store, Withdraw(BEN.id, frozenset({SESSION})), Hush(BEN.id, SESSION, NOON))
    keep(store, SavePerson(replace(ANA, discreet=True)), line(6, lane=Lane.BULK), line(7, lane=Lane.BULK))
    assert send_all(store) == [6]
    with store.turn() as unit:
        assert len(unit.veiled(ANA.id)) == 2
        assert unit.told(ANAS.key)
    keep(store, Unveil(ANA.id, NOON), ForgetFiles(ANAS.key), ForgetTold(ANAS.key), Unsay(SESSION, BEN.id))
    ended = SaveSession(conversation(status=Status.ENDED))
    keep(store, ended, line(4, content=Cleared(SESSION, 1)), line(5, to=BEN.id))
    assert claimed(store, limit=1) == [4]
    store.settle(4, Gone(NOON))
    store.due(NOON, 20)
    store.next_due()
    keep(store, SavePerson(replace(ANA, erased=NOON)))


def in_a_group(store: SqlStore) -> None:
    """What is asked about groups, and what becomes of what is said in one."""
    group = Group(GroupId(PersonId(70)), GroupKey("telegram", -7), "en", "UTC", COUPLE.id, server=8)
    keep(store, SaveGroup(group), *(line(number, to=group.id) for number in (11, 12, 13)))
    with store.turn() as unit:
        assert unit.group(group.key) == unit.group_by_id(group.id) == group
        assert list(unit.groups_of(COUPLE.id)) == list(unit.groups_in("telegram", 8)) == [group]
        assert unit.groups_tapped_by(ANA.id) == []
    for number, outcome in ((11, Moved(-9)), (11, Overheard(NOON)), (12, Gone(NOON))):
        assert claimed(store, limit=1) == [number]
        store.settle(number, outcome)
    with store.turn() as unit:
        assert unit.group(GroupKey("telegram", -9)) == replace(
            group, key=GroupKey("telegram", -9), crowded=NOON, reachable=False
        )
    assert [whose_due(event) for event in store.due(NOON, 20) if isinstance(event, Crowded)] == [group.id]
    assert claimed(store) == []
    with store._database.transaction() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM outbox WHERE id IN (11, 12, 13)").scalar() == 0
    keep(store, DropGroup(group.id))


def test_no_statement_reads_a_whole_table(place: Place) -> None:
    """SQLite's own plan for each of them names an index."""
    with closing(place.open()) as store:
        meet(store)
        with statements(store) as seen:
            play(store)
        plans = {}
        with store._database.transaction() as connection:
            driver: Any = connection.connection.dbapi_connection
            for statement, given in seen:
                plan = driver.execute(f"EXPLAIN QUERY PLAN {statement}", given).fetchall()
                plans[statement] = [detail for *_, detail in plan if detail.startswith("SCAN")]
    whole = [(sql, scan) for sql, scans in plans.items() for scan in scans if not scan.endswith(SMALL)]
    assert len(plans) > 40
    assert whole == []


def test_a_new_version_of_a_row_is_the_only_one(place: Place) -> None:
    """Saved a hundred times, a couple, a session and its prompt are one row each."""
    names = ("couple", "session", "prompt")
    with closing(place.open()) as store:
        meet(store)
        for number in range(100):
            changed = replace(COUPLE, minute=number)
            keep(store, SaveCouple(changed), SaveSession(conversation(question(), last=number)))
        with store._database.transaction() as connection:
            found = [connection.execute(select(metadata.tables[name])).all() for name in names]
    assert [len(rows) for rows in found] == [1, 1, 1]
