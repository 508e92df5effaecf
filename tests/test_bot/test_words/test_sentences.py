"""The sentences in the code, and the template made of them."""

from pathlib import Path

import pytest

from bot.words.extract import template
from bot.words.sentences import Sentence, find_sentences


def found(bot: Path, code: str) -> tuple[list[str], list[str]]:
    """The sentences in a file of exercises, and the lines that no catalogue would have."""
    (bot / "exercises" / "hello.py").write_text(code)
    sentences, mistakes = find_sentences(bot)
    return [s.key for s in sentences], [m.within(bot) for m in mistakes]


@pytest.mark.parametrize(
    ("code", "keys"),
    [
        ('talk.say("One {a}.", a=1)', ["One {a}."]),
        ('talk.announce("One.")', ["One."]),
        ('talk.ask("name", "One?")', ["One?"]),
        ('talk.choose(f"from.{n}", "{need}: whom?", CHOICES)', ["{need}: whom?"]),
        ('talk.choose_many("n", "One?", (Option("a", T("Two")),))', ["One?", "Two"]),
        ('talk.confirm("n", "One?")', ["One?"]),
        ('talk.scale("n", "One?", 0, 4)', ["One?"]),
        ('talk.both("n", "One?", kept=T("Two."), nudge=T("Three."))', ["One?", "Three.", "Two."]),
        ('text("One.", {"a": T("Two.")})', ["One.", "Two."]),
        ('engine.text.T("One "\n  "and two.")', ["One and two."]),
        ('talk.say(T("One.").key)', ["One."]),
        ('talk.say("{carried}\\n\\n{terms}")', []),
        ('talk.say(SOMETHING); T(); T(*words); other("One")', []),
    ],
)
def test_a_sentence_is_found_where_it_is_said(bot: Path, code: str, keys: list[str]) -> None:
    """In every call that says something, also inside another call; never one that has places alone."""
    assert found(bot, code) == (keys, [])


@pytest.mark.parametrize("code", ['_when(talk, "Which day?")', 'talk.say(f"Which {day}, say?")', 'ASK = "Which day?"'])
def test_a_sentence_outside_every_catalogue_is_noticed(bot: Path, code: str) -> None:
    """Words that would reach German readers in English are a mistake with its line."""
    what = "this sentence is in no catalogue; give it to T(…), as one plain string"
    assert found(bot, f'"""Says it."""\n{code}\n') == ([], [f"exercises/hello.py:2: {what}"])


def test_errors_and_docstrings_are_no_sentences(bot: Path) -> None:
    """They are for those who write exercises."""
    assert found(bot, 'def f():\n    """Says it."""\n    raise ValueError("this is wrong")\n') == ([], [])


def test_code_that_cannot_be_read_is_a_mistake(bot: Path) -> None:
    """With its line, as everything."""
    (mistake,) = found(bot, "x = 1\nif\n")[1]
    assert mistake.startswith("exercises/hello.py:2: this is not Python")


def test_the_template_is_the_same_for_the_same_sentences(tmp_path: Path) -> None:
    """No day, no machine, no line numbers: it changes when a sentence does."""
    one = template([Sentence(tmp_path / "a" / "b.py", 3, "44 % of {n} | {n} more")], tmp_path)
    moved = template([Sentence(tmp_path / "a" / "b.py", 9, "44 % of {n} | {n} more")], tmp_path)
    assert one == moved
    assert one.endswith(
        '#: a/b.py\n#, python-brace-format\nmsgid "44 % of {n}"\nmsgid_plural "{n} more"\n'
        'msgstr[0] ""\nmsgstr[1] ""\n\n'
    )


def test_a_sentence_said_twice_stands_once(tmp_path: Path) -> None:
    """With both files that say it."""
    twice = [Sentence(tmp_path / "a.py", 1, "Kept."), Sentence(tmp_path / "b.py", 1, "Kept.")]
    made = template(twice, tmp_path)
    assert made.count('msgid "Kept."') == 1
    assert "#: a.py b.py\n" in made
