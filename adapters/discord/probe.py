"""Whether Discord knows the bot: https://discord.com/developers/docs/resources/user#get-current-user."""

from __future__ import annotations

from typing import Final

from adapters.probing import Probe

API: Final = "https://discord.com/api/v10"
AGENT: Final = "DiscordBot (https://discord.com, 0.1)"  # docs/reference#user-agent: without one, nobody is let in


def probe(token: str, api: str) -> Probe:
    """Asks the API who that token is; `api` may be empty, for Discord's own."""
    headers = {"Authorization": f"Bot {token}", "User-Agent": AGENT}
    return Probe("Discord", f"{api or API}/users/@me", headers)
