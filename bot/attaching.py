"""A group becomes a couple's own: showing more takes both, showing less takes one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from bot import pairing
from bot.changes import SaveInvitation, Say
from bot.codes import code_hash, new_code
from bot.commands import group as words
from bot.commands import pair
from bot.consenting import not_yet_met
from bot.desk import Desk
from bot.engine.ids import GroupId, PersonId
from bot.engine.text import Text
from bot.inviting import welcome_guest
from bot.people import AccountKey, Couple, Group, Invitation
from bot.saying import say_in
from bot.tokens import base36, read_base36

A_DAY = 86_400  # seconds


def couple_of(desk: Desk, group: Group) -> Couple | None:
    """Whose a group is, as long as they are a couple."""
    couple = None if group.couple is None else desk.unit.couple(group.couple)
    return None if couple is None or couple.ended is not None else couple


def is_long_over(desk: Desk, group: Group) -> bool:
    """Whether the couple whose a group was have parted, both have heard of it, and a day has passed: then it can be
    somebody's again. Until then all is as before there, as anything else would tell of it."""
    couple = None if group.couple is None else desk.unit.couple(group.couple)
    if couple is None or couple.ended is None or couple.untold is not None:
        return False
    return desk.at >= couple.ended + A_DAY


def begin(desk: Desk, group: Group, by: PersonId) -> Group:
    """Somebody has brought Leeway to a group, which is their *that's me*; whoever they are linked with is asked."""
    group = replace(group, taps=(by,))
    desk.groups.save(group)
    if (couple := desk.couple_of(by)) is not None:
        _ask_the_other(desk, couple, group, by)
    return group


def _ask_the_other(desk: Desk, couple: Couple, group: Group, by: PersonId) -> None:
    other = _other(couple, by)
    account = desk.unit.account_of(other)
    elsewhere = account is not None and account.key.platform != group.key.platform
    ours, not_ours = words.ours_or_not(base36(group.id))
    desk.say(other, words.is_it_yours(by, elsewhere=elsewhere), ours, not_ours)


def _other(couple: Couple, person: PersonId) -> PersonId:
    return next(p for p in couple.people if p != person)


# ---- that's me


def here(desk: Desk, group: Group, person: PersonId) -> Text:
    """Somebody says that a group is theirs; what they are told alone. Of who has agreed to nothing yet it counts only
    as the answer to another's tap: that is an invitation, which asks them first."""
    if group.couple is not None:
        return words.YOURS_ALREADY
    if (couple := desk.couple_of(person)) is not None:
        return _of_a_couple(desk, group, couple, person)
    if person in group.taps:
        return words.NOTED_ALREADY
    if group.taps:
        return _second(desk, group, group.taps[0], person)
    if not_yet_met(desk, person):
        return words.ANSWERED_PRIVATELY
    begin(desk, group, person)
    return words.NOTED


def _of_a_couple(desk: Desk, group: Group, couple: Couple, person: PersonId) -> Text:
    """What others have tapped, who are not of the couple, counts no more."""
    if _other(couple, person) in group.taps:
        attach(desk, couple, group)
        return words.DONE
    if person in group.taps:
        return words.NOTED_ALREADY
    begin(desk, group, person)
    return words.NOTED


def _second(desk: Desk, group: Group, first: PersonId, person: PersonId) -> Text:
    """Two who are not linked: as if the second had opened an invitation of the first. Each says in their own chat
    whether it is the right one: anybody may tap in a group."""
    if desk.couple_of(first) is None:
        desk.groups.save(replace(group, taps=(first, person)))
        seat = pairing.seat_kept_by(desk, first)
        lasts = desk.at + int(pair.LASTS.total_seconds())
        invitation = Invitation(code_hash(new_code(desk)), first, seat.id if seat else None, lasts)
        desk.change(SaveInvitation(invitation))
        welcome_guest(desk, person, invitation)
    else:
        not_yet_met(desk, person)
    return words.ANSWERED_PRIVATELY


def arrive(desk: Desk, person: PersonId, group_id: GroupId) -> None:
    """Somebody who has tapped in a group comes to their own chat, as the bot may not write to them first."""
    group = desk.groups.by_id(group_id)
    told = None if group is None or group.couple is not None else here(desk, group, person)
    if told != words.ANSWERED_PRIVATELY and not not_yet_met(desk, person):
        desk.say(person, words.MAY_WRITE)
        if told is not None:
            desk.say(person, told)


def linked(desk: Desk, couple: Couple) -> None:
    """Two have just been linked: a group in which both have tapped is theirs; of one in which one of them has, the
    other is asked; what they have tapped with others is nothing."""
    found = {group.id: group for person in couple.people for group in desk.groups.tapped_by(person)}
    theirs = [group for group in found.values() if set(group.taps) <= set(couple.people)]
    both = [group for group in theirs if len(group.taps) == len(couple.people)]
    if both:
        attach(desk, couple, both[-1])
    elif theirs:
        _ask_the_other(desk, couple, theirs[-1], theirs[-1].taps[0])


def attach(desk: Desk, couple: Couple, group: Group) -> None:
    """A group is a couple's from now on, and none other is."""
    for person in couple.people:
        for tapped in desk.groups.tapped_by(person):
            if tapped.id != group.id:
                desk.groups.drop(tapped)
    if (before := desk.groups.of(couple.id)) is not None:
        desk.groups.drop(before)
    group = replace(group, couple=couple.id, taps=(), opens=(False, False), crowded=None)
    desk.groups.save(group)
    say_in(desk, group, Say(words.OURS, (words.QUESTION, words.OPEN_HERE)))


# ---- more, and less


def show(desk: Desk, group: Group, person: PersonId) -> Text:
    """One of the two would have answers open in their group; once both would, they do. What they are told alone."""
    couple = couple_of(desk, group)
    if couple is None:
        return words.HIDDEN_ALREADY
    if group.shows_answers:
        return words.OPEN_ALREADY
    is_first = couple.people.index(person) == 0
    opens = (True, group.opens[1]) if is_first else (group.opens[0], True)
    after = replace(group, opens=opens, crowded=None)
    desk.groups.save(after)
    if not after.shows_answers:
        return words.TAKES_BOTH
    tell_both(desk, after, words.OPEN_THERE_NOW)
    say_in(desk, after, Say(words.OPENS, (words.NOT_HERE,), only_two=True))  # so that others are found out now
    return words.DONE


def hide(desk: Desk, group: Group, person: PersonId) -> Text:
    """One of the two would rather have no answers open in their group."""
    if group.shows_answers:
        desk.groups.save(replace(group, opens=(False, False)))
        tell_both(desk, group, words.ONLY_OPEN)
        return words.DONE
    couple = couple_of(desk, group)
    if couple is not None:  # a yes of their own that waited for the other's; what the other has said stays
        is_first = couple.people.index(person) == 0
        desk.groups.save(replace(group, opens=(False, group.opens[1]) if is_first else (group.opens[0], False)))
    return words.HIDDEN_ALREADY


def close_to_others(desk: Desk, group: Group) -> None:
    """Others are there: no answers open there any more, and the two are told in private."""
    desk.groups.save(replace(group, opens=(False, False), crowded=None))
    if group.shows_answers:
        tell_both(desk, group, words.OTHERS_THERE)


def are_of(desk: Desk, group: Group, who: Collection[AccountKey]) -> bool:
    """Whether all of these are accounts of the couple's."""
    couple = couple_of(desk, group)
    known = [desk.unit.account(key) for key in who]
    return couple is not None and all(account is not None and account.person in couple.people for account in known)


def tell_both(desk: Desk, group: Group, said: Text) -> None:
    """Something for each of a group's couple, in private."""
    couple = couple_of(desk, group)
    for person in couple.people if couple is not None else ():
        desk.say(person, said)


# ---- in private


def command(desk: Desk, person: PersonId, argument: str) -> None:
    """What is said in the chat that somebody shares with the other, and what can be changed."""
    couple = desk.couple_of(person)
    group = None if couple is None else desk.groups.of(couple.id)
    asked, _, which = argument.partition(" ")
    if couple is not None and asked in {words.HERE, words.NO}:
        _answered(desk, couple, person, which, is_ours=asked == words.HERE)
    elif group is None or couple is None:
        desk.say(person, words.NO_GROUP)
    elif argument == words.OUT:
        desk.groups.drop(group)
        tell_both(desk, group, words.IS_NO_MORE)
    elif argument in {words.SHOW, words.HIDE}:
        _changed(desk, group, person, argument)
    else:
        _told_how_it_is(desk, couple, person)


def _told_how_it_is(desk: Desk, couple: Couple, person: PersonId) -> None:
    """What is said in the group of a couple, if they have one, and what can be changed: also to whoever answers late
    whether it is theirs, as a no to what is so already must not pass for one that was done."""
    group = desk.groups.of(couple.id)
    mine = group is not None and group.opens[couple.people.index(person)]
    said, buttons = (words.NO_GROUP, ()) if group is None else words.state(opens=group.shows_answers, mine=mine)
    desk.say(person, said, *buttons)


def _answered(desk: Desk, couple: Couple, person: PersonId, which: str, *, is_ours: bool) -> None:
    """Whether that group, to which the other has brought Leeway, is theirs, both of them. A no changes nothing there:
    else the other could see it."""
    number = read_base36(which)
    group = None if number is None else desk.groups.by_id(GroupId(PersonId(number)))
    if group is None or group.couple is not None or _other(couple, person) not in group.taps:
        _told_how_it_is(desk, couple, person)
    elif is_ours:
        attach(desk, couple, group)
        desk.say(person, words.ONLY_OPEN, words.OPEN_THERE)
    else:
        desk.say(person, words.NOT_THEN)


def _changed(desk: Desk, group: Group, person: PersonId, argument: str) -> None:
    if argument == words.HIDE:
        is_new = group.shows_answers
        hide(desk, group, person)
        if not is_new:
            desk.say(person, words.ONLY_OPEN)
        return
    told = show(desk, group, person)
    if told == words.TAKES_BOTH:
        desk.say(person, words.TAKES_BOTH_THERE)
    elif told == words.OPEN_ALREADY:
        desk.say(person, words.OPEN_THERE_NOW)


# What a button in a group does, by what stands behind its command.
IN_GROUP: Mapping[str, Callable[[Desk, Group, PersonId], Text]] = {
    words.HERE: here,
    words.SHOW: show,
    words.HIDE: hide,
}
