"""What comes unasked to somebody discreet is announced, waits, and is said when they ask; what was said is known."""

from dataclasses import replace

import pytest

from bot.changes import (
    Cleared,
    Document,
    ForgetFiles,
    ForgetTold,
    Lane,
    Put,
    SaveAccount,
    SavePerson,
    SaveSession,
    Say,
    Show,
    Unveil,
    Withdraw,
)
from bot.engine.text import Name, Text
from bot.ports import Again, Delivered, Gone, Row, Sent, Told
from storage.claiming import ANNOUNCEMENT, STANDS
from storage.settling import REMEMBERED
from tests.test_storage.parts import (
    ANA,
    ANAS,
    BEN,
    BENS,
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

DISCREET = replace(ANA, discreet=True)
HERE = replace(ANAS, heard=NOON)  # a reply to her goes at once


def news(id: int, **more: object) -> Put:
    """Something that Ana did not ask for."""
    return replace(line(id, lane=Lane.BULK, once=True), **more)  # type: ignore[arg-type]  # fields of a row


@pytest.fixture
def discreet(store: Memory) -> Memory:
    """A store to which Ana is discreet."""
    keep(store, SavePerson(DISCREET), SaveAccount(HERE))
    return store


def veiled(store: Memory) -> list[object]:
    """What waits for Ana behind an announcement."""
    with store.turn() as unit:
        return [*unit.veiled(ANA.id)]


def told(store: Memory) -> list[Told]:
    """What Ana was told."""
    with store.turn() as unit:
        return [*unit.told(ANAS.key)]


def announced(store: Memory, now: int = NOON) -> Row:
    """The announcement that goes to Ana, and is delivered."""
    row = only(store, now)
    store.settle(row.put.id, Sent(now, f"a{row.put.id}"))
    assert row.announces
    return row


def test_only_an_announcement_is_sent(discreet: Memory) -> None:
    """Nothing of what it is about, and it may come twice."""
    keep(discreet, news(1))
    row = announced(discreet)
    assert (row.put.id, row.put.content, row.put.once, dict(row.names)) == (1, ANNOUNCEMENT, False, {})
    assert veiled(discreet) == [None]


def test_several_things_have_one_announcement(discreet: Memory) -> None:
    """What comes after it waits, too, and nothing of it is due."""
    prompt = question()
    keep(discreet, SaveSession(conversation(prompt)), news(1))
    announced(discreet)
    keep(discreet, news(2, content=Show(SESSION, prompt)), news(3))
    assert claimed(discreet) == []
    assert veiled(discreet) == [None, (SESSION, 1), None]
    assert discreet.next_due() == conversation(prompt).wake  # that is a month away


def test_a_day_later_there_is_another_one(discreet: Memory) -> None:
    """For what is new then; what waited is not announced again by itself."""
    keep(discreet, news(1))
    announced(discreet)
    assert claimed(discreet, NOON + STANDS + 1) == []
    keep(discreet, news(2))
    assert announced(discreet, NOON + STANDS + 1).put.id == 2


def test_what_they_ask_for_comes_openly(discreet: Memory) -> None:
    """And so do edits of what they have before them, and everything to everybody else."""
    prompt = question()
    show(discreet, prompt, conversation(prompt))
    edit = line(3, lane=Lane.BULK, content=Cleared(SESSION, 1))
    keep(discreet, line(2), edit, news(4, to=BEN.id), SaveAccount(replace(BENS, heard=NOON)))
    assert [row.announces for row in discreet.claim(NOON, 10)] == [False, False]
    discreet.settle(2, Sent(NOON, "m2"))
    assert [row.put.content for row in discreet.claim(NOON, 10)] == [edit.content]


def test_on_a_tap_everything_is_said_in_its_order(discreet: Memory) -> None:
    """As an answer to what they did: now, whatever the hour, and none of it is lost."""
    prompt = question()
    first = news(1, unasked=True, waking=True, useless_after=NOON + 5)
    keep(discreet, SaveAccount(ANAS), SaveSession(conversation(prompt)), first)
    announced(discreet)
    keep(discreet, news(2, content=Show(SESSION, prompt)))
    assert claimed(discreet) == []
    night = NOON + 12 * 3_600
    keep(discreet, Unveil(ANA.id, night))
    rows = [only(discreet, night)]
    discreet.settle(1, Sent(night, "m1"))
    rows.append(only(discreet, night))
    discreet.settle(2, Sent(night, "m2"))
    assert [(row.put.id, row.put.lane, row.put.once, row.announces) for row in rows] == [
        (1, Lane.REPLY, False, False),
        (2, Lane.REPLY, False, False),
    ]
    assert rows[0].put.content == news(1).content
    assert veiled(discreet) == []
    with discreet.turn() as unit:
        assert [each.message for each in unit.delivered(ANA.id)] == ["m2"]


def test_a_tap_that_is_faster_than_the_store(discreet: Memory) -> None:
    """The announcement has arrived, nobody knows it yet, and it is tapped already."""
    keep(discreet, news(1))
    assert only(discreet).announces
    assert veiled(discreet) == [None]
    keep(discreet, Unveil(ANA.id, NOON + 1))
    discreet.settle(1, Sent(NOON, "a1"))
    assert only(discreet, NOON + 2).put.content == news(1).content


def test_a_question_that_closed_meanwhile_is_not_said(discreet: Memory) -> None:
    """It waited too long."""
    prompt = question()
    keep(discreet, SaveSession(conversation(prompt)), news(1, content=Show(SESSION, prompt)))
    announced(discreet)
    keep(discreet, SaveSession(conversation()), Unveil(ANA.id, NOON + 9))
    assert claimed(discreet, NOON + 9) == []


def test_after_a_crash_it_is_announced_again(discreet: Memory) -> None:
    """What is rather lost than said twice was not said: only its announcement was on its way."""
    keep(discreet, news(1))
    assert only(discreet).announces
    discreet.recover(NOON + 9)
    assert announced(discreet, NOON + 9).put.id == 1


def test_an_announcement_that_did_not_arrive_is_one_again(discreet: Memory) -> None:
    """Whether it is tried again or waits for them to be back."""
    keep(discreet, news(1))
    only(discreet)
    discreet.settle(1, Again(NOON + 5))
    only(discreet, NOON + 5)
    discreet.settle(1, Gone(NOON + 5))
    keep(discreet, SaveAccount(replace(HERE, heard=NOON + 6)))
    assert announced(discreet, NOON + 6).put.content == ANNOUNCEMENT


def test_an_announcement_that_may_have_arrived_shows_no_question(discreet: Memory) -> None:
    """What is typed then is no answer to what nobody has seen; shown at last, the question counts from then on."""
    prompt = question()
    keep(discreet, SaveSession(conversation(prompt)), news(1, content=Show(SESSION, prompt)))
    only(discreet)
    discreet.settle(1, Again(NOON + 5, uncertain=True))
    with discreet.turn() as unit:
        assert unit.delivered(ANA.id) == []
    announced(discreet, NOON + 5)
    keep(discreet, Unveil(ANA.id, NOON + 9))
    assert send_all(discreet, NOON + 9) == [1]
    with discreet.turn() as unit:
        assert unit.delivered(ANA.id) == [Delivered(SESSION, 1, NOON + 9, 1, "m1")]


def test_who_is_not_discreet_any_more_reads_it_at_once(discreet: Memory) -> None:
    """What comes from then on; the rest as soon as it is asked for."""
    keep(discreet, news(1))
    announced(discreet)
    keep(discreet, SavePerson(ANA), news(2))
    assert send_all(discreet) == [2]
    keep(discreet, Unveil(ANA.id, NOON))
    assert send_all(discreet) == [1]


def test_what_waits_is_withdrawn_with_all_else(discreet: Memory) -> None:
    """When somebody left quietly."""
    keep(discreet, news(1))
    announced(discreet)
    keep(discreet, Withdraw(ANA.id, frozenset()), Unveil(ANA.id, NOON))
    assert claimed(discreet) == []


# ---- what was said


def test_every_piece_of_what_was_said_is_known(discreet: Memory) -> None:
    """Announcements too, until it is forgotten; edits say nothing new."""
    prompt = question()
    show(discreet, prompt, conversation(prompt))
    keep(discreet, line(1), line(2, content=Cleared(SESSION, 1)))
    only(discreet)
    discreet.settle(1, Sent(NOON + 5, "m3", ("m1", "m2")))
    send_all(discreet)
    assert told(discreet) == [Told("m900", NOON), *(Told(f"m{n}", NOON + 5) for n in (1, 2, 3))]
    keep(discreet, ForgetTold(ANAS.key))
    assert told(discreet) == []


def test_of_others_it_is_not_known(store: Memory) -> None:
    """Who is not discreet has nothing to take out."""
    keep(store, line(1))
    send_all(store)
    assert told(store) == []


def test_of_anybody_it_is_known_which_message_brought_a_file(store: Memory) -> None:
    """Until that is forgotten, by itself or with all the rest; what else was said is not known."""
    file = Document("json", {"said": [{"words": ["<x>"], "by": BEN.id}]}, (Name(ANA.id), Name(BEN.id)))
    keep(store, line(1), line(2, content=Say(Text("Here."), file=file)))
    assert claimed(store) == [1]
    store.settle(1, Sent(NOON, "m1"))
    row = only(store)
    assert (row.put.content, set(row.names)) == (Say(Text("Here."), file=file), {ANA.id, BEN.id})
    store.settle(2, Sent(NOON, "m2"))
    assert told(store) == [Told("m2", NOON, is_file=True)]
    keep(store, ForgetFiles(ANAS.key))
    assert told(store) == []


def test_files_are_forgotten_by_themselves(discreet: Memory) -> None:
    """What else was said to somebody discreet can still be taken out."""
    file = Document("html", {}, ())
    keep(discreet, line(1), line(2, content=Say(Text("Here."), file=file)))
    send_all(discreet)
    keep(discreet, ForgetFiles(ANAS.key))
    assert told(discreet) == [Told("m1", NOON)]


def test_after_a_month_it_is_forgotten(discreet: Memory) -> None:
    """By the next thing that is said."""
    keep(discreet, line(1))
    send_all(discreet)
    keep(discreet, line(2))
    send_all(discreet, NOON + REMEMBERED + 1)
    assert [each.message for each in told(discreet)] == ["m2"]


def test_a_line_stays_what_it_is(store: Memory) -> None:
    """Nothing is veiled for whom nobody asked to be discreet."""
    keep(store, SaveAccount(HERE), news(1))
    row = only(store)
    assert (row.announces, row.put.content) == (False, Say(news(1).content.text))  # type: ignore[union-attr]  # a line
