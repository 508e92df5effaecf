"""The tables of the playground's file, and how a file from an earlier Leeway gets them."""

from __future__ import annotations

import sqlite3

VERSION = 4

_TABLES = """
BEGIN IMMEDIATE;
CREATE TABLE messages (
  id INTEGER PRIMARY KEY AUTOINCREMENT, change INTEGER NOT NULL UNIQUE,
  chat TEXT NOT NULL, author TEXT NOT NULL, at INTEGER NOT NULL, text TEXT NOT NULL, kind TEXT NOT NULL,
  choices TEXT NOT NULL, sides TEXT NOT NULL, many INTEGER NOT NULL, link TEXT, file TEXT, door TEXT, reader TEXT,
  delivery INTEGER, part INTEGER NOT NULL, edited INTEGER NOT NULL DEFAULT 0, UNIQUE (delivery, part)
);
CREATE TABLE updates (
  id INTEGER PRIMARY KEY AUTOINCREMENT, owner TEXT NOT NULL, what TEXT NOT NULL, text TEXT NOT NULL,
  at INTEGER NOT NULL, chance INTEGER NOT NULL, zone TEXT, message INTEGER, in_group INTEGER NOT NULL DEFAULT 0,
  language TEXT NOT NULL DEFAULT 'en'
);
CREATE TABLE numbers (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
INSERT INTO numbers VALUES ('change', 0), ('anew', 0), ('offset', 0);
CREATE TABLE members (who TEXT PRIMARY KEY, is_silent INTEGER NOT NULL DEFAULT 0);
INSERT INTO members (who) VALUES ('ana'), ('ben');
PRAGMA user_version = 4;
COMMIT;
"""
# From each earlier version to the next.
_STEPS = {
    1: """
BEGIN IMMEDIATE;
ALTER TABLE messages ADD COLUMN file TEXT;
PRAGMA user_version = 2;
COMMIT;
""",
    2: """
BEGIN IMMEDIATE;
ALTER TABLE messages ADD COLUMN door TEXT;
ALTER TABLE messages ADD COLUMN reader TEXT;
ALTER TABLE updates ADD COLUMN in_group INTEGER NOT NULL DEFAULT 0;
CREATE TABLE members (who TEXT PRIMARY KEY, is_silent INTEGER NOT NULL DEFAULT 0);
INSERT INTO members (who) VALUES ('ana'), ('ben');
PRAGMA user_version = 3;
COMMIT;
""",
    3: """
BEGIN IMMEDIATE;
ALTER TABLE updates ADD COLUMN language TEXT NOT NULL DEFAULT 'en';
PRAGMA user_version = 4;
COMMIT;
""",
}


def bring_up(db: sqlite3.Connection, found: int) -> None:
    """Gives a file of that version, 0 for an empty one, the tables of today."""
    if not found:
        db.executescript(_TABLES)
        return
    for version in range(found, VERSION):
        db.executescript(_STEPS[version])
