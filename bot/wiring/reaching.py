"""Whether the platforms know the bot's tokens, and whether this machine's clock shows what theirs do."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from typing import Final

from adapters.discord.probe import probe as discord
from adapters.probing import Answer, Probe, ask
from adapters.telegram.probe import probe as telegram
from bot.ports import Clock
from bot.settings import Settings
from bot.wiring.findings import Finding

APART: Final = 30  # seconds that two clocks may be apart: an answer takes its time
WELL: Final = 200

NEW_TOKEN = {
    "Telegram": "take the token that @BotFather tells (/mybots) into TELEGRAM_BOT_TOKEN",
    "Discord": "take the token of the developer portal, under Bot, into DISCORD_BOT_TOKEN",
}
BASE = {"Telegram": "TELEGRAM_API_BASE", "Discord": "DISCORD_API_BASE"}


async def reach(settings: Settings, clock: Clock) -> list[Finding]:
    """Each platform whose token there is, and the clock."""
    probes = list(_probes(settings))
    if not probes:
        return [Finding("platforms", "no token is set; the playground alone runs")]
    answers = await asyncio.gather(*map(ask, probes))
    now = clock.now()
    return [*map(_platform, answers), _clock(answers, now)]


def _probes(settings: Settings) -> Iterator[Probe]:
    if token := settings.telegram_bot_token.get_secret_value():
        yield telegram(token, settings.telegram_api_base)
    if token := settings.discord_bot_token.get_secret_value():
        yield discord(token, settings.discord_api_base)


def _platform(answer: Answer) -> Finding:
    name = answer.probe.platform
    if answer.error:
        remedy = f"look at this machine's network and name server, a proxy or firewall, and {BASE[name]}"
        return Finding(name, f"is not reached ({answer.error})", remedy)
    if answer.status in answer.probe.strange:
        return Finding(name, "does not know this token", NEW_TOKEN[name])
    if answer.status != WELL:
        return Finding(name, f"answers with {answer.status}", f"try again in a while; else look at {BASE[name]}")
    return Finding(name, "knows this token")


def _clock(answers: Sequence[Answer], now: int) -> Finding:
    """By the platform whose clock is nearest to this machine's: one of them may be wrong itself."""
    shown = {answer.probe.platform: now - answer.at for answer in answers if answer.at is not None}
    if not shown:
        return Finding("clock", "could not be compared: no platform told its time")
    name, apart = min(shown.items(), key=lambda each: abs(each[1]))
    if abs(apart) <= APART:
        return Finding("clock", f"shows what {name}'s does")
    way = "ahead of" if apart > 0 else "behind"
    remedy = "set this machine's clock, and keep it right: timedatectl set-ntp true"
    return Finding("clock", f"is {abs(apart):,} seconds {way} {name}'s", remedy)
