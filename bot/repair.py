"""Repair: which prompt something belongs to, and what can be taken back, passed, left or kept. No exercise knows it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.changes import ForgetMessages, NoteMessage
from bot.commands import lines
from bot.desk import Desk
from bot.engine.acts import Button
from bot.engine.advance import Outcome
from bot.engine.events import Amended, Back, Chose, Stopped, Unseated
from bot.engine.ids import PersonId, SessionId
from bot.engine.seats import changeable, going_back
from bot.engine.session import Answer, Prompt, Session, Tap
from bot.events import Typed
from bot.people import Account
from bot.ports import Delivered
from bot.starting import SETTLED

BESIDE_THE_WEEK = frozenset({"asked", "renew"})
STILL_THE_SAME = 600  # seconds in which a further message still belongs to the answer before it


@dataclass(frozen=True, slots=True)
class Asked:
    """An open prompt as a person has it before them."""

    session: Session
    prompt: Prompt
    delivered: Delivered


@dataclass(frozen=True, slots=True)
class Given:
    """Words that somebody wrote, and can still change."""

    session: Session
    name: str
    answer: Answer


def asked(desk: Desk, person: PersonId, *, aside: bool = False) -> list[Asked]:
    """A person's open prompts, the one delivered last at the end; with `aside`, also those set aside."""
    sessions = {s.id: s for s in desk.sessions_of(person) if aside or person not in s.aside}
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


def has_part(session: Session, person: PersonId) -> bool:
    """Whether a session still has something for that person, as far as they can know. What waits for the other alone
    is none of theirs: whether it is still open, how long and until when, they must not learn by any command."""
    return len(session.people) == 1 or session.waits_for(person) or _waits_beside_questions(session, person)


def is_sealed(session: Session, person: PersonId | None = None) -> bool:
    """Whether a sealed question of the session has not come to its end, for anybody, or as far as that person can
    know: to who has passed it has not before its time is over."""
    if any(prompt.sealed for prompt in session.open.values()):
        return True
    whose = session.people if person is None else (person,)
    return len(session.people) > 1 and any(_waits_beside_questions(session, each) for each in whose)


def _waits_beside_questions(session: Session, person: PersonId) -> bool:
    """Whether a time is awaited, for that person or for both, that is not the end of one question."""
    mine = f"{session.people.index(person)}/"
    return any(
        timer.removesuffix(":within") not in session.open and ("/" not in timer or timer.startswith(mine))
        for timer in session.timers
    )


def is_week_s(session: Session) -> bool:
    """Whether it is the round of a week, and still sealed. A question of somebody's own takes no week's place: that
    one was asked at all is nobody's but theirs until it has come. The ritual has had its week when it is still open."""
    return session.exercise not in BESIDE_THE_WEEK and is_sealed(session)


def takes_part_in(desk: Desk, person: PersonId) -> list[Session]:
    """The open sessions that still have something for that person, oldest first."""
    return [session for session in desk.sessions_of(person) if has_part(session, person)]


def focus(desk: Desk, person: PersonId) -> Session | None:
    """The session that a person is in: of the prompt delivered last, else of their own last answer, else the newest."""
    if before := asked(desk, person):
        return before[-1].session
    theirs = takes_part_in(desk, person)
    mine = [(a.at, s.id, s) for s in theirs for a in s.answers.values() if a.by == person]
    if mine:
        return max(mine)[2]
    return next(reversed(theirs), None)


def set_aside(desk: Desk, person: PersonId) -> Session | None:
    """The newest session with a question for that person to which they said *not now*."""
    aside = (s for s in desk.sessions_of(person) if person in s.aside and s.waits_for(person))
    return next(reversed([*aside]), None)


# ---- leave, take back, pass, keep the place: in the session that a button names, or in the one that the person is in


def stop(desk: Desk, person: PersonId, named: Session | None) -> None:
    """Ends a session. The other hears of it only where there was something left for them."""
    session = named or focus(desk, person)
    if session is None:
        desk.say(person, lines.NOTHING_TO_STOP, lines.HELP_BUTTON)
    elif _stops_alone(desk, session):  # for the other it goes on as if nothing had been done
        desk.save(replace(session, aside=session.aside | {person}))
        desk.say(person, lines.STOPPED_ALONE)
    elif session.couple is None and person in session.people[1:]:  # let in, not yet linked: the round is the other's
        if desk.play(session, Unseated(desk.at, person)).outcome is Outcome.TOOK:
            desk.say(person, lines.STOPPED, lines.HELP_BUTTON)
    elif desk.play(session, Stopped(desk.at)).outcome is Outcome.TOOK:
        desk.say(person, lines.STOPPED)
        tell_of_end(desk, session, person)


def _stops_alone(desk: Desk, session: Session) -> bool:
    conversation = desk.library.conversations.get(session.exercise)
    return conversation is not None and conversation.stops_alone


def tell_of_end(desk: Desk, session: Session, by: PersonId) -> None:
    """Somebody has ended a session, which is given as it was: the others hear of it where they had a part."""
    for other in session.people:
        if other != by and has_part(session, other):
            desk.say(other, lines.STOPPED_BY_OTHER)


def back(desk: Desk, person: PersonId, named: Session | None, name: str = "") -> None:
    """Takes back a person's own last answer, in the session named or wherever it was given last; or the one of that
    name, with what they answered after it."""
    session = named or _last_answered(desk, person)
    names = [] if session is None else going_back(session, person, name)
    if session is None or desk.play(session, Back(desk.at, person, name)).outcome is Outcome.NOTHING:
        desk.say(person, lines.NOTHING_BACK)
        return
    for gone in names:
        desk.change(ForgetMessages(session.id, gone))


def skip(desk: Desk, person: PersonId) -> None:
    """Passes the question that was put last, where it can be passed."""
    before = asked(desk, person)
    side = next((s for s in before[-1].prompt.sides if s.tap is Tap.ANSWER), None) if before else None
    if side is None:
        desk.say(person, lines.NO_SKIP if before else lines.NO_QUESTION)
        return
    desk.play(before[-1].session, Chose(desk.at, person, before[-1].prompt.no, (side.token,)))


def not_now(desk: Desk, person: PersonId, named: Session | None) -> None:
    """Keeps the place: what is typed from now on is not for this session."""
    session = named or focus(desk, person)
    if session is None:
        desk.say(person, lines.NO_QUESTION, lines.HELP_BUTTON)
        return
    desk.save(replace(session, aside=session.aside | {person}))
    keeps_its_place(desk, person, session)


def keeps_its_place(desk: Desk, person: PersonId, session: Session) -> None:
    """One line about a session that was set aside, and the way back to it."""
    desk.say(person, lines.ASIDE, Button(lines.CONTINUE, "continue", str(session.id)))


def go_on(desk: Desk, person: PersonId, named: Session | None) -> None:
    """Comes back to a session: its open questions are put once more."""
    session = named or set_aside(desk, person) or focus(desk, person)
    if session is None:
        desk.say(person, lines.NO_QUESTION, lines.HELP_BUTTON)
        return
    session = replace(session, aside=session.aside - {person})
    desk.save(session)
    mine = [p for p in session.open.values() if p.to == person]
    for prompt in mine:
        desk.show(session, prompt)
    if not mine:
        desk.say(person, lines.GOES_ON_BY_ITSELF)


def start_over(desk: Desk, person: PersonId, named: Session | None) -> None:
    """Ends a session of one's own and begins the same exercise anew."""
    if named is None or named.people != (person,) or desk.is_for_two(named):
        desk.say(person, lines.STALE)
    elif desk.play(named, Stopped(desk.at)).outcome is Outcome.TOOK:
        given = {name: value for name, value in named.given.items() if name not in SETTLED}
        desk.begin(named.exercise, named.people, named.couple, given)


def _last_answered(desk: Desk, person: PersonId) -> Session | None:
    mine = [(s.answers[n].at, s.id, s) for s in takes_part_in(desk, person) for n in going_back(s, person)]
    return max(mine)[2] if mine else focus(desk, person)


# ---- a thought in two messages


def add_to_last(desk: Desk, account: Account, typed: Typed) -> bool:
    """Adds words to the answer given last, while it can still change; False where there is none such."""
    mine = [
        given
        for given in _changeable(desk, account.person)
        if desk.at - given.answer.at <= STILL_THE_SAME and account.person not in given.session.aside
    ]
    last = max(mine, key=lambda given: (given.answer.at, given.session.id, given.name), default=None)
    return last is not None and _add(desk, account, last, typed)


def add_to(desk: Desk, account: Account, shown: tuple[SessionId, int], typed: Typed) -> bool:
    """Adds words to the answer that a question got, while it can still change; False where there is none such."""
    mine = _changeable(desk, account.person)
    found = next((given for given in mine if (given.session.id, given.answer.no) == shown), None)
    return found is not None and _add(desk, account, found, typed)


def _changeable(desk: Desk, person: PersonId) -> list[Given]:
    return [
        Given(session, name, answer)
        for session in takes_part_in(desk, person)
        for name, answer in session.answers.items()
        if changeable(session, answer, person)
    ]


def _add(desk: Desk, account: Account, given: Given, typed: Typed) -> bool:
    person, session, words = account.person, given.session, given.answer.value
    part = len(words["words"]) if isinstance(words, dict) and isinstance(words["words"], list) else 0
    outcome = desk.play(session, Amended(desk.at, person, given.name, part, typed.text)).outcome
    if outcome is not Outcome.TOOK:
        return outcome is Outcome.STALE
    desk.change(NoteMessage(account, typed.message, session.id, given.name, part))
    if part == 1:  # said once, not after each of twenty messages
        desk.say(person, lines.ADDED, Button(lines.CHANGE_IT, "back", f"{session.id} {given.name}"))
    return True
