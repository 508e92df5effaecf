"""Catalogues: which language, which sentence, which form."""

from pathlib import Path

import pytest

from bot.words.catalogue import Catalogue, load_catalogue, locale_of

GERMAN = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Kept."
msgstr "Aufgehoben."

#, fuzzy
msgid "Shown."
msgstr "Vielleicht gezeigt."

msgid "Changed."
msgstr ""

msgid "{n} day"
msgid_plural "{n} days"
msgstr[0] "{n} Tag"
msgstr[1] "{n} Tage"
"""


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    """English and German."""
    write(tmp_path, "de", GERMAN)
    loaded, mistakes = load_catalogue(tmp_path)
    assert mistakes == []
    return loaded


def write(folder: Path, language: str, text: str | bytes) -> None:
    """A catalogue where gettext expects it."""
    path = folder / language / "LC_MESSAGES" / "leeway.po"
    path.parent.mkdir(parents=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("de", "de"),
        ("de-AT", "de"),
        ("de_CH", "de"),
        ("DE", "de"),
        ("en-GB", "en"),
        ("fr", "en"),
        ("", "en"),
        ("?", "en"),
    ],
)
def test_the_best_language_is_found(catalogue: Catalogue, wanted: str, found: str) -> None:
    """An Austrian reads German; where nothing fits, English."""
    assert catalogue.language(wanted) == found


def test_a_sentence_is_translated(catalogue: Catalogue) -> None:
    """For German readers of any country."""
    assert catalogue.sentence("Kept.", "de") == catalogue.sentence("Kept.", "de-AT") == "Aufgehoben."


@pytest.mark.parametrize("key", ["Shown.", "Changed.", "Never heard of.", ""])
def test_what_is_not_translated_stays_in_the_source_language(catalogue: Catalogue, key: str) -> None:
    """Fuzzy, empty and unknown sentences are said in English, and nothing is nothing."""
    assert catalogue.sentence(key, "de") == key


def test_english_needs_no_catalogue(catalogue: Catalogue) -> None:
    """The source sentence is the sentence."""
    assert catalogue.sentence("Kept.", "en") == "Kept."


@pytest.mark.parametrize(
    ("language", "n", "form"),
    [("de", 1, "{n} Tag"), ("de", 0, "{n} Tage"), ("en", 1, "{n} day"), ("en", 2, "{n} days")],
)
def test_a_plural_has_its_forms(catalogue: Catalogue, language: str, n: int, form: str) -> None:
    """A key with a bar is singular and plural."""
    assert catalogue.sentence("{n} day | {n} days", language, n) == form


@pytest.mark.parametrize(
    ("language", "text", "line", "what"),
    [
        ("de", GERMAN + 'msgid "Open\n', 20, "a quote is not closed; end the line with one"),
        ("de", GERMAN + 'msgidd "Open"\n', 20, 'this is no line of a .po file: msgidd "Open"'),
        ("de", GERMAN.encode() + b"# caf\xe9\n", 20, "this is not UTF-8"),
        ("klingon", GERMAN, 1, "there is no language 'klingon'"),
    ],
)
def test_a_broken_catalogue_is_a_mistake(
    tmp_path: Path, language: str, text: str | bytes, line: int, what: str
) -> None:
    """Named with its line; nothing of it is used."""
    write(tmp_path, language, text)
    loaded, (mistake,) = load_catalogue(tmp_path)
    assert loaded.languages == ("en",)
    assert (mistake.line, mistake.what.startswith(what)) == (line, True), mistake


@pytest.mark.parametrize(
    ("right", "wrong", "expected"),
    [
        (
            'msgstr "Aufgehoben."',
            'msgstr "Aufgehoben, {name}."',
            "6: 'Kept.' has {name}, which its source has not",
        ),
        ('msgstr[1] "{n} Tage"\n', "", ""),
        ('msgstr[1] "{n} Tage"', 'msgstr[1] "viele Tage"', "16: '{n} day' lacks {n}, which its source has"),
        (
            "plural=(n != 1)",
            "plural=(n !=",
            "4: this plural rule cannot be read; `pybabel init` writes the language's own",
        ),
        ('msgstr "Vielleicht gezeigt."', 'msgstr "{gezeigt}"', ""),
    ],
)
def test_what_could_not_be_said_is_no_sound_catalogue(tmp_path: Path, right: str, wrong: str, expected: str) -> None:
    """A start is refused for what would break in a chat; what is fuzzy, or has half its plural, is not said."""
    assert right in GERMAN
    write(tmp_path, "de", GERMAN.replace(right, wrong))
    found = [f"{mistake.line}: {mistake.what}" for mistake in load_catalogue(tmp_path)[1]]
    assert found == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("language", "locale"), [("en", "en_GB"), ("en-US", "en_US"), ("de-AT", "de_AT"), ("xx", "en_GB"), ("", "en_GB")]
)
def test_a_language_has_its_way_of_writing(language: str, locale: str) -> None:
    """Our English writes the day before the month, and hours of twenty-four."""
    assert str(locale_of(language)) == locale
