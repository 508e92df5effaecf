"""What the library raises, translated once, by Discord's own number of the error where it has one.

50007, 50278, 10003, 10013,      Unreachable: no direct messages from us, no common server, nobody there
50033
50001, 50013, 10004              the same, in a channel of a server: not let in, or no word allowed
429, 40003                       TryLater, after what the server says
401, also at the login           TryLater: whoever runs the bot is told where events are received
500 and above, broken off        Uncertain: the same nonce finds out
never left this machine          TryLater
anything else                    Refused, with the server's number
"""

from __future__ import annotations

import aiohttp
from discord import DiscordException, DiscordServerError, HTTPException, LoginFailure, RateLimited

from bot.errors import DeliveryError, Refused, TryLater, Uncertain, Unreachable

# https://docs.discord.com/developers/topics/opcodes-and-status-codes#json
UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, UNKNOWN_USER, UNKNOWN_INTERACTION = 10003, 10008, 10013, 10062
UNKNOWN_SERVER, UNKNOWN_MEMBER, MISSING_ACCESS, MISSING_PERMISSIONS = 10004, 10007, 50001, 50013
UNKNOWN_WEBHOOK, ALREADY_ACKNOWLEDGED, EXPIRED = 10015, 40060, 50027
CANNOT_SEND, NO_COMMON_SERVER, NO_RECIPIENT, OPENED_TOO_FAST = 50007, 50278, 50033, 40003

_NOBODY_THERE = {CANNOT_SEND, NO_COMMON_SERVER, NO_RECIPIENT, UNKNOWN_CHANNEL, UNKNOWN_USER}
_SHUT_OUT = {UNKNOWN_SERVER, MISSING_ACCESS, MISSING_PERMISSIONS}
_TOO_LATE = {UNKNOWN_INTERACTION, UNKNOWN_WEBHOOK, ALREADY_ACKNOWLEDGED, EXPIRED}
LONGEST_LIMIT = 30.0  # seconds that the library may wait for a limit by itself; what is longer waits in the outbox
BANNED_FOR = 300.0  # seconds, where the server's own guard refuses and says nothing
CALM = 60.0  # seconds, where direct messages were opened too fast

Raised = (DiscordException, aiohttp.ClientError, OSError, TimeoutError)
LOST = (*Raised, RuntimeError)  # so the library says that the connection it would take was closed meanwhile


def translated(error: Exception) -> DeliveryError:
    """What an error means for a message."""
    match error:
        case RateLimited():
            return TryLater(error.retry_after)
        case HTTPException(code=code) if code in _NOBODY_THERE:
            return Unreachable()
        case HTTPException(code=code) if code == OPENED_TOO_FAST:
            return TryLater(CALM)
        case HTTPException(status=429):
            return TryLater(BANNED_FOR)
        case HTTPException(status=401) | LoginFailure():
            return TryLater()
        case DiscordServerError():
            return Uncertain()
        case HTTPException():
            return Refused(f"{error.status} {error.code}")
        case aiohttp.ClientConnectorError():
            return TryLater()
        case _:
            return Uncertain()


def among_others(error: Exception) -> DeliveryError:
    """What an error means for a message to a chat that several share."""
    if isinstance(error, HTTPException) and error.code in _SHUT_OUT:
        return Unreachable()
    return translated(error)


def unsent(meaning: DeliveryError) -> DeliveryError:
    """The same for what was asked before the message: that certainly did not arrive."""
    return TryLater() if isinstance(meaning, Uncertain) else meaning


def is_gone(error: Exception) -> bool:
    """The message to change is not there any more: there is nothing left to do."""
    return isinstance(error, HTTPException) and error.code == UNKNOWN_MESSAGE


def is_too_late(error: Exception) -> bool:
    """An interaction that can be answered no more, or was answered."""
    return isinstance(error, HTTPException) and error.code in _TOO_LATE
