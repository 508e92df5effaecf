"""Help lines: every mistake with its line."""

from pathlib import Path

import pytest

from bot.words.content import CONTENT
from bot.words.helplines import load_helplines
from bot.words.mistakes import shown

GOOD = """checked = 2026-11-22
international = "findahelpline.com"
emergency_fallback = "112"

[[country]]
code = "DE"
emergency = "112"

[[country.line]]
name = "TelefonSeelsorge"
number = "0800 1110111"
for = "crisis"
source = "somewhere.de"

[[country]]
code = "CH"
emergency = "112"

[[country]]
code = "GB"
emergency = "999"

[[country.line]]
name = "Samaritans"
number = "116 123"
for = "crisis"
source = "samaritans.org"
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
        ('code = "GB"', 'code = "UK"', 20, "'UK' is no country; take its two letters of ISO 3166, like DE"),
        ('code = "GB"', 'code = "DE"', 20, "the country DE is there twice"),
        ('code = "GB"\n', "", 19, "code is missing"),
        ('"999"', '"call me"', 21, "emergency must be a number as one dials it"),
        ('"116 123"', '"116 12E"', 25, "number must be a number as one dials it"),
        ('"116 123"', "116", 25, "number must be a text in quotes"),
        ('number = "116 123"\n', "", 23, "number is missing"),
        ('for = "crisis"\nsource = "sam', 'for = "fun"\nsource = "sam', 26, "for must be one of crisis"),
        ('source = "samaritans.org"\n', "", 23, "source is missing"),
        ('source = "sam', 'sauce = 1\nsource = "sam', 27, "the field 'sauce' is not known here"),
        ("2026-11-22", '"today"', 1, "checked must be a date without quotes, like checked = 2027-01-31"),
        ("checked = 2026-11-22", "", 1, "checked is missing"),
        ('"findahelpline.com"', '""', 2, "international must be a text in quotes"),
        ('[[country.line]]\nname = "Sam', 'line = 5\nname = "Sam', 23, "line must be tables of their own"),
        ('[[country]]\ncode = "GB"', '[[country]\ncode = "GB"', 19, "this is not TOML"),
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
