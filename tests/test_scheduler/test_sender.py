"""The sender: what goes, in which order, and what becomes of what did not arrive."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from bot.changes import Lane, SaveAccount
from bot.errors import Refused, StoreError, TryLater, Uncertain, Unreachable
from bot.ports import Outcome
from scheduler.limits import Limits, Pace, Rate
from tests.test_scheduler.parts import ANA, BEN, NOON, Crash, MakePost, Phones, Post, account, session

HOUR = 3600


def _drain(post: Post) -> None:
    asyncio.run(post.sender.drain())


def _play(post: Post, scene: Callable[[], Awaitable[None]]) -> None:
    """Runs the sender beside a scene and stops it at its end."""

    async def both() -> None:
        running = asyncio.ensure_future(post.sender.run())
        try:
            await scene()
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

    asyncio.run(both())


def test_a_readers_messages_arrive_in_order(post: Post) -> None:
    """However many wait."""
    for number in range(20):
        post.say(ANA, f"line {number}")
    _drain(post)
    assert post.phones.heard(ANA) == [f"line {number}" for number in range(20)]


def test_many_readers_are_written_to_side_by_side(post: Post) -> None:
    """Thirty-two messages may be on their way at once, to one reader only one."""
    people = range(100, 140)
    post.meet(*people)
    post.phones.close(*people)
    for number in (*people, *people):
        post.say(number, "Hello.")

    async def scene() -> None:
        await post.until(under_way=32)
        await asyncio.sleep(0.05)
        assert post.phones.under_way == list(range(100, 132))
        post.phones.open(*people)
        await post.until(arrived=80)

    _play(post, scene)


def test_replies_go_before_bulk(post: Post) -> None:
    """Whoever is waiting for an answer comes first."""
    post.say(BEN, "A question for the week.", Lane.BULK)
    post.say(ANA, "Kept.")
    _drain(post)
    assert post.phones.arrived == [(ANA, "Kept."), (BEN, "A question for the week.")]


def test_replies_do_not_wait_for_bulk_that_hangs(post: Post) -> None:
    """Bulk never takes all the room there is."""
    people = range(100, 130)
    post.meet(*people)
    post.phones.close(*people)
    for number in people:
        post.say(number, "A question for the week.", Lane.BULK)

    async def scene() -> None:
        await post.until(under_way=24)
        await asyncio.sleep(0.05)
        assert len(post.phones.under_way) == 24
        post.say(ANA, "Kept.")
        post.sender.wake()
        await post.until(arrived=1)
        assert post.phones.arrived == [(ANA, "Kept.")]
        post.phones.open(*people)
        await post.until(arrived=31)

    _play(post, scene)


def test_all_bulk_goes_when_no_reply_needs_the_room(post: Post) -> None:
    """What had to make room is not forgotten, and nothing is sent twice."""
    people = range(100, 150)
    post.meet(*people)
    for number in people:
        post.say(number, "A question for the week.", Lane.BULK)
    _drain(post)
    assert sorted(post.phones.arrived) == [(number, "A question for the week.") for number in people]


def test_what_is_marked_once_is_not_said_again_when_it_may_have_arrived(post: Post) -> None:
    """Rather lost than said twice."""
    post.phones.fails[ANA].append(Uncertain())
    post.say(ANA, "A question for the week.", once=True)
    _drain(post)
    post.clock.forward(HOUR)
    _drain(post)
    assert post.phones.heard(ANA) == []


def test_what_may_have_arrived_is_said_again(post: Post) -> None:
    """A question twice is harmless, an opening lost is not."""
    post.phones.fails[ANA].append(Uncertain())
    post.say(ANA, "Ben wrote: a lighthouse keeper.")
    _drain(post)
    assert post.phones.heard(ANA) == []
    post.clock.forward(1)
    _drain(post)
    assert post.phones.heard(ANA) == ["Ben wrote: a lighthouse keeper."]


def test_once_is_said_again_where_the_platform_knows_a_repetition(make_post: MakePost) -> None:
    """It arrives once, by the platform's own memory."""
    post = make_post(Phones(nonce=True))
    post.phones.fails[ANA].append(Uncertain())
    post.say(ANA, "A question for the week.", once=True)
    _drain(post)
    post.clock.forward(1)
    _drain(post)
    assert post.phones.heard(ANA) == ["A question for the week."]


def test_after_a_crash_between_sending_and_sent_only_once_rows_are_lost(make_post: MakePost) -> None:
    """Nobody knows whether they arrived: here they did. The rest is said again, before what comes after it."""
    before = make_post()
    for reader, once in ((ANA, False), (BEN, True)):
        before.phones.fails[reader].append(Crash())
        before.say(reader, "first", once=once)
        before.say(reader, "second")
    with pytest.raises(BaseExceptionGroup):
        _drain(before)
    after = make_post()
    asyncio.run(after.sender.recover())
    _drain(after)
    assert (before.phones.heard(ANA), after.phones.heard(ANA)) == (["first"], ["first", "second"])
    assert (before.phones.heard(BEN), after.phones.heard(BEN)) == (["first"], ["second"])


def test_a_back_off_is_waited_for_and_keeps_the_order(post: Post) -> None:
    """The rest of the session waits behind it; another session and another reader do not."""
    post.phones.fails[ANA].append(TryLater())
    for words in ("first", "second"):
        post.say(ANA, words, session=session(1))
    post.say(ANA, "Help.")
    post.say(BEN, "Kept.")
    _drain(post)
    assert sorted(post.phones.arrived) == [(ANA, "Help."), (BEN, "Kept.")]
    post.clock.forward(1)
    _drain(post)
    assert post.phones.heard(ANA) == ["Help.", "first", "second"]


def test_a_back_off_grows(post: Post) -> None:
    """A second, two, four: each between its half and its whole."""
    post.phones.fails[ANA].extend([TryLater(), TryLater(), TryLater()])
    post.say(ANA, "first")
    _drain(post)
    while not post.phones.heard(ANA):
        post.clock.forward(1)
        _drain(post)
    assert 1 + 1 + 2 <= post.clock.now() - NOON <= 1 + 2 + 4


def test_a_platforms_own_waiting_time_halts_that_chat_alone(post: Post) -> None:
    """Nothing goes there before, whatever it belongs to; all others are written to."""
    post.phones.fails[ANA].append(TryLater(60.0))
    post.say(ANA, "first", session=session(1))
    post.say(ANA, "of another session", session=session(2))
    post.say(BEN, "Kept.")
    _drain(post)
    post.clock.forward(60)
    _drain(post)
    assert post.phones.arrived == [(BEN, "Kept.")]
    post.clock.forward(5)
    _drain(post)
    assert sorted(post.phones.heard(ANA)) == ["first", "of another session"]


def test_an_account_that_cannot_be_reached_is_left_in_peace_until_it_is_heard_of(post: Post) -> None:
    """Its rows wait, and go when the person comes back."""
    post.phones.fails[ANA].append(Unreachable())
    post.say(ANA, "first")
    post.say(ANA, "second")
    _drain(post)
    post.clock.forward(HOUR)
    _drain(post)
    assert post.phones.heard(ANA) == []
    post.keep(SaveAccount(account(ANA, heard=post.clock.now())))
    _drain(post)
    assert post.phones.heard(ANA) == ["first", "second"]


def test_what_is_refused_is_put_aside_and_the_next_goes_on(post: Post) -> None:
    """It is told in the log by the platform's word for it, and counted."""
    post.phones.fails[ANA].append(Refused("message is too strange"))
    post.say(ANA, "first")
    post.say(ANA, "second")
    with capture_logs() as logs:
        _drain(post)
    assert post.phones.heard(ANA) == ["second"]
    assert post.sender.counted == {"dropped": 1, "sent": 1}
    assert [line["error"] for line in logs if line["event"] == "delivery.dropped"] == ["message is too strange"]


def test_what_cannot_be_rendered_is_put_aside_and_the_next_goes_on(post: Post) -> None:
    """The log names type and place, and none of the words."""
    post.say(ANA, "unspeakable")
    post.say(ANA, "second")
    with capture_logs() as logs:
        _drain(post)
    assert post.phones.heard(ANA) == ["second"]
    assert [line["type"] for line in logs if line["event"] == "delivery.unrendered"] == ["ValueError"]
    assert "unspeakable" not in str(logs)


def test_a_fault_of_an_adapter_stops_nobody(post: Post) -> None:
    """The row goes again as one that may have arrived; the log says where, and not what."""
    post.phones.fails[ANA].append(KeyError("what Ana typed"))
    post.say(ANA, "first")
    post.say(BEN, "Kept.")
    with capture_logs() as logs:
        _drain(post)
        post.clock.forward(1)
        _drain(post)
    assert post.phones.arrived == [(BEN, "Kept."), (ANA, "first")]
    assert "parts.py" in str(logs)
    assert "typed" not in str(logs)


def test_a_reader_on_a_platform_that_is_not_running_waits(post: Post) -> None:
    """Its token may be set again at the next start."""
    elsewhere = account(ANA)
    post.keep(SaveAccount(replace(elsewhere, key=replace(elsewhere.key, platform="discord"), heard=NOON)))
    post.say(ANA, "Kept.")
    _drain(post)
    assert (post.phones.arrived, post.sender.counted) == ([], {})


def test_a_wake_is_heard_from_another_thread(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    """The turn that wakes the sender runs on the store's."""
    monkeypatch.setattr("scheduler.sender.POLL", HOUR)

    async def scene() -> None:
        post.say(ANA, "first")
        await post.until(arrived=1)
        await asyncio.sleep(0.05)  # it rests
        post.say(ANA, "second")
        await asyncio.to_thread(post.sender.wake)
        await post.until(arrived=2)

    _play(post, scene)


def test_what_becomes_due_by_itself_goes_without_a_wake(post: Post) -> None:
    """A short poll sees it."""

    async def scene() -> None:
        post.say(ANA, "later", earliest=NOON + HOUR)
        await asyncio.sleep(0.05)
        assert post.phones.arrived == []
        post.clock.forward(HOUR)
        await post.until(arrived=1)

    _play(post, scene)


def test_what_is_on_its_way_may_still_arrive_when_the_sender_stops(make_post: MakePost) -> None:
    """It is remembered as sent, and not said again at the next start."""
    post = make_post()
    post.phones.close(ANA)
    post.say(ANA, "Kept.")

    async def scene() -> None:
        await post.until(under_way=1)
        asyncio.get_running_loop().call_later(0.05, post.phones.open, ANA)

    _play(post, scene)
    after = make_post()
    asyncio.run(after.sender.recover())
    _drain(after)
    assert (post.phones.heard(ANA), after.phones.heard(ANA)) == (["Kept."], [])


def test_a_store_that_cannot_remember_at_first_is_asked_again(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    """Meanwhile nothing is said twice, and nothing overtakes."""
    refusals = [StoreError("the disk is full"), StoreError("the disk is full")]
    kept = post.store.settle

    def settle(row: int, outcome: Outcome) -> None:
        if refusals:
            raise refusals.pop()
        kept(row, outcome)

    monkeypatch.setattr(post.store, "settle", settle)
    monkeypatch.setattr("scheduler.sender.POLL", 0.01)
    post.say(ANA, "first")
    post.say(ANA, "second")
    _drain(post)
    assert post.phones.heard(ANA) == ["first", "second"]


def test_a_store_that_fails_does_not_end_the_sender(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    """It asks again after a while."""
    refusals = [StoreError("what Ana typed")]
    claim = post.store.claim

    def failing(*arguments: object) -> object:
        if refusals:
            raise refusals.pop()
        return claim(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(post.store, "claim", failing)
    monkeypatch.setattr("scheduler.sender.POLL", 0.01)
    post.say(ANA, "Kept.")
    with capture_logs() as logs:
        _play(post, lambda: post.until(arrived=1))
    assert logs[0]["event"] == "sender.failed"
    assert "typed" not in str(logs)


def test_a_chat_is_written_to_no_faster_than_its_limit(make_post: MakePost) -> None:
    """The third line to Ana waits until the first is out of the window; Ben's does not."""
    post = make_post(limits={"telegram": Limits(Pace(Rate(100, 1.0), 10, Rate(2, 0.3)))})
    for words in ("one", "two", "three"):
        post.say(ANA, words)
    post.say(BEN, "Kept.")

    async def scene() -> None:
        begun = asyncio.get_running_loop().time()
        await post.until(arrived=3)
        assert (BEN, "Kept.") in post.phones.arrived
        await post.until(arrived=4)
        assert asyncio.get_running_loop().time() - begun >= 0.3

    _play(post, scene)


def test_a_reply_does_not_wait_behind_bulk(make_post: MakePost) -> None:
    """While a thousand questions trickle, Ana is answered after a handful of them."""
    people = range(100, 1100)
    post = make_post(limits={"telegram": Limits(Pace(Rate(60, 1.0), 10, Rate(2, 1.0)))})
    post.meet(*people)
    for number in people:
        post.say(number, "A question for the week.", Lane.BULK)

    async def scene() -> None:
        await post.until(arrived=60)
        before = len(post.phones.arrived)
        post.say(ANA, "Kept.")
        post.sender.wake()
        while (ANA, "Kept.") not in post.phones.arrived:
            await post.until(arrived=len(post.phones.arrived) + 1)
        assert len(post.phones.arrived) - before <= 20

    _play(post, scene)
