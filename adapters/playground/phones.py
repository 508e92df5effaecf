"""What a platform's servers remember: the chats, what the bot has yet to hear, the clock's offset."""

from __future__ import annotations

import json
import sqlite3
from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from adapters.playground.messages import (
    Change,
    ChatMessage,
    Deed,
    Draft,
    Happening,
    Kind,
    Owner,
    Rows,
    Update,
)
from bot.errors import ConfigurationError
from bot.ports import Attachment, Choice

VERSION = 2

_TABLES = """
BEGIN IMMEDIATE;
CREATE TABLE messages (
  id INTEGER PRIMARY KEY AUTOINCREMENT, change INTEGER NOT NULL UNIQUE,
  chat TEXT NOT NULL, author TEXT NOT NULL, at INTEGER NOT NULL, text TEXT NOT NULL, kind TEXT NOT NULL,
  choices TEXT NOT NULL, sides TEXT NOT NULL, many INTEGER NOT NULL, link TEXT, file TEXT,
  delivery INTEGER, part INTEGER NOT NULL, edited INTEGER NOT NULL DEFAULT 0, UNIQUE (delivery, part)
);
CREATE TABLE updates (
  id INTEGER PRIMARY KEY AUTOINCREMENT, owner TEXT NOT NULL, what TEXT NOT NULL, text TEXT NOT NULL,
  at INTEGER NOT NULL, chance INTEGER NOT NULL, zone TEXT, message INTEGER
);
CREATE TABLE numbers (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
INSERT INTO numbers VALUES ('change', 0), ('anew', 0), ('offset', 0);
PRAGMA user_version = 2;
COMMIT;
"""
_FILES = """
BEGIN IMMEDIATE;
ALTER TABLE messages ADD COLUMN file TEXT;
PRAGMA user_version = 2;
COMMIT;
"""
_MESSAGE = "id, change, edited, chat, author, at, text, kind, choices, sides, many, link, file, delivery, part"


class Phones:
    """Both phones in one SQLite file (":memory:" for none). Used from the thread that made it."""

    def __init__(self, path: str | Path) -> None:
        """Opens the file or makes it, readable by its user alone. Raises `ConfigurationError`."""
        if str(path) != ":memory:":
            Path(path).touch(mode=0o600)
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.row_factory = sqlite3.Row
        try:
            self._open(path)
        except sqlite3.DatabaseError as error:
            self._db.close()
            raise ConfigurationError([f"{path}: not the playground's file ({error})."]) from error
        except ConfigurationError:
            self._db.close()
            raise

    def close(self) -> None:
        """Closes the file."""
        self._db.close()

    # ---- what is in the chats --------------------------------------------------------------------

    def deliver(self, drafts: Sequence[Draft]) -> list[ChatMessage]:
        """Puts the bot's messages into their chats, all or none, and each only once."""
        with self._writing():
            return [self._delivered(draft) or self._put(draft) for draft in drafts]

    def say(self, draft: Draft, deed: Deed) -> ChatMessage:
        """Puts an owner's message into their chat, for the bot to hear."""
        with self._writing():
            message = self._put(draft)
            self._note(deed, message.id)
        return message

    def do(self, deed: Deed) -> None:
        """Something that leaves no message, for the bot to hear."""
        with self._writing():
            self._note(deed, deed.message)

    def rewrite(self, deed: Deed) -> bool:
        """Changes the text of an owner's own message, for the bot to hear; False when there is none such."""
        with self._writing():
            changed = self._db.execute(
                "UPDATE messages SET text = ?, edited = 1, change = ? WHERE id = ? AND author = ? AND kind = 'text'",
                (deed.text, self._next_change(), deed.message, deed.owner),
            )
            if changed.rowcount:
                self._note(deed, deed.message)
            return bool(changed.rowcount)

    def redraw(self, message: int, draft: Draft, text: str | None) -> bool:
        """Changes the buttons of a bot's message, and its text unless None; False when there never was one. Of one that
        was taken out nothing is left to change."""
        values = (text, _dump(draft.choices), _dump([draft.sides]), draft.many, draft.link)
        with self._writing():
            changed = self._db.execute(
                "UPDATE messages SET text = coalesce(?, text), choices = ?, sides = ?, many = ?,"
                " link = coalesce(?, link), change = ? WHERE id = ? AND chat = ? AND author = 'bot' AND kind <> 'gone'",
                (*values, self._next_change(), message, draft.chat),
            )
            return bool(changed.rowcount) or self._is_gone(message)

    def remove(self, chat: Owner, messages: Sequence[int]) -> None:
        """Takes messages of the bot's out of a chat, as far as they are there."""
        with self._writing():
            for message in messages:
                self._db.execute(
                    "UPDATE messages SET kind = ?, text = '', choices = '[]', sides = '[]', link = NULL, file = NULL,"
                    " change = ?"
                    " WHERE id = ? AND chat = ? AND author = 'bot' AND kind <> ?",
                    (Kind.GONE, self._next_change(), message, chat, Kind.GONE),
                )

    def since(self, change: int) -> Change:
        """Everything that changed after that change, oldest message first; 0 for all there is."""
        now, anew = self._number("change"), self._number("anew")
        if not anew <= change <= now:
            change = 0
        found = self._db.execute(f"SELECT {_MESSAGE} FROM messages WHERE change > ? ORDER BY id", (change,))  # noqa: S608 - our own list of columns
        return Change(now, change == 0, tuple(_message(row) for row in found))

    def file(self, message: int) -> Attachment | None:
        """The file that came with a message."""
        found = self._db.execute("SELECT file FROM messages WHERE id = ?", (message,)).fetchone()
        return _file(found["file"]) if found else None

    # ---- what the bot has yet to hear ------------------------------------------------------------

    def updates(self) -> list[Update]:
        """What the bot has yet to hear, oldest first."""
        found = self._db.execute("SELECT * FROM updates ORDER BY id")
        return [_update(row) for row in found]

    def heard(self, update: int) -> None:
        """The bot has heard it."""
        with self._writing():
            self._db.execute("DELETE FROM updates WHERE id = ?", (update,))

    # ---- the rest --------------------------------------------------------------------------------

    @property
    def offset(self) -> int:
        """How far the playground's clock is ahead, in seconds."""
        return self._number("offset")

    @offset.setter
    def offset(self, seconds: int) -> None:
        with self._writing():
            self._db.execute("UPDATE numbers SET value = ? WHERE name = 'offset'", (seconds,))

    def forget(self) -> None:
        """Empties both phones and sets the clock's offset to 0; no id is ever used again."""
        with self._writing():
            self._db.execute("DELETE FROM messages")
            self._db.execute("DELETE FROM updates")
            anew = self._next_change()
            self._db.execute("UPDATE numbers SET value = 0 WHERE name = 'offset'")
            self._db.execute("UPDATE numbers SET value = ? WHERE name = 'anew'", (anew,))

    def _open(self, path: str | Path) -> None:
        found = self._db.execute("PRAGMA user_version").fetchone()[0]
        if found > VERSION:
            raise ConfigurationError([f"{path}: made by a newer Leeway; update, or move it away."])
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",
            "secure_delete = ON",
            "busy_timeout = 2000",
        ):
            self._db.execute(f"PRAGMA {pragma}")
        if not found:
            self._db.executescript(_TABLES)
        elif found < VERSION:
            self._db.executescript(_FILES)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def _number(self, name: str) -> int:
        found = self._db.execute("SELECT value FROM numbers WHERE name = ?", (name,)).fetchone()
        return int(found["value"])

    def _next_change(self) -> int:
        self._db.execute("UPDATE numbers SET value = value + 1 WHERE name = 'change'")
        return self._number("change")

    def _delivered(self, draft: Draft) -> ChatMessage | None:
        found = self._db.execute(
            f"SELECT {_MESSAGE} FROM messages WHERE delivery = ? AND part = ?",  # noqa: S608 - our own list of columns
            (draft.delivery, draft.part),
        ).fetchone()
        return _message(found) if found else None

    def _is_gone(self, message: int) -> bool:
        found = self._db.execute("SELECT 1 FROM messages WHERE id = ? AND kind = ?", (message, Kind.GONE))
        return found.fetchone() is not None

    def _put(self, draft: Draft) -> ChatMessage:
        change = self._next_change()
        values = (draft.chat, draft.author, draft.at, draft.text, draft.kind, _dump(draft.choices))
        put = self._db.execute(
            "INSERT INTO messages (change, chat, author, at, text, kind, choices, sides, many, link,"
            " file, delivery, part) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                change,
                *values,
                _dump([draft.sides]),
                draft.many,
                draft.link,
                _written(draft),
                draft.delivery,
                draft.part,
            ),
        )
        return ChatMessage(put.lastrowid or 0, change, draft)

    def _note(self, deed: Deed, message: int | None) -> None:
        self._db.execute(
            "INSERT INTO updates (owner, what, text, at, chance, zone, message) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (deed.owner, deed.what, deed.text, deed.at, deed.chance, deed.zone, message),
        )


def _dump(rows: Sequence[Sequence[Choice]]) -> str:
    return json.dumps([[asdict(choice) for choice in row] for row in rows if row])


def _written(draft: Draft) -> str | None:
    """The file that comes with a message, as JSON."""
    if draft.file is None:
        return None
    return json.dumps([draft.file.name, b64encode(draft.file.content).decode("ascii"), draft.file.kind])


def _file(written: str | None) -> Attachment | None:
    if written is None:
        return None
    name, content, kind = json.loads(written)
    return Attachment(name, b64decode(content), kind)


def _load(rows: str) -> Rows:
    return tuple(tuple(Choice(**choice) for choice in row) for row in json.loads(rows))


def _message(row: sqlite3.Row) -> ChatMessage:
    sides = _load(row["sides"])
    draft = Draft(
        chat=Owner(row["chat"]),
        author=row["author"],
        at=row["at"],
        text=row["text"],
        kind=Kind(row["kind"]),
        choices=_load(row["choices"]),
        sides=sides[0] if sides else (),
        many=bool(row["many"]),
        link=row["link"],
        file=_file(row["file"]),
        delivery=row["delivery"],
        part=row["part"],
    )
    return ChatMessage(row["id"], row["change"], draft, bool(row["edited"]))


def _update(row: sqlite3.Row) -> Update:
    deed = Deed(
        owner=Owner(row["owner"]),
        what=Happening(row["what"]),
        text=row["text"],
        at=row["at"],
        chance=row["chance"],
        zone=row["zone"],
        message=row["message"],
    )
    return Update(row["id"], deed)
