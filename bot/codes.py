"""Codes that one person makes and another account brings: 80 bits, of which only a hash is kept."""

from __future__ import annotations

import base64
import hashlib

from bot.commands import pair
from bot.desk import Desk
from bot.engine.ids import PersonId
from bot.engine.text import Text

CODE_BYTES = 10  # 80 bits: sixteen letters


def new_code(desk: Desk) -> str:
    """A code that nobody can guess."""
    drawn = hashlib.blake2b(f"code/{desk.chance}/{desk.new_id()}".encode(), digest_size=CODE_BYTES).digest()
    return base64.b32encode(drawn).decode()


def code_hash(code: str) -> str:
    """What is stored of a code; capitals, spaces and hyphens do not matter."""
    plain = code.strip().upper().replace("-", "").replace(" ", "")
    return hashlib.blake2b(plain.encode("utf-8", "replace"), digest_size=16).hexdigest()


def way(desk: Desk, person: PersonId, code: str) -> Text:
    """How a code that this person passes on is brought."""
    account, platforms = desk.unit.account_of(person), desk.library.platforms
    here = None if account is None else platforms.get(account.key.platform)
    return pair.way(code, links=here is None or here.links, elsewhere=len(platforms) > 1)
