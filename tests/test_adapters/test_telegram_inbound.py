"""What an update means: pure, from objects as the server sends them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from telegram import Update

from adapters.telegram import inbound
from bot.events import Blocked, Command, Deed, Edited, Incoming, Pressed, Profile, Returned, Sender, Typed, Unreadable
from bot.people import AccountKey
from tests.doubles.telegram.double import Double
from tests.doubles.telegram.objects import Person, media

NOW = 1_800_000_000
ANA = Person(2**52 - 1, "Ana", "pt-BR")
BOT = {"id": 700700700, "is_bot": True, "first_name": "Leeway"}
FAMILY = {"id": -100123, "type": "supergroup", "title": "Family"}


def _told(**update: Any) -> Update:
    """An update, through JSON as on the wire."""
    return Update.de_json(json.loads(json.dumps({"update_id": 7, **update})))


def _message(**fields: Any) -> dict[str, Any]:
    return {"message_id": 5, "date": NOW, "chat": ANA.chat(), "from": ANA.user(), **fields}


def _event(update: Update, now: int = NOW) -> Incoming | None:
    return inbound.event(update, now, 42)


def _deed(update: Update) -> Deed | None:
    event = _event(update)
    return event.deed if event else None


def _last(double: Double) -> Update:
    return Update.de_json(double._pending[max(double._pending)])


@pytest.fixture(autouse=True)
def _spans_of_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the adapter has them."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
def double() -> Double:
    """A server whose phones write real objects."""
    return Double(lambda: NOW)


def test_words_are_words(double: Double) -> None:
    """With who said them, where, the message's id, and what it replies to."""
    first = double.says(ANA, "hello")
    second = double.says(ANA, "and this", reply_to=first.id)
    sender = Sender(AccountKey("telegram", ANA.id), ANA.id, Profile("Ana", "pt-BR"))
    typed = Typed("and this", str(second.id), str(first.id))
    assert _event(_last(double)) == Incoming(f"telegram:{double.pending[-1]}", NOW, 42, sender, typed)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("/start ABC-1_2", Command("start", "ABC-1_2")),
        ("/start", Command("start")),
        ("/Help@leeway_double_bot", Command("help")),
        ("/pair  AB CD\nEF ", Command("pair", "AB CD\nEF")),
    ],
)
def test_a_command_is_a_command(double: Double, text: str, command: Command) -> None:
    """Where the server marks one, at the beginning alone."""
    double.says(ANA, text)
    assert _deed(_last(double)) == command


@pytest.mark.parametrize("text", ["/", "/ no", "see /help", "5/2", "<b>_*[`\u202eab", "👩‍👩‍👧 /stop"])
def test_what_only_looks_like_one_is_words(double: Double, text: str) -> None:
    """And arrives as it was written."""
    posted = double.says(ANA, text)
    assert _deed(_last(double)) == Typed(text, str(posted.id))


def test_t06_an_edit_is_an_edit(double: Double) -> None:
    """Even of a command, which is not carried out once more; never a message."""
    posted = double.says(ANA, "/start")
    double.edits(ANA, posted.id, "/stop")
    assert _deed(_last(double)) == Edited("/stop", str(posted.id))


@pytest.mark.parametrize("kind", ["edited_message", "message"])
@pytest.mark.parametrize(
    "fields",
    [
        {"chat": FAMILY},
        {"chat": {"id": -5, "type": "group", "title": "Two"}},
        {"from": BOT},
        {"chat": FAMILY, "from": BOT | {"id": 1087968824}, "sender_chat": FAMILY},  # an anonymous admin
    ],
)
def test_t06_groups_bots_and_the_anonymous_are_not_heard(kind: str, fields: dict[str, Any]) -> None:
    """A group is never taken for a private chat."""
    assert _event(_told(**{kind: _message(text="hello", edit_date=NOW, **fields)})) is None


@pytest.mark.parametrize(
    "kind",
    ["channel_post", "edited_channel_post", "business_message", "edited_business_message", "guest_message"],
)
def test_t06_what_is_no_message_to_the_bot_is_not_heard(kind: str) -> None:
    """Channel posts, business and guest messages."""
    assert _event(_told(**{kind: _message(text="hello")})) is None


@pytest.mark.parametrize(
    "fields",
    [
        {"pinned_message": _message(text="hello")},
        {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}},
        {"write_access_allowed": {}},
        {"chat_background_set": {"type": {"type": "chat_theme", "theme_name": "x"}}},
        {},
    ],
)
def test_t06_the_platforms_own_words_are_not_heard(fields: dict[str, Any]) -> None:
    """Nobody wrote them."""
    assert _event(_told(message=_message(**fields))) is None


@pytest.mark.parametrize(
    ("sent", "what"),
    [
        ("photo", "photo"),
        ("voice", "voice"),
        ("audio", "voice"),
        ("round", "voice"),
        ("sticker", "sticker"),
        ("file", "file"),
        ("video", "file"),
        ("location", "file"),
        ("contact", "file"),
        ("dice", "file"),
        ("story", "file"),
    ],
)
def test_what_is_no_text_is_told_to_be_none(double: Double, sent: str, what: str) -> None:
    """Whatever it is, with words beneath it or without."""
    double.sends(ANA, sent, "beneath it")
    assert _deed(_last(double)) == Unreadable(what)


def test_an_album_is_one_event() -> None:
    """Ten pictures are answered once: the store drops what it has seen."""
    ids = {
        event.id
        for update in range(10)
        if (event := _event(_told(update_id=update, message=_message(media_group_id="1", **media("photo", update)))))
    }
    assert ids == {"telegram:album:1"}


def test_a_press_is_a_press(double: Double) -> None:
    """Under a message that the server no longer shows, too."""
    double.presses(ANA, 999, "v1:p:1:2:yes")
    assert _deed(_last(double)) == Pressed("v1:p:1:2:yes")


@pytest.mark.parametrize(
    "fields",
    [
        {"message": _message(chat=FAMILY | {"type": "channel"}, text="x")},
        {"inline_message_id": "1"},
        {"message": _message(text="x"), "data": None, "game_short_name": "x"},
        {"message": _message(text="x"), "from": BOT},
    ],
)
def test_a_press_elsewhere_is_not_heard(fields: dict[str, Any]) -> None:
    """In a channel, in inline mode, for a game, by a bot."""
    query = {"id": "1", "from": ANA.user(), "chat_instance": "1", "data": "x", **fields}
    update = _told(callback_query={name: value for name, value in query.items() if value is not None})
    assert _event(update) is None


def test_t07_a_block_and_its_end_are_heard(double: Double) -> None:
    """So that nothing has to fail before it is known."""
    double.blocks(ANA)
    assert _deed(_last(double)) == Blocked()
    double.blocks(ANA, back=True)
    assert _deed(_last(double)) == Returned()


def test_t23_the_language_is_a_guess_and_may_be_none(double: Double) -> None:
    """It is used once, when they are met; without one the bot has its own."""
    double.says(Person(1, "Ana", None), "hello")
    event = _event(_last(double))
    assert event is not None
    assert event.sender.profile == Profile("Ana", None)


@pytest.mark.parametrize(("late", "at"), [(0, NOW), (9, NOW), (10, NOW - 10), (3600, NOW - 3600), (-5, NOW)])
def test_what_was_written_long_ago_was_written_then(late: int, at: int) -> None:
    """What is a few seconds old was written now: two clocks are never quite the same."""
    event = _event(_told(message=_message(text="hello", date=NOW - late)))
    assert event is not None
    assert event.at == at


def test_every_kind_that_is_asked_for_is_understood(double: Double) -> None:
    """And nothing is asked for that would only be thrown away."""
    posted = double.says(ANA, "hello")
    double.edits(ANA, posted.id, "hello!")
    double.presses(ANA, 1, "x")
    double.blocks(ANA, back=True)
    updates = [Update.de_json(told) for told in double._pending.values()]
    assert all(_event(update) for update in updates)
    kinds = {kind for told in double._pending.values() for kind in told if kind != "update_id"}
    assert kinds == set(inbound.ALLOWED)
