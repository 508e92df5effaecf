"""Groups on Telegram: what is heard there and what is not, and what is said there, with the real library."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from structlog.testing import capture_logs
from telegram import Update

from adapters.telegram import inbound
from bot.errors import Migrated, Overheard, TryLater, Unreachable
from bot.events import (
    Added,
    Command,
    Deed,
    Incoming,
    Joined,
    MovedTo,
    Muted,
    Nameless,
    Pressed,
    Removed,
    Sender,
    Typed,
    nobody,
)
from bot.events import Place as Where
from bot.people import AccountKey, GroupKey
from bot.ports import Among, Choice, Doorway, Message
from tests.doubles.telegram.double import Broken, Double
from tests.doubles.telegram.groups import Group
from tests.doubles.telegram.methods import RefusedError
from tests.doubles.telegram.objects import Person, Robot
from tests.doubles.telegram.rig import ANA, BEN, Rig, rig

NOW = 1_800_000_000
EVA = Person(33, "Eva", "fr")
BASIC, FORUM = -4200, -1001000000042
TWO = (AccountKey("telegram", ANA.id), AccountKey("telegram", BEN.id))


@pytest.fixture(autouse=True)
def _spans_of_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the adapter has them."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
def double() -> Double:
    """A server with a group of two, in which the bot is."""
    double = Double(lambda: NOW)
    group = double.among.founds(Group(BASIC, bot="member"), ANA, BEN)
    assert group.count() == 3
    return double


def _events(double: Double, bot: str = "leeway_double_bot") -> list[Incoming]:
    """What the server tells of, as events."""
    updates = [Update.de_json(told) for told in double.waiting()]
    return [event for each in updates if (event := inbound.event(each, NOW, 42, bot)) is not None]


def _one(double: Double) -> Incoming:
    (event,) = _events(double)
    return event


# ---- what is heard


def test_t03_commands_presses_and_replies_are_heard_and_nothing_else(double: Double) -> None:
    """Privacy mode is on; with it off, what people say to each other is still theirs."""
    group = double.groups[BASIC]
    double.among.says_in(group, ANA, "/help@leeway_double_bot")
    double.among.says_in(group, ANA, "Are you coming home early?")
    double.presses(BEN, 1, "v1:c:curious:", group)
    own = {"message_id": 9, "chat": group.chat(), "date": NOW, "from": ANA.user(), "text": "Not to the bot."}
    to_ben = {**own, "message_id": 10, "from": BEN.user(), "reply_to_message": own}
    for told in (own, to_ben, {**own, "photo": []}):  # privacy mode is off: the server tells of everything
        double.push("message", told)
    double.push("edited_message", {**own, "edit_date": NOW})
    assert [event.deed for event in _events(double)] == [Command("help"), Pressed("v1:c:curious:")]


def test_who_did_it_keeps_their_own_chat(double: Double) -> None:
    """Which on Telegram has the number of the person; the group is where it was done."""
    double.presses(BEN, 1, "x", double.groups[BASIC])
    sender = _one(double).sender
    assert (sender.account, sender.chat) == (AccountKey("telegram", BEN.id), BEN.id)
    assert sender.place == Where(GroupKey("telegram", BASIC))
    assert (sender.profile.name, sender.profile.language) == ("Ben", "de")


def test_a_reply_to_the_bot_is_words(double: Double) -> None:
    """So that words of danger bring the card; it is no answer to anything."""
    group = double.groups[BASIC]
    said = double.among.says_in(group, ANA, "/help")
    assert said is not None
    said.author = double.robot.user()
    double._pending.clear()
    double.among.says_in(group, BEN, "Well put.", reply_to=said.id)
    assert isinstance(_one(double).deed, Typed)


def test_a_command_for_another_bot_is_not_ours(double: Double) -> None:
    """Whatever its case; one without a name is for everybody."""
    group = double.groups[BASIC]
    for text in ("/help@another_bot", "/HELP@Leeway_Double_Bot", "/help"):
        double.among.says_in(group, ANA, text)
    assert [event.deed for event in _events(double)] == [Command("help"), Command("help")]


def test_t10_whoever_stays_anonymous_is_nobody(double: Double) -> None:
    """Their command is heard as nobody's; the words of a channel that is tied to the group are not heard."""
    group = double.groups[BASIC]
    double.among.says_in(group, ANA, "/curious", sender_chat=group.chat())
    double.among.says_in(group, ANA, "/curious", sender_chat={"id": -100777, "type": "channel", "title": "News"})
    event = _one(double)
    assert (event.deed, event.sender) == (Nameless(), nobody(Where(GroupKey("telegram", BASIC))))


@pytest.mark.parametrize(
    ("standings", "deeds"),
    [
        (["left", "member"], [Removed(), Added()]),
        (["administrator"], [Added()]),
        (["restricted", "member"], [Muted(), Added()]),
        (["kicked"], [Removed()]),
    ],
)
def test_t08_what_becomes_of_the_bot_in_a_group(double: Double, standings: list[str], deeds: list[Deed]) -> None:
    """By whomever; whoever stays anonymous is nobody."""
    for standing in standings:
        double.among.stands(double.groups[BASIC], ANA, standing)
    events = _events(double)
    assert [event.deed for event in events] == deeds
    assert {event.sender.account.user for event in events} == {ANA.id}
    double._pending.clear()
    double.among.stands(double.groups[BASIC], None, "member")
    assert _one(double).sender == nobody(Where(GroupKey("telegram", BASIC)))


def test_t09_both_ends_of_a_move_say_the_same(double: Double) -> None:
    """Whichever comes first."""
    double.among.upgrades(double.groups[BASIC], ANA, FORUM)
    before = nobody(Where(GroupKey("telegram", BASIC)))
    assert [(e.sender, e.deed) for e in _events(double)] == [(before, MovedTo(FORUM))] * 2


def test_others_who_come_are_told_of(double: Double) -> None:
    """And who leaves, not: it takes nothing from anybody."""
    double.among.joins(double.groups[BASIC], EVA)
    double.among.leaves(double.groups[BASIC], EVA)
    assert _one(double).deed == Joined((AccountKey("telegram", EVA.id),))


def test_t11_a_topic_is_one_only_in_a_forum(double: Double) -> None:
    """Elsewhere, a thread's number is that of a reply."""
    group = double.groups[BASIC]
    for more in ({"topic": 7}, {"message_thread_id": 7}):
        double.among.says_in(group, ANA, "/curious", **more)
    places = [event.sender.place for event in _events(double)]
    assert places == [Where(GroupKey("telegram", BASIC), 7), Where(GroupKey("telegram", BASIC))]


# ---- what is said


def _play(play: Callable[[Rig, Group], Awaitable[None]], *members: Person, chat: int = BASIC) -> None:
    async def whole() -> None:
        async with rig() as made:
            group = made.double.among.founds(Group(chat, bot="member"), *(members or (ANA, BEN)))
            await play(made, group)

    asyncio.run(whole())


def _to(group: Group, text: str = "A question is open.", **among: Any) -> Message:
    delivery = among.pop("delivery", 1)
    choices = among.pop("choices", ())
    account = AccountKey("telegram", 0)
    return Message(account, group.id, delivery, text, choices, among=Among(**among))


def test_no_phone_rings_for_a_group() -> None:
    """What is said there tells nobody at night; into its topic, where there are topics."""

    async def play(rig: Rig, group: Group) -> None:
        group.topics = {7}
        await rig.adapter.send(_to(group, topic=7, choices=(Choice("v1:c:curious:", "a question"),)))
        (request,) = rig.double.made("sendMessage")
        assert (request.fields["disable_notification"], request.fields["message_thread_id"]) == ("true", "7")
        await rig.say()
        assert "disable_notification" not in rig.double.made("sendMessage")[-1].fields

    _play(play, chat=FORUM)


def test_t11_a_topic_that_is_gone_is_done_without() -> None:
    """Once; then it is known to be gone."""

    async def play(rig: Rig, group: Group) -> None:
        group.topics = {7}
        for delivery in (1, 2):
            await rig.adapter.send(_to(group, topic=8, delivery=delivery))
        tried = [request.fields.get("message_thread_id") for request in rig.double.made("sendMessage")]
        assert tried == ["8", None, None]

    _play(play, chat=FORUM)


@pytest.mark.parametrize(("start", "address"), [("g-abc", "?start=g-abc"), ("", ""), ("not a payload", "")])
def test_the_way_to_their_own_chat(start: str, address: str) -> None:
    """A link to the bot, with what they bring there."""

    async def play(rig: Rig, group: Group) -> None:
        await rig.adapter.send(_to(group, door=Doorway("start me", start)))
        (row,) = rig.double.bots[-1].keyboard["inline_keyboard"]  # type: ignore[index]
        assert row == [{"text": "start me", "url": f"https://t.me/{rig.double.robot.username}{address}"}]

    _play(play)


# ---- what opens there


@pytest.mark.parametrize(
    ("members", "opens"),
    [((ANA,), False), ((ANA, BEN), True), ((ANA, BEN, EVA), False), ((ANA, EVA), False), ((), False)],
)
def test_answers_open_before_the_two_alone(members: tuple[Person, ...], opens: bool) -> None:
    """Counted just before: one fewer, one more, and two of whom one is somebody else."""

    async def play(rig: Rig, group: Group) -> None:
        group.members = {who.id: who for who in members}
        if opens:
            await rig.adapter.send(_to(group, "Bees.", only=TWO, people=2))
            assert rig.double.bots[-1].text == "Bees."
        else:
            with pytest.raises(Overheard):
                await rig.adapter.send(_to(group, "Bees.", only=TWO, people=2))
            assert rig.double.bots == []

    _play(play)


def test_of_a_couple_on_two_platforms_the_number_decides() -> None:
    """The other one's account there is not known: two people and the bot, and one of them is Ana."""

    async def play(rig: Rig, group: Group) -> None:
        group.members = {EVA.id: EVA, ANA.id: ANA}
        await rig.adapter.send(_to(group, only=TWO[:1], people=2))
        group.members = {EVA.id: EVA, BEN.id: BEN}
        with pytest.raises(Overheard):
            await rig.adapter.send(_to(group, delivery=2, only=TWO[:1], people=2))

    _play(play)


def test_a_public_group_is_read_by_anybody() -> None:
    """It has a name of its own on Telegram: whoever looks it up reads it, and counts as nobody."""

    async def play(rig: Rig, group: Group) -> None:
        group.username = "the_two_of_us"
        with pytest.raises(Overheard):
            await rig.adapter.send(_to(group, only=TWO, people=2))

    _play(play, chat=FORUM)


def test_a_member_under_restrictions_who_has_left_is_not_there() -> None:
    """Telegram still calls them restricted."""

    async def play(rig: Rig, group: Group) -> None:
        group.gone = {BEN.id}
        group.members[EVA.id] = EVA
        del group.members[BEN.id]
        with pytest.raises(Overheard):
            await rig.adapter.send(_to(group, only=TWO, people=2))

    _play(play)


def test_where_nobody_says_who_is_there_nothing_opens() -> None:
    """A group that hides its members from bots."""

    async def play(rig: Rig, group: Group) -> None:
        group.hides = True
        with pytest.raises(Overheard):
            await rig.adapter.send(_to(group, only=TWO, people=2))

    _play(play)


@pytest.mark.parametrize(
    ("fault", "raised"),
    [
        (Broken(done=False), TryLater),
        (RefusedError(403, "Forbidden: bot was kicked from the group chat"), Unreachable),
        (RefusedError(429, "Too Many Requests: retry after 5", retry_after=5), TryLater),
    ],
)
@pytest.mark.parametrize("method", ["getChat", "getChatMemberCount", "getChatMember"])
def test_a_count_that_fails_has_said_nothing(fault: Any, raised: type[Exception], method: str) -> None:
    """It certainly did not arrive, and is tried again."""

    async def play(rig: Rig, group: Group) -> None:
        rig.double.faults[method].append(fault)
        with pytest.raises(raised):
            await rig.adapter.send(_to(group, only=TWO, people=2))
        assert rig.double.made("sendMessage") == []

    _play(play)


def test_t27_where_the_bot_may_not_write() -> None:
    """Taken out, or its rights: the group cannot be reached; a move is told of."""

    async def play(rig: Rig, group: Group) -> None:
        for standing in ("kicked", "left", "restricted"):
            group.bot = standing
            with pytest.raises(Unreachable):
                await rig.adapter.send(_to(group))
        group.bot = "member"
        rig.double.among.upgrades(group, ANA, FORUM)
        with pytest.raises(Migrated) as moved:
            await rig.adapter.send(Message(AccountKey("telegram", 0), BASIC, 9, "Well?", among=Among()))
        assert moved.value.chat == FORUM

    _play(play)


# ---- what one alone is told


def test_t14_a_press_in_a_group_is_answered_with_what_it_came_to() -> None:
    """In the little window that nobody else sees; of more than it holds, the beginning. In private, at once."""

    async def play(rig: Rig, group: Group) -> None:
        async def take(event: Incoming) -> str | None:
            rig.heard.append(event)
            return "For another two. " * 20 if event.sender.place else "not said"

        running = asyncio.create_task(rig.adapter.run(take))
        try:
            query = rig.double.presses(EVA, 1, "v1:c:curious:", group)
            await rig.double.until(lambda: query in rig.double.answered)
            private = rig.double.presses(ANA, 1, "v1:c:help:")
            await rig.double.until(lambda: private in rig.double.answered)
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
        ((user, told),) = rig.double.asides
        assert user == EVA.id
        assert told.startswith("For another two. For")
        assert len(told) <= 200

    _play(play)


def test_t03_that_privacy_mode_is_off_is_said_at_the_start() -> None:
    """Whoever runs the bot reads what follows from it, and how to mend it."""

    async def play(rig: Rig, group: Group) -> None:
        rig.double.robot = _Reading()
        with capture_logs() as logs:
            rig.run()
            await rig.double.until(lambda: bool(rig.double.made("getUpdates")))
        assert [log["event"] for log in logs] == ["telegram.privacy"]
        assert "/setprivacy" in logs[0]["why"]

    _play(play)


class _Reading(Robot):
    """A bot whose privacy mode was switched off."""

    def myself(self) -> dict[str, Any]:
        """What `getMe` tells."""
        return super().myself() | {"can_read_all_group_messages": True}


def test_the_sender_in_private_has_no_place(double: Double) -> None:
    """Everything as before."""
    double.presses(ANA, 1, "x")
    assert isinstance(_one(double).sender, Sender)
    assert _one(double).sender.place is None
