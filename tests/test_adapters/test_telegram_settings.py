"""What is set for Telegram, and what the program writes down."""

from __future__ import annotations

import logging
from typing import Any

import pytest
import structlog

from bot import logs
from bot.errors import ConfigurationError
from bot.settings import read_settings
from tests.doubles.telegram.double import TOKEN


def _read(**given: Any) -> Any:
    return read_settings(_env_file=None, **given)


def test_without_a_token_there_is_no_telegram() -> None:
    """And the official server is the one that would be asked."""
    settings = _read()
    assert settings.telegram_bot_token.get_secret_value() == ""
    assert (settings.telegram_api_base, settings.playground) == ("https://api.telegram.org", False)


def test_a_server_of_ones_own() -> None:
    """With or without the slash at its end; blanks around a token are a slip of the hand."""
    settings = _read(telegram_bot_token=f" {TOKEN}\n", telegram_api_base="http://127.0.0.1:8081/", playground="1")
    assert settings.telegram_bot_token.get_secret_value() == TOKEN
    assert (settings.telegram_api_base, settings.playground) == ("http://127.0.0.1:8081", True)


@pytest.mark.parametrize("base", ["api.example", "ftp://x", "https://", "http://x/?a=b", "", "http://[::1"])
def test_an_address_that_is_none(base: str) -> None:
    """It is named, with what one looks like."""
    with pytest.raises(ConfigurationError, match=r"TELEGRAM_API_BASE: should be an address like https://api"):
        _read(telegram_api_base=base)


@pytest.mark.parametrize("token", ["secret", "123", "123456:short", "123456:ABC DEF1234ghIkl-zyx57W2v1u123ew11"])
def test_a_token_that_is_none(token: str) -> None:
    """It is not repeated."""
    with pytest.raises(ConfigurationError, match=r"TELEGRAM_BOT_TOKEN: should look like 123456:ABC") as raised:
        _read(telegram_bot_token=token)
    assert token not in str(raised.value).replace("123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11", "")


def test_t32_a_token_is_never_written(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """In our own events, in other libraries' lines, in tracebacks; nor what stood in variables then."""
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    words = "".join(["Quitten", "marmelade"])
    address = f"https://api.telegram.org/bot{TOKEN}/getUpdates"
    try:
        logs.configure("debug")
        raise ValueError(address)
    except ValueError:
        structlog.get_logger().exception("telegram.unheard", address=address)
        logging.getLogger("httpx").exception("POST %s", address)
    finally:
        structlog.reset_defaults()
    said = capsys.readouterr().err
    assert said.count("https://api.telegram.org/bot…/getUpdates") == 4
    assert TOKEN not in said
    assert words not in said
