"""A platform that says wait: one chat does, or all do."""

from scheduler.halts import Halts

ANA, BEN, CLEO = 1, 2, 3


def test_one_chat_waits_alone() -> None:
    """Until the time is over; to all others messages go."""
    halts = Halts()
    halts.halt(ANA, 60, now=0)
    assert halts.chats(59) == {ANA}
    assert not halts.everything(1)
    assert halts.chats(60) == frozenset()


def test_told_to_three_chats_it_is_meant_for_the_bot() -> None:
    """Then nothing goes at all, for as long as the last of them was told to wait."""
    halts = Halts()
    for chat, until in ((ANA, 60), (BEN, 30), (CLEO, 30)):
        halts.halt(chat, until, now=5)
    assert halts.everything(29)
    assert not halts.everything(30)
    assert halts.chats(30) == {ANA}


def test_the_same_chat_three_times_is_one_chat() -> None:
    """A busy chat stops nobody else."""
    halts = Halts()
    for now in (0, 1, 2):
        halts.halt(ANA, 60, now)
    assert not halts.everything(3)


def test_told_to_three_chats_in_an_hour_is_nothing() -> None:
    """Only what comes together belongs together."""
    halts = Halts()
    for chat, now in ((ANA, 0), (BEN, 100), (CLEO, 200)):
        halts.halt(chat, now + 60, now)
    assert not halts.everything(201)


def test_a_later_word_never_shortens_the_wait() -> None:
    """The longest that was said counts."""
    halts = Halts()
    halts.halt(ANA, 60, now=0)
    halts.halt(ANA, 20, now=5)
    assert halts.chats(40) == {ANA}
