"""What a platform's servers remember: the chats, who is in the group, what the bot has yet to hear, the clock's
offset."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple
from pathlib import Path

from adapters.playground import rows
from adapters.playground.messages import (
    Change,
    Chat,
    ChatMessage,
    Deed,
    Draft,
    Happening,
    Kind,
    Owner,
    Presence,
    Room,
    Update,
)
from adapters.playground.tables import VERSION, bring_up
from bot.errors import ConfigurationError
from bot.ports import Attachment

_BOT = "bot"  # among the members


class Phones:
    """Both phones and the group in one SQLite file (":memory:" for none). Used from the thread that made it."""

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

    def say(self, draft: Draft, deed: Deed | None) -> ChatMessage:
        """Puts somebody's message into a chat, for the bot to hear, unless None."""
        with self._writing():
            message = self._put(draft)
            if deed is not None:
                self._note(deed, message.id)
        return message

    def do(self, deed: Deed) -> None:
        """Something that leaves no message, for the bot to hear."""
        with self._writing():
            self._note(deed, deed.message)

    def rewrite(self, deed: Deed) -> bool:
        """Changes the text of an owner's message on their own phone, for the bot to hear; False: there is none such."""
        with self._writing():
            changed = self._db.execute(
                "UPDATE messages SET text = ?, edited = 1, change = ?"
                " WHERE id = ? AND chat = ? AND author = ? AND kind = 'text'",
                (deed.text, self._next_change(), deed.message, deed.owner, deed.owner),
            )
            if changed.rowcount:
                self._note(deed, deed.message)
            return bool(changed.rowcount)

    def redraw(self, message: int, draft: Draft, text: str | None) -> bool:
        """Changes the buttons of a bot's message, and its text unless None; False when there never was one. Of one that
        was taken out nothing is left to change."""
        values = (
            text,
            rows.dumped(draft.choices),
            rows.dumped([draft.sides]),
            draft.many,
            rows.dumped_door(draft.door),
        )
        with self._writing():
            changed = self._db.execute(
                "UPDATE messages SET text = coalesce(?, text), choices = ?, sides = ?, many = ?, door = ?,"
                " link = coalesce(?, link), change = ? WHERE id = ? AND chat = ? AND author = 'bot' AND kind <> 'gone'",
                (*values, draft.link, self._next_change(), message, draft.chat),
            )
            return bool(changed.rowcount) or self._is_gone(message)

    def remove(self, chat: Chat, messages: Sequence[int]) -> None:
        """Takes messages of the bot's out of a chat, as far as they are there."""
        with self._writing():
            for message in messages:
                self._db.execute(
                    "UPDATE messages SET kind = ?, text = '', choices = '[]', sides = '[]', link = NULL, file = NULL,"
                    " door = NULL, change = ?"
                    " WHERE id = ? AND chat = ? AND author = 'bot' AND kind <> ?",
                    (Kind.GONE, self._next_change(), message, chat, Kind.GONE),
                )

    def since(self, change: int) -> Change:
        """Everything that changed after that change, oldest message first; 0 for all there is."""
        now, anew = self._number("change"), self._number("anew")
        if not anew <= change <= now:
            change = 0
        found = self._db.execute(f"SELECT {rows.MESSAGE} FROM messages WHERE change > ? ORDER BY id", (change,))  # noqa: S608 - our own list of columns
        return Change(now, change == 0, tuple(rows.message(row) for row in found))

    def file(self, message: int) -> Attachment | None:
        """The file that came with a message."""
        found = self._db.execute("SELECT file FROM messages WHERE id = ?", (message,)).fetchone()
        return rows.file(found["file"]) if found else None

    # ---- who is in the group ---------------------------------------------------------------------

    @property
    def room(self) -> Room:
        """Who is in the group now."""
        found = {row["who"]: row["is_silent"] for row in self._db.execute("SELECT * FROM members ORDER BY who")}
        leeway = {None: Presence.OUT, 0: Presence.IN, 1: Presence.SILENT}[found.pop(_BOT, None)]
        return Room(tuple(rows.person(who) for who in found), leeway)

    def change_room(self, deed: Deed, draft: Draft, *, is_heard: bool) -> None:
        """Somebody changes who is in the group, or whether the bot may write there; the chat notes it, and the bot
        hears of it if `is_heard`."""
        with self._writing():
            match deed.what:
                case Happening.ADDED | Happening.MUTED | Happening.ALLOWED:
                    self._enter(_BOT, is_silent=deed.what is Happening.MUTED)
                case Happening.JOINED:
                    self._enter(deed.owner)
                case _:
                    who = _BOT if deed.what is Happening.REMOVED else deed.owner
                    self._db.execute("DELETE FROM members WHERE who = ?", (who,))
            message = self._put(draft)
            if is_heard:
                self._note(deed, message.id)

    # ---- what the bot has yet to hear ------------------------------------------------------------

    def updates(self) -> list[Update]:
        """What the bot has yet to hear, oldest first."""
        found = self._db.execute("SELECT * FROM updates ORDER BY id")
        return [rows.update(row) for row in found]

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
        """Empties both phones and the group and sets the clock's offset to 0; no id is ever used again."""
        with self._writing():
            self._db.execute("DELETE FROM messages")
            self._db.execute("DELETE FROM updates")
            self._db.execute("DELETE FROM members")
            for owner in Owner:
                self._enter(owner)
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
        bring_up(self._db, found)

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
            f"SELECT {rows.MESSAGE} FROM messages WHERE delivery = ? AND part = ?",  # noqa: S608 - our own list of columns
            (draft.delivery, draft.part),
        ).fetchone()
        return rows.message(found) if found else None

    def _is_gone(self, message: int) -> bool:
        found = self._db.execute("SELECT 1 FROM messages WHERE id = ? AND kind = ?", (message, Kind.GONE))
        return found.fetchone() is not None

    def _put(self, draft: Draft) -> ChatMessage:
        change = self._next_change()
        values = {"change": change, **rows.columns(draft)}
        names, marks = ", ".join(values), ", ".join("?" * len(values))
        put = self._db.execute(f"INSERT INTO messages ({names}) VALUES ({marks})", tuple(values.values()))  # noqa: S608 - our own list of columns
        return ChatMessage(put.lastrowid or 0, change, draft)

    def _enter(self, who: str, *, is_silent: bool = False) -> None:
        self._db.execute("INSERT OR REPLACE INTO members VALUES (?, ?)", (who, is_silent))

    def _note(self, deed: Deed, message: int | None) -> None:
        self._db.execute(
            "INSERT INTO updates (owner, what, text, at, chance, zone, language, message, in_group)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (deed.owner, deed.what, deed.text, deed.at, deed.chance, *astuple(deed.browser), message, deed.in_group),
        )
