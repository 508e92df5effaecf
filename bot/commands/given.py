"""Whom a conversation was begun about."""

from __future__ import annotations

from bot.engine.ids import PersonId
from bot.engine.talk import Talk


def person(talk: Talk, name: str) -> PersonId:
    """The person given under that name. Raises `TypeError` where there is none."""
    known = talk.given(name)
    if not isinstance(known, int):
        raise TypeError("a person's id is missing")
    return PersonId(known)
