"""A question to a platform that any bot may ask: who am I? For whoever runs the bot; nothing is said or heard."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Final

import httpx

PATIENCE: Final = 10.0  # seconds


@dataclass(frozen=True, slots=True)
class Probe:
    """What to ask, and where. The address and the headers hold the token, and are shown to nobody. `strange`: the HTTP
    statuses that mean that the token is not known there."""

    platform: str
    address: str = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    strange: frozenset[int] = frozenset({401})


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of it: an HTTP status, or the kind of error that kept it from coming; `at`: what the platform's clock
    shows, in epoch seconds."""

    probe: Probe
    status: int = 0
    error: str = ""
    at: int | None = None


async def ask(probe: Probe) -> Answer:
    """Asks once."""
    try:
        async with httpx.AsyncClient(timeout=PATIENCE) as client:
            told = await client.get(probe.address, headers=probe.headers)
    except (httpx.HTTPError, httpx.InvalidURL) as error:  # its message may hold the address
        return Answer(probe, error=type(error).__name__)
    return Answer(probe, told.status_code, at=_seconds(told.headers.get("date", "")))


def _seconds(date: str) -> int | None:
    try:
        return int(parsedate_to_datetime(date).timestamp())
    except ValueError:
        return None
