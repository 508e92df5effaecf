"""The conversations that belong to commands."""

from bot.commands.delete import delete
from bot.commands.export import export
from bot.commands.first_week import moves
from bot.commands.keepsake import keepsake
from bot.commands.leave import leave
from bot.commands.move import move
from bot.commands.pair import confirm, guest
from bot.commands.rhythm import rhythm, settle
from bot.commands.settings import asks, country, discreet, language, quiet, zone
from bot.commands.start import terms, welcome
from bot.engine.exercise import Exercise

CONVERSATIONS: tuple[Exercise, ...] = (
    welcome,
    terms,
    guest,
    confirm,
    rhythm,
    settle,
    leave,
    move,
    delete,
    export,
    keepsake,
    language,
    zone,
    quiet,
    country,
    discreet,
    asks,
    moves,
)
