"""Words that are proposed one after the other: take them, see another, or write your own."""

from __future__ import annotations

from bot.engine.talk import Talk, options
from bot.engine.text import T, Text, Words, text

PROPOSED = options(this=T("this one"), another=T("another"))


def chosen_words(talk: Talk, name: str, question: Text, proposals: tuple[Text, ...]) -> Text:
    """One of the proposals, or words of one's own; `question` has a place for the `proposed` words."""
    for n, proposed in enumerate(proposals, 1):
        taken = talk.choose(
            f"{name}.{n}",
            "{question}",
            PROPOSED if n < len(proposals) else PROPOSED[:1],
            own_words=True,
            question=text(question.key, {"proposed": proposed}),
        )
        if taken != "another":
            return T("{words}", words=taken) if isinstance(taken, Words) else proposed
    return proposals[0]
