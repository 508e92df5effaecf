"""The check of all content: every mistake at once, with file, line and what to do."""

import shutil
from pathlib import Path

import pytest

from bot.errors import ConfigurationError
from bot.words.check import check
from bot.words.content import load_content

HELLO = "bot/exercises/hello.py"
LANGUAGES_OWN = ("words", "crisis", "logistics")  # beside the catalogue
GERMAN = "bot/content/locale/de/LC_MESSAGES/leeway.po"
PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Hello, {name}."
msgstr "Hallo, {name}."

msgid "How was the day?"
msgstr "Wie war der Tag?"

msgid "A word will do."
msgstr "Ein Wort reicht."

msgid "{n} day"
msgid_plural "{n} days"
msgstr[0] "ein Tag"
msgstr[1] "{n} Tage"
"""


@pytest.fixture
def german(bot: Path) -> Path:
    """A bot that speaks German, too: its catalogue."""
    path = bot.parent / GERMAN
    path.parent.mkdir(parents=True)
    path.write_text(PO)
    for name in LANGUAGES_OWN:
        english = (bot / "content" / f"{name}.en.toml").read_text()
        (bot / "content" / f"{name}.de.toml").write_text(english.replace('language = "en"', 'language = "de"'))
    return path


def change(path: Path, right: str, wrong: str) -> None:
    """Spoils one thing in a file."""
    text = path.read_text()
    assert right in text
    path.write_text(text.replace(right, wrong, 1))


def test_nothing_is_found_where_nothing_is_wrong(bot: Path, german: Path) -> None:
    """The real decks, lines, phrases and rules, with three sentences in two languages."""
    shutil.rmtree(bot / "content" / "decks")
    assert check(bot / "content") == []


@pytest.mark.parametrize(
    ("right", "wrong", "expected"),
    [
        ('msgstr "Hallo, {name}."', 'msgstr ""', "6: 'Hello, {name}.' is not translated"),
        ('msgid "A word', '#, fuzzy\nmsgid "A word', "13: 'A word will do.' is fuzzy: read it"),
        ("Hallo, {name}.", "Hallo.", "6: 'Hello, {name}.' must have the same places as its source: {name}"),
        ("Hallo, {name}", "Hallo, {nahme}", "6: 'Hello, {name}.' must have the same places as its source: {nah"),
        ("Hallo, {name}.", "Hallo, {name}!", "6: 'Hello, {name}.' says no exclamation mark"),
        ('msgstr[1] "{n} Tage"\n', "", "15: '{n} day' has too few plural forms; this language needs 2"),
        ('msgstr[1] "{n} Tage"', 'msgstr[1] ""', "15: '{n} day' has too few plural forms"),
        ('msgid_plural "{n} days"\nmsgstr[0] "ein Tag"\nmsgstr[1]', "msgstr", "1: '{n} day' is missing"),
        ('msgid "A word will do."', 'msgid "A word."', "12: 'A word.' is said nowhere any more; remove it"),
        ('msgid "A word will do."', 'msgid "A word."', "1: 'A word will do.' is missing"),
        ('msgid "A word will do."', 'msgid "A word', "12: a quote is not closed"),
    ],
)
def test_a_fault_in_a_catalogue_is_named(bot: Path, german: Path, right: str, wrong: str, expected: str) -> None:
    """Missing, stale, fuzzy, without its places, with too few plural forms: file and line."""
    change(german, right, wrong)
    found = check(bot / "content")
    assert any(mistake.startswith(f"{GERMAN}:{expected}") for mistake in found), found


@pytest.mark.parametrize("name", [*LANGUAGES_OWN, "decks/curiosity"])
def test_a_language_needs_all_its_files(bot: Path, german: Path, name: str) -> None:
    """A catalogue without words for yes and no, for danger, or without its decks, is half a language."""
    (bot / "content" / f"{name}.de.toml").unlink(missing_ok=True)
    what = f"bot/content/{name}.de.toml:1: this file is missing; write it after {name.split('/')[-1]}.en.toml"
    assert what in check(bot / "content")


@pytest.mark.parametrize(
    ("sentence", "what"),
    [
        ("Ben has not answered.", "“has not answered”: it blames or counts"),
        ("Ben hasn’t answered.", "“hasn't answered”: it blames or counts"),
        ("Finally there.", "“Finally”: it hurries"),
        ("We miss you.", "“We miss you”: it hurries"),
        ("Your partner is waiting.", "“partner is”: it blames"),
        ("Let us hold space.", "“hold space”: it is a word from the consulting room"),
        ("Ask her.", "“her”: it assumes a gender"),
        ("For husbands.", "“husbands”: it assumes how two people live"),
        ("Good morning!", "no exclamation mark; say it calmly"),
        ("Hello {name", "a stray {; a place is written {name}"),
        ("Hello {user.name}", "a stray {; a place is written {name}"),
        ("one day | some days", "the plural after the bar must have the place {n}"),
    ],
)
def test_a_sentence_that_we_do_not_say_is_named(bot: Path, sentence: str, what: str) -> None:
    """Blame, hurry, the consulting room, assumptions: the line in the code, and why."""
    change(bot.parent / HELLO, "Hello, {name}.", sentence)
    found = check(bot / "content")
    assert any(mistake.startswith(f"{HELLO}:5: {what}") for mistake in found), found


@pytest.mark.parametrize("sentence", ["The other one is there.", "Another hero, a shepherd.", "This is the history."])
def test_a_word_inside_another_is_no_offence(bot: Path, sentence: str) -> None:
    """Only whole words count."""
    change(bot.parent / HELLO, "Hello, {name}.", sentence)
    assert all("leeway.pot" in mistake for mistake in check(bot / "content"))


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ("Frag Freund*in {name}.", "“Freund*in”: es nimmt ein Geschlecht an"),
        ("Die Partner:innen, {name}.", "“Partner:innen”: es nimmt ein Geschlecht an"),
        ("Leser_in {name}.", "“Leser_in”: es nimmt ein Geschlecht an"),
        ("Leser/in {name}.", "“Leser/in”: es nimmt ein Geschlecht an"),
        ("LeserIn {name}.", "“LeserIn”: es nimmt ein Geschlecht an"),
        ("Was er/sie sagt, {name}.", "“er/sie”: es nimmt ein Geschlecht an"),
        ("{name} hat noch nicht getanzt.", "“hat noch nicht”: es macht Vorwürfe"),
        ("Endlich, {name}.", "“Endlich”: es drängt"),
        ("Sei achtsam, {name}.", "“achtsam”: das Wort kommt aus der Praxis"),
        ("Eure Kinder, {name}.", "“Eure Kinder”: es nimmt an, wie zwei leben"),
        ("Ich will: es ist drin, {name}, darin.", None),
        ("Sie sind in Berlin/Innsbruck: in der Freundschaft, {name}.", None),
    ],
)
def test_what_german_does_not_say_is_named(bot: Path, german: Path, said: str, what: str | None) -> None:
    """In a translation, with a reason in its language; stars, colons and slashes in words are known by their ends."""
    shutil.rmtree(bot / "content" / "decks")
    change(german, "Hallo, {name}.", said)
    found = check(bot / "content")
    if what is None:
        assert found == []
    else:
        assert any(mistake.startswith(f"{GERMAN}:6: 'Hello, {{name}}.' says {what}") for mistake in found), found


def test_an_old_template_is_named(bot: Path) -> None:
    """A new sentence is for translators only when it stands in the template."""
    change(bot.parent / HELLO, "Hello, {name}.", "Good evening, {name}.")
    what = "the template is older than the code; run `make catalogue`"
    assert check(bot / "content") == [f"bot/content/locale/leeway.pot:1: {what}"]


@pytest.mark.parametrize(
    ("file", "right", "wrong", "expected"),
    [
        ("words.en.toml", 'nobody = "someone"', 'nobody = ""', "83: nobody must be a text in quotes"),
        ("words.en.toml", 'nobody = "someone"', "", "81: nobody is missing"),
        ("words.en.toml", '"{day} at {time}"', '"{day}"', "92: moment must have {day}, {time}"),
        ("words.en.toml", '"someone"', '"some {one}"', "83: nobody must have no places in braces"),
        ("words.en.toml", '["midnight", "at midnight"]', '"0"', "26: midnight must be a list of texts"),
        ("words.en.toml", "midnight =", "midnite =", "26: the field 'midnite' is not known here"),
        ("words.en.toml", "two = 2", "two = 200", "45: two must be 1, 2,"),
        ("words.en.toml", 'language = "en"', 'language = "de"', "3: language must be 'en'"),
        ("words.en.toml", "[words]", "[words", "6: this is not TOML"),
        ("wording.toml", "[decks]", "[deck]", "1: tags is missing"),
        ("wording.toml", 'why = "it hurries', 'way = "it hurries', "33: why is missing"),
        ("wording.toml", "[[forbidden]]", "[[forbiden]]", "1: the field 'forbiden' is not known here"),
        ("helplines.toml", 'code = "GB"', 'code = "UK"', "12: 'UK' is no country"),
    ],
)
def test_a_mistake_in_a_file_is_named(bot: Path, file: str, right: str, wrong: str, expected: str) -> None:
    """Phrases, rules and help lines: file and line."""
    change(bot / "content" / file, right, wrong)
    found = check(bot / "content")
    assert any(mistake.startswith(f"bot/content/{file}:{expected}") for mistake in found), found


@pytest.mark.parametrize("file", ["words.en.toml", "wording.toml", "helplines.toml"])
def test_a_missing_file_is_named(bot: Path, file: str) -> None:
    """Nothing is silently done without."""
    (bot / "content" / file).unlink()
    assert f"bot/content/{file}:1: this file is missing; bring it back" in check(bot / "content")


def test_a_start_with_mistakes_is_refused_with_all_of_them(bot: Path) -> None:
    """Whoever runs the bot reads every mistake at once."""
    change(bot / "content" / "helplines.toml", 'code = "GB"', 'code = "UK"')
    change(bot / "content" / "words.en.toml", 'nobody = "someone"', 'nobody = ""')
    with pytest.raises(ConfigurationError) as refused:
        load_content(bot / "content")
    assert [mistake.split(": ")[0] for mistake in refused.value.mistakes] == [
        "bot/content/helplines.toml:12",
        "bot/content/words.en.toml:83",
    ]
