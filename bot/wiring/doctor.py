"""Everything that can be wrong around a bot, looked at: for whoever runs it, beside it or before it starts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator

from bot.errors import ConfigurationError
from bot.ports import Clock
from bot.settings import Settings
from bot.wiring import inspecting
from bot.wiring.findings import Finding
from bot.wiring.people import platforms_of
from bot.wiring.playground import playground_folder
from bot.wiring.reaching import reach
from bot.wiring.rooms import KEY_DATABASE

Say = Callable[[str], None]


def examine(read: Callable[[], Settings], clock: Clock, say: Say) -> bool:
    """Tells of each thing, and whether all are well."""
    is_well = True
    for finding in _all(read, clock):
        say(str(finding))
        is_well &= finding.is_well
    return is_well


def _all(read: Callable[[], Settings], clock: Clock) -> Iterator[Finding]:
    try:
        settings = read()
    except ConfigurationError as error:
        for mistake in error.mistakes:
            yield Finding("settings", mistake, "mend it in .env or in the environment; .env.example says what is meant")
        return
    yield Finding("settings", f"for {' and '.join(platforms_of(settings)) or 'the playground'}")
    yield from asyncio.run(reach(settings, clock))
    yield inspecting.zones(settings)
    setting = settings.vault_keys.get_secret_value().strip()
    if address := settings.database_url.get_secret_value():
        yield inspecting.server(address, settings.data_dir / KEY_DATABASE)
    else:
        yield from inspecting.store(settings.data_dir, setting)
    if (folder := playground_folder(settings)).exists():
        yield from inspecting.store(folder, setting)
    yield inspecting.room(settings)
    yield inspecting.content(settings)
