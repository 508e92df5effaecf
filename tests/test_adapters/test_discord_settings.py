"""What is set for Discord: every mistake is named, and no token is ever shown."""

from __future__ import annotations

from typing import Any

import pytest

from bot import logs
from bot.errors import ConfigurationError
from bot.settings import read_settings
from tests.doubles.discord.double import TOKEN


@pytest.mark.parametrize("given", [TOKEN, f"Bot {TOKEN}", f" {TOKEN} "])
def test_a_token_is_taken_as_people_copy_it(given: str) -> None:
    """Discord's own examples have a word before it."""
    assert read_settings(_env_file=None, discord_bot_token=given).discord_bot_token.get_secret_value() == TOKEN


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"discord_bot_token": "secret-but-wrong"}, "DISCORD_BOT_TOKEN: should be three parts with dots between"),
        ({"discord_api_base": "ftp://127.0.0.1"}, "DISCORD_API_BASE: should be an address like http"),
        ({"discord_gateway_url": "http://127.0.0.1"}, "DISCORD_GATEWAY_URL: should be an address like ws"),
    ],
)
def test_a_mistake_is_named_and_not_shown(given: dict[str, Any], said: str) -> None:
    """What was given stays where it was."""
    with pytest.raises(ConfigurationError) as raised:
        read_settings(_env_file=None, **given)
    assert str(raised.value).startswith(said)
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize(
    "line",
    [
        f"Authorization: Bot {TOKEN}",
        f"PATCH http://127.0.0.1/api/v10/webhooks/123/{'aW50ZXJhY3Rpb24' * 8}/messages/@original",
    ],
)
def test_no_token_gets_into_a_log(line: str) -> None:
    """Neither the bot's nor an interaction's."""
    shown = logs.redacted(line)
    assert "…" in shown
    assert TOKEN not in shown
    assert "aW50ZXJhY3Rpb24" not in shown
