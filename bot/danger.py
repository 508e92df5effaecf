"""Words of danger: whoever wrote them gets a card with numbers, and nobody learns of it. They are no answer, and are
not kept."""

from __future__ import annotations

from dataclasses import replace

from bot import repair
from bot.commands import danger as words
from bot.commands import lines
from bot.consenting import has_agreed
from bot.desk import Desk
from bot.engine.acts import Button
from bot.engine.ids import PersonId
from bot.engine.session import Session
from bot.events import Command, Deed, Edited, Typed

QUIET = 6 * 3_600  # seconds after the card in which there is one line instead (product.md)


def caught(desk: Desk, person: PersonId, deed: Deed) -> bool:
    """Whether somebody wrote of danger; then they have been answered. What they are in the middle of waits for a tap:
    the next thing that they write is for no question either."""
    who, typed = desk.person(person), _typed(deed)
    if not typed or not desk.library.is_crisis(typed, who.language, _partners(desk, person)):
        return False
    before = repair.asked(desk, person, aside=True)
    for session in desk.sessions_of(person):
        desk.save(replace(session, aside=session.aside | {person}))
    buttons = _buttons(before[-1].session) if before and has_agreed(desk, person) else ()
    if lingers(desk, person):
        desk.say(person, words.STILL_HERE, *buttons)
    else:
        desk.save_person(replace(who, card_at=desk.at))
        desk.say(person, words.card(who.country), *buttons)
    return True


def lingers(desk: Desk, person: PersonId) -> bool:
    """Whether somebody had the card in the last hours: what they write then is no time for anything else of ours."""
    card_at = desk.person(person).card_at
    return card_at is not None and 0 <= desk.at - card_at < QUIET


def answers(desk: Desk, person: PersonId) -> bool:
    """Whether somebody who writes on after the card, for no question, has been answered as gently."""
    if not lingers(desk, person):
        return False
    aside = repair.set_aside(desk, person)
    desk.say(person, words.STILL_HERE, *(_buttons(aside) if aside else (lines.HELP_BUTTON,)))
    return True


def _typed(deed: Deed) -> str:
    match deed:
        case Typed(text) | Edited(text) | Command(_, text):
            return text
        case _:
            return ""


def _partners(desk: Desk, person: PersonId) -> list[str]:
    """The names of everybody that somebody is, or was, linked with."""
    return [desk.person(other).name for couple in desk.couples_of(person) for other in couple.people if other != person]


def _buttons(session: Session) -> tuple[Button, ...]:
    here = str(session.id)
    return Button(words.GO_ON, "continue", here), Button(lines.STOP_HERE, "stop", here)
