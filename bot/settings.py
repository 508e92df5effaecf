"""Settings, from the environment and `.env`. All mistakes are told at once, each by name and with what to do."""

from __future__ import annotations

import base64
import ipaddress
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import ConfigurationError

KEY_BYTES = 32  # of a key that wraps the others


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


def _folder(path: Path) -> Path:
    there = next(p for p in (path.absolute(), *path.absolute().parents) if p.exists())
    if not there.is_dir():
        raise ValueError(f"should be a folder, and {there.name} is a file")
    if not os.access(there, os.W_OK | os.X_OK):
        raise ValueError(f"should be a folder that can be written to, and {there.name or there} cannot")
    return path


def _content(path: Path | None) -> Path | None:
    if path is not None and not path.is_dir():
        raise ValueError(f"should be a folder with decks, and there is none at {path}")
    return path


def _keys(given: SecretStr) -> SecretStr:
    for number, entry in enumerate(filter(None, given.get_secret_value().split(",")), 1):
        name, colon, key = entry.strip().partition(":")
        try:
            fits = bool(name and colon) and len(base64.b64decode(key, validate=True)) == KEY_BYTES
        except ValueError:
            fits = False
        if not fits:
            raise ValueError(f"entry {number} should be name:base64 of {KEY_BYTES} bytes")
    return given


def _is_database(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return (
            parts.scheme == "postgresql+psycopg"
            and parts.port != 0
            and bool(parts.path.strip("/"))
            and not parts.fragment
        )
    except ValueError:
        return False


def _database(given: SecretStr) -> SecretStr:
    address = given.get_secret_value().strip()
    if address and not _is_database(address):
        raise ValueError(
            "should look like postgresql+psycopg://user:password@host/database, where @ : / # % in a password are "
            "written as %40 %3A %2F %23 %25"
        )
    return SecretStr(address)


def _token(given: SecretStr) -> SecretStr:
    token = given.get_secret_value().strip()
    if token and not re.fullmatch(r"\d+:[A-Za-z0-9_-]{20,}", token):
        raise ValueError("should look like 123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11, as @BotFather tells it")
    return SecretStr(token)


def _discord_token(given: SecretStr) -> SecretStr:
    token = given.get_secret_value().strip().removeprefix("Bot ")
    if token and not re.fullmatch(r"[A-Za-z0-9_-]{18,}\.[A-Za-z0-9_-]{4,}\.[A-Za-z0-9_-]{20,}", token):
        raise ValueError("should be three parts with dots between, as the developer portal tells it under Bot")
    return SecretStr(token)


def _is_address(address: str, *schemes: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in schemes and bool(parts.netloc) and not parts.query and not parts.fragment


def _server(address: str) -> str:
    if not _is_address(address, "http", "https"):
        raise ValueError("should be an address like https://api.telegram.org or http://127.0.0.1:8081")
    return address.rstrip("/")


def _discord_server(address: str) -> str:
    if address and not _is_address(address, "http", "https"):
        raise ValueError("should be an address like http://127.0.0.1:8082/api/v10")
    return address.rstrip("/")


def _discord_gateway(address: str) -> str:
    if address and not _is_address(address, "ws", "wss"):
        raise ValueError("should be an address like ws://127.0.0.1:8083")
    return address


class Settings(BaseSettings):
    """What can be set; `.env.example` says why."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        extra="forbid",
        hide_input_in_errors=True,
        env_ignore_empty=True,
        validate_default=True,
    )

    data_dir: Annotated[Path, AfterValidator(_folder)] = Path("data")
    database_url: Annotated[SecretStr, AfterValidator(_database)] = SecretStr("")
    content_dir: Annotated[Path | None, AfterValidator(_content)] = None
    vault_keys: Annotated[SecretStr, AfterValidator(_keys)] = SecretStr("")
    time_zone: Annotated[str, AfterValidator(_zone)] = "UTC"
    http_host: Annotated[str, AfterValidator(_loopback)] = "127.0.0.1"
    http_port: int = Field(8080, ge=1, le=65535)
    retention_months: int = Field(36, ge=0, le=1_200)
    telegram_bot_token: Annotated[SecretStr, AfterValidator(_token)] = SecretStr("")
    telegram_api_base: Annotated[str, AfterValidator(_server)] = "https://api.telegram.org"
    discord_bot_token: Annotated[SecretStr, AfterValidator(_discord_token)] = SecretStr("")
    discord_api_base: Annotated[str, AfterValidator(_discord_server)] = ""
    discord_gateway_url: Annotated[str, AfterValidator(_discord_gateway)] = ""
    playground: bool = False
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["console", "json"] = "console"


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
