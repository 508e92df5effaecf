"""What the library raises, translated once: for the sender, and for receiving.

RetryAfter                                            TryLater, after what the server says
ChatMigrated                                          Migrated
Forbidden; BadRequest "chat not found" and its like,   Unreachable
or "not enough rights" and its like
any other BadRequest                                  Refused, with the server's word
never left this machine; 5xx in the API's own words   TryLater
timed out, broken off, an answer that is none         Uncertain
"""

from __future__ import annotations

import re
from datetime import timedelta

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.errors import DeliveryError, Migrated, Refused, TryLater, Uncertain, Unreachable

# The library keeps what its HTTP client raised as the cause. These are raised before a byte has left.
_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)

_NOBODY_THERE = ("chat not found", "user not found", "peer_id_invalid", "input_user_deactivated", "user is deactivated")
_MAY_NOT = ("not enough rights", "have no rights", "chat_write_forbidden", "chat_restricted", "topic_closed")
_NO_SUCH_TOPIC = "message thread not found"
_TOO_LATE = "query is too old"
_NOTHING_TO_CHANGE = ("message is not modified", "message to edit not found")
_CANNOT_GO = ("message to delete not found", "message can't be deleted", "message identifier is not specified")
_NO_TEXT_THERE = "there is no text in the message to edit"

_QUOTED = re.compile(r"""(['"“]).*['"”]""", re.DOTALL)
_LONGEST_WORD = 120


def translated(error: TelegramError) -> DeliveryError:
    """What an error of the library means for a message."""
    match error:
        case RetryAfter():
            return TryLater(seconds(error.retry_after))
        case ChatMigrated():
            return Migrated(error.new_chat_id)
        case Forbidden():
            return Unreachable()
        case BadRequest():
            return Unreachable() if _says(error, *_NOBODY_THERE, *_MAY_NOT) else Refused(word(error))
        case InvalidToken() | Conflict():  # whoever runs the bot is told where updates are received
            return TryLater()
        case NetworkError(__cause__=cause) if type(error) is NetworkError and cause is None:
            return TryLater()
        case NetworkError(__cause__=cause) if isinstance(cause, _NEVER_LEFT):
            return TryLater()
        case _:
            return Uncertain()


def seconds(wait: int | timedelta) -> float:
    """A waiting time of the library's, which is the one or the other by an environment variable."""
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def word(error: TelegramError) -> str:
    """The server's word for it, without what it quotes: that may be something that somebody wrote."""
    return _QUOTED.sub("…", error.message)[:_LONGEST_WORD]


def unsent(error: TelegramError) -> DeliveryError:
    """The same for what was asked before the message: that certainly did not arrive."""
    meaning = translated(error)
    return TryLater() if isinstance(meaning, Uncertain) else meaning


def has_no_such_topic(error: TelegramError) -> bool:
    """The topic is gone: the message can go to the chat all the same."""
    return isinstance(error, BadRequest) and _says(error, _NO_SUCH_TOPIC)


def is_too_late(error: TelegramError) -> bool:
    """A button was pressed too long ago for its press to be answered."""
    return isinstance(error, BadRequest) and _says(error, _TOO_LATE)


def changes_nothing(error: TelegramError) -> bool:
    """An edit is already there, or its message is gone: either way there is nothing left to do."""
    return isinstance(error, BadRequest) and _says(error, *_NOTHING_TO_CHANGE)


def is_gone(error: TelegramError) -> bool:
    """A message to delete is gone already, or stays whatever one does."""
    return isinstance(error, BadRequest) and _says(error, *_CANNOT_GO)


def is_no_text(error: TelegramError) -> bool:
    """The message to edit is a picture or a file: its words are a caption."""
    return isinstance(error, BadRequest) and _says(error, _NO_TEXT_THERE)


def _says(error: TelegramError, *words: str) -> bool:
    said = error.message.casefold()
    return any(said.startswith(each) for each in words)
