"""Everything that is said outside the exercises: start, invitations, rhythm, help, safety, and the small replies."""

from bot.commands.pair import confirm, guest
from bot.commands.rhythm import rhythm, settle
from bot.commands.start import welcome
from bot.engine.exercise import Exercise

CONVERSATIONS: tuple[Exercise, ...] = (welcome, guest, confirm, rhythm, settle)
