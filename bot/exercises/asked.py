"""A question of somebody's own, sealed like any other: asked by its writer, or drawn from the jar for a week."""

from __future__ import annotations

from dataclasses import replace

from bot.engine.acts import Visibility
from bot.engine.codec import read_arg
from bot.engine.exercise import COUPLE, exercise
from bot.engine.ids import PersonId
from bot.engine.sealed import Closed, Opened
from bot.engine.session import Setting, Side, Tap
from bot.engine.talk import Talk
from bot.engine.text import Arg, Name, T
from bot.exercises.opening import KEPT, OPEN_FOR, PASS, PASSED, close_quietly, open_for_both, say_it_is_open


@exercise("asked", scope=COUPLE)
def asked(talk: Talk) -> None:
    """Its writer has the first seat. Where nobody has the second, as the other takes such questions from the jar
    alone, it goes for the writer as if it were never answered: closed after three days, and in the jar."""
    question = read_arg(talk.given("question"))
    talk.record("asked", Visibility.SHARED if talk.people[1:] else Visibility.PRIVATE, question=question)
    answered = talk.both(
        "answer",
        "{name} asks:\n“{question}”",
        name=Name(talk.me),
        question=question,
        sides=lambda person: _sides(talk, person),
        kept=lambda person: KEPT,
        passed=PASSED,
        within=OPEN_FOR,
    )
    if isinstance(answered, Opened):
        open_for_both(talk, question, answered, unshown=lambda part: _into_the_jar(part, question))
    elif isinstance(answered, Closed):
        _into_the_jar(talk, question)
        close_quietly(talk, replace(answered, passed=answered.passed | {talk.me}))


def _into_the_jar(talk: Talk, question: Arg) -> None:
    """Its writer has it back, if this is the writer."""
    if talk.me == talk.people[0]:
        talk.record("jar", Visibility.PRIVATE, question=question)
        talk.say(
            "This question is closed for now. It waits in your jar; what you wrote, if anything, stays with you.",
            to=talk.me,
        )


@exercise("drawn", scope=COUPLE)
def drawn(talk: Talk) -> None:
    """A week's question out of somebody's jar: its writer has the first seat."""
    question = read_arg(talk.given("question"))
    talk.record("asked", Visibility.SHARED, question=question)
    say_it_is_open(talk)
    answered = talk.both(
        "answer",
        "This week's question comes from {name}'s jar:\n“{question}”",
        name=Name(talk.me),
        question=question,
        sides=lambda person: (PASS,),
        kept=lambda person: KEPT,
        passed=PASSED,
        within=OPEN_FOR,
    )
    if isinstance(answered, Opened):
        open_for_both(talk, question, answered)
    elif isinstance(answered, Closed):
        close_quietly(talk, answered)


def _sides(talk: Talk, person: PersonId) -> tuple[Side, ...]:
    """Who is asked may say that they would rather not be asked in this way; its writer hears nothing of it."""
    if person == talk.me:
        return (PASS,)
    not_this_way = Side(
        "not-this-way",
        T("rather not this way"),
        Tap.NOTE,
        folded=True,
        reply=T(
            "From now on, {name}'s own questions wait in a jar until one is drawn as a weekly question; nobody is "
            "told. This one is still here: write, pass, or let it close. /ask on changes it back.",
            name=Name(talk.me),
        ),
        note=Setting("asks", False),
    )
    return (PASS, not_this_way)
