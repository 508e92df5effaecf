"""The sweep: what is over goes, a little at a time, and nothing else."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest

from bot.changes import SaveAccount, SaveCouple, SaveGroup, SaveInvitation, SavePerson, SaveRecord, Show
from bot.engine.acts import Visibility
from bot.engine.ids import CoupleId, GroupId, Ids, PersonId, SessionId
from bot.people import Account, AccountKey, Couple, Group, GroupKey, Invitation
from bot.ports import Dropped, Sent
from storage import sweeping
from storage.store import SqlStore
from tests.test_storage.parts import (
    ANA,
    ANAS,
    BEN,
    BENS,
    CLEO,
    COUPLE,
    NOON,
    Memory,
    Place,
    claimed,
    conversation,
    keep,
    line,
    meet,
    question,
    said,
    send_all,
    show,
)

DAY = sweeping.DAY
YEAR = 366 * DAY


@pytest.fixture
def kept(place: Place) -> Iterator[SqlStore]:
    """A store in which Ana and Ben are a couple."""
    with closing(place.open()) as store:
        meet(store)
        yield store


def count(store: SqlStore, table: str, where: str = "1 = 1") -> int:
    """How many such rows there are."""
    with store._database.transaction() as connection:
        found = connection.exec_driver_sql(f"SELECT count(*) FROM {table} WHERE {where}").scalar()  # noqa: S608
    return int(found or 0)


def swept(store: SqlStore, now: int, records: int = 0) -> int:
    """Sweeps until there is nothing more; how often that took."""
    for times in range(1, 100):
        if not store.sweep(now, records):
            return times
    raise AssertionError("it never ends")


def test_ids_of_events_go_after_eight_days(kept: SqlStore) -> None:
    """Not before: a platform may deliver one again."""
    with kept.turn() as unit:
        unit.first_time("old", NOON - 8 * DAY - 1)
        unit.first_time("young", NOON - 8 * DAY)
    swept(kept, NOON)
    with kept.turn() as unit:
        assert not unit.first_time("young", NOON)
        assert unit.first_time("old", NOON)


def test_messages_that_showed_a_question_go_after_a_year(kept: SqlStore) -> None:
    """Until then a reply to one of them is known for what it is."""
    prompt = question()
    show(kept, prompt, conversation(prompt))
    for now, is_known in ((NOON + YEAR, True), (NOON + YEAR + 1, False)):
        swept(kept, now)
        with kept.turn() as unit:
            assert (unit.shown(ANAS.key, "m900") is not None) == is_known


def test_what_could_not_be_said_goes_after_a_month(kept: SqlStore) -> None:
    """What still waits stays, however long."""
    keep(kept, line(1, earliest=NOON), line(2, earliest=NOON))
    assert claimed(kept, NOON, limit=1) == [1]
    kept.settle(1, Dropped("refused", "403"))
    assert count(kept, "outbox", "state = 'failed'") == 1
    swept(kept, NOON + 30 * DAY + 1)
    assert count(kept, "outbox", "state = 'failed'") == 0
    assert claimed(kept, NOON + 31 * DAY) == [2]


def test_invitations_go_a_month_after_their_end(kept: SqlStore) -> None:
    """Whoever comes late reads that it is over as before."""
    keep(
        kept,
        SaveInvitation(Invitation("a", ANA.id, None, NOON)),
        SaveInvitation(Invitation("b", ANA.id, None, NOON + DAY)),
    )
    swept(kept, NOON + 30 * DAY + 1)
    with kept.turn() as unit:
        assert (unit.invitation("a"), unit.invitation("b") is None) == (None, False)


def test_a_group_that_is_nobody_s_goes_after_a_month(kept: SqlStore) -> None:
    """Whoever tapped there is forgotten; a couple's stays for as long as they are one."""

    def group(at: int, chat: int, **more: Any) -> SaveGroup:
        made = GroupId(PersonId(Ids().next(at, chat)))
        return SaveGroup(Group(made, GroupKey("telegram", chat), "en", "UTC", **more))

    keep(kept, group(NOON - 1, -1, taps=(ANA.id,)), group(NOON, -2), group(NOON - DAY, -3, couple=COUPLE.id))
    swept(kept, NOON + 30 * DAY)
    with kept.turn() as unit:
        assert [unit.group(GroupKey("telegram", chat)) is not None for chat in (-1, -2, -3)] == [False, True, True]
        assert unit.groups_tapped_by(ANA.id) == []


def test_the_time_of_a_card_goes_after_six_hours(kept: SqlStore) -> None:
    """Nothing is left that tells that there was one."""
    keep(kept, SavePerson(replace(ANA, card_at=NOON)))
    swept(kept, NOON + 6 * 3_600)
    with kept.turn() as unit:
        assert unit.person(ANA.id).card_at == NOON
    swept(kept, NOON + 6 * 3_600 + 1)
    with kept.turn() as unit:
        assert unit.person(ANA.id).card_at is None


def record(session: int, at: int) -> SaveRecord:
    """Something that Ana kept."""
    value = said(ANA, "a zebra")
    return SaveRecord(SessionId(session), COUPLE.id, "curious", "opened.0", ANA.id, Visibility.SHARED, at, value)


def test_what_people_wrote_goes_when_its_months_are_over(kept: SqlStore) -> None:
    """In batches; and not at all where nothing is said."""
    keep(kept, *(record(number, NOON - 1) for number in range(1_200)), record(5_000, NOON))
    swept(kept, NOON + YEAR)
    assert count(kept, "record") == 1_201
    assert swept(kept, NOON + YEAR, NOON) == 3
    assert count(kept, "record") == 1


def test_of_somebody_who_is_gone_only_what_others_need_stays(kept: SqlStore) -> None:
    """Their account, until the last line has reached them; their row, while they stand in a couple that the other has
    not deleted; then nothing."""
    keep(kept, record(1, NOON), SaveCouple(replace(COUPLE, ended=NOON)))
    keep(kept, SavePerson(replace(ANA, erased=NOON)), line(9, earliest=NOON))
    swept(kept, NOON + 60)
    assert count(kept, "account", f"person = {ANA.id}") == 1
    assert send_all(kept, NOON + 60) == [9]
    swept(kept, NOON + 120)
    assert count(kept, "account", f"person = {ANA.id}") == 0
    assert (count(kept, "person", f"id = {ANA.id}"), count(kept, "record")) == (1, 1)
    keep(kept, SavePerson(replace(BEN, erased=NOON)))
    swept(kept, NOON + 180)
    assert [count(kept, table) for table in ("person", "account", "couple", "record")] == [0, 0, 0, 0]


def test_a_last_line_that_cannot_arrive_waits_a_day(kept: SqlStore) -> None:
    """Then the account goes all the same."""
    keep(kept, SaveCouple(replace(COUPLE, ended=NOON)), SavePerson(replace(ANA, erased=NOON)), line(9, earliest=NOON))
    swept(kept, NOON + DAY)
    assert count(kept, "account", f"person = {ANA.id}") == 1
    swept(kept, NOON + DAY + 1)
    assert (count(kept, "account", f"person = {ANA.id}"), count(kept, "outbox")) == (0, 0)


def test_nobody_else_is_swept(kept: SqlStore) -> None:
    """Years later, with nothing set: people, couples, accounts and sessions are as they were."""
    prompt = question()
    show(kept, prompt, conversation(prompt))
    before = {table: count(kept, table) for table in ("person", "account", "couple", "session", "prompt")}
    swept(kept, NOON + 10 * YEAR)
    assert {table: count(kept, table) for table in before} == before


def test_who_was_heard_of_by_any_account_is_heard(kept: SqlStore) -> None:
    """Of several accounts the latest counts; whoever deleted everything is not looked for."""
    second = Account(AccountKey("playground", 7), ANA.id, 7, NOON)
    keep(kept, SavePerson(CLEO), SaveAccount(second), SaveAccount(replace(BENS, heard=NOON - 9)))
    assert kept.unheard(NOON, 9) == [BEN.id]
    keep(kept, SaveCouple(Couple(CoupleId(21), COUPLE.people, NOON, ended=NOON)))
    keep(kept, SavePerson(replace(BEN, erased=NOON)))
    assert kept.unheard(NOON, 9) == []
    assert kept.unheard(NOON + 1, 9) == [ANA.id]


def test_only_a_prompt_is_a_message_that_showed_one(store: Memory) -> None:
    """What is kept for a reply is kept for prompts alone."""
    prompt = question()
    keep(store, line(1), line(2, content=Show(31, prompt)))  # type: ignore[arg-type]  # a session that is not there
    store.claim(NOON, 9)
    store.settle(1, Sent(NOON, "m1"))
    with store.turn() as unit:
        assert unit.shown(ANAS.key, "m1") is None
