"""What whoever waits can do meanwhile: wish a good time, ask for one kind word before, or do something of their own."""

from __future__ import annotations

from datetime import timedelta

from bot.engine.decks import Wish
from bot.engine.exercise import ALONE, exercise
from bot.engine.session import Option
from bot.engine.talk import Talk
from bot.engine.text import Name, T, Words
from bot.exercises.spans import UNSAID, Span, left, passed_on, span_of

ENJOY = Option("enjoy", T("enjoy it"))
WORD = Option("word", T("one kind word before you go?"))
CARD = Option("card", T("something for me meanwhile"))
A_WHILE = timedelta(days=2)


@exercise("meanwhile", scope=ALONE, in_silence=True)
def meanwhile(talk: Talk) -> None:
    """Each of the three once, while the time lasts; the word only before it begins."""
    if talk.partner is None:
        return
    talk.say("{passed_on}", passed_on=passed_on(talk, talk.partner))
    span, tapped = span_of(talk), set[str]()
    for n in range(1, 4):
        choices = _choices(talk, n, span, tapped)
        picked = _pick(talk, n, span, choices) if choices else None
        if picked is None:
            return
        tapped.add(picked)
        _do(talk, picked, span)


def _choices(talk: Talk, n: int, span: Span, tapped: set[str]) -> tuple[Option, ...]:
    is_before = talk.moment(f"offered.{n}") < span.begins
    offered = (ENJOY, WORD, CARD) if is_before else (ENJOY, CARD)
    return tuple(option for option in offered if option.token not in tapped)


def _pick(talk: Talk, n: int, span: Span, choices: tuple[Option, ...]) -> str | None:
    text = T("There is nothing you need to do. If you like:") if n == 1 else T("And if you like:")
    return talk.choose(f"pick.{n}", "{text}", choices, within=left(talk, f"asked.{n}", span.ends), text=text)


def _do(talk: Talk, picked: str, span: Span) -> None:
    if picked == "card":
        talk.say("{card}", card=talk.draw("card", "meanwhile", Wish()))
    elif picked == "enjoy":
        talk.offer("good-wish", to=talk.partner)
        talk.say("Passed on.")
    elif talk.moment("word-asked") < span.begins:
        talk.offer("kind-word", to=talk.partner, span=span.given())
        talk.say("Asked. A word may come, or not.")
    else:
        talk.say("The time has begun. A kind word can wait until it is over.")


@exercise("good-wish", scope=ALONE)
def good_wish(talk: Talk) -> None:
    """One line, which waits where its reader wants silence."""
    if talk.partner is not None:
        talk.say("{name} wished you a good time.", name=Name(talk.partner))


@exercise("kind-word", scope=ALONE)
def kind_word(talk: Talk) -> None:
    """Asked for once, and free to be left unsaid."""
    if talk.partner is None:
        return
    name, begins = Name(talk.partner), span_of(talk).begins
    word = talk.ask(
        "word",
        "{name} asks: one kind word before you go? Only if you like.",
        sides=(UNSAID,),
        within=left(talk, "asked", begins),
        name=name,
    )
    if isinstance(word, Words):
        talk.say("A word from {name}:\n{word}", to=talk.partner, name=Name(talk.me), word=word)
        talk.say("Passed on to {name}.", name=name)
    elif word is not None:
        talk.say("That is fine, too.")
