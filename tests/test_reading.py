"""What is printed to be read aloud: every sentence, in the reader's language, in the order in which people meet it."""

from bot.commands.start import welcome
from bot.exercises.mine import mine
from bot.words.content import CONTENT
from bot.words.places import forms
from bot.words.pseudo import PSEUDO, pseudo, pseudo_catalogue
from bot.words.sentences import find_sentences
from tests.drawing.reading import reading


def test_every_sentence_is_printed_in_its_order() -> None:
    """What a newcomer reads comes before the end of an exercise; what neither says stands below."""
    printed = list(reading(pseudo_catalogue(), PSEUDO, [welcome, mine]))
    known = {pseudo(form) for said in find_sentences(CONTENT.parent)[0] for form in forms(said.key) if form}
    assert known <= set(printed)
    met = [printed.index(pseudo(key)) for key in ("Fine with me", "None, then. That is fine, too.")]
    assert met == sorted(met)
