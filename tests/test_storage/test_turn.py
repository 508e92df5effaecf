"""A turn keeps what it was given, or nothing."""

from contextlib import suppress
from dataclasses import replace

import pytest

from bot.changes import (
    DropRecord,
    NoteMessage,
    SaveAccount,
    SaveCouple,
    SaveInvitation,
    SavePerson,
    SaveRecord,
    SaveSession,
    Unsay,
)
from bot.engine.acts import Visibility
from bot.engine.ids import CoupleId, PersonId, SessionId
from bot.engine.session import Answer, Json, Status
from bot.errors import StoreError
from bot.events import SessionDue, WeekDue
from bot.people import Account, AccountKey, Couple, Invitation, Person
from bot.ports import Noted
from tests.test_storage.parts import (
    ANA,
    ANAS,
    BEN,
    BENS,
    CLEO,
    COUPLE,
    FAR,
    NOON,
    SESSION,
    Memory,
    answer,
    claimed,
    conversation,
    keep,
    line,
    question,
    said,
)


def test_an_event_is_new_once(store: Memory) -> None:
    """The first time is the only first time."""
    with store.turn() as unit:
        assert unit.first_time("telegram:1", NOON)
    with store.turn() as unit:
        assert not unit.first_time("telegram:1", NOON + 1)
        assert unit.first_time("telegram:2", NOON + 1)


def test_a_turn_that_raises_keeps_nothing(store: Memory) -> None:
    """Neither what it changed nor that the event was seen."""
    before = conversation(question(1))
    keep(store, SaveSession(before))
    over = replace(before, status=Status.ENDED, open={})
    with suppress(ZeroDivisionError), store.turn() as unit:
        unit.first_time("telegram:1", NOON)
        unit.keep([SavePerson(replace(ANA, name="Anna")), SavePerson(CLEO), SaveSession(conversation())])
        unit.keep([SaveSession(over), line(1)])
        raise ZeroDivisionError
    with store.turn() as unit:
        assert unit.first_time("telegram:1", NOON)
        assert unit.person(ANA.id) == ANA
        assert unit.sessions_of(ANA.id) == [before]
        with pytest.raises(StoreError):
            unit.person(CLEO.id)
    assert claimed(store) == []


def test_a_turn_sees_what_it_kept(store: Memory) -> None:
    """What is kept is there at once, before the turn ends."""
    with store.turn() as unit:
        unit.keep([SavePerson(CLEO), SaveSession(conversation())])
        assert unit.person(CLEO.id) == CLEO
        assert unit.session(SESSION) == conversation()


def test_a_person_is_kept_whole(store: Memory) -> None:
    """Every field of a person, new or changed."""
    cleo = Person(PersonId(3), "Zoë\0\ud800", "pt", "Asia/Tokyo", FAR, "PT", True, 61, 62, 3, FAR, 2, FAR)
    keep(store, SavePerson(CLEO), SavePerson(cleo))
    with store.turn() as unit:
        assert unit.person(cleo.id) == cleo


def test_an_account_is_kept_whole(store: Memory) -> None:
    """Every field of an account, found by its key and by its person."""
    account = Account(AccountKey("telegram", FAR), ANA.id, -FAR, FAR, reachable=False)
    keep(store, SaveAccount(account))
    with store.turn() as unit:
        assert unit.account(account.key) == account
        assert unit.account_of(ANA.id) == account
        assert unit.account(AccountKey("discord", FAR)) is None
        assert unit.account_of(CLEO.id) is None


def test_a_person_is_written_to_where_they_were_heard_last(store: Memory) -> None:
    """Of two accounts the one used last, unless it cannot be reached."""
    second = Account(AccountKey("discord", 77), ANA.id, 103, NOON)
    keep(store, SaveAccount(second))
    with store.turn() as unit:
        assert unit.account_of(ANA.id) == second
        unit.keep([SaveAccount(replace(second, reachable=False))])
        assert unit.account_of(ANA.id) == ANAS


def test_a_couple_is_kept_whole(store: Memory) -> None:
    """Every field of a couple."""
    couple = Couple(CoupleId(FAR), (BEN.id, ANA.id), FAR, 6, 1439, next_due=FAR, last_round=FAR, ended=FAR)
    couple = replace(couple, rests_until=FAR, fits=("apart", "grief"), untold=ANA.id)
    keep(store, SaveCouple(couple))
    with store.turn() as unit:
        assert unit.couple(couple.id) == couple
        with pytest.raises(StoreError):
            unit.couple(CoupleId(99))


def test_a_couple_that_ended_is_nobodys(store: Memory) -> None:
    """Both are found in their couple until it ends."""
    with store.turn() as unit:
        assert unit.couple_of(ANA.id) == unit.couple_of(BEN.id) == COUPLE
        assert unit.couple_of(CLEO.id) is None
        unit.keep([SaveCouple(replace(COUPLE, ended=NOON))])
        assert unit.couple_of(ANA.id) is None


def test_an_invitation_is_kept_whole(store: Memory) -> None:
    """Every field of an invitation, found by its hash."""
    invitation = Invitation("0a1b", ANA.id, SessionId(FAR), FAR, BEN.id, closed=True)
    keep(store, SaveInvitation(replace(invitation, guest=None, closed=False)), SaveInvitation(invitation))
    with store.turn() as unit:
        assert unit.invitation("0a1b") == invitation
        assert unit.invitation("0a1c") is None


def test_a_session_comes_back_as_it_was(store: Memory) -> None:
    """All of it: what was answered in which order, what is open, read, given, due."""
    whole = conversation(
        question(1),
        question(2, BEN, "NUL \0", "half \ud83d", "‮right to left", "<b>*_"),
        given={"mood": ["a", 1, True, None]},
        past={"0": {"curious.asked": [{"value": "sea", "at": 5, "by": BEN.id}]}},
        answers={
            "z": answer(said(ANA, "one", "two")),
            "a": Answer(None, None, NOON, 3),
            "m": answer(4),
        },
        dues={"p": NOON},
        passed=frozenset({"p"}),
        timers={"q": FAR},
        done={"say:1": 2},
        fences={ANA.id: 1},
        turn=4,
        prompts=(1, 1),
    )
    keep(store, SaveSession(whole))
    with store.turn() as unit:
        found = unit.session(SESSION)
    assert found == whole
    assert found is not None
    assert list(found.answers) == ["z", "a", "m"]


def test_a_changed_answer_replaces_the_old_one(store: Memory) -> None:
    """A session is kept as it is now."""
    keep(store, SaveSession(conversation(answers={"a": answer(1)})))
    keep(store, SaveSession(conversation(answers={"a": answer(2)})))
    with store.turn() as unit:
        assert unit.session(SESSION) == conversation(answers={"a": answer(2)})


def test_what_is_read_is_nobody_elses(store: Memory) -> None:
    """Changing what a turn was given does not change what is kept."""
    given = {"list": ["a"]}
    keep(store, SaveSession(conversation(given=given)))
    given["list"].append("b")
    with store.turn() as unit:
        assert unit.session(SESSION) == conversation(given={"list": ["a"]})


def test_sessions_of_a_person_are_in_order(store: Memory) -> None:
    """Those that they take part in and that have not ended, the oldest first."""
    late, early = conversation(id=1, started=NOON), conversation(id=9, started=NOON - 1)
    planned = conversation(id=2, started=NOON + 1, status=Status.PLANNED, people=(BEN.id, ANA.id))
    bens, over = conversation(id=3, people=(BEN.id,)), conversation(id=4, status=Status.ENDED)
    keep(store, *map(SaveSession, (late, early, planned, bens, over)))
    with store.turn() as unit:
        assert unit.sessions_of(ANA.id) == [early, late, planned]
        assert unit.sessions_of(BEN.id) == [bens, early, late, planned]
        assert unit.sessions_of(CLEO.id) == []


def test_a_seat_may_be_taken_and_left(store: Memory) -> None:
    """A session is found by those who are in it now."""
    keep(store, SaveSession(conversation()), SaveSession(conversation(people=(ANA.id,))))
    with store.turn() as unit:
        assert unit.sessions_of(BEN.id) == []
        assert unit.sessions_of(ANA.id) == [conversation(people=(ANA.id,))]


def test_a_session_that_ended_is_gone(store: Memory) -> None:
    """It is nobody's, it is not found, and never due."""
    keep(store, SaveSession(conversation(timers={"t": NOON})))
    keep(store, SaveSession(conversation(status=Status.ENDED, timers={"t": NOON}, answers={"a": answer(1)})))
    with store.turn() as unit:
        assert unit.session(SESSION) is None
        assert unit.sessions_of(ANA.id) == []
    assert store.due(FAR, 10) == []
    assert store.next_due() is None


def test_a_message_is_known_while_its_session_lives(store: Memory) -> None:
    """So that an edit of it finds the answer that it became a part of."""
    keep(
        store,
        SaveSession(conversation()),
        NoteMessage(ANAS, "m1", SESSION, "a", 0),
        NoteMessage(ANAS, "m1", SESSION, "b", 1),
    )
    with store.turn() as unit:
        assert unit.noted(ANAS.key, "m1") == Noted(SESSION, "b", 1)
        assert unit.noted(BENS.key, "m1") is None
        assert unit.noted(ANAS.key, "m2") is None
    keep(store, SaveSession(conversation(status=Status.ENDED)))
    with store.turn() as unit:
        assert unit.noted(ANAS.key, "m1") is None


def test_what_is_due_comes_longest_due_first(store: Memory) -> None:
    """Sessions and couples in one order, as events of the time that was asked for."""
    keep(
        store,
        SaveSession(conversation(id=1, timers={"t": NOON - 5, "later": FAR})),
        SaveSession(conversation(id=2, timers={"t": NOON})),
        SaveSession(conversation(id=3, timers={"t": NOON + 1})),
        SaveSession(conversation(id=4, status=Status.PLANNED, begins=NOON - 9)),
        SaveCouple(replace(COUPLE, next_due=NOON - 7)),
    )
    first, second = SessionDue(SessionId(4), NOON, 0), WeekDue(COUPLE.id, NOON, 0)
    assert store.due(NOON, 10) == [first, second, SessionDue(SessionId(1), NOON, 0), SessionDue(SessionId(2), NOON, 0)]
    assert store.due(NOON, 2) == [first, second]
    assert [event.late for event in store.due(NOON, 10)] == [9, 7, 5, 0]
    assert store.next_due() == NOON - 9


def test_a_couple_that_ended_is_never_due(store: Memory) -> None:
    """Its rhythm is over with it."""
    keep(store, SaveCouple(replace(COUPLE, next_due=NOON, ended=NOON)))
    assert store.due(FAR, 10) == []
    assert store.next_due() is None


def test_couples_that_have_ended_are_remembered(store: Memory) -> None:
    """For each of the two, with who has not heard of it; the one that they are in is none of them."""
    over = Couple(CoupleId(20), (BEN.id, ANA.id), NOON - 9, ended=NOON, untold=ANA.id)
    keep(store, SaveCouple(over))
    with store.turn() as unit:
        assert list(unit.former_couples(ANA.id)) == list(unit.former_couples(BEN.id)) == [over]
        assert unit.couple_of(ANA.id) == COUPLE


def test_next_due_looks_at_the_couples(store: Memory) -> None:
    """The weekly prompt is something to wake for."""
    keep(store, SaveCouple(replace(COUPLE, next_due=NOON)))
    assert store.next_due() == NOON


def record(
    name: str = "asked", owner: Person = ANA, visibility: Visibility = Visibility.PRIVATE, at: int = 5
) -> SaveRecord:
    """A record of the couple's session; its value is its own name, as words."""
    value = said(owner, name)
    return SaveRecord(SESSION, COUPLE.id, "curious", name, owner.id, visibility, at, value)


def seen_by(store: Memory, person: Person, *names: str, couple: CoupleId | None = COUPLE.id) -> list[tuple[str, int]]:
    """Which records that person sees: name and owner, in order."""
    with store.turn() as unit:
        past = unit.past([f"curious.{name}" for name in names], [BEN.id, person.id], couple)
    mine = past["1"]
    assert isinstance(mine, dict)
    return [(name, entry["by"]) for name in names for entry in mine[f"curious.{name}"]]  # type: ignore[union-attr,index,call-overload,misc]


def test_ones_own_records_are_seen_oldest_first(store: Memory) -> None:
    """With value, time and owner; a name without records has an empty list."""
    first, second = record(at=5), replace(record(at=4), session=SessionId(32), value=["x", 1])
    keep(store, first, second, record("other"))
    with store.turn() as unit:
        past = unit.past(["curious.asked", "curious.never"], [ANA.id], COUPLE.id)
    entries = [
        {"value": ["x", 1], "at": 4, "by": ANA.id},
        {"value": said(ANA, "asked"), "at": 5, "by": ANA.id},
    ]
    assert past == {"0": {"curious.asked": entries, "curious.never": []}}


@pytest.mark.parametrize(
    ("visibility", "is_seen"),
    [(Visibility.PRIVATE, False), (Visibility.SEALED, False), (Visibility.SHARED, True), (Visibility.GROUP, True)],
)
def test_only_what_is_for_both_is_seen_by_the_other(store: Memory, visibility: Visibility, is_seen: bool) -> None:
    """Its owner sees it in any case."""
    keep(store, record(visibility=visibility))
    assert seen_by(store, BEN, "asked") == [("asked", ANA.id)] * is_seen
    assert seen_by(store, ANA, "asked") == [("asked", ANA.id)]


def test_what_was_shared_in_another_couple_stays_there(store: Memory) -> None:
    """A new partner sees nothing of an earlier couple, and an outsider nothing at all."""
    keep(store, SavePerson(CLEO), SaveCouple(Couple(CoupleId(22), (CLEO.id, ANA.id), NOON)))
    keep(store, record(visibility=Visibility.SHARED))
    assert seen_by(store, CLEO, "asked", couple=CoupleId(22)) == []
    assert seen_by(store, CLEO, "asked", couple=COUPLE.id) == []
    assert seen_by(store, BEN, "asked", couple=None) == []
    assert seen_by(store, ANA, "asked", couple=None) == [("asked", ANA.id)]


def test_a_record_replaces_itself(store: Memory) -> None:
    """The same name again in the same session; the other's of that name stays."""
    keep(store, record(), record(owner=BEN, visibility=Visibility.SHARED), replace(record(at=9), value="new"))
    with store.turn() as unit:
        past = unit.past(["curious.asked"], [ANA.id], COUPLE.id)
    bens = {"value": said(BEN, "asked"), "at": 5, "by": BEN.id}
    assert past == {"0": {"curious.asked": [bens, {"value": "new", "at": 9, "by": ANA.id}]}}


def test_a_record_can_be_taken_back(store: Memory) -> None:
    """Its owner's only, and of that session only."""
    keep(store, record(), record(owner=BEN, visibility=Visibility.SHARED), DropRecord(SESSION, "asked", ANA.id))
    keep(store, DropRecord(SessionId(99), "asked", BEN.id))
    assert seen_by(store, ANA, "asked") == [("asked", BEN.id)]


def test_words_in_a_record_come_back_as_words(store: Memory) -> None:
    """Also those of the other in one's own record."""
    value: Json = [said(ANA, "mine"), said(BEN, "yours", "\0\ud800")]
    keep(store, replace(record(), value=value))
    with store.turn() as unit:
        past = unit.past(["curious.asked"], [ANA.id], None)
    assert past == {"0": {"curious.asked": [{"value": value, "at": 5, "by": ANA.id}]}}


def test_ones_own_records_are_found_whatever_couple_they_were_in(store: Memory) -> None:
    """As they were kept, oldest first; none of the other's, shared or not, and none of another name."""
    earlier = replace(record(at=4), session=SessionId(32), couple=CoupleId(99), value={"x": [said(ANA, "mine")]})
    keep(store, record(), earlier, record("other"), record(owner=BEN, visibility=Visibility.SHARED))
    with store.turn() as unit:
        assert unit.own(["curious.asked", "table.asked"], ANA.id) == [earlier, record()]
        assert unit.own(["curious.asked"], BEN.id) == [record(owner=BEN, visibility=Visibility.SHARED)]
        assert unit.own(["curious.never"], ANA.id) == []


def everything(store: Memory, person: Person) -> list[SaveRecord]:
    """All records that a person may see."""
    with store.turn() as unit:
        return list(unit.all_past(person.id))


@pytest.mark.parametrize("visibility", Visibility)
def test_the_past_is_one_s_own_and_what_is_for_both(store: Memory, visibility: Visibility) -> None:
    """Oldest first, whatever it is called; none of the other's private or sealed ones."""
    mine, theirs = record(at=5), record("other", BEN, visibility, at=4)
    keep(store, mine, theirs)
    is_for_both = visibility in {Visibility.SHARED, Visibility.GROUP}
    assert everything(store, ANA) == [theirs] * is_for_both + [mine]
    assert everything(store, BEN) == [theirs]


def test_the_past_of_a_former_couple_stays_with_the_two(store: Memory) -> None:
    """Whoever comes after reads nothing of it, and an outsider nothing at all."""
    keep(store, SavePerson(CLEO), SaveCouple(replace(COUPLE, ended=NOON)))
    keep(store, SaveCouple(Couple(CoupleId(22), (CLEO.id, ANA.id), NOON)))
    shared = [record(owner=owner, visibility=Visibility.SHARED) for owner in (ANA, BEN)]
    keep(store, *shared, replace(shared[0], session=SessionId(33), couple=None))
    assert everything(store, BEN) == shared
    assert len(everything(store, ANA)) == 3
    assert everything(store, CLEO) == []


def test_the_past_of_two_couples_of_the_same_two_comes_once(store: Memory) -> None:
    """Also when one is sitting on the other's seat now."""
    again = Couple(CoupleId(22), (BEN.id, ANA.id), NOON)
    keep(store, SaveCouple(replace(COUPLE, ended=NOON)), SaveCouple(again))
    first = record(visibility=Visibility.SHARED)
    second = replace(first, session=SessionId(33), couple=again.id)
    keep(store, first, second)
    assert everything(store, ANA) == everything(store, BEN) == [first, second]


def test_what_somebody_said_goes_from_what_others_kept(store: Memory) -> None:
    """Theirs alone, of that session alone, and what they kept themselves stays."""
    value: Json = {"question": said(ANA, "Who?"), "answer": said(BEN, "Me.")}
    bens = [replace(record(owner=BEN), value=value), replace(record(owner=BEN), session=SessionId(32), value=value)]
    anas = replace(record(), value=value)
    keep(store, anas, *bens, Unsay(SESSION, ANA.id), Unsay(SESSION, ANA.id))
    left = replace(bens[0], value={"question": said(ANA), "answer": said(BEN, "Me.")})
    assert everything(store, BEN) == [left, bens[1]]
    assert everything(store, ANA) == [anas]
