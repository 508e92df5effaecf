"""The slash commands, in each language. Synced only when they changed: a nicety that the server counts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import anyio
import structlog
from discord import Interaction, Locale
from discord.app_commands import (
    AppCommandContext,
    AppInstallationType,
    Command,
    CommandTree,
    TranslationContextTypes,
    Translator,
    describe,
    locale_str,
)

from adapters.discord.errors import LOST

log = structlog.get_logger()

CONTEXTS = AppCommandContext(guild=True, dm_channel=True, private_channel=True)
INSTALLS = AppInstallationType(guild=True, user=True)

Given = Callable[[Interaction, str, str], Coroutine[Any, Any, None]]
Callback = Callable[..., Coroutine[Any, Any, None]]


@dataclass(frozen=True, slots=True)
class Words:
    """A few words in the source language, and by language."""

    source: str
    by_language: Mapping[str, str] = field(default_factory=dict)

    def of(self, locale: str) -> str | None:
        """In a language of Discord's, such as "de" or "en-GB"; None for the source's."""
        return self.by_language.get(locale) or self.by_language.get(locale.partition("-")[0])

    def to(self, interaction: Interaction) -> str:
        """For whoever did that."""
        return self.of(str(interaction.locale)) or self.source


@dataclass(frozen=True, slots=True)
class Pulled:
    """What stands with a message that is shown in answer to a command: on the button under it that opens a form, over
    that form, and, by command, above the first one."""

    write: Words
    form: Words
    above: Mapping[str, Words] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Slash:
    """All commands with what each is for, and what may stand behind some of them. `privately`: said, to whoever gave
    one among others, when it was answered in their direct messages; those in `openly` are answered where they were
    given, in a channel of a server that the bot is in."""

    commands: Mapping[str, Words]
    arguments: Mapping[str, Words]
    privately: Words
    pulled: Pulled
    openly: frozenset[str] = frozenset()


class _Translations(Translator):
    """What the library asks for each of Discord's languages."""

    async def translate(self, string: locale_str, locale: Locale, context: TranslationContextTypes) -> str | None:
        """The words in that language, if there are any."""
        words: Words | None = string.extras.get("words")
        return None if words is None else words.of(str(locale))


def build(tree: CommandTree[Any], slash: Slash, given: Given) -> None:
    """Puts every command into the tree; `given` is called with its name and what stood behind it."""
    for name, words in slash.commands.items():
        callback = _with_argument(name, given) if name in slash.arguments else _bare(name, given)
        if (argument := slash.arguments.get(name)) is not None:
            describe(words=_said(argument))(callback)
        tree.add_command(
            Command(
                name=name,
                description=_said(words),
                callback=callback,
                allowed_contexts=CONTEXTS,
                allowed_installs=INSTALLS,
            )
        )


async def sync(tree: CommandTree[Any], slash: Slash, memory: Path) -> None:
    """Syncs the commands, unless these are there already: `memory` is a file that remembers which ones are."""
    print_ = fingerprint(tree.client.application_id or 0, slash)
    path = anyio.Path(memory)
    try:
        if await path.exists() and await path.read_text(errors="replace") == print_:
            return
        await tree.set_translator(_Translations())
        await tree.sync()
        await path.write_text(print_)
    except LOST as error:
        log.warning("discord.commands", type=type(error).__name__)  # at the next start again


def fingerprint(application: int, slash: Slash) -> str:
    """The same for the same commands of the same application."""
    known = [
        {name: [words.source, dict(words.by_language)] for name, words in each.items()}
        for each in (slash.commands, slash.arguments)
    ]
    whole = [application, known, CONTEXTS.to_array(), INSTALLS.to_array()]
    return hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()


def _said(words: Words) -> locale_str:
    return locale_str(words.source, words=words)


def _bare(name: str, given: Given) -> Callback:
    async def callback(interaction: Interaction) -> None:
        await given(interaction, name, "")

    return callback


def _with_argument(name: str, given: Given) -> Callback:
    async def callback(interaction: Interaction, words: str = "") -> None:
        await given(interaction, name, words)

    return callback
