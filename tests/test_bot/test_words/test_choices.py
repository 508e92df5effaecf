"""What people type in place of pressing a button."""

from collections.abc import Mapping

import pytest

from bot.engine.ids import PersonId
from bot.engine.session import Kind, Option, Prompt, Side, Tap
from bot.engine.text import Name, T, Text
from bot.words.choices import pick
from bot.words.content import Content
from bot.words.pseudo import PSEUDO, pseudo, pseudo_catalogue
from bot.words.render import Reader, Renderer

ANA, BEN = PersonId(1), PersonId(2)
READER = Reader("en", "Europe/Lisbon")
NAMES = {BEN: "Ben"}
NEEDS = {"vent": T("someone to vent to"), "play": T("play"), "calm": T("calm"), "faith": T("faith and meaning")}


def prompt(options: Mapping[str, Text], kind: Kind = Kind.CHOICE, own_words: bool = False) -> Prompt:
    """A question with these options and a side tap "pass"."""
    side = Side("pass", T("pass"), Tap.ANSWER)
    choices = tuple(Option(token, label) for token, label in options.items())
    return Prompt("q", 1, ANA, T("Which?"), kind, choices, (side,), own_words)


@pytest.mark.parametrize(
    "typed", ["play", "Play", "  PLAY ", "play.", "play!", "2", "2.", " 2 ", "２", "2)", "ｐｌａｙ"]
)
def test_a_label_or_its_number_is_the_choice(renderer: Renderer, typed: str) -> None:
    """Case, width, spaces and a mark at the end do not matter."""
    assert pick(prompt(NEEDS), typed, READER, renderer) == ("play",)


@pytest.mark.parametrize("typed", ["", "  ", ".", "0", "5", "9" * 5000, "pla", "play a game", "1, 2", "-1"])
def test_anything_else_is_no_choice(renderer: Renderer, typed: str) -> None:
    """Half a label, a number that is not there, or two at once."""
    assert pick(prompt(NEEDS), typed, READER, renderer) is None


def test_a_side_tap_is_never_typed(renderer: Renderer) -> None:
    """Side taps are buttons only."""
    assert pick(prompt(NEEDS), "pass", READER, renderer) is None


def test_a_label_with_a_name_is_understood(renderer: Renderer) -> None:
    """The label is matched as the reader reads it."""
    yours = prompt({"yes": T("Yes, that is {name}", name=Name(BEN)), "other": T("somebody else")})
    assert pick(yours, "yes, that is ben", READER, renderer, NAMES) == ("yes",)


def test_a_label_counts_in_both_languages(content: Content) -> None:
    """In the reader's language, and in the source language that a partner may have read aloud."""
    other = Renderer(Content(pseudo_catalogue(), content.phrases))
    reader = Reader(PSEUDO, "Europe/Lisbon")
    assert pick(prompt(NEEDS), pseudo("calm"), reader, other) == ("calm",)
    assert pick(prompt(NEEDS), "calm", reader, other) == ("calm",)


def test_where_labels_are_numbers_a_number_is_a_label(renderer: Renderer) -> None:
    """On a scale from 0 to 4, "1" means 1 and "5" means nothing."""
    scale = prompt({str(n): T("{number}", number=n) for n in range(5)})
    assert pick(scale, "1", READER, renderer) == ("1",)
    assert pick(scale, "0", READER, renderer) == ("0",)
    assert pick(scale, "5", READER, renderer) is None


@pytest.mark.parametrize(
    ("typed", "token"), [("yep", "yes"), ("Y", "yes"), ("yes!", "yes"), ("nope", "no"), ("n", "no"), ("2", "no")]
)
def test_yes_and_no_have_many_words(renderer: Renderer, typed: str, token: str) -> None:
    """Where the options are yes and no, everyday words for them will do."""
    assert pick(prompt({"yes": T("gladly"), "no": T("rather not")}), typed, READER, renderer) == (token,)


@pytest.mark.parametrize(("typed", "token"), [("sure", "yes"), ("y", "yes"), ("nope", None), ("no", None)])
def test_beside_others_only_a_yes_that_is_called_so_has_many_words(
    renderer: Renderer, typed: str, token: str | None
) -> None:
    """Yes, another time, not now: "sure" is a yes, and a no could be the one or the other."""
    reply = prompt({"yes": T("yes"), "another": T("another time"), "no": T("not now")})
    assert pick(reply, typed, READER, renderer) == (token and (token,))


def test_a_yes_is_understood_where_yes_is_all_there_is(renderer: Renderer) -> None:
    """One button, and somebody types instead of pressing it."""
    assert pick(prompt({"yes": T("Fine with me")}), "ok yes", READER, renderer) is None
    assert pick(prompt({"yes": T("Fine with me")}), "Yes.", READER, renderer) == ("yes",)


def test_yes_means_nothing_where_it_is_not_asked(renderer: Renderer) -> None:
    """A yes to another kind of question is not guessed at."""
    assert pick(prompt(NEEDS), "yes", READER, renderer) is None
    assert pick(prompt({"yes": T("a"), "no": T("b"), "later": T("c")}), "yep", READER, renderer) is None


def test_beside_own_words_only_the_exact_label_counts(renderer: Renderer) -> None:
    """Everything that is no label and no number is the answer itself."""
    own = prompt({"yes": T("gladly"), "no": T("rather not")}, own_words=True)
    assert pick(own, "Gladly", READER, renderer) == ("yes",)
    assert pick(own, "2", READER, renderer) == ("no",)
    assert pick(own, "yep", READER, renderer) is None


def test_free_text_is_no_choice(renderer: Renderer) -> None:
    """To a question that wants words, "2" is an answer."""
    assert pick(prompt({}, Kind.TEXT), "2", READER, renderer) is None


@pytest.mark.parametrize(
    ("typed", "tokens"),
    [
        ("1, 3", ("vent", "calm")),
        ("1 and 3", ("vent", "calm")),
        ("1 3", ("vent", "calm")),
        ("3, 1", ("calm", "vent")),
        ("1, 2 and 3.", ("vent", "play", "calm")),
        ("1\n3", ("vent", "calm")),
        ("2, 2", ("play",)),
        ("play, calm", ("play", "calm")),
        ("Calm and play", ("calm", "play")),
        ("faith and meaning, 2", ("faith", "play")),
        ("faith and meaning", ("faith",)),
        ("2", ("play",)),
        ("done", ("done",)),
        ("That's all.", ("done",)),
        ("1, 3, done", ("vent", "calm", "done")),
    ],
)
def test_several_can_be_typed_at_once(renderer: Renderer, typed: str, tokens: tuple[str, ...]) -> None:
    """Numbers or labels, by commas, spaces or "and"; and the word that closes it."""
    assert pick(prompt(NEEDS, Kind.MANY), typed, READER, renderer) == tokens


@pytest.mark.parametrize("typed", ["", ",", "1, 9", "calm, a garden", "calm play", "and", "1 calm"])
def test_several_with_one_unknown_is_no_choice(renderer: Renderer, typed: str) -> None:
    """Nothing is ticked by half."""
    assert pick(prompt(NEEDS, Kind.MANY), typed, READER, renderer) is None
