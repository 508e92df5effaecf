"""Discreet notifications: what waits behind an announcement is shown on a tap, and what was said can be taken out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.changes import ForgetTold, Unveil
from bot.commands import discreet as words
from bot.desk import Desk
from bot.engine.acts import Button
from bot.engine.ids import PersonId, SessionId
from bot.engine.text import Text, stacked, text


def show(desk: Desk, person: PersonId, argument: str) -> None:
    """Everything that waits behind the announcement, in its order."""
    waits = any(_is_there(desk, about) for about in desk.unit.veiled(person))
    unveil(desk, person)
    if not waits:
        desk.say(person, words.NOTHING_WAITS)


def unveil(desk: Desk, person: PersonId) -> None:
    """What waits is said; of a question that has closed meanwhile nothing is."""
    desk.change(Unveil(person, desk.at))


def clean(desk: Desk, person: PersonId, argument: str) -> None:
    """Takes out of the chat what was said there, and tells of what is too old for that."""
    account = desk.unit.account_of(person)
    if account is None or not (told := desk.unit.told(account.key)):
        desk.say(person, words.NOTHING_TO_CLEAN)
        return
    desk.change(ForgetTold(account.key))
    too_old = desk.take_out(account, told)
    _say_cleaned(desk, person, too_old, nothing=too_old == len(told))


def _say_cleaned(desk: Desk, person: PersonId, too_old: int, *, nothing: bool) -> None:
    said: list[Text] = [] if nothing else [words.CLEANED]
    if too_old:
        said.append(text(words.TOO_OLD.key, {"n": too_old}))
    waits: tuple[Button, ...] = ()
    if any(_is_there(desk, about) for about in desk.unit.veiled(person)):  # its announcement is gone, too
        said.append(words.ALSO_THERE)
        waits = (words.SHOW,)
    desk.say(person, stacked(*said), *waits)


def _is_there(desk: Desk, about: tuple[SessionId, int] | None) -> bool:
    """Whether something that waits would still be said: a line, or a question that is open."""
    if about is None:
        return True
    session = desk.session(about[0])
    return session is not None and session.prompt(about[1]) is not None


def set_discreet(desk: Desk, by: PersonId, value: Any) -> None:
    """On or off; once it is off, nothing waits behind an announcement any more."""
    desk.save_person(replace(desk.person(by), discreet=value))
    if not value:
        unveil(desk, by)
