"""Sending on Discord once: what may have arrived and is sent again arrives once."""

from __future__ import annotations

from typing import Any

import pytest

from bot.errors import TryLater, Uncertain
from bot.ports import Attachment, Choice
from tests.doubles.discord.double import Broken, Failing, Fault, Limited, RefusedError
from tests.doubles.discord.rig import ANA, Rig, in_haste, played

SEND = "POST /channels/{channel}/messages"
YES_NO = (Choice("v1:p:1:2:yes", "Yes"), Choice("v1:p:1:2:no", "No"))


@pytest.fixture(autouse=True)
def _in_haste(monkeypatch: pytest.MonkeyPatch) -> None:
    in_haste(monkeypatch)


@pytest.mark.parametrize("delivery", [7, 2**63 - 1])
def test_0_1_each_piece_of_a_delivery_has_a_nonce_of_its_own(delivery: int) -> None:
    """The same for the same piece, and never longer than the 25 characters that one may have."""

    async def play(rig: Rig) -> None:
        await rig.say("x" * 4001, delivery=delivery)
        nonces = [request.body["nonce"] for request in rig.double.made(SEND)]
        assert nonces == [f"{delivery}.{number}" for number in range(3)]
        assert all(request.body["enforce_nonce"] is True for request in rig.double.made(SEND))
        assert max(map(len, nonces)) <= 25

    played(play)


@pytest.mark.parametrize("fault", [Broken(done=True), Failing(503, done=True)])
@pytest.mark.parametrize("more", [{}, {"choices": YES_NO}, {"attachment": Attachment("a.pdf", b"%PDF")}])
def test_0_1_what_may_have_arrived_and_is_sent_again_arrives_once(fault: Fault, more: dict[str, Any]) -> None:
    """The second try's receipt is the first one's message; the next delivery is another message."""

    async def play(rig: Rig) -> None:
        rig.double.faults[SEND].append(fault)
        with pytest.raises(Uncertain):
            await rig.say("Well?", delivery=7, **more)
        receipt = await rig.say("Well?", delivery=7, **more)
        assert rig.double.texts(ANA) == ["Well?"]
        assert receipt.message == str(rig.double.bots[0].id)
        await rig.say("Well?", delivery=8, **more)
        assert rig.double.texts(ANA) == ["Well?", "Well?"]

    played(play)


def test_0_1_what_the_library_itself_sends_again_arrives_once() -> None:
    """After a 500 it does, with the same nonce."""

    async def play(rig: Rig) -> None:
        rig.double.faults[SEND].append(Failing(500, done=True))
        await rig.say("Well?", attachment=Attachment("a.pdf", b"%PDF"))
        assert len(rig.double.made(SEND)) == 2
        assert rig.double.texts(ANA) == ["Well?"]
        assert rig.double.bots[0].files == [("a.pdf", b"%PDF")]

    played(play)


def test_0_1_a_program_that_died_while_it_sent_sends_once() -> None:
    """The next one knows the delivery and nothing else; a part of it is there."""

    async def play(rig: Rig) -> None:
        rig.double.faults[SEND].extend([0.0, Broken(done=True)])
        text = "\n\n".join(letter * 1500 for letter in "abc")
        with pytest.raises(Uncertain):
            await rig.say(text, delivery=7)
        await rig.restart()
        receipt = await rig.say(text, delivery=7)
        assert rig.double.texts(ANA) == ["a" * 1500, "b" * 1500, "c" * 1500]
        assert [*receipt.before, receipt.message] == [str(posted.id) for posted in rig.double.bots]

    played(play)


@pytest.mark.parametrize("fault", [Limited(31), Broken(done=True), Broken(done=False), RefusedError(401, 0, "x")])
def test_0_1_a_try_after_half_of_it_goes_on_there(fault: Fault) -> None:
    """Nobody reads the first half twice, not even when the nonce is forgotten; the receipt has all of it."""

    async def play(rig: Rig) -> None:
        rig.double.faults[SEND].extend([0.0, fault])
        text = "a" * 2000 + "\n\n" + "b" * 2000
        with pytest.raises((TryLater, Uncertain)):
            await rig.say(text, delivery=7)
        rig.clock.at += 0 if fault == Broken(done=True) else 3600
        receipt = await rig.say(text, delivery=7, choices=YES_NO)
        assert rig.double.texts(ANA) == ["a" * 2000, "b" * 2000]
        assert [*receipt.before, receipt.message] == [str(posted.id) for posted in rig.double.bots]

    played(play)


def test_of_many_halves_the_latest_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory has an end; the oldest is forgotten first."""
    monkeypatch.setattr("adapters.half_sent.MOST", 2)

    async def play(rig: Rig) -> None:
        text = "a" * 2000 + "b"
        for delivery in (1, 2, 3):
            rig.double.faults[SEND].extend([0.0, Limited(31)])
            with pytest.raises(TryLater):
                await rig.say(text, delivery=delivery)
        rig.clock.at += 3600  # the server has forgotten all nonces
        for delivery in (1, 2, 3):
            await rig.say(text, delivery=delivery)
        assert sorted(rig.double.texts(ANA)) == ["a" * 2000] * 4 + ["b"] * 3

    played(play)
