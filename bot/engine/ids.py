"""The ids that people, couples and sessions go by: positive integers below 2**63, made once from time and chance."""

from typing import NewType

PersonId = NewType("PersonId", int)
CoupleId = NewType("CoupleId", int)
SessionId = NewType("SessionId", int)

_RANDOM_BITS = 21


def make_id(at: int, chance: int) -> int:
    """An id that sorts by time: `at` in epoch seconds (spread to milliseconds by chance), `chance` any integer."""
    milliseconds = at * 1000 + (chance >> _RANDOM_BITS) % 1000
    return (milliseconds << _RANDOM_BITS) | (chance & ((1 << _RANDOM_BITS) - 1))
