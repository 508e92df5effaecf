"""The groups that a turn comes by, as it has left them."""

from __future__ import annotations

from collections.abc import Iterable

from bot.changes import Change, DropGroup, SaveGroup
from bot.engine.ids import CoupleId, GroupId, PersonId
from bot.people import Group, GroupKey
from bot.ports import Unit


class Groups:
    """What is known of groups in one turn."""

    def __init__(self, unit: Unit) -> None:
        """As they are in that transaction."""
        self._unit = unit
        self._left: dict[GroupId, Group | None] = {}

    def at(self, key: GroupKey) -> Group | None:
        """The group that a chat is."""
        stored = self._unit.group(key)
        return next((group for group in self._known([stored] if stored else []) if group.key == key), None)

    def by_id(self, group: GroupId) -> Group | None:
        """A group, if it is still known."""
        return self._left[group] if group in self._left else self._unit.group_by_id(group)

    def of(self, couple: CoupleId) -> Group | None:
        """A couple's group."""
        return next((g for g in self._known(self._unit.groups_of(couple)) if g.couple == couple), None)

    def tapped_by(self, person: PersonId) -> list[Group]:
        """Those that a person has said are theirs, and that are nobody's yet."""
        known = self._known(self._unit.groups_tapped_by(person))
        return [group for group in known if group.couple is None and person in group.taps]

    def inside(self, platform: str, server: int) -> list[Group]:
        """Those that are channels of a server."""
        return [g for g in self._known(self._unit.groups_in(platform, server)) if g.server == server]

    def save(self, group: Group) -> None:
        """A group as it is now."""
        self._left[group.id] = group

    def drop(self, group: Group) -> None:
        """A group is not known any more."""
        self._left[group.id] = None

    def changes(self) -> list[Change]:
        """What this turn changes, first what makes room."""
        gone: list[Change] = [DropGroup(id_) for id_, group in self._left.items() if group is None]
        return [*gone, *(SaveGroup(group) for group in self._left.values() if group is not None)]

    def _known(self, stored: Iterable[Group]) -> list[Group]:
        known = {group.id: group for group in stored} | self._left
        return [group for group in known.values() if group is not None]
