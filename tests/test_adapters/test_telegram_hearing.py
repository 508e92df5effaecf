"""Hearing Telegram: what is handed in, in which order, and when it is confirmed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from structlog.testing import capture_logs

from adapters.telegram import polling
from adapters.telegram.polling import TAKEN, UNKNOWN
from adapters.telegram.updates import BATCH, Offset
from bot.errors import ConfigurationError, StoreError
from bot.events import Blocked, Command, Incoming, Pressed, Returned, Typed
from tests.doubles.telegram.double import Broken, Fault
from tests.doubles.telegram.methods import RefusedError
from tests.doubles.telegram.rig import ANA, BEN, Rig, rig

Play = Callable[[Rig], Awaitable[None]]
CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


@pytest.fixture(autouse=True)
def _in_haste(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing waits for long."""
    monkeypatch.setattr(polling, "AGAIN", 0.01)
    monkeypatch.setattr(polling, "PATIENCE", 0.02)


def _play(play: Play) -> None:
    async def whole() -> None:
        async with rig() as at_work:
            await play(at_work)

    asyncio.run(whole())


# ---- T4: nothing is lost, nothing is confirmed too early


def test_t04_an_update_is_confirmed_when_it_was_taken() -> None:
    """While its turn is under way, the server still has it."""

    async def play(rig: Rig) -> None:
        begun, go_on = asyncio.Event(), asyncio.Event()

        async def slowly(event: Incoming) -> None:
            begun.set()
            await go_on.wait()

        rig.take = slowly
        rig.double.says(ANA, "one")
        rig.run()
        await begun.wait()
        polls = len(rig.double.made("getUpdates"))
        await rig.double.until(lambda: len(rig.double.made("getUpdates")) > polls + 1)
        assert len(rig.double.pending) == 1
        assert rig.heard == []
        go_on.set()
        assert [deed.text for deed in await rig.all_heard() if isinstance(deed, Typed)] == ["one"]

    _play(play)


def test_t04_what_had_waited_goes_before_what_is_due() -> None:
    """After a start the adapter has caught up once all that the server kept was taken, and not before."""

    async def play(rig: Rig) -> None:
        go_on = asyncio.Event()

        async def slowly(event: Incoming) -> None:
            await go_on.wait()

        rig.take = slowly
        for number in range(BATCH + 1):
            rig.double.says(ANA, str(number))
        rig.run()
        await rig.double.until(lambda: len(rig.double.made("getUpdates")) > 2)
        assert not rig.adapter.caught_up.is_set()
        go_on.set()
        await rig.adapter.caught_up.wait()
        assert len(rig.heard) == BATCH + 1

    _play(play)


def test_t04_what_a_crash_interrupted_comes_again() -> None:
    """The program dies in the middle of a turn: after its start the same event is handed in, under the same id."""

    async def play(rig: Rig) -> None:
        died = asyncio.Event()
        ids = []

        async def dies(event: Incoming) -> None:
            ids.append(event.id)
            died.set()
            await asyncio.Event().wait()

        rig.take = dies
        rig.double.says(ANA, "one")
        rig.run()
        await died.wait()
        rig.take = None
        await rig.restart()
        await rig.all_heard()
        assert ids == [event.id for event in rig.heard]

    _play(play)


def test_t04_a_store_that_cannot_write_is_asked_again() -> None:
    """Nothing is lost, the order of a chat is kept, and the others do not wait."""

    async def play(rig: Rig) -> None:
        tries = 0

        async def broken(event: Incoming) -> None:
            nonlocal tries
            tries += event.sender.account.user == ANA.id
            if tries < 4 and event.sender.account.user == ANA.id:
                raise StoreError

        rig.take = broken
        for words in ("one", "two"):
            rig.double.says(ANA, words)
        rig.double.says(BEN, "three")
        await rig.all_heard()
        said = [event.deed.text for event in rig.heard if isinstance(event.deed, Typed)]
        assert said == ["three", "one", "two"]

    _play(play)


def test_t04_the_same_update_has_the_same_id() -> None:
    """However often the server delivers it: the store drops what it has seen."""

    async def play(rig: Rig) -> None:
        rig.double.says(ANA, "one")
        first = dict(rig.double._pending)
        await rig.all_heard()
        rig.double.again(next(iter(first.values())))
        await rig.all_heard()
        assert len({event.id for event in rig.heard}) == 1
        assert rig.heard[0].id == f"telegram:{next(iter(first))}"

    _play(play)


def test_t04_an_update_that_cannot_be_read_hides_no_other() -> None:
    """It is told by its number alone, and confirmed: nobody can ever take it."""

    async def play(rig: Rig) -> None:
        rig.double.push("message", {"text": "Quittenmarmelade"})
        rig.double.answers.clear()
        rig.double.says(ANA, "after it")
        with capture_logs() as logs:
            heard = await rig.all_heard()
        assert [deed.text for deed in heard if isinstance(deed, Typed)] == ["after it"]
        assert [log["event"] for log in logs] == ["update.unreadable"]
        assert "Quittenmarmelade" not in str(logs)
        rig.double.answers.clear()  # that one is not for the judge

    _play(play)


def test_t04_one_that_the_store_never_takes_does_not_silence_everybody() -> None:
    """When it holds back all others that the server would show, it is given up, loudly."""
    offset = Offset()
    for update in range(BATCH):
        offset.begin(update)
    for update in range(1, BATCH - 1):
        offset.end(update)
    assert not offset.is_held_up_by(0)
    offset.end(BATCH - 1)
    assert offset.is_held_up_by(0)


def test_t04_after_a_silence_the_numbers_begin_anew() -> None:
    """The server may go on at a smaller number, which is heard like any other."""
    offset = Offset()
    assert offset.next() is None
    assert offset.begin(900)
    offset.end(900)
    assert offset.next() == 901
    assert offset.begin(7)
    assert offset.next() == 7
    offset.end(7)
    assert offset.next() == 8


def test_t04_what_is_under_way_is_not_confirmed_by_what_came_after() -> None:
    """The offset stands at the first that is open; a later one that is done is not begun twice."""
    offset = Offset()
    for update in (1, 2, 3):
        offset.begin(update)
    offset.end(2)
    assert offset.next() == 1
    assert not offset.begin(2)
    offset.end(1)
    assert offset.next() == 3


# ---- T5: order


def test_t05_a_chat_is_in_order_and_chats_are_side_by_side() -> None:
    """Ana's slow turn holds back Ana's next one, and nobody else."""

    async def play(rig: Rig) -> None:
        ben_heard = asyncio.Event()
        order = []

        async def take(event: Incoming) -> None:
            who = event.sender.profile.name
            order.append(who)
            if who == "Ben":
                ben_heard.set()
            else:
                await ben_heard.wait()

        rig.take = take
        rig.double.says(ANA, "one")
        rig.double.says(ANA, "two")
        rig.double.says(BEN, "three")
        await rig.all_heard()
        assert order == ["Ana", "Ben", "Ana"]

    _play(play)


# ---- T7, T14: what is told beside messages


def test_t07_a_block_and_its_end_are_heard_of() -> None:
    """They are events like any other, in their order."""

    async def play(rig: Rig) -> None:
        rig.double.blocks(ANA)
        rig.double.blocks(ANA, back=True)
        assert await rig.all_heard() == [Blocked(), Returned()]

    _play(play)


def test_t14_a_press_is_answered_before_its_turn_is_through() -> None:
    """The turn waits for the answer here, so that it must have come first."""

    async def play(rig: Rig) -> None:
        sent = await rig.say()

        async def take(event: Incoming) -> None:
            await rig.double.until(lambda: bool(rig.double.made("answerCallbackQuery")))

        rig.take = take
        rig.double.presses(ANA, int(sent.message), "v1:c:help:")
        assert await rig.all_heard() == [Pressed("v1:c:help:")]

    _play(play)


def test_t14_a_press_from_long_ago_is_answered_in_vain_and_counts() -> None:
    """The server's "query is too old" is no word in the log; any other refusal is one."""

    async def play(rig: Rig) -> None:
        sent = await rig.say()
        query = rig.double.presses(ANA, int(sent.message), "one")
        rig.double.queries[query] -= 100
        with capture_logs() as logs:
            assert await rig.all_heard() == [Pressed("one")]
            await rig.double.until(lambda: len(rig.double.made("answerCallbackQuery")) == 1)
            assert logs == []
            rig.double.faults["answerCallbackQuery"].append(RefusedError(400, "Bad Request: something else"))
            rig.double.presses(ANA, int(sent.message), "two")
            await rig.all_heard()
            while not logs:  # noqa: ASYNC110 - a log tells nobody
                await asyncio.sleep(0.01)
        assert [log["event"] for log in logs] == ["telegram.unanswered"]

    _play(play)


# ---- T12


def test_t12_a_link_brings_its_code_and_a_bare_start_none() -> None:
    """What Telegram makes of t.me/bot?start=CODE, and of the Start button."""

    async def play(rig: Rig) -> None:
        rig.double.says(ANA, "/start ABCDEFGHIJKLMNOP")
        rig.double.says(BEN, "/start")
        heard = await rig.all_heard()
        assert heard == [Command("start", "ABCDEFGHIJKLMNOP"), Command("start")]

    _play(play)


# ---- T19, T20, T21, T28: the connection


def test_t19_another_program_is_told_of_once_and_ends_this_one() -> None:
    """Two programs with one token: one sentence in the log, a few tries, and the end."""

    async def play(rig: Rig) -> None:
        rig.double.faults["getUpdates"].extend(RefusedError(409, CONFLICT) for _ in range(50))
        with capture_logs() as logs, pytest.raises(BaseExceptionGroup) as raised:
            await rig.adapter.run(rig.receive)
        (mistake,) = raised.value.exceptions
        assert isinstance(mistake, ConfigurationError)
        assert str(mistake) == TAKEN
        assert [log["event"] for log in logs] == ["telegram.conflict"]
        assert len(rig.double.made("getUpdates")) == polling.CONFLICTS

    _play(play)


def test_t19_a_conflict_that_ends_is_forgiven() -> None:
    """The program before this one took its time to end."""

    async def play(rig: Rig) -> None:
        rig.double.faults["getUpdates"].extend([RefusedError(409, CONFLICT)] * 3)
        rig.double.says(ANA, "one")
        assert len(await rig.all_heard()) == 1

    _play(play)


def test_t19_two_real_pollers_disturb_each_other() -> None:
    """The double says so as the server does; both go on trying."""

    async def play(rig: Rig) -> None:
        async with asyncio.TaskGroup() as tasks:
            rig.run()
            await rig.double.until(lambda: bool(rig.double.made("getUpdates")))
            other = tasks.create_task(rig.adapter._bot.get_updates(timeout=1))
            rig.double.says(ANA, "one")
            await rig.all_heard()
            assert len(await other) <= 1

    _play(play)


def test_t20_what_was_written_while_the_bot_was_down_is_heard() -> None:
    """No request drops what waits; a webhook that was set is taken away without that."""

    async def play(rig: Rig) -> None:
        rig.double.webhook = True
        rig.double.says(ANA, "one")
        rig.double.says(ANA, "two")
        assert len(await rig.all_heard()) == 2
        dropping = [request.fields.get("drop_pending_updates", "false") for request in rig.double.requests]
        assert set(map(str.lower, dropping)) == {"false"}

    _play(play)


def test_t21_each_poll_says_what_it_wants() -> None:
    """The server remembers what it was told last; so it is told at every poll."""

    async def play(rig: Rig) -> None:
        rig.double.says(ANA, "one")
        await rig.all_heard()
        wanted = [request.fields["allowed_updates"] for request in rig.double.made("getUpdates")]
        assert {tuple(each) for each in wanted} == {("message", "edited_message", "callback_query", "my_chat_member")}

    _play(play)


@pytest.mark.parametrize("code", [401, 404])
def test_t28_a_token_that_nobody_knows_is_told_in_a_sentence(code: int) -> None:
    """At the start, and only there."""

    async def play(rig: Rig) -> None:
        rig.double.faults["getMe"].append(RefusedError(code, "Unauthorized"))
        with pytest.raises(BaseExceptionGroup) as raised:
            await rig.adapter.run(rig.receive)
        assert str(raised.value.exceptions[0]) == UNKNOWN

    _play(play)


def test_t28_a_method_that_is_not_found_later_is_only_a_fault() -> None:
    """The library would call it an invalid token."""

    async def play(rig: Rig) -> None:
        rig.double.faults["getUpdates"].append(RefusedError(404, "Not Found"))
        rig.double.says(ANA, "one")
        assert len(await rig.all_heard()) == 1

    _play(play)


def test_a_server_that_cannot_be_heard_is_asked_again() -> None:
    """It breaks off, says 502, says nothing, says 500; the log has one line."""

    async def play(rig: Rig) -> None:
        faults: list[Fault] = [
            Broken(done=False),
            b"<html>Bad Gateway</html>",
            RefusedError(500, "Internal Server Error"),
        ]
        rig.double.faults["getUpdates"].extend(faults)
        rig.double.faults["getMe"].extend([Broken(done=False)])
        rig.double.says(ANA, "one")
        with capture_logs() as logs:
            assert len(await rig.all_heard()) == 1
        assert [log["event"] for log in logs] == ["telegram.unheard", "telegram.unheard"]

    _play(play)
