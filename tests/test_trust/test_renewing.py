"""A no to renewing is never passed on: not by words, not by timing, not by what a command answers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.test_bot.phones import DAY, HOUR, MINUTE, Phone, Town

WEEK = 7 * DAY
KEEP, CHANGE, OFFER = "SECRET the mornings.", "SECRET the noise.", "SECRET an evening."
Play = Callable[[Phone], None]


def _silent(ana: Phone) -> None:
    """She never answers."""


def _half(ana: Phone) -> None:
    ana.types(KEEP)
    ana.types(CHANGE)


def _writes(ana: Phone) -> None:
    _half(ana)
    ana.types(OFFER)


def _not(ana: Phone) -> None:
    _writes(ana)
    ana.presses("not this time")
    ana.presses("leave it closed")


def _not_and_tries_to_go_back(ana: Phone) -> None:
    _not(ana)
    ana.gives("back")
    ana.gives("stop")


def _stops(ana: Phone) -> None:
    ana.types(KEEP)
    ana.gives("stop")


def _not_now(ana: Phone) -> None:
    ana.gives("later")


NOES = (_silent, _half, _writes, _not, _not_and_tries_to_go_back, _stops, _not_now)


def _renewing() -> Town:
    """The two have the ritual, and its first day has come for both."""
    town = Town()
    town.couple()
    _want_it(town, "friday")
    while not any(told.text.startswith("One thing to keep") for told in town.ana.told):
        town.later(HOUR)
    town.forget()
    return town


def _want_it(town: Town, day: str) -> None:
    """Both say yes to the ritual, and Ana chooses its day."""
    for phone, then in ((town.ana, "nobody"), (town.ben, "")):
        phone.gives("renew")
        phone.presses("yes")
        if then:
            phone.presses(then)
    town.ana.gives("renew")
    town.ana.presses("another day")
    town.ana.types(day)


def _renews(phone: Phone, choice: str = "renew") -> None:
    _writes(phone)
    phone.presses(choice)


def _what_ben_gets(ana: Play, ben: Play, *, first: str) -> list[tuple[int, str, tuple[str, ...]]]:
    """All that comes to Ben, with its second and its buttons, until long after the seven days. What the two do takes
    the same time in every play."""
    town = _renewing()
    begun = town.now
    for who in (first, "Ben" if first == "Ana" else "Ana"):
        play, phone = (ana, town.ana) if who == "Ana" else (ben, town.ben)
        play(phone)
        town.later(begun + HOUR * (1 if who == first else 2) - town.now)
    for day in range(1, 9):
        for command in ("renew", "help", "history", "rhythm", "back"):
            town.later(MINUTE)
            town.ben.gives(command)
        town.later(begun + 2 * HOUR + day * DAY - town.now)
    return [(told.at, told.text, tuple(button.label for button in told.buttons)) for told in town.ben.told]


@pytest.mark.trust
@pytest.mark.parametrize("first", ["Ana", "Ben"])
@pytest.mark.parametrize("ben", [_renews, _silent, _half])
@pytest.mark.parametrize("ana", NOES[1:], ids=lambda play: play.__name__)
def test_whatever_is_no_yes_looks_the_same_to_the_other(ana: Play, ben: Play, first: str) -> None:
    """Silence, half of it, all of it without a tap, a no, a stop: Ben gets the same words in the same second."""
    assert _what_ben_gets(ana, ben, first=first) == _what_ben_gets(_silent, ben, first=first)


@pytest.mark.trust
@pytest.mark.parametrize("ana", NOES, ids=lambda play: play.__name__)
def test_it_ends_when_the_seven_days_are_over_and_never_earlier(ana: Play) -> None:
    """Both read the same line, and nobody's words."""
    town = _renewing()
    ana(town.ana)
    _renews(town.ben)
    town.later(WEEK - 6 * HOUR)
    assert not any("This one stays closed" in told.text for told in (*town.ana.told, *town.ben.told))
    town.later(12 * HOUR)
    closed = [[told for told in phone.told if "This one stays closed" in told.text] for phone in (town.ana, town.ben)]
    assert [len(each) for each in closed] == [1, 1]
    assert closed[0][0].text == closed[1][0].text
    assert not any("SECRET" in told.text for told in town.ben.told)


@pytest.mark.trust
def test_two_yeses_open_at_once_and_a_wish_to_talk_is_nobodys() -> None:
    """In the moment of the second one; the line about talking is the same for both."""
    town = _renewing()
    _renews(town.ana, "renew and talk")
    assert not any("SECRET" in told.text for told in town.ben.told)
    _renews(town.ben)
    for phone, name in ((town.ana, "Ben"), (town.ben, "Ana")):
        news = [told.text for told in phone.told if told.at == town.now]
        assert any(f"{name} renews." in text and KEEP in text for text in news)
        assert "One of you would like to talk about it." in news


def test_a_day_that_most_years_lack_is_a_day_like_others() -> None:
    """The 29th of February opens and closes; the next one is thirteen weeks later, the 30th of May."""
    town = Town(at=1_833_303_600)  # the 4th of February 2028, a Friday, 19:00 in Lisbon
    town.couple()
    _want_it(town, "29/2")
    town.later(26 * DAY)
    for phone in (town.ana, town.ben):
        _renews(phone)
    for phone in (town.ana, town.ben):
        assert any("The next date is Tuesday 30 May." in told.text for told in phone.told)


def test_what_never_opened_stays_with_its_writer() -> None:
    """Private, with its question; the other's history has nothing of it."""
    town = _renewing()
    _writes(town.ana)
    town.later(WEEK + DAY)
    assert KEEP in "".join(town.ana.gives("history"))
    assert KEEP not in "".join(town.ben.gives("history"))


def test_who_is_left_in_the_middle_keeps_their_words() -> None:
    """The renewal ends with the couple; nothing opens, and what was written stays with whoever wrote it."""
    town = _renewing()
    _writes(town.ana)
    town.ben.gives("leave")
    town.ben.presses("leave now")
    town.later(WEEK)
    assert not any("This one stays closed" in told.text for told in (*town.ana.told, *town.ben.told))
    assert KEEP in "".join(town.ana.gives("history"))


# ---- what the ritual's own commands would tell


def _both_want_it() -> Town:
    town = Town()
    town.couple()
    _want_it(town, "friday")
    town.forget()
    return town


def _ends(phone: Phone) -> None:
    phone.gives("renew")
    phone.presses("end the ritual")


@pytest.mark.trust
def test_who_ends_it_and_begins_it_again_learns_nothing_of_the_other() -> None:
    """Ben reads the same whether Ana has ended it or not."""

    def heard(*, ana_ends: bool) -> list[str]:
        town = _both_want_it()
        if ana_ends:
            _ends(town.ana)
        town.ben.news()
        _ends(town.ben)
        town.ben.gives("renew")
        return [*town.ben.presses("yes"), *town.ben.gives("renew"), *town.ben.gives("rhythm")]

    assert heard(ana_ends=True) == heard(ana_ends=False)


@pytest.mark.trust
def test_who_has_ended_it_is_not_told_of_another_day() -> None:
    """Ben moves it, and hears so; Ana has nothing to do with it any more."""
    town = _both_want_it()
    _ends(town.ana)
    town.ana.news()
    town.ben.gives("renew")
    town.ben.presses("another day")
    assert any("opens on" in said for said in town.ben.types("saturday"))
    assert town.ana.news() == []


@pytest.mark.trust
def test_the_other_is_asked_once_in_a_season() -> None:
    """However often somebody would have it asked; a silent no is one."""
    town = Town()
    town.couple()
    town.ana.gives("renew")
    town.ana.presses("yes")
    town.ana.presses("you ask")
    for _ in range(4):
        town.later(2 * DAY)
        town.ana.gives("renew")
        town.ana.presses("ask them")
    asked = [told for told in town.ben.told if "Would you?" in told.text]
    assert len({told.text for told in asked}) == 1
    assert len([s for s in town.ben.sessions if s.exercise == "ritual-asked"]) == 1


def test_a_yes_is_always_answered() -> None:
    """Also to a question whose asker has changed their mind."""
    town = Town()
    town.couple()
    town.ana.gives("renew")
    town.ana.presses("yes")
    town.ana.presses("you ask")
    town.ana.gives("renew")
    town.ana.presses("take my yes back")
    assert town.ben.presses("yes") == ["Noted. It begins once Ana has said yes, too."]


# ---- its day


def _days_of_renewing(town: Town) -> list[str]:
    return [told.text.partition("date is ")[2] for told in town.ana.told if "This one stays closed" in told.text]


def test_its_day_stays_the_same_weekday_however_far_apart_they_live() -> None:
    """Auckland and Los Angeles: thirteen weeks on, and again."""
    town = Town()
    town.ana.zone, town.ben.zone = "Pacific/Auckland", "America/Los_Angeles"
    town.couple()
    _want_it(town, "friday")
    town.later(2 * 14 * WEEK)
    days = _days_of_renewing(town)
    assert len(days) >= 2
    assert {day.split()[0] for day in days} == {"Friday"}


def test_after_a_standstill_it_opens_all_the_same() -> None:
    """Three days late, for both, and for seven days."""
    town = _both_want_it()
    town.now += 9 * DAY
    town.later(HOUR)
    for phone in (town.ana, town.ben):
        assert any(told.text.startswith("One thing to keep") for told in phone.told)


def test_another_day_costs_no_week() -> None:
    """Moved six times, and the week's prompt comes as it would have come."""
    moved, still = _both_want_it(), _both_want_it()
    for day in ("saturday", "1/2", "2/2", "3/2", "1/5", "1/6"):
        moved.ana.gives("renew")
        moved.ana.presses("another day")
        moved.ana.types(day)
    assert moved.ana.couple is not None
    assert still.ana.couple is not None
    assert moved.ana.couple.season == still.ana.couple.season
    moved.later(WEEK + HOUR)
    assert any(told.text.startswith("And beside it") for told in moved.ana.told)


def test_a_rest_that_ends_early_leaves_nothing_behind() -> None:
    """The day was moved out of it, which both hear; the prompts come again the next Sunday."""
    town = _both_want_it()
    town.ben.gives("rhythm")
    town.ben.presses("a rest")
    town.ben.presses("four weeks")
    assert any("The next time to renew opens on" in said for said in town.ana.news())
    town.later(DAY)
    town.ana.gives("rhythm")
    town.ana.presses("end the rest")
    town.later(2 * WEEK)
    assert any(told.text.startswith("And beside it") for told in town.ana.told)


def test_who_was_left_is_not_asked_about_the_two() -> None:
    """What Ana had open about the ritual is over."""
    town = _both_want_it()
    town.ana.gives("renew")
    town.ben.gives("leave")
    town.ben.presses("leave now")
    assert not any("renew" in said for said in town.ana.gives("help"))
