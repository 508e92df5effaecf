"""A question that comes again after a year, with the answers of then."""

from __future__ import annotations

from typing import Any

from bot.engine.codec import read_arg
from bot.engine.sealed import Opened
from bot.engine.talk import Talk
from bot.engine.text import Arg, Card, Name, T, Text, Words, stacked

AGAIN = "again"  # given to a round: the card of then
READS = ("curious.opened.0", "curious.opened.1")


def card_of_then(talk: Talk) -> Card | None:
    """The card that comes again, if this is such a round."""
    card = talk.given(AGAIN)
    return Card("curiosity", card) if isinstance(card, str) else None


def show_then(talk: Talk, card: Card, opened: Opened) -> None:
    """Under answers of both that have opened: what each wrote a year ago, as far as it is still there."""
    if card_of_then(talk) is None or not all(isinstance(answer, Words) for answer in opened.answers.values()):
        return
    lines = [T("A year ago, to the same question:"), *_then(talk, card)]
    if len(lines) > 1:
        talk.say("{then}", then=stacked(*lines))


def _then(talk: Talk, card: Card) -> list[Text]:
    found = list[Text]()
    for name in READS:
        last = [value for value in _values(talk, name) if value.get("question", {}).get("card") == card.id][-1:]
        for value in last:
            answer: Arg = read_arg(value["answer"])
            if isinstance(answer, Words) and answer.text:
                found.append(T("{name} wrote: {answer}", name=Name(answer.by), answer=answer))
    return found


def _values(talk: Talk, name: str) -> list[Any]:
    return [record["value"] for record in talk.past(name) if "answer" in record["value"]]
