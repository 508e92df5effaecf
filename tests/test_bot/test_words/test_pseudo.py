"""The pseudo-language shows what does not go through the catalogue."""

import pytest

from bot.engine.ids import PersonId
from bot.engine.text import T, Words
from bot.words.content import CONTENT, Content
from bot.words.places import forms, places
from bot.words.pseudo import PSEUDO, pseudo, pseudo_catalogue
from bot.words.render import Reader, Renderer, strict
from bot.words.sentences import find_sentences

READER = Reader(PSEUDO, "Europe/Lisbon")
KEYS = sorted({sentence.key for sentence in find_sentences(CONTENT.parent)[0]})


@pytest.mark.parametrize("key", KEYS)
def test_every_sentence_can_be_another_language(key: str) -> None:
    """In brackets, a third longer, with all its places."""
    for form in filter(None, forms(key)):
        said = pseudo(form)
        assert said.startswith("⟦")
        assert said.endswith("⟧")
        assert len(said) >= len(form) * 4 / 3
        assert places(said) == places(form)


def test_commands_keep_working() -> None:
    """What people have to type is not translated."""
    assert pseudo("No one: /safety") == "⟦Ñö öñé: /safety~~~~~⟧"


def test_a_sentence_goes_through_the_catalogue(content: Content) -> None:
    """So do labels inside it; what people wrote does not."""
    renderer = Renderer(Content(pseudo_catalogue(content.catalogue), content.phrases), strict)
    said = T("Said: {words} {label} {n}", words=Words(("mine",), PersonId(1)), label=T("pass"), n=1000)
    assert renderer.text(said, READER) == "⟦Sáîd: mine ⟦páss~~⟧ 1,000~~~~~~~~~⟧"


def test_plurals_go_through_the_catalogue() -> None:
    """Both forms."""
    assert pseudo_catalogue().sentence("{n} day | {n} days", PSEUDO, 2).startswith("⟦{n} dáýs")


def test_a_sentence_of_places_alone_stays(content: Content) -> None:
    """There is nothing in it to translate."""
    assert pseudo_catalogue().sentence("{day} {hour}", PSEUDO) == "{day} {hour}"
