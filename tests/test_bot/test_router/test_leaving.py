"""One of the two leaves: what ends, what stays, and what the other can notice of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.commands import lines
from bot.commands.leave import NOT_LINKED
from bot.engine.acts import Visibility
from bot.engine.exercise import ALONE, exercise
from bot.engine.talk import Talk
from bot.events import Returned
from storage.store import SqlStore
from tests.test_bot.phones import DAY, HOUR, Phone, Town

NOW, QUIETLY = "leave now", "leave quietly"
KEPT = "curious.kept.answer"


def _leaves(phone: Phone, how: str) -> list[str]:
    phone.gives("leave")
    return phone.presses(how)


def _to(town: Town, phone: Phone) -> int:
    """How much was sent to that phone, edits and all."""
    return sum(1 for row in town.sent if row.put.to == phone.person.id) + sum(map(len, phone.buttons.values()))


def _closed(town: Town) -> str:
    return town.words(lines.SPACE_CLOSED)


@exercise("letter", scope=ALONE, reads=())
def letter(talk: Talk) -> None:
    """Something of one's own that writes to the partner, later on, and asks them something."""
    day = talk.moment("now").day
    talk.pause("tomorrow", day.plus(1).at(10))
    talk.say("This morning.")
    if talk.partner is not None:
        talk.record("letter", Visibility.SHARED, words=1)
        talk.say("A letter for you.", to=talk.partner)
        talk.offer("table", to=talk.partner)


def _letter(town: Town, phone: Phone) -> None:
    """That person has such a letter under way."""
    town.with_exercises(letter)
    with town.store.turn() as unit:
        desk = town.turns._desk(unit, phone.event(Returned()))
        desk.begin("letter", (phone.person.id,))
        unit.keep(desk.changes())


# ---- quietly


def test_a_quiet_leaving_is_noticed_by_nothing(town: Town, ana: Phone, ben: Phone) -> None:
    """In the middle of a round, with a reminder to come: no message, no edit, no question, for a month."""
    town.round()
    ana.types("Mine.")
    before = _to(town, ben)
    _leaves(ana, QUIETLY)
    town.later(30 * DAY)
    assert _to(town, ben) == before


@pytest.mark.parametrize(
    "comes_by",
    [
        lambda ben: ben.types("An answer."),
        lambda ben: ben.gives("curious"),
        lambda ben: ben.gives("safety"),
        lambda ben: ben.gives("leave"),
        lambda ben: ben.presses("pass"),
        lambda ben: ben.edits("own.1", "Something else."),
        lambda ben: ben.shows("photo"),
    ],
)
def test_whoever_was_left_reads_so_first_and_once(town: Town, ben: Phone, comes_by: Callable[[Phone], object]) -> None:
    """Whatever they come with, one line stands before everything else; the next time it does not."""
    town.round()
    _leaves(town.ana, QUIETLY)
    town.forget()
    comes_by(ben)
    told = [told.text for told in ben.told if told.at == town.now]
    assert told[0] == _closed(town)
    assert told.count(_closed(town)) == 1
    assert _closed(town) not in ben.gives("help")


def test_what_was_on_its_way_to_the_other_is_not_said(town: Town, ana: Phone, ben: Phone) -> None:
    """Ana's answer opens at night; before Ben's morning she has left: it does not come, and stays in the history."""
    town.round()
    ben.types("His.")
    town.later(10 * HOUR)
    ana.types("Hers.")
    town.forget()
    _leaves(ana, QUIETLY)
    town.later(DAY)
    assert ben.news() == []


def test_what_was_on_its_way_is_withdrawn_from_a_database_too(database: SqlStore) -> None:
    """The same night on files."""
    town = Town(database)
    test_what_was_on_its_way_to_the_other_is_not_said(town, town.ana, town.ben)


def test_the_other_s_own_exercises_go_on(town: Town, ana: Phone, ben: Phone) -> None:
    """Ben's own morning comes; nothing of it reaches Ana any more, and nothing is kept as shared."""
    town.couple()
    couple = ana.couple
    assert couple is not None
    _letter(town, ben)
    _leaves(ana, QUIETLY)
    town.forget()
    town.later(DAY)
    assert ben.news() == ["This morning."]
    assert ana.news() == []
    with town.store.turn() as unit:
        assert unit.past(["letter.letter"], [ana.person.id], couple.id) == {"0": {"letter.letter": []}}


def test_a_letter_reaches_a_partner_who_is_still_one(town: Town, ana: Phone, ben: Phone) -> None:
    """What the test before this one forbids does happen where nobody has left."""
    town.couple()
    _letter(town, ben)
    town.later(DAY)
    assert "A letter for you." in ana.news()
    assert len(ana.past("letter.letter")["letter.letter"]) == 1


def test_one_s_own_exercise_has_no_partner_any_more(town: Town, ana: Phone, ben: Phone) -> None:
    """Ana's own letter, after she has left, is hers alone."""
    town.couple()
    _letter(town, ana)
    _leaves(ana, NOW)
    town.forget()
    town.later(DAY)
    assert (ana.news(), ben.news()) == (["This morning."], [])


# ---- now


def test_the_other_reads_one_line(town: Town, ana: Phone, ben: Phone) -> None:
    """Neutral, and once; the round's buttons are gone, and no week comes any more."""
    town.round()
    question = ben.told[-1].message
    assert ben.buttons[question] != ()
    _leaves(ana, NOW)
    assert ben.news() == [_closed(town)]
    assert ben.buttons[question] == ()
    town.later(30 * DAY)
    assert ben.news() == []
    assert ana.couple is ben.couple is None


def test_at_night_the_line_waits_for_the_morning(town: Town, ana: Phone, ben: Phone) -> None:
    """Nobody is woken by it."""
    town.round()
    town.later(10 * HOUR)
    _leaves(ana, NOW)
    assert ben.news() == []
    town.later(8 * HOUR)
    assert ben.news() == [_closed(town)]


def test_sealed_answers_stay_with_who_wrote_them(town: Town, ana: Phone, ben: Phone) -> None:
    """Each keeps their own, privately."""
    town.round()
    ben.types("His.")
    _leaves(ana, NOW)
    assert (len(ben.past(KEPT)[KEPT]), ana.past(KEPT)[KEPT]) == (1, [])


@pytest.mark.parametrize(
    "ends",
    [lambda ana, ben: ana.gives("stop"), lambda ana, ben: _leaves(ben, NOW), lambda ana, ben: _leaves(ben, QUIETLY)],
    ids=["stop", "now", "quietly"],
)
def test_words_beside_a_pass_stay_with_their_writer_however_it_ends(
    town: Town, ana: Phone, ben: Phone, ends: Callable[[Phone, Phone], object]
) -> None:
    """Stopped by the writer, or left by the other, while it is open whether to show them."""
    town.round()
    ana.answers("A lake.")
    ben.presses("pass")
    ends(ana, ben)
    (kept,) = ana.past(KEPT)[KEPT]
    assert "A lake." in str(kept)
    assert ben.past(KEPT)[KEPT] == []


def test_leaving_works_when_the_other_is_gone(town: Town, ana: Phone, ben: Phone) -> None:
    """Nobody's answer is needed for it."""
    town.couple()
    town.later(60 * DAY)
    _leaves(ana, NOW)
    assert ana.couple is None


# ---- both, twice, none


@pytest.mark.parametrize("how", [NOW, QUIETLY])
def test_both_leave_at_the_same_moment(town: Town, ana: Phone, ben: Phone, how: str) -> None:
    """Both stand before the screen: the second tap finds it done, and nobody is told twice."""
    town.couple()
    ana.gives("leave")
    ben.gives("leave")
    token = ben.token(how)
    ana.presses(how)
    town.forget()
    told = [*ben.news(), *ben.sends(token)]
    assert told.count(_closed(town)) == (1 if how == QUIETLY else 0)
    assert ana.news() == []
    town.later(DAY)
    assert _closed(town) not in ana.gives("help")


def test_leaving_twice(town: Town, ana: Phone) -> None:
    """The second time there is nothing to leave."""
    town.couple()
    _leaves(ana, NOW)
    assert ana.gives("leave") == [town.words(NOT_LINKED)]


def test_the_second_press_is_stale(town: Town, ana: Phone) -> None:
    """Pressed twice, the button leaves once."""
    town.couple()
    ana.gives("leave")
    token = ana.token(NOW)
    ana.sends(token)
    assert ana.sends(token) == [town.words(lines.STALE)]


def test_an_old_screen_leaves_no_new_couple(town: Town, ana: Phone, ben: Phone) -> None:
    """Ben left first, Ana found him again; the screen that she had open was about what is over."""
    town.couple()
    ana.gives("leave")
    old = ana.token(NOW)
    _leaves(ben, QUIETLY)
    _pair_again(ana, ben, "Ana", "Ben")
    ana.sends(old)
    assert ana.couple is not None


def test_who_waits_for_a_yes_has_nobody_to_leave(town: Town, ana: Phone, ben: Phone) -> None:
    """Neither who invites nor who came; the question stands where it stood."""
    town.seat()
    assert ana.gives("leave")[0] == town.words(NOT_LINKED)
    assert ben.gives("leave")[0] == town.words(NOT_LINKED)
    ana.presses("Yes, that is Ben")
    assert ana.couple is not None


# ---- afterwards


def _pair_again(one: Phone, other: Phone, ones: str, others: str) -> None:
    one.gives("pair")
    other.gives("start", one.code())
    other.presses(f"Fine, and link me with {ones}")
    one.presses(f"Yes, that is {others}")


def test_the_two_can_find_each_other_again(town: Town, ana: Phone, ben: Phone) -> None:
    """Also after a quiet leaving, which Ben reads of as he opens the invitation."""
    town.couple()
    _leaves(ana, QUIETLY)
    _pair_again(ana, ben, "Ana", "Ben")
    assert [told.text for told in ben.told].count(_closed(town)) == 1
    assert ana.couple == ben.couple is not None


def test_nothing_of_the_old_couple_is_in_the_new_one(town: Town, ana: Phone, eve: Phone) -> None:
    """Ana and Eve begin at the beginning, with whatever question; Ben's answers are nowhere."""
    town.round()
    ana.types("Mine.")
    _leaves(ana, QUIETLY)
    town.begin(eve)
    eve.gives("stop")
    _pair_again(ana, eve, "Ana", "Eve")
    past: Any = eve.session("curious").past
    remembered = {record["by"] for seat in past.values() for records in seat.values() for record in records}
    assert remembered <= {eve.person.id}


def test_what_was_opened_stays_in_the_history_of_both(town: Town, ana: Phone, ben: Phone) -> None:
    """Each sees what each said then, by the couple that is over."""
    town.couple()
    couple = ana.couple
    assert couple is not None
    _leaves(ana, NOW)
    with town.store.turn() as unit:
        past = unit.past(["curious.opened.0", "curious.opened.1"], couple.people, couple.id)
    assert past["0"] == past["1"]
    assert all(past["0"].values())  # type: ignore[union-attr]
