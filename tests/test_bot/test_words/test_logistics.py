"""The nudge's rules: what they know of the labelled questions, and every mistake with its line."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from bot.words.check import check
from bot.words.content import CONTENT, Content
from bot.words.logistics import Logistics, load_logistics
from bot.words.mistakes import shown

CORPORA = Path(__file__).parents[2] / "corpora"
LANGUAGES = sorted(path.name.split(".")[1] for path in CORPORA.glob("logistics.*.tsv"))
QUESTIONS = {"en": 240}
FEWEST = 150  # questions of a language that is not counted above
PRECISION, RECALL = 0.95, 0.7
GOOD = """language = "en"

[groups]
meal = ["dinner", "lunch"]

# What there is to eat.
[[logistics]]
example = "What's for dinner?"
words = ["whats for … {meal}", "^ {meal} $", "*spätzle", "a *day roast"]

[[other]]
example = "I dreamt of it."
words = ["dream*", "would you"]
"""


def labelled(language: str, half: str) -> Iterator[tuple[bool, str]]:
    """The questions of a half, and whether they are about logistics. Halves are told apart by a hash."""
    for line in (CORPORA / f"logistics.{language}.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            label, question = line.split("\t")
            if half == ("held" if sha256(question.encode()).digest()[0] % 2 else "tuned"):
                yield label == "logistics", question


def figures(logistics: Logistics, language: str, half: str) -> tuple[float, float]:
    """Precision and recall on a half."""
    judged = [(truth, logistics.is_logistics(question, language)) for truth, question in labelled(language, half)]
    right, flagged = judged.count((True, True)), sum(flag for _, flag in judged)
    return right / flagged, right / sum(truth for truth, _ in judged)


@pytest.mark.parametrize("half", ["tuned", "held"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_few_are_nudged_wrongly_and_most_rightly(
    content: Content, language: str, half: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """On both halves; the head of each corpus says which of them the rules were mended by."""
    precision, recall = figures(content.logistics, language, half)
    with capsys.disabled():
        print(f"\nlogistics {language}, {half}: precision {precision:.3f}, recall {recall:.3f}")  # noqa: T201
    assert precision >= PRECISION
    assert recall >= RECALL


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_labelled_set_is_whole(language: str) -> None:
    """240 questions in English, none twice, about half of them logistics in each half."""
    halves = {half: list(labelled(language, half)) for half in ("tuned", "held")}
    found = [question for half in halves.values() for _, question in half]
    assert len(set(found)) == len(found) >= QUESTIONS.get(language, FEWEST)
    for half in halves.values():
        assert 0.4 < sum(truth for truth, _ in half) / len(half) < 0.6


def test_none_of_our_own_questions_is_nudged(content: Content) -> None:
    """Who asks what the deck might ask is left in peace, in every language that has it."""
    for language, found in content.decks["curiosity"].questions.items():
        questions = [question.text for question in found.values()]
        assert len(questions) >= 60
        assert [text for text in questions if content.logistics.is_logistics(text, language)] == []


@pytest.mark.parametrize(
    ("question", "nudged"),
    [
        ("what's for dinner?", True),
        ("What’s for DINNER", True),
        ("what is something you've been thinking about lately that we haven't discussed?", False),
        ("", False),
        ("?!…", False),
        ("🍝", False),
        ("dinner " * 600, False),
    ],
)
def test_a_question_is_known_as_it_is_written(content: Content, question: str, nudged: bool) -> None:
    """Either apostrophe, any case, nothing at all."""
    assert content.logistics.is_logistics(question, "en") == nudged


@pytest.mark.parametrize("language", ["en-GB", "de", "de-AT"])
def test_english_is_known_to_everybody(content: Content, language: str) -> None:
    """Somebody who reads German may ask in English."""
    assert content.logistics.is_logistics("who takes the bins out tonight", language)


@pytest.mark.parametrize(
    ("question", "nudged"),
    [
        ("was gibts heute zum essen", True),
        ("Kannst du bitte die Wäsche machen?", True),
        ("kannst du bitte die waesche machen", True),
        ("wann ist dein Zahnarzttermin", True),
        ("Woran denkst du beim Abwasch?", False),
        ("Was hast du als Kind gern gegessen?", False),
    ],
)
def test_a_german_question_is_known_as_it_is_written(content: Content, question: str, nudged: bool) -> None:
    """Umlauts in any spelling, words put together."""
    assert content.logistics.is_logistics(question, "de") == nudged


def spoiled(folder: Path, text: str) -> list[str]:
    """What is wrong in this file."""
    (folder / "logistics.en.toml").write_text(text)
    return shown(load_logistics(folder)[1], folder)


@pytest.mark.parametrize(
    ("question", "nudged"),
    [
        ("So: whats for an early Sunday lunch", True),
        ("lunch!", True),
        ("whats for. And dinner went well", False),
        ("whats for one two three four five six seven dinner", False),
        ("lunch alone", False),
        ("would you say what's for lunch", False),
        ("what's for dinner, dreamer?", False),
        ("whats for dinnertime", False),
        ("is it a Sunday roast", True),
        ("is it a roaster", False),
        ("Kässpätzle", True),
        ("kaesspaetzle", True),
    ],
)
def test_patterns_mean_what_the_file_says(tmp_path: Path, question: str, nudged: bool) -> None:
    """Whole words, a few between them in one sentence, its ends; the other rules outweigh."""
    assert spoiled(tmp_path, GOOD) == []
    assert load_logistics(tmp_path)[0].is_logistics(question, "en") == nudged


@pytest.mark.parametrize(
    ("right", "wrong", "line", "what"),
    [
        ('"en"', '"de"', 1, "language must be 'en', as in the file's name"),
        ("{meal} $", "{meel} $", 9, "the group {meel} in '^ {meel} $' is not known; known are meal"),
        ("whats for", "what's for", 9, '"what\'s" in "what\'s for … {meal}" is no word; small letters'),
        ("whats for", "Whats for", 9, "'Whats' in 'Whats for … {meal}' is no word; small letters"),
        ('"^ {meal} $"', '"^ … $"', 9, "'^ … $' has no word of its own"),
        ('"lunch"', '"{dish}"', 4, "the group {dish} in '{dish}' is not known; known are none here"),
        ("What's for dinner?", "Who cooks?", 8, "none of its words is in the example 'Who cooks?'"),
        ('example = "I dreamt of it."\n', "", 11, "example is missing"),
        ('words = ["dream*", "would you"]', "words = []", 12, "none of its words is in the example"),
        ('words = ["dream*", "would you"]', "", 11, "words is missing"),
        ("[[other]]", "[[others]]", 1, "there is no rule here; begin each with [[other]]"),
        ("[[other]]", "[[others]]", 1, "the field 'others' is not known here"),
        ("[[other]]", "[[other]", 11, "this is not TOML"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, right: str, wrong: str, line: int, what: str) -> None:
    """One thing is wrong: its line, what it is and what to do."""
    assert right in GOOD
    found = spoiled(tmp_path, GOOD.replace(right, wrong))
    assert any(mistake.startswith(f"logistics.en.toml:{line}: {what}") for mistake in found), found


def test_a_missing_file_is_a_mistake(tmp_path: Path) -> None:
    """The source language has rules."""
    assert shown(load_logistics(tmp_path)[1], tmp_path) == ["logistics.en.toml:1: this file is missing; bring it back"]


def test_a_rule_that_takes_our_own_question_is_named(bot: Path) -> None:
    """The check reads the decks with the rules."""
    path = bot / "content" / "logistics.en.toml"
    path.write_text(path.read_text().replace('"whats for … {meal}"', '"whats for … {meal}", "no use at all"'))
    line = 1 + path.read_text().splitlines().index("[[logistics]]")
    what = "this rule takes afterwards-004 for logistics"
    assert any(
        mistake.startswith(f"bot/content/logistics.en.toml:{line}: {what}") for mistake in check(bot / "content")
    )


def test_the_real_rules_are_in_order() -> None:
    """Each knows its example."""
    assert load_logistics(CONTENT)[1] == []
