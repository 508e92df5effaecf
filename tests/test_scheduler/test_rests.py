"""Rests and circumstances: fewer weekly prompts or none, and never more than one a week."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

import pytest

from bot.commands import rhythm
from bot.desk import Desk
from bot.effects import carry_out
from bot.engine.acts import Do, Set
from bot.engine.session import Json
from tests.test_bot.phones import DAY, HOUR, Phone, Town

INSTEAD = "a curiosity question instead"
STILL = "Still here, if you would like it:"
FAR_AND_WIDE = ("Europe/Lisbon", "Pacific/Auckland", "America/Los_Angeles", "Asia/Kathmandu", "Pacific/Kiritimati")
A_WEEK, TWO_WEEKS = timedelta(days=7), timedelta(days=14)


@pytest.fixture
def town() -> Town:
    """Ana and Ben are linked on a Sunday; their next prompt is a week away."""
    town = Town()
    town.couple()
    return town


def _set(town: Town, phone: Phone, **values: Json) -> None:
    """A setting is changed, as its conversation would."""
    with town.store.turn() as unit:
        desk = Desk(unit, town.library, town.now, 1, carry_out)
        carry_out(desk, None, Do(Set(values), phone.person.id))  # type: ignore[arg-type]  # no session is looked at
        unit.keep(desk.changes())


def _day(town: Town, days: int) -> str:
    return (datetime.fromtimestamp(town.now, UTC).date() + timedelta(days=days)).isoformat()


def _asked(town: Town, phone: Phone) -> list[date]:
    """The local days on which the week's prompt came to that phone, since the last time."""
    fresh = [told for told in phone.told[phone.read :] if not told.text.startswith(STILL)]
    phone.news()
    times = [told.at for told in fresh if any(button.label in {"pass", INSTEAD} for button in told.buttons)]
    return [datetime.fromtimestamp(at, ZoneInfo(phone.person.zone)).date() for at in times]


def _week(day: date) -> date:
    return date.fromisocalendar(*day.isocalendar()[:2], 1)


# ---- a rest


def test_no_question_before_the_rest_is_over(town: Town) -> None:
    """Three Sundays go by, and on the fourth it is there again, once."""
    _set(town, town.ben, rest=_day(town, 22))
    town.later(29 * DAY)
    assert _asked(town, town.ana) == [date(2026, 12, 20)]


def test_both_read_the_same(town: Town) -> None:
    """The same words for who asked for it and who did not, without a name."""
    _set(town, town.ben, rest=_day(town, 22))
    town.deliver()
    until = town.words(rhythm.RESTS, day=date(2026, 12, 14))
    assert town.ana.news() == town.ben.news() == [until]


def test_who_is_asleep_reads_of_it_in_the_morning(town: Town) -> None:
    """It is no reason to wake anybody."""
    town.later(5 * HOUR)
    _set(town, town.ana, rest=_day(town, 22))
    town.later(0)
    assert town.ben.news() == []
    town.later(8 * HOUR)
    assert len(town.ben.news()) == 1


def test_nobody_is_reminded_of_what_was_open_before(town: Town) -> None:
    """The question stays until its three days are over; nothing is sent about it."""
    town.later(DAY)
    town.ana.gives("curious")
    _set(town, town.ben, rest=_day(town, 22))
    town.later(2 * DAY)
    assert not any(told.text.startswith(STILL) for told in (*town.ana.told, *town.ben.told))
    assert town.ben.types("Still answered.")[0].startswith("Kept.")


def test_nobody_is_reminded_of_what_is_begun_in_it(town: Town) -> None:
    """By hand a question can be asked in a rest; it is not asked twice."""
    _set(town, town.ben, rest=_day(town, 22))
    town.later(DAY)
    town.ana.gives("curious")
    town.later(2 * DAY)
    assert len(_asked(town, town.ben)) == 1
    assert not any(told.text.startswith(STILL) for told in (*town.ana.told, *town.ben.told))


def test_a_question_that_waits_for_the_later_evening_stays_away() -> None:
    """In Auckland it was asked; Lisbon's evening would come thirteen hours later, and the rest comes before."""
    town = Town()
    town.ben.zone = "Pacific/Auckland"
    town.couple()
    due = town.ana.couple.next_due  # type: ignore[union-attr]
    assert due is not None
    town.later(due + HOUR - town.now)
    assert len(_asked(town, town.ben)) == 1
    _set(town, town.ben, rest=_day(town, 22))
    town.later(2 * DAY)
    assert _asked(town, town.ana) == []


def test_either_ends_it_early(town: Town) -> None:
    """Ana, though it was Ben's wish; the evening that was skipped stays skipped, also when a clock moves."""
    _set(town, town.ben, rest=_day(town, 22))
    town.later(8 * DAY)
    town.forget()
    _set(town, town.ana, rest=None)
    _set(town, town.ana, zone="Europe/Berlin")
    town.later(6 * DAY + 2 * HOUR)
    assert _asked(town, town.ana) == [date(2026, 12, 6)]


def test_a_rest_that_would_end_today_is_none(town: Town) -> None:
    """Both read when the next question comes."""
    _set(town, town.ben, rest=_day(town, 0))
    town.deliver()
    assert all("The rest is over" in phone.news()[0] for phone in (town.ana, town.ben))


def test_a_standstill_over_the_end_of_a_rest_makes_nothing_up(town: Town) -> None:
    """Evenings within the rest are not late; they were none."""
    _set(town, town.ben, rest=_day(town, 15))
    town.now += 16 * DAY
    town.later(0)
    town.later(5 * DAY)
    assert _asked(town, town.ana) == [date(2026, 12, 13)]


# ---- fewer prompts


def test_every_other_week(town: Town) -> None:
    """One Sunday yes, one Sunday no."""
    _set(town, town.ana, fits=["grief"])
    town.later(9 * 7 * DAY)
    days = _asked(town, town.ana)
    assert len(days) == 4
    assert {later - earlier for earlier, later in pairwise(days)} == {TWO_WEEKS}


def test_by_hand_in_the_week_between_counts_as_that_week_s(town: Town) -> None:
    """After it there is a week without one, too."""
    _set(town, town.ana, fits=["new-baby"])
    town.later(14 * DAY + HOUR)
    for phone in (town.ana, town.ben):
        phone.presses("pass")
    town.later(2 * DAY)
    town.ana.gives("curious")
    _asked(town, town.ana)
    town.later(21 * DAY)
    assert _asked(town, town.ana) == [date(2026, 12, 27)]


def test_every_week_again(town: Town) -> None:
    """When it is over, the next Sunday has a question."""
    _set(town, town.ana, fits=["grief"])
    town.later(7 * DAY + DAY)
    assert _asked(town, town.ana) == []
    _set(town, town.ben, fits=[])
    town.later(6 * DAY + HOUR)
    assert _asked(town, town.ana) == [date(2026, 12, 6)]


@pytest.mark.parametrize("seed", range(4))
def test_no_week_has_two_whatever_is_changed(seed: int) -> None:
    """Evenings, zones, circumstances, rests and rounds by hand, at any hour, for a year."""
    town, chance = Town(), Random(seed)
    town.couple()
    town.later(DAY)
    town.forget()
    seen: Counter[date] = Counter()
    by_hand = set[date]()
    for _ in range(40):
        _change(town, chance)
        if chance.random() < 0.2:
            today = datetime.fromtimestamp(town.now, ZoneInfo(town.ana.person.zone)).date()
            by_hand.add(_week(today))
            town.ana.gives("curious")
        until = town.now + chance.randrange(3 * DAY, 12 * DAY)
        while town.now < until:
            town.later(6 * HOUR)
            seen.update(map(_week, _asked(town, town.ana)))
    assert len(seen) > 10
    assert {week for week, times in seen.items() if times > 1} <= by_hand


def _change(town: Town, chance: Random) -> None:
    who = chance.choice((town.ana, town.ben))
    match chance.randrange(4):
        case 0:
            _set(town, who, zone=chance.choice(FAR_AND_WIDE))
        case 1:
            _set(town, who, fits=[*chance.choice(((), ("grief",)))])
        case 2:
            _set(town, who, rest=chance.choice((None, _day(town, chance.randrange(2, 20)))))
        case _:
            _set(town, who, rhythm=[chance.randrange(7), chance.randrange(9 * 60, 20 * 60)])


# ---- what is unfit


def test_what_is_unfit_stays_in_the_deck(town: Town) -> None:
    """Of ten questions in grief none is one that the deck keeps from it."""
    _set(town, town.ana, fits=["grief"])
    unfit = {card.id for card in town.library.decks["curiosity"] if "grief" in card.unfit}
    town.later(30 * 7 * DAY)
    names = ("curious.asked",)
    asked = [record["value"]["question"]["card"] for record in town.ana.past(*names)[names[0]]]  # type: ignore[index]
    assert len(asked) > 9
    assert not unfit.intersection(asked[1:])


# ---- how deep


def test_lighter_counts_at_once_for_both(town: Town) -> None:
    """Both read it, in the same words."""
    _set(town, town.ana, depth=-1)
    town.deliver()
    assert town.ana.news() == town.ben.news() == [town.words(rhythm.DEPTHS[rhythm.LIGHTER])]
    assert _depths(town) <= {1}


def test_deeper_needs_both(town: Town) -> None:
    """Until Ben wants it, too, he reads nothing of it, and nothing is deeper."""
    _set(town, town.ana, depth=1)
    town.deliver()
    assert (town.ana.news(), town.ben.news()) == ([town.words(rhythm.DEPTH_WAITS)], [])
    assert town.ana.couple is not None
    assert min(town.ana.couple.depths) == 0
    _set(town, town.ben, depth=1)
    town.deliver()
    assert town.ana.news() == town.ben.news() == [town.words(rhythm.DEPTHS[rhythm.DEEPER])]
    assert max(_depths(town)) == 3


def test_one_takes_the_depth_back(town: Town) -> None:
    """What both wanted ends when one does not any more; the other cannot undo that."""
    for phone in (town.ana, town.ben):
        _set(town, phone, depth=1)
    town.deliver()
    town.forget()
    _set(town, town.ben, depth=0)
    _set(town, town.ana, depth=1)
    town.deliver()
    assert town.ana.news() == [town.words(rhythm.DEPTHS[rhythm.USUAL]), town.words(rhythm.DEPTH_WAITS)]
    assert town.ben.news() == [town.words(rhythm.DEPTHS[rhythm.USUAL])]


def _depths(town: Town) -> set[int]:
    """How deep the questions of the next ten weeks are."""
    town.later(10 * 7 * DAY)
    names = ("curious.asked",)
    asked = [record["value"]["question"]["card"] for record in town.ana.past(*names)[names[0]][1:]]  # type: ignore[index]
    cards = {card.id: card.depth for card in town.library.decks["curiosity"]}
    return {cards[card] for card in asked}
