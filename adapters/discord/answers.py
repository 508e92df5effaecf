"""Answers to an interaction: its acknowledgement, and a word for whoever did it. Nobody else sees any of them."""

from __future__ import annotations

import structlog
from discord import AllowedMentions, Interaction, InteractionType
from discord.utils import escape_markdown

from adapters.discord.errors import LOST, is_too_late

log = structlog.get_logger()


async def acknowledge(interaction: Interaction) -> bool:
    """At once: until then the button seems to wait, and after three seconds it seems to have failed. Whether it was
    in time."""
    try:
        await interaction.response.defer(ephemeral=True)  # of a press nothing is seen at all
    except LOST as error:
        if not is_too_late(error):
            log.info("discord.unacknowledged", type=type(error).__name__)
        return False
    return True


async def answer(interaction: Interaction, said: str | None) -> None:
    """A word for whoever did it alone. With none, what was acknowledged leaves no trace."""
    try:
        if said is not None:
            await _say(interaction, escape_markdown(said))
        elif interaction.type is InteractionType.application_command:
            await interaction.delete_original_response()
    except LOST as error:
        if not is_too_late(error):
            log.info("discord.unanswered", type=type(error).__name__)


async def _say(interaction: Interaction, said: str) -> None:
    """The one place from which words go to an interaction: a command's are those of its acknowledgement, which is for
    one alone; a press has none, and its words come beside it, for one alone, too."""
    if interaction.type is InteractionType.application_command:
        await interaction.edit_original_response(content=said, allowed_mentions=AllowedMentions.none())
    else:
        await interaction.followup.send(said, ephemeral=True, allowed_mentions=AllowedMentions.none())
