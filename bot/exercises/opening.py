"""How a sealed question opens: both answers in the same moment; a pass opens nothing by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from bot.engine.acts import Button, Visibility
from bot.engine.ids import PersonId
from bot.engine.moments import Moment
from bot.engine.sealed import Closed, Kept, Opened
from bot.engine.session import Side, Tap
from bot.engine.talk import Talk, options
from bot.engine.text import Arg, Name, T, Words

PASS = Side("pass", T("pass"), Tap.ANSWER)
CHANGE = Button(T("change it"), "back")
KEPT = Kept(T("Kept. It opens for both of you when both are in."), (CHANGE,))
PASSED = Kept(T("Passed. A pass opens nothing by itself; for a quarter of an hour you can change it."), (CHANGE,))
ONE_MORE = Button(T("one more question"), "curious")
OPEN_FOR = timedelta(days=3)


Each = Callable[[Talk], object]  # something for each alone


def nothing(part: Talk) -> None:
    """Where there is nothing more."""


def say_it_is_open(talk: Talk) -> None:
    """In the group: not what is asked, and nothing of who has answered."""
    talk.announce("A question is open. It comes to each of you in your own chat with me.")


def open_for_both(talk: Talk, question: Arg, opened: Opened, *, then: Each = nothing, unshown: Each = nothing) -> None:
    """Shows each what the other wrote; where one passed, the other decides; where both did, that is an answer.

    `then` is for whoever wrote, once that is through; `unshown` for who passed, when the question would have closed,
    if until then nothing was shown to them.
    """
    one, other = talk.people
    first, second = opened.answers[one], opened.answers[other]
    if isinstance(first, Words) and isinstance(second, Words):
        _show(talk, question, second, to=one)
        _show(talk, question, first, to=other)
        talk.announce(
            "“{question}”\n\n{one} wrote: {first}\n\n{other} wrote: {second}",
            opening=True,
            question=question,
            one=Name(one),
            first=first,
            other=Name(other),
            second=second,
        )
        talk.each(then)
    elif isinstance(first, Words):
        talk.each(_decided(question, first, opened.limit, then, unshown))
    elif isinstance(second, Words):
        talk.each(_decided(question, second, opened.limit, then, unshown))
    else:
        talk.say(
            "“{question}”\nYou both passed on this one. That is an answer, too.",
            buttons=(ONE_MORE,),
            question=question,
        )


def close_quietly(talk: Talk, closed: Closed) -> None:
    """The time is over before both were in: one neutral line. Who passed is through with it, and hears no more of it:
    else its absence would tell them that the other had written."""
    for person in talk.people:
        if person not in closed.passed:
            talk.say("This question is closed for now. What was written stays with whoever wrote it.", to=person)


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


def _decided(question: Arg, words: Words, limit: Moment, then: Each, unshown: Each) -> Each:
    """A pass opens nothing by itself: whoever wrote decides. To who passed it is all the while as if nothing had been
    written: the question has its place until it would have closed."""

    def part(alone: Talk) -> None:
        if alone.me == words.by:
            _decide(alone, question, words, then)
        else:
            alone.pause("passed", limit)
            unshown(alone)

    return part


def _decide(alone: Talk, question: Arg, words: Words, then: Each) -> None:
    by = next(person for person in alone.people if person != words.by)
    choice = alone.choose(
        "show",
        "“{question}”\n{name} passed on this one. What you wrote is still yours alone.",
        options(show=T("show mine anyway"), keep=T("keep it")),
        within=OPEN_FOR,
        question=question,
        name=Name(by),
    )
    if choice == "show":
        _show(alone, question, words, to=by)
        alone.say("Shown to {name}.", name=Name(by))
    else:
        alone.record("kept", Visibility.PRIVATE, question=question, answer=words)
        if choice == "keep":
            alone.say("It stays with you.")
    then(alone)
    if choice == "show":
        alone.end()
