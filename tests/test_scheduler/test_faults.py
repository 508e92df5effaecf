"""What a log may say about an error."""

import json

import pytest

from bot.engine.ids import SessionId
from bot.tokens import press_token
from scheduler.faults import frames, place


def _error_of(text: str) -> Exception:
    try:
        json.loads(text)
    except ValueError as error:
        return error
    raise AssertionError


def test_the_place_of_an_error_is_the_innermost_line_of_our_own() -> None:
    """Not the test that called it, not the library below."""
    with pytest.raises(ValueError, match="longer") as caught:
        press_token(SessionId(1), 0, "x" * 64)
    assert place(caught.value).startswith("bot/tokens.py:")


def test_an_error_from_elsewhere_still_has_a_place() -> None:
    """The innermost line there is, by the name of its file."""
    assert place(_error_of("{")).startswith("decoder.py:")


def test_an_error_that_was_never_raised_has_none() -> None:
    """It is said so, and nothing breaks."""
    assert place(ValueError("x")) == "nowhere"


def test_frames_name_lines_and_never_the_message() -> None:
    """From the outermost to the innermost."""
    lines = frames(_error_of("what Ana typed"))
    assert lines[0].startswith("tests/test_scheduler/test_faults.py:")
    assert "Ana" not in "".join(lines)
