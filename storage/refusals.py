"""What PostgreSQL says against a start, as a sentence for whoever runs the bot: what is wrong, and what to do.

A refused connection has no code, only the server's words, in the server's language: what is not known by its English
words is told as it was said.
"""

from __future__ import annotations

import re
from typing import Final

import psycopg
from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

NAME: Final = "DATABASE_URL"
SHAPE: Final = (
    "should look like postgresql+psycopg://user:password@host/database, where @ : / # % in a password are written as "
    "%40 %3A %2F %23 %25"
)
IN_USE: Final = "another program is using this database"
READ_ONLY: Final = "the server lets nothing be written (read-only): name the one that does, or wait until it does again"

LOCAL: Final = "the local socket"

_REFUSED: Final = (
    (r"password", "mend user and password"),
    (r"role .* (does not exist|is not permitted)", "mend the user, or let it log in"),
    (r"database .* does not exist", "make it (createdb), or mend its name"),
    (r"pg_hba\.conf", "let this machine in, in the server's pg_hba.conf"),
    (r"starting up|shutting down|recovery|too many|slots", "start Leeway again when the server has settled"),
    (r"", "mend user, password and database"),
)
_CODES: Final = {
    "42501": "{user} may not do what Leeway needs ({said}): make it the owner of the database",
    "25006": READ_ONLY,
    "55P03": "another program holds a table of it ({said}): end that, and start Leeway again",
}


def said(error: SQLAlchemyError | psycopg.Error) -> str:
    """The first of the database's words, without values of rows."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    words = (cause.diag.message_primary if isinstance(cause, psycopg.Error) else None) or str(cause)
    return words.strip().split("\n", 1)[0].strip()


def refusal(error: DBAPIError, url: URL) -> str:
    """The sentence for an error at the start."""
    code = getattr(error.orig, "sqlstate", None)
    if code is None and isinstance(error.orig, psycopg.OperationalError):
        return f"{NAME}: {_unconnected(str(error.orig), f'{url.host or LOCAL}:{url.port or 5432}')}."
    why = _CODES.get(code or "", "this database cannot be used ({said})")
    return f"{NAME}: {why.format(said=said(error), user=repr(url.username or 'the user'))}."


def _unconnected(words: str, where: str) -> str:
    if fatal := re.search(r"FATAL:\s+(.*)", words):
        todo = next(todo for known, todo in _REFUSED if re.search(known, fatal[1]))
        return f"the server at {where} refuses the connection ({fatal[1].strip()}): {todo}"
    *_, line = [line for line in words.splitlines() if "failed: " in line] or words.strip().splitlines()[:1]
    reason = line.rpartition("failed: ")[2].strip()
    return f"no server answers at {where} ({reason}): start PostgreSQL, or mend host and port"
