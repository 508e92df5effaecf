"""Repair: which prompt something belongs to, and what can be taken back, passed, left or kept. No exercise knows it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.changes import NoteMessage
from bot.commands import lines
from bot.desk import Desk
from bot.engine.acts import Button
from bot.engine.advance import Outcome
from bot.engine.events import Amended, Back, Chose, Stopped
from bot.engine.ids import PersonId, SessionId
from bot.engine.seats import changeable, last_answer
from bot.engine.session import Prompt, Session, Tap
from bot.people import Account
from bot.ports import Delivered

STILL_THE_SAME = 600  # seconds in which a further message still belongs to the answer before it


@dataclass(frozen=True, slots=True)
class Asked:
    """An open prompt as a person has it before them: delivered, and not set aside."""

    session: Session
    prompt: Prompt
    delivered: Delivered


def asked(desk: Desk, person: PersonId) -> list[Asked]:
    """A person's open prompts, the one delivered last at the end."""
    sessions = {s.id: s for s in desk.sessions_of(person) if person not in s.aside}
    found = list[Asked]()
    for delivered in desk.unit.delivered(person):
        session = sessions.get(delivered.session)
        prompt = session.prompt(delivered.prompt) if session else None
        if session is not None and prompt is not None and prompt.to == person:
            found.append(Asked(session, prompt, delivered))
    return sorted(found, key=lambda a: a.delivered.order)


def stand_again(desk: Desk, person: PersonId) -> None:
    """The open question is put once more, after something else was said."""
    if before := asked(desk, person):
        last = before[-1]
        if (session := desk.session(last.session.id)) and (prompt := session.prompt(last.prompt.no)):
            desk.show(session, prompt)


def focus(desk: Desk, person: PersonId) -> Session | None:
    """The session that a person is in: of the prompt delivered last, else of their own last answer, else the newest."""
    if before := asked(desk, person):
        return before[-1].session
    mine = [(a.at, s.id, s) for s in desk.sessions_of(person) for a in s.answers.values() if a.by == person]
    if mine:
        return max(mine)[2]
    return next(reversed(desk.sessions_of(person)), None)


# ---- leave, take back, pass, keep the place


def stop(desk: Desk, person: PersonId, session_id: str) -> None:
    """Ends the session that a person is in."""
    session = _named(desk, person, session_id) or focus(desk, person)
    if session is None:
        desk.say(person, lines.NOTHING_TO_STOP, lines.HELP_BUTTON)
        return
    desk.play(session, Stopped(desk.at))
    desk.say(person, lines.STOPPED)
    for other in session.people:
        if other != person:
            desk.say(other, lines.STOPPED_BY_OTHER)


def back(desk: Desk, person: PersonId, session_id: str) -> None:
    """Takes back a person's own last answer, in the session named or wherever it was given last."""
    session = _named(desk, person, session_id) or _last_answered(desk, person)
    if session is None or desk.play(session, Back(desk.at, person)).outcome is Outcome.NOTHING:
        desk.say(person, lines.NOTHING_BACK)


def skip(desk: Desk, person: PersonId) -> None:
    """Passes the question that was put last, where it can be passed."""
    before = asked(desk, person)
    side = next((s for s in before[-1].prompt.sides if s.tap is Tap.ANSWER), None) if before else None
    if side is None:
        desk.say(person, lines.NO_SKIP if before else lines.NO_QUESTION)
        return
    desk.play(before[-1].session, Chose(desk.at, person, before[-1].prompt.no, (side.token,)))


def not_now(desk: Desk, person: PersonId, session_id: str) -> None:
    """Keeps the place: what is typed from now on is not for this session."""
    session = _named(desk, person, session_id) or focus(desk, person)
    if session is None:
        desk.say(person, lines.NO_QUESTION, lines.HELP_BUTTON)
        return
    desk.save(replace(session, aside=session.aside | {person}))
    desk.say(person, lines.ASIDE, Button(lines.CONTINUE, "continue", str(session.id)))


def go_on(desk: Desk, person: PersonId, session_id: str) -> None:
    """Comes back to a session: its open questions are put once more."""
    session = _named(desk, person, session_id)
    if session is None:
        desk.say(person, lines.STALE)
        return
    session = replace(session, aside=session.aside - {person})
    desk.save(session)
    mine = [p for p in session.open.values() if p.to == person]
    for prompt in mine:
        desk.show(session, prompt)
    if not mine:
        desk.say(person, lines.GOES_ON_BY_ITSELF)


def start_over(desk: Desk, person: PersonId, session_id: str) -> None:
    """Ends a session of one's own and begins the same exercise anew."""
    session = _named(desk, person, session_id)
    if session is None or session.people != (person,):
        desk.say(person, lines.STALE)
        return
    desk.play(session, Stopped(desk.at))
    desk.begin(session.exercise, session.people, session.couple, session.given)


def _named(desk: Desk, person: PersonId, session_id: str) -> Session | None:
    session = desk.session(SessionId(int(session_id))) if session_id.isdecimal() else None
    return session if session is not None and person in session.people else None


def _last_answered(desk: Desk, person: PersonId) -> Session | None:
    mine = [(s.answers[n].at, s.id, s) for s in desk.sessions_of(person) if (n := last_answer(s, person))]
    return max(mine)[2] if mine else focus(desk, person)


# ---- a thought in two messages


def add_to_last(desk: Desk, account: Account, message: str, typed: str) -> bool:
    """Adds words to the answer given last, while it can still change; False where there is none such."""
    person = account.person
    mine = [
        (a.at, s.id, name)
        for s in desk.sessions_of(person)
        for name, a in s.answers.items()
        if changeable(s, a, person) and desk.at - a.at <= STILL_THE_SAME
    ]
    if not mine:
        return False
    _, session_id, name = max(mine)
    session = desk.session(session_id)
    if session is None:
        return False
    words = session.answers[name].value
    part = len(words["words"]) if isinstance(words, dict) and isinstance(words["words"], list) else 0
    if desk.play(session, Amended(desk.at, person, name, part, typed)).outcome is Outcome.NOTHING:
        return False
    desk.change(NoteMessage(account, message, session_id, name, part))
    if part == 1:  # said once, not after each of twenty messages
        desk.say(person, lines.ADDED, Button(lines.CHANGE_IT, "back", str(session_id)))
    return True
