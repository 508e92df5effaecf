"""Decks: what is read of them, and every mistake with its file and line."""

from pathlib import Path

import pytest

from bot.words.content import CONTENT, Content
from bot.words.decks import load_decks, read_decks, repeated
from bot.words.mistakes import shown
from bot.words.wording import Wording, load_wording

HEAD = 'name = "small"\nlanguage = "en"\n'  # two lines
WORDING, _ = load_wording(CONTENT / "wording.toml")


def question(number: int, **fields: str) -> str:
    """Seven lines: an empty one, the header, id, depth, tags, unfit and text; `fields` are lines instead of these."""
    lines = {
        "id": f'id = "small-00{number}"',
        "depth": "depth = 1",
        "tags": 'tags = ["me"]\nunfit = []',
        "text": f'text = "What is {"-abc"[number] * 5} to you?"',
    }
    return "\n[[question]]\n" + "".join(f"{line}\n" for line in (lines | fields).values() if line)


def mistakes(folder: Path, wording: Wording = WORDING, **files: str | bytes) -> list[str]:
    """What is wrong in these decks: `small_en="…"` is the file small.en.toml."""
    for name, text in files.items():
        path = folder / f"{name.replace('_', '.')}.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    again = [mistake for file in read_decks(folder, wording)[0].values() for mistake in repeated(file, wording)]
    return shown([*load_decks(folder, wording)[1], *again], folder)


def test_a_good_deck_has_no_mistakes(tmp_path: Path) -> None:
    """Nothing is found where nothing is wrong; line ends and a mark of Windows do no harm."""
    good = HEAD + question(1) + question(2, retired="retired = true")
    assert mistakes(tmp_path, small_en=good) == []
    assert mistakes(tmp_path, small_en=b"\xef\xbb\xbf" + good.replace("\n", "\r\n").encode()) == []


@pytest.mark.parametrize(
    ("fields", "line", "what"),
    [
        ({"id": 'id = "small-001"'}, 12, "the id 'small-001' is there twice (line 4)"),
        ({"id": 'id = "big-001"'}, 12, "the id 'big-001' must begin like the first one here, small-"),
        ({"id": 'id = "Small 2"'}, 12, "the id 'Small 2' must be a name and three digits, like curious-001"),
        ({"id": ""}, 11, "id is missing"),
        ({"id": "id = 7"}, 12, "id must be a text in quotes"),
        ({"depth": "depth = 4"}, 13, "depth must be 1, 2 or 3"),
        ({"depth": 'depth = "1"'}, 13, "depth must be 1, 2 or 3"),
        ({"depth": "depth = true"}, 13, "depth must be 1, 2 or 3"),
        ({"depth": ""}, 11, "depth is missing"),
        ({"depth": "dept = 1"}, 13, "the field 'dept' is not known here"),
        ({"tags": 'tags = ["joy"]\nunfit = []'}, 14, "tags has the unknown word 'joy'; known are body, child"),
        ({"tags": 'tags = "me"\nunfit = []'}, 14, "tags must be a list of texts"),
        ({"tags": 'tags = ["me"]\nunfit = ["rain"]'}, 15, "unfit has the unknown word 'rain'"),
        ({"text": 'text = ""'}, 16, "text must be a text in quotes"),
        ({"text": 'text = "   "'}, 16, "text must be a text in quotes"),
        ({"text": 'text = "Tell me."'}, 16, "this is no question; end it with a question mark"),
        ({"text": 'text = "Really?!"'}, 16, "no exclamation mark"),
        ({"text": f'text = "{"x" * 200}?"'}, 16, "the text has 201 characters; shorten it to 200"),
        ({"text": 'text = "What is AAAAA, to you?"'}, 16, "this is nearly the question small-001 (line 4)"),
        ({"text": 'text = "Which does she like?"'}, 16, "“she”: it assumes a gender"),
        ({"retired": 'retired = "yes"'}, 17, "retired must be true or false"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, fields: dict[str, str], line: int, what: str) -> None:
    """One wrong field in the second question: its line, what is wrong and what to do."""
    found = mistakes(tmp_path, small_en=HEAD + question(1) + question(2, **fields))
    assert any(mistake.startswith(f"small.en.toml:{line}: {what}") for mistake in found), found


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        (HEAD + question(1) + "[[question]\n", 10, "this is not TOML"),
        (HEAD + 'x = "open', 3, "this is not TOML"),
        (HEAD.encode() + b"\n# caf\xe9\n", 4, "this is not UTF-8; save the file in that encoding"),
        (HEAD, 1, "there is no question here; begin each with [[question]]"),
        (HEAD + "[question]\n", 1, "question must be tables of their own"),
        (HEAD + "question = [1]\n", 3, "there is no question here; begin each with [[question]]"),
        (HEAD.replace("small", "big") + question(1), 1, "name must be 'small', as in the file's name"),
        (HEAD.replace("en", "de") + question(1), 2, "language must be 'en', as in the file's name"),
        ('title = "x"\n' + HEAD + question(1), 1, "the field 'title' is not known here"),
        (question(1), 1, "name is missing"),
    ],
)
def test_a_broken_file_is_named_with_its_line(tmp_path: Path, text: str | bytes, line: int, what: str) -> None:
    """What keeps a file from being a deck at all."""
    found = mistakes(tmp_path, small_en=text)
    assert any(mistake.startswith(f"small.en.toml:{line}: {what}") for mistake in found), found


@pytest.mark.parametrize(
    ("one", "other", "is_alike"),
    [
        ("Which smell brings you back to a kitchen?", "What smell would bring a kitchen back to you?", True),
        ("Which smell brings you back to a kitchen?", "Which kitchen smell brings out the best?", True),
        ("Which smell brings you back to a kitchen?", "Who taught you the most in a kitchen?", False),
        ("What do you like?", "What would you like to do?", False),
    ],
)
def test_a_question_that_comes_again_is_named(tmp_path: Path, one: str, other: str, is_alike: bool) -> None:
    """Small words tell nothing; of the others, most are too many."""
    deck = HEAD + question(1, text=f'text = "{one}"') + question(2, text=f'text = "{other}"')
    assert bool(mistakes(tmp_path, small_en=deck)) is is_alike


def test_a_question_that_was_taken_out_is_missed(tmp_path: Path) -> None:
    """Histories point at it: it is retired, not removed."""
    found = mistakes(tmp_path, small_en=HEAD + question(1) + question(3))
    assert found == [
        "small.en.toml:1: small-002 is gone; bring it back, with retired = true: people's histories point at it"
    ]


def test_our_own_deck_adds_to_none(tmp_path: Path) -> None:
    """A field that would be passed over in silence is a mistake."""
    found = mistakes(tmp_path, small_en=HEAD + 'adds_to = "curiosity"\n' + question(1))
    assert found == ["small.en.toml:1: adds_to is for a deck of CONTENT_DIR; take it out here"]


def test_all_mistakes_come_at_once(tmp_path: Path) -> None:
    """Nobody mends one to be told of the next; files and lines are in order."""
    found = mistakes(
        tmp_path, small_en=HEAD + question(1, depth="depth = 9") + question(2, depth="depth = 0"), b_en="!"
    )
    assert [mistake.split(": ")[0] for mistake in found] == ["b.en.toml:1", "small.en.toml:6", "small.en.toml:13"]


def test_a_translation_needs_ids_and_texts_alone(tmp_path: Path) -> None:
    """What the original says of a question need not be said again."""
    german = 'name = "small"\nlanguage = "de"\n\n[[question]]\nid = "small-001"\ntext = "Was ist neu?"\n'
    assert mistakes(tmp_path, small_en=HEAD + question(1), small_de=german) == []
    deck = load_decks(tmp_path, WORDING)[0]["small"]
    assert deck.text("small-001", "de") == "Was ist neu?"
    assert deck.questions["de"]["small-001"].tags == {"me"}


def test_a_translation_is_held_against_its_original(tmp_path: Path) -> None:
    """Too many questions, or another depth; what it lacks is read in English, and named by the check."""
    german = HEAD.replace("en", "de") + question(1, depth="depth = 2") + question(3)
    found = mistakes(tmp_path, small_en=HEAD + question(1) + question(2), small_de=german)
    assert found == [
        "small.de.toml:6: depth is not the same as in the en deck; leave it out here",
        "small.de.toml:12: small-003 is not in small.en.toml; remove it here or add it there",
        "small.de.toml:14: tags is not the same as in the en deck; leave it out here",
    ]


def test_a_deck_begins_in_the_source_language(tmp_path: Path) -> None:
    """A deck that English readers could not read is none."""
    found = mistakes(tmp_path, small_de=HEAD.replace("en", "de") + question(1))
    assert found == ["small.de.toml:1: this deck is not there in the source language; write small.en.toml first"]


def test_a_retired_question_is_read_but_not_drawn(tmp_path: Path) -> None:
    """Histories still show it."""
    assert mistakes(tmp_path, small_en=HEAD + question(1) + question(2, retired="retired = true")) == []
    deck = load_decks(tmp_path, WORDING)[0]["small"]
    assert [card.id for card in deck.cards] == ["small-001"]
    assert deck.text("small-002", "en") == "What is bbbbb to you?"


def test_the_first_deck_can_be_drawn_from(content: Content) -> None:
    """Sixty questions or more, in three depths."""
    cards = content.decks["curiosity"].cards
    assert len(cards) >= 60
    assert {card.depth for card in cards} == {1, 2, 3}
