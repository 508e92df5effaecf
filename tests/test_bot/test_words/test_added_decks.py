"""Decks of whoever runs the bot: taken up where they are sound, else left out and named."""

from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.words.added_decks import add_decks
from bot.words.check import check
from bot.words.content import Content, load_content
from bot.words.decks import Deck
from bot.words.mistakes import shown

DECK = """name = "evenings"
language = "en"
adds_to = "curiosity"

[[question]]
id = "evenings-001"
depth = 2
tags = ["me"]
unfit = []
text = "Which hour of the evening is most like you?"
"""
TWICE = DECK + DECK[DECK.index("[[question]]") :]


def put(folder: Path, **files: str | bytes) -> None:
    """Writes decks into a folder: `evenings_en` is evenings.en.toml."""
    for name, text in files.items():
        raw = text if isinstance(text, bytes) else text.encode()
        (folder / f"{name.replace('_', '.')}.toml").write_bytes(raw)


def added(content: Content, folder: Path, **files: str | bytes) -> tuple[Deck, list[str]]:
    """The curiosity questions with those of these decks, and what is said of decks that are left out."""
    put(folder, **files)
    found = add_decks(content.decks, folder, content.wording, ("en", "de"))
    return found.decks["curiosity"], shown(found.left_out, folder)


def ids(deck: Deck) -> set[str]:
    """What can be drawn."""
    return {card.id for card in deck.cards}


def test_a_deck_of_ones_own_is_drawn_with_ours(tmp_path: Path, content: Content) -> None:
    """Its questions stand in our deck, in their language and in the source language for whoever reads another."""
    both, left_out = added(content, tmp_path, evenings_en=DECK)
    assert left_out == []
    assert ids(both) - ids(content.decks["curiosity"]) == {"evenings-001"}
    assert both.text("evenings-001", "de") == "Which hour of the evening is most like you?"


def test_a_deck_of_ones_own_may_come_in_two_languages(tmp_path: Path, content: Content) -> None:
    """Each reads their own."""
    german = 'name = "evenings"\nlanguage = "de"\nadds_to = "curiosity"\n\n[[question]]\nid = "evenings-001"\n'
    both, left_out = added(
        content, tmp_path, evenings_en=DECK, evenings_de=german + 'text = "Welche Stunde am Abend?"\n'
    )
    assert left_out == []
    assert both.text("evenings-001", "de") == "Welche Stunde am Abend?"


def test_the_program_starts_and_says_which_deck_it_left_out(tmp_path: Path) -> None:
    """Whoever runs it reads why, and that a language is missing."""
    mornings = DECK.replace("evenings", "mornings").replace("of the evening", "before noon")
    put(tmp_path, evenings_en=DECK.replace("depth = 2", "depth = 4"), mornings_en=mornings)
    with capture_logs() as logs:
        content = load_content(own=tmp_path)
    assert "mornings-001" in ids(content.decks["curiosity"])
    told = {log["event"]: log for log in logs}
    assert told["deck.left_out"]["why"] == ["evenings.en.toml:7: depth must be 1, 2 or 3"]
    assert told["deck.added"]["deck"] == "mornings: 1 added to curiosity (en)"
    assert told["deck.remark"]["what"].startswith(
        "mornings.de.toml:1: 1 of these questions are not there; whoever reads Deu"
    )


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (DECK.replace("curiosity", "evening"), "1: adds_to must name one of our decks (afterwards, curiosity, "),
        (DECK.replace('adds_to = "curiosity"\n', ""), "1: adds_to must name one of our decks (afterwards, curiosity, "),
        (TWICE, "12: the id 'evenings-001' is there twice (line 5)"),
        (TWICE.replace("evenings-001", "evenings-002", 1), "16: this is nearly the question evenings-002 (line 5)"),
        (DECK.replace("evenings-001", "curious-001"), "6: the id 'curious-001' is another deck's; begin yours"),
        (DECK.replace('"me"', '"joy"'), "8: tags has the unknown word 'joy'"),
        (DECK.replace("]", "", 1), "5: this is not TOML"),
        (DECK.replace("hour", "hour of après-midi").encode("cp1252"), "10: this is not UTF-8"),
        (DECK.replace("Which hour of the evening is most like you?", "{ours}"), "10: this is nearly the question"),
    ],
)
def test_a_deck_with_a_mistake_is_left_out_and_named(
    tmp_path: Path, content: Content, text: str | bytes, why: str
) -> None:
    """The program starts with everything else; another deck is not held up by it."""
    ours = content.decks["curiosity"].questions["en"]["curious-001"].text
    raw = text if isinstance(text, bytes) else text.replace("{ours}", ours)
    sound = DECK.replace("evenings", "mornings").replace("of the evening", "before noon")
    both, left_out = added(content, tmp_path, evenings_en=raw, mornings_en=sound)
    assert len(left_out) == 1
    assert left_out[0].startswith(f"evenings.en.toml:{why}")
    assert ids(both) - ids(content.decks["curiosity"]) == {"mornings-001"}


def test_a_deck_is_left_out_in_every_language(tmp_path: Path, content: Content) -> None:
    """A mistake in its translation is one of the deck; what its original says need not be said again."""
    german = 'name = "evenings"\nlanguage = "de"\n\n[[question]]\nid = "evenings-002"\ntext = "Und morgens?"\n'
    both, left_out = added(content, tmp_path, evenings_en=DECK, evenings_de=german)
    assert left_out == ["evenings.de.toml:5: evenings-002 is not in evenings.en.toml; remove it here or add it there"]
    assert both == content.decks["curiosity"]


def test_one_slip_is_one_line(tmp_path: Path, content: Content) -> None:
    """Where a deck cannot be read, nothing is said of its translation."""
    german = 'name = "evenings"\nlanguage = "de"\n\n[[question]]\nid = "evenings-001"\ntext = "Und morgens?"\n'
    _, left_out = added(content, tmp_path, evenings_en=DECK.replace('?"', "?"), evenings_de=german)
    assert [line.split(": ")[:2] for line in left_out] == [["evenings.en.toml:10", "this is not TOML"]]


@pytest.mark.parametrize(
    ("name", "what"), [("evenings.en.toml.txt", "this is not read: a deck is named"), (".hidden", "there is no deck")]
)
def test_what_is_no_deck_is_remarked(tmp_path: Path, content: Content, name: str, what: str) -> None:
    """An editor may put an ending of its own behind a name."""
    (tmp_path / name).write_text(DECK)
    remarks = add_decks(content.decks, tmp_path, content.wording, ("en", "de")).remarks
    assert any(mistake.what.startswith(what) for mistake in remarks), remarks


def test_the_check_looks_at_decks_of_ones_own(bot: Path, tmp_path: Path) -> None:
    """`python -m bot check` names the same, before anything is started."""
    put(tmp_path, evenings_en=DECK.replace("depth = 2", "depth = 4").replace("curiosity", "afterwards"))
    assert check(bot / "content", own=tmp_path) == ["evenings.en.toml:7: depth must be 1, 2 or 3"]
