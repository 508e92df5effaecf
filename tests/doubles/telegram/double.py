"""A Bot API server with its people's phones, in memory. It speaks as the real one does, and is stricter: what the
real one passes over in silence is kept in `complaints`."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from tests.doubles.telegram import methods, objects
from tests.doubles.telegram.among import Among
from tests.doubles.telegram.forms import File, WrongFormError
from tests.doubles.telegram.groups import Group
from tests.doubles.telegram.methods import RefusedError, Request, bad
from tests.doubles.telegram.objects import Json, Person, Posted, Robot

TOKEN = "700700700:AAEdoubleDoubleDoubleDoubleDoubleDbl"  # not known to any real server
QUERY_LASTS = 30  # seconds
KEPT = 48 * 3600  # seconds after which a message stays
LAST_OF_ALL = 10**9


class Broken(Exception):
    """The connection ends. `done`: after the request was carried out."""

    def __init__(self, *, done: bool) -> None:
        """Before or after."""
        super().__init__()
        self.done = done


Fault = RefusedError | Broken | bytes | float  # an answer that is none, or seconds that it takes


class Double:
    """The server. Everything that people do on their phones, and everything that a program asks of it."""

    def __init__(self, now: Callable[[], int], token: str = TOKEN) -> None:
        """`now`: epoch seconds, for the dates of messages."""
        self.now, self.token, self.robot = now, token, Robot()
        self.people: dict[int, Person] = {}
        self.groups: dict[int, Group] = {}
        self.among = Among(self)
        self.asides: list[tuple[int, str]] = []  # by whom a button was pressed, and what they were told alone
        self.on_aside: Callable[[int, str], None] = lambda user, text: None
        self.unreachable: dict[int, str] = {}
        self.migrated: dict[int, int] = {}
        self.webhook = False
        self.posted: dict[tuple[int, int], Posted] = {}
        self.bots: list[Posted] = []  # what the bot posted, in its order
        self.requests: list[Request] = []
        self.answers: list[tuple[str, Any]] = []
        self.complaints: list[str] = []
        self.faults: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self.queries: dict[str, int] = {}
        self._pressed: dict[str, int] = {}
        self.answered: set[str] = set()
        self.menus: dict[tuple[str, str], Any] = {}
        self.on_removed: Callable[[Posted], None] = lambda posted: None
        self.on_posted: Callable[[Posted, bool], None] = lambda posted, is_edit: None
        self._allowed: tuple[str, ...] = ()
        self._pending: dict[int, Json] = {}
        self._update, self._message, self._number = 91_000, 500, 0
        self._changed = asyncio.Event()
        self._poll = 0

    # ---- what people do

    def says(self, who: Person, text: str, reply_to: int | None = None, **more: Any) -> Posted:
        """Somebody writes something. `more`: other fields of their message."""
        return self._comes(who, Posted(0, {}, {}, 0, text, media=more), reply_to)

    def sends(self, who: Person, kind: str, caption: str | None = None, **more: Any) -> Posted:
        """Somebody sends something that is no text."""
        return self._comes(who, Posted(0, {}, {}, 0, caption=caption, media=objects.media(kind, self._one()) | more))

    def edits(self, who: Person, message: int, text: str) -> None:
        """Somebody changes what they wrote."""
        posted = self.posted[who.id, message]
        posted.text, posted.edited = text, self.now()
        self.push("edited_message", posted.told())

    def presses(self, who: Person, message: int, data: str, group: Group | None = None) -> str:
        """Somebody presses a button, in private or in a group, or says so; the id of the press."""
        if group is None:
            self._meet(who)
        query = str(10**15 + self._one())
        self.queries[query] = self.now()
        self._pressed[query] = who.id
        chat = who.chat() if group is None else group.chat()
        posted = self.posted.get((chat["id"], message))
        gone = {"chat": chat, "message_id": message, "date": 0}
        told = {"id": query, "from": who.user(), "chat_instance": "42", "data": data}
        self.push("callback_query", told | {"message": posted.told() if posted else gone})
        return query

    def blocks(self, who: Person, *, back: bool = False) -> None:
        """Somebody blocks the bot, or takes that back."""
        self._meet(who)
        self.unreachable.pop(who.id, None)
        if not back:
            self.unreachable[who.id] = "Forbidden: bot was blocked by the user"
        kicked = {"status": "kicked", "user": self.robot.user(), "until_date": 0}
        member = {"status": "member", "user": self.robot.user()}
        old, new = (kicked, member) if back else (member, kicked)
        told = {"chat": who.chat(), "from": who.user(), "date": self.now()}
        self.push("my_chat_member", told | {"old_chat_member": old, "new_chat_member": new})

    # ---- how it tells

    def next_message(self) -> int:
        """A number for a message."""
        self._message += 1
        return self._message

    def push(self, kind: str, told: Json) -> int:
        """An update; the server keeps it until it is confirmed. Its number."""
        self._update += 1
        if not self._allowed or kind in self._allowed:
            self._pending[self._update] = {"update_id": self._update, kind: told}
            self._ring()
        return self._update

    def again(self, update: Json) -> None:
        """The server delivers an update once more."""
        self._pending[update["update_id"]] = update
        self._ring()

    # ---- what is looked at

    @property
    def pending(self) -> list[int]:
        """The updates that are not confirmed."""
        return sorted(self._pending)

    def waiting(self) -> list[Json]:
        """The updates that are not confirmed, as they are told."""
        return [self._pending[number] for number in self.pending]

    async def all_confirmed(self) -> None:
        """Returns once everything was taken."""
        while self._pending:
            await self._changed.wait()

    async def until(self, true: Callable[[], bool]) -> None:
        """Returns once that is so."""
        while not true():
            await self._changed.wait()

    def made(self, method: str) -> list[Request]:
        """The requests of one method."""
        return [request for request in self.requests if request.method == method]

    def texts(self, who: Person) -> list[str]:
        """What the bot has said to somebody, as it stands there now."""
        return [posted.text or posted.caption or "" for posted in self.bots if posted.chat["id"] == who.id]

    # ---- what a program asks

    async def asked(self, token: str, method: str, fields: dict[str, str], files: dict[str, File]) -> Json:
        """Carries a request out. Raises `RefusedError`, `Broken`, or returns what the server answers."""
        fault = self.faults[method].popleft() if self.faults[method] else None
        if token != self.token:
            raise RefusedError(401, "Unauthorized")
        match fault:
            case float():
                await asyncio.sleep(fault)
            case RefusedError() | Broken(done=False):
                self._note(Request(method, dict(fields), files, asyncio.get_running_loop().time()))
                raise fault
        try:
            request = methods.read(method, fields, files, asyncio.get_running_loop().time())
            self._note(request)
            result = await self._carried_out(request)
        except WrongFormError as error:
            self.complaints.append(str(error))
            raise bad(str(error)) from error
        self.answers.append((method, result))
        self._ring()
        if isinstance(fault, Broken):
            raise fault
        return {"ok": True, "result": result}

    async def _carried_out(self, request: Request) -> Any:
        fields = request.fields
        match request.method:
            case "getUpdates":
                return await self._updates(fields)
            case "getMe":
                return self.robot.myself()
            case "deleteWebhook":
                self.webhook = False
                if fields.get("drop_pending_updates") == "true":
                    self._pending.clear()
                return True
            case "sendMessage" | "sendPhoto" | "sendDocument":
                return self._sent(request).told()
            case "editMessageText" | "editMessageCaption" | "editMessageReplyMarkup":
                return self._edited(request).told()
            case "deleteMessage":
                self._deleted(fields, [int(fields["message_id"])], must_be_there=True)
                return True
            case "deleteMessages":
                self._deleted(fields, fields["message_ids"], must_be_there=False)
                return True
            case "answerCallbackQuery":
                self._answered(fields["callback_query_id"], fields.get("text", ""))
                return True
            case method:
                return self._said_of(method, fields)

    def _said_of(self, method: str, fields: dict[str, Any]) -> Any:
        """What is told of a group, or shown of the bot."""
        if method == "getChat":
            return self._group(fields).whole()
        if method == "getChatMemberCount":
            return self._group(fields).count()
        if method == "getChatMember":
            return self._group(fields).member(int(fields["user_id"]))
        scope = (fields.get("scope") or {"type": ""})["type"]
        said = fields.get("commands") or fields.get("description") or fields.get("short_description")
        self.menus[f"{method}/{scope}".rstrip("/"), fields.get("language_code", "")] = said
        return True

    async def _updates(self, fields: dict[str, Any]) -> list[Json]:
        if self.webhook:
            words = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
            raise RefusedError(409, f"Conflict: {words}")
        self._poll = mine = self._poll + 1
        if "allowed_updates" in fields:
            self._allowed = tuple(fields["allowed_updates"])
        offset = int(fields.get("offset", 0))
        self._pending = {n: told for n, told in self._pending.items() if n >= offset or offset > LAST_OF_ALL}
        self._ring()
        until = asyncio.get_running_loop().time() + float(fields.get("timeout", 0))
        while not self._pending and (left := until - asyncio.get_running_loop().time()) > 0:
            changed = self._changed
            if self._poll != mine:
                words = "terminated by other getUpdates request; make sure that only one bot instance is running"
                raise RefusedError(409, f"Conflict: {words}")
            with suppress(TimeoutError):
                async with asyncio.timeout(left):
                    await changed.wait()
        return [self._pending[n] for n in sorted(self._pending)][: int(fields.get("limit", 100))]

    def _sent(self, request: Request) -> Posted:
        chat = self._chat(int(request.fields["chat_id"]))
        topic = request.fields.get("message_thread_id")
        if topic is not None and int(topic) not in self.groups[chat["id"]].topics:
            raise bad("message thread not found")
        self._message += 1
        fields, media = request.fields, {}
        if request.method == "sendPhoto":
            content = next(iter(request.files.values())).content
            if len(content) > methods.PHOTO:
                raise bad("file is too big")
            if sum(methods.size(content)) > methods.SIDES:
                raise bad("PHOTO_INVALID_DIMENSIONS")
            media = objects.photo(self._one())
        elif request.method == "sendDocument":
            media = objects.document(self._one(), next(iter(request.files.values())).name)
        text, caption = fields.get("text"), fields.get("caption")
        text = text and text.strip()
        posted = Posted(
            self._message, chat, self.robot.user(), self.now(), text, caption, media, fields.get("reply_markup")
        )
        posted.topic = None if topic is None else int(topic)
        self.posted[chat["id"], posted.id] = posted
        self.bots.append(posted)
        self.on_posted(posted, False)
        return posted

    def _edited(self, request: Request) -> Posted:
        fields = request.fields
        chat = self._chat(int(fields["chat_id"]))
        posted = self.posted.get((chat["id"], int(fields["message_id"])))
        if posted is None or not posted.author["is_bot"]:
            raise bad("message to edit not found" if posted is None else "message can't be edited")
        before = (posted.text, posted.caption, posted.keyboard)
        if request.method == "editMessageText":
            if posted.text is None:
                raise bad("there is no text in the message to edit")
            posted.text = fields["text"].strip()
        if request.method == "editMessageCaption":
            posted.caption = fields.get("caption")
        posted.keyboard = fields.get("reply_markup")
        if (posted.text, posted.caption, posted.keyboard) == before:
            words = "specified new message content and reply markup are exactly the same as a current content and reply"
            raise bad(f"message is not modified: {words} markup of the message")
        posted.edited = self.now()
        self.on_posted(posted, True)
        return posted

    def _deleted(self, fields: dict[str, Any], messages: list[int], *, must_be_there: bool) -> None:
        """One that is not there is an error for the method that names one, and passed over by the other."""
        chat = self._chat(int(fields["chat_id"]))
        there = [posted for message in messages if (posted := self.posted.get((chat["id"], message)))]
        if must_be_there and not there:
            raise bad("message to delete not found")
        if any(self.now() - posted.date > KEPT for posted in there):
            raise bad("message can't be deleted for everyone")
        for posted in there:
            del self.posted[chat["id"], posted.id]
            self.bots = [other for other in self.bots if other is not posted]
            self.on_removed(posted)

    def _group(self, fields: dict[str, Any]) -> Group:
        chat = int(fields["chat_id"])
        self._chat(chat, sends=False)
        return self.groups[chat]

    def _answered(self, query: str, text: str) -> None:
        if query not in self.queries or self.now() - self.queries[query] > QUERY_LASTS:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        self.answered.add(query)
        if text:
            self.asides.append((self._pressed[query], text))
            self.on_aside(*self.asides[-1])

    # ---- inside

    def _chat(self, chat: int, *, sends: bool = True) -> Json:
        if chat in self.migrated:
            words = "Bad Request: group chat was upgraded to a supergroup chat"
            raise RefusedError(400, words, migrate_to_chat_id=self.migrated[chat])
        if chat in self.unreachable:
            raise RefusedError(403, self.unreachable[chat])
        if (group := self.groups.get(chat)) is not None:
            group.check(sends=sends)
            return group.chat()
        if chat not in self.people:
            raise bad("chat not found")
        return self.people[chat].chat()

    def _comes(self, who: Person, posted: Posted, reply_to: int | None = None) -> Posted:
        self._meet(who)
        self.unreachable.pop(who.id, None)  # whoever writes has taken a block back
        posted.id, posted.chat, posted.author, posted.date = self.next_message(), who.chat(), who.user(), self.now()
        if reply_to is not None:
            posted.reply_to = self.posted[who.id, reply_to]
        self.posted[who.id, posted.id] = posted
        self.push("message", posted.told())
        return posted

    def _meet(self, who: Person) -> None:
        self.people[who.id] = who

    def _one(self) -> int:
        self._number += 1
        return self._number

    def _note(self, request: Request) -> None:
        self.requests.append(request)
        self._ring()

    def _ring(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()
