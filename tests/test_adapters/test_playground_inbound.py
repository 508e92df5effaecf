"""What owners do becomes events."""

import pytest

from adapters.playground.inbound import event
from adapters.playground.messages import Browser, Deed, Happening, Owner, Update
from bot.events import Command, Edited, Incoming, Pressed, Profile, Sender, Typed, Unreadable
from bot.people import AccountKey


def _update(what: Happening, text: str, owner: Owner = Owner.ANA) -> Update:
    return Update(7, Deed(owner, what, text, at=100, chance=5, browser=Browser("Europe/Lisbon"), message=3))


def test_an_event_says_who_where_and_when() -> None:
    """Account, private chat and profile are those of the phone's owner."""
    sender = Sender(AccountKey("playground", 2), 2, Profile("Ben", "en", "Europe/Lisbon"))
    expected = Incoming("playground:7", 100, 5, sender, Typed("hello", "3"))
    assert event(_update(Happening.TYPED, "hello", Owner.BEN)) == expected


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("/start", Command("start")),
        ("/start K7QM-2RTX", Command("start", "K7QM-2RTX")),
        (" /Space  now or\nlater ", Command("space", "now or\nlater")),
    ],
)
def test_a_slash_makes_a_command(text: str, command: Command) -> None:
    """Its name is in small letters, what stands behind is kept as it is."""
    assert event(_update(Happening.TYPED, text)).deed == command


@pytest.mark.parametrize("text", ["/", "/ start", "1/2", "//start", "/café", "/" + "x" * 33, "", "nul\0 <b>"])
def test_what_is_no_command_is_typed(text: str) -> None:
    """Every other text comes as it was written."""
    assert event(_update(Happening.TYPED, text)).deed == Typed(text, "3")


@pytest.mark.parametrize(
    ("what", "text", "deed"),
    [
        (Happening.PRESSED, "v1:p:1:0:yes", Pressed("v1:p:1:0:yes")),
        (Happening.EDITED, "better", Edited("better", "3")),
        (Happening.UNREADABLE, "voice", Unreadable("voice")),
    ],
)
def test_everything_else_comes_as_what_it_is(what: Happening, text: str, deed: Pressed | Edited | Unreadable) -> None:
    """A press, an edit, a photo."""
    assert event(_update(what, text)).deed == deed
