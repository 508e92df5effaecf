"""Settings, from the environment and `.env`. All mistakes are told at once, each by name and with what to do."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import ConfigurationError


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError("should be a zone like Europe/Lisbon") from error
    return name


def _loopback(host: str) -> str:
    if host != "localhost":
        try:
            is_loopback = ipaddress.ip_address(host).is_loopback
        except ValueError:
            is_loopback = False
        if not is_loopback:
            raise ValueError("should be loopback, such as 127.0.0.1: the playground is for this machine alone")
    return host


class Settings(BaseSettings):
    """What can be set; `.env.example` says why."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", extra="forbid", hide_input_in_errors=True
    )

    data_dir: Path = Path("data")
    vault_keys: SecretStr = SecretStr("")
    time_zone: Annotated[str, AfterValidator(_zone)] = "UTC"
    http_host: Annotated[str, AfterValidator(_loopback)] = "127.0.0.1"
    http_port: int = Field(8080, ge=1, le=65535)
    log_level: Literal["debug", "info", "warning", "error"] = "info"


def read_settings(**given: Any) -> Settings:
    """The settings. Raises `ConfigurationError` with every mistake."""
    try:
        return Settings(**given)
    except ValidationError as error:
        raise ConfigurationError(list(_mistakes(error))) from None
    except UnicodeDecodeError:
        raise ConfigurationError([".env: should be a text file in UTF-8"]) from None


def _mistakes(error: ValidationError) -> Iterator[str]:
    for mistake in error.errors():
        name = str(mistake["loc"][0]).upper() if mistake["loc"] else "settings"
        why = mistake["msg"].removeprefix("Value error, ").removeprefix("Input ")
        if mistake["type"] == "extra_forbidden":
            why = "there is no such setting; .env.example lists what there is"
        yield f"{name}: {why}"
