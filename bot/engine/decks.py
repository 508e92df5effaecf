"""What a draw needs to know of a deck: ids, depths and what makes a card unfit; its sentences are elsewhere."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class DeckCard:
    """A card: its id, its depth (1 light to 3 deep) and the circumstances it does not fit."""

    id: str
    depth: int
    unfit: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Wish:
    """What a draw should heed. `seen` cards come again only when nothing else is left; `never` and `unfit` not at
    all while there is any other; `depth` is the depth wished for, the nearest one counts."""

    seen: Collection[str] = ()
    never: Collection[str] = ()
    unfit: Collection[str] = ()
    depth: int | None = None


def draw(cards: tuple[DeckCard, ...], seed: str, wish: Wish) -> str:
    """The id of one card, the same for the same seed and wish. Raises `IndexError` for an empty deck."""
    fit = [c for c in cards if c.id not in wish.never and not c.unfit.intersection(wish.unfit)] or list(cards)
    left = [c for c in fit if c.id not in wish.seen] or fit
    if wish.depth is not None:
        nearest = min(abs(c.depth - wish.depth) for c in left)
        left = [c for c in left if abs(c.depth - wish.depth) == nearest]
    return Random(seed).choice(sorted(left, key=lambda c: c.id)).id
