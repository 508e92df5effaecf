"""The command line: run Leeway, check its content, run once what is due, move to PostgreSQL, rotate the keys, copy the
store and bring it back, look whether all is well."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import click

from bot import app, logs
from bot.errors import ConfigurationError
from bot.settings import Settings, read_settings
from bot.words import check as content_check
from scheduler.clock import SystemClock

WRONG_SETTINGS = 2  # exit code


@click.group(invoke_without_command=True)
@click.pass_context
def main(context: click.Context) -> None:
    """Leeway: a chat bot for couples, for closeness and for room of one's own. Without a command, it runs."""
    if context.invoked_subcommand is None:
        _work(lambda settings: asyncio.run(app.serve(settings, click.echo, SystemClock())))


@main.command()
@click.option("--at", required=True, metavar="TIME", help="An instant with its offset: 2027-01-03T19:00+01:00")
def due(at: str) -> None:
    """Run what is due at that time, once, and send it."""
    try:
        instant = datetime.fromisoformat(at)
    except ValueError as error:
        raise click.BadParameter("should look like 2027-01-03T19:00+01:00", param_hint="--at") from error
    if instant.tzinfo is None:
        raise click.BadParameter("needs its offset, as in 2027-01-03T19:00+01:00", param_hint="--at")

    def run(settings: Settings) -> None:
        turns = asyncio.run(app.run_due(settings, int(instant.timestamp())))
        click.echo(f"{turns} due by {instant.isoformat()}.")

    _work(run)


@main.command()
@click.option("--sentence", metavar="WORDS", help="Say instead which rules of danger and logistics know these words.")
def check(sentence: str | None) -> None:
    """Name every mistake in decks, help lines, texts and translations, and in CONTENT_DIR, with file and line."""

    def run(settings: Settings) -> None:
        if sentence is not None:
            click.echo("\n".join(content_check.judged(sentence)))
            return
        if settings.content_dir is not None:
            click.echo("\n".join(content_check.taken_up(settings.content_dir)))
        mistakes = content_check.check(own=settings.content_dir)
        for mistake in mistakes:
            click.echo(mistake, err=True)
        if mistakes:
            sys.exit(1)
        click.echo("Content and catalogues are sound.")

    _work(run)


_folder = click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
_keys_folder = click.option(
    "--keys",
    "keys_folder",
    metavar="DIR",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder of the keys, apart from the rest.",
)


@main.command()
@_folder
@_keys_folder
def backup(folder: Path, keys_folder: Path) -> None:
    """Copy people's store to DIR and its keys to another folder. The bot may run meanwhile."""
    _do(lambda settings: app.back_up(settings, folder, keys_folder, click.echo))


@main.command()
@_folder
@_keys_folder
def restore(folder: Path, keys_folder: Path) -> None:
    """Put such a copy into DATA_DIR. Checked before, and nothing is overwritten; the bot has to be ended."""
    _do(lambda settings: app.restore(settings, folder, keys_folder, click.echo))


@main.command()
def doctor() -> None:
    """Look at settings, tokens, clock, zones, store, keys, disk and content, and say what to do. Changes nothing; the
    bot may run meanwhile."""
    logs.configure("error")
    if not app.examine(read_settings, SystemClock(), click.echo):
        sys.exit(1)


@main.command()
@click.option("--to", default="", metavar="ADDRESS", help="postgresql+psycopg://…; without it, what DATABASE_URL says")
def move(to: str) -> None:
    """Take everything over from the file in DATA_DIR into an empty PostgreSQL database. The bot has to be ended before.

    All or nothing: every row is compared, and everything sealed is opened again. The file is put aside then. The keys
    stay in DATA_DIR.
    """
    _work(lambda settings: app.move(settings, to, click.echo))


@main.group()
def keys() -> None:
    """The vault's keys, which seal what people write."""


@keys.command()
def rotate() -> None:
    """Take a new key into use, so that the old one can go. The bot has to be ended before.

    With VAULT_KEYS: put the new key first and leave the old one behind it. Without, a new one is made and put into the
    key file. What people wrote is not touched. Copies of keys.db from before still need the old key: make new ones.
    """
    _work(lambda settings: app.rotate_keys(settings, click.echo))


def _do(run: Callable[[Settings], None]) -> None:
    """Runs with the settings there are; what has to be mended first is told in sentences, and nothing starts."""
    try:
        settings = read_settings()
        logs.configure(settings.log_level, settings.log_format)
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that everything is closed as for Ctrl+C
        run(settings)
    except ConfigurationError as error:
        click.echo(str(error), err=True)
        sys.exit(WRONG_SETTINGS)


def _work(run: Callable[[Settings], None]) -> None:
    """The same for what may be ended at any time, and has then ended well."""

    def until_told(settings: Settings) -> None:
        with suppress(KeyboardInterrupt):
            run(settings)

    _do(until_told)


if __name__ == "__main__":
    main()
