"""What a request comes to: an answer, a refusal, or one of the ways in which there is neither."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.doubles.discord.objects import Json

_FAILED = "<!DOCTYPE html><title>discord.com | {0}: Bad gateway</title>"
_BANNED = "error code: 1015"  # what Cloudflare says in Discord's place


@dataclass(frozen=True)
class Answer:
    """A status, and JSON, or text where `told` is a string, or nothing."""

    status: int
    told: Any = None
    headers: dict[str, str] = field(default_factory=dict)


class RefusedError(Exception):
    """The server says no: the HTTP status, its own code and its sentence."""

    def __init__(self, status: int, code: int, message: str, errors: Json | None = None) -> None:
        """`errors`: which fields are wrong."""
        super().__init__(message)
        self.status, self.code, self.message, self.errors = status, code, message, errors

    def answer(self) -> Answer:
        """As the server tells it."""
        told: Json = {"message": self.message, "code": self.code}
        return Answer(self.status, told | ({"errors": self.errors} if self.errors else {}))


class FormError(RefusedError):
    """A body outside of the limits, which no program should ever send."""

    def __init__(self, path: str, words: str) -> None:
        """`path`: where in the body, such as "components.0.label"."""
        errors: Json = {"_errors": [{"code": "DOUBLE", "message": words}]}
        for name in reversed(path.split(".")):
            errors = {name: errors}
        super().__init__(400, 50035, "Invalid Form Body", errors)
        self.complaint = f"{path}: {words}"


@dataclass(frozen=True)
class Limited:
    """Too many requests. Without Via it comes from Cloudflare, as a ban does."""

    retry_after: float
    via: bool = True
    is_global: bool = False

    def answer(self) -> Answer:
        """As the server, or Cloudflare, tells it."""
        headers = {"Retry-After": str(max(1, round(self.retry_after)))}
        if not self.via:
            return Answer(429, _BANNED, headers)
        headers |= {"Via": "1.1 google", "X-RateLimit-Scope": "global" if self.is_global else "user"}
        if self.is_global:
            headers["X-RateLimit-Global"] = "true"
        told = {"message": "You are being rate limited.", "retry_after": self.retry_after, "global": self.is_global}
        return Answer(429, told, headers)


@dataclass(frozen=True)
class Broken:
    """The connection ends. `done`: after the request was carried out."""

    done: bool


@dataclass(frozen=True)
class Failing:
    """A status from 500 on: 500 itself in JSON, the others as pages. `done`: after the request was carried out."""

    status: int
    done: bool

    def answer(self) -> Answer:
        """As the server, or what stands before it, tells it."""
        if self.status == 500:
            return Answer(500, {"message": "500: Internal Server Error", "code": 0})
        return Answer(self.status, _FAILED.format(self.status))


Fault = RefusedError | Limited | Broken | Failing | float  # or the seconds that the answer takes
