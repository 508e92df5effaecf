"""The line of the dance: whose it is, and with whom it began."""

from __future__ import annotations

from tests.test_bot.phones import DAY, Phone, Town

WEEK = 7 * DAY


def _dances(phone: Phone, felt: str = "4", wished: str = "5", room: str = "about right") -> list[str]:
    phone.gives("dance")
    phone.presses(felt)
    phone.presses(wished)
    return phone.presses(room)


def _together(town: Town) -> None:
    """Four weeks in which both danced, and both would show their line."""
    town.couple()
    for week in range(4):
        for phone in (town.ana, town.ben):
            _dances(phone)
            if week == 2:
                phone.presses("yes, if both want it")
        town.later(WEEK)


def test_who_starts_over_finds_what_is_true_now(town: Town, ana: Phone, ben: Phone) -> None:
    """Ben has ended it meanwhile: his line is in no chart any more, and hers is for nobody."""
    _together(town)
    assert any("Ben's line" in said for said in _dances(ana))
    town.later(WEEK)
    ana.gives("dance")
    ben.gives("lines", "off")
    ana.gives("dance")
    ana.presses("start over")
    before = len(ana.past("dance.line")["dance.line"])
    ana.presses("4")
    ana.presses("5")
    assert not any("Ben's line" in said for said in ana.presses("about right"))
    assert len(ana.past("dance.line")["dance.line"]) == before


def test_weeks_with_somebody_else_make_no_line_for_a_new_one(town: Town, ana: Phone, eve: Phone) -> None:
    """Three weeks with Ben; with Eve, the first is the first."""
    town.couple()
    for _ in range(3):
        _dances(ana)
        town.later(WEEK)
    town.ben.gives("leave")
    town.ben.presses("leave now")
    ana.gives("pair")
    eve.gives("start", ana.code())
    eve.presses("Fine, and link me with Ana")
    ana.presses("Yes, that is Eve")
    assert not any("would you like eve" in said.lower() for said in _dances(ana))


def test_time_alone_that_is_too_much_is_a_wish_for_company(town: Town, ana: Phone) -> None:
    """It is heard, and there is a way to go after it."""
    town.begin()
    ana.gives("stop")
    for _ in range(3):
        _dances(ana, "4", "4", "too much")
        town.later(WEEK)
    said = _dances(ana, "4", "4", "too much")
    assert "You wished for more closeness in 4 of the last 4 weeks." in said
    assert "time together" in ana.labels() or any("do something with that" in each for each in said)
