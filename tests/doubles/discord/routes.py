"""Which request goes where."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.doubles.discord import commands, guilds, messages, replies
from tests.doubles.discord.objects import Json, Request

if TYPE_CHECKING:
    from tests.doubles.discord.double import Double

_ORIGINAL = "/webhooks/{application}/{token}/messages/@original"


def myself(double: Double, request: Request) -> Json:
    """The bot."""
    return double.robot.myself()


def application(double: Double, request: Request) -> Json:
    """The bot's application."""
    return double.robot.application()


def gateway(double: Double, request: Request) -> Json:
    """Where the gateway is."""
    limits = {"total": 1000, "remaining": 999, "reset_after": 86_400_000, "max_concurrency": 1}
    return {"url": double.site.gateway, "shards": 1, "session_start_limit": limits}


ROUTES: dict[str, Callable[[Double, Request], Any]] = {
    "GET /users/@me": myself,
    "GET /oauth2/applications/@me": application,
    "GET /applications/@me": application,
    "GET /gateway": gateway,
    "GET /gateway/bot": gateway,
    "POST /users/@me/channels": messages.opened,
    "GET /channels/{channel}": messages.channel,
    "POST /channels/{channel}/messages": messages.sent,
    "PATCH /channels/{channel}/messages/{message}": messages.edited,
    "DELETE /channels/{channel}/messages/{message}": messages.deleted,
    "GET /guilds/{guild}": guilds.asked,
    "GET /guilds/{guild}/members/{user}": guilds.member,
    "POST /interactions/{id}/{token}/callback": replies.called_back,
    f"GET {_ORIGINAL}": replies.original,
    f"PATCH {_ORIGINAL}": replies.changed,
    f"DELETE {_ORIGINAL}": replies.deleted,
    "POST /webhooks/{application}/{token}": replies.followed,
    "GET /applications/{application}/commands": commands.listed,
    "PUT /applications/{application}/commands": commands.replaced,
}

_NUMBERS = {"channel", "message", "id", "application", "guild", "user"}


def _form(route: str) -> re.Pattern[str]:
    def group(found: re.Match[str]) -> str:
        return rf"(?P<{found[1]}>{r'[0-9]+' if found[1] in _NUMBERS else r'[^/]+'})"

    return re.compile(re.sub(r"{(\w+)}", group, route))


_FORMS = {route: _form(route) for route in ROUTES}


def route_of(method: str, path: str) -> tuple[str, dict[str, str]]:
    """The route of a request and the ids in its path; the path itself, if it is none of ours."""
    for route, form in _FORMS.items():
        if found := form.fullmatch(f"{method} {path}"):
            return route, found.groupdict()
    return f"{method} {path}", {}


def needs_token(route: str) -> bool:
    """Not the bot's token, but that of an interaction opens some."""
    return "{token}" not in route
