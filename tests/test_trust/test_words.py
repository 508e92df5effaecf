"""No text blames, hurries or counts: the words of bot/content/wording.toml are in nothing that Leeway can say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from html.parser import HTMLParser
from itertools import chain

import pytest

from bot.words.content import CONTENT, load_content
from bot.words.places import forms
from bot.words.sentences import find_sentences
from bot.words.wording import Harmless, Wording
from tests.playing.script import GROUP, read_script

ROOT = CONTENT.parent.parent
PAGE = ROOT / "adapters" / "playground" / "page"
READ_ALOUD = {"alt", "aria-label", "placeholder", "title"}  # attributes that are words to somebody
SHORT = 5  # letters of what somebody typed that may be part of our own words
CONTENT_OF_ALL = load_content()
WORDING = CONTENT_OF_ALL.wording


class Heard(HTMLParser):
    """What somebody reads of a page, or hears of it."""

    def __init__(self, page: str) -> None:
        """All of it."""
        super().__init__()
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """The names of buttons and fields."""
        self.words += [value for name, value in attrs if name in READ_ALOUD and value]

    def handle_data(self, data: str) -> None:
        """What stands there."""
        self.words += [data.strip()] if data.strip() else []


def _catalogue() -> Iterator[str]:
    for sentence in find_sentences(CONTENT.parent)[0]:
        yield from (form for form in forms(sentence.key) if form)


def _decks() -> Iterator[str]:
    """Retired questions, too: they can still be read."""
    for deck in CONTENT_OF_ALL.decks.values():
        yield from (question.text for question in deck.questions["en"].values())


def _help_lines() -> Iterator[str]:
    countries = CONTENT_OF_ALL.helplines.countries.values()
    yield from (line.name for country in countries for line in country.lines)


def _page() -> Iterator[str]:
    """The playground: what is written there, and whatever its scripts have in quotes."""
    yield from Heard((PAGE / "index.html").read_text("utf-8")).words
    for script in sorted(PAGE.glob("*.js")):
        yield from (found[2] for found in re.finditer(r"""(["'`])(.*?)\1""", script.read_text("utf-8")))


def _transcripts(language: str) -> Iterator[str]:
    """What was said to people of a language in every conversation that is written down, as it was read; without what
    people wrote. Where two languages are spoken at once, each has its sentences in the catalogue."""
    for path in sorted((ROOT / "tests" / "transcripts").glob("*.txt")):
        script = read_script(path)
        steps = script.steps
        theirs = [step.deed for step in steps if step.who and step.deed[0] not in "/[" and len(step.deed) > SHORT]
        reads = {player.name: player.language for player in script.players}
        reads[GROUP] = language if set(reads.values()) == {language} else ""
        for entry in (entry for step in steps for entry in step.expected if reads.get(entry.to) == language):
            yield _without(theirs, entry.shown)


def _without(theirs: Iterable[str], said: str) -> str:
    for words in theirs:
        said = said.replace(words, "…")
    return said


def _in_german() -> Iterator[str]:
    """What is not in the catalogue, whose translation `make check` looks at."""
    for deck in CONTENT_OF_ALL.decks.values():
        yield from (question.text for question in deck.questions["de"].values())
    yield from CONTENT_OF_ALL.phrases["de"].phrases.values()
    yield from _transcripts("de")


def _in_english() -> Iterator[str]:
    yield from _transcripts("en")


SAID = {
    "the catalogue": _catalogue,
    "the decks": _decks,
    "the small phrases": lambda: iter(CONTENT_OF_ALL.phrases["en"].phrases.values()),
    "the help lines": _help_lines,
    "the playground": _page,
    "the transcripts": _in_english,
}


@pytest.mark.trust
@pytest.mark.parametrize("where", SAID)
def test_nothing_that_is_said_blames_hurries_or_counts(
    where: str, record_property: Callable[[str, object], None]
) -> None:
    """Every sentence of ours, wherever it comes from."""
    said = list(SAID[where]())
    found = {words: [*WORDING.objections(words, "en")] for words in said}
    record_property(f"wording: sentences searched in {where}", len(said))
    record_property("wording: words of blame, hurry or counting found", sum(map(len, found.values())))
    assert len(said) > len("a few")
    assert {words: wrong for words, wrong in found.items() if wrong} == {}


@pytest.mark.trust
def test_nothing_that_is_said_in_german_does_either() -> None:
    """Every card of the decks, and every conversation that is written down."""
    found = {words: [*WORDING.objections(words, "de")] for words in _in_german()}
    assert len(found) > len("a few")
    assert {words: wrong for words, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize(
    "said",
    [
        "Ben has not answered.",
        "Ben hasn’t answered yet.",
        "You have not answered this one.",
        "I am still waiting.",
        "Ana is waiting for you.",
        "Your partner is waiting.",
        "Your partner has written.",
        "Finally, both are in.",
        "At last, both are in.",
        "Not now, again?",
        "A reminder: the question.",
        "May I remind you of it?",
        "This one is overdue.",
        "You are late.",
        "You missed it.",
        "Ben missed this one.",
        "You forgot this one.",
        "Ben ignored it.",
        "You should have told me.",
        "A streak of four weeks.",
        "Four weeks in a row.",
        "Your score is 7.",
        "3 days since Ben wrote.",
        "Last seen on Sunday.",
        "Seen by Ben.",
        "Ben has read it.",
        "Ben is online.",
        "Ben is typing.",
        "We miss you.",
        "No answer from Ben.",
        "It is your turn.",
        "Please hurry.",
    ],
)
def test_words_that_blame_hurry_or_count_are_noticed(said: str) -> None:
    """Each of these would be a mistake of `make check`."""
    assert list(WORDING.objections(said, "en"))


def test_a_word_is_noticed_as_a_word_alone() -> None:
    """Not inside another one."""
    assert list(WORDING.objections("Later, a plate on the scoreboard: forget it, chocolate lasts.", "en")) == []


def test_a_harmless_sentence_excuses_nothing_beside_it() -> None:
    """It is known by its whole wording, and with its places filled."""
    plan = "So: play, with Rosa, Wednesday 18 November: Ask about the choir.\nShall I remind you?"
    assert list(WORDING.objections(plan, "en")) == []
    assert list(WORDING.objections(f"{plan} I remind you.", "en"))
    assert list(WORDING.objections("Something is waiting just now.", "en"))


@pytest.mark.parametrize("known", WORDING.harmless, ids=lambda known: known.sentence[:40])
def test_each_harmless_sentence_is_said_and_needs_its_excuse(known: Harmless) -> None:
    """What is said no more, or has no such word any more, comes off the list."""
    bare = Wording(forbidden=WORDING.forbidden)
    assert known.sentence in set(chain.from_iterable(said() for said in SAID.values()))
    assert list(bare.objections(known.sentence, known.language))


def test_a_translation_has_such_a_list_of_its_own() -> None:
    """Every language that there is has words of blame and of hurry of its own."""
    languages = {path.name.split(".")[1] for path in CONTENT.glob("words.*.toml")}
    assert languages <= {rule.language for rule in WORDING.forbidden}
