"""How sure somebody was of their guesses, and how close those came."""

from __future__ import annotations

from collections.abc import Sequence

from bot.engine.text import T, Text

ENOUGH = 8  # guesses that were graded


def too_few(count: int) -> Text:
    """There is nothing to tell from so few."""
    return T(
        "After eight graded guesses, this shows how sure you were and how close you came. So far: {count}.",
        count=count,
    )


def gap(guesses: Sequence[tuple[int, int]]) -> Text:
    """How sure and how close, in percent, over all of them; and a word for the surprises."""
    count = len(guesses)
    sure, close = (round(sum(each[n] for each in guesses) / count) for n in (0, 1))
    far = sum(closeness == 0 for _, closeness in guesses)
    counted = T(
        "{count} guesses: on average you were {sure} percent sure, and {close} percent close. This is for you alone.",
        count=count,
        sure=sure,
        close=close,
    )
    return T("{counted}\n{word}", counted=counted, word=_word(sure, close, far))


def _word(sure: int, close: int, far: int) -> Text:
    if far == 0:
        return T("None of them was far off. One will be, and it will be worth it.")
    if sure > close:
        return T("You know less than you think, like everybody. Far off: {far}, and each time somebody new.", far=far)
    return T("You know more than you let on. Far off: {far}, and each time somebody new.", far=far)
