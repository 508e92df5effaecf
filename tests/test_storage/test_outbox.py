"""What is to be said goes once, in order, at a time when it may, and only as long as it makes sense."""

from dataclasses import replace

import pytest

from bot.changes import Cleared, Lane, Put, Redrawn, SaveAccount, SavePerson, SaveSession, Say, Show
from bot.engine.acts import Button
from bot.engine.session import Note, Option, Side, Status, Tap
from bot.engine.text import Invite, Name, Text
from bot.errors import StoreError
from bot.people import Account, AccountKey
from bot.ports import Again, Delivered, Dropped, Gone, Moved, Sent
from tests.test_storage.parts import (
    ANA,
    ANAS,
    BEN,
    BENS,
    CLEO,
    FAR,
    NOON,
    SESSION,
    Memory,
    claimed,
    conversation,
    keep,
    line,
    only,
    question,
    send_all,
    show,
)

CLEOS = Account(AccountKey("telegram", 13), CLEO.id, 103, 0)
BULK = Lane.BULK


def test_a_row_says_all_that_its_sender_needs(store: Memory) -> None:
    """What, to whom, on which account, with the names that stand in it."""
    text = Text("{who} and {all}", (("all", (Name(BEN.id),)), ("who", Name(ANA.id))))
    put = line(1, to=BEN.id, content=Say(text, (Button(Text("help"), "help", "x"),)), once=True, session=SESSION)
    keep(store, put)
    row = only(store)
    assert (row.put, row.reader, row.account) == (put, BEN, BENS)
    assert row.names == {ANA.id: "Ana", BEN.id: "Ben"}
    assert (row.edits, row.attempts, row.uncertain) == (None, 0, False)


def test_a_row_is_kept_whole(store: Memory) -> None:
    """Every field of it, at the ends of what the fields can hold."""
    prompt = question(1, ANA, "\0\ud800")
    keep(store, SaveSession(conversation(prompt)))
    lead = Text("{code}", (("code", Invite("K7-")),))
    put = Put(FAR, ANA.id, Show(SESSION, prompt, lead), BULK, NOON, FAR, (SESSION, 1), True, True, True, SESSION)
    keep(store, put)
    assert only(store).put == put


def test_a_prompt_is_shown_as_it_was_put(store: Memory) -> None:
    """With options, side taps and what they keep; its labels' names are among the names."""
    side = Side("p", Text("pass"), Tap.NOTE, True, Text("ok"), Note("n", True, ["x"]))
    prompt = replace(question(1), options=(Option("a", Text("{n}", (("n", Name(ANA.id)),))),), sides=(side,))
    put = line(1, content=Show(SESSION, prompt))
    keep(store, SaveSession(conversation(prompt)), put)
    row = only(store)
    assert row.put == put
    assert row.names == {ANA.id: "Ana", BEN.id: "Ben"}


def test_replies_go_before_bulk(store: Memory) -> None:
    """Whatever was there first."""
    keep(store, line(1, lane=BULK), line(2, to=BEN.id))
    assert claimed(store) == [2, 1]


def test_the_oldest_goes_first(store: Memory) -> None:
    """By the time from which it may go, then as they came, whatever their ids."""
    keep(store, line(9), line(5, to=BEN.id), line(7, earliest=NOON - 90), line(3))
    assert send_all(store) == [7, 9, 5, 3]


def test_nothing_goes_before_its_time(store: Memory) -> None:
    """And from its time on it goes."""
    keep(store, line(1, earliest=NOON + 1))
    assert claimed(store, NOON) == []
    assert claimed(store, NOON + 1) == [1]


def test_one_row_at_a_time_to_each(store: Memory) -> None:
    """The next one goes when the first has been settled."""
    keep(store, line(1), line(2), line(3, to=BEN.id))
    assert claimed(store) == [1, 3]
    assert claimed(store) == []
    store.settle(1, Sent(NOON, "m1"))
    assert claimed(store) == [2]


def test_no_more_than_asked_for(store: Memory) -> None:
    """The rest stays for the next claim."""
    keep(store, line(1), line(2, to=BEN.id))
    assert claimed(store, limit=1) == [1]
    assert claimed(store, limit=1) == [2]


def test_a_busy_chat_is_left_alone(store: Memory) -> None:
    """What waits for it waits on."""
    keep(store, line(1), line(2, to=BEN.id))
    assert claimed(store, busy=(ANAS.chat,)) == [2]
    assert claimed(store) == [1]


def test_only_the_lanes_that_are_asked_for(store: Memory) -> None:
    """What is not asked for is not touched."""
    keep(store, line(1, lane=BULK), line(2, to=BEN.id))
    assert [row.put.id for row in store.claim(NOON, 9, lanes=(Lane.REPLY,))] == [2]
    assert [row.put.id for row in store.claim(NOON, 9, lanes=(Lane.REPLY,))] == []
    assert [row.put.id for row in store.claim(NOON, 9, lanes=(BULK,))] == [1]


def test_only_the_platform_that_is_asked_for(store: Memory) -> None:
    """Behind a hundred rows for readers elsewhere, too."""
    keep(store, *(line(n) for n in range(1, 101)), line(501, to=BEN.id))
    assert [row.put.id for row in store.claim(NOON, 9, platform="discord")] == [501]
    assert [row.put.id for row in store.claim(NOON, 9, platform="playground")] == []
    assert [row.put.id for row in store.claim(NOON, 9, platform="telegram")] == [1]


def test_a_reader_is_written_to_on_one_platform(store: Memory) -> None:
    """Ana moved to Discord: there her rows go, though her old account is still known."""
    moved = Account(AccountKey("discord", 11), ANA.id, 109, NOON)
    keep(store, SaveAccount(moved), line(1))
    assert [row.put.id for row in store.claim(NOON, 9, platform="telegram")] == []
    assert [row.account for row in store.claim(NOON, 9, platform="discord")] == [moved]


def test_bulk_that_a_reply_waits_for_goes_as_a_reply(store: Memory) -> None:
    """The order of a session is kept, and nobody waits behind what is bulk."""
    keep(store, line(1, lane=BULK, session=SESSION), line(2, session=SESSION), line(3, lane=BULK, to=BEN.id))
    (row,) = store.claim(NOON, 9, lanes=(Lane.REPLY,))
    assert (row.put.id, row.put.lane) == (1, Lane.REPLY)


def test_many_rows_of_one_reader_hide_nobody(store: Memory) -> None:
    """Ben is reached behind two hundred rows of Ana's."""
    keep(store, *(line(n) for n in range(1, 201)), line(500, to=BEN.id))
    assert claimed(store, limit=2) == [1, 500]


def test_order_is_kept_within_a_session(store: Memory) -> None:
    """A reply does not overtake an earlier line of the same session, though that is bulk."""
    keep(store, line(1, lane=BULK, session=SESSION), line(2, session=SESSION), line(3))
    assert send_all(store) == [1, 2, 3]


def test_what_may_not_go_yet_holds_nobody_up(store: Memory) -> None:
    """A row for tomorrow is overtaken."""
    keep(store, line(1, session=SESSION, earliest=NOON + 9), line(2, session=SESSION))
    assert claimed(store) == [2]


def test_a_row_that_is_tried_again_keeps_its_turn(store: Memory) -> None:
    """Nothing of its session overtakes it; what is of no session does."""
    keep(store, line(1, session=SESSION), line(2, session=SESSION))
    assert claimed(store) == [1]
    store.settle(1, Again(NOON + 60))
    assert claimed(store) == []
    keep(store, line(3))
    assert send_all(store) == [3]
    assert send_all(store, NOON + 60) == [1, 2]


def test_a_row_that_is_tried_again_remembers(store: Memory) -> None:
    """How often, and that it may have arrived, even when the last attempt certainly did not."""
    keep(store, line(1))
    only(store)
    store.settle(1, Again(NOON, uncertain=True))
    row = only(store)
    assert (row.attempts, row.uncertain) == (1, True)
    store.settle(1, Again(NOON))
    row = only(store)
    assert (row.attempts, row.uncertain) == (2, True)


def test_a_settled_row_stays_settled(store: Memory) -> None:
    """Twice is once, and what was never claimed cannot be settled."""
    keep(store, line(1), line(2, to=BEN.id, earliest=NOON + 1))
    only(store)
    store.settle(1, Dropped("refused", "Bad Request: \0\ud800" * 100))
    store.settle(1, Again(NOON))
    store.settle(2, Dropped("refused"))
    store.settle(77, Dropped("refused"))
    assert claimed(store, NOON + 1) == [2]


def test_an_id_is_used_once(store: Memory) -> None:
    """A second row of the same id is refused, and nothing of its turn is kept."""
    keep(store, line(1))
    with pytest.raises(StoreError):
        keep(store, SavePerson(CLEO), line(1))
    with pytest.raises(StoreError), store.turn() as unit:
        unit.person(CLEO.id)


def test_what_is_useless_is_dropped(store: Memory) -> None:
    """After its last moment, not at it."""
    keep(store, line(1, useless_after=NOON - 1), line(2, to=BEN.id, useless_after=NOON))
    assert claimed(store) == [2]
    assert claimed(store, NOON - 1) == []


def test_what_waits_is_due(store: Memory) -> None:
    """The earliest moment of any row that waits; none for what is on its way or done."""
    keep(store, line(1, earliest=NOON), line(2, to=BEN.id, lane=BULK, earliest=NOON - 5))
    assert store.next_due() == NOON - 5
    send_all(store)
    assert store.next_due() is None


# ---- prompts -----------------------------------------------------------------------------------------------------


def test_a_delivered_prompt_is_known(store: Memory) -> None:
    """Where and when it was delivered last, as long as it is open; `order` grows in each chat."""
    first, second = question(1), question(2)
    show(store, first, conversation(first, second))
    keep(store, line(2, content=Show(SESSION, second)), line(3, content=Show(SESSION, first)))
    with store.turn() as unit:
        assert unit.delivered(ANA.id) == [Delivered(SESSION, 1, NOON, 1, "m900")]
    assert send_all(store, NOON + 5) == [2, 3]
    with store.turn() as unit:
        again = [Delivered(SESSION, 2, NOON + 5, 2, "m2"), Delivered(SESSION, 1, NOON + 5, 3, "m3")]
        assert unit.delivered(ANA.id) == again
        assert unit.delivered(BEN.id) == []
        unit.keep([SaveSession(conversation(second))])
        assert unit.delivered(ANA.id) == again[:1]


def test_each_message_that_showed_a_prompt_stays_known(store: Memory) -> None:
    """All copies of it, each piece of each, and also when its session has ended; no line, nor anybody else's."""
    prompt = question(1)
    show(store, prompt, conversation(prompt))
    keep(store, line(2, content=Show(SESSION, prompt)), line(3))
    store.claim(NOON, 1)
    store.settle(2, Sent(NOON, "m2", before=("m1", "m0")))
    send_all(store)
    keep(store, SaveSession(conversation(status=Status.ENDED)))
    with store.turn() as unit:
        for message in ("m900", "m0", "m1", "m2"):
            assert unit.shown(ANAS.key, message) == (SESSION, 1)
        assert unit.shown(ANAS.key, "m3") is None
        assert unit.shown(BENS.key, "m2") is None


def test_a_line_or_an_edit_is_no_delivery(store: Memory) -> None:
    """Only the prompt itself is."""
    prompt = question(1)
    show(store, prompt, conversation(prompt))
    keep(store, line(1), line(2, content=Redrawn(SESSION, prompt)))
    send_all(store, NOON + 5)
    with store.turn() as unit:
        assert unit.delivered(ANA.id) == [Delivered(SESSION, 1, NOON, 1, "m900")]


def test_a_prompt_that_closed_is_not_sent(store: Memory) -> None:
    """Neither a prompt, nor an edit of it, nor a line that needs it open."""
    prompt = question(1)
    show(store, prompt, conversation(prompt))
    rows = (
        line(1, content=Show(SESSION, prompt)),
        line(2, content=Redrawn(SESSION, prompt)),
        line(3, while_open=(SESSION, 1)),
        line(4, while_open=(SESSION, 2)),
        line(5),
    )
    keep(store, *rows, SaveSession(conversation(question(2))))
    assert send_all(store) == [4, 5]


def test_a_session_that_ended_has_no_open_prompt(store: Memory) -> None:
    """Whatever its last state says: neither the prompt nor what needs it goes out."""
    prompt = question(1)
    keep(store, SaveSession(conversation(prompt)), line(1, while_open=(SESSION, 1)))
    keep(store, line(2, to=BEN.id, content=Show(SESSION, prompt)))
    keep(store, SaveSession(conversation(prompt, status=Status.ENDED)))
    assert claimed(store) == []


def test_an_edit_finds_its_message(store: Memory) -> None:
    """The one in which the prompt was delivered last."""
    prompt = question(1)
    show(store, prompt, conversation(prompt))
    keep(store, line(1, content=Redrawn(SESSION, prompt)))
    assert only(store).edits == "m900"


def test_an_edit_of_what_was_never_delivered_is_dropped(store: Memory) -> None:
    """There is nothing to change."""
    prompt = question(1)
    keep(store, SaveSession(conversation(prompt)))
    keep(store, line(1, content=Redrawn(SESSION, prompt)), line(2, content=Cleared(SESSION, 1)))
    assert claimed(store) == []
    assert store.next_due() == conversation(prompt).wake


@pytest.mark.parametrize("is_before", [True, False])
def test_buttons_go_also_when_the_session_ends(store: Memory, is_before: bool) -> None:
    """The turn that ends a session clears its last prompt, in whatever order, and later again."""
    prompt = question(1)
    show(store, prompt, conversation(prompt))
    ended, clear = SaveSession(conversation(status=Status.ENDED)), line(1, content=Cleared(SESSION, 1))
    keep(store, *((clear, ended) if is_before else (ended, clear)), line(2, content=Cleared(SESSION, 1)))
    row = only(store)
    assert (row.put.id, row.edits) == (1, "m900")
    store.settle(1, Again(NOON + 5))
    assert [row.edits for row in store.claim(NOON + 5, 9)] == ["m900"]


def test_a_prompt_that_closes_while_it_is_sent_is_cleared(store: Memory) -> None:
    """Its message is known when the edit's turn comes."""
    prompt = question(1)
    keep(store, SaveSession(conversation(prompt)), line(1, content=Show(SESSION, prompt)))
    assert claimed(store) == [1]
    keep(store, SaveSession(conversation(status=Status.ENDED)), line(2, content=Cleared(SESSION, 1)))
    store.settle(1, Sent(NOON, "late"))
    assert only(store).edits == "late"


def test_after_the_last_edit_a_message_is_forgotten(store: Memory) -> None:
    """Nothing of an ended session is known once its rows are done."""
    prompt = question(1)
    show(store, prompt, conversation(prompt))
    keep(store, SaveSession(conversation(status=Status.ENDED)), line(1, content=Cleared(SESSION, 1)))
    assert send_all(store) == [1]
    keep(store, line(2, content=Cleared(SESSION, 1)))
    assert claimed(store) == []


# ---- who can be reached ------------------------------------------------------------------------------------------


def test_what_is_for_somebody_gone_waits(store: Memory) -> None:
    """Until they are heard of again; then all of it goes, the one that failed first."""
    keep(store, line(1), line(2))
    only(store)
    store.settle(1, Gone(NOON))
    keep(store, line(3))
    assert claimed(store, NOON + 9) == []
    assert store.next_due() is None
    with store.turn() as unit:
        assert unit.account(ANAS.key) == replace(ANAS, reachable=False)
        unit.keep([SaveAccount(replace(ANAS, heard=NOON + 10))])
    assert store.next_due() is not None
    assert send_all(store, NOON + 10) == [1, 2, 3]


def test_one_who_is_gone_holds_nobody_up(store: Memory) -> None:
    """Others are written to as ever."""
    keep(store, SaveAccount(replace(ANAS, reachable=False)), line(1), line(2, to=BEN.id))
    assert claimed(store) == [2]


def test_somebody_heard_of_since_is_not_gone(store: Memory) -> None:
    """They came back while the message was failing: it is tried again."""
    keep(store, line(1))
    only(store)
    keep(store, SaveAccount(replace(ANAS, heard=NOON + 1)))
    store.settle(1, Gone(NOON))
    assert claimed(store, NOON + 2) == [1]


def test_what_is_for_somebody_without_an_account_waits(store: Memory) -> None:
    """Until they have one, and is no longer looked at."""
    keep(store, SavePerson(CLEO), line(1, to=CLEO.id))
    assert store.claim(NOON, 9, platform="telegram") == []
    assert store.next_due() is None
    keep(store, SaveAccount(CLEOS))
    assert claimed(store) == [1]


def test_what_became_useless_meanwhile_is_dropped(store: Memory) -> None:
    """Somebody who comes back after a month is not flooded with old reminders."""
    keep(store, SaveAccount(replace(ANAS, reachable=False)), line(1, useless_after=NOON + 5))
    assert claimed(store) == []
    keep(store, SaveAccount(replace(ANAS, heard=NOON + 9)))
    assert claimed(store, NOON + 9) == []
    assert store.next_due() is None


def test_a_chat_that_moved_is_written_to_under_its_new_id(store: Memory) -> None:
    """Beginning with the row that found out, which is sent once more and not late; others' chats stay."""
    keep(store, line(1), line(2), line(3, to=BEN.id))
    assert [row.account.chat for row in store.claim(NOON, 9)] == [ANAS.chat, BENS.chat]
    store.settle(1, Moved(-4711))
    (row,) = store.claim(NOON, 9)
    assert (row.put.id, row.account.chat, row.attempts) == (1, -4711, 1)
    with store.turn() as unit:
        assert unit.account(ANAS.key) == replace(ANAS, chat=-4711)
        assert unit.account(BENS.key) == BENS


# ---- after a crash -----------------------------------------------------------------------------------------------


def test_after_a_crash_what_was_on_its_way_is_uncertain(store: Memory) -> None:
    """It goes again, and its sender is told."""
    keep(store, line(1), line(2, to=BEN.id))
    assert claimed(store, limit=1) == [1]
    store.recover(NOON + 5)
    rows = {row.put.id: row for row in store.claim(NOON + 5, 10)}
    assert (rows[1].uncertain, rows[1].attempts) == (True, 1)
    assert (rows[2].uncertain, rows[2].attempts) == (False, 0)


def test_after_a_crash_nothing_marked_once_is_said_twice(store: Memory) -> None:
    """It is dropped, and the row after it goes on."""
    keep(store, line(1, once=True), line(2))
    assert claimed(store) == [1]
    store.recover(NOON + 5)
    assert send_all(store, NOON + 5) == [2]


@pytest.mark.parametrize("tells", ["crash", "server"])
def test_one_that_goes_again_is_there_since_it_may_have_been(store: Memory, tells: str) -> None:
    """What somebody typed in between is newer than the question, also when that arrives once more."""
    prompt = question(1)
    keep(store, SaveSession(conversation(prompt)), line(1, content=Show(SESSION, prompt)))
    assert claimed(store) == [1]
    if tells == "crash":
        store.recover(NOON + 5)
    else:
        store.settle(1, Again(NOON + 5, uncertain=True))
    with store.turn() as unit:
        assert unit.delivered(ANA.id) == [Delivered(SESSION, 1, NOON - 60, 1, "")]
    assert send_all(store, NOON + 90) == [1]
    with store.turn() as unit:
        assert unit.delivered(ANA.id) == [Delivered(SESSION, 1, NOON - 60, 2, "m1")]


@pytest.mark.parametrize("tells", ["crash", "server"])
def test_a_prompt_that_may_have_arrived_counts_as_there(store: Memory, tells: str) -> None:
    """From when it could have: so that an answer to it is not lost. What is not sure has no message."""
    prompt = question(1)
    keep(store, SaveSession(conversation(prompt)), line(1, content=Show(SESSION, prompt), once=True))
    assert claimed(store) == [1]
    if tells == "crash":
        store.recover(NOON + 5)
    else:
        store.settle(1, Dropped("uncertain"))
    with store.turn() as unit:
        assert unit.delivered(ANA.id) == [Delivered(SESSION, 1, NOON - 60, 1, "")]


def test_after_a_crash_what_was_waiting_is_as_it_was(store: Memory) -> None:
    """And it waits for its time, `once` or not."""
    keep(store, line(1, once=True, earliest=NOON + 60))
    store.recover(NOON)
    assert claimed(store) == []
    assert only(store, NOON + 60).uncertain is False
