"""What people type is shown as far as the font goes, in lines that fit."""

from __future__ import annotations

from functools import cache

import pytest

from bot.pictures.letters import drawable, leans_right, wrapped
from bot.pictures.plate import DejaVu
from tests.test_bot.test_pictures.album import LONG, ODD

SIZE = 14


@cache
def _font() -> DejaVu:
    return DejaVu()


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("  two \n words\t", "two words"),
        ("a\u200bb\u202ec\u0000d\ud800e\ufeff", "abcde"),
        ("cafe\u0301", "café"),
        ("x" + "\u0301\u0302\u0303\u0304", "x\u0301\u0302"),
        ("the sea 🫖🧑🏽‍🚀", "the sea"),
        ("1️⃣ first", "1 first"),
        ("日本語", "…"),
        ("in 日本 語, soon", "in …, soon"),
        ("🫖", "…"),
        ("", "…"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_what_is_not_in_the_font_is_left_out(typed: str, seen: str) -> None:
    """Letters become "…", signs go; no empty box is ever drawn."""
    assert drawable(typed, _font()) == seen


@pytest.mark.parametrize("words", [LONG, *ODD, "x", "fi" * 200, "a\u0301" * 300, "﷽" * 9])
@pytest.mark.parametrize("width", [20, 90, 300])
@pytest.mark.parametrize("most", [1, 3])
def test_lines_fit(words: str, width: float, most: int) -> None:
    """Not more of them than there is room for, and none is wider."""
    lines = wrapped(drawable(words, _font()), width, SIZE, _font(), most=most)
    assert 1 <= len(lines) <= most
    assert all(_font().width(line, SIZE, bold=False) <= width for line in lines)


def test_nothing_is_lost_where_there_is_room() -> None:
    """All words, in their order, and no "…"."""
    assert " ".join(wrapped(LONG[:90], 200, SIZE, _font(), most=9)) == LONG[:90].strip()


def test_what_is_shortened_says_so() -> None:
    """With "…" at its end, and no letter parted from its accent."""
    (line,) = wrapped(drawable("e\u0328\u0301" * 60, _font()), 90, SIZE, _font(), most=1)
    assert line.endswith("\u0301…")


@pytest.mark.parametrize(
    ("words", "right"), [("שלום Ana", True), ("Ana שלום", False), ("123 مرحبا", True), ("…", False), ("", False)]
)
def test_direction_is_that_of_the_first_letter(words: str, right: bool) -> None:
    """Each line of words that are mixed keeps it."""
    assert leans_right(words) is right
    lines = wrapped(f"{words} abc שלום", 10_000, SIZE, _font(), most=1)
    assert lines[0][0] == ("\u200f" if leans_right(f"{words} abc") else "\u200e")
