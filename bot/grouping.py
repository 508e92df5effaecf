"""What is done in a group, and what becomes of one. Whoever is asked something private is asked in their own chat."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot import attaching, commanding
from bot.changes import Door, Say
from bot.commands import group as words
from bot.commands import lines
from bot.desk import Desk
from bot.engine.acts import Button
from bot.engine.ids import GroupId, PersonId
from bot.engine.text import Text
from bot.events import Added, Command, Incoming, Joined, MovedTo, Muted, Nameless, Place, Pressed, Removed
from bot.people import Account, Group
from bot.saying import say_in
from bot.tokens import Order, base36, read_token

ANSWERED_THERE = frozenset({"help"})  # commands whose answer is for everybody in the group
SAID_THERE = frozenset({"curious"})  # what comes of it is said in the group, too
FOR_BOTH = (words.QUESTION, words.OWN_QUESTION)


# ---- what somebody does there


@dataclass(frozen=True, slots=True)
class Doer:
    """Whoever does something in a group. `account`: theirs, if they are known; `reach`: the account that they can be
    written to, None where they cannot; it makes somebody known who was not, and is for those whom it concerns."""

    account: Account | None
    reach: Callable[[], Account | None]


def receive(desk: Desk, event: Incoming, place: Place, doer: Doer) -> None:
    """A command or a press in a group. What is typed there is the group's own."""
    language = event.sender.profile.language or ""
    match event.deed:
        case Command(name, argument):
            _command(desk, place, language, doer, Order(name, argument))
        case Pressed(token):
            _pressed(desk, place, language, doer, token)
        case _:
            pass


def _command(desk: Desk, place: Place, language: str, doer: Doer, order: Order) -> None:
    """What is answered in private leaves no trace of the group either, not even which of its topics it came from.
    Whoever is known and cannot be written to is told nothing there: it would tell that they have blocked the bot."""
    known = _found(desk, place)
    if order.command in ANSWERED_THERE:
        _help(desk, _known(desk, place, language))
    elif (account := doer.reach()) is not None:
        if order.command in SAID_THERE and known is not None and _foreign(desk, known, account) is None:
            _known(desk, place)
        commanding.command(desk, account.person, order.command, order.argument)
    elif doer.account is None and (known is None or _foreign(desk, known, None) != words.ANOTHER_TWO):
        _start_me(desk, _known(desk, place, language), "")


def _help(desk: Desk, group: Group) -> None:
    """Where two have parted it is as before, until both know: else it would tell."""
    if group.couple is None:
        say_in(desk, group, Say(words.GREETING, (words.THAT_IS_ME,)))
    elif group.shows_answers:
        say_in(desk, group, Say(words.HELP_OPEN, (words.QUESTION, words.NOT_HERE)))
    else:
        say_in(desk, group, Say(words.HELP, (words.QUESTION, words.OPEN_HERE)))


def _pressed(desk: Desk, place: Place, language: str, doer: Doer, token: str) -> None:
    order, known = read_token(token), _found(desk, place)
    if not isinstance(order, Order) or order not in FOR_ANYBODY | FOR_A_COUPLE:
        desk.aside = lines.STALE
    elif known is not None and (why_not := _foreign(desk, known, doer.account)) is not None:
        desk.aside = why_not
    elif not _is_open(desk, known, order):
        desk.aside = lines.STALE
    elif (account := doer.reach()) is not None:
        _taps(desk, _known(desk, place, language), account, order)
    elif doer.account is not None:
        desk.aside = words.CANNOT_WRITE
    else:
        group = _known(desk, place, language)
        desk.aside = words.START_FIRST
        _start_me(desk, group, f"{words.START}{base36(group.id)}")


def _taps(desk: Desk, group: Group, account: Account, order: Order) -> None:
    if order.command == words.COMMAND:
        desk.aside = attaching.IN_GROUP[order.argument](desk, group, account.person)
    else:
        desk.aside = words.ANSWERED_PRIVATELY
        commanding.command(desk, account.person, order.command, order.argument)


def _orders(*buttons: Button) -> frozenset[Order]:
    return frozenset(Order(button.command, button.argument) for button in buttons)


FOR_ANYBODY = _orders(words.THAT_IS_ME)
FOR_A_COUPLE = _orders(words.OPEN_HERE, words.NOT_HERE, *FOR_BOTH)


def _is_open(desk: Desk, group: Group | None, order: Order) -> bool:
    """Whether a button still does something in a group: of a couple's those that are for two, as long as they are."""
    if order in FOR_ANYBODY:
        return group is None or group.couple is None or attaching.couple_of(desk, group) is not None
    return order in FOR_A_COUPLE and group is not None and attaching.couple_of(desk, group) is not None


def _foreign(desk: Desk, group: Group, account: Account | None) -> Text | None:
    """What somebody is told for whom a group's buttons are not; None where they are: it is nobody's yet, or their
    couple's."""
    if group.couple is None:
        return None
    people = desk.unit.couple(group.couple).people
    if account is not None:
        return None if account.person in people else words.ANOTHER_TWO
    platforms = {known.key.platform for person in people if (known := desk.unit.account_of(person)) is not None}
    return words.ANOTHER_TWO if platforms == {group.key.platform} else words.IN_YOUR_OWN_CHAT


def _start_me(desk: Desk, group: Group, start: str) -> None:
    """`start`: what whoever follows it brings: that they have tapped here, or nothing."""
    say_in(desk, group, Say(words.START_ME_FIRST, door=Door(words.START_ME, start)))


def _found(desk: Desk, place: Place) -> Group | None:
    """The group that a chat is, if it is known; one whose two have long parted is nobody's."""
    group = desk.groups.at(place.group)
    if group is None or not attaching.is_long_over(desk, group):
        return group
    return replace(group, couple=None, taps=(), opens=(False, False))


def _known(desk: Desk, place: Place, language: str = "") -> Group:
    """The group that a chat is, made at its first word; where in it something was done last is where it is answered."""
    group = _found(desk, place)
    if group is None:
        library = desk.library
        group = Group(GroupId(PersonId(desk.new_id())), place.group, library.language(language), library.zone)
    group = replace(group, topic=place.topic, server=place.server, reachable=True)
    desk.groups.save(group)
    return group


# ---- what becomes of it


def happened(desk: Desk, event: Incoming, place: Place, by: Account | None) -> None:
    """Leeway was brought to a group, or taken out, or others came. `by`: who did it, if they are known."""
    match event.deed:
        case Added():
            _added(desk, event, place, by)
        case Nameless():
            _ask_who(desk, _known(desk, place))
        case MovedTo(chat):
            _moved(desk, place, chat)
        case Removed() | Muted() | Joined() as less:
            everywhere = isinstance(less, Removed) and less.everywhere
            for group in _all_at(desk, place, everywhere=everywhere):
                _less(desk, group, less)


def _ask_who(desk: Desk, group: Group) -> None:
    if group.couple is None:
        say_in(desk, group, Say(words.WHO_WAS_THAT, (words.THAT_IS_ME,)))
    elif attaching.couple_of(desk, group) is not None:
        say_in(desk, group, Say(words.WHO_WAS_THAT, FOR_BOTH))


def _added(desk: Desk, event: Incoming, place: Place, by: Account | None) -> None:
    """A group that is known is as it was, in the topic that it had."""
    if (group := desk.groups.at(place.group)) is not None:
        desk.groups.save(replace(group, reachable=True))
        return
    language = event.sender.profile.language if by is None else desk.person(by.person).language
    group = _known(desk, place, language or "")
    if by is None:
        say_in(desk, group, Say(words.GREETING, (words.THAT_IS_ME,)))
    else:
        say_in(desk, attaching.begin(desk, group, by.person), Say(words.greeting(by.person), (words.THAT_IS_ME,)))


def _less(desk: Desk, group: Group, deed: Removed | Muted | Joined) -> None:
    match deed:
        case Removed():
            attaching.tell_both(desk, group, words.TAKEN_OUT)
            desk.groups.drop(group)
        case Muted():
            attaching.tell_both(desk, group, words.MUTED)
            desk.groups.save(replace(group, reachable=False))
        case Joined(who) if group.shows_answers and not attaching.are_of(desk, group, who):
            attaching.close_to_others(desk, group)
        case Joined():
            pass


def _all_at(desk: Desk, place: Place, *, everywhere: bool) -> list[Group]:
    """The group that a chat is; or all that are in its server."""
    if everywhere and place.server is not None:
        return desk.groups.inside(place.group.platform, place.server)
    group = desk.groups.at(place.group)
    return [] if group is None else [group]


def _moved(desk: Desk, place: Place, chat: int) -> None:
    """The group goes on under another id; what was made of that one meanwhile gives way."""
    group, key = desk.groups.at(place.group), replace(place.group, chat=chat)
    if group is None:
        return
    if (meanwhile := desk.groups.at(key)) is not None:
        desk.groups.drop(meanwhile)
    desk.groups.save(replace(group, key=key, topic=None))


def crowded(desk: Desk, group_id: GroupId) -> None:
    """There were others when answers were to open: they stay out of it, and the two are told."""
    group = desk.groups.by_id(group_id)
    if group is not None and group.crowded is not None:
        attaching.close_to_others(desk, group)
