"""A good no: first of all whether it is safe; what is kept is nobody else's, and nothing tells how a no was taken."""

from __future__ import annotations

import pytest

from tests.test_bot.phones import DAY, HOUR, Phone, Town
from tests.test_trust.prying import at_noon, heard, takes_time, worlds

ASKED = "Can you drive to the airport?"
FIRST = "If it feels unsafe to say no to Ben, this one is not for you."
PARTS = ("this one",) * 3
WAYS = {
    "she leaves it": ("leave it",),
    "she keeps a no": ("go on", "a no of my own", ASKED, *PARTS, "keep it"),
    "she says it herself": ("go on", "a no of my own", ASKED, *PARTS, "I'll say it myself"),
    "she practises one": ("go on", "a no of my own", "make one up", "to take on one more errand", *PARTS),
    "she takes one": ("go on", "how to take a no", "Not with you.", "I breathed out", "this one"),
    "she keeps a yes": ("go on", "one yes that I really mean", "To the hills.", "keep it"),
}


def _says(phone: Phone, *deeds: str) -> None:
    """Goes through `/no`: taps what is a button, types all else."""
    phone.gives("no")
    for deed in deeds:
        phone.presses(deed) if deed in phone.labels() else phone.types(deed)


def _sends(phone: Phone) -> None:
    _says(phone, "go on", "a no of my own", ASKED, *PARTS, "send it")


def test_first_comes_whether_it_is_safe_every_time(town: Town, ana: Phone) -> None:
    """With a button to the card, a way to leave it, and nothing else to be seen before somebody goes on."""
    at_noon(town)
    for _ in range(3):
        ana.gives("no")
        first, asked = ana.told[-2:]
        assert (first.text, [button.label for button in first.buttons]) == (FIRST, ["safety"])
        assert [button.label for button in asked.buttons] == ["go on", "leave it"]
        assert any("call the emergency number first" in said for said in ana.presses("safety"))
        ana.presses("go on")
        ana.gives("stop")


@pytest.mark.parametrize("deeds", WAYS.values(), ids=WAYS)
def test_what_is_not_sent_is_told_by_nothing(deeds: tuple[str, ...]) -> None:
    """Not at once, not by the days that follow, not to somebody who tries everything."""
    one, other = worlds(at_noon, lambda ana: _says(ana, *deeds))
    assert one == other


def test_nothing_is_asked_of_whoever_gets_it(town: Town, ana: Phone, ben: Phone) -> None:
    """One message, no button, no question that is open, and nothing of it in what they may read again."""
    at_noon(town)
    before = len(ben.told)
    _sends(ana)
    (told,) = ben.told[before:]
    assert ASKED in told.text
    assert "nothing needs to be said back" in told.text
    assert (told.buttons, ben.sessions) == ((), [])
    assert not any(ASKED in said for said in ben.gives("history"))


def test_nothing_says_what_became_of_it() -> None:
    """Ana hears the same, whether Ben thanks her through Leeway, looks around, or does nothing at all."""

    def hers(*deeds: str) -> list[tuple[int, str, list[str]]]:
        town = Town()
        at_noon(town)
        _sends(town.ana)
        start = town.now
        for deed in deeds:
            town.ben.types(deed)
        town.ben.gives("help" if deeds else "safety")
        assert town.now < start + HOUR
        town.now = start + HOUR
        town.tick()
        town.later(4 * DAY)
        return heard(town.ana)

    assert hers("Fine.", "And why not?") == hers()


def test_it_waits_till_a_time_alone_is_over(town: Town, ana: Phone, ben: Phone) -> None:
    """Nothing unasked, least of all a no, while Ben has time for himself."""
    at_noon(town)
    takes_time(ben, "nobody")
    _sends(ana)
    assert not any(ASKED in told.text for told in ben.told)
    town.later(3 * HOUR)
    assert any(ASKED in told.text for told in ben.told)


def test_what_it_made_room_for_is_asked_of_its_writer_alone(town: Town, ana: Phone, ben: Phone) -> None:
    """Three days later; without the words of the no, and kept for nobody else."""
    at_noon(town)
    _sends(ana)
    told, hers = len(ben.told), len(ana.told)
    town.later(3 * DAY + 7 * HOUR)
    (asked,) = ana.told[hers:]
    assert "What did it make room for?" in asked.text
    assert ASKED not in asked.text
    ana.types("A whole evening.")
    town.later(2 * DAY)
    assert "A whole evening." in str(ana.past("made-room.room"))
    assert "A whole evening." not in str(ben.past("made-room.room"))
    assert ben.told[told:] == []
