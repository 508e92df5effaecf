"""Discord's server with its people's clients, in memory. It speaks as the real one does, and is stricter: what the
real one passes over in silence is kept in `complaints`."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.doubles.discord import checks, commands, interactions, objects, replies
from tests.doubles.discord.faults import Answer, Broken, Failing, Fault, FormError, Limited, RefusedError
from tests.doubles.discord.gateway import Gateway
from tests.doubles.discord.guilds import Guilds
from tests.doubles.discord.objects import DM, File, Interaction, Json, Person, Posted, Request, Robot
from tests.doubles.discord.routes import ROUTES

__all__ = ["TOKEN", "Broken", "Double", "Failing", "Fault", "Limited", "RefusedError", "Site"]

TOKEN = "NzAwNzAwNzAwNzAwNzAwNzAw.GdOuBl.eDoubleDoubleDoubleDoubleDoubleDouble"  # not known to any real server


@dataclass(frozen=True)
class Site:
    """Where the double is to be found."""

    rest: str = "http://127.0.0.1:0/api/v10"
    gateway: str = "ws://127.0.0.1:0/gateway"


class Double:
    """The server. Everything that people do in their clients, and everything that a program asks of it."""

    def __init__(self, now: Callable[[], int], token: str = TOKEN) -> None:
        """`now`: epoch seconds, for the dates of messages and for what expires."""
        self.now, self.token, self.robot, self.site = now, token, Robot(), Site()
        self.people: dict[int, Person] = {}
        self.guilds = Guilds(self)
        self.closed: dict[int, tuple[int, int]] = {}  # person → status and code of every try to reach them
        self.opens = False  # whether the channel of somebody who is closed can be opened all the same
        self.posted: dict[tuple[int, int], Posted] = {}
        self.bots: list[Posted] = []  # what the bot posted, in its order
        self.nonces: dict[str, tuple[Posted, int]] = {}
        self.interactions: dict[int, Interaction] = {}
        self.commands: list[Json] = []
        self.syncs = 0
        self.requests: list[Request] = []
        self.complaints: list[str] = []
        self.faults: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self.identifies: list[Json] = []
        self.resumes: list[Json] = []
        self.keeps = True  # events that nobody is there for wait; the real ones are lost
        self.on_removed: Callable[[Posted], None] = lambda posted: None
        self.on_whispered: Callable[[Interaction, Posted], None] = lambda interaction, posted: None
        self.on_posted: Callable[[Posted, bool], None] = lambda posted, is_edit: None
        self.gateway = Gateway(self)
        self._changed = asyncio.Event()
        self._last = 0

    # ---- what people do

    def says(self, who: Person, text: str, reply_to: int | None = None) -> Posted:
        """Somebody writes something to the bot."""
        return self._comes(who, Posted(0, 0, 0, text, reference=reply_to))

    def sends(self, who: Person, kind: str) -> Posted:
        """Somebody sends the bot something that is no text: a photo, a voice, a sticker or a file."""
        return self._comes(who, objects.sample(kind))

    def edits(self, who: Person, message: int, text: str) -> None:
        """Somebody changes what they wrote."""
        posted = self.posted[who.dm, message]
        posted.edit(text, self.now())
        self._tell("MESSAGE_UPDATE", posted)

    def presses(self, who: Person, message: int, token: str) -> Interaction:
        """Somebody presses the button with that token, or takes the option with it."""
        posted = next(
            (each for each in self.posted.values() if each.id == message), Posted(message, who.dm, self.robot.id)
        )
        data: Json = {"custom_id": token, "component_type": 2, "id": 1}
        for part in (part for row in posted.components for part in row["components"]):
            if token in [option["value"] for option in part.get("options", [])]:
                data = {"custom_id": part["custom_id"], "component_type": part["type"], "values": [token], "id": 1}
        interaction = interactions.begin(self, who, 3, posted.channel, posted)
        interactions.announce(self, interaction, data)
        return interaction

    def commands_(self, who: Person, name: str, argument: str = "", *, channel: int | None = None) -> Interaction:
        """Somebody gives a command: to the bot alone, in a guild's channel, or in one that some people have to
        themselves."""
        interaction = interactions.begin(self, who, 2, who.dm if channel is None else channel, None)
        interactions.announce(self, interaction, commands.data(self, name, argument, interactions.context(interaction)))
        return interaction

    def submits(self, opened: Interaction, **values: str) -> Interaction:
        """Somebody sends in the form that an interaction of theirs was answered with. `values`: by custom id."""
        assert opened.callback is not None
        assert opened.callback["type"] == replies.FORM
        form = opened.callback["data"]
        known = checks.inputs(form)
        for name, value in values.items():
            assert 1 <= len(value) <= known[name].get("max_length", checks.WRITTEN)
        interaction = interactions.begin(self, opened.who, 5, opened.channel, opened.message)
        sent = [_sent_in(frame, values) for frame in form["components"]]
        interactions.announce(self, interaction, {"custom_id": form["custom_id"], "components": sent})
        return interaction

    def push(self, event: str, data: Any) -> None:
        """Any event on the gateway."""
        self.gateway.push(event, data)
        self.ring()

    def drop(self, *, resumable: bool) -> None:
        """The gateway closes every connection."""
        self.gateway.drop(resumable=resumable)
        self.ring()

    # ---- what is looked at

    @property
    def connected(self) -> bool:
        """A client is identified on the gateway."""
        return self.gateway.is_connected

    async def until(self, true: Callable[[], bool]) -> None:
        """Returns once that is so."""
        while not true():
            await self._changed.wait()

    def made(self, route: str) -> list[Request]:
        """The requests of one route, such as "POST /channels/{channel}/messages"."""
        return [request for request in self.requests if request.route == route]

    def texts(self, who: Person) -> list[str]:
        """What the bot has said to somebody, as it stands there now."""
        return [posted.content for posted in self.bots if posted.channel == who.dm and not posted.gone]

    def person_of(self, channel: int) -> Person | None:
        """Whose channel with the bot that is."""
        return next((person for person in self.people.values() if person.dm == channel), None)

    def told(self, posted: Posted) -> Json:
        """A message, with the one that it answers."""
        told = posted.told(self._author(posted))
        if posted.reference is not None:
            channel = str(posted.channel)
            told["message_reference"] = {"type": 0, "channel_id": channel, "message_id": str(posted.reference)}
            other = self.posted.get((posted.channel, posted.reference))
            told["referenced_message"] = None if other is None or other.gone else other.told(self._author(other))
        return told

    # ---- what a program asks

    async def asked(self, request: Request) -> Answer | None:
        """Carries a request out. None: the connection ends without an answer."""
        self.requests.append(request)
        self.ring()
        faults = self.faults[request.route]
        fault = faults.popleft() if faults else None
        match fault:
            case float() | int():
                await asyncio.sleep(fault)
            case Broken(done=False):
                return None
            case Failing(done=False) | Limited() | RefusedError():
                return fault.answer()
        answer = self._answer(request)
        self.ring()
        match fault:
            case Broken():
                return None
            case Failing():
                return fault.answer()
        return answer

    def _answer(self, request: Request) -> Answer:
        try:
            if request.route not in ROUTES:
                self.complaints.append(f"{request.method} {request.path} is not of this double")
                raise RefusedError(404, 0, "404: Not Found")
            told = ROUTES[request.route](self, request)
        except FormError as error:
            self.complaints.append(error.complaint)
            return error.answer()
        except RefusedError as error:
            return error.answer()
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            self.complaints.append(f"{request.route} with a body of another form: {error!r}")
            return RefusedError(400, 50035, "Invalid Form Body").answer()
        return Answer(204 if told is None else 200, told)

    # ---- what the routes do

    def post(
        self, channel: int, body: Json, files: list[File], *, reference: int | None = None, flags: int = 0
    ) -> Posted:
        """The bot posts something."""
        nonce = None if body.get("nonce") is None else str(body["nonce"])
        content = (body.get("content") or "").strip()
        posted = Posted(
            self.number(), channel, self.robot.id, content, body.get("components") or [], files, nonce, reference
        )
        posted.flags = flags or body.get("flags") or 0
        self.posted[channel, posted.id] = posted
        if nonce is not None:
            self.nonces[nonce] = (posted, self.now())
        if not posted.is_ephemeral:
            self.bots.append(posted)
            self._tell("MESSAGE_CREATE", posted)
            self.on_posted(posted, False)
        return posted

    def edit(self, posted: Posted, body: Json, files: list[File]) -> None:
        """The bot changes what it posted."""
        content = (body["content"] or "").strip() if "content" in body else posted.content
        kept = [each for number, each in enumerate(posted.files) if self._stays(posted.id + number, body)]
        if not content and not kept and not files:
            raise RefusedError(400, 50006, "Cannot send an empty message")
        posted.edit(content, self.now())
        posted.files = [*kept, *files]
        if "components" in body:
            posted.components = body["components"] or []
        if not posted.is_ephemeral:
            self._tell("MESSAGE_UPDATE", posted)
            self.on_posted(posted, True)

    def remove(self, posted: Posted) -> None:
        """The bot deletes what it posted."""
        posted.gone = True
        if not posted.is_ephemeral:
            if self.guilds.of(posted.channel) is None:
                self.push("MESSAGE_DELETE", {"id": str(posted.id), "channel_id": str(posted.channel)})
            self.on_removed(posted)

    def number(self) -> int:
        """An id that nothing else has, and that tells when it was given."""
        self._last = max(self._last + 1000, objects.snowflake(self.now()))
        return self._last

    def ring(self) -> None:
        """Something has changed."""
        self._changed.set()
        self._changed = asyncio.Event()

    # ---- inside

    def _comes(self, who: Person, posted: Posted) -> Posted:
        self.people[who.id] = who
        posted.id, posted.channel, posted.author = self.number(), who.dm, who.id
        self.posted[who.dm, posted.id] = posted
        self._tell("MESSAGE_CREATE", posted)
        return posted

    def _tell(self, event: str, posted: Posted) -> None:
        """In a guild's channel nothing is heard with the intents of ours."""
        if self.guilds.of(posted.channel) is None:
            self.push(event, self.told(posted) | {"channel_type": DM})

    def _author(self, posted: Posted) -> Json:
        return self.robot.user() if posted.author == self.robot.id else self.people[posted.author].user()

    def _stays(self, attachment: int, body: Json) -> bool:
        return "attachments" not in body or str(attachment) in {str(each["id"]) for each in body["attachments"]}


def _sent_in(frame: Json, values: dict[str, str]) -> Json:
    """A part of a form as it comes back: of the same kind, with what was written."""
    part = frame.get("component") or frame["components"][0]
    written = {"type": part["type"], "custom_id": part["custom_id"], "value": values[part["custom_id"]]}
    inner = {"component": written} if "component" in frame else {"components": [written]}
    return {"type": frame["type"]} | inner
