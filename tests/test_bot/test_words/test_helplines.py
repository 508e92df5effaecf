"""Help lines: every mistake with its line."""

from pathlib import Path

import pytest

from bot.words.content import CONTENT
from bot.words.helplines import PURPOSES, load_helplines
from bot.words.mistakes import shown

GOOD = """checked = 2026-11-22
international = "findahelpline.com"
emergency_fallback = "112"

[[country]]
code = "DE"
emergency = "112"
source = "112.de"
checked = 2026-11-20
missing = ["partner-violence"]

[[country.line]]
name = "TelefonSeelsorge"
number = "0800 1110111"
for = "crisis"
source = "somewhere.de"
checked = 2026-11-20

[[country]]
code = "CH"
emergency = "112"
source = "112.ch"
checked = 2026-11-22
missing = ["crisis", "partner-violence"]

[[country]]
code = "GB"
emergency = "999"
source = "999.uk"
checked = 2026-11-21
missing = ["partner-violence"]

[[country.line]]
name = "Samaritans"
number = "116 123"
for = "crisis"
source = "samaritans.org"
checked = 2024-11-22
"""


def mistakes(folder: Path, text: str) -> list[str]:
    """What is wrong in this file."""
    (folder / "helplines.toml").write_text(text)
    return shown(load_helplines(folder / "helplines.toml")[1], folder)


def test_lines_belong_to_their_country(tmp_path: Path) -> None:
    """A country without lines of its own does not take the next one's."""
    assert mistakes(tmp_path, GOOD) == []
    countries = load_helplines(tmp_path / "helplines.toml")[0].countries
    assert {code: [line.name for line in country.lines] for code, country in countries.items()} == {
        "DE": ["TelefonSeelsorge"],
        "CH": [],
        "GB": ["Samaritans"],
    }


@pytest.mark.parametrize(
    ("right", "wrong", "line", "what"),
    [
        ('code = "GB"', 'code = "UK"', 27, "'UK' is no country; take its two letters of ISO 3166, like DE"),
        ('code = "GB"', 'code = "DE"', 27, "the country DE is there twice"),
        ('code = "GB"\n', "", 26, "code is missing"),
        ('"999"', '"call me"', 28, "emergency must be a number as one dials it"),
        ('"116 123"', '"116 12E"', 35, "number must be a number as one dials it"),
        ('"116 123"', "116", 35, "number must be a text in quotes"),
        ('number = "116 123"\n', "", 33, "number is missing"),
        ('for = "crisis"\nsource = "sam', 'for = "fun"\nsource = "sam', 36, "for must be one of crisis"),
        ('source = "samaritans.org"\n', "", 33, "source is missing"),
        (
            '"crisis"\nsource = "sam',
            '"crisis"\nonly = "girls"\nsource = "sam',
            37,
            "only must be one of women, men",
        ),
        ('source = "sam', 'sauce = 1\nsource = "sam', 37, "the field 'sauce' is not known here"),
        (
            "checked = 2026-11-22\ninter",
            'checked = "today"\ninter',
            1,
            "checked must be a date without quotes, like checked = 2027-01-31",
        ),
        ("checked = 2026-11-22\ninter", "inter", 1, "checked is missing"),
        ('"findahelpline.com"', '""', 2, "international must be a text in quotes"),
        ('[[country.line]]\nname = "Sam', 'line = 5\n[[x]]\nname = "Sam', 33, "line must be tables of their own"),
        ('source = "112.ch"\n', "", 19, "source is missing"),
        ('source = "112.ch"\nchecked = 2026-11-22\n', 'source = "112.ch"\n', 19, "checked is missing"),
        ("2024-11-22", "2024-11-20", 38, "checked is more than two years before the day at the top of the file"),
        (
            '["crisis", "partner-violence"]',
            '["crisis"]',
            19,
            "there is no line for 'partner-violence'; add one, or say",
        ),
        ('["crisis", "partner-violence"]', '["crises"]', 24, "missing has the unknown word 'crises'; known are crisis"),
        (
            '["partner-violence"]\n\n[[country.line]]\nname = "Sam',
            '["crisis"]\n\n[[country.line]]\nname = "Sam',
            31,
            "there is a line for 'crisis'; it is not missing",
        ),
        ('[[country]]\ncode = "GB"', '[[country]\ncode = "GB"', 26, "this is not TOML"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, right: str, wrong: str, line: int, what: str) -> None:
    """One thing is wrong: its line, what it is and what to do."""
    assert right in GOOD
    found = mistakes(tmp_path, GOOD.replace(right, wrong))
    assert any(mistake.startswith(f"helplines.toml:{line}: {what}") for mistake in found), found


def test_a_missing_file_is_a_mistake(tmp_path: Path) -> None:
    """Leeway does not start without numbers for /safety."""
    found = shown(load_helplines(tmp_path / "helplines.toml")[1], tmp_path)
    assert found == ["helplines.toml:1: this file is missing; bring it back"]


def test_the_real_lines_are_in_order() -> None:
    """What people would dial has been looked at by the same rules."""
    assert load_helplines(CONTENT / "helplines.toml")[1] == []


def test_many_countries_have_lines() -> None:
    """Twenty at least, each with an emergency number and a line; twenty with one of every kind."""
    lines = load_helplines(CONTENT / "helplines.toml")[0]
    assert len(lines.countries) >= 20
    assert all(country.emergency and country.lines for country in lines.countries.values())
    assert (
        sum(len({line.purpose for line in country.lines}) == len(PURPOSES) for country in lines.countries.values())
        >= 20
    )
