"""Who can be written to because of what they did in a group, where a platform lets the bot write first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.events import Blocked, Command, Place
from bot.people import Account, AccountKey
from bot.ports import Capabilities
from bot.turns import Turns
from tests.test_bot.phones import Phone, Town

FIRST = Capabilities(
    text_limit=2000, label_limit=80, options_limit=25, edits=True, units="codepoints", writes_first=True
)


@pytest.fixture
def town() -> Town:
    """A town on a platform on which the bot may write first."""
    town = Town()
    town.library = replace(town.library, platforms={"playground": FIRST})
    town.turns = Turns(town.store, town.library)
    return town


def _asks(town: Town, phone: Phone) -> None:
    """Somebody gives a command in the group, where nobody tells which their own chat is."""
    event = phone.event(Command("pair"))
    sender = replace(event.sender, chat=-phone.user, place=Place(town.group_key))
    town.turns.take(replace(event, sender=sender))


def _account(town: Town, phone: Phone) -> Account:
    with town.store.turn() as unit:
        account = unit.account(AccountKey("playground", phone.user))
    assert account is not None
    return account


@pytest.mark.parametrize("blocked", [True, False])
def test_whose_own_chat_is_known_keeps_it(town: Town, blocked: bool) -> None:
    """Whatever the group says of it; who could not be reached is tried again there."""
    town.begin()
    if blocked:
        town.ana.does(Blocked())
    _asks(town, town.ana)
    assert (_account(town, town.ana).chat, _account(town, town.ana).reachable) == (town.ana.user, True)


def test_who_was_never_met_is_written_to_first(town: Town) -> None:
    """Where the adapter finds them."""
    _asks(town, town.ben)
    assert _account(town, town.ben).chat == -town.ben.user
