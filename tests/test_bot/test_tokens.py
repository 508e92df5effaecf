"""What a button carries: written and read, and all that is no token."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engine.ids import SessionId
from bot.tokens import LIMIT, Order, Press, base36, command_token, press_token, read_token

UNHURRIED = settings(deadline=None)  # a busy machine is no mistake
SESSIONS = st.integers(0, 2**63 - 1)
OPTIONS = st.text("abcdefghijklmnopqrstuvwxyz0123456789._-", min_size=1, max_size=12)


@UNHURRIED
@given(SESSIONS, st.integers(0, 9_999), OPTIONS)
def test_a_press_is_read_as_it_was_written(session: int, prompt: int, option: str) -> None:
    """Session, prompt and option come back."""
    assert read_token(press_token(SessionId(session), prompt, option)) == Press(SessionId(session), prompt, option)


@UNHURRIED
@given(SESSIONS)
def test_a_command_with_a_session_is_read_as_it_was_written(session: int) -> None:
    """Command and argument come back."""
    assert read_token(command_token("continue", str(session))) == Order("continue", str(session))


def test_a_command_without_an_argument() -> None:
    """The argument is empty."""
    assert read_token(command_token("help")) == Order("help", "")


@UNHURRIED
@given(SESSIONS)
def test_base36_is_what_python_reads(number: int) -> None:
    """The standard library reads the same number."""
    assert int(base36(number), 36) == number


def test_no_number_below_nought_is_written() -> None:
    """Ids and numbers of prompts have no sign."""
    with pytest.raises(ValueError, match="0 and more"):
        base36(-1)


@pytest.mark.parametrize("option", ["x" * 60, "é" * 30])
def test_a_token_that_no_platform_carries_is_not_made(option: str) -> None:
    """64 bytes are the most, counted in bytes."""
    with pytest.raises(ValueError, match="longer than 64 bytes"):
        press_token(SessionId(2**62), 1, option)


def test_the_longest_ids_leave_room_for_an_option() -> None:
    """The largest session, a large prompt number and an option of twenty letters fit."""
    assert len(press_token(SessionId(2**63 - 1), 9_999, "x" * 20).encode()) <= LIMIT


@pytest.mark.parametrize(
    "token",
    [
        "", ":", "v1", "v1:", "v1:p", "v1:p:1:2", "v1:p:::", "v1:p:1::x", "v1:p::1:x", "v2:p:1:1:x", "V1:p:1:1:x",
        "v1:P:1:1:x", "v1:x:1:1:x", "v1:p:-1:1:x", "v1:p:1:-1:x", "v1:p:+1:1:x", "v1:p: 1:1:x", "v1:p:1_0:1:x",
        "v1:p:١:1:x", "v1:p:1.0:1:x", "v1:p:ZZ:1:x", "v1:p:zzzzzzzzzzzzz:1:x", "v1:p:1:1y2p0ij32e8e8:x",
        "v1:p:11111111111111:1:x", "v1:c:help", "v1:c", "v1:c:help:a:b", "\x00", "\ud800", "v1:p:1\n:1:x",
    ],
)  # fmt: skip
def test_what_is_no_token_means_nothing(token: str) -> None:
    """Garbage, forged numbers, another version, another time."""
    assert read_token(token) is None


@UNHURRIED
@given(st.text(max_size=80))
def test_no_text_makes_it_raise(token: str) -> None:
    """Whatever a client sends is read or is none."""
    assert read_token(token) is None or token.startswith("v1:")


@UNHURRIED
@given(st.text(max_size=60))
def test_an_option_may_be_anything(option: str) -> None:
    """What stands behind the last colon is for the question to know."""
    assert read_token(f"v1:p:a:b:{option}") == Press(SessionId(10), 11, option)
