"""Answers to an interaction: its acknowledgement, and words for whoever did it. Nobody else sees any of them; no word
goes to an interaction from anywhere else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import structlog
from discord import AllowedMentions, Attachment, File, Interaction, InteractionType, Message
from discord.ui import Modal, View
from discord.utils import MISSING, escape_markdown

from adapters.discord.errors import LOST, is_too_late
from adapters.discord.inbound import is_seen_by_one

log = structlog.get_logger()

NOBODY = AllowedMentions.none()


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


@contextmanager
def in_passing() -> Iterator[None]:
    """An answer that is lost where it cannot be given: one line at most."""
    try:
        yield
    except LOST as error:
        if not is_too_late(error):
            log.info("discord.unanswered", type=type(error).__name__)


async def answer(interaction: Interaction, said: str | None) -> None:
    """A word for whoever did it alone, beside what they pressed. With none, what was acknowledged leaves no trace."""
    with in_passing():
        if said is not None:
            await interaction.followup.send(escape_markdown(said), ephemeral=True, allowed_mentions=NOBODY)
        elif interaction.type is InteractionType.application_command:
            await interaction.delete_original_response()


def is_for_one(interaction: Interaction) -> bool:
    """Whether what was acknowledged is seen by whoever did it alone: a command's answer, and a message that was theirs
    alone before they pressed something under it. Under any other, that would be the message that all see."""
    return interaction.type is InteractionType.application_command or is_seen_by_one(interaction)


async def show(
    interaction: Interaction, words: str, view: View | None, files: Sequence[Attachment | File] | None = None
) -> Message:
    """In the place of what was acknowledged. Raises `ValueError` where others would see it. `files`: all that are to be
    there; None for those that are."""
    if not is_for_one(interaction):
        raise ValueError("others would see that")
    kept = MISSING if files is None else files
    return await interaction.edit_original_response(
        content=words or None, view=view, attachments=kept, allowed_mentions=NOBODY
    )


async def ask(interaction: Interaction, form: Modal) -> None:
    """A form, at once: no other answer can come before it."""
    form.stop()  # the library listens to nothing: what is sent in is read by what it carries
    with in_passing():
        await interaction.response.send_modal(form)
