"""The line of the dance that each of two sees of the other: it takes both, and one of them ends it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.commands import dance as words
from bot.desk import Desk
from bot.engine.ids import PersonId


def show(desk: Desk, by: PersonId, yes: Any) -> None:
    """Whether each sees the other's line in the dance: it takes both, and both hear when it begins or ends."""
    if (couple := desk.couple_of(by)) is None:
        desk.say(by, words.TWO)
        return
    mine, seat = 1 if yes else -1, couple.people.index(by)
    after = replace(couple, dances=(mine, couple.dances[1]) if seat == 0 else (couple.dances[0], mine))
    desk.save_couple(after)
    before, now = (min(each.dances) > 0 for each in (couple, after))
    if now == before:
        desk.say(by, words.WAITS if yes and not now else words.TOGETHER if now else words.STAYS)
        return
    for reader in after.people:
        desk.say(reader, words.TOGETHER if now else words.APART)
