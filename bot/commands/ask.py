"""The jar of somebody's own questions, and whether the other's own come at once."""

from __future__ import annotations

from collections.abc import Sequence

from bot.engine.acts import Button
from bot.engine.text import Arg, T, Text, stacked

PAGE = 5  # questions at a time

ASKS_ON = T("Your partner's own questions come to you as they are asked.")
ASKS_OFF = T(
    "From now on, your partner's own questions wait in a jar until one is drawn as a weekly question; nobody is told. "
    "/ask on changes it back."
)
TOO_LONG = T("A question of at most {most} characters, please; this has {length}.")
NOT_TAKEN = T("One at a time: first say where the last one goes. Then send this one again.")
EMPTY = T("Your jar is empty. /ask puts a question in.")
TAKEN_OUT = T("Taken out, and gone: “{question}”")


def jar(questions: Sequence[tuple[int, Arg]], before: int) -> Text:
    """One page of a jar: each question with its number, `before` of them on other pages."""
    lines = [
        T("{number}. {question}", number=before + n, question=question) for n, (_, question) in enumerate(questions, 1)
    ]
    return T(
        "In your jar, each for you alone until it is drawn as a weekly question:\n{questions}",
        questions=stacked(*lines),
    )


def buttons(questions: Sequence[tuple[int, Arg]], page: int, *, more: bool) -> tuple[Button, ...]:
    """A button for each question that takes it out, by the session that it came from, and the way to the next page."""
    before = (page - 1) * PAGE
    out = tuple(
        Button(T("take out {number}", number=before + n), "takeout", str(session))
        for n, (session, _) in enumerate(questions, 1)
    )
    return (*out, Button(T("more"), "jar", str(page + 1))) if more else out
