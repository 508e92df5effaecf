"""The application's commands: what Discord takes, and what it keeps of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tests.doubles.discord.checks import OPTIONS, length
from tests.doubles.discord.faults import FormError, RefusedError
from tests.doubles.discord.objects import Json, Request

if TYPE_CHECKING:
    from tests.doubles.discord.double import Double

COMMANDS, NAME, DESCRIPTION, WHOLE = 100, 32, 100, 8000
GUILD, BOT_DM, PRIVATE = 0, 1, 2  # contexts
_NAME = re.compile(rf"[-'\w\u0900-\u097f\u0e00-\u0e7f]{{1,{NAME}}}")
_LOCALES = {
    "id",
    "da",
    "de",
    "en-GB",
    "en-US",
    "es-ES",
    "es-419",
    "fr",
    "hr",
    "it",
    "lt",
    "hu",
    "nl",
    "no",
    "pl",
    "pt-BR",
}
_LOCALES |= {"ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th", "zh-CN", "ja", "zh-TW", "ko"}


def listed(double: Double, request: Request) -> list[Json]:
    """The commands as they stand."""
    _own(double, request)
    return double.commands


def replaced(double: Double, request: Request) -> list[Json]:
    """All commands at once, in place of those that were."""
    _own(double, request)
    wanted = request.body
    if not isinstance(wanted, list):
        raise FormError("_", "Only a list stands here.")
    if len(wanted) > COMMANDS:
        double.complaints.append(f"more than {COMMANDS} commands")
        raise RefusedError(400, 30032, f"Maximum number of application commands reached ({COMMANDS}).")
    for number, command in enumerate(wanted):
        _check(str(number), command)
        double.complaints.extend(_complaints(command))
    if len({(command.get("type", 1), command["name"]) for command in wanted}) != len(wanted):
        raise FormError("_", "Application command names must be unique")
    ids = {command["name"]: command["id"] for command in double.commands}
    version = str(double.number())
    mine = {"application_id": str(double.robot.id), "version": version}
    always = {"type": 1, "description": "", "default_member_permissions": None, "nsfw": False}
    double.commands = [
        always | command | mine | {"id": ids.get(command["name"]) or str(double.number())} for command in wanted
    ]
    double.syncs += 1
    return double.commands


def data(double: Double, name: str, argument: str, context: int) -> Json:
    """What a command that is given carries. The argument is the first option's, if there is one."""
    known = next((command for command in double.commands if command["name"] == name), None)
    if known is not None and context not in (known.get("contexts") or [0, 1, 2]):
        double.complaints.append(f"/{name} is not offered there")
    told: Json = {"id": known["id"] if known else str(double.number()), "name": name, "type": 1}
    if not argument:
        return told
    first: Json = next(iter((known or {}).get("options") or []), {"name": "argument", "type": 3})
    value: Any = int(argument) if first["type"] == 4 else argument
    return told | {"options": [{"name": first["name"], "type": first["type"], "value": value}]}


def _own(double: Double, request: Request) -> None:
    if request.ids["application"] != str(double.robot.id):
        raise RefusedError(404, 10002, "Unknown Application")


def _complaints(command: Json) -> Iterator[str]:
    for name in ("contexts", "integration_types"):
        if not command.get(name):
            yield f"/{command['name']} does not say its {name}"
    if PRIVATE in (command.get("contexts") or []) and 1 not in (command.get("integration_types") or []):
        yield f"/{command['name']} is for private channels, but not for users to install"


def _check(path: str, command: Json) -> None:
    if command.get("type", 1) != 1:
        length(f"{path}.name", command.get("name"), 1, NAME)
        return
    _named(path, command)
    options = command.get("options") or []
    if len(options) > OPTIONS or any(len(option.get("choices") or []) > OPTIONS for option in options):
        raise FormError(f"{path}.options", f"Must be {OPTIONS} or fewer in length.")
    for number, option in enumerate(options):
        _named(f"{path}.options.{number}", option)
    if len({option["name"] for option in options}) != len(options):
        raise FormError(f"{path}.options", "Option names must be unique")
    must = [bool(option.get("required")) for option in options]
    if must != sorted(must, reverse=True):
        raise FormError(f"{path}.options", "Required options must be placed before non-required options")
    if sum(map(_size, [command, *options])) > WHOLE:
        raise FormError(path, f"Command exceeds maximum size ({WHOLE})")


def _named(path: str, named: Json) -> None:
    names = named.get("name_localizations") or {}
    words = named.get("description_localizations") or {}
    if strange := (names.keys() | words.keys()) - _LOCALES:
        raise FormError(path, f"No locale: {', '.join(sorted(strange))}")
    for name in (named.get("name"), *names.values()):
        if not isinstance(name, str) or not _NAME.fullmatch(name) or name != name.lower():
            raise FormError(f"{path}.name", "String value did not match validation regex.")
    for description in (named.get("description"), *words.values()):
        length(f"{path}.description", description, 1, DESCRIPTION)


def _size(named: Json) -> int:
    """Its texts, of each the longest that any locale has."""
    names = [named["name"], *(named.get("name_localizations") or {}).values()]
    words = [named["description"], *(named.get("description_localizations") or {}).values()]
    choices = [choice["name"] + str(choice["value"]) for choice in named.get("choices") or []]
    return max(map(len, names)) + max(map(len, words)) + sum(map(len, choices))
