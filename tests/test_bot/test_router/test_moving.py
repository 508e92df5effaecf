"""Going over to another account: everything is there, nothing is here, and only whoever is here can say yes."""

from __future__ import annotations

import pytest

from bot.commands import move, pair
from bot.engine.ids import PersonId
from storage.store import SqlStore
from tests.test_bot.phones import DAY, HOUR, MINUTE, Phone, Town

YES, NO = "take it all there", "that is not me"


@pytest.fixture(params=["memory", "files"])
def town(request: pytest.FixtureRequest) -> Town:
    """The town over each of the two stores."""
    if request.param == "memory":
        return Town()
    store: SqlStore = request.getfixturevalue("database")
    return Town(store)


def _bring(town: Town, ana: Phone) -> None:
    """Eve's phone is Ana's new one: she brings the code there."""
    ana.gives("move")
    town.eve.gives("pair", ana.code())


def _over(town: Town, ana: Phone) -> None:
    _bring(town, ana)
    ana.presses(YES)
    town.later(2 * MINUTE)


def _partner(town: Town, phone: Phone) -> PersonId | None:
    me = phone.person.id
    with town.store.turn() as unit:
        couple = unit.couple_of(me)
    return None if couple is None else next(person for person in couple.people if person != me)


def test_everything_is_there(town: Town) -> None:
    """What was opened, who they are linked with, the round that is open, and what was written in it."""
    town.round()
    town.ana.answers("Bees.")
    one, eve = town.ana.person.id, town.eve
    _over(town, town.ana)
    assert eve.person.id == one
    assert "Everything of yours is here now, and your old account hears nothing more." in eve.news()
    assert "A lighthouse keeper." in "\n".join(eve.gives("history"))
    told = town.ben.answers("Geese.")
    assert any("Geese." in told for told in eve.news())
    assert "Bees." in "\n".join(told)


def test_an_open_question_is_put_there_again(town: Town) -> None:
    """And is answered there."""
    town.round()
    asked = town.ana.told[-1].text
    _over(town, town.ana)
    assert asked in town.eve.news()
    town.eve.types("Bees.")
    town.ben.answers("Geese.")
    town.later(HOUR)
    assert "Bees." in "\n".join(town.ben.news())


def test_the_account_before_is_nobody_s(town: Town) -> None:
    """What is pressed there does nothing, and whoever writes there is somebody new."""
    town.round()
    _over(town, town.ana)
    assert town.ana.presses("pass") == []
    told = town.ana.types("Hello?")
    assert told[0].startswith("Wanting to be close")
    assert town.ana.person.id != town.eve.person.id
    assert _partner(town, town.eve) == town.ben.person.id


def test_the_other_one_hears_nothing_of_it(town: Town) -> None:
    """Where somebody is reached is nobody's but theirs."""
    town.round()
    town.forget()
    _over(town, town.ana)
    town.later(DAY)
    assert town.ben.news() == []


def test_nothing_moves_without_a_yes_where_everything_is(town: Town) -> None:
    """Whoever has read the code alone gets nothing; nor does it work a second time."""
    town.round()
    one = town.ana.person.id
    _bring(town, town.ana)
    code = town.ana.code()
    assert town.ana.presses(NO) == ["Nothing has moved, and that code no longer works."]
    town.later(HOUR)
    assert town.ana.person.id == one
    assert town.eve.gives("pair", code) == [town.words(pair.NO_INVITATION)]


def test_a_code_lasts_an_hour(town: Town) -> None:
    """Then it is like a wrong one."""
    town.couple()
    town.ana.gives("move")
    town.later(HOUR)
    assert town.eve.gives("pair", town.ana.code())[0] == town.words(pair.NO_INVITATION)


def test_a_yes_that_comes_too_late_moves_nothing(town: Town) -> None:
    """The question about it is over by then."""
    town.couple()
    one = town.ana.person.id
    _bring(town, town.ana)
    town.later(HOUR)
    assert not any(choice.label == YES for told in town.ana.told for choice in town.ana.buttons[told.message])
    assert town.ana.person.id == one


def test_two_cannot_be_made_one(town: Town) -> None:
    """An account with something of its own keeps it; deleted, it can take the other's."""
    town.couple()
    town.begin(town.eve)
    town.eve.types("Mine.")
    town.ana.gives("move")
    assert town.eve.gives("pair", town.ana.code()) == [town.words(move.HAS_OWN)]
    town.eve.gives("delete")
    town.eve.presses("delete everything")
    assert town.eve.gives("pair", town.ana.code()) == [town.words(move.ASKED)]


def test_what_came_into_the_other_account_meanwhile_stays(town: Town) -> None:
    """Between the code and the minute of the move somebody has begun there."""
    town.couple()
    one = town.ana.person.id
    _bring(town, town.ana)
    town.begin(town.eve)
    town.ana.presses(YES)
    town.later(2 * MINUTE)
    assert town.ana.person.id == one
    assert town.ana.news()[-1] == town.words(move.NOT_MOVED)


def test_an_invitation_is_no_code_for_moving(town: Town) -> None:
    """Nor is a code for moving an invitation: nobody is linked by it, and one's own is told so."""
    town.begin()
    town.ana.gives("move")
    own = town.ana.gives("pair", town.ana.code())
    assert own == [town.words(pair.OWN_INVITATION)]
    assert town.eve.gives("pair", town.ana.code()) == [town.words(move.ASKED)]
    assert _partner(town, town.eve) is None


def test_a_new_code_takes_the_place_of_the_one_before(town: Town) -> None:
    """Who has lost sight of the first asks for another."""
    town.couple()
    town.ana.gives("move")
    first = town.ana.code()
    town.ana.gives("move")
    assert town.eve.gives("pair", first)[0] == town.words(pair.NO_INVITATION)
    assert town.eve.gives("pair", town.ana.code()) == [town.words(move.ASKED)]
