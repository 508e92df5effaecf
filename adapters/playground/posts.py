"""What the page posts, read and checked; what is wrong with it is answered in one sentence."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

from adapters.playground.gathering import CHANGES
from adapters.playground.messages import Browser, Guest, Happening, Kind, Owner, Person
from adapters.playground.rows import person

LIMIT = 200_000  # bytes of a request
LAST_ID = 2**63 - 1
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
TOKEN = 256  # characters; ours have 64 bytes at most, a forged one may have more


class Post:
    """The body of a request: each method reads one field, or raises with what is wrong with it."""

    def __init__(self, body: Mapping[str, object]) -> None:
        """Reads this JSON object."""
        self._body = body

    @property
    def phone(self) -> Owner:
        """Whose phone it comes from."""
        return Owner(self.one_of("phone", tuple(Owner)))

    @property
    def who(self) -> Person:
        """Who does something in the group."""
        return person(self.one_of("who", (*Owner, *Guest)))

    @property
    def change(self) -> Happening:
        """What becomes of the group."""
        return Happening(self.one_of("what", tuple(CHANGES)))

    @property
    def kind(self) -> Kind:
        """What was sent that is no text."""
        return Kind(self.one_of("kind", (Kind.PHOTO, Kind.VOICE, Kind.STICKER)))

    @property
    def browser(self) -> Browser:
        """The browser's time zone and language, as far as they are known."""
        zone, language = self._body.get("zone"), self._body.get("language")
        return Browser(
            zone if isinstance(zone, str) and is_zone(zone) else None,
            language if isinstance(language, str) and _LANGUAGE.fullmatch(language) else "en",
        )

    @property
    def message(self) -> int:
        """The id of a message."""
        found = self._body.get("message")
        if type(found) is not int or not 0 < found <= LAST_ID:
            raise HTTPException(400, 'The field "message" has to be the number of a message.')
        return found

    def text(self, field: str, most: int = LIMIT) -> str:
        """A text that is not blank."""
        found = self._body.get(field)
        if not isinstance(found, str):
            raise HTTPException(400, f'The field "{field}" has to be a text.')
        if not found.strip():
            raise HTTPException(400, "There is nothing written in it.")
        if len(found) > most:
            raise HTTPException(400, f'The field "{field}" is longer than {most} characters.')
        if any("\ud800" <= char <= "\udfff" for char in found):
            raise HTTPException(400, "There is half a character in it, which nobody could read.")
        return found

    def one_of(self, field: str, words: tuple[str, ...]) -> str:
        """One of these words."""
        found = self._body.get(field)
        if not isinstance(found, str) or found not in words:
            raise HTTPException(400, f'The field "{field}" has to be one of: {", ".join(words)}.')
        return found


async def read(request: Request) -> Post:
    """The request's body. Raises `HTTPException` 400 or 413, with a sentence."""
    try:
        body = json.loads(await _body(request))
    except (ValueError, RecursionError) as error:
        raise HTTPException(400, "That is not JSON.") from error
    except ClientDisconnect as error:
        raise HTTPException(400, "The request broke off.") from error
    if not isinstance(body, dict):
        raise HTTPException(400, "That is not a JSON object.")
    return Post(body)


def is_zone(name: str) -> bool:
    """Whether it is the IANA name of a time zone that we know."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LIMIT:
            raise HTTPException(413, "That is too long: at most 200 kB fit in one message.")
    return bytes(body)
