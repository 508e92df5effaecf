"""An exercise of one's own knows whom its person is linked with, and may tell them something."""

from dataclasses import replace

from bot.engine.acts import Line
from bot.engine.advance import Outcome, advance
from bot.engine.codec import read_session, write_session
from bot.engine.events import Back, Said, Start
from bot.engine.exercise import ALONE, exercise
from bot.engine.session import Session
from bot.engine.talk import Talk
from tests.test_bot.test_engine.world import ANA, BEN, COUPLE_ID, SUNDAY, around, fresh


@exercise("errand", scope=ALONE)
def errand(talk: Talk) -> None:
    """Asks one, tells the other."""
    plan = talk.ask("plan", "What will you do?")
    if talk.partner is not None:
        talk.say("{plan}", to=talk.partner, plan=plan)
    talk.ask("after", "And then?")


def _begun(partner: bool) -> Session:
    session = replace(fresh(errand, (ANA,), COUPLE_ID), partner=BEN if partner else None)
    return advance(errand, session, Start(SUNDAY), around()).session


def test_a_line_reaches_the_partner() -> None:
    """Who is not asked anything, and hears what the exercise tells them."""
    session = read_session(write_session(_begun(partner=True)))
    turn = advance(errand, session, Said(SUNDAY, ANA, 1, "A walk."), around())
    assert [act.to for act in turn.acts if isinstance(act, Line)] == [BEN]


def test_without_a_partner_nothing_is_told() -> None:
    """The same exercise works alone."""
    turn = advance(errand, _begun(partner=False), Said(SUNDAY, ANA, 1, "A walk."), around())
    assert [act for act in turn.acts if isinstance(act, Line)] == []


def test_what_the_partner_was_told_cannot_be_taken_back() -> None:
    """Rule 11: nothing before a message to the other."""
    told = advance(errand, _begun(partner=True), Said(SUNDAY, ANA, 1, "A walk."), around()).session
    assert advance(errand, told, Back(SUNDAY, ANA), around()).outcome is Outcome.NOTHING
