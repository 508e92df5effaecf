"""Sending on Discord: what leaves, and what becomes of it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from adapters.discord.adapter import Discord
from bot.errors import DeliveryError, Refused, Uncertain
from bot.people import AccountKey
from bot.ports import Adapter, Attachment, Choice, Message
from tests.doubles.discord.double import Failing
from tests.doubles.discord.objects import Posted
from tests.doubles.discord.rig import ANA, BEN, Rig, in_haste, played

SEND = "POST /channels/{channel}/messages"
EDIT, REMOVE = (f"{method} /channels/{{channel}}/messages/{{message}}" for method in ("PATCH", "DELETE"))
YES_NO = (Choice("v1:p:1:2:yes", "Yes"), Choice("v1:p:1:2:no", "No"))


@pytest.fixture(autouse=True)
def _in_haste(monkeypatch: pytest.MonkeyPatch) -> None:
    in_haste(monkeypatch)


def _rows(posted: Posted) -> list[list[Any]]:
    return [[part.get("label", part["type"]) for part in row["components"]] for row in posted.components]


def test_it_is_an_adapter() -> None:
    """It has what every platform has."""

    async def play(rig: Rig) -> None:
        adapter: Adapter = rig.adapter
        can = adapter.can
        assert (adapter.platform, can.edits, can.units, can.nonce) == ("discord", True, "codepoints", True)
        assert (can.text_limit, can.label_limit, can.options_limit, can.deletes_for) == (2000, 80, 25, None)

    played(play)


# ---- words, buttons, files


def test_words_arrive_with_their_buttons() -> None:
    """Choices in rows, side taps beneath them, a tick before what is ticked; the receipt is the message."""

    async def play(rig: Rig) -> None:
        ticked = (Choice("a", "belonging", ticked=True), Choice("b", "play"))
        receipt = await rig.say("Which?", choices=ticked, sides=(Choice("c", "pass"),), many=True)
        (posted,) = rig.double.bots
        assert (posted.content, posted.channel, str(posted.id)) == ("Which?", ANA.dm, receipt.message)
        assert _rows(posted) == [["✓ belonging", "play"], ["pass"]]
        assert [part["custom_id"] for part in posted.components[0]["components"]] == ["a", "b"]
        assert receipt.before == ()

    played(play)


def test_d06_many_choices_are_a_select() -> None:
    """Two of them for thirty, each with its words; the side taps stay buttons."""

    async def play(rig: Rig) -> None:
        many = tuple(Choice(f"v1:{n}", f"a long label, number {n}") for n in range(30))
        await rig.say("Which?", choices=many, sides=(Choice("c", "pass"),))
        (posted,) = rig.double.bots
        assert _rows(posted) == [[3], [3], ["pass"]]
        first, second = (row["components"][0]["options"] for row in posted.components[:2])
        assert [option["value"] for option in [*first, *second]] == [choice.token for choice in many]

    played(play)


def test_d15_nobody_is_called_and_nothing_is_previewed() -> None:
    """Whatever anybody wrote: in a message, with a file, in an edit."""

    async def play(rig: Rig) -> None:
        words = "@everyone <@22> *loud* https://example.org"
        sent = await rig.say(words)
        await rig.say(words, attachment=Attachment("a.txt", b"a"))
        await rig.say(f"{words}!", edits=sent.message)
        bodies = [request.body for route in (SEND, EDIT) for request in rig.double.made(route)]
        assert [body["allowed_mentions"] for body in bodies] == [{"parse": []}] * 3
        assert bodies[0]["flags"] == 1 << 2
        assert all("embeds" not in body or not body["embeds"] for body in bodies)
        assert all("\\*loud\\*" in text for text in rig.double.texts(ANA))

    played(play)


@pytest.mark.parametrize("kind", ["photo", "file"])
def test_d20_a_file_comes_with_its_words_and_buttons(kind: Any) -> None:
    """In one message, its bytes untouched; what it says can be changed later, and the file stays."""

    async def play(rig: Rig) -> None:
        picture = Attachment("map.png", b"\x89PNG\0", kind, "A village")
        receipt = await rig.say("Your map.", attachment=picture, choices=YES_NO)
        (posted,) = rig.double.bots
        (made,) = rig.double.made(SEND)
        assert made.body["attachments"][0]["description"] == "A village"
        assert (posted.files, posted.content, _rows(posted)) == (
            [("map.png", b"\x89PNG\0")],
            "Your map.",
            [["Yes", "No"]],
        )
        await rig.say("Your map.\n→ Yes", edits=receipt.message)
        assert (posted.files, posted.content, _rows(posted)) == ([("map.png", b"\x89PNG\0")], "Your map.\n→ Yes", [])

    played(play)


def test_d20_words_too_long_for_a_file_come_after_it() -> None:
    """The last message has the buttons; a file needs no words."""

    async def play(rig: Rig) -> None:
        receipt = await rig.say("x" * 2001, attachment=Attachment("a.pdf", b"%PDF"), choices=YES_NO)
        file, first, second = rig.double.bots
        assert (file.content, _rows(file), _rows(first), _rows(second)) == ("", [], [], [["Yes", "No"]])
        assert (receipt.before, receipt.message) == ((str(file.id), str(first.id)), str(second.id))
        await rig.say(None, attachment=Attachment("a.pdf", b"%PDF"))
        with pytest.raises(Refused):
            await rig.say(None)

    played(play)


# ---- edits and removals


def test_used_buttons_are_taken_away_and_words_may_change() -> None:
    """An edit of the message that has them; a second one changes nothing more."""

    async def play(rig: Rig) -> None:
        receipt = await rig.say("Well?", choices=YES_NO)
        (posted,) = rig.double.bots
        for _ in range(2):
            assert await rig.say(None, edits=receipt.message) == receipt
            assert (posted.content, posted.components) == ("Well?", [])
        await rig.say("Well?\n→ Yes", edits=receipt.message, choices=YES_NO[:1])
        assert (posted.content, _rows(posted)) == ("Well?\n→ Yes", [["Yes"]])
        assert len(rig.double.bots) == 1

    played(play)


def test_words_too_long_for_an_edit_leave_the_old_ones() -> None:
    """The buttons go all the same."""

    async def play(rig: Rig) -> None:
        receipt = await rig.say("Well?", choices=YES_NO)
        await rig.say("x" * 2001, edits=receipt.message)
        assert (rig.double.bots[0].content, rig.double.bots[0].components) == ("Well?", [])

    played(play)


def test_what_is_gone_is_neither_changed_nor_missed() -> None:
    """Nothing is said a second time, and nothing raises."""

    async def play(rig: Rig) -> None:
        gone = await rig.say("Well?", choices=YES_NO)
        kept = await rig.say("kept")
        for _ in range(2):
            await rig.say(None, removes=(gone.message, "999", "not a number"))
        assert (await rig.say("Well!", edits=gone.message)).message == gone.message
        assert rig.double.texts(ANA) == ["kept"]
        assert str(rig.double.bots[1].id) == kept.message

    played(play)


def test_one_message_that_stays_keeps_no_other() -> None:
    """Hers cannot be taken out; those after it are. An edit of hers is our mistake."""

    async def play(rig: Rig) -> None:
        hers = rig.double.says(ANA, "mine")
        ours = [await rig.say(f"ours {number}") for number in range(3)]
        await rig.say(None, removes=(str(hers.id), *(receipt.message for receipt in ours)))
        assert rig.double.texts(ANA) == []
        assert not hers.gone
        with pytest.raises(Refused):
            await rig.say("Mine!", edits=str(hers.id))
        rig.double.complaints.clear()  # of both: no program of ours should do that

    played(play)


def test_a_removal_that_broke_off_goes_on_where_it_ended() -> None:
    """As any other message: what is out is not taken out again."""

    async def play(rig: Rig) -> None:
        said = [(await rig.say(f"{number}")).message for number in range(4)]
        rig.double.faults[REMOVE].extend([0.0, Failing(503, done=True)])
        with pytest.raises(Uncertain):
            await rig.say(None, delivery=7, removes=tuple(said))
        await rig.say(None, delivery=7, removes=tuple(said))
        assert rig.double.texts(ANA) == []
        assert len(rig.double.made(REMOVE)) == 5

    played(play)


@pytest.mark.parametrize("wrong", ["seven", "٣", "-1", ""])
def test_no_message_is_refused(wrong: str) -> None:
    """Before anything leaves."""

    async def play(rig: Rig) -> None:
        with pytest.raises(Refused):
            await rig.say("Well?", edits=wrong)
        assert rig.double.requests == []

    played(play)


# ---- who


def test_people_are_written_to_side_by_side() -> None:
    """One who has to wait keeps nobody waiting."""

    async def play(rig: Rig) -> None:
        await rig.say()
        rig.double.faults[SEND].append(0.5)
        slow = asyncio.create_task(rig.say("slow"))
        await rig.double.until(lambda: len(rig.double.made(SEND)) == 2)
        await rig.say("quick", to=BEN)
        assert not slow.done()
        await slow

    played(play)


def test_another_platforms_message_is_refused() -> None:
    """It came the wrong way."""

    async def play(rig: Rig) -> None:
        adapter: Discord = rig.adapter
        with pytest.raises(DeliveryError):
            await adapter.send(Message(AccountKey("telegram", 11), ANA.dm, 1, "Well?"))
        assert rig.double.requests == []

    played(play)
