"""A file with a million couples in it: rows of the real schema, written in bulk."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from benchmarks.couples import DAY, NOON, PLATFORM, ZONE
from benchmarks.folder import RING, store_in

SESSIONS = 1_000
SPREAD = 7 * DAY  # seconds over which the next prompts lie, from tomorrow on
A_PRIME = 7_919  # so that neighbours in the table are none in time

# Names and keys are as long as sealed ones; nothing here opens them.
_STORE = """
INSERT INTO person (id, name, language, zone, created, country, zone_confirmed, quiet_from, quiet_to,
                    consent, consented, wrong_codes, wrong_code_at)
WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 2 * :couples)
SELECT n, hex(randomblob(24)), 'en', :zone, :at, '', 1, 1320, 480, 1, :at, 0, 0 FROM number;

INSERT INTO account (platform, user_id, person, chat, heard, reachable)
SELECT :platform, id, id, id, :at, 1 FROM person;

INSERT INTO couple (id, person_a, person_b, created, weekday, minute, next_due, last_round, ended)
SELECT id, id, id + 1, :at, 6, 1140, :at + :day + id * :prime % :spread, :at, NULL FROM person WHERE id % 2;

INSERT INTO session (id, exercise, status, started, couple, person_a, person_b, wake, state)
SELECT id, 'curious', 'open', :at, id, person_a, person_b, :at + :day, '{}' FROM couple LIMIT :sessions
"""
_KEYS = """
INSERT INTO datakey (person, key_id, wrapped)
WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 2 * :couples)
SELECT n, :key, randomblob(60) FROM number
"""


def build(where: Path, couples: int) -> None:
    """Makes both files in that folder. Raises `sqlite3.Error` when the schema has other columns by now."""
    store_in(where).close()
    values: dict[str, int | str] = {
        "couples": couples,
        "at": NOON,
        "day": DAY,
        "spread": SPREAD,
        "prime": A_PRIME,
        "zone": ZONE,
        "platform": PLATFORM,
        "sessions": SESSIONS,
        "key": RING.current.id,
    }
    _fill(where / "leeway.db", _STORE, values)
    _fill(where / "keys.db", _KEYS, values)


def _fill(path: Path, statements: str, values: dict[str, int | str]) -> None:
    """Without a journal: should it fail, the whole folder goes."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode=OFF")
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("BEGIN")
        for statement in statements.split(";"):
            connection.execute(statement, values)
        connection.execute("COMMIT")
    finally:
        connection.close()
