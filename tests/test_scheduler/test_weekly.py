"""The weekly prompt through the years: zones, changed clocks, standstills, and people who move."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from random import Random
from zoneinfo import ZoneInfo

import pytest

from bot.changes import SaveCouple
from bot.desk import Desk
from bot.effects import carry_out
from bot.engine.acts import Do, Set
from bot.engine.session import Json
from bot.seasons import LENGTH
from tests.test_bot.phones import DAY, HOUR, MINUTE, Phone, Town

CLOSED = "This question is closed for now. What was written stays with whoever wrote it."
INSTEAD = "a curiosity question instead"
STILL = "Still here, if you would like it:"
FAR_AND_WIDE = ("Europe/Lisbon", "Pacific/Auckland", "America/Los_Angeles", "Asia/Kathmandu", "Pacific/Kiritimati")
WEDNESDAY, SATURDAY = 2, 5


def _couple(ben: str = "Europe/Berlin", at: str | None = None) -> Town:
    """Ana in Lisbon and Ben elsewhere are linked on a Sunday; their next prompt is a week away."""
    town = Town() if at is None else Town(at=_epoch(at))
    town.ben.zone = ben
    town.couple()
    return town


def _epoch(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


def _due(town: Town) -> int:
    couple = town.ana.couple
    assert couple is not None
    assert couple.next_due is not None
    return couple.next_due


def _local(at: int, phone: Phone) -> datetime:
    return datetime.fromtimestamp(at, ZoneInfo(phone.person.zone))


def _asked(town: Town, phone: Phone) -> list[int]:
    """When the week's prompt came to that phone, since the last time; not when it was reminded of it."""
    fresh = [told for told in phone.told[phone.read :] if not told.text.startswith(STILL)]
    phone.news()
    return [told.at for told in fresh if any(button.label in {"pass", INSTEAD} for button in told.buttons)]


def _stands_still(town: Town, until: int) -> None:
    """Nothing happens until then; then everything that is due."""
    town.now = until
    town.later(0)


def _set(town: Town, phone: Phone, **values: Json) -> None:
    """A setting is changed, as its conversation would."""
    with town.store.turn() as unit:
        desk = Desk(unit, town.library, town.now, 1, carry_out)
        person = phone.person.id
        carry_out(desk, town.ana.sessions[0] if town.ana.sessions else None, Do(Set(values), person))  # type: ignore[arg-type]
        unit.keep(desk.changes())


def _weeks(town: Town, phone: Phone, until: int) -> Iterator[date]:
    """The Monday of the local week of each question that comes until then."""
    while town.now < until:
        town.later(min(HOUR, until - town.now))
        for at in _asked(town, phone):
            day = _local(at, phone).date()
            yield date.fromisocalendar(*day.isocalendar()[:2], 1)


# ---- whose evening


def test_the_days_of_a_round_count_from_the_later_of_the_two() -> None:
    """In Auckland it is asked thirteen hours earlier; it is reminded of, and closes, by Lisbon's clock for both."""
    town = _couple("Pacific/Auckland")
    early = _due(town)
    late = early + 13 * HOUR
    town.later(late - town.now)
    assert (_asked(town, town.ben), _asked(town, town.ana)) == ([early], [late])
    town.later(4 * DAY)
    told = [(told.at, told.text.split("\n")[0]) for told in town.ben.told if told.at > late]
    assert told == [(late + 36 * HOUR, STILL), (late + 3 * DAY, CLOSED)]


def test_nobody_hears_of_a_question_before_their_own_evening() -> None:
    """Ben would rather have another one, hours before Ana's evening: she is asked that one, at seven."""
    town = _couple("Pacific/Auckland")
    early = _due(town)
    town.later(early + HOUR - town.now)
    town.ben.presses("…")
    town.ben.presses("another question")
    town.later(early + 13 * HOUR - 1 - town.now)
    assert town.ana.news() == []
    town.later(1)
    assert len(_asked(town, town.ana)) == 1
    town.later(3 * DAY - 1)
    assert CLOSED not in town.ana.news()
    town.later(1)
    assert town.ana.news() == [CLOSED]


def test_what_somebody_asks_for_themself_does_not_wait_for_their_evening() -> None:
    """Ana comes by at noon, and the question that waits for her evening is put at once."""
    town = _couple("Pacific/Auckland")
    town.later(_due(town) + 6 * HOUR - town.now)
    town.forget()
    town.ana.gives("curious")
    assert town.ana.presses("continue")[-1].endswith("?")
    assert town.ana.types("Noon.")[0].startswith("Kept.")


# ---- after a standstill


def test_after_some_hours_it_comes_at_once() -> None:
    """Two hours late for one, one for the other."""
    town = _couple()
    due = _due(town)
    _stands_still(town, due + 2 * HOUR)
    assert (_asked(town, town.ben), _asked(town, town.ana)) == ([due + 2 * HOUR], [due + 2 * HOUR])


def test_later_than_three_hours_it_comes_at_the_same_hour_the_next_day() -> None:
    """For whom it is too late; the other is asked now, and the days count from the later."""
    town = _couple()
    due = _due(town)
    _stands_still(town, due + 3 * HOUR + 20 * MINUTE)
    town.later(2 * DAY)
    assert _asked(town, town.ana) == [due + 3 * HOUR + 20 * MINUTE]
    assert _asked(town, town.ben)[0] == due + DAY
    town.later(2 * DAY - 3 * HOUR - 20 * MINUTE)
    assert CLOSED in town.ana.news()


def test_when_it_is_too_late_for_both_it_is_no_round_until_the_next_day() -> None:
    """At three in the night nothing begins; the next evening it does, and the week after comes on its day."""
    town = _couple()
    due = _due(town)
    _stands_still(town, due + 9 * HOUR)
    assert [s for s in town.ana.sessions if s.exercise == "curious"] == []
    town.later(DAY)
    assert (_asked(town, town.ben), _asked(town, town.ana)) == ([due + DAY], [due + DAY + HOUR])
    assert _due(town) == due + 7 * DAY


def test_a_day_late_it_still_comes_within_its_three_hours() -> None:
    """Twenty-six hours after, two hours after its hour."""
    town = _couple()
    due = _due(town)
    _stands_still(town, due + 26 * HOUR)
    assert _asked(town, town.ben) == [due + 26 * HOUR]


@pytest.mark.parametrize("hours", [28, 48, 72, 6 * 24])
def test_two_days_late_it_is_dropped(hours: int) -> None:
    """Nothing is said, and the next week comes as ever."""
    town = _couple()
    due = _due(town)
    _stands_still(town, due + hours * HOUR)
    assert (town.ana.news(), town.ben.news()) == ([], [])
    assert _due(town) == due + 7 * DAY
    town.later(_due(town) + HOUR - town.now)
    assert (_asked(town, town.ben), _asked(town, town.ana)) == ([due + 7 * DAY], [due + 7 * DAY + HOUR])


def test_after_three_weeks_there_is_one_question() -> None:
    """That of the last evening, if it is not too late for it."""
    town = _couple()
    due = _due(town) + 2 * 7 * DAY
    _stands_still(town, due + 2 * HOUR)
    assert (_asked(town, town.ben), _asked(town, town.ana)) == ([due + 2 * HOUR], [due + 2 * HOUR])
    assert _due(town) == due + 7 * DAY


def test_after_three_weeks_in_the_middle_of_one_there_is_none() -> None:
    """What has been missed is not made up for."""
    town = _couple()
    due = _due(town) + 2 * 7 * DAY
    _stands_still(town, due + 4 * DAY)
    assert (town.ana.news(), town.ben.news()) == ([], [])
    assert _due(town) == due + 7 * DAY


def test_a_row_that_was_written_before_a_standstill_is_looked_at_again() -> None:
    """Ben has been asked; for Ana's evening the program stood still, and she is asked the next."""
    town = _couple()
    due = _due(town)
    town.later(due + MINUTE - town.now)
    assert len(_asked(town, town.ben)) == 1
    _stands_still(town, due + 5 * HOUR)
    assert _asked(town, town.ana) == []
    town.later(DAY)
    assert _asked(town, town.ana)[0] == due + HOUR + DAY


def test_an_evening_in_the_quiet_hours_is_the_next_morning() -> None:
    """Eleven at night was chosen, and Ana's night begins at ten: she is asked at eight, not never."""
    town = _couple()
    _set(town, town.ana, rhythm=[WEDNESDAY, 23 * 60])
    due = _due(town)
    town.later(due + DAY - town.now)
    assert [_local(at, town.ana).hour for at in _asked(town, town.ana)] == [8]


# ---- clocks


@pytest.mark.parametrize("at", ["2027-03-07T19:00+00:00", "2027-10-10T19:00+01:00"])
def test_over_both_changes_of_the_clock_it_comes_at_seven(at: str) -> None:
    """Once a week, for each at seven by their own clock: also in New York, where it changes on another day."""
    town = _couple("America/New_York", at)
    for _ in range(5):
        town.later(_due(town) + 6 * HOUR - town.now)
        for phone in (town.ana, town.ben):
            (asked,) = _asked(town, phone)
            local = _local(asked, phone)
            assert (local.weekday(), local.hour, local.minute) == (6, 19, 0)
            if "pass" in phone.labels():
                phone.presses("pass")
        town.forget()


@pytest.mark.parametrize("seed", range(4))
def test_people_who_move_are_asked_once_in_every_local_week(seed: int) -> None:
    """From one end of the world to the other, at any hour: no week has two prompts, and none is lost."""
    town, chance = _couple(), Random(seed)
    _set(town, town.ana, rhythm=[WEDNESDAY, 19 * 60])
    town.later(DAY)
    town.forget()
    seen: Counter[date] = Counter()
    begun = datetime.fromtimestamp(town.now, UTC).date()
    for _ in range(24):
        seen.update(_weeks(town, town.ana, town.now + chance.randrange(2 * DAY, 5 * DAY)))
        _set(town, chance.choice((town.ana, town.ben)), zone=chance.choice(FAR_AND_WIDE))
    seen.update(_weeks(town, town.ana, town.now + 7 * DAY))
    weeks = (datetime.fromtimestamp(town.now, UTC).date() - begun).days // 7
    assert set(seen.values()) == {1}
    assert len(seen) >= weeks - 1 - (weeks // LENGTH + 1)  # a week off in each season


@pytest.mark.parametrize("seed", range(4))
def test_another_evening_never_gives_a_week_two_prompts(seed: int) -> None:
    """Whatever is chosen, whenever; and a week in which nothing was chosen has its prompt."""
    town, chance = _couple(), Random(seed)
    town.later(DAY)
    town.forget()
    seen: Counter[date] = Counter()
    chosen: set[date] = set()
    first = datetime.fromtimestamp(town.now, UTC).date()
    for _ in range(20):
        day = _local(town.now, town.ana).date()
        chosen.add(date.fromisocalendar(*day.isocalendar()[:2], 1))
        _set(town, town.ana, rhythm=[chance.randrange(SATURDAY), chance.randrange(9 * 60, 20 * 60)])
        seen.update(_weeks(town, town.ana, town.now + chance.randrange(DAY, 20 * DAY)))
    whole = {monday for monday in seen if monday > first}
    assert set(seen.values()) == {1}
    assert len(whole) > 15
    last = max(seen)
    every = {date.fromordinal(n) for n in range(min(whole).toordinal(), last.toordinal(), 7)}
    assert len(every - set(seen) - chosen) <= len(every) // LENGTH + 1  # a week off in each season


def test_a_new_evening_tomorrow_is_next_week_s() -> None:
    """On Sunday night Monday is chosen: Monday begins a week that has had no question yet."""
    town = _couple()
    due = _due(town)
    town.later(due + HOUR - town.now)
    for phone in (town.ana, town.ben):
        phone.presses("pass")
    _set(town, town.ana, rhythm=[0, 19 * 60])
    assert _due(town) == due + DAY


def test_a_week_that_has_had_its_question_has_no_other() -> None:
    """Whatever made it due again: nothing begins, and it is planned anew."""
    town = _couple()
    due = _due(town)
    town.later(due + 2 * HOUR - town.now)
    for phone in (town.ana, town.ben):
        phone.presses("pass")
    couple = town.ana.couple
    assert couple is not None
    with town.store.turn() as unit:
        unit.keep([SaveCouple(replace(couple, next_due=town.now))])
    town.later(0)
    assert [s for s in town.ana.sessions if s.exercise == "curious"] == []
    assert _due(town) == due + 7 * DAY


def test_another_evening_of_the_same_week_is_next_week_s() -> None:
    """On Wednesday it came; Friday is chosen on Thursday: that of the week after, and so both are told."""
    town = _couple()
    _set(town, town.ana, rhythm=[WEDNESDAY, 19 * 60])
    due = _due(town)
    town.later(due + DAY - town.now)
    _set(town, town.ana, rhythm=[WEDNESDAY + 2, 19 * 60])
    assert _due(town) == due + 9 * DAY


def test_the_week_is_that_of_their_own_calendar() -> None:
    """On Monday morning in Auckland, when it is Sunday in Greenwich, it came: Friday is the next week's."""
    town = _couple()
    for phone in (town.ana, town.ben):
        _set(town, phone, zone="Pacific/Auckland")
    _set(town, town.ana, rhythm=[0, 8 * 60])
    due = _due(town)
    town.later(due + DAY - town.now)
    _set(town, town.ana, rhythm=[4, 8 * 60])
    assert _due(town) == due + 11 * DAY


def test_an_evening_that_a_move_skips_comes_a_day_late() -> None:
    """On Wednesday at noon both move to Auckland, where it is Thursday by then: they are asked on Thursday at seven."""
    town = _couple()
    _set(town, town.ana, rhythm=[WEDNESDAY, 19 * 60])
    town.later(_due(town) - 7 * HOUR - town.now)
    for phone in (town.ana, town.ben):
        _set(town, phone, zone="Pacific/Auckland")
    town.forget()
    town.later(DAY)
    (asked,) = _asked(town, town.ana)
    assert (_local(asked, town.ana).weekday(), _local(asked, town.ana).hour) == (WEDNESDAY + 1, 19)
