"""How a sealed question opens: both answers in the same moment; a pass opens nothing by itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from bot.engine.acts import Button, Visibility
from bot.engine.ids import PersonId
from bot.engine.questions import Tapped
from bot.engine.sealed import Kept
from bot.engine.session import Side, Tap
from bot.engine.talk import Talk, options
from bot.engine.text import Arg, Name, T, Words

PASS = Side("pass", T("pass"), Tap.ANSWER)
CHANGE = Button(T("change it"), "back")
KEPT = Kept(T("Kept. It opens for both of you when both are in."), (CHANGE,))
PASSED = Kept(T("Passed. A pass opens nothing by itself."), (CHANGE,))
ONE_MORE = Button(T("one more question"), "curious")
OPEN_FOR = timedelta(days=3)


def open_for_both(talk: Talk, question: Arg, answers: Mapping[PersonId, Words | Tapped]) -> None:
    """Shows each what the other wrote; where one passed, the other decides; where both did, that is an answer."""
    one, other = talk.people
    first, second = answers[one], answers[other]
    if isinstance(first, Words) and isinstance(second, Words):
        _show(talk, question, second, to=one)
        _show(talk, question, first, to=other)
    elif isinstance(first, Words):
        _passed(talk, question, first, by=other, writer=one)
    elif isinstance(second, Words):
        _passed(talk, question, second, by=one, writer=other)
    else:
        talk.say(
            "“{question}”\nYou both passed on this one. That is an answer, too.",
            buttons=(ONE_MORE,),
            question=question,
        )


def close_quietly(talk: Talk, to: PersonId | None = None) -> None:
    """The time is over before both were in: one neutral line, to both or to one of them."""
    talk.say("This question is closed for now. What was written stays with whoever wrote it.", to=to)


def _show(talk: Talk, question: Arg, words: Words, to: PersonId) -> None:
    seat = talk.people.index(words.by)
    talk.record(f"opened.{seat}", Visibility.SHARED, owner=words.by, question=question, answer=words)
    talk.say(
        "“{question}”\n\n{name} wrote: {answer}",
        to=to,
        buttons=(ONE_MORE,),
        question=question,
        name=Name(words.by),
        answer=words,
    )


def _passed(talk: Talk, question: Arg, words: Words, by: PersonId, writer: PersonId) -> None:
    """A pass opens nothing by itself: whoever wrote decides."""
    choice = talk.choose(
        "show",
        "“{question}”\n{name} passed on this one. What you wrote is still yours alone.",
        options(show=T("show mine anyway"), keep=T("keep it")),
        to=writer,
        within=OPEN_FOR,
        question=question,
        name=Name(by),
    )
    if choice == "show":
        _show(talk, question, words, to=by)
        talk.say("Shown to {name}.", to=writer, name=Name(by))
    else:
        talk.record("kept", Visibility.PRIVATE, owner=writer, question=question, answer=words)
        if choice == "keep":
            talk.say("It stays with you.", to=writer)
