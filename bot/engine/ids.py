"""The ids that people, couples, sessions and groups go by: positive integers below 2**63, made of time and chance."""

from typing import NewType

PersonId = NewType("PersonId", int)
CoupleId = NewType("CoupleId", int)
SessionId = NewType("SessionId", int)
GroupId = NewType("GroupId", PersonId)  # of whoever is there: a group is spoken to as a person is

_CHANCE_BITS = 31


def first_of(at: int) -> int:
    """The smallest id of that second (epoch): whatever has a smaller one was made before."""
    return at << _CHANCE_BITS


class Ids:
    """Makes ids that sort by time: the second (epoch), then chance, then one by one. Never the same twice."""

    def __init__(self) -> None:
        """No id is made yet."""
        self._last = 0

    def next(self, at: int, chance: int) -> int:
        """The next id, for something that happens at `at`; `chance` is any integer."""
        drawn = at << _CHANCE_BITS | chance & ((1 << (_CHANCE_BITS - 1)) - 1)
        self._last = max(drawn, self._last + 1)
        return self._last
