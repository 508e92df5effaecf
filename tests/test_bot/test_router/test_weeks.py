"""The weekly question, its evening, the hours in which nobody is woken, and the reminder."""

from __future__ import annotations

from dataclasses import replace

from bot.changes import SaveCouple
from bot.events import Command
from bot.people import Couple
from tests.test_bot.phones import DAY, HOUR, MINUTE, Phone, Town

WEEK = 7 * DAY


def _couple(phone: Phone) -> Couple:
    couple = phone.couple
    assert couple is not None
    return couple


def _next(town: Town) -> int:
    due = _couple(town.ana).next_due
    assert due is not None
    return due


def _questions(phone: Phone) -> list[str]:
    """The questions that came to a phone since the last time."""
    fresh = phone.told[phone.read :]
    phone.news()
    return [told.text for told in fresh if any(button.label == "pass" for button in told.buttons)]


def test_each_week_brings_one_question(town: Town, ana: Phone, ben: Phone) -> None:
    """Five weeks in which both pass: a question in each, the same for both, but for the one that has something else."""
    town.couple()
    seen = []
    for _ in range(5):
        town.later(_next(town) + HOUR - town.now)
        asked = _questions(ana)
        assert asked == _questions(ben)
        seen += asked
        if asked:
            ana.presses("pass")
            ben.presses("pass")
        town.forget()
    assert len(seen) == len(set(seen)) == 3


def test_each_is_asked_at_the_hour_they_chose_where_they_are(town: Town, ana: Phone, ben: Phone) -> None:
    """Seven in the evening in Berlin, and an hour later seven in Lisbon."""
    town.couple()
    town.later(_next(town) - town.now)
    assert (len(_questions(ben)), len(_questions(ana))) == (1, 0)
    town.later(HOUR)
    assert len(_questions(ana)) == 1


def test_a_round_that_is_still_sealed_stays_the_week_s(town: Town, ana: Phone, ben: Phone) -> None:
    """With a round open since Friday, Sunday brings no second one, and the next is a week on."""
    town.couple()
    before = _next(town)
    town.later(before - town.now - HOUR)
    _round_that_counts_for_no_week(town)
    town.later(2 * HOUR)
    assert len([s for s in ana.sessions if s.exercise == "curious"]) == 1
    assert _next(town) > before


def _round_that_counts_for_no_week(town: Town) -> None:
    """A round is open, and the weekly prompt is due as it was: as after *another question*."""
    couple = _couple(town.ana)
    town.ana.gives("curious")
    with town.store.turn() as unit:
        unit.keep([SaveCouple(couple)])


def test_a_round_by_hand_counts_as_this_week_s(town: Town, ana: Phone, ben: Phone) -> None:
    """Begun on Tuesday and done, it is the only one until the Sunday after next."""
    town.couple()
    first = _next(town)
    town.later(2 * DAY)
    ana.gives("curious")
    ana.presses("pass")
    ben.presses("pass")
    town.forget()
    town.later(first + 2 * HOUR - town.now)
    assert _questions(ana) == _questions(ben) == []
    assert _next(town) == first + WEEK


def test_a_new_clock_does_not_bring_the_week_back(town: Town, ana: Phone, ben: Phone) -> None:
    """A round by hand counted for the week; that Ben then moves his clock changes nothing about that."""
    town.link()
    ben.types("A circus director.")
    town.later(15 * MINUTE)
    ana.presses("Sunday 19:00")
    town.later(8 * DAY)
    town.forget()
    _end_all(town)
    ana.gives("curious")
    ana.presses("pass")
    ben.presses("pass")
    before = _next(town)
    ben.types("no", reply_to=ben.message("Is it "))
    ben.types("Berlin")
    assert abs(_next(town) - before) <= HOUR


def test_a_new_evening_does_not_bring_the_week_back(town: Town, ana: Phone, ben: Phone) -> None:
    """Nor that Ana chooses the same evening once more."""
    town.couple()
    town.later(DAY)
    ana.gives("curious")
    ana.presses("pass")
    ben.presses("pass")
    before = _next(town)
    ana.gives("rhythm")
    ana.presses("another evening")
    ana.presses("Sunday 19:00")
    assert _next(town) == before


def _end_all(town: Town) -> None:
    """Whatever round is open is passed by both."""
    for phone in (town.ana, town.ben):
        if any(s.exercise == "curious" and s.waits_for(phone.person.id) for s in phone.sessions):
            phone.presses("pass")


def test_both_are_told_of_a_new_evening(town: Town, ana: Phone, ben: Phone) -> None:
    """In neutral words, each in their own zone; nobody is named."""
    town.couple()
    ana.gives("rhythm")
    ana.presses("another evening")
    ana.presses("another time")
    ana.presses("Wednesday")
    (told,) = ana.types("20:30")
    town.later(DAY)
    (heard,) = ben.news()
    assert told.endswith("20:30.")
    assert heard.endswith("20:30.")
    assert "Ana" not in heard


def test_nothing_unasked_comes_in_quiet_hours(town: Town, ana: Phone, ben: Phone) -> None:
    """What Ben does at two in the morning reaches Ana at eight."""
    town.couple()
    town.later(6 * HOUR)
    ben.gives("curious")
    assert _questions(ana) == []
    town.later(8 * HOUR)
    assert len(_questions(ana)) == 1


def test_who_is_up_at_night_is_answered_at_night(town: Town, ana: Phone, ben: Phone) -> None:
    """Ana has just written herself: what Ben does reaches her at once."""
    town.couple()
    town.later(6 * HOUR)
    ana.gives("safety")
    ben.gives("curious")
    assert len(_questions(ana)) == 1


def test_a_reply_is_never_held_back(town: Town, ana: Phone) -> None:
    """One's own command is answered whatever the hour."""
    town.couple()
    town.later(8 * HOUR)
    assert ana.gives("help")


def test_one_reminder_comes_to_who_has_not_answered(town: Town, ana: Phone, ben: Phone) -> None:
    """After a day and a half, once; not to Ana, who has."""
    town.round()
    ana.types("Mine.")
    town.forget()
    town.later(3 * DAY - MINUTE)
    assert [line.split("\n")[0] for line in ben.news()] == ["Still here, if you would like it:"]
    assert ana.news() == []


def test_a_round_that_nobody_answers_closes_with_the_same_line_for_both(town: Town, ana: Phone, ben: Phone) -> None:
    """After three days, in neutral words, without a name or a number."""
    town.round()
    ana.types("Mine.")
    town.later(3 * DAY - HOUR)
    town.forget()
    town.later(DAY)
    assert (
        ana.news() == ben.news() == ["This question is closed for now. What was written stays with whoever wrote it."]
    )


def test_a_prompt_that_closed_meanwhile_is_not_sent(town: Town, ana: Phone, ben: Phone) -> None:
    """Ben's round was stopped in the night; in the morning Ana reads no question that is over."""
    town.couple()
    town.later(6 * HOUR)
    ben.gives("curious")
    ben.gives("stop")
    town.later(10 * HOUR)
    assert _questions(ana) == []


def test_a_question_on_its_way_when_the_program_ended(town: Town, ana: Phone) -> None:
    """A reply that may have arrived is sent again; the question is answerable either way."""
    town.couple()
    town.now += MINUTE
    town.turns.take(ana.event(Command("curious")))
    town.undelivered()
    town.store.recover(town.now)
    town.deliver()
    assert len(_questions(ana)) == 1
    assert ana.types("Mine.")[0].startswith("Kept.")


def test_a_weekly_question_that_may_have_arrived_can_be_answered(town: Town, ana: Phone, ben: Phone) -> None:
    """The power was cut while it was sent; it is not said twice. Whoever has it answers, and is told what that was."""
    town.couple()
    town.now = _next(town) + HOUR
    for event in town.store.due(town.now, 9):
        town.turns.take(replace(event, chance=7))
    (row,) = [row for row in town.undelivered() if row.put.to == ana.person.id]
    town.store.recover(town.now)
    town.deliver()
    assert _questions(ana) == []
    said = ana.types("Mine.")
    assert said[0].startswith("That went to: “")
    assert said[1].startswith("Kept.")
    assert row.put.once
