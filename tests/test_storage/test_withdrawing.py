"""What waits to be said to somebody who was left is not said any more."""

from bot.changes import Cleared, Hush, Lane, SaveAccount, SaveSession, Show, Withdraw
from bot.engine.ids import SessionId
from bot.engine.session import Status
from bot.ports import Gone
from tests.test_storage.parts import (
    ANA,
    BEN,
    BENS,
    NOON,
    SESSION,
    Memory,
    claimed,
    conversation,
    keep,
    line,
    question,
    send_all,
    show,
)

NOTHING = frozenset[SessionId]()


def test_lines_and_questions_are_withdrawn(store: Memory) -> None:
    """Of whatever session, and of none; also what would have come later."""
    prompt = question()
    waiting = conversation(prompt)
    keep(store, SaveSession(waiting), line(1, lane=Lane.BULK, content=Show(SESSION, prompt)))
    keep(store, line(2, lane=Lane.BULK, session=SESSION), line(3, lane=Lane.BULK, earliest=NOON + 60))
    keep(store, Withdraw(ANA.id, NOTHING))
    assert send_all(store, NOON + 60) == []


def test_their_own_replies_and_sessions_are_left_alone(store: Memory) -> None:
    """What answers them goes, and what belongs to a session of their own."""
    keep(store, line(1), line(2, lane=Lane.BULK, session=SESSION), line(3, lane=Lane.BULK, session=SessionId(99)))
    keep(store, Withdraw(ANA.id, frozenset({SESSION})))
    assert send_all(store) == [1, 2]


def test_the_others_rows_are_left_alone(store: Memory) -> None:
    """Only one of the two was left."""
    keep(store, line(1, lane=Lane.BULK, to=BEN.id), Withdraw(ANA.id, NOTHING))
    assert send_all(store) == [1]


def test_buttons_still_go(store: Memory) -> None:
    """An edit says nothing: it is not withdrawn."""
    prompt = question()
    show(store, prompt, conversation(prompt))
    keep(store, line(1, lane=Lane.BULK, content=Cleared(SESSION, 1)), Withdraw(ANA.id, NOTHING))
    assert send_all(store) == [1]


def test_what_is_held_for_somebody_who_is_gone_is_withdrawn(store: Memory) -> None:
    """It does not come when they are back."""
    keep(store, line(1, lane=Lane.BULK, to=BEN.id))
    assert claimed(store) == [1]
    store.settle(1, Gone(NOON))
    keep(store, Withdraw(BEN.id, NOTHING), SaveAccount(BENS))
    assert send_all(store) == []


def test_a_withdrawn_question_leaves_nothing_behind(store: Memory) -> None:
    """Of a session that ended before: its prompt is forgotten with the last row about it."""
    prompt = question()
    show(store, prompt, conversation(prompt))
    again = line(1, lane=Lane.BULK, content=Show(SESSION, prompt))
    keep(store, again, SaveSession(conversation(status=Status.ENDED)))
    keep(store, Withdraw(ANA.id, NOTHING))
    keep(store, line(2, content=Cleared(SESSION, 1)))
    assert send_all(store) == []


def test_what_a_session_was_to_ask_later_is_hushed(store: Memory) -> None:
    """Its reminders; not what goes now, no line, and nothing of the other's or of another session."""
    prompt, other = question(), question(2, BEN)
    keep(store, SaveSession(conversation(prompt, other)), SaveSession(conversation(question(), id=99)))
    late = {"lane": Lane.BULK, "earliest": NOON + 60}
    keep(
        store,
        line(1, content=Show(SESSION, prompt), **late),
        line(2, content=Show(SESSION, prompt)),
        line(3, session=SESSION, **late),
        line(4, content=Show(SESSION, other), to=BEN.id, **late),
        line(5, content=Show(SessionId(99), prompt), **late),
    )
    keep(store, Hush(ANA.id, SESSION, NOON))
    assert sorted(send_all(store, NOON + 60)) == [2, 3, 4, 5]
