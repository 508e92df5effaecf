"""Whether Telegram knows the bot: https://core.telegram.org/bots/api#getme."""

from __future__ import annotations

from adapters.probing import Probe


def probe(token: str, server: str) -> Probe:
    """Asks the server who that token is. One that has no form of a token at all is not found there."""
    return Probe("Telegram", f"{server}/bot{token}/getMe", strange=frozenset({401, 404}))
