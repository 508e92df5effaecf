"""What a turn says to somebody, as rows of the outbox: at once, when it opens for them, or as a reminder."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.changes import Cleared, Content, Lane, Put, Redrawn, Removed, Say, Show
from bot.engine.acts import Remind
from bot.engine.ids import PersonId, SessionId
from bot.engine.session import Session
from bot.engine.text import Text
from bot.people import Group
from bot.starting import open_for_all
from bot.waking import DAYS, days_later, rest_ends

A_DAY = 86_400  # seconds after which what is said there is no news

if TYPE_CHECKING:
    from bot.desk import Desk


def put(
    desk: Desk,
    to: PersonId,
    content: Content,
    *,
    prompt: tuple[SessionId, int] | None = None,
    once: bool = False,
    unasked: bool = False,
    useless_after: int | None = None,
    session: SessionId | None = None,
) -> None:
    """Something for one person's chat; nothing where nothing is said to them in this turn."""
    if to == desk.silent:
        return
    own, belongs_to = to == desk.actor, session or (prompt[0] if prompt else None)
    quiet = own or isinstance(content, Redrawn | Cleared | Removed)
    desk.change(
        Put(
            desk.new_id(),
            to,
            content,
            Lane.REPLY if own else Lane.BULK,
            _from(desk, to),
            useless_after,
            prompt,
            once=once,
            waking=not quiet,
            unasked=unasked,
            in_silence=belongs_to is not None and desk.in_silence(belongs_to),
            session=belongs_to,
        )
    )


def say_in(desk: Desk, group: Group, said: Say, *, session: SessionId | None = None) -> None:
    """Something for a group. It goes at once whoever sleeps: no phone rings for it, and its time tells nothing of
    anybody's own hours."""
    useless = None if session is None else desk.at + A_DAY
    lane = Lane.REPLY if session is None and desk.actor is not None else Lane.BULK
    row = Put(desk.new_id(), group.id, said, lane, desk.at, useless, session=session)
    desk.change(replace(row, once=session is not None and desk.actor is None))


def ask(desk: Desk, session: Session, no: int, lead: Text | None) -> None:
    """A prompt of a session, asked for the first time."""
    prompt = session.prompt(no)
    if prompt is None:
        return
    unasked = desk.actor is None or (prompt.to != desk.actor and prompt.to in desk.opens)
    put(
        desk,
        prompt.to,
        Show(session.id, prompt, lead),
        prompt=(session.id, no),
        once=unasked,
        unasked=unasked,
        useless_after=_useless_after(desk, prompt.to) if unasked else None,
    )


def remind(desk: Desk, session: Session, act: Remind) -> None:
    """A prompt again, later, if it is still open then."""
    prompt, at = session.prompt(act.no), open_for_all(desk.opens, desk.at) + int(act.wait.total_seconds())
    if prompt is None or _rests(desk, session, at):
        return
    sent = Show(session.id, prompt, act.lead)
    row = Put(desk.new_id(), prompt.to, sent, Lane.BULK, at, act.until, (session.id, act.no), session=session.id)
    in_silence = desk.in_silence(session.id)
    desk.change(replace(row, once=True, waking=True, unasked=True, in_silence=in_silence))


def _from(desk: Desk, person: PersonId) -> int:
    """From when something may be said to that person: at once, if it answers what they did."""
    return desk.at if person == desk.actor or person not in desk.opens else max(desk.at, desk.opens[person][0])


def _useless_after(desk: Desk, person: PersonId) -> int:
    """The last moment before an unasked prompt would be two days late."""
    if person in desk.opens:
        return desk.opens[person][1]
    return days_later(desk.person(person), desk.at, DAYS) - 1


def _rests(desk: Desk, session: Session, at: int) -> bool:
    """Whether the couple that a session is of rests at that time: then nobody is reminded."""
    couple = desk.lasting(session)
    return couple is not None and at < rest_ends(couple, (desk.person(p).zone for p in couple.people))
