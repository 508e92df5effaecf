"""What a button carries: `v1:p:<session>:<prompt>:<option>` or `v1:c:<command>:<argument>`, at most 64 bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.engine.ids import SessionId

LIMIT = 64  # bytes; Telegram's limit for callback data, the smallest of all platforms
_NUMBER = re.compile(r"[0-9a-z]{1,13}")  # 2**63 has thirteen digits
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Press:
    """An option of a session's prompt."""

    session: SessionId
    prompt: int
    option: str


@dataclass(frozen=True, slots=True)
class Order:
    """A command with its argument."""

    command: str
    argument: str


def base36(number: int) -> str:
    """A number of 0 and more in base 36. Raises `ValueError` for a negative one."""
    if number < 0:
        raise ValueError("only numbers of 0 and more")
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"


def read_base36(digits: str) -> int | None:
    """The number that `base36` wrote; None for what is none of 63 bits."""
    number = int(digits, 36) if _NUMBER.fullmatch(digits) else None
    return None if number is None or number >= 1 << 63 else number


def press_token(session: SessionId, prompt: int, option: str) -> str:
    """The token of an option. Raises `ValueError` when it would be too long."""
    return _short(f"v1:p:{base36(session)}:{base36(prompt)}:{option}")


def command_token(command: str, argument: str = "") -> str:
    """The token of a command. Raises `ValueError` when it would be too long."""
    return _short(f"v1:c:{command}:{argument}")


def read_token(token: str) -> Press | Order | None:
    """What a token means; None for one that is garbage, forged or of another time."""
    match token.split(":", 4):
        case ["v1", "p", session, prompt, option]:
            return _press(session, prompt, option)
        case ["v1", "c", command, argument]:
            return Order(command, argument)
        case _:
            return None


def _press(session: str, prompt: str, option: str) -> Press | None:
    in_session, number = read_base36(session), read_base36(prompt)
    return None if in_session is None or number is None else Press(SessionId(in_session), number, option)


def _short(token: str) -> str:
    if len(token.encode()) > LIMIT:
        raise ValueError(f"a button's token is longer than {LIMIT} bytes: {token!r}")
    return token
