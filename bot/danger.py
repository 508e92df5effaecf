"""Words of danger: whoever wrote them gets a card with numbers, and nobody learns of it. They are no answer, and are
not kept."""

from __future__ import annotations

import re
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
from bot.people import Person

QUIET = 6 * 3_600  # seconds after the card in which there is one line instead (product.md)
SOMEBODY = "my partner"  # what the rules know; a name they cannot


def caught(desk: Desk, person: PersonId, deed: Deed) -> bool:
    """Whether somebody wrote of danger; then they have been answered. What they are in the middle of waits for a tap:
    the next thing that they write is for no question either."""
    who = desk.person(person)
    if not _speaks_of_danger(desk, who, _typed(deed)):
        return False
    before = repair.asked(desk, person, aside=True)
    for session in desk.sessions_of(person):
        desk.save(replace(session, aside=session.aside | {person}))
    buttons = _buttons(before[-1].session) if before and has_agreed(desk, person) else ()
    if _is_recent(desk, who):
        desk.say(person, words.STILL_HERE, *buttons)
    else:
        desk.save_person(replace(who, card_at=desk.at))
        desk.say(person, words.card(who.country), *buttons)
    return True


def lingers(desk: Desk, person: PersonId) -> bool:
    """Whether somebody had the card in the last hours: what they write then is no time for anything else of ours."""
    return _is_recent(desk, desk.person(person))


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


def _speaks_of_danger(desk: Desk, who: Person, typed: str) -> bool:
    """By the rules of their language; whoever is afraid of their partner, or of one they have left, may write the
    name."""
    is_crisis = desk.library.is_crisis
    if not typed or is_crisis(typed, who.language):
        return bool(typed)
    names = _partners(desk, who.id)
    if not names:
        return False
    either = "|".join(map(re.escape, sorted(names)))
    unnamed = re.sub(rf"\b(?:{either})\b(?:\s+(?:{either})\b)*", SOMEBODY, typed, flags=re.IGNORECASE)
    return unnamed != typed and is_crisis(unnamed, who.language)


def _partners(desk: Desk, person: PersonId) -> set[str]:
    """Each word of the names of everybody that somebody is, or was, linked with: people write the first alone."""
    now = desk.couple_of(person)
    couples = [*desk.former_couples(person), *([] if now is None else [now])]
    names = [desk.person(other).name for couple in couples for other in couple.people if other != person]
    return {word for name in names for word in re.findall(r"[^\W\d_]+", name) if len(word) > 1}


def _is_recent(desk: Desk, who: Person) -> bool:
    return who.card_at is not None and 0 <= desk.at - who.card_at < QUIET


def _buttons(session: Session) -> tuple[Button, ...]:
    here = str(session.id)
    return Button(words.GO_ON, "continue", here), Button(words.STOP_HERE, "stop", here)
