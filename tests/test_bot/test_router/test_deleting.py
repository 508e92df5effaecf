"""`/delete`: everything of one's own, at once; nobody is told, and nobody becomes known again by an old button."""

import pytest

from bot.commands import delete, lines
from bot.events import Blocked
from storage.store import SqlStore
from tests.test_bot.phones import DAY, HOUR, Phone, Town


def _deletes(phone: Phone) -> list[str]:
    phone.gives("delete")
    return phone.presses("delete everything")


def test_the_other_hears_nothing_until_they_come_by(town: Town, ana: Phone, ben: Phone) -> None:
    """In an open round, with Ana's answer sealed: no message and no button changes; then one line."""
    town.round()
    ana.answers("A lighthouse.")
    town.forget()
    before = [ben.buttons[told.message] for told in ben.told]
    assert _deletes(ana) == [town.words(delete.ERASED)]
    town.later(9 * DAY)
    assert ben.news() == []
    assert [ben.buttons[told.message] for told in ben.told][: len(before)] == before
    assert ben.types("Hello?")[0] == town.words(lines.SPACE_CLOSED)


def test_leaving_quietly_and_deleting_look_the_same() -> None:
    """What reaches Ben, and when, whatever he does meanwhile."""

    def play(how: str) -> object:
        town = Town()
        town.round()
        town.ana.answers("A lighthouse.")
        if how == "delete":
            _deletes(town.ana)
        else:
            town.ana.gives("leave")
            town.ana.presses("leave quietly")
        town.later(3 * DAY)
        for command in ("help", "curious", "rhythm", "settings", "ask"):
            town.ben.gives(command)
        town.later(9 * DAY)
        return [(told.at, told.text, [choice.label for choice in told.buttons]) for told in town.ben.told]

    assert play("delete") == play("leave")


def test_nobody_becomes_known_again_by_what_stands_in_the_chat(town: Town, ana: Phone) -> None:
    """Old buttons, the same one pressed twice, an edit: nothing is said, and nobody is made."""
    town.round()
    ana.types("A lighthouse.")
    tokens = {button.token for told in ana.told for button in told.buttons}
    _deletes(ana)
    last = len(ana.told)
    for token in sorted(tokens):
        ana.sends(token)
    ana.edits("own.1", "Something else.")
    assert len(ana.told) == last
    assert ana.person.erased is not None


def test_whoever_writes_again_is_new(town: Town, ana: Phone, ben: Phone) -> None:
    """A new person, who has agreed to nothing and is linked with nobody; the same two can begin anew."""
    town.couple()
    before = ana.person.id
    _deletes(ana)
    ana.gives("start")
    assert ana.person.id != before
    assert (ana.person.consent, ana.couple, ana.sessions[0].exercise) == (0, None, "welcome")
    ben.gives("help")
    ana.presses("Fine with me")
    ana.types("A lighthouse keeper.")
    ana.gives("pair")
    ben.gives("start", ana.code())
    ben.presses(ben.labels()[0])
    ana.presses("Yes, that is Ben")
    assert ana.couple is not None
    assert "lighthouse" not in str(ben.past("curious.opened.0")).replace("lighthouse keeper", "")


def test_a_guest_who_deletes_everything_cannot_be_linked(town: Town, ana: Phone, ben: Phone) -> None:
    """The seat is free again, and the inviter reads that the invitation is closed."""
    town.seat()
    yes = ana.token("Yes, that is Ben")
    _deletes(ben)
    assert town.words(lines.TIMED_OUT_GUEST) in ana.news()
    assert ana.sends(yes) == [town.words(lines.STALE)]
    assert ana.couple is None


@pytest.mark.parametrize("state", ["new", "agreed", "own time", "blocked partner", "discreet"])
def test_in_every_state(town: Town, ana: Phone, ben: Phone, state: str) -> None:
    """Before consent, alone, in a time for oneself, with a partner who cannot be reached, with announcements."""
    match state:
        case "new":
            ana.gives("start")
        case "agreed":
            town.begin()
        case "own time":
            town.couple()
            ana.gives("space", "now")
            for label in ("half an hour", "leave it unsaid", "nobody"):
                if label in ana.labels():
                    ana.presses(label)
        case "blocked partner":
            town.couple()
            ben.does(Blocked())
        case _:
            town.couple()
            ana.gives("settings", "discreet")
            ana.presses(ana.labels()[0])
    told = _deletes(ana)
    assert told[-1] == town.words(delete.ERASED)
    assert ana.person.name == ""
    town.later(40 * DAY)
    assert ana.news() == []


def test_deleting_in_the_middle_of_an_opening(database: SqlStore) -> None:
    """Ben's answer opens the round in the same minute: he has read hers or not, and nothing fails."""
    town = Town(database)
    town.round()
    town.ana.answers("A lighthouse.")
    town.ben.types("A ship.")
    _deletes(town.ana)
    town.later(HOUR)
    assert town.ben.gives("help")[0] == town.words(lines.SPACE_CLOSED)
    assert not any("went wrong" in told.text for phone in town.phones for told in phone.told)
