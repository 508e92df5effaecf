"""The shape of a year: seasons of thirteen weeks, each of which has something of its own to propose.

Seven weeks have a curiosity question, two are for time apart or together, one for a village audit, one for the other
exercises that somebody does alone, and one is off; the last has a question unless the two renew. Which week is the
ritual's is for its day to say (`bot/renewing.py`): it takes the place of whatever that week would have had.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from bot.people import Couple

LENGTH = 13  # weeks


class Week(StrEnum):
    """What a week proposes: a question for both, an exercise by its name, or nothing."""

    QUESTION = "question"
    SPACE = "space"
    NEAR = "near"
    VILLAGE = "village"
    NO = "no"
    JOB = "job"
    STEP = "step"
    MINE = "mine"
    OFF = "off"


APART_OR_TOGETHER = (Week.SPACE, Week.NEAR)
ALONE = (Week.MINE, Week.STEP, Week.NO, Week.JOB)  # one a season, in this order
# By the number of the week in its season, from 0; all others have a question.
APART, VILLAGE, OFF, AGAIN, OWN, TOGETHER = 3, 5, 7, 8, 9, 11


def week(couple: Couple) -> Week:
    """What the couple's next week proposes. From season to season time apart and together change places."""
    season, number = divmod(couple.season, LENGTH)
    planned = {
        APART: APART_OR_TOGETHER[season % 2],
        VILLAGE: Week.VILLAGE,
        OFF: Week.OFF,
        OWN: ALONE[season % len(ALONE)],
        TOGETHER: APART_OR_TOGETHER[(season + 1) % 2],
    }
    return planned.get(number, Week.QUESTION)


def past_a_week_off(couple: Couple) -> Couple:
    """The couple as it is when its next prompt comes: a week off has gone by before that."""
    return replace(couple, season=couple.season + 1) if week(couple) is Week.OFF else couple


def looks_back(couple: Couple) -> bool:
    """Whether the question of the couple's next week may be one of a year ago: once a season, after the week off."""
    return couple.season % LENGTH == AGAIN


def begins_anew(couple: Couple) -> bool:
    """Whether a season has gone by when the couple's next week comes; its last week may have been the ritual's."""
    return couple.season > 0 and couple.season % LENGTH == 0
