"""Who cannot be written to on Discord sees what there is for them in answer to what they did, and nobody else does."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from adapters.discord import pull, screens
from adapters.discord.answers import show
from bot.errors import Refused, TryLater, Unreachable
from bot.events import Command, Pressed, Typed
from bot.ports import Among, Attachment, Choice, Receipt
from tests.doubles.discord.double import Failing, RefusedError
from tests.doubles.discord.guilds import SEND as SEND_THERE
from tests.doubles.discord.objects import Interaction, Person, Posted
from tests.doubles.discord.rig import ANA, BEN, Rig, in_haste, played

THEIRS = 77  # the channel of Ana's and Ben's own direct messages
OPEN, SEND = "POST /users/@me/channels", "POST /channels/{channel}/messages"
CALLBACK = "POST /interactions/{id}/{token}/callback"
ORIGINAL = "PATCH /webhooks/{application}/{token}/messages/@original"
FOLLOW_UP = "POST /webhooks/{application}/{token}"
YES = Choice("v1:p:1:1:y", "yes")


@pytest.fixture(autouse=True)
def _in_haste(monkeypatch: pytest.MonkeyPatch) -> None:
    in_haste(monkeypatch)


async def _given(rig: Rig, name: str = "help", who: Person = BEN, channel: int = THEIRS, **more: Any) -> Interaction:
    """A command, heard and acknowledged; its giver cannot be written to."""
    rig.double.people[who.id] = who
    rig.double.closed.setdefault(who.id, (403, 50278))
    await rig.ready()
    given = rig.double.commands_(who, name, channel=channel, **more)
    await rig.deeds(len(rig.heard) + 1)
    await rig.double.until(lambda: given.callback is not None)
    return given


async def _pressed(rig: Rig, posted: Posted, token: str, who: Person = BEN) -> Interaction:
    pressed = rig.double.presses(who, posted.id, token)
    await rig.deeds(len(rig.heard) + 1)
    await rig.double.until(lambda: pressed.callback is not None)
    return pressed


async def _say(rig: Rig, text: str | None = "Well?", who: Person = BEN, **more: Any) -> Receipt:
    """The bot says something to somebody whose direct messages are not known."""
    return await rig.say(text, to=who, chat=-who.id, **more)


async def _is_unreachable(rig: Rig) -> None:
    with pytest.raises(Unreachable):
        await _say(rig)


def _there(given: Interaction) -> Posted:
    """What whoever did it sees in answer."""
    assert given.answer is not None
    return given.answer


def _buttons(posted: Posted) -> list[str]:
    return [part["custom_id"] for row in posted.components for part in row["components"]]


def _tries(rig: Rig) -> tuple[int, int]:
    """How often direct messages were tried, and what was there changed."""
    return len(rig.double.made(OPEN)) + len(rig.double.made(SEND)), len(rig.double.made(ORIGINAL))


# ---- where it is shown


@pytest.mark.parametrize("closed", [(403, 50007), (400, 50007), (403, 50278)])
@pytest.mark.parametrize("opens", [False, True])
def test_d09_whoever_cannot_be_written_to_sees_it_where_they_asked(closed: tuple[int, int], *, opens: bool) -> None:
    """One request to the direct messages, one edit; the second message comes below the first, whose buttons go."""

    async def play(rig: Rig) -> None:
        rig.double.closed[BEN.id], rig.double.opens = closed, opens
        given = await _given(rig)
        chat = BEN.dm if opens else -BEN.id
        first = await rig.say("*One*", to=BEN, chat=chat, choices=(YES,))
        second = await rig.say("Two", to=BEN, chat=chat, sides=(Choice("v1:c:pass:", "pass"),))
        assert (first, second) == (Receipt(f"pull:{given.id}:1"), Receipt(f"pull:{given.id}:2"))
        assert _there(given).content == "\\*One\\*\n\nTwo"
        assert _buttons(_there(given)) == ["v1:c:pass:", "write"]
        assert _there(given).is_ephemeral
        assert _tries(rig) == (1, 2)
        assert (rig.double.bots, rig.double.made(FOLLOW_UP)) == ([], [])

    played(play)


@pytest.mark.parametrize("has_bot", [False, True])
def test_d08_in_a_server_it_is_for_one_alone(*, has_bot: bool) -> None:
    """Whether the bot is there or not."""

    async def play(rig: Rig) -> None:
        guild = rig.double.guilds.make(500, ANA, BEN, has_bot=has_bot)
        given = await _given(rig, "pair", channel=guild.room.id)
        await _say(rig, "Only for Ben.")
        assert (_there(given).content, _there(given).is_ephemeral) == ("Only for Ben.", True)
        assert rig.double.bots == []

    played(play)


def test_d08_under_what_all_see_nothing_is_shown() -> None:
    """The answer to such a press would stand in the message itself."""

    async def play(rig: Rig) -> None:
        rig.double.people[BEN.id], rig.double.closed[BEN.id] = BEN, (403, 50007)
        guild = rig.double.guilds.make(500, ANA, BEN)
        await rig.ready()
        sent = await rig.say("For all.", chat=guild.room.id, choices=(YES,), among=Among(server=500))
        (posted,) = rig.double.bots
        await _pressed(rig, posted, "v1:p:1:1:y")
        await _is_unreachable(rig)
        assert (sent.message, posted.content, posted.edits) == (str(posted.id), "For all.", 0)

    played(play)


def test_d08_what_others_would_see_is_not_said() -> None:
    """Even if it were asked for."""

    async def play(rig: Rig) -> None:
        seen = type("Seen", (), {"type": None, "message": None})()
        with pytest.raises(ValueError, match="others"):
            await show(seen, "Only for Ben.", None)

    played(play)


def test_without_anything_that_they_did_there_is_nothing_to_show_it_in() -> None:
    """It waits in the outbox; so it does when a quarter of an hour has passed."""

    async def play(rig: Rig) -> None:
        rig.double.people[BEN.id], rig.double.closed[BEN.id] = BEN, (403, 50278)
        await _is_unreachable(rig)
        await _given(rig)
        rig.clock.at += 899
        await _say(rig)
        rig.clock.at += 1
        await _is_unreachable(rig)
        assert _tries(rig) == (3, 1)

    played(play)


@pytest.mark.parametrize("refused", [(404, 10062), (401, 50027), (404, 10015), (404, 10008)])
def test_d04_a_token_that_is_over_is_not_asked_again(refused: tuple[int, int]) -> None:
    """Neither here nor for the next message."""

    async def play(rig: Rig) -> None:
        await _given(rig)
        rig.double.faults[ORIGINAL].append(RefusedError(*refused, "No."))
        for _ in range(2):
            await _is_unreachable(rig)
        assert _tries(rig) == (2, 1)

    played(play)


def test_d04_one_that_was_not_acknowledged_does_not_count() -> None:
    """The one before it does."""

    async def play(rig: Rig) -> None:
        given = await _given(rig)
        rig.double.faults[CALLBACK].append(RefusedError(404, 10062, "Unknown interaction"))
        rig.double.commands_(BEN, "help", channel=THEIRS)
        await rig.deeds(2)
        await _say(rig)
        assert _there(given).content == "Well?"
        assert _tries(rig) == (1, 1)

    played(play)


def test_d04_what_is_not_acknowledged_yet_is_waited_for() -> None:
    """Before that there is nothing to be changed."""

    async def play(rig: Rig) -> None:
        rig.double.people[BEN.id], rig.double.closed[BEN.id] = BEN, (403, 50278)
        await rig.ready()
        rig.double.faults[CALLBACK].append(0.1)
        given = rig.double.commands_(BEN, "help", channel=THEIRS)
        await rig.deeds(1)
        assert given.callback is None
        await _say(rig)
        assert _there(given).content == "Well?"

    played(play)


def test_what_stumbles_is_shown_once() -> None:
    """The edit had arrived, and nobody was told: the same is made again."""

    async def play(rig: Rig) -> None:
        given = await _given(rig)
        rig.double.faults[ORIGINAL].extend([Failing(503, done=True)] * 5)
        with pytest.raises(TryLater):
            await _say(rig, delivery=7)
        assert await _say(rig, delivery=7) == Receipt(f"pull:{given.id}:1")
        assert _there(given).content == "Well?"
        assert _tries(rig)[0] == 1

    played(play)


def test_the_oldest_is_forgotten_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where too many people are there at once."""
    monkeypatch.setattr(screens, "MOST", 1)

    async def play(rig: Rig) -> None:
        await _given(rig)
        given = await _given(rig, who=ANA)
        await _is_unreachable(rig)
        await _say(rig, who=ANA)
        assert _there(given).content == "Well?"

    played(play)


# ---- what they do under it


def test_a_press_goes_on_in_the_same_message() -> None:
    """It is that of somebody in private; direct messages are not tried for it."""

    async def play(rig: Rig) -> None:
        guild = rig.double.guilds.make(500, ANA, BEN)
        given = await _given(rig, "pair", channel=guild.room.id)
        asked = await _say(rig, "Well?", choices=(YES,))
        pressed = await _pressed(rig, _there(given), "v1:p:1:1:y")
        assert (rig.heard[-1].deed, rig.heard[-1].sender.place) == (Pressed("v1:p:1:1:y"), None)
        await _say(rig, None, edits=asked.message)
        await _say(rig, "Good.")
        assert pressed.callback == {"type": 6}
        assert (_there(given).content, _buttons(_there(given))) == ("Well?\n\nGood.", ["write"])
        assert _tries(rig)[0] == 1

    played(play)


def test_a_press_under_an_older_answer_goes_on_there() -> None:
    """The newer one stays as it is."""

    async def play(rig: Rig) -> None:
        older = await _given(rig)
        await _say(rig, "One", choices=(YES,))
        newer = await _given(rig)
        await _say(rig, "Two", choices=(YES,))
        await _pressed(rig, _there(older), YES.token)
        await _say(rig, "Three")
        assert [_there(each).content for each in (older, newer)] == ["One\n\nThree", "Two"]

    played(play)


def test_after_a_new_start_a_press_says_what_stands_there() -> None:
    """Nothing else remembers it; also a quarter of an hour later."""

    async def play(rig: Rig) -> None:
        given = await _given(rig)
        asked = await _say(rig, "Well?", choices=(YES,))
        await rig.restart()
        await rig.adapter.caught_up.wait()
        rig.clock.at += 1_000
        await _is_unreachable(rig)
        await _pressed(rig, _there(given), "v1:p:1:1:y")
        assert await _say(rig, "Old", edits=asked.message) == asked
        await _say(rig, "Good.")
        assert (_there(given).content, _buttons(_there(given))) == ("Well?\n\nGood.", ["write"])

    played(play)


@pytest.mark.parametrize(
    ("words", "deed"), [("A lighthouse\nkeeper.", Typed), ("x" * 4_000, Typed), ("/stop now", Command)]
)
def test_d05_what_is_written_into_the_form_is_theirs(words: str, deed: type) -> None:
    """The form opens at once, and nobody is asked for it; what is sent in is answered where they are."""

    async def play(rig: Rig) -> None:
        guild = rig.double.guilds.make(500, ANA, BEN)
        given = await _given(rig, "pair", channel=guild.room.id)
        await _say(rig)
        opened = rig.double.presses(BEN, _there(given).id, "write")
        await rig.double.until(lambda: opened.callback is not None)
        assert opened.callback is not None
        assert (opened.callback["type"], opened.callback["data"]["title"]) == (9, "Deine Worte")
        sent = rig.double.submits(opened, write=words)
        assert type((await rig.deeds(2))[-1]) is deed
        if deed is Typed:
            assert rig.heard[-1].deed == Typed(words, str(sent.id))
        assert (rig.heard[-1].sender.place, rig.heard[-1].sender.chat) == (None, -BEN.id)
        await rig.double.until(lambda: sent.callback is not None)
        await _say(rig, "Kept.")
        assert (sent.callback, _there(given).content) == ({"type": 6}, "Well?\n\nKept.")
        assert _tries(rig)[0] == 1
        assert len(rig.heard) == 2

    played(play)


def test_a_token_that_nobody_gave_is_heard_as_it_is() -> None:
    """What it means is not for the adapter to say."""

    async def play(rig: Rig) -> None:
        given = await _given(rig)
        await _say(rig)
        await _pressed(rig, _there(given), "forged")
        assert rig.heard[-1].deed == Pressed("forged")

    played(play)


# ---- the trace of a command


def test_d10_direct_messages_are_tried_again_at_the_next_command() -> None:
    """They may have been opened since; then one line says where the answer is."""

    async def play(rig: Rig) -> None:
        first = await _given(rig)
        await _say(rig, "Here.")
        del rig.double.closed[BEN.id]
        await _say(rig, "Here, too.")
        second = rig.double.commands_(BEN, "help", channel=THEIRS)
        await rig.deeds(2)
        await rig.say("There.", to=BEN)
        await rig.double.until(lambda: second.original is not None)
        assert _there(first).content == "Here.\n\nHere, too."
        assert second.original == "Privat beantwortet."
        assert rig.double.texts(BEN) == ["There."]

    played(play)


def test_of_two_commands_the_newer_shows_it() -> None:
    """The other one leaves nothing."""

    async def play(rig: Rig) -> None:
        first, second = await _given(rig), await _given(rig)
        await _say(rig)
        await rig.double.until(lambda: first.deleted)
        assert (first.original, _there(second).content) == (None, "Well?")

    played(play)


def test_a_command_of_which_nothing_comes_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """In particular not that something had been sent."""
    monkeypatch.setattr(pull, "PATIENCE", 0.05)

    async def play(rig: Rig) -> None:
        given = await _given(rig)
        await rig.double.until(lambda: given.deleted)
        assert given.original is None
        await _is_unreachable(rig)

    played(play)


def test_what_is_shown_stays_whatever_its_turn_brings() -> None:
    """It came before the turn was through, and what is for them alone comes below it."""

    async def play(rig: Rig) -> None:
        rig.double.people[BEN.id], rig.double.closed[BEN.id] = BEN, (403, 50278)
        await rig.ready()

        async def take(event: Any) -> str:
            await _say(rig, "First.")
            return "Aside."

        rig.take = take
        given = rig.double.commands_(BEN, "help", channel=THEIRS)
        await rig.double.until(lambda: given.original == "First.\n\nAside.")
        assert _tries(rig) == (1, 2)

    played(play)


def test_what_is_shown_there_is_not_said_to_be_elsewhere() -> None:
    """Even if direct messages opened before the turn was through, and were used."""

    async def play(rig: Rig) -> None:
        rig.double.people[BEN.id], rig.double.closed[BEN.id] = BEN, (403, 50278)
        await rig.ready()

        async def take(event: Any) -> None:
            if event.deed == Command("pair"):
                await _say(rig, "Here.")
                del rig.double.closed[BEN.id]
                rig.double.says(BEN, "hello")
                await asyncio.sleep(0.05)  # until that was heard
                await rig.say("There.", to=BEN)

        rig.take = take
        given = rig.double.commands_(BEN, "pair", channel=THEIRS)
        await rig.deeds(2)
        await asyncio.sleep(0.05)  # for what might be said of it
        assert (_there(given).content, rig.double.texts(BEN)) == ("Here.", ["There."])

    played(play)


def test_what_is_for_all_is_not_shown_to_one_instead() -> None:
    """A channel in which the bot may not write any more."""

    async def play(rig: Rig) -> None:
        guild = rig.double.guilds.make(500, ANA, BEN)
        given = await _given(rig, "pair", channel=guild.room.id)
        guild.room.denied = SEND_THERE
        with pytest.raises(Unreachable):
            await rig.say("For all.", to=BEN, chat=guild.room.id, among=Among(server=500))
        assert given.answer is None

    played(play)


def test_start_says_once_that_the_bot_cannot_write_first() -> None:
    """In their client's language."""

    async def play(rig: Rig) -> None:
        given = await _given(rig, "start")
        await _say(rig, "Hello.")
        await _say(rig, "And?")
        assert _there(given).content == "Ich kann dir nicht zuerst schreiben.\n\nHello.\n\nAnd?"

    played(play)


# ---- what fits, files, and changes


def test_d20_what_is_too_long_goes_from_the_top() -> None:
    """In whole pieces."""

    async def play(rig: Rig) -> None:
        given = await _given(rig)
        for text in ("a" * 900, "b" * 900, "c" * 900):
            await _say(rig, text)
        assert _there(given).content == "b" * 900 + "\n\n" + "c" * 900
        assert _there(given).files == []

    played(play)


def test_d20_a_message_that_does_not_fit_comes_as_a_file_too() -> None:
    """Nothing of it is lost; what is not escaped there is what was written."""

    async def play(rig: Rig) -> None:
        given, long = await _given(rig), "\n".join(f"*{number}* of many lines" for number in range(300))
        await _say(rig, long)
        assert len(_there(given).content) <= 2_000
        assert long.endswith(_there(given).content.replace("\\", ""))
        assert _there(given).files == [("message.txt", long.encode())]
        assert _tries(rig) == (1, 1)

    played(play)


def test_a_file_comes_with_its_message_and_is_taken_out_with_it() -> None:
    """Below what was there; the other message and its file stay."""

    async def play(rig: Rig) -> None:
        given = await _given(rig)
        await _say(rig, "One", attachment=Attachment("one.txt", b"1"))
        second = await _say(rig, "Two", attachment=Attachment("two.txt", b"2"))
        third = await _say(rig, "Three")
        assert [name for name, _ in _there(given).files] == ["one.txt", "two.txt"]
        assert await _say(rig, None, removes=(second.message, "pull:1:1")) == Receipt("")
        assert (_there(given).content, _there(given).files) == ("One\n\nThree", [("one.txt", b"1")])
        assert _buttons(_there(given)) == ["write"]
        await _say(rig, None, removes=(third.message,))
        assert (_there(given).content, _buttons(_there(given))) == ("One", [])

    played(play)


def test_when_nothing_is_left_the_message_goes() -> None:
    """What comes then has nowhere to be shown."""

    async def play(rig: Rig) -> None:
        given = await _given(rig)
        sent = await _say(rig)
        await _say(rig, None, removes=(sent.message,))
        assert given.deleted
        await _is_unreachable(rig)

    played(play)


def test_only_what_is_shown_now_is_changed() -> None:
    """Not what is above it, not what was shown elsewhere, not what is over; and nobody is told."""

    async def play(rig: Rig) -> None:
        given = await _given(rig)
        first, second = await _say(rig, "One", choices=(YES,)), await _say(rig, "Two", choices=(YES,))
        assert await _say(rig, "Changed", edits=first.message) == first
        assert await _say(rig, "Changed", edits="pull:1:2") == Receipt("pull:1:2")
        ticked = (Choice(YES.token, "yes", ticked=True),)
        assert await _say(rig, "Three", edits=second.message, choices=ticked) == second
        assert (_there(given).content, _buttons(_there(given))) == ("One\n\nThree", [YES.token, "write"])
        assert await _say(rig, "x" * 2_001, edits=second.message) == second
        assert (_there(given).content, _buttons(_there(given))) == ("One\n\nThree", [])
        rig.clock.at += 900
        assert await _say(rig, "Four", edits=second.message) == second
        assert _there(given).content == "One\n\nThree"
        assert _tries(rig) == (1, 4)

    played(play)


def test_what_cannot_be_changed_there_keeps_nothing_from_being_shown_here() -> None:
    """An old message in direct messages that are closed now: it stays as it is."""

    async def play(rig: Rig) -> None:
        old = await rig.say("Old", to=BEN)
        given = await _given(rig)
        assert await _say(rig, "New", edits=old.message) == Receipt(old.message)
        assert await _say(rig, None, removes=(old.message,)) == Receipt("")
        await _say(rig)
        assert (_there(given).content, rig.double.texts(BEN)) == ("Well?", ["Old"])

    played(play)


def test_nothing_is_refused_there_as_it_is_anywhere() -> None:
    """Our own mistake."""

    async def play(rig: Rig) -> None:
        await _given(rig)
        await _say(rig)
        with pytest.raises(Refused):
            await _say(rig, None)

    played(play)


def test_two_messages_at_once_are_both_there() -> None:
    """One after the other, whoever brings them."""

    async def play(rig: Rig) -> None:
        given = await _given(rig)
        await _say(rig, "One")
        await asyncio.gather(_say(rig, "Two"), _say(rig, "Three"))
        assert _there(given).content == "One\n\nTwo\n\nThree"

    played(play)
