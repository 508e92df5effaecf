"""What a year brings beside the weeks: the program ends and begins again, somebody leaves, draws a village,
wants time for themselves, or the other near; two say yes to a time to renew."""

from __future__ import annotations

from tests.simulating.habits import audits, looks_inside, renews, rests, takes_time, wants_near
from tests.simulating.year import BEGINS, DAY, HOUR, SUNDAY, WEEK, Year

A_LITTLE, A_WHILE, LONG = 60, 2 * HOUR, 30 * HOUR  # that the program stands still


def befall(year: Year) -> None:
    """Plans it all, before the year begins."""
    _troubles(year)
    for number, (one, other) in enumerate(year.couples):
        after = SUNDAY + year.chance.randrange(5 * DAY, 8 * WEEK)
        match number % 12:
            case 1 | 6:
                audits(year, one, after - BEGINS)
            case 2 | 8:
                takes_time(year, other, after - BEGINS)
                wants_near(year, one, after + 9 * WEEK - BEGINS)
            case 3:
                year.leaves(other, after, year.chance.randrange(3 * WEEK, 9 * WEEK))
            case 4 | 10:
                renews(year, one, other, after - BEGINS)
            case 5:
                looks_inside(year, one, after - BEGINS)
            case 7:
                year.leaves(one, after + 20 * WEEK, 3 * WEEK)
            case 9:
                rests(year, other, after + 10 * WEEK - BEGINS)
            case 11:
                year.vanishes(one, after + 20 * WEEK)


def _troubles(year: Year) -> None:
    """Every month a new start; once it comes late on a Sunday evening in Europe, once after more than a day."""
    for month in range(12):
        year.trouble(SUNDAY + year.chance.randrange(30 * DAY) + month * 30 * DAY, A_LITTLE)
    year.trouble(SUNDAY + 20 * WEEK + 10 * HOUR, A_WHILE)
    year.trouble(SUNDAY + 33 * WEEK + 2 * DAY + 4 * HOUR, LONG)
