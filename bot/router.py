"""What somebody did, and which conversation it belongs to."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import assert_never

from bot import commanding, consenting, danger, grouping, parting, repair, weeks
from bot.changes import NoteMessage, SaveAccount
from bot.commands import lines
from bot.desk import Desk
from bot.engine.advance import Outcome
from bot.engine.events import Amended, Chose, Said
from bot.engine.ids import PersonId, SessionId
from bot.engine.session import Kind, Prompt, Session
from bot.engine.text import Name, text
from bot.events import (
    Blocked,
    Command,
    Edited,
    Incoming,
    OfGroup,
    OwnDeed,
    Pressed,
    Returned,
    Sender,
    Typed,
    Unreadable,
    readable,
)
from bot.people import Account, AccountKey, Person
from bot.tokens import Order, Press, read_token

NAME = 64  # characters of a name that are kept
LONGEST = 4_000  # characters of one message that are taken; what is longer would not fit into the other's chat


def receive(desk: Desk, event: Incoming) -> None:
    """One thing that somebody did."""
    if isinstance(event.deed, Blocked):
        _left(desk, event.sender.account)
        return
    known = _known(desk, event.sender.account)
    if event.sender.place is not None or isinstance(event.deed, OfGroup):
        _among_others(desk, event, known)
        return
    if known is None and isinstance(event.deed, Pressed | Edited | Returned):
        return  # of somebody who deleted everything: what stands in their chat must not make them known again
    account = _meet(desk, event.sender, known)
    if danger.caught(desk, account.person, event.deed):
        return
    if not isinstance(event.deed, Returned) and not danger.lingers(desk, account.person):
        parting.tell(desk, account.person)
    if not consenting.asks_again(desk, account.person, event.deed):
        _does(desk, account, event.deed)


def _among_others(desk: Desk, event: Incoming, known: Account | None) -> None:
    """One thing that somebody did in a group. That they did it there is no sign that they read in their own chat."""
    if (place := event.sender.place) is None:
        return
    if isinstance(event.deed, OfGroup):
        has_agreed = known is not None and consenting.has_agreed(desk, known.person)
        grouping.happened(desk, event, place, known if has_agreed else None)
        return
    if known is not None:
        desk.actor = known.person
        if danger.caught(desk, known.person, event.deed) or not isinstance(event.deed, Command | Pressed):
            return
        if not danger.lingers(desk, known.person):
            parting.tell(desk, known.person)
        if consenting.asks_again(desk, known.person, event.deed):
            return
    grouping.receive(desk, event, place, grouping.Doer(known, lambda: _reached(desk, event.sender, known)))


def _reached(desk: Desk, sender: Sender, known: Account | None) -> Account | None:
    """The account of somebody who did something in a group, if they can be written to."""
    platform = desk.library.platforms.get(sender.account.platform)
    if known is not None and known.reachable:
        return known
    if known is not None:
        sender = replace(sender, chat=known.chat)  # a platform does not tell everywhere which their own chat is
    return _meet(desk, sender, known) if platform is not None and platform.writes_first else None


def _does(desk: Desk, account: Account, deed: OwnDeed) -> None:
    match deed:
        case Command(name, argument):
            commanding.command(desk, account.person, name, argument)
        case Pressed(token):
            _pressed(desk, account.person, token)
        case Typed() as typed:
            _typed(desk, account, replace(typed, text=readable(typed.text)))
        case Edited(changed, message):
            _edited(desk, account, message, readable(changed))
        case Unreadable():
            if not consenting.not_yet_met(desk, account.person):
                desk.say(account.person, lines.NOT_TEXT)
        case Returned() | Blocked():
            pass  # they can be written to again, or not: that is known by now, and was all
        case _:
            assert_never(deed)


def _left(desk: Desk, key: AccountKey) -> None:
    """Nobody is told: their partner would learn when it was, and the next weekly prompt is soon enough."""
    if (known := desk.unit.account(key)) is not None:
        desk.change(SaveAccount(replace(known, reachable=False)))


def _known(desk: Desk, key: AccountKey) -> Account | None:
    """The account of somebody who is known, and has not deleted everything."""
    account = desk.unit.account(key)
    return None if account is None or desk.person(account.person).erased is not None else account


def _meet(desk: Desk, sender: Sender, known: Account | None) -> Account:
    """The account of whoever did it, made at the first meeting."""
    if known is None:
        profile, library = sender.profile, desk.library
        zone = profile.zone or library.zone
        person = Person(
            PersonId(desk.new_id()),
            _name(profile.name),
            library.language(profile.language or ""),
            zone,
            desk.at,
            country=library.country(zone),
        )
        desk.save_person(person)
        known = Account(sender.account, person.id, sender.chat, desk.at)
    account = replace(known, chat=sender.chat, heard=max(known.heard, desk.at), reachable=True)
    desk.actor = account.person
    desk.change(SaveAccount(account))
    if not known.reachable and (couple := desk.couple_of(account.person)) is not None:
        weeks.plan(desk, couple)
    return account


def _name(given: str) -> str:
    """A platform's name on one line, without marks that would turn or hide what stands beside it."""
    seen = (
        char for char in readable(given) if unicodedata.category(char) not in {"Cc", "Cf", "Zl", "Zp"} or char.isspace()
    )
    return " ".join("".join(seen).split())[:NAME] or "…"


# ---- buttons


def _pressed(desk: Desk, person: PersonId, token: str) -> None:
    match read_token(token):
        case Order(name, argument):
            commanding.command(desk, person, name, argument)
        case Press(session_id, no, option):
            session = desk.session(session_id)
            if session is None or person not in session.people:
                desk.say(person, lines.STALE)
            else:
                _answer(desk, replace(session, aside=session.aside - {person}), Chose(desk.at, person, no, (option,)))
        case None:
            desk.say(person, lines.STALE)


def _answer(desk: Desk, session: Session, event: Said | Chose) -> Outcome:
    """In private, nobody sees another's buttons: a forged press must not tell whether theirs is still open, so that
    what is foreign is answered like what is over."""
    is_gone = session.exercise not in desk.library.conversations
    outcome = desk.play(session, event).outcome
    if outcome in {Outcome.STALE, Outcome.FOREIGN} and not is_gone:
        desk.say(event.by, lines.STALE if isinstance(event, Chose) else lines.TOO_LATE)
    return outcome


# ---- words


def _typed(desk: Desk, account: Account, typed: Typed) -> None:
    person = account.person
    if len(typed.text) > LONGEST:
        desk.say(person, text(lines.TOO_LONG.key, {"most": LONGEST, "length": len(typed.text)}))
        return
    before = repair.asked(desk, person)
    replied = desk.unit.shown(account.key, typed.reply_to) if typed.reply_to else None
    target = _target(desk, person, before, replied)
    if replied is not None and target is None:
        if not repair.add_to(desk, account, replied, typed):
            desk.say(person, lines.TOO_LATE)
    elif target is not None:
        is_plain = before in ([], [target]) and bool(target.delivered.message)
        _say_to(desk, account, target, typed, is_plain=is_plain)
    else:
        _of_own_accord(desk, account, typed)


def _of_own_accord(desk: Desk, account: Account, typed: Typed) -> None:
    """Words that no question has asked for."""
    person = account.person
    if danger.answers(desk, person) or consenting.not_yet_met(desk, person):
        return
    if not repair.add_to_last(desk, account, typed):
        _unasked_for(desk, person)


def _target(
    desk: Desk, person: PersonId, before: list[repair.Asked], replied: tuple[SessionId, int] | None
) -> repair.Asked | None:
    """Rule 5: the prompt that it replies to, set aside or not, and none other when that one is over; else the one
    delivered last, but none delivered after it was typed."""
    if replied is not None:
        everywhere = repair.asked(desk, person, aside=True)
        return next((a for a in everywhere if (a.session.id, a.prompt.no) == replied), None)
    return next((a for a in reversed(before) if a.delivered.at <= desk.at), None)


def _unasked_for(desk: Desk, person: PersonId) -> None:
    aside = repair.set_aside(desk, person)
    if aside is None:
        desk.say(person, lines.NO_QUESTION, lines.HELP_BUTTON)
    else:
        repair.keeps_its_place(desk, person, aside)


def _say_to(desk: Desk, account: Account, target: repair.Asked, typed: Typed, *, is_plain: bool) -> None:
    prompt, person = target.prompt, account.person
    session = replace(target.session, aside=target.session.aside - {person})
    names = desk.names(_named(prompt))
    tokens = desk.library.pick(prompt, typed.text, desk.person(person), names) if prompt.kind is not Kind.TEXT else None
    event: Said | Chose = (
        Said(desk.at, person, prompt.no, typed.text)
        if tokens is None
        else Chose(desk.at, person, prompt.no, tokens)
    )  # fmt: skip
    before = desk.so_far()
    if _answer(desk, session, event) is Outcome.TOOK:
        _remember(desk, account, session, prompt, typed)
        if not is_plain:
            with desk.inserting(before):
                desk.say(person, text(lines.ANSWERED.key, {"question": prompt.text}))


def _named(prompt: Prompt) -> set[PersonId]:
    """Whom the labels of a question name: somebody who invites takes no part in the guest's own screen."""
    return {arg.person for option in prompt.options for _, arg in option.label.args if isinstance(arg, Name)}


def _remember(desk: Desk, account: Account, session: Session, prompt: Prompt, typed: Typed) -> None:
    """So that an edit of the message finds its answer while that can change."""
    after = desk.session(session.id)
    if after is not None and (given := after.answers.get(prompt.name)) is not None and given.free:
        desk.change(NoteMessage(account, typed.message, session.id, prompt.name, 0))


def _edited(desk: Desk, account: Account, message: str, changed: str) -> None:
    noted = desk.unit.noted(account.key, message)
    session = desk.session(noted.session) if noted else None
    if noted is None or session is None or not repair.has_part(session, account.person):
        desk.say(account.person, lines.STAYS)  # no answer, or one that is through: the same words for all
        return
    if len(changed) > LONGEST or not changed.strip():
        desk.say(account.person, lines.STAYS)
        return
    amended = Amended(desk.at, account.person, noted.name, noted.part, changed)
    outcome = desk.play(session, amended).outcome
    if outcome is not Outcome.STALE:
        desk.say(account.person, lines.CHANGED if outcome is Outcome.TOOK else lines.STAYS)
