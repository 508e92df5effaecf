"""The crisis card's rules: what they know of the labelled lines, and every mistake with its line."""

import re
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from bot.words.check import check
from bot.words.content import CONTENT, Content
from bot.words.crisis import Crisis, load_crisis
from bot.words.mistakes import shown
from bot.words.rules import LONGEST, plain

CORPORA = Path(__file__).parents[2] / "corpora"
TRANSCRIPTS = Path(__file__).parents[2] / "transcripts"
IN_DANGER = {"suicide", "self-harm", "abuse", "fear", "child", "threat"}
NOT = {"idiom", "quote", "title", "negation", "grief", "past", "screen", "work", "quarrel", "answer"}
RECALL, FALSE_ALARMS = 0.95, 0.02
LANGUAGES = sorted(path.name.split(".")[1] for path in CORPORA.glob("crisis.*.tsv"))
LATER = sorted(path.name.split(".")[1] for path in CORPORA.glob("crisis-later.*.tsv"))
LINES = {"en": 571, "de": 751}
FEWEST = 300  # lines of a language that is not counted above
# Traps of the first round stand among the later ones.
FALSE_ALARMS_LATER = 0.1
MANY = 100_000
GOOD = """language = "en"

[groups]
self = ["myself", "my self"]
hurt = ["hit/hurt {self}", "kill {self}"]

# Hurting oneself.
[[crisis]]
example = "I hit myself."
words = ["{hurt}", "want … dead"]

[[aside]]
example = "I could kill myself laughing."
words = ["{hurt} laughing"]
"""
Labelled = tuple[bool, str, str]
Note = Callable[[str, object], None]


@pytest.fixture(scope="module")
def crisis() -> Crisis:
    """The rules that Leeway ships with."""
    return load_crisis(CONTENT)[0]


def lines(file: str) -> Iterator[list[str]]:
    """The fields of every labelled line."""
    for line in (CORPORA / file).read_text("utf-8").splitlines():
        if not line.startswith("#"):
            yield line.split("\t")


def labelled(language: str, half: str) -> Iterator[Labelled]:
    """Danger or not, kind and words of each line of a half; a hash tells which scene is whose."""
    for label, kind, scene, words in lines(f"crisis.{language}.tsv"):
        if half == ("held" if sha256(scene.encode()).digest()[0] % 2 else "tuned"):
            yield label == "crisis", kind, words


def later(language: str) -> Iterator[Labelled]:
    """The same of the lines that were written after the rules, with their round for a kind."""
    for label, number, words in lines(f"crisis-later.{language}.tsv"):
        yield label == "crisis", number, words


def figures(crisis: Crisis, language: str, labelled: Iterator[Labelled]) -> tuple[float, float]:
    """Which part of the dangerous lines is known, and which part of the others is taken for one."""
    judged = [(truth, crisis.is_crisis(words, language)) for truth, _, words in labelled]
    dangerous = sum(truth for truth, _ in judged)
    return judged.count((True, True)) / dangerous, judged.count((False, True)) / (len(judged) - dangerous)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_labelled_set_is_whole(language: str) -> None:
    """None is lost or twice there; every kind under its label and in both halves, neither label rare in either."""
    halves = {half: list(labelled(language, half)) for half in ("tuned", "held")}
    found = [words for half in halves.values() for *_, words in half]
    assert len(set(found)) == len(found) >= LINES.get(language, FEWEST)
    for half in halves.values():
        assert {kind for truth, kind, _ in half if truth} == IN_DANGER
        assert {kind for truth, kind, _ in half if not truth} == NOT
        assert 0.4 < sum(truth for truth, *_ in half) / len(half) < 0.6


@pytest.mark.trust
@pytest.mark.parametrize("half", ["tuned", "held"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_most_danger_is_known_and_little_else_taken_for_it(
    crisis: Crisis, language: str, half: str, capsys: pytest.CaptureFixture[str], record_property: Note
) -> None:
    """On both halves; the head of each corpus says which of them the rules were mended by."""
    recall, false_alarms = figures(crisis, language, labelled(language, half))
    record_property(f"danger: part known of the {half} half ({language})", recall)
    record_property(f"danger: part of harmless lines taken for it, {half} half ({language})", false_alarms)
    with capsys.disabled():
        print(f"\ncrisis {language}, {half}: recall {recall:.3f}, false alarms {false_alarms:.3f}")  # noqa: T201
    assert recall >= RECALL
    assert false_alarms <= FALSE_ALARMS


@pytest.mark.trust
@pytest.mark.parametrize("language", LATER)
def test_what_was_missed_once_is_known_now(
    crisis: Crisis, language: str, capsys: pytest.CaptureFixture[str], record_property: Note
) -> None:
    """Of the lines written after the rules; what was known of them at first sight stands in the file's head."""
    recall, false_alarms = figures(crisis, language, later(language))
    record_property(f"danger: part known of later lines, since mended ({language})", recall)
    record_property(f"danger: part of harmless later lines taken for it ({language})", false_alarms)
    with capsys.disabled():
        print(f"\ncrisis {language}, later, mended: recall {recall:.3f}, false alarms {false_alarms:.3f}")  # noqa: T201
    assert recall >= RECALL
    assert false_alarms <= FALSE_ALARMS_LATER


def test_none_of_our_own_lines_raises_an_alarm(crisis: Crisis) -> None:
    """Whatever people type and read in the transcripts, but in those about the card."""
    ours = [path for path in TRANSCRIPTS.glob("*.txt") if "crisis" not in path.stem]
    said = {line.strip() for path in ours for line in path.read_text("utf-8").splitlines()}
    assert len(said) >= 400
    assert [line for line in said if crisis.is_crisis(line, "en")] == []


@pytest.mark.parametrize("language", ["en", "en-GB", "de", "pt-BR"])
@pytest.mark.parametrize(
    "words",
    [
        "i want to kill myself",
        "I WANT TO KILL MYSELF",
        "I don't want to live",
        "I don’t want to live",
        "I want\nto\n\nkill\tmyself",
        "I want to k\u200bill my\u00adself",
        "\u2066I want to kill\u00a0myself\u2069",
        "Ｉ ｗａｎｔ ｔｏ ｋｉｌｌ ｍｙｓｅｌｆ",
        "kill_myself, that is what I want",
        "A lighthouse keeper. Ha! (And I want to kill myself.) Good night.",
        "💔I want to kill myself💔",
    ],
)
def test_danger_is_known_however_it_is_written(crisis: Crisis, words: str, language: str) -> None:
    """Any case and apostrophe, broken lines, letters that are not seen; English is known to everybody."""
    assert crisis.is_crisis(words, language)


@pytest.mark.parametrize(
    "words",
    [
        "ich will mich umbringen",
        "Ich WILL mich UMBRINGEN",
        "ich bring’ mich um",
        "Ich bringe mich heute Nacht um.",
        "er schlägt mich",
        "er schlaegt mich",
        "er schla\u0308gt mich",
        "ER SCHLÄGT MICH",
        "Ich sterbe vor Lachen, und nachts will ich sterben",
        "mein Gegenüber schlägt mich",
        "i want to kill myself",
    ],
)
@pytest.mark.parametrize("language", ["de", "de-AT"])
def test_danger_is_known_in_german(crisis: Crisis, words: str, language: str) -> None:
    """Umlauts in any spelling, verbs in two parts, and English as well."""
    assert crisis.is_crisis(words, language)


@pytest.mark.parametrize("words", ["Ich sterbe vor Lachen", "die Hitze bringt mich um", "Die, die die Küche putzen"])
def test_what_only_sounds_like_danger_in_german(crisis: Crisis, words: str) -> None:
    """Nor is a German article an English death."""
    assert not crisis.is_crisis(words, "de")


@pytest.mark.parametrize("words", ["", " \n ", "?!…", "💀", "\u200b", "kill", "myself", "_ _ _"])
def test_nothing_is_no_danger(crisis: Crisis, words: str) -> None:
    """Nor is a single word that could go anywhere."""
    assert not crisis.is_crisis(words, "en")


@pytest.mark.parametrize(
    ("words", "danger"),
    [
        ("I hurt my self", True),
        ("I could kill myself laughing", False),
        ("I could kill myself laughing, and then hit myself", True),
        ("laughing, I could kill myself", True),
        ("I want the old radio dead", True),
        ("I want it. It is dead", False),
        ("hit\nmyself", True),
    ],
)
def test_patterns_mean_what_the_file_says(tmp_path: Path, words: str, danger: bool) -> None:
    """What only sounds like danger is set aside, and the rest is still looked at."""
    assert spoiled(tmp_path, GOOD) == []
    assert load_crisis(tmp_path)[0].is_crisis(words, "en") == danger


def spoiled(folder: Path, text: str) -> list[str]:
    """What is wrong in this file."""
    (folder / "crisis.en.toml").write_text(text)
    return shown(load_crisis(folder)[1], folder)


@pytest.mark.parametrize(
    ("right", "wrong", "line", "what"),
    [
        ("[[aside]]", "[[other]]", 1, "there is no rule here; begin each with [[aside]]"),
        ("kill {self}", "kill {me}", 5, "the group {me} in 'kill {me}' is not known; known are self"),
        ("kill {self}", "kill … {self}", 5, "'kill … {self}' has too many …, which take time; at most 0 here"),
        ("want …", "want … so … very … … be", 10, "'want … so … very … … be dead' has too many …, which take time"),
        ("kill myself laughing", "laugh", 13, "none of its words is in the example 'I could laugh.'"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, right: str, wrong: str, line: int, what: str) -> None:
    """One thing is wrong: its line, what it is and what to do."""
    assert right in GOOD
    found = spoiled(tmp_path, GOOD.replace(right, wrong))
    assert any(mistake.startswith(f"crisis.en.toml:{line}: {what}") for mistake in found), found


def test_a_missing_file_is_a_mistake(tmp_path: Path) -> None:
    """Leeway does not start without rules for the card."""
    assert shown(load_crisis(tmp_path)[1], tmp_path) == ["crisis.en.toml:1: this file is missing; bring it back"]


def test_a_rule_that_takes_our_own_words_is_named(bot: Path) -> None:
    """The check reads the decks, the sentences and the phrases with the rules."""
    path = bot / "content" / "crisis.en.toml"
    path.write_text(path.read_text().replace('"kms"', '"twice the time", "how was the day", "directory of help lines"'))
    line = 1 + path.read_text().splitlines().index('example = "im gonna kill myself tonight"')
    found = [
        mistake for mistake in check(bot / "content") if mistake.startswith(f"bot/content/crisis.en.toml:{line - 1}")
    ]
    assert [mistake.split("'")[1].split(":")[0] for mistake in found] == [
        "A directory of help lines, also in other countries",
        "How was the day?",
        "What would you do with twice the time?",
    ]


@pytest.mark.parametrize("text", ["a" * MANY, "he " * MANY, "1" * MANY, "when I was 1 " * MANY, "\u200b.\n" * MANY])
def test_words_stay_few_and_short(text: str) -> None:
    """However long a text is, a pattern never has more before it than a few words of a few letters."""
    words = plain(text[:MANY]).split()
    assert len(words) <= MANY + 3
    assert max(map(len, words)) <= LONGEST


def test_the_work_grows_with_the_text_alone(crisis: Crisis, content: Content) -> None:
    """From one word, a pattern looks at so many more at most: nothing in it may repeat without an end."""
    rules = [rule for found in crisis.rules.values() for rule in (*found.crisis, *found.aside)]
    rules += [rule for found in content.logistics.rules.values() for rule in (*found.logistics, *found.other)]
    within_a_word = re.compile(r"\\w\*|\[\\d:\.\]\*|\[\^ \.\]\+ ")
    assert rules
    for rule in rules:
        for pattern in rule.patterns:
            assert not re.search(r"[*+]|\{\d+,\}", within_a_word.sub("", pattern.form)), rule.example


def test_a_very_long_text_is_judged(crisis: Crisis) -> None:
    """A hundred thousand characters of what nearly every pattern begins with."""
    assert not crisis.is_crisis(("he " * MANY)[:MANY], "en")


def test_the_real_rules_are_in_order() -> None:
    """Each knows its example."""
    assert load_crisis(CONTENT)[1] == []
