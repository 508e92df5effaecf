"""The pseudo-language shows what does not go through the catalogue."""

from pathlib import Path

from bot.engine.ids import PersonId
from bot.engine.text import T, Words
from bot.words.catalogue import load_catalogue
from bot.words.content import CONTENT, Content
from bot.words.places import forms, places
from bot.words.pseudo import PSEUDO, marked, pseudo, pseudo_catalogue
from bot.words.render import Reader, Renderer, strict
from bot.words.sentences import find_sentences

READER = Reader(PSEUDO, "Europe/Lisbon")
KEYS = sorted({sentence.key for sentence in find_sentences(CONTENT.parent)[0]})


def test_every_sentence_can_be_another_language() -> None:
    """In brackets, a third longer, with all its places."""
    for form in (form for key in KEYS for form in forms(key) if form):
        said = pseudo(form)
        assert said.startswith("⟦")
        assert said.endswith("⟧")
        assert len(said) >= len(form) * 4 / 3
        assert places(said) == places(form)


def test_what_is_not_translated_stands_out(tmp_path: Path) -> None:
    """What is, stays; English has nothing to be translated."""
    path = tmp_path / "de" / "LC_MESSAGES" / "leeway.po"
    path.parent.mkdir(parents=True)
    path.write_text('msgid "Kept."\nmsgstr "Aufgehoben."\n\nmsgid "Changed."\nmsgstr ""\n')
    seen = marked(load_catalogue(tmp_path)[0])
    assert [seen.sentence(key, "de") for key in ("Kept.", "Changed.")] == ["Aufgehoben.", "⟦Çháñgéd.~~~⟧"]
    assert seen.sentence("Changed.", "en") == "Changed."


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
