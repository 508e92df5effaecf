"""A calendar file on a tap: when, and nothing of what."""

from __future__ import annotations

import pytest

from bot.commands import lines
from bot.engine.ids import PersonId
from tests.test_bot.phones import Phone, Town


def _agreed(town: Town) -> None:
    """Ana would like a walk tonight, and Ben says yes."""
    town.couple()
    town.ana.gives("near")
    for label in ("a walk", "tonight", "an hour", "this one", "send it"):
        town.ana.presses(label)
    town.ben.presses("yes")


def test_both_may_have_it_and_nobody_gets_it_unasked(town: Town, ana: Phone, ben: Phone) -> None:
    """Under the yes, on each phone; "Busy" on a calendar that others may see."""
    _agreed(town)
    assert "a calendar file" in ana.labels()
    for phone in (ana, ben):
        assert phone.presses("a calendar file") == ["For your calendar: Busy"]


@pytest.mark.parametrize("argument", ["", "7", "9-8", "8-8", "-1-5", "x-y", "1" * 30 + "-" + "2" * 30, "١-٢"])
def test_a_forged_time_brings_nothing(town: Town, ana: Phone, argument: str) -> None:
    """One line says so."""
    town.couple()
    assert ana.gives("calendar", argument)[0] == town.words(lines.STALE)


def test_it_tells_nobody(town: Town, ana: Phone, ben: Phone) -> None:
    """That Ana has put it into her calendar is hers."""
    _agreed(town)
    ben.news()
    ana.presses("a calendar file")
    assert ben.news() == []
    assert ben.person.id != PersonId(0)
