"""Discreet notifications from a person's side: nothing of what it is about stands in the announcement."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.commands import discreet
from bot.engine.exercise import COUPLE, exercise
from bot.engine.talk import Talk, options
from bot.engine.text import T
from bot.ports import Capabilities
from bot.turns import Turns
from tests.test_bot.phones import DAY, HOUR, Phone, Town

CAN = Capabilities(text_limit=4096, label_limit=64, options_limit=100, edits=True, units="utf16")


@pytest.fixture
def quiet_ben(town: Town, ben: Phone) -> Phone:
    """Ben, who is discreet."""
    town.couple()
    ben.gives("settings", "discreet")
    ben.presses("announced first")
    town.later(HOUR)
    town.forget()
    return ben


def test_an_announcement_is_always_the_same(town: Town, ana: Phone, quiet_ben: Phone) -> None:
    """Whether a question or a line stands behind it: the same words, and the same button, which names nothing."""
    said = []
    for command in ("curious", "stop"):
        ana.gives(command)
        town.later(HOUR)
        said += [(told.text, [button.token for button in told.buttons]) for told in quiet_ben.told[-1:]]
        assert quiet_ben.gives("show") != [town.words(discreet.NOTHING_WAITS)]
    assert said == [(town.words(discreet.ANNOUNCEMENT), ["v1:c:show:"])] * 2


def test_the_weekly_question_is_announced_at_its_hour(town: Town, quiet_ben: Phone) -> None:
    """By the clock, like everything; a day later it can still be seen and answered."""
    town.later(6 * DAY + 23 * HOUR)
    assert quiet_ben.news() == [town.words(discreet.ANNOUNCEMENT)]
    town.later(DAY)
    quiet_ben.gives("show")
    assert quiet_ben.session("curious").open
    quiet_ben.types("A circus.")
    assert any(answer.by == quiet_ben.person.id for answer in quiet_ben.session("curious").answers.values())


def test_a_question_that_closed_meanwhile_leaves_nothing(town: Town, ana: Phone, quiet_ben: Phone) -> None:
    """It was announced, and is over without a word: that is said, and no dead button shown."""

    def fleeting(talk: Talk) -> None:
        talk.choose("now", "Now?", options(yes=T("yes")), to=talk.partner, within=timedelta(hours=1))
        talk.pause("later", talk.moment("then").plus(timedelta(days=3)))

    town.with_exercises(exercise("curious", scope=COUPLE)(fleeting))
    ana.gives("curious")
    assert quiet_ben.news() == [town.words(discreet.ANNOUNCEMENT)]
    town.later(2 * HOUR)
    assert quiet_ben.gives("clean") == [town.words(discreet.CLEANED)]
    assert quiet_ben.labels() == []
    assert quiet_ben.gives("show") == [town.words(discreet.NOTHING_WAITS)]


def test_what_is_too_old_is_counted(town: Town, quiet_ben: Phone) -> None:
    """On a platform where messages stay after some time; elsewhere everything goes."""
    platforms = {"playground": replace(CAN, deletes_for=DAY)}
    town.library = replace(town.library, platforms=platforms)
    town.turns = Turns(town.store, town.library)
    quiet_ben.gives("nonsense")
    town.later(DAY + HOUR)
    quiet_ben.gives("help")
    before = len(town.sent)
    (said,) = quiet_ben.gives("clean")
    assert said.startswith(f"{town.words(discreet.CLEANED)}\n2 messages are older than two days")
    assert len(town.sent) == before + 1
    assert quiet_ben.gives("clean") == [town.words(discreet.CLEANED)]


def test_who_is_not_discreet_has_nothing_to_take_out(town: Town, ana: Phone, quiet_ben: Phone) -> None:
    """And nothing that waits."""
    assert ana.gives("clean") == [town.words(discreet.NOTHING_TO_CLEAN)]
    assert ana.gives("show") == [town.words(discreet.NOTHING_WAITS)]
    assert quiet_ben.gives("show") == [town.words(discreet.NOTHING_WAITS)]


def test_the_other_cannot_tell() -> None:
    """What Ana is told, and when, is the same whether Ben is discreet or not."""
    heard = []
    for how in ("announced first", "shown at once"):
        town = Town()
        town.couple()
        town.ben.gives("settings", "discreet")
        town.ben.presses(how)
        town.ana.gives("curious")
        town.ana.types("Bees.")
        town.later(2 * DAY)
        town.ana.gives("curious")
        town.later(5 * DAY)
        heard.append([(told.at, told.text) for told in town.ana.told])
    assert heard[0] == heard[1]
