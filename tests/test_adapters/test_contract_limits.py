"""Every platform's limits, in its own units: one less, just as much, one more."""

from __future__ import annotations

import re

import pytest

from adapters.rendering import length
from bot.errors import Refused
from bot.ports import Choice
from tests.test_adapters.places import Place, each, message, play

HEART, FAMILY = "\U0001f9e1", "\U0001f469\u200d\U0001f469\u200d\U0001f467"
around = pytest.mark.parametrize("more", [-1, 0, 1])


def _units(there: Place, text: str) -> int:
    return length(text, there.adapter.can.units)


@each
@around
@pytest.mark.parametrize("letter", ["x", "ж", HEART])
def test_a_text_at_the_limit_is_one_message(place: str, letter: str, more: int) -> None:
    """Of whatever letters; one unit more makes two, and nothing is lost."""

    async def played(there: Place) -> None:
        limit = there.adapter.can.text_limit
        text = "x" * (limit % _units(there, letter)) + letter * (limit // _units(there, letter))
        text = {-1: text[1:], 0: text, 1: f"x{text}"}[more]
        await there.adapter.send(message(there, text))
        texts = [said for said, _ in there.shown()]
        assert len(texts) == (2 if more > 0 else 1)
        assert "".join(texts) == text
        assert all(_units(there, said) <= limit for said in texts)

    play(place, played)


@each
@pytest.mark.parametrize("word", ["lighthouse", FAMILY, f"a{HEART}b", "über"])
def test_a_long_text_is_cut_between_words(place: str, word: str) -> None:
    """No word and no emoji is broken, none is lost, and the order is kept."""

    async def played(there: Place) -> None:
        words = [word] * (2 * there.adapter.can.text_limit // len(word))
        receipt = await there.adapter.send(message(there, " ".join(words)))
        texts = [said for said, _ in there.shown()]
        assert len(texts) == len(receipt.before) + 1 > 1
        assert [each for said in texts for each in said.split(" ")] == words

    play(place, played)


@each
def test_a_long_word_is_cut_between_its_signs(place: str) -> None:
    """Where it must be: an emoji of many parts stays whole."""

    async def played(there: Place) -> None:
        await there.adapter.send(message(there, FAMILY * there.adapter.can.text_limit))
        texts = [said for said, _ in there.shown()]
        assert len(texts) > 1
        assert all(re.fullmatch(f"(?:{FAMILY})+", said) for said in texts)
        assert "".join(texts) == FAMILY * there.adapter.can.text_limit

    play(place, played)


@pytest.mark.parametrize("place", ["telegram", "discord"])
@pytest.mark.parametrize("letter", ["x", HEART])
@around
def test_a_label_at_the_limit_is_whole(place: str, letter: str, more: int) -> None:
    """One unit more, and it ends in "…" within the limit. The playground's page has no limit."""

    async def played(there: Place) -> None:
        limit, unit = there.adapter.can.label_limit, _units(there, letter)
        label = "x" * (limit % unit) + letter * (limit // unit)
        label = {-1: label[1:], 0: label, 1: f"x{label}"}[more]
        for ticked in (False, True):
            choices = (Choice("a", label, ticked=ticked),)
            await there.adapter.send(message(there, "Which?", choices=choices, delivery=1 + ticked))
        plain, ticked_one = (buttons[0] for _, buttons in there.shown())
        assert plain == label if more <= 0 else plain.endswith("…") and label.startswith(plain[:-1])
        assert _units(there, plain) <= limit
        assert ticked_one.startswith("✓ ")
        assert _units(there, ticked_one) <= limit

    play(place, played)


@each
@around
def test_of_the_options_all_are_there_or_it_is_refused(place: str, more: int) -> None:
    """Up to the limit all are; beyond it nothing is passed over in silence."""

    async def played(there: Place) -> None:
        labels = [f"option {number}" for number in range(there.adapter.can.options_limit + more)]
        asked = message(there, "Which?", choices=tuple(Choice(f"v1:{each}", each) for each in labels))
        try:
            await there.adapter.send(asked)
        except Refused:
            assert more > 0
            assert there.shown() == []
        else:
            assert there.shown() == [("Which?", labels)]

    play(place, played)
