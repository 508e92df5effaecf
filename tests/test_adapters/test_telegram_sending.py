"""Sending on Telegram: what leaves, and what each answer of the server's means."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from structlog.testing import capture_logs
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
    TimedOut,
)

from adapters.telegram import errors
from adapters.telegram.adapter import Access, Telegram
from bot.errors import DeliveryError, Migrated, Refused, TryLater, Uncertain, Unreachable
from bot.people import AccountKey
from bot.ports import Adapter, Attachment, Choice, Message
from tests.doubles.hand import Hand
from tests.doubles.telegram.double import KEPT, TOKEN, Broken
from tests.doubles.telegram.methods import RefusedError
from tests.doubles.telegram.rig import ANA, BEN, Rig, rig

Play = Callable[[Rig], Awaitable[None]]

YES_NO = (Choice("v1:p:1:2:yes", "Yes"), Choice("v1:p:1:2:no", "No"))


def _play(play: Play) -> None:
    async def whole() -> None:
        async with rig() as at_work:
            await play(at_work)

    asyncio.run(whole())


def _png(width: int, height: int) -> bytes:
    """The beginning of a picture, which is all that the double looks at."""
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + width.to_bytes(4) + height.to_bytes(4) + b"\r\n\0--\xff\r\n\r\n"


def test_it_is_an_adapter() -> None:
    """It has what every platform has."""
    adapter: Adapter = Telegram(Access(TOKEN), Hand())
    assert (adapter.platform, adapter.can.edits, adapter.can.units, adapter.can.nonce) == (
        "telegram",
        True,
        "utf16",
        False,
    )


# ---- T13, T15: buttons and edits


def test_t13_buttons_carry_their_tokens() -> None:
    """Choices in rows, side taps beneath them, a tick before what is ticked."""

    async def play(rig: Rig) -> None:
        ticked = (Choice("a", "belonging", ticked=True), Choice("b", "play"))
        await rig.say("Which?", choices=ticked, sides=(Choice("c", "pass"),), many=True)
        assert rig.double.bots[0].keyboard == {
            "inline_keyboard": [
                [{"text": "✓ belonging", "callback_data": "a"}, {"text": "play", "callback_data": "b"}],
                [{"text": "pass", "callback_data": "c"}],
            ]
        }

    _play(play)


@pytest.mark.parametrize("token", ["", "x" * 65, "я" * 33])
def test_t13_a_token_is_at_most_64_bytes(token: str) -> None:
    """What is longer is refused before anything leaves."""

    async def play(rig: Rig) -> None:
        with pytest.raises(Refused):
            await rig.say(choices=(Choice(token, "Yes"),))
        assert rig.double.requests == []

    _play(play)


def test_t13_exactly_64_bytes_go() -> None:
    """Cyrillic ones, too."""
    _play(lambda rig: _all_of(rig.say(choices=(Choice("я" * 32, "да"), Choice("x" * 64, "no")))))


async def _all_of(*sending: Awaitable[Any]) -> None:
    for each in sending:
        await each


def test_t15_used_buttons_are_taken_away_and_words_may_change() -> None:
    """An edit of the message that has them."""

    async def play(rig: Rig) -> None:
        receipt = await rig.say("Well?", choices=YES_NO)
        assert await rig.say(None, edits=receipt.message) == receipt
        assert (rig.double.bots[0].text, rig.double.bots[0].keyboard) == ("Well?", None)
        await rig.say("Well?\n→ Yes", edits=receipt.message)
        assert rig.double.bots[0].text == "Well?\n→ Yes"
        assert len(rig.double.bots) == 1

    _play(play)


def test_t15_what_is_there_already_or_gone_counts_as_done() -> None:
    """A double click, and a chat that was emptied: no error, and nothing said a second time."""

    async def play(rig: Rig) -> None:
        receipt = await rig.say("Well?", choices=YES_NO)
        for _ in range(2):
            assert await rig.say(None, edits=receipt.message) == receipt
            assert await rig.say("Well?", edits=receipt.message) == receipt
        assert (await rig.say(None, edits="999")).message == "999"
        assert len(rig.double.bots) == 1

    _play(play)


def test_t15_one_message_that_stays_keeps_no_other() -> None:
    """After two days the server refuses, and for one it refuses all: then each goes by itself, as far as it does."""

    async def play(rig: Rig) -> None:
        old = await rig.say("old")
        rig.clock.at += KEPT + 1
        young = [await rig.say(f"young {n}") for n in range(120)]
        await rig.say(None, removes=(old.message, *(receipt.message for receipt in young), "not a number"))
        assert rig.double.texts(ANA) == ["old"]
        assert [len(request.fields["message_ids"]) for request in rig.double.made("deleteMessages")] == [100, 21]

    _play(play)


def test_t15_a_removal_that_broke_off_is_made_again() -> None:
    """As any other message: nobody knows what became of it, and twice does no harm."""

    async def play(rig: Rig) -> None:
        said = await rig.say("Well?")
        rig.double.faults["deleteMessages"].append(Broken(done=True))
        with pytest.raises(Uncertain):
            await rig.say(None, delivery=7, removes=(said.message,))
        await rig.say(None, delivery=7, removes=(said.message,))
        assert rig.double.texts(ANA) == []

    _play(play)


def test_t15_any_other_refusal_of_an_edit_is_one() -> None:
    """It is our mistake, and is told as that."""

    async def play(rig: Rig) -> None:
        mine = rig.double.says(ANA, "hello")
        for edits in (str(mine.id), "seven", "٣"):
            with pytest.raises(Refused):
                await rig.say("Well?", edits=edits)

    _play(play)


def test_t15_words_too_long_for_an_edit_leave_the_old_ones() -> None:
    """The buttons go all the same."""

    async def play(rig: Rig) -> None:
        receipt = await rig.say("Well?", choices=YES_NO)
        await rig.say("x" * 4097, edits=receipt.message)
        assert (rig.double.bots[0].text, rig.double.bots[0].keyboard) == ("Well?", None)

    _play(play)


# ---- T17, T18: words


@pytest.mark.parametrize("text", ["x" * 9000, "😀" * 4096, ("word " * 300 + "\n\n") * 5, "a" + "👩‍👩‍👧" * 1000])
def test_t17_a_long_text_is_several_messages(text: str) -> None:
    """None longer than 4,096 UTF-16 units, nothing lost; the last has the buttons and is the receipt."""

    async def play(rig: Rig) -> None:
        receipt = await rig.say(text, choices=YES_NO)
        *before, last = rig.double.bots
        assert before
        assert all(posted.keyboard is None for posted in before)
        assert last.keyboard is not None
        assert receipt.message == str(last.id)
        assert "".join("".join(rig.double.texts(ANA)).split()) == "".join(text.split())

    _play(play)


def test_t17_exactly_4096_units_are_one_message() -> None:
    """With an emoji at the edge."""

    async def play(rig: Rig) -> None:
        await rig.say("x" * 4094 + "😀")
        assert rig.double.texts(ANA) == ["x" * 4094 + "😀"]

    _play(play)


def test_t17_a_try_after_half_of_it_goes_on_there() -> None:
    """Nobody reads the first half twice."""

    async def play(rig: Rig) -> None:
        rig.double.faults["sendMessage"].extend([0.0, RefusedError(429, "Too Many Requests", retry_after=1)])
        with pytest.raises(TryLater):
            await rig.say("a" * 4000 + "\n\n" + "b" * 4000, delivery=7)
        await rig.say("a" * 4000 + "\n\n" + "b" * 4000, delivery=7)
        assert rig.double.texts(ANA) == ["a" * 4000, "b" * 4000]

    _play(play)


@pytest.mark.parametrize(
    "text", ["<b>bold</b> & <script>", "_*[x](y)~`>#+-=|{}.!", "a\u202eb \u2067c\u2069", "\\u0041"]
)
def test_t18_words_arrive_as_they_were_written(text: str) -> None:
    """No parse mode, no preview of links: nothing that anybody writes is markup."""

    async def play(rig: Rig) -> None:
        receipt = await rig.say(text, choices=YES_NO)
        await rig.say(f"{text}!", edits=receipt.message)
        assert rig.double.texts(ANA) == [f"{text}!"]
        sent = [*rig.double.made("sendMessage"), *rig.double.made("editMessageText")]
        assert all("parse_mode" not in request.fields for request in sent)
        assert [request.fields["link_preview_options"] for request in sent] == [{"is_disabled": True}] * 2

    _play(play)


def test_t18_half_a_sign_is_refused() -> None:
    """It cannot be carried at all."""

    async def play(rig: Rig) -> None:
        for message in ({"text": "half \ud800"}, {"choices": (Choice("x", "\udc00"),)}):
            with pytest.raises(Refused):
                await rig.say(**message)

    _play(play)


def test_labels_are_cut_after_a_word() -> None:
    """At 64 units, the tick and "…" counted."""

    async def play(rig: Rig) -> None:
        await rig.say(choices=(Choice("a", "somebody " * 9, ticked=True), Choice("b", "😀" * 40)))
        (first,), (second,) = (rig.double.bots[0].keyboard or {})["inline_keyboard"]
        assert first["text"] == "✓ " + "somebody " * 5 + "somebody…"
        assert second["text"] == "😀" * 31 + "…"

    _play(play)


# ---- T12: an invitation


def test_t12_an_invitation_is_a_link_that_can_be_passed_on() -> None:
    """The link stands in place of the code, and a button opens Telegram's list of chats."""

    async def play(rig: Rig) -> None:
        await rig.say("Ana has a question.\nABCDEFGHIJKLMNOP", invite="ABCDEFGHIJKLMNOP")
        (posted,) = rig.double.bots
        link = "https://t.me/leeway_double_bot?start=ABCDEFGHIJKLMNOP"
        assert posted.text == f"Ana has a question.\n{link}"
        ((button,),) = (posted.keyboard or {})["inline_keyboard"]
        shared = httpx.URL(button["url"])
        assert (shared.host, shared.path) == ("t.me", "/share/url")
        assert shared.params == httpx.QueryParams({"url": link, "text": "Ana has a question."})
        assert "leeway_double_bot" in button["text"]

    _play(play)


@pytest.mark.parametrize("code", ["a.b", "x" * 65, "ü"])
def test_t12_a_code_that_no_link_carries_stands_there_bare(code: str) -> None:
    """It can be typed."""

    async def play(rig: Rig) -> None:
        await rig.say(f"Come: {code}", invite=code)
        assert (rig.double.bots[0].text, rig.double.bots[0].keyboard) == (f"Come: {code}", None)

    _play(play)


def test_t12_a_long_invitation_is_passed_on_by_its_link_alone() -> None:
    """An address has its limits."""

    async def play(rig: Rig) -> None:
        await rig.say("ж" * 1000 + " ABC", invite="ABC")
        ((button,),) = (rig.double.bots[0].keyboard or {})["inline_keyboard"]
        assert "text=" not in button["url"]

    _play(play)


# ---- T26: pictures and files


@pytest.mark.parametrize("kind", ["photo", "file"])
def test_t26_a_file_comes_with_its_words_and_buttons(kind: Any) -> None:
    """In one message, its bytes untouched; its words can be changed later."""

    async def play(rig: Rig) -> None:
        picture = Attachment("map.png", _png(800, 600), kind)
        receipt = await rig.say("Your map.", attachment=picture, choices=YES_NO)
        (request,) = rig.double.made("sendPhoto" if kind == "photo" else "sendDocument")
        assert [(file.name, file.content) for file in request.files.values()] == [("map.png", _png(800, 600))]
        assert (rig.double.bots[0].caption, rig.double.bots[0].keyboard is None) == ("Your map.", False)
        await rig.say("Your map.\n→ Yes", edits=receipt.message)
        assert (rig.double.bots[0].caption, rig.double.bots[0].keyboard) == ("Your map.\n→ Yes", None)
        await rig.say("x" * 2000, edits=receipt.message, choices=YES_NO)
        assert rig.double.bots[0].caption == "Your map.\n→ Yes"

    _play(play)


@pytest.mark.parametrize("picture", [_png(9000, 1001), b"no picture at all", _png(10, 10) + bytes(10 * 2**20)])
def test_t26_a_picture_that_is_refused_goes_as_a_file(picture: bytes) -> None:
    """Too wide, not one, or too big."""

    async def play(rig: Rig) -> None:
        await rig.say("Your map.", attachment=Attachment("map.png", picture, "photo"))
        (posted,) = rig.double.bots
        assert (posted.media["document"]["file_name"], posted.caption) == ("map.png", "Your map.")

    _play(play)


def test_t26_a_long_caption_comes_after_the_file() -> None:
    """As messages of its own; the last has the buttons."""

    async def play(rig: Rig) -> None:
        receipt = await rig.say("x" * 5000, attachment=Attachment("a.pdf", b"%PDF"), choices=YES_NO)
        file, first, second = rig.double.bots
        assert (file.caption, file.keyboard, first.keyboard) == (None, None, None)
        assert (len(first.text or "") + len(second.text or ""), receipt.message) == (5000, str(second.id))

    _play(play)


def test_t26_a_file_needs_no_words() -> None:
    """It goes without."""

    async def play(rig: Rig) -> None:
        await rig.say(None, attachment=Attachment("a.pdf", b"%PDF"))
        assert rig.double.bots[0].caption is None
        with pytest.raises(Refused):
            await rig.say(None)

    _play(play)


# ---- T2, T27: what becomes of it


def test_t02_nothing_is_ever_paid_for() -> None:
    """The double knows every field of every method that is used, and that one is not among them."""
    from tests.doubles.telegram.methods import FIELDS

    assert "allow_paid_broadcast" not in " ".join(FIELDS.values())


@pytest.mark.parametrize(
    ("code", "words", "raised"),
    [
        (403, "Forbidden: bot was blocked by the user", Unreachable),
        (403, "Forbidden: user is deactivated", Unreachable),
        (403, "Forbidden: bot can't initiate conversation with a user", Unreachable),
        (400, "Bad Request: chat not found", Unreachable),
        (400, "Bad Request: not enough rights to send text messages to the chat", Unreachable),
        (400, "Bad Request: TOPIC_CLOSED", Unreachable),
        (400, "Bad Request: MESSAGE_ID_INVALID", Refused),
        (500, "Internal Server Error", TryLater),
        (401, "Unauthorized", TryLater),
    ],
)
def test_t27_what_the_server_says(code: int, words: str, raised: type[DeliveryError]) -> None:
    """Each answer has its consequence."""

    async def play(rig: Rig) -> None:
        rig.double.faults["sendMessage"].append(RefusedError(code, words))
        with pytest.raises(raised):
            await rig.say()
        await rig.say()

    _play(play)


def test_t07_blocked_and_back() -> None:
    """The double's own answer, as after a real block."""

    async def play(rig: Rig) -> None:
        rig.double.blocks(ANA)
        with pytest.raises(Unreachable):
            await rig.say()
        rig.double.blocks(ANA, back=True)
        await rig.say()

    _play(play)


@pytest.mark.parametrize("as_span", ["true", "false"])
@pytest.mark.filterwarnings("ignore:.*PTB_TIMEDELTA:DeprecationWarning")
@pytest.mark.filterwarnings("ignore:.*PTB_TIMEDELTA:telegram.warnings.PTBDeprecationWarning")
def test_t01_the_servers_waiting_time_is_told(as_span: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """However the library gives it; and the chat is not tried again by the library itself."""

    async def play(rig: Rig) -> None:
        rig.double.faults["sendMessage"].append(RefusedError(429, "Too Many Requests: retry after 7", retry_after=7))
        with pytest.raises(TryLater) as raised:
            await rig.say()
        assert raised.value.after == 7
        assert len(rig.double.made("sendMessage")) == 1

    monkeypatch.setenv("PTB_TIMEDELTA", as_span)
    _play(play)
    assert errors.seconds(7) == errors.seconds(timedelta(seconds=7)) == 7.0


def test_t27_a_chat_that_moved_is_told_with_its_new_id() -> None:
    """The group became a supergroup."""

    async def play(rig: Rig) -> None:
        rig.double.migrated[ANA.id] = -(2**52) + 1
        with pytest.raises(Migrated) as raised:
            await rig.say()
        assert raised.value.chat == -(2**52) + 1

    _play(play)


def test_t27_what_broke_off_may_have_arrived() -> None:
    """It did here; nobody told."""

    async def play(rig: Rig) -> None:
        rig.double.faults["sendMessage"].extend([Broken(done=True), b"<html>504</html>"])
        for _ in range(2):
            with pytest.raises(Uncertain):
                await rig.say()
        assert len(rig.double.bots) == 1

    _play(play)


def test_t27_what_timed_out_may_have_arrived() -> None:
    """The server was slow."""

    async def play(rig: Rig) -> None:
        rig.adapter._requests[1]._client.timeout = httpx.Timeout(0.1)
        rig.double.faults["sendMessage"].append(0.5)
        with pytest.raises(Uncertain):
            await rig.say()

    _play(play)


def test_t27_what_never_left_goes_later() -> None:
    """Nobody listens there."""

    async def send() -> None:
        adapter = Telegram(Access(TOKEN, "http://127.0.0.1:9"), Hand())
        try:
            with pytest.raises(TryLater):
                await adapter.send(Message(AccountKey("telegram", 1), 1, 1, "Well?"))
            with pytest.raises(TryLater):
                await adapter.send(Message(AccountKey("telegram", 1), 1, 1, "ABC", invite="ABC"))
        finally:
            await adapter.close()

    asyncio.run(send())


def _from(error: TelegramError, cause: Exception) -> TelegramError:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "meaning"),
    [
        (Forbidden("Forbidden: bot was kicked from the group chat"), Unreachable),
        (BadRequest("Peer_id_invalid"), Unreachable),
        (BadRequest("Message is too long"), Refused),
        (ChatMigrated(-5), Migrated),
        (Conflict("x"), TryLater),
        (InvalidToken("x"), TryLater),
        (NetworkError("Bad Gateway"), TryLater),
        (_from(NetworkError("x"), httpx.ConnectError("x")), TryLater),
        (_from(TimedOut(), httpx.ConnectTimeout("x")), TryLater),
        (_from(TimedOut("Pool timeout"), httpx.PoolTimeout("x")), TryLater),
        (_from(TimedOut(), httpx.ReadTimeout("x")), Uncertain),
        (_from(TimedOut(), httpx.WriteTimeout("x")), Uncertain),
        (_from(NetworkError("x"), httpx.RemoteProtocolError("x")), Uncertain),
        (_from(NetworkError("x"), httpx.ReadError("x")), Uncertain),
        (TimedOut(), Uncertain),
        (TelegramError("Invalid server response"), Uncertain),
    ],
)
def test_t27_every_error_has_one_meaning(error: TelegramError, meaning: type[DeliveryError]) -> None:
    """One place decides; what is not known may have arrived."""
    assert type(errors.translated(error)) is meaning


def test_t27_a_refusal_never_quotes_what_somebody_wrote() -> None:
    """The server may."""
    error = BadRequest("Inline keyboard button url 'https://t.me/x?start=CODE' is invalid: " + "x" * 500)
    refused = errors.translated(error)
    assert isinstance(refused, Refused)
    assert "CODE" not in refused.why
    assert len(refused.why) <= 120


def test_another_platforms_message_is_refused() -> None:
    """It came the wrong way."""

    async def play(rig: Rig) -> None:
        with pytest.raises(Refused):
            await rig.adapter.send(Message(AccountKey("playground", 1), 1, 1, "Well?"))

    _play(play)


# ---- T29, T32


def test_t29_the_library_keeps_no_clock_of_its_own() -> None:
    """Prompts are due by a column; its job queue would skip what is a second late."""
    sources = (Path(__file__).parents[2] / "adapters" / "telegram").glob("*.py")
    assert [source.name for source in sources if "telegram.ext" in source.read_text()] == []


def test_t32_the_token_is_in_no_log(caplog: pytest.LogCaptureFixture) -> None:
    """Not at the most talkative level, where the HTTP client would write every address."""
    caplog.set_level(logging.DEBUG)

    async def play(rig: Rig) -> None:
        rig.double.faults["sendMessage"].extend([RefusedError(400, "Bad Request: x"), Broken(done=False)])
        rig.double.says(ANA, "Quittenmarmelade")
        rig.double.push("message", {"text": "Quittenmarmelade"})
        for who in (ANA, BEN):
            with pytest.raises(DeliveryError):
                await rig.say(to=who)
        await rig.all_heard()
        rig.double.answers.clear()  # one of them is not for the judge

    with capture_logs() as logs:
        _play(play)
    assert TOKEN not in caplog.text + str(logs) + repr(Access(TOKEN))
    assert "Quittenmarmelade" not in caplog.text + str(logs)
