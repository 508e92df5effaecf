"""What was shared of a time alone, met with a question: three are offered, one is asked, the answer is free."""

from __future__ import annotations

from datetime import timedelta

from bot.engine.acts import Visibility
from bot.engine.exercise import ALONE, exercise
from bot.engine.session import Option
from bot.engine.talk import Talk
from bot.engine.text import Card, Name, T, Text, Words, stacked
from bot.exercises.opening import PASS
from bot.exercises.questions import several

DECK = "afterwards"
OFFERED = 3
ASKED_FOR = timedelta(days=2)
NONE = Option("none", T("none, I just listen"))


@exercise("asking-back", scope=ALONE)
def asking_back(talk: Talk) -> None:
    """Three questions to choose one from, or none."""
    cards = several(talk, "card", DECK, OFFERED)
    numbered = tuple(Option(str(n), T("{number}", number=n)) for n in range(1, OFFERED + 1))
    picked = talk.choose(
        "pick",
        "Curious? You could ask one of these:\n{list}",
        (*numbered, NONE),
        within=ASKED_FOR,
        list=_listed(cards),
    )
    if picked is None or picked == "none" or talk.partner is None:
        return
    talk.offer("answering", to=talk.partner, card=cards[int(picked) - 1].id)
    talk.say("Asked. An answer may come, or not.")


@exercise("answering", scope=ALONE)
def answering(talk: Talk) -> None:
    """The question that was chosen; an answer goes to who asked, and nothing at all is said of a pass."""
    if talk.partner is None:
        return
    card, name = Card(DECK, str(talk.given("card"))), Name(talk.partner)
    answer = talk.ask(
        "answer",
        "{name} asks, about your time alone:\n“{question}”",
        sides=(PASS,),
        within=ASKED_FOR,
        name=name,
        question=card,
    )
    if isinstance(answer, Words):
        talk.record("answer", Visibility.SHARED, question=card, answer=answer)
        talk.say(
            "“{question}”\n\n{name} wrote: {answer}", to=talk.partner, question=card, name=Name(talk.me), answer=answer
        )
        talk.say("Shown to {name}.", name=name)


def _listed(cards: list[Card]) -> Text:
    return stacked(*(T("{number}. {question}", number=n, question=card) for n, card in enumerate(cards, 1)))
