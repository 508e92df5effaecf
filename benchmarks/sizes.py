"""How much is measured: enough for figures to be trusted, or only so much that it is seen to work."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sizes:
    """`rounds` of everything; `repeats` of one engine turn; `people` in the durable plays (half of them one by one,
    half 16 in flight); `updates` of the raw floor; `couples` in the big file; idle `ticks`, and `starts`; couples
    that are `due` in one minute, in so many `evenings`; `bulk` messages that replies come behind."""

    rounds: int
    repeats: int
    people: int
    updates: int
    couples: int
    ticks: int
    starts: int
    due: int
    evenings: int
    bulk: int


FULL = Sizes(
    rounds=7,
    repeats=400,
    people=160,
    updates=3_000,
    couples=1_000_000,
    ticks=1_000,
    starts=7,
    due=10_000,
    evenings=3,
    bulk=1_200,
)
SMALL = Sizes(rounds=1, repeats=2, people=4, updates=40, couples=200, ticks=5, starts=1, due=20, evenings=1, bulk=20)
