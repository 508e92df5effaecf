"""Time alone: what the other may notice of it, and when the silence ends."""

from __future__ import annotations

from bot.commands.lines import SPACE_CLOSED
from tests.test_bot.phones import DAY, HOUR, MINUTE, Phone, Town

WEEK = 7 * DAY


def _takes(phone: Phone, how_long: str, who_tells: str) -> None:
    """Takes time, from now on."""
    phone.gives("space", "now")
    phone.types(how_long)
    if who_tells:
        phone.presses(who_tells)


def _heard(phone: Phone) -> list[tuple[int, str]]:
    return [(told.at, told.text) for told in phone.told]


def _asked(phone: Phone) -> bool:
    """Whether a question for both has come to a phone lately."""
    return any(button.label == "pass" for told in phone.told[-3:] for button in told.buttons)


def _a_week(*, takes_time: bool) -> Town:
    """Ben's week, in a world where Ana takes Sunday evening for herself and in one where she does not."""
    town = Town()
    town.couple()
    town.later(WEEK - 3 * HOUR)
    evening = town.now + 4 * HOUR
    if takes_time:
        _takes(town.ana, "5 hours", "nobody")
    town.later(evening - town.now)
    town.ben.types("A lighthouse.")
    town.later(3 * DAY)
    return town


def test_nobody_is_told_by_anything(town: Town) -> None:
    """Ben reads the same, at the same times, whether Ana takes time that nobody is told of or not."""
    one, other = _a_week(takes_time=True), _a_week(takes_time=False)
    assert _heard(one.ben) == _heard(other.ben)
    assert _heard(one.ana) != _heard(other.ana)


def test_who_is_told_has_silence_too(town: Town, ana: Phone, ben: Phone) -> None:
    """Until the same moment; told by nobody but the bot."""
    town.couple()
    _takes(ana, "2 hours", "send it")
    assert ben.person.silent_until == ana.person.silent_until
    assert ana.person.silent_until is not None
    assert 0 < town.now + 2 * HOUR - ana.person.silent_until <= 3 * MINUTE
    ana.presses("I'm back")
    _takes(ana, "2 hours", "I'll tell them myself")
    assert ben.person.silent_until is None
    assert ana.person.silent_until is not None


def test_stopping_it_ends_the_silence(town: Town, ana: Phone, ben: Phone) -> None:
    """For both, as when it is over."""
    town.couple()
    _takes(ana, "2 hours", "send it")
    ana.gives("stop")
    assert (ana.person.silent_until, ben.person.silent_until) == (None, None)


def test_it_is_over_when_its_time_is(town: Town, ana: Phone, ben: Phone) -> None:
    """Also for whoever never taps anything."""
    town.couple()
    _takes(ana, "2 hours", "send it")
    town.later(2 * HOUR + MINUTE)
    assert (ana.person.silent_until, ben.person.silent_until) == (None, None)
    assert ana.told[-1].text == "Welcome back. What did you do with the time? It stays with you unless you share it."


def test_of_two_at_once_the_longer_one_counts(town: Town, ana: Phone, ben: Phone) -> None:
    """Ana is back, and Ben's own time goes on."""
    town.couple()
    _takes(ana, "2 hours", "send it")
    _takes(ben, "3 hours", "nobody")
    until = ben.person.silent_until
    ana.presses("I'm back")
    assert (ana.person.silent_until, ben.person.silent_until) == (None, until)
    assert until is not None


def test_what_waited_comes_when_it_is_ended_early(town: Town, ana: Phone, ben: Phone) -> None:
    """At once, and not at the hour at which it would have ended."""
    town.couple()
    _takes(ana, "4 hours", "nobody")
    ben.gives("curious")
    town.later(20 * MINUTE)
    assert not _asked(ana)
    ana.presses("I'm back")
    assert _asked(ana)


def test_it_can_be_made_longer_up_to_a_day_in_all(town: Town, ana: Phone) -> None:
    """Twenty-three and a half hours and an hour are a day."""
    town.couple()
    _takes(ana, "23 hours 30 minutes", "nobody")
    before = ana.person.silent_until
    ana.presses("a little longer")
    ana.presses("an hour")
    assert before is not None
    assert ana.person.silent_until == before + 30 * MINUTE


def test_whoever_is_left_in_it_reads_so_at_once(town: Town, ana: Phone, ben: Phone) -> None:
    """The silence was about the two of them; Ana's own time goes on."""
    town.couple()
    _takes(ana, "5 hours", "send it")
    ana.gives("leave")
    ana.presses("leave now")
    assert ben.told[-1].text == town.words(SPACE_CLOSED)
    assert ben.person.silent_until is None
    assert ana.person.silent_until is not None


def test_a_new_partner_has_no_silence_of_which_the_old_one_was_told(town: Town, ana: Phone, ben: Phone) -> None:
    """What Eve is told, and when, has nothing to do with what was agreed before her."""
    town.couple()
    ana.gives("space")
    ana.types("tomorrow at 20:00")
    for label in ("two hours", "leave it unsaid", "this one", "send it"):
        ana.presses(label)
    ana.gives("leave")
    ana.presses("leave now")
    town.begin(town.eve)
    ana.gives("pair")
    town.eve.gives("pair", ana.code())
    town.eve.presses("Fine, and link me with Ana")
    ana.presses("Yes, that is Eve")
    town.later(DAY + HOUR)
    assert ana.person.silent_until is not None
    assert town.eve.person.silent_until is None
