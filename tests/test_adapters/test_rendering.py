"""Long text in pieces, choices in rows."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.rendering import MOST, length, rows, split

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"  # one emoji, five code points, eight UTF-16 units


@pytest.mark.parametrize(("size", "pieces"), [(4095, 1), (4096, 1), (4097, 2)])
def test_only_what_is_too_long_is_split(size: int, pieces: int) -> None:
    """At the limit a text stays whole; one more makes two."""
    assert len(split("x" * size, 4096, "utf16")) == pieces


@pytest.mark.parametrize(("units", "pieces"), [("utf16", 2), ("codepoints", 1)])
def test_an_emoji_counts_as_the_platform_counts(units: str, pieces: int) -> None:
    """Outside the basic plane a character is two UTF-16 units and one code point."""
    assert len(split("🌻" * 6, 10, units)) == pieces


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("One two.\n\nThree four. Five", "One two."),
        ("One two\nthree four five", "One two"),
        ("One is. Two goes on and on", "One is."),
        ("Onetwo three fourfive", "Onetwo three"),
        ("Onetwothreefourfivesix", "Onetwothreefou"),
    ],
)
def test_it_is_cut_where_it_reads_best(text: str, first: str) -> None:
    """Between paragraphs, else lines, else sentences, else words; inside a word only at last."""
    assert split(text, 14, "utf16")[0] == first


@pytest.mark.parametrize(
    "seen", [FAMILY, "e\u0301", "👍🏽", "🇵🇹", "\r\n", "🏴\U000e0067\U000e0062\U000e007f", "❤\ufe0f"]
)
def test_what_is_seen_as_one_is_never_cut(seen: str) -> None:
    """A letter keeps its marks, an emoji its parts, a flag both halves."""
    room = length(seen, "utf16") + 1
    pieces = split(f"ab{seen}cdefghijkl", room, "utf16")
    assert [piece for piece in pieces if seen.strip() in piece]
    assert all(length(piece, "utf16") <= room for piece in pieces)


def test_flags_in_a_row_stay_whole() -> None:
    """Two halves make a flag, the next two another."""
    assert split("🇵🇹🇩🇪🇨🇿", 8, "utf16") == ["🇵🇹🇩🇪", "🇨🇿"]


def test_one_character_that_is_too_long_is_cut_all_the_same() -> None:
    """A letter under a thousand accents ends, too."""
    pieces = split("a" + "\u0301" * 1000, 100, "utf16")
    assert all(length(piece, "utf16") <= 100 for piece in pieces)


@given(st.text(), st.integers(2, 40), st.sampled_from(["utf16", "codepoints"]))
def test_every_piece_fits_and_nothing_but_blanks_is_lost(text: str, limit: int, units: str) -> None:
    """Whatever is written."""
    pieces = split(text, limit, units)
    assert all(length(piece, units) <= limit for piece in pieces)
    assert _without_blanks("".join(pieces)) == _without_blanks(text)


@pytest.mark.parametrize(
    ("labels", "shape"),
    [
        (["0", "25", "50", "75", "100"], [5]),
        (list("1234567"), [7]),
        (["Yes", "No"], [2]),
        (["Sunday 19:00", "Another time"], [2]),
        (["Someone to vent to", "Belonging", "Play"], [1, 2]),
        ([], []),
    ],
)
def test_labels_share_a_row_where_they_fit(labels: list[str], shape: list[int]) -> None:
    """Short ones side by side, long ones below each other."""
    assert [len(row) for row in rows(labels, labels)] == shape


@pytest.mark.parametrize(("letters", "shape"), [(14, [2]), (15, [2]), (16, [1, 1])])
def test_two_labels_share_a_row_up_to_its_width(letters: int, shape: list[int]) -> None:
    """Half a row less the margins, and not one letter more."""
    labels = ["x" * letters] * 2
    assert [len(row) for row in rows(labels, labels)] == shape


@given(st.lists(st.text(max_size=30)))
def test_rows_keep_every_item_in_order(labels: list[str]) -> None:
    """No button is lost, and no row is longer than a platform shows."""
    laid = rows(list(range(len(labels))), labels)
    assert [item for row in laid for item in row] == list(range(len(labels)))
    assert all(len(row) <= MOST for row in laid)


def _without_blanks(text: str) -> str:
    return re.sub(r"\s", "", text)
